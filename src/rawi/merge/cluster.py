"""Give each report to a story: what comes out depends on what the ledger holds, not on the order of adding.

1. Reports have an order: publication date, then content. They are read in it.
2. A report goes to the story that it fits best among those of the reports before it (and those that a person
   has fixed). It fits a story if it is compatible with every one of its reports, and its likeness, the
   mean of the best and the average over them, reaches the threshold. If it fits none, it founds one.
3. What is in which block bounds the work: a report is compared only with those it shares a block with, and
   a story with a report outside those blocks is closed to it.
4. When reports are added, changed or removed, only those after them that share a block with a story
   that changed are read again, in order, and from there on the same way. So adding to a ledger gives the
   very stories that building it anew would.
5. A person's merge or split pins reports to a story. Pinned reports are not moved, count as before all
   others, and among themselves need not be compatible; a new report must be compatible with one of them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from math import fsum
from typing import Protocol

from rawi.merge.compare import likeness, threshold
from rawi.merge.features import Features


class Shelf(Protocol):
    """Where reports are filed: features, blocks and story of each. ``founder`` names a story while it is made."""

    def features(self, report: int) -> Features:
        """Return the features of a report."""

    def neighbours(self, report: int) -> Iterable[int]:
        """Return the reports that share a block with it, itself perhaps among them."""

    def founder(self, report: int) -> int | None:
        """Return the founder of the story it is in."""

    def members(self, founder: int) -> Iterable[int]:
        """Return the reports of a story."""

    def is_pinned(self, report: int) -> bool:
        """Return whether a person has fixed its story."""

    def move(self, report: int, founder: int) -> None:
        """Put a report into a story."""


class Reader:
    """Reads reports in order and gives them to stories, from the first that changed on."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.heap: list[tuple[str, int]] = []
        self.waiting: set[int] = set()
        self.moved: set[int] = set()
        self._disturbed: dict[int, str] = {}
        self._likeness: dict[tuple[int, int], float | None] = {}

    def read(self, report: int) -> None:
        """Have a report read (again)."""
        if report not in self.waiting and not self.shelf.is_pinned(report):
            self.waiting.add(report)
            heapq.heappush(self.heap, (self.shelf.features(report).position, report))

    def disturb(self, reports: Iterable[int], *, after: str) -> None:
        """Have every report after a position read again that shares a block with one of these."""
        for report in reports:
            # Positions rise while reading, so that what was disturbed once has all its later neighbours waiting.
            if self._disturbed.get(report, "~~") <= after:
                continue
            self._disturbed[report] = after
            for other in self.shelf.neighbours(report):
                if self.shelf.features(other).position > after:
                    self.read(other)

    def run(self) -> None:
        """Read until nothing changes any more."""
        while self.heap:
            position, report = heapq.heappop(self.heap)
            self.waiting.discard(report)
            before = self.shelf.founder(report)
            after = self.best(report, position)
            if after == before:
                continue
            touched = set(self.shelf.members(after)) | ({report} if before is None else set(self.shelf.members(before)))
            self.shelf.move(report, after)
            self.moved.add(report)
            self.disturb(touched | {report}, after=position)

    def best(self, report: int, position: str) -> int:
        """Return the founder of the story that a report fits best, itself if it fits none."""
        shelf = self.shelf
        near = {other for other in shelf.neighbours(report) if other != report and self._before(other, position)}
        candidates: dict[int, set[int]] = {}
        for other in near:
            founder = shelf.founder(other)
            if founder is not None and founder != report:
                candidates.setdefault(founder, set()).add(other)
        ranked = sorted(self._ranked(report, position, candidates))
        return ranked[0][-1] if ranked else report

    def _ranked(self, report: int, position: str, candidates: dict[int, set[int]]) -> Iterator[tuple[float, str, int]]:
        shelf = self.shelf
        for founder, near in candidates.items():
            there = [other for other in shelf.members(founder) if other != report and self._before(other, position)]
            free = [other for other in there if not shelf.is_pinned(other)]
            if any(other not in near for other in free):
                continue
            scores = [self.likeness(report, other) for other in free]
            if None in scores:
                continue
            pinned = [
                score
                for other in there
                if shelf.is_pinned(other) and other in near and (score := self.likeness(report, other)) is not None
            ]
            if len(free) < len(there) and not pinned:
                continue
            found = [score for score in scores if score is not None] + pinned
            score = (max(found) + fsum(found) / len(found)) / 2
            if score >= threshold:
                first = min(shelf.features(other).position for other in there)
                yield -score, first, founder

    def _before(self, report: int, position: str) -> bool:
        return self.shelf.is_pinned(report) or self.shelf.features(report).position < position

    def likeness(self, a: int, b: int) -> float | None:
        """Return the likeness of two reports, looked up when it has been computed before."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._likeness:
            self._likeness[pair] = likeness(self.shelf.features(pair[0]), self.shelf.features(pair[1]))
        return self._likeness[pair]
