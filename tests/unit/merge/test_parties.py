"""When two mentions are one party."""

from __future__ import annotations

import pytest

from rawi.merge.parties import likeness, party, same, side_likeness
from rawi.model import Actor


def actor(name: str, country: str | None = None, sector: str = "UNK", entity: str | None = None) -> Actor:
    return Actor("a1", name, None, country, sector, entity)  # type: ignore[arg-type]


fidan = actor("وزير الخارجية التركي هاكان فيدان", "TUR", "GOV", "per.hakan-fidan")
erdogan = actor("الرئيس التركي رجب طيب أردوغان", "TUR", "GOV", "per.recep-tayyip-erdogan")
turkey = actor("أنقرة", "TUR", "GOV", "TUR")
ministry = actor("وزارة الخارجية التركية", "TUR", "GOV")
turkish_army = actor("الجيش التركي", "TUR", "MIL", "org.tur-army")
hamas = actor("حركة حماس", "PSE", "REB", "grp.hamas")
jihad = actor("حركة الجهاد الإسلامي", "PSE", "REB", "grp.pij")
palestinians = actor("فلسطينيين", "PSE", "CVL")
un = actor("الأمم المتحدة", None, "IGO", "igo.un")
league = actor("جامعة الدول العربية", None, "IGO", "igo.arab-league")
guterres = actor("أنطونيو غوتيريش", "PRT", "IGO", "per.antonio-guterres")
gunmen = actor("مسلحون مجهولون")


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        (fidan, actor("فيدان", "TUR", "GOV", "per.hakan-fidan"), True),
        (fidan, turkey, True),  # a minister acts for his state
        (fidan, ministry, True),
        (fidan, erdogan, False),
        (ministry, turkey, True),
        (turkish_army, turkey, True),
        (turkish_army, actor("القوات التركية", "TUR", "MIL"), True),
        (turkish_army, actor("متظاهرون أتراك", "TUR", "CVL"), False),
        (turkey, actor("مصر", "EGY", "GOV", "EGY"), False),
        (hamas, jihad, False),
        (hamas, palestinians, False),
        (hamas, actor("حماس", None, "UNK"), True),
        (palestinians, actor("مدنيين فلسطينيين", "PSE", "CVL"), True),
        (palestinians, actor("شخص", "PSE", "UNK"), True),
        (un, league, False),
        (un, guterres, True),
        (guterres, actor("الأمين العام للأمم المتحدة أنطونيو غوتيريش", None, "IGO", "per.antonio-guterres"), True),
        (un, actor("منظمة الأمم المتحدة", None, "IGO"), True),
        (gunmen, actor("مسلحين مجهولين"), False),
        (gunmen, actor("المسلحون"), True),
        (gunmen, turkey, False),
    ],
)
def test_one_party_or_two(a: Actor, b: Actor, one: bool) -> None:
    assert (likeness(party(a), party(b)) >= same) is one
    assert likeness(party(a), party(b)) == likeness(party(b), party(a))


def test_a_party_is_matched_once() -> None:
    one = (party(turkey),)
    two = (party(ministry), party(turkish_army))
    assert side_likeness(one, two) == side_likeness(two, one) == pytest.approx(0.8)
    assert side_likeness((), one) == 0.0
