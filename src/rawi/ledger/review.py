"""Decide on records: accept, correct, reject, skip, undo. Every decision is an entry of the log.

A decision may say on which revision it is based; if the record has changed since, it is refused with
what changed. Nothing is overwritten: a decision stores what the record said before and after, and undo
is a new entry that puts back what was before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import msgspec

from rawi.errors import InputError, LedgerError
from rawi.ledger import log
from rawi.ledger.anchor import move
from rawi.ledger.canonical import canonical, differences
from rawi.ledger.correction import correct_document
from rawi.ledger.database import Ledger
from rawi.ledger.document import Document, document_json, material, read_payload, slice_event
from rawi.ledger.state import ReviewState, State, read_states, write_state

Reason = Literal[
    "not_an_event", "wrong_type", "wrong_parties", "wrong_status", "wrong_source", "duplicate", "not_political", "bad_text", "other",
]  # fmt: skip
reasons: tuple[str, ...] = get_args(Reason)

human_actions = ("accept", "correct", "reject", "skip", "undo")


class StaleError(LedgerError):
    """The record has changed since the revision that the decision is based on.

    Attributes:
        record: its id.
        based_on: the revision the reviewer had seen.
        rev: the revision now.
        changes: the entries of the log since, each with who, action, and the fields before and after.
    """

    def __init__(self, message: str, record: str, based_on: int, rev: int, changes: list[dict[str, Any]]) -> None:
        super().__init__(message)
        self.record = record
        self.based_on = based_on
        self.rev = rev
        self.changes = changes


class Decision(msgspec.Struct, frozen=True):
    """A decision that was taken: its number in the log, and what the record is now."""

    seq: int
    record: str
    action: str
    rev: int
    review: ReviewState


def accept(
    ledger: Ledger, record_id: str, *, who: str, based_on: int | None = None, note: str | None = None
) -> Decision:
    """Vouch for a record as it stands."""
    return _decide(ledger, record_id, "accept", "accepted", who=who, based_on=based_on, note=note)


def reject(
    ledger: Ledger, record_id: str, *, who: str, reason: str, based_on: int | None = None, note: str | None = None
) -> Decision:
    """Say that a record is no event of the article; it leaves its story.

    Raises:
        InputError: the reason is not one of ``reasons``.
    """
    if reason not in reasons:
        raise InputError(f"{record_id}: {reason!r} is not a reason for rejecting; use one of {', '.join(reasons)}")
    return _decide(ledger, record_id, "reject", "rejected", who=who, based_on=based_on, reason=reason, note=note)


def skip(ledger: Ledger, record_id: str, *, who: str, based_on: int | None = None, note: str | None = None) -> Decision:
    """Leave a record for a second look."""
    return _decide(ledger, record_id, "skip", "skipped", who=who, based_on=based_on, note=note)


def correct(
    ledger: Ledger,
    record_id: str,
    changes: Mapping[str, Any],
    *,
    who: str,
    based_on: int | None = None,
    note: str | None = None,
) -> Decision:
    """Change fields of a record, and vouch for it as it then stands; see :mod:`rawi.ledger.correction`.

    Raises:
        InputError: a field or value that does not fit.
        StaleError: the record has changed since ``based_on``.
    """
    return _decide(ledger, record_id, "correct", "corrected", who=who, based_on=based_on, note=note, changes=changes)


def undo(
    ledger: Ledger,
    record_id: str,
    *,
    who: str,
    seq: int | None = None,
    based_on: int | None = None,
    note: str | None = None,
) -> Decision:
    """Take back the last decision on a record that still stands, or that of number ``seq`` if it is the last.

    Raises:
        LedgerError: there is nothing to undo, or a later decision rests on the one named.
    """
    check_reviewer(who)
    with ledger.write(durable=True) as db:
        state = _state(db, ledger, record_id)
        _refuse_stale(db, state, based_on)
        last = _last_standing(db, record_id)
        if last is None:
            raise LedgerError(f"{record_id}: there is no decision to undo")
        if seq is not None and last[0] != seq:
            raise LedgerError(
                f"{record_id}: decision {seq} is not the last one that stands (that is {last[0]}); undo that first"
            )
        before = json.loads(last[1])
        human = bool(before["human"])
        if human:
            document = _moved(db, state, msgspec.convert(before["record"], Document), before["version"])
        else:
            payload = read_payload(
                db.execute("SELECT payload FROM reading WHERE reading_no = ?", (state.reading_no,)).fetchone()[0]
            )
            document = slice_event(payload, next(event for event in payload.events if event.id == state.event))
        after = msgspec.structs.replace(
            state, rev=state.rev + 1, review=before["review"], document=document, human=human
        )
        return _record(db, state, after, who=who, action="undo", based_on=based_on, undoes=last[0], note=note)


def _moved(db: sqlite3.Connection, state: State, document: Document, version_no: int) -> Document:
    """Return a document of an earlier version of the text with its spans where the words stand now."""
    texts = dict(
        db.execute(
            "SELECT version_no, text FROM article_version WHERE version_no IN (?, ?)", (version_no, state.version_no)
        )
    )
    moved = move(document, texts[version_no], texts[state.version_no])
    if moved is None:
        raise LedgerError(
            f"{state.record_id}: the words that the record rested on before are no longer in the text; correct it instead"
        )
    return moved


def standing_decisions(db: sqlite3.Connection, target: str) -> list[tuple[int, str, str]]:
    """Return (seq, action, before) of the decisions on a target that were not undone, oldest first."""
    rows = db.execute("SELECT seq, action, before, undoes FROM log WHERE target = ? ORDER BY seq", (target,)).fetchall()
    undone = {row[3] for row in rows if row[3] is not None}
    return [
        (row[0], row[1], row[2])
        for row in rows
        if row[1] in human_actions and row[1] != "undo" and row[0] not in undone
    ]


def _last_standing(db: sqlite3.Connection, target: str) -> tuple[int, str] | None:
    """Return (seq, before) of the last decision that stands; a lapse since then ends what could be undone."""
    standing = standing_decisions(db, target)
    if not standing:
        return None
    seq, _, before = standing[-1]
    return seq, before


def check_reviewer(who: str) -> None:
    """Raise unless a reviewer is named."""
    if not who or not who.strip():
        raise InputError("review: a decision needs a reviewer; name one with --reviewer or RAWI_REVIEWER")


def _decide(
    ledger: Ledger, record_id: str, action: str, review: ReviewState, *, who: str, based_on: int | None, reason: str | None = None,
    note: str | None = None, changes: Mapping[str, Any] | None = None,
) -> Decision:  # fmt: skip
    check_reviewer(who)
    with ledger.write(durable=True) as db:
        state = _state(db, ledger, record_id)
        _refuse_stale(db, state, based_on)
        document, human = state.document, state.human or action in ("accept", "correct")
        if changes is not None:
            length = db.execute(
                "SELECT length(text) FROM article_version WHERE version_no = ?", (state.version_no,)
            ).fetchone()[0]
            document = correct_document(document, changes, length, record_id)
        after = msgspec.structs.replace(state, rev=state.rev + 1, review=review, document=document, human=human)
        return _record(db, state, after, who=who, action=action, based_on=based_on, reason=reason, note=note)


def _record(db: sqlite3.Connection, before: State, after: State, *, who: str, action: str, **fields: Any) -> Decision:
    seq = log.append(
        db, who=who, action=action, target=before.record_id, rev=after.rev, confidence=before.document.event.confidence,
        before=_snapshot(before), after=_snapshot(after), **fields,
    )  # fmt: skip
    write_state(db, after)
    return Decision(seq, before.record_id, action, after.rev, after.review)


def _snapshot(state: State) -> dict[str, Any]:
    """Return what the log keeps of a record: all of it, its review, whether a person fixed it."""
    return {
        "rev": state.rev, "review": state.review, "human": state.human, "version": state.version_no,
        "record": json.loads(document_json(state.document)),
    }  # fmt: skip


def _state(db: sqlite3.Connection, ledger: Ledger, record_id: str) -> State:
    states = read_states(db, "r.record_id = ?", (record_id,))
    if not states:
        raise InputError(f"{record_id}: there is no such record in {ledger.path}; 'rawi list' shows the ids")
    if not states[0].live:
        raise LedgerError(
            f"{record_id}: the record was withdrawn by a later reading; decide on the article's records in force instead"
        )
    return states[0]


def _refuse_stale(db: sqlite3.Connection, state: State, based_on: int | None) -> None:
    if based_on is None or based_on == state.rev:
        return
    changes = changes_since(db, state.record_id, based_on)
    told = (
        "; ".join(f"{one['who']} {one['action']}: {tell_changes(one['fields'])}" for one in changes)
        or "nothing that is known"
    )
    raise StaleError(
        f"{state.record_id}: the record has changed since revision {based_on}, it is now {state.rev}: {told}; look again and decide on revision {state.rev}",
        state.record_id,
        based_on,
        state.rev,
        changes,
    )


def changes_since(db: sqlite3.Connection, record_id: str, rev: int) -> list[dict[str, Any]]:
    """Return who changed what of a record after revision ``rev``."""
    found = []
    for seq, at, who, action, before, after in db.execute(
        "SELECT seq, at, who, action, before, after FROM log WHERE target = ? AND rev > ? ORDER BY seq",
        (record_id, rev),
    ):
        fields = changed_fields(json.loads(before) if before else None, json.loads(after) if after else None)
        found.append({"seq": seq, "at": at, "who": who, "action": action, "fields": fields})
    return found


def changed_fields(before: Any, after: Any) -> dict[str, list[Any]]:
    """Return the fields of a record that a decision changed, from what the log keeps before and after it.

    ``names`` are those of entities that stay; a party that comes or goes is told by ``actors`` and its like.
    """
    one, other = _flat(before), _flat(after)
    if "names" in one and "names" in other:
        was, is_ = one["names"], other["names"]
        renamed = [entity for entity in was if is_.get(entity, was[entity]) != was[entity]]
        one["names"], other["names"] = ({entity: names[entity] for entity in renamed} for names in (was, is_))
    return {name: [old, new] for name, (old, new) in differences(one, other).items()}


def _flat(snapshot: Any) -> dict[str, Any]:
    value: dict[str, Any] = dict(snapshot or {})
    if "record" not in value:
        return value
    document = msgspec.convert(value["record"], Document)
    event = document.event
    return {
        "review": value["review"],
        **material(document),
        "contexts": event.contexts,
        "trigger": event.trigger,
        "extent": event.extent,
        "purpose": event.purpose,
        "names": {actor.entity: actor.name for actor in document.actors if actor.entity},
    }


def tell_changes(fields: Mapping[str, Sequence[Any]]) -> str:
    """Return fields with their values before and after as one line."""
    return (
        ", ".join(f"{name} {canonical(old)} -> {canonical(new)}" for name, (old, new) in fields.items()) or "no field"
    )
