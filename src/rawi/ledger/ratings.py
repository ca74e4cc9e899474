"""The user's Admiralty ratings of outlets and sources: A to F, never guessed, F until set."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import msgspec

from rawi.errors import InputError
from rawi.ledger import log
from rawi.ledger.database import Ledger
from rawi.ledger.review import check_reviewer
from rawi.model import Reliability
from rawi.text.fold import fold_word

Kind = Literal["outlet", "source"]
grades: tuple[str, ...] = get_args(Reliability)


class Rating(msgspec.Struct, frozen=True):
    """How far the user trusts an outlet or a source. ``name`` is a name or, for a source, an entity id."""

    kind: Kind
    name: str
    reliability: Reliability


def rate(ledger: Ledger, rating: Rating, *, who: str, note: str | None = None) -> int | None:
    """Set a rating; returns the number of its log entry, None if it was so already."""
    return rate_many(ledger, [rating], who=who, note=note)[0]


def rate_many(ledger: Ledger, ratings: Iterable[Rating], *, who: str, note: str | None = None) -> list[int | None]:
    """Set ratings in one transaction."""
    check_reviewer(who)
    with ledger.write(durable=True) as db:
        return [_set(db, rating, who, note) for rating in ratings]


def _set(db: sqlite3.Connection, rating: Rating, who: str, note: str | None) -> int | None:
    key = rating_key(rating.name)
    row = db.execute("SELECT reliability FROM rating_state WHERE kind = ? AND key = ?", (rating.kind, key)).fetchone()
    old = row[0] if row else "F"
    if row and old == rating.reliability:
        return None
    seq = log.append(
        db, who=who, action="rate", target=f"{rating.kind}:{key}", note=note,
        before={"reliability": old}, after={"reliability": rating.reliability, "name": rating.name},
    )  # fmt: skip
    db.execute(
        "INSERT OR REPLACE INTO rating_state VALUES (?, ?, ?, ?, ?)",
        (rating.kind, key, rating.name, rating.reliability, seq),
    )
    return seq


def rating_key(name: str) -> str:
    """Return what a rated name is compared by: folded, or an entity id as it is."""
    return fold_word(name).lower()


def unknown_outlets(ledger: Ledger, ratings: Iterable[Rating]) -> list[str]:
    """Return the rated outlets that no article in force has."""
    with ledger.read() as db:
        known = {rating_key(outlet) for (outlet,) in db.execute("SELECT DISTINCT outlet_folded FROM article_head")}
    return [one.name for one in ratings if one.kind == "outlet" and rating_key(one.name) not in known]


def list_ratings(ledger: Ledger) -> list[Rating]:
    """Return every rating that was set."""
    with ledger.read() as db:
        return [
            Rating(*row) for row in db.execute("SELECT kind, name, reliability FROM rating_state ORDER BY kind, key")
        ]


def reliability_of(db: sqlite3.Connection) -> dict[tuple[str, str], Reliability]:
    """Return all ratings by kind and key, for looking many up."""
    return {
        (kind, key): reliability
        for kind, key, reliability in db.execute("SELECT kind, key, reliability FROM rating_state")
    }


def read_ratings(value: Any, where: str) -> list[Rating]:
    """Read ratings from a file's content: ``{outlets: {name: A}, sources: {name or entity id: B}}``.

    Raises:
        InputError: another shape, or a grade that is not one of A to F.
    """
    if not isinstance(value, Mapping) or not set(value) <= {"outlets", "sources"}:
        raise InputError(
            f"{where}: a rating file has the keys 'outlets' and 'sources', each a map of name to grade; see docs/ledger.md"
        )
    found = []
    for field, kind in (("outlets", "outlet"), ("sources", "source")):
        rows = value.get(field) or {}
        if not isinstance(rows, Mapping):
            raise InputError(f"{where}: {field} must be a map of name to grade, not {rows!r}")
        for name, grade in rows.items():
            found.append(make_rating(kind, name, grade, where))
    return found


def make_rating(kind: str, name: Any, grade: Any, where: str) -> Rating:
    """Return a rating, or raise ``InputError`` for a grade that does not exist."""
    if not isinstance(name, str) or not name.strip():
        raise InputError(f"{where}: {name!r} is not a name; write it as text")
    if grade not in grades:
        raise InputError(f"{where}: {name} has the grade {grade!r}; use one of {', '.join(grades)}")
    return msgspec.convert({"kind": kind, "name": name, "reliability": grade}, Rating)
