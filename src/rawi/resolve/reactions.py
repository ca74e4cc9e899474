"""Say who is judged by a reaction that names only the act: who did that act when it was told before."""

from __future__ import annotations

from rawi.lexicon.compiled import Compiled
from rawi.resolve.actors import ActorDraft
from rawi.resolve.drafts import EventDraft

_reactions = frozenset(("ACCUSE", "SUPPORT"))
_steps = frozenset(("قرار", "خطوه", "اعلان", "اجراء", "موقف"))
_reach = 4  # chunks after the trigger among which the act is named


def name_judged(events: list[EventDraft], lexicon: Compiled) -> None:
    """ورحب الرئيس بالاعتراف، ونددت باريس بالهجوم، بالخطوة: give a reaction without recipient the doers of the act told before."""
    for n, event in enumerate(events):
        if event.type not in _reactions or event.recipients or not event.actors or event.status != "occurred":
            continue
        acts = _acts_named(event, lexicon)
        found = next((e for e in reversed(events[:n]) if e.actors and _is_named(e, acts)), None)
        if found is None and not acts and _names_a_step(event):
            found = next(
                (e for e in events[:n] if e.actors and e.type not in _reactions and e.status == "occurred"), None
            )
        if found is None:
            continue
        doers = [a for a in found.actors if not any(_one_side(a, b) for b in event.actors)]
        if doers and len(doers) == len(found.actors):
            event.recipients = doers
            event.rules.append("doer_is_judged")


def _names_a_step(event: EventDraft) -> bool:
    """نددت الجبهة بالقرار: whether a reaction is to "the step", which is what the report is about."""
    sentence, on = event.occurrence.sentence, event.occurrence.on
    for chunk in sentence.chunks[on + 1 : on + 1 + _reach]:
        if chunk.kind not in ("np", "place", "time", "adv"):
            return False
        word = sentence.words[chunk.i]
        if chunk.kind == "np" and chunk.prep in ("", "ب") and word is not None and word.bases & _steps:
            return chunk.definite and not chunk.parties and chunk.j - chunk.i == 1
    return False


def _is_named(event: EventDraft, acts: dict[str, str]) -> bool:
    """Whether an event is of the type of a noun; one that is speech itself, of its family too (الاعتراف)."""
    if event.type in _reactions:
        return event.sense_id.rpartition(".")[0] in acts
    return event.type in acts.values()


def _acts_named(event: EventDraft, lexicon: Compiled) -> dict[str, str]:
    """The families of senses, with their types, of act that the definite noun after a reaction can mean, where no party stands in its phrase."""
    chunks, on = event.occurrence.sentence.chunks, event.occurrence.on
    for k in range(on + 1, min(len(chunks), on + 1 + _reach)):
        chunk = chunks[k]
        if chunk.kind in ("verb", "participle", "comp", "sub", "rel") or (chunk.kind == "mark" and chunk.value in ".؛"):
            break
        if chunk.kind != "np" or chunk.parties or not chunk.senses:
            continue
        following = chunks[k + 1] if k + 1 < len(chunks) else None
        if not chunk.definite or chunk.prep not in ("", "ب") or (following is not None and following.gen):
            return {}
        found = [lexicon.senses[n] for n in chunk.senses]
        return {sense.id.rpartition(".")[0]: sense.type for sense in found}
    return {}


def _one_side(a: ActorDraft, b: ActorDraft) -> bool:
    return a is b or (a.country is not None and a.country == b.country)
