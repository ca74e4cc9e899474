"""Pages for reading: today, one article, search, the log."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from rawi.analysis.silence import silent_sources
from rawi.analysis.today import headlines, last_day, read_day
from rawi.api.settings import max_query
from rawi.desk.filters import choices, read_filter
from rawi.desk.highlight import count_turning, marks_of, pieces
from rawi.desk.messages import keys
from rawi.desk.tables import Cell, Column, Table, make_table
from rawi.desk.view import View
from rawi.errors import InputError
from rawi.ledger import Entry, entries, get_article, search
from rawi.ledger.log import head
from rawi.ledger.review import changed_fields
from rawi.model import CodedArticle, Record, Story

router = APIRouter()

story_columns = (
    Column("type", "type", "what"), Column("title"), Column("who"), Column("whom"), Column("status", "status"), Column("date", "date"),
    Column("n_articles", "num"), Column("n_outlets", "num"), Column("n_origins", "num"), Column("credibility", "credibility"),
    Column("contested", "flag"), Column("id", "id", "story"),
)  # fmt: skip


def story_cells(story: Story, titles: Mapping[str, str]) -> list[Any]:
    """Return a story as a row of a table, with its headline."""
    return [
        Cell(story.type, f"/story/{story.id}"), Cell(titles.get(story.id), f"/story/{story.id}"), "، ".join(actor.name for actor in story.actors),
        "، ".join(actor.name for actor in story.recipients), story.status, story.date, story.n_articles, story.n_outlets, story.n_origins,
        story.credibility, story.contested, Cell(story.id, f"/story/{story.id}"),
    ]  # fmt: skip


def story_table(name: str, stories: Sequence[Story], titles: Mapping[str, str]) -> Table:
    """Return a table of stories."""
    return make_table(name, story_columns, (story_cells(story, titles) for story in stories))


@router.get("/")
def today(request: Request) -> Response:
    """Show the stories of a day, by default the last one that the ledger has."""
    view = View(request)
    wanted = read_filter(view)
    asked = request.query_params.get("day")
    with view.pool.ledger() as ledger, ledger.read() as db:
        day = _day(asked) if asked else last_day(db)
        found = read_day(db, day, wanted) if day else None
        shown = [*found.new, *found.most, *found.least, *(one.story for one in found.changed)] if found else []
        titles = headlines(db, shown)
    if found is None or day is None:
        return view.page("today.html", day=None, found=None, choices=choices)
    changed = make_table(
        "changed",
        (*story_columns[:4], Column("before", "status"), Column("after", "status"), *story_columns[6:]),
        [
            [*story_cells(one.story, titles)[:4], one.before, one.after, *story_cells(one.story, titles)[6:]]
            for one in found.changed
        ],
    )
    tables = [
        story_table("new", found.new, titles),
        changed,
        story_table("most", found.most, titles),
        story_table("least", found.least, titles),
    ]
    return view.page("today.html", tables, day=day, found=found, choices=choices)


def _day(asked: str) -> str:
    try:
        return datetime.date.fromisoformat(asked).isoformat()
    except ValueError:
        raise InputError(f"day: {asked[:40]!r} is not a day; write it YYYY-MM-DD") from None


record_columns = (
    Column("type", "type", "what"), Column("status", "status"), Column("who"), Column("whom"), Column("third"),
    Column("date", "date"), Column("place"), Column("source", "chain"), Column("words"), Column("confidence", "num"), Column("review", "review"),
    Column("id", "id", "event"),
)  # fmt: skip


def record_cells(record: Record, text: str) -> list[Any]:
    """Return a record of an article as a row of a table."""
    by_id = {actor.id: actor.name for actor in record.actors}
    hops = {hop.id: hop for hop in record.attributions}
    event = record.event
    chain = [by_id.get(hops[one].source or "", "") for one in event.chain if one in hops]
    return [
        event.type, event.status, "، ".join(by_id[one] for one in event.actors), "، ".join(by_id[one] for one in event.recipients),
        "، ".join(by_id[third.actor] for third in event.third_parties), event.date.value if event.date else None,
        event.place.text if event.place else None, " ← ".join(name or "؟" for name in chain), text[slice(*event.trigger)],
        event.confidence, record.review, Cell(record.id, f"/review/{record.id}"),
    ]  # fmt: skip


@router.get("/article/{id}")
def article(request: Request, id: str) -> Response:
    """Show an article with its evidence, and the events beside it with their chains."""
    view = View(request)
    version = request.query_params.get("version", "")
    with view.pool.ledger() as ledger:
        stored = get_article(ledger, id, version=int(version) if version.isdigit() and len(version) < 6 else None)
    records = [record for record in stored.records if record.live and record.version == stored.version]
    return view.page(
        "article.html",
        [make_table("events", record_columns, (record_cells(record, stored.article.text) for record in records))],
        stored=stored,
        alone=request.query_params.get("event"),
        **article_view(stored.coded, records),
    )


def article_view(coded: CodedArticle, records: Sequence[Record]) -> dict[str, Any]:
    """Return what the article's template shows: pieces of the text, records, warnings, silent sources."""
    text = coded.article.text
    marks = [mark for n, record in enumerate(records) for mark in marks_of(record, n)]
    return {
        "article": coded.article,
        "pieces": pieces(text, marks, coded.article.body_start),
        "records": records,
        "warnings": coded.warnings,
        "silent": silent_sources(coded),
        "turning": count_turning(text),
    }


