"""Turn what was found in the sentences of an article into its records.

1. Sentences are resolved in order: parties first, then attributions, then events.
2. The chain of an event is every attribution whose content holds its trigger, smallest content first, each
   with the carriers around it; an attribution without source of its own inherits the last one with its chain.
3. Who demands, threatens or praises is not a hop of his own act.
4. Events of one type with compatible parties, status and date are one event.
"""

from __future__ import annotations

from rawi.extract.occurrences import Occurrence, speech_acts
from rawi.extract.reports import Report, grade_of
from rawi.lexicon.compiled import Compiled
from rawi.resolve.actors import ActorBook, ActorDraft
from rawi.resolve.chains import is_taken_for_granted
from rawi.resolve.references import Resolver
from rawi.syntax.party import Party
from rawi.syntax.sentence import Sentence

Interval = tuple[int, int]


class HopDraft:
    """One attribution hop; offsets are into the folded text of the article."""

    __slots__ = ("content", "cue", "grade", "id", "source", "source_span", "stance", "used", "within")

    def __init__(
        self, source: ActorDraft | None, source_span: Interval | None, cue: Interval | None, stance: str, grade: str
    ) -> None:
        self.source, self.source_span, self.cue, self.stance, self.grade = source, source_span, cue, stance, grade
        self.content: Interval | None = None
        self.within: HopDraft | None = None
        self.id = -1
        self.used = False


class EventDraft:
    """One event; ``chain`` is innermost first."""

    __slots__ = (
        "actors",
        "chain",
        "date",
        "headline",
        "judged",
        "mode",
        "occurrence",
        "place",
        "recipients",
        "rules",
        "sense_id",
        "status",
        "third",
        "trigger",
        "type",
    )

    def __init__(self, occurrence: Occurrence) -> None:
        self.occurrence = occurrence
        self.type = occurrence.sense.type
        self.mode = occurrence.mode
        self.status = occurrence.status
        self.actors: list[ActorDraft] = []
        self.recipients: list[ActorDraft] = []
        self.third: list[tuple[str, ActorDraft]] = []
        self.chain: list[HopDraft] = []
        self.rules = list(occurrence.rules)
        self.date: object = None
        self.place: tuple[Sentence, Interval] | None = None
        if occurrence.place is not None:
            self.place = (occurrence.sentence, occurrence.place)
        tokens = occurrence.sentence.tokens
        self.trigger = (tokens[occurrence.trigger[0]].start, tokens[occurrence.trigger[1] - 1].stop)
        self.sense_id = occurrence.sense.id
        self.judged = occurrence.judged
        self.headline = occurrence.sentence.title  # stays when the event is joined with its telling in the body


