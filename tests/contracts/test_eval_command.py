"""``rawi eval``: gold against itself, coded articles or articles; what is refused, and how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fixtures.coded import coder
from fixtures.command import run
from fixtures.reports import talks
from rawi.errors import InputError
from rawi.evaluate import check_gold, report, score
from rawi.export.gold import gold_article
from rawi.export.jsonl import json_line
from rawi.ledger import Ledger, accept, add_coded, correct, every_reviewed, list_records

text = "التقى وزير الخارجية القطري نظيره التركي في الدوحة أمس."


def gold(**changes: Any) -> dict[str, Any]:
    """Return a gold article with one meeting."""
    parties = [{"text": "وزير الخارجية القطري", "country": "QAT", "sector": "GOV"}, {"text": "نظيره التركي", "country": "TUR", "sector": "GOV"}]  # fmt: skip
    event = {"type": "CONSULT", "mode": "visit", "status": "occurred", "trigger": "التقى", "actors": parties, "recipients": [], "date": "2024-12-09", "chain": []}  # fmt: skip
    return {"id": "t1", "outlet": "الأفق", "published": "2024-12-10", "title": None, "text": text, "events": [event], **changes}  # fmt: skip


def write(path: Path, *records: Any) -> str:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return str(path)


def test_the_texts_of_the_gold_are_coded(tmp_path: Path) -> None:
    done = run("eval", write(tmp_path / "gold.jsonl", gold()))
    measures = json.loads(done.said)
    assert done.returncode == 0, done.complained
    assert measures["articles"] == 1
    assert measures["events"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 1, "coded": 1}
    assert set(measures["on_found"]) >= {"mode", "status", "date", "source", "stance_when_source_found"}


def test_coded_articles_and_articles_give_the_same(tmp_path: Path) -> None:
    wanted = write(tmp_path / "gold.jsonl", gold())
    article = write(tmp_path / "news.jsonl", {"id": "t1", "published": "2024-12-10", "text": text})
    coded = tmp_path / "coded.jsonl"
    coded.write_bytes(run("code", article).stdout)
    assert run("eval", wanted, str(coded)).said == run("eval", wanted, article).said == run("eval", wanted).said
    assert run("eval", wanted, "-", given=coded.read_bytes()).said == run("eval", wanted).said


def test_a_text_for_people(tmp_path: Path) -> None:
    other = {**gold()["events"][0], "type": "ASSAULT"}
    wanted = write(tmp_path / "gold.jsonl", gold(events=[*gold()["events"], other]))
    done = run("eval", wanted, "--format", "text", "--show", "5")
    assert done.said.startswith("1 articles\n  events   P 1.000  R 0.500")
    assert "missed t1" in done.said


def test_two_articles_of_one_id_are_told_apart_by_their_order(tmp_path: Path) -> None:
    quiet = gold(text="قال الخبير إن الطقس معتدل في الخليج.", events=[])
    wanted = write(tmp_path / "gold.jsonl", gold(), quiet)
    assert json.loads(run("eval", wanted).said)["events"]["f1"] == 1.0
    assert json.loads(run("eval", wanted, wanted).said)["events"]["f1"] == 1.0


def test_gold_without_a_coded_article_counts_as_missed(tmp_path: Path) -> None:
    wanted = write(tmp_path / "gold.jsonl", gold(), gold(id="t2"))
    done = run("eval", wanted, write(tmp_path / "news.jsonl", {"id": "t1", "published": "2024-12-10", "text": text}))
    assert done.returncode == 3
    assert "1 of 2 gold articles have no coded one" in done.complained
    assert json.loads(done.said)["events"]["r"] == 0.5


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([{"id": "t1", "text": text}], "gold.jsonl:1: this is no gold article"),
        ([gold(), gold(events=[{"type": "TALK"}])], "gold.jsonl:2: event 1 has type 'TALK'; give one of"),
        ([gold(events=[{"type": "CONSULT", "actors": ["قطر"]}])], "event 1: actors are not objects"),
        ([], "there is no article in it"),
    ],
)
def test_what_is_no_gold_is_told(tmp_path: Path, records: list[Any], told: str) -> None:
    done = run("eval", write(tmp_path / "gold.jsonl", *records))
    assert (done.returncode, done.said) == (1, "")
    assert told in done.complained


def test_files_that_do_not_fit_are_told(tmp_path: Path) -> None:
    wanted = write(tmp_path / "gold.jsonl", gold())
    assert "cannot be read" in run("eval", str(tmp_path / "nothing.jsonl")).complained
    other = run("eval", wanted, write(tmp_path / "other.jsonl", {"id": "x", "text": text}))
    assert (other.returncode, "none of its articles has the id" in other.complained) == (1, True)
    (tmp_path / "broken.jsonl").write_text('{"article": {"id": "t1"}, "events": 3}\n')
    assert "broken.jsonl:1: this is no coded article" in run("eval", wanted, str(tmp_path / "broken.jsonl")).complained


def test_what_people_vouched_for_is_gold(tmp_path: Path) -> None:
    with Ledger(tmp_path / "rawi.db") as ledger:
        add_coded(ledger, talks())
        record = list_records(ledger).items[0].id
        accept(ledger, record, who="هدى")
        correct(ledger, record, {"status": "planned"}, who="هدى")
        lines = [json_line(gold_article(one.article, one.records, one.decided)) for one in every_reviewed(ledger)]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "coded.jsonl").write_text(json_line(talks(by=coder)), "utf-8")
    measures = json.loads(run("eval", str(tmp_path / "gold.jsonl"), str(tmp_path / "coded.jsonl")).said)
    assert measures["events"]["f1"] == 1.0
    assert measures["on_found"]["status"] == 0.0


def test_check_gold_and_report() -> None:
    assert check_gold(gold(), "here") == gold()
    with pytest.raises(InputError, match="here: this is no gold article"):
        check_gold([], "here")
    assert report(score([gold()], {}))[1] == "  events   P 0.000  R 0.000  F1 0.000   gold 1  coded 0"
