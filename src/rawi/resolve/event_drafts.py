"""Resolve one event of a sentence: who fills its roles, on whose word it stands, and whether the codebook counts it."""

from __future__ import annotations

from rawi.extract.occurrences import Occurrence, speech_acts
from rawi.lexicon.compiled import Compiled
from rawi.resolve.actors import ActorDraft
from rawi.resolve.chains import is_taken_for_granted
from rawi.resolve.drafts import EventDraft, HopDraft
from rawi.resolve.places import place_country
from rawi.resolve.references import Resolver
from rawi.syntax.references import Reference
from rawi.syntax.sentence import Sentence

# Types whose words are as common in business, schools and families as in politics.
_domestic = {"CONSULT", "AID", "COOPERATE", "COERCE"}
# Civilians whose arrest, expulsion or meeting is politics.
_politically_active = {
    "role.activist",
    "role.demonstrator",
    "role.protester",
    "role.refugee",
    "role.asylum-seeker",
    "role.prisoner-political",
    "role.delegation",
}


class EventResolver:
    """Resolves the events of one article in text order."""

    def __init__(self, lexicon: Compiled, resolver: Resolver) -> None:
        self.lexicon, self.resolver = lexicon, resolver
        self.events: list[EventDraft] = []

    def read(self, sentence: Sentence, occurrences: list[Occurrence], hops: list[HopDraft]) -> list[EventDraft]:
        """Return the events of a sentence that count; ``hops`` are its attributions."""
        told = len(self.events)
        for occurrence in occurrences:
            event = self._event(sentence, occurrence, hops)
            if event is not None:
                self.events.append(event)
                self._remember_sides(event)
        return self.events[told:]

    def _remember_sides(self, event: EventDraft) -> None:
        """Keep the two parties of a meeting, a call, a deal or a fight: الجانبان، الوزيران، البلدان stand for them later."""
        if event.occurrence.sense.symmetric and len(event.actors) == 2 and all(a.number != "d" for a in event.actors):
            self.resolver.two_sides = list(event.actors)

    def _event(self, sentence: Sentence, occurrence: Occurrence, hops: list[HopDraft]) -> EventDraft | None:
        event = EventDraft(occurrence)
        holding = _holding(hops, event.trigger[0])
        speaker = next((h.source for h in holding if h.source is not None and h.stance != "relay"), None)
        self._fill_roles(event, sentence, speaker)
        self._understood_actor(event, speaker, hops)
        event.recipients = [r for r in event.recipients if r not in event.actors]
        event.chain = _without_own_words(event, _chain(holding))
        if event.chain and is_taken_for_granted(event, self.lexicon):
            event.chain = []
        _settle(event)
        return event if self._counts(event) else None

    # -- roles ---------------------------------------------------------------------------------------------------------

    def _fill_roles(self, event: EventDraft, sentence: Sentence, speaker: ActorDraft | None) -> None:
        occurrence = event.occurrence
        for reference in occurrence.actors:
            self._add(event.actors, sentence, reference, speaker, [])
        for reference in occurrence.recipients:
            self._add(event.recipients, sentence, reference, speaker, event.actors)
        for role, reference in occurrence.third:
            actor = self.resolver.resolve(sentence, reference, speaker)
            if actor is not None:
                event.third.append((role, actor))

    def _add(
        self,
        into: list[ActorDraft],
        sentence: Sentence,
        reference: Reference,
        speaker: ActorDraft | None,
        others: list[ActorDraft],
    ) -> None:
        for actor in self.resolver.resolve_all(sentence, reference, speaker, others):
            if actor not in into:
                into.append(actor)

    def _understood_actor(self, event: EventDraft, speaker: ActorDraft | None, hops: list[HopDraft]) -> None:
        """Where nobody is named as actor: who speaks demands or condemns, and who met agreed."""
        occurrence = event.occurrence
        told_by_verb = occurrence.sentence.chunks[occurrence.on].kind != "np"
        if (
            not event.actors
            and event.type in speech_acts
            and speaker is not None
            and (told_by_verb or "predicate_judges_topic" in occurrence.rules)
        ):
            event.actors.append(speaker)
            event.rules.append("speaker_is_actor")
        if not event.actors and event.sense_id.startswith("request.must") and speaker is None:
            # قال الوزير إن الضربة مهمة، لكن يجب على المجتمع الدولي: the one quoted before goes on
            at = event.trigger[0]
            told = next(
                (h for h in reversed(hops) if h.source is not None and h.cue is not None and h.cue[0] < at), None
            )
            if told is not None and told.source is not None and told.stance in ("assert", "allege"):
                event.actors.append(told.source)
                event.rules.append("speaker_is_actor")
        if "result_of_event" in occurrence.rules and not event.actors:
            earlier = next((e for e in reversed(self.events) if e.type == "CONSULT" and len(e.actors) > 1), None)
            event.actors = list(earlier.actors) if earlier is not None else []

    # -- whether it counts ---------------------------------------------------------------------------------------------

    def _counts(self, event: EventDraft) -> bool:
        """Whether an event has the parties its type needs, and is politics where its words are common elsewhere too."""
        if not event.actors and not event.recipients:
            if event.type not in ("ASSAULT", "PROTEST"):
                return False
            occurrence = event.occurrence
            if event.status == "negated" and occurrence.sentence.chunks[occurrence.on].kind == "np":
                return False  # مفاوضات وقف إطلاق النار: what is to stop and has no party is no event
        business = event.type in ("AGREE", "SUPPORT") and any(a.sector == "BUS" for a in event.actors)
        if event.type not in _domestic and not business:
            return True
        parties = [*event.actors, *event.recipients, *(a for _, a in event.third)]
        if event.mode == "arrest":  # نفت الشرطة اعتقاله
            parties += [h.source for h in event.chain if h.source is not None and h.stance == "deny"]
        return any(self._political(a) for a in parties)

    def _political(self, actor: ActorDraft) -> bool:
        """Whether an actor is one whose dealings the codebook counts (section 1)."""
        return (
            actor.sector not in ("UNK", "CVL", "BUS")
            or actor.entity is not None
            or bool(actor.name_words and actor.role is not None)
            or (actor.role is not None and self.lexicon.roles[actor.role].id in _politically_active)
        )


