"""Which records or stories are asked for, and the SQL that picks them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
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


_few = 2000  # rows that may as well be looked at one by one


_most_marks = (
    500  # values that stand in a statement one by one: SQLite allows 32,766 of them, and a letter may name more actors
)


def one_of(sql: str, values: Sequence[object]) -> tuple[str, tuple[object, ...]]:
    """Return the condition that an expression is one of these values, and the values to give with it, however many they are."""
    if len(values) > _most_marks:
        return f"{sql} IN (SELECT value FROM json_each(?))", (json.dumps(values),)
    return f"{sql} IN ({', '.join('?' * len(values))})", tuple(values)


class Conditions:
    """A growing SQL condition with its values.

    Attributes:
        few: whether one of the conditions holds for so few rows that a query had better begin with it.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[object] = []
        self.few = False
        self._each: list[tuple[str, tuple[object, ...]]] = []

    def add(self, sql: str, *values: object) -> None:
        """Add a condition that must hold too."""
        self.parts.append(sql)
        self.values.extend(values)
        self._each.append((sql, values))

    def add_list(self, sql: str, values: Sequence[object], each: str, each_values: Sequence[object]) -> None:
        """Add the condition that a row is in a short list, and how to ask the same of one row without making the list."""
        self.parts.append(sql)
        self.values.extend(values)
        self._each.append((each, tuple(each_values)))
        self.few = True

    def each(self) -> Conditions:
        """Return the same conditions for a query that comes upon its rows one by one, and must not list for every one."""
        found = Conditions()
        for sql, values in self._each:
            found.add(sql, *values)
        return found

    def among(self, sql: str, values: tuple[object, ...] | list[object]) -> None:
        """Add the condition that the expression is one of ``values``, if there are any."""
        if values:
            condition, given = one_of(sql, values)
            self.add(condition, *given)

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


def few_articles(db: sqlite3.Connection, wanted: Filter) -> bool:
    """Return whether the outlets asked for have few articles."""
    return _is_few(db, "article_head", "outlet_folded", [fold_word(name) for name in wanted.outlets])


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
    conditions.few = _is_few(db, "record_state", "live = 1 AND type", wanted.types) or _is_few(
        db, "record_state", "live = 1 AND status", wanted.statuses
    )
    if wanted.reviews:
        # Written out, so that the index of the review queue, which is on two of the states only, can be used.
        known = [state for state in get_args(Review) if state in wanted.reviews]
        conditions.add(f"t.review IN ({', '.join(repr(state) for state in known)})")
        if "unreviewed" not in known:
            conditions.add("t.review <> 'unreviewed'")  # as the index of what was decided has it
            conditions.few |= _is_few(db, "record_state", "review <> 'unreviewed' AND review", known)
    if wanted.actors:
        _with(db, conditions, "record_party", "actor_no", actor_numbers(db, wanted.actors))
    if wanted.sources:
        _with(db, conditions, "record_hop", "actor_no", actor_numbers(db, wanted.sources))
    if wanted.countries:
        _with_countries(db, conditions, wanted.countries)
    if wanted.places:
        numbers = [
            no
            for name in wanted.places
            for (no,) in db.execute("SELECT place_no FROM place WHERE folded LIKE ? ESCAPE '\\'", (_like(name),))
        ]
        condition, values = one_of("t.place_no", numbers)
        conditions.add(condition, *values)
        conditions.few |= _is_few(db, "record_state", "place_no", numbers)
    for column, chosen in (("stance", wanted.stances), ("grade", wanted.grades)):
        if chosen:
            _with(db, conditions, "record_hop", column, chosen)
    return conditions


def _is_few(db: sqlite3.Connection, table: str, column: str, values: Sequence[object]) -> bool:
    """Return whether a column that has an index has these values in few rows; not if there is no value to ask for."""
    if not values and not column.endswith("_no"):
        return False
    condition, given = one_of(column, values)
    row = db.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {condition} LIMIT {_few})", given).fetchone()
    return int(row[0]) < _few


def _with(db: sqlite3.Connection, conditions: Conditions, table: str, column: str, values: Sequence[object]) -> None:
    """Add the condition that the record has a row in ``table`` with one of these values.

    Few such rows are a list to begin with; of many the first that a list comes upon will do.
    """
    condition, given = one_of(column, values)
    each = f"EXISTS (SELECT 1 FROM {table} p WHERE p.record_no = t.record_no AND p.{condition})"
    if _is_few(db, table, column, values):
        listed = f"t.record_no IN (SELECT record_no FROM {table} WHERE {condition})"
        conditions.add_list(listed, given, each, given)
    else:
        conditions.add(each, *given)


def _with_countries(db: sqlite3.Connection, conditions: Conditions, countries: Sequence[str]) -> None:
    """Add the condition that a party or the place is of one of these countries."""
    marks = ", ".join("?" * len(countries))
    actors = [no for (no,) in db.execute(f"SELECT actor_no FROM actor WHERE country IN ({marks})", tuple(countries))]
    places = [no for (no,) in db.execute(f"SELECT place_no FROM place WHERE country IN ({marks})", tuple(countries))]
    (of_actors, actor_values), (of_places, place_values) = one_of("actor_no", actors), one_of("place_no", places)
    values = [*actor_values, *place_values]
    each = f"""(EXISTS (SELECT 1 FROM record_party p WHERE p.record_no = t.record_no AND p.{of_actors})
            OR t.{of_places})"""
    if _is_few(db, "record_party", "actor_no", actors) and _is_few(db, "record_state", "place_no", places):
        listed = f"""t.record_no IN (SELECT record_no FROM record_party WHERE {of_actors}
            UNION SELECT record_no FROM record_state WHERE {of_places})"""
        conditions.add_list(listed, values, each, values)
    else:
        conditions.add(each, *values)


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