class ArticleResolver:
    """Resolves one article."""

    def __init__(self, lexicon: Compiled, book: ActorBook, outlet_entity: str | None) -> None:
        self.lexicon = lexicon
        self.book = book
        self.outlet_entity = outlet_entity
        self.resolver = Resolver(lexicon, book)
        self.hops: list[HopDraft] = []
        self.silences: list[HopDraft] = []
        self.statements: list[tuple[ActorDraft, HopDraft]] = []  # whose statement a medium carries
        self.events: list[EventDraft] = []
        self.spoken: list[tuple[ActorDraft | None, Sentence, int]] = []  # who spoke, and the time chunk that says when
        self.last_hop: HopDraft | None = None
        self.told: dict[int, HopDraft] = {}  # the last attribution to each source
        self.open_hop: HopDraft | None = None
        self.last_told: list[EventDraft] = []  # what the last sentence with events told

    def sentence(self, sentence: Sentence, reports: list[Report], occurrences: list[Occurrence]) -> None:
        """Resolve one sentence; sentences come in text order."""
        for chunk in sentence.chunks:
            for party in chunk.parties:
                if party.kind != "place":
                    self.resolver.note(self.book.register(sentence, party))
        hops: list[HopDraft] = []
        continued = self._continued(sentence, reports)
        if continued is not None:
            hops.append(continued)
        for report in reports:
            hops.extend(self._hop(sentence, report, hops))
        _carried_whole(hops)
        self.hops.extend(hops)
        told = len(self.events)
        for occurrence in occurrences:
            event = self._event(sentence, occurrence, hops)
            if event is not None:
                self.events.append(event)
                self._remember_sides(event)
        self._leave_open(sentence, hops)
        if not hops:
            self._who_acted_speaks(self.events[told:])
        self.last_told = self.events[told:] or self.last_told

    def _remember_sides(self, event: EventDraft) -> None:
        """Keep the two parties of a meeting, a call, a deal or a fight: الجانبان، الوزيران، البلدان stand for them later."""
        if event.occurrence.sense.symmetric and len(event.actors) == 2 and all(a.number != "d" for a in event.actors):
            self.resolver.two_sides = list(event.actors)

    # -- attributions --------------------------------------------------------------------------------------------------

    def _hop(self, sentence: Sentence, report: Report, earlier: list[HopDraft]) -> list[HopDraft]:
        tokens = sentence.tokens
        cue = (tokens[report.cue[0]].start, tokens[report.cue[1] - 1].stop)
        source: ActorDraft | None = None
        party: Party | None = None
        inherited: HopDraft | None = None
        carried: HopDraft | None = None
        if report.source is not None:
            if report.source.kind == "pronoun":
                source = self.resolver.resolve(sentence, report.source, None)  # مكتبه
            elif report.source.kind == "null":
                inherited = self._inherit(sentence, report, earlier)
                if inherited is not None:
                    source = inherited.source
                elif any(c.parties and c.i < report.source.at for c in sentence.chunks):
                    source = self.resolver.resolve(sentence, report.source, None)
            else:
                party = report.source.party
                if (
                    party is not None
                    and self._speaks_for_last(party)
                    and self.last_hop is not None
                    and self.last_hop.source is not None
                ):
                    # البيان، المصدر ذاته: whose statement it is was said before
                    inherited = self.last_hop
                    party.actor = self.last_hop.source.id
                source = self.resolver.resolve(sentence, report.source, None)
                if (
                    inherited is None
                    and source is not None
                    and party is not None
                    and party.definite
                    and party.name is None
                    and party.j - party.i <= 2
                ):
                    carried = self.told.get(source.id)  # أوضح المسؤول: what he said to the agency, once named, holds on
        elif report.inherits:
            inherited = self._inherit(sentence, report, earlier)
            source = inherited.source if inherited is not None else None
        span = (tokens[party.i].start + party.clip, tokens[party.j - 1].stop) if party is not None else None
        if span is None and inherited is not None:
            span = inherited.source_span
        if source is not None and party is not None and party.kind == "medium" and self._is_outlet(source):
            return []
        grade = inherited.grade if inherited is not None else grade_of(party, self.lexicon, sentence)
        if source is not None and source.name_words:
            grade = "named"
        elif source is not None and grade == "agentless":
            grade = _grade_of_draft(source)
        hop = HopDraft(source, span, cue, report.stance, grade)
        when = _speech_time(sentence, report)
        if when is not None:
            self.spoken.append((source, sentence, when))
        if report.content is not None:
            start, stop = report.content
            if start < len(tokens):
                hop.content = (tokens[start].start, tokens[min(stop, len(tokens)) - 1].stop)
        if report.stance == "decline":
            self.silences.append(hop)
            self.hops.append(hop)
            return []
        if report.rule == "relative_relay":
            issuer = next(
                (
                    a
                    for c in sentence.chunks
                    for p in c.parties[:1]
                    for a in self.book.actors
                    if c.i < report.cue[0] and p.kind != "place" and a.id == p.actor
                ),
                None,
            )
            if issuer is not None:
                self.statements.append((issuer, hop))
        out = [hop]
        outer = hop
        for reference in report.others:
            actor = self.resolver.resolve(sentence, reference, None)
            other = reference.party
            if actor is None or actor is source or other is None:
                continue
            fellow = HopDraft(
                actor,
                (tokens[other.i].start + other.clip, tokens[other.j - 1].stop),
                cue,
                report.stance,
                grade_of(other, self.lexicon, sentence),
            )
            outer.within = fellow
            outer = fellow
        for reference, carrier_cue in report.carriers:
            actor = self.resolver.resolve(sentence, reference, None)
            if actor is None or self._is_outlet(actor):
                continue
            carrier_party = reference.party
            carrier_span = (
                (tokens[carrier_party.i].start + carrier_party.clip, tokens[carrier_party.j - 1].stop)
                if carrier_party is not None
                else None
            )
            carrier = HopDraft(
                actor,
                carrier_span,
                (tokens[carrier_cue[0]].start, tokens[carrier_cue[1] - 1].stop),
                "relay",
                grade_of(carrier_party, self.lexicon, sentence),
            )
            outer.within = carrier
            outer = carrier
        if inherited is None:
            inherited = carried
        if inherited is not None and outer is hop:
            hop.within = inherited.within
        if source is not None:
            self.told[source.id] = hop
        if report.refers_back:
            self._deny_what_was_told(hop, earlier)
        if source is not None and hop.stance != "relay" and not (party is not None and party.kind == "medium"):
            self.last_hop = hop
        return out

    def _speaks_for_last(self, party: Party) -> bool:
        role = self.lexicon.roles[party.role] if party.role is not None else None
        return (
            role is not None
            and role.kind == "source"
            and party.definite
            and party.number == "s"
            and party.j - party.i <= 2
            and party.country is None
            and party.entity is None
        )

    def _inherit(self, sentence: Sentence, report: Report, earlier: list[HopDraft]) -> HopDraft | None:
        for hop in reversed(earlier):
            if hop.source is not None and hop.stance != "relay":
                return hop
        return self.last_hop

    def _deny_what_was_told(self, denial: HopDraft, earlier: list[HopDraft]) -> None:
        """ونفت موسكو ذلك: the denier follows those who told it, in this sentence or the last."""
        denial.content = denial.within = None
        told = next(
            (
                h
                for h in reversed(earlier)
                if h.content is not None and h.stance != "deny" and h.source is not denial.source
            ),
            None,
        )
        if told is not None:
            while told.within is not None:
                told = told.within
            told.within = denial
            return
        for event in self.last_told:
            if event.type not in speech_acts and all(h.stance != "deny" for h in event.chain):
                event.chain.append(denial)

    def _who_acted_speaks(self, events: list[EventDraft]) -> None:
        """Who demands or condemns in a sentence that quotes nobody is who goes on in the next one (وأضاف)."""
        for event in events:
            on = event.occurrence.sentence.chunks[event.occurrence.on]
            if event.type in speech_acts and on.kind == "verb" and len(event.actors) == 1:
                actor = event.actors[0]
                span = actor.mentions[-1] if actor.mentions else None
                self.last_hop = HopDraft(
                    actor, span, event.trigger, "assert", "named" if actor.name_words else _grade_of_draft(actor)
                )
                return

    def _is_outlet(self, actor: ActorDraft) -> bool:
        return self.outlet_entity is not None and actor.entity == self.outlet_entity

    def _continued(self, sentence: Sentence, reports: list[Report]) -> HopDraft | None:
        """A quotation left open by an earlier sentence goes on until it is closed, or somebody else is quoted or the narrator resumes."""
        if self.open_hop is None:
            return None
        tokens = sentence.tokens
        stop = len(tokens)
        for n, token in enumerate(tokens):
            if token.form in "»”" or token.form == '"':
                stop = n
                break
        whole = stop == len(tokens) or sum(t.form == '"' for t in tokens) % 2 == 0
        if (stop == len(tokens) and reports) or (whole and _narrator_resumes(sentence)):
            self.open_hop = None
            return None
        old = self.open_hop
        hop = HopDraft(old.source, old.source_span, old.cue, old.stance, old.grade)
        hop.within = old.within
        if stop > 0:
            hop.content = (tokens[0].start, tokens[stop - 1].stop)
        if stop < len(tokens):
            self.open_hop = None
        return hop

    def _leave_open(self, sentence: Sentence, hops: list[HopDraft]) -> None:
        """Remember a quotation that the sentence opens and does not close."""
        opened = _ends_in_quotation(sentence)
        if opened and hops and hops[-1].content is not None and hops[-1].source is not None:
            self.open_hop = hops[-1]
        elif not opened and self.open_hop is not None and any(t.form in '»”"' for t in sentence.tokens):
            self.open_hop = None

    # -- events --------------------------------------------------------------------------------------------------------

    def _event(self, sentence: Sentence, occurrence: Occurrence, hops: list[HopDraft]) -> EventDraft | None:
        event = EventDraft(occurrence)
        at = event.trigger[0]
        holding = [h for h in hops if h.content is not None and h.content[0] <= at < h.content[1]]
        holding.sort(key=lambda h: (h.content[1] - h.content[0], -(h.cue[0] if h.cue else 0)) if h.content else (0, 0))
        speaker = next((h.source for h in holding if h.source is not None and h.stance != "relay"), None)
        for reference in occurrence.actors:
            self._add(event.actors, sentence, reference, speaker)
        for reference in occurrence.recipients:
            self._add(event.recipients, sentence, reference, speaker, event.actors)
        for role, reference in occurrence.third:
            actor = self.resolver.resolve(sentence, reference, speaker)
            if actor is not None:
                event.third.append((role, actor))
        if (
            not event.actors
            and event.type in speech_acts
            and speaker is not None
            and (occurrence.sentence.chunks[occurrence.on].kind != "np" or "predicate_judges_topic" in occurrence.rules)
        ):
            event.actors.append(speaker)
            event.rules.append("speaker_is_actor")
        if not event.actors and event.sense_id.startswith("request.must") and speaker is None:
            # قال الوزير إن الضربة مهمة، لكن يجب على المجتمع الدولي: the one quoted before goes on
            told = next(
                (h for h in reversed(hops) if h.source is not None and h.cue is not None and h.cue[0] < at), None
            )
            if told is not None and told.source is not None and told.stance in ("assert", "allege"):
                event.actors.append(told.source)
                event.rules.append("speaker_is_actor")
        if "result_of_event" in occurrence.rules and not event.actors:
            earlier = next((e for e in reversed(self.events) if e.type == "CONSULT" and len(e.actors) > 1), None)
            event.actors = list(earlier.actors) if earlier is not None else []
        event.recipients = [r for r in event.recipients if r not in event.actors]
        chain: list[HopDraft] = []
        for hop in holding:
            following: HopDraft | None = hop
            while following is not None:
                if all(h.source is not following.source or following.source is None for h in chain):
                    chain.append(following)
                following = following.within
        if event.type in speech_acts and chain and any(_same_person(chain[0].source, a) for a in event.actors):
            chain = chain[1:]
        if event.type in speech_acts and chain and chain[0].source is not None and len(event.actors) == 1:
            source, actor = chain[0].source, event.actors[0]
            verb = occurrence.sentence.chunks[occurrence.on].verb
            past = verb is not None and verb.tense == "perfect"
            if (
                not past
                and actor.kind == "state"
                and source.country
                and source.country == actor.country
                and source.sector == actor.sector == "GOV"
            ):
                chain = chain[1:]  # the ministry speaks for its state: its act, not a report of it
        if event.type in speech_acts and chain and _opens(chain[0], at) and self._own_act(event, chain[0].source):
            chain = chain[1:]  # أعلن رفضه، أبدت تحفظات: the verb says that he does it
        if chain and is_taken_for_granted(event, self.lexicon):
            chain = []
        event.chain = chain
        if event.sense_id.startswith("consult.receive") and event.mode is None and self._guest_came(event):
            event.mode = "visit"
        if self._yields_later(event):
            event.type, event.mode, event.chain = "CONCEDE", None, chain[1:]
            event.rules.append("own_yielding_to_come")
        if (
            event.mode == "third-party"
            and occurrence.third
            and all(role == "host" for role, _ in occurrence.third)
            and len({a.country for a in event.actors if a.country}) > 2
        ):
            event.mode = "multilateral"  # a host invites several states
        if event.type == "REQUEST" and event.mode is None:
            event.mode = "change"  # a demand of something unnamed asks for another conduct
        if len(chain) == 1 and chain[0].stance == "deny":
            event.status = "negated"
            event.rules.append("denial_is_all_there_is")
        if not event.actors and not event.recipients:
            if event.type not in ("ASSAULT", "PROTEST"):
                return None
            if event.status == "negated" and occurrence.sentence.chunks[occurrence.on].kind == "np":
                return None  # مفاوضات وقف إطلاق النار: what is to stop and has no party is no event
        business = event.type in ("AGREE", "SUPPORT") and any(a.sector == "BUS" for a in event.actors)
        if (event.type in domestic or business) and not any(
            self._political(a)
            for a in (
                *event.actors,
                *event.recipients,
                *(a for _, a in event.third),
                *(
                    h.source
                    for h in event.chain
                    if h.source is not None and h.stance == "deny" and event.mode == "arrest"
                ),
            )
        ):
            return None
        return event

    def _political(self, actor: ActorDraft) -> bool:
        """Whether an actor is one whose dealings the codebook counts (section 1)."""
        return (
            actor.sector not in ("UNK", "CVL", "BUS")
            or actor.entity is not None
            or bool(actor.name_words and actor.role is not None)
            or (actor.role is not None and self.lexicon.roles[actor.role].id in _politically_active)
        )

    def _guest_came(self, event: EventDraft) -> bool:
        """استقبل الرئيس في القاهرة رئيسة الوزراء: the guest of another country is received in the host's."""
        place = event.occurrence.place
        if place is None or len(event.actors) < 2:
            return False
        host, guest = event.actors[0], event.actors[1]
        sentence = event.occurrence.sentence
        land = next((p.country for c in sentence.chunks for p in c.parties if p.i == place[0]), None)
        return land is not None and land == host.country and guest.country not in (None, land)

    def _yields_later(self, event: EventDraft) -> bool:
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

    def _own_act(self, event: EventDraft, source: ActorDraft | None) -> bool:
        """Whether the act a verb governs is that of its subject, who becomes its actor where nobody else is."""
        if source is None:
            return False
        if not event.actors:
            event.actors.append(source)
            event.recipients = [r for r in event.recipients if r is not source]
            event.rules.append("speaker_is_actor")
            return True
        return any(a is source or (a.country is not None and a.country == source.country) for a in event.actors)

    def _add(
        self,
        into: list[ActorDraft],
        sentence: Sentence,
        reference: object,
        speaker: ActorDraft | None,
        others: list[ActorDraft] | None = None,
    ) -> None:
        from rawi.syntax.references import Reference

        assert isinstance(reference, Reference)
        for actor in self.resolver.resolve_all(sentence, reference, speaker, others or []):
            if actor not in into:
                into.append(actor)


