"""The process behind ``rawi.api.coding``: reads texts from standard input, one JSON object a line, and writes what it coded."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

import msgspec

from rawi.articles import make_article
from rawi.coder import default_coder
from rawi.errors import RawiError

_memory = 3 << 30  # bytes


def main(overlays: tuple[str, ...]) -> None:
    """Code texts until standard input ends."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_memory, _memory))
    coder = default_coder(overlays)
    _write({"ready": True})
    for line in sys.stdin.buffer:
        try:
            _write({"coded": coder.code(make_article(msgspec.json.decode(line), "text"))})
        except RawiError as error:
            _write({"error": str(error)})
        except (RecursionError, MemoryError, ValueError, LookupError, TypeError) as error:
            _write({"error": f"text: the coder failed on it ({type(error).__name__}); please report it"})


def _write(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
