"""Reactions that name only the act are given its doer."""

from __future__ import annotations

import pytest

from rawi.coder import code_article
from rawi.model import Article


def _recipients(text: str, trigger: str) -> list[str | None]:
    coded = code_article(Article(id="a", text=text, published="2024-12-10"))
    event = next(e for e in coded.events if trigger in text[slice(*e.trigger)])
    return [actor.country for actor in coded.actors if actor.id in event.recipients]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("شنت المقاتلات التركية غارات على شمال العراق. ونددت طهران بالغارات.", "نددت", ["TUR"]),
        ("فرضت واشنطن عقوبات جديدة على موسكو. وانتقدت بكين العقوبات.", "انتقدت", ["USA"]),
        ("اعترفت لندن بدولة فلسطين. ورحب الرئيس المصري بالاعتراف.", "رحب", ["GBR"]),
        ("طردت باريس السفير الجزائري. ونددت الرباط بالخطوة.", "نددت", ["FRA"]),
        # whose act it was is said: no doer is taken from before
        ("شنت المقاتلات التركية غارات على شمال العراق. ونددت طهران بالغارات الإسرائيلية.", "نددت", ["ISR"]),
        # one's own act is nobody else's
        ("شنت المقاتلات التركية غارات على شمال العراق. وأشادت أنقرة بالغارات.", "أشادت", []),
        # nothing of the kind was told before
        ("وصل وفد من أنقرة إلى بغداد. ونددت طهران بالغارات.", "نددت", []),
    ],
)
def test_who_did_the_act_is_judged(text: str, trigger: str, expected: list[str]) -> None:
    assert _recipients(text, trigger) == expected
