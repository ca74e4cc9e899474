"""Read the event that a verb tells: its sense, its subject and objects, active or passive."""

from __future__ import annotations

from itertools import pairwise

from rawi.extract.objects import some_of_them, struck_place, who_is_dispersed, whose_weapon
from rawi.extract.occurrences import Occurrence, bases, speech_acts, suffered
from rawi.extract.senses import SenseChooser
from rawi.extract.slots import Slots
from rawi.extract.status import verb_status
from rawi.extract.subjects import main_subject, matrix_subject, previous_subject, same_gender_before
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.groups import Group, read_groups
from rawi.syntax.references import Reference, group_parties, nation_on, owners, references, subject_references
from rawi.syntax.sentence import Chunk, Sentence

_ours = ("بلاد", "بلد", "قوات", "جيش", "حكومت", "دولت", "حركت", "جماعت", "مقاتل", "حزب")

# Verbs of harm that always name the sufferer as their object: without object they are passive.
_killed = frozenset(["assault.casualty.qatala", "assault.casualty.jaraha"])


class VerbEvents:
    """Reads events from verbs with one lexicon."""

    def __init__(self, lexicon: Compiled, senses: SenseChooser, slots: Slots) -> None:
        self.lexicon, self.senses, self.slots = lexicon, senses, slots
        self.threat = next((s for s in lexicon.senses if s.id == "threaten.threat.hadhdhara_own"), None)
        self.common = set(lexicon.words.get("common_nouns", ())) | set(lexicon.words.get("adjectives", ()))

    def read(self, sentence: Sentence, k: int, clause: Clause, clauses: dict[int, Clause]) -> Occurrence | None:
        """Return the event that the verb chunk ``k`` tells, if any."""
        chunk = sentence.chunks[k]
        sense = self._sense(sentence, clause)
        if sense is None:
            return None
        clause = self._reread(sentence, sense, clause, clauses)
        verb = chunk.verb
        assert verb is not None
        occurrence = Occurrence(sentence, sense, chunk, k)
        subjects, objects = self._parties(occurrence, clause, clauses)
        if not objects and sense.frame.get("obj") == "recipient" and sense.type in suffered:
            objects = self._object_after_description(sentence, clause, clauses)
        some = some_of_them(sentence, clause) if sense.frame.get("obj") == "recipient" and not objects else None
        passive = some is None and self._is_passive(sentence, clause, sense, verb.voice, objects)
        if some is not None:
            occurrence.add("recipient", some)
            if clause.subject is None and verb.gender == "m" and sense.id in _killed:
                subjects = []  # قتل خمسة منهم
        done_to = not passive and _done_to_topic(sentence, clause, sense, verb.voice)
        if done_to:
            occurrence.rules.append("passive_hides_actor")
        elif passive:
            occurrence.rules.append("passive_hides_actor")
            suffering = references(objects[0]) if subjects and subjects[0].kind == "null" and objects else subjects
            for reference in suffering:
                occurrence.add(sense.frame.get("obj", "none"), reference)
        else:
            for reference in subjects:
                occurrence.add(sense.frame.get("subj", "none"), reference)
            self._read_objects(occurrence, clause, objects)
            if clause.subject is not None and not subjects and self._impersonal(sentence, clause.subject, sense):
                return None
        self._read_phrases(occurrence, clause, clauses, passive=passive)
        if done_to:
            occurrence.recipients = [r for r in subjects if r.kind != "null"]
        occurrence.status = verb_status(sentence, self.lexicon, k, clause, sense)
        self.slots.context(occurrence, clause.left, clause.right)
        return occurrence

    # -- sense ---------------------------------------------------------------------------------------------------------

    def _sense(self, sentence: Sentence, clause: Clause) -> Sense | None:
        chunks = sentence.chunks
        at = clause.right
        content = chunks[at].prep if at < len(chunks) and chunks[at].kind == "comp" else ""
        told = clause.after
        word = at + 1 + (at + 1 < len(chunks) and chunks[at + 1].kind == "quote")
        if content == "ب" and word < len(chunks) and chunks[word].kind in ("np", "adv"):
            told = [*told, *read_groups(chunks, word, min(len(chunks), word + 2))]  # وصفه بأنه عدوان، بأنه "عدوان"
        sense = self.senses.choose(sentence, chunks[clause.verb], told, clause.pronouns, clause.subject, content)
        if sense is None and clause.subject in clause.before and clause.subject is not None and not clause.objects:
            # وكان المتهمون قد أوقفوا: whom it is done to stands before a passive
            party = clause.subject.head.party
            done_to = party is not None and party.kind in ("role", "people", "person")
            sense = self.senses.choose(
                sentence, chunks[clause.verb], [*told, clause.subject], clause.pronouns, None, content, passive=done_to
            )
        if sense is None:
            return None
        if sense.id.startswith("request.warn") and not clause.objects and self._warns_of_own_act(sentence, clause):
            return self.threat or sense
        return sense

    def _reread(self, sentence: Sentence, sense: Sense, clause: Clause, clauses: dict[int, Clause]) -> Clause:
        """Take the reading of the verb's form that has the sense; its clause may be another then."""
        chunk = sentence.chunks[clause.verb]
        for reading in chunk.readings:
            if any(self.lexicon.senses[n] is sense for n in self.lexicon.verb_lexemes[reading.lexeme].senses):
                if reading is not chunk.verb:
                    chunk.verb = reading
                    clauses[clause.verb] = read_clause(sentence, clause.verb)
                    return clauses[clause.verb]
                break
        return clause

    # -- subject and object --------------------------------------------------------------------------------------------

    def _parties(
        self, occurrence: Occurrence, clause: Clause, clauses: dict[int, Clause]
    ) -> tuple[list[Reference], list[Group]]:
        """Who does it and to whom: subject and objects as they stand, or as the sentence before makes them understood."""
        sentence, sense, k = occurrence.sentence, occurrence.sense, clause.verb
        chunk = sentence.chunks[k]
        verb = chunk.verb
        assert verb is not None
        frame, rules = sense.frame, occurrence.rules
        subject = clause.subject
        behind = subject is not None and subject in clause.after  # the subject stands after its verb
        alone = behind and not clause.objects
        subjects = subject_references(sentence, clause)
        objects = clause.objects
        speech = frame.get("obj") == "recipient" and sense.type in speech_acts
        opens = k == 0 and chunk.conj == "و"
        if chunk.kind == "participle":
            subjects = matrix_subject(sentence, k, clauses, verb.number)
            objects = [subject] if subject is not None and behind else []
            objects += [g for g in clause.objects if g in clause.after]
            rules.append("participle_shares_subject")
        elif (
            chunk.conj
            and subject is not None
            and alone
            and k > 0
            and speech
            and not (verb.pronoun and subject.chunks[0] is sentence.chunks[k + 1])  # ورفضته إسرائيل
            and same_gender_before(sentence, k, clauses)
        ):
            # ودانت الجامعة القصف، وطالبت أنقرة باحترام ...: the subject goes on, the noun is the object
            subjects = previous_subject(k, clauses, sentence)
            objects = [subject]
            rules.append("joined_verb_shares_subject")
        elif (
            opens and subject is not None and not clause.objects and verb.voice != "p" and speech
            and self._addressed(subject)
        ):  # fmt: skip
            # وطالب المجتمع الدولي بالتدخل: who is appealed to in general is rarely the one who appeals
            subjects = [Reference("null", chunk.i, value="3", number=verb.number)]
            objects = [subject]
            rules.append("sentence_goes_on_with_subject")
        elif opens and subject is not None and alone and verb.number == "s" and _lacks_partner(sense, clause, subject):
            # والتقى أمير قطر: a meeting needs two; who met him is the subject of the sentence before
            subjects = [*subjects, Reference("null", chunk.i, value="3", number="s")]
            rules.append("sentence_goes_on_with_subject")
        elif subject is None and chunk.conj and verb.person == 3:
            previous = previous_subject(k, clauses, sentence)
            if previous:
                subjects = previous
                rules.append("joined_verb_shares_subject")
        if (
            subject is not None and behind and not objects and not verb.pronoun
            and frame.get("obj") == "recipient" and sense.type in ("REQUEST", "AGREE")
        ):  # fmt: skip
            asked = self._after_comma(sentence.chunks, subject)
            if asked:
                subjects = [r for r in subjects if r.at < asked[0].at]
                for reference in asked:
                    occurrence.add("recipient", reference)
        if (
            sense.type == "CONSULT" and frame.get("obj") in ("actor", "recipient") and verb.number == "s" and verb.voice != "p"
            and not verb.pronoun and subject is not None and behind and not objects
            and (clause.left_kind == "sub" or chunk.conj) and not any(g.prep in frame and g.has_party() for g in clause.after)
        ):  # fmt: skip
            # حين التقى رؤساء الأحزاب، واستقبل أمير البحرين: with one party named, who met him goes on from before
            subjects = (previous_subject(k, clauses, sentence) if chunk.conj else []) or [
                Reference("null", chunk.i, value="3", number="s", gender=verb.gender)
            ]
            objects = [subject]
            rules.append("partner_is_object")
        return subjects, objects

    def _read_objects(self, occurrence: Occurrence, clause: Clause, objects: list[Group]) -> None:
        """Fill the role of the object: the pronoun on the verb or after إيا, else the noun phrase or whose it is."""
        sentence, sense = occurrence.sentence, occurrence.sense
        chunk = sentence.chunks[clause.verb]
        role = sense.frame.get("obj", "none")
        if chunk.verb is not None and chunk.verb.pronoun and clause.antecedent is None:
            occurrence.add(role, Reference("pronoun", chunk.i, value=chunk.verb.pronoun))
        for pronoun in clause.pronouns:
            form = sentence.tokens[pronoun.i].form
            if form.startswith("ايا") and form != "ايا":
                occurrence.add(role, Reference("pronoun", pronoun.i, value=form[3:]))  # مطالبا إياه
        if role != "none" and objects:
            fillers = self.slots.fillers(sense, role, objects[0])
            if not fillers and sense.type == "PROTEST" and role == "recipient":
                fillers = owners(objects[0])  # أحرقوا الأعلام الإسرائيلية
            if not fillers and sense.type in suffered:
                fillers = self._owner_after(clause.after, objects[0])
            head = objects[0].head
            if not fillers and sense.type == "ASSAULT" and not head.senses:
                fillers = struck_place(sentence, head)
            if not fillers and sense.type == "ASSAULT":
                fillers = nation_on(head)  # أسقطت مسيرة أوكرانية
            for reference in fillers:
                occurrence.add(role, reference)
        if clause.subject is not None:
            # an agent phrase after an active verb belongs to its object: انتقد الحزب المقاربات المتبعة من قبل الحكومة
            for group in clause.after:
                if group.prep_role == "actor":
                    for reference in references(group):
                        occurrence.add(role, reference)

    # -- phrases -------------------------------------------------------------------------------------------------------

    def _read_phrases(
        self, occurrence: Occurrence, clause: Clause, clauses: dict[int, Clause], *, passive: bool
    ) -> None:
        """Fill the roles that the phrases of the clause name."""
        sentence, sense = occurrence.sentence, occurrence.sense
        self.slots.prepositions(occurrence, sense.frame, clause.after, clause.pronouns)
        if sense.type == "THREATEN" and not occurrence.recipients:
            for reference in self._threatened(sentence, clause):
                occurrence.add("recipient", reference)
        self.slots.before(occurrence, clause.before)
        known = any(r.kind != "null" for r in occurrence.actors)
        if sense.type == "ASSAULT" and clause.left_kind == "rel" and not known:
            self._who_claims(occurrence, sentence, clause, clauses)
        if sense.type in ("REJECT", "THREATEN") and not occurrence.recipients and not passive:
            self.slots.refused(occurrence, [g for g in clause.after if g is not clause.subject])
        if sense.type == "REQUEST" and not occurrence.recipients:
            self._who_is_to_act(occurrence, clause.after)
        if sense.type == "ASSAULT" and not occurrence.recipients and occurrence.actors:
            who_is_dispersed(occurrence, clause.after, self.lexicon)
        if sense.type == "ASSAULT" and not passive and not known and not occurrence.actors:
            whose_weapon(occurrence, clause, self.slots.is_weapon)

    def _who_claims(
        self, occurrence: Occurrence, sentence: Sentence, clause: Clause, clauses: dict[int, Clause]
    ) -> None:
        """أعلنت الكتائب مسؤوليتها عن العملية التي قتل فيها جنديان: who says that he is responsible did it."""
        chunks = sentence.chunks
        for m in range(clause.left - 1, max(0, clause.left - 5), -1):
            if chunks[m].kind != "np":
                return
            if chunks[m].prep == "عن" and "مسووليه" in bases(sentence, chunks[m - 1]):
                found = main_subject(sentence, m, clauses)
                if found:
                    occurrence.actors = []
                for reference in found:
                    occurrence.add("actor", reference)
                    occurrence.rules.append("responsible_is_actor")
                return

    def _who_is_to_act(self, occurrence: Occurrence, groups: list[Group]) -> None:
        """دعا إلى انسحاب القوات، نادى بضرورة رحيل الرئيس: whose act is asked for is asked."""
        for group in groups:
            if group.prep not in ("الي", "ب") or group.has_party():
                continue
            acts = False
            for chunk in (group.head, *group.gens):
                if chunk.parties and acts:
                    for party in chunk.parties:
                        if party.kind != "place":
                            occurrence.add("recipient", Reference("party", party.i, party))
                    occurrence.rules.append("asked_is_doer_of_content")
                    return
                acts = bool(chunk.senses) and all(
                    self.lexicon.senses[n].noun_frame.get("gen", "") == "actor" for n in chunk.senses
                )

    def _after_comma(self, chunks: list[Chunk], group: Group) -> list[Reference]:
        """دعت قيادات في الحكومة، المنظمات الحقوقية إلى ...: what a comma parts from the subject is whom it asks."""
        marks = {c.j for c in chunks if c.is_comma}
        at = next((n for n, c in enumerate(group.chunks) if n and c.i in marks and not c.conj), None)
        if at is None:
            return []
        return [Reference("party", p.i, p) for c in group.chunks[at:] for p in c.parties if p.kind != "place"]

    def _warns_of_own_act(self, sentence: Sentence, clause: Clause) -> bool:
        """حذر من أنه سيغلق المضيق، من أن بلاده ستقطع المساعدات: what he himself will do is a threat."""
        chunks = sentence.chunks
        at = clause.right
        if at >= len(chunks) or chunks[at].kind != "comp" or chunks[at].prep != "من":
            return False
        own = chunks[at].pronoun in ("ه", "ها", "هم", "نا")
        for chunk in chunks[at + 1 : at + 4]:
            if (
                chunk.kind == "np"
                and chunk.pronoun
                and not chunk.prep
                and sentence.tokens[chunk.i].form.startswith(_ours)
            ):
                own = True  # بلاده، قواته
            elif chunk.kind == "verb":
                return own and chunk.verb is not None and (chunk.verb.future or chunk.verb.person == 1)
            elif chunk.kind not in ("fut", "adv", "perf"):
                return False
        return False

    def _threatened(self, sentence: Sentence, clause: Clause) -> list[Reference]:
        """هدد بقصف القواعد الأمريكية، بفرض عقوبات على أنقرة: whom the act would hit is threatened."""
        for n, group in enumerate(clause.after):
            if group.prep == "ب" and not group.has_party() and not group.prep_role:
                found = references(group, places=True)
                if found:
                    return found
                for gen in group.gens:
                    if gen.nisba is not None:
                        return [Reference("nisba", gen.nisba_at, value=gen.nisba)]
                for following in clause.after[n + 1 :]:
                    if following.prep in ("علي", "ضد", "عن", "مع", "من") and following.has_party():
                        return references(following)
        return []

    def _addressed(self, group: Group) -> bool:
        """المجتمع الدولي، الأطراف، الدول: a vague party that names no country."""
        parties = group.head.parties
        return bool(parties) and all(
            p.entity is None and p.country is None and (p.vague or p.sector == "UNK") and p.definite for p in parties
        )

    def _owner_after(self, groups: list[Group], thing: Group) -> list[Reference]:
        """استهدف اجتماعا لقوات الصحوة، دمر مخزنا للسلاح تابعا للحزب: whose the thing is that was hit."""
        for group, following in pairwise(groups):
            if group is thing and following.prep == "ل" and not following.prep_role:
                return references(following)
        return []

    def _object_after_description(self, sentence: Sentence, clause: Clause, clauses: dict[int, Clause]) -> list[Group]:
        """خطف مسلحون يرتدون زي الشرطة خمسة مهندسين: the object stands after a clause that only describes the subject."""
        chunks = sentence.chunks
        m = clause.right
        if clause.right_kind != "verb" or clause.subject is None or clause.subject not in clause.after:
            return []
        verb = chunks[m].verb
        subject = clause.subject
        adjacent = clause.after[-1] is subject and subject.chunks[-1].j == chunks[m].i
        if verb is None or verb.tense != "imperfect" or chunks[m].conj or chunks[m].senses or not adjacent:
            return []
        if subject.head.definite or not subject.has_party():
            return []
        clauses.setdefault(m, read_clause(sentence, m))
        free = [g for g in clauses[m].after if not g.prep and not g.prep_role]
        return [free[1]] if len(free) > 1 and free[1].has_party() and not free[1].head.conj else []

    def _impersonal(self, sentence: Sentence, subject: Group, sense: Sense) -> bool:
        """A thing as subject does not act: تدهور يضغط، خطة تضمن, unless weapons and events attack."""
        if sense.type in ("ASSAULT", "PROTEST") or sense.frame.get("subj") != "actor":
            return False
        if sense.type == "COERCE" and any(self.lexicon.senses[n].type == "ASSAULT" for n in subject.head.senses):
            return False  # الهجوم الذي أطاح بالرئيس
        word = sentence.words[subject.head.i]
        if word is None or subject.head.kind == "place":
            return False
        form = sentence.tokens[subject.head.i].form
        return bool(word.nouns or form in self.common or form.removeprefix("ال") in self.common)

    def _is_passive(self, sentence: Sentence, clause: Clause, sense: Sense, voice: str, objects: list[Group]) -> bool:
        if sense.frame.get("obj") not in ("recipient", "actor") or sense.frame.get("subj") not in ("actor",):
            return False
        if voice == "p":
            return True
        chunk = sentence.chunks[clause.verb]
        if voice == "a" or chunk.kind == "participle" or chunk.pronoun:
            return False
        if sense.frame.get("obj") == "actor":
            return False
        object_like = [g for g in objects if g is not clause.subject]
        if sense.id in _killed and clause.subject is not None:
            # قتل خمسة أشخاص في بلدة كذا: an unknown word far behind is nobody's victim
            end = max(c.j for c in (*clause.subject.chunks, *clause.subject.gens))
            object_like = [g for g in object_like if group_parties(g) or g.head.i == end]
        if not object_like and clause.subject is None and sense.id in _killed:
            return True  # وكان في سيارته عندما قتل: who kills has somebody to kill
        if object_like or clause.subject is None:
            return False
        if any(g.prep_role == "actor" for g in clause.after):
            return True
        takes_preposition = any(g.prep in sense.frame and sense.frame[g.prep] == "recipient" for g in clause.after)
        if takes_preposition:
            return False
        head = clause.subject.head
        if head.senses and not head.parties:
            return False
        # one noun phrase only: قتل ثلاثة جنود، اعتقل المشتبه به
        accused = (
            sense.type == "ACCUSE"
            and any(g.prep == "ب" or g.prep_role == "support" for g in clause.after)
            and sense.frame.get("ب") == "none"
        ) or (
            sense.type == "ACCUSE"
            and clause.subject in clause.before
            and not sense.if_obj.isdisjoint(bases(sentence, head))
        )  # اتهم نائب بتمويل، وكان السفير قد استدعي
        named = clause.subject.has_party() or (sense.id in _killed and bool(group_parties(clause.subject)))
        return named and (sense.type in ("ASSAULT", "COERCE", "SANCTION", "RETREAT") or accused)


def _done_to_topic(sentence: Sentence, clause: Clause, sense: Sense, voice: str) -> bool:
    """المعارض أُفرج عنه: whether a phrase with a pronoun takes up the noun before a verb that names nobody else."""
    chunks, after = sentence.chunks, clause.verb + 1
    if voice == "a" or after >= len(chunks) or chunks[after].kind != "pron" or chunks[clause.verb].conj:
        return False
    bare = all(g.prep or g.prep_role for g in clause.after)
    return (
        bare and clause.subject is not None and clause.subject in clause.before and not clause.objects
        and sense.type in ("COERCE", "RETREAT", "SANCTION", "ASSAULT") and sense.frame.get(chunks[after].prep) == "recipient"
    )  # fmt: skip


def _lacks_partner(sense: Sense, clause: Clause, subject: Group) -> bool:
    """Whether of the two a meeting needs only one is named, after the verb."""
    party = subject.head.party
    return (
        sense.symmetric
        and sense.frame.get("obj") == "actor"
        and not any(g.prep in ("مع", "ب") and g.has_party() for g in clause.after)
        and len(references(subject)) == 1
        and party is not None
        and party.number == "s"
    )
