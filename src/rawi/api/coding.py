"""Code texts that people send, in a process of its own: one that takes too long or too much is ended, and nobody else notices."""

from __future__ import annotations

import atexit
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

import anyio
import anyio.to_thread
import msgspec

from rawi.api.settings import code_seconds, code_threads, max_text
from rawi.errors import InputError
from rawi.ledger.database import LedgerBusyError
from rawi.model import CodedArticle

_start_seconds = 60.0  # for a worker to load the lexicon


class Worker:
    """One process that codes texts, one after the other; it is started when it is first needed."""

    def __init__(self, overlays: tuple[str, ...]) -> None:
        self.overlays = overlays
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes] = queue.Queue()

    def code(self, given: Mapping[str, Any]) -> CodedArticle:
        """Return what the coder reads out of a text.

        Raises:
            InputError: the text cannot be coded, or not in time.
            LedgerBusyError: too many others wait.
        """
        if not self._lock.acquire(timeout=code_seconds):
            raise LedgerBusyError("code: too many texts at once; try again in a moment")
        try:
            process = self._started()
            assert process.stdin is not None
            process.stdin.write(msgspec.json.encode(dict(given)) + b"\n")
            process.stdin.flush()
            line = self._lines.get(timeout=code_seconds)
        except (queue.Empty, OSError):
            self.stop()
            raise InputError(
                f"text: it could not be coded within {code_seconds:g} seconds; give a shorter text, one report at a time"
            ) from None
        finally:
            self._lock.release()
        if not line:
            self.stop()
            raise InputError("text: the coder gave up on it; give a shorter text, one report at a time")
        found = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        if "error" in found:
            raise InputError(msgspec.json.decode(found["error"], type=str))
        return msgspec.json.decode(found["coded"], type=CodedArticle)

    def _started(self) -> subprocess.Popen[bytes]:
        """Return the process, a new one if there is none or it has ended."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        process = subprocess.Popen(
            [sys.executable, "-m", "rawi.api.worker", *self.overlays],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        self._process, self._lines = process, queue.Queue()
        threading.Thread(target=_read, args=(process, self._lines), daemon=True).start()
        try:
            self._lines.get(timeout=_start_seconds)
        except queue.Empty:
            raise OSError("the coder did not start") from None
        return process

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _read(process: subprocess.Popen[bytes], lines: queue.Queue[bytes]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put(b"")


_workers: dict[tuple[str, ...], Worker] = {}
_making = threading.Lock()


def code_text(given: Mapping[str, Any], overlays: tuple[str, ...]) -> CodedArticle:
    """Return what the coder reads out of a text.

    Raises:
        InputError: no text, not Arabic, too long, or not in time.
        LedgerBusyError: too many others wait.
    """
    text = given.get("text")
    if isinstance(text, str) and len(text) > max_text:
        raise InputError(f"text: it has {len(text):,} characters, more than {max_text:,}; give one report at a time")
    with _making:
        worker = _workers.setdefault(overlays, Worker(overlays))
    return worker.code(given)


_aside = anyio.CapacityLimiter(code_threads)


async def code_aside(given: Mapping[str, Any], overlays: tuple[str, ...]) -> CodedArticle:
    """Do what ``code_text`` does while the threads that serve pages go on."""
    return await anyio.to_thread.run_sync(code_text, given, overlays, limiter=_aside)


@atexit.register
def stop_workers() -> None:
    """End all workers."""
    for worker in _workers.values():
        worker.stop()
