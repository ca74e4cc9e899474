"""Which records or stories are asked for, and the SQL that picks them."""

from __future__ import annotations

import sqlite3
from typing import get_args

import msgspec

from rawi.errors import InputError
from rawi.ledger.dates import bounds
from rawi.model import EventType, Grade, Review, Stance, Status
from rawi.text.fold import fold_word


class Filter(msgspec.Struct, frozen=True):
    """Conditions on records; all that are given must hold. Several values of one field are alternatives.

    Attributes:
        since, until: publication dates, both included; ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        happened_since, happened_until: days on which the event may have happened.
        outlets: names, compared as folded.
        types, statuses: of the event.
        actors: entity ids (``grp.hamas``), or words of a name; as party, whatever the role.
        sources: the same, for any hop of the chain.
        countries: ISO alpha-3, of a party or of the place.
        places: words of the place's name.
        stances, grades: of any hop of the chain.
        reviews: review states.
        withdrawn: take records that are no longer in force too.
    """

    since: str | None = None
    until: str | None = None
    happened_since: str | None = None
    happened_until: str | None = None
    outlets: tuple[str, ...] = ()
    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    stances: tuple[Stance, ...] = ()
    grades: tuple[Grade, ...] = ()
    reviews: tuple[Review, ...] = ()
    withdrawn: bool = False

    def on_articles_only(self) -> bool:
        """Return whether no condition is on records, so that articles without any may be found too."""
        return self == Filter(since=self.since, until=self.until, outlets=self.outlets)


class Conditions:
    """A growing SQL condition with its values."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[object] = []

    def add(self, sql: str, *values: object) -> None:
        """Add a condition that must hold too."""
        self.parts.append(sql)
        self.values.extend(values)

    def among(self, sql: str, values: tuple[object, ...] | list[object]) -> None:
        """Add the condition that the expression is one of ``values``, if there are any."""
        if values:
            self.add(f"{sql} IN ({', '.join('?' * len(values))})", *values)

    def sql(self) -> str:
        """Return the whole condition."""
        return " AND ".join(self.parts) or "1"


def article_conditions(wanted: Filter, *, published: str, outlet: str) -> Conditions:
    """Return the conditions on the article, given the SQL names of its date and folded outlet."""
    conditions = Conditions()
    if wanted.since:
        conditions.add(f"{published} >= ?", _day(wanted.since)[0])
    if wanted.until:
        # A publication date may carry a time of day: compare with what follows the whole day.
        conditions.add(f"{published} <> '' AND {published} < ?", _day(wanted.until)[1] + "~")
    conditions.among(outlet, [fold_word(name) for name in wanted.outlets])
    return conditions


def record_conditions(db: sqlite3.Connection, wanted: Filter) -> Conditions:
    """Return the conditions on ``record_state t``."""
    conditions = Conditions()
    if not wanted.withdrawn:
        conditions.add("t.live = 1")
    if wanted.happened_since:
        conditions.add("t.date_hi >= ?", _day(wanted.happened_since)[0])
    if wanted.happened_until:
        conditions.add("t.date_lo <= ?", _day(wanted.happened_until)[1])
    conditions.among("t.type", wanted.types)
    conditions.among("t.status", wanted.statuses)
    if wanted.reviews:
        # Written out, so that the index of the review queue, which is on two of the states only, can be used.
        known = [state for state in get_args(Review) if state in wanted.reviews]
        conditions.add(f"t.review IN ({', '.join(repr(state) for state in known)})")
    if wanted.actors:
        _with_actors(conditions, "record_party", actor_numbers(db, wanted.actors))
    if wanted.sources:
        _with_actors(conditions, "record_hop", actor_numbers(db, wanted.sources))
    if wanted.countries:
        marks = ", ".join("?" * len(wanted.countries))
        conditions.add(
            f"""(EXISTS (SELECT 1 FROM record_party p JOIN actor a USING (actor_no)
                         WHERE p.record_no = t.record_no AND a.country IN ({marks}))
                 OR t.place_no IN (SELECT place_no FROM place WHERE country IN ({marks})))""",
            *wanted.countries,
            *wanted.countries,
        )
    if wanted.places:
        numbers = [
            no
            for name in wanted.places
            for (no,) in db.execute("SELECT place_no FROM place WHERE folded LIKE ? ESCAPE '\\'", (_like(name),))
        ]
        conditions.add(f"t.place_no IN ({', '.join('?' * len(numbers))})", *numbers)
    for column, values in (("stance", wanted.stances), ("grade", wanted.grades)):
        if values:
            marks = ", ".join("?" * len(values))
            conditions.add(
                f"EXISTS (SELECT 1 FROM record_hop h WHERE h.record_no = t.record_no AND h.{column} IN ({marks}))",
                *values,
            )
    return conditions


def _with_actors(conditions: Conditions, table: str, numbers: list[int]) -> None:
    marks = ", ".join("?" * len(numbers))
    conditions.add(
        f"EXISTS (SELECT 1 FROM {table} p WHERE p.record_no = t.record_no AND p.actor_no IN ({marks}))", *numbers
    )


def actor_numbers(db: sqlite3.Connection, names: tuple[str, ...]) -> list[int]:
    """Return the numbers of the actors with one of these entity ids, or with these words in their names."""
    found: set[int] = set()
    for name in names:
        exact = db.execute("SELECT actor_no FROM actor WHERE entity = ?", (name,)).fetchall()
        rows = exact or db.execute(
            "SELECT actor_no FROM actor WHERE folded LIKE ? ESCAPE '\\' OR name_en LIKE ? ESCAPE '\\'",
            (_like(name), _like(name, folded=False)),
        )
        found.update(no for (no,) in rows)
    return sorted(found)


def _like(name: str, *, folded: bool = True) -> str:
    text = fold_word(name) if folded else name
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _day(value: str) -> tuple[str, str]:
    days = bounds(value)
    if days is None:
        raise InputError(f"filter: {value!r} is not a date; write it YYYY-MM-DD, YYYY-MM or YYYY")
    return days
