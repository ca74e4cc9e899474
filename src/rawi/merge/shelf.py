"""The ledger's tables of reports, blocks and stories, as merging reads and writes them in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

import msgspec

from rawi.merge.blocks import filed_under, looks_under
from rawi.merge.features import Features

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Features).decode


class LedgerShelf:
    """Reports of a ledger, read when asked for, kept while the transaction lasts, written back by ``save``.

    ``founder`` of a pinned report is minus the number of the story that a person chose.
    """

    def __init__(self, db: sqlite3.Connection, former: Mapping[int, int] | None = None) -> None:
        """Open the shelf; ``former`` has the stories of reports that were taken off it to be filed anew."""
        self.db = db
        self.pins: dict[int, int] = dict(db.execute("SELECT record_no, story_no FROM pin"))
        self._features: dict[int, Features] = {}
        self._founder: dict[int, int | None] = {}
        self._members: dict[int, set[int]] = {}
        self._blocks: dict[int, set[int]] = {}
        self._neighbours: dict[int, frozenset[int]] = {}
        self.story: dict[int, int] = dict(former or {})  # as it was before
        self.relabelled: set[int] = set()

    def load(self, report: int) -> bool:
        """Read a report into memory; returns whether there is such a report."""
        if report not in self._features:
            row = self.db.execute(
                "SELECT founder, story_no, features FROM report WHERE record_no = ?", (report,)
            ).fetchone()
            if row is None:
                return False
            self._founder[report], self.story[report] = row[0], row[1]
            self._features[report] = _decode(row[2])
        return True

    def features(self, report: int) -> Features:
        """Return the features of a report."""
        if report not in self._features:
            self.load(report)
        return self._features[report]

    def neighbours(self, report: int) -> frozenset[int]:
        """Return the reports that share a block with it."""
        found = self._neighbours.get(report)
        if found is None:
            found = frozenset().union(*(self._block(key) for key in looks_under(self.features(report))))
            self._neighbours[report] = found
        return found

    def _block(self, key: int) -> set[int]:
        found = self._blocks.get(key)
        if found is None:
            found = {no for (no,) in self.db.execute("SELECT record_no FROM block WHERE key = ?", (key,))}
            self._blocks[key] = found
        return found

    def founder(self, report: int) -> int | None:
        """Return the founder of the report's story, None while it has none."""
        if report not in self._founder and not self.load(report):
            return None
        return self._founder[report]

    def members(self, founder: int) -> set[int]:
        """Return the reports of a story."""
        found = self._members.get(founder)
        if found is None:
            found = {no for (no,) in self.db.execute("SELECT record_no FROM report WHERE founder = ?", (founder,))}
            # What this transaction has moved is not in the table yet.
            found = {no for no in found if self._founder.get(no, founder) == founder}
            found |= {no for no, label in self._founder.items() if label == founder}
            self._members[founder] = found
        return found

    def is_pinned(self, report: int) -> bool:
        """Return whether a person has fixed the report's story."""
        return report in self.pins

    def move(self, report: int, founder: int) -> None:
        """Put a report into a story."""
        before = self.founder(report)
        if before is not None:
            self.members(before).discard(report)
        self._founder[report] = founder
        self.members(founder).add(report)
        self.relabelled.add(report)

    def file(self, report: int, features: Features) -> None:
        """File a report, in place of what was filed of it before."""
        self.unfile(report, forget=False)
        self._features[report] = features
        self._founder.setdefault(report, None)
        keys = filed_under(features)
        for key in keys:
            self._block(key).add(report)
        self.db.executemany("INSERT INTO block VALUES (?, ?)", [(key, report) for key in keys])
        self._neighbours.clear()
        self.relabelled.add(report)

    def unfile(self, report: int, *, forget: bool = True) -> None:
        """Take a report out of its blocks, and out of its story too if it is to be forgotten."""
        if not self.load(report):
            return
        keys = filed_under(self._features[report])
        for key in keys:
            self._block(key).discard(report)
        self.db.executemany("DELETE FROM block WHERE key = ? AND record_no = ?", [(key, report) for key in keys])
        self._neighbours.clear()
        if forget:
            founder = self._founder[report]
            if founder is not None:
                self.members(founder).discard(report)
            del self._features[report], self._founder[report]
            self.relabelled.discard(report)
            self.db.execute("DELETE FROM report WHERE record_no = ?", (report,))

    def save(self, story_of: dict[int, int]) -> None:
        """Write what was moved or filed; ``story_of`` has the story of each such report."""
        rows = []
        for report in sorted(self.relabelled):
            features = self._features[report]
            rows.append(
                (
                    report,
                    features.article,
                    features.position,
                    self._founder[report],
                    story_of[report],
                    _encode(features),
                )
            )
        self.db.executemany(
            """INSERT INTO report VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (record_no) DO UPDATE SET article_no = excluded.article_no,
            position = excluded.position, founder = excluded.founder, story_no = excluded.story_no, features = excluded.features""",
            rows,
        )

    def stories_of(self, reports: Iterable[int]) -> set[int]:
        """Return the stories that these reports were in before."""
        return {
            self.story[report]
            for report in reports
            if report in self.story or (self.load(report) and report in self.story)
        }
