"""Resolve what fills roles to actors: parties are registered, pronouns and understood subjects are looked up."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.compiled import Compiled
from rawi.resolve.actors import ActorBook, ActorDraft
from rawi.syntax.party import Party
from rawi.syntax.references import Reference
from rawi.syntax.sentence import Chunk, Sentence

_papers = {"بيان", "بيانا", "بلاغ", "بلاغا", "تقرير", "تقريرا", "تصريح", "رساله"}  # speak for others, act never
_plural_pronouns = {"هم", "هن", "هما"}


class Resolver:
    """Resolves references of one article in text order."""

    def __init__(self, lexicon: Compiled, book: ActorBook) -> None:
        self.lexicon = lexicon
        self.book = book
        self.recent: list[ActorDraft] = []
        self.others: Sequence[ActorDraft] = ()
        self.two_sides: list[ActorDraft] = []  # who met, signed or fought in the last event of two parties

    def note(self, draft: ActorDraft) -> None:
        """Remember that an actor was just spoken of."""
        if draft in self.recent:
            self.recent.remove(draft)
        self.recent.append(draft)
        del self.recent[:-12]

    def resolve_all(
        self,
        sentence: Sentence,
        reference: Reference | None,
        speaker: ActorDraft | None,
        others: Sequence[ActorDraft] = (),
    ) -> list[ActorDraft]:
        """Return the actors a reference stands for: several for الجانبان، الوزيران، هما.

        ``others`` fill the other role of the event: a pronoun does not mean them (تفرض الحكومة عليهم حصارا).
        """
        free = (
            reference is not None
            and reference.kind == "pronoun"
            and any(c.i == reference.at and c.kind in ("pron", "verb") for c in sentence.chunks)
        )
        self.others = others if free else ()  # on a noun it mostly is who acts: أبدى استعداده
        if reference is not None and reference.kind == "party" and reference.party is not None:
            pair = self._pair(sentence, reference.party)
            if pair:
                return pair
        if reference is not None and reference.kind == "pronoun" and reference.value == "هما":
            pair = self._last_two(sentence, reference.at)
            if len(pair) == 2:
                return pair
        if reference is not None and reference.kind == "pronoun" and reference.value == "هم":
            several = self._joined_persons(sentence, reference.at)
            if several:
                return several
        found = self.resolve(sentence, reference, speaker)
        self.others = ()
        return [found] if found is not None else []

    def _joined_persons(self, sentence: Sentence, at: int) -> list[ActorDraft]:
        """The persons that هم stands for: those joined by و before it, where no plural party stands nearer."""
        found: list[ActorDraft] = []
        for chunk, draft in self._named_before(sentence, at):
            if draft.kind not in ("person", "role") or draft.number != "s":
                if draft.number != "s":
                    found = []
                continue
            found = [*found, draft] if chunk.conj == "و" and found else [draft]
        return found if len(found) > 1 else []

    def _named_before(self, sentence: Sentence, at: int) -> list[tuple[Chunk, ActorDraft]]:
        """The actors that a sentence names before a token, with the phrases they stand in; places are none."""
        return [
            (chunk, self.book.actors[party.actor])
            for chunk in sentence.chunks
            if chunk.i < at
            for party in chunk.parties
            if party.actor is not None and party.kind != "place"
        ]

    def _last_two(self, sentence: Sentence, at: int) -> list[ActorDraft]:
        """The two actors a dual pronoun stands for: the last two singular ones before it, of different countries if they have any."""
        found: list[ActorDraft] = []
        for _, draft in reversed(self._named_before(sentence, at)):
            if draft.number == "s" and all(
                draft is not f and (not draft.country or draft.country != f.country) for f in found
            ):
                found.append(draft)
        found += [d for d in reversed(self.recent) if d.number == "s" and d not in found]
        return found[:2][::-1]

    def _pair(self, sentence: Sentence, party: Party) -> list[ActorDraft]:
        """الجانبان، الطرفان، البلدان، الوزيران، الرئيسان: the last two actors that can be meant."""
        if (
            (party.number != "d" and sentence.tokens[party.i].form not in ("البلدان", "البلدين"))
            or not party.definite
            or party.country
            or party.name is not None
            or party.j - party.i > 2
        ):
            return []
        role = self.lexicon.roles[party.role] if party.role is not None else None
        persons = (
            role is not None
            and role.kind == "person"
            and not role.vague
            and not sentence.tokens[party.i].form.startswith(("الطرف", "الجانب"))
        )
        sides = self.two_sides
        if len(sides) == 2 and (not persons or all(d.kind in ("person", "role") for d in sides)):
            first, second = sides
            countries = first.country and second.country and first.country != second.country
            if countries or (first.sector != second.sector and not sentence.tokens[party.i].form.startswith("البلد")):
                return list(sides)
        out: list[ActorDraft] = []
        for draft in reversed(self.recent):
            if draft.id == party.actor or draft.number == "d" or self._only_later(sentence, draft, party):
                continue
            if persons and draft.kind not in ("person", "role"):
                continue
            if not persons and draft.words[:1] in (("متحدث",), ("متحدثه",), ("ناطق",), ("ناطقه",)):
                continue  # who speaks of the two sides is none of them
            if any(draft.country == o.country and draft.country for o in out):
                continue
            out.append(draft)
            if len(out) == 2:
                return out[::-1]
        return []

    def _only_later(self, sentence: Sentence, draft: ActorDraft, party: Party) -> bool:
        """Whether an actor is named for the first time after the words that stand for two known ones, or only by البلاد."""
        if len(draft.mentions) > 1:
            return False
        later = {p.actor for c in sentence.chunks for p in c.parties if p.i >= party.i}
        return draft.id in later

    def resolve(self, sentence: Sentence, reference: Reference | None, speaker: ActorDraft | None) -> ActorDraft | None:
        """Return the actor a reference stands for, or None."""
        if reference is None:
            return None
        if reference.kind == "party" and reference.party is not None:
            return self.book.register(sentence, reference.party)
        if reference.kind == "nisba":
            return self._nisba(sentence, reference)
        if reference.kind == "null":
            if reference.value == "1":
                return speaker
            if speaker is not None and reference.number != "p":
                return speaker
            return self._last(sentence, reference, plural=reference.number == "p", understood=True)
        if reference.kind == "pronoun":
            if reference.value in ("نا", "ني", "ي"):
                return speaker
            return self._last(sentence, reference, plural=reference.value in _plural_pronouns)
        return None

    def _nisba(self, sentence: Sentence, reference: Reference) -> ActorDraft:
        entity = self.lexicon.entities[reference.value]
        party = Party(reference.at, reference.at + 1, "state" if entity.kind in (None, "state", "territory") else "org")
        party.country, party.sector, party.entity = entity.country, entity.sector, entity.id
        party.definite = True
        known = self.book.by_entity.get(entity.id)
        if known is not None:
            return known
        draft = self.book.register(sentence, party)
        draft.name = entity.name
        draft.specific = 0
        return draft

    def _subject_before(self, sentence: Sentence, *, plural: bool) -> ActorDraft | None:
        """والتقى أمير قطر: a verb that opens a sentence without subject goes on with that of the sentence before."""
        previous = self.book.previous if self.book.current is sentence else self.book.current
        if previous is None:
            return None
        for chunk in previous.chunks:
            if chunk.prep or chunk.gen or chunk.kind != "np":
                continue
            for party in chunk.parties:
                if party.actor is None:
                    continue
                draft = self.book.actors[party.actor]
                if draft.sector == "JRN" or (plural and draft.number == "s" and draft.kind in ("role", "person")):
                    return None
                return draft if plural or draft.number != "p" else None
        return None

    def _last(
        self, sentence: Sentence, reference: Reference, *, plural: bool, understood: bool = False
    ) -> ActorDraft | None:
        """The last actor mentioned before a token that fits in number and gender."""
        at = reference.at
        best: tuple[int, ActorDraft] | None = None
        for chunk, draft in self._named_before(sentence, at):
            if reference.kind == "pronoun" and draft in self.others:
                continue
            if not _fits(draft, reference, plural=plural) or (not plural and draft.number == "p"):
                continue
            rank = 0 if not chunk.prep else 1
            if best is None or rank <= best[0]:
                best = (rank, draft)
        if best is not None:
            return best[1]
        if understood:
            before = self._subject_before(sentence, plural=plural)
            if before is not None:
                return before
        later = {p.actor for c in sentence.chunks if c.i >= at for p in c.parties}
        for draft in reversed(self.recent):
            if not _fits(draft, reference, plural=plural) or (reference.kind == "pronoun" and draft in self.others):
                continue
            if draft.id in later and len(draft.mentions) < 2:
                continue
            return draft
        return None


def _fits(draft: ActorDraft, reference: Reference, *, plural: bool) -> bool:
    """Whether a pronoun or an understood subject can stand for an actor, by number and gender."""
    if draft.words and draft.words[0] in _papers:
        return False
    if plural and draft.number == "s" and (draft.kind in ("role", "person", "state", "place") or draft.sector == "JRN"):
        return False
    return not (reference.gender and draft.gender and draft.number == "s" and draft.gender != reference.gender)
