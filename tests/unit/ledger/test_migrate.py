"""Opening files: new, older, newer, foreign; upgrades are whole or not at all, after a backup."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from fixtures.reports import strike, talks
from rawi.errors import LedgerError
from rawi.ledger import Filter, Ledger, accept, add_many, list_records, search, verify
from rawi.ledger import migrate as migration
from rawi.ledger.migrate import migrations, newest_version, statements
from rawi.merge import update


def age(path: Path, version: int) -> None:
    """Take a ledger back to an older schema: what later migrations made is dropped."""
    db = sqlite3.connect(path, isolation_level=None)
    if version < 4:
        for index in (
            "record_state_by_status",
            "record_state_by_place",
            "record_hop_by_stance",
            "record_hop_by_grade",
        ):
            db.execute(f"DROP INDEX {index}")
    if version < 3:
        for table in ("merge_queue", "pin", "block", "report", "story"):
            db.execute(f"DROP TABLE {table}")
    if version < 2:
        db.execute("DROP TABLE article_words")
        db.execute("DELETE FROM meta WHERE key = 'fold_version'")
    db.execute(f"PRAGMA user_version = {version}")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "rawi.db"
    with Ledger(path) as ledger:
        add_many(ledger, [talks(), strike()])
        accept(ledger, list_records(ledger).items[0].id, who="هدى")
    return path


def test_migrations_are_numbered_from_one_without_gaps() -> None:
    assert [number for number, _, _ in migrations()] == list(range(1, newest_version() + 1))
    for _, _, sql in migrations():
        assert "".join(statements(sql)).strip() == sql.strip()


@pytest.mark.parametrize("version", range(1, newest_version()))
def test_an_older_file_is_upgraded_after_a_backup(path: Path, version: int) -> None:
    age(path, version)
    with Ledger(path) as ledger:
        assert ledger.db.execute("PRAGMA user_version").fetchone() == (newest_version(),)
        assert search(ledger, "محادثات").items
        assert update(ledger).records == 3
        assert not verify(ledger)
        assert [record.review for record in list_records(ledger).items].count("accepted") == 1
    backup = sqlite3.connect(path.with_name(f"rawi.db.v{version}.bak"))
    assert backup.execute("PRAGMA user_version").fetchone() == (version,)
    assert backup.execute("SELECT count(*) FROM article").fetchone() == (2,)
    assert backup.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    backup.close()


def test_half_copies_of_killed_upgrades_are_cleared(path: Path) -> None:
    age(path, 1)
    for name in (f"{path.name}.v1.bak.4711.part", f"{path.name}.v1.bak.4711.part-journal"):
        path.with_name(name).write_bytes(b"half")
    Ledger(path).close()
    assert sorted(one.name for one in path.parent.iterdir() if ".bak" in one.name) == [f"{path.name}.v1.bak"]


def test_a_new_file_has_no_backup(path: Path) -> None:
    assert not list(path.parent.glob("*.bak*"))


def test_a_failing_migration_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    age(path, 2)

    def fail(db: sqlite3.Connection) -> None:
        raise RuntimeError("half way")

    monkeypatch.setitem(migration._after, 3, fail)
    with pytest.raises(RuntimeError):
        Ledger(path)
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'story'").fetchone() == (0,)
    db.close()
    monkeypatch.undo()
    with Ledger(path) as ledger:
        assert not verify(ledger)


def test_a_newer_file_is_refused(path: Path) -> None:
    age(path, newest_version() + 1)
    with pytest.raises(
        LedgerError,
        match=rf"schema version {newest_version() + 1}, this Rawi knows versions up to {newest_version()}; use the Rawi",
    ):
        Ledger(path)


def test_another_program_s_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE notes (text)")
    db.close()
    with pytest.raises(LedgerError, match=r"notes\.db: this SQLite file is not a Rawi ledger"):
        Ledger(path)
    db = sqlite3.connect(path)
    assert db.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (1,)
    db.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("سلام عليكم ورحمة الله\n" * 200)
    with pytest.raises(LedgerError, match="this is not a SQLite file"):
        Ledger(path)


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "rawi.db"
    path.touch()
    with Ledger(path) as ledger:
        assert not verify(ledger)


def test_an_empty_file_is_no_ledger_to_read(tmp_path: Path) -> None:
    path = tmp_path / "rawi.db"
    path.touch()
    with pytest.raises(LedgerError, match="the file is empty, there is no ledger in it; 'rawi add FILES' makes one"):
        Ledger(path, create=False)
    assert path.stat().st_size == 0


def test_the_names_that_filters_look_up_are_folded_anew_with_the_index(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE meta SET value = '0' WHERE key = 'fold_version'")
    for table, column in (("actor", "folded"), ("place", "folded"), ("article_head", "outlet_folded")):
        db.execute(f"UPDATE {table} SET {column} = 'x'")
    db.close()
    with Ledger(path) as ledger:
        for wanted in (Filter(outlets=("الأفق",)), Filter(actors=("القطري",)), Filter(places=("دوحة",))):
            assert list_records(ledger, wanted).items, wanted
        assert not verify(ledger)


def test_an_index_of_another_folding_is_made_anew(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE meta SET value = '0' WHERE key = 'fold_version'")
    db.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')")
    db.close()
    with Ledger(path) as ledger:
        assert search(ledger, "محادثات").items
        assert not verify(ledger)
