"""Fill the slots of an event from the phrases of its clause, and read its place, its times and its mode."""

from __future__ import annotations

from collections.abc import Mapping

from rawi.extract.occurrences import Occurrence, bases, done_by_force, judging, partyless, strip_article, suffered
from rawi.extract.targets import find_targets
from rawi.extract.timing import own_times
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.groups import Group
from rawi.syntax.party import Party
from rawi.syntax.references import Reference, owners, references
from rawi.syntax.sentence import Chunk, Sentence
from rawi.text.fold import fold

_towns = frozenset(("مدينه", "بلده", "قريه", "محافظه", "ولايه", "منطقه", "عاصمه", "العاصمه"))
_phrases_with_role = frozenset(("actor", "actor_more", "with", "mediator", "host", "on_behalf"))
_farthest = 12  # words between a trigger and the evidence of its mode
_before_places = ("في", "ب", "قرب", "داخل", "شمال", "جنوب", "غرب", "شرق", "وسط", "الي")
_drones = {"مسيره", "مسيرات", "مسيرتان", "مسيرتين", "درون"}


class Slots:
    """Fills slots with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon
        evidence = lexicon.ontology.get("mode_evidence") or {}
        self.evidence: dict[str, dict[str, str]] = {}
        self.heads: dict[str, frozenset[str]] = {}  # with what word evidence of a mode begins
        self.suffers = {n: s.noun_frame.get("gen") == "recipient" for n, s in enumerate(lexicon.senses)}
        for event_type, modes in evidence.items():
            table: dict[str, str] = {}
            for mode, words in modes.items():
                for word in words:
                    table.setdefault(" ".join(strip_article(w) for w in word.split()), mode)
                    table.setdefault(word.strip(), mode)
            self.evidence[event_type] = table
            self.heads[event_type] = frozenset(word.split(" ")[0] for word in table)

    def governs_any(self, chunk: Chunk) -> dict[str, dict[str, str]]:
        return self.lexicon.verb_lexemes[chunk.verb.lexeme].governs if chunk.verb is not None else {}

    def governs(self, chunk: Chunk, prep: str) -> dict[str, str]:
        """The classes of a verb that hold with this preposition: light_verbs -> actor and so on."""
        out: dict[str, str] = {}
        for lexeme in chunk.lexemes:
            for name, values in self.lexicon.verb_lexemes[lexeme].governs.items():
                if prep in values:
                    out.setdefault(name, values[prep])
                elif prep == "ب" and "" in values:
                    out.setdefault(name, values[""])
        return out

    def citation(self, chunk: Chunk) -> str:
        """The perfect of the verb of a chunk, without vowels."""
        return (
            fold(self.lexicon.verb_lexemes[chunk.verb.lexeme].citation.split(" ")[0]).text
            if chunk.verb is not None
            else ""
        )

    def prepositions(
        self, occurrence: Occurrence, frame: Mapping[str, str], groups: list[Group], pronouns: list[Chunk]
    ) -> None:
        """Fill the roles that ``frame`` gives to the prepositions of phrases and pronouns, and those that phrases name themselves."""
        sense = occurrence.sense
        last = before = taken = ""
        by_noun = occurrence.sentence.chunks[occurrence.on].kind == "np"
        for n, group in enumerate(groups):
            before, nearer = group.prep or group.prep_role or "-", before
            if group.prep_role in _phrases_with_role:
                _read_role_phrase(occurrence, group)
                continue
            if self._weapon_names_actor(occurrence, frame, groups, n):
                continue
            role = self._role(occurrence, frame, groups, group, last=last, nearer=nearer)
            if role is None or role == "none" or role == "place" or self._is_setting(sense, group):
                continue
            if group.prep == "ل" and role == "actor":
                if occurrence.actors and not sense.symmetric:
                    continue  # نظمت التنسيقية وقفة ... لمطالبة الحزب: who acts is told already
                if not group.has_party():
                    continue  # مظاهرة ... لحقوق الإنسان
            again = role == last == "recipient" and group.prep != taken
            if again and sense.type == "SUPPORT" and occurrence.recipients:
                continue  # ثقتهم بقدرات الجيش في ردع المتمردين
            last, taken = role, group.prep
            for reference in self.fillers(sense, role, group):
                occurrence.add(role, reference)
        for pronoun in pronouns:
            role = frame.get(pronoun.prep)
            if by_noun and pronoun.i - occurrence.trigger[1] > 3:
                continue  # على الفصل المشار إليه: the pronoun of another phrase
            if role in ("actor", "recipient"):
                occurrence.add(role, Reference("pronoun", pronoun.i, value=pronoun.pronoun))

    def _weapon_names_actor(
        self, occurrence: Occurrence, frame: Mapping[str, str], groups: list[Group], n: int
    ) -> bool:
        """برصاص الاحتلال، بغارة إسرائيلية: whose the weapon is attacks; say whether the phrase is a weapon."""
        group = groups[n]
        if (
            group.prep != "ب"
            or occurrence.sense.type != "ASSAULT"
            or occurrence.actors
            or frame.get("ب", "none") != "none"
            or group.head.party is not None
            or not self.is_weapon(occurrence.sentence, group.head)
        ):
            return False
        armed = owners(group)
        if not armed and n + 1 < len(groups) and groups[n + 1].prep == "ل":
            armed = references(groups[n + 1])  # بغارات للتحالف
        for reference in armed:
            occurrence.add("actor", reference)
        occurrence.rules.append("weapon_names_actor")
        return True

    def _role(
        self,
        occurrence: Occurrence,
        frame: Mapping[str, str],
        groups: list[Group],
        group: Group,
        *,
        last: str,
        nearer: str,
    ) -> str | None:
        """The role of a phrase by its preposition; ``last`` is the role filled last, ``nearer`` the preposition before."""
        sense, key = occurrence.sense, group.prep
        role = last if key == "مثل" and last else frame.get(key)  # جماعات مسلحة مثل حماس
        if key == "ل" and not occurrence.actors:
            if role == "recipient" and sense.mode == "visit" and any(g.prep == "الي" for g in groups):
                party = group.head.party
                if party is not None and party.kind in ("role", "person", "people"):
                    return "actor"  # زيارة لمفتشي الوكالة إلى المنشأة
            if role is None and nearer in ("", "-", "ب") and self._armed_doer(occurrence, group):
                return "actor"  # هجوم لحركة الشباب على قاعدة، غارة لطائرات التحالف
            if role == "recipient" and self._armed_doer(occurrence, group) and _is_force(group):
                return "actor"  # قصف لقوات الدعم السريع على المدينة
        if role is not None:
            return role
        if group.prep_role == "support" and frame.get("ب") == "recipient":
            return "recipient"  # التزم بدعم الأردن
        if group.prep_role == "recipient":
            return None if sense.symmetric or (sense.type == "ACCUSE" and occurrence.recipients) else "recipient"
        return "about" if group.prep_role == "about" else None

    def _armed_doer(self, occurrence: Occurrence, group: Group) -> bool:
        """Whether a phrase with ل after a noun of attack names who attacks: people or forces, not what is hit."""
        party = group.head.party
        return (
            party is not None
            and occurrence.sense.type == "ASSAULT"
            and (done_by_force(occurrence.sense) or occurrence.sense.id.startswith("assault.suicide"))
            and occurrence.sentence.chunks[occurrence.on].kind == "np"
            and not party.thing
            and (
                party.kind == "force"
                or party.sector in ("MIL", "REB")
                or (party.kind == "people" and not party.definite)
            )
        )

    def is_weapon(self, sentence: Sentence, chunk: Chunk) -> bool:
        """Whether a noun is evidence of how an attack was made (غارة، مسيرة، رصاص)."""
        table = self.evidence.get("ASSAULT", {})
        return any(b in table for b in bases(sentence, chunk))

    def fillers(self, sense: Sense, role: str, group: Group) -> list[Reference]:
        """Return who fills a role with this group: for judgements its owner, for attacks a town too."""
        if role == "recipient" and sense.type in ("ACCUSE", "REQUEST") and self._suffers_act(group):
            return []  # أدانت احتلال السفارة، طالب بمحاسبة الوزير: who suffers the act is neither condemned nor asked
        if role == "recipient" and sense.type in judging:
            return owners(group)
        return references(group, places=role == "recipient" and (sense.type in suffered or sense.mode == "access"))

    def _suffers_act(self, group: Group) -> bool:
        """Whether the parties of a group are only those to whom its event noun is done."""
        if group.has_party() or group.head.nisba is not None:
            return False
        last = happens = False
        for chunk in (group.head, *group.gens):
            if chunk.parties:
                forces = chunk.party is not None and chunk.party.sector in ("MIL", "REB")
                placed = happens and chunk.party is not None and chunk.party.kind == "state"  # هجوم مقديشو
                return False if forces else last or placed
            happens = any(self.lexicon.senses[n].type in partyless for n in chunk.senses)
            last = bool(chunk.senses) and all(
                self.lexicon.senses[n].noun_frame.get("gen") == "recipient" for n in chunk.senses
            )
        return False

    def _is_setting(self, sense: Sense, group: Group) -> bool:
        """بالخرطوم، في باريس: a state or capital after ب or في is where, not who."""
        party = group.head.party
        if sense.mode == "visit" and sense.frame.get(group.prep) == "recipient":
            return False  # حل بالجزائر
        return (
            group.prep in ("ب", "في")
            and party is not None
            and (party.kind == "state" or party.thing)
            and sense.type in ("CONSULT", "ASSAULT", "PROTEST", "COERCE", "MOBILIZE")
        )

    def refused(self, occurrence: Occurrence, groups: list[Group]) -> None:
        """رفضت طهران التفاوض مع واشنطن، هدد بقطع الهدنة مع أنقرة: who is told of in what is refused or threatened is refused it or threatened."""
        for group in groups:
            if group.prep_role in ("setting", "cause", "about", "means", "place") or group.prep in (
                "في",
                "خلال",
                "منذ",
            ):
                continue
            for chunk in (*group.chunks, *group.gens):
                found = [
                    p for p in chunk.parties
                    if p.kind != "place" and not p.head and all(r.party is not p for r in occurrence.actors) and (p.kind != "state" or group.prep != "ب")
                ]  # fmt: skip
                if found:
                    for party in found:
                        occurrence.add("recipient", Reference("party", party.i, party))
                    occurrence.rules.append("content_names_recipient")
                    return

    def before(self, occurrence: Occurrence, groups: list[Group]) -> None:
        """Take from the phrases before a verb who mediates, and on whose behalf it is done (بوساطة قطرية بحث)."""
        for group in groups:
            if group.prep_role in ("mediator", "on_behalf"):
                for reference in owners(group):
                    occurrence.add(group.prep_role, reference)

    def context(self, occurrence: Occurrence, left: int, right: int) -> None:
        """Find mode evidence, time chunks and the place in the clause."""
        find_targets(occurrence, self.suffers)
        sentence = occurrence.sentence
        chunks = sentence.chunks
        for m in range(max(0, left), min(len(chunks), right + 1)):
            if chunks[m].kind == "time":
                occurrence.times.append(m)
        occurrence.own_times = own_times(sentence, self.lexicon, occurrence.on, occurrence.sense)
        occurrence.span = (left, right)
        if occurrence.place is None:
            occurrence.place = _place(occurrence, left, right)
        if occurrence.mode == "aerial" and self._flown_by_drone(sentence, occurrence):
            occurrence.mode = "drone"
        if occurrence.mode is None:
            table = self.evidence.get(occurrence.sense.type)
            if table:
                occurrence.mode = self._mode(sentence, occurrence, table, left, right)
            if occurrence.mode is None:
                occurrence.mode = _usual_mode(occurrence.sense)

    def _flown_by_drone(self, sentence: Sentence, occurrence: Occurrence) -> bool:
        """نفذت طائرة مسيرة غارة: the aircraft that strikes is a drone."""
        return any(
            t.form.removeprefix("ال") in _drones
            for r in occurrence.actors
            if r.party is not None
            for t in sentence.tokens[r.party.i : r.party.j]
        )

    def _mode(
        self, sentence: Sentence, occurrence: Occurrence, table: dict[str, str], left: int, right: int
    ) -> str | None:
        """The mode that the evidence nearest to the trigger speaks for."""
        chunks = sentence.chunks
        at = occurrence.trigger[0]
        start = max(chunks[max(0, left)].i, at - _farthest)
        stop = chunks[min(len(chunks) - 1, right)].j
        doers: list[Party] = []
        if occurrence.sense.type == "MOBILIZE":  # what is moved says more than who moves it
            doers = [r.party for r in occurrence.actors if r.party is not None]
        nearest = _farthest + 1
        best: str | None = None
        heads = self.heads[occurrence.sense.type]
        for t in range(start, min(stop, at + nearest)):
            word = sentence.words[t]
            if word is None:
                continue
            far = abs(t - at) + (8 if any(p.i <= t < p.j for p in doers) else 0)
            if far >= nearest:
                continue
            owned = any(n.pronoun for n in word.nouns)
            for split in word.splits:
                begins = split.rest in heads or strip_article(split.rest) in heads
                mode = _evidence(sentence, t, stop, split.rest, table) if begins else None
                if mode is None and owned:
                    mode = next((table[b] for b in sorted(word.bases) if b in table), None)  # دباباتهم
                if mode is not None:
                    best, nearest = mode, far
                    break
        return best


def _place(occurrence: Occurrence, left: int, right: int) -> tuple[int, int] | None:
    """Where it happens: the first place named after the trigger, else the first before it in the clause."""
    sentence = occurrence.sentence
    chunks = sentence.chunks
    after = range(occurrence.on + 1, min(len(chunks), right + 1))
    before = range(max(0, left), min(len(chunks), occurrence.on + 1))
    for m in (*after, *before):
        chunk = chunks[m]
        if m <= left or chunk.kind not in ("np", "place") or chunk.prep not in _before_places:
            continue
        party = chunk.party
        if {sentence.tokens[chunk.i].form, sentence.tokens[chunk.j - 1].form} & _towns and m + 1 < len(chunks):
            following = chunks[m + 1]  # في مدينة جدة، في العاصمة الألمانية برلين
            if following.kind in ("np", "place") and not following.prep and following.party is not None:
                party = following.party
        elif party is None and m + 1 < len(chunks) and chunks[m + 1].gen and m + 1 <= right:
            party = chunks[m + 1].party  # في مدينة الموصل
        if (
            party is not None
            and (party.kind in ("place", "state") or party.way == "capital")
            and (chunk.prep != "الي" or occurrence.sense.mode == "visit")
        ):
            return party.i, party.j
    return None


def _read_role_phrase(occurrence: Occurrence, group: Group) -> None:
    """من جانب مسلحين، بمشاركة تركيا، برعاية أمريكية: a phrase that says itself what its party does."""
    sense = occurrence.sense
    if group.prep_role == "actor":
        for reference in references(group):
            occurrence.add("actor", reference)
        occurrence.rules.append("agent_phrase")
    elif group.prep_role in ("actor_more", "with"):
        if sense.symmetric or sense.type == "CONSULT" or group.prep_role == "actor_more":
            if not occurrence.actors:
                occurrence.rules.append("only_participants")
            for reference in references(group):
                occurrence.add("actor", reference)
    else:
        for reference in owners(group):
            occurrence.add(group.prep_role, reference)


def _evidence(sentence: Sentence, t: int, stop: int, first: str, table: dict[str, str]) -> str | None:
    """The mode that the phrase of up to three words from token ``t`` is evidence of; the longest phrase counts."""
    forms = [strip_article(first), *(strip_article(k.form) for k in sentence.tokens[t + 1 : min(stop, t + 3)])]
    for n in range(len(forms), 0, -1):
        phrase = " ".join(forms[:n])
        mode = table.get(phrase) or (table.get(first) if n == 1 else None)
        if mode is not None:
            ceased = any(
                k.form.lstrip("لوب") in ("قف", "قفا") for k in sentence.tokens[max(0, t - 2) : t]
            )  # وقف إطلاق النار
            spoken = forms[0] == "موتمر" and len(forms) > 1 and forms[1] in ("صحفي", "صحافي")
            return None if ceased or spoken else mode
    return None


def _usual_mode(sense: Sense) -> str | None:
    """What is asked for is mostly that something be done otherwise; what is moved up, troops."""
    if sense.type == "REQUEST" and not sense.id.startswith("request.warn"):
        return "change"
    return "troops" if sense.id.startswith("mobilize.troops") else None


def _is_force(group: Group) -> bool:
    party = group.head.party
    return party is not None and party.sector in ("MIL", "REB") and party.kind != "place"
