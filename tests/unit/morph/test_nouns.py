"""Noun and nisba inflection; expected spellings are folded."""

from __future__ import annotations

import pytest

from rawi.morph.nouns import inflect_nisba, inflect_noun


@pytest.mark.parametrize(
    ("citation", "number", "bound", "spelling"),
    [
        ("غارة / غارات", "s", False, "غاره"),
        ("غارة / غارات", "s", True, "غارت"),  # غارتها
        ("غارة / غارات", "d", False, "غارتين"),
        ("غارة / غارات", "p", False, "غارات"),
        ("غارة", "p", False, "غارات"),  # the sound plural is made where none is given
        ("هجوم / هجمات", "s", False, "هجوما"),  # accusative
        ("هجوم / هجمات", "d", False, "هجومان"),
        ("هجوم / هجمات", "d", True, "هجومي"),
        ("هجوم / هجمات", "p", False, "هجمات"),
        ("لقاء / لقاءات", "s", True, "لقاو"),  # لقاؤه
        ("لقاء / لقاءات", "s", True, "لقاي"),  # لقائه
        ("وزير / وزراء", "p", True, "وزراو"),  # وزراؤها
        ("مفاوضات", "s", False, "مفاوضات"),
        ("مراقب / مراقبون", "p", False, "مراقبين"),
        ("مراقب / مراقبون", "p", True, "مراقبو"),  # مراقبو الهدنة
    ],
)
def test_nouns(citation: str, number: str, bound: bool, spelling: str) -> None:
    assert (spelling, number, bound) in inflect_noun(citation)


def test_people_take_the_sound_plural() -> None:
    forms = {(f.spelling, f.number) for f in inflect_noun("متظاهر", human=True)}
    assert {("متظاهرون", "p"), ("متظاهرين", "p"), ("متظاهرو", "p")} <= forms


def test_people_with_a_given_plural_do_not() -> None:
    assert all(f.spelling != "وزيرون" for f in inflect_noun("وزير / وزراء", human=True))


@pytest.mark.parametrize(
    ("citation", "gender", "number", "spelling"),
    [
        ("قطري", "m", "s", "قطري"),
        ("قطري", "f", "s", "قطريه"),
        ("قطري", "m", "p", "قطريين"),
        ("قطري", "f", "p", "قطريات"),
        ("قطري", "m", "d", "قطريان"),
        ("قطري", "f", "d", "قطريتين"),
        ("تركي / أتراك", "m", "p", "اتراك"),
        ("كوري شمالي", "f", "s", "كوريه شماليه"),
        ("كوري شمالي", "f", "s", "كوريه الشماليه"),
    ],
)
def test_nisba(citation: str, gender: str, number: str, spelling: str) -> None:
    assert (spelling, gender, number) in inflect_nisba(citation)
