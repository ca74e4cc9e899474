"""Contacts between sides: direct or through whom, open, offered, denied or closed, with the report that says so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Literal

import msgspec

from rawi.analysis.sides import Sides

ContactState = Literal["open", "planned", "offered", "denied", "closed"]
contact_states: tuple[ContactState, ...] = ("open", "planned", "offered", "denied", "closed")

_types = ("CONSULT", "AGREE", "REQUEST", "REJECT", "SANCTION")
_closing_modes = ("discontinue", "expel", "withdraw")


class Contact(msgspec.Struct, frozen=True):
    """One record that opens, offers, denies or closes a contact of two sides or more.

    ``sides`` talk; ``through`` mediate or host. ``date`` is the first day that the event may have happened,
    ``published`` that of the report.
    """

    record: str
    article: str
    outlet: str | None
    title: str | None
    published: str | None
    date: str | None
    date_end: str | None
    type: str
    mode: str | None
    status: str
    review: str
    confidence: float
    state: ContactState
    sides: frozenset[str]
    through: frozenset[str]
    story: str | None
    origins: int


def contact_state(type: str, mode: str | None, status: str, denied: bool) -> ContactState | None:
    """Return what an event does to a channel, or None if it is no contact."""
    if type == "CONSULT":
        if denied or status == "negated":
            return "denied"
        return "planned" if status in ("planned", "possible") else "open"
    if type == "AGREE" or (type == "REQUEST" and mode == "meet"):
        return "denied" if denied or status == "negated" else "offered"
    if (type == "REJECT" and mode == "meet") or (type == "SANCTION" and mode in _closing_modes):
        return None if denied or status == "negated" else "closed"
    return None


def channel(
    db: sqlite3.Connection,
    sides: Sides,
    a: str,
    b: str,
    *,
    since: str | None = None,
    until: str | None = None,
    limit: int = 400,
) -> list[Contact]:
    """Return the contacts of two sides, newest first, as ``channel_page`` does."""
    return channel_page(db, sides, a, b, since=since, until=until, limit=limit)[0]


def channel_page(
    db: sqlite3.Connection,
    sides: Sides,
    a: str,
    b: str,
    *,
    since: str | None = None,
    until: str | None = None,
    limit: int = 400,
    after: int = 0,
) -> tuple[list[Contact], int | None]:
    """Return contacts of two sides, newest first, and where the next page begins.

    Args:
        db: a ledger's connection.
        sides: the sides of its actors.
        a: one side; ``b`` the other.
        since: first day of publication; ``until`` the last.
        limit: the most records to look at.
        after: records to pass over; what the page before gave.
    """
    sides.refresh(db)
    one, other = sides.members(a), sides.members(b)
    if not one or not other or a == b:
        return [], None
    where, values = _period(since, until)
    numbers = [
        no
        for (no,) in db.execute(
            f"""SELECT t.record_no FROM record_state t WHERE t.live = 1 AND t.review <> 'rejected' AND t.type IN {_types} {where}
            AND t.record_no IN (
              SELECT record_no FROM record_party WHERE actor_no IN (SELECT value FROM json_each(?)) AND role IN ('actor', 'recipient')
              INTERSECT
              SELECT record_no FROM record_party WHERE actor_no IN (SELECT value FROM json_each(?)) AND role IN ('actor', 'recipient'))
            ORDER BY t.published DESC, t.record_no DESC LIMIT ? OFFSET ?""",
            (*values, json.dumps(one), json.dumps(other), limit + 1, after),
        )
    ]
    found = [contact for contact in _contacts(db, sides, numbers[:limit]) if {a, b} <= contact.sides]
    return found, after + limit if len(numbers) > limit else None


def _period(since: str | None, until: str | None) -> tuple[str, list[str]]:
    parts, values = [], []
    if since:
        parts.append("AND t.published >= ?")
        values.append(since)
    if until:
        parts.append("AND t.published <> '' AND t.published < ?")
        values.append(until + "~")
    return " ".join(parts), values


def _contacts(db: sqlite3.Connection, sides: Sides, numbers: Sequence[int]) -> list[Contact]:
    """Return the contacts among the records with these numbers, in this order."""
    wanted = json.dumps(list(numbers))
    parties: dict[int, list[tuple[str, int]]] = {}
    for no, role, actor in db.execute(
        "SELECT record_no, role, actor_no FROM record_party WHERE record_no IN (SELECT value FROM json_each(?))",
        (wanted,),
    ):
        parties.setdefault(no, []).append((role, actor))
    denied = {
        no
        for (no,) in db.execute(
            "SELECT record_no FROM record_hop WHERE stance = 'deny' AND record_no IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
    }
    rows = {
        row[0]: row[1:]
        for row in db.execute(
            """SELECT t.record_no, r.record_id, a.article_id, v.outlet, v.title, v.published, t.date_lo, t.date_hi, t.type, t.mode, t.status,
            t.review, t.confidence, s.story_id, ifnull(s.n_origins, 1)
            FROM record_state t JOIN record r USING (record_no) JOIN article a USING (article_no) JOIN article_version v USING (version_no)
            LEFT JOIN report p USING (record_no) LEFT JOIN story s USING (story_no) WHERE t.record_no IN (SELECT value FROM json_each(?))""",
            (wanted,),
        )
    }
    found = []
    for no in numbers:
        row = rows.get(no)
        if row is None:
            continue
        record, article, outlet, title, published, lo, hi, type, mode, status, review, confidence, story, origins = row
        state = contact_state(type, mode, status, no in denied)
        if state is None:
            continue
        roles = parties.get(no, [])
        through = sides.among(actor for role, actor in roles if role in ("mediator", "host"))
        talking = sides.among(actor for role, actor in roles if role in ("actor", "recipient"))
        found.append(
            Contact(
                record, article, outlet, title, published, lo, hi, type, mode, status, review, confidence, state,
                talking - through if len(talking - through) > 1 else talking, through, story, origins,
            )
        )  # fmt: skip
    return found


class Tie(msgspec.Struct, frozen=True):
    """Two sides that talk, or are said to: how many records, by state, and through whom."""

    a: str
    b: str
    count: int
    states: dict[str, int]
    through: dict[str, int]


class Network(msgspec.Struct, frozen=True):
    """Who talked to whom in a period; ``mediators`` maps sides to the contacts they carried."""

    ties: tuple[Tie, ...]
    mediators: dict[str, int]
    records: int
    cut: bool

    def nodes(self) -> dict[str, int]:
        """Return the sides by the number of their contacts, most first."""
        found: dict[str, int] = {}
        for tie in self.ties:
            for side in (tie.a, tie.b):
                found[side] = found.get(side, 0) + tie.count
        for side in self.mediators:
            found.setdefault(side, 0)
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def network(
    db: sqlite3.Connection, sides: Sides, *, since: str | None = None, until: str | None = None, most: int = 4000
) -> Network:
    """Return who talked to whom by the CONSULT records of a period, the newest ``most`` of them."""
    sides.refresh(db)
    where, values = _period(since, until)
    records = db.execute(
        f"""SELECT t.record_no, t.status, EXISTS (SELECT 1 FROM record_hop h WHERE h.record_no = t.record_no AND h.stance = 'deny')
        FROM record_state t WHERE t.live = 1 AND t.review <> 'rejected' AND t.type = 'CONSULT' {where}
        ORDER BY t.published DESC LIMIT ?""",
        (*values, most + 1),
    ).fetchall()
    cut = len(records) > most
    parties: dict[int, list[tuple[str, int]]] = {}
    for no, role, actor in db.execute(
        "SELECT record_no, role, actor_no FROM record_party WHERE record_no IN (SELECT value FROM json_each(?))",
        (json.dumps([row[0] for row in records[:most]]),),
    ):
        parties.setdefault(no, []).append((role, actor))
    states: dict[tuple[str, str], dict[str, int]] = {}
    via: dict[tuple[str, str], dict[str, int]] = {}
    mediators: dict[str, int] = {}
    for no, status, denied in records[:most]:
        roles = parties.get(no, [])
        through = sides.among(actor for role, actor in roles if role in ("mediator", "host"))
        talking = sides.among(actor for role, actor in roles if role in ("actor", "recipient"))
        talking = talking - through if len(talking - through) > 1 else talking
        state = contact_state("CONSULT", None, status, bool(denied)) or "open"
        for pair in _pairs(talking):
            _count(states.setdefault(pair, {}), [state])
            _count(via.setdefault(pair, {}), through)
        if len(talking) > 1:
            _count(mediators, through - talking)
    ties = tuple(
        Tie(a, b, sum(counts.values()), counts, via[a, b])
        for (a, b), counts in sorted(states.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    )
    return Network(ties, mediators, min(len(records), most), cut)


def _pairs(talking: frozenset[str]) -> list[tuple[str, str]]:
    ordered = sorted(talking)[:12]
    return [(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :]]


def _count(counts: dict[str, int], keys: Iterable[str]) -> None:
    for key in keys:
        counts[key] = counts.get(key, 0) + 1


def betweenness(found: Network) -> dict[str, float]:
    """Return how far each side stands between others (0 to 1), over ties that are not only denied."""
    networkx: Any = import_module("networkx")
    graph = networkx.Graph()
    for tie in found.ties:
        if any(state != "denied" for state in tie.states):
            graph.add_edge(tie.a, tie.b)
    return {str(side): round(float(value), 3) for side, value in networkx.betweenness_centrality(graph).items()}
