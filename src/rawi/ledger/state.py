"""Write what a record says now, with everything that is looked up by: parties, hops, spans."""

from __future__ import annotations

import sqlite3
from typing import Literal

import msgspec

from rawi.ledger.dates import bounds
from rawi.ledger.document import Document, document_json, parties, read_document, read_payload, slice_event, spans
from rawi.model import Actor, Place
from rawi.text.fold import fold_word

ReviewState = Literal["unreviewed", "accepted", "corrected", "rejected", "skipped"]


class State(msgspec.Struct, frozen=True):
    """One row of ``record_state``; ``document`` is what the record says, ``human`` whether a person fixed it."""

    record_no: int
    record_id: str
    article_no: int
    rev: int
    live: bool
    review: ReviewState
    reading_no: int
    event: str
    version_no: int
    published: str | None
    document: Document
    human: bool


_select = """
SELECT t.record_no, r.record_id, r.article_no, t.rev, t.live, t.review, t.reading_no, t.event, t.version_no, t.published, t.doc, g.payload
FROM record_state t JOIN record r USING (record_no) JOIN reading g ON g.reading_no = t.reading_no
"""


def read_states(db: sqlite3.Connection, where: str, values: tuple[object, ...]) -> list[State]:
    """Return the states that the SQL condition ``where`` picks, in the order of their record numbers."""
    found = []
    for row in db.execute(f"{_select} WHERE {where} ORDER BY t.record_no", values):
        doc, payload = row[10], row[11]
        if doc is not None:
            document = read_document(doc)
        else:
            read = read_payload(payload)
            document = slice_event(read, next(event for event in read.events if event.id == row[7]))
        found.append(
            State(
                row[0],
                row[1],
                row[2],
                row[3],
                bool(row[4]),
                row[5],
                row[6],
                row[7],
                row[8],
                row[9] or None,
                document,
                doc is not None,
            )
        )
    return found


def write_state(db: sqlite3.Connection, state: State, *, new: bool = False) -> None:
    """Write a state and all that hangs on it, in place of what was there, and queue the record for merging."""
    event = state.document.event
    days = bounds(event.date.value) if event.date else None
    place_no = _place_no(db, event.place) if event.place else None
    no = state.record_no
    db.execute(
        """INSERT INTO record_state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (record_no) DO UPDATE SET rev = excluded.rev, live = excluded.live, review = excluded.review,
          reading_no = excluded.reading_no, event = excluded.event, version_no = excluded.version_no,
          published = excluded.published, type = excluded.type, mode = excluded.mode, status = excluded.status,
          date_lo = excluded.date_lo, date_hi = excluded.date_hi, place_no = excluded.place_no,
          confidence = excluded.confidence, doc = excluded.doc""",
        (
            no, state.rev, state.live, state.review, state.reading_no, state.event, state.version_no, state.published or "",
            event.type, event.mode, event.status, days and days[0], days and days[1], place_no, event.confidence,
            document_json(state.document) if state.human else None,
        ),
    )  # fmt: skip
    if not new:
        for table in ("record_party", "record_hop", "span"):
            db.execute(f"DELETE FROM {table} WHERE record_no = ?", (no,))
    party_rows, hop_rows, span_rows = index_rows(db, no, state.document)
    db.executemany("INSERT INTO record_party VALUES (?, ?, ?, ?)", party_rows)
    db.executemany("INSERT INTO record_hop VALUES (?, ?, ?, ?, ?)", hop_rows)
    db.executemany("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)", span_rows)
    db.execute("INSERT OR IGNORE INTO merge_queue VALUES (?)", (no,))


Rows = list[tuple[object, ...]]


def index_rows(
    db: sqlite3.Connection, record_no: int, document: Document, *, add: bool = True
) -> tuple[Rows, Rows, Rows]:
    """Return the rows of ``record_party``, ``record_hop`` and ``span`` that a document calls for.

    Args:
        db: where actors have their numbers.
        record_no: the record.
        document: what it says.
        add: give new actors a number; otherwise they have -1.
    """
    numbers = {actor.id: (actor_no(db, actor) if add else known_actor_no(db, actor) or -1) for actor in document.actors}
    count: dict[str, int] = {}

    def next_of(name: str) -> int:
        count[name] = count.get(name, -1) + 1
        return count[name]

    party_rows: Rows = [(record_no, role, next_of(role), numbers[actor.id]) for role, actor in parties(document)]
    hop_rows: Rows = [
        (record_no, i, numbers[hop.source] if hop.source else None, hop.stance, hop.grade)
        for i, hop in enumerate(document.chain())
    ]
    count.clear()
    span_rows: Rows = [(record_no, part, next_of(part), ref, *span) for part, ref, span in spans(document)]
    return party_rows, hop_rows, span_rows


def known_actor_no(db: sqlite3.Connection, actor: Actor) -> int | None:
    """Return the number of an actor as written and identified, or None if the ledger has no such actor."""
    row = db.execute(
        """SELECT actor_no FROM actor WHERE name = ? AND ifnull(entity, '') = ? AND ifnull(country, '') = ?
        AND sector = ? AND ifnull(name_en, '') = ?""",
        (actor.name, actor.entity or "", actor.country or "", actor.sector, actor.name_en or ""),
    ).fetchone()
    return int(row[0]) if row else None


def actor_no(db: sqlite3.Connection, actor: Actor) -> int:
    """Return the number of an actor as written and identified, giving it one if it is new."""
    known = known_actor_no(db, actor)
    if known is not None:
        return known
    made = db.execute(
        "INSERT INTO actor (name, folded, entity, country, sector, name_en) VALUES (?, ?, ?, ?, ?, ?)",
        (
            actor.name,
            fold_word(actor.name),
            actor.entity or None,
            actor.country or None,
            actor.sector,
            actor.name_en or None,
        ),
    )
    return int(made.lastrowid or 0)


def _place_no(db: sqlite3.Connection, place: Place) -> int:
    row = db.execute(
        "SELECT place_no FROM place WHERE text = ? AND ifnull(country, '') = ?", (place.text, place.country or "")
    ).fetchone()
    if row:
        return int(row[0])
    made = db.execute(
        "INSERT INTO place (text, folded, country) VALUES (?, ?, ?)",
        (place.text, fold_word(place.text), place.country or None),
    )
    return int(made.lastrowid or 0)
