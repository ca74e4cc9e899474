"""Find events: a trigger, the parties in its roles, and how real it is said to be.

1. Every verb or noun that carries an event is a candidate; conditions of the lexicon choose its sense.
2. A verb takes its parties from its clause by its frame. A noun takes them from its genitive, its nisba, its
   pronoun, its prepositions, and from the verb that governs it (light verbs give it their subject).
3. A passive, or a transitive verb with a single noun phrase, hides its doer.
4. What a demand, offer, threat or refusal asks for is not coded a second time.
5. Status comes from tense, particles, the governing verb and hedges of the clause.
6. A candidate without any party is kept only where its type needs none.
"""

from __future__ import annotations

from itertools import pairwise

from rawi.extract.noun_events import NounEvents
from rawi.extract.noun_reach import noun_right
from rawi.extract.occurrences import Occurrence, bases, controlling, partyless, signing, speech_acts
from rawi.extract.senses import SenseChooser
from rawi.extract.slots import Slots
from rawi.extract.verb_events import VerbEvents
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.sentence import Chunk, Sentence

_conditions = {"اذا", "حال", "حاله", "ما", "ان"}


class EventReader:
    """Finds events in chunked sentences with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon
        self.slots = Slots(lexicon)
        senses = SenseChooser(lexicon)
        self.verbs = VerbEvents(lexicon, senses, self.slots)
        self.nouns = NounEvents(lexicon, senses, self.slots)

    def find(self, sentence: Sentence) -> list[Occurrence]:
        """Return the events of a sentence in order of their triggers."""
        found: list[Occurrence] = []
        chunks = sentence.chunks
        clauses: dict[int, Clause] = {}
        covered: set[int] = set()
        for k, chunk in enumerate(chunks):
            if chunk.kind in ("verb", "participle"):
                clauses[k] = read_clause(sentence, k)
                if chunk.senses:
                    occurrence = self.read_verb(sentence, k, clauses[k], clauses)
                    if occurrence is not None:
                        found.append(occurrence)
                        if occurrence.sense.type in controlling or occurrence.sense.id.startswith(signing):
                            covered.update(self._content(sentence, k, clauses[k]))
                        elif (
                            occurrence.sense.if_obj or occurrence.sense.mode == "discontinue"
                        ) and occurrence.sense.type != "CONSULT":  # its noun tells who met
                            covered.update(self._named_by(sentence, k, clauses[k], occurrence.sense))
            elif chunk.kind == "np" and chunk.senses and not chunk.parties:
                occurrence = self.read_noun(sentence, k, clauses)
                if occurrence is not None:
                    if found and chunk.conj == "و" and not chunk.prep and not occurrence.actors:
                        self._share_doer(chunks, occurrence, found[-1])
                    found.append(occurrence)
                    if occurrence.sense.type in controlling or occurrence.sense.id.startswith(signing):
                        covered.update(self._noun_content(sentence, k))
        joined = self._join_described(chunks, found, clauses)
        self._find_judged(chunks, joined, clauses)
        praised = any(o.sense.id.startswith("support.praise") for o in joined)
        return [
            o
            for o in joined
            if o.on not in covered
            and self.keep(o)
            and not _unless(o)
            and not (praised and "part_in_event" in o.rules)  # بجهوده في
        ]

    def read_verb(self, sentence: Sentence, k: int, clause: Clause, clauses: dict[int, Clause]) -> Occurrence | None:
        """Return the event that the verb chunk ``k`` tells, if any."""
        return self.verbs.read(sentence, k, clause, clauses)

    def read_noun(self, sentence: Sentence, k: int, clauses: dict[int, Clause]) -> Occurrence | None:
        """Return the event that the noun chunk ``k`` tells, if any."""
        return self.nouns.read(sentence, k, clauses)

    def _share_doer(self, chunks: list[Chunk], occurrence: Occurrence, before: Occurrence) -> None:
        """اقتحام المسلحين المدينة والسيطرة عليها: an event noun joined to another has its doer."""
        between = chunks[before.on + 1 : occurrence.on]
        if chunks[before.on].kind != "np" or any(c.kind not in ("np", "place", "pron", "time", "adv") for c in between):
            return
        if occurrence.sense.type not in ("ASSAULT", "COERCE") or before.sense.type not in ("ASSAULT", "COERCE"):
            return
        for reference in before.actors:
            if not before.sense.symmetric:
                occurrence.add("actor", reference)
                occurrence.rules.append("joined_noun_shares_doer")

    def _find_judged(self, chunks: list[Chunk], found: list[Occurrence], clauses: dict[int, Clause]) -> None:
        """أدان المجلس الهجوم الذي نفذته الحركة: where nobody is named as condemned, it is who did what is condemned."""
        on = {o.on: o for o in found}
        for occurrence in found:
            if occurrence.sense.type != "ACCUSE" or occurrence.recipients:
                continue
            clause = clauses.get(occurrence.on)
            right = clause.right if clause is not None else noun_right(chunks, occurrence.on)
            for m in range(occurrence.on + 1, right):
                other = on.get(m)
                if chunks[m].kind == "np" and chunks[m].prep_role in ("setting", "cause", "means", "purpose"):
                    break
                if other is not None and chunks[m].kind == "np" and other.sense.type not in ("CONSULT", "ACCUSE"):
                    occurrence.judged = other
                    break

    def _join_described(
        self, chunks: list[Chunk], found: list[Occurrence], clauses: dict[int, Clause]
    ) -> list[Occurrence]:
        """A verb whose subject is an event noun of its own type tells more of that event (هجوم استهدف ثكنة، غارة أسفرت عن مقتل)."""
        by_chunk = {id(chunks[o.on]): o for o in found}
        gone: set[int] = set()
        for k, clause in clauses.items():
            if clause.subject is None:
                continue
            noun = next(
                (by_chunk[id(c)] for c in (clause.subject.head, *clause.subject.gens) if id(c) in by_chunk), None
            )
            if noun is None or noun.on == k:
                continue
            verb = by_chunk.get(id(chunks[k]))
            parts = [verb] if verb is not None else []
            if "result_verbs" in self.slots.governs_any(chunks[k]):
                parts += [by_chunk[id(c)] for g in clause.after for c in (*g.chunks, *g.gens) if id(c) in by_chunk]
            for part in parts:
                overthrow = (
                    part is verb and noun.sense.type == "ASSAULT" and part.sense.type == "COERCE"
                )  # الهجوم الذي أطاح بالرئيس
                if part is noun or (part.sense.type != noun.sense.type and not overthrow) or id(part) in gone:
                    continue
                for reference in part.actors:
                    if reference.kind != "null" and not noun.actors:
                        noun.add("actor", reference)
                for reference in part.recipients:
                    noun.add("recipient", reference)
                noun.mode = noun.mode or part.mode
                noun.times.extend(t for t in part.times if t not in noun.times)
                noun.own_times.extend(t for t in part.own_times if t not in noun.own_times)
                noun.place = noun.place or part.place
                noun.rules.append("verb_describes_event")
                gone.add(id(part))
        return [o for o in found if id(o) not in gone]

    def _content(self, sentence: Sentence, k: int, clause: Clause) -> set[int]:
        """Chunks that hold what a demand, offer or threat is about."""
        chunks = sentence.chunks
        out: set[int] = set()
        for m in range(k + 1, clause.right):
            if chunks[m].kind == "np" and chunks[m].senses and chunks[m].prep_role not in ("setting", "cause"):
                out.add(m)
        if clause.right < len(chunks) and chunks[clause.right].kind == "comp":
            m = clause.right + 1
            while (
                m < len(chunks)
                and chunks[m].kind not in ("sub", "opener", "cue", "participle")
                and not (chunks[m].kind == "mark" and chunks[m].value not in "()-–")
            ):
                verb = chunks[m].verb if chunks[m].kind == "verb" else None
                if chunks[m].senses and (verb is None or verb.tense != "perfect"):
                    out.add(m)
                m += 1
        return out

    def _named_by(self, sentence: Sentence, k: int, clause: Clause, sense: Sense) -> set[int]:
        """أمرت المحكمة بحبس الناشط: the noun that gives the verb its meaning tells the same event."""
        for m in range(k + 1, clause.right):
            chunk = sentence.chunks[m]
            if chunk.kind == "np" and chunk.senses and not chunk.parties:
                if sense.mode == "discontinue" and not chunk.prep:
                    return {m}  # علقت مساعداتها، جمد اتفاقية: what is broken off
                same = any(self.lexicon.senses[n].type == sense.type for n in chunk.senses)
                same = same or sense.id.startswith("assault.ground")  # استعاد السيطرة
                return {m} if same and not bases(sentence, chunk).isdisjoint(sense.if_obj) else set()
        return set()

    def _noun_content(self, sentence: Sentence, k: int) -> set[int]:
        chunks = sentence.chunks
        out: set[int] = set()
        for m in range(k + 1, noun_right(chunks, k)):
            if (
                chunks[m].kind == "np"
                and chunks[m].senses
                and not chunks[m].parties
                and (chunks[m].prep or chunks[m].gen)
            ):
                out.add(m)
        return out

    def keep(self, occurrence: Occurrence) -> bool:
        """Say whether an occurrence has the parties that its type needs."""
        sense = occurrence.sense
        if "result_of_event" in occurrence.rules:
            return sense.type != "ASSAULT" or occurrence.has_party()  # انفجار أسطوانة غاز يوقع جرحى
        if sense.type == "CONSULT" and sense.mode not in ("visit", "phone"):
            known = [r for r in (*occurrence.actors, *occurrence.recipients) if r.kind != "null"]
            several = any(
                (r.kind == "pronoun" and r.value in ("هما", "هم"))
                or (
                    r.party is not None and (r.party.number != "s" or (r.party.sector == "IGO" and not sense.symmetric))
                )
                or (
                    r.kind == "nisba"
                    and self.lexicon.entities[r.value].sector in ("IGO", "GOV")
                    and self.lexicon.entities[r.value].country is None
                )
                for r in known
            ) or self._of_members(occurrence)
            if (
                len(known) + sum(r.kind == "null" for r in occurrence.actors) < 2
                and not several
                and not occurrence.third
            ):
                return False
        if occurrence.has_party():
            return True
        if "predicate_takes_topic" in occurrence.rules and sense.type in speech_acts:
            return True  # أنها سترد بحزم
        if any(r.kind == "null" for r in occurrence.actors) and occurrence.sentence.chunks[occurrence.on].kind != "np":
            return occurrence.sense.type not in ("CONSULT",)
        return sense.type in partyless and bool(occurrence.times or occurrence.place)

    def _of_members(self, occurrence: Occurrence) -> bool:
        """اجتماع الجامعة العربية: the meeting of an organisation is one of its member states."""
        first = occurrence.actors[0].party if occurrence.actors else None
        if "genitive_actor" not in occurrence.rules or first is None or first.kind == "role" or first.entity is None:
            return False
        if self.lexicon.entities[first.entity].kind not in ("igo", "coalition"):
            return False
        occurrence.mode = occurrence.mode or "multilateral"
        return True


def _unless(occurrence: Occurrence) -> bool:
    """إذا لم تستجب، ما لم يدعم: what must not fail to happen is a demand, no event."""
    forms = [t.form for t in occurrence.sentence.tokens[max(0, occurrence.trigger[0] - 2) : occurrence.trigger[0] + 1]]
    return any(a in _conditions and b == "لم" for a, b in pairwise(forms))
