"""What time expressions mean against the day of the report: parts of the day, hours gone by or to come."""

from __future__ import annotations

import datetime

import pytest

from rawi.coder import Coder
from rawi.extract.time_words import TimeMention
from rawi.extract.times import TimeReader
from rawi.lexicon.lexicon import open_lexicon
from rawi.model import Article
from rawi.resolve.dates import resolve_time
from rawi.text.fold import fold

tuesday = datetime.date(2024, 12, 10)
lexicon = open_lexicon()


def times(text: str) -> list[TimeMention]:
    """Return the time expressions of a sentence."""
    (sentence,) = Coder(lexicon).read(Article("a", text), fold(text))
    return TimeReader(lexicon).find(sentence)


def days(text: str, *, planned: bool = False) -> list[str | None]:
    """Return the dates of the time expressions of a sentence in a report of a Tuesday."""
    return [resolve_time(mention, tuesday, planned=planned) for mention in times(text)]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("مساء أمس", "2024-12-09"),
        ("ظهر أول أمس", "2024-12-08"),
        ("مساء أمس الاثنين", "2024-12-09"),
        ("عصر اليوم", "2024-12-10"),
        ("قبل ظهر اليوم", "2024-12-10"),
        ("صباح اليوم الثلاثاء", "2024-12-10"),
        ("فجر السبت", "2024-12-07"),
        ("ليلة الجمعة", "2024-12-06"),
        ("مساء الثلاثاء", "2024-12-10"),
        ("مساء الثلاثاء الماضي", "2024-12-03"),
        ("صباح الخميس المقبل", "2024-12-12"),
        ("قبيل منتصف ليل الأحد", "2024-12-08"),
        ("بعد ظهر غد", "2024-12-11"),
        ("صباح غد الأربعاء", "2024-12-11"),
        ("في ساعة مبكرة من صباح اليوم", "2024-12-10"),
        ("في ساعة متأخرة من ليل أمس", "2024-12-09"),
        ("في الساعات الأولى من فجر الأحد", "2024-12-08"),
        ("مساء 5 ديسمبر", "2024-12-05"),
    ],
)
def test_a_part_of_a_day_refines_its_day(told: str, day: str) -> None:
    assert days(f"اجتمع الوزراء {told} في العاصمة.") == [day]


@pytest.mark.parametrize(
    ("told", "day"),
    [("زوال أمس", "2024-12-09"), ("زوال السبت", "2024-12-07"), ("عشية أمس", "2024-12-09")],
)
def test_maghrebi_parts_of_the_day(told: str, day: str) -> None:
    assert days(f"اجتمع الوزراء {told} بالعاصمة.") == [day]


@pytest.mark.parametrize("told", ["مساء", "في ساعات الفجر", "قبل منتصف الليل", "ظهرا"])
def test_a_part_of_a_day_alone_is_no_day(told: str) -> None:
    assert days(f"اجتمع الوزراء {told} في العاصمة.") == []


def test_a_weekday_of_a_plan_is_the_next_one() -> None:
    assert days("يجتمع الوزراء مساء السبت في العاصمة.", planned=True) == ["2024-12-14"]
    assert days("اجتمع الوزراء مساء السبت في العاصمة.", planned=False) == ["2024-12-07"]


@pytest.mark.parametrize(
    ("told", "days_told"),
    [
        ("خلال الساعات الـ24 الماضية", "2024-12-09/2024-12-10"),
        ("خلال الـ24 ساعة الماضية", "2024-12-09/2024-12-10"),
        ("خلال الأربع والعشرين ساعة الماضية", "2024-12-09/2024-12-10"),
        ("خلال الساعات الست الماضية", "2024-12-09/2024-12-10"),
        ("خلال 48 ساعة الماضية", "2024-12-08/2024-12-10"),
        ("خلال الـ72 ساعة الأخيرة", "2024-12-07/2024-12-10"),
        ("خلال الساعات الثماني والأربعين الماضية", "2024-12-08/2024-12-10"),
        ("خلال الساعات الـ36 الماضية", "2024-12-08/2024-12-10"),
        ("خلال الساعات القليلة الماضية", "2024-12-09/2024-12-10"),
        ("خلال الساعات الـ24 المقبلة", "2024-12-10/2024-12-11"),
        ("خلال الـ72 ساعة القادمة", "2024-12-10/2024-12-13"),
        ("خلال الساعات المقبلة", "2024-12-10/2024-12-11"),
        ("قبل ساعات", "2024-12-10"),
    ],
)
def test_hours_reach_over_days(told: str, days_told: str) -> None:
    assert days(f"وقعت غارات {told} على المدينة.") == [days_told]


@pytest.mark.parametrize("told", ["لمدة 72 ساعة", "بعد 48 ساعة من القتال", "ست ساعات", "طوال 24 ساعة"])
def test_a_number_of_hours_is_no_day(told: str) -> None:
    assert days(f"وقعت غارات {told} على المدينة.") == []


def test_a_day_told_from_the_report_needs_its_date() -> None:
    (mention,) = times("اجتمع الوزراء مساء أمس في العاصمة.")
    assert resolve_time(mention, None, planned=False) is None
    (mention,) = times("اجتمع الوزراء خلال الساعات الـ24 الماضية.")
    assert resolve_time(mention, None, planned=False) is None


def test_an_expression_covers_its_part_of_the_day_and_its_weekday() -> None:
    text = "اجتمع الوزراء مساء أمس الاثنين في العاصمة."
    (sentence,) = Coder(lexicon).read(Article("a", text), fold(text))
    (mention,) = TimeReader(lexicon).find(sentence)
    assert [t.form for t in sentence.tokens[mention.i : mention.j]] == ["مساء", "امس", "الاثنين"]
    assert mention.weekday == 0


@pytest.mark.parametrize(
    ("told", "length"),
    [("تستغرق يومين", 2), ("لمدة ثلاثة أيام", 3), ("تستمر 5 أيام", 5), ("لمدة أسبوع", 7), ("تستمر أسبوعين", 14)],
)
def test_lengths_in_days(told: str, length: int) -> None:
    text = f"بدأ الوزير زيارة {told}."
    (sentence,) = Coder(lexicon).read(Article("a", text), fold(text))
    assert [days for _, days in TimeReader(lexicon).lengths(sentence)] == [length]


@pytest.mark.parametrize("told", ["لمدة 48 ساعة", "تستغرق يوما واحدا", "لمدة شهرين"])
def test_no_lengths_in_days(told: str) -> None:
    text = f"بدأ الوزير زيارة {told}."
    (sentence,) = Coder(lexicon).read(Article("a", text), fold(text))
    assert TimeReader(lexicon).lengths(sentence) == []
