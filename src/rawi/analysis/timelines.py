"""Dated things in lanes, ready to be drawn: days as numbers, uncertain dates as bars."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec


class Mark(msgspec.Struct, frozen=True):
    """One thing on a timeline; ``first`` and ``last`` are the days it may have happened on."""

    lane: str
    first: datetime.date
    last: datetime.date
    state: str
    weight: int
    label: str
    link: str
    review: str = "unreviewed"


class Timeline(msgspec.Struct, frozen=True):
    """Lanes in the order of their first mark, and the days between which all marks lie."""

    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    first: datetime.date
    last: datetime.date


def day(value: str | None) -> datetime.date | None:
    """Return the day that an ISO date begins with, or None."""
    if not value:
        return None
    text = value.split("/")[0][:10]
    try:
        return datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text)
    except ValueError:
        return None


def timeline(marks: Iterable[Mark], lanes: Sequence[str] = ()) -> Timeline | None:
    """Return the timeline of some marks, or None of none."""
    ordered = sorted(marks, key=lambda mark: (mark.first, mark.label))
    if not ordered:
        return None
    names = tuple(dict.fromkeys([*lanes, *(mark.lane for mark in ordered)]))
    used = {mark.lane for mark in ordered}
    return Timeline(
        tuple(name for name in names if name in used),
        tuple(ordered),
        min(mark.first for mark in ordered),
        max(mark.last for mark in ordered),
    )
