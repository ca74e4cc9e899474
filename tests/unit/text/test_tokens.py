"""Words, numbers and marks."""

from __future__ import annotations

import pytest

from rawi.text.tokens import find_tokens


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("قال الوزير: «لا».", ["قال", "الوزير", ":", "«", "لا", "»", "."]),
        ("3.5 و 1,200 و 2015/3/4", ["3.5", "و", "1,200", "و", "2015", "/", "3", "/", "4"]),
        ("مجموعه G20 وف16", ["مجموعه", "G20", "وف16"]),
        ("ل”رويترز”", ["ل", "”", "رويترز", "”"]),
        ("snake_case", ["snake", "_", "case"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_tokens(text: str, forms: list[str]) -> None:
    assert [token.form for token in find_tokens(text)] == forms


def test_offsets_are_into_the_whole_text() -> None:
    text = "اولا. قال الوزير"
    tokens = find_tokens(text, 6, len(text))
    assert [text[t.start : t.stop] for t in tokens] == ["قال", "الوزير"]
    assert tokens[0].start == 6
