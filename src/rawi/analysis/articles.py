"""Articles by date, and what has changed since: the lists that records and stories do not give."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from rawi.errors import InputError
from rawi.ledger import Filter
from rawi.ledger.filters import article_conditions


class ArticleRow(msgspec.Struct, frozen=True):
    """An article in a list."""

    id: str
    input_id: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    version: int
    added_at: str
    events: int


def list_articles(
    db: sqlite3.Connection, wanted: Filter, *, limit: int = 50, after: str | None = None
) -> tuple[list[ArticleRow], str | None]:
    """Return articles, newest first, and the cursor of the next page; only dates and outlets of the filter count."""
    conditions = article_conditions(wanted, published="h.published", outlet="h.outlet_folded")
    if after is not None:
        value, _, no = after.rpartition("~")
        if not (no.isascii() and no.isdigit() and len(no) < 18):
            raise InputError(f"cursor: {after!r} is not a cursor of this list; start without one")
        conditions.add("(ifnull(h.published, ''), h.article_no) < (?, ?)", value, int(no))
    rows = db.execute(
        f"""SELECT a.article_id, a.input_id, h.outlet, h.published, v.title, v.url, v.n, a.added_at,
        (SELECT count(*) FROM record r JOIN record_state t USING (record_no) WHERE r.article_no = h.article_no AND t.live = 1), h.article_no
        FROM article_head h JOIN article a USING (article_no) JOIN article_version v ON v.version_no = h.version_no
        WHERE {conditions.sql()} ORDER BY h.published DESC, h.article_no DESC LIMIT ?""",
        (*conditions.values, limit + 1),
    ).fetchall()
    items = [ArticleRow(*row[:9]) for row in rows[:limit]]
    more = f"{rows[limit - 1][3] or ''}~{rows[limit - 1][9]}" if len(rows) > limit else None
    return items, more


class Change(msgspec.Struct, frozen=True):
    """Something that changed: a decision (its log entry), or a reading of an article (its records)."""

    kind: str
    at: str
    target: str
    action: str
    who: str | None
    rev: int | None
    records: tuple[str, ...]


def changes(
    db: sqlite3.Connection, seq: int, reading: int, *, limit: int = 100
) -> tuple[list[Change], tuple[int, int]]:
    """Return what changed after log entry ``seq`` and reading ``reading``, and where to go on."""
    items: list[Change] = []
    rows: list[tuple[Any, ...]] = db.execute(
        """SELECT g.reading_no, g.read_at, a.article_id, g.error IS NOT NULL FROM reading g JOIN article_version v USING (version_no)
        JOIN article a USING (article_no) WHERE g.reading_no > ? ORDER BY g.reading_no LIMIT ?""",
        (reading, limit),
    ).fetchall()
    for no, at, article, failed in rows:
        records = db.execute(
            "SELECT record_id FROM record_reading JOIN record USING (record_no) WHERE reading_no = ?", (no,)
        )
        items.append(
            Change("reading", at, article, "failed" if failed else "read", None, None, tuple(one for (one,) in records))
        )
        reading = no
    rows = db.execute(
        "SELECT seq, at, target, action, who, rev FROM log WHERE seq > ? ORDER BY seq LIMIT ?",
        (seq, limit - len(items)),
    ).fetchall()
    for no, at, target, action, who, rev in rows:
        items.append(Change("decision", at, target, action, who, rev, ()))
        seq = no
    return items, (seq, reading)
