"""What the smaller commands promise: start-up, help, schema, lexicon, explain."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fixtures.command import run, spawn
from rawi import __version__

talks = "أجرى وزير الخارجية العماني محادثات مع نظيره الإيراني في مسقط أمس الاثنين."


def test_version_is_quick() -> None:
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        done = spawn("--version")
        taken.append(time.perf_counter() - started)
        assert (done.returncode, done.said, done.complained) == (0, f"rawi {__version__}\n", "")
    # 0.15 s is the aim on a quiet machine; the rest is room for a busy one
    assert statistics.median(taken) < 0.5


def test_version_loads_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['rawi', '--version']\nfrom rawi.cli.main import main\ntry: main()\nexcept SystemExit: pass\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    assert not {"rich", "yaml", "msgspec", "rawi.coder", "rawi.ledger", "fastapi", "networkx"} & set(loaded)


def test_help_names_every_command_and_the_exit_codes() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("code", "explain", "lexicon", "schema"):
        assert f"\n  {command} " in done.said
    assert "4" in done.said
    assert "nothing found" in " ".join(done.said.split())


def test_every_command_has_help() -> None:
    from rawi.cli.main import cli

    for name in cli.list_commands(None):  # type: ignore[arg-type]
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.get_short_help_str(), name


def test_schema_describes_the_output() -> None:
    schema = json.loads(run("schema").said)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"CodedArticle", "Event", "Actor", "Attribution"} <= set(schema["$defs"])
    coded = json.loads(run("code", "--date", "2024-12-10", given=talks).said)
    for name, rows in (("Event", coded["events"]), ("Actor", coded["actors"]), ("Attribution", coded["attributions"])):
        for row in rows:
            assert set(row) == set(schema["$defs"][name]["properties"])


def test_output_validates_against_the_schema() -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    schema = json.loads(run("schema").said)
    report = Path(__file__).parents[2] / "examples" / "report.jsonl"
    coded = json.loads(run("code", "--format", "jsonl", str(report)).said)
    jsonschema_rs.validator_for(schema).validate(coded)


def test_lexicon_show() -> None:
    done = run("lexicon", "show", "وسيلتقي")
    assert done.returncode == 0
    assert "consult.meet.iltaqa" in done.said
    assert "triggers/consult.yaml:" in done.said
    unknown = run("lexicon", "show", "xyz")
    assert (unknown.returncode, unknown.said) == (4, "")
    assert unknown.complained == "xyz: the lexicon has no reading of it; add one with --lexicon FILE\n"


def test_lexicon_check_names_file_line_and_entry(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text("kind: triggers\ntype: CONSULT\nentries:\n- id: consult.mine\n  nouns: [اختبار]\n", "utf-8")
    done = run("lexicon", "check", str(overlay))
    assert done.returncode == 1
    assert (
        f"{tmp_path.name}/mine.yaml:4: error: consult.mine: it has no example; every word that matches text has one"
        in done.said
    )


def test_explain_tells_everything(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{talks} وبحث الجانبان العلاقات الثنائية. وعقد اجتماع.", "utf-8")
    done = run("explain", "--date", "2024-12-10", str(path))
    assert done.returncode == 0
    assert "e1  CONSULT" in done.said
    assert "{محادثات}" in done.said
    assert "consult.talks.muhadathat  (triggers/consult.yaml:" in done.said
    assert "2024-12-09 from أمس الاثنين" in done.said
    assert "near misses: " in done.said
    only = run("explain", "--date", "2024-12-10", str(path), "e1")
    assert "near misses" not in only.said
    wrong = run("explain", str(path), "e99")
    assert wrong.returncode == 2
    assert "there is no event 'e99'; there are: e1" in wrong.complained


def test_explain_as_json() -> None:
    done = run("explain", "--json", "-", given=talks)
    explanation = json.loads(done.said)
    assert set(explanation) == {"coded", "events", "near_misses"}


def test_explain_of_what_cannot_be_read(tmp_path: Path) -> None:
    done = run("explain", str(tmp_path / "missing.txt"))
    assert (done.returncode, done.said) == (1, "")
    assert "cannot be read (No such file or directory)" in done.complained
