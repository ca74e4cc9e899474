"""The document of one record: an event with the actors and attributions it names, and nothing else.

Documents are what reviewers decide on, what the log keeps before and after, and what exports hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from rawi.errors import LedgerError
from rawi.model import Actor, Attribution, Event, Notice, Selector, Span

context_length = 32  # code points of prefix and suffix


class Document(msgspec.Struct, frozen=True):
    """One event with every actor and attribution that it refers to."""

    event: Event
    actors: tuple[Actor, ...]
    attributions: tuple[Attribution, ...]

    def actor(self, local_id: str | None) -> Actor | None:
        """Return the actor with that id in this document."""
        return next((actor for actor in self.actors if actor.id == local_id), None)

    def chain(self) -> tuple[Attribution, ...]:
        """Return the hops of the event's chain, innermost first."""
        by_id = {hop.id: hop for hop in self.attributions}
        return tuple(by_id[hop] for hop in self.event.chain if hop in by_id)


class Payload(msgspec.Struct, frozen=True):
    """What a reading holds: a coded article without its article and coder."""

    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    warnings: tuple[Notice, ...] = ()


_encode = msgspec.json.Encoder().encode
_decode_document = msgspec.json.Decoder(Document).decode
_decode_payload = msgspec.json.Decoder(Payload).decode


def document_json(document: Document) -> str:
    """Return the JSON of a document."""
    return _encode(document).decode("utf-8")


def read_document(json: str) -> Document:
    """Read a document back."""
    return _decode_document(json)


def payload_json(payload: Payload) -> str:
    """Return the JSON of a reading."""
    return _encode(payload).decode("utf-8")


def read_payload(json: str) -> Payload:
    """Read a reading back."""
    return _decode_payload(json)


def slice_event(payload: Payload, event: Event) -> Document:
    """Return the document of one event of a reading."""
    hops = [hop for hop in payload.attributions if hop.id in event.chain]
    named = {*event.actors, *event.recipients, *(third.actor for third in event.third_parties)}
    named |= {hop.source for hop in hops if hop.source is not None}
    actors = tuple(actor for actor in payload.actors if actor.id in named)
    return Document(event, actors, tuple(hops))


def documents(payload: Payload) -> Iterator[Document]:
    """Yield the document of every event of a reading."""
    for event in payload.events:
        yield slice_event(payload, event)


def parties(document: Document) -> Iterator[tuple[str, Actor]]:
    """Yield (role, actor): role is actor, recipient, or the role of a third party."""
    by_id = {actor.id: actor for actor in document.actors}
    event = document.event
    for role, ids in (("actor", event.actors), ("recipient", event.recipients)):
        for local_id in ids:
            yield role, by_id[local_id]
    for third in event.third_parties:
        yield third.role, by_id[third.actor]


def spans(document: Document) -> Iterator[tuple[str, str | None, Span]]:
    """Yield (part, ref, span) for everything in the text that the record rests on.

    Of a party's mentions those inside the event's extent are taken, or else the one nearest to the trigger.
    """
    event = document.event
    yield "trigger", event.id, event.trigger
    yield "extent", event.id, event.extent
    if event.date is not None and event.date.span is not None:
        yield "date", event.id, event.date.span
    if event.place is not None and event.place.span is not None:
        yield "place", event.id, event.place.span
    if event.purpose is not None:
        yield "purpose", event.id, event.purpose
    seen: set[str] = set()
    for _, actor in parties(document):
        if actor.id not in seen:
            seen.add(actor.id)
            for mention in _telling_mentions(actor, event):
                yield "party", actor.id, mention
    for hop in document.chain():
        for part, span in (("source", hop.source_span), ("cue", hop.cue), ("content", hop.content)):
            if span is not None:
                yield part, hop.id, span


def _telling_mentions(actor: Actor, event: Event) -> Iterable[Span]:
    start, stop = event.extent
    inside = [mention for mention in actor.mentions if mention[0] >= start and mention[1] <= stop]
    if inside or not actor.mentions:
        return inside
    return [min(actor.mentions, key=lambda mention: (abs(mention[0] - event.trigger[0]), mention))]


def check(document: Document, length: int, where: str) -> None:
    """Raise unless every reference resolves and every span lies in a text of ``length`` code points.

    Raises:
        LedgerError: a party, source or span that does not exist.
    """
    event = document.event
    actor_ids = {actor.id for actor in document.actors}
    hop_ids = {hop.id for hop in document.attributions}
    for local_id in (*event.actors, *event.recipients, *(third.actor for third in event.third_parties)):
        if local_id not in actor_ids:
            raise LedgerError(
                f"{where}: the event names the party {local_id!r}, which is not among its actors; add the actor or remove the party"
            )
    for hop_id in event.chain:
        if hop_id not in hop_ids:
            raise LedgerError(
                f"{where}: the chain names {hop_id!r}, which is not among the attributions; add the attribution or remove the hop"
            )
    for hop in document.attributions:
        if hop.source is not None and hop.source not in actor_ids:
            raise LedgerError(
                f"{where}: {hop.id} has the source {hop.source!r}, which is not among the actors; add the actor or make the source null"
            )
    mentions = ((actor.id, mention) for actor in document.actors for mention in actor.mentions)
    pieces = [(part, span) for part, _, span in spans(document)] + list(mentions)
    for part, (start, stop) in pieces:
        if not 0 <= start <= stop <= length or (part in ("trigger", "extent") and start == stop):
            raise LedgerError(
                f"{where}: the span [{start}, {stop}) of {part} is not in the text of {length} characters; give offsets in code points"
            )


def quote(text: str, span: Span, part: str = "", ref: str | None = None) -> Selector:
    """Return the selector of a span of ``text``."""
    start, stop = span
    return Selector(
        part,
        ref,
        start,
        stop,
        text[start:stop],
        text[max(start - context_length, 0) : start],
        text[stop : stop + context_length],
    )


def evidence(document: Document, text: str) -> tuple[Selector, ...]:
    """Return the selectors of everything the record rests on."""
    return tuple(quote(text, span, part, ref) for part, ref, span in spans(document))


def material(document: Document) -> dict[str, Any]:
    """Return what a reviewer judges, free of local ids, offsets, rules and confidence.

    Two documents with equal ``material`` say the same thing.
    """
    event = document.event

    def identity(actor: Actor | None) -> Any:
        if actor is None:
            return None
        return [actor.entity or actor.name, actor.country, actor.sector]

    by_role: dict[str, list[Any]] = {}
    for role, actor in parties(document):
        by_role.setdefault(role, []).append(identity(actor))
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "actors": by_role.pop("actor", []),
        "recipients": by_role.pop("recipient", []),
        "third_parties": by_role,
        "date": event.date.value if event.date else None,
        "place": [event.place.text, event.place.country] if event.place else None,
        "chain": [[identity(document.actor(hop.source)), hop.stance, hop.grade] for hop in document.chain()],
    }
