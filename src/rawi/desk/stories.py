"""Pages of stories: the list, and one story with all its reports; merging and splitting."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from rawi.analysis.contradiction import Compared, compare, denials
from rawi.analysis.origins import origin_tree
from rawi.analysis.timelines import Mark, day, timeline
from rawi.analysis.today import headlines
from rawi.desk.draw import draw_timeline
from rawi.desk.filters import choices, read_filter
from rawi.desk.reading import story_table
from rawi.desk.tables import Cell, Column, make_table
from rawi.desk.view import View, read_form
from rawi.errors import InputError
from rawi.ledger import Ledger, get_record, get_story, list_stories
from rawi.merge import merge_stories, split_story, undo_story, update
from rawi.model import Story

router = APIRouter()
Form = Annotated[dict[str, str], Depends(read_form)]
_most_reports = 60
_kinds = {"type": "type", "status": "status", "date": "date", "source": "chain"}


@router.get("/stories")
def list_page(request: Request) -> Response:
    """List stories by filter."""
    view = View(request)
    wanted = read_filter(view)
    asked = request.query_params
    order: Any = asked.get("order") if asked.get("order") in ("oldest", "corroborated") else "newest"
    contested = True if asked.get("contested") == "1" else None
    origins = int(asked["origins"]) if asked.get("origins", "").isdigit() and len(asked["origins"]) < 5 else 0
    with view.pool.ledger() as ledger:
        found = list_stories(
            ledger,
            wanted,
            order=order,
            limit=30,
            after=asked.get("cursor") or None,
            contested=contested,
            least_origins=origins,
        )
        with ledger.read() as db:
            titles = headlines(db, found.items)
    return view.page(
        "stories.html",
        [story_table("stories", found.items, titles)],
        order=order,
        following=found.next,
        choices=choices,
    )


@router.get("/story/{id}")
def story_page(request: Request, id: str) -> Response:
    """Show a story: reports side by side, what they differ on, who got it from whom, status over time."""
    view = View(request)
    with view.pool.ledger() as ledger:
        detail = get_story(ledger, id)
        story = detail.story
        if detail.asked != story.id:
            return view.go(f"/story/{story.id}")
        with ledger.read() as db:
            details = [get_record(ledger, report.record) for report in story.reports[:_most_reports]]
            similar = _similar(db, story)
    records = [one.record for one in details]
    reports = make_table(
        "reports",
        (Column("published", "date"), Column("outlet"), Column("title"), Column("state", "status", "status"), Column("source", "chain"),
         Column("words"), Column("id", "id", "event")),
        (
            [one.record.published, one.record.outlet, Cell(one.record.title, f"/article/{one.record.article}?event={one.record.id}#text"),
             report.state, _chain(one.record), _evidence(one), Cell(one.record.id, f"/review/{one.record.id}")]
            for one, report in zip(details, story.reports, strict=False)
        ),
    )  # fmt: skip
    compared = compare(records)
    comparison = make_table(
        "compare",
        (Column("field", "field"), Column("agree", "flag", "agreement"),
         *(Column(record.id, "text", "=" + (record.outlet or record.article)) for record in records[:12])),
        ([one.field, _agree(one), *(Cell(x, None, _kinds.get(one.field)) for x in one.values[:12])] for one in compared),
    )  # fmt: skip
    marks = [
        Mark("status." + report.state, at, at, report.state, 1, f"{report.published} · {report.outlet or ''} · {view.t('status.' + report.state)}",
             f"/article/{report.article}?event={report.record}#text")
        for report in story.reports if (at := day(report.published)) is not None
    ]  # fmt: skip
    drawn = timeline(marks)
    svg = drawn and draw_timeline(
        drawn, rtl=view.rtl, lane_label=view.t, date_label=view.num, title=view.t("history"), hint=view.t("story_mark")
    )
    return view.page(
        "story.html", [reports, comparison], story=story, rev=detail.rev, details=details, tree=origin_tree(records),
        denials=denials(records), svg=svg, similar=similar, compared=compared, more=len(story.reports) > _most_reports,
    )  # fmt: skip


def _agree(compared: Compared) -> bool | None:
    """Return whether reports agree on a field; None if fewer than two tell it, and of sources, which may well be different."""
    told = sum(map(bool, compared.values))
    return compared.agree if told > 1 and compared.field != "source" else None


def _chain(record: Any) -> str:
    by_id = {actor.id: actor.name for actor in record.actors}
    hops = {hop.id: hop for hop in record.attributions}
    names = [by_id.get(hops[one].source or "", "؟") for one in record.event.chain if one in hops]
    return " ← ".join([*names, record.outlet or ""])


def _evidence(detail: Any) -> str:
    return next((one.exact for one in detail.evidence if one.part == "extent"), "")


def _similar(db: sqlite3.Connection, story: Story) -> list[tuple[str, str]]:
    """Return stories of the same type around the same days, as (id, words), for merging."""
    rows = db.execute(
        """SELECT s.story_id, (SELECT v.title FROM report p JOIN record_state t USING (record_no) JOIN article_version v USING (version_no)
        WHERE p.story_no = s.story_no LIMIT 1), s.last_seen FROM story s WHERE s.live = 1 AND s.type = ? AND s.story_id <> ?
        AND s.last_seen >= date(?, '-10 days') AND s.last_seen <= date(?, '+10 days') ORDER BY s.last_seen LIMIT 40""",
        (story.type, story.id, story.first_seen or "", story.last_seen or ""),
    )
    return [(one, f"{seen[:10]} · {title or one}") for one, title, seen in rows]


@router.post("/story/{id}/merge")
def merge(request: Request, id: str, form: Form) -> Response:
    """Merge another story into this one."""
    view = View(request)
    other = (form.get("other_id") or form.get("other") or "").strip()
    based_on = _revision(form)
    if not other:
        raise InputError(f"merge: {id} alone is not two stories; name another")
    with view.pool.ledger() as ledger:
        seen = None if based_on is None else (based_on, _rev_of(ledger, other))
        merge_stories(ledger, (id, other), who=view.caller.name, based_on=seen, note=form.get("note") or None)
        update(ledger)
    return view.go(f"/story/{id}")


@router.post("/story/{id}/split")
def split(request: Request, id: str, form: Form) -> Response:
    """Make a story of its own of the ticked reports."""
    view = View(request)
    records = tuple(one for one in form.get("record", "").split("\n") if one)
    with view.pool.ledger() as ledger:
        done = split_story(
            ledger, id, records, who=view.caller.name, based_on=_revision(form), note=form.get("note") or None
        )
        update(ledger)
    return view.go(f"/story/{done.stories[-1]}")


@router.post("/story/{id}/undo")
def undo(request: Request, id: str, form: Form) -> Response:
    """Take back the last merge or split."""
    view = View(request)
    with view.pool.ledger() as ledger:
        undo_story(ledger, id, who=view.caller.name)
        update(ledger)
    return view.go(f"/story/{id}")


def _revision(form: dict[str, str]) -> int | None:
    given = form.get("rev", "")
    return int(given) if given.isdigit() and len(given) < 15 else None


def _rev_of(ledger: Ledger, story: str) -> int:
    return get_story(ledger, story).rev
