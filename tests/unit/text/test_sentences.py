"""Where sentences end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rawi.text.sentences import find_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("قال الوزير. واضاف المصدر.", ["قال الوزير.", "واضاف المصدر."]),
        ("هل حضر؟ نعم! ربما… لا", ["هل حضر؟", "نعم!", "ربما…", "لا"]),
        ("سطر اول\n\nسطر ثان\r\nسطر ثالث", ["سطر اول", "سطر ثان", "سطر ثالث"]),
        ("الدوحه (رويترز) - قال الوزير ذلك. انتهي", ["الدوحه (رويترز) - قال الوزير ذلك.", "انتهي"]),
        ("ارتفعت النسبه الي 3.5 في الميه. ثم هبطت", ["ارتفعت النسبه الي 3.5 في الميه.", "ثم هبطت"]),
        ("قال د. محمد علي ذلك. وسكت", ["قال د. محمد علي ذلك.", "وسكت"]),
        ("نقلت ا.ف.ب عن مصدر. وسكت", ["نقلت ا.ف.ب عن مصدر.", "وسكت"]),
        ("انظر example.org اليوم. وسكت", ["انظر example.org اليوم.", "وسكت"]),
        ("مصر.. انفجار في القاهره", ["مصر..", "انفجار في القاهره"]),
        ("«لن نفاوض.» واضاف ذلك", ["«لن نفاوض.»", "واضاف ذلك"]),
        ('قال: "انتهي!" ثم خرج', ['قال: "انتهي!"', "ثم خرج"]),
        ("قتل 1,200 شخص عام 2020.", ["قتل 1,200 شخص عام 2020."]),
        ("", []),
        (" \n ", []),
        ("…", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in find_sentences(text)] == sentences


def test_spans_are_in_order_and_do_not_overlap() -> None:
    text = "اولا. ثانيا؟ ثالثا!\nرابعا… «خامسا.» سادسا"
    spans = find_sentences(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
