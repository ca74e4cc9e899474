"""Turn corrections of actors into entries of a lexicon overlay, for ``--lexicon FILE``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from rawi.model import ActorCorrection
from rawi.text.fold import fold_word

Kind = Literal["actors", "persons"]


class OverlayEntry(msgspec.Struct):
    """An entry under way: names gather as corrections of one actor are read."""

    id: str
    name: str
    name_en: str
    country: str | None
    sector: str
    aliases: list[str]
    provenance: list[str]


def overlay_entries(
    corrections: Iterable[ActorCorrection], known: Mapping[str, tuple[str, str]] | None = None
) -> dict[Kind, list[OverlayEntry]]:
    """Return the entries that the corrections call for, by the kind of file they belong in.

    Corrections of one entity, or of one name where there is no entity id, make one entry; a later one wins
    where they differ, and what the text wrote becomes an alias. Entities ``per.…`` are persons.

    Args:
        corrections: oldest first.
        known: name and English name of entities that a lexicon has; they keep these, and gain aliases.
    """
    found: dict[str, OverlayEntry] = {}
    for correction in corrections:
        actor = correction.after
        entry_id = actor.entity or "user." + hashlib.sha256(fold_word(actor.name).encode("utf-8")).hexdigest()[:10]
        old = found.get(entry_id)
        name, name_en = (known or {}).get(entry_id, (actor.name, actor.name_en or (old.name_en if old else actor.name)))
        names = dict.fromkeys(
            [*(old.aliases if old else []), *([old.name] if old else []), *correction.written, actor.name]
        )
        source = f"review of {correction.record} by {correction.who}, {correction.at[:10]}"
        found[entry_id] = OverlayEntry(
            entry_id,
            name,
            name_en,
            actor.country,
            actor.sector,
            [one for one in names if fold_word(one) != fold_word(name)],
            [*(old.provenance if old else []), source],
        )
    kinds: dict[Kind, list[OverlayEntry]] = {"actors": [], "persons": []}
    for entry in found.values():
        kinds["persons" if entry.id.startswith("per.") else "actors"].append(entry)
    return {kind: entries for kind, entries in kinds.items() if entries}


def overlay_yaml(kind: Kind, entries: list[OverlayEntry]) -> str:
    """Return the overlay file of one kind. Aliases are as the text wrote them: take out those that are too wide."""
    lines = [
        "# From corrections of records. Look through the aliases before use: a bare title would match too much.",
        f"kind: {kind}",
        "entries:",
    ]
    for entry in entries:
        lines += [
            f"- id: {_scalar(entry.id)}",
            f"  name: {_scalar(entry.name)}",
            f"  name_en: {_scalar(entry.name_en)}",
        ]
        lines.append(f"  country: {_scalar(entry.country) if entry.country else 'null'}")
        if kind == "actors":
            lines.append(f"  sector: {entry.sector}")
        if entry.aliases:
            lines.append("  aliases: [" + ", ".join(map(_scalar, entry.aliases)) + "]")
        if kind == "persons":
            country = _scalar(entry.country) if entry.country else "null"
            source = _scalar("; ".join(entry.provenance))
            lines.append(
                f"  offices:\n  - {{office: '', country: {country}, sector: {entry.sector}, provenance: {source}}}"
            )
        else:
            lines.append(f"  provenance: {_scalar('; '.join(entry.provenance))}")
    return "\n".join(lines) + "\n"


def _scalar(value: str) -> str:
    """Return a YAML scalar that is read back as this very string."""
    return "'" + value.replace("'", "''").replace("\n", " ") + "'"
