"""The user's ratings of outlets and sources, and what they make of a story's grade."""

from __future__ import annotations

import pytest

from fixtures.reports import strike, talks
from rawi.errors import InputError
from rawi.ledger import Ledger, add_many, entries, every_story, list_ratings, rate
from rawi.ledger.ratings import Rating, read_ratings
from rawi.merge import update
from rawi.model import Story


def the_story(ledger: Ledger, kind: str) -> Story:
    update(ledger)
    return next(story for story in every_story(ledger) if story.type == kind)


def test_nothing_is_guessed(ledger: Ledger) -> None:
    add_many(ledger, [talks(), talks("t2", outlet="رويترز")])
    assert the_story(ledger, "CONSULT").reliability == "F"
    assert list_ratings(ledger) == []


def test_a_rating_is_set_changed_and_logged(ledger: Ledger) -> None:
    assert rate(ledger, Rating("outlet", "الأفق", "C"), who="هدى") == 1
    assert rate(ledger, Rating("outlet", "الافق", "B"), who="سامي", note="أدق") == 2
    assert rate(ledger, Rating("outlet", "الأفق", "B"), who="سامي") is None
    assert list_ratings(ledger) == [Rating("outlet", "الافق", "B")]
    assert [(entry.action, entry.before["reliability"], entry.after["reliability"]) for entry in entries(ledger)] == [
        ("rate", "F", "C"),
        ("rate", "C", "B"),
    ]


def test_a_story_has_the_reliability_of_its_best_affirming_origin(ledger: Ledger) -> None:
    add_many(ledger, [talks(), talks("t2", outlet="نبأ", mode=None)])
    rate(ledger, Rating("outlet", "نبأ", "C"), who="هدى")
    rate(ledger, Rating("outlet", "الأفق", "D"), who="هدى")
    assert the_story(ledger, "CONSULT").reliability == "C"


def test_a_source_s_own_rating_counts_before_its_outlet_s(ledger: Ledger) -> None:
    chain = [[["نظيره التركي", "TUR", "GOV"], "مع", "assert", "institution"]]
    add_many(ledger, [talks(chain=chain)])
    rate(ledger, Rating("outlet", "الأفق", "A"), who="هدى")
    assert the_story(ledger, "CONSULT").reliability == "A"
    rate(ledger, Rating("source", "نظيره التركي", "E"), who="هدى")
    assert the_story(ledger, "CONSULT").reliability == "E"


def test_a_source_may_be_rated_by_entity(ledger: Ledger) -> None:
    chain = [[["السفارة", "TUR", "GOV", "org.x"], "تعلق", "assert", "institution"]]
    add_many(ledger, [talks(chain=chain)])
    rate(ledger, Rating("source", "org.x", "B"), who="هدى")
    assert the_story(ledger, "CONSULT").reliability == "B"


def test_an_unnamed_source_has_its_carrier_s_outlet(ledger: Ledger) -> None:
    add_many(ledger, [strike()])
    rate(ledger, Rating("outlet", "نبأ", "D"), who="هدى")
    assert the_story(ledger, "ASSAULT").reliability == "D"


def test_a_rating_file() -> None:
    found = read_ratings({"outlets": {"الأفق": "B"}, "sources": {"med.reuters": "A"}}, "r.yaml")
    assert found == [Rating("outlet", "الأفق", "B"), Rating("source", "med.reuters", "A")]
    assert read_ratings({"outlets": None}, "r.yaml") == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ([], "has the keys 'outlets' and 'sources'"),
        ({"outlet": {}}, "has the keys 'outlets' and 'sources'"),
        ({"outlets": ["الأفق"]}, "must be a map of name to grade"),
        ({"outlets": {"الأفق": "G"}}, "has the grade 'G'; use one of A, B, C, D, E, F"),
        ({"outlets": {3: "A"}}, "is not a name"),
    ],
)
def test_a_rating_file_that_does_not_fit_is_told(content: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_ratings(content, "r.yaml")
