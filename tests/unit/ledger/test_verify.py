"""Every kind of damage is seen by verify, and a whole ledger has none."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fixtures.reports import strike, talks
from rawi.ledger import (
    Breach,
    Filter,
    Ledger,
    LedgerFullError,
    accept,
    add_many,
    correct,
    head,
    list_records,
    rate,
    reject,
    verify,
)
from rawi.ledger.ratings import Rating
from rawi.merge import merge_stories, update, verify_stories


def fill(ledger: Ledger) -> None:
    add_many(ledger, [talks(), talks("t2", outlet="المدار"), strike()])
    update(ledger)
    assault = list_records(ledger, Filter(types=("ASSAULT",))).items[0]
    request = list_records(ledger, Filter(types=("REQUEST",))).items[0]
    accept(ledger, assault.id, who="هدى")
    correct(ledger, assault.id, {"mode": "drone"}, who="سامي")
    reject(ledger, request.id, who="هدى", reason="other")
    rate(ledger, Rating("outlet", "الأفق", "B"), who="هدى")
    update(ledger)
    stories = [id_ for (id_,) in ledger.db.execute("SELECT story_id FROM story WHERE live = 1 ORDER BY story_id")]
    merge_stories(ledger, stories[:2], who="هدى")
    update(ledger)


def test_a_whole_ledger_has_no_breach(ledger: Ledger) -> None:
    assert verify(ledger) == []
    fill(ledger)
    assert verify(ledger) == []


def without_triggers(path: Path, *statements: str) -> None:
    """Do what a program could that knows nothing of the ledger's rules, and hide the traces in the schema."""
    db = sqlite3.connect(path)
    triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    tables = dict(db.execute("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'"))
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    for name, sql in triggers:
        if db.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (tables[name],)).fetchone():
            db.execute(sql)
    db.commit()
    db.close()


damage: list[tuple[str, str]] = [
    ("texts", "UPDATE article_version SET text = text || ' زيادة' WHERE version_no = 1"),
    ("texts", "UPDATE article_version SET outlet = 'آخر' WHERE version_no = 1"),
    ("texts", "UPDATE article SET article_id = 'a0000000000000000' WHERE article_no = 1"),
    ("texts", "UPDATE reading SET payload = replace(payload, 'CONSULT', 'AGREE') WHERE reading_no = 1"),
    ("log", "UPDATE log SET who = 'آخر' WHERE seq = 2"),
    ("log", "UPDATE log SET note = 'x' WHERE seq = 1"),
    ("log", "UPDATE log SET after = replace(after, 'drone', 'aerial') WHERE seq = 2"),
    ("log", "DELETE FROM log WHERE seq = 2"),
    ("records", "DELETE FROM log WHERE seq = (SELECT max(seq) FROM log WHERE action = 'reject')"),
    ("records", "UPDATE record_state SET rev = rev + 1 WHERE review = 'rejected'"),
    ("log", "UPDATE record_state SET review = 'accepted' WHERE review = 'rejected'"),
    ("records", "UPDATE record_state SET review = 'accepted' WHERE review = 'unreviewed'"),
    ("records", "UPDATE record_state SET type = 'AID' WHERE type = 'CONSULT'"),
    ("log", "UPDATE record_state SET doc = replace(doc, 'drone', 'aerial') WHERE doc IS NOT NULL"),
    ("records", "DELETE FROM record_party WHERE record_no = 1"),
    ("records", "DELETE FROM record_hop"),
    ("spans", "UPDATE span SET stop = stop + 1 WHERE part = 'trigger'"),
    ("spans", "DELETE FROM span WHERE part = 'party'"),
    ("records", "DELETE FROM record_reading WHERE record_no = 1"),
    ("records", "DELETE FROM article_head WHERE article_no = 1"),
    ("records", "DELETE FROM article_alias"),
    ("foreign keys", "DELETE FROM record WHERE record_no = 1"),
    ("foreign keys", "DELETE FROM article_version WHERE version_no = 1"),
    ("records", "DELETE FROM article_version WHERE version_no = 1"),
    ("records", "UPDATE article_head SET published = '1999-01-01' WHERE article_no = 1"),
    ("records", "UPDATE article_head SET outlet = 'آخر' WHERE article_no = 2"),
    ("records", "UPDATE article_head SET outlet_folded = 'اخر' WHERE article_no = 2"),
    ("records", "UPDATE article_head SET reading_no = 3 - reading_no WHERE article_no < 3"),
    ("records", "UPDATE actor SET folded = 'اخر' WHERE actor_no = 1"),
    ("records", "UPDATE place SET folded = 'اخر' WHERE place_no = 1"),
    ("records", "UPDATE place SET country = 'ZMB' WHERE place_no = 1"),
    ("records", "UPDATE record_state SET place_no = NULL WHERE record_no = 1"),
    ("records", "UPDATE record_state SET date_hi = '2030-01-01' WHERE record_no = 1"),
    ("records", "UPDATE record_state SET date_lo = NULL WHERE record_no = 1"),
    ("records", "UPDATE record_state SET published = '' WHERE record_no = 1"),
    ("records", "UPDATE story SET story_id = 's0' WHERE story_id = (SELECT target FROM log WHERE action = 'merge')"),
    ("log", "UPDATE log SET after = NULL WHERE action = 'merge'"),
    ("file", "UPDATE log SET after = NULL WHERE action = 'merge'"),
    ("file", "UPDATE story SET doc = '{'"),
    ("texts", "UPDATE reading SET payload = '{'"),
    ("search", "INSERT INTO article_words (article_words) VALUES ('delete-all')"),
    ("search", "UPDATE meta SET value = '0' WHERE key = 'fold_version'"),
    ("stories", "DELETE FROM report WHERE record_no = 1"),
    ("stories", "UPDATE report SET founder = 99 WHERE record_no = 1"),
    ("stories", "UPDATE story SET live = 0"),
    ("log", "DELETE FROM pin"),
    ("log", "UPDATE rating_state SET reliability = 'A'"),
    ("log", "DELETE FROM rating_state"),
]


