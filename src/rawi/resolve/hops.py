"""Turn the attributions of a sentence into hops: whose word it is, who carries it, and what was said before it goes on."""

from __future__ import annotations

from typing import NamedTuple

from rawi.extract.occurrences import speech_acts
from rawi.extract.reports import Report, grade_of
from rawi.extract.timing import owner_of
from rawi.lexicon.compiled import Compiled
from rawi.resolve.actors import ActorBook, ActorDraft
from rawi.resolve.drafts import EventDraft, HopDraft, Interval
from rawi.resolve.quotations import closing_mark, ends_in_quotation, narrator_resumes
from rawi.resolve.references import Resolver
from rawi.syntax.party import Party
from rawi.syntax.references import Reference
from rawi.syntax.sentence import Sentence


class _Voice(NamedTuple):
    """Whose word an attribution is: the actor, the words that name him, and the earlier hops that say more of him."""

    source: ActorDraft | None = None
    party: Party | None = None
    inherited: HopDraft | None = None  # the attribution it goes on with: وأضاف
    carried: HopDraft | None = None  # what he said to the agency, once named, holds on: أوضح المسؤول


class HopResolver:
    """Resolves the attributions of one article, sentence by sentence."""

    def __init__(self, lexicon: Compiled, book: ActorBook, resolver: Resolver, outlet_entity: str | None) -> None:
        self.lexicon, self.book, self.resolver, self.outlet_entity = lexicon, book, resolver, outlet_entity
        self.hops: list[HopDraft] = []
        self.silences: list[HopDraft] = []
        self.statements: list[tuple[ActorDraft, HopDraft]] = []  # whose statement a medium carries
        self.spoken: list[tuple[ActorDraft | None, Sentence, int]] = []  # who spoke, and the time chunk that says when
        self.last_hop: HopDraft | None = None
        self.told: dict[int, HopDraft] = {}  # the last attribution to each source
        self.open_hop: HopDraft | None = None

    def read(self, sentence: Sentence, reports: list[Report], last_told: list[EventDraft]) -> list[HopDraft]:
        """Return the hops of a sentence; ``last_told`` is what the last sentence with events told."""
        hops: list[HopDraft] = []
        continued = self._continued(sentence, reports)
        if continued is not None:
            hops.append(continued)
        for report in reports:
            hop = self._hop(sentence, report, hops, last_told)
            if hop is not None:
                hops.append(hop)
        _carried_whole(hops)
        self.hops.extend(hops)
        return hops

    def who_acted_speaks(self, events: list[EventDraft]) -> None:
        """Who demands or condemns in a sentence that quotes nobody is who goes on in the next one (وأضاف)."""
        for event in events:
            on = event.occurrence.sentence.chunks[event.occurrence.on]
            if event.type in speech_acts and on.kind == "verb" and len(event.actors) == 1:
                actor = event.actors[0]
                span = actor.mentions[-1] if actor.mentions else None
                grade = "named" if actor.name_words else _grade_of_draft(actor)
                self.last_hop = HopDraft(actor, span, event.trigger, "assert", grade)
                return

    # -- one attribution -----------------------------------------------------------------------------------------------

    def _hop(
        self, sentence: Sentence, report: Report, earlier: list[HopDraft], last_told: list[EventDraft]
    ) -> HopDraft | None:
        voice = self._voice(sentence, report, earlier)
        source, party, inherited = voice.source, voice.party, voice.inherited
        by_medium = party is not None and party.kind == "medium"
        if source is not None and by_medium and self._is_outlet(source):
            return None
        span = _span(sentence, party)
        if span is None and inherited is not None:
            span = inherited.source_span
        hop = HopDraft(source, span, _tokens(sentence, report.cue), report.stance, self._grade(sentence, voice))
        when = _speech_time(sentence, report)
        if when is not None:
            self.spoken.append((source, sentence, when))
        if report.content is not None:
            start, stop = report.content
            size = len(sentence.tokens)
            if start < size:
                hop.content = _tokens(sentence, (start, min(stop, size)))
        if report.stance == "decline":
            self.silences.append(hop)
            self.hops.append(hop)
            return None
        if report.rule == "relative_relay":
            self._note_issuer(sentence, report, hop)
        outer = self._carriers(sentence, report, self._fellows(sentence, report, hop))
        followed = inherited or voice.carried
        if followed is not None and outer is hop:
            hop.within = followed.within
        if source is not None:
            self.told[source.id] = hop
        if report.refers_back:
            _deny_what_was_told(hop, earlier, last_told)
        if source is not None and hop.stance != "relay" and not by_medium:
            self.last_hop = hop
        return hop

    def _voice(self, sentence: Sentence, report: Report, earlier: list[HopDraft]) -> _Voice:
        """Whose word it is: who is named, who a pronoun means, or who spoke last (وأضاف، مؤكدا)."""
        reference = report.source
        if reference is None:
            inherited = self._inherit(earlier) if report.inherits else None
            return _Voice(inherited.source if inherited is not None else None, None, inherited)
        if reference.kind == "pronoun":
            return _Voice(self.resolver.resolve(sentence, reference, None))  # مكتبه
        if reference.kind == "null":
            inherited = self._inherit(earlier)
            if inherited is not None:
                return _Voice(inherited.source, None, inherited)
            if any(c.parties and c.i < reference.at for c in sentence.chunks):
                return _Voice(self.resolver.resolve(sentence, reference, None))
            return _Voice()
        return self._named_voice(sentence, reference)

    def _named_voice(self, sentence: Sentence, reference: Reference) -> _Voice:
        party = reference.party
        last = self.last_hop
        if party is not None and self._speaks_for_last(party) and last is not None and last.source is not None:
            # البيان، المصدر ذاته: whose statement it is was said before
            party.actor = last.source.id
            return _Voice(self.resolver.resolve(sentence, reference, None), party, last)
        source = self.resolver.resolve(sentence, reference, None)
        brief = party is not None and party.definite and party.name is None and party.j - party.i <= 2
        carried = self.told.get(source.id) if source is not None and brief else None
        return _Voice(source, party, None, carried)

    def _grade(self, sentence: Sentence, voice: _Voice) -> str:
        if voice.source is not None and voice.source.name_words:
            return "named"
        inherited = voice.inherited
        grade = inherited.grade if inherited is not None else grade_of(voice.party, self.lexicon, sentence)
        if voice.source is not None and grade == "agentless":
            return _grade_of_draft(voice.source)
        return grade

    def _note_issuer(self, sentence: Sentence, report: Report, hop: HopDraft) -> None:
        """في تصريحات للوزير نقلتها قناة: the first known party before the relative clause issued the statement."""
        for chunk in sentence.chunks:
            if chunk.i >= report.cue[0]:
                break
            party = chunk.party
            if party is not None and party.kind != "place" and party.actor is not None:
                self.statements.append((self.book.actors[party.actor], hop))
                return

    def _fellows(self, sentence: Sentence, report: Report, hop: HopDraft) -> HopDraft:
        """مسعفون وناشطون: hang the joined sources around ``hop``; return the outermost."""
        outer = hop
        for reference in report.others:
            actor = self.resolver.resolve(sentence, reference, None)
            party = reference.party
            if actor is None or actor is hop.source or party is None:
                continue
            grade = grade_of(party, self.lexicon, sentence)
            outer.within = HopDraft(actor, _span(sentence, party), hop.cue, report.stance, grade)
            outer = outer.within
        return outer

    def _carriers(self, sentence: Sentence, report: Report, outer: HopDraft) -> HopDraft:
        """لوكالة رويترز، نقلت الصحيفة عن: hang who carries the report around ``outer``; return the outermost."""
        for reference, cue in report.carriers:
            actor = self.resolver.resolve(sentence, reference, None)
            if actor is None or self._is_outlet(actor):
                continue
            party = reference.party
            grade = grade_of(party, self.lexicon, sentence)
            outer.within = HopDraft(actor, _span(sentence, party), _tokens(sentence, cue), "relay", grade)
            outer = outer.within
        return outer

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

    def _inherit(self, earlier: list[HopDraft]) -> HopDraft | None:
        for hop in reversed(earlier):
            if hop.source is not None and hop.stance != "relay":
                return hop
        return self.last_hop

    def _is_outlet(self, actor: ActorDraft) -> bool:
        return self.outlet_entity is not None and actor.entity == self.outlet_entity

    # -- quotations over several sentences -----------------------------------------------------------------------------

    def _continued(self, sentence: Sentence, reports: list[Report]) -> HopDraft | None:
        """A quotation left open by an earlier sentence goes on until it is closed, or somebody else is quoted or the narrator resumes."""
        old = self.open_hop
        if old is None:
            return None
        tokens = sentence.tokens
        stop = closing_mark(sentence)
        whole = stop == len(tokens) or sum(t.form == '"' for t in tokens) % 2 == 0
        if (stop == len(tokens) and reports) or (whole and narrator_resumes(sentence)):
            self.open_hop = None
            return None
        hop = HopDraft(old.source, old.source_span, old.cue, old.stance, old.grade)
        hop.within = old.within
        if stop > 0:
            hop.content = _tokens(sentence, (0, stop))
        if stop < len(tokens):
            self.open_hop = None
        return hop

    def leave_open(self, sentence: Sentence, hops: list[HopDraft]) -> None:
        """Remember a quotation that the sentence opens and does not close."""
        opened = ends_in_quotation(sentence)
        if opened and hops and hops[-1].content is not None and hops[-1].source is not None:
            self.open_hop = hops[-1]
        elif not opened and self.open_hop is not None and any(t.form in '»”"' for t in sentence.tokens):
            self.open_hop = None


