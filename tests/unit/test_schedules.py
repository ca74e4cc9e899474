"""The clause that says for when an event was planned, found beside the noun of the event."""

from __future__ import annotations

import pytest

from rawi.coder import Coder
from rawi.extract.schedules import schedule
from rawi.lexicon.lexicon import open_lexicon
from rawi.model import Article
from rawi.syntax.sentence import Sentence
from rawi.text.fold import fold

coder = Coder(open_lexicon())


def analysed(text: str) -> Sentence:
    """Return a sentence with its chunks."""
    (sentence,) = coder.read(Article("a", text), fold(text))
    coder.analyse(sentence, set())
    return sentence


def planned_for(text: str, noun: str) -> str | None:
    """Return the words after كان مقررا in the clause beside ``noun``, or None where there is no such clause."""
    sentence = analysed(text)
    on = next(k for k, c in enumerate(sentence.chunks) if noun in sentence.text(c.i, c.j).split())
    found = schedule(sentence, on)
    if found is None:
        return None
    clause = sentence.chunks[slice(*found)]
    return sentence.text(clause[0].i, clause[-1].j)


@pytest.mark.parametrize(
    ("text", "noun", "clause"),
    [
        ("ألغى الوزير زيارة كانت مقررة غدا إلى أنقرة.", "زياره", "غدا الي انقره"),
        ("أرجأت أنقرة المحادثات التي كانت مقررة الخميس في جنيف.", "المحادثات", "الخميس في جنيف"),
        ("تأجل الاجتماع الذي كان مزمعا يوم الأحد.", "الاجتماع", "يوم الاحد"),
        ("ألغيت القمة التي كان مقررا عقدها في عمان.", "القمه", "عقدها في عمان"),
        ("أرجئ اجتماع وزراء الخارجية العرب الذي كان مقررا الأحد.", "اجتماع", "الاحد"),
        ("ألغى الرئيس زيارته التي كانت مرتقبة الأسبوع المقبل.", "زيارته", "الاسبوع المقبل"),
    ],
)
def test_a_clause_says_for_when_it_was_planned(text: str, noun: str, clause: str) -> None:
    assert planned_for(text, noun) == clause


def test_the_clause_ends_where_another_begins() -> None:
    text = "ألغى الوزير زيارة كانت مقررة غدا إلى أنقرة، وقال مكتبه إن السبب صحي."
    assert planned_for(text, "زياره") == "غدا الي انقره"


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("اختتم الوزير زيارة إلى أنقرة أمس.", "زياره"),
        ("أشاد الوزير بالمحادثات التي كانت مثمرة في جنيف.", "بالمحادثات"),
        ("عقد الوفدان المحادثات التي استضافتها جنيف الخميس.", "المحادثات"),
        ("قال الوزير إن الزيارة المقررة ستتم.", "الزياره"),
    ],
)
def test_no_plan_without_such_a_clause(text: str, noun: str) -> None:
    assert planned_for(text, noun) is None
