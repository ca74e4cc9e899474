"""Whether two mentions name one party: by entity, then by country and sector, then by name."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from rawi.ledger.words import bare, surface
from rawi.model import Actor

# Words of a name that say what somebody is, not who.
_generic = frozenset(
    bare(word)
    for word in surface(
        "السيد السيدة الدكتور الشيخ الأمير الملك سمو صاحب الجلالة معالي سعادة فخامة العام عام الأعلى في من على إلى عن بن ابن آل باسم لدى"
    )
)
# What an act is done with: a report that names only these names nobody, whatever country the coder takes them to be of.
_means = frozenset(
    bare(word)
    for word in surface(
        """طائرة طائرات طائرتان طائرتين مسيرة مسيرات مسيرتان مسيرتين حربية انتحارية مفخخة مفخختان درون مدفعية مدافع صاروخ صواريخ صاروخان صاروخين قذيفة قذائف
        هاون مقاتلة مقاتلات مروحية مروحيات دبابة دبابات زورق زوارق مجهولة سيارة سيارات عبوة عبوات ناسفة لغم ألغام قصف غارة غارات رصاص نيران"""
    )
)
# What acts for the state: a report that has the army and one that has the government may tell one event.
_state_sectors = frozenset({"GOV", "MIL", "SPY", "COP", "JUD", "LEG"})
_people_sectors = frozenset({"CVL", "OPP", "NGO", "PTY"})

same = 0.5  # at this level and above two mentions may be of one party


class Party(msgspec.Struct, frozen=True, array_like=True):
    """A party as merging sees it. ``words`` are the telling words of its name, sorted."""

    entity: str | None
    country: str | None
    sector: str
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """What blocks are keyed by: the country, or else the entity, or else the name."""
        return self.country or self.entity or " ".join(self.words) or "?"

    @property
    def is_firm(self) -> bool:
        """Whether the party is identified, not only described (دول أوروبية, مسلحون)."""
        return self.country is not None or self.entity is not None

    @property
    def is_particular(self) -> bool:
        """Whether the party is a known person, group or body: not a state, and not whoever is of some state."""
        return self.entity is not None and self.entity != self.country

    @property
    def is_person(self) -> bool:
        """Whether the lexicon knows the party as a person."""
        return self.entity is not None and self.entity.startswith("per.")

    @property
    def is_place(self) -> bool:
        """Whether the lexicon knows the party as a place or building."""
        return self.entity is not None and self.entity.startswith("plc.")

    @property
    def is_state(self) -> bool:
        """Whether the party is a state as such, not one of its organs or officials."""
        return self.entity is not None and self.entity == self.country


def party(actor: Actor) -> Party:
    """Return an actor as merging sees it."""
    # Who speaks for an international body does so whatever his passport.
    country = None if actor.sector == "IGO" else actor.country or None
    return _party(actor.entity or None, country, actor.sector, actor.name)


@lru_cache(maxsize=65536)
def _party(entity: str | None, country: str | None, sector: str, name: str) -> Party:
    words = {bare(word) for word in surface(name)}
    if entity is None and words and words <= _means:
        country = None
    return Party(entity, country, sector, tuple(sorted(words - _generic or words)))


@lru_cache(maxsize=65536)
def likeness(a: Party, b: Party) -> float:
    """Return how surely two mentions name one party, 0 to 1; ``same`` and above is a match.

    1.0 one entity, or one name; 0.9 a name that contains the other; 0.8 one country and sector;
    0.7 two branches of one state; 0.6 one country, one sector unknown.
    """
    if a.entity is not None and a.entity == b.entity:
        return 1.0 if a.is_person or a.sector == b.sector or not a.is_state else 0.8
    named = _name_likeness(a.words, b.words)
    if a.country and b.country and a.country != b.country:
        return 0.0
    if a.entity and b.entity:
        return _two_entities(a, b, named)
    if a.country and a.country == b.country:
        return max(_one_country(a, b), named if _may_be_one(a.sector, b.sector) else 0.0)
    if a.country or b.country:
        # One mention's country is not known: only the name can tell.
        return named if named >= 0.9 else 0.0
    if named >= 0.9:
        return named
    return 0.6 if named >= 0.5 and _may_be_one(a.sector, b.sector) else 0.0


def _name_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    left, right = set(a), set(b)
    if not left or not right:
        return 0.0
    shared = len(left & right)
    if left == right:
        return 1.0
    if shared == min(len(left), len(right)):
        return 0.9
    return shared / len(left | right)


def _two_entities(a: Party, b: Party, named: float) -> float:
    """Two known, different entities: one party only if one of them acts for the other."""
    if a.is_person and b.is_person:
        return 0.0
    if a.country and a.country == b.country and (a.is_state or b.is_state) and (a.is_place or b.is_place):
        return 0.6  # aid to a town is aid to its country
    if a.country and a.country == b.country and (a.is_person or b.is_person or a.is_state or b.is_state):
        # A person acts for the office he holds; an organ acts for its state.
        return _one_country(a, b)
    if a.country and a.country == b.country and a.sector in _state_sectors and b.sector in _state_sectors:
        return 0.6 if a.sector == b.sector else same
    if not a.country and not b.country and a.sector == b.sector == "IGO" and (a.is_person or b.is_person):
        return 0.6
    return named if named >= 0.9 and a.sector == b.sector else 0.0


def _one_country(a: Party, b: Party) -> float:
    if a.sector == b.sector:
        return 0.8
    if a.sector in _state_sectors and b.sector in _state_sectors:
        return 0.7
    if "UNK" in (a.sector, b.sector):
        return 0.6
    if a.sector in _people_sectors and b.sector in _people_sectors:
        return same
    return 0.0


def _may_be_one(a: str, b: str) -> bool:
    return (
        a == b
        or "UNK" in (a, b)
        or (a in _state_sectors and b in _state_sectors)
        or (a in _people_sectors and b in _people_sectors)
    )


def side_likeness(a: tuple[Party, ...], b: tuple[Party, ...]) -> float:
    """Return how well two sides agree: the mean over the smaller side of the best match, each party used once."""
    smaller, _ = sorted((a, b), key=len)
    return sum(level for _, level in _match(a, b)) / len(smaller) if smaller else 0.0


def share(a: tuple[Party, ...], b: tuple[Party, ...]) -> list[tuple[Party, float]]:
    """Return the parties that two lists have in common, as the shorter list has them, each with its likeness."""
    return _match(a, b)


def _match(a: tuple[Party, ...], b: tuple[Party, ...]) -> list[tuple[Party, float]]:
    if len(a) > len(b):
        a, b = b, a
    left = list(b)
    found = []
    for one in a:
        best = max(left, key=lambda other: likeness(one, other), default=None)
        if best is None:
            break
        level = likeness(one, best)
        if level >= same:
            left.remove(best)
            found.append((one if one.is_particular else best, level))
    return found
