"""Folding, sentences and tokens over any text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from properties.strategies import any_text, arabic_text, edited_news
from rawi.text.fold import fold
from rawi.text.sentences import find_sentences
from rawi.text.tokens import find_tokens

texts = any_text | arabic_text | edited_news()


@given(texts)
def test_folded_text_is_a_fixed_point(text: str) -> None:
    folded = fold(text).text
    assert fold(folded).text == folded


@given(texts)
def test_offsets_rise_and_stay_in_range(text: str) -> None:
    folded = fold(text)
    offsets = [folded.source(i) for i in range(len(folded.text) + 1)]
    assert all(0 <= offset <= len(text) for offset in offsets)
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)


@given(texts, st.data())
def test_a_span_folds_back_to_what_it_came_from(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    stop = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, stop)
    assert 0 <= first <= last <= len(text)
    if start < stop:
        # A character spelled out as several is never cut, so what comes back may hold a little more.
        assert folded.text[start:stop] in fold(text[first:last]).text


@given(texts)
def test_tokens_and_sentences_cover_what_is_not_space(text: str) -> None:
    folded = fold(text).text
    spans = find_sentences(folded)
    assert all(0 <= a < b <= len(folded) for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    for a, b in spans:
        tokens = find_tokens(folded, a, b)
        assert all(folded[t.start : t.stop] == t.form for t in tokens)
        assert "".join(t.form for t in tokens) == "".join(folded[a:b].split())
