"""Explanations: the same record as the coder gives, every part in its sentence, a reason for every near miss."""

from __future__ import annotations

import pytest

from rawi.articles import make_article
from rawi.coder import code_article, default_coder
from rawi.explain import Explanation, Part, explain_article, mark_parts

text = (
    "أكد مسؤول مطلع لوكالة رويترز أن دبلوماسيين قطريين أجروا محادثات مع حركة طالبان يوم الاثنين.\n"
    "وأدانت مصر القصف. وتلقى الطالب محاضرات عن الاجتماع والحوار. ودعت فرنسا الأطراف الليبية إلى وقف القتال."
)
article = make_article({"id": "a", "text": text, "published": "2024-12-10"}, "test")


@pytest.fixture(scope="module")
def explanation() -> Explanation:
    return explain_article(article, default_coder().lexicon)


def test_watching_changes_nothing(explanation: Explanation) -> None:
    assert explanation.coded == code_article(article)
    assert [e.event for e in explanation.events] == list(explanation.coded.events)


def test_an_event_is_told_with_entry_rules_parts_and_chain(explanation: Explanation) -> None:
    talks = next(e for e in explanation.events if e.event.type == "CONSULT")
    assert talks.entry.startswith("consult.")
    assert "light_verb_gives_actor" in talks.rules
    marked = {(part.mark, text[slice(*part.span)]) for part in talks.parts}
    assert {
        ("", "محادثات"),
        ("A", "دبلوماسيين قطريين"),
        ("S", "مسؤول مطلع"),
        ("C", "أكد"),
        ("D", "يوم الاثنين"),
    } <= marked
    assert [hop.entry for hop in talks.chain] == ["cue.say.akkada"] * 2
    assert talks.chain[0].rule == "say_verb"


def test_every_part_stands_in_its_sentence(explanation: Explanation) -> None:
    for event in explanation.events:
        for part in event.parts:
            assert event.sentence[0] <= part.span[0] < part.span[1] <= event.sentence[1]


def test_near_misses_have_reasons_and_no_event(explanation: Explanation) -> None:
    misses = {text[slice(*miss.trigger)]: miss for miss in explanation.near_misses}
    assert all(miss.reason and miss.entries and miss.types for miss in misses.values())
    triggers = [event.trigger for event in explanation.coded.events]
    assert all(miss.trigger[1] <= t[0] or t[1] <= miss.trigger[0] for miss in misses.values() for t in triggers)
    assert any("party" in miss.reason for miss in misses.values())


def test_parts_are_marked_without_crossing() -> None:
    parts = [Part("A", (0, 8)), Part("R", (4, 10)), Part("", (6, 8)), Part("P", (11, 13))]
    assert mark_parts("0123456789abcdef", (0, 16), parts) == [
        ("-", "012345"),
        ("", "67"),
        ("-", "89a"),
        ("P", "bc"),
        ("-", "def"),
    ]


def test_marked_parts_are_the_whole_sentence(explanation: Explanation) -> None:
    for event in explanation.events:
        marked = mark_parts(text, event.sentence, event.parts)
        assert "".join(words for _, words in marked) == text[slice(*event.sentence)]
