"""Entries are found in their files."""

from __future__ import annotations

from pathlib import Path

from rawi.lexicon.locate import locate


def test_entries_and_sets_are_found(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text("kind: triggers\ntype: CONSULT\nentries:\n- id: consult.mine\n  nouns: [اختبار]\n", "utf-8")
    found = locate({"QAT", "negators", "consult.mine", "no.such.entry"}, [str(overlay)])
    assert set(found) == {"QAT", "negators", "consult.mine"}
    assert found["consult.mine"] == (overlay, 4)
    for name in ("QAT", "negators"):
        path, line = found[name]
        assert name in path.read_text("utf-8").splitlines()[line - 1]
