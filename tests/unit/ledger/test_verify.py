"""Every kind of damage is seen by verify, and a whole ledger has none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.reports import strike, talks
from rawi.ledger import Filter, Ledger, accept, add_many, correct, head, list_records, rate, reject, verify
from rawi.ledger.ratings import Rating
from rawi.merge import merge_stories, update


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
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    for _, sql in triggers:
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
    found = verify(ledger) if "fold_version" not in statement else list(verify(ledger))
    assert check in {breach.check for breach in found}, found


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
