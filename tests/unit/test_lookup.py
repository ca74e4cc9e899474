"""Looking words up: readings with their entries."""

from __future__ import annotations

import pytest

from rawi.coder import default_coder
from rawi.lookup import look_up


@pytest.mark.parametrize(
    ("word", "kind", "entry", "form"),
    [
        ("وسيلتقي", "trigger", "consult.meet.iltaqa", "imperfect with سـ 3 masculine singular و+"),
        ("التقاه", "trigger", "consult.meet.iltaqa", "perfect 3 masculine singular +ه"),
        ("قَصَفَت", "trigger", "assault.shell.qasafa", "perfect 3 feminine singular"),
        ("زعمت", "cue", "cue.say.zaama", "perfect 3 feminine singular"),
        ("أنقرة", "actor", "TUR", "capital"),
        ("بقطر", "actor", "QAT", "name"),
        ("فيدان", "actor", "per.hakan-fidan", "surname"),
        ("مجلس الأمن", "actor", "igo.unsc", "name"),
        ("القطرية", "nisba", "QAT", "feminine singular definite"),
        ("وزير الخارجية", "title", "role.minister-foreign", "phrase"),
        ("الثلاثاء", "time", "weekday", ""),
        ("لم", "set", "negators", ""),
    ],
)
def test_readings(word: str, kind: str, entry: str, form: str) -> None:
    assert (kind, entry, form) in {(r.kind, r.entry, r.form) for r in look_up(default_coder().lexicon, word)}


@pytest.mark.parametrize("word", ["", "  ", "xyz", "\u200f", "؟"])
def test_unknown_words_have_none(word: str) -> None:
    assert look_up(default_coder().lexicon, word) == []


def test_every_reading_stands_once() -> None:
    readings = look_up(default_coder().lexicon, "فيدان")
    assert len(readings) == len(set(readings))
