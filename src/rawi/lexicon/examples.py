"""Read the marked examples of lexicon entries: ``{قصفت} [A:المدفعية] [R:مواقع المعارضة]``.

Braces hold the trigger or cue, brackets a part with its mark. Parts may stand inside each other. Spans are
half-open code points of the sentence without marks.
"""

from __future__ import annotations

from typing import NamedTuple

from rawi.errors import LexiconError

trigger_marks = frozenset("ARHMBT")
cue_marks = frozenset("SOC")


class MarkedPart(NamedTuple):
    """A bracketed part: its mark (A, R, H, M, B, T; S, O, C), and where it stands."""

    mark: str
    start: int
    stop: int


class Example(NamedTuple):
    """An example sentence without marks, the spans in braces, and the bracketed parts."""

    text: str
    words: tuple[tuple[int, int], ...]
    parts: tuple[MarkedPart, ...]


def parse_example(marked: str) -> Example:
    """Return the sentence and the parts of ``marked``.

    Raises:
        LexiconError: a brace or bracket has no fellow, or a bracket has no mark.
    """
    text: list[str] = []
    words: list[tuple[int, int]] = []
    parts: list[MarkedPart] = []
    open_parts: list[tuple[str, int]] = []
    i = 0
    while i < len(marked):
        char = marked[i]
        if char == "[":
            if marked[i + 2 : i + 3] != ":":
                raise LexiconError(f"example {marked!r}: no mark after the bracket at {i}; write [A:…]")
            open_parts.append((marked[i + 1], len(text)))
            i += 3
            continue
        if char == "{":
            open_parts.append(("{", len(text)))
        elif char in "]}":
            if not open_parts or (open_parts[-1][0] == "{") != (char == "}"):
                raise LexiconError(f"example {marked!r}: {char!r} at {i} closes nothing; balance the marks")
            mark, start = open_parts.pop()
            if mark == "{":
                words.append((start, len(text)))
            else:
                parts.append(MarkedPart(mark, start, len(text)))
        else:
            text.append(char)
        i += 1
    if open_parts:
        raise LexiconError(f"example {marked!r}: {open_parts[-1][0]!r} is never closed; balance the marks")
    return Example("".join(text), tuple(words), tuple(sorted(parts, key=lambda p: p.start)))
