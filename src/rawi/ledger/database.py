"""Open a ledger file; read and write it in transactions; say in words what SQLite says in codes."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal

from rawi.errors import InternalError, LedgerError
from rawi.ledger.migrate import application_id, migrate, newest_version

default_path = "rawi.db"
busy_wait = 30.0  # seconds that a writer waits for its turn before it gives up


class LedgerBusyError(LedgerError):
    """Another process held the ledger for longer than the wait; trying again is safe."""


class LedgerFullError(LedgerError):
    """The disk is full; what was committed is safe, the transaction under way was rolled back."""


class Ledger:
    """A connection to one ledger file.

    One process or thread uses one ``Ledger``; any number of them may have the same file open. Reading
    never waits. Writers take turns: each waits up to ``wait`` seconds for its turn.

    Attributes:
        path: the file.
        db: the connection, in autocommit mode; use it inside ``read`` or ``write``.
    """

    def __init__(self, path: str | Path, *, create: bool = True, wait: float = busy_wait) -> None:
        """Open ``path``, upgrading an older file after a backup copy.

        Args:
            path: the ledger file.
            create: make the file if there is none; otherwise that is an error.
            wait: seconds to wait for other writers.

        Raises:
            LedgerError: the file is missing, not a ledger, damaged, or of a newer Rawi.
        """
        self.path = Path(path)
        if not self.path.exists():
            if not create:
                raise LedgerError(
                    f"{self.path}: there is no such ledger; 'rawi add FILES' makes one, --ledger names another"
                )
            if not self.path.parent.is_dir():
                raise LedgerError(f"{self.path}: the folder {self.path.parent} does not exist; make it first")
        elif not create and self.path.is_file() and self.path.stat().st_size == 0:
            raise LedgerError(
                f"{self.path}: the file is empty, there is no ledger in it; 'rawi add FILES' makes one, --ledger names another"
            )
        self.wait = wait
        self._doing: Literal["read", "write"] | None = None
        try:
            self._open()
        except LedgerFullError:
            # Not even room for the index of the write-ahead log, which processes share: read without sharing it.
            if not self._open(alone=True):
                raise

    def _open(self, *, alone: bool = False) -> bool:
        """Connect and upgrade; ``alone`` keeps other processes out, and reads without room on the disk.

        Returns:
            False if the file would have to be upgraded first, which cannot be done alone.
        """
        with translated(self.path):
            self.db = sqlite3.connect(self.path, timeout=self.wait, isolation_level=None, check_same_thread=False)
        try:
            with translated(self.path):
                if alone:
                    self.db.execute("PRAGMA locking_mode = EXCLUSIVE")
                _configure(self.db, self.path, self.wait)
                if alone and self.db.execute("PRAGMA user_version").fetchone()[0] != newest_version():
                    self.db.close()
                    return False
                migrate(self.db, self.path)
        except BaseException:
            self.db.close()
            raise
        return True

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a transaction under way is rolled back."""
        self.db.close()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Read one consistent state of the ledger, whatever others write meanwhile."""
        if self._doing:
            yield self.db
            return
        with translated(self.path):
            self.db.execute("BEGIN")
            self._doing = "read"
            try:
                yield self.db
            finally:
                self._doing = None
                self.db.execute("COMMIT")

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """Write in one transaction: all of it or nothing. Inside another ``write`` it is part of that one.

        Args:
            durable: survive a power cut too, not only a killed process (used for decisions).

        Raises:
            LedgerBusyError: no turn within the wait.
            LedgerFullError: no room on the disk; nothing of the transaction was kept.
        """
        if self._doing == "write":
            yield self.db
            return
        if self._doing == "read":
            raise InternalError(f"{self.path}: a write was begun inside a read; report this")
        with translated(self.path):
            self.db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._take_turn()
            self._doing = "write"
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            finally:
                self._doing = None

    def _take_turn(self) -> None:
        """Begin to write as soon as no other process does, asking often and at random so that all get their turn.

        SQLite's own waiting asks every tenth of a second once it has waited for a while: a busy writer beside it
        would then nearly always be first.
        """
        deadline = time.monotonic() + self.wait
        self.db.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    self.db.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    if not _is(error, sqlite3.SQLITE_BUSY) or time.monotonic() > deadline:
                        raise
                    time.sleep(random.uniform(0.001, 0.015))
        finally:
            self.db.execute(f"PRAGMA busy_timeout = {int(self.wait * 1000)}")

    @contextmanager
    def exclusive(self) -> Iterator[sqlite3.Connection]:
        """Run statements that cannot be part of a transaction, such as VACUUM."""
        if self._doing:
            raise InternalError(f"{self.path}: housekeeping was begun inside a transaction; report this")
        with translated(self.path):
            yield self.db


def _configure(db: sqlite3.Connection, path: Path, wait: float) -> None:
    """Set what holds for the connection, and WAL mode for the file."""
    if sqlite3.sqlite_version_info < (3, 37, 0):
        raise LedgerError(
            f"{path}: SQLite {sqlite3.sqlite_version} is too old for a ledger; use a Python with SQLite 3.37 or later"
        )
    found = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    empty = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if found != application_id and not empty:
        raise LedgerError(f"{path}: this SQLite file is not a Rawi ledger (application id {found}); name another file")
    if version > newest_version():
        raise LedgerError(
            f"{path}: the ledger has schema version {version}, this Rawi knows versions up to {newest_version()}; "
            "use the Rawi that wrote it, or a later one"
        )
    # Turning WAL on asks for the whole file and is not covered by the busy handler: wait here.
    deadline = time.monotonic() + wait
    while True:
        try:
            mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            break
        except sqlite3.OperationalError as error:
            if not _is(error, sqlite3.SQLITE_BUSY) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    if mode != "wal":
        raise LedgerError(
            f"{path}: the file system does not allow write-ahead logging (mode {mode}); keep the ledger on a local disk"
        )
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA recursive_triggers = ON")
    db.execute("PRAGMA cache_size = -32000")
    db.execute("PRAGMA temp_store = MEMORY")


def _is(error: sqlite3.Error, code: int) -> bool:
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) == code


def is_of_content(error: sqlite3.Error) -> bool:
    """Return whether what a file holds made a statement fail (a table that is gone, broken JSON), not the disk or another process."""
    return _is(error, 0) or _is(error, sqlite3.SQLITE_ERROR)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise ``LedgerError`` in words for what SQLite raises in codes."""
    try:
        yield
    except sqlite3.Error as error:
        if _is(error, sqlite3.SQLITE_FULL):
            raise LedgerFullError(
                f"{path}: the disk is full; free some space and run again: all that was committed is safe"
            ) from error
        if _is(error, sqlite3.SQLITE_IOERR):
            raise LedgerFullError(
                f"{path}: the disk failed or is full ({error}); check the disk and free some space, then run again: all that was committed is safe"
            ) from error
        if _is(error, sqlite3.SQLITE_BUSY) or _is(error, sqlite3.SQLITE_LOCKED):
            raise LedgerBusyError(
                f"{path}: another process kept the ledger busy for too long; run the command again"
            ) from error
        if _is(error, sqlite3.SQLITE_READONLY) or _is(error, sqlite3.SQLITE_PERM):
            raise LedgerError(
                f"{path}: the ledger may not be written ({error}); change its permissions, copy it to a folder that may be written, or name another file"
            ) from error
        if _is(error, sqlite3.SQLITE_CANTOPEN):
            raise LedgerError(
                f"{path}: the ledger cannot be opened ({error}); check the path and its permissions"
            ) from error
        if _is(error, sqlite3.SQLITE_NOTADB):
            raise LedgerError(f"{path}: this is not a SQLite file; name another file") from error
        if _is(error, sqlite3.SQLITE_CORRUPT):
            raise LedgerError(
                f"{path}: the file is damaged ({error}); restore it from a backup, then run 'rawi verify'"
            ) from error
        raise LedgerError(
            f"{path}: SQLite refused: {error}; run 'rawi verify': restore a backup if the ledger is damaged, report this if it is whole"
        ) from error
