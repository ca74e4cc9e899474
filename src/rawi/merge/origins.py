"""Who a story goes back to: independent originators, after everybody who only passes a report on is collapsed.

1. The innermost hop of a report's chain is its origin. A named person, an organ or a medium is known by
   entity (and sector), or by name; an unnamed source by the medium that carried it first, or the outlet.
2. A report without a chain rests on its outlet; but a demand, threat, accusation, refusal, support or
   concession so reported rests on the party that uttered it: all who report it have it from there.
3. An outlet and a source of the same name are one: an agency's own report and those that quote it.
4. Reports whose text, or whose sentence, is nearly the same are one origin, whoever signs them.
5. A source that denies is an origin against. A report that an event did not happen counts against too.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from rawi.ledger.document import Document, parties
from rawi.ledger.words import bare, surface
from rawi.merge.features import Features, sketch_likeness
from rawi.model import Actor, Attribution, Grade, Origin

near_text = 0.5  # estimated Jaccard likeness of two articles' shingles
near_sentence = 0.6  # the shorter sentence's share of shingles that the longer one has
_least_shingles = 6

_spoken = frozenset({"SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_medium_words = frozenset(
    bare(word)
    for word in surface(
        "وكالة قناة صحيفة موقع شبكة إذاعة تلفزيون مجلة أنباء الأنباء للأنباء الإخبارية الإخباري الفضائية فضائية الرسمية الإلكتروني بوابة جريدة تلفزيوني"
    )
)


class Member(msgspec.Struct, frozen=True):
    """A report of a story, with what origins and summaries are made of."""

    record: str
    record_no: int
    article: str
    outlet: str | None
    published: str | None
    event: str
    document: Document
    features: Features

    @property
    def affirms(self) -> bool:
        """Whether the report says that the event is, was or will be."""
        first = next(iter(self.document.chain()), None)
        return self.document.event.status != "negated" and not (first is not None and first.stance == "deny")


class _Claim(msgspec.Struct, frozen=True):
    """One report's word from one origin, under every key it may be known by."""

    member: Member
    keys: tuple[str, ...]
    name: str
    grade: Grade
    affirms: bool


def find_origins(members: list[Member]) -> list[Origin]:
    """Return the origins of a story: those that affirm first, then those that deny, each in the order of its first report."""
    claims = [claim for member in members for claim in _claims(member)]
    groups = _Groups()
    for claim in claims:
        for key in claim.keys:
            groups.join(claim.keys[0], key)
    _join_names(groups, claims)
    first_claim: dict[tuple[int, bool], _Claim] = {}
    for claim in claims:
        first_claim.setdefault((claim.member.record_no, claim.affirms), claim)
    for a, b in same_text(members):
        for affirms in (True, False):
            one, other = first_claim.get((a.record_no, affirms)), first_claim.get((b.record_no, affirms))
            if one is not None and other is not None:
                groups.join(one.keys[0], other.keys[0])
    found: dict[tuple[bool, str], list[_Claim]] = {}
    for claim in claims:
        found.setdefault((not claim.affirms, groups.root(claim.keys[0])), []).append(claim)
    origins = []
    for (denies, _), same in found.items():
        # The best known name stands for the origin: an agency's official, not the outlet that copied him.
        best = min(same, key=lambda claim: (_grades.index(claim.grade), claim.member.features.position))
        outlets = tuple(sorted({claim.member.outlet for claim in same if claim.member.outlet}))
        records = tuple(dict.fromkeys(claim.member.record for claim in same))
        origins.append(Origin(best.keys[0], best.name, best.grade, not denies, outlets, records))
    return sorted(origins, key=lambda origin: not origin.affirms)


_grades = ("named", "institution", "unnamed_official", "unnamed", "agentless")


def _claims(member: Member) -> Iterable[_Claim]:
    document = member.document
    chain = document.chain()
    if not chain:
        yield _without_chain(member)
        return
    yield _claim(member, chain[0], chain[1:], member.affirms)
    for i, hop in enumerate(chain[1:], start=1):
        if hop.stance == "deny" and member.affirms:
            yield _claim(member, hop, chain[i + 1 :], False)


