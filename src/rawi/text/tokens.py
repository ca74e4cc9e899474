"""Cut folded text into tokens: words, numbers and single punctuation marks."""

from __future__ import annotations

import re

import msgspec

# A number keeps its separators (3.5, 1,200); a word is letters with digits (G20, ف16); every other mark stands alone.
_token = re.compile(r"\d+(?:[.,٫٬]\d+)+|[^\W_]+|[^\w\s]|_")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, number or mark: half-open offsets into the folded text, and its folded form."""

    start: int
    stop: int
    form: str


def find_tokens(text: str, start: int = 0, stop: int | None = None) -> list[Token]:
    """Return the tokens of folded ``text[start:stop]`` in order, with offsets into ``text``."""
    end = len(text) if stop is None else stop
    return [Token(m.start(), m.end(), m.group()) for m in _token.finditer(text, start, end)]
