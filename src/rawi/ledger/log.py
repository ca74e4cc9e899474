"""The append-only log of decisions, chained by hash.

Each entry's hash is the SHA-256 of the canonical JSON of all its fields, the hash of the entry before it
among them. Changing, removing or reordering entries breaks the chain; cutting entries off its end shows
in the revisions of the records they decided, and against a head hash that was noted elsewhere.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec

from rawi.ledger.canonical import canonical, sha256
from rawi.ledger.clock import now
from rawi.ledger.database import Ledger

_columns = (
    "seq",
    "at",
    "who",
    "action",
    "target",
    "rev",
    "based_on",
    "undoes",
    "reason",
    "note",
    "confidence",
    "before",
    "after",
    "prev_hash",
)
_select = f"SELECT {', '.join(_columns)}, hash FROM log"


class Entry(msgspec.Struct, frozen=True):
    """One entry of the log; ``before`` and ``after`` are what the target held."""

    seq: int
    at: str
    who: str
    action: str
    target: str
    rev: int | None
    based_on: int | None
    undoes: int | None
    reason: str | None
    note: str | None
    confidence: float | None
    before: Any
    after: Any
    prev_hash: str
    hash: str


def append(
    db: sqlite3.Connection,
    *,
    who: str,
    action: str,
    target: str,
    rev: int | None = None,
    based_on: int | None = None,
    undoes: int | None = None,
    reason: str | None = None,
    note: str | None = None,
    confidence: float | None = None,
    before: Any = None,
    after: Any = None,
) -> int:
    """Append an entry and return its number; call it inside ``Ledger.write``."""
    last = db.execute("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1").fetchone() or (0, "")
    row = (
        last[0] + 1, now(), who, action, target, rev, based_on, undoes, reason, note, confidence,
        None if before is None else canonical(before), None if after is None else canonical(after), last[1],
    )  # fmt: skip
    db.execute(f"INSERT INTO log VALUES ({', '.join('?' * 15)})", (*row, entry_hash(row)))
    return int(row[0])


def entry_hash(row: tuple[Any, ...]) -> str:
    """Return the hash of an entry, given its columns up to ``prev_hash``."""
    return sha256(canonical(dict(zip(_columns, row, strict=True))))


def head(ledger: Ledger) -> tuple[int, str]:
    """Return the number and hash of the last entry: note them elsewhere to prove later that none was cut off."""
    with ledger.read() as db:
        row = db.execute("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def entries(ledger: Ledger, *, since: int = 0, target: str | None = None, limit: int = -1) -> Iterator[Entry]:
    """Yield the entries after number ``since``, oldest first; of one target if given."""
    where, values = "seq > ?", [since]
    with ledger.read() as db:
        rows = db.execute(
            f"{_select} WHERE {where}{' AND target = ?' if target else ''} ORDER BY seq LIMIT ?",
            (*values, *([target] if target else []), limit),
        ).fetchall()
    yield from map(_entry, rows)


def entry(ledger: Ledger, seq: int) -> Entry | None:
    """Return one entry."""
    with ledger.read() as db:
        row = db.execute(f"{_select} WHERE seq = ?", (seq,)).fetchone()
    return _entry(row) if row else None


def raw_entries(db: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the log as stored, for checking the chain."""
    yield from db.execute(f"{_select} ORDER BY seq")


def _entry(row: tuple[Any, ...]) -> Entry:
    fields = dict(zip((*_columns, "hash"), row, strict=True))
    for name in ("before", "after"):
        if fields[name] is not None:
            fields[name] = json.loads(fields[name])
    return Entry(**fields)
