"""Search: what is found, filters, snippets, paging."""

from __future__ import annotations

import sqlite3
import sys
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.coded import code
from fixtures.reports import newer, strike, strike_event, talks
from rawi.ledger import Filter, Ledger, add_many, every_record, list_records, list_stories, search
from rawi.ledger.query import matches, parse
from rawi.ledger.words import surface
from rawi.merge import update

# The twelve probe sentences of search in Arabic: spellings, proclitics, marks.
sentences = [
    "قال وزير الخارجية",
    "وأكد وزيرُ الدفاع",
    "المحادثات الأمريكية",
    "شارك في المحادثات",
    "تعثّرت محادثات السلام",
    "والوزير غائب",
    "استقبل بالوزير",
    "وصل الوزير",
    "مسئول كبير",
    "يوم ١٤ مايو",
    "وَزِيرُ المالية",
    "الولايات المتّحدة",
    "بنان من ذهب",
    "سافر إلى لبنان",
]


@pytest.fixture
def probes(ledger: Ledger) -> Ledger:
    add_many(
        ledger, [code({"id": str(n), "text": text, "date": "2024-01-01"}, []) for n, text in enumerate(sentences, 1)]
    )
    return ledger


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("وزير", {1, 2, 6, 7, 8, 11}),
        ("الوزير", {1, 2, 6, 7, 8, 11}),
        ("وَزِير", {1, 2, 6, 7, 8, 11}),
        ("محادثات", {3, 4, 5}),
        ("أمريكي*", {3}),
        ("مسؤول", {9}),
        ("14", {10}),
        ("المتحدة", {12}),
        ("لبنان", {14}),
        ("بنان", {13, 14}),
        ('"وزير الخارجية"', {1}),
        ("وزير NOT الدفاع", {1, 6, 7, 8, 11}),
        ("محادثات السلام", {5}),
        ("السلام OR الدفاع", {2, 5}),
        ("غواصة", set()),
    ],
)
def test_probe_sentences(probes: Ledger, query: str, numbers: set[int]) -> None:
    assert {int(hit.input_id) for hit in search(probes, query).items} == numbers


def test_exact_words_rank_before_stripped_ones(probes: Ledger) -> None:
    assert search(probes, "بنان").items[0].input_id == "13"


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(
        st.lists(
            st.sampled_from(["وزير", "والوزير", "زير", "لبنان", "بنان", "ولبنان", "غزة", "بغزة", "الهدنة", "وهدنة"]),
            max_size=6,
        ),
        max_size=6,
    ),
    query=st.sampled_from(
        ["وزير", "لبنان", '"وزير لبنان"', "غزة NOT وزير", "هدن*", "غزة OR زير", '"لبنان غز*"', "بنان هدنة"]
    ),
)
def test_the_index_misses_nothing(tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], query: str) -> None:
    with Ledger(tmp_path_factory.mktemp("s") / "rawi.db") as ledger:
        add_many(ledger, [code({"id": str(n), "text": f"{n} " + " ".join(text)}, []) for n, text in enumerate(texts)])
        expected = {str(n) for n, text in enumerate(texts) if matches(parse(query), surface(" ".join(text)))}
        assert {hit.input_id for hit in search(ledger, query).items} == expected


def test_filters_narrow_the_hits(ledger: Ledger) -> None:
    add_many(ledger, [talks(), talks("t2", outlet="نبأ", published="2024-03-09"), strike()])

    def found(query: str = "يوم", **conditions: object) -> set[str]:
        return {hit.input_id for hit in search(ledger, query, Filter(**conditions)).items}  # type: ignore[arg-type]

    assert found() == {"t1", "t2", "k1"}
    assert found(outlets=("نبأ",)) == {"t2", "k1"}
    assert found(since="2024-03-06") == {"t2", "k1"}
    assert found(until="2024-03-05") == {"t1"}
    assert found(types=("ASSAULT",)) == {"k1"}
    assert found(actors=("القطري",)) == {"t1", "t2"}
    assert found(actors=("med.reuters",)) == set()
    assert found(sources=("med.reuters",)) == {"k1"}
    assert found(countries=("EGY",)) == {"k1"}
    assert found(places=("دوحة",)) == {"t1", "t2"}
    assert found(stances=("relay",)) == {"k1"}
    assert found(grades=("unnamed",)) == {"k1"}
    assert found(statuses=("planned",)) == set()
    assert found(happened_until="2024-03-04", types=("CONSULT",)) == {"t1", "t2"}
    # All conditions must hold for one record, not one each for two.
    assert found(types=("ASSAULT",), actors=("مصر",)) == set()


def test_hits_name_the_records_that_meet_the_filter(ledger: Ledger) -> None:
    add_many(ledger, [strike()])
    hit = search(ledger, "قصفت", Filter(types=("ASSAULT",))).items[0]
    assert len(hit.records) == 1


