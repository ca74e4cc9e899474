"""Datelines that open the text of a report are not parties, days or sources of what it tells."""

from __future__ import annotations

import pytest

from rawi.coder import code_article
from rawi.model import Article

told = "أعلنت وزارة الداخلية حظر التجول ليلا في المدينة."


@pytest.mark.parametrize(
    ("dateline", "country"),
    [
        ("تونس 5 ديسمبر كانون الأول (رويترز) - ", "TUN"),
        ("دمشق-سانا ", "SYR"),
        ("القاهرة / الأناضول / ", "EGY"),
        ("عمان - (بترا) - ", "JOR"),
        ("الكويت - 3 - 5 (كونا) -- ", "KWT"),
        ("أبوظبي في 3 مايو / وام / ", "ARE"),
        ("رام الله - «القدس العربي»: ", "PSE"),
        ("بغداد - أحمد سالم - ", "IRQ"),
        ("الجزائر - ", "DZA"),
        ("نواكشوط، 12 فبراير (أ ف ب) - ", "MRT"),
    ],
)
def test_a_dateline_names_where_and_nobody_who(dateline: str, country: str) -> None:
    coded = code_article(Article("a", dateline + told, published="2024-12-10"))
    (event,) = coded.events
    actors = {a.id: a for a in coded.actors}
    assert [actors[i].name for i in event.actors] == ["وزارة الداخلية"]
    assert actors[event.actors[0]].country == country
    assert event.date is None or event.date.span is None or event.date.span[0] >= len(dateline)
    assert not any(a.sector == "JRN" for a in coded.actors)


def test_states_that_act_are_no_dateline() -> None:
    coded = code_article(Article("a", "روسيا وأوكرانيا اتفقتا على هدنة.", published="2024-12-10"))
    assert {a.country for a in coded.actors} == {"RUS", "UKR"}


def test_amman_or_oman() -> None:
    coded = code_article(Article("a", "قالت الحكومة الأردنية إن عمان ترفض التهجير.", published="2024-12-10"))
    assert {a.country for a in coded.actors} == {"JOR"}
    coded = code_article(Article("a", "قالت سلطنة عمان إنها ترفض التهجير.", published="2024-12-10"))
    assert {a.country for a in coded.actors} == {"OMN"}
