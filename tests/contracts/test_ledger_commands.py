"""The ledger's commands: exit codes, formats, messages. The coder is a stand-in that reads the kit's articles."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures.coded import coder
from fixtures.reports import newer, strike, talks
from rawi.articles import Unread
from rawi.cli import ledger_commands, ledger_options
from rawi.cli.main import main
from rawi.ledger import Ledger, LedgerFullError
from rawi.model import Article, CodedArticle, CoderVersion

Run = Callable[..., tuple[int, str, str]]


def stand_in(version: CoderVersion) -> Any:
    """Return a loader of a coder that knows the kit's articles, fails on 'bad', and reads nothing elsewhere."""

    def read(article: Article) -> CodedArticle:
        known = {one.article.text: one for one in (talks(by=version), strike(by=version))}
        if "خلل" in article.text:
            return CodedArticle(article, coder=version, error=f"{article.id}: cannot be coded")
        found = known.get(article.text)
        if found is None:
            return CodedArticle(article, coder=version)
        return CodedArticle(article, found.actors, found.attributions, found.events, (), version)

    def coding(items: Iterable[Article | Unread]) -> Iterator[CodedArticle | Unread]:
        for item in items:
            yield read(item) if isinstance(item, Article) else item

    return lambda overlays, jobs: (coding, version)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ledger_commands, "load_coder", stand_in(coder))
    monkeypatch.setenv("RAWI_REVIEWER", "هدى")
    monkeypatch.delenv("RAWI_LEDGER", raising=False)

    def running(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        out, err = capsys.readouterr()
        code = left.value.code
        return (code if isinstance(code, int) else 0), out, err

    return running


def write(name: str, *articles: dict[str, Any]) -> str:
    Path(name).write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles), "utf-8")
    return name


talk = {"id": "t1", "outlet": "الأفق", "published": "2024-03-05", "text": talks().article.text}
same = {**talk, "id": "t2", "outlet": "نبأ"}
hit = {"id": "k1", "outlet": "نبأ", "published": "2024-03-06", "text": strike().article.text}


@pytest.fixture
def filled(run: Run) -> Run:
    assert run("add", write("news.jsonl", talk, same, hit))[0] == 0
    return run


def lines(out: str) -> list[Any]:
    return [json.loads(line) for line in out.splitlines()]


def test_add_counts_and_is_idempotent(run: Run) -> None:
    name = write("news.jsonl", talk, same, hit)
    assert run("add", name)[:2] == (0, "3 new, 0 version, 0 recoded, 0 known, 0 failed\n")
    assert run("add", name)[:2] == (0, "0 new, 0 version, 0 recoded, 3 known, 0 failed\n")
    assert Path("rawi.db").exists()


def test_add_says_what_failed(run: Run) -> None:
    bad = {"id": "bad", "text": "خلل"}
    code, out, err = run("add", write("news.jsonl", talk, bad, {"id": "empty", "text": ""}))
    assert (code, out) == (3, "1 new, 0 version, 0 recoded, 0 known, 2 failed\n")
    assert "bad: cannot be coded" in err
    assert "the text is empty" in err
    assert run("add", write("worse.jsonl", bad))[0] == 1
    assert run("add", "missing.jsonl")[0] == 1


def test_add_prints_a_line_an_article(run: Run) -> None:
    code, out, _ = run("add", write("news.jsonl", talk, hit), "--format", "jsonl")
    assert code == 0
    assert [(one["input_id"], one["outcome"], one["records"]) for one in lines(out)] == [
        ("t1", "new", 1),
        ("k1", "new", 2),
    ]


