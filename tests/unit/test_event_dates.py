"""The date of an event: hours and days of its own clause, of a decision over it, of the plan that was cancelled."""

from __future__ import annotations

import pytest

from rawi.coder import code_article
from rawi.model import Article, EventDate


def date_of(text: str, type: str) -> EventDate | None:
    """Return the date of the event of a type in a report of a Tuesday."""
    (event,) = (e for e in code_article(Article("a", text, published="2024-12-10")).events if e.type == type)
    return event.date


@pytest.mark.parametrize(
    ("text", "type", "value", "told"),
    [
        ("قصف الجيش الإسرائيلي مساء أمس بلدة لبنانية.", "ASSAULT", "2024-12-09", "مساء أمس"),
        ("اعتقلت الشرطة المصرية فجر السبت ثلاثة صحفيين.", "COERCE", "2024-12-07", "فجر السبت"),
        (
            "شنت الطائرات الروسية خلال الساعات الـ24 الماضية غارات على كييف.",
            "ASSAULT",
            "2024-12-09/2024-12-10",
            "الساعات الـ24 الماضية",
        ),
        (
            "تحاصر قوات الدعم السريع مدينة الأبيض منذ مساء الجمعة.",
            "COERCE",
            "2024-12-06/2024-12-10",
            "مساء الجمعة",
        ),
        ("ألغى وزير الخارجية التركي زيارة كانت مقررة غدا إلى بغداد.", "CONSULT", "2024-12-11", "غدا"),
        ("من المقرر أن يلتقي الرئيس المصري نظيره التركي السبت.", "CONSULT", "2024-12-14", "السبت"),
        ("قررت الحكومة العراقية، الأحد، إغلاق المعبر مع سوريا.", "COERCE", "2024-12-08", "الأحد"),
    ],
)
def test_a_date_and_the_words_that_tell_it(text: str, type: str, value: str, told: str) -> None:
    date = date_of(text, type)
    assert date is not None
    assert date.value == value
    assert date.text is not None
    assert told in date.text
    assert date.span is not None
    assert text[slice(*date.span)] == date.text


def test_the_day_on_which_somebody_speaks_is_not_the_day_of_what_he_tells() -> None:
    assert date_of("قال متحدث عسكري عراقي مساء الأحد إن مسلحين هاجموا حاجزا للجيش.", "ASSAULT") is None
    date = date_of("قال متحدث عسكري عراقي الاثنين إن مسلحين هاجموا فجر السبت حاجزا للجيش.", "ASSAULT")
    assert date is not None
    assert date.value == "2024-12-07"


def test_hours_before_another_event_are_no_date() -> None:
    assert date_of("قصف الجيش الإسرائيلي بلدة لبنانية قبل ساعات من بدء الهدنة.", "ASSAULT") is None


def test_a_length_of_hours_is_no_date() -> None:
    assert date_of("أمهلت الحكومة السودانية السفير الكيني 72 ساعة لمغادرة البلاد.", "THREATEN") is None
