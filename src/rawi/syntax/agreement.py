"""Gender and number of parties, and whether a verb form can have a party as its subject."""

from __future__ import annotations

from rawi.syntax.groups import Group
from rawi.syntax.party import Party
from rawi.syntax.sentence import Chunk, Sentence

# States whose names are masculine; the others and all capitals are feminine.
_masculine_states = frozenset(["IRQ", "LBN", "JOR", "MAR", "YEM", "VAT"])
# Newsrooms differ: السودان قال, السودان قالت.
_of_either_gender = frozenset(
    ["SDN", "SOM", "MLI", "TCD", "NER", "COG", "COD", "SEN", "SSD", "KWT", "BHR", "GAB", "BEN"]
)


def gender_of(group: Group) -> str:
    """Return m, f or '' (unknown) for the head of a group."""
    party = group.head.party
    if party is None or group.head.quant:
        return ""  # وجه 29 شخصية رسالة: before what is counted the verb may stand in either gender
    return party_gender(party)


def party_gender(party: Party) -> str:
    """Return m, f or '' (unknown) for a party, as far as its kind and its first noun tell."""
    if party.kind == "state":
        if party.way not in ("name", "capital"):
            return ""
        if party.way == "name" and party.country in _of_either_gender:
            return ""
        return "m" if party.way == "name" and party.country in _masculine_states else "f"
    if party.kind in ("role",) and party.number == "s":
        if party.feminine:
            return "f"
        return "m" if not party.vague else ""
    if party.kind in ("org", "force", "people") and party.number == "s" and party.feminine is not None:
        named = party.kind == "people" and party.name is not None  # المدرس فلان is one man, عناصر are not
        return "f" if party.feminine else "m" if named else ""
    if party.kind == "person":
        return ""
    return ""


def agrees(group: Group, gender: str, number: str, *, after: bool) -> bool:
    """Say whether a group can be the subject of a verb form, by number before the verb and gender after it."""
    party = group.head.party
    if after:
        if number in ("p",):
            return False
        if number == "d":
            return False
        noun = gender_of(group)
        return not noun or noun == gender or (len(group.chunks) > 1 and gender == "m")
    if party is None:
        return True
    if number == "p" and len(group.chunks) == 1 and party.number == "s" and party.kind in ("role", "person", "state"):
        return False
    return True


def oblique(sentence: Sentence, chunk: Chunk) -> bool:
    """حذر المشرعين: a sound plural or dual in ين is never the subject of the verb before it."""
    party = chunk.party
    if party is None or chunk.quant or party.number not in ("p", "d") or party.kind not in ("role", "people", "force"):
        return False
    word = sentence.words[party.i]
    return word is not None and word.form.endswith("ين") and any(n.number in ("p", "d") for n in word.nouns)


def indefinite(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a party is indefinite by its first noun: متحدث باسم الوزارة, not وزير الخارجية."""
    party = chunk.party
    if party is None or not chunk.definite:
        return party is not None
    second = sentence.tokens[party.i + 1].form if party.j > party.i + 1 else ""
    return not sentence.tokens[party.i].form.removeprefix("ب").startswith("ال") and second in (
        "باسم",
        "في",
        "من",
        "لدي",
    )