def _carried_whole(hops: list[HopDraft]) -> None:
    """أعلنت القيادة أن ...، وفق ما أوردته الصحيفة: the medium of a tag carries who speaks in the sentence, there and further on."""
    for tag in hops:
        if tag.stance != "relay" or tag.content is None or tag.cue is None or tag.cue[0] < tag.content[1]:
            continue
        for hop in hops:
            if hop.stance == "assert" and hop.within is None and hop.source is not tag.source and hop.cue is not None:
                if tag.content[0] <= hop.cue[0] < tag.content[1]:
                    hop.within = tag


def _deny_what_was_told(denial: HopDraft, earlier: list[HopDraft], last_told: list[EventDraft]) -> None:
    """ونفت موسكو ذلك: the denier follows those who told it, in this sentence or the last."""
    denial.content = denial.within = None
    for told in reversed(earlier):
        if told.content is not None and told.stance != "deny" and told.source is not denial.source:
            while told.within is not None:
                told = told.within
            told.within = denial
            return
    for event in last_told:
        if event.type not in speech_acts and all(h.stance != "deny" for h in event.chain):
            event.chain.append(denial)


def _grade_of_draft(actor: ActorDraft) -> str:
    """The grade of a source known only as an actor of the article."""
    if actor.name_words or actor.kind == "person":
        return "named"
    return "institution" if actor.kind in ("org", "state", "medium", "force", "name") else "unnamed"


