"""Marked examples: text without marks, spans in place."""

from __future__ import annotations

import pytest

from rawi.errors import LexiconError
from rawi.lexicon.examples import parse_example


def test_marks_become_spans() -> None:
    example = parse_example("{قصفت} [A:مدفعية [R:الجيش]] و[R:مواقع] في حلب.")
    assert example.text == "قصفت مدفعية الجيش ومواقع في حلب."
    assert [example.text[a:b] for a, b in example.words] == ["قصفت"]
    assert [(p.mark, example.text[p.start : p.stop]) for p in example.parts] == [
        ("A", "مدفعية الجيش"),
        ("R", "الجيش"),
        ("R", "مواقع"),
    ]


def test_several_words_in_braces() -> None:
    example = parse_example("{قدم} [A:الوفد] {ضمانات}.")
    assert [example.text[a:b] for a, b in example.words] == ["قدم", "ضمانات"]


@pytest.mark.parametrize("marked", ["{قصف", "قصف}", "[A:مصر", "مصر]", "[مصر]", "{[A:مصر}]", "[A:{مصر]}"])
def test_unbalanced_marks_are_refused(marked: str) -> None:
    with pytest.raises(LexiconError):
        parse_example(marked)
