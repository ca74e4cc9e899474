"""What a story says of its reports: origins, status over time, contradictions, credibility, best values."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures import stories as golden
from fixtures.coded import code
from fixtures.reports import strike_event, talks_event
from rawi.ledger import Ledger, add_many, every_story
from rawi.merge import credibility, merge_stories, update
from rawi.model import Story

reuters = [["رويترز", "GBR", "JRN", "med.reuters"], "عن", "relay", "institution"]


def story_of(ledger: Ledger, *reports: tuple[str | None, str, str, dict[str, Any]]) -> Story:
    """Return the one story of reports given as (outlet, date, text, event)."""
    add_many(
        ledger,
        [
            code({"id": f"r{n}", "outlet": outlet, "date": date, "text": text}, [event])
            for n, (outlet, date, text, event) in enumerate(reports)
        ],
    )
    update(ledger)
    [story] = every_story(ledger)
    return story


def talk(text: str, **changes: Any) -> tuple[str, dict[str, Any]]:
    """Return a report of the talks: its text, and its event found in it."""
    event = {
        **talks_event,
        "actors": [["القطري", "QAT", "GOV"], ["التركي", "TUR", "GOV"]],
        "place": None,
        "date": "2024-03-04",
        **changes,
    }
    return text, event


plain = talk("بحث الوزير القطري في محادثات مع نظيره التركي ملف المعابر والتجارة بين البلدين")
other = talk("عقد الجانبان القطري و التركي محادثات مطولة تناولت عودة اللاجئين وأمن الحدود")


def test_two_outlets_in_their_own_voice_are_two_origins(ledger: Ledger) -> None:
    story = story_of(ledger, ("الأفق", "2024-03-05", *plain), ("نبأ", "2024-03-05", *other))
    assert (story.n_articles, story.n_outlets, story.n_origins) == (2, 2, 2)


def test_outlets_that_relay_one_agency_are_one_origin(ledger: Ledger) -> None:
    one = talk("نقلا عن رويترز بحث القطري في محادثات مع التركي ملف المعابر", chain=[reuters])
    two = talk(
        "ذكرت وكالة رويترز للأنباء أن محادثات جرت بين القطري و التركي حول الحدود",
        chain=[[["وكالة رويترز للأنباء", None, "JRN"], "ذكرت", "relay", "institution"]],
    )
    story = story_of(ledger, ("الأفق", "2024-03-05", *one), ("نبأ", "2024-03-05", *two))
    assert (story.n_articles, story.n_outlets, story.n_origins) == (2, 2, 1)
    assert story.origins[0].outlets == ("الأفق", "نبأ")


def test_the_agency_s_own_report_is_the_origin_of_those_who_quote_it(ledger: Ledger) -> None:
    one = talk("نقلا عن رويترز بحث القطري في محادثات مع التركي ملف المعابر", chain=[reuters])
    story = story_of(ledger, ("الأفق", "2024-03-05", *one), ("وكالة رويترز", "2024-03-05", *other))
    assert story.n_origins == 1


def test_an_unnamed_official_is_known_by_who_carried_him_first(ledger: Ledger) -> None:
    carried = [["مصدر مطلع"], "قال", "assert", "unnamed"]
    one = talk("قال مصدر مطلع نقلا عن رويترز بحث القطري في محادثات مع التركي المعابر", chain=[carried, reuters])
    two = talk("قال مصدر مطلع نقلا عن رويترز إن محادثات جرت بين القطري و التركي حول الحدود", chain=[carried, reuters])
    own = talk("قال مصدر مطلع للصحيفة إن محادثات ثانية عقدها القطري و التركي بشأن الطاقة", chain=[carried])
    story = story_of(ledger, ("الأفق", "2024-03-05", *one), ("نبأ", "2024-03-05", *two), ("المدار", "2024-03-05", *own))
    assert (story.n_outlets, story.n_origins) == (3, 2)


def test_one_named_official_in_two_outlets_is_one_origin(ledger: Ledger) -> None:
    spoke = [["ماجد الأنصاري", "QAT", "GOV", "per.majed-al-ansari"], "قال", "assert", "named"]
    one = talk("قال ماجد الأنصاري إن محادثات جرت بين القطري و التركي حول المعابر", chain=[spoke])
    two = talk("كما قال أمس ماجد الأنصاري إن القطري عقد مع التركي محادثات بشأن الطاقة", chain=[spoke])
    assert story_of(ledger, ("الأفق", "2024-03-05", *one), ("نبأ", "2024-03-05", *two)).n_origins == 1


def test_a_ministry_and_its_spokesman_are_one_origin(ledger: Ledger) -> None:
    one = talk(
        "أعلنت وزارة الخارجية القطرية أن محادثات جرت بين القطري و التركي حول المعابر",
        chain=[[["وزارة الخارجية القطرية", "QAT", "GOV"], "أعلنت", "assert", "institution"]],
    )
    two = talk(
        "قال المتحدث باسم وزارة الخارجية القطرية إن القطري عقد مع التركي محادثات بشأن الطاقة",
        chain=[[["المتحدث باسم وزارة الخارجية القطرية", "QAT", "GOV"], "قال", "assert", "institution"]],
    )
    assert story_of(ledger, ("الأفق", "2024-03-05", *one), ("نبأ", "2024-03-05", *two)).n_origins == 1


def test_a_statement_is_its_speaker_s_whoever_reports_it(ledger: Ledger) -> None:
    request = {
        "type": "REQUEST",
        "trigger": "دعت",
        "actors": [["مصر", "EGY", "GOV", "EGY"]],
        "recipients": [["إسرائيل", "ISR", "GOV", "ISR"]],
    }
    story = story_of(
        ledger,
        ("الأفق", "2024-03-05", "دعت مصر إسرائيل إلى فتح المعابر فورا أمام قوافل الإغاثة", request),
        ("نبأ", "2024-03-05", "في بيان شديد اللهجة دعت مصر حكومة إسرائيل إلى إدخال قوافل الإغاثة", request),
    )
    assert (story.n_outlets, story.n_origins) == (2, 1)
    assert story.origins[0].name == "مصر"


def test_copied_text_is_one_origin_whoever_signs_it(ledger: Ledger) -> None:
    text, event = plain
    story = story_of(ledger, ("الأفق", "2024-03-05", text + " وفق بيان", event), ("نبأ", "2024-03-05", text, event))
    assert (story.n_outlets, story.n_origins) == (2, 1)


@pytest.mark.parametrize(
    ("affirming", "denying", "disputed", "level"),
    [
        (1, 0, False, 6), (1, 0, True, 6), (2, 0, False, 2), (2, 0, True, 3), (3, 0, False, 1), (7, 0, False, 1), (3, 0, True, 2),
        (2, 1, False, 3), (5, 1, True, 3), (1, 1, False, 4), (2, 2, False, 4), (1, 2, False, 5), (0, 1, False, 5), (0, 3, True, 5),
    ],
)  # fmt: skip
def test_credibility(affirming: int, denying: int, disputed: bool, level: int) -> None:
    assert credibility(affirming, denying, disputed=disputed) == level


def test_one_report_cannot_be_judged(ledger: Ledger) -> None:
    story = story_of(ledger, ("الأفق", "2024-03-05", *plain))
    assert (story.reliability, story.credibility) == ("F", 6)


def test_a_claim_and_its_denial(ledger: Ledger) -> None:
    army = ["الجيش السوداني", "SDN", "MIL", "org.sdn-army"]
    rsf = ["قوات الدعم السريع", "SDN", "REB", "grp.rsf"]
    event = {
        **strike_event,
        "trigger": "قصف",
        "actors": [rsf],
        "recipients": [["المطار", "SDN", "UNK"]],
        "date": "2024-03-05",
        "place": None,
        "mode": None,
    }
    story = story_of(
        ledger,
        ("الأفق", "2024-03-05", "قال الجيش السوداني إن قصف المطار نفذته قوات الدعم السريع", {**event, "chain": [[army, "قال", "assert", "institution"]]}),
        ("نبأ", "2024-03-06", "نفت قوات الدعم السريع قصف المطار أمس", {**event, "status": "negated", "chain": [[rsf, "نفت", "deny", "institution"]]}),
    )  # fmt: skip
    assert story.contested
    assert [(change.published, change.state) for change in story.history] == [
        ("2024-03-05", "claimed"),
        ("2024-03-06", "denied"),
    ]
    assert [(origin.name, origin.affirms) for origin in story.origins] == [
        ("الجيش السوداني", True),
        ("قوات الدعم السريع", False),
    ]
    denial = next(one for one in story.contradictions if one.kind == "denial")
    assert {side: len(records) for side, records in denial.values.items()} == {"affirm": 1, "deny": 1}
    assert (story.status, story.credibility, story.n_origins) == ("denied", 4, 2)


def test_a_claim_with_its_denial_in_one_report(ledger: Ledger) -> None:
    event = {
        **strike_event, "trigger": "قصف", "actors": [["قوات الدعم السريع", "SDN", "REB"]], "recipients": [], "date": None, "place": None,
        "chain": [[["الجيش", "SDN", "MIL"], "قال", "assert", "institution"], [["قوات الدعم السريع", "SDN", "REB"], "ونفت", "deny", "institution"]],
    }  # fmt: skip
    story = story_of(
        ledger, ("الأفق", "2024-03-05", "قال الجيش إن قصف المطار نفذته قوات الدعم السريع ونفت هي ذلك", event)
    )
    assert story.contested
    assert (story.n_origins, story.reports[0].affirms, story.reports[0].state) == (2, True, "claimed")


def test_planned_then_occurred(ledger: Ledger) -> None:
    planned = talk("يعقد الجانبان القطري و التركي محادثات الاثنين حول المعابر", status="planned")
    possible = talk("قد يعقد القطري و التركي محادثات حول المعابر", status="possible")
    story = story_of(
        ledger, ("نبأ", "2024-03-02", *possible), ("الأفق", "2024-03-03", *planned), ("المدار", "2024-03-05", *other)
    )
    assert [change.state for change in story.history] == ["possible", "planned", "occurred"]
    assert (story.status, story.first_seen, story.last_seen) == ("occurred", "2024-03-02", "2024-03-05")


def test_planned_then_cancelled(ledger: Ledger) -> None:
    planned = talk("يعقد الجانبان القطري و التركي محادثات الاثنين حول المعابر", status="planned")
    cancelled = talk("ألغيت محادثات القطري و التركي حول المعابر", status="negated")
    story = story_of(ledger, ("الأفق", "2024-03-03", *planned), ("نبأ", "2024-03-05", *cancelled))
    assert [change.state for change in story.history] == ["planned", "negated"]
    assert story.status == "negated"


def test_who_only_foresaw_it_does_not_confirm_that_it_happened(ledger: Ledger) -> None:
    announced = talk("يعقد الجانبان القطري و التركي محادثات الاثنين حول المعابر", status="planned")
    expected = talk("يتوقع أن يعقد القطري و التركي محادثات الاثنين في شأن الطاقة", status="possible")
    story = story_of(
        ledger, ("نبأ", "2024-03-02", *announced), ("المنار", "2024-03-03", *expected), ("الأفق", "2024-03-05", *plain)
    )
    assert (story.n_origins, story.status, story.credibility) == (3, "occurred", 6)


def test_a_plan_is_confirmed_by_those_who_announce_it(ledger: Ledger) -> None:
    one = talk("يعقد الجانبان القطري و التركي محادثات الاثنين حول المعابر", status="planned")
    two = talk("أعلن القطري و التركي محادثات الاثنين في شأن الطاقة", status="planned")
    story = story_of(ledger, ("نبأ", "2024-03-02", *one), ("المنار", "2024-03-03", *two))
    assert (story.status, story.credibility) == ("planned", 2)


def test_who_only_foresaw_it_does_not_outvote_a_denial(ledger: Ledger) -> None:
    """One says that it happened, one denies it; a third that announced it weighs on neither side."""
    announced = talk("يعقد الجانبان القطري و التركي محادثات الاثنين حول المعابر", status="planned")
    qatar = [["وزارة الخارجية القطرية", "QAT", "GOV"], "نفت", "deny", "institution"]
    denied = talk("نفت وزارة الخارجية القطرية أن محادثات عقدت بين القطري و التركي", status="negated", chain=[qatar])
    story = story_of(
        ledger, ("نبأ", "2024-03-03", *announced), ("الأفق", "2024-03-05", *plain), ("المنار", "2024-03-05", *denied)
    )
    assert (story.n_origins, story.contested) == (3, True)
    assert (story.status, story.credibility) == ("denied", 4)


def test_a_denied_plan_keeps_those_who_announced_it(ledger: Ledger) -> None:
    one = talk("يعقد الجانبان القطري و التركي محادثات الاثنين حول المعابر", status="planned")
    two = talk("أعلن القطري و التركي محادثات الاثنين في شأن الطاقة", status="planned")
    qatar = [["وزارة الخارجية القطرية", "QAT", "GOV"], "نفت", "deny", "institution"]
    denied = talk("نفت وزارة الخارجية القطرية أن محادثات ستعقد بين القطري و التركي", status="negated", chain=[qatar])
    story = story_of(
        ledger, ("نبأ", "2024-03-02", *one), ("المنار", "2024-03-03", *two), ("الأفق", "2024-03-04", *denied)
    )
    assert (story.status, story.contested, story.credibility) == ("planned", True, 3)


def test_a_plan_that_as_many_deny_as_announce_is_denied(ledger: Ledger) -> None:
    one = talk("يعقد الجانبان القطري و التركي محادثات الاثنين حول المعابر", status="planned")
    qatar = [["وزارة الخارجية القطرية", "QAT", "GOV"], "نفت", "deny", "institution"]
    denied = talk("نفت وزارة الخارجية القطرية أن محادثات ستعقد بين القطري و التركي", status="negated", chain=[qatar])
    story = story_of(ledger, ("نبأ", "2024-03-02", *one), ("الأفق", "2024-03-04", *denied))
    assert (story.status, story.credibility) == ("denied", 4)


@pytest.mark.parametrize(
    ("text", "place", "differ"),
    [
        ("مسيرة إسرائيلية قصفت منزلا في لبنان ووقعت أضرار", ["لبنان", "LBN"], False),  # a state holds its towns
        ("مسيرة إسرائيلية قصفت منزلا في صيدا على طريق العديسة", ["صيدا", "LBN"], False),  # the sentence has both
        ("مسيرة إسرائيلية قصفت منزلا في صيدا ووقعت أضرار", ["صيدا", "LBN"], True),
    ],
)
def test_places_that_differ_are_a_contradiction(ledger: Ledger, text: str, place: list[str], differ: bool) -> None:
    event = {
        **strike_event, "date": "2024-03-05", "chain": [], "actors": [["إسرائيلية", "ISR", "MIL", "ISR"]],
        "recipients": [["منزلا", "LBN", "CVL"]], "trigger": "قصفت",
    }  # fmt: skip
    first = {**event, "place": ["العديسة", "LBN"], "third_parties": [["لبنان", "LBN", "GOV", "LBN", "about"]]}
    story = story_of(
        ledger,
        ("الأفق", "2024-03-05", "قصفت طائرات إسرائيلية منزلا في العديسة أمس بحسب لبنان", first),
        ("نبأ", "2024-03-05", text, {**event, "place": place}),
    )
    values = [set(one.values) for one in story.contradictions if one.kind == "place"]
    assert values == ([{"العديسة", place[0]}] if differ else [])


@pytest.mark.parametrize("turned", [False, True])
def test_a_place_that_either_sentence_names_is_no_contradiction(ledger: Ledger, turned: bool) -> None:
    event = {
        **strike_event, "date": "2024-03-05", "chain": [], "actors": [["إسرائيلية", "ISR", "MIL", "ISR"]],
        "recipients": [["منزلا", "LBN", "CVL"]], "trigger": "قصفت",
    }  # fmt: skip
    one = ("قصفت طائرات إسرائيلية منزلا في العديسة أمس", {**event, "place": ["العديسة", "LBN"]})
    other = ("مسيرة إسرائيلية قصفت منزلا في صيدا على طريق العديسة", {**event, "place": ["صيدا", "LBN"]})
    first, second = (other, one) if turned else (one, other)
    story = story_of(ledger, ("الأفق", "2024-03-05", *first), ("نبأ", "2024-03-06", *second))
    assert not [one for one in story.contradictions if one.kind == "place"]


def test_a_state_holds_no_town_of_another(ledger: Ledger) -> None:
    """What is said of لبنان does not differ from its town; it does from a town of another country."""
    lebanon = ["لبنان", "LBN", "GOV", "LBN", "about"]
    one = talk(
        "عقد القطري و التركي محادثات تناولت عودة اللاجئين وأمن المعابر في لبنان",
        place=["لبنان", "LBN"],
        third_parties=[lebanon],
    )
    two = talk("تناولت محادثات القطري و التركي أمس عودة اللاجئين وأمن المعابر في أنقرة", place=["أنقرة", "TUR"])
    given = [("الأفق", *one), ("نبأ", *two)]
    add_many(
        ledger, [code({"id": o, "outlet": o, "date": "2024-03-05", "text": text}, [event]) for o, text, event in given]
    )
    update(ledger)
    merge_stories(
        ledger, [story.id for story in every_story(ledger)], who="هدى"
    )  # by hand: they never meet by themselves
    [story] = every_story(ledger)
    assert [set(one.values) for one in story.contradictions if one.kind == "place"] == [{"لبنان", "أنقرة"}]


def test_numbers_that_differ_are_a_contradiction(ledger: Ledger) -> None:
    event = {
        **strike_event,
        "date": "2024-03-05",
        "chain": [],
        "actors": [["إسرائيلية", "ISR", "MIL", "ISR"]],
        "recipients": [["منزلا", "PSE", "CVL"]],
        "trigger": "قصفت",
        "place": ["رفح", "PSE"],
    }
    story = story_of(
        ledger,
        ("الأفق", "2024-03-05", "قصفت طائرات إسرائيلية منزلا في رفح وأدى ذلك إلى مقتل 12 شخصا", event),
        ("نبأ", "2024-03-05", "مسيرة إسرائيلية قصفت منزلا وسط رفح وسقط 15 قتيلا", event),
    )
    assert [set(one.values) for one in story.contradictions if one.kind == "number"] == [{"قتلى: 12", "قتلى: 15"}]
    assert story.credibility == 3


def test_the_same_number_in_words_and_digits_is_no_contradiction(ledger: Ledger) -> None:
    event = {
        **strike_event, "date": "2024-03-05", "chain": [], "actors": [["إسرائيلية", "ISR", "MIL", "ISR"]],
        "recipients": [["منزلا", "PSE", "CVL"]], "trigger": "قصفت", "place": ["رفح", "PSE"],
    }  # fmt: skip
    story = story_of(
        ledger,
        ("الأفق", "2024-03-05", "قصفت طائرات إسرائيلية منزلا في رفح وأدى ذلك إلى مقتل خمسة عشر شخصا", event),
        ("نبأ", "2024-03-05", "مسيرة إسرائيلية قصفت منزلا وسط رفح وسقط 15 قتيلا", event),
    )
    assert [one.kind for one in story.contradictions] == []
    assert story.credibility == 2


def test_the_best_date_is_the_most_exact_that_most_origins_give(ledger: Ledger) -> None:
    month = talk("عقد القطري و التركي محادثات هذا الشهر حول المعابر", date="2024-03")
    none = talk("عقد القطري و التركي محادثات بشأن الطاقة", date=None)
    story = story_of(
        ledger, ("الأفق", "2024-03-05", *month), ("نبأ", "2024-03-05", *none), ("المدار", "2024-03-05", *other)
    )
    assert story.date == "2024-03-04"


def test_parties_are_named_as_specifically_as_any_report_does(ledger: Ledger) -> None:
    named = talk(
        "عقد رئيس الوزراء القطري و وزير الخارجية هاكان فيدان محادثات",
        actors=[["رئيس الوزراء القطري", "QAT", "GOV"], ["وزير الخارجية هاكان فيدان", "TUR", "GOV", "per.hakan-fidan"]],
    )
    story = story_of(ledger, ("الأفق", "2024-03-05", *plain), ("نبأ", "2024-03-05", *named))
    assert {actor.name for actor in story.actors} == {"رئيس الوزراء القطري", "وزير الخارجية هاكان فيدان"}
    assert [actor.id for actor in story.actors] == ["a1", "a2"]


def test_who_met_is_named_on_one_side(ledger: Ledger) -> None:
    """One report has A meeting B, the other A and B meeting."""
    qatar, turkey = ["القطري", "QAT", "GOV", "per.q"], ["التركي", "TUR", "GOV", "per.t"]
    one = talk(
        "يعقد القطري محادثات مع التركي الاثنين حول المعابر", status="planned", actors=[qatar], recipients=[turkey]
    )
    two = talk("عقد القطري و التركي محادثات تناولت المعابر", actors=[qatar, turkey])
    story = story_of(ledger, ("الأفق", "2024-03-02", *one), ("نبأ", "2024-03-05", *two))
    assert ([actor.entity for actor in story.actors], story.recipients) == (["per.q", "per.t"], ())


def test_who_strikes_himself_stays_on_both_sides(ledger: Ledger) -> None:
    army = ["الجيش", "SDN", "MIL", "org.sdn-army"]
    event = {
        **strike_event,
        "trigger": "قصف",
        "actors": [army],
        "recipients": [army],
        "date": None,
        "place": None,
        "chain": [],
    }
    story = story_of(ledger, ("الأفق", "2024-03-05", "قصف الجيش مواقع الجيش خطأ", event))
    assert [actor.entity for actor in story.recipients] == ["org.sdn-army"]


def test_a_story_names_its_reports_by_input_id_and_event(ledger: Ledger) -> None:
    story = story_of(ledger, ("الأفق", "2024-03-05", *plain), ("نبأ", "2024-03-05", *other))
    assert [(report.article, report.outlet, report.event) for report in story.reports] in (
        [("r0", "الأفق", "e1"), ("r1", "نبأ", "e1")],
        [("r1", "نبأ", "e1"), ("r0", "الأفق", "e1")],
    )


@pytest.mark.parametrize(
    ("name", "articles", "outlets", "origins", "contested", "status"),
    [
        ("doha-talks", 4, 4, 3, False, "occurred"),  # the outlet; an official by Reuters, twice; the Turkish ministry
        ("port-sudan-drones", 4, 4, 3, True, "claimed"),  # the army, twice; AFP; the RSF denies
        ("araqchi-rejects", 3, 3, 1, False, "occurred"),  # one statement
        ("hormuz-drill", 3, 3, 2, False, "ongoing"),  # Tasnim, twice; state television
        ("guterres-truce", 3, 3, 1, False, "occurred"),
        ("baghdad-water", 4, 3, 4, False, "occurred"),
        ("deir-hafer", 3, 3, 3, True, "occurred"),
    ],
)
def test_counts_of_the_written_set(
    ledger: Ledger, name: str, articles: int, outlets: int, origins: int, contested: bool, status: str
) -> None:
    expected = golden.expected()
    add_many(ledger, golden.coded())
    update(ledger)
    story = next(
        one for one in every_story(ledger) if expected[f"{one.reports[0].article}.{one.reports[0].event}"] == name
    )
    assert (story.n_articles, story.n_outlets, story.contested, story.status) == (articles, outlets, contested, status)
    assert story.n_origins == origins, [origin.name for origin in story.origins]
