"""Find the same words again in a changed text, and the same event again in a new reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from rawi.ledger.document import Document, context_length, material, quote
from rawi.model import Actor, Attribution, Event, EventDate, Place, Span


def find_again(old: str, new: str, span: Span) -> Span | None:
    """Return where the words of ``span`` of ``old`` stand in ``new``, or None if they are gone.

    Of several places the one whose surroundings agree best is taken, then the one that moved least.
    """
    start, stop = span
    exact = old[start:stop]
    if not exact:
        return None
    if old == new:
        return span
    was = quote(old, span)
    best: tuple[int, int] | None = None
    found: int | None = None
    at = new.find(exact)
    while at >= 0:
        agreement = _common_end(was.prefix, new[max(at - context_length, 0) : at]) + _common_start(
            was.suffix, new[at + len(exact) : at + len(exact) + context_length]
        )
        rank = (agreement, -abs(at - start))
        if best is None or rank > best:
            best, found = rank, at
        at = new.find(exact, at + 1)
    return None if found is None else (found, found + len(exact))


def _common_start(a: str, b: str) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


def _common_end(a: str, b: str) -> int:
    return _common_start(a[::-1], b[::-1])


def move(document: Document, old: str, new: str) -> Document | None:
    """Return the document with its spans moved from ``old`` to ``new``.

    None when the words of the trigger or of the extent are gone: nothing then says that the text still
    reports the event. Other spans whose words are gone are dropped.
    """
    if old == new:
        return document
    event = document.event
    extent = find_again(old, new, event.extent)
    trigger = find_again(old, new, event.trigger)
    if extent is None or trigger is None:
        return None
    # The trigger stands in its extent, even when the same word stands elsewhere too.
    if (
        extent[0] - event.extent[0] + event.trigger[0] != trigger[0]
        and event.extent[0] <= event.trigger[0] < event.extent[1]
    ):
        offset = extent[0] - event.extent[0]
        trigger = (event.trigger[0] + offset, event.trigger[1] + offset)

    def again(span: Span | None) -> Span | None:
        return None if span is None else find_again(old, new, span)

    date = event.date and EventDate(event.date.value, event.date.text, again(event.date.span))
    place = event.place and Place(event.place.text, event.place.country, again(event.place.span))
    moved: Event = msgspec.structs.replace(
        event, trigger=trigger, extent=extent, date=date, place=place, purpose=again(event.purpose)
    )
    return Document(
        moved,
        tuple(_move_actor(actor, again) for actor in document.actors),
        tuple(_move_hop(hop, again) for hop in document.attributions),
    )


def _move_actor(actor: Actor, again: Callable[[Span | None], Span | None]) -> Actor:
    mentions = tuple(found for found in map(again, actor.mentions) if found is not None)
    return msgspec.structs.replace(actor, mentions=mentions)


def _move_hop(hop: Attribution, again: Callable[[Span | None], Span | None]) -> Attribution:
    return msgspec.structs.replace(
        hop, source_span=again(hop.source_span), cue=again(hop.cue), content=again(hop.content)
    )


def pair_events(old: Sequence[Document], new: Sequence[Document]) -> dict[int, int]:
    """Pair the events of an earlier reading with those of a new one, spans being of one text.

    Two events are the same when their triggers overlap and they have one type, when they have the very
    same trigger, or when they have one type and their extents mostly overlap. The best pairs are taken
    first, each event once; ties go to those that say the same thing, then to the earlier in the text.

    Returns:
        index in ``old`` → index in ``new``.
    """
    scored = []
    for i, a in enumerate(old):
        for k, b in enumerate(new):
            score = _sameness(a.event, b.event)
            if score > 0:
                if material(a) == material(b):
                    score += 0.5
                scored.append((-score, a.event.trigger, b.event.trigger, i, k))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, i, k in sorted(scored):
        if i not in pairs and k not in taken:
            pairs[i] = k
            taken.add(k)
    return pairs


def _sameness(a: Event, b: Event) -> float:
    same_type = a.type == b.type
    if a.trigger == b.trigger:
        return 3.0 if same_type else 1.0
    if not same_type:
        return 0.0
    trigger = _overlap(a.trigger, b.trigger)
    if trigger > 0:
        return 2.0 + trigger
    extent = _overlap(a.extent, b.extent)
    return extent if extent >= 0.5 else 0.0


def _overlap(a: Span, b: Span) -> float:
    """Return the shared part of two spans, as a share of both together."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    if shared <= 0:
        return 0.0
    return shared / (max(a[1], b[1]) - min(a[0], b[0]))
