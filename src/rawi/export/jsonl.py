"""JSON lines: one object a line, all fields, Arabic as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

_encode = msgspec.json.Encoder().encode


def json_line(item: Any) -> str:
    """Return the JSON of one item (a struct or plain values) on one line, without its end."""
    return _encode(item).decode("utf-8")


def write_jsonl(items: Iterable[Any], stream: TextIO) -> int:
    """Write one line an item; returns how many."""
    count = 0
    for item in items:
        stream.write(json_line(item) + "\n")
        count += 1
    return count
