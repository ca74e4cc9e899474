"""Pages of who: actors, one actor, a channel of two sides, the network."""

from __future__ import annotations

import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from rawi.analysis import contacts
from rawi.analysis.actors import find_actors, profile
from rawi.analysis.record_rows import Row, rows
from rawi.analysis.silence import gaps
from rawi.analysis.timelines import Mark, day, timeline
from rawi.analysis.today import last_day
from rawi.desk.draw import Dot, Line, draw_network, draw_timeline, spread
from rawi.desk.tables import Cell, Column, Table, make_table
from rawi.desk.view import View
from rawi.errors import InputError

router = APIRouter()
_most_drawn = 60
_in_matrix = 40
_default_days = 60


@router.get("/actors")
def list_page(request: Request) -> Response:
    """List actors by name."""
    view = View(request)
    query = request.query_params.get("q", "")[:120]
    cursor = request.query_params.get("cursor", "")
    after = int(cursor) if cursor.isdigit() and len(cursor) < 9 else 0
    with view.pool.ledger() as ledger, ledger.read() as db:
        items, following = view.pool.keep(
            ledger, ("actors", query, 50, after), lambda: find_actors(db, query, limit=50, after=after)
        )
    columns = (Column("name"), Column("name_en", "text", "=English"), Column("country", "id"), Column("sector", "sector"),
               Column("records", "num"), Column("key", "id"))  # fmt: skip
    rows = [
        [
            Cell(one.name, f"/actor/{one.key}"),
            one.name_en,
            one.country,
            one.sector,
            one.records,
            Cell(one.key, f"/actor/{one.key}"),
        ]
        for one in items
    ]
    return view.page("actors.html", [make_table("actors", columns, rows)], q=query, following=following)


row_columns = (
    Column("published", "date"), Column("type", "type", "what"), Column("status", "status"), Column("who"), Column("whom"),
    Column("source", "chain"), Column("outlet"), Column("title"), Column("id", "id", "event"),
)  # fmt: skip


def row_cells(row: Row) -> list[Any]:
    """Return a record as a row of a table."""
    return [
        row.published, row.type, row.status, _names(row, "actor"), _names(row, "recipient"), " ← ".join(one.name or "؟" for one in row.sources),
        row.outlet, Cell(row.title, f"/article/{row.article}?event={row.record}#text"), Cell(row.record, f"/review/{row.record}"),
    ]  # fmt: skip


def _names(row: Row, role: str) -> str:
    return "، ".join(one.name for one in row.parties if one.role == role)


def _rows(name: str, found: list[Row]) -> Table:
    return make_table(name, row_columns, map(row_cells, found))


@router.get("/actor/{key}")
def actor_page(request: Request, key: str) -> Response:
    """Show an actor: offices, aliases, whom he met, what he said and demanded, how he fares as a source."""
    view = View(request)
    with view.pool.ledger() as ledger, ledger.read() as db:

        def look() -> Any:
            found = profile(db, view.pool.sides, key)
            if found is None:
                return None
            who, told = found
            return who, [rows(db, numbers) for numbers in (told.party, told.said, told.demanded)]

        found = view.pool.keep(ledger, ("actor", key), look)
    if found is None:
        raise InputError(f"{key[:80]}: there is no such actor; the page 'actors' lists them")
    who, (party, said, demanded) = found
    side = who.side
    met = make_table(
        "met",
        (Column("side", "text", "met"), Column("count", "num"), Column("key", "id")),
        (
            [
                Cell(view.side(one.key), f"/channel?a={side}&b={one.key}" if side else None),
                one.count,
                Cell(one.key, f"/actor/{one.key}"),
            ]
            for one in who.met
        ),
    )
    aliases = make_table(
        "aliases", (Column("name"), Column("count", "num")), ([one.key, one.count] for one in who.aliases)
    )
    offices = make_table(
        "offices",
        (Column("from", "date"), Column("until", "date"), Column("office"), Column("body"), Column("sector", "sector")),
        ([one.since, one.until, one.office, view.side(one.body) if one.body else None, one.sector]
         for one in sorted(who.known.offices if who.known else (), key=lambda one: one.since or "")),
    )  # fmt: skip
    return view.page(
        "actor.html",
        [_rows("party", party), aliases, offices, met, _rows("said", said), _rows("demanded", demanded),
         _counts("as_actor", "type", who.as_actor), _counts("as_recipient", "type", who.as_recipient),
         _counts("grades", "grade", who.source.grades), _counts("stances", "stance", who.source.stances)],
        who=who,
    )  # fmt: skip


