"""Records as rows of a table: who, what, with whom, when, on whose word, read with a few queries however many they are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec

from rawi.analysis.actors import actor_key


class Party(msgspec.Struct, frozen=True):
    """A party or source as a row shows it."""

    name: str
    key: str
    role: str


class Row(msgspec.Struct, frozen=True):
    """One record."""

    record: str
    article: str
    outlet: str | None
    published: str | None
    title: str | None
    type: str
    mode: str | None
    status: str
    review: str
    confidence: float
    date: str | None
    story: str | None
    origins: int
    words: str
    parties: tuple[Party, ...]
    sources: tuple[Party, ...]


def rows(db: sqlite3.Connection, numbers: Sequence[int]) -> list[Row]:
    """Return the rows of the records with these numbers, in this order."""
    wanted = json.dumps(list(numbers))
    parties: dict[int, list[Party]] = {}
    sources: dict[int, list[Party]] = {}
    for no, role, name, entity, actor in db.execute(
        """SELECT p.record_no, p.role, a.name, a.entity, a.actor_no FROM record_party p JOIN actor a USING (actor_no)
        WHERE p.record_no IN (SELECT value FROM json_each(?)) ORDER BY p.record_no, p.role, p.ord""",
        (wanted,),
    ):
        parties.setdefault(no, []).append(Party(name, actor_key(entity, actor), role))
    for no, name, entity, actor, grade in db.execute(
        """SELECT h.record_no, a.name, a.entity, a.actor_no, h.grade FROM record_hop h LEFT JOIN actor a USING (actor_no)
        WHERE h.record_no IN (SELECT value FROM json_each(?)) ORDER BY h.record_no, h.hop""",
        (wanted,),
    ):
        sources.setdefault(no, []).append(Party(name or "", actor_key(entity, actor) if name else "", grade))
    found: dict[int, Row] = {}
    for no, *values in db.execute(
        """SELECT t.record_no, r.record_id, a.article_id, v.outlet, v.published, v.title, t.type, t.mode, t.status, t.review, t.confidence,
        CASE WHEN t.date_lo IS t.date_hi THEN t.date_lo ELSE t.date_lo || '/' || t.date_hi END, s.story_id, ifnull(s.n_origins, 1),
        ifnull((SELECT substr(v.text, x.start + 1, x.stop - x.start) FROM span x WHERE x.record_no = t.record_no AND x.part = 'trigger'), '')
        FROM record_state t JOIN record r USING (record_no) JOIN article a USING (article_no) JOIN article_version v USING (version_no)
        LEFT JOIN report p USING (record_no) LEFT JOIN story s USING (story_no) WHERE t.record_no IN (SELECT value FROM json_each(?))""",
        (wanted,),
    ):
        several: Any = (*values, tuple(parties.get(no, ())), tuple(sources.get(no, ())))
        found[no] = Row(*several)
    return [found[no] for no in numbers if no in found]
