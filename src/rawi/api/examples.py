"""Examples of requests and answers for the OpenAPI document."""

from __future__ import annotations

from typing import Any

_next = "2025-04-12~104"

stats: dict[str, Any] | None = None
articles = {
    "items": [
        {"id": "a4k2m9", "input_id": "demo-010", "outlet": "وكالة المدار", "published": "2025-03-09",
         "title": "مسؤول: غدران فتحت اتصالات مع حركة فجر الجبال", "url": None, "version": 1, "added_at": "2025-03-09T10:00:00Z", "events": 1},
    ],
    "next": _next,
}  # fmt: skip
events = {
    "items": [{"id": "r7d1q0", "article": "a4k2m9", "published": "2025-03-09", "review": "unreviewed", "rev": 1}],
    "next": None,
}
stories = {
    "items": [{"id": "s9x3v2", "type": "CONSULT", "status": "claimed", "n_articles": 2, "n_origins": 1}],
    "next": None,
}
actors = {
    "items": [{"key": "XGD", "name": "غدران", "name_en": "Ghadran", "country": "XGD", "sector": "GOV", "records": 9}],
    "next": "50",
}

hits = {
    "items": [
        {"article": "a4k2m9", "outlet": "وكالة المدار", "score": 3.2, "snippet": "أجروا محادثات مع ممثلين", "start": 60}
    ],
    "next": "20",
}
changes = {
    "items": [
        {
            "kind": "decision",
            "at": "2025-03-10T08:00:00Z",
            "target": "r7d1q0",
            "action": "accept",
            "who": "mona",
            "rev": 2,
            "records": [],
        }
    ],
    "next": "12.46",
}
code_in = {
    "text": "أكد مسؤول مطلع لرويترز أن دبلوماسيين قطريين أجروا محادثات مع وفد من الحركة في الدوحة يوم الاثنين.",
    "outlet": "صحيفة", "published": "2024-12-10",
}  # fmt: skip
review_in = {"record": "r7d1q0", "action": "correct", "based_on": 1, "changes": {"status": "possible"}}
merge_in = {"stories": ["s9x3v2", "s1b8n4"]}
split_in = {"story": "s9x3v2", "records": ["r7d1q0"]}
undo_in = {"story": "s9x3v2"}
