"""Settle attribution chains over the whole article.

1. Of two tellings of one event the chain of the later one counts where the first has none or is the headline, and where
   it knows more of the same source; a meeting that the outlet tells in its own voice needs nobody's word.
2. A headline stands on the word of those who tell its event in the body.
3. An unnamed source of the lead is the named person of the same state who speaks next.
4. What a medium carries of a statement it carries of the whole of it.
"""

from __future__ import annotations

from rawi.extract.occurrences import speech_acts
from rawi.lexicon.compiled import Compiled
from rawi.resolve.actors import ActorDraft
from rawi.resolve.drafts import EventDraft, HopDraft

_unnamed = ("unnamed", "unnamed_official")
_lead = 5  # sentences of an article that tell what the headline tells


def fuller_chain(first: EventDraft, later: EventDraft) -> list[HopDraft]:
    """Return the chain of an event told twice."""
    if not later.chain:
        return first.chain
    if not first.chain:
        return later.chain if first.occurrence.sentence.title or first.type != "CONSULT" else first.chain
    if first.chain[0].source is later.chain[0].source:
        return later.chain if len(later.chain) > len(first.chain) else first.chain
    return later.chain if first.occurrence.sentence.title else first.chain


def is_taken_for_granted(event: EventDraft, lexicon: Compiled) -> bool:
    """قال إن الضربات الأميركية خطأ: what is only judged is told by the outlet, not by the judge."""
    sentence, on = event.occurrence.sentence, event.occurrence.on
    chunks = sentence.chunks
    chunk = chunks[on]
    if (
        chunk.kind != "np"
        or not chunk.definite
        or chunk.pronoun
        or event.status != "occurred"
        or event.type in speech_acts
    ):
        return False
    first = on
    while first > 0 and (chunks[first].gen or chunks[first - 1].kind == "quote") and first > on - 2:
        first -= 1
    if first == 0 or not (
        chunks[first - 1].kind == "comp" or (chunks[first - 1].kind == "mark" and chunks[first - 1].value == ":")
    ):
        return False
    for m in range(on + 1, len(chunks)):
        if chunks[m].kind == "verb" and chunks[m - 1].kind not in ("rel", "quote") and chunks[m].verb is not None:
            governs = lexicon.verb_lexemes[chunks[m].verb.lexeme].governs  # type: ignore[union-attr]
            return bool(chunks[m].cues) and not governs
        if chunks[m].kind in ("comp", "sub", "cue"):
            break
    return True


def settle_chains(
    events: list[EventDraft], hops: list[HopDraft], statements: list[tuple[ActorDraft, HopDraft]]
) -> None:
    """Complete the chains of merged events."""
    _name_the_unnamed(events, hops)
    _headlines(events)
    _carry(events, hops, statements)


def _name_the_unnamed(events: list[EventDraft], hops: list[HopDraft]) -> None:
    """ذكر مسؤول كردي أن ... وقال فلان: the official of the lead is the person who speaks next."""
    for n, hop in enumerate(hops[:3]):
        source = hop.source
        if source is None or hop.grade not in _unnamed or source.number != "s" or hop.stance != "assert":
            continue
        later = next(
            (
                h
                for h in hops[n + 1 : n + 4]
                if h.source is not None and h.source is not source and h.stance in ("assert", "allege")
            ),
            None,
        )
        if later is None or later.source is None or later.grade != "named" or not _fits(source, later.source):
            continue
        for event in events:
            for other in event.chain:
                if other.source is source:
                    other.source, other.source_span, other.grade = later.source, later.source_span, later.grade


def _fits(unnamed: ActorDraft, named: ActorDraft) -> bool:
    return named.country in (unnamed.country, None) and bool(named.name_words)


def _headlines(events: list[EventDraft]) -> None:
    for event in events:
        if event.chain or not event.occurrence.sentence.title:
            continue
        told = [
            e
            for e in events
            if e.type == event.type
            and not e.occurrence.sentence.title
            and e.occurrence.sentence.index <= _lead
            and _share(e, event)
        ]
        if told and all(e.chain for e in told):
            event.chain = told[0].chain


def _carry(events: list[EventDraft], hops: list[HopDraft], statements: list[tuple[ActorDraft, HopDraft]]) -> None:
    """في بيان نشرته الوكالة: the agency carries the other words and acts of speech of its issuer too."""
    carried = statements + [
        (h.source, h.within)
        for h in hops
        if h.source is not None and h.within is not None and h.within.stance == "relay"
    ]
    for issuer, carrier in carried:
        for event in events:
            if not event.chain and event.type in speech_acts and any(_same_voice(issuer, a) for a in event.actors):
                event.chain = [carrier]
            elif len(event.chain) == 1 and event.chain[0].source is issuer and event.chain[0].stance == "assert":
                event.chain = [event.chain[0], carrier]


def _same_voice(issuer: ActorDraft, actor: ActorDraft) -> bool:
    return issuer is actor or bool(
        issuer.country and issuer.country == actor.country and issuer.sector == actor.sector == "GOV"
    )


def _share(a: EventDraft, b: EventDraft) -> bool:
    return a.type not in speech_acts or any(
        x is y or (x.country and x.country == y.country) for x in a.actors for y in b.actors
    )
