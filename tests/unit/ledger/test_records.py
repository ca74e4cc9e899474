"""Listing and reading back: filters, orders, pages; anchors; dates; statistics."""

from __future__ import annotations

import pytest

from fixtures.corpus import corpus
from fixtures.reports import strike, talks
from rawi.errors import InputError
from rawi.ledger import (
    Filter,
    Ledger,
    accept,
    add_many,
    count_records,
    every_record,
    get_article,
    get_record,
    list_records,
    stats,
    vacuum,
    verify,
)
from rawi.ledger.anchor import find_again
from rawi.ledger.dates import bounds


@pytest.mark.parametrize(
    ("wanted", "types"),
    [
        (Filter(), ["ASSAULT", "CONSULT", "REQUEST"]),
        (Filter(types=("ASSAULT", "REQUEST")), ["ASSAULT", "REQUEST"]),
        (Filter(outlets=("نبا",)), ["ASSAULT", "REQUEST"]),
        (Filter(since="2024-03-06"), ["ASSAULT", "REQUEST"]),
        (Filter(until="2024-03-05"), ["CONSULT"]),
        (Filter(since="2024", until="2024-03"), ["ASSAULT", "CONSULT", "REQUEST"]),
        (Filter(happened_since="2024-03-05"), ["ASSAULT"]),
        (Filter(happened_until="2024-03-04"), ["CONSULT"]),
        (Filter(countries=("PSE",)), ["ASSAULT"]),
        (Filter(countries=("QAT",)), ["CONSULT"]),
        (Filter(places=("يونس",)), ["ASSAULT"]),
        (Filter(actors=("وزير",)), ["CONSULT"]),
        (Filter(actors=("EGY",)), ["REQUEST"]),
        (Filter(sources=("رويترز",)), ["ASSAULT"]),
        (Filter(stances=("assert",)), ["ASSAULT"]),
        (Filter(grades=("institution",)), ["ASSAULT"]),
        (Filter(reviews=("accepted",)), []),
        (Filter(actors=("100%",)), []),
        (Filter(statuses=("occurred",), countries=("EGY",)), ["REQUEST"]),
    ],
)
def test_filters(ledger: Ledger, wanted: Filter, types: list[str]) -> None:
    add_many(ledger, [talks(), strike()])
    assert sorted(record.event.type for record in list_records(ledger, wanted).items) == types
    assert count_records(ledger, wanted) == len(types)


def test_a_filter_s_date_must_be_one(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="'yesterday' is not a date; write it YYYY-MM-DD"):
        list_records(ledger, Filter(since="yesterday"))


@pytest.mark.parametrize("order", ["newest", "oldest", "uncertain"])
@pytest.mark.parametrize("wanted", [Filter(), Filter(types=("CONSULT", "AID"))])
def test_pages_cover_everything_once_in_order(ledger: Ledger, order: str, wanted: Filter) -> None:
    add_many(ledger, [coded for coded, _ in corpus(60)])
    whole = list_records(ledger, wanted, order=order, limit=10_000).items  # type: ignore[arg-type]
    paged = list(every_record(ledger, wanted, order=order, page=7))  # type: ignore[arg-type]
    assert [record.id for record in paged] == [record.id for record in whole]
    assert len({record.id for record in whole}) == len(whole) == count_records(ledger, wanted)
    values = [record.event.confidence if order == "uncertain" else record.published or "" for record in whole]
    assert values == sorted(values, reverse=order == "newest")


def test_a_bad_cursor_is_told(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="'x' is not a cursor of this list"):
        list_records(ledger, after="x")


def test_a_record_carries_its_article_and_only_its_own_actors(ledger: Ledger) -> None:
    add_many(ledger, [strike()])
    record = next(one for one in list_records(ledger).items if one.event.type == "REQUEST")
    assert (record.input_id, record.outlet, record.published, record.version) == ("k1", "نبأ", "2024-03-06", 1)
    assert [actor.name for actor in record.actors] == ["مصر"]
    assert record.attributions == ()


def test_what_is_not_there_is_told(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="enone: there is no such record in"):
        get_record(ledger, "enone")
    with pytest.raises(InputError, match="anone: there is no such article"):
        get_article(ledger, "anone")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-01-05/2024-01-09", "2024-01-05", "2024-01-09"),
        ("2024-01/2024-03", "2024-01-01", "2024-03-31"),
        ("2024-12-10T08:00:00Z", "2024-12-10", "2024-12-10"),
    ],
)
def test_bounds_of_dates(value: str, first: str, last: str) -> None:
    assert bounds(value) == (first, last)


@pytest.mark.parametrize("value", [None, "", "soon", "2024-13", "2023-02-29", "2024-05-02/2024-05-01", "2024/"])
def test_what_is_no_date_has_no_bounds(value: str | None) -> None:
    assert bounds(value) is None


def test_words_are_found_again_where_their_surroundings_agree() -> None:
    old = "قال الوزير كذا. ثم عاد الوزير إلى بلاده."
    new = "تصحيح: قال الوزير كذا وكذا. ثم عاد الوزير إلى بلاده أمس."
    at = old.index("الوزير إلى")
    found = find_again(old, new, (at, at + 6))
    assert found == (new.index("الوزير إلى"), new.index("الوزير إلى") + 6)
    assert find_again(old, "نص آخر", (at, at + 6)) is None


def test_statistics(ledger: Ledger) -> None:
    add_many(ledger, [talks(), strike()])
    accept(ledger, list_records(ledger).items[0].id, who="هدى")
    found = stats(ledger)
    assert (found.articles, found.records, found.decisions, found.waiting) == (2, 3, 1, 3)
    assert found.by_type == {"ASSAULT": 1, "CONSULT": 1, "REQUEST": 1}
    assert found.by_outlet == {"الأفق": 1, "نبأ": 1}
    assert (found.first, found.last) == ("2024-03-05", "2024-03-06")


def test_vacuum_loses_nothing(ledger: Ledger) -> None:
    add_many(ledger, [coded for coded, _ in corpus(50)])
    before = [record.id for record in every_record(ledger)]
    vacuum(ledger)
    assert [record.id for record in every_record(ledger)] == before
    assert not verify(ledger)