@pytest.mark.parametrize("few", [0, 2000])
def test_hits_name_no_record_that_was_withdrawn(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(sys.modules["rawi.ledger.filters"], "_few", few)
    add_many(ledger, [strike()])
    add_many(ledger, [strike(by=newer, events=[strike_event])])
    wanted = Filter(countries=("EGY", "ISR"))
    [hit] = search(ledger, "قصفت", wanted).items
    assert hit.records == tuple(one.id for one in list_records(ledger, Filter(types=("ASSAULT",))).items)
    [hit] = search(ledger, "قصفت", Filter(countries=("EGY", "ISR"), withdrawn=True)).items
    assert len(hit.records) == 2


def test_highlights_are_offsets_of_the_text(ledger: Ledger) -> None:
    text = (
        "مقدمة طويلة. " * 40
        + "ثم التقى وَزِيرُ الخارجيّةِ القطري بنظيره، وقال الوزير إن الهدنة قريبة. "
        + "خاتمة طويلة. " * 40
    )
    add_many(ledger, [code({"id": "h", "text": text}, [])])
    hit = search(ledger, '"وزير الخارجية" OR هدنة').items[0]
    assert [text[a:b] for a, b in hit.highlights] == ["وَزِيرُ الخارجيّةِ", "الهدنة"]
    assert text[hit.start : hit.start + len(hit.snippet)] == hit.snippet
    assert all(hit.start <= a < b <= hit.start + len(hit.snippet) for a, b in hit.highlights)


def test_pages_follow_one_another(ledger: Ledger) -> None:
    add_many(ledger, [code({"id": f"p{n}", "text": f"وزير رقم {n}"}, []) for n in range(7)])
    first = search(ledger, "وزير", limit=3)
    second = search(ledger, "وزير", limit=3, offset=first.next or 0)
    third = search(ledger, "وزير", limit=3, offset=second.next or 0)
    ids = [hit.input_id for page in (first, second, third) for hit in page.items]
    assert len(ids) == len(set(ids)) == 7
    assert third.next is None


def test_of_very_many_matches_the_latest_added_come_first(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["rawi.ledger.search"]
    texts = ["وزير"] * 4 + ["والوزير غائب عن الجلسة"] * 4
    add_many(ledger, [code({"id": f"p{n}", "text": f"{text} {n}"}, []) for n, text in enumerate(texts)])
    best = [hit.input_id for hit in search(ledger, "وزير").items]
    assert set(best[:4]) == {"p0", "p1", "p2", "p3"}
    monkeypatch.setattr(module, "_most_ranked", 4)
    late = [hit.input_id for hit in search(ledger, "وزير").items]
    assert set(late[:4]) == {"p4", "p5", "p6", "p7"}
    paged, offset = [], 0
    while True:
        page = search(ledger, "وزير", limit=3, offset=offset)
        paged += [hit.input_id for hit in page.items]
        if page.next is None:
            break
        offset = page.next
    assert paged == late
    assert len(set(late)) == 8


def test_only_the_version_in_force_is_found(ledger: Ledger) -> None:
    add_many(ledger, [code({"id": "v", "url": "https://x/1", "text": "نص عن الغواصة"}, [])])
    add_many(ledger, [code({"id": "v", "url": "https://x/1", "text": "نص عن السفينة"}, [])])
    assert not search(ledger, "غواصة").items
    assert search(ledger, "سفينة").items


def test_newest_first(ledger: Ledger) -> None:
    add_many(ledger, [talks("t1", published="2024-03-05"), talks("t2", published="2024-03-07", outlet="نبأ")])
    assert [hit.input_id for hit in search(ledger, "محادثات", order="newest").items] == ["t2", "t1"]


def test_newest_first_in_parts(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order of adding, and however few articles are looked at together."""
    days = ["2024-03-05", None, "2024-03-09", "2024-03-01", "2024-03-08", "2024-03-02", "2024-03-07"]
    articles = [{"id": f"p{n}", "date": day, "text": f"وزير رقم {n}"} for n, day in enumerate(days)]
    add_many(ledger, [code(one, []) for one in articles] + [code({"id": "q", "text": "لا شيء هنا"}, [])])
    whole = [hit.input_id for hit in search(ledger, "وزير", order="newest").items]
    assert whole == ["p2", "p4", "p6", "p0", "p5", "p3", "p1"]
    monkeypatch.setattr(sys.modules["rawi.ledger.search"], "_most_ranked", 1)
    assert [hit.input_id for hit in search(ledger, "وزير", order="newest").items] == whole
    page = search(ledger, "وزير", order="newest", limit=3)
    rest = search(ledger, "وزير", order="newest", offset=page.next or 0)
    assert [hit.input_id for hit in page.items + rest.items] == whole


def steps(ledger: Ledger, query: str, wanted: Filter) -> int:
    """Return how much a search costs, in hundreds of steps of SQLite's machine."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    ledger.db.set_progress_handler(count, 100)
    assert len(search(ledger, query, wanted).items) == 20
    ledger.db.set_progress_handler(None, 0)
    return taken


@pytest.mark.parametrize("wanted", [Filter(countries=("QAT",)), Filter(actors=("القطري",), types=("CONSULT",))])
def test_a_filter_costs_what_matches_not_its_square(ledger: Ledger, wanted: Filter) -> None:
    """Of every article that has the word, its own records are looked at, not all those that meet the filter."""
    event = {"type": "CONSULT", "trigger": "محادثات", "actors": [["القطري", "QAT", "GOV"]]}
    found = []
    for first in (0, 400):
        articles = [
            code({"id": f"p{n}", "text": f"عقد القطري محادثات في المنطقة {n}"}, [event])
            for n in range(first, first + 400)
        ]
        add_many(ledger, articles)
        ledger.db.execute("ANALYZE")
        found.append(steps(ledger, "المنطقة", wanted))
    assert found[1] < 3 * found[0]


@pytest.mark.parametrize("order", ["rank", "newest"])
@pytest.mark.parametrize("few", [0, 1, 2000])
@pytest.mark.parametrize(
    "wanted",
    [
        Filter(countries=("TUR",)), Filter(actors=("القطري",), types=("CONSULT",)), Filter(actors=("لا أحد",)), Filter(countries=("ZMB",)),
        Filter(stances=("relay",)), Filter(sources=("رويترز",), statuses=("occurred",)),
    ],
)  # fmt: skip
def test_filters_pick_the_same_however_few_count_as_few(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, wanted: Filter, few: int, order: Literal["rank", "newest"]
) -> None:
    add_many(ledger, [talks("t1"), strike("k1"), talks("t2", outlet="نبأ", published="2024-03-07")])
    update(ledger)

    def found() -> tuple[list[Any], list[Any], list[Any]]:
        hits = search(ledger, "في OR من OR محادثات", wanted, order=order).items
        records, stories = list_records(ledger, wanted).items, list_stories(ledger, wanted).items
        return [(hit.input_id, hit.records) for hit in hits], [one.id for one in records], [one.id for one in stories]

    expected = found()
    monkeypatch.setattr(sys.modules["rawi.ledger.filters"], "_few", few)
    assert found() == expected
    by_hand = {one.id for one in every_record(ledger, wanted)}
    assert {record for _, records in expected[0] for record in records} == by_hand


@pytest.mark.parametrize("few", [0, 2000])
def test_a_letter_may_name_any_number_of_actors_and_places(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(sys.modules["rawi.ledger.filters"], "_few", few)
    event = {"type": "CONSULT", "trigger": "محادثات"}
    articles = [
        code(
            {"id": f"p{n}", "text": f"عقد الجانب{n} محادثات في بلدة{n}"},
            [{**event, "actors": [[f"الجانب{n}", "QAT", "GOV"]], "place": [f"بلدة{n}", "QAT"]}],
        )
        for n in range(520)
    ]
    add_many(ledger, [*articles, talks("t1")])
    ledger.db.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 510)
    wanted = (
        Filter(actors=("جانب",)),
        Filter(places=("بلدة",)),
        Filter(countries=("QAT",)),
        Filter(types=("CONSULT",), actors=("ا",)),
    )
    found = [len(list_records(ledger, one, limit=600).items) for one in wanted]
    assert found == [520, 520, 521, 521]
    assert len(search(ledger, "محادثات", wanted[0], limit=600).items) == 520


@pytest.mark.parametrize("at_once", [1, 2, 2000])
@pytest.mark.parametrize("listed", [1, 5000])
def test_filters_pick_the_same_however_much_is_ranked_at_once(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, at_once: int, listed: int
) -> None:
    module = sys.modules["rawi.ledger.search"]
    monkeypatch.setattr(module, "_most_ranked", at_once)
    monkeypatch.setattr(module, "_most_tested", 1)
    monkeypatch.setattr(module, "_most_listed", listed)
    add_many(
        ledger,
        [
            talks(f"t{n}", published=f"2024-03-0{n}", outlet=("الأفق", "نبأ")[n % 2], url=f"https://x/{n}")
            for n in range(1, 8)
        ],
    )

    def found(**conditions: Any) -> set[str]:
        return {hit.input_id for hit in search(ledger, "محادثات", Filter(**conditions)).items}

    assert found() == {f"t{n}" for n in range(1, 8)}
    assert found(since="2024-03-03", until="2024-03-05") == {"t3", "t4", "t5"}
    assert found(outlets=("نبأ",)) == {"t1", "t3", "t5", "t7"}
    assert found(types=("CONSULT",), since="2024-03-06") == {"t6", "t7"}
    assert found(types=("AID",)) == set()
