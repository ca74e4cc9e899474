"""Read what the verbs around an event noun say of it: the one that governs it, describes it, or says that it happens.

1. The verb before the noun governs it: a light verb's subject is the doer (نفذت القوات غارة), a verb of aspect's too.
2. The verb of a relative clause describes it: who carried it out, whom it brought together, to whom it is put down.
3. A verb of happening (تدور معارك، وقع الهجوم) gives it its own phrases.
"""

from __future__ import annotations

from rawi.extract.occurrences import (
    Occurrence,
    announced,
    attributing_verbs,
    claiming_verbs,
    gathering_verbs,
    hitting_verbs,
    is_force,
)
from rawi.extract.slots import Slots
from rawi.extract.subjects import matrix_subject, previous_subject
from rawi.lexicon.compiled import Compiled
from rawi.syntax.clauses import Clause
from rawi.syntax.groups import Group
from rawi.syntax.references import Reference, references, subject_references
from rawi.syntax.sentence import Chunk, Sentence

_shaking = ("هز",)
# Words that name a ministry or staff which commands forces.
_commands = frozenset(("الدفاع", "الداخليه", "الحرب", "الاركان"))
_held = {"اجراء", "عقد", "باجراء", "بعقد"}


class NounVerbs:
    """Finds the verbs around event nouns and takes parties from them, with one lexicon."""

    def __init__(self, lexicon: Compiled, slots: Slots) -> None:
        self.lexicon, self.slots = lexicon, slots

    # -- the verb that governs the noun --------------------------------------------------------------------------------

    def governor(self, sentence: Sentence, k: int, clauses: dict[int, Clause]) -> int | None:
        """The verb that governs an event noun: the nearest one before it in its clause, over framing nouns."""
        chunks = sentence.chunks
        for m in range(k - 1, -1, -1):
            chunk = chunks[m]
            if chunk.kind in ("verb", "participle"):
                return self._over_description(sentence, k, m, clauses)
            if chunk.kind in ("comp", "sub", "opener", "rel", "cue") or (
                chunk.kind == "mark" and chunk.value not in "()-–،,"
            ):
                return None
        return None

    def does_it(self, sentence: Sentence, governor: int | None) -> bool:
        """Whether the verb over a noun has the doer as its subject: a light verb or one of aspect."""
        if governor is None:
            return False
        governs = self.slots.governs(sentence.chunks[governor], "")
        return governs.get("light_verbs") == "actor" or "aspect_verbs" in governs

    def _over_description(self, sentence: Sentence, k: int, m: int, clauses: dict[int, Clause]) -> int:
        """قام مسلحون يرتدون زي الشرطة بخطف: a light verb with ب governs the noun over a verb that only describes its subject."""
        chunks = sentence.chunks
        near = chunks[m].verb
        if chunks[k].prep != "ب" or near is None or near.tense != "imperfect" or m < 2 or chunks[m].conj:
            return m
        if "light_verbs" in self.slots.governs(chunks[m], "ب") or chunks[m].senses:
            return m
        v = m - 1
        while v >= 0 and chunks[v].kind in ("np", "place", "time", "adv", "pron", "rel", "quote"):
            v -= 1
        if v < 0 or chunks[v].kind != "verb" or self.slots.governs(chunks[v], "ب").get("light_verbs") != "actor":
            return m
        clause = clauses.get(v)
        return v if clause is not None and clause.subject is not None and clause.subject.has_party() else m

    def govern(self, sentence: Sentence, occurrence: Occurrence, governor: int, clauses: dict[int, Clause]) -> None:
        """Take parties from the verb that governs the noun: a light verb's subject is the doer."""
        verb_chunk = sentence.chunks[governor]
        clause = clauses.get(governor)
        if verb_chunk.verb is None or clause is None:
            return
        reached, group = _governed_group(sentence, occurrence, clause)
        if not reached:
            return
        chunk = sentence.chunks[occurrence.on]
        is_subject = group is not None and group is clause.subject
        dropped = is_subject and self._is_its_object(sentence, verb_chunk, chunk)
        if is_subject and not dropped:
            self._shaken(occurrence, verb_chunk, clause)
            return
        governs = self.slots.governs(verb_chunk, group.prep if group is not None else "")
        if self._told_otherwise(occurrence, verb_chunk, clause, governs, group):
            return
        role = self._governed_role(sentence, occurrence, verb_chunk, clause, governs, group)
        if role is None:
            return
        subjects = self._subjects(sentence, governor, clauses, dropped=dropped)
        if role == "symmetric":
            role = "actor"
        if role == "place" and clause.subject is not None and occurrence.place is None:
            named = next((p for c in (*clause.subject.chunks, *clause.subject.gens) for p in c.parties), None)
            occurrence.place = (named.i, named.j) if named is not None else None  # شهدت مدينة السويداء تظاهرات
        if role in ("none", "place"):
            return
        if role == "actor":
            _state_is_visited(occurrence, subjects)
            taken = bool(occurrence.actors) and not occurrence.sense.symmetric
            if taken and "only_participants" not in occurrence.rules:
                return
        for reference in subjects:
            occurrence.add(role, reference)
        occurrence.governed = role
        occurrence.rules.append("light_verb_gives_" + role)
        _fill_from_verb(occurrence, clause, group)

    def _shaken(self, occurrence: Occurrence, verb_chunk: Chunk, clause: Clause) -> None:
        """هز انفجار العاصمة: what an explosion shakes is hit by it."""
        if (
            occurrence.sense.type == "ASSAULT"
            and self.slots.citation(verb_chunk) in _shaking
            and not occurrence.recipients
        ):
            for group in clause.objects:
                for reference in references(group, places=True):
                    occurrence.add("recipient", reference)

    def _told_otherwise(
        self,
        occurrence: Occurrence,
        verb_chunk: Chunk,
        clause: Clause,
        governs: dict[str, str],
        group: Group | None,
    ) -> bool:
        """Whether the verb is none that one does the act with: it tells the act's cause, to whom it is put down, who is accused of it."""
        verb = verb_chunk.verb
        prep = group.prep if group is not None else ""
        if (
            "result_verbs" in governs
            and not occurrence.actors
            and clause.subject is not None
            and clause.subject.head.senses
            and not clause.subject.has_party()
        ):
            occurrence.rules.append("result_of_event")  # أسفر الاجتماع عن توافق: who met agreed
            return True
        if self.slots.citation(verb_chunk) in attributing_verbs and not prep and occurrence.sense.type == "ASSAULT":
            for other in clause.after:  # نسبت الأركان الهجوم إلى الجماعة
                if other.prep == "الي" and not occurrence.actors:
                    for reference in references(other):
                        occurrence.add("actor", reference)
                    occurrence.rules.append("put_down_to_actor")
            return True
        if (
            prep == "ب"
            and "light_verbs" not in governs
            and "aspect_verbs" not in governs
            and any(self.lexicon.senses[n].type == "ACCUSE" for n in verb_chunk.senses)
        ):
            # اتهمت إسرائيل بإبادة: who is accused did what he is accused of
            passive = verb is not None and verb.voice == "p"
            accused = clause.objects[0] if clause.objects else clause.subject if passive else None
            if not occurrence.actors:
                for reference in references(accused):
                    occurrence.add("actor", reference)
                occurrence.governed = "accused"
                occurrence.rules.append("accused_is_actor")
            return True
        return False

    def _governed_role(
        self,
        sentence: Sentence,
        occurrence: Occurrence,
        verb_chunk: Chunk,
        clause: Clause,
        governs: dict[str, str],
        group: Group | None,
    ) -> str | None:
        """What the subject of the governing verb is to the act; None where it has no part in it."""
        sense = occurrence.sense
        role = governs.get("light_verbs")
        if role is None and "aspect_verbs" in governs:
            role = "actor"
        held = group is not None and sentence.tokens[group.head.i].form in _held
        if governs.get("aspect_verbs") == "as-is":
            own_force = (
                sense.type in ("ASSAULT", "MOBILIZE")
                and not sense.id.startswith("assault.casualty")
                and (is_force(clause.subject) or _commands_force(sentence, clause.subject))
            )
            if own_force and not occurrence.actors:
                role = "actor"  # أعلن الجيش اقتحام معاقل: forces announce what they did
            elif not held and (sense.type not in announced or occurrence.actors or sense.symmetric):
                return None  # أعلن المصدر مقتل جنديين: who announces is not the doer; أعلن استقالته: he is
        inside = group is not None and group.head is not sentence.chunks[occurrence.on]
        if verb_chunk.cues and sense.symmetric and len(occurrence.actors) == 1 and inside and held:
            role = "actor"  # نفت الجزائر إجراء محادثات مع إسرائيل
        own = sense.noun_frame.get("subj")
        others = any(g.has_party() for g in clause.objects if g is not group)
        passive = own == "recipient" and role is None and others  # أعدمت السعودية مواطنا أدين: not she was convicted
        return own if own in ("mediator", "host", "recipient") and role != "place" and not passive else role

    def _subjects(
        self, sentence: Sentence, governor: int, clauses: dict[int, Clause], *, dropped: bool
    ) -> list[Reference]:
        """Who does what the governing verb says; ``dropped``: its object stands where a subject would."""
        verb_chunk = sentence.chunks[governor]
        verb = verb_chunk.verb
        assert verb is not None
        if verb.voice == "p":
            return []
        if dropped:  # بعدما أجرى محادثات: who did so was named before
            subjects = previous_subject(governor, clauses, sentence) or [
                Reference("null", verb_chunk.i, value="3", number=verb.number)
            ]
        else:
            subjects = subject_references(sentence, clauses[governor])
        if verb_chunk.conj and verb.person == 3 and all(r.kind == "null" for r in subjects):
            return previous_subject(governor, clauses, sentence) or subjects  # شاركت الجبهة ...، ونجحت في استهداف
        return subjects

    def _is_its_object(self, sentence: Sentence, verb_chunk: Chunk, chunk: Chunk) -> bool:
        """أجرى محادثات، عقد اجتماعا: the noun after a light verb is its object where gender or ending forbid the subject."""
        verb = verb_chunk.verb
        if verb is None or verb.tense != "perfect" or verb.voice == "p" or chunk.i != verb_chunk.j:
            return False
        if self.slots.governs(verb_chunk, "").get("light_verbs") not in ("actor", "symmetric"):
            return False
        form = sentence.tokens[chunk.i].form
        accusative = form.endswith("ا") and not chunk.pronoun and not chunk.definite
        feminine = form.endswith(("ه", "ات"))
        return verb.number == "s" and (accusative or (feminine and verb.gender == "m"))

    # -- the verb that describes the noun ------------------------------------------------------------------------------

    def describing(self, sentence: Sentence, k: int) -> int | None:
        """A light verb in a relative clause right after the noun: زيارة يقوم بها، الاجتماع الذي عقده، غارة نفذتها."""
        chunks = sentence.chunks
        for m in range(k + 1, min(len(chunks), k + 5)):
            chunk = chunks[m]
            if chunk.kind == "verb":
                citation = self.slots.citation(chunk)
                if citation in gathering_verbs:
                    return m if any(self.lexicon.senses[n].type == "CONSULT" for n in chunks[k].senses) else None
                if citation in attributing_verbs or citation in claiming_verbs:
                    return m
                if "light_verbs" not in self.slots.governs_any(chunk):
                    return None
                pronoun = chunk.pronoun or (
                    m + 1 < len(chunks) and chunks[m + 1].kind == "pron" and chunks[m + 1].pronoun
                )
                return m if pronoun else None
            if chunk.kind not in ("rel", "np", "place", "time", "adv"):
                return None
        return None

    def describe(self, sentence: Sentence, occurrence: Occurrence, at: int, clause: Clause) -> None:
        """Give the noun the subject of the light verb that describes it, and what follows that verb."""
        chunk = sentence.chunks[at]
        citation = self.slots.citation(chunk)
        if citation in gathering_verbs:
            _brought_together(occurrence, clause)
        elif citation in attributing_verbs:
            _put_down(occurrence, clause)
        else:
            self._carried_out(sentence, occurrence, at, clause)

    def _carried_out(self, sentence: Sentence, occurrence: Occurrence, at: int, clause: Clause) -> None:
        """غارة نفذتها الطائرات على البلدة: the subject of the light verb is the doer, its phrases are the noun's."""
        chunk = sentence.chunks[at]
        prep = "" if chunk.pronoun else next((p.prep for p in clause.pronouns), "")
        role = self.slots.governs(chunk, prep).get("light_verbs")
        if chunk.pronoun and self.slots.citation(chunk) in claiming_verbs:
            role = "actor" if occurrence.sense.type == "ASSAULT" else None  # هجوم تبنته الحركة
        if role is None or role in ("none", "place"):
            return
        if occurrence.actors and role == "actor" and not occurrence.sense.symmetric:
            return
        free = [g for g in clause.after if not g.prep and not g.prep_role]
        subject = clause.subject if clause.subject in clause.after else (free[0] if free else None)
        if subject is not None:
            doers = references(subject)
        else:
            doers = [r for r in matrix_subject(sentence, occurrence.on, {at: clause}, "s") if r.kind != "null"]
        for reference in doers:
            occurrence.add("actor" if role == "symmetric" else role, reference)
        occurrence.rules.append("relative_light_verb_gives_" + role)
        rest = [g for g in clause.after if g is not subject]
        self.slots.prepositions(occurrence, occurrence.sense.noun_frame, rest, [])

    # -- the verb that says it happens ---------------------------------------------------------------------------------

    def happening(self, chunks: list[Chunk], k: int) -> int | None:
        """معارك عنيفة تدور بين، الهجوم الذي وقع في: a verb of happening whose subject the event noun is."""
        for m in range(k + 1, min(len(chunks), k + 6)):
            chunk = chunks[m]
            if chunk.kind == "verb":
                happens = "happen_verbs" in self.slots.governs_any(chunk)
                return m if happens and not chunk.pronoun and not chunk.conj else None
            if chunk.kind not in ("rel", "np", "place", "time", "adv", "perf") or (chunk.kind == "np" and chunk.senses):
                return None
        return None

    def happens(self, sentence: Sentence, occurrence: Occurrence, clause: Clause) -> bool:
        """Give the noun the phrases of the verb that says it happens; say whether the verb is about it."""
        chunk = sentence.chunks[occurrence.on]
        subject = clause.antecedent if clause.left_kind == "rel" else clause.subject
        if (
            subject is None
            or subject not in (clause.antecedent, *clause.before)
            or all(c is not chunk for c in subject.chunks)
        ):
            return False
        frame = dict(occurrence.sense.noun_frame)
        if occurrence.actors and not occurrence.sense.symmetric:
            frame = {prep: role for prep, role in frame.items() if role != "actor"}
        self.slots.prepositions(occurrence, frame, clause.after, clause.pronouns)
        if occurrence.sense.type == "ASSAULT" and not occurrence.recipients and not occurrence.sense.symmetric:
            if self.slots.citation(sentence.chunks[clause.verb]) in hitting_verbs and clause.objects:
                for reference in references(clause.objects[0], places=True):
                    occurrence.add("recipient", reference)
        occurrence.rules.append("verb_says_it_happens")
        return True


