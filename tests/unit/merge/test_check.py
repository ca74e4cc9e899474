"""Stories that somebody altered behind the ledger's back are seen."""

from __future__ import annotations

import pytest

from fixtures import stories as golden
from rawi.ledger import Ledger, add_many, verify
from rawi.merge import update, verify_stories


@pytest.fixture
def merged(ledger: Ledger) -> Ledger:
    add_many(ledger, golden.coded()[:60])
    update(ledger)
    return ledger


def test_what_merging_made_is_whole(merged: Ledger) -> None:
    assert verify_stories(merged) == []


def test_stories_with_a_report_that_waits_are_passed_over(merged: Ledger) -> None:
    merged.db.execute("INSERT INTO merge_queue SELECT record_no FROM record_state")
    merged.db.execute("UPDATE story SET n_origins = 9")
    assert verify_stories(merged) == []
    update(merged)


def test_what_another_rawi_merged_is_passed_over_until_it_is_made_anew(merged: Ledger) -> None:
    merged.db.execute("UPDATE meta SET value = '0' WHERE key = 'merge_version'")
    merged.db.execute("UPDATE story SET n_origins = 9")
    assert verify_stories(merged) == []
    update(merged)
    assert verify_stories(merged) == []
    merged.db.execute("UPDATE story SET n_origins = 9 WHERE live = 1")
    assert verify_stories(merged)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE story SET n_origins = 9 WHERE story_no = 1", "n_origins"),
        ("UPDATE story SET status = 'denied', credibility = 1 WHERE story_no = 2", "status, credibility"),
        ("UPDATE story SET doc = replace(doc, '\"occurred\"', '\"planned\"')", "doc"),
        ("UPDATE story SET date_lo = '1999-01-01' WHERE story_no = 3", "date_lo"),
        ("DELETE FROM block WHERE record_no = 4", "not in all of its blocks"),
        ("INSERT INTO block SELECT key + 1, record_no FROM block WHERE record_no = 4", "more than the reports have"),
        ("UPDATE report SET features = x'93' WHERE record_no = 5", "cannot be read"),
    ],
)
def test_an_altered_story_is_seen(merged: Ledger, statement: str, told: str) -> None:
    merged.db.execute(statement)
    assert verify(merged) == []  # nothing that the ledger alone could tell
    assert told in "; ".join(breach.message for breach in verify_stories(merged))
