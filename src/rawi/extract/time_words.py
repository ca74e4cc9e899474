"""Match the words of time expressions in a sentence: phrases of the lexicon, days, months, years, quantities."""

from __future__ import annotations

from typing import Any, NamedTuple

from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled
from rawi.syntax.sentence import Sentence


class TimeMention(NamedTuple):
    """A time expression: half-open token span and its parts; None where not said.

    ``code`` is a code of ``lexicon/times`` (``D-1``); ``weekday`` 0 is Monday; ``shift`` is -1 past, +1 coming, 0 this;
    ``last`` is the last day of a span of days in one month; ``prep`` is a preposition inside the expression; ``relative``
    says that it counts from another event.
    """

    i: int
    j: int
    code: str | None = None
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int | None = None
    hijri: bool = False
    today: bool = False
    prep: str = ""
    relative: bool = False
    last: int | None = None


class TimeWords:
    """Matches the words of time with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.trie = lexicon.times
        self._begins: dict[str, tuple[tuple[bool, Any], ...]] = {}

    def _form(self, sentence: Sentence, i: int) -> str:
        return sentence.tokens[i].form if 0 <= i < len(sentence.tokens) else ""

    def _match(
        self, sentence: Sentence, i: int, kinds: set[str], *, proclitic: bool = False
    ) -> tuple[int, str, str] | None:
        """Return (token after, kind, value) of the longest time phrase of ``kinds`` at ``i``."""
        if i >= len(sentence.tokens) or sentence.words[i] is None:
            return None
        best: tuple[int, str, str] | None = None
        tokens = sentence.tokens
        for bare, node in self._nodes(sentence, i):
            if not bare and not proclitic:
                continue
            k = i + 1
            while node is not None:
                for kind, value in node.get(end, ()):
                    if kind in kinds and (best is None or k > best[0]):
                        best = (k, kind, value)
                if k >= len(tokens):
                    break
                node = node.get(tokens[k].form)
                k += 1
        return best

    def _nodes(self, sentence: Sentence, i: int) -> tuple[tuple[bool, Any], ...]:
        """Where the ways to split a word lead in the trie of times; found once a form."""
        form = sentence.tokens[i].form
        found = self._begins.get(form)
        if found is None:
            word = sentence.words[i]
            splits = word.splits if word is not None else ()
            nodes = ((not (s.prep or s.conj), self.trie.get(s.rest)) for s in splits)
            found = self._begins[form] = tuple((bare, node) for bare, node in nodes if node is not None)
        return found

    def _count(self, sentence: Sentence, j: int, digits: int) -> tuple[int | None, int]:
        """The number at ``j`` in figures, at most ``digits`` of them, or in words, and the token after it."""
        form = self._form(sentence, j)
        if form.isdecimal() and len(form) <= digits:
            return int(form), j + 1
        number = self._match(sentence, j, {"number"})
        if number is not None and number[2].isdecimal():
            return int(number[2]), number[0]
        return None, j

    def _unit(self, sentence: Sentence, j: int) -> tuple[str, str, int] | None:
        """The unit of time at ``j``: its letter, how many of it the word means (``n``: as many as are counted), the token after."""
        unit = self._match(sentence, j, {"unit"})
        if unit is None:
            return None
        letter, _, amount = unit[2].partition("*")
        return letter, amount, unit[0]
