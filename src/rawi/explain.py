"""Say why a coded article holds what it holds: parts of each sentence, rules and entries that fired, near misses.

1. The article is coded by the ordinary coder, whose event reader and ranker are watched while it works.
2. Each event is told with its sentence, its parts marked as in the examples of the lexicon, and its chain.
3. Every word that could have carried an event and does not is a near miss, with the step that dropped it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

import msgspec

from rawi.coder import Coder
from rawi.extract.attributions import Report, find_reports
from rawi.extract.events import EventReader
from rawi.extract.occurrences import Occurrence
from rawi.lexicon.compiled import Compiled, Sense
from rawi.model import Article, CodedArticle, Event, EventType, Span
from rawi.resolve.drafts import EventDraft
from rawi.resolve.rank import Ranker
from rawi.syntax.sentence import Chunk, Sentence
from rawi.text.fold import Folded

# Marks of the parts, those of the lexicon's examples and three more: S source, D date, P place; the trigger stands in braces.
_unmet = "no sense fits here"
third_party_marks = {"host": "H", "mediator": "M", "on_behalf": "B", "about": "T"}


class Part(NamedTuple):
    """A part of a sentence: its mark ('' is the trigger) and where it stands in the article's text."""

    mark: str
    span: Span


class HopRules(msgspec.Struct, frozen=True):
    """One hop of a chain with the cue entry and the rule that made it."""

    attribution: str
    entry: str | None
    rule: str | None


class EventExplanation(msgspec.Struct, frozen=True):
    """Why an event is in the record."""

    event: Event
    sentence: Span
    parts: tuple[Part, ...]
    entry: str
    rules: tuple[str, ...]
    chain: tuple[HopRules, ...]


class NearMiss(msgspec.Struct, frozen=True):
    """A word that could carry an event and does not, and why; ``unmet`` where no sense of it fits what stands around."""

    trigger: Span
    sentence: Span
    types: tuple[EventType, ...]
    entries: tuple[str, ...]
    reason: str
    unmet: bool = False


class Explanation(msgspec.Struct, frozen=True):
    """A coded article with its reasons."""

    coded: CodedArticle
    events: tuple[EventExplanation, ...]
    near_misses: tuple[NearMiss, ...]


def explain_article(article: Article, lexicon: Compiled) -> Explanation:
    """Code ``article`` and return the reasons; spans are code points of ``article.text``."""
    coder = _WatchedCoder(lexicon)
    coded = coder.code(article)
    assert coder.folded is not None
    cues: dict[Span | None, Report] = {coder.cue_span(report): report for report in coder.watch.reports}
    events = tuple(_explain_event(coded, event, cues) for event in coded.events)
    taken = {event.trigger for event in coded.events}
    misses = (m for m in coder.misses() if not any(_overlap(m.trigger, t) for t in taken))
    return Explanation(coded, events, tuple(misses))


def mark_parts(text: str, sentence: Span, parts: Iterable[Part]) -> list[tuple[str, str]]:
    """Return the sentence as (mark, words) in order; the mark is '-' for words of no part.

    Of parts that overlap the trigger stays, then the longer one.
    """
    kept: list[Part] = []
    for part in sorted(parts, key=lambda p: (p.mark != "", p.span[0] - p.span[1])):
        if not any(_overlap(part.span, other.span) for other in kept):
            kept.append(part)
    out: list[tuple[str, str]] = []
    at = sentence[0]
    for part in sorted(kept, key=lambda p: p.span):
        out += [("-", text[at : part.span[0]])] if part.span[0] > at else []
        out.append((part.mark, text[slice(*part.span)]))
        at = part.span[1]
    return [*out, ("-", text[at : sentence[1]])] if at < sentence[1] else out


def _explain_event(coded: CodedArticle, event: Event, cues: dict[Span | None, Report]) -> EventExplanation:
    actors = {actor.id: actor for actor in coded.actors}
    hops = {hop.id: hop for hop in coded.attributions}
    roles = [
        *(("A", i) for i in event.actors),
        *(("R", i) for i in event.recipients),
        *((third_party_marks[t.role], t.actor) for t in event.third_parties),
    ]
    parts = [Part("", event.trigger)]
    parts += [Part(mark, span) for mark, i in roles for span in actors[i].mentions]
    parts += [Part("S", span) for i in event.chain if (span := hops[i].source_span) is not None]
    parts += [Part("C", span) for i in event.chain if (span := hops[i].cue) is not None]
    if event.date is not None and event.date.span is not None:
        parts.append(Part("D", event.date.span))
    if event.place is not None and event.place.span is not None:
        parts.append(Part("P", event.place.span))
    inside = tuple(p for p in parts if event.extent[0] <= p.span[0] and p.span[1] <= event.extent[1])
    chain = []
    for i in event.chain:
        report = cues.get(hops[i].cue)
        entry = report.entry.id if report is not None and report.entry is not None else None
        chain.append(HopRules(i, entry, report.rule if report is not None else None))
    return EventExplanation(event, event.extent, inside, event.rules[0], event.rules[1:], tuple(chain))