# Types whose words are as common in business, schools and families as in politics.
domestic = {"CONSULT", "AID", "COOPERATE", "COERCE"}
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


def _carried_whole(hops: list[HopDraft]) -> None:
    """أعلنت القيادة أن ...، وفق ما أوردته الصحيفة: the medium of a tag carries who speaks in the sentence, there and further on."""
    for tag in hops:
        if tag.stance != "relay" or tag.content is None or tag.cue is None or tag.cue[0] < tag.content[1]:
            continue
        for hop in hops:
            if hop.stance == "assert" and hop.within is None and hop.source is not tag.source and hop.cue is not None:
                if tag.content[0] <= hop.cue[0] < tag.content[1]:
                    hop.within = tag


def settle_people(event: EventDraft) -> None:
    """مقتل عشرة أشخاص في بغداد، تظاهر الآلاف في أنقرة: nameless people are of the country where it happens, not of the topic's."""
    struck = next((r.country for r in event.recipients if r.kind == "place" and r.country), None)
    country = struck or place_country(event.occurrence)
    if country is None or event.type not in ("ASSAULT", "PROTEST"):
        return
    for draft in event.recipients if event.type == "ASSAULT" else event.actors:
        nameless = not draft.entity and not draft.name_words and not draft.vague
        if draft.guessed or (
            draft.country is None
            and nameless
            and draft.kind in ("people", "role", "org")
            and draft.sector not in ("REB", "IGO", "NGO", "JRN")
            and not draft.foreign
        ):
            draft.country, draft.guessed = country, False