# -- chains ------------------------------------------------------------------------------------------------------------


def _holding(hops: list[HopDraft], at: int) -> list[HopDraft]:
    """The attributions whose content holds a trigger, smallest content first."""
    holding: list[tuple[tuple[int, int], HopDraft]] = []
    for hop in hops:
        if hop.content is not None and hop.content[0] <= at < hop.content[1]:
            size = hop.content[1] - hop.content[0]
            holding.append(((size, -(hop.cue[0] if hop.cue else 0)), hop))
    holding.sort(key=lambda found: found[0])
    return [hop for _, hop in holding]


def _chain(holding: list[HopDraft]) -> list[HopDraft]:
    """Every attribution that holds the trigger with the carriers around it, each source once."""
    chain: list[HopDraft] = []
    for hop in holding:
        following: HopDraft | None = hop
        while following is not None:
            if all(h.source is not following.source or following.source is None for h in chain):
                chain.append(following)
            following = following.within
    return chain


def _without_own_words(event: EventDraft, chain: list[HopDraft]) -> list[HopDraft]:
    """Who demands, threatens or praises is not a hop of his own act."""
    if event.type not in speech_acts:
        return chain
    if chain and any(_same_person(chain[0].source, a) for a in event.actors):
        chain = chain[1:]
    if chain and _speaks_for_state(event, chain[0].source):
        chain = chain[1:]
    if chain and _opens(chain[0], event.trigger[0]) and _own_act(event, chain[0].source):
        chain = chain[1:]  # أعلن رفضه، أبدت تحفظات: the verb says that he does it
    return chain


def _speaks_for_state(event: EventDraft, source: ActorDraft | None) -> bool:
    """قالت الوزارة إن تركيا ترفض: the ministry speaks for its state: its act, not a report of it."""
    if source is None or len(event.actors) != 1:
        return False
    actor = event.actors[0]
    verb = event.occurrence.sentence.chunks[event.occurrence.on].verb
    past = verb is not None and verb.tense == "perfect"
    return (
        not past
        and actor.kind == "state"
        and bool(source.country)
        and source.country == actor.country
        and source.sector == actor.sector == "GOV"
    )


def _own_act(event: EventDraft, source: ActorDraft | None) -> bool:
    """Whether the act a verb governs is that of its subject, who becomes its actor where nobody else is."""
    if source is None:
        return False
    if not event.actors:
        event.actors.append(source)
        event.recipients = [r for r in event.recipients if r is not source]
        event.rules.append("speaker_is_actor")
        return True
    return any(a is source or (a.country is not None and a.country == source.country) for a in event.actors)


def _opens(hop: HopDraft, at: int) -> bool:
    """Whether a trigger is the first thing a reporting verb governs."""
    return (
        hop.stance != "relay" and hop.content is not None and hop.cue is not None and hop.cue[1] <= hop.content[0] == at
    )


def _same_person(a: ActorDraft | None, b: ActorDraft) -> bool:
    """Whether two mentions are one speaker: the same actor, or a bare title of the named one (الرئيس الأمريكي)."""
    if a is None:
        return False
    return a is b or (
        a.role is not None and a.role == b.role and a.country == b.country and a.number == b.number == "s"
    )


# -- types and modes ----------------------------------------------------------------------------------------------------


def _settle(event: EventDraft) -> None:
    """Settle type, mode and status by who acts and on whose word."""
    chain = event.chain
    if event.sense_id.startswith("consult.receive") and event.mode is None and _guest_came(event):
        event.mode = "visit"
    if _yields_later(event):
        event.type, event.mode, event.chain = "CONCEDE", None, chain[1:]
        event.rules.append("own_yielding_to_come")
    third = event.occurrence.third
    if (
        event.mode == "third-party"
        and third
        and all(role == "host" for role, _ in third)
        and len({a.country for a in event.actors if a.country}) > 2
    ):
        event.mode = "multilateral"  # a host invites several states
    if event.type == "REQUEST" and event.mode is None:
        event.mode = "change"  # a demand of something unnamed asks for another conduct
    if len(chain) == 1 and chain[0].stance == "deny":
        event.status = "negated"
        event.rules.append("denial_is_all_there_is")


def _guest_came(event: EventDraft) -> bool:
    """استقبل الرئيس في القاهرة رئيسة الوزراء: the guest of another country is received in the host's."""
    place = event.occurrence.place
    if place is None or len(event.actors) < 2:
        return False
    host, guest = event.actors[0], event.actors[1]
    land = place_country(event.occurrence.sentence, place)
    return land is not None and land == host.country and guest.country not in (None, land)


def _yields_later(event: EventDraft) -> bool:
    """أعلن أن قواته ستنسحب: who says that he will withdraw, release or lift promises to yield (codebook 2)."""
    if event.type != "RETREAT" or event.status != "planned" or event.mode == "resign" or not event.chain:
        return False
    hop, actors = event.chain[0], event.actors
    return (
        hop.stance == "assert"
        and hop.source is not None
        and any(
            a is hop.source or (a.country and a.country == hop.source.country and a.sector in ("GOV", "MIL"))
            for a in actors
        )
    )
