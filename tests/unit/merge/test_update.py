"""Merging in a ledger: what comes out depends on what is in it, not on how it got there."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures import stories as golden
from fixtures.coded import code
from fixtures.corpus import corpus
from fixtures.reports import newer, strike, strike_event, talks
from rawi.ledger import (
    Filter,
    Ledger,
    accept,
    add_coded,
    add_many,
    correct,
    every_story,
    get_story,
    list_records,
    list_stories,
    reject,
    undo,
    verify,
)
from rawi.ledger.dates import bounds
from rawi.merge import rebuild, update
from rawi.merge.bcubed import b_cubed
from rawi.model import CodedArticle


def partition(ledger: Ledger) -> set[frozenset[str]]:
    """Return the stories as sets of 'article.event'."""
    return {frozenset(f"{report.article}.{report.event}" for report in story.reports) for story in every_story(ledger)}


def merged(path: Path, batches: Iterable[list[CodedArticle]], *, batch: int = 1000) -> set[frozenset[str]]:
    with Ledger(path) as ledger:
        for one in batches:
            add_many(ledger, one)
            update(ledger, batch=batch)
        assert not verify(ledger)
        found = partition(ledger)
        before = {story.id: story for story in every_story(ledger)}
        rebuild(ledger)
        assert partition(ledger) == found, "building anew gives the same stories"
        assert {story.id: story for story in every_story(ledger)} == before, "under the same ids, saying the same"
        assert not verify(ledger)
        return found


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(1, 40), batch=st.sampled_from([1, 7, 1000]))
def test_order_and_batches_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int, batch: int
) -> None:
    rng = random.Random(seed)
    items = golden.coded() if seed % 2 else [coded for coded, _ in corpus(60, seed=seed)]
    folder = tmp_path_factory.mktemp("order")
    straight = merged(folder / "a.db", [items])
    rng.shuffle(items)
    parts = [items[at : at + size] for at in range(0, len(items), size)]
    assert merged(folder / "b.db", parts, batch=batch) == straight


def test_merging_of_the_written_set() -> None:
    """Floors that may only rise: see docs/ledger.md."""
    expected = golden.expected()
    assert len(golden.articles()) >= 60
    assert len(set(expected.values())) >= 20


def test_b_cubed_of_the_written_set(ledger: Ledger) -> None:
    add_many(ledger, golden.coded())
    update(ledger)
    found = {f"{report.article}.{report.event}": story.id for story in every_story(ledger) for report in story.reports}
    score = b_cubed(found, golden.expected())
    assert score.precision >= 0.98
    assert score.f1 >= 0.97
    # No story holds two exact days, or two reports that share no party.
    for story in every_story(ledger):
        assert not [one for one in story.contradictions if one.kind == "date"]
        records = list_records(ledger, limit=1000).items
        mine = [record for record in records if record.story == story.id]
        named = [{x.country or x.entity or x.name for x in record.actors} for record in mine]
        for a, b in combinations([names for names in named if names], 2):
            assert a & b


reports = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["CONSULT", "ASSAULT", "COERCE", "AGREE"]),
        "date": st.sampled_from(["2024-03-04", "2024-03-05", "2024-03", "2024-02-28/2024-03-04", None]),
        "actors": st.lists(st.sampled_from(["QAT", "TUR", "EGY", "SYR"]), min_size=1, max_size=3, unique=True),
        "recipients": st.lists(st.sampled_from(["IRQ", "LBN"]), max_size=1),
    }
)


@settings(max_examples=30, deadline=None)
@given(given=st.lists(reports, min_size=2, max_size=14))
def test_no_story_holds_contradicting_dates_or_disjoint_parties(
    tmp_path_factory: pytest.TempPathFactory, given: list[dict[str, Any]]
) -> None:
    """However alike the words are: all reports have the same ones."""
    text = "بحث الوزراء في الاجتماع ملف المياه واتفقوا على لجنة فنية مشتركة في العاصمة"
    items = []
    for n, one in enumerate(given):
        event = {
            **one, "trigger": "بحث",
            "actors": [["الوزراء", country, "GOV"] for country in one["actors"]],
            "recipients": [["لجنة", country, "GOV"] for country in one["recipients"]],
        }  # fmt: skip
        items.append(code({"id": f"r{n}", "outlet": f"صحيفة {n}", "date": "2024-03-05", "text": text}, [event]))
    with Ledger(tmp_path_factory.mktemp("apart") / "rawi.db") as ledger:
        add_many(ledger, items)
        update(ledger)
        for story in every_story(ledger):
            members = [given[int(report.article[1:])] for report in story.reports]
            for a, b in combinations(members, 2):
                assert {*a["actors"], *a["recipients"]} & {*b["actors"], *b["recipients"]}
                days_a, days_b = bounds(a["date"]), bounds(b["date"])
                if days_a and days_b:
                    assert days_a[0] <= days_b[1]
                    assert days_b[0] <= days_a[1]


def test_a_large_corpus_is_merged_as_it_was_made(ledger: Ledger) -> None:
    expected = {}
    for coded, numbers in corpus(600):
        add_coded(ledger, coded)
        expected |= {
            f"{coded.article.id}.{event.id}": str(number) for event, number in zip(coded.events, numbers, strict=True)
        }
    update(ledger)
    found = {f"{report.article}.{report.event}": story.id for story in every_story(ledger) for report in story.reports}
    assert b_cubed(found, expected).f1 >= 0.98


def test_a_rejected_record_leaves_its_story_and_comes_back_when_the_rejection_is_undone(ledger: Ledger) -> None:
    add_many(ledger, [talks(), talks("t2", outlet="نبأ")])
    update(ledger)
    [story] = list_stories(ledger).items
    record = story.reports[0].record
    reject(ledger, record, who="هدى", reason="duplicate")
    update(ledger)
    assert [report.record for report in list_stories(ledger).items[0].reports] == [story.reports[1].record]
    undo(ledger, record, who="هدى")
    update(ledger)
    assert list_stories(ledger).items == (story,)
    assert not verify(ledger)


def test_a_corrected_record_moves_to_the_story_it_fits(ledger: Ledger) -> None:
    add_many(ledger, [talks(), talks("t2", outlet="نبأ", published="2024-03-06")])
    update(ledger)
    [story] = list_stories(ledger).items
    moved = story.reports[1].record
    correct(ledger, moved, {"date": "2024-03-06"}, who="هدى")
    update(ledger)
    assert partition(ledger) == {frozenset({"t1.e1"}), frozenset({"t2.e1"})}
    assert get_story(ledger, story.id).story.reports[0].article == "t1"
    undo(ledger, moved, who="هدى")
    update(ledger)
    assert len(list_stories(ledger).items) == 1
    assert not verify(ledger)


def test_a_story_that_ends_leads_to_the_one_it_went_into(ledger: Ledger) -> None:
    add_many(
        ledger,
        [
            talks(),
            talks(
                "t2", outlet="نبأ", published="2024-03-06", actors=[["السفارة", "EGY", "GOV"], ["الأمر", "KEN", "GOV"]]
            ),
        ],
    )
    update(ledger)
    first, second = list_stories(ledger).items
    record = next(one for one in (first, second) if one.reports[0].article == "t2").reports[0].record
    old = next(one for one in (first, second) if one.reports[0].article == "t2").id
    actors = [{"name": "قطر", "country": "QAT", "sector": "GOV"}, {"name": "تركيا", "country": "TUR", "sector": "GOV"}]
    correct(ledger, record, {"actors": actors}, who="هدى")
    update(ledger)
    [story] = list_stories(ledger).items
    assert story.n_articles == 2
    detail = get_story(ledger, old)
    assert (detail.asked, detail.story.id) == (old, story.id)
    assert not verify(ledger)


def test_accepting_changes_no_story(ledger: Ledger) -> None:
    add_many(ledger, [talks(), talks("t2", outlet="نبأ")])
    update(ledger)
    before = list_stories(ledger).items
    accept(ledger, before[0].reports[0].record, who="هدى")
    update(ledger)
    assert list_stories(ledger).items == before


def test_a_withdrawn_record_leaves_its_story(ledger: Ledger) -> None:
    add_many(ledger, [strike(), strike("k2", outlet="الأفق")])
    update(ledger)
    add_coded(ledger, strike(by=newer, events=[strike_event]))
    update(ledger)
    assert partition(ledger) == {frozenset({"k1.e1", "k2.e1"}), frozenset({"k2.e2"})}
    assert not verify(ledger)


def test_adding_touches_only_its_own_blocks(ledger: Ledger) -> None:
    add_many(ledger, [coded for coded, _ in corpus(200)])
    update(ledger)
    before = dict(ledger.db.execute("SELECT story_id, updated_at || rev FROM story"))
    add_coded(ledger, talks())
    assert update(ledger) == update(ledger).__class__(1, 1, 0, 0)
    after = dict(ledger.db.execute("SELECT story_id, updated_at || rev FROM story"))
    assert before.items() <= after.items()


@pytest.mark.parametrize(
    ("order", "field"), [("newest", "last_seen"), ("oldest", "last_seen"), ("corroborated", "n_origins")]
)
def test_stories_are_listed_in_order_page_by_page(ledger: Ledger, order: str, field: str) -> None:
    add_many(ledger, [coded for coded, _ in corpus(120)])
    update(ledger)
    pages, after = [], None
    while True:
        page = list_stories(ledger, order=order, limit=13, after=after)  # type: ignore[arg-type]
        pages += page.items
        after = page.next
        if after is None:
            break
    values = [getattr(story, field) for story in pages]
    assert values == sorted(values, reverse=order != "oldest")
    assert len({story.id for story in pages}) == len(pages) == len(list(every_story(ledger)))


def test_stories_are_filtered_by_their_reports(ledger: Ledger) -> None:
    add_many(ledger, [talks(), talks("t2", outlet="نبأ"), strike()])
    update(ledger)

    def kinds(**conditions: object) -> set[str]:
        return {story.type for story in list_stories(ledger, Filter(**conditions)).items}  # type: ignore[arg-type]

    assert kinds() == {"CONSULT", "ASSAULT", "REQUEST"}
    assert kinds(countries=("QAT",)) == {"CONSULT"}
    assert kinds(outlets=("نبأ",)) == {"CONSULT", "ASSAULT", "REQUEST"}
    assert kinds(outlets=("نبأ",), types=("REQUEST",)) == {"REQUEST"}
    assert {story.type for story in list_stories(ledger, least_articles=2).items} == {"CONSULT"}
    assert {story.type for story in list_stories(ledger, least_origins=2).items} <= {"CONSULT"}
    assert list_stories(ledger, contested=True).items == ()


def test_stories_of_another_rawi_are_merged_anew(ledger: Ledger) -> None:
    add_many(ledger, golden.coded())
    update(ledger)
    before = {story.id: story.reports for story in every_story(ledger)}
    assert update(ledger).records == 0
    with ledger.write() as db:
        db.execute("UPDATE meta SET value = '0' WHERE key = 'merge_version'")
        db.execute("UPDATE report SET features = (SELECT features FROM report LIMIT 1)")
    assert update(ledger).records > 0
    assert {story.id: story.reports for story in every_story(ledger)} == before
    assert update(ledger).records == 0
    assert not verify(ledger)
