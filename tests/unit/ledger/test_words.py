"""Folding for search, proclitics, and the query language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.errors import InputError
from rawi.ledger.query import Both, Either, Not, Term, matches, parse, places, to_fts
from rawi.ledger.words import Words, bare, expansions, proclitics, surface, written_forms


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("وَزِيرُ", "وزير"),
        ("مسؤول", "مسئول"),
        ("شؤون", "شئون"),
        ("أمريكا", "امريكا"),
        ("إسرائيل", "اسرائيل"),
        ("القاهرة", "القاهره"),
        ("مصطفى", "مصطفي"),
        ("العـــراق", "العراق"),
        ("١٤", "14"),
        ("شيء", "شي"),
        ("Reuters", "reuters"),
    ],
)
def test_spellings_of_one_word_are_one(written: str, same: str) -> None:
    assert surface(written) == surface(same)


@pytest.mark.parametrize(
    ("word", "stripped"),
    [
        ("والوزير", "وزير"),
        ("وزير", "زير"),
        ("وبالمحادثات", "محادثات"),
        ("للوزير", "وزير"),
        ("فلسطين", "سطين"),
        ("دم", "دم"),
        ("ولد", "ولد"),
        ("الله", "الله"),
    ],
)
def test_bare_strips_what_may_be_a_proclitic(word: str, stripped: str) -> None:
    assert bare(surface(word)[0]) == stripped


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=9), st.sampled_from(proclitics))
def test_every_written_form_is_found_in_the_index(word: str, proclitic: str) -> None:
    assert bare(proclitic + word) in expansions(word)
    assert proclitic + word in written_forms(word)


def test_spans_of_words_are_of_the_text_as_given() -> None:
    text = "قال وَزِيرُ الخارجيّة إنّ «الهُدنة» قائمة"
    words = Words(text)
    found = {key: text[slice(*words.span(n, n + 1))] for n, key in enumerate(words.keys)}
    assert found["وزير"] == "وَزِيرُ"
    assert found["الخارجيه"] == "الخارجيّة"
    assert found["الهدنه"] == "الهُدنة"


@given(st.text(max_size=60))
def test_spans_of_words_lie_in_order_in_any_text(text: str) -> None:
    words = Words(text)
    at = 0
    for n in range(len(words.keys)):
        start, stop = words.span(n, n + 1)
        assert at <= start <= stop <= len(text)
        at = start
    assert words.around(0, len(text)) == (0, len(words.keys))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("الوزير", Term(("وزير",))),
        ("وزير خارجية", Both((Term(("وزير",)), Term(("خارجيه",))))),
        ("وزير AND خارجية", Both((Term(("وزير",)), Term(("خارجيه",))))),
        ('"وزير الخارجية"', Term(("وزير", "خارجيه"))),
        ("«وزير الخارجية»", Term(("وزير", "خارجيه"))),
        ("محادث*", Term(("محادث",), prefix=True)),
        ("غزة OR رفح", Either((Term(("غزه",)), Term(("رفح",))))),
        ("غزة NOT رفح", Both((Term(("غزه",)), Not(Term(("رفح",)))))),
        ("غزة -رفح", Both((Term(("غزه",)), Not(Term(("رفح",)))))),
        ('غزة -"معبر رفح"', Both((Term(("غزه",)), Not(Term(("معبر", "رفح")))))),
        ("(غزة OR رفح) هدنة", Both((Either((Term(("غزه",)), Term(("رفح",)))), Term(("هدنه",))))),
        ('"غزة', Term(("غزه",))),
        ("(غزة", Term(("غزه",))),
        ("غزة)", Term(("غزه",))),
        ("كلمة-أخرى", Term(("كلمه", "اخري"))),
    ],
)
def test_queries_are_read(query: str, tree: object) -> None:
    assert parse(query) == tree


@pytest.mark.parametrize("query", ["", "  ", '""', "NOT غزة", "-غزة", "غزة OR NOT رفح", "***", "( )"])
def test_queries_without_a_word_that_must_be_there_are_refused(query: str) -> None:
    with pytest.raises(InputError, match=r"^query: "):
        parse(query)


@given(st.text(alphabet='وزير"()-*ابتANDORNOT «»\u064b:^', max_size=40))
def test_any_query_is_read_or_refused(query: str) -> None:
    try:
        node = parse(query)
    except InputError:
        return
    assert to_fts(node)
    matches(node, surface(query))


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("وزير", "التقى والوزير", True),
        ("زير", "وزير", True),  # و and زير: the letters allow it
        ("وزير", "زير الماء", False),
        ("لبنان", "بنان", False),
        ("لبنان", "ولبنان", True),
        ('"وزير الخارجية"', "ووزير الخارجية", True),
        ('"وزير الخارجية"', "الخارجية وزير", False),
        ("محادث*", "وبالمحادثات", True),
        ('"وزير خارج*"', "وزير الخارجية", True),
        ("غزة NOT رفح", "غزة ورفح", False),
        ("غزة OR رفح", "معبر رفح", True),
    ],
)
def test_matching_decides_on_written_words(query: str, text: str, found: bool) -> None:
    assert matches(parse(query), surface(text)) is found


def test_places_are_ranges_of_words() -> None:
    assert places(Term(("وزير", "خارجيه")), surface("قال وزير الخارجية ووزير الخارجية")) == [(1, 3), (3, 5)]
