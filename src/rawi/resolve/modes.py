"""Settle modes that only the resolved parties decide.

1. Two sides that meet in the country of one of them: a visit; so is a guest of another state who is received.
2. States of three countries or more that meet, or the members of one organisation, meet multilaterally; people of one
   country do not.
3. Ground forces shell with heavy weapons, coalitions of states from the air.
4. The means of an attack says more than that it destroyed something.
"""

from __future__ import annotations

from rawi.resolve.actors import ActorDraft
from rawi.resolve.drafts import EventDraft
from rawi.resolve.places import country_of_event

_states = ("GOV", "MIL", "IGO", "LEG")
_means = frozenset(("aerial", "drone", "heavy-weapons", "explosives", "suicide-attack", "firearms", "primitive"))

_residents = (("سفير",), ("سفيره",), ("قايم",), ("قنصل",))  # who lives where he is posted
_flying = ("تحالف", "ايتلاف", "طاير", "طيران", "مقاتلات", "مروحي", "سلاح")


def settle_modes(events: list[EventDraft]) -> None:
    """Complete the modes of merged events."""
    for event in events:
        if event.type == "CONSULT":
            event.mode = _meeting(event)
        elif event.mode is None and event.sense_id.startswith("assault.shell"):
            event.mode = _shelling(event.actors)


def fuller_mode(first: EventDraft, later: EventDraft) -> str | None:
    """Return the mode of an event told twice."""
    if first.type == "ASSAULT" and first.mode == "destroy" and later.mode in _means:
        return later.mode
    return first.mode or later.mode


def _meeting(event: EventDraft) -> str | None:
    mode = event.mode
    if mode not in (None, "multilateral") or not event.actors or event.recipients:
        return mode
    countries = {a.country for a in event.actors}
    if mode == "multilateral":
        official = event.occurrence.sense.mode is not None
        return mode if official or len(countries) > 1 or None in countries else None
    known = countries - {None}
    resident = any(a.words[:1] in _residents for a in event.actors)
    if (
        not resident
        and len(event.actors) > 1
        and len(countries) == 2
        and all(a.sector in _states for a in event.actors)
    ):
        where = country_of_event(event)
        received = event.sense_id.startswith("consult.receive.istaqbala")
        if where in known or (received and where is None and len(known) == 2):
            return "visit"
    if len(known) > 2 and all(a.sector in _states for a in event.actors):
        return "multilateral"
    return mode


def _shelling(actors: list[ActorDraft]) -> str | None:
    if not actors or any(a.sector not in ("MIL", "REB") for a in actors):
        return None
    head = actors[0].name.split()[0].removeprefix("ال").removeprefix("بال")
    return "aerial" if head.startswith(_flying) else "heavy-weapons"
