"""Bring a ledger file to the newest schema: numbered SQL migrations, all of them in one transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from glob import escape
from importlib import resources
from pathlib import Path

from rawi.ledger.clock import now
from rawi.ledger.words import fold_version, index_all
from rawi.text.fold import fold_word

application_id = 0x52415749  # 'RAWI'

# What filters look up by: table, column as written, column as folded.
folded_names = (("actor", "name", "folded"), ("place", "text", "folded"), ("article_head", "outlet", "outlet_folded"))

# What SQL alone cannot do, run in the same transaction right after the migration of that number.
_after: dict[int, Callable[[sqlite3.Connection], None]] = {2: index_all}


@cache
def migrations() -> tuple[tuple[int, str, str], ...]:
    """Return (number, name, SQL) of every migration, in order."""
    found = []
    for entry in resources.files("rawi.ledger").joinpath("migrations").iterdir():
        if entry.name.endswith(".sql"):
            number, _, name = entry.name.removesuffix(".sql").partition("_")
            found.append((int(number), name, entry.read_text("utf-8")))
    return tuple(sorted(found))


def newest_version() -> int:
    """Return the schema version this Rawi writes."""
    return migrations()[-1][0]


def statements(sql: str) -> Iterator[str]:
    """Yield the statements of ``sql`` one by one (``executescript`` would commit the transaction)."""
    buffer = ""
    for line in sql.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            if buffer.strip():
                yield buffer
            buffer = ""


def migrate(db: sqlite3.Connection, path: Path, *, upto: int | None = None) -> int:
    """Upgrade the file behind ``db``; nothing happens when it is up to date.

    A file that already holds a ledger is copied to ``NAME.vN.bak`` first, N being its old version. The
    migrations run in one transaction: a process that is killed leaves the old version behind.

    Args:
        db: a connection in autocommit mode.
        path: the file, for the backup's name.
        upto: stop at this version (for tests of old files).

    Returns:
        the version of the file before.
    """
    wanted = upto or newest_version()
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version >= wanted:
        if version == newest_version():
            _refold(db)
        return version
    db.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have upgraded the file while this one waited for its turn.
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if 0 < version < wanted:
            _back_up(path, version)
        for number, _name, sql in migrations():
            if version < number <= wanted:
                for statement in statements(sql):
                    db.execute(statement)
                if number in _after:
                    _after[number](db)
        if version < wanted:
            db.execute(f"PRAGMA application_id = {application_id}")
            db.execute(f"PRAGMA user_version = {wanted}")
            stamp = now()
            db.execute("INSERT OR IGNORE INTO meta VALUES ('created_at', ?)", (stamp,))
            db.execute("INSERT OR REPLACE INTO meta VALUES ('upgraded_at', ?)", (stamp,))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return version


def _back_up(path: Path, version: int) -> None:
    """Copy the committed state of ``path`` beside it, through a temporary name so that no half copy is left.

    Only the process whose turn it is to upgrade comes here: half copies that are there belong to killed ones.
    """
    final = path.with_name(f"{path.name}.v{version}.bak")
    part = path.with_name(f"{final.name}.{os.getpid()}.part")
    _clear_parts(final)
    source = sqlite3.connect(path)
    try:
        copy = sqlite3.connect(part)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        os.replace(part, final)
    finally:
        source.close()
        _clear_parts(final)


def _clear_parts(final: Path) -> None:
    """Remove half copies, with the journals that SQLite keeps beside them."""
    for part in final.parent.glob(f"{escape(final.name)}.*.part*"):
        part.unlink(missing_ok=True)


def _refold(db: sqlite3.Connection) -> None:
    """Rebuild the word index, and the folded names of filters, when they were made by another folding than this Rawi's."""

    def stale() -> bool:
        row = db.execute("SELECT value FROM meta WHERE key = 'fold_version'").fetchone()
        return row is None or row[0] != fold_version

    if not stale():
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        if stale():
            db.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')")
            index_all(db)
            for table, name, folded in folded_names:
                for (written,) in db.execute(f"SELECT DISTINCT {name} FROM {table}").fetchall():
                    db.execute(
                        f"UPDATE {table} SET {folded} = ? WHERE {name} IS ?", (fold_word(written or ""), written)
                    )
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