def place_country(occurrence: Occurrence) -> str | None:
    """The country of the place where an event happens, where it is named."""
    chunks = occurrence.sentence.chunks
    if occurrence.place is not None:
        for chunk in chunks:
            for party in chunk.parties:
                if party.i == occurrence.place[0]:
                    return party.country
    for chunk in chunks[occurrence.on + 1 : occurrence.span[1] + 1]:
        if chunk.nisba is not None and chunk.prep in ("في", "ب", "داخل") and not chunk.parties and not chunk.senses:
            return chunk.nisba if len(chunk.nisba) == 3 else None  # في المنطقة القبلية الباكستانية
    return None


def _opens(hop: HopDraft, at: int) -> bool:
    """Whether a trigger is the first thing a reporting verb governs."""
    return (
        hop.stance != "relay" and hop.content is not None and hop.cue is not None and hop.cue[1] <= hop.content[0] == at
    )


def _grade_of_draft(actor: ActorDraft) -> str:
    """The grade of a source known only as an actor of the article."""
    if actor.name_words or actor.kind == "person":
        return "named"
    return "institution" if actor.kind in ("org", "state", "medium", "force", "name") else "unnamed"


def _narrator_resumes(sentence: Sentence) -> bool:
    """Whether a sentence within a quotation never closed is the outlet's own: وكان ..., or a verb joined by و with a named subject after it."""
    chunks = sentence.chunks
    first = chunks[0] if chunks else None
    if first is None or first.kind != "verb" or not first.conj or first.verb is None:
        return False
    if sentence.tokens[first.i].form in ("وكان", "وكانت", "وكانوا"):
        return True
    return (
        first.verb.person == 3
        and first.verb.tense == "perfect"
        and len(chunks) > 1
        and bool(chunks[1].parties)
        and not chunks[1].prep
    )


