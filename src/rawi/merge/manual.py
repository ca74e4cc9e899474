"""Merge and split stories by hand: audited, undoable, and kept whatever is merged later.

A person's decision pins every report of the stories it is about. Pinned reports stay where they were put;
new reports still join by themselves.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from rawi.errors import InputError, LedgerError
from rawi.ledger import log
from rawi.ledger.canonical import make_id
from rawi.ledger.clock import now
from rawi.ledger.database import Ledger
from rawi.ledger.review import StaleError, check_reviewer
from rawi.merge.update import insert_story, update_batch
from rawi.model import Story


class StoryDecision(msgspec.Struct, frozen=True):
    """A merge, split or undo that was done: its number in the log, and the stories that came of it."""

    seq: int
    action: str
    stories: tuple[str, ...]


def merge_stories(
    ledger: Ledger, stories: Sequence[str], *, who: str, based_on: Sequence[int] | None = None, note: str | None = None
) -> StoryDecision:
    """Say that several stories are one; it goes on under the id of the first.

    Args:
        ledger: where.
        stories: at least two story ids.
        who: the reviewer.
        based_on: the revisions that the reviewer had seen, in the same order.
        note: anything worth keeping.

    Raises:
        InputError: fewer than two stories, or no such story.
        StaleError: a story has changed since.
    """
    check_reviewer(who)
    if len(set(stories)) < 2:
        raise InputError(f"merge: {', '.join(stories) or 'nothing'} is not two stories; name at least two")
    with ledger.write(durable=True) as db:
        update_batch(db)
        numbers = [_live_story(db, story_id) for story_id in dict.fromkeys(stories)]
        _refuse_stale(db, dict.fromkeys(stories), based_on)
        target = numbers[0]
        members = {no: _members(db, no) for no in numbers}
        pins = {record: stories[0] for group in members.values() for record in group}
        before = _snapshot(db, members, pins)
        after = {"stories": {stories[0]: sorted(pins)}, "pins": pins}
        seq = log.append(
            db, who=who, action="merge", target=stories[0], rev=_rev(db, target) + 1, based_on=based_on[0] if based_on else None, note=note,
            before=before, after=after,
        )  # fmt: skip
        _pin(db, pins, seq)
        return StoryDecision(seq, "merge", (stories[0],))


def split_story(
    ledger: Ledger,
    story: str,
    records: Sequence[str],
    *,
    who: str,
    based_on: int | None = None,
    note: str | None = None,
) -> StoryDecision:
    """Say that some reports of a story tell another event; they become a story of their own.

    Raises:
        InputError: a record that is not in the story, none, or all of them.
        StaleError: the story has changed since ``based_on``.
    """
    check_reviewer(who)
    with ledger.write(durable=True) as db:
        update_batch(db)
        number = _live_story(db, story)
        _refuse_stale(db, [story], None if based_on is None else [based_on])
        members = _members(db, number)
        strangers = [record for record in records if record not in members]
        if strangers:
            raise InputError(
                f"{story}: {', '.join(strangers)} is not among its reports; 'rawi show {story}' lists them"
            )
        apart = set(records)
        if not apart or len(apart) == len(members):
            raise InputError(
                f"{story}: a split needs some of its {len(members)} reports, not {len(apart)}; name those that tell another event"
            )
        new_id = _new_story(db, story, sorted(apart))
        pins = {record: new_id if record in apart else story for record in members}
        before = _snapshot(db, {number: members}, pins)
        after = {"stories": {story: sorted(set(members) - apart), new_id: sorted(apart)}, "pins": pins}
        seq = log.append(
            db, who=who, action="split", target=story, rev=_rev(db, number) + 1, based_on=based_on, note=note, before=before, after=after
        )  # fmt: skip
        _pin(db, pins, seq)
        return StoryDecision(seq, "split", (story, new_id))


def undo_story(ledger: Ledger, story: str, *, who: str, note: str | None = None) -> StoryDecision:
    """Take back the last merge or split that a story came of; the pins are what they were before it.

    Raises:
        InputError: no such story.
        LedgerError: there is none that stands, or a later one rests on it.
    """
    check_reviewer(who)
    with ledger.write(durable=True) as db:
        update_batch(db)
        if not db.execute("SELECT 1 FROM story WHERE story_id = ?", (story,)).fetchone():
            raise InputError(f"{story}: there is no such story in {ledger.path}; 'rawi stories' shows the ids")
        entry = _last_standing(db, story)
        if entry is None:
            raise LedgerError(f"{story}: no merge or split of it stands; there is nothing to undo")
        seq, before, after = entry
        later = _later(db, seq, after["pins"])
        if later is not None:
            raise LedgerError(f"{story}: decision {seq} was followed by {later} on the same reports; undo that first")
        done = log.append(
            db, who=who, action="undo", target=story, undoes=seq, note=note,
            before={"stories": after["stories"], "pins": after["pins"]}, after={"stories": before["stories"], "pins": before["pins"]},
        )  # fmt: skip
        # The stories of before take their reports back, so that these go on under their old ids.
        for story_id, records in before["stories"].items():
            number = db.execute("SELECT story_no FROM story WHERE story_id = ?", (story_id,)).fetchone()[0]
            for record in records:
                db.execute(
                    "UPDATE report SET story_no = ? WHERE record_no = (SELECT record_no FROM record WHERE record_id = ?)",
                    (number, record),
                )
        _pin(db, before["pins"], done, [*before["stories"], *after["stories"]])
        _close_empty(db, [*before["stories"], *after["stories"]])
        return StoryDecision(done, "undo", tuple(before["stories"]))


def _close_empty(db: sqlite3.Connection, stories: Iterable[str]) -> None:
    """Retire those of the stories that are left without reports; they lead to the first of the others."""
    numbers = {
        story: db.execute("SELECT story_no FROM story WHERE story_id = ?", (story,)).fetchone()[0] for story in stories
    }
    filled = [no for no in numbers.values() if db.execute("SELECT 1 FROM report WHERE story_no = ?", (no,)).fetchone()]
    for no in set(numbers.values()) - set(filled):
        db.execute(
            "UPDATE story SET live = 0, merged_into = ?, rev = rev + 1 WHERE story_no = ? AND merged_into IS NULL",
            (filled[0] if filled else None, no),
        )


def _pin(db: sqlite3.Connection, pins: Mapping[str, str | None], seq: int, stories: Iterable[str] = ()) -> None:
    """Pin each record to a story, or free it, and merge anew what that touches, these stories at least."""
    for record, story in sorted(pins.items()):
        number = db.execute("SELECT record_no FROM record WHERE record_id = ?", (record,)).fetchone()[0]
        if story is None:
            db.execute("DELETE FROM pin WHERE record_no = ?", (number,))
        else:
            story_no = db.execute("SELECT story_no FROM story WHERE story_id = ?", (story,)).fetchone()[0]
            db.execute("INSERT OR REPLACE INTO pin VALUES (?, ?, ?)", (number, story_no, seq))
        db.execute("INSERT OR IGNORE INTO merge_queue VALUES (?)", (number,))
    also = {db.execute("SELECT story_no FROM story WHERE story_id = ?", (story,)).fetchone()[0] for story in stories}
    update_batch(db, also=also)


def _pinned(db: sqlite3.Connection, records: Iterable[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for record in records:
        row = db.execute(
            "SELECT story_id FROM pin JOIN story USING (story_no) JOIN record USING (record_no) WHERE record_id = ?",
            (record,),
        ).fetchone()
        found[record] = row[0] if row else None
    return found


def _snapshot(db: sqlite3.Connection, members: dict[int, list[str]], pins: dict[str, str]) -> dict[str, Any]:
    """Return what the log keeps: the reports of each story, and where each report was pinned."""
    stories = {
        db.execute("SELECT story_id FROM story WHERE story_no = ?", (no,)).fetchone()[0]: sorted(group)
        for no, group in members.items()
    }
    return {"stories": stories, "pins": _pinned(db, pins)}


def _live_story(db: sqlite3.Connection, story_id: str) -> int:
    row = db.execute("SELECT story_no, live, merged_into FROM story WHERE story_id = ?", (story_id,)).fetchone()
    if row is None:
        raise InputError(f"{story_id}: there is no such story; 'rawi stories' shows the ids")
    if not row[1]:
        into = db.execute("SELECT story_id FROM story WHERE story_no = ?", (row[2],)).fetchone()
        if into is None:
            raise LedgerError(
                f"{story_id}: no report of this story is in force any more; there is nothing to decide on"
            )
        raise LedgerError(f"{story_id}: the story has gone into {into[0]}; decide on that")
    return int(row[0])


def _members(db: sqlite3.Connection, story_no: int) -> list[str]:
    rows = db.execute(
        "SELECT record_id FROM report JOIN record USING (record_no) WHERE story_no = ? ORDER BY record_id", (story_no,)
    )
    return [record for (record,) in rows]


def _rev(db: sqlite3.Connection, story_no: int) -> int:
    return int(db.execute("SELECT rev FROM story WHERE story_no = ?", (story_no,)).fetchone()[0])


def _refuse_stale(
    db: sqlite3.Connection, stories: Sequence[str] | dict[str, None], based_on: Sequence[int] | None
) -> None:
    if based_on is None:
        return
    for story_id, seen in zip(stories, based_on, strict=True):
        rev = _rev(db, _live_story(db, story_id))
        if rev != seen:
            raise StaleError(
                f"{story_id}: the story has changed since revision {seen}, it is now {rev}; look again and decide on that",
                story_id,
                seen,
                rev,
                [],
            )


def _new_story(db: sqlite3.Connection, parent: str, records: list[str]) -> str:
    """Make room for a story; merging fills it."""
    n = 0
    while True:
        story_id = make_id("s", parent, *records, n)
        if not db.execute("SELECT 1 FROM story WHERE story_id = ?", (story_id,)).fetchone():
            break
        n += 1
    empty = msgspec.convert(
        json.loads(db.execute("SELECT doc FROM story WHERE story_id = ?", (parent,)).fetchone()[0]), Story
    )
    insert_story(
        db, msgspec.structs.replace(empty, id=story_id, reports=(), origins=(), history=(), contradictions=()), now()
    )
    return story_id


def _standing(db: sqlite3.Connection) -> list[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Return (seq, before, after) of the merges and splits that were not undone, the last first."""
    rows = db.execute(
        "SELECT seq, action, undoes, before, after FROM log WHERE action IN ('merge', 'split') OR (action = 'undo' AND target LIKE 's%') ORDER BY seq DESC"
    ).fetchall()
    undone = {row[2] for row in rows if row[1] == "undo"}
    return [
        (row[0], json.loads(row[3]), json.loads(row[4])) for row in rows if row[1] != "undo" and row[0] not in undone
    ]


def _last_standing(db: sqlite3.Connection, story: str) -> tuple[int, dict[str, Any], dict[str, Any]] | None:
    """Return the last standing merge or split that this story came of or went into."""
    for seq, before, after in _standing(db):
        if story in before["stories"] or story in after["stories"]:
            return seq, before, after
    return None


def _later(db: sqlite3.Connection, seq: int, records: Iterable[str]) -> int | None:
    """Return the last standing decision after ``seq`` that pinned one of these records."""
    wanted = set(records)
    return next((other for other, _, after in _standing(db) if other > seq and wanted & set(after["pins"])), None)
