"""Say who is judged by a reaction that names only the act: who did that act when it was told before."""

from __future__ import annotations

from rawi.lexicon.compiled import Compiled
from rawi.resolve.actors import ActorDraft
from rawi.resolve.drafts import EventDraft

_reactions = frozenset(("ACCUSE", "SUPPORT"))
_reach = 4  # chunks after the trigger among which the act is named


def name_judged(events: list[EventDraft], lexicon: Compiled) -> None:
    """ورحب الرئيس بالاعتراف، ونددت باريس بالهجوم: give a reaction without recipient the doers of the act told before."""
    for n, event in enumerate(events):
        if event.type not in _reactions or event.recipients or not event.actors or event.status != "occurred":
            continue
        types = _acts_named(event, lexicon)
        found = next(
            (e for e in reversed(events[:n]) if e.type in types and e.type not in _reactions and e.actors), None
        )
        if found is None:
            continue
        doers = [a for a in found.actors if not any(_one_side(a, b) for b in event.actors)]
        if doers and len(doers) == len(found.actors):
            event.recipients = doers
            event.rules.append("doer_is_judged")


def _acts_named(event: EventDraft, lexicon: Compiled) -> set[str]:
    """The types of act that the definite noun after a reaction can mean, where no party stands in its phrase."""
    chunks, on = event.occurrence.sentence.chunks, event.occurrence.on
    for k in range(on + 1, min(len(chunks), on + 1 + _reach)):
        chunk = chunks[k]
        if chunk.kind in ("verb", "participle", "comp", "sub", "rel") or (chunk.kind == "mark" and chunk.value in ".؛"):
            break
        if chunk.kind != "np" or chunk.parties or not chunk.senses:
            continue
        following = chunks[k + 1] if k + 1 < len(chunks) else None
        if not chunk.definite or chunk.prep not in ("", "ب") or (following is not None and following.gen):
            return set()
        return {lexicon.senses[n].type for n in chunk.senses}
    return set()


def _one_side(a: ActorDraft, b: ActorDraft) -> bool:
    return a is b or (a.country is not None and a.country == b.country)
