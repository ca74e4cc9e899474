"""Read the event that a noun tells: from its genitive, nisba and pronoun, its prepositions, and the verb that governs it."""

from __future__ import annotations

from collections.abc import Mapping

from rawi.extract.occurrences import (
    Occurrence,
    announced,
    attributing_verbs,
    bases,
    claiming_verbs,
    done_by_forces,
    gathering_verbs,
    hitting_verbs,
    is_force,
    judging,
    part_nouns,
    partyless,
    signing,
    speech_acts,
    suffered,
)
from rawi.extract.senses import SenseChooser
from rawi.extract.slots import Slots
from rawi.extract.status import noun_status
from rawi.extract.subjects import main_subject, matrix_subject, previous_subject, verb_over_insertion
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.groups import Group, read_groups
from rawi.syntax.references import Reference, references, subject_references
from rawi.syntax.sentence import Chunk, Sentence


class NounEvents:
    """Reads events from nouns with one lexicon."""

    def __init__(self, lexicon: Compiled, senses: SenseChooser, slots: Slots) -> None:
        self.lexicon, self.senses, self.slots = lexicon, senses, slots

    def read(self, sentence: Sentence, k: int, clauses: dict[int, Clause]) -> Occurrence | None:
        chunks = sentence.chunks
        chunk = chunks[k]
        right = noun_right(chunks, k)
        groups = read_groups(chunks, k + 1, right)
        pronouns = [c for c in chunks[k + 1 : right] if c.kind == "pron"]
        governor = self._governor(sentence, k, clauses)
        described = self._describing_verb(sentence, k)
        sense = self.senses.choose(sentence, chunk, groups, pronouns, None)
        if sense is None:
            return None
        if sense.type == "ASSAULT" and chunk.gen and k and bases(sentence, chunks[k - 1]) & {"وقف", "ايقاف"}:
            return None  # وقف إطلاق النار
        occurrence = Occurrence(sentence, sense, chunk, k)
        frame = sense.noun_frame
        rules = occurrence.rules
        genitive = groups[0] if groups and groups[0].head.gen and groups[0].head.i == chunk.j else None
        if (
            genitive is None
            and groups
            and groups[0].head.quant
            and not groups[0].prep
            and groups[0].has_party()
            and k + 1 < len(chunks)
            and groups[0].head is chunks[k + 1]
        ):
            genitive = groups[0]  # توقيف أربعة ناشطين
        if (
            genitive is None
            and chunk.quant == ""
            and groups
            and groups[0].head.i == chunk.j
            and not groups[0].prep
            and groups[0].has_party()
            and not groups[0].head.conj
            and not chunk.definite
        ):
            genitive = groups[0]
        if (
            genitive is not None
            and sentence.tokens[chunk.j - 1].form in ("في", "علي", "عن", "مع")
            and chunk.j - chunk.i > 1
        ):
            genitive = None  # لن تتردد في: no noun to hang a genitive on
        if genitive is not None:
            role = frame.get("gen", "actor")
            head = genitive.head.party
            if (
                role in ("recipient", "none")
                and sense.id.startswith(done_by_forces)
                and head is not None
                and (head.kind == "force" or head.sector in ("MIL", "REB"))
                and head.way != "short"
                and not head.thing
                and not (head.role is not None and self.lexicon.roles[head.role].sector == "UNK")  # مواقع لحزب الله
            ):
                role = "actor"  # قصف قوات النظام: forces shell, towns are shelled
            if (
                role == "actor"
                and sense.type in partyless
                and genitive.head.party is not None
                and genitive.head.party.kind == "state"
            ):
                occurrence.place = (genitive.head.i, genitive.head.party.j)
                rules.append("genitive_is_place")
            else:
                for reference in references(genitive, places=role == "recipient" and sense.type in suffered):
                    occurrence.add(role, reference)
                rules.append("genitive_" + role)
        if chunk.pronoun:
            for reference in self._meant(sentence, k, chunk, clauses):
                occurrence.add(frame.get("gen", "actor"), reference)
            rules.append("pronoun_is_party")
        if chunk.nisba is not None and not (sense.symmetric and len(occurrence.actors) > 1):
            reference = Reference("nisba", chunk.nisba_at, value=chunk.nisba)
            role = "mediator" if frame.get("gen") == "mediator" or frame.get("subj") == "mediator" else "actor"
            occurrence.add(role, reference)
            rules.append("nisba_names_" + role)
        frame = self._doer_before_object(sentence, occurrence, frame, genitive, groups)
        takers = {} if sense.type == "AGREE" and not sense.symmetric else self._takers(chunks, k, right, sense)
        if sense.id.startswith(signing):
            takers = {}  # توقيع اتفاق بين السعودية والعراق: who makes the deal signs it
        own = [g for g in groups if g is not genitive and (g.prep_role or takers.get(g.prep, g.head.i) >= g.head.i)]
        own = [g for g in own if g.prep_role != "actor" or not _told_between(chunks, k, g)]
        if governor is not None and not any(g.prep_role == "actor" for g in own):
            self._governed(sentence, occurrence, governor, clauses)
            self.slots.prepositions(occurrence, frame, own, pronouns)
        else:
            self.slots.prepositions(occurrence, frame, own, pronouns)
            if governor is not None:
                self._governed(sentence, occurrence, governor, clauses)
        if not occurrence.actors and sense.type == "ASSAULT":
            self._attributed(sentence, occurrence, right)
        if described is not None:
            clauses.setdefault(described, read_clause(sentence, described))
            self._described(sentence, occurrence, described, clauses[described])
        else:
            happening = self._happening_verb(chunks, k)
            if happening is not None:
                clause = clauses.setdefault(happening, read_clause(sentence, happening))
                if self._happens(sentence, occurrence, clause):
                    right = max(right, clause.right)
        if (
            sense.symmetric
            and sense.type in ("CONSULT", "AGREE")
            and len(occurrence.actors) == 1
            and (
                chunk.prep_role == "setting"
                or (sense.type == "AGREE" and chunk.prep_role == "means")
                or chunk.prep in ("في", "خلال", "عقب", "بعد", "اثر", "لدي", "اثناء")
            )
        ):
            # في ختام اجتماع مع نظرائه: who acts in the main clause was at the meeting
            main = main_subject(sentence, k, clauses)
            for reference in main:
                occurrence.add("actor", reference)
            if main:
                rules.append("setting_meeting_takes_subject")
        elif not occurrence.actors and (
            chunk.prep_role == "means" or (chunk.gen and k > 0 and chunks[k - 1].prep_role == "means")
        ):
            for reference in main_subject(sentence, k, clauses):
                occurrence.add("actor", reference)  # ردت الحكومة من خلال توجيه الاتهام
            rules.append("means_of_subject")
        elif not occurrence.actors and chunk.prep == "" and not chunk.gen and not chunk.definite:
            topic = self._predicate_topic(chunks, k)
            if topic:
                judged = not _begins_with_verb(sentence, chunk) and (
                    frame["subj"] == "recipient"
                    if "subj" in frame
                    else sense.type in ("ACCUSE", "SUPPORT") and frame.get("gen") != "actor"
                )
                for reference in topic:
                    occurrence.add("recipient" if judged else "actor", reference)
                rules.append("predicate_judges_topic" if judged else "predicate_takes_topic")
        if (
            not occurrence.actors
            and sense.type in speech_acts
            and frame.get("subj", "actor") == "actor"
            and _begins_with_verb(sentence, chunk)
        ):
            occurrence.add("actor", Reference("null", chunk.i, value="3", number="s"))  # لن يمنح الثقة
        if not any(r.kind != "null" for r in occurrence.actors) or sense.noun_frame.get("gen") == "mediator":
            self._part_in(sentence, occurrence, k)
        if sense.type in ("REJECT", "THREATEN") and occurrence.actors and not occurrence.recipients:
            self.slots.refused(occurrence, [g for g in groups if g is not genitive])
        if sense.id == "agree.invite.bidaawa" and not occurrence.recipients:
            for reference in main_subject(sentence, k, clauses):
                occurrence.add("recipient", reference)  # يزور الأمير الأردن بدعوة من الملك
        occurrence.status = noun_status(sentence, self.lexicon, k, governor, clauses, sense)
        self.slots.context(occurrence, self._noun_left(chunks, k), right)
        if self._only_purpose(chunks, k, occurrence):
            return None
        return occurrence

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

    def _meant(self, sentence: Sentence, k: int, chunk: Chunk, clauses: dict[int, Clause]) -> list[Reference]:
        """Whom the pronoun on an event noun means: across an insertion the subject of the verb whose object the noun is."""
        m = verb_over_insertion(sentence.chunks, k)
        if m is None and (chunk.prep_role == "setting" or chunk.prep in _moments):
            m = self._governor(sentence, k, clauses)  # قطعت الطريق بعد سيطرتها على التلة
        verb = sentence.chunks[m].verb if m is not None else None
        if m is not None and verb is not None and {"ه": "m", "ها": "f"}.get(chunk.pronoun) == verb.gender:
            clause = clauses.get(m) or read_clause(sentence, m)
            found = references(clause.subject)
            if found:
                return found  # تؤكد تونس، وفق بيان أصدرته الوزارة، تضامنها
        return [Reference("pronoun", chunk.i, value=chunk.pronoun)]

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

    def _predicate_topic(self, chunks: list[Chunk], k: int) -> list[Reference]:
        """السعودية حريصة على، أننا متفقون: an indefinite event word after its topic in a clause without verb."""
        m = k - 1
        while m >= 0 and chunks[m].kind in ("adv", "perf", "time"):
            m -= 1
        if m < 0:
            return []
        before = chunks[m]
        if before.kind == "comp" and before.pronoun and not (before.value == "لكن" and before.pronoun != "نا"):
            return [Reference("null", before.i, value="1" if before.pronoun == "نا" else "3", number="s")]
        if (
            before.kind == "np"
            and before.pronoun
            and not before.prep
            and not before.senses
            and m
            and chunks[m - 1].kind == "comp"
        ):
            return [Reference("pronoun", before.i, value=before.pronoun)]  # إن بلاده حريصة
        if before.kind != "np" or not before.parties or before.prep or before.conj or before.gen or not before.definite:
            return []
        left = chunks[m - 1].kind if m else "start"
        if left not in ("start", "comp", "mark", "opener", "quote", "sub"):
            return []
        return [Reference("party", p.i, p) for p in before.parties if p.kind != "place"]

    def _only_purpose(self, chunks: list[Chunk], k: int, occurrence: Occurrence) -> bool:
        """لتجويع خصومه، بهدف استهداف، ضرورة وقف: a verbal noun of purpose or duty tells of no act."""
        chunk = chunks[k]
        if occurrence.governed or any(r.startswith("relative_light") for r in occurrence.rules):
            return False
        m = k - 1
        if m >= 0 and chunk.gen and chunks[m].kind in ("np", "frame") and chunks[m].value == "norm":
            return True
        if chunk.prep_role == "purpose" or _within_purpose(chunks, k):
            return True
        if chunk.conj and not chunk.prep and not occurrence.actors and _joined_to_purpose(chunks, k):
            return True
        return (
            chunk.prep == "ل"
            and not chunk.definite
            and k > 0
            and not occurrence.sentence.title
            and not occurrence.actors
        )

    def _doer_before_object(
        self,
        sentence: Sentence,
        occurrence: Occurrence,
        frame: Mapping[str, str],
        genitive: Group | None,
        groups: list[Group],
    ) -> Mapping[str, str]:
        """قصف الجيش لمواقع، اقتحامها للمسجد، مهاجمته مركزا: where the object follows, the genitive or pronoun is the doer."""
        if frame.get("gen") != "recipient" or occurrence.sense.symmetric or not occurrence.recipients:
            return frame
        rest = [g for g in groups if g is not genitive]
        if not rest:
            return frame
        after = rest[0]
        if sentence.tokens[after.head.i].form in ("ذوي", "ذوو", "ذات", "ذو", "ذي"):
            return frame  # قتل المسلحين ذوي العلاقة: a description, no object
        chunk = sentence.chunks[occurrence.on]
        adjacent = after.head.i - (genitive.chunks[-1].j if genitive is not None else chunk.j) <= 1
        bare_object = not after.prep and not after.prep_role and not after.head.conj and not after.head.gen
        judged = (
            after.prep == "ب" and occurrence.sense.type in judging and genitive is not None and genitive.has_party()
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

    def _noun_left(self, chunks: list[Chunk], k: int) -> int:
        m = k - 1
        while (
            m >= 0
            and chunks[m].kind not in ("comp", "sub", "opener")
            and not (chunks[m].kind == "mark" and chunks[m].value not in "()-–،,")
        ):
            m -= 1
        return m

    def _governor(self, sentence: Sentence, k: int, clauses: dict[int, Clause]) -> int | None:
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
        # the verb may follow its subject noun: الغارة أسفرت
        return None

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

    def _attributed(self, sentence: Sentence, occurrence: Occurrence, right: int) -> None:
        """هجوم انتحاري نسب إلى المتمردين: whom it is laid to did it, on the word of those who say so."""
        chunks = sentence.chunks
        m = right
        if m + 1 < len(chunks) and chunks[m].kind == "mark" and chunks[m].value in "،,":
            m += 1
        if m + 1 < len(chunks) and sentence.text(chunks[m].i, chunks[m].j) in ("نسب الي", "نسبت الي"):
            for party in chunks[m + 1].parties:
                occurrence.add("actor", Reference("party", party.i, party))

    def _describing_verb(self, sentence: Sentence, k: int) -> int | None:
        """A light verb in a relative clause right after the noun: زيارة يقوم بها، الاجتماع الذي عقده، غارة نفذتها."""
        chunks = sentence.chunks
        for m in range(k + 1, min(len(chunks), k + 5)):
            chunk = chunks[m]
            if chunk.kind == "verb":
                governs = self.slots.governs_any(chunk)
                if chunk.verb is not None and self.slots.citation(chunk) in gathering_verbs:
                    return m if any(self.lexicon.senses[n].type == "CONSULT" for n in chunks[k].senses) else None
                if chunk.verb is not None and self.slots.citation(chunk) in attributing_verbs | claiming_verbs:
                    return m
                if "light_verbs" not in governs:
                    return None
                pronoun = chunk.pronoun or (
                    m + 1 < len(chunks) and chunks[m + 1].kind == "pron" and chunks[m + 1].pronoun
                )
                return m if pronoun else None
            if chunk.kind not in ("rel", "np", "place", "time", "adv"):
                return None
        return None

    def _happening_verb(self, chunks: list[Chunk], k: int) -> int | None:
        """معارك عنيفة تدور بين، الهجوم الذي وقع في: a verb of happening whose subject the event noun is."""
        for m in range(k + 1, min(len(chunks), k + 6)):
            chunk = chunks[m]
            if chunk.kind == "verb":
                return (
                    m
                    if "happen_verbs" in self.slots.governs_any(chunk) and not chunk.pronoun and not chunk.conj
                    else None
                )
            if chunk.kind not in ("rel", "np", "place", "time", "adv", "perf") or (chunk.kind == "np" and chunk.senses):
                return None
        return None

    def _happens(self, sentence: Sentence, occurrence: Occurrence, clause: Clause) -> bool:
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

    def _described(self, sentence: Sentence, occurrence: Occurrence, at: int, clause: Clause) -> None:
        """Give the noun the subject of the light verb that describes it, and what follows that verb."""
        chunk = sentence.chunks[at]
        if chunk.verb is not None and self.slots.citation(chunk) in gathering_verbs:
            # اللقاء الذي جمع الرئيسين: whom it brought together are its parties; جولة تشمل الجزائر: where it leads
            toured = occurrence.sense.mode == "visit"
            for group in clause.after:
                if not group.prep or group.prep in ("مع", "بين", "ب"):
                    for reference in references(group):
                        occurrence.add("recipient" if toured else "actor", reference)
            occurrence.rules.append("meeting_brings_together")
            return
        if chunk.verb is not None and self.slots.citation(chunk) in attributing_verbs:
            # هجوم نسبته السلطات إلى الجماعة، نسب إلى الجماعة: to whom it is put down did it
            if not occurrence.actors and occurrence.sense.type not in ("ACCUSE", "REQUEST"):
                for group in clause.after:
                    if group.prep == "الي":
                        for reference in references(group):
                            occurrence.add("actor", reference)
                        occurrence.rules.append("put_down_to_actor")
                        break
            return
        prep = "" if chunk.pronoun else next((p.prep for p in clause.pronouns), "")
        role = self.slots.governs(chunk, prep).get("light_verbs")
        if chunk.verb is not None and self.slots.citation(chunk) in claiming_verbs and chunk.pronoun:
            role = "actor" if occurrence.sense.type == "ASSAULT" else None  # هجوم تبنته الحركة
        free = [g for g in clause.after if not g.prep and not g.prep_role]
        subject = clause.subject if clause.subject in clause.after else (free[0] if free else None)
        if role is None or role in ("none", "place"):
            return
        if occurrence.actors and role == "actor" and not occurrence.sense.symmetric:
            return
        understood = matrix_subject(sentence, occurrence.on, {at: clause}, "s") if subject is None else []
        for reference in references(subject) if subject is not None else [r for r in understood if r.kind != "null"]:
            occurrence.add("actor" if role == "symmetric" else role, reference)
        occurrence.rules.append("relative_light_verb_gives_" + role)
        self.slots.prepositions(
            occurrence, occurrence.sense.noun_frame, [g for g in clause.after if g is not subject], []
        )

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

    def _governed(self, sentence: Sentence, occurrence: Occurrence, governor: int, clauses: dict[int, Clause]) -> None:
        """Take parties from the verb that governs the noun: a light verb's subject is the doer."""
        chunks = sentence.chunks
        verb_chunk = chunks[governor]
        verb = verb_chunk.verb
        clause = clauses.get(governor)
        if verb is None or clause is None:
            return
        chunk = chunks[occurrence.on]
        reach = [g for g in clause.after if any(c is chunk for c in (*g.chunks, *g.gens))]
        if not reach and clause.right_kind in ("verb", "rel") and clause.right < occurrence.on and chunk.prep == "ب":
            reach = [Group(chunk)]  # over the description of the subject
        antecedent = clause.antecedent is not None and any(c is chunk for c in clause.antecedent.chunks)
        if not reach and not antecedent:
            return
        group = reach[0] if reach else None
        prep = group.prep if group is not None else ""
        dropped = group is not None and group is clause.subject and self._is_its_object(sentence, verb_chunk, chunk)
        if group is not None and group is clause.subject and not dropped:
            return
        governs = self.slots.governs(verb_chunk, prep)
        if (
            "result_verbs" in governs
            and not occurrence.actors
            and clause.subject is not None
            and clause.subject.head.senses
            and not clause.subject.has_party()
        ):
            occurrence.rules.append("result_of_event")  # أسفر الاجتماع عن توافق: who met agreed
            return
        if self.slots.citation(verb_chunk) in attributing_verbs and not prep and occurrence.sense.type == "ASSAULT":
            for other in clause.after:  # نسبت الأركان الهجوم إلى الجماعة
                if other.prep == "الي" and not occurrence.actors:
                    for reference in references(other):
                        occurrence.add("actor", reference)
                    occurrence.rules.append("put_down_to_actor")
            return
        role = governs.get("light_verbs")
        if role is None and "aspect_verbs" in governs:
            role = "actor"
        if prep == "ب" and role is None and any(self.lexicon.senses[n].type == "ACCUSE" for n in verb_chunk.senses):
            # اتهمت إسرائيل بإبادة: who is accused did what he is accused of
            accused = clause.objects[0] if clause.objects else clause.subject if verb.voice == "p" else None
            if not occurrence.actors:
                for reference in references(accused):
                    occurrence.add("actor", reference)
                occurrence.governed = "accused"
                occurrence.rules.append("accused_is_actor")
            return
        by_itself = (
            occurrence.sense.type in ("ASSAULT", "MOBILIZE")
            and not occurrence.sense.id.startswith("assault.casualty")
            and is_force(clause.subject)
        )
        if governs.get("aspect_verbs") == "as-is" and not occurrence.actors and by_itself:
            role = "actor"  # أعلن الجيش اقتحام معاقل: forces announce what they did
        elif (
            governs.get("aspect_verbs") == "as-is"
            and not (group is not None and sentence.tokens[group.head.i].form in _held)
            and (occurrence.sense.type not in announced or occurrence.actors or occurrence.sense.symmetric)
        ):
            return  # أعلن المصدر مقتل جنديين: who announces is not the doer; أعلن استقالته: he is
        if (
            verb_chunk.cues
            and occurrence.sense.symmetric
            and len(occurrence.actors) == 1
            and group is not None
            and group.head is not chunk
            and sentence.tokens[group.head.i].form in _held
        ):
            role = "actor"  # نفت الجزائر إجراء محادثات مع إسرائيل
        own = occurrence.sense.noun_frame.get("subj")
        if own in ("mediator", "host", "recipient") and role != "place":
            role = own
        if role is None:
            return
        subjects = subject_references(sentence, clause)
        if dropped:  # بعدما أجرى محادثات: who did so was named before
            subjects = previous_subject(governor, clauses, sentence) or [
                Reference("null", verb_chunk.i, value="3", number=verb.number)
            ]
        if verb.voice == "p":
            subjects = []
        elif verb_chunk.conj and verb.person == 3 and all(r.kind == "null" for r in subjects):
            subjects = previous_subject(governor, clauses, sentence) or subjects  # شاركت الجبهة ...، ونجحت في استهداف
        if role == "symmetric":
            role = "actor"
        if role == "place" and clause.subject is not None and occurrence.place is None:
            named = next((p for c in (*clause.subject.chunks, *clause.subject.gens) for p in c.parties), None)
            occurrence.place = (named.i, named.j) if named is not None else None  # شهدت مدينة السويداء تظاهرات
        if role in ("none", "place"):
            return
        if (
            role == "actor"
            and occurrence.sense.mode == "visit"
            and "genitive_actor" in occurrence.rules
            and any(r.kind == "party" for r in subjects)
            and all(r.party is not None and r.party.kind == "state" for r in occurrence.actors)
        ):
            # يعتزم رئيس الوزراء زيارة أنقرة: a state after the noun is where he goes
            occurrence.actors, visited = [], occurrence.actors
            for reference in visited:
                occurrence.add("recipient", reference)
        has_own = (
            bool(occurrence.actors) and not occurrence.sense.symmetric and "only_participants" not in occurrence.rules
        )
        if role == "actor" and has_own:
            return
        for reference in subjects:
            occurrence.add(role, reference)
        occurrence.governed = role
        occurrence.rules.append("light_verb_gives_" + role)
        for other in clause.after:
            if other is group or other.prep_role in ("setting", "cause"):
                continue
            if other.prep and other.prep in occurrence.sense.noun_frame:
                target = occurrence.sense.noun_frame[other.prep]
                if other.prep == "ل" and target == "actor" and occurrence.actors:
                    continue
                for reference in references(other):
                    occurrence.add(target, reference)
        for pronoun in clause.pronouns:
            if pronoun.prep in occurrence.sense.noun_frame:
                occurrence.add(
                    occurrence.sense.noun_frame[pronoun.prep], Reference("pronoun", pronoun.i, value=pronoun.pronoun)
                )


_moments = ("بعد", "قبل", "عقب", "خلال", "اثر", "لدي", "عند", "اثناء", "منذ", "فور")


def _told_between(chunks: list[Chunk], k: int, group: Group) -> bool:
    """نفذت ضربة بعد تعرضها لإطلاق نار من جانب مسلحين: an agent phrase belongs to the event noun before it."""
    between = [c for c in chunks[k + 1 :] if c.i < group.head.i]
    return any(c.kind == "np" and c.senses and not c.parties and (c.prep or c.conj) for c in between)


def _begins_with_verb(sentence: Sentence, chunk: Chunk) -> bool:
    i = chunk.i
    if sentence.tokens[i].form.lstrip("وف") in ("لن", "لم", "لا") and chunk.j - i > 2:
        i += 1
    word = sentence.words[i]
    return chunk.j - chunk.i > 1 and word is not None and bool(word.verbs) and not word.nouns and word.function is None


_held = {"اجراء", "عقد", "باجراء", "بعقد"}


def _within_purpose(chunks: list[Chunk], k: int) -> bool:
    """لردع أي هجوم روسي، لبحث فرض عقوبات: the genitive of a verbal noun of purpose."""
    m = k
    while m > 0 and chunks[m].gen and chunks[m].kind == "np":
        m -= 1
    head = chunks[m]
    return (
        m < k and head.kind == "np" and head.prep == "ل" and not head.definite and not head.parties and not head.senses
    )


def _joined_to_purpose(chunks: list[Chunk], k: int) -> bool:
    """لتحقيق الاستقرار ومنع الفوضى: a noun joined to a noun of purpose."""
    for m in range(k - 1, -1, -1):
        chunk = chunks[m]
        if chunk.kind not in ("np", "place", "pron"):
            return False
        if chunk.prep == "ل" and not chunk.definite and not chunk.parties:
            return True
    return False


def noun_right(chunks: list[Chunk], k: int) -> int:
    """The arguments of a noun end at a verb, a subordinate clause, a mark, or a joined event noun."""
    m = k + 1
    while m < len(chunks):
        chunk = chunks[m]
        if chunk.kind in ("verb", "participle", "comp", "sub", "rel", "opener", "cue"):
            break
        if chunk.kind == "mark" and chunk.value not in "()-–":
            following = chunks[m + 1] if m + 1 < len(chunks) else None
            listed = (
                following is not None
                and following.parties
                and chunks[m - 1].parties
                and not following.prep
                and following.conj == ""
            )
            # ، بما في ذلك بين ...، / ، أو جماعات مثل ...: the parties are told in more detail
            detailed = following is not None and (
                (following.kind == "adv" and following.value == "detail") or following.kind == "conj"
            )
            between = (
                following is not None and following.prep == "بين" and bool(following.parties) and not following.conj
            )
            if not (chunk.value in "،," and (between or listed or (detailed and chunks[m - 1].parties))):
                break
        if chunk.kind == "np" and chunk.senses and chunk.conj and not chunk.parties:
            break
        m += 1
    return m
