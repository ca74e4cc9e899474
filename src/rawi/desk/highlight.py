"""Show a text with its evidence: flat pieces, never nested, that differ in background and underline only.

Anything else (padding, borders, isolation, another weight) breaks the joins of Arabic letters inside a word. The
pieces joined are the text, code point by code point, so that an offset in the page is an offset in the text; invisible
characters that turn the direction of writing are each shown as one visible character.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

import msgspec

from rawi.model import Record, Span

turning = dict.fromkeys([0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069], "⍰")
_controls = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF], "⍰")
shown_as = {**turning, **_controls}
_find_hidden = re.compile("[" + "".join(map(chr, shown_as)).replace("\\", "") + "]")


def visible(text: str) -> str:
    """Return a text of equal length in which nothing hidden turns the direction of writing."""
    return text.translate(shown_as) if _find_hidden.search(text) else text


def count_turning(text: str) -> int:
    """Return how many characters of a text turn its direction."""
    return sum(ord(letter) in turning for letter in text)


class Mark(msgspec.Struct, frozen=True):
    """A span that plays a part in the event of number ``event``."""

    start: int
    stop: int
    kind: str
    event: int


class Piece(msgspec.Struct, frozen=True):
    """A piece of the text with the kinds of marks over it and the events they belong to."""

    text: str
    kinds: tuple[str, ...]
    events: tuple[int, ...]
    head: bool


def marks_of(record: Record, number: int) -> list[Mark]:
    """Return the marks of a record: event word, parties, date and place, sources and the words that report."""
    event = record.event
    hops = {hop.id: hop for hop in record.attributions}
    found = [Mark(*event.trigger, "trigger", number)]
    sources = {hops[one].source for one in event.chain if one in hops}
    parties = {*event.actors, *event.recipients, *(third.actor for third in event.third_parties)}
    for actor in record.actors:
        if actor.id in parties:
            found += [Mark(*span, "party", number) for span in _telling(actor.mentions, event.extent, event.trigger)]
        if actor.id in sources and actor.id not in parties and not any(hop.source_span for hop in hops.values()):
            found += [Mark(*span, "source", number) for span in _telling(actor.mentions, event.extent, event.trigger)]
    for one in event.chain:
        hop = hops.get(one)
        if hop is not None:
            found += [Mark(*hop.source_span, "source", number)] if hop.source_span else []
            found += [Mark(*hop.cue, "cue", number)] if hop.cue else []
    if event.date is not None and event.date.span:
        found.append(Mark(*event.date.span, "when", number))
    if event.place is not None and event.place.span:
        found.append(Mark(*event.place.span, "when", number))
    return found


def _telling(mentions: Sequence[Span], extent: Span, trigger: Span) -> list[Span]:
    inside = [span for span in mentions if extent[0] <= span[0] and span[1] <= extent[1]]
    return inside or sorted(mentions, key=lambda span: abs(span[0] - trigger[0]))[:1]


def pieces(text: str, marks: Iterable[Mark], body_start: int = 0) -> list[Piece]:
    """Cut a text at the ends of all marks."""
    size = len(text)
    kept = [mark for mark in marks if 0 <= mark.start < mark.stop <= size]
    cuts = sorted({0, size, min(body_start, size), *(mark.start for mark in kept), *(mark.stop for mark in kept)})
    begins: dict[int, list[Mark]] = {}
    for mark in kept:
        begins.setdefault(mark.start, []).append(mark)
    found: list[Piece] = []
    live: list[Mark] = []
    for start, stop in itertools.pairwise(cuts):
        live = [mark for mark in live if mark.stop > start] + begins.get(start, [])
        found.append(
            Piece(
                visible(text[start:stop]),
                tuple(sorted({mark.kind for mark in live})),
                tuple(sorted({mark.event for mark in live})),
                stop <= body_start,
            )
        )
    return found
