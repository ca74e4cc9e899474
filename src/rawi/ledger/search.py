"""Full-text search with filters: ranked hits, with snippets whose highlights are offsets of the text as given."""

from __future__ import annotations

from typing import Literal

import msgspec

from rawi.ledger.database import Ledger
from rawi.ledger.filters import Filter, article_conditions, record_conditions
from rawi.ledger.query import Node, matches, parse, places, positive_terms, to_fts
from rawi.ledger.words import Word, words
from rawi.model import Span

_batch = 64


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
    with ledger.read() as db:
        conditions = article_conditions(wanted, published="h.published", outlet="h.outlet_folded")
        on_records = None
        if not wanted.on_articles_only():
            on_records = record_conditions(db, wanted)
            conditions.add(
                f"EXISTS (SELECT 1 FROM record r JOIN record_state t USING (record_no) WHERE r.article_no = h.article_no AND {on_records.sql()})",
                *on_records.values,
            )
        by = "f.rank" if order == "rank" else "ifnull(h.published, '') DESC"
        cursor = db.execute(
            f"""SELECT f.rowid, f.rank, h.article_no FROM article_words f JOIN article_head h ON h.version_no = f.rowid
            WHERE article_words MATCH ? AND f.rank MATCH 'bm25(4.0, 1.0)' AND {conditions.sql()} ORDER BY {by}, f.rowid LIMIT -1 OFFSET ?""",
            (to_fts(node), *conditions.values, offset),
        )
        seen = offset
        done = False
        while not done and (rows := cursor.fetchmany(_batch)):
            for version_no, rank, article_no in rows:
                if len(found) == limit:
                    done = True
                    break
                seen += 1
                row = db.execute(
                    """SELECT a.article_id, a.input_id, v.outlet, v.published, v.title, v.text
                    FROM article_version v JOIN article a USING (article_no) WHERE v.version_no = ?""",
                    (version_no,),
                ).fetchone()
                text = words(row[5])
                if not matches(node, [word.text for word in text]):
                    continue
                records: tuple[str, ...] = ()
                if on_records is not None:
                    records = tuple(
                        no
                        for (no,) in db.execute(
                            f"""SELECT r.record_id FROM record r JOIN record_state t USING (record_no)
                            WHERE r.article_no = ? AND {on_records.sql()} ORDER BY r.record_no""",
                            (article_no, *on_records.values),
                        )
                    )
                start, stop, highlights = cut(node, row[5], text, width)
                article, input_id, outlet, published, title = row[:5]
                found.append(
                    Hit(
                        article,
                        input_id,
                        outlet,
                        published,
                        title,
                        -rank,
                        row[5][start:stop],
                        start,
                        highlights,
                        records,
                    )
                )
        cursor.close()
    return Hits(tuple(found), seen if done else None)


def cut(node: Node, text: str, text_words: list[Word], width: int) -> tuple[int, int, tuple[Span, ...]]:
    """Return the snippet's start and stop, and every match in it, as offsets of ``text``."""
    keys = [word.text for word in text_words]
    spans: set[Span] = set()
    for term in positive_terms(node):
        for first, last in places(term, keys):
            spans.add((text_words[first].start, text_words[last - 1].stop))
    if not spans:
        return 0, min(width, len(text)), ()
    ordered = sorted(spans)
    # The window that begins a little before a match and holds the most of them, the first such one.
    lead = width // 6
    best = max(
        ordered,
        key=lambda span: (sum(span[0] - lead <= a and b <= span[0] - lead + width for a, b in ordered), -span[0]),
    )
    start = max(0, best[0] - lead)
    stop = min(len(text), max(start + width, best[1]))
    starts = [word.start for word in text_words if start <= word.start <= best[0]]
    ends = [word.stop for word in text_words if best[1] <= word.stop <= stop]
    if start > 0 and starts:
        start = starts[0]
    if stop < len(text) and ends:
        stop = ends[-1]
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
