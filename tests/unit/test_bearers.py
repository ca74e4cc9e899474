"""A surname that several office holders bear means the one who fits the day, the title and the article."""

from __future__ import annotations

import pytest

from rawi.coder import code_article
from rawi.model import Article


@pytest.mark.parametrize(
    ("text", "published", "entity"),
    [
        ("استقبل الرئيس عون وفدا فرنسيا.", "2025-03-01", "per.joseph-aoun"),
        ("استقبل الرئيس عون وفدا فرنسيا.", "2018-03-01", "per.michel-aoun"),
        ("التقى بوتين مودي في موسكو.", "2024-07-09", "per.narendra-modi"),
        ("استقبل أمير قطر الرئيس ترمب.", "2025-05-14", "per.donald-trump"),
    ],
)
def test_the_bearer_in_office(text: str, published: str, entity: str) -> None:
    coded = code_article(Article("a", text, published=published))
    assert entity in {a.entity for a in coded.actors}


def test_a_private_name_is_not_an_official() -> None:
    coded = code_article(Article("a", "وأضاف سعيد برزنجي أن مسلحين قتلوا ثلاثة جنود.", published="2015-08-01"))
    assert not {a.entity for a in coded.actors} & {"per.kais-saied"}
