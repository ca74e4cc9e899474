"""Cut folded text into sentences.

1. A line break, and a run of . ! ? ؟ … ends a sentence.
2. A full stop does not end one inside a number (3.5), after an initial or a short abbreviation
   (د. محمد، أ.ف.ب), nor between Latin letters without a space (U.N., example.org).
3. Two dots in a headline separate its parts and end a sentence too.
4. Closing quotes and brackets after the mark belong to the sentence they close.
5. A dateline ("الدوحة (رويترز) -") stays with the sentence it opens.
"""

from __future__ import annotations

import re

_ender = re.compile(r"[.!?؟…]+[»”\"'\)\]]*|\n+")
# Titles and units that are written with a full stop; folded.
_abbreviations = frozenset(
    [
        "د",
        "م",
        "ا",
        "ب",
        "ج",
        "ه",
        "ص",
        "س",
        "ع",
        "ق",
        "هم",
        "ر",
        "ت",
        "ل",
        "ك",
        "ن",
        "ف",
        "ش",
        "خ",
        "ح",
        "م",
        "ي",
        "و",
        "د",
        "ابن",
        "الخ",
        "هـ",
    ]
)
# سي.ان.ان: names of letters, joined by stops.
_letters_of_name = re.compile(r"\.[^\W\d_]{1,3}(?![^\W_])")
_short_word = re.compile(r"(?<![^\W_])[^\W\d_]{1,3}$")
_last_word = re.compile(r"([^\W_]+)$")


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Return half-open spans of the sentences of folded ``text``, blank ones left out."""
    spans: list[tuple[int, int]] = []
    begin = 0
    size = len(text)
    for match in _ender.finditer(text):
        start, stop = match.span()
        if start < begin:
            continue
        mark = text[start]
        if mark == "." and stop - start == 1 and not _stop_ends_sentence(text, start, stop, size):
            continue
        if text[begin:start].strip():
            spans.append((begin, stop if mark != "\n" else start))
        begin = stop
    if text[begin:].strip():
        spans.append((begin, size))
    return [_trim(text, a, b) for a, b in spans]


def _stop_ends_sentence(text: str, start: int, stop: int, size: int) -> bool:
    """Say whether the single full stop at ``start`` ends a sentence."""
    before = text[start - 1] if start else " "
    after = text[stop] if stop < size else "\n"
    if before.isdigit() and after.isdigit():
        return False
    if before.isascii() and before.isalpha() and after.isascii() and after.isalnum():
        return False
    if (
        before.isalpha()
        and after.isalpha()
        and _letters_of_name.match(text, start)
        and (short := _short_word.search(text, max(0, start - 4), start))
    ):
        return not short.group()
    word = _last_word.search(text, max(0, start - 4), start)
    if word and len(word.group()) == 1 and word.group() in _abbreviations:
        at = word.start() - 1
        # A lone letter is an initial or an abbreviation, unless it is the tail of a longer word.
        return at >= 0 and text[at].isalnum()
    return True


def _trim(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop
