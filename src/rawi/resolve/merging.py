"""Join the tellings of one event: events of one type with compatible parties, status and date."""

from __future__ import annotations

from rawi.extract.occurrences import speech_acts
from rawi.model import EventDate
from rawi.resolve.actors import ActorDraft
from rawi.resolve.chains import fuller_chain
from rawi.resolve.drafts import EventDraft
from rawi.resolve.modes import fuller_mode

# An event is compared with the first of its type (the headline and the lead) and with the last: a report names again what
# it told shortly before or at its top (in the development articles the twin is among the last four of its type). So the
# time for a text with thousands of events grows with its length only.
_first = 20
_last = 60


def merge_events(events: list[EventDraft]) -> list[EventDraft]:
    """Join mentions of one event: same type, compatible parties and status; the fuller mention leads."""
    kept: list[EventDraft] = []
    by_type: dict[str, list[EventDraft]] = {}
    told: dict[int, EventDraft] = {}
    for event in events:
        same_type = by_type.setdefault(event.type, [])
        twin = next((k for k in _near_in_text(same_type) if _same_event(k, event)), None)
        told[id(event.occurrence)] = twin or event
        if twin is None:
            kept.append(event)
            same_type.append(event)
        else:
            _join(twin, event)
    _who_is_judged(kept, told)
    return kept


def _near_in_text(events: list[EventDraft]) -> list[EventDraft]:
    return events if len(events) <= _first + _last else events[:_first] + events[-_last:]


def _join(twin: EventDraft, event: EventDraft) -> None:
    """Add to an event what a later telling of it says more."""
    elsewhere = event.occurrence.sentence is not twin.occurrence.sentence and not twin.occurrence.sentence.title
    for mine, other in ((twin.actors, event.actors), (twin.recipients, event.recipients)):
        if len(mine) > 1 and elsewhere:
            continue  # who was there was told at once; a later mention seldom adds to it
        for actor in other:
            if actor in twin.actors or actor in twin.recipients:
                continue
            same = next((a for a in mine if _like(actor, a) or _same_words(actor, a) or _one_noun(actor, a)), None)
            if same is None:
                mine.append(actor)
            elif _says_more(actor, same) or (_one_noun(actor, same) and actor.country):
                mine[mine.index(same)] = actor
    twin.chain = fuller_chain(twin, event)
    twin.mode = fuller_mode(twin, event)
    twin.date = _finer(twin.date, event.date)
    twin.place = twin.place or event.place
    if event.occurrence.sentence is twin.occurrence.sentence:
        twin.occurrence.place = twin.occurrence.place or event.occurrence.place
    if twin.occurrence.sentence.title and not event.occurrence.sentence.title:
        twin.status = event.status
        twin.trigger = event.trigger
        twin.occurrence = event.occurrence
    twin.judged = twin.judged or event.judged
    twin.rules.append("same_event_again")


def _who_is_judged(events: list[EventDraft], told: dict[int, EventDraft]) -> None:
    """ندين هذا الهجوم: who did what is condemned is condemned, wherever the article says who did it."""
    for event in events:
        act = told.get(id(event.judged)) if event.judged is not None and not event.recipients else None
        if act is None or act is event:
            continue
        event.recipients = [a for a in act.actors if a not in event.actors]
        if event.recipients:
            event.rules.append("doer_is_judged")


def _same_day(a: EventDraft, b: EventDraft) -> bool:
    """Whether two dates can be one event's; what is still to come is often dated more closely as the report goes on."""
    if a.date is None or b.date is None:
        return True
    one, other = a.date.value, b.date.value
    if one == other:
        return True
    if not {a.status, b.status} <= {"planned", "possible"}:
        return False
    return _within(one, other) or _within(other, one)


def _within(day: str, span: str) -> bool:
    """Whether a day lies in a month, a year or an interval of days."""
    first, _, last = span.partition("/")
    if len(day) != 10:
        return False
    return first <= day <= last if last else len(span) < 10 and day.startswith(span)


def _finer(a: EventDate | None, b: EventDate | None) -> EventDate | None:
    """The more exact of two dates of one event."""
    if a is not None and b is not None and _within(b.value, a.value):
        return b
    return a or b


