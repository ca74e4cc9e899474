"""What fills a role before the article is resolved: a party that is named, a pronoun, or nothing (an understood subject)."""

from __future__ import annotations

from rawi.syntax.clauses import Clause
from rawi.syntax.groups import Group
from rawi.syntax.party import Party
from rawi.syntax.sentence import Chunk, Sentence

_pronoun_gender = {"ه": "m", "ها": "f"}


class Reference:
    """A role filler. ``kind`` is party, pronoun, null or nisba; ``at`` is the token where it stands."""

    __slots__ = ("at", "country", "gender", "kind", "number", "party", "value")

    def __init__(
        self, kind: str, at: int, party: Party | None = None, value: str = "", number: str = "", gender: str = ""
    ) -> None:
        self.kind, self.at, self.party, self.value, self.number = kind, at, party, value, number
        self.gender = gender if kind != "pronoun" else _pronoun_gender.get(value, "")
        self.country: str | None = None

    def __repr__(self) -> str:
        return f"{self.kind}:{self.party or self.value}"


def group_parties(group: Group | None) -> list[Party]:
    """Return the parties of a group: its own, or where its head names none, those of its genitives."""
    if group is None:
        return []
    found = [p for c in group.chunks for p in c.parties]
    if not found:
        found = [p for c in group.gens for p in c.parties]
    return found


def references(group: Group | None, *, places: bool = False) -> list[Reference]:
    """Return a group as role fillers; ``places`` lets towns stand for their people."""
    return [Reference("party", p.i, p) for p in group_parties(group) if places or p.kind != "place"]


def nation_on(chunk: Chunk) -> list[Reference]:
    """Return the state that the nisba on a noun names, as a role filler (مسيرة أوكرانية)."""
    nisba = chunk.nisba
    return [Reference("nisba", chunk.nisba_at, value=nisba)] if nisba is not None and len(nisba) == 3 else []


def owners(group: Group | None) -> list[Reference]:
    """Return whose act or thing a group is about: its parties, else the nisba or pronoun on it (القصف التركي، سياسته)."""
    found = references(group)
    if found or group is None:
        return found
    for chunk in (*group.chunks, *group.gens):
        if chunk.nisba is not None:
            return [Reference("nisba", chunk.nisba_at, value=chunk.nisba)]
    return []


def subject_references(sentence: Sentence, clause: Clause) -> list[Reference]:
    """Return the subject of a verb as role fillers; an understood subject is one reference of kind null."""
    if clause.subject is not None:
        found = references(clause.subject)
        if found:
            return found
        if clause.subject.head.pronoun:
            return [Reference("pronoun", clause.subject.head.i, value=clause.subject.head.pronoun)]
        return []
    verb = sentence.chunks[clause.verb].verb
    number = verb.number if verb is not None else "s"
    person = str(verb.person) if verb is not None else "3"
    gender = verb.gender if verb is not None and number == "s" else ""
    return [Reference("null", sentence.chunks[clause.verb].i, value=person, number=number, gender=gender)]


def pronoun_reference(chunk: Chunk) -> Reference:
    """Return the pronoun attached to a chunk as a role filler."""
    return Reference("pronoun", chunk.i, value=chunk.pronoun)
