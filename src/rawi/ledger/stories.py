"""Read stories back: one by id, or many by filter, page by page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Literal

import msgspec

from rawi.errors import InputError
from rawi.ledger.database import Ledger
from rawi.ledger.dates import bounds
from rawi.ledger.filters import Filter, article_conditions, few_articles, record_conditions
from rawi.ledger.paging import every, read_cursor
from rawi.ledger.ratings import rating_key, reliability_of
from rawi.model import Origin, Reliability, Story

StoryOrder = Literal["newest", "oldest", "corroborated"]

_orders = {
    "newest": ("s.last_seen", "DESC"),
    "oldest": ("s.last_seen", "ASC"),
    "corroborated": ("s.n_origins", "DESC"),
}

_decode = msgspec.json.Decoder(Story).decode


class StoryPage(msgspec.Struct, frozen=True):
    """Some of the stories asked for, and the cursor of the next page (None at the end)."""

    items: tuple[Story, ...]
    next: str | None


def list_stories(
    ledger: Ledger,
    wanted: Filter | None = None,
    *,
    order: StoryOrder = "newest",
    limit: int = 50,
    after: str | None = None,
    contested: bool | None = None,
    least_origins: int = 0,
    least_articles: int = 0,
) -> StoryPage:
    """Return one page of stories; those of which one report meets the filter.

    Call ``rawi.merge.update`` first when records were added since.
    """
    wanted = wanted or Filter()
    column, direction = _orders[order]
    with ledger.read() as db:
        conditions = record_conditions(db, wanted)
        parts, values = ["s.live = 1"], list[object]()
        on_article = article_conditions(wanted, published="t.published", outlet="h.outlet_folded")
        if wanted != Filter():
            where = f"{conditions.sql()} AND {on_article.sql()}"
            if conditions.few:
                parts.append(
                    f"""s.story_no IN (SELECT p.story_no FROM record_state t JOIN report p USING (record_no)
                    JOIN article_head h USING (article_no) WHERE {where})"""
                )
            elif few_articles(db, wanted):
                parts.append(
                    f"""s.story_no IN (SELECT p.story_no FROM article_head h CROSS JOIN record r USING (article_no)
                    CROSS JOIN record_state t USING (record_no) JOIN report p USING (record_no) WHERE {where})"""
                )
            else:
                # CROSS JOIN: from the story to its few reports, never from all records of a type.
                parts.append(
                    f"""EXISTS (SELECT 1 FROM report p CROSS JOIN record_state t USING (record_no)
                    JOIN article_head h ON h.article_no = p.article_no WHERE p.story_no = s.story_no AND {where})"""
                )
            values += [*conditions.values, *on_article.values]
            for day, condition, end in ((wanted.since, "s.last_seen >= ?", 0), (wanted.until, "s.first_seen < ?", 1)):
                days = bounds(day) if day else None
                if days is not None:
                    parts.append(condition)
                    values.append(days[end] + "~" * end)
        if contested is not None:
            parts.append("s.contested = ?")
            values.append(int(contested))
        for name, least in (("n_origins", least_origins), ("n_articles", least_articles)):
            if least:
                parts.append(f"s.{name} >= ?")
                values.append(least)
        if after is not None:
            value, no = _cursor(after, order)
            parts.append(f"({column}, s.story_no) {'<' if direction == 'DESC' else '>'} (?, ?)")
            values += [value, no]
        rows = db.execute(
            f"""SELECT q.story_no, q.value, d.doc FROM (SELECT s.story_no, {column} AS value FROM story s WHERE {" AND ".join(parts)}
            ORDER BY value {direction}, s.story_no {direction} LIMIT ?) q JOIN story d USING (story_no) ORDER BY q.value {direction}, q.story_no {direction}""",
            (*values, limit + 1),
        ).fetchall()
        ratings = reliability_of(db)
        items = tuple(_rated(_decode(row[2]), db, ratings) for row in rows[:limit])
    more = len(rows) > limit and limit > 0
    return StoryPage(items, f"{rows[limit - 1][1]}~{rows[limit - 1][0]}" if more else None)


def every_story(
    ledger: Ledger, wanted: Filter | None = None, *, order: StoryOrder = "oldest", page: int = 500
) -> Iterator[Story]:
    """Yield all stories that the filter picks, page by page."""
    return every(lambda after: list_stories(ledger, wanted, order=order, limit=page, after=after))


class StoryDetail(msgspec.Struct, frozen=True):
    """A story with its revision; one that was merged away is answered by what it went into."""

    story: Story
    rev: int
    asked: str


def get_story(ledger: Ledger, story_id: str) -> StoryDetail:
    """Return a story; an id that was merged away leads to the story it went into.

    Raises:
        InputError: there is no such story, or nothing is left of it.
    """
    with ledger.read() as db:
        row = db.execute(
            "SELECT story_no, live, merged_into, doc, rev FROM story WHERE story_id = ?", (story_id,)
        ).fetchone()
        if row is None:
            raise InputError(f"{story_id}: there is no such story in {ledger.path}; 'rawi stories' shows the ids")
        seen = set()
        while not row[1]:
            if row[2] is None or row[0] in seen:
                raise InputError(
                    f"{story_id}: no report of this story is in force any more; its records are in the log"
                )
            seen.add(row[0])
            row = db.execute(
                "SELECT story_no, live, merged_into, doc, rev FROM story WHERE story_no = ?", (row[2],)
            ).fetchone()
        return StoryDetail(_rated(_decode(row[3]), db, reliability_of(db)), row[4], story_id)


def _rated(story: Story, db: sqlite3.Connection, ratings: dict[tuple[str, str], Reliability]) -> Story:
    """Return the story with the user's ratings: each origin's own, or else the best of the outlets that carry it."""
    if not ratings:
        return story
    origins = tuple(
        msgspec.structs.replace(origin, reliability=_reliability(origin, ratings)) for origin in story.origins
    )
    best = min((origin.reliability for origin in origins if origin.affirms), default="F")
    return msgspec.structs.replace(story, origins=origins, reliability=best)


def _reliability(origin: Origin, ratings: dict[tuple[str, str], Reliability]) -> Reliability:
    entity = origin.key.split(" ")[0]
    for key in (rating_key(entity), rating_key(origin.name)):
        if ("source", key) in ratings:
            return ratings["source", key]
    found: list[Reliability] = [ratings.get(("outlet", rating_key(outlet)), "F") for outlet in origin.outlets]
    return min(found, default="F")


def _cursor(after: str, order: StoryOrder) -> tuple[object, int]:
    return read_cursor(after, int if order == "corroborated" else str)