def _same_event(a: EventDraft, b: EventDraft) -> bool:
    """Whether ``b``, told later, is ``a``; both are of one type."""
    titled = a.occurrence.sentence.title or b.occurrence.sentence.title
    if not _same_status(a, b, titled=titled) or not _same_day(a, b):
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
    if a.type in _families and _family(a) != _family(b) and not titled:
        return False  # an offer is not a deal, a ban no seizure
    if a.type == "CONSULT" and ("mediation" in _family(a)) != ("mediation" in _family(b)):
        return False
    left = [*a.actors, *a.recipients]
    right = [*b.actors, *b.recipients]
    if not left or not right:
        return a.occurrence.sense.id == b.occurrence.sense.id or a.type in ("ASSAULT", "PROTEST")
    if (titled or _refers_back(b)) and _agree(a.actors, b.actors) and _agree(a.recipients, b.recipients):
        if a.type != "CONSULT" or any(_near(x, y) for x in left for y in right):
            return True
    if a.mode == b.mode == "visit" and not _agree(a.recipients, b.recipients):
        return False  # visits to two states
    if a.type == "CONSULT":
        shared = sum(any(_near(x, y) for y in right) for x in left)
        topic = b.sense_id.startswith("consult.talks")  # بحث الجانبان خلال اللقاء: talked of in the meeting told before
        return shared >= (1 if topic else min(len(left), len(right), 2))
    if a.type in speech_acts and a.sense_id != b.sense_id and not any(_like(x, y) for x in left for y in right):
        return False  # one names who asks, the other who is asked: nothing says that it is one request
    return _cover(a.actors, b.actors) and _cover(a.recipients, b.recipients)


def _same_status(a: EventDraft, b: EventDraft, *, titled: bool) -> bool:
    """Whether two statuses can be one event's; a headline tells what happened as going on or still to come."""
    if a.status == b.status:
        return True
    return titled and {a.status, b.status} in ({"occurred", "ongoing"}, {"occurred", "planned"})


# Types whose senses tell of different acts: two mentions are one event only where their senses are of one family.
_families = {"AGREE", "COERCE", "SUPPORT", "RETREAT", "SANCTION", "AID", "COOPERATE", "CONCEDE"}


def _family(event: EventDraft) -> str:
    """The kind of act within a type: ``agree.offer`` of ``agree.offer.arada``."""
    return event.sense_id.rpartition(".")[0]


def _refers_back(event: EventDraft) -> bool:
    """الهجوم، الضربة: a definite event noun mostly names an event told before."""
    chunk = event.occurrence.sentence.chunks[event.occurrence.on]
    return chunk.kind == "np" and chunk.definite and not chunk.pronoun


def _near(a: ActorDraft, b: ActorDraft) -> bool:
    """Of one country, or of one word where only one of the two says the country (ثلاثة جنود، ثلاثة جنود ماليين)."""
    if _like(a, b) or (a.country and a.country == b.country):
        return True
    return _one_noun(a, b)


def _one_noun(a: ActorDraft, b: ActorDraft) -> bool:
    """جنود، جنود ماليين: one noun, of which only one mention says the country."""
    bare = (a.country is None) != (b.country is None) and not a.name_words and not b.name_words
    return bare and a.sector == b.sector and a.entity == b.entity and bool(a.words) and a.words[:1] == b.words[:1]


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


def _same_words(a: ActorDraft, b: ActorDraft) -> bool:
    """المنزل، منزل الوزير: one mention has all words of the other, of one country and sector."""
    if a.country != b.country or a.sector != b.sector or a.entity != b.entity:
        return False
    left, right = ({w.removesuffix("ا") if len(w) > 3 else w for w in x.words} for x in (a, b))
    return bool(left and right) and (left <= right or right <= left)


def _says_more(a: ActorDraft, b: ActorDraft) -> bool:
    """Whether a named person or a longer title of the same office takes the place of the one told first."""
    return a.kind in ("role", "person") and b.kind in ("role", "person") and bool(a.name_words) and not b.name_words


def _like(a: ActorDraft, b: ActorDraft) -> bool:
    if a is b:
        return True
    return (
        bool(a.country)
        and a.country == b.country
        and a.sector == b.sector
        and a.sector in ("GOV", "MIL", "LEG", "COP", "JUD", "SPY")
    )
