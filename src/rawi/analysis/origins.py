"""Who got it from whom: the chains of a story's reports as one tree, from the first source to the outlets."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rawi.analysis.contradiction import chain_of
from rawi.model import Record
from rawi.text.fold import fold_word


class Teller(msgspec.Struct):
    """One who tells: a source, an agency, or at the end of a branch an outlet with the record that it printed."""

    name: str
    grade: str
    stance: str
    record: str | None = None
    published: str | None = None
    below: dict[str, Teller] = {}


def origin_tree(records: Sequence[Record]) -> list[Teller]:
    """Return the tellers that reports begin with; below each those who had it from him, outlets last."""
    top: dict[str, Teller] = {}
    for record in records:
        by_id = {actor.id: actor for actor in record.actors}
        level = top
        last = ""
        for hop in chain_of(record):
            source = by_id.get(hop.source) if hop.source else None
            name = source.name if source else ""
            key = (source.entity if source and source.entity else fold_word(name)) + " " + hop.stance
            teller = level.get(key)
            if teller is None:
                teller = level[key] = Teller(name, hop.grade, hop.stance, below={})
            level, last = teller.below, name
        outlet = record.outlet or "?"
        stance = "relay" if last else "assert"
        level[f"record {record.id}"] = Teller(outlet, "institution", stance, record.id, record.published, {})
    return list(top.values())
