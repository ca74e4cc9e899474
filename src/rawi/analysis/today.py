"""The stories of one day: which are new, which changed, which stand on most and which on least."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable
from typing import Any

import msgspec

from rawi.ledger import Filter
from rawi.ledger.filters import article_conditions, record_conditions
from rawi.model import Story, StoryState

_decode = msgspec.json.Decoder(Story).decode


class Changed(msgspec.Struct, frozen=True):
    """A story that reports of the day gave another state."""

    story: Story
    before: StoryState
    after: StoryState


class Day(msgspec.Struct, frozen=True):
    """One day: how many stories and reports it has, and some of the stories.

    ``days`` are the days around it that have reports, with how many; ``before`` and ``after`` the nearest such days.
    """

    day: str
    stories: int
    reports: int
    new: tuple[Story, ...]
    changed: tuple[Changed, ...]
    most: tuple[Story, ...]
    least: tuple[Story, ...]
    days: tuple[tuple[str, int], ...]
    before: str | None = None
    after: str | None = None


def last_day(db: sqlite3.Connection) -> str | None:
    """Return the last day of publication in the ledger."""
    row = db.execute(
        "SELECT published FROM record_state INDEXED BY record_state_by_date WHERE live = 1 ORDER BY published DESC LIMIT 1"
    ).fetchone()
    return row[0][:10] if row and row[0] else None


def read_day(db: sqlite3.Connection, day: str, wanted: Filter | None = None, *, limit: int = 30) -> Day:
    """Return the stories that have a report published on ``day``.

    Args:
        db: a ledger's connection.
        day: ISO day.
        wanted: conditions on the reports; its dates are not used.
        limit: the most stories in each list.
    """
    wanted = msgspec.structs.replace(wanted or Filter(), since=None, until=None)
    conditions = record_conditions(db, wanted)
    on_article = article_conditions(wanted, published="t.published", outlet="h.outlet_folded")
    join = "JOIN article_head h USING (article_no)" if wanted.outlets else ""
    rows = db.execute(
        f"""SELECT s.story_no, s.first_seen, s.n_origins, s.credibility, s.n_articles, count(*) FROM record_state t JOIN report p USING (record_no)
        JOIN story s USING (story_no) {join} WHERE t.published >= ? AND t.published < ? AND t.review <> 'rejected' AND s.live = 1
        AND {conditions.sql()} AND {on_article.sql()} GROUP BY s.story_no""",
        (day, day + "~", *conditions.values, *on_article.values),
    ).fetchall()
    new = sorted((row for row in rows if row[1][:10] == day), key=lambda row: (-row[2], -row[4], row[0]))
    old = [row[0] for row in rows if row[1][:10] < day]
    most = sorted((row for row in rows if row[2] > 1), key=lambda row: (row[3], -row[2], -row[4], row[0]))
    least = sorted((row for row in rows if row[2] <= 1 or row[3] >= 4), key=lambda row: (-row[3], row[4], row[0]))
    changed = [one for no in old[:200] if (one := _changed(_story(db, no), day)) is not None]
    days = _days(
        db, day, f"{join} WHERE {conditions.sql()} AND {on_article.sql()}", (*conditions.values, *on_article.values)
    )
    return Day(
        day, len(rows), sum(row[5] for row in rows), _first(db, new, limit), tuple(changed[:limit]), _first(db, most, limit // 3),
        _first(db, least, limit // 3), days,
        max((one for one, _ in days if one < day), default=None) or _nearest(db, "<", day, "DESC"),
        min((one for one, _ in days if one > day), default=None) or _nearest(db, ">", day + "~", "ASC"),
    )  # fmt: skip


def headlines(db: sqlite3.Connection, stories: Iterable[Story]) -> dict[str, str]:
    """Return the headline of each story's first report that has one, by the id of the story."""
    reports = {report.record: story.id for story in stories for report in story.reports[:3]}
    found: dict[str, str] = {}
    titles = dict(
        db.execute(
            """SELECT r.record_id, v.title FROM record r JOIN article_head h USING (article_no) JOIN article_version v ON v.version_no = h.version_no
            WHERE r.record_id IN (SELECT value FROM json_each(?)) AND v.title IS NOT NULL""",
            (json.dumps(list(reports)),),
        ).fetchall()
    )
    for record, story in reports.items():
        if record in titles:
            found.setdefault(story, titles[record])
    return found


def _first(db: sqlite3.Connection, rows: list[tuple[Any, ...]], limit: int) -> tuple[Story, ...]:
    return tuple(_story(db, row[0]) for row in rows[:limit])


def _story(db: sqlite3.Connection, no: int) -> Story:
    return _decode(db.execute("SELECT doc FROM story WHERE story_no = ?", (no,)).fetchone()[0])


def _changed(story: Story, day: str) -> Changed | None:
    before = [change.state for change in story.history if (change.published or "")[:10] < day]
    on_day = [change.state for change in story.history if (change.published or "")[:10] == day]
    if before and on_day and on_day[-1] != before[-1]:
        return Changed(story, before[-1], on_day[-1])
    return None


def _days(
    db: sqlite3.Connection, day: str, where: str, values: tuple[object, ...], *, around: int = 10
) -> tuple[tuple[str, int], ...]:
    """Return the days with reports around ``day``, each with the number of its reports that a filter lets through."""
    rows = db.execute(
        f"""SELECT substr(t.published, 1, 10), count(*) FROM record_state t JOIN report p USING (record_no) {where}
        AND t.review <> 'rejected' AND t.published >= ? AND t.published < ? GROUP BY 1 ORDER BY 1""",
        (*values, _shift(day, -around), _shift(day, around) + "~"),
    )
    return tuple((found, count) for found, count in rows)


def _shift(day: str, by: int) -> str:
    """Return the day some days away, or the first or last that there is."""
    try:
        return (datetime.date.fromisoformat(day) + datetime.timedelta(by)).isoformat()
    except OverflowError:
        return (datetime.date.min if by < 0 else datetime.date.max).isoformat()


def _nearest(db: sqlite3.Connection, than: str, day: str, order: str) -> str | None:
    """Return the day nearest to ``day`` on one side of it that has a report."""
    row = db.execute(
        f"""SELECT published FROM record_state INDEXED BY record_state_by_date WHERE live = 1 AND published <> '' AND published {than} ?
        ORDER BY published {order} LIMIT 1""",
        (day,),
    ).fetchone()
    return row[0][:10] if row else None
