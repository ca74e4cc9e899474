"""Counts of what a ledger holds, and housekeeping."""

from __future__ import annotations

from pathlib import Path

import msgspec

from rawi.ledger import log
from rawi.ledger.database import Ledger


class Stats(msgspec.Struct, frozen=True):
    """What a ledger holds. Counts by name are in falling order."""

    articles: int
    versions: int
    readings: int
    failed: int
    records: int
    withdrawn: int
    stories: int
    contested: int
    waiting: int
    decisions: int
    first: str | None
    last: str | None
    bytes: int
    schema: int
    log_seq: int
    log_hash: str
    by_outlet: dict[str, int]
    by_type: dict[str, int]
    by_status: dict[str, int]
    by_review: dict[str, int]
    by_coder: dict[str, int]


def stats(ledger: Ledger, *, outlets: int = 20) -> Stats:
    """Count what the ledger holds.

    Args:
        ledger: what to count.
        outlets: the most outlets to name.
    """
    with ledger.read() as db:

        def one(sql: str) -> int:
            return int(db.execute(sql).fetchone()[0])

        def many(sql: str) -> dict[str, int]:
            return {str(name): count for name, count in db.execute(sql)}

        first, last = db.execute("SELECT min(published), max(published) FROM article_head").fetchone()
        seq, digest = log.head(ledger)
        return Stats(
            articles=one("SELECT count(*) FROM article"),
            versions=one("SELECT count(*) FROM article_version"),
            readings=one("SELECT count(*) FROM reading WHERE error IS NULL"),
            failed=one("SELECT count(*) FROM article_head WHERE reading_no IS NULL"),
            records=one("SELECT count(*) FROM record_state WHERE live = 1"),
            withdrawn=one("SELECT count(*) FROM record_state WHERE live = 0"),
            stories=one("SELECT count(*) FROM story WHERE live = 1"),
            contested=one("SELECT count(*) FROM story WHERE live = 1 AND contested = 1"),
            waiting=one("SELECT count(*) FROM merge_queue"),
            decisions=one(
                "SELECT count(*) FROM log WHERE action IN ('accept', 'correct', 'reject', 'skip', 'undo', 'merge', 'split', 'rate')"
            ),
            first=first,
            last=last,
            bytes=sum(
                Path(f"{ledger.path}{end}").stat().st_size
                for end in ("", "-wal")
                if Path(f"{ledger.path}{end}").exists()
            ),
            schema=one("PRAGMA user_version"),
            log_seq=seq,
            log_hash=digest,
            by_outlet=many(
                f"SELECT ifnull(min(outlet), ''), count(*) FROM article_head GROUP BY outlet_folded ORDER BY 2 DESC, 1 LIMIT {int(outlets)}"
            ),
            by_type=many("SELECT type, count(*) FROM record_state WHERE live = 1 GROUP BY type ORDER BY 2 DESC, 1"),
            by_status=many(
                "SELECT status, count(*) FROM record_state WHERE live = 1 GROUP BY status ORDER BY 2 DESC, 1"
            ),
            by_review=many(
                "SELECT review, count(*) FROM record_state WHERE live = 1 GROUP BY review ORDER BY 2 DESC, 1"
            ),
            by_coder=many(
                """SELECT trim(c.rawi || ' ' || substr(c.lexicon, 1, 12)), count(*) FROM article_head h JOIN reading g USING (reading_no)
                JOIN coder c USING (coder_no) GROUP BY coder_no ORDER BY 2 DESC, 1"""
            ),
        )


def vacuum(ledger: Ledger) -> tuple[int, int]:
    """Pack the file: merge the word index, refresh the query planner's statistics, give free pages back.

    Returns:
        bytes before and after. Nothing is deleted.
    """
    before = ledger.path.stat().st_size
    with ledger.write() as db:
        db.execute("INSERT INTO article_words (article_words) VALUES ('optimize')")
        db.execute("ANALYZE")
    with ledger.exclusive() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA temp_store = FILE")  # the packed copy is made there, and is as large as the ledger
        try:
            db.execute("VACUUM")
        finally:
            db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return before, ledger.path.stat().st_size