@pytest.mark.parametrize(("check", "statement"), damage)
def test_damage_is_seen(ledger: Ledger, check: str, statement: str) -> None:
    fill(ledger)
    without_triggers(ledger.path, statement)
    found = verify(ledger)
    assert check in {breach.check for breach in found}, found


@pytest.mark.parametrize(
    "table",
    ["article_words", "block", "log", "merge_queue", "pin", "rating_state", "record_hop", "report", "span", "story"],
)
def test_a_table_that_is_gone_is_seen_and_the_other_checks_go_on(ledger: Ledger, table: str) -> None:
    fill(ledger)
    without_triggers(ledger.path, "UPDATE article_version SET title = 'آخر'", f"DROP TABLE {table}")
    found = {(breach.check, breach.where) for breach in (*verify(ledger), *verify_stories(ledger))}
    assert ("schema", f"table {table}") in found
    assert "texts" in {check for check, _ in found}


def test_a_disk_that_fails_is_no_breach(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(db: sqlite3.Connection) -> Iterator[Breach]:
        yield Breach("file", "SQLite", "one before it")
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        raise error

    monkeypatch.setattr(sys.modules["rawi.ledger.verify"], "_checks", (fail,))
    with pytest.raises(LedgerFullError, match="the disk failed"):
        verify(ledger)


def test_a_missing_trigger_is_seen(ledger: Ledger) -> None:
    ledger.db.execute("DROP TRIGGER log_no_delete")
    assert [(breach.check, breach.where) for breach in verify(ledger)] == [("schema", "trigger log_no_delete")]


def test_a_weakened_trigger_is_seen(ledger: Ledger) -> None:
    ledger.db.execute("DROP TRIGGER log_no_delete")
    ledger.db.execute("CREATE TRIGGER log_no_delete BEFORE DELETE ON log BEGIN SELECT 1; END")
    assert [breach.message for breach in verify(ledger)] == ["has been changed"]


def test_an_index_of_the_user_s_own_is_no_breach(ledger: Ledger) -> None:
    ledger.db.execute("CREATE INDEX mine ON article_version (title)")
    assert verify(ledger) == []


def test_entries_cut_off_the_end_show_against_a_noted_head(ledger: Ledger) -> None:
    rate(ledger, Rating("outlet", "الأفق", "B"), who="هدى")
    _, noted = head(ledger)
    assert verify(ledger, head=noted) == []
    without_triggers(ledger.path, "DELETE FROM rating_state", "DELETE FROM log")
    assert verify(ledger) == []  # nothing inside the file can tell
    assert [breach.check for breach in verify(ledger, head=noted)] == ["log"]


def test_a_rewritten_chain_shows_against_a_noted_head(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    _, noted = head(ledger)
    from rawi.ledger.log import entry_hash

    rows = ledger.db.execute("SELECT * FROM log ORDER BY seq").fetchall()
    previous, statements = "", []
    for row in rows:
        changed = (*row[:2], "آخر", *row[3:13], previous)
        previous = entry_hash(changed)
        statements.append(
            f"UPDATE log SET who = 'آخر', prev_hash = '{changed[13]}', hash = '{previous}' WHERE seq = {row[0]}"
        )
    without_triggers(ledger.path, *statements)
    assert verify(ledger) == []
    assert [breach.check for breach in verify(ledger, head=noted)] == ["log"]


@pytest.mark.parametrize(
    "spoil", [lambda data: data[: len(data) // 2], lambda data: data[:8192] + b"\xff" * 4096 + data[12288:]]
)
def test_a_damaged_file_is_told(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "broken.db"
    with Ledger(path) as ledger:
        fill(ledger)
        ledger.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(spoil(path.read_bytes()))
    from rawi.errors import LedgerError

    try:
        with Ledger(path) as ledger:
            assert verify(ledger)
    except LedgerError as error:
        assert "damaged" in str(error) or "refused" in str(error)  # noqa: PT017