def _counts(name: str, kind: str, values: dict[str, int]) -> Table:
    title = {"grades": "grade", "stances": "stance"}.get(name, "what")
    return make_table(
        name, (Column("key", kind, title), Column("count", "num")), ([one, count] for one, count in values.items())
    )


def _period(view: View, db: Any) -> tuple[str | None, str | None]:
    """Return the period that the address names, or the last weeks of the ledger."""
    since, until = (view.request.query_params.get(name) or None for name in ("since", "until"))
    for value in (since, until):
        if value is not None and day(value) is None:
            raise InputError(f"period: {value[:40]!r} is not a date; write it YYYY-MM-DD, YYYY-MM or YYYY")
    if since is None and until is None:
        last = day(last_day(db))
        since = (last - datetime.timedelta(_default_days)).isoformat() if last else None
    return since, until


@router.get("/channel")
def channel_page(request: Request) -> Response:
    """Show every contact of two sides; without two sides, the busiest channels."""
    view = View(request)
    a, b = (request.query_params.get(name, "").strip()[:80] for name in ("a", "b"))
    two = bool(a and b and a != b)
    with view.pool.ledger() as ledger, ledger.read() as db:
        since, until = _period(view, db)
        network = view.pool.keep(
            ledger, ("network", since, until), lambda: contacts.network(db, view.pool.sides, since=since, until=until)
        )
        asked = request.query_params
        whole = (asked.get("since") or None, asked.get("until") or None)
        found = contacts.channel(db, view.pool.sides, a, b, since=whole[0], until=whole[1]) if two else []
        last = last_day(db)
    columns = (
        Column("published", "date"), Column("state", "state"), Column("type", "type", "what"), Column("through", "through"), Column("date", "date"),
        Column("outlet"), Column("title"), Column("origins", "num", "n_origins"), Column("review", "review"), Column("id", "id", "event"),
    )  # fmt: skip
    table = make_table(
        "contacts",
        columns,
        (
            [one.published, one.state, one.type, view.commas(map(view.side, sorted(one.through))) or None, one.date, one.outlet,
             Cell(one.title, f"/article/{one.article}?event={one.record}#text"), one.origins, one.review, Cell(one.record, f"/review/{one.record}")]
            for one in found
        ),
    )  # fmt: skip
    marks = [
        Mark("state." + one.state, first, max(day(one.date_end) or first, first) if one.date else first, one.state, one.origins,
             f"{(one.date or one.published or '')[:10]} · {view.t('state.' + one.state)} · "
             f"{view.commas(map(view.side, sorted(one.through))) or view.t('direct')} · {one.outlet or ''}",
             f"/article/{one.article}?event={one.record}#text", one.review)
        for one in found if (first := day(one.date) or day(one.published)) is not None
    ]  # fmt: skip
    drawn = timeline(marks, ["state." + state for state in contacts.contact_states])
    svg = drawn and draw_timeline(
        drawn, rtl=view.rtl, lane_label=view.t, date_label=view.num, title=view.t("timeline"), hint=view.t("no_mark")
    )
    return view.page(
        "channel.html", [table, _busiest(view, network, 10 if two else 200)], a=a, b=b, two=two, svg=svg, found=found,
        silence=gaps(found, last), sides=list(network.nodes())[:200], since=since, until=until, ties=len(network.ties),
    )  # fmt: skip


