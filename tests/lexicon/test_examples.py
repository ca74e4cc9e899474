"""Every example of the lexicon is coded, and must give what its marks say.

``floors.json`` holds the share of examples that must pass at least, by measure; raise it as the coder improves.
To see what fails: ``python tests/lexicon/test_examples.py [measure or id ...]``.
"""

from __future__ import annotations

import functools
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import rawi
from rawi.coder import default_coder
from rawi.extract.attributions import Report, find_reports
from rawi.lexicon.examples import Example, parse_example
from rawi.lexicon.load import lexicon_files, read_sources
from rawi.lexicon.schema import CueEntry, TriggerEntry
from rawi.model import Article, CodedArticle, Event, Span
from rawi.text.fold import Folded, fold

here = Path(__file__).parent
published = "2024-05-20"
title = "موجز الأخبار"  # what stands alone, without a headline, is judged more strictly
third_roles = {"H": "host", "M": "mediator", "B": "on_behalf", "T": "about"}


class Outcome(NamedTuple):
    """What came of one thing that an example asks for."""

    measure: str
    entry: str
    passed: bool
    marked: str
    missing: str = ""


def code(sentence: str) -> CodedArticle:
    """Return an example sentence coded as the body of an article."""
    return rawi.code(sentence, published=published, title=title)


def overlap(a: Span, b: Span) -> bool:
    """Tell whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def body_span(coded: CodedArticle, span: Span) -> Span:
    """Return where a span of the example stands in the article."""
    start = coded.article.body_start
    return span[0] + start, span[1] + start


def check_trigger(event_type: str, entry: TriggerEntry) -> Iterator[Outcome]:
    """Yield an outcome for the event and the parties of each example, and for each counter-example."""
    for marked in entry.examples:
        example = parse_example(marked)
        coded = code(example.text)
        words = [body_span(coded, w) for w in example.words]
        event = next(
            (e for e in coded.events if e.type == event_type and any(overlap(e.trigger, w) for w in words)), None
        )
        yield Outcome("trigger_events", entry.id, event is not None, marked)
        if event is not None:
            missing = missing_parties(example, coded, event)
            yield Outcome("trigger_parties", entry.id, not missing, marked, missing)
    for sentence in entry.counter:
        coded = code(sentence)
        yield Outcome("trigger_counters", entry.id, all(e.rules[0] != entry.id for e in coded.events), sentence)


def missing_parties(example: Example, coded: CodedArticle, event: Event) -> str:
    """Return the marked parties that the event does not have in their role."""
    mentions = {actor.id: actor.mentions for actor in coded.actors}
    out = []
    for mark, start, stop in example.parts:
        part = body_span(coded, (start, stop))
        if mark in third_roles:
            ids = [t.actor for t in event.third_parties if t.role == third_roles[mark]]
        else:
            ids = list(event.actors if mark == "A" else event.recipients)
        if not any(overlap(span, part) for i in ids for span in mentions[i]):
            out.append(f"{mark}:{example.text[start:stop]}")
    return "، ".join(out)


def check_cue(entry: CueEntry) -> Iterator[Outcome]:
    """Yield an outcome for the report, its source and its content in each example, and for each counter-example.

    Reports are read before events: a report without an event leaves nothing in the record.
    """
    silent = entry.kind in (
        "narrator",
        "noun",
    )  # the outlet's own voice, and carriers that report only with another cue
    for marked in entry.examples:
        example = parse_example(marked)
        folded, reports = read_reports(example.text)
        report = next((r for r in reports if any(overlap(span_of(folded, r, r.cue), w) for w in example.words)), None)
        if report is None:  # a medium that carries what another says is a hop around his (قال الوزير في حديث مع قناة)
            report = next((r for r in reports if any(_carries(folded, r, w) for w in example.words)), None)
        if silent:
            continue
        yield Outcome("cue_reports", entry.id, report is not None, marked)
        if report is None:
            continue
        if entry.kind not in ("relay", "according", "noun"):  # these carry the words of another, whose stance they take
            yield Outcome("cue_stances", entry.id, report.stance == entry.stance, marked)
        party = report.source.party if report.source is not None else None
        sources = [(p.start, p.stop) for p in example.parts if p.mark == "S"]
        if sources and not report.inherits:
            right = party is not None and any(overlap(span_of(folded, report, (party.i, party.j)), s) for s in sources)
            yield Outcome("cue_sources", entry.id, right, marked)
        contents = [(p.start, p.stop) for p in example.parts if p.mark == "C"]
        if contents and entry.stance != "decline":
            right = report.content is not None and any(
                covers(span_of(folded, report, report.content), c) for c in contents
            )
            yield Outcome("cue_contents", entry.id, right, marked)
    for sentence in entry.counter:
        yield Outcome("cue_counters", entry.id, not code(sentence).attributions, sentence)


def _carries(folded: Folded, report: Report, words: Span) -> bool:
    return any(overlap(span_of(folded, report, cue), words) for _, cue in report.carriers)


def read_reports(text: str) -> tuple[Folded, list[Report]]:
    """Return the reports of a text as the extractor finds them."""
    coder = default_coder()
    folded = fold(text)
    sentences = coder.read(Article("example", text), folded)
    for sentence in sentences:
        coder.analyse(sentence, set())
    return folded, [report for sentence in sentences for report in find_reports(sentence, coder.lexicon)]


def span_of(folded: Folded, report: Report, tokens: Span) -> Span:
    """Return where tokens of a report's sentence stand in the text as given."""
    all_tokens = report.sentence.tokens
    first, last = min(tokens[0], len(all_tokens) - 1), min(tokens[1], len(all_tokens)) - 1
    return folded.span(all_tokens[first].start, all_tokens[max(first, last)].stop)


