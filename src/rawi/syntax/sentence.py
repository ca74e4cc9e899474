"""What the words of a sentence form: chunks, each a verb, a noun phrase with its parties, a time or a particle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rawi.syntax.party import Party
from rawi.syntax.words import VerbReading, Word
from rawi.text.tokens import Token


class Interval(Protocol):
    """Anything that covers the tokens ``[i, j)``."""

    @property
    def i(self) -> int:
        """First token."""

    @property
    def j(self) -> int:
        """Token after the last."""


class Chunk:
    """A chunk of a sentence; ``i`` and ``j`` are half-open token offsets."""

    __slots__ = (
        "accusative", "conj", "cues", "definite", "gen", "i", "j", "kind", "lexemes", "nisba", "nisba_at", "noun", "parties", "prep", "prep_role", "pronoun",
        "quant", "readings", "senses", "value", "verb",
    )  # fmt: skip

    def __init__(self, kind: str, i: int, j: int) -> None:
        self.kind, self.i, self.j = kind, i, j
        self.conj = ""
        self.prep = ""
        self.prep_role = ""
        self.gen = False
        self.parties: list[Party] = []
        self.senses: tuple[int, ...] = ()
        self.cues: tuple[int, ...] = ()
        self.verb: VerbReading | None = None
        self.readings: tuple[VerbReading, ...] = ()
        self.lexemes: tuple[int, ...] = ()  # all verbs the form can be (تواصل: واصل or تواصل)
        self.noun: int | None = None
        self.nisba: str | None = None
        self.nisba_at = i
        self.definite = False
        self.accusative = False  # an indefinite singular with tanwin: never the subject of a verb before it
        self.pronoun = ""
        self.value = ""
        self.quant = ""

    @property
    def party(self) -> Party | None:
        """The first party of the chunk."""
        return self.parties[0] if self.parties else None

    @property
    def is_comma(self) -> bool:
        """Whether the chunk is a comma, Arabic or Latin."""
        return self.kind == "mark" and self.value in "،,"

    def __repr__(self) -> str:
        return f"{self.kind}[{self.i}:{self.j}]{self.conj}{'/' + self.prep if self.prep else ''}{'*' if self.senses else ''}{self.parties or ''}{self.value}"


class Sentence:
    """A sentence with its tokens, the readings of their words, and its chunks."""

    __slots__ = (
        "chunks", "country", "has_cue", "has_trigger", "index", "lengths", "opens", "start", "stop", "times", "title", "tokens", "words",
    )  # fmt: skip

    def __init__(
        self, index: int, start: int, stop: int, tokens: list[Token], words: list[Word | None], title: bool
    ) -> None:
        self.index, self.start, self.stop = index, start, stop
        self.tokens, self.words = tokens, words
        self.title = title
        self.opens = False  # one of the first sentences of the body, where a dateline may stand
        self.country: str | None = None  # where its dateline says that it was written
        self.times: Sequence[Interval] = ()
        self.lengths: list[tuple[int, int]] = []  # where a length is said, and how many days
        self.chunks: list[Chunk] = []
        self.has_trigger = self.has_cue = False

    def text(self, i: int, j: int) -> str:
        """Return the folded words ``i`` to ``j`` joined by spaces."""
        return " ".join(t.form for t in self.tokens[i:j])