@router.get("/search")
def find(request: Request) -> Response:
    """Search the texts."""
    view = View(request)
    asked = request.query_params
    query = asked.get("q", "").strip()
    order = "newest" if asked.get("order") == "newest" else "rank"
    offset = int(asked["cursor"]) if asked.get("cursor", "").isdigit() and len(asked["cursor"]) < 9 else 0
    wanted = read_filter(view)
    if len(query) > max_query:
        raise InputError(f"query: it has {len(query)} characters, more than {max_query}; make it shorter")
    found = None
    if query:
        with view.pool.ledger() as ledger:
            found = view.pool.keep(
                ledger, ("search", query, wanted, order, offset),
                lambda: search(ledger, query, wanted, order="newest" if order == "newest" else "rank", offset=offset),
            )  # fmt: skip
    hits = found.items if found else ()
    shown = [(hit, pieces(hit.snippet, [_hit_mark(hit.start, span) for span in hit.highlights])) for hit in hits]
    columns = (
        Column("published", "date"),
        Column("outlet"),
        Column("title"),
        Column("snippet", "text", "words"),
        Column("article", "id"),
    )
    table = make_table(
        "hits",
        columns,
        (
            [hit.published, hit.outlet, hit.title, hit.snippet, Cell(hit.article, f"/article/{hit.article}")]
            for hit in hits
        ),
    )
    return view.page(
        "search.html",
        [table],
        q=query,
        hits=shown,
        order=order,
        offset=offset,
        choices=choices,
        following=found.next if found else None,
    )


def _hit_mark(start: int, span: tuple[int, int]) -> Any:
    from rawi.desk.highlight import Mark

    return Mark(span[0] - start, span[1] - start, "hit", 0)


@router.get("/log")
def log(request: Request) -> Response:
    """Show the log of decisions, newest first."""
    view = View(request)
    cursor = request.query_params.get("cursor", "")
    target = request.query_params.get("target") or None
    size = 50
    with view.pool.ledger() as ledger, ledger.read():
        last, digest = head(ledger)
        if target is not None:
            found = list(entries(ledger, target=target[:120], limit=500))[::-1]
            following = None
        else:
            top = min(int(cursor), last) if cursor.isdigit() and len(cursor) < 15 else last
            found = list(entries(ledger, since=max(top - size, 0), limit=min(size, top)))[::-1]
            following = top - size if top > size else None
    columns = (
        Column("seq", "num", "=#"), Column("at", "date", "when"), Column("who", "text", "reviewer"), Column("action", "action"),
        Column("target", "id"), Column("changes", "text", "changed_to"), Column("reason", "reason"), Column("note"),
        Column("rev", "num", "revision"), Column("hash", "id"),
    )  # fmt: skip
    rows = [
        [
            one.seq,
            one.at[:19].replace("T", " "),
            one.who,
            one.action,
            Cell(one.target, _address(one.target)),
            _changes(view, one),
            one.reason,
            one.note,
            one.rev,
            one.hash[:12],
        ]
        for one in found
    ]
    return view.page(
        "log.html", [make_table("log", columns, rows)], head=(last, digest), following=following, target=target
    )


def _changes(view: View, one: Entry) -> str | None:
    """Return in words what a decision changed of a record, besides that it was reviewed."""
    if one.action not in ("correct", "undo", "recode", "accept"):
        return None
    arrow, stop = (" ← ", "؛ ") if view.rtl else (" → ", "; ")
    told = [
        f"{view.t('field.' + name)}: {view.told(name, old)}{arrow}{view.told(name, new)}"
        for name, (old, new) in changed_fields(one.before, one.after).items()
        if f"field.{name}" in keys() and name != "review"
    ]
    return stop.join(told) or None


def _address(target: str) -> str | None:
    return (
        {"e": f"/review/{target}", "a": f"/article/{target}", "s": f"/story/{target}"}.get(target[:1])
        if ":" not in target
        else None
    )