def covers(a: Span, b: Span) -> bool:
    """Tell whether a span covers another but for a fifth of it."""
    return 5 * (min(a[1], b[1]) - max(a[0], b[0])) >= 4 * (b[1] - b[0])


@functools.cache
def outcomes() -> tuple[Outcome, ...]:
    """Return the outcomes of all examples."""
    sources = read_sources(lexicon_files())
    found = [o for event_type, entry, _ in sources.triggers for o in check_trigger(event_type, entry)]
    return (*found, *(o for entry, _ in sources.cues for o in check_cue(entry)))


def rates() -> dict[str, float]:
    """Return the share that passes, by measure."""
    passed: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for outcome in outcomes():
        asked[outcome.measure] += 1
        passed[outcome.measure] += outcome.passed
    return {measure: passed[measure] / count for measure, count in asked.items()}


def worst(measure: str, count: int = 15) -> str:
    """Return the entries with most failures of a measure."""
    failed = Counter(o.entry for o in outcomes() if o.measure == measure and not o.passed)
    return ", ".join(f"{entry} ({n})" for entry, n in failed.most_common(count))


floors: dict[str, float] = json.loads((here / "floors.json").read_text("utf-8"))


@pytest.mark.parametrize("measure", sorted(floors))
def test_the_share_that_passes_does_not_fall(measure: str) -> None:
    rate = rates()[measure]
    print(f"{measure}: {rate:.3f}; worst: {worst(measure)}")
    assert rate >= floors[measure], f"{measure} fell to {rate:.3f}; worst: {worst(measure)}"


if __name__ == "__main__":
    wanted = sys.argv[1:]
    by_entry = defaultdict(list)
    for outcome in outcomes():
        if not outcome.passed and (
            not wanted or any(w == outcome.measure or outcome.entry.startswith(w) for w in wanted)
        ):
            by_entry[outcome.entry].append(outcome)
    for entry, failed in sorted(by_entry.items()):
        for outcome in failed:
            print(f"{entry}  {outcome.measure}  {outcome.marked}  {outcome.missing}")
    print("  ".join(f"{measure} {rate:.3f}" for measure, rate in rates().items()))