def _claim(member: Member, hop: Attribution, outwards: tuple[Attribution, ...], affirms: bool) -> _Claim:
    source = member.document.actor(hop.source)
    if source is not None and hop.grade in ("named", "institution"):
        return _Claim(member, _keys(source), source.name, hop.grade, affirms)
    carrier = next(
        (actor for one in outwards if (actor := member.document.actor(one.source)) is not None and _carries(one)), None
    )
    carriers = _keys(carrier) if carrier is not None else _outlet_keys(member)
    name = source.name if source is not None else ""
    by = carrier.name if carrier is not None else member.outlet or member.article
    return _Claim(member, tuple(f"unnamed by {key}" for key in carriers), f"{name} ({by})".strip(), hop.grade, affirms)


def _carries(hop: Attribution) -> bool:
    return hop.stance == "relay" or hop.grade == "institution"


def _without_chain(member: Member) -> _Claim:
    document = member.document
    if document.event.type in _spoken:
        speaker = next((actor for role, actor in parties(document) if role == "actor"), None)
        if speaker is not None:
            grade: Grade = "named" if speaker.entity and speaker.entity.startswith("per.") else "institution"
            return _Claim(member, _keys(speaker), speaker.name, grade, member.affirms)
    return _Claim(member, _outlet_keys(member), member.outlet or member.article, "institution", member.affirms)


def _keys(actor: Actor) -> tuple[str, ...]:
    keys = []
    if actor.entity:
        keys.append(f"{actor.entity} {actor.sector}" if actor.entity == actor.country else actor.entity)
    if actor.sector == "JRN":
        keys.append("medium " + medium(actor.name))
    return tuple(keys) or (f"{actor.country or ''} {' '.join(surface(actor.name))}",)


def _outlet_keys(member: Member) -> tuple[str, ...]:
    return ("medium " + medium(member.outlet),) if member.outlet else (f"article {member.article}",)


def medium(name: str) -> str:
    """Return what is left of a medium's name without قناة, وكالة and the like: رويترز for وكالة رويترز للأنباء."""
    words = [bare(word) for word in surface(name)]
    return " ".join([word for word in words if word not in _medium_words] or words)


def _join_names(groups: _Groups, claims: list[_Claim]) -> None:
    """Join sources known by name only when one name contains the other: وزارة الدفاع and the spokesman of وزارة الدفاع."""
    named = [
        (claim, frozenset(map(bare, surface(claim.name))))
        for claim in claims
        if claim.grade in ("named", "institution")
    ]
    for i, (a, words_a) in enumerate(named):
        for b, words_b in named[i + 1 :]:
            if (
                len(words_a & words_b) >= 2
                and (words_a <= words_b or words_b <= words_a)
                and _country(a) == _country(b)
            ):
                groups.join(a.keys[0], b.keys[0])


def _country(claim: _Claim) -> str | None:
    source = next((actor for actor in claim.member.document.actors if actor.name == claim.name), None)
    return source.country if source is not None else None


def same_text(members: list[Member]) -> Iterable[tuple[Member, Member]]:
    """Yield the pairs of reports that are nearly the same text, or that tell the event in nearly the same words."""
    for i, a in enumerate(members):
        for b in members[i + 1 :]:
            if sketch_likeness(a.features.sketch, b.features.sketch) >= near_text or _same_sentence(
                a.features, b.features
            ):
                yield a, b


def _same_sentence(a: Features, b: Features) -> bool:
    shorter = min(len(a.shingles), len(b.shingles))
    return shorter >= _least_shingles and len(a.shingles & b.shingles) >= near_sentence * shorter


class _Groups:
    """Sets of keys that grow together (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        self._parent.setdefault(key, key)
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        one, other = sorted((self.root(a), self.root(b)))
        self._parent[other] = one