def _speech_time(sentence: Sentence, report: Report) -> int | None:
    """The time chunk between a reporting verb and what it reports: when it was said."""
    stop = report.content[0] if report.content is not None else len(sentence.tokens)
    if stop <= report.cue[0]:
        stop = len(sentence.tokens)
    for k, chunk in enumerate(sentence.chunks):
        if chunk.kind == "time" and report.cue[0] - 12 <= chunk.i < stop and chunk.prep not in ("قبل", "بعد", "منذ"):
            return None if report.content is None and _tells_of_another(sentence, report, k) else k
    return None


def _tells_of_another(sentence: Sentence, report: Report, k: int) -> bool:
    """أدانت المجزرة التي ارتكبها الجيش أمس: whether a time after a reporting verb belongs to another verb."""
    verb = owner_of(sentence, k).verb
    return verb >= 0 and report.cue[1] <= sentence.chunks[verb].i < sentence.chunks[k].i


def _tokens(sentence: Sentence, span: Interval) -> Interval:
    """Where the tokens ``[i, j)`` of a sentence stand in the folded text."""
    return sentence.tokens[span[0]].start, sentence.tokens[span[1] - 1].stop


def _span(sentence: Sentence, party: Party | None) -> Interval | None:
    """Where the words of a party stand in the folded text, without a conjunction glued to them."""
    if party is None:
        return None
    return sentence.tokens[party.i].start + party.clip, sentence.tokens[party.j - 1].stop
