"""Full-text search with filters: ranked hits, with snippets whose highlights are offsets of the text as given."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import Literal

import msgspec

from rawi.ledger.database import Ledger
from rawi.ledger.filters import Conditions, Filter, article_conditions, record_conditions
from rawi.ledger.query import Node, matches, parse, places, positive_terms, to_fts
from rawi.ledger.words import Words
from rawi.model import Span

_weights = "4.0, 1.0"  # a word as it is written, a word under its proclitics
_most_ranked = 2_000  # of more matches than this the latest added are ranked first, then the others
_most_tested = 100  # the same where each of those very many must also be looked up among the records
_most_listed = 5_000  # so many articles are listed to learn which part of the index to read


class Hit(msgspec.Struct, frozen=True):
    """An article that matches.

    ``snippet`` is a piece of the article's text from ``start``; ``highlights`` are spans of the whole
    text, not of the snippet: ``text[a:b]`` is what matched. ``records`` are the article's records that
    the filter picks.
    """

    article: str
    input_id: str
    outlet: str | None
    published: str | None
    title: str | None
    score: float
    snippet: str
    start: int
    highlights: tuple[Span, ...]
    records: tuple[str, ...]


class Hits(msgspec.Struct, frozen=True):
    """Some hits, best first; ``next`` is where the following ones begin, None at the end."""

    items: tuple[Hit, ...]
    next: int | None


def search(
    ledger: Ledger,
    query: str,
    wanted: Filter | None = None,
    *,
    order: Literal["rank", "newest"] = "rank",
    limit: int = 20,
    offset: int = 0,
    width: int = 240,
) -> Hits:
    """Find articles whose text in force matches ``query``.

    Words match whatever their harakat, hamza or proclitics: وزير finds والوزير. ``query`` is read as
    :mod:`rawi.ledger.query` says. With conditions on records, an article is found if one of its records
    meets all of them.

    Args:
        ledger: where.
        query: what.
        wanted: conditions on articles and records.
        order: best first, or newest first.
        limit: the most hits to return.
        offset: candidates to pass over; give what ``next`` said.
        width: the length of a snippet, in code points.

    Raises:
        InputError: the query has no word to look for.
    """
    wanted = wanted or Filter()
    node = parse(query)
    found: list[Hit] = []
    seen = offset
    with ledger.read() as db:
        on_records = None if wanted.on_articles_only() else record_conditions(db, wanted)
        one_by_one = on_records and on_records.each()
        for version_no, rank, article_no in _candidates(db, node, wanted, on_records, order, offset):
            if len(found) == limit:
                return Hits(tuple(found), seen)
            seen += 1
            row = db.execute(
                """SELECT a.article_id, a.input_id, v.outlet, v.published, v.title, v.text
                FROM article_version v JOIN article a USING (article_no) WHERE v.version_no = ?""",
                (version_no,),
            ).fetchone()
            article, input_id, outlet, published, title, text = row
            words = Words(text)
            if not matches(node, words.keys):
                continue
            records = _records_of(db, article_no, one_by_one) if one_by_one is not None else ()
            start, stop, highlights = cut(node, text, words, width)
            found.append(
                Hit(article, input_id, outlet, published, title, -rank, text[start:stop], start, highlights, records)
            )
    return Hits(tuple(found), None)


def _candidates(
    db: sqlite3.Connection,
    node: Node,
    wanted: Filter,
    on_records: Conditions | None,
    order: str,
    offset: int,
) -> Iterator[tuple[int, float, int]]:
    """Yield (version, rank, article) of what the index answers, in order, from ``offset`` on."""
    expression = to_fts(node)
    conditions = article_conditions(wanted, published="h.published", outlet="h.outlet_folded")
    if on_records is not None and on_records.few:
        # Few records: their articles are listed once. The + keeps the list from being gone through for every match.
        conditions.add(
            f"""+h.article_no IN (SELECT r.article_no FROM record_state t CROSS JOIN record r ON r.record_no = t.record_no
            WHERE {on_records.sql()})""",
            *on_records.values,
        )
    elif on_records is not None:
        # The order of the join is laid down: the few records of an article, not the many of a type.
        conditions.add(
            f"""EXISTS (SELECT 1 FROM record r CROSS JOIN record_state t ON t.record_no = r.record_no
            WHERE r.article_no = h.article_no AND {on_records.sql()})""",
            *on_records.values,
        )
    if order == "newest":
        found = _newest_first(db, expression, conditions)
    else:
        tested = on_records is not None and not on_records.few and _is_common(db, expression)
        most = min(_most_ranked, _most_tested) if tested else _most_ranked
        found = _best_first(db, expression, conditions, _bounds(db, wanted), most)
    yield from islice(found, offset, None)


def _best_first(
    db: sqlite3.Connection, expression: str, conditions: Conditions, versions: tuple[int, int], most: int
) -> Iterator[tuple[int, float, int]]:
    """Yield what matches, best first; of very many the latest added are ranked first, then those before them.

    Ranking costs what there is to rank, and a word that thousands of articles have tells little of any of them.
    Only what meets the conditions is ranked.
    """
    low, high = versions
    while True:
        rows = db.execute(
            f"""SELECT f.rowid, bm25(article_words, {_weights}), h.article_no
            FROM article_words f CROSS JOIN article_head h ON h.version_no = f.rowid
            WHERE article_words MATCH ? AND f.rowid BETWEEN ? AND ? AND {conditions.sql()} ORDER BY f.rowid DESC LIMIT ?""",
            (expression, low, high, *conditions.values, most),
        ).fetchall()
        yield from sorted(rows, key=lambda row: (row[1], row[0]))
        if len(rows) < most:
            return
        high, most = rows[-1][0] - 1, 8 * most


def _is_common(db: sqlite3.Connection, expression: str) -> bool:
    """Return whether more match than are ranked at once."""
    found = db.execute(
        "SELECT 1 FROM article_words WHERE article_words MATCH ? LIMIT 1 OFFSET ?", (expression, _most_ranked)
    ).fetchone()
    return found is not None


def _bounds(db: sqlite3.Connection, wanted: Filter) -> tuple[int, int]:
    """Return the first and last version published in the days that are asked for, where they are few."""
    conditions = article_conditions(
        Filter(since=wanted.since, until=wanted.until), published="published", outlet="outlet_folded"
    )
    low, high, count = 0, 2**62, _most_listed
    if conditions.parts:
        low, high, count = db.execute(
            f"""SELECT ifnull(min(version_no), 0), ifnull(max(version_no), 0), count(*)
            FROM (SELECT version_no FROM article_head WHERE {conditions.sql()} LIMIT {_most_listed})""",
            conditions.values,
        ).fetchone()
    return (low, high) if count < _most_listed else (0, 2**62)


def _newest_first(db: sqlite3.Connection, expression: str, conditions: Conditions) -> Iterator[tuple[int, float, int]]:
    """Yield what matches by publication date, latest first, those without a date last.

    A number of the latest articles is taken at a time, and the index asked only for the versions they lie between.
    """
    start, most = 0, _most_ranked
    while True:
        low, high, count = db.execute(
            "SELECT min(version_no), max(version_no), count(*) FROM (SELECT version_no FROM article_head "
            "ORDER BY published DESC, article_no DESC LIMIT ? OFFSET ?)",
            (most, start),
        ).fetchone()
        if not count:
            return
        rows = db.execute(
            f"""SELECT f.rowid, bm25(article_words, {_weights}), h.article_no
            FROM article_words f CROSS JOIN (SELECT * FROM article_head ORDER BY published DESC, article_no DESC LIMIT ? OFFSET ?) h
            ON h.version_no = f.rowid WHERE article_words MATCH ? AND f.rowid BETWEEN ? AND ? AND {conditions.sql()}
            ORDER BY h.published DESC, h.article_no DESC""",
            (most, start, expression, low, high, *conditions.values),
        )
        yield from rows
        start, most = start + count, 4 * most


def _records_of(db: sqlite3.Connection, article_no: int, conditions: Conditions) -> tuple[str, ...]:
    rows = db.execute(
        f"""SELECT r.record_id FROM record r CROSS JOIN record_state t ON t.record_no = r.record_no
        WHERE r.article_no = ? AND {conditions.sql()} ORDER BY r.record_no""",
        (article_no, *conditions.values),
    )
    return tuple(record for (record,) in rows)


def cut(node: Node, text: str, words: Words, width: int) -> tuple[int, int, tuple[Span, ...]]:
    """Return the snippet's start and stop, and every match in it, as offsets of ``text``."""
    spans = {words.span(*place) for term in positive_terms(node) for place in places(term, words.keys)}
    if not spans:
        return 0, min(width, len(text)), ()
    ordered = sorted(spans)
    # The window that begins a little before a match and holds the most of them, the first such one.
    lead = width // 6

    def held(span: Span) -> int:
        return sum(span[0] - lead <= a and b <= span[0] - lead + width for a, b in ordered)

    best = max(ordered, key=lambda span: (held(span), -span[0]))
    start = max(0, best[0] - lead)
    stop = min(len(text), max(start + width, best[1]))
    first, last = words.around(start, stop)
    if start > 0 and first < last:
        start = min(words.span(first, first + 1)[0], best[0])
    if stop < len(text) and first < last:
        stop = max(words.span(last - 1, last)[1], best[1])
    return start, stop, _union([span for span in ordered if start <= span[0] and span[1] <= stop])


def _union(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans in order, overlapping ones made one."""
    joined: list[Span] = []
    for start, stop in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], stop))
        else:
            joined.append((start, stop))
    return tuple(joined)
