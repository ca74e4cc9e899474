"""Read the event that a verb tells: its sense, its subject and objects, active or passive."""

from __future__ import annotations

from itertools import pairwise

from rawi.extract.occurrences import Occurrence, speech_acts, suffered
from rawi.extract.senses import SenseChooser
from rawi.extract.slots import Slots
from rawi.extract.status import verb_status
from rawi.extract.subjects import matrix_subject, previous_subject, same_gender_before
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.clauses import Clause, Group, read_clause
from rawi.syntax.references import Reference, group_parties, owners, references, subject_references
from rawi.syntax.sentence import Sentence

# Verbs of harm that always name the sufferer as their object: without object they are passive.
_killed = frozenset(["assault.casualty.qatala", "assault.casualty.jaraha"])


class VerbEvents:
    """Reads events from verbs with one lexicon."""

    def __init__(self, lexicon: Compiled, senses: SenseChooser, slots: Slots) -> None:
        self.lexicon, self.senses, self.slots = lexicon, senses, slots
        self.common = set(lexicon.words.get("common_nouns", ())) | set(lexicon.words.get("adjectives", ()))

    def read(self, sentence: Sentence, k: int, clause: Clause, clauses: dict[int, Clause]) -> Occurrence | None:
        chunks = sentence.chunks
        chunk = chunks[k]
        verb = chunk.verb
        assert verb is not None
        content = (
            chunks[clause.right].prep if clause.right < len(chunks) and chunks[clause.right].kind == "comp" else ""
        )
        sense = self.senses.choose(sentence, chunk, clause.after, clause.pronouns, clause.subject, content)
        if sense is None:
            return None
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
        elif clause.subject is None and chunk.conj and verb.person == 3:
            previous = previous_subject(k, clauses, sentence)
            if previous:
                subjects = previous
                rules.append("joined_verb_shares_subject")
        if not objects and frame.get("obj") == "recipient" and sense.type in suffered:
            objects = self._object_after_description(sentence, clause, clauses)
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
            if role != "none" and objects:
                fillers = self.slots.fillers(sense, role, objects[0])
                if not fillers and sense.type == "PROTEST" and role == "recipient":
                    fillers = owners(objects[0])  # أحرقوا الأعلام الإسرائيلية
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
        self.slots.before(occurrence, frame, clause.before)
        occurrence.status = verb_status(sentence, self.lexicon, k, clause, sense)
        self.slots.context(occurrence, clause.left, clause.right)
        return occurrence

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
            sense.type == "ACCUSE" and any(g.prep == "ب" for g in clause.after) and sense.frame.get("ب") == "none"
        )  # اتهم نائب بتمويل
        named = clause.subject.has_party() or (sense.id in _killed and bool(group_parties(clause.subject)))
        return named and (sense.type in ("ASSAULT", "COERCE", "SANCTION", "RETREAT") or accused)