def test_add_lists_decisions_that_no_longer_apply(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    request = next(one for one in lines(filled("list")[1]) if one["event"]["type"] == "REQUEST")
    filled("review", "reject", request["id"], "--reason", "other")

    def read(overlays: tuple[str, ...], jobs: int) -> Any:
        def coding(items: Iterable[Article | Unread]) -> Iterator[CodedArticle | Unread]:
            for item in items:
                assert isinstance(item, Article)
                yield CodedArticle(item, coder=newer)

        return coding, newer

    monkeypatch.setattr(ledger_commands, "load_coder", read)
    code, out, err = filled("add", "news.jsonl")
    assert (code, out) == (0, "0 new, 0 version, 3 recoded, 0 known, 0 failed\n")
    assert f"{request['id']}: rejected no longer applies" in err


def test_list_filters_and_pages(filled: Run) -> None:
    code, out, err = filled("list", "--limit", "3")
    assert (code, len(lines(out))) == (0, 3)
    cursor = err.split("'")[1]
    assert len(lines(filled("list", "--after", cursor)[1])) == 1
    assert [one["event"]["type"] for one in lines(filled("list", "--type", "assault", "--country", "isr")[1])] == [
        "ASSAULT"
    ]
    assert filled("list", "--type", "AID") == (4, "", "")
    assert filled("list", "--type", "WAR")[0] == 2
    code, _, err = filled("list", "--since", "soon")
    assert (code, "'soon' is not a date" in err) == (1, True)


def test_formats(filled: Run) -> None:
    table = filled("list", "--format", "table")[1]
    assert "CONSULT" in table
    assert "القطري" in table
    rows = list(csv.DictReader(io.StringIO(filled("list", "--format", "csv")[1])))
    assert len(rows) == 4
    assert "محادثات" in filled("search", "محادثات", "--format", "table")[1]


def test_search(filled: Run) -> None:
    code, out, _ = filled("search", "الوَزِير", "قطري")
    assert (code, [one["input_id"] for one in lines(out)]) == (0, ["t1", "t2"])
    text = talk["text"]
    assert all("وزير" in text[a:b] or "قطري" in text[a:b] for one in lines(out) for a, b in one["highlights"])
    assert filled("search", "غواصة")[0] == 4
    code, _, err = filled("search", "NOT", "قطري")
    assert (code, "only says what must not be there" in err) == (1, True)


def test_stories_have_reports_and_counts(filled: Run) -> None:
    code, out, _ = filled("stories", "--format", "jsonl")
    assert code == 0
    story = next(one for one in lines(out) if one["type"] == "CONSULT")
    assert [{key: report[key] for key in ("article", "outlet", "event")} for report in story["reports"]] in (
        [{"article": "t1", "outlet": "الأفق", "event": "e1"}, {"article": "t2", "outlet": "نبأ", "event": "e1"}],
        [{"article": "t2", "outlet": "نبأ", "event": "e1"}, {"article": "t1", "outlet": "الأفق", "event": "e1"}],
    )
    assert (story["n_articles"], story["n_outlets"], story["n_origins"]) == (2, 2, 1)  # the same text: one origin
    assert len(lines(filled("stories", "--articles", "2")[1])) == 1
    assert len(lines(filled("stories", "--limit", "2")[1])) == 2
    assert filled("stories", "--contested")[0] == 4
    assert filled("stories", "--format", "csv")[1].startswith("story_id,")
    assert filled("stories", "--rebuild")[1] == out


def test_show_finds_records_stories_and_articles(filled: Run) -> None:
    record = lines(filled("list", "--type", "CONSULT")[1])[0]
    assert lines(filled("show", record["id"])[1])[0]["record"]["id"] == record["id"]
    story = lines(filled("stories")[1])[0]
    assert lines(filled("show", story["id"])[1])[0]["story"]["id"] == story["id"]
    for name in ("t1", record["article"]):
        assert lines(filled("show", name)[1])[0]["article"]["text"] in (talk["text"], same["text"])
    for name in (record["id"], story["id"], "t1"):
        assert filled("show", name, "--format", "text")[0] == 0
    code, _, err = filled("show", "nothing")
    assert (code, "there is no such article" in err) == (1, True)


def test_review_by_command(filled: Run) -> None:
    consult = lines(filled("list", "--type", "CONSULT")[1])
    first = consult[0]["id"]
    code, out, _ = filled("review", "accept", first, "--based-on", "1")
    assert (code, lines(out)[0]["rev"]) == (0, 2)
    code, out, err = filled(
        "review",
        "correct",
        first,
        "--set",
        "status=planned",
        "--set",
        "a2.country=SYR",
        "--set",
        "actors=a2,a1",
        "--based-on",
        "1",
    )
    assert code == 1
    assert lines(out)[0] == {"refused": first, "based_on": 1, "rev": 2, "changes": lines(out)[0]["changes"]}
    assert "has changed since revision 1" in err
    code, out, _ = filled(
        "review", "correct", first, "--set", "status=planned", "--set", "a2.country=SYR", "--set", "actors=a2,a1"
    )
    assert (code, lines(out)[0]["review"]) == (0, "corrected")
    assert filled("review", "skip", consult[1]["id"])[0] == 0
    assert len(lines(filled("review", "queue")[1])) == 3
    assert filled("review", "undo", first)[0] == 0
    log = lines(filled("review", "log")[1])
    assert [(one["action"], one["who"]) for one in log] == [
        ("accept", "هدى"),
        ("correct", "هدى"),
        ("skip", "هدى"),
        ("undo", "هدى"),
    ]
    assert [one["seq"] for one in lines(filled("review", "log", "--since", "2")[1])] == [3, 4]
    assert filled("review", "reject", first, "--reason", "boring")[0] == 2
    assert filled("review", "correct", first, "--set", "status")[0] == 2
    assert filled("review", "correct", first, "--json", "{")[0] == 2
    assert filled("verify")[0] == 0


def test_the_queue_and_the_log_are_tables_too(filled: Run) -> None:
    consult = lines(filled("list", "--type", "CONSULT")[1])
    first = consult[0]["id"]
    filled("review", "correct", first, "--set", "status=planned", "--note", "لم تعقد بعد")
    code, out, _ = filled("review", "log", "--format", "table")
    assert code == 0
    assert 'status "occurred" ->' in out
    assert "لم تعقد بعد" in out
    code, out, err = filled("review", "queue", "--format", "table", "--limit", "1")
    assert (code, out.split()[0], len(out.splitlines()) > 1) == (0, "id", True)
    assert "more with --after" in err
    waiting = lines(filled("review", "queue")[1])
    assert first not in [one["id"] for one in waiting]
    of_type = lines(filled("review", "queue", "--type", "CONSULT")[1])
    assert [one["id"] for one in of_type] == [one["id"] for one in waiting if one["event"]["type"] == "CONSULT"]
    shown = filled("show", first, "--format", "text")[1]
    assert 'status: "occurred" -> "planned"' in shown
    code, rest, _ = filled("review", "queue", "--format", "csv", "--limit", "9", "--after", err.split("'")[1])
    assert (code, len(rest.splitlines())) == (0, len(waiting))  # a heading, and one fewer
    assert filled("review", "queue", "--type", "AID") == (4, "", "")
    assert [one["id"] for one in lines(filled("review", "queue", "--review", "corrected")[1])] == [first]


def test_a_stale_decision_says_what_changed_in_the_log_s_words(filled: Run) -> None:
    first = lines(filled("list", "--type", "CONSULT")[1])[0]["id"]
    filled("review", "correct", first, "--set", "contexts=diplomatic", "--reviewer", "سامي")
    code, out, err = filled("review", "accept", first, "--based-on", "1")
    assert (code, lines(out)[0]["changes"][0]["fields"]["contexts"]) == (1, [[], ["diplomatic"]])
    assert 'سامي correct: contexts [] -> ["diplomatic"]' in err
    filled("review", "undo", first)
    assert "undo 1" in filled("review", "log", "--format", "table")[1]
    assert f"{first} undo 1" not in filled("show", first, "--format", "text")[1]
    assert "هدى undo 1" in filled("show", first, "--format", "text")[1]


def test_the_log_as_a_table_says_what_became_of_stories(filled: Run) -> None:
    one, other, *_ = [story["id"] for story in lines(filled("stories")[1])]
    filled("review", "merge", one, other)
    filled("rate", "نبأ", "B")
    merged, rated = list(csv.DictReader(io.StringIO(filled("review", "log", "--format", "csv")[1])))
    before, after = (json.loads(part) for part in merged["changes"].removeprefix("stories ").split(" -> "))
    assert (set(before), set(after), sum(before.values())) == ({one, other}, {one}, after[one])
    assert 'reliability "F" -> "B"' in rated["changes"]


def test_show_says_of_which_version_a_withdrawn_record_is(run: Run) -> None:
    given = {**talk, "url": "https://x/1"}
    run("add", write("news.jsonl", given))
    assert "read in version" not in run("show", "t1", "--format", "text")[1]
    run("add", write("news.jsonl", {**given, "text": "نص آخر لا حدث فيه"}))
    assert "withdrawn  read in version 1" in run("show", "t1", "--format", "text")[1]


def test_an_unknown_country_is_told(filled: Run) -> None:
    code, _, err = filled("list", "--country", "ir")
    assert (code, "'ir' is not a country" in err) == (2, True)
    assert filled("list", "--country", "qat")[0] == 0
    assert (
        filled("list", "--country", "XMJ")[0] == 4
    )  # a code for states of a lexicon of one's own, as in the demonstration


def test_stories_by_command(filled: Run) -> None:
    stories = lines(filled("stories")[1])
    ids = [one["id"] for one in stories]
    code, out, _ = filled("review", "merge", ids[0], ids[1])
    assert (code, lines(out)[0]["stories"]) == (0, [ids[0]])
    assert len(lines(filled("stories")[1])) == 2
    record = stories[1]["reports"][0]["record"]
    code, out, _ = filled("review", "split", ids[0], record)
    assert code == 0
    assert filled("review", "undo", ids[0])[0] == 0
    assert filled("review", "undo", ids[0])[0] == 0
    assert lines(filled("stories")[1]) == stories
    assert filled("verify")[0] == 0


def test_a_decision_without_a_reviewer_is_refused(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAWI_REVIEWER")
    record = lines(filled("list")[1])[0]["id"]
    code, _, err = filled("review", "accept", record)
    assert (code, "name one with --reviewer or RAWI_REVIEWER" in err) == (1, True)
    assert filled("review", "accept", record, "--reviewer", "سامي")[0] == 0


def test_rate(filled: Run) -> None:
    assert filled("rate", "نبأ", "B")[:2] == (0, "1 of 1 ratings changed\n")
    Path("ratings.yaml").write_text("outlets: {نبأ: B, الأفق: C}\nsources: {med.reuters: A}\n", "utf-8")
    assert filled("rate", "--file", "ratings.yaml")[:2] == (0, "2 of 3 ratings changed\n")
    assert filled("rate")[1] == "C\toutlet\tالأفق\nB\toutlet\tنبأ\nA\tsource\tmed.reuters\n"
    assert filled("rate", "نبأ", "G")[0] == 1
    assert filled("rate", "نبأ")[0] == 2
    assert {one["reliability"] for one in lines(filled("stories")[1])} == {"B"}


def test_rate_says_that_an_outlet_is_not_there_and_makes_no_ledger(filled: Run) -> None:
    code, _, err = filled("rate", "نباء", "B")
    assert (code, "no article of نباء is in the ledger" in err) == (0, True)
    assert "no article" not in filled("rate", "نَبَأ", "C")[2]
    assert filled("rate", "نبأ", "B", "--ledger", "other.db")[0] == 1
    assert not Path("other.db").exists()


def test_export(filled: Run) -> None:
    assert len(lines(filled("export")[1])) == 4
    assert [one["article"]["id"] for one in lines(filled("export", "--what", "articles")[1])] == ["t1", "t2", "k1"]
    assert len(lines(filled("export", "--what", "stories")[1])) == 3
    assert filled("export", "--what", "log")[0] == 4
    assert filled("export", "--what", "log", "--format", "csv")[0] == 2
    assert len(list(csv.DictReader(io.StringIO(filled("export", "--format", "csv", "--shape", "dyad")[1])))) == 4
    code, _, err = filled("export", "--format", "csv", "--bom", "-o", "out.csv")
    assert (code, err) == (0, "4 written to out.csv\n")
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbfevent_id")
    assert not list(Path.cwd().glob("*.part"))
    assert filled("export", "-o", "no/such/folder.jsonl")[0] == 1
    assert filled("export", "--gold")[0] == 4
    record = lines(filled("list", "--type", "CONSULT")[1])[0]["id"]
    filled("review", "correct", record, "--set", "a1.name=وزارة الخارجية القطرية", "--set", "a1.entity=org.qat-mfa")
    assert lines(filled("export", "--gold")[1])[0]["events"][0]["actors"][0]["text"] == "وزارة الخارجية القطرية"
    assert "kind: actors" in filled("export", "--overlay")[1]
    assert filled("export", "--overlay", "-o", "overlay")[0] == 0
    assert Path("overlay/actors.yaml").exists()
    assert filled("export", "--overlay", "--gold")[0] == 2


def test_stats_verify_and_vacuum(filled: Run) -> None:
    found = lines(filled("stats")[1])[0]
    assert (found["articles"], found["records"], found["stories"]) == (3, 4, 3)
    code, told, _ = filled("stats", "--format", "text")
    assert (code, "could not be coded  0" in told, "last log entry  0" in told) == (0, True, True)
    code, out, err = filled("verify")
    assert (code, out) == (0, "")
    assert err.startswith("0 breaches; log ends at entry 0")
    assert filled("verify", "--head", "feed")[0] == 1
    assert filled("vacuum")[0] == 0
    assert filled("verify")[0] == 0


def test_verify_says_what_is_gone_even_of_the_log(filled: Run) -> None:
    db = sqlite3.connect("rawi.db")
    db.execute("DROP TABLE log")
    db.commit()
    db.close()
    code, out, err = filled("verify")
    assert (code, "table log: is missing (schema)" in out) == (1, True)
    assert "log ends at entry 0" in err
    code, _, err = filled("review", "log")
    assert (code, "run 'rawi verify': restore a backup" in err) == (1, True)


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["search", "x"],
        ["stories"],
        ["stats"],
        ["verify"],
        ["vacuum"],
        ["export"],
        ["show", "x"],
        ["review", "queue"],
    ],
)
def test_a_missing_ledger_is_told_and_not_made(run: Run, command: list[str]) -> None:
    code, _, err = run(*command)
    assert (code, "rawi.db: there is no such ledger; 'rawi add FILES' makes one" in err) == (1, True)
    assert not Path("rawi.db").exists()


def test_the_ledger_may_be_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    name = write("news.jsonl", talk)
    assert run("add", name, "--ledger", "other.db")[0] == 0
    monkeypatch.setenv("RAWI_LEDGER", "other.db")
    assert len(lines(run("list")[1])) == 1
    assert not Path("rawi.db").exists()


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(talk).encode())))
    assert run("add", "-")[:2] == (0, "1 new, 0 version, 0 recoded, 0 known, 0 failed\n")


def test_a_full_disk_does_not_stop_reading_nor_undo_a_decision(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(ledger: Ledger) -> None:
        raise LedgerFullError("rawi.db: the disk is full; free some space")

    record = lines(filled("list", "--format", "jsonl")[1])[0]["id"]
    monkeypatch.setattr(ledger_options, "update", full)
    for command in (("review", "accept", record), ("stories",), ("export",)):
        code, out, err = filled(*command)
        assert (code, "stories are not up to date" in err) == (0, True)
        assert out
    assert lines(filled("review", "log")[1])[0]["action"] == "accept"
