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

from rawi.extract.status import noun_status, verb_status
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.chunks import Chunk, Sentence
from rawi.syntax.clauses import Clause, Group, read_clause, read_groups
from rawi.text.fold import fold
from rawi.syntax.references import Reference, group_parties, owners, references, subject_references

# What these ask for, promise, threaten or refuse is their content, not a further event.
controlling = {"REQUEST", "AGREE", "THREATEN", "REJECT", "CONCEDE"}
speech_acts = {"REQUEST", "ACCUSE", "THREATEN", "REJECT", "SUPPORT", "AGREE", "CONCEDE"}
# Acts that a town suffers or receives as its people do.
suffered = {"ASSAULT", "COERCE", "AID"}
# Who is criticised, praised or refused is who did what is criticised, praised or refused.
judging = {"ACCUSE", "SUPPORT", "REJECT", "REQUEST"}
# What one announces of oneself: أعلن انسحابه، أعلن دعمه.
announced = {"COERCE", "RETREAT", "CONCEDE", "SANCTION", "AGREE", "COOPERATE", "AID", "THREATEN", "REJECT", "SUPPORT", "MOBILIZE", "REQUEST", "ACCUSE"}
partyless = {"ASSAULT", "PROTEST"}


_by_forces = ("assault.shell", "assault.air", "assault.strike", "assault.attack", "assault.fire", "assault.missile", "assault.ground")


# Nouns whose genitive or pronoun is the doer of what follows with a preposition (دور قطر في الوساطة، قيام الجيش بقصف).
_parts = {
    "في": frozenset("دور تورط ضلوع مشاركه مساهمه اسهام انخراط جهود مساعي شروع استمرار نجاح".split()),
    "ب": frozenset("قيام مبادره اتهام تكليف".split()),
    "علي": frozenset("اقدام اصرار عزم قدره".split()),
}


# Verbs that say who was at a meeting or where a tour leads.
_gathers = frozenset("جمع ضم شمل".split())


class Occurrence:
    """An event as found in a sentence; roles are unresolved references."""

    __slots__ = (
        "actors", "governed", "mode", "on", "place", "recipients", "rules", "score", "sense", "sentence", "span", "status", "third",
        "times", "trigger",
    )  # fmt: skip

    def __init__(self, sentence: Sentence, sense: Sense, chunk: Chunk, on: int) -> None:
        self.sentence, self.sense, self.on = sentence, sense, on
        self.trigger = (chunk.i, chunk.j)
        self.span = (chunk.i, chunk.j)
        self.actors: list[Reference] = []
        self.recipients: list[Reference] = []
        self.third: list[tuple[str, Reference]] = []
        self.status = "occurred"
        self.mode = sense.mode
        self.times: list[int] = []
        self.place: tuple[int, int] | None = None
        self.rules: list[str] = []
        self.score = 0.5
        self.governed: str = ""

    def add(self, role: str, reference: Reference) -> None:
        """Put a reference in a role, once."""
        if reference.party is not None and reference.party.kind == "place" and not (role == "recipient" and self.sense.type in suffered):
            return
        target = {"actor": self.actors, "recipient": self.recipients}.get(role)
        if target is not None:
            if all(r.party is None or r.party is not reference.party for r in target) and not any(
                r.party is not None and r.party is reference.party for r in (*self.actors, *self.recipients)
            ):
                target.append(reference)
        elif role in ("about", "host", "mediator", "on_behalf"):
            self.third.append((role, reference))

    def has_party(self) -> bool:
        """Whether any role is filled by something that is not merely understood."""
        return any(r.kind != "null" for r in (*self.actors, *self.recipients))


