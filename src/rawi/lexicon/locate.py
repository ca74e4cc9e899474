"""Find the file and line of a lexicon entry (by its id) or word set (by its name), without parsing the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from rawi.lexicon.load import lexicon_files

# An entry's id, or the name of a word set.
_entry = re.compile(r"^(?: *(?:- *\{? *)?id: *[\"']?([^\s\"',}]+)|  ([a-z_]+):)", re.MULTILINE)


class Location(NamedTuple):
    """Where an entry stands: its file, and the line of its id (from 1)."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}:{self.line}"


def locate(ids: Iterable[str], overlays: Sequence[str] = ()) -> dict[str, Location]:
    """Return where each of ``ids`` is written; what is nowhere is left out."""
    wanted = set(ids)
    found: dict[str, Location] = {}
    for path in (*lexicon_files(), *(Path(p) for p in overlays)):
        text = path.read_text("utf-8")
        for match in _entry.finditer(text):
            name = match.group(1) or match.group(2)
            if name in wanted and name not in found:
                found[name] = Location(path, text.count("\n", 0, match.start()) + 1)
    return found
