"""Fill the slots of an event from the phrases of its clause, and read its place, its times and its mode."""

from __future__ import annotations

from collections.abc import Mapping

from rawi.extract.occurrences import Occurrence, bases, judging, strip_article, suffered
from rawi.extract.targets import find_targets
from rawi.extract.timing import own_times
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.clauses import Group
from rawi.syntax.references import Reference, owners, references
from rawi.syntax.sentence import Chunk, Sentence
from rawi.text.fold import fold

_drones = {"مسيره", "مسيرات", "مسيرتان", "مسيرتين", "درون"}


class Slots:
    """Fills slots with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon
        evidence = lexicon.ontology.get("mode_evidence") or {}
        self.evidence: dict[str, dict[str, str]] = {}
        self.suffers = {n: s.noun_frame.get("gen") == "recipient" for n, s in enumerate(lexicon.senses)}
        for event_type, modes in evidence.items():
            table: dict[str, str] = {}
            for mode, words in modes.items():
                for word in words:
                    table.setdefault(word.strip(), mode)
            self.evidence[event_type] = table

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
        sense = occurrence.sense
        sentence = occurrence.sentence
        last = ""
        for n, group in enumerate(groups):
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
            if key == "مثل" and last:
                role = last  # جماعات مسلحة مثل حماس
            if (
                key == "ب"
                and sense.type == "ASSAULT"
                and role in (None, "none")
                and not occurrence.actors
                and group.head.party is None
                and self.is_weapon(sentence, group.head)
            ):
                armed = owners(group)
                if not armed and n + 1 < len(groups) and groups[n + 1].prep == "ل":
                    armed = references(groups[n + 1])  # بغارات للتحالف
                for reference in armed:
                    occurrence.add("actor", reference)  # برصاص الاحتلال، بغارة إسرائيلية
                occurrence.rules.append("weapon_names_actor")
                continue
            if role is None and group.prep_role == "support" and frame.get("ب") == "recipient":
                role = "recipient"  # التزم بدعم الأردن
            if role is None and group.prep_role == "recipient":
                role = "recipient" if not sense.symmetric else None
            if role is None and group.prep_role == "about":
                role = "about"
            if role is None or role == "none":
                continue
            if role == "place" or self._is_setting(sense, group):
                continue
            last = role
            for reference in self.fillers(sense, role, group):
                occurrence.add(role, reference)
        for pronoun in pronouns:
            role = frame.get(pronoun.prep)
            if role in ("actor", "recipient"):
                occurrence.add(role, Reference("pronoun", pronoun.i, value=pronoun.pronoun))

    def is_weapon(self, sentence: Sentence, chunk: Chunk) -> bool:
        table = self.evidence.get("ASSAULT", {})
        return any(b in table for b in bases(sentence, chunk))

    def fillers(self, sense: Sense, role: str, group: Group) -> list[Reference]:
        """Return who fills a role with this group: for judgements its owner, for attacks a town too."""
        if role == "recipient" and sense.type in judging:
            return owners(group)
        return references(group, places=role == "recipient" and (sense.type in suffered or sense.mode == "access"))

    def _is_setting(self, sense: Sense, group: Group) -> bool:
        """بالخرطوم، في باريس: a state or capital after ب or في is where, not who."""
        party = group.head.party
        if sense.mode == "visit" and sense.frame.get(group.prep) == "recipient":
            return False  # حل بالجزائر
        return (
            group.prep in ("ب", "في")
            and party is not None
            and party.kind == "state"
            and sense.type in ("CONSULT", "ASSAULT", "PROTEST", "COERCE", "MOBILIZE")
        )

    def before(self, occurrence: Occurrence, frame: Mapping[str, str], groups: list[Group]) -> None:
        """Prepositional phrases before the verb may fill its slots too (مع نظيره بحث)."""
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
        for m in range(max(0, left), min(len(chunks), right + 1)):
            chunk = chunks[m]
            if (
                occurrence.place is None
                and m > left
                and chunk.kind in ("np", "place")
                and chunk.prep in ("في", "ب", "قرب", "داخل", "شمال", "جنوب", "غرب", "شرق", "وسط", "الي")
            ):
                party = chunk.party
                if (
                    party is not None
                    and (party.kind in ("place", "state") or party.way == "capital")
                    and (chunk.prep != "الي" or occurrence.sense.mode == "visit")
                ):
                    occurrence.place = (party.i, party.j)
        if occurrence.mode == "aerial" and self._flown_by_drone(sentence, occurrence):
            occurrence.mode = "drone"
        if occurrence.mode is None:
            table = self.evidence.get(occurrence.sense.type)
            if table:
                occurrence.mode = self._mode(sentence, occurrence, table, chunks, left, right)

    def _flown_by_drone(self, sentence: Sentence, occurrence: Occurrence) -> bool:
        """نفذت طائرة مسيرة غارة: the aircraft that strikes is a drone."""
        return any(
            t.form.removeprefix("ال") in _drones
            for r in occurrence.actors
            if r.party is not None
            for t in sentence.tokens[r.party.i : r.party.j]
        )

    def _mode(
        self,
        sentence: Sentence,
        occurrence: Occurrence,
        table: dict[str, str],
        chunks: list[Chunk],
        left: int,
        right: int,
    ) -> str | None:
        start = chunks[max(0, left)].i if chunks else 0
        stop = chunks[min(len(chunks) - 1, right)].j if chunks else 0
        at = occurrence.trigger[0]
        best: tuple[int, str] | None = None
        for t in range(start, stop):
            word = sentence.words[t]
            if word is None:
                continue
            for split in word.splits:
                mode = table.get(strip_article(split.rest)) or table.get(split.rest)
                if mode is not None and (best is None or abs(t - at) < best[0]):
                    best = (abs(t - at), mode)
        return best[1] if best is not None and best[0] <= 12 else None
