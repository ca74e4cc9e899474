"""Choose the sense of a trigger by the conditions of the lexicon: what follows it, what governs it, its prepositions."""

from __future__ import annotations

from rawi.extract.occurrences import bases, strip_article
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.groups import Group
from rawi.syntax.sentence import Chunk, Sentence

_settings = ("لدي", "عند", "اثناء")


class SenseChooser:
    """Chooses senses with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon
        self._reach_text = ""
        self._long: dict[str, tuple[str, ...]] = {}

    def choose(
        self,
        sentence: Sentence,
        chunk: Chunk,
        groups: list[Group],
        pronouns: list[Chunk],
        subject: Group | None,
        content: str = "",
    ) -> Sense | None:
        """Pick the sense whose conditions hold best; None where none fits. ``content`` is the preposition before أن, if any."""
        preps = {g.prep for g in groups if g.prep} | {p.prep for p in pronouns} | ({content} if content else set())
        heads: set[str] = set()
        subject_heads: set[str] = set()
        doer = subject if subject is not None and subject.has_party() else None
        igo = doer is not None and doer.head.party is not None and doer.head.party.sector == "IGO"
        if doer is not None and not any(g is not doer and not g.prep and not g.prep_role for g in groups):
            doer = None
        for group in groups:
            if group is doer:
                continue  # أعلنت حركة فارك وقفا: the doer is no object
            if group.prep in _settings:
                continue  # مقتل جندي لدى مرور قافلته: no road accident
            for c in (*group.chunks, *group.gens):
                heads |= bases(sentence, c)
                if c.senses and not c.parties:
                    for word in sentence.words[c.i + 1 : c.j]:
                        heads |= word.bases if word is not None else set()  # سحب سفيرها: a phrase of several words
        if subject is not None:
            subject_heads = bases(sentence, subject.head)
        following = sentence.words[chunk.j] if chunk.j < len(sentence.words) else None
        next_bases = {strip_article(s.rest) for s in following.splits} if following is not None else set()
        near = next_bases if doer is None or doer.head.i != chunk.j else set()
        own = {strip_article(t.form) for t in sentence.tokens[chunk.i + 1 : chunk.j]}
        reach = None  # every word after the trigger in its clause: the object's head may stand inside another phrase
        best: Sense | None = None
        best_score = -99
        for number in chunk.senses:
            sense = self.lexicon.senses[number]
            score = 0
            if sense.if_obj:
                if not (sense.if_obj & (heads | own | near)):
                    if reach is None:
                        reach = self._reach(sentence, chunk, groups)
                    if not (sense.if_obj & reach) and not any(
                        w in self._reach_text for w in self._long_conditions(sense)
                    ):
                        continue
                    score -= 1
                score += 3
            if sense.if_prep:
                if not (sense.if_prep & preps):
                    continue
                score += 2
            if sense.if_next:
                if not (sense.if_next & (next_bases | own)):
                    continue
                score += 3
            if sense.if_subj:
                if not (sense.if_subj & subject_heads):
                    continue
                score += 2
            if (
                sense.unless_obj & (heads | own | near)
                or sense.unless_prep & preps
                or sense.unless_next & (next_bases | own)
                or (sense.unless_subj & subject_heads and not igo)  # البنك الدولي is no bank
            ):
                continue
            frame = sense.frame if chunk.kind != "np" else sense.noun_frame
            score += sum(0.1 for p in preps if frame.get(p) in ("actor", "recipient"))  # type: ignore[assignment]
            if score > best_score:
                best, best_score = sense, score
        return best

    def _long_conditions(self, sense: Sense) -> tuple[str, ...]:
        found = self._long.get(sense.id)
        if found is None:
            found = self._long[sense.id] = tuple(w for w in sense.if_obj if " " in w)
        return found

    def _reach(self, sentence: Sentence, chunk: Chunk, groups: list[Group]) -> set[str]:
        """Bases of all words of the phrases after a trigger, and their text for conditions of several words."""
        stop = max((c.j for g in groups for c in (*g.chunks, *g.gens)), default=chunk.j)
        stop = min(stop, chunk.j + 14)
        out: set[str] = set()
        for word in sentence.words[chunk.j : stop]:
            if word is not None:
                out |= word.bases
        self._reach_text = " " + " ".join(t.form for t in sentence.tokens[chunk.j : stop]) + " "
        return out
