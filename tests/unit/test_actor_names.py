"""The name that an actor is given of all by which the article calls it."""

from __future__ import annotations

import pytest

from rawi.coder import code_article
from rawi.model import Article


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        # a state by its own name, though its capital's is longer
        ("جرت في الدوحة محادثات بين الحكومة الأفغانية وحركة طالبان برعاية قطر.", "QAT", "قطر"),
        # the capital where the article has nothing else
        ("رحبت باريس بالاتفاق.", "FRA", "باريس"),
        # a person by the fullest mention
        (
            "استقبل الوزير بدر عبد العاطي نظيره السعودي. وأكد عبد العاطي دعم مصر للاتفاق.",
            "EGY",
            "الوزير بدر عبد العاطي",
        ),
    ],
)
def test_best_name(text: str, country: str, name: str) -> None:
    actors = code_article(Article(id="a", text=text, published="2024-12-10")).actors
    assert name in [actor.name for actor in actors if actor.country == country]