def _ends_in_quotation(sentence: Sentence) -> bool:
    """Whether a sentence ends inside a quotation it opened; a straight mark glued to the word before it closes one."""
    opened = False
    tokens = sentence.tokens
    for n, token in enumerate(tokens):
        if token.form in "«“":
            opened = True
        elif token.form in "»":
            opened = False
        elif token.form in '"”':
            glued = n > 0 and tokens[n - 1].stop == token.start and len(tokens[n - 1].form) > 1
            opened = not opened and not glued
    return opened


def _speech_time(sentence: Sentence, report: Report) -> int | None:
    """The time chunk between a reporting verb and what it reports: when it was said."""
    stop = report.content[0] if report.content is not None else len(sentence.tokens)
    if stop <= report.cue[0]:
        stop = len(sentence.tokens)
    for k, chunk in enumerate(sentence.chunks):
        if chunk.kind == "time" and report.cue[0] - 12 <= chunk.i < stop and chunk.prep not in ("قبل", "بعد", "منذ"):
            return k
    return None


def _same_person(a: ActorDraft | None, b: ActorDraft) -> bool:
    """Whether two mentions are one speaker: the same actor, or a bare title of the named one (الرئيس الأمريكي)."""
    if a is None:
        return False
    return a is b or (
        a.role is not None and a.role == b.role and a.country == b.country and a.number == b.number == "s"
    )