class EventReader:
    """Finds events in chunked sentences with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon
        self.common = set(lexicon.words.get("common_nouns", ())) | set(lexicon.words.get("adjectives", ()))
        evidence = lexicon.ontology.get("mode_evidence") or {}
        self.evidence: dict[str, dict[str, str]] = {}
        self._reach_text = ""
        self._long: dict[str, tuple[str, ...]] = {}
        for event_type, modes in evidence.items():
            table: dict[str, str] = {}
            for mode, words in modes.items():
                for word in words:
                    table.setdefault(word.strip(), mode)
            self.evidence[event_type] = table

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
                    occurrence = self._verb_event(sentence, k, clauses[k], clauses, found)
                    if occurrence is not None:
                        found.append(occurrence)
                        if occurrence.sense.type in controlling or occurrence.sense.id.startswith("support.sign"):
                            covered.update(self._content(sentence, k, clauses[k]))
            elif chunk.kind == "np" and chunk.senses and not chunk.parties:
                occurrence = self._noun_event(sentence, k, clauses)
                if occurrence is not None:
                    found.append(occurrence)
                    if occurrence.sense.type in controlling:
                        covered.update(self._noun_content(sentence, k))
        joined = self._join_described(chunks, found, clauses)
        return [o for o in joined if o.on not in covered and self._keep(o)]

    def _join_described(self, chunks: list[Chunk], found: list[Occurrence], clauses: dict[int, Clause]) -> list[Occurrence]:
        """A verb whose subject is an event noun of its own type tells more of that event (هجوم استهدف ثكنة، غارة أسفرت عن مقتل)."""
        by_chunk = {id(chunks[o.on]): o for o in found}
        gone: set[int] = set()
        for k, clause in clauses.items():
            if clause.subject is None:
                continue
            noun = next((by_chunk[id(c)] for c in (clause.subject.head, *clause.subject.gens) if id(c) in by_chunk), None)
            if noun is None or noun.on == k:
                continue
            verb = by_chunk.get(id(chunks[k]))
            parts = [verb] if verb is not None else []
            if "result_verbs" in self._governs_any(chunks[k]):
                parts += [by_chunk[id(c)] for g in clause.after for c in (*g.chunks, *g.gens) if id(c) in by_chunk]
            for part in parts:
                overthrow = part is verb and noun.sense.type == "ASSAULT" and part.sense.type == "COERCE"  # الهجوم الذي أطاح بالرئيس
                if part is noun or (part.sense.type != noun.sense.type and not overthrow) or id(part) in gone:
                    continue
                for reference in part.actors:
                    if reference.kind != "null" and not noun.actors:
                        noun.add("actor", reference)
                for reference in part.recipients:
                    noun.add("recipient", reference)
                noun.mode = noun.mode or part.mode
                noun.times.extend(t for t in part.times if t not in noun.times)
                noun.place = noun.place or part.place
                noun.rules.append("verb_describes_event")
                gone.add(id(part))
        return [o for o in found if id(o) not in gone]

    def _governs_any(self, chunk: Chunk) -> dict[str, dict[str, str]]:
        return self.lexicon.verb_lexemes[chunk.verb.lexeme].governs if chunk.verb is not None else {}

    # -- verbs -------------------------------------------------------------------------------------------------------

    def _verb_event(
        self, sentence: Sentence, k: int, clause: Clause, clauses: dict[int, Clause], found: list[Occurrence]
    ) -> Occurrence | None:
        chunks = sentence.chunks
        chunk = chunks[k]
        verb = chunk.verb
        assert verb is not None
        content = chunks[clause.right].prep if clause.right < len(chunks) and chunks[clause.right].kind == "comp" else ""
        sense = self._choose_sense(sentence, chunk, clause.after, clause.pronouns, clause.subject, content)
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
            subjects = self._matrix_subject(sentence, k, clauses, verb.number)
            objects = ([clause.subject] if clause.subject is not None and clause.subject in clause.after else []) + [
                g for g in clause.objects if g in clause.after
            ]
            rules.append("participle_shares_subject")
        elif (
            chunk.conj and clause.subject is not None and clause.subject in clause.after and not clause.objects and k > 0
            and frame.get("obj") == "recipient" and sense.type in speech_acts and self._same_gender_before(sentence, k, clauses)
        ):  # fmt: skip
            # ودانت الجامعة القصف، وطالبت أنقرة باحترام ...: the subject goes on, the noun is the object
            subjects = self._previous_subject(k, clauses, sentence)
            objects = [clause.subject]
            rules.append("joined_verb_shares_subject")
        elif clause.subject is None and chunk.conj and verb.person == 3:
            previous = self._previous_subject(k, clauses, sentence)
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
            if role != "none" and objects:
                found = self._fillers(sense, role, objects[0])
                if not found and sense.type in suffered:
                    found = self._owner_after(clause.after, objects[0])
                for reference in found:
                    occurrence.add(role, reference)
            if clause.subject is not None:
                # an agent phrase after an active verb belongs to its object: انتقد الحزب المقاربات المتبعة من قبل الحكومة
                for group in clause.after:
                    if group.prep_role == "actor":
                        for reference in references(group):
                            occurrence.add(role, reference)
        if clause.subject is not None and not passive and not subjects and self._impersonal(sentence, clause.subject, sense):
            return None
        self._prepositions(occurrence, frame, clause.after, clause.pronouns)
        self._before(occurrence, frame, clause.before)
        occurrence.status = verb_status(sentence, self.lexicon, k, clause, sense)
        self._context(occurrence, clause.left, clause.right)
        return occurrence

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
        given = sentence.tokens[chunk.i]
        del given
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
        accused = sense.type == "ACCUSE" and any(g.prep == "ب" for g in clause.after) and sense.frame.get("ب") == "none"  # اتهم نائب بتمويل
        return bool(clause.subject.has_party()) and (sense.type in ("ASSAULT", "COERCE", "SANCTION", "RETREAT") or accused)

    def _matrix_subject(self, sentence: Sentence, k: int, clauses: dict[int, Clause], number: str) -> list[Reference]:
        """The subject a participle shares: that of the last finite verb before it."""
        for m in range(k - 1, -1, -1):
            clause = clauses.get(m)
            if clause is not None and sentence.chunks[m].kind == "verb":
                return subject_references(sentence, clause)
        for m in range(k - 1, -1, -1):
            if sentence.chunks[m].parties and not sentence.chunks[m].prep:
                return [Reference("party", p.i, p) for p in sentence.chunks[m].parties]
        return [Reference("null", sentence.chunks[k].i, value="3", number=number)]

    def _same_gender_before(self, sentence: Sentence, k: int, clauses: dict[int, Clause]) -> bool:
        """Whether the last finite verb before has a named subject and the same gender and number."""
        mine = sentence.chunks[k].verb
        for m in range(k - 1, -1, -1):
            clause, verb = clauses.get(m), sentence.chunks[m].verb
            if clause is None or verb is None or sentence.chunks[m].kind != "verb":
                continue
            same = mine is not None and verb.gender == mine.gender and verb.number == mine.number
            return same and clause.subject is not None and bool(references(clause.subject))
        return False

    def _previous_subject(self, k: int, clauses: dict[int, Clause], sentence: Sentence) -> list[Reference]:
        for m in range(k - 1, -1, -1):
            clause = clauses.get(m)
            if clause is not None and clause.subject is not None and sentence.chunks[m].kind == "verb":
                found = references(clause.subject)
                if found:
                    return found
        return []

    # -- nouns -------------------------------------------------------------------------------------------------------

    def _noun_event(self, sentence: Sentence, k: int, clauses: dict[int, Clause]) -> Occurrence | None:
        chunks = sentence.chunks
        chunk = chunks[k]
        right = self._noun_right(chunks, k)
        groups = read_groups(chunks, k + 1, right)
        pronouns = [c for c in chunks[k + 1 : right] if c.kind == "pron"]
        governor = self._governor(sentence, k, clauses)
        described = self._describing_verb(sentence, k)
        sense = self._choose_sense(sentence, chunk, groups, pronouns, None)
        if sense is None:
            return None
        occurrence = Occurrence(sentence, sense, chunk, k)
        frame = sense.noun_frame
        rules = occurrence.rules
        genitive = groups[0] if groups and groups[0].head.gen and groups[0].head.i == chunk.j else None
        if genitive is None and groups and groups[0].head.quant and not groups[0].prep and groups[0].has_party() and k + 1 < len(chunks) and groups[0].head is chunks[k + 1]:
            genitive = groups[0]  # توقيف أربعة ناشطين
        if genitive is None and chunk.quant == "" and groups and groups[0].head.i == chunk.j and not groups[0].prep and groups[0].has_party() and not groups[0].head.conj and not chunk.definite:
            genitive = groups[0]
        if genitive is not None:
            role = frame.get("gen", "actor")
            head = genitive.head.party
            if role == "recipient" and sense.id.startswith(_by_forces) and head is not None and (head.kind == "force" or head.sector in ("MIL", "REB")) and head.way != "short":
                role = "actor"  # قصف قوات النظام: forces shell, towns are shelled
            if role == "actor" and sense.type in partyless and genitive.head.party is not None and genitive.head.party.kind == "state":
                occurrence.place = (genitive.head.i, genitive.head.party.j)
                rules.append("genitive_is_place")
            else:
                for reference in references(genitive, places=role == "recipient" and sense.type in suffered):
                    occurrence.add(role, reference)
                rules.append("genitive_" + role)
        if chunk.pronoun:
            occurrence.add(frame.get("gen", "actor"), Reference("pronoun", chunk.i, value=chunk.pronoun))
            rules.append("pronoun_is_party")
        if chunk.nisba is not None and not (sense.symmetric and len(occurrence.actors) > 1):
            reference = Reference("nisba", chunk.nisba_at, value=chunk.nisba)
            role = "mediator" if frame.get("gen") == "mediator" or frame.get("subj") == "mediator" else "actor"
            occurrence.add(role, reference)
            rules.append("nisba_names_" + role)
        frame = self._doer_before_object(sentence, occurrence, frame, genitive, groups)
        self._prepositions(occurrence, frame, [g for g in groups if g is not genitive and not self._of_nearer(chunks, k, g)], pronouns)
        if governor is not None:
            self._governed(sentence, occurrence, governor, clauses)
        if described is not None:
            clauses.setdefault(described, read_clause(sentence, described))
            self._described(sentence, occurrence, described, clauses[described])
        if sense.symmetric and sense.type == "CONSULT" and len(occurrence.actors) == 1 and (chunk.prep_role == "setting" or chunk.prep in ("في", "خلال", "عقب", "بعد", "اثر", "لدي", "اثناء")):
            # في ختام اجتماع مع نظرائه: who acts in the main clause was at the meeting
            main = self._main_subject(sentence, k, clauses)
            for reference in main:
                occurrence.add("actor", reference)
            if main:
                rules.append("setting_meeting_takes_subject")
        elif not occurrence.actors and chunk.prep_role == "means":
            for reference in self._main_subject(sentence, k, clauses):
                occurrence.add("actor", reference)  # ردت الحكومة من خلال توجيه الاتهام
            rules.append("means_of_subject")
        elif not occurrence.actors and chunk.prep == "" and not chunk.gen and not chunk.definite:
            topic = self._predicate_topic(chunks, k)
            if topic:
                judged = sense.type in ("ACCUSE", "SUPPORT") and "subj" not in frame and frame.get("gen") != "actor"
                for reference in topic:
                    occurrence.add("recipient" if judged else "actor", reference)
                rules.append("predicate_judges_topic" if judged else "predicate_takes_topic")
        if not any(r.kind != "null" for r in occurrence.actors) or sense.noun_frame.get("gen") == "mediator":
            self._part_in(sentence, occurrence, k)
        occurrence.status = noun_status(sentence, self.lexicon, k, governor, clauses, sense)
        self._context(occurrence, self._noun_left(chunks, k), right)
        if self._only_purpose(chunks, k, occurrence):
            return None
        return occurrence

    def _of_nearer(self, chunks: list[Chunk], k: int, group: Group) -> bool:
        """توافق على إقامة اتصالات مع الهيئة: a phrase belongs to the nearest event noun before it that takes its preposition."""
        if not group.prep or group.prep_role:
            return False
        for m in range(k + 1, len(chunks)):
            if chunks[m] is group.head:
                return False
            if chunks[m].kind == "np" and chunks[m].senses and not chunks[m].parties and any(
                self.lexicon.senses[n].noun_frame.get(group.prep) in ("actor", "recipient") for n in chunks[m].senses
            ):
                return True
        return False

    def _part_in(self, sentence: Sentence, occurrence: Occurrence, k: int) -> None:
        """دور قطر في الوساطة، تورطه في التفجير: who has a part in the event is a doer of it."""
        chunks = sentence.chunks
        chunk = chunks[k]
        heads = _parts.get(chunk.prep)
        if heads is None or k == 0:
            return
        m = k - 1
        named = chunks[m] if chunks[m].gen and chunks[m].parties else None
        if named is not None:
            m -= 1
        head = chunks[m] if m >= 0 else None
        if head is None or head.kind != "np" or not (_bases(sentence, head) & heads):
            return
        found = [Reference("party", p.i, p) for p in named.parties if p.kind != "place"] if named is not None else []
        if not found and head.pronoun:
            found = [Reference("pronoun", head.i, value=head.pronoun)]
        own = occurrence.sense.noun_frame.get("gen")
        for reference in found:
            occurrence.add("mediator" if own == "mediator" else "actor", reference)
            occurrence.rules.append("part_in_event")

    def _main_subject(self, sentence: Sentence, k: int, clauses: dict[int, Clause]) -> list[Reference]:
        """The subject of the finite verb before a setting phrase, else of the one after it."""
        chunks = sentence.chunks
        for m in [*range(k - 1, -1, -1), *range(k + 1, len(chunks))]:
            if chunks[m].kind == "verb":
                clause = clauses.get(m)
                if clause is None:
                    clause = clauses[m] = read_clause(sentence, m)
                found = references(clause.subject)
                if found:
                    return found
                if m < k:
                    return [r for r in subject_references(sentence, clause) if r.kind == "null"]
        return []

    def _predicate_topic(self, chunks: list[Chunk], k: int) -> list[Reference]:
        """السعودية حريصة على، أننا متفقون: an indefinite event word after its topic in a clause without verb."""
        m = k - 1
        while m >= 0 and chunks[m].kind in ("adv", "perf", "time"):
            m -= 1
        if m < 0:
            return []
        before = chunks[m]
        if before.kind == "comp" and before.pronoun:
            return [Reference("null", before.i, value="1" if before.pronoun == "نا" else "3", number="s")]
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
        if chunk.prep_role == "purpose":
            return True
        return chunk.prep == "ل" and not chunk.definite and k > 0 and not occurrence.sentence.title and not occurrence.actors

    def _doer_before_object(
        self, sentence: Sentence, occurrence: Occurrence, frame: dict[str, str], genitive: Group | None, groups: list[Group]
    ) -> dict[str, str]:
        """قصف الجيش لمواقع، اقتحامها للمسجد، مهاجمته مركزا: where the object follows, the genitive or pronoun is the doer."""
        if frame.get("gen") != "recipient" or occurrence.sense.symmetric or not occurrence.recipients:
            return frame
        rest = [g for g in groups if g is not genitive]
        if not rest:
            return frame
        after = rest[0]
        chunk = sentence.chunks[occurrence.on]
        adjacent = after.head.i - (genitive.chunks[-1].j if genitive is not None else chunk.j) <= 1
        bare_object = not after.prep and not after.prep_role and not after.head.conj and not after.head.gen
        judged = after.prep == "ب" and occurrence.sense.type in judging and genitive is not None and genitive.has_party()  # استنكار المجلس بالتصريحات
        if adjacent and (judged or (after.prep == "ل" and frame.get("ل", "recipient") == "recipient") or (bare_object and after.has_party())):
            occurrence.actors, occurrence.recipients = occurrence.recipients, []
            occurrence.rules.append("object_follows_doer")
            if bare_object:
                for reference in references(after):
                    occurrence.add("recipient", reference)
            return {**frame, "ل": "recipient"}
        return frame

    def _noun_right(self, chunks: list[Chunk], k: int) -> int:
        """The arguments of a noun end at a verb, a subordinate clause, a mark, or a joined event noun."""
        m = k + 1
        while m < len(chunks):
            chunk = chunks[m]
            if chunk.kind in ("verb", "participle", "comp", "sub", "rel", "opener", "cue"):
                break
            if chunk.kind == "mark" and chunk.value not in "()-–":
                following = chunks[m + 1] if m + 1 < len(chunks) else None
                if not (chunk.value in "،," and following is not None and following.parties and chunks[m - 1].parties and not following.prep and following.conj == ""):
                    break
            if chunk.kind == "np" and chunk.senses and chunk.conj and not chunk.parties:
                break
            m += 1
        return m

    def _noun_left(self, chunks: list[Chunk], k: int) -> int:
        m = k - 1
        while m >= 0 and chunks[m].kind not in ("comp", "sub", "opener") and not (chunks[m].kind == "mark" and chunks[m].value not in "()-–،,"):
            m -= 1
        return m

    def _governor(self, sentence: Sentence, k: int, clauses: dict[int, Clause]) -> int | None:
        """The verb that governs an event noun: the nearest one before it in its clause, over framing nouns."""
        chunks = sentence.chunks
        for m in range(k - 1, -1, -1):
            chunk = chunks[m]
            if chunk.kind in ("verb", "participle"):
                return m
            if chunk.kind in ("comp", "sub", "opener", "rel", "cue") or (chunk.kind == "mark" and chunk.value not in "()-–،,"):
                return None
        # the verb may follow its subject noun: الغارة أسفرت
        return None

    def _describing_verb(self, sentence: Sentence, k: int) -> int | None:
        """A light verb in a relative clause right after the noun: زيارة يقوم بها، الاجتماع الذي عقده، غارة نفذتها."""
        chunks = sentence.chunks
        for m in range(k + 1, min(len(chunks), k + 5)):
            chunk = chunks[m]
            if chunk.kind == "verb":
                governs = self._governs_any(chunk)
                if chunk.verb is not None and self._citation(chunk) in _gathers:
                    return m
                if "light_verbs" not in governs:
                    return None
                pronoun = chunk.pronoun or (m + 1 < len(chunks) and chunks[m + 1].kind == "pron" and chunks[m + 1].pronoun)
                return m if pronoun else None
            if chunk.kind not in ("rel", "np", "place", "time", "adv"):
                return None
        return None

    def _citation(self, chunk: Chunk) -> str:
        """The perfect of the verb of a chunk, without vowels."""
        return fold(self.lexicon.verb_lexemes[chunk.verb.lexeme].citation.split(" ")[0]).text if chunk.verb is not None else ""

    def _described(self, sentence: Sentence, occurrence: Occurrence, at: int, clause: Clause) -> None:
        """Give the noun the subject of the light verb that describes it, and what follows that verb."""
        chunk = sentence.chunks[at]
        if chunk.verb is not None and self._citation(chunk) in _gathers:
            # اللقاء الذي جمع الرئيسين: whom it brought together are its parties; جولة تشمل الجزائر: where it leads
            toured = occurrence.sense.mode == "visit"
            for group in clause.after:
                if not group.prep or group.prep in ("مع", "بين", "ب"):
                    for reference in references(group):
                        occurrence.add("recipient" if toured else "actor", reference)
            occurrence.rules.append("meeting_brings_together")
            return
        prep = "" if chunk.pronoun else next((p.prep for p in clause.pronouns), "")
        role = self._governs(chunk, prep).get("light_verbs")
        free = [g for g in clause.after if not g.prep and not g.prep_role]
        subject = clause.subject if clause.subject in clause.after else (free[0] if free else None)
        if role is None or role in ("none", "place"):
            return
        if occurrence.actors and role == "actor" and not occurrence.sense.symmetric:
            return
        understood = self._matrix_subject(sentence, occurrence.on, {at: clause}, "s") if subject is None else []
        for reference in references(subject) if subject is not None else [r for r in understood if r.kind != "null"]:
            occurrence.add("actor" if role == "symmetric" else role, reference)
        occurrence.rules.append("relative_light_verb_gives_" + role)
        self._prepositions(occurrence, occurrence.sense.noun_frame, [g for g in clause.after if g is not subject], [])

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
        antecedent = clause.antecedent is not None and any(c is chunk for c in clause.antecedent.chunks)
        if not reach and not antecedent:
            return
        group = reach[0] if reach else None
        prep = group.prep if group is not None else ""
        if group is not None and group is clause.subject:
            return
        governs = self._governs(verb_chunk, prep)
        if "result_verbs" in governs and not occurrence.actors and clause.subject is not None and clause.subject.head.senses and not clause.subject.has_party():
            occurrence.rules.append("result_of_event")  # أسفر الاجتماع عن توافق: who met agreed
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
        by_itself = occurrence.sense.type in ("ASSAULT", "MOBILIZE") and not occurrence.sense.id.startswith("assault.casualty") and _is_force(clause.subject)
        if governs.get("aspect_verbs") == "as-is" and not occurrence.actors and by_itself:
            role = "actor"  # أعلن الجيش اقتحام معاقل: forces announce what they did
        elif governs.get("aspect_verbs") == "as-is" and (occurrence.sense.type not in announced or occurrence.actors or occurrence.sense.symmetric):
            return  # أعلن المصدر مقتل جنديين: who announces is not the doer; أعلن استقالته: he is
        own = occurrence.sense.noun_frame.get("subj")
        if own in ("mediator", "host", "recipient") and role != "place":
            role = own
        if role is None:
            return
        subjects = subject_references(sentence, clause)
        if verb.voice == "p":
            subjects = []
        if role == "symmetric":
            role = "actor"
        if role in ("none", "place"):
            return
        has_own = bool(occurrence.actors) and not occurrence.sense.symmetric
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
                for reference in references(other):
                    occurrence.add(target, reference)
        for pronoun in clause.pronouns:
            if pronoun.prep in occurrence.sense.noun_frame:
                occurrence.add(occurrence.sense.noun_frame[pronoun.prep], Reference("pronoun", pronoun.i, value=pronoun.pronoun))

    def _governs(self, chunk: Chunk, prep: str) -> dict[str, str]:
        """The classes of a verb that hold with this preposition: light_verbs -> actor and so on."""
        out: dict[str, str] = {}
        for lexeme in chunk.lexemes:
            for name, values in self.lexicon.verb_lexemes[lexeme].governs.items():
                if prep in values:
                    out.setdefault(name, values[prep])
                elif prep == "ب" and "" in values:
                    out.setdefault(name, values[""])
        return out

    # -- shared ------------------------------------------------------------------------------------------------------

    def _choose_sense(
        self, sentence: Sentence, chunk: Chunk, groups: list[Group], pronouns: list[Chunk], subject: Group | None, content: str = ""
    ) -> Sense | None:
        """Pick the sense whose conditions hold best; None where none fits. ``content`` is the preposition before أن, if any."""
        preps = {g.prep for g in groups if g.prep} | {p.prep for p in pronouns} | ({content} if content else set())
        heads: set[str] = set()
        subject_heads: set[str] = set()
        for group in groups:
            for c in (*group.chunks, *group.gens):
                heads |= _bases(sentence, c)
        if subject is not None:
            subject_heads = _bases(sentence, subject.head)
        following = sentence.words[chunk.j] if chunk.j < len(sentence.words) else None
        next_bases = {_strip(s.rest) for s in following.splits} if following is not None else set()
        own = {_strip(t.form) for t in sentence.tokens[chunk.i + 1 : chunk.j]}
        reach = None  # every word after the trigger in its clause: the object's head may stand inside another phrase
        best: Sense | None = None
        best_score = -99
        for number in chunk.senses:
            sense = self.lexicon.senses[number]
            score = 0
            if sense.if_obj:
                if not (sense.if_obj & (heads | own | next_bases)):
                    if reach is None:
                        reach = self._reach(sentence, chunk, groups)
                    if not (sense.if_obj & reach) and not any(w in self._reach_text for w in self._long_conditions(sense)):
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
            if sense.unless_obj & (heads | own | next_bases) or sense.unless_prep & preps or sense.unless_next & (next_bases | own) or sense.unless_subj & subject_heads:
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

    def _prepositions(self, occurrence: Occurrence, frame: dict[str, str], groups: list[Group], pronouns: list[Chunk]) -> None:
        sense = occurrence.sense
        sentence = occurrence.sentence
        for group in groups:
            if group.prep_role in ("actor",):
                for reference in references(group):
                    occurrence.add("actor", reference)
                occurrence.rules.append("agent_phrase")
                continue
            if group.prep_role in ("actor_more", "with"):
                if sense.symmetric or sense.type == "CONSULT" or group.prep_role == "actor_more":
                    for reference in references(group):
                        occurrence.add("actor", reference)
                continue
            if group.prep_role in ("mediator", "host", "on_behalf"):
                for reference in owners(group):  # برعاية أمريكية
                    occurrence.add(group.prep_role, reference)
                continue
            key = group.prep
            role = frame.get(key)
            if key == "ب" and sense.type == "ASSAULT" and role in (None, "none") and not occurrence.actors and group.head.party is None and self._is_weapon(sentence, group.head):
                for reference in owners(group):
                    occurrence.add("actor", reference)  # برصاص الاحتلال، بغارة إسرائيلية
                occurrence.rules.append("weapon_names_actor")
                continue
            if role is None and group.prep_role == "recipient":
                role = "recipient" if not sense.symmetric else None
            if role is None and group.prep_role == "about":
                role = "about"
            if role is None or role == "none":
                continue
            if role == "place" or self._is_setting(sense, group):
                continue
            for reference in self._fillers(sense, role, group):
                occurrence.add(role, reference)
        for pronoun in pronouns:
            role = frame.get(pronoun.prep)
            if role in ("actor", "recipient"):
                occurrence.add(role, Reference("pronoun", pronoun.i, value=pronoun.pronoun))

    def _is_weapon(self, sentence: Sentence, chunk: Chunk) -> bool:
        table = self.evidence.get("ASSAULT", {})
        return any(b in table for b in _bases(sentence, chunk))

    def _fillers(self, sense: Sense, role: str, group: Group) -> list[Reference]:
        """Return who fills a role with this group: for judgements its owner, for attacks a town too."""
        if role == "recipient" and sense.type in judging:
            return owners(group)
        return references(group, places=role == "recipient" and sense.type in suffered)

    def _is_setting(self, sense: Sense, group: Group) -> bool:
        """بالخرطوم، في باريس: a state or capital after ب or في is where, not who."""
        party = group.head.party
        return group.prep in ("ب", "في") and party is not None and party.kind == "state" and sense.type in ("CONSULT", "ASSAULT", "PROTEST", "COERCE", "MOBILIZE")

    def _before(self, occurrence: Occurrence, frame: dict[str, str], groups: list[Group]) -> None:
        """Prepositional phrases before the verb may fill its slots too (مع نظيره بحث)."""
        for group in groups:
            if group.prep_role in ("mediator", "on_behalf"):
                for reference in owners(group):
                    occurrence.add(group.prep_role, reference)

    def _context(self, occurrence: Occurrence, left: int, right: int) -> None:
        """Find mode evidence, time chunks and the place in the clause."""
        sentence = occurrence.sentence
        chunks = sentence.chunks
        for m in range(max(0, left), min(len(chunks), right + 1)):
            if chunks[m].kind == "time":
                occurrence.times.append(m)
        occurrence.span = (left, right)
        for m in range(max(0, left), min(len(chunks), right + 1)):
            chunk = chunks[m]
            if occurrence.place is None and m > left and chunk.kind in ("np", "place") and chunk.prep in ("في", "ب", "قرب", "داخل", "شمال", "جنوب", "غرب", "شرق", "وسط", "الي"):
                party = chunk.party
                if party is not None and (party.kind in ("place", "state") or party.way == "capital") and (chunk.prep != "الي" or occurrence.sense.mode == "visit"):
                    occurrence.place = (party.i, party.j)
        if occurrence.mode is None:
            table = self.evidence.get(occurrence.sense.type)
            if table:
                occurrence.mode = self._mode(sentence, occurrence, table, chunks, left, right)

    def _mode(self, sentence: Sentence, occurrence: Occurrence, table: dict[str, str], chunks: list[Chunk], left: int, right: int) -> str | None:
        start = chunks[max(0, left)].i if chunks else 0
        stop = chunks[min(len(chunks) - 1, right)].j if chunks else 0
        at = occurrence.trigger[0]
        best: tuple[int, str] | None = None
        for t in range(start, stop):
            word = sentence.words[t]
            if word is None:
                continue
            for split in word.splits:
                mode = table.get(_strip(split.rest)) or table.get(split.rest)
                if mode is not None and (best is None or abs(t - at) < best[0]):
                    best = (abs(t - at), mode)
        return best[1] if best is not None and best[0] <= 12 else None

    def _content(self, sentence: Sentence, k: int, clause: Clause) -> set[int]:
        """Chunks that hold what a demand, offer or threat is about."""
        chunks = sentence.chunks
        out: set[int] = set()
        for m in range(k + 1, clause.right):
            if chunks[m].kind == "np" and chunks[m].senses and chunks[m].prep_role not in ("setting", "cause"):
                out.add(m)
        if clause.right < len(chunks) and chunks[clause.right].kind == "comp":
            m = clause.right + 1
            while m < len(chunks) and chunks[m].kind not in ("sub", "opener", "cue", "participle") and not (chunks[m].kind == "mark" and chunks[m].value not in "()-–"):
                if chunks[m].senses and not (chunks[m].kind == "verb" and chunks[m].verb is not None and chunks[m].verb.tense == "perfect"):
                    out.add(m)
                m += 1
        return out

    def _noun_content(self, sentence: Sentence, k: int) -> set[int]:
        chunks = sentence.chunks
        out: set[int] = set()
        for m in range(k + 1, self._noun_right(chunks, k)):
            if chunks[m].kind == "np" and chunks[m].senses and not chunks[m].parties and (chunks[m].prep or chunks[m].gen):
                out.add(m)
        return out

    def _keep(self, occurrence: Occurrence) -> bool:
        sense = occurrence.sense
        if "result_of_event" in occurrence.rules:
            return True
        if sense.type == "CONSULT" and sense.mode not in ("visit", "phone"):
            known = [r for r in (*occurrence.actors, *occurrence.recipients) if r.kind != "null"]
            several = any(r.kind == "pronoun" and r.value in ("هما", "هم") or (r.party is not None and r.party.number != "s") for r in known)
            if len(known) + sum(r.kind == "null" for r in occurrence.actors) < 2 and not several and not occurrence.third:
                return False
        if occurrence.has_party():
            return True
        if any(r.kind == "null" for r in occurrence.actors) and occurrence.sentence.chunks[occurrence.on].kind != "np":
            return occurrence.sense.type not in ("CONSULT",)
        return sense.type in partyless and bool(occurrence.times or occurrence.place)


def _strip(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _is_force(group: Group | None) -> bool:
    parties = group_parties(group)
    return bool(parties) and all(p.sector in ("MIL", "REB", "COP") or p.kind == "force" for p in parties)


def _bases(sentence: Sentence, chunk: Chunk) -> set[str]:
    """The head word of a chunk without clitics and article, in every way it can be split."""
    word = sentence.words[chunk.i]
    return set(word.bases) if word is not None else set()


__all__ = ["EventReader", "Occurrence", "controlling", "group_parties", "speech_acts"]
