"""Say whom a surname means that several office holders bear (عون، بوش، مودي)."""

from __future__ import annotations

from collections.abc import Collection

from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled, Entity, Name
from rawi.text.fold import fold

# Offices by how much news they make; the first word decides, with the second where the first is general.
_first = (
    "الرييس",
    "رييس الوزراء",
    "رييس الحكومه",
    "رييس الجمهوريه",
    "الملك",
    "ولي العهد",
    "المرشد",
    "الامير",
    "امير",
    "السلطان",
    "المستشار",
)
_second = ("وزير الخارجيه", "وزير الدفاع", "الامين العام", "رييس البرلمان", "رييس مجلس")
_proclitics = "وفبلك"


def bearer_of(
    lexicon: Compiled, form: str, country: str | None, day: str | None, introduced: Collection[str]
) -> str | None:
    """Return the entity that a surname means, or None where at most one person bears it.

    Who was introduced before; else, of the country that the title says, who holds office on ``day`` (ISO, of any
    precision); of those who has the higher office.
    """
    found = _bearers(lexicon, form)
    if len(found) < 2:
        return None
    for entity in found:
        if entity.id in introduced:
            return entity.id
    return max(found, key=lambda e: (country is not None and _serves(e, country), *_rank(e, day))).id


def _bearers(lexicon: Compiled, form: str) -> list[Entity]:
    for spelling in (form, form[1:] if form[:1] in _proclitics else ""):
        node = lexicon.names.get(spelling)
        payloads = node.get(end) if isinstance(node, dict) else None
        ids = dict.fromkeys(p.entity for p in payloads or () if isinstance(p, Name) and p.way == "surname")
        if ids:
            return [lexicon.entities[i] for i in ids]
    return []


def _serves(entity: Entity, country: str) -> bool:
    return entity.country == country or any(term[1] == country for term in entity.terms)


def _rank(entity: Entity, day: str | None) -> tuple[bool, int, str]:
    """Whether an office is held on the day, how high the highest is, and when the last ended."""
    day = day or "9999"
    best: tuple[bool, int, str] = (False, 0, "")
    for office, _country, _sector, _body, since, until in entity.terms:
        begins = (since or "0000")[: len(day)]
        holds = begins <= day and (until is None or day <= until + "~")
        past = begins <= day
        name = fold(office).text
        level = 3 if name.startswith(_first) else 2 if name.startswith(_second) else 1
        best = max(best, (holds, level if past else 0, until or "9999"))
    return best
