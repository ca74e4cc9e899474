"""B-cubed precision and recall of a clustering against the one expected (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import msgspec


class BCubed(msgspec.Struct, frozen=True):
    """How well clusters agree, each item weighing the same."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(found: Mapping[str, Hashable], expected: Mapping[str, Hashable]) -> BCubed:
    """Compare clusterings of the same items, given as item → cluster.

    An item's precision is the share of its found cluster that is expected to be with it; its recall the
    share of its expected cluster that is found with it.
    """
    items = sorted(expected)
    if set(items) != set(found):
        raise ValueError(f"the clusterings are of different items: {sorted(set(items) ^ set(found))[:5]}")
    if not items:
        return BCubed(1.0, 1.0)
    precision = recall = 0.0
    for item in items:
        together = {other for other in items if found[other] == found[item]}
        wanted = {other for other in items if expected[other] == expected[item]}
        both = len(together & wanted)
        precision += both / len(together)
        recall += both / len(wanted)
    return BCubed(precision / len(items), recall / len(items))
