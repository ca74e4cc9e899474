"""Keys under which a report is filed, and keys under which it looks for others.

Any two reports that `compare` may put together share a block: they have one type or related ones, a day in
common, and either two parties in common or, where one of them names a single party, that one, or, where one
names none, the place. So a report
is filed under its type, each pair of its parties and each day it may have happened on; and what it costs
to place it is what stands in those blocks, however large the ledger is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from rawi.merge.features import Features

_most_parties = 6  # of more, those whose hashes are smallest: two reports of one long list then still choose alike
_most_days = 10  # a longer span is filed by month

related: dict[str, frozenset[str]] = {}
for _a, _b in (
    ("AGREE", "CONCEDE"), ("AGREE", "COOPERATE"), ("AGREE", "SUPPORT"), ("AGREE", "AID"), ("CONCEDE", "RETREAT"), ("AID", "COOPERATE"),
    ("SANCTION", "COERCE"), ("COERCE", "ASSAULT"),
):  # fmt: skip
    related[_a] = related.get(_a, frozenset()) | {_b}
    related[_b] = related.get(_b, frozenset()) | {_a}


# Acts that happen at a place: reports of one that name no party are found by it.
placed = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "AID", "CONSULT"})


def filed_under(report: Features) -> frozenset[int]:
    """Return the keys under which a report is filed."""
    return frozenset(
        _key(report.type, combination, time)
        for combination in _combinations(report, looking=False)
        for time in _times(report)
    )


def looks_under(report: Features) -> frozenset[int]:
    """Return the keys under which reports that may belong with it are filed."""
    types = (report.type, *sorted(related.get(report.type, ())))
    return frozenset(
        _key(type_, combination, time)
        for type_ in types
        for combination in _combinations(report, looking=True)
        for time in _times_of_others(report)
    )


def share_keys(a: Features, b: Features) -> bool:
    """Return whether the parties of two reports, if both have any, bring them before each other."""
    keys_a, keys_b = set(_keys(a)), set(_keys(b))
    return len(keys_a & keys_b) >= min(2, len(keys_a), len(keys_b))


def _keys(report: Features) -> list[str]:
    # Who is only described (European countries, gunmen) may be described otherwise elsewhere.
    keys = {party.key for party in report.parties if party.is_firm} or {party.key for party in report.parties}
    return sorted(sorted(keys, key=_hash)[:_most_parties])


def _combinations(report: Features, *, looking: bool) -> Iterator[str]:
    """Yield the parties and places under which a report is filed, or under which it looks for others.

    Filed under "only" are those that name one party, under "among" each party of those that name more; under
    "nobody at" those that name none, under "at" the others. One that names one party or none looks under both.
    """
    keys = _keys(report)
    if not keys:
        yield from _by_words(report)
    elif len(keys) == 1:
        yield "only " + keys[0]
        if looking:
            yield "among " + keys[0]
    else:
        for a, b in combinations(keys, 2):
            yield f"{a}|{b}"
        for key in keys:
            yield ("only " if looking else "among ") + key
    for place in _places(report):
        if looking or not keys:
            yield "nobody at " + place
        if looking != bool(keys):
            yield "at " + place


def _places(report: Features) -> tuple[str, ...]:
    """Return the words a place may be found by: a report that names no party is found by where it happened."""
    return report.place[:3] if report.type in placed else ()


def _by_words(report: Features) -> Iterator[str]:
    """A report without parties is found only by one with nearly the same words."""
    for number in report.signature:
        yield f"words {number}"


def _is_long(report: Features) -> bool:
    return (
        report.first_day is not None
        and report.last_day is not None
        and report.last_day - report.first_day >= _most_days
    )


def _times(report: Features) -> Iterator[int]:
    if report.first_day is None or report.last_day is None:
        # Neither date nor publication date: only nearly the same words can tell.
        for number in report.signature:
            yield _apart(f"words {number}")
    elif is_vague(report):
        yield _apart(f"span {report.first_day} {report.last_day}")
    elif _is_long(report):
        for month in _months(report.first_day, report.last_day):
            yield _long_month + month
            yield _month + month
    else:
        yield from range(report.first_day, report.last_day + 1)
        for month in _months(report.first_day, report.last_day):
            yield _month + month


def _times_of_others(report: Features) -> Iterator[int]:
    if report.first_day is None or report.last_day is None or is_vague(report):
        yield from _times(report)
    elif _is_long(report):
        for month in _months(report.first_day, report.last_day):
            yield _month + month
    else:
        yield from range(report.first_day, report.last_day + 1)
        for month in _months(report.first_day, report.last_day):
            yield _long_month + month


def is_vague(report: Features) -> bool:
    """Return whether the days of a report span more than three months: it meets only reports of the very same span."""
    if report.first_day is None or report.last_day is None:
        return False
    return len(_months(report.first_day, report.last_day)) > 3


def _months(first: int, last: int) -> range:
    """Return the months between two days, numbered from the year 0."""
    start, stop = date.fromordinal(first), date.fromordinal(last)
    return range(start.year * 12 + start.month, stop.year * 12 + stop.month + 1)


# Days are numbered as they are (below 2**22); above them stand months, months of long spans, and what has no day.
_month = 1 << 22
_long_month = _month + (1 << 18)
_no_day = _month + (1 << 19)


def _apart(text: str) -> int:
    return _no_day + (_hash(text) & 0x3FFFF)


def _key(type_: str, combination: str, time: int) -> int:
    """Return a key of 63 bits. Time comes first, so that the reports of one day stand side by side in the file."""
    return time << 40 | (_hash(f"{type_} {combination}") & 0xFFFFFFFFFF)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "big")
