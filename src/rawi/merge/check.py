"""Check that the stories of a ledger are what merging makes of their reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from rawi.ledger import Breach, Ledger
from rawi.ledger.verify import going_on
from rawi.merge.blocks import filed_under
from rawi.merge.shelf import LedgerShelf
from rawi.merge.summary import summarise
from rawi.merge.update import merge_version, merged_by, read_members, story_columns, story_names

_at_once = 500


def verify_stories(ledger: Ledger) -> list[Breach]:
    """Return a breach for each story that says other than its reports do, and each report in other blocks than its own.

    Stories with a report that waits to be merged are passed over; so are all of a ledger that another Rawi merged last:
    they are made anew before anybody is shown them.
    """
    with ledger.read() as db:
        return list(going_on("stories and blocks", _stories(db)))


def _stories(db: sqlite3.Connection) -> Iterator[Breach]:
    if merged_by(db) != merge_version:
        return
    after = blocks = 0
    while True:
        stories = db.execute(
            f"""SELECT story_no, story_id, {", ".join(story_names)} FROM story WHERE story_no > ? AND live = 1
            AND story_no NOT IN (SELECT story_no FROM report JOIN merge_queue USING (record_no)) ORDER BY story_no LIMIT ?""",
            (after, _at_once),
        ).fetchall()
        if not stories:
            break
        try:
            differing, filed = _differing(db, stories)
        except msgspec.MsgspecError as error:
            yield Breach("stories", f"{stories[0][1]} and those after it", f"cannot be read: {error!r}")
            return
        yield from differing
        blocks += filed
        after = stories[-1][0]
    there = db.execute("SELECT count(*) FROM block").fetchone()[0]
    if there > blocks and not db.execute("SELECT 1 FROM merge_queue LIMIT 1").fetchone():
        yield Breach("stories", "blocks", f"{there - blocks} more than the reports have")


def _differing(db: sqlite3.Connection, stories: list[tuple[object, ...]]) -> tuple[list[Breach], int]:
    """Return the breaches of some stories, and in how many blocks their reports stand."""
    shelf = LedgerShelf(db)
    marks = ", ".join("?" * len(stories))
    in_story: dict[object, list[int]] = {}
    for record_no, story_no in db.execute(
        f"SELECT record_no, story_no FROM report WHERE story_no IN ({marks})", [row[0] for row in stories]
    ):
        in_story.setdefault(story_no, []).append(record_no)
    members = read_members(db, shelf, {report for reports in in_story.values() for report in reports})
    found: list[Breach] = []
    filed = 0
    for story_no, story_id, *columns in stories:
        reports = [members[report] for report in in_story.get(story_no, ()) if report in members]
        if not reports:
            continue  # a story without reports is told by the check of the ledger
        expected = story_columns(summarise(str(story_id), reports))
        wrong = [name for name, is_, should in zip(story_names, columns, expected, strict=True) if is_ != should]
        if wrong:
            found.append(Breach("stories", str(story_id), f"does not say what its reports do: {', '.join(wrong)}"))
        for member in reports:
            keys = filed_under(member.features)
            there = db.execute(
                f"SELECT count(*) FROM block WHERE record_no = ? AND key IN ({', '.join('?' * len(keys))})",
                (member.record_no, *keys),
            ).fetchone()[0]
            if there != len(keys):
                found.append(Breach("stories", member.record, "is not in all of its blocks"))
            filed += len(keys)
    return found, filed
