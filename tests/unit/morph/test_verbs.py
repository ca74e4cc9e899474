"""Verb inflection from two citation forms; expected spellings are folded."""

from __future__ import annotations

import pytest

from rawi.morph.verbs import inflect

# citation, then (tense, person, gender, number, voice) -> spelling
cases = [
    ("استقبل / يستقبل", "perfect 3 f s b", "استقبلت"),
    ("استقبل / يستقبل", "perfect 3 m p b", "استقبلوا"),
    ("استقبل / يستقبل", "perfect 3 f d b", "استقبلتا"),
    ("استقبل / يستقبل", "imperfect 3 m d b", "يستقبلان"),
    ("استقبل / يستقبل", "imperfect 3 m p b", "يستقبلون"),
    ("استقبل / يستقبل", "imperfect 1  p b", "نستقبل"),
    ("استقبل / يستقبل", "jussive 3 m p b", "يستقبلوا"),
    ("استقبل / يستقبل", "participle 3 m s a", "مستقبلا"),
    # hollow
    ("قال / يقول", "perfect 3 f p b", "قلن"),
    ("قال / يقول", "perfect 1  p b", "قلنا"),
    ("قال / يقول", "jussive 3 m s b", "يقل"),
    ("قال / يقول", "perfect 3 m s p", "قيل"),
    ("قال / يقول", "imperfect 3 m s p", "يقال"),
    ("زار / يزور", "jussive 3 f s b", "تزر"),
    ("أدان / يدين", "perfect 3 f s b", "ادانت"),
    ("أدان / يدين", "perfect 3 m s p", "ادين"),
    ("أدان / يدين", "imperfect 3 f s p", "تدان"),
    ("أدان / يدين", "jussive 3 m s b", "يدن"),
    # defective
    ("دعا / يدعو", "perfect 3 f s b", "دعت"),
    ("دعا / يدعو", "perfect 3 m p b", "دعوا"),
    ("دعا / يدعو", "imperfect 3 m p b", "يدعون"),
    ("دعا / يدعو", "jussive 3 m s b", "يدع"),
    ("دعا / يدعو", "perfect 3 m s p", "دعي"),
    ("دعا / يدعو", "participle 3 m s a", "داعيا"),
    ("التقى / يلتقي", "perfect 3 m d b", "التقيا"),
    ("التقى / يلتقي", "perfect 3 m p b", "التقوا"),
    ("التقى / يلتقي", "jussive 3 f s b", "تلتق"),
    ("التقى / يلتقي", "imperfect 3 m p b", "يلتقون"),
    ("نفى / ينفي", "participle 3 f s a", "نافيه"),
    ("بقي / يبقى", "jussive 3 m s b", "يبق"),
    # doubled
    ("ردّ / يردّ", "perfect 1  p b", "رددنا"),
    ("ردّ / يردّ", "perfect 3 f s b", "ردت"),
    ("شنّ / يشنّ", "imperfect 3 m p b", "يشنون"),
    # third form and its sixth: the passive shows
    ("قابل / يقابل", "perfect 3 m s p", "قوبل"),
    ("تبادل / يتبادل", "perfect 3 m s p", "تبودل"),
    # initial waw: the passive imperfect brings it back
    ("وقف / يقف", "imperfect 3 m s p", "يوقف"),
    ("وصل / يصل", "perfect 3 f s b", "وصلت"),
]


@pytest.mark.parametrize(("citation", "form", "spelling"), cases)
def test_forms(citation: str, form: str, spelling: str) -> None:
    found = {
        f.spelling
        for f in inflect(citation)
        if f"{f.tense} {f.person} {f.gender} {f.number} {f.voice}" == form and not f.bound
    }
    assert spelling in found


@pytest.mark.parametrize(
    ("citation", "spelling"),
    [
        ("استهدف / يستهدف", "استهدفو"),  # استهدفوه
        ("التقى / يلتقي", "التقا"),  # التقاه
        ("دعا / يدعو", "دعو"),  # دعوهم
    ],
)
def test_forms_before_a_pronoun(citation: str, spelling: str) -> None:
    assert any(f.bound and f.spelling == spelling for f in inflect(citation))


@pytest.mark.parametrize(
    ("citation", "wrong"),
    [
        ("استقبل / يستقبل", "استقبيل"),  # not hollow
        ("قابل / يقابل", "قبلن"),  # the alef of the third form stays
        ("نفى / ينفي", "نفات"),
    ],
)
def test_what_is_not_written(citation: str, wrong: str) -> None:
    assert all(f.spelling != wrong for f in inflect(citation))


@pytest.mark.parametrize("citation", ["قال", "", "قال / ", "/ يقول", "قال / يقول / قل"])
def test_a_citation_has_two_forms(citation: str) -> None:
    with pytest.raises(ValueError, match="is not 'perfect / imperfect'"):
        inflect(citation)


def test_forms_are_folded_and_single() -> None:
    forms = inflect("أجرى / يجري")
    assert len(forms) == len(set(forms))
    assert all(c not in f.spelling for f in forms for c in "أإآىةؤئ")