class _WatchedReader(EventReader):
    """An event reader that remembers what it was given, what it found, and why it dropped the rest."""

    def __init__(self, lexicon: Compiled) -> None:
        super().__init__(lexicon)
        self.sentences: list[Sentence] = []
        self.reports: list[Report] = []
        self.found: dict[tuple[int, int], Occurrence] = {}
        self.without_party: set[tuple[int, int]] = set()
        self.proposed: dict[tuple[int, int], Occurrence] = {}

    def find(self, sentence: Sentence) -> list[Occurrence]:
        self.sentences.append(sentence)
        self.reports += find_reports(sentence, self.lexicon)
        found = super().find(sentence)
        self.found.update({(sentence.index, o.on): o for o in found})
        return found

    def read_verb(self, sentence: Sentence, k: int, *rest: Any) -> Occurrence | None:
        return self._note(sentence, k, super().read_verb(sentence, k, *rest))

    def read_noun(self, sentence: Sentence, k: int, *rest: Any) -> Occurrence | None:
        return self._note(sentence, k, super().read_noun(sentence, k, *rest))

    def _note(self, sentence: Sentence, k: int, occurrence: Occurrence | None) -> Occurrence | None:
        if occurrence is not None:
            self.proposed[sentence.index, k] = occurrence
        return occurrence

    def keep(self, occurrence: Occurrence) -> bool:
        kept = super().keep(occurrence)
        if not kept:
            self.without_party.add((occurrence.sentence.index, occurrence.on))
        return kept


class _WatchedRanker(Ranker):
    """A ranker that remembers what came to it."""

    def __init__(self, lexicon: Compiled) -> None:
        super().__init__(lexicon)
        self.came: list[EventDraft] = []
        self.stayed: list[EventDraft] = []

    def keep(self, events: list[EventDraft], *rest: Any, **options: Any) -> list[EventDraft]:
        self.came = list(events)
        self.stayed = super().keep(events, *rest, **options)
        return self.stayed


class _WatchedCoder(Coder):
    """The coder with its event reader and ranker watched."""

    def __init__(self, lexicon: Compiled) -> None:
        super().__init__(lexicon)
        self.folded: Folded | None = None
        self.events = self.watch = _WatchedReader(lexicon)
        self.ranker = self.judge = _WatchedRanker(lexicon)

    def read(self, article: Article, folded: Folded) -> list[Sentence]:
        self.folded = folded
        return super().read(article, folded)

    def span(self, sentence: Sentence, i: int, j: int) -> Span:
        """Return where the tokens ``[i, j)`` of a sentence stand in the article."""
        assert self.folded is not None
        return self.folded.span(sentence.tokens[i].start, sentence.tokens[j - 1].stop)

    def cue_span(self, report: Report) -> Span:
        """Return where the cue of a report stands in the article."""
        return self.span(report.sentence, *report.cue)

    def misses(self) -> Iterable[NearMiss]:
        """Yield a near miss for every chunk with trigger senses that led to no event."""
        assert self.folded is not None
        for sentence in self.watch.sentences:
            for k, chunk in enumerate(sentence.chunks):
                if not chunk.senses:
                    continue
                reason = self._reason(sentence, k, chunk)
                if reason:
                    chosen = self.watch.proposed.get((sentence.index, k))
                    senses = [chosen.sense] if chosen is not None else [self.lexicon.senses[n] for n in chunk.senses]
                    yield NearMiss(
                        self.span(sentence, chunk.i, chunk.j),
                        self.folded.span(sentence.start, sentence.stop),
                        cast("tuple[EventType, ...]", tuple(dict.fromkeys(s.type for s in senses))),
                        tuple(s.id for s in senses),
                        reason,
                        reason.startswith(_unmet),
                    )

    def _reason(self, sentence: Sentence, k: int, chunk: Chunk) -> str:
        """Return which step dropped the candidate, '' where none did."""
        key = (sentence.index, k)
        occurrence = self.watch.found.get(key)
        if occurrence is not None:
            return self._later_reason(occurrence)
        if key in self.watch.without_party:
            return "no party fills a role that this type needs"
        if key in self.watch.proposed:
            return "it is the content of a demand, offer, threat or refusal, or tells more of the event beside it"
        if chunk.parties:
            return "the word is part of a party's name or title"
        conditions = [c for n in chunk.senses if (c := _conditions(self.lexicon.senses[n]))]
        return f"{_unmet}: {'; '.join(conditions[:2])}" if conditions else "the reader of its clause turned it down"

    def _later_reason(self, occurrence: Occurrence) -> str:
        for draft in self.judge.came:
            if draft.occurrence is occurrence:
                if any(draft is kept for kept in self.judge.stayed):
                    return ""
                return f"the ranker turns it down ({occurrence.score:.2f})"
        for number, draft in enumerate(self.judge.stayed, 1):
            if draft.type == occurrence.sense.type and "same_event_again" in draft.rules:
                return f"another mention of e{number}, or no party of it could be told"
        return "no party of it could be told"


def _conditions(sense: Sense) -> str:
    """Return the conditions of a sense in words, '' where it has none."""
    said = []
    for name in ("if_obj", "if_prep", "if_next", "if_subj", "unless_obj", "unless_prep", "unless_next", "unless_subj"):
        words = sorted(getattr(sense, name), key=len)
        if words:
            said.append(f"{name} {'، '.join(words[:3])}{' …' if len(words) > 3 else ''}")
    return f"{sense.id} has {', '.join(said)}" if said else ""


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
