"""Tidy the roles of events once their tellings are joined: who was meant, where several words tell of the same people.

1. Others who are only counted (آخرون، العشرات) are no party beside one that is named.
2. A mosque, hotel or town that is hit stands for its people only as long as nobody says who was hurt there.
3. People who are only counted (خمسة أشخاص) are those of the post, convoy or office that was hit.
"""

from __future__ import annotations

from rawi.resolve.actors import ActorDraft
from rawi.resolve.drafts import EventDraft

_others = frozenset(
    ["اخر", "اخرين", "اخرون", "اخري", "اخران", "عشرات", "ميات", "الاف", "عديد", "عدد", "كثير", "كثيرين", "بعض"]
)
_counted = frozenset(
    ["شخص", "شخصا", "شخصين", "شخصان", "اشخاص", "قتيل", "قتلي", "قتيلا", "جريح", "جرحي", "جريحا", "ضحيه", "ضحايا"]
)


def tidy_roles(events: list[EventDraft]) -> None:
    """Leave out of the sufferers of attacks what tells less of the same people."""
    for event in events:
        event.actors = _without_states(event.actors)
        event.recipients = _without_states(event.recipients)
        if event.type == "CONSULT" and event.occurrence.sense.symmetric and len(event.actors) > 1:
            # who met is told; whom the sentence names besides had no part in it
            there = {a.country for a in event.actors}
            event.recipients = [a for a in event.recipients if a.country and a.country not in there]
        if event.type != "ASSAULT" or len(event.recipients) < 2:
            continue
        event.recipients = _without_lesser(event.recipients)


def _without_lesser(recipients: list[ActorDraft]) -> list[ActorDraft]:
    """Leave out others, then places, then people only counted, where somebody is told of who says more."""
    recipients = [a for a in recipients if not _only_others(a)] or recipients
    if any(_people(a) for a in recipients):
        recipients = [a for a in recipients if not _civil_place(a)] or recipients
    if any(_staffed(a) for a in recipients):
        recipients = [a for a in recipients if not _only_counted(a)] or recipients
    return recipients


def _without_states(parties: list[ActorDraft]) -> list[ActorDraft]:
    """Leave out a state beside its own minister, army or base: the headline's word for the party that the body names."""
    acting = {
        a.country for a in parties if a.kind != "state" and a.country and (_acts_for_state(a) or a.kind == "place")
    }
    return [a for a in parties if a.kind != "state" or a.country not in acting]


def _acts_for_state(actor: ActorDraft) -> bool:
    return actor.sector in ("GOV", "MIL", "COP", "JUD", "LEG", "SPY") and actor.kind != "people"


def _only_others(actor: ActorDraft) -> bool:
    return _one_word_of(actor, _others)


def _only_counted(actor: ActorDraft) -> bool:
    return _one_word_of(actor, _counted)


def _one_word_of(actor: ActorDraft, words: frozenset[str]) -> bool:
    return actor.entity is None and not actor.name_words and len(actor.words) == 1 and actor.words[0] in words


def _civil_place(actor: ActorDraft) -> bool:
    return actor.kind == "place" or (actor.thing and actor.sector == "CVL" and actor.entity is None)


def _people(actor: ActorDraft) -> bool:
    return actor.kind in ("people", "person", "role", "force") and not actor.thing and not _only_others(actor)


def _staffed(actor: ActorDraft) -> bool:
    return actor.sector in ("MIL", "COP", "GOV", "SPY", "REB", "LEG", "JUD", "PTY", "IGO", "NGO", "JRN")
