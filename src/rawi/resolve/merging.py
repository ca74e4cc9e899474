"""Join the tellings of one event: events of one type with compatible parties, status and date."""

from __future__ import annotations

from rawi.resolve.actors import ActorDraft
from rawi.resolve.article import EventDraft
from rawi.resolve.chains import fuller_chain


def merge_events(events: list[EventDraft]) -> list[EventDraft]:
    """Join mentions of one event: same type, compatible parties and status; the fuller mention leads."""
    kept: list[EventDraft] = []
    for event in events:
        twin = next((k for k in kept if _same_event(k, event)), None)
        if twin is None:
            kept.append(event)
            continue
        elsewhere = event.occurrence.sentence is not twin.occurrence.sentence and not twin.occurrence.sentence.title
        for mine, other in ((twin.actors, event.actors), (twin.recipients, event.recipients)):
            if len(mine) > 1 and elsewhere:
                continue  # who was there was told at once; a later mention seldom adds to it
            for actor in other:
                if actor not in twin.actors and actor not in twin.recipients and not any(_like(actor, a) for a in mine):
                    mine.append(actor)
        twin.chain = fuller_chain(twin, event)
        if twin.mode is None:
            twin.mode = event.mode
        twin.date = twin.date or event.date
        twin.place = twin.place or event.place
        if event.occurrence.sentence is twin.occurrence.sentence:
            twin.occurrence.place = twin.occurrence.place or event.occurrence.place
        if twin.occurrence.sentence.title and not event.occurrence.sentence.title:
            twin.status = event.status
            twin.trigger = event.trigger
            twin.occurrence = event.occurrence
        twin.rules.append("same_event_again")
    return kept


def _same_event(a: EventDraft, b: EventDraft) -> bool:
    if a.type != b.type:
        return False
    if a.status != b.status and {a.status, b.status} not in ({"occurred", "ongoing"}, {"occurred", "planned"}):
        return False
    if a.status != b.status and not (a.occurrence.sentence.title or b.occurrence.sentence.title):
        return False
    if (
        a.date is not None
        and b.date is not None
        and getattr(a.date, "value", a.date) != getattr(b.date, "value", b.date)
    ):
        return False
    if a.type == "ASSAULT" and a.occurrence.sentence is b.occurrence.sentence and (_casualty(a) or _casualty(b)):
        # killed or hurt in something: the act that did it, once
        return _cover(a.actors, b.actors) and not (
            _casualty(a) and _casualty(b) and a.actors and b.actors and a.actors != b.actors
        )
    if a.type == "PROTEST" and (
        "protest-detail" in a.occurrence.sense.contexts or "protest-detail" in b.occurrence.sense.contexts
    ):
        return _agree(a.actors, b.actors)  # banners and chants belong to the protest
    titled = a.occurrence.sentence.title or b.occurrence.sentence.title
    if a.type in families and family(a) != family(b) and not titled:
        return False  # an offer is not a deal, a ban no seizure
    if a.type == "CONSULT" and ("mediation" in family(a)) != ("mediation" in family(b)):
        return False
    left = [*a.actors, *a.recipients]
    right = [*b.actors, *b.recipients]
    anaphoric = a.occurrence.sentence.title or b.occurrence.sentence.title or _refers_back(b)
    if anaphoric and left and right and _agree(a.actors, b.actors) and _agree(a.recipients, b.recipients):
        if a.type != "CONSULT" or any(_near(x, y) for x in left for y in right):
            return True
    if not left or not right:
        return a.occurrence.sense.id == b.occurrence.sense.id or (a.type in ("ASSAULT", "PROTEST"))
    if a.type in ("CONSULT",):
        shared = sum(any(_near(x, y) for y in right) for x in left)
        topic = b.sense_id.startswith(
            "consult.talks"
        )  # بحث الجانبان خلال اللقاء: what was talked of in the meeting told before
        return shared >= (1 if topic else min(len(left), len(right), 2))
    return _cover(a.actors, b.actors) and _cover(a.recipients, b.recipients)


# Types whose senses tell of different acts: two mentions are one event only where their senses are of one family.
families = {"AGREE", "COERCE", "SUPPORT", "RETREAT", "SANCTION", "AID", "COOPERATE", "CONCEDE"}


def family(event: EventDraft) -> str:
    """The kind of act within a type: ``agree.offer`` of ``agree.offer.arada``."""
    return event.sense_id.rpartition(".")[0]


def _refers_back(event: EventDraft) -> bool:
    """الهجوم، الضربة: a definite event noun mostly names an event told before."""
    chunk = event.occurrence.sentence.chunks[event.occurrence.on]
    return chunk.kind == "np" and chunk.definite and not chunk.pronoun


def _near(a: ActorDraft, b: ActorDraft) -> bool:
    return _like(a, b) or bool(a.country and a.country == b.country)


def _agree(a: list[ActorDraft], b: list[ActorDraft]) -> bool:
    """Whether two fillings of a role can be the same: one is empty, or some of them are near."""
    return not a or not b or any(_near(x, y) for x in a for y in b)


def _casualty(event: EventDraft) -> bool:
    return event.sense_id.startswith("assault.casualty")


def _cover(a: list[ActorDraft], b: list[ActorDraft]) -> bool:
    if not a or not b:
        return True
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return all(any(_like(x, y) for y in large) for x in small)


def _like(a: ActorDraft, b: ActorDraft) -> bool:
    if a is b:
        return True
    return bool(a.country) and a.country == b.country and a.sector == b.sector and a.sector in ("GOV", "MIL")
