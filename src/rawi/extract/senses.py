"""Choose the sense of a trigger by the conditions of the lexicon: what follows it, what governs it, its prepositions."""

from __future__ import annotations

from rawi.extract.occurrences import bases, strip_article, suffered
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.groups import Group
from rawi.syntax.sentence import Chunk, Sentence

_settings = ("لدي", "عند", "اثناء")


class SenseChooser:
    """Chooses senses with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon
        self._long: dict[str, tuple[str, ...]] = {}

    def choose(
        self,
        sentence: Sentence,
        chunk: Chunk,
        groups: list[Group],
        pronouns: list[Chunk],
        subject: Group | None,
        content: str = "",
        *,
        passive: bool = False,
    ) -> Sense | None:
        """Pick the sense whose conditions hold best; None where none fits.

        ``content`` is the preposition before أن, if any; ``passive`` says that who does it is not named.
        """
        preps = {g.prep for g in groups if g.prep} | {p.prep for p in pronouns} | ({content} if content else set())
        if any(g.prep_role == "means" and g.prep.startswith("ب") for g in groups):
            preps.add("ب")  # لوح باستخدام القوة
        words = _Words(sentence, chunk, groups, subject)
        best: Sense | None = None
        best_score = -99.0
        for number in chunk.senses:
            sense = self.lexicon.senses[number]
            score = self._score(sense, words, preps, passive=passive)
            if score is None:
                continue
            frame = sense.frame if chunk.kind != "np" else sense.noun_frame
            score += sum(0.1 for p in preps if frame.get(p) in ("actor", "recipient"))
            if score > best_score:
                best, best_score = sense, score
        return best

    def _score(self, sense: Sense, words: _Words, preps: set[str], *, passive: bool) -> float | None:
        """How well the conditions of a sense hold; None where one of them does not."""
        score = 0.0
        if sense.if_obj:
            if words.objects.isdisjoint(sense.if_obj):
                reach, text = words.reach()
                if reach.isdisjoint(sense.if_obj) and not any(w in text for w in self._long_conditions(sense)):
                    return None
                score -= 1
            score += 3
        if sense.if_prep:
            if preps.isdisjoint(sense.if_prep):
                return None
            score += 2
        if sense.if_next:
            if words.following.isdisjoint(sense.if_next):
                return None
            score += 3
        if sense.if_subj and not (passive and sense.type in suffered and sense.frame.get("obj") == "recipient"):
            if words.subject.isdisjoint(sense.if_subj):
                return None
            score += 2
        if (
            not words.objects.isdisjoint(sense.unless_obj)
            or not preps.isdisjoint(sense.unless_prep)
            or not words.following.isdisjoint(sense.unless_next)
            or (not words.igo and not words.subject.isdisjoint(sense.unless_subj))
        ):
            return None
        return score

    def _long_conditions(self, sense: Sense) -> tuple[str, ...]:
        """The conditions of several words on the object."""
        found = self._long.get(sense.id)
        if found is None:
            found = self._long[sense.id] = tuple(w for w in sense.if_obj if " " in w)
        return found


class _Words:
    """The words around a trigger that conditions of the lexicon are about, each without clitics and article."""

    __slots__ = ("_found", "_stop", "at", "following", "igo", "objects", "sentence", "subject")

    def __init__(self, sentence: Sentence, chunk: Chunk, groups: list[Group], subject: Group | None) -> None:
        self.sentence, self.at = sentence, chunk.j
        self._found: tuple[set[str], str] | None = None
        doer = subject if subject is not None and subject.has_party() else None
        # البنك الدولي is no bank
        self.igo = doer is not None and doer.head.party is not None and doer.head.party.sector == "IGO"
        if doer is not None and not any(g is not doer and not g.prep and not g.prep_role for g in groups):
            doer = None
        self._stop = max((c.j for g in groups for c in (*g.chunks, *g.gens)), default=chunk.j)
        self.objects = _heads(sentence, groups, doer)
        self.subject = bases(sentence, subject.head) if subject is not None else set()
        following = sentence.words[chunk.j] if chunk.j < len(sentence.words) else None
        own = {strip_article(t.form) for t in sentence.tokens[chunk.i + 1 : chunk.j]}
        after = {strip_article(s.rest) for s in following.splits} if following is not None else set()
        self.following = after | own
        self.objects |= own if doer is not None and doer.head.i == chunk.j else self.following

    def reach(self) -> tuple[set[str], str]:
        """Bases of all words of the phrases after the trigger, for the object's head may stand inside another phrase.

        With them the text of these phrases, for conditions of several words.
        """
        if self._found is None:
            out: set[str] = set()
            stop = min(self._stop, self.at + 14)
            for word in self.sentence.words[self.at : stop]:
                if word is not None:
                    out |= word.bases
            text = " ".join(t.form for t in self.sentence.tokens[self.at : stop])
            self._found = out, f" {text} "
        return self._found


def _heads(sentence: Sentence, groups: list[Group], doer: Group | None) -> set[str]:
    """The head words of the phrases of a trigger but its doer: أعلنت حركة فارك وقفا."""
    heads: set[str] = set()
    for group in groups:
        if group is doer or group.prep in _settings:
            continue  # مقتل جندي لدى مرور قافلته: no road accident
        for chunk in (*group.chunks, *group.gens):
            heads |= bases(sentence, chunk)
            if chunk.senses and not chunk.parties:
                for word in sentence.words[chunk.i + 1 : chunk.j]:
                    heads |= word.bases if word is not None else set()  # سحب سفيرها: a phrase of several words
    return heads
