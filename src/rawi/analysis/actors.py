"""One actor over all records: what he is called, whom he met, what he demanded, how he fares as a source."""

from __future__ import annotations

import json
import sqlite3

import msgspec

from rawi.analysis.sides import Directory, Known, Sides
from rawi.text.fold import fold_word

_taking_part = ("actor", "recipient", "mediator", "host")


class Counted(msgspec.Struct, frozen=True):
    """A name or code and how often."""

    key: str
    count: int


class AsSource(msgspec.Struct, frozen=True):
    """How an actor fares as a source: records that rest on him, by grade and stance, and how many stories were denied later."""

    records: int
    grades: dict[str, int]
    stances: dict[str, int]
    stories: int
    denied: int


class Profile(msgspec.Struct, frozen=True):
    """An actor of a ledger: ``key`` is an entity id, or ``~`` and the number of an actor that has none."""

    key: str
    name: str
    name_en: str | None
    country: str | None
    sector: str
    side: str | None
    known: Known | None
    aliases: tuple[Counted, ...]
    as_actor: dict[str, int]
    as_recipient: dict[str, int]
    met: tuple[Counted, ...]
    source: AsSource
    members: tuple[int, ...]


class ActorRow(msgspec.Struct, frozen=True):
    """An actor in a list."""

    key: str
    name: str
    name_en: str | None
    country: str | None
    sector: str
    records: int


def actor_key(entity: str | None, number: int) -> str:
    """Return the key under which an actor is looked up."""
    return entity or f"~{number}"


def key_of(db: sqlite3.Connection, name: str, entity: str | None, country: str | None, sector: str) -> str | None:
    """Return the key of an actor as a record has him, or None if the ledger has no such actor."""
    if entity:
        return entity
    row = db.execute(
        "SELECT min(actor_no) FROM actor WHERE name = ? AND entity IS NULL AND ifnull(country, '') = ? AND sector = ?",
        (name, country or "", sector),
    ).fetchone()
    return f"~{row[0]}" if row and row[0] is not None else None


def find_actors(
    db: sqlite3.Connection, query: str = "", *, limit: int = 50, after: int = 0
) -> tuple[list[ActorRow], int | None]:
    """Return actors whose name, English name, entity id or country holds the query, those of most records first, and the next offset."""
    folded = fold_word(query)
    like = "%" + folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = db.execute(
        """SELECT CASE WHEN a.entity IS NULL THEN '~' || min(a.actor_no) ELSE a.entity END, a.name, max(a.name_en), a.country, a.sector,
        sum((SELECT count(*) FROM (SELECT 1 FROM record_party p WHERE p.actor_no = a.actor_no LIMIT 1000))) AS n
        FROM actor a WHERE (? = '' OR a.folded LIKE ? ESCAPE '\\' OR a.name_en LIKE ? ESCAPE '\\' OR a.entity = ? OR a.country = ?)
        GROUP BY ifnull(a.entity, a.folded || '|' || ifnull(a.country, '') || '|' || a.sector) ORDER BY n DESC, 1 LIMIT ? OFFSET ?""",
        (folded, like, like, query, query.upper(), limit + 1, after),
    ).fetchall()
    items = [ActorRow(*row) for row in rows[:limit]]
    return items, after + limit if len(rows) > limit else None


def actor_numbers_of(db: sqlite3.Connection, key: str) -> tuple[int, ...]:
    """Return the numbers of the actors as written that a key stands for."""
    if not key.startswith("~"):
        rows = db.execute("SELECT actor_no FROM actor WHERE entity = ?", (key,)).fetchall()
    elif key[1:].isascii() and key[1:].isdigit() and len(key) < 18:
        rows = db.execute(
            """SELECT b.actor_no FROM actor a JOIN actor b ON b.folded = a.folded AND b.entity IS NULL AND b.country IS a.country
            AND b.sector = a.sector WHERE a.actor_no = ? AND a.entity IS NULL""",
            (int(key[1:]),),
        ).fetchall()
    else:
        rows = []
    return tuple(sorted(no for (no,) in rows))


class Told(msgspec.Struct, frozen=True):
    """The newest records, by number, in which an actor is a party, demands something, or is a source."""

    party: tuple[int, ...]
    demanded: tuple[int, ...]
    said: tuple[int, ...]


