"""Read the event that a noun tells: from its genitive, nisba and pronoun, its prepositions, and the verbs around it."""

from __future__ import annotations

from collections.abc import Mapping

from rawi.extract.noun_reach import (
    begins_with_verb,
    noun_left,
    noun_right,
    only_purpose,
    predicate_topic,
    told_between,
)
from rawi.extract.noun_verbs import NounVerbs
from rawi.extract.occurrences import (
    Occurrence,
    bases,
    done_by_force,
    judging,
    part_nouns,
    partyless,
    signing,
    speech_acts,
    suffered,
)
from rawi.extract.schedules import schedule
from rawi.extract.senses import SenseChooser
from rawi.extract.slots import Slots
from rawi.extract.status import noun_status
from rawi.extract.subjects import main_subject, verb_over_insertion
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.groups import Group, read_groups
from rawi.syntax.references import Reference, nation_on, references
from rawi.syntax.sentence import Chunk, Sentence

_moments = ("بعد", "قبل", "عقب", "خلال", "اثر", "لدي", "عند", "اثناء", "منذ", "فور")


class NounEvents:
    """Reads events from nouns with one lexicon."""

    def __init__(self, lexicon: Compiled, senses: SenseChooser, slots: Slots) -> None:
        self.lexicon, self.senses, self.slots = lexicon, senses, slots
        self.verbs = NounVerbs(lexicon, slots)

    def read(self, sentence: Sentence, k: int, clauses: dict[int, Clause]) -> Occurrence | None:
        """Return the event that the noun chunk ``k`` tells, if any."""
        chunks = sentence.chunks
        chunk = chunks[k]
        right = noun_right(chunks, k)
        groups = read_groups(chunks, k + 1, right)
        pronouns = [c for c in chunks[k + 1 : right] if c.kind == "pron"]
        sense = self.senses.choose(sentence, chunk, groups, pronouns, None)
        if sense is None:
            return None
        if sense.type == "ASSAULT" and chunk.gen and k and bases(sentence, chunks[k - 1]) & {"وقف", "ايقاف"}:
            return None  # وقف إطلاق النار
        occurrence = Occurrence(sentence, sense, chunk, k)
        genitive = _genitive(sentence, k, groups)
        if genitive is not None:
            self._read_genitive(occurrence, genitive)
        self._read_pronoun_and_nisba(occurrence, clauses)
        governor = self.verbs.governor(sentence, k, clauses)
        frame = self._doer_before_object(
            sentence, occurrence, genitive, groups, governed=self.verbs.does_it(sentence, governor)
        )
        own = self._own_phrases(chunks, k, right, sense, [g for g in groups if g is not genitive])
        planned = schedule(sentence, k)
        if planned is not None:
            own += read_groups(chunks, *planned)  # زيارة كانت مقررة غدا إلى أنقرة
        agent = any(g.prep_role == "actor" for g in own)
        if governor is not None and not agent:
            self.verbs.govern(sentence, occurrence, governor, clauses)
        self.slots.prepositions(occurrence, frame, own, pronouns)
        if governor is not None and agent:
            self.verbs.govern(sentence, occurrence, governor, clauses)
        if not occurrence.actors and sense.type == "ASSAULT":
            self._attributed(sentence, occurrence, right)
        right = self._read_verbs_after(occurrence, right, clauses)
        self._understood_actors(occurrence, clauses)
        if not any(r.kind != "null" for r in occurrence.actors) or sense.noun_frame.get("gen") == "mediator":
            self._part_in(sentence, occurrence, k)
        if sense.type in ("REJECT", "THREATEN") and occurrence.actors and not occurrence.recipients:
            self.slots.refused(occurrence, [g for g in groups if g is not genitive])
        if sense.id == "agree.invite.bidaawa" and not occurrence.recipients:
            for reference in main_subject(sentence, k, clauses):
                occurrence.add("recipient", reference)  # يزور الأمير الأردن بدعوة من الملك
        occurrence.status = noun_status(sentence, self.lexicon, k, governor, clauses, sense)
        self.slots.context(occurrence, noun_left(chunks, k), right)
        return None if only_purpose(chunks, k, occurrence) else occurrence

    # -- genitive, pronoun and nisba -----------------------------------------------------------------------------------

    def _read_genitive(self, occurrence: Occurrence, genitive: Group) -> None:
        sense = occurrence.sense
        role = sense.noun_frame.get("gen", "actor")
        head = genitive.head.party
        if (
            role in ("recipient", "none")
            and done_by_force(sense)
            and head is not None
            and (head.kind == "force" or head.sector in ("MIL", "REB"))
            and head.way != "short"
            and not head.thing
            and not (head.role is not None and self.lexicon.roles[head.role].sector == "UNK")  # مواقع لحزب الله
        ):
            role = "actor"  # قصف قوات النظام: forces shell, towns are shelled
        if role == "actor" and sense.type in partyless and head is not None and head.kind == "state":
            occurrence.place = (genitive.head.i, head.j)
            occurrence.rules.append("genitive_is_place")
            return
        named = references(genitive, places=role == "recipient" and sense.type in suffered)
        if not named and role == "recipient" and sense.type == "ASSAULT":
            named = nation_on(genitive.head)  # إسقاط مسيرة أوكرانية
        for reference in named:
            occurrence.add(role, reference)
        occurrence.rules.append("genitive_" + role)

    def _read_pronoun_and_nisba(self, occurrence: Occurrence, clauses: dict[int, Clause]) -> None:
        """زيارته، القصف التركي."""
        sentence, sense = occurrence.sentence, occurrence.sense
        chunk = sentence.chunks[occurrence.on]
        frame = sense.noun_frame
        if chunk.pronoun:
            for reference in self._meant(sentence, occurrence.on, chunk, clauses):
                occurrence.add(frame.get("gen", "actor"), reference)
            occurrence.rules.append("pronoun_is_party")
        if chunk.nisba is not None and not (sense.symmetric and len(occurrence.actors) > 1):
            role = "mediator" if "mediator" in (frame.get("gen"), frame.get("subj")) else "actor"
            occurrence.add(role, Reference("nisba", chunk.nisba_at, value=chunk.nisba))
            occurrence.rules.append("nisba_names_" + role)

    def _meant(self, sentence: Sentence, k: int, chunk: Chunk, clauses: dict[int, Clause]) -> list[Reference]:
        """Whom the pronoun on an event noun means: across an insertion the subject of the verb whose object the noun is."""
        m = verb_over_insertion(sentence.chunks, k)
        if m is None and (chunk.prep_role == "setting" or chunk.prep in _moments):
            m = self.verbs.governor(sentence, k, clauses)  # قطعت الطريق بعد سيطرتها على التلة
        verb = sentence.chunks[m].verb if m is not None else None
        if m is not None and verb is not None and {"ه": "m", "ها": "f"}.get(chunk.pronoun) == verb.gender:
            clause = clauses.get(m) or read_clause(sentence, m)
            found = references(clause.subject)
            if found:
                return found  # تؤكد تونس، وفق بيان أصدرته الوزارة، تضامنها
        return [Reference("pronoun", chunk.i, value=chunk.pronoun)]

    def _doer_before_object(
        self,
        sentence: Sentence,
        occurrence: Occurrence,
        genitive: Group | None,
        groups: list[Group],
        *,
        governed: bool,
    ) -> Mapping[str, str]:
        """قصف الجيش لمواقع، اقتحامها للمسجد، مهاجمته مركزا: where the object follows, the genitive or pronoun is the doer.

        ``governed`` says that a verb before the noun has a subject who does it (جددت الوزارة مطالبة المجلس بالتحرك).
        """
        frame = occurrence.sense.noun_frame
        if frame.get("gen") != "recipient" or occurrence.sense.symmetric or not occurrence.recipients:
            return frame
        rest = [g for g in groups if g is not genitive]
        spoken = occurrence.sense.type in speech_acts
        if spoken and len(rest) > 1 and rest[1].prep == "ل" and _only_describes(sentence, rest[0]):
            rest = rest[1:]
        if not rest:
            return frame
        after = rest[0]
        if sentence.tokens[after.head.i].form in ("ذوي", "ذوو", "ذات", "ذو", "ذي"):
            return frame  # قتل المسلحين ذوي العلاقة: a description, no object
        chunk = sentence.chunks[occurrence.on]
        adjacent = after.head.i - (genitive.chunks[-1].j if genitive is not None else chunk.j) <= 1
        bare_object = not after.prep and not after.prep_role and not after.head.conj and not after.head.gen
        judged = (
            after.prep == "ب"
            and occurrence.sense.type in judging
            and genitive is not None
            and genitive.has_party()
            and not (governed and occurrence.sense.type == "REQUEST")
        )  # استنكار المجلس بالتصريحات
        if adjacent and (
            judged
            or (after.prep == "ل" and frame.get("ل", "recipient") == "recipient")
            or (bare_object and after.has_party())
        ):
            occurrence.actors, occurrence.recipients = occurrence.recipients, []
            occurrence.rules.append("object_follows_doer")
            if bare_object:
                for reference in references(after):
                    occurrence.add("recipient", reference)
            return {**frame, "ل": "recipient"}
        return frame

    # -- phrases after the noun ----------------------------------------------------------------------------------------

    def _own_phrases(self, chunks: list[Chunk], k: int, right: int, sense: Sense, groups: list[Group]) -> list[Group]:
        """The phrases after a noun that are its own and not those of another event noun after it."""
        # توقيع اتفاق بين السعودية والعراق: who makes the deal signs it
        shared = sense.id.startswith(signing) or (sense.type == "AGREE" and not sense.symmetric)
        takers = {} if shared else self._takers(chunks, k, right, sense)
        own = [g for g in groups if g.prep_role or takers.get(g.prep, g.head.i) >= g.head.i]
        return [g for g in own if g.prep_role != "actor" or not told_between(chunks, k, g)]

    def _takers(self, chunks: list[Chunk], k: int, right: int, sense: Sense) -> dict[str, int]:
        """Return where the first event noun after ``k`` stands that takes each preposition.

        توافق على إقامة اتصالات مع الهيئة: a phrase belongs to the nearest event noun before it that takes its preposition.
        What an offer is about is no further event, and توصل إلى اتفاق is one act: there it belongs to the first.
        """
        found: dict[str, int] = {}
        for chunk in chunks[k + 1 : right]:
            if chunk.kind == "np" and chunk.senses and not chunk.parties:
                if sense.type == "AGREE" and any(self.lexicon.senses[n].type == "AGREE" for n in chunk.senses):
                    continue
                for n in chunk.senses:
                    for prep, role in self.lexicon.senses[n].noun_frame.items():
                        if role in ("actor", "recipient"):
                            found.setdefault(prep, chunk.i)
        return found

    def _attributed(self, sentence: Sentence, occurrence: Occurrence, right: int) -> None:
        """هجوم انتحاري نسب إلى المتمردين: whom it is laid to did it, on the word of those who say so."""
        chunks = sentence.chunks
        m = right
        if m + 1 < len(chunks) and chunks[m].is_comma:
            m += 1
        if m + 1 < len(chunks) and sentence.text(chunks[m].i, chunks[m].j) in ("نسب الي", "نسبت الي"):
            for party in chunks[m + 1].parties:
                occurrence.add("actor", Reference("party", party.i, party))

    # -- verbs around the noun -----------------------------------------------------------------------------------------

    def _read_verbs_after(self, occurrence: Occurrence, right: int, clauses: dict[int, Clause]) -> int:
        """Read the verb that describes the noun, or says that it happens; return where the phrases of both end."""
        sentence, k = occurrence.sentence, occurrence.on
        described = self.verbs.describing(sentence, k)
        if described is not None:
            clause = clauses.setdefault(described, read_clause(sentence, described))
            self.verbs.describe(sentence, occurrence, described, clause)
            return right
        happening = self.verbs.happening(sentence.chunks, k)
        if happening is None:
            return right
        clause = clauses.setdefault(happening, read_clause(sentence, happening))
        return max(right, clause.right) if self.verbs.happens(sentence, occurrence, clause) else right

    def _understood_actors(self, occurrence: Occurrence, clauses: dict[int, Clause]) -> None:
        """Who acts where the noun's own phrases name nobody, or only one of those who met."""
        sentence, sense, k = occurrence.sentence, occurrence.sense, occurrence.on
        chunks = sentence.chunks
        chunk = chunks[k]
        by_means = chunk.prep_role == "means" or (chunk.gen and k > 0 and chunks[k - 1].prep_role == "means")
        if _is_setting_meeting(occurrence):
            # في ختام اجتماع مع نظرائه: who acts in the main clause was at the meeting
            main = main_subject(sentence, k, clauses)
            for reference in main:
                occurrence.add("actor", reference)
            if main:
                occurrence.rules.append("setting_meeting_takes_subject")
        elif not occurrence.actors and by_means:
            for reference in main_subject(sentence, k, clauses):
                occurrence.add("actor", reference)  # ردت الحكومة من خلال توجيه الاتهام
            occurrence.rules.append("means_of_subject")
        elif not occurrence.actors and chunk.prep == "" and not chunk.gen and not chunk.definite:
            _read_topic(occurrence)
        if (
            not occurrence.actors
            and sense.type in speech_acts
            and sense.noun_frame.get("subj", "actor") == "actor"
            and begins_with_verb(sentence, chunk)
        ):
            occurrence.add("actor", Reference("null", chunk.i, value="3", number="s"))  # لن يمنح الثقة

    def _part_in(self, sentence: Sentence, occurrence: Occurrence, k: int) -> None:
        """دور قطر في الوساطة، تورطه في التفجير: who has a part in the event is a doer of it."""
        chunks = sentence.chunks
        first = k
        if (
            chunks[k].conj
            and not chunks[k].prep
            and k
            and chunks[k - 1].senses + chunks[k - 1].cues
            and not chunks[k - 1].parties
        ):
            first = k - 1  # قيام الأجهزة بكشف وضبط
        heads = part_nouns.get(chunks[first].prep)
        if heads is None or first == 0:
            return
        m = first - 1
        while (
            m > 1
            and chunks[m].kind in ("np", "time")
            and (chunks[m].prep in ("في", "خلال") or chunks[m].kind == "time")
        ):
            m -= 1  # قيام الأجهزة، في خطوة استباقية، بكشف
        named = chunks[m] if chunks[m].gen and chunks[m].parties else None
        if named is not None:
            m -= 1
        head = chunks[m] if m >= 0 else None
        if head is None or head.kind != "np" or not (bases(sentence, head) & heads):
            return
        found = [Reference("party", p.i, p) for p in named.parties if p.kind != "place"] if named is not None else []
        if not found and head.pronoun:
            found = [Reference("pronoun", head.i, value=head.pronoun)]
        own = occurrence.sense.noun_frame.get("gen")
        for reference in found:
            occurrence.add("mediator" if own == "mediator" else "actor", reference)
            occurrence.rules.append("part_in_event")