def _governed_group(sentence: Sentence, occurrence: Occurrence, clause: Clause) -> tuple[bool, Group | None]:
    """Whether a verb reaches the noun, and the group after it that the noun stands in."""
    chunk = sentence.chunks[occurrence.on]
    for group in clause.after:
        if any(c is chunk for c in (*group.chunks, *group.gens)):
            return True, group
    if clause.right_kind in ("verb", "rel") and clause.right < occurrence.on and chunk.prep == "ب":
        return True, Group(chunk)  # over the description of the subject
    return clause.antecedent is not None and any(c is chunk for c in clause.antecedent.chunks), None


def _state_is_visited(occurrence: Occurrence, subjects: list[Reference]) -> None:
    """يعتزم رئيس الوزراء زيارة أنقرة: a state after the noun is where he goes."""
    if (
        occurrence.sense.mode == "visit"
        and "genitive_actor" in occurrence.rules
        and any(r.kind == "party" for r in subjects)
        and all(r.party is not None and r.party.kind == "state" for r in occurrence.actors)
    ):
        occurrence.actors, visited = [], occurrence.actors
        for reference in visited:
            occurrence.add("recipient", reference)


def _fill_from_verb(occurrence: Occurrence, clause: Clause, group: Group | None) -> None:
    """نفذت القوات غارة على البلدة: the other phrases after a light verb are the noun's."""
    frame = occurrence.sense.noun_frame
    for other in clause.after:
        if other is group or other.prep_role in ("setting", "cause"):
            continue
        if other.prep and other.prep in frame:
            target = frame[other.prep]
            if other.prep == "ل" and target == "actor" and occurrence.actors:
                continue
            for reference in references(other):
                occurrence.add(target, reference)
    for pronoun in clause.pronouns:
        if pronoun.prep in frame:
            occurrence.add(frame[pronoun.prep], Reference("pronoun", pronoun.i, value=pronoun.pronoun))


def _brought_together(occurrence: Occurrence, clause: Clause) -> None:
    """اللقاء الذي جمع الرئيسين: whom it brought together are its parties; جولة تشمل الجزائر: where it leads."""
    toured = occurrence.sense.mode == "visit"
    for group in clause.after:
        if not group.prep or group.prep in ("مع", "بين", "ب"):
            for reference in references(group):
                occurrence.add("recipient" if toured else "actor", reference)
    occurrence.rules.append("meeting_brings_together")


def _put_down(occurrence: Occurrence, clause: Clause) -> None:
    """هجوم نسبته السلطات إلى الجماعة، نسب إلى الجماعة: to whom it is put down did it."""
    if occurrence.actors or occurrence.sense.type in ("ACCUSE", "REQUEST"):
        return
    for group in clause.after:
        if group.prep == "الي":
            for reference in references(group):
                occurrence.add("actor", reference)
            occurrence.rules.append("put_down_to_actor")
            return


def _commands_force(sentence: Sentence, group: Group | None) -> bool:
    """أعلنت وزارة الدفاع إسقاط مسيرة: a ministry that speaks of what its forces did."""
    head = group.head if group is not None else None
    return head is not None and any(t.form in _commands for t in sentence.tokens[head.i : head.j])
