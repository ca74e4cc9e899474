"""Any sequence of additions and decisions leaves a whole ledger, whose stories are those of merging anew."""

from __future__ import annotations

import random

import pytest

from fixtures.corpus import corpus
from rawi import errors
from rawi.ledger import (
    Ledger,
    accept,
    add_many,
    correct,
    every_story,
    list_records,
    list_stories,
    reject,
    skip,
    undo,
    verify,
)
from rawi.merge import merge_stories, rebuild, split_story, undo_story, update

items = [coded for coded, _ in corpus(60)]


def decide(ledger: Ledger, rng: random.Random) -> None:
    """Take some decision; one that makes no sense here is refused, and changes nothing."""
    record = rng.choice(list_records(ledger, limit=1000).items).id
    stories = list_stories(ledger, limit=40).items
    story = rng.choice(stories)
    who = "هدى"
    action = rng.choice(["accept", "correct", "reject", "skip", "undo", "merge", "split", "unmerge"])
    if action == "accept":
        accept(ledger, record, who=who)
    elif action == "correct":
        correct(ledger, record, {"date": rng.choice([None, "2016-01-01", "2016-01-02"])}, who=who)
    elif action == "reject":
        reject(ledger, record, who=who, reason="other")
    elif action == "skip":
        skip(ledger, record, who=who)
    elif action == "undo":
        undo(ledger, record, who=who)
    elif action == "merge":
        merge_stories(ledger, [story.id, rng.choice(stories).id], who=who)
    elif action == "split":
        split_story(ledger, story.id, [story.reports[0].record], who=who)
    else:
        undo_story(ledger, story.id, who=who)


@pytest.mark.parametrize("seed", range(8))
def test_any_sequence_leaves_a_whole_ledger(ledger: Ledger, seed: int) -> None:
    rng = random.Random(seed)
    pool = rng.sample(items, len(items))
    add_many(ledger, [pool.pop() for _ in range(25)])
    update(ledger)
    for _ in range(50):
        if rng.random() < 0.2 and pool:
            add_many(ledger, [pool.pop()])
        else:
            try:
                decide(ledger, rng)
            except errors.RawiError:
                continue
        if rng.random() < 0.4:
            update(ledger)
        if rng.random() < 0.1:
            assert not verify(ledger)
    update(ledger)
    assert not verify(ledger)
    before = {story.id: story for story in every_story(ledger)}
    rebuild(ledger)
    assert {story.id: story for story in every_story(ledger)} == before
    assert not verify(ledger)
