"""Take a reviewer's decision on a record, and bring the stories up to date with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rawi.errors import InputError
from rawi.ledger import Decision, Ledger, accept, correct, reject, skip, undo
from rawi.merge import update


def decide(
    ledger: Ledger,
    record: str,
    action: str,
    *,
    who: str,
    based_on: int | None = None,
    reason: str | None = None,
    changes: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> Decision:
    """Accept, correct, reject, skip or undo.

    Raises:
        InputError: no such action or record, or a correction without changes.
        StaleError: the record has changed since ``based_on``.
    """
    if action == "accept":
        done = accept(ledger, record, who=who, based_on=based_on, note=note)
    elif action == "reject":
        done = reject(ledger, record, who=who, reason=reason or "other", based_on=based_on, note=note)
    elif action == "skip":
        done = skip(ledger, record, who=who, based_on=based_on, note=note)
    elif action == "undo":
        done = undo(ledger, record, who=who, based_on=based_on, note=note)
    elif action == "correct":
        done = correct(ledger, record, changes or {}, who=who, based_on=based_on, note=note)
    else:
        raise InputError(f"{record}: {action!r} is not a decision; use accept, correct, reject, skip or undo")
    update(ledger)
    return done
