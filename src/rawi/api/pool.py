"""Ledger connections shared by the threads of a server, each used by one request at a time and for a limited time."""

from __future__ import annotations

import queue
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from rawi.analysis.sides import Directory, Sides
from rawi.ledger import Ledger
from rawi.ledger.database import LedgerBusyError

_steps = 5000  # SQLite instructions between two looks at the clock
_most_kept = 300  # answers kept in memory


class Pool:
    """Up to ``size`` open connections to one ledger file, and what is derived from the ledger and kept in memory."""

    def __init__(self, path: Path, directory: Directory, *, size: int = 8, time_limit: float = 10.0) -> None:
        """Open the first connection.

        Args:
            path: the ledger file; it must exist.
            directory: the named actors of the lexicon.
            size: the most connections.
            time_limit: seconds that one request may spend in queries.
        """
        self.path = path
        self.time_limit = time_limit
        self.sides = Sides(directory)
        self._idle: queue.LifoQueue[Ledger] = queue.LifoQueue()
        self._room = size
        self._lock = Lock()
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._kept_at: tuple[Any, ...] = ()
        ledger = Ledger(path, create=False, wait=10.0)
        with ledger.read() as db:
            self.sides.refresh(db)
        self._room -= 1
        self._idle.put(ledger)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Borrow a connection.

        Raises:
            LedgerBusyError: none came free, or the queries took too long.
        """
        ledger = self._take()
        deadline = time.monotonic() + self.time_limit
        ledger.db.set_progress_handler(lambda: int(time.monotonic() > deadline), _steps)
        try:
            yield ledger
        finally:
            ledger.db.set_progress_handler(None, 0)
            self._idle.put(ledger)

    def _take(self) -> Ledger:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            pass
        with self._lock:
            make = self._room > 0
            self._room -= make
        if make:
            return Ledger(self.path, create=False, wait=10.0)
        try:
            return self._idle.get(timeout=self.time_limit)
        except queue.Empty:
            raise LedgerBusyError(f"{self.path}: too many requests at once; try again in a moment") from None

    def stamp(self, ledger: Ledger) -> tuple[Any, ...]:
        """Return what changes whenever the ledger does: the ends of its log, readings and stories."""
        row = ledger.db.execute(
            """SELECT (SELECT max(seq) FROM log), (SELECT max(reading_no) FROM reading), (SELECT max(story_no) FROM story),
            (SELECT count(*) FROM (SELECT 1 FROM merge_queue LIMIT 1000))"""
        ).fetchone()
        return tuple(row)

    def keep(self, ledger: Ledger, key: tuple[Any, ...], make: Any) -> Any:
        """Return what ``make`` gives, made once for each state of the ledger."""
        stamp = self.stamp(ledger)
        with self._lock:
            if stamp != self._kept_at:
                self._kept.clear()
                self._kept_at = stamp
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = make()
        with self._lock:
            if stamp == self._kept_at:
                self._kept[key] = value
                if len(self._kept) > _most_kept:
                    self._kept.popitem(last=False)  # what was longest not asked for
        return value

    def close(self) -> None:
        """Close the connections that are idle."""
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return
