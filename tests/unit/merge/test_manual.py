"""Merging and splitting by hand: audited, undoable, and stronger than what is merged later."""

from __future__ import annotations

import pytest

from fixtures.reports import newer, strike, talks
from rawi.errors import InputError, LedgerError
from rawi.ledger import Ledger, StaleError, add_coded, add_many, entries, get_story, list_stories, verify
from rawi.merge import merge_stories, rebuild, split_story, undo_story, update
from rawi.model import Story


def stories(ledger: Ledger) -> dict[str, Story]:
    """Return the stories by the articles of their reports."""
    update(ledger)
    return {" ".join(sorted(report.article for report in story.reports)): story for story in list_stories(ledger).items}


@pytest.fixture
def two(ledger: Ledger) -> tuple[Story, Story]:
    """Talks on two days, which nothing but a person can take for one."""
    add_many(ledger, [talks("t1"), talks("t2", outlet="نبأ", published="2024-03-09", date=None)])
    add_coded(ledger, talks("t3", outlet="المدار", published="2024-03-08", mode="phone"))
    found = stories(ledger)
    return found["t1 t3"], found["t2"]


def test_a_merge_joins_the_reports_under_the_first_id(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, second = two
    decision = merge_stories(ledger, [first.id, second.id], who="هدى", note="لقاء واحد")
    assert decision.stories == (first.id,)
    assert set(stories(ledger)) == {"t1 t2 t3"}
    assert get_story(ledger, second.id).story.id == first.id
    entry = list(entries(ledger))[-1]
    assert (entry.action, entry.who, entry.target) == ("merge", "هدى", first.id)
    assert entry.before["stories"] == {story.id: sorted(report.record for report in story.reports) for story in two}
    assert not verify(ledger)


def test_a_merge_survives_merging_anew_and_new_readings(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, second = two
    merge_stories(ledger, [first.id, second.id], who="هدى")
    rebuild(ledger)
    assert set(stories(ledger)) == {"t1 t2 t3"}
    add_coded(ledger, talks("t1", by=newer, status="planned"))
    assert set(stories(ledger)) == {"t1 t2 t3"}
    assert stories(ledger)["t1 t2 t3"].id == first.id
    assert not verify(ledger)


def test_a_merged_story_still_takes_new_reports(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, second = two
    merge_stories(ledger, [first.id, second.id], who="هدى")
    add_coded(ledger, talks("t4", outlet="الضفتان"))
    assert set(stories(ledger)) == {"t1 t2 t3 t4"}
    rebuild(ledger)
    assert set(stories(ledger)) == {"t1 t2 t3 t4"}


def test_a_merge_across_dates_shows_them_as_a_contradiction(ledger: Ledger) -> None:
    add_many(ledger, [talks("t1"), strike("k1")])
    found = stories(ledger)
    ids = [story.id for story in found.values() if story.type in ("CONSULT", "ASSAULT")]
    merge_stories(ledger, ids, who="هدى")
    story = stories(ledger)["k1 t1"]
    dates = next(one for one in story.contradictions if one.kind == "date")
    assert set(dates.values) == {"2024-03-04", "2024-03-05"}
    assert story.credibility >= 2


def test_undoing_a_merge_brings_both_stories_back_under_their_ids(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, second = two
    merge_stories(ledger, [first.id, second.id], who="هدى")
    undo_story(ledger, first.id, who="سامي")
    found = stories(ledger)
    assert {name: story.id for name, story in found.items()} == {"t1 t3": first.id, "t2": second.id}
    assert get_story(ledger, second.id).asked == second.id
    assert [entry.action for entry in entries(ledger)] == ["merge", "undo"]
    assert not verify(ledger)
    with pytest.raises(LedgerError, match="there is nothing to undo"):
        undo_story(ledger, first.id, who="سامي")


def test_a_merge_can_be_undone_by_the_id_that_went_in(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, second = two
    merge_stories(ledger, [first.id, second.id], who="هدى")
    undo_story(ledger, second.id, who="سامي")
    assert len(stories(ledger)) == 2


def test_a_split_takes_reports_out_for_good(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, _ = two
    apart = next(report.record for report in first.reports if report.article == "t3")
    decision = split_story(ledger, first.id, [apart], who="هدى")
    found = stories(ledger)
    assert set(found) == {"t1", "t2", "t3"}
    assert decision.stories == (found["t1"].id, found["t3"].id)
    assert found["t1"].id == first.id
    rebuild(ledger)
    assert set(stories(ledger)) == {"t1", "t2", "t3"}
    add_coded(ledger, talks("t4", outlet="الضفتان"))
    assert sorted(map(len, (name.split() for name in stories(ledger)))) == [1, 1, 2]
    assert not verify(ledger)


def test_undoing_a_split_joins_them_again(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, _ = two
    apart = next(report.record for report in first.reports if report.article == "t3")
    new = split_story(ledger, first.id, [apart], who="هدى").stories[1]
    undo_story(ledger, new, who="هدى")
    assert set(stories(ledger)) == {"t1 t3", "t2"}
    assert get_story(ledger, new).story.id == first.id
    assert not verify(ledger)


def test_decisions_on_decisions_are_undone_in_order(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, second = two
    merge_stories(ledger, [first.id, second.id], who="هدى")
    apart = next(report.record for report in first.reports if report.article == "t3")
    third = split_story(ledger, first.id, [apart], who="سامي").stories[1]
    with pytest.raises(LedgerError, match="was followed by 2 on the same reports"):
        undo_story(ledger, second.id, who="هدى")
    undo_story(ledger, third, who="سامي")
    undo_story(ledger, first.id, who="هدى")
    assert {name: story.id for name, story in stories(ledger).items()} == {"t1 t3": first.id, "t2": second.id}
    assert not verify(ledger)


def test_a_stale_decision_on_a_story_is_refused(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, second = two
    rev = get_story(ledger, first.id).rev
    add_coded(ledger, talks("t4", outlet="الضفتان"))
    with pytest.raises(StaleError, match="the story has changed since revision"):
        merge_stories(ledger, [first.id, second.id], who="هدى", based_on=[rev, 1])
    with pytest.raises(StaleError):
        split_story(ledger, first.id, [first.reports[0].record], who="هدى", based_on=rev)


def test_what_makes_no_sense_is_told(ledger: Ledger, two: tuple[Story, Story]) -> None:
    first, second = two
    with pytest.raises(InputError, match="name at least two"):
        merge_stories(ledger, [first.id, first.id], who="هدى")
    with pytest.raises(InputError, match="there is no such story"):
        merge_stories(ledger, [first.id, "snone"], who="هدى")
    with pytest.raises(InputError, match="a split needs some of its 2 reports, not 2"):
        split_story(ledger, first.id, [report.record for report in first.reports], who="هدى")
    with pytest.raises(InputError, match="is not among its reports"):
        split_story(ledger, first.id, [second.reports[0].record], who="هدى")
    with pytest.raises(InputError, match="a decision needs a reviewer"):
        merge_stories(ledger, [first.id, second.id], who="")
    merge_stories(ledger, [first.id, second.id], who="هدى")
    with pytest.raises(LedgerError, match=f"the story has gone into {first.id}"):
        split_story(ledger, second.id, [second.reports[0].record], who="هدى")
