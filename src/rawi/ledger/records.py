"""Read articles and records back: one by id, or many by filter, page by page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Literal

import msgspec

from rawi.errors import InputError
from rawi.ledger.canonical import differences
from rawi.ledger.database import Ledger
from rawi.ledger.document import Document, evidence, material, read_document, read_payload, slice_event
from rawi.ledger.filters import Filter, article_conditions, record_conditions
from rawi.ledger.paging import every, read_cursor
from rawi.model import Article, CodedArticle, CoderVersion, Record, Selector

Order = Literal["newest", "oldest", "uncertain"]

_orders: dict[str, tuple[str, str]] = {
    "newest": ("t.published", "DESC"),
    "oldest": ("t.published", "ASC"),
    "uncertain": ("t.confidence", "ASC"),
}

_record_columns = """
SELECT t.record_no, r.record_id, a.article_id, a.input_id, v.n, v.outlet, v.published, v.title, t.doc, t.event, t.review, t.rev, t.live,
       s.story_id, c.rawi, c.lexicon, c.ontology, t.reading_no, v.version_no
FROM record_state t JOIN record r USING (record_no) JOIN article a USING (article_no)
JOIN article_version v ON v.version_no = t.version_no
JOIN reading g ON g.reading_no = t.reading_no LEFT JOIN coder c USING (coder_no)
LEFT JOIN report p USING (record_no) LEFT JOIN story s USING (story_no)
"""


class VersionInfo(msgspec.Struct, frozen=True):
    """One version of an article."""

    n: int
    added_at: str
    published: str | None
    text_sha256: str
    in_force: bool


class StoredArticle(msgspec.Struct, frozen=True):
    """An article of the ledger: its text in force, its versions, its records."""

    id: str
    article: Article
    version: int
    text_sha256: str
    added_at: str
    error: str | None
    versions: tuple[VersionInfo, ...]
    records: tuple[Record, ...]
    coded: CodedArticle


class RecordDetail(msgspec.Struct, frozen=True):
    """A record with the words it rests on, what the machine had read, and how the two differ."""

    record: Record
    text_sha256: str
    evidence: tuple[Selector, ...]
    machine: Document
    human_changes: dict[str, tuple[object, object]]


class Page(msgspec.Struct, frozen=True):
    """Some of the records asked for, and the cursor of the next page (None at the end)."""

    items: tuple[Record, ...]
    next: str | None


def list_records(
    ledger: Ledger, wanted: Filter | None = None, *, order: Order = "newest", limit: int = 50, after: str | None = None
) -> Page:
    """Return one page of records.

    Args:
        ledger: where from.
        wanted: which; all that are in force by default.
        order: newest or oldest by publication date, or least confident first.
        limit: the most records to return.
        after: the cursor that the page before gave.
    """
    wanted = wanted or Filter()
    column, direction = _orders[order]
    with ledger.read() as db:
        conditions = record_conditions(db, wanted)
        on_article = article_conditions(wanted, published="t.published", outlet="h.outlet_folded")
        join = "JOIN record r USING (record_no) JOIN article_head h USING (article_no)" if wanted.outlets else ""
        conditions.add(on_article.sql(), *on_article.values)
        if after is not None:
            value, no = _cursor(after, order)
            sign = "<" if direction == "DESC" else ">"
            conditions.add(f"({column}, t.record_no) {sign} (?, ?)", value, no)
        rows = db.execute(
            f"""SELECT t.record_no, {column} FROM record_state t {join} WHERE {conditions.sql()}
            ORDER BY {column} {direction}, t.record_no {direction} LIMIT ?""",
            (*conditions.values, limit + 1),
        ).fetchall()
        items = _records(db, [row[0] for row in rows[:limit]])
    more = len(rows) > limit
    return Page(tuple(items), f"{rows[limit - 1][1]}~{rows[limit - 1][0]}" if more and limit else None)


def count_records(ledger: Ledger, wanted: Filter | None = None) -> int:
    """Return how many records the filter picks."""
    wanted = wanted or Filter()
    with ledger.read() as db:
        conditions = record_conditions(db, wanted)
        on_article = article_conditions(wanted, published="t.published", outlet="h.outlet_folded")
        join = "JOIN record r USING (record_no) JOIN article_head h USING (article_no)" if wanted.outlets else ""
        row = db.execute(
            f"SELECT count(*) FROM record_state t {join} WHERE {conditions.sql()} AND {on_article.sql()}",
            (*conditions.values, *on_article.values),
        ).fetchone()
    return int(row[0])


def every_record(
    ledger: Ledger, wanted: Filter | None = None, *, order: Order = "oldest", page: int = 500
) -> Iterator[Record]:
    """Yield all records that the filter picks, page by page."""
    return every(lambda after: list_records(ledger, wanted, order=order, limit=page, after=after))


def get_record(ledger: Ledger, record_id: str) -> RecordDetail:
    """Return one record with its evidence.

    Raises:
        InputError: there is no such record.
    """
    with ledger.read() as db:
        row = db.execute(
            """SELECT t.record_no, t.event, t.doc, g.payload, v.text, v.text_sha256 FROM record r JOIN record_state t USING (record_no)
            JOIN reading g ON g.reading_no = t.reading_no JOIN article_version v ON v.version_no = t.version_no WHERE r.record_id = ?""",
            (record_id,),
        ).fetchone()
        if row is None:
            raise InputError(f"{record_id}: there is no such record in {ledger.path}; 'rawi list' shows the ids")
        record = _records(db, [row[0]])[0]
    payload = read_payload(row[3])
    machine = slice_event(payload, next(event for event in payload.events if event.id == row[1]))
    document = read_document(row[2]) if row[2] is not None else machine
    changes = differences(material(machine), material(document))
    return RecordDetail(record, row[5], evidence(document, row[4]), machine, dict(changes))


def get_article(ledger: Ledger, article_id: str, *, version: int | None = None) -> StoredArticle:
    """Return one article, by its id or by the id under which it was given.

    Args:
        ledger: where from.
        article_id: ledger id or input id.
        version: an earlier version's text; the one in force by default.

    Raises:
        InputError: there is no such article, no such version, or several articles were given under that id.
    """
    with ledger.read() as db:
        article_no = _find_article(db, ledger, article_id)
        row = db.execute(
            """SELECT a.article_id, a.input_id, a.added_at, v.n, v.version_no, v.text, v.title, v.outlet, v.published, v.url, v.body_start,
            v.text_sha256 FROM article a JOIN article_head h USING (article_no) JOIN article_version v ON v.article_no = a.article_no
            WHERE a.article_no = ? AND (CASE WHEN ? IS NULL THEN v.version_no = h.version_no ELSE v.n = ? END)""",
            (article_no, version, version),
        ).fetchone()
        if row is None:
            raise InputError(
                f"{article_id}: there is no version {version}; 'rawi show {article_id}' lists the versions"
            )
        article = Article(row[1], row[5], row[6], row[7], row[8], row[10], row[9])
        reading = db.execute(
            """SELECT g.error, g.payload, c.rawi, c.lexicon, c.ontology FROM reading g LEFT JOIN coder c USING (coder_no)
            WHERE g.version_no = ? ORDER BY (g.error IS NULL) DESC, g.reading_no DESC LIMIT 1""",
            (row[4],),
        ).fetchone()
        versions = tuple(
            VersionInfo(n, added, published, digest, bool(in_force))
            for n, added, published, digest, in_force in db.execute(
                """SELECT v.n, v.added_at, v.published, v.text_sha256, v.version_no = h.version_no FROM article_version v
                JOIN article_head h USING (article_no) WHERE article_no = ? ORDER BY v.n""",
                (article_no,),
            )
        )
        numbers = [
            no
            for (no,) in db.execute(
                "SELECT record_no FROM record JOIN record_state USING (record_no) WHERE article_no = ? ORDER BY record_no",
                (article_no,),
            )
        ]
        found = tuple(sorted(_records(db, numbers), key=lambda record: (not record.live, record.event.trigger)))
    coded = CodedArticle(article)
    if reading is not None:
        payload = read_payload(reading[1])
        coder = CoderVersion(*reading[2:]) if reading[2] else None
        coded = CodedArticle(
            article, payload.actors, payload.attributions, payload.events, payload.warnings, coder, reading[0]
        )
    return StoredArticle(
        row[0], article, row[3], row[11], row[2], reading[0] if reading else None, versions, found, coded
    )


def _find_article(db: sqlite3.Connection, ledger: Ledger, name: str) -> int:
    row = db.execute("SELECT article_no FROM article WHERE article_id = ?", (name,)).fetchone()
    if row:
        return int(row[0])
    rows = db.execute(
        "SELECT article_no, article_id FROM article_alias JOIN article USING (article_no) WHERE article_alias.input_id = ?",
        (name,),
    ).fetchall()
    if not rows:
        raise InputError(f"{name}: there is no such article in {ledger.path}; 'rawi list' shows the ids")
    if len(rows) > 1:
        raise InputError(
            f"{name}: {len(rows)} articles were given under this id; name one of {', '.join(row[1] for row in rows[:5])}"
        )
    return int(rows[0][0])


def _records(db: sqlite3.Connection, numbers: list[int]) -> list[Record]:
    """Return the records with these numbers, in this order."""
    found: dict[int, Record] = {}
    for at in range(0, len(numbers), 500):
        part = numbers[at : at + 500]
        payloads = {}
        marks = ", ".join("?" * len(part))
        rows = db.execute(f"{_record_columns} WHERE t.record_no IN ({marks})", part).fetchall()
        readings = sorted({row[17] for row in rows if row[8] is None})
        for no, payload in db.execute(
            f"SELECT reading_no, payload FROM reading WHERE reading_no IN ({', '.join('?' * len(readings))})", readings
        ):
            payloads[no] = read_payload(payload)
        for row in rows:
            if row[8] is not None:
                document = read_document(row[8])
            else:
                payload = payloads[row[17]]
                document = slice_event(payload, next(event for event in payload.events if event.id == row[9]))
            found[row[0]] = Record(
                row[1], row[2], row[3], row[4], row[5], row[6], row[7], document.event, document.actors, document.attributions,
                row[10], row[11], bool(row[12]), row[13], CoderVersion(*row[14:17]) if row[14] else None,
            )  # fmt: skip
    return [found[no] for no in numbers]


def _cursor(after: str, order: Order) -> tuple[object, int]:
    return read_cursor(after, float if order == "uncertain" else str)
