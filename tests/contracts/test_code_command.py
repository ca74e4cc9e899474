"""What ``rawi code`` promises: formats, exit codes, errors in their place, nothing lost."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import subprocess
from pathlib import Path
from typing import Any

import pytest

from fixtures.command import rawi, run, spawn

talks = "أجرى وزير الخارجية العماني محادثات مع نظيره الإيراني في مسقط أمس الاثنين."
nothing = "درجات الحرارة معتدلة في معظم المناطق."


def lines(out: bytes) -> list[dict[str, Any]]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in out.decode().split("\n") if line]


def record(**fields: Any) -> str:
    """Return a record of an article as one line."""
    return json.dumps({"id": "a", "text": talks, "published": "2024-12-10", **fields}, ensure_ascii=False)


# -- exit codes --------------------------------------------------------------------------------------------------------


def test_0_an_article_is_coded() -> None:
    done = spawn("code", "--date", "2024-12-10", given=talks)
    assert (done.returncode, done.stderr) == (0, b"")
    (coded,) = lines(done.stdout)
    assert coded["article"]["text"] == talks
    (event,) = coded["events"]
    assert (event["type"], event["date"]["value"]) == ("CONSULT", "2024-12-09")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code", "--date", "2024-02-30"], b"'2024-02-30', which is no day of the calendar"),
        (["code", "--date", "soon"], b"'soon', not a date; write it as YYYY-MM-DD"),
        (["code", "--format", "xml"], b"'xml' is not one of"),
        (["code", "--jobs", "-1"], b"--jobs"),
        (["code", "--lexicon", "no-such-file.yaml"], b"does not exist"),
        (["code", "--no-such-option"], b"No such option"),
        (["no-such-command"], b"No such command"),
        (["explain"], b"Missing argument"),
    ],
)
def test_2_wrong_usage(arguments: list[str], message: bytes) -> None:
    done = run(*arguments, given=talks)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr


def test_1_nothing_could_be_coded(tmp_path: Path) -> None:
    done = run("code", str(tmp_path / "missing.txt"))
    assert done.returncode == 1
    (row,) = lines(done.stdout)
    assert row["article"] == {"id": str(tmp_path / "missing.txt")}
    assert (
        row["error"]
        == f"{tmp_path}/missing.txt: cannot be read (No such file or directory); check the name and the rights"
    )


def test_1_a_broken_overlay(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text("kind: triggers\ntype: CONSULT\nentries:\n- id: x\n  colour: red\n", "utf-8")
    done = run("code", "--lexicon", str(overlay), given=talks)
    assert done.returncode == 1
    assert b"entry 'x': Object contains unknown field `colour`" in done.stderr
    assert b"Traceback" not in done.stderr


def test_3_some_articles_failed_and_each_is_in_the_output() -> None:
    given = "\n".join(
        [record(id="a"), "{broken", record(id="c", published="2024-13-01"), record(id="d", text=""), record(id="e")]
    )
    done = run("code", "-", given=given)
    assert done.returncode == 3
    rows = lines(done.stdout)
    assert [r["article"]["id"] for r in rows] == ["a", "standard input, line 2", "c", "d", "e"]
    assert [bool(r.get("error")) for r in rows] == [False, True, True, True, False]
    assert done.stderr.decode().count("\n") == 3


def test_4_nothing_found() -> None:
    done = run("code", given=nothing)
    assert done.returncode == 4
    (coded,) = lines(done.stdout)
    assert coded["events"] == []


# -- formats -----------------------------------------------------------------------------------------------------------


def test_json_is_one_array() -> None:
    done = run("code", "--format", "json", given=f"{record(id='a')}\n{record(id='b')}")
    assert [r["article"]["id"] for r in json.loads(done.stdout)] == ["a", "b"]


def test_json_of_nothing_is_still_json(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"")
    assert json.loads(run("code", "--format", "json", str(path)).stdout)[0]["error"]


def test_csv_has_a_line_an_event_and_no_formula() -> None:
    done = run("code", "--format", "csv", given=f"{record(id='=1+1', outlet='@outlet')}\n{{broken")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert done.returncode == 3
    assert (rows[0]["article"], rows[0]["outlet"]) == ("'=1+1", "'@outlet")
    assert (rows[0]["event_type"], sorted(rows[0]["actor_country"].split(";"))) == ("CONSULT", ["IRN", "OMN"])
    assert rows[1]["error"].startswith("standard input, line 2: this is not JSON")


def test_a_table_shows_events_chains_and_silence() -> None:
    text = "نقلت وكالة رويترز عن مسؤول إيراني قوله إن طهران ستجري محادثات مع السعودية يوم الخميس. ورفضت الرياض التعليق."
    done = run("code", "--format", "table", given=record(text=text))
    shown = done.stdout.decode()
    assert "CONSULT" in shown
    assert "planned" in shown
    assert "مسؤول إيراني (unnamed official)" in shown
    assert "via وكالة رويترز (institution" in shown
    assert "silent: " in shown
    assert "\u2068" not in shown


def test_output_goes_to_a_file_and_the_table_says_where(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.jsonl"
    done = run("code", "--output", str(path), given=record())
    assert done.returncode == 0
    assert [r["article"]["id"] for r in lines(path.read_bytes())] == ["a"]
    last = done.stdout.decode().splitlines()[-1]
    assert last == f"1 events and 0 attributions of 1 articles, JSONL: {path}"
    assert "CONSULT" in done.stdout.decode()


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.csv", b"\xef\xbb\xbfarticle,outlet"), ("a.json", b"[\n{"), ("a.jsonl", b"{"), ("a.out", b"{")],
)
def test_the_name_of_the_file_says_its_format(tmp_path: Path, name: str, start: bytes) -> None:
    done = run("code", "--quiet", "--output", str(tmp_path / name), given=record())
    assert (tmp_path / name).read_bytes().startswith(start)
    assert done.stdout == b""


def test_order_is_kept_with_several_processes() -> None:
    given = "\n".join(record(id=str(i)) if i % 7 else "{broken" for i in range(60))
    one, two = spawn("code", given=given), spawn("code", "--jobs", "2", given=given)
    assert one.stdout == two.stdout
    assert (one.returncode, two.returncode) == (3, 3)


def test_overlays_add_entries(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text(
        "kind: triggers\ntype: CONSULT\nentries:\n- id: consult.mine\n  verb: تزاور / يتزاور\n  symmetric: true\n"
        "  frame: {subj: actor, مع: actor}\n  examples: ['{تزاور} [A:وزير الخارجية القطري] مع [A:نظيره العماني].']\n",
        "utf-8",
    )
    sentence = "تزاور وزير الخارجية القطري مع نظيره العماني."
    assert run("code", given=sentence).returncode == 4
    (coded,) = lines(run("code", "--lexicon", str(overlay), given=sentence).stdout)
    assert coded["events"][0]["rules"][0] == "consult.mine"


# -- bad input ---------------------------------------------------------------------------------------------------------


def test_duplicate_ids_are_kept_and_said() -> None:
    done = run("code", given=f"{record()}\n{record()}")
    assert len(lines(done.stdout)) == 2
    assert done.stderr.decode() == "rawi: id 'a' stands more than once; all are kept, give each article its own id\n"
    assert done.returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        f"<script>alert('x')</script><p onclick=\"x\">{talks}</p><!-- [red]{{}} -->&nbsp;&#x202e;",
        f"\u202e\u2066Breaking — عاجل: {talks} (Reuters, 12:30 GMT)\u2069\u202c",
        f"\x1b[31m{talks}\x1b[0m\x07",
        f"{talks}\r\n\x0c\u2028{talks}",
        "".join(c + "\u0651\u0301" for c in talks),
    ],
)
def test_hostile_and_mixed_text_is_coded_and_kept_as_given(text: str) -> None:
    done = run("code", given=record(text=text))
    assert done.returncode in (0, 4)
    (coded,) = lines(done.stdout)
    assert coded["article"]["text"] == text
    for actor in coded["actors"]:
        for start, stop in actor["mentions"]:
            assert 0 <= start < stop <= len(text)


def test_control_sequences_do_not_reach_the_terminal() -> None:
    done = run(
        "code", "--format", "table", given=record(id="a\x1b]0;x\x07", title="عنوان\x1b[2J", outlet="\u202eالأفق")
    )
    assert b"\x1b" not in done.stdout
    assert "\u202e" not in done.stdout.decode()


def test_no_date_leaves_dates_open_and_says_so() -> None:
    (coded,) = lines(run("code", given=record(published=None)).stdout)
    assert [event["date"] for event in coded["events"]] == [None]
    assert [warning["code"] for warning in coded["warnings"]] == ["no-date"]


def test_a_date_that_contradicts_its_weekday_is_a_warning() -> None:
    text = "التقى الرئيس المصري نظيره الفرنسي في القاهرة الجمعة 9 ديسمبر 2024."
    (coded,) = lines(run("code", given=record(text=text)).stdout)
    assert [warning["code"] for warning in coded["warnings"]] == ["weekday-conflict"]


def test_broken_utf8_in_one_line_loses_only_that_line() -> None:
    broken = record(id="b").encode().replace("وزير".encode(), b"\xd9\xd9")
    done = run("code", given=b"\n".join([record(id="a").encode(), broken, record(id="c").encode()]))
    assert [r["article"]["id"] for r in lines(done.stdout)] == ["a", "standard input, line 2", "c"]
    assert b"standard input, line 2: this is not JSON in UTF-8" in done.stderr


def test_binary_and_latin_text_are_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "latin.txt").write_text("The ministers met in Muscat on Monday.")
    done = run("code", str(tmp_path / "image.png"), str(tmp_path / "latin.txt"))
    first, second = lines(done.stdout)
    assert "image.png: this looks like a binary file, not text; give UTF-8 text" in first["error"]
    assert "latin.txt: the text has no Arabic letter (it begins 'The ministers met in Muscat on')" in second["error"]
    assert done.returncode == 1


def test_fifty_megabytes_of_lines_are_read_in_order(tmp_path: Path) -> None:
    # most of them fail on their date, so that the test is about reading and not about coding
    filler = "كلام " * 260_000
    path = tmp_path / "big.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for i in range(22):
            out.write(
                record(
                    id=str(i),
                    text=talks if i % 10 == 0 else filler,
                    published="2024-12-10" if i % 10 == 0 else "2024-99-99",
                )
                + "\n"
            )
    assert path.stat().st_size > 40_000_000
    done = spawn("code", str(path))
    rows = lines(done.stdout)
    assert [r["article"]["id"] for r in rows] == [str(i) for i in range(22)]
    assert [i for i, r in enumerate(rows) if not r.get("error")] == [0, 10, 20]
    assert done.returncode == 3


# -- output that fails -------------------------------------------------------------------------------------------------


def test_a_closed_pipe_ends_quietly() -> None:
    given = "\n".join(record(id=str(i)) for i in range(3000)).encode()
    process = subprocess.Popen([*rawi, "code"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(given)
    process.stdin.close()
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*rawi, "code"], input=record().encode(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert (
        done.stderr
        == b"rawi: standard output: cannot be written (No space left on device); free some space or write elsewhere\n"
    )


def test_a_full_disk_behind_output_leaves_no_half_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old", "utf-8")
    given = "\n".join(record(id=str(i)) for i in range(50))
    done = spawn(
        "code",
        "--quiet",
        "--output",
        str(path),
        given=given,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)),
    )
    assert done.returncode == 1
    assert (
        done.stderr.decode()
        == f"rawi: {path}: cannot be written (File too large); free some space or write elsewhere\n"
    )
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    assert path.read_text("utf-8") == "old"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = run("code", "--output", str(tmp_path / "file" / "out.jsonl"), given=record())
    assert done.returncode == 1
    assert b"cannot be written (its folder is a file); check the name and the rights" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_locale_does_not_matter() -> None:
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONUTF8", "PYTHONIOENCODING"))
    }
    done = spawn(
        "code",
        "--format",
        "table",
        given=record(),
        env={**environment, "LC_ALL": "en_US.ISO-8859-1", "PYTHONCOERCECLOCALE": "0"},
    )
    assert "وزير الخارجية العماني" in done.stdout.decode()


def test_the_order_of_hashes_does_not_matter() -> None:
    gold = sorted((Path(__file__).parents[2] / "examples").rglob("*.jsonl"))
    outputs = {
        spawn("code", *map(str, gold), env={**os.environ, "PYTHONHASHSEED": seed}).stdout for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