def profile(
    db: sqlite3.Connection, sides: Sides, key: str, *, most: int = 5000, newest: int = 30
) -> tuple[Profile, Told] | None:
    """Return all that the records in force say of an actor, and the newest of them, or None if there is no such actor.

    Args:
        db: a ledger's connection.
        sides: the sides of its actors.
        key: an entity id, or ``~`` and an actor's number.
        most: the most records to count, the newest ones.
        newest: the most records of each kind to name.
    """
    sides.refresh(db)
    directory: Directory = sides.directory
    numbers = actor_numbers_of(db, key)
    known = directory.known(key) if not key.startswith("~") else None
    if not numbers and known is None:
        return None
    wanted = json.dumps(numbers)
    first = db.execute(
        "SELECT name, name_en, country, sector FROM actor WHERE actor_no = ?", (numbers[0] if numbers else -1,)
    ).fetchone()
    first = first or (known.name, known.name_en, known.country, known.sector) if known else first
    aliases = db.execute(
        """SELECT name, sum((SELECT count(*) FROM (SELECT 1 FROM record_party p WHERE p.actor_no = a.actor_no LIMIT 1000)))
        FROM actor a WHERE actor_no IN (SELECT value FROM json_each(?)) GROUP BY name ORDER BY 2 DESC, 1 LIMIT 30""",
        (wanted,),
    ).fetchall()
    roles: dict[str, dict[str, int]] = {"actor": {}, "recipient": {}}
    consults: list[int] = []
    party: dict[int, None] = {}
    demanded: dict[int, None] = {}
    for role, type, record in db.execute(
        """SELECT p.role, t.type, t.record_no FROM record_party p CROSS JOIN record_state t USING (record_no)
        WHERE p.actor_no IN (SELECT value FROM json_each(?)) AND t.live = 1 AND t.review <> 'rejected'
        ORDER BY t.published DESC, t.record_no DESC LIMIT ?""",
        (wanted, most),
    ):
        if role in roles:
            roles[role][type] = roles[role].get(type, 0) + 1
            if type == "CONSULT" and len(consults) < 1000:
                consults.append(record)
        if role in _taking_part and len(party) < newest:
            party[record] = None
        if role == "actor" and type == "REQUEST" and len(demanded) < newest:
            demanded[record] = None
    met: dict[str, int] = {}
    own = set(numbers)
    for actor, count in db.execute(
        """SELECT p.actor_no, count(DISTINCT p.record_no) FROM record_party p JOIN record_state t USING (record_no)
        WHERE p.record_no IN (SELECT value FROM json_each(?)) AND p.role IN ('actor', 'recipient') AND t.status IN ('occurred', 'ongoing')
        GROUP BY p.actor_no""",
        (json.dumps(consults),),
    ):
        side = sides.of.get(actor)
        if actor not in own and side is not None:
            met[side] = met.get(side, 0) + count
    side = sides.of.get(numbers[0]) if numbers else directory.side(first[0], key, first[2], first[3])
    met.pop(side or "", None)
    source, said = as_source(db, numbers, most=most)
    found = Profile(
        key, known.name if known else first[0], known.name_en if known else first[1], first[2], first[3], side, known,
        tuple(Counted(*row) for row in aliases), _falling(roles["actor"]), _falling(roles["recipient"]),
        tuple(Counted(*one) for one in sorted(met.items(), key=lambda one: (-one[1], one[0]))[:40]),
        source, numbers,
    )  # fmt: skip
    return found, Told(tuple(party), tuple(demanded), said[:newest])


def as_source(
    db: sqlite3.Connection, numbers: tuple[int, ...], *, most: int = 5000
) -> tuple[AsSource, tuple[int, ...]]:
    """Return how actors fare as sources, and the records that rest on them, newest first.

    A story counts as denied if it is contested or its last word is a denial.
    """
    grades: dict[str, int] = {}
    stances: dict[str, int] = {}
    stories: dict[int, bool] = {}
    seen: dict[int, None] = {}
    for record, grade, stance, story, contested, status in db.execute(
        """SELECT h.record_no, h.grade, h.stance, s.story_no, s.contested, s.status FROM (
          SELECT h.record_no, h.grade, h.stance, t.published FROM record_hop h CROSS JOIN record_state t USING (record_no)
          WHERE h.actor_no IN (SELECT value FROM json_each(?)) AND t.live = 1 AND t.review <> 'rejected'
          ORDER BY t.published DESC, h.record_no DESC LIMIT ?) h
        LEFT JOIN report p USING (record_no) LEFT JOIN story s USING (story_no) ORDER BY h.published DESC, h.record_no DESC""",
        (json.dumps(numbers), most),
    ):
        seen[record] = None
        grades[grade] = grades.get(grade, 0) + 1
        stances[stance] = stances.get(stance, 0) + 1
        if story is not None and stance != "deny":
            stories[story] = bool(contested) or status in ("denied", "negated")
    source = AsSource(len(seen), _falling(grades), _falling(stances), len(stories), sum(stories.values()))
    return source, tuple(seen)


def _falling(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
