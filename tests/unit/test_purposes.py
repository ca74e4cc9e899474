"""What an event is said to be for is a span of its sentence."""

from __future__ import annotations

import pytest

from rawi.coder import code_article
from rawi.model import Article


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("زار وزير الخارجية التركي بغداد لبحث ملف المياه مع نظيره العراقي.", "لبحث ملف المياه مع نظيره العراقي"),
        ("عقد مجلس الأمن جلسة طارئة لمناقشة الوضع في السودان، بحسب دبلوماسيين.", "لمناقشة الوضع في السودان"),
        ("أرسلت فرنسا تعزيزات إلى المنطقة بهدف حماية رعاياها.", "حماية رعاياها"),
        ("أضرب المعلمون عن العمل للمطالبة بزيادة الرواتب.", "للمطالبة بزيادة الرواتب"),
        ("قصف الجيش البلدة أمس.", None),
        ("التقى الوزير السعودي نظيره المصري للمرة الثانية.", None),
        ("سلمت إيران ردها للاتحاد الأوروبي.", None),
    ],
)
def test_purpose(text: str, purpose: str | None) -> None:
    event = code_article(Article("a", text, published="2024-12-10")).events[0]
    assert (text[slice(*event.purpose)] if event.purpose else None) == purpose
