"""Folding: one spelling for many, and every offset carried back."""

from __future__ import annotations

import unicodedata

import pytest

from rawi.text.fold import fold, fold_word


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("أحمد إلى آل ٱلله", "احمد الي ال الله"),  # alef with hamza, madda, wasla
        ("مسؤول رئيس شيء", "مسوول رييس شيء"),  # hamza on waw and ya; the bare hamza stays
        ("حكومة", "حكومه"),
        ("على مستشفى", "علي مستشفي"),
        ("قـــال", "قال"),
        ("أَعْلَنَتِ الحُكُومَةُ", "اعلنت الحكومه"),
        ("اتُّهِمَ", "اتهم"),
        ("مبعوثًا", "مبعوثا"),
        ("\u0627\u0644\u0631\u062d\u0645\u0670\u0646", "الرحمن"),  # superscript alef
        ("ایران", "ايران"),  # Persian yeh
        ("کابل", "كابل"),  # keheh
        ("گروه پژاک چین", "كروه بزاك جين"),
        ("ڤيينا ڨفصة", "فيينا قفصه"),
        ("٢٠٢٤", "2024"),
        ("۲۰۲۴", "2024"),
        ("\ufefb", "لا"),  # one character spelled out as two
        ("\ufedf\ufea0\ufee8\ufe94", "لجنه"),
        ("\u202bقطر\u202c", "قطر"),  # bidi controls
        ("\u2067قطر\u2069 \u200fأكدت", "قطر اكدت"),
        ("می\u200cخواهد", "ميخواهد"),  # zero-width joiner
        ("وزارة\u00a0الخارجية", "وزاره الخارجيه"),
        ("\ufeffقطر", "قطر"),
        ("", ""),
        ("Reuters 3.5%", "Reuters 3.5%"),
    ],
)
def test_folding(given: str, folded: str) -> None:
    assert fold(given).text == folded


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_normal_forms_fold_alike(form: str) -> None:
    text = "أكّد مسؤولٌ إيرانيٌّ أن آلاف المتظاهرين احتشدوا في طهران"
    assert fold(unicodedata.normalize(form, text)).text == fold(text).text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("أَعْلَنَتْ وزارةُ الخارجيّة", "الخارجيّة"),
        ("قـــال الوزيـــر", "الوزيـــر"),
        ("\u202bزار \u2067قطر\u2069 أمس", "قطر"),
        ("بلا \ufefbعنوان هنا", "هنا"),
        ("می\u200cرود إلى الدوحة", "الدوحة"),
    ],
)
def test_spans_come_back(given: str, word: str) -> None:
    folded = fold(given)
    target = fold_word(word)
    start = folded.text.index(target)
    first, last = folded.span(start, start + len(target))
    assert given[first:last] == word


def test_a_spelled_out_character_is_never_cut() -> None:
    given = "\ufefb"  # lam-alef ligature: two folded letters, one given character
    folded = fold(given)
    assert [folded.span(0, 1), folded.span(1, 2), folded.span(0, 2)] == [(0, 1), (0, 1), (0, 1)]


def test_marks_on_the_last_letter_belong_to_the_word() -> None:
    given = "قطرُ تؤكّدُ"
    folded = fold(given)
    assert folded.span(0, 3) == (0, 4)
    assert folded.span(4, len(folded.text)) == (5, len(given))


def test_the_end_maps_to_the_end() -> None:
    given = "قالَ"
    folded = fold(given)
    assert folded.source(len(folded.text)) == len(given)
    assert folded.span(3, 3) == (4, 4)


def test_fold_word_makes_spaces_single() -> None:
    assert fold_word("  وزير \n الخارجية ") == "وزير الخارجيه"
