"""No measure falls under its floor: on the bundled gold always, on the development data where it lies beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import evaluate
from rawi import evaluate as score

shared = evaluate.root.parent / "shared"
floors = json.loads(evaluate.floors_file.read_text("utf-8"))


@pytest.mark.parametrize("name", evaluate.sets)
def test_measures_do_not_fall(name: str) -> None:
    if name not in evaluate.available(shared):
        pytest.skip(f"{name} is not here")
    measures = evaluate.measure(name, shared)
    print(evaluate.report(name, measures))
    assert evaluate.under_floors(name, measures) == []


def test_floors_name_measures_that_exist() -> None:
    gold = evaluate.read_lines(evaluate.root / "examples" / "gold" / "gulf.jsonl")
    measured = set(
        evaluate.flatten({**score.score(gold, evaluate.code_all(gold)), "silences": {"gold": 0, "found": 0}})
    )
    for name in ("bundled", "seed", "dev"):
        assert set(floors[name]) <= measured


def test_bundled_gold_is_well_formed() -> None:
    for path in sorted((evaluate.root / "examples" / "gold").glob("*.jsonl")):
        for record in evaluate.read_lines(path):
            text = f"{record['title']}\n{record['text']}"
            for event in record["events"]:
                parties = [*event["actors"], *event["recipients"], *event["third_parties"]]
                words = [
                    event["trigger"],
                    *(p["text"] for p in parties),
                    *(w for hop in event["chain"] for w in (hop["source"], hop["cue"])),
                ]
                assert [w for w in words if w not in text] == [], record["id"]


@pytest.mark.parametrize("name", ["seed/gold.jsonl", "data/dev.gold.jsonl"])
def test_our_measures_are_those_that_came_with_the_data(name: str) -> None:
    path = shared / name
    if not (shared / "eval" / "score.py").exists() or not path.exists():
        pytest.skip("the scorer that came with the data is not here")
    gold = evaluate.read_lines(path)
    coded = evaluate.code_all(gold)
    assert evaluate.scorer(shared)(gold, coded) == score.score(gold, coded)


def test_perfect_records_score_perfectly(tmp_path: Path) -> None:
    text = "التقى وزير الخارجية القطري نظيره التركي."
    party = {"text": "وزير الخارجية القطري", "country": "QAT", "sector": "GOV"}
    hop = {"source": "رويترز", "cue": "قالت", "stance": "relay", "grade": "institution"}
    event = {
        "type": "CONSULT",
        "status": "occurred",
        "trigger": "التقى",
        "actors": [party],
        "recipients": [],
        "date": "2024-12-09",
        "chain": [hop],
    }
    coded = {
        "article": {"id": "a", "text": text},
        "actors": [{"id": "a1", "name": "وزير الخارجية القطري", "country": "QAT", "sector": "GOV", "mentions": [[6, 26]]}, {"id": "a2", "name": "رويترز", "mentions": []}],
        "attributions": [{"id": "s1", "source": "a2", "stance": "relay", "grade": "institution"}],
        "events": [{"type": "CONSULT", "status": "occurred", "trigger": [0, 5], "actors": ["a1"], "recipients": [], "date": {"value": "2024-12-09"}, "chain": ["s1"]}],
    }  # fmt: skip
    measures = score.score([{"id": "a", "events": [event]}], {"a": coded})
    assert measures["events"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 1, "coded": 1}
    assert set(measures["on_found"].values()) == {1.0}
    missing = score.score(
        [{"id": "a", "events": [event, {**event, "type": "ASSAULT"}, {**event, "optional": True}]}], {"a": coded}
    )
    assert (missing["events"]["r"], missing["events"]["p"]) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("gold", "coded", "same"),
    [
        (None, None, True), ("2024-12-09", None, False), (None, "2024-12-09", False), ("2024-12-09", "2024-12-09", True),
        ("2024-12-09", "2024-12", True), ("2024", "2024-12", True), ("2024", "2024-12-09", False), ("2024-12-09", "2024-12-10", False),
        ("2024-12-01/2024-12-07", "2024-12-01", False), ("2024-12-01/2024-12-07", "2024-12-01/2024-12-07", True),
    ],
)  # fmt: skip
def test_dates_agree(gold: str | None, coded: str | None, same: bool) -> None:
    assert score.same_date(gold, coded) is same
