"""Read the event that a verb tells: its sense, its subject and objects, active or passive."""

from __future__ import annotations

from itertools import pairwise

from rawi.extract.occurrences import Occurrence, speech_acts, suffered
from rawi.extract.senses import SenseChooser
from rawi.extract.slots import Slots
from rawi.extract.status import verb_status
from rawi.extract.subjects import matrix_subject, previous_subject, same_gender_before
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.clauses import Clause, Group, read_clause, read_groups
from rawi.syntax.references import Reference, references, subject_references
from rawi.syntax.sentence import Sentence

_ours = ("بلاد", "بلد", "قوات", "جيش", "حكومت", "دولت", "حركت", "جماعت", "مقاتل", "حزب")


class VerbEvents:
    """Reads events from verbs with one lexicon."""

    def __init__(self, lexicon: Compiled, senses: SenseChooser, slots: Slots) -> None:
        self.lexicon, self.senses, self.slots = lexicon, senses, slots
        self.threat = next((s for s in lexicon.senses if s.id == "threaten.threat.hadhdhara_own"), None)
        self.common = set(lexicon.words.get("common_nouns", ())) | set(lexicon.words.get("adjectives", ()))

    def read(self, sentence: Sentence, k: int, clause: Clause, clauses: dict[int, Clause]) -> Occurrence | None:
        chunks = sentence.chunks
        chunk = chunks[k]
        verb = chunk.verb
        assert verb is not None
        content = (
            chunks[clause.right].prep if clause.right < len(chunks) and chunks[clause.right].kind == "comp" else ""
        )
        told = clause.after
        if content == "ب" and clause.right + 1 < len(chunks) and chunks[clause.right + 1].kind == "np":
            told = [
                *told,
                *read_groups(chunks, clause.right + 1, min(len(chunks), clause.right + 3)),
            ]  # وصفه بأنه عدوان
        sense = self.senses.choose(sentence, chunk, told, clause.pronouns, clause.subject, content)
        if sense is None:
            return None
        if sense.id.startswith("request.warn") and not clause.objects and self._warns_of_own_act(sentence, clause):
            sense = self.threat or sense
        for reading in chunk.readings:
            if any(self.lexicon.senses[n] is sense for n in self.lexicon.verb_lexemes[reading.lexeme].senses):
                if reading is not verb:
                    chunk.verb = verb = reading
                    clauses[k] = clause = read_clause(sentence, k)
                break
        occurrence = Occurrence(sentence, sense, chunk, k)
        rules = occurrence.rules
        frame = sense.frame
        subjects = subject_references(sentence, clause)
        objects = clause.objects
        if chunk.kind == "participle":
            subjects = matrix_subject(sentence, k, clauses, verb.number)
            objects = ([clause.subject] if clause.subject is not None and clause.subject in clause.after else []) + [
                g for g in clause.objects if g in clause.after
            ]
            rules.append("participle_shares_subject")
        elif (
            chunk.conj and clause.subject is not None and clause.subject in clause.after and not clause.objects and k > 0
            and frame.get("obj") == "recipient" and sense.type in speech_acts and same_gender_before(sentence, k, clauses)
        ):  # fmt: skip
            # ودانت الجامعة القصف، وطالبت أنقرة باحترام ...: the subject goes on, the noun is the object
            subjects = previous_subject(k, clauses, sentence)
            objects = [clause.subject]
            rules.append("joined_verb_shares_subject")
        elif (
            k == 0 and chunk.conj == "و" and clause.subject is not None and not clause.objects and verb.voice != "p"
            and frame.get("obj") == "recipient" and sense.type in speech_acts and self._addressed(clause.subject)
        ):  # fmt: skip
            # وطالب المجتمع الدولي بالتدخل: who is appealed to in general is rarely the one who appeals
            subjects = [Reference("null", chunk.i, value="3", number=verb.number)]
            objects = [clause.subject]
            rules.append("sentence_goes_on_with_subject")
        elif (
            k == 0 and chunk.conj == "و" and sense.symmetric and frame.get("obj") == "actor" and clause.subject is not None
            and clause.subject in clause.after and not clause.objects and verb.number == "s"
            and not any(g.prep in ("مع", "ب") and g.has_party() for g in clause.after)
            and len(references(clause.subject)) == 1 and clause.subject.head.party is not None and clause.subject.head.party.number == "s"
        ):  # fmt: skip
            # والتقى أمير قطر: a meeting needs two; who met him is the subject of the sentence before
            subjects = [*subjects, Reference("null", chunk.i, value="3", number="s")]
            rules.append("sentence_goes_on_with_subject")
        elif clause.subject is None and chunk.conj and verb.person == 3:
            previous = previous_subject(k, clauses, sentence)
            if previous:
                subjects = previous
                rules.append("joined_verb_shares_subject")
        passive = self._is_passive(sentence, clause, sense, verb.voice, objects)
        if passive:
            rules.append("passive_hides_actor")
            sufferers = subjects
            if subjects and subjects[0].kind == "null" and objects:
                sufferers = references(objects[0])
            for reference in sufferers:
                occurrence.add(frame.get("obj", "none"), reference)
        else:
            for reference in subjects:
                occurrence.add(frame.get("subj", "none"), reference)
            role = frame.get("obj", "none")
            if verb.pronoun and clause.antecedent is None:
                occurrence.add(role, Reference("pronoun", chunk.i, value=verb.pronoun))
            for pronoun in clause.pronouns:
                form = sentence.tokens[pronoun.i].form
                if form.startswith("ايا") and form != "ايا":
                    occurrence.add(role, Reference("pronoun", pronoun.i, value=form[3:]))  # مطالبا إياه
            if role != "none" and objects:
                fillers = self.slots.fillers(sense, role, objects[0])
                if not fillers and sense.type in suffered:
                    fillers = self._owner_after(clause.after, objects[0])
                for reference in fillers:
                    occurrence.add(role, reference)
            if clause.subject is not None:
                # an agent phrase after an active verb belongs to its object: انتقد الحزب المقاربات المتبعة من قبل الحكومة
                for group in clause.after:
                    if group.prep_role == "actor":
                        for reference in references(group):
                            occurrence.add(role, reference)
        if (
            clause.subject is not None
            and not passive
            and not subjects
            and self._impersonal(sentence, clause.subject, sense)
        ):
            return None
        self.slots.prepositions(occurrence, frame, clause.after, clause.pronouns)
        if sense.type == "THREATEN" and not occurrence.recipients:
            for reference in self._threatened(sentence, clause):
                occurrence.add("recipient", reference)
        self.slots.before(occurrence, frame, clause.before)
        occurrence.status = verb_status(sentence, self.lexicon, k, clause, sense)
        self.slots.context(occurrence, clause.left, clause.right)
        return occurrence

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
        )  # اتهم نائب بتمويل
        return bool(clause.subject.has_party()) and (
            sense.type in ("ASSAULT", "COERCE", "SANCTION", "RETREAT") or accused
        )
