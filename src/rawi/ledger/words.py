"""Words for full-text search: fold, strip proclitics for the index, say what a query word may look like in text.

Each version of an article is indexed as two rows of words in step with each other: ``surface``, each word
folded, and ``bare``, the same word without the proclitics that it may carry. A query word is never
stripped, but for a leading ال: it stands for every written word that is a proclitic string and itself.
The index answers with every text that may match; ``matches`` then decides on the written words.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left, bisect_right
from functools import lru_cache

from rawi.ledger.canonical import sha256
from rawi.text.fold import Folded, fold

# The index is rebuilt when this changes: raise the number when the stripping of proclitics changes; a change of
# folding shows by itself in how the Arabic letters and marks are folded.
_stripping = 1
_letters = " ".join(map(chr, (*range(0x21, 0x7F), *range(0x600, 0x700), *range(0xFE70, 0xFEFD))))
fold_version = f"{_stripping}-{sha256(fold(_letters).text)[:12]}"

_word = re.compile(r"[^\W_]+")

# Written before a noun or a verb, longest first where one begins another.
proclitics = tuple(
    sorted(
        {c + p + a for c in ("", "و", "ف") for p in ("", "ب", "ك") for a in ("", "ال")}
        | {c + lam for c in ("", "و", "ف") for lam in ("ل", "لل")}
        | {c + "س" for c in ("", "و", "ف")},
        key=lambda p: (-len(p), p),
    )
)


def fold_for_search(text: str) -> Folded:
    """Fold as the coder does, and make مسئول one with مسؤول (the same letters count, so offsets hold)."""
    return fold(text.replace("ئو", "ؤو"))


def key(token: str) -> str:
    """Return a folded token as the index has it: lower case, without a bare hamza."""
    token = token.lower()
    return token.replace("ء", "") or token


class Words:
    """The words of a text as the index has them, and where each stands in the text as given.

    Attributes:
        keys: the words in order.
    """

    __slots__ = ("_folded", "_spans", "keys")

    def __init__(self, text: str) -> None:
        self._folded = fold_for_search(text)
        found = list(_word.finditer(self._folded.text))
        self.keys = _keys(self._folded.text, [match.group() for match in found])
        self._spans = [match.span() for match in found]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the span of the words from number ``first`` up to ``last``, in code points of the text as given."""
        return self._folded.span(self._spans[first][0], self._spans[last - 1][1])

    def around(self, start: int, stop: int) -> tuple[int, int]:
        """Return the range of words that stand whole between two offsets of the text as given."""
        first = bisect_left(self._spans, start, key=lambda span: self._folded.source(span[0]))
        last = bisect_right(self._spans, stop, key=lambda span: self._folded.span(*span)[1])
        return first, last


def surface(text: str) -> list[str]:
    """Return the words of ``text`` as the index has them."""
    folded = fold_for_search(text).text
    return _keys(folded, _word.findall(folded))


def _keys(folded: str, tokens: list[str]) -> list[str]:
    """Return the tokens of a folded text as the index has them; most texts have nothing to change."""
    if "ء" in folded or folded != folded.lower():
        return [key(token) for token in tokens]
    return tokens


@lru_cache(maxsize=200_000)
def bare(word: str) -> str:
    """Return ``word`` without the proclitics that it may carry; three letters at least are left.

    One conjunction, then one preposition or the future س, then the article. Nothing says whether the و
    of وزير is a conjunction: ``expansions`` allows for both when a query is asked.
    """
    rest = word
    if rest[0] in "وف" and len(rest) > 3:
        rest = rest[1:]
    if rest.startswith("لل") and len(rest) > 4:
        return rest[2:]
    if rest[0] in "بلكس" and len(rest) > 3:
        rest = rest[1:]
    if rest.startswith("ال") and len(rest) > 4:
        rest = rest[2:]
    return rest


def without_article(word: str) -> str:
    """Return a query word without a leading ال, when a word is left."""
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


@lru_cache(maxsize=4096)
def written_forms(word: str) -> frozenset[str]:
    """Return every written word that a query word stands for."""
    return frozenset(p + word for p in proclitics)


@lru_cache(maxsize=4096)
def expansions(word: str) -> tuple[str, ...]:
    """Return the ``bare`` forms under which the written forms of a query word are indexed."""
    return tuple(sorted({bare(form) for form in written_forms(word)}))


def index_text(db: sqlite3.Connection, version_no: int, text: str) -> None:
    """Put one version of an article into the word index."""
    tokens = surface(text)
    db.execute(
        "INSERT INTO article_words (rowid, surface, bare) VALUES (?, ?, ?)",
        (version_no, " ".join(tokens), " ".join(map(bare, tokens))),
    )


def index_all(db: sqlite3.Connection) -> None:
    """Index every version; used when the index is new or its folding has changed."""
    for version_no, text in db.execute("SELECT version_no, text FROM article_version ORDER BY version_no"):
        index_text(db, version_no, text)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('fold_version', ?)", (fold_version,))
