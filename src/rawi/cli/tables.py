"""Lay out tables that mix Arabic with Latin for a terminal or a plain file.

A terminal that reorders right-to-left text would mix neighbouring fields, so for a terminal every Arabic
piece stands in a bidi isolate (U+2068 … U+2069) of its own, closed on the line on which it was opened, and no
lines are drawn: box characters take the direction of what stands beside them. That is why cells are
wrapped here and not by rich, which is imported only for colour, and only on a terminal. Files and
pipes get the same table without isolates or colour.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_strong_rtl = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# What must never reach a terminal from a text: control sequences, and bidi controls that are not ours.
_unsafe = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
gap = "  "
plain_width = 110  # of a table in a file


class Piece(NamedTuple):
    """A piece of a line, and its style (a rich style, '' for plain)."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]
Cell = Sequence[Line]


class Column(NamedTuple):
    """A column: its heading, and its width in characters (0: shares what is left)."""

    title: str
    width: int = 0


class Page:
    """Where tables go: width, and whether it is a terminal."""

    def __init__(self, *, terminal: bool | None = None, width: int | None = None) -> None:
        self.terminal = sys.stdout.isatty() if terminal is None else terminal
        self.colour = self.terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.width = width or (max(72, min(150, shutil.get_terminal_size().columns)) if self.terminal else plain_width)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> list[str]:
        """Return the lines of a table; a row is as high as its highest cell."""
        fixed = sum(c.width for c in columns) + len(gap) * (len(columns) - 1)
        free = sum(1 for c in columns if not c.width)
        widths = [c.width or max(16, (self.width - fixed) // max(free, 1)) for c in columns]
        out = [self._row([[(Piece(c.title, "dim"),)] for c in columns], widths, 0)]
        for row in rows:
            cells = [
                [part for line in cell for part in wrap(line, width)] for cell, width in zip(row, widths, strict=True)
            ]
            out += [self._row(cells, widths, k) for k in range(max(len(cell) for cell in cells))]
        return out

    def line(self, *pieces: Piece) -> str:
        """Return one line of running text; what is Arabic is isolated."""
        return "".join(self._paint(piece) for piece in pieces)

    def paragraph(self, pieces: Line, indent: str) -> list[str]:
        """Return running text wrapped to the page, every line after ``indent``."""
        return [indent + self.line(*part) for part in wrap(pieces, self.width - len(indent))]

    def _row(self, cells: Sequence[Cell], widths: Sequence[int], k: int) -> str:
        parts = []
        for cell, width in zip(cells, widths, strict=True):
            pieces = cell[k] if k < len(cell) else ()
            used = sum(columns_of(p.text) for p in pieces)
            parts.append(self.line(*pieces) + " " * (width - used))
        return gap.join(parts).rstrip()

    def _paint(self, piece: Piece) -> str:
        text = clean(piece.text)
        if not self.terminal:
            return text
        shown = f"\u2068{text}\u2069" if _strong_rtl.search(text) else text
        return _styled(shown, piece.style) if piece.style and self.colour else shown


def columns_of(text: str) -> int:
    """Return how many terminal columns ``text`` takes; marks and format characters take none."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in clean(text)
    )


def clean(text: str) -> str:
    """Return ``text`` on one line, without anything that could steer a terminal."""
    return _unsafe.sub("", text.replace("\n", " ").replace("\t", " "))


def wrap(line: Line, width: int) -> list[Line]:
    """Break a line between words (a longer word anywhere) into lines of at most ``width`` columns."""
    out: list[Line] = []
    current: list[Piece] = []
    used = 0
    for piece in line:
        text = ""
        for word in re.findall(r"\s+|\S+", clean(piece.text)):
            size = columns_of(word)
            if used + size > width and used:
                out.append(_without_end(current, Piece(text, piece.style)))
                current, text, used = [], "", 0
                if word.isspace():
                    continue
            while size > width:
                out.append((Piece(word[:width], piece.style),))
                word = word[width:]
                size = columns_of(word)
            text += word
            used += size
        if text:
            current.append(Piece(text, piece.style))
    if current or not out:
        out.append(_without_end(current, Piece("")))
    return out


def _without_end(pieces: list[Piece], last: Piece) -> Line:
    """Return a line without the spaces at its end."""
    line = [*pieces, last]
    while line and not line[-1].text.strip():
        line.pop()
    return (*line[:-1], Piece(line[-1].text.rstrip(), line[-1].style)) if line else ()


def _styled(text: str, style: str) -> str:
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
