"""Coding over any text: no exception, every span in range, every reference resolved, the same answer twice."""

from __future__ import annotations

import datetime
import re
import time
import unicodedata

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from properties.strategies import any_text, arabic_text, edited_news, effort, sentences
from rawi.coder import code_article
from rawi.model import Article, CodedArticle, Span

dates = st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2035, 1, 1)).map(str)
outlets = st.sampled_from([None, "رويترز", "الجزيرة", "الأفق"])
find_iso = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}-\d\d-\d\d)?$")


def spans_of(coded: CodedArticle) -> list[Span]:
    """Return every span of a record."""
    spans = [s for a in coded.actors for s in a.mentions]
    spans += [s for h in coded.attributions for s in (h.source_span, h.cue, h.content) if s is not None]
    spans += [w.span for w in coded.warnings if w.span is not None]
    for event in coded.events:
        spans += [event.trigger, event.extent]
        spans += [part.span for part in (event.date, event.place) if part is not None and part.span is not None]
        spans += [event.purpose] if event.purpose is not None else []
    return spans


def check(coded: CodedArticle) -> None:
    """Check what holds of every record."""
    text = coded.article.text
    for start, stop in spans_of(coded):
        assert 0 <= start < stop <= len(text)
    actors = {a.id for a in coded.actors}
    hops = {h.id: h for h in coded.attributions}
    assert len(actors) == len(coded.actors)
    assert len(hops) == len(coded.attributions)
    for hop in hops.values():
        assert hop.source is None or hop.source in actors
        assert hop.within is None or hop.within in hops
    for event in coded.events:
        assert {*event.actors, *event.recipients, *(t.actor for t in event.third_parties)} <= actors
        assert set(event.chain) <= set(hops)
        assert len(set(event.chain)) == len(event.chain)
        assert not set(event.actors) & set(event.recipients)
        assert event.extent[0] <= event.trigger[0] < event.trigger[1] <= event.extent[1]
        assert 0.0 <= event.confidence <= 1.0
        assert event.rules
        if event.date is not None:
            assert find_iso.match(event.date.value)
            assert event.date.span is None or text[slice(*event.date.span)] == event.date.text
        if event.place is not None and event.place.span is not None:
            assert text[slice(*event.place.span)] == event.place.text
    assert msgspec.json.decode(msgspec.json.encode(coded), type=CodedArticle) == coded


@settings(max_examples=150 * effort, deadline=None)
@given(any_text | arabic_text, dates, outlets)
def test_any_text_is_coded(text: str, published: str | None, outlet: str | None) -> None:
    check(code_article(Article("a", text, published=published, outlet=outlet)))


@settings(max_examples=250 * effort, deadline=None)
@given(edited_news(), dates, outlets, st.booleans())
def test_edited_news_is_coded(body: str, published: str | None, outlet: str | None, titled: bool) -> None:
    title = sentences[0] if titled else None
    text = f"{title}\n{body}" if title else body
    start = len(title) + 1 if title else 0
    check(code_article(Article("a", text, title=title, published=published, outlet=outlet, body_start=start)))


@settings(max_examples=25 * effort, deadline=None)
@given(edited_news(), dates)
def test_coding_is_deterministic_and_leaves_no_trace(text: str, published: str | None) -> None:
    article = Article("a", text, published=published)
    first = code_article(article)
    for sentence in sentences[:3]:
        code_article(Article("b", sentence, published="2019-01-01"))
    assert code_article(article) == first


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_sentence_alone(form: str) -> None:
    for sentence in sentences:
        check(code_article(Article("a", unicodedata.normalize(form, sentence), published="2024-12-10")))  # type: ignore[arg-type]


@pytest.mark.parametrize("run", ["كلام ", "قال الوزير إن قصف ", "«قال ", "قطر ومصر و"])
def test_a_run_without_punctuation_takes_time_in_proportion(run: str) -> None:
    text = run * 3000
    started = time.process_time()
    check(code_article(Article("a", text, published="2024-12-10")))
    assert time.process_time() - started < 30  # some seconds; it was hours