def _genitive(sentence: Sentence, k: int, groups: list[Group]) -> Group | None:
    """The genitive of an event noun: marked, counted (توقيف أربعة ناشطين), or a party right after an indefinite noun."""
    chunk = sentence.chunks[k]
    if not groups:
        return None
    if sentence.tokens[chunk.j - 1].form in ("في", "علي", "عن", "مع") and chunk.j - chunk.i > 1:
        return None  # لن تتردد في: no noun to hang a genitive on
    first = groups[0]
    adjacent = first.head.i == chunk.j
    if first.head.gen and adjacent:
        return first
    if first.prep or not first.has_party():
        return None
    counted = first.head.quant and k + 1 < len(sentence.chunks) and first.head is sentence.chunks[k + 1]
    bare = chunk.quant == "" and adjacent and not first.head.conj and not chunk.definite
    return first if counted or bare else None


def _is_setting_meeting(occurrence: Occurrence) -> bool:
    """في ختام اجتماع مع نظرائه: a meeting or deal of one named party, told as what went on beside the main act."""
    sense, chunk = occurrence.sense, occurrence.sentence.chunks[occurrence.on]
    return (
        sense.symmetric
        and sense.type in ("CONSULT", "AGREE")
        and len(occurrence.actors) == 1
        and (
            chunk.prep_role == "setting"
            or (sense.type == "AGREE" and chunk.prep_role == "means")
            or chunk.prep in ("في", "خلال", "عقب", "بعد", "اثر", "لدي", "اثناء")
        )
    )


def _read_topic(occurrence: Occurrence) -> None:
    """السعودية حريصة على: the topic acts; السعودية مدعومة من: or it is judged."""
    sentence, sense = occurrence.sentence, occurrence.sense
    topic = predicate_topic(sentence.chunks, occurrence.on)
    if not topic:
        return
    frame = sense.noun_frame
    judged = not begins_with_verb(sentence, sentence.chunks[occurrence.on]) and (
        frame["subj"] == "recipient"
        if "subj" in frame
        else sense.type in ("ACCUSE", "SUPPORT") and frame.get("gen") != "actor"
    )
    for reference in topic:
        occurrence.add("recipient" if judged else "actor", reference)
    occurrence.rules.append("predicate_judges_topic" if judged else "predicate_takes_topic")


def _only_describes(sentence: Sentence, group: Group) -> bool:
    """إدانة الكويت الشديدة لقصف: an adjective that stands apart from its noun."""
    head = group.head
    alone = not group.prep and not group.has_party() and not head.senses and not group.gens and len(group.chunks) == 1
    return alone and sentence.tokens[head.i].form.startswith("ال") and head.nisba is None
