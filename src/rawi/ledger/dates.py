"""First and last day that an ISO 8601 date of the codebook allows."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_iso = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def bounds(value: str | None) -> tuple[str, str] | None:
    """Return the first and last day of ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or ``A/B``; None if it is none of these."""
    if not value:
        return None
    first, slash, last = value.partition("/")
    low = _days(first)
    high = _days(last) if slash else low
    if low is None or high is None or low[0] > high[1]:
        return None
    return low[0], high[1]


def is_date(value: str) -> bool:
    """Return whether a value is a date as the codebook writes one: to the day, month or year, or ``A/B``, with nothing more."""
    return bounds(value) is not None and all(_iso.fullmatch(part) for part in value.split("/"))


def _days(value: str) -> tuple[str, str] | None:
    # What follows the day (a time of day) does not matter here.
    match = _iso.match(value)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if day:
            exact = date(year, month, day).isoformat()
            return exact, exact
        if month:
            return date(year, month, 1).isoformat(), date(year, month, monthrange(year, month)[1]).isoformat()
        return date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
    except ValueError:
        return None