def _busiest(view: View, network: contacts.Network, most: int = 200) -> Table:
    states = contacts.contact_states
    return make_table(
        "channels",
        (Column("side"), Column("other", "text", "other_side"), Column("count", "num", "talks"),
         *(Column(state, "num", "state." + state) for state in states if state in ("open", "planned", "denied")),
         Column("through"), Column("a", "id", "key"), Column("b", "id", "key")),
        (
            [Cell(view.side(tie.a), _channel(tie)), Cell(view.side(tie.b), _channel(tie)), tie.count,
             *(tie.states.get(state, 0) for state in states if state in ("open", "planned", "denied")),
             view.commas(map(view.side, tie.through)), tie.a, tie.b]
            for tie in network.ties[:most]
        ),
    )  # fmt: skip


def _channel(tie: contacts.Tie) -> str:
    return f"/channel?a={tie.a}&b={tie.b}"


@router.get("/network")
def network_page(request: Request) -> Response:
    """Draw who talks to whom over a period; a matrix where there are too many to draw."""
    view = View(request)
    with view.pool.ledger() as ledger, ledger.read() as db:
        since, until = _period(view, db)
        found = view.pool.keep(
            ledger, ("network", since, until), lambda: contacts.network(db, view.pool.sides, since=since, until=until)
        )
        nodes = found.nodes()
        ties = {(tie.a, tie.b): tie.count for tie in found.ties}
        places = between = None
        if len(nodes) <= _most_drawn:
            places = view.pool.keep(ledger, ("places", since, until), lambda: spread(list(nodes), ties))
            between = view.pool.keep(ledger, ("between", since, until), lambda: contacts.betweenness(found))
    svg = None
    if places:
        top = max(nodes.values(), default=1) or 1
        dots = [
            Dot(
                key,
                view.side(key),
                places[key][0],
                places[key][1],
                round(7 + 11 * (count / top) ** 0.5, 1),
                key in found.mediators,
                f"/actor/{key}",
            )
            for key, count in nodes.items()
        ]
        lines = [
            Line(tie.a, tie.b, tie.count, set(tie.states) == {"denied"},
                 f"{view.side(tie.a)} – {view.side(tie.b)}: {view.num(tie.count)}", _channel(tie))
            for tie in found.ties
        ]  # fmt: skip
        svg = draw_network(dots, lines, rtl=view.rtl, title=view.t("network"), hint=view.t("net_alt"))
    tables = [_busiest(view, found), _mediators(view, found, between)]
    if not places and nodes:
        tables.append(_matrix(view, list(nodes)[:_in_matrix], ties))
    return view.page(
        "network.html", tables, svg=svg, found=found, since=since, until=until, count=len(nodes), shown=_in_matrix
    )


def _mediators(view: View, found: contacts.Network, between: dict[str, float] | None) -> Table:
    known = between or {}
    keys = sorted(
        {*found.mediators, *(key for key, value in known.items() if value)},
        key=lambda key: (-found.mediators.get(key, 0), -known.get(key, 0.0), key),
    )
    return make_table(
        "mediators",
        (Column("side"), Column("carried", "num"), Column("between", "num"), Column("key", "id")),
        (
            [Cell(view.side(key), f"/actor/{key}"), found.mediators.get(key, 0), known.get(key), key]
            for key in keys[:60]
        ),
    )


def _matrix(view: View, keys: list[str], ties: dict[tuple[str, str], int]) -> Table:
    def count(a: str, b: str) -> Cell:
        n = ties.get((a, b)) or ties.get((b, a))
        return Cell(n, f"/channel?a={a}&b={b}" if n else None)

    return make_table(
        "matrix",
        (Column("side"), *(Column(key, "num", "=" + view.side(key)) for key in keys)),
        ([Cell(view.side(a), f"/actor/{a}"), *(count(a, b) for b in keys)] for a in keys),
    )
