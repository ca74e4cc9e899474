"""Where the reading of a sentence stands: the chunks so far, and what waits for the next noun."""

from __future__ import annotations

from rawi.syntax.sentence import Chunk, Sentence

# Verbs of an explosion or attack that have what it hits as their object.
_shaking = frozenset(("هز", "هزت", "يهز", "تهز"))


class Reading:
    """A sentence while it is cut into chunks. Preposition, quantifier and conjunction wait for their noun."""

    __slots__ = (
        "begin", "conj", "known", "out", "prep", "prep_role", "quant", "sentence", "starts", "stop", "times", "tokens", "words",
    )  # fmt: skip

    def __init__(self, sentence: Sentence, known: set[str]) -> None:
        self.sentence, self.known = sentence, known
        self.tokens, self.words = sentence.tokens, sentence.words
        self.stop = len(sentence.tokens)
        self.times = {m.i: m.j for m in sentence.times}
        self.starts = sorted(self.times)
        self.out: list[Chunk] = []
        self.prep = self.prep_role = self.quant = self.conj = ""
        self.begin = 0  # where the phrase begins that the next noun belongs to, its numbers and quantifiers included

    def add(self, chunk: Chunk) -> int:
        """Add a chunk, which ends what was waiting; return the token after it."""
        self.out.append(chunk)
        self.clear()
        return chunk.j

    def clear(self) -> None:
        """Forget what was waiting for a noun."""
        self.prep = self.prep_role = self.quant = self.conj = ""

    def is_genitive(self, chunk: Chunk) -> bool:
        """Say whether a noun phrase hangs on the noun just before it (اجتماع وزراء الخارجية)."""
        if chunk.prep or chunk.conj or not self.out:
            return False
        last = self.out[-1]
        return (
            last.j == self.begin
            and last.kind in ("np", "frame")
            and not last.definite
            and not last.pronoun
            and not last.parties
            and not self._closed(last)
        )

    def _closed(self, last: Chunk) -> bool:
        """مسيرة أوكرانية، هز انفجار: a noun with an indefinite nisba, or after a verb that wants an object, takes no genitive."""
        words = self.sentence.words
        end = words[last.j - 1]
        if last.j > last.i + 1 and end is not None and end.nisba and not end.nisba[0].definite and not end.nouns:
            return True
        before = self.out[-2] if len(self.out) > 1 else None
        shaken = before is not None and self.sentence.tokens[before.i].form.removeprefix("و") in _shaking
        return shaken and bool(last.senses) and last.j == last.i + 1
