"""Which reports may tell one event, which never."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.coded import code
from fixtures.reports import strike_event, strike_text, talks_event, talks_text
from rawi.ledger.document import Payload, documents
from rawi.merge.blocks import filed_under, looks_under
from rawi.merge.compare import likeness, threshold
from rawi.merge.features import Features, make_features, sentence, sketch_likeness, sketch_text

numbers = iter(range(1, 1_000_000))


def features(
    text: str, event: dict[str, Any], *, published: str = "2024-03-05", article: int | None = None
) -> Features:
    coded = code({"id": "x", "date": published, "text": text}, [event])
    payload = Payload(coded.actors, coded.attributions, coded.events)
    number = next(numbers) if article is None else article
    return make_features(next(documents(payload)), text, published, number, f"{published} {number}", sketch_text(text))


def pair(event: dict[str, Any], *, text: str = talks_text, **changes: Any) -> float | None:
    """Return how alike the event is to itself with some fields changed."""
    a = features(text, event)
    b = features(text, {**event, **changes})
    assert likeness(a, b) == likeness(b, a)
    if likeness(a, b) is not None:
        assert looks_under(a) & filed_under(b), "what may be together must share a block"
        assert looks_under(b) & filed_under(a)
    return likeness(a, b)


syria = [["الوزير", "SYR", "GOV"]]


@pytest.mark.parametrize(
    ("changes", "together"),
    [
        ({}, True),
        ({"mode": None}, True),
        ({"date": None, "place": None}, True),
        ({"status": "planned"}, True),
        ({"status": "negated"}, True),
        ({"actors": [["قطر", "QAT", "GOV", "QAT"], ["التركي", "TUR", "UNK"]]}, True),
    ],
)
def test_reports_of_one_event_are_alike(changes: dict[str, Any], together: bool) -> None:
    text = talks_text + " قطر التركي"
    score = pair(talks_event, text=text, **changes)
    assert score is not None
    assert (score >= threshold) is together


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "ASSAULT"},
        {"date": ["2024-03-05", "يوم الاثنين"]},
        {
            "date": ["2024-03-04/2024-03-04", "يوم الاثنين"],
            "actors": [["نظيره التركي", "SYR", "GOV"], ["وزير الخارجية القطري", "EGY", "GOV"]],
        },
        {"actors": [["نظيره التركي", "TUR", "GOV"], ["السفارة", "EGY", "GOV"]]},
        {"place": ["الدوحة", "TUR"]},
        {"date": ["2024-02", "يوم الاثنين"]},
    ],
)
def test_contradicting_reports_are_never_together(changes: dict[str, Any]) -> None:
    assert pair(talks_event, **changes) is None


def test_doer_and_sufferer_do_not_change_places() -> None:
    turned = {**strike_event, "actors": strike_event["recipients"], "recipients": strike_event["actors"]}
    a, b = features(strike_text, strike_event), features(strike_text, turned)
    assert likeness(a, b) is None
    alone = {**turned, "recipients": []}
    assert likeness(a, features(strike_text, alone)) is None


def test_two_events_of_one_article_are_two() -> None:
    a = features(talks_text, talks_event, article=7)
    elsewhere = features(f"وفي المساء {talks_text}", talks_event, article=7)
    assert likeness(a, elsewhere) is None


def test_a_sentence_that_was_read_twice_is_one_act() -> None:
    """The verb and the noun it carries, where a coder made a record of each."""
    a = features(talks_text, talks_event, article=7)
    undated = {key: value for key, value in talks_event.items() if key != "date"}
    assert likeness(a, features(talks_text, talks_event, article=7)) == 1.0
    assert likeness(a, features(talks_text, undated, article=7)) == 1.0
    for changes in ({"type": "COOPERATE"}, {"mode": "phone"}, {"place": ["أنقرة", "TUR"]}, {"status": "negated"}):
        other = features(f"{talks_text} أنقرة", {**talks_event, **changes}, article=7)
        assert likeness(a, other) is None, changes


def test_what_an_act_is_done_with_names_nobody() -> None:
    drones = {**strike_event, "actors": [["طائرات", "ISR", "MIL"]]}
    assert not features(strike_text, drones).actors[0].is_firm
    assert likeness(features(strike_text, strike_event), features(strike_text, drones)) is not None


@pytest.mark.parametrize(("days", "less"), [(0, 0.0), (1, 0.05), (2, 0.1)])
def test_undated_reports_are_less_alike_the_further_apart_they_appear(days: int, less: float) -> None:
    undated = {**talks_event, "date": None}
    near = likeness(features(talks_text, undated), features(talks_text, undated))
    far = likeness(features(talks_text, undated), features(talks_text, undated, published=f"2024-03-{5 + days:02}"))
    assert near is not None
    assert far is not None
    assert near - far >= less


def test_undated_reports_a_week_apart_are_not_together() -> None:
    undated = {**talks_event, "date": None}
    assert likeness(features(talks_text, undated), features(talks_text, undated, published="2024-03-12")) is None


def test_a_planned_event_meets_its_day() -> None:
    planned = {**talks_event, "status": "planned", "date": None}
    ahead = features(talks_text, planned, published="2024-03-01")
    assert (likeness(ahead, features(talks_text, talks_event)) or 0) >= threshold


months = st.sampled_from(
    [None, "2024-03-04", "2024-03-05", "2024-03", "2024", "2024-02-20/2024-03-10", "2024-03-01/2024-03-04"]
)
people = st.lists(
    st.sampled_from([("وزير الخارجية القطري", "QAT"), ("نظيره التركي", "TUR"), ("السفارة", "EGY"), ("الدوحة", None)]),
    max_size=3,
    unique=True,
)


@given(
    months, months, people, people, people, st.booleans(), st.sampled_from(["CONSULT", "AGREE", "ASSAULT", "COERCE"])
)
def test_whatever_may_be_together_shares_a_block(
    date_a: str | None, date_b: str | None, actors_a: Any, actors_b: Any, recipients: Any, placed: bool, kind: str
) -> None:
    def event(date: str | None, actors: Any, type_: str) -> dict[str, Any]:
        return {
            **talks_event, "type": type_, "date": date, "place": ["الدوحة", "QAT"] if placed else None,
            "actors": [[name, country, "GOV"] for name, country in actors],
            "recipients": [[name, country, "GOV"] for name, country in recipients],
        }  # fmt: skip

    a, b = (
        features(talks_text, event(date_a, actors_a, kind)),
        features(talks_text, event(date_b, actors_b, "AGREE" if kind == "CONSULT" else kind)),
    )
    score = likeness(a, b)
    assert score == likeness(b, a)
    if score is not None and score >= threshold:
        assert looks_under(a) & filed_under(b)
        assert looks_under(b) & filed_under(a)


def test_the_sentence_is_carried_to_its_ends() -> None:
    text = "قبله. قال إن طائرات قصفت منزلا في رفح يوم الأحد. وبعده."
    at = text.index("قصفت")
    assert sentence(text, (at, at + 4), (at, at + 4)).strip() == "قال إن طائرات قصفت منزلا في رفح يوم الأحد"


def test_the_point_of_a_number_ends_no_sentence() -> None:
    text = "وقعت غارات. وأدى القصف إلى مقتل 1.500 شخص في عام 2024. ثم هدأت"
    at = text.index("القصف")
    assert sentence(text, (at, at + 5), (at, at + 5)) == " وأدى القصف إلى مقتل 1.500 شخص في عام 2024"
    at = text.index("هدأت")
    assert sentence(text, (at, at + 4), (at, at + 4)) == " ثم هدأت"


@pytest.mark.parametrize("noun", ["بلدة", "ببلدة", "والبلدة", "ولاية", "بولاية", "مخيم", "لمخيم"])
def test_a_sentence_that_names_a_place_as_such_places_its_report(noun: str) -> None:
    event = {"type": "ASSAULT", "trigger": "قصف", "actors": [["الجيش", "SDN", "MIL"]]}
    assert features(f"قصف الجيش منازل {noun} الفاشر صباحا", event).place == ("فاشر",)


def test_sketches_tell_copied_texts() -> None:
    words = [f"كلمة{n}" for n in range(300)]
    whole = sketch_text(" ".join(words))
    assert sketch_likeness(whole, sketch_text(" ".join(words[:280]))) > 0.7
    assert sketch_likeness(whole, sketch_text(" ".join(f"غير{n}" for n in range(300)))) == 0.0
    assert sketch_likeness(whole, whole) == 1.0
    assert sketch_likeness((), whole) == 0.0


def two(text_a: str, event_a: dict[str, Any], text_b: str, event_b: dict[str, Any], **options: Any) -> float:
    """Return how alike two reports of one day are, 0 if they cannot be one event."""
    return likeness(features(text_a, event_a, **options), features(text_b, event_b, **options)) or 0.0


def attack(trigger: str, **fields: Any) -> dict[str, Any]:
    return {"type": "ASSAULT", "trigger": trigger, "actors": [], "recipients": [], **fields}


houthis = [["الحوثيين", "YEM", "REB", "grp.houthis"]]


def test_a_group_alone_does_not_make_two_acts_one() -> None:
    a = "تدهور الوضع المعيشي في الحديدة جراء هجوم شنته ميليشيا الحوثيين"
    b = "قصف منسوب إلى جماعة الحوثيين أغلق ميناء المخا أمام الصيادين"
    assert two(a, attack("هجوم", actors=houthis), b, attack("قصف", actors=houthis)) < threshold


def test_a_group_and_the_words_do() -> None:
    a = "هجوم شنته ميليشيا الحوثيين على سفينة شحن قبالة ميناء المخا أصاب بحارين"
    b = "قصف منسوب إلى جماعة الحوثيين طال سفينة شحن قرب ميناء المخا"
    assert two(a, attack("هجوم", actors=houthis), b, attack("قصف", actors=houthis)) >= threshold


def test_a_state_alone_does_not_make_two_meetings_one() -> None:
    a = "استقبل المشرف على المركز السعودي سفير بلاده وبحث معه برامج الإغاثة"
    b = "عقد أعضاء المجلس المحلي السعودي اجتماعا لمناقشة تأخر الطرق"
    meeting = {"type": "CONSULT", "actors": [["السعودي", "SAU", "GOV", "SAU"]]}
    assert two(a, {**meeting, "trigger": "استقبل"}, b, {**meeting, "trigger": "اجتماعا"}) < threshold


def test_two_parties_of_one_country_do_not_either() -> None:
    a = "تظاهر الليبيين في الميدان ضد الحكومة مطالبين بالانتخابات"
    b = "اعتصم المعلمين أمام الحكومة احتجاجا على تأخر رواتبهم"
    people, state = ["CVL", "LBY"], [["الحكومة", "LBY", "GOV", "LBY"]]
    first = {"type": "PROTEST", "trigger": "تظاهر", "actors": [["الليبيين", *reversed(people)]], "recipients": state}
    second = {"type": "PROTEST", "trigger": "اعتصم", "actors": [["المعلمين", *reversed(people)]], "recipients": state}
    assert two(a, first, b, second) < threshold


def test_a_person_in_common_suffices() -> None:
    a = "اعتقلت السلطات القيادي محمد الطيب عوض من منزله"
    b = "جرى توقيف القيادي محمد الطيب عوض بناء على بلاغ"
    victim = [["القيادي محمد الطيب عوض", "SDN", "OPP"]]
    first = {"type": "COERCE", "trigger": "اعتقلت", "actors": [["السلطات", "SDN", "GOV"]], "recipients": victim}
    second = {"type": "COERCE", "trigger": "توقيف", "actors": [], "recipients": victim}
    assert two(a, first, b, second) >= threshold


def test_a_party_of_one_report_tells_when_it_stands_in_the_words_of_the_other() -> None:
    a = "قدمت السعودية مساعدات إلى مأرب"
    b = "وصلت مساعدات من السعودية إلى نازحين في مأرب"
    giver = [["السعودية", "SAU", "GOV", "SAU"]]
    known = {"type": "AID", "trigger": "مساعدات", "actors": giver, "recipients": [["مأرب", "YEM", "CVL"]]}
    open_ = {"type": "AID", "trigger": "مساعدات", "actors": giver, "recipients": []}
    elsewhere = "وصلت مساعدات من السعودية إلى نازحين في تعز"
    assert two(a, known, b, open_) > two(a, known, elsewhere, open_)


def test_a_report_that_names_nobody_is_found_by_its_place() -> None:
    a = "قتل خمسة في تفجير هز سوقا شعبية وسط بعقوبة"
    b = "تفجير في سوق شعبية في بعقوبة نفذه التنظيم"
    place = ["بعقوبة", "IRQ"]
    nobody = attack("تفجير", place=place)
    group = attack("تفجير", place=place, actors=[["التنظيم", None, "REB", "grp.isis"]])
    x, y = features(a, nobody), features(b, group)
    assert (likeness(x, y) or 0.0) > 0
    assert looks_under(x) & filed_under(y)
    assert looks_under(y) & filed_under(x)
    assert (
        two(a, nobody, b, attack("تفجير", place=["الموصل", "IRQ"], actors=[["التنظيم", None, "REB", "grp.isis"]]))
        == 0.0
    )
