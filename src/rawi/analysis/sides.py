"""Whom a party stands for: a state with its ministers and capital is one side, an armed group with its spokesmen another.

1. A person stands for the body of the last office he held, else for its state.
2. A state, its government, army, parliament, courts, police and services are one side: the state.
3. A group, organisation, party or medium is a side of its own; a party whose name holds the name of one belongs to it.
4. Other parties of a country are one side a sector (``XMJ.CVL``); a party of no country and no entity, or of an unknown sector, is on no side.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from threading import Lock

import msgspec

from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled, Entity, Name
from rawi.text.fold import fold_word

_of_the_state = frozenset(("GOV", "MIL", "JUD", "LEG", "COP", "SPY"))
_longest_name = 5  # words of a group's name that are looked for inside a longer one


class Office(msgspec.Struct, frozen=True):
    """An office that a person held; ``until`` None is still held."""

    office: str
    body: str | None
    sector: str
    since: str | None
    until: str | None


class Known(msgspec.Struct, frozen=True):
    """A named actor of the lexicon."""

    id: str
    name: str
    name_en: str
    country: str | None
    sector: str
    kind: str | None
    offices: tuple[Office, ...]


class Directory:
    """The named actors of a lexicon, by id, with the names of groups for finding them inside longer names."""

    def __init__(self, entities: Mapping[str, Entity], groups: Mapping[tuple[str, ...], str]) -> None:
        self.entities = entities
        self._groups = groups

    @classmethod
    def of(cls, lexicon: Compiled) -> Directory:
        """Return the directory of a compiled lexicon."""
        groups: dict[tuple[str, ...], str] = {}
        stack: list[tuple[tuple[str, ...], Mapping[str, object]]] = [((), lexicon.names)]
        while stack:
            words, node = stack.pop()
            for word, below in node.items():
                if word == end:
                    for found in below if isinstance(below, tuple | list) else ():
                        if isinstance(found, Name) and found.way == "name" and words:
                            entity = lexicon.entities.get(found.entity)
                            if entity is not None and entity.sector in ("REB", "PTY", "OPP", "IGO"):
                                groups[words] = found.entity
                elif isinstance(below, Mapping) and len(words) < _longest_name:
                    stack.append(((*words, word), below))
        return cls(lexicon.entities, groups)

    def known(self, entity: str) -> Known | None:
        """Return what the lexicon knows of an entity."""
        found = self.entities.get(entity)
        if found is None:
            return None
        offices = tuple(
            Office(office, body or country, sector, since, until)
            for office, country, sector, body, since, until in found.terms
        )
        return Known(found.id, found.name, found.name_en, found.country, found.sector, found.kind, offices)

    def side(self, name: str, entity: str | None, country: str | None, sector: str) -> str | None:
        """Return the side of a party as the module describes, or None."""
        known = self.entities.get(entity) if entity else None
        if known is not None and known.terms:
            _, office_country, office_sector, body, _, _ = max(known.terms, key=lambda term: term[5] or "9999")
            if body:
                return body
            country, sector, entity = office_country or country, office_sector, None
        if entity and entity.startswith("per."):
            entity = None
        if sector in _of_the_state and country:
            return country
        if entity and not entity.startswith("plc."):
            return entity
        group = self._group(name)
        if group is not None:
            return group
        return f"{country}.{sector}" if country and sector != "UNK" else None

    def _group(self, name: str) -> str | None:
        words = fold_word(name).split(" ")
        for size in range(min(_longest_name, len(words)), 0, -1):
            for at in range(len(words) - size + 1):
                found = self._groups.get(tuple(words[at : at + size]))
                if found is not None and (size > 1 or len(words[at]) > 3):
                    return found
        return None

    def names(self, side: str) -> tuple[str, str]:
        """Return the Arabic and the English name of a side."""
        found = self.entities.get(side)
        if found is not None:
            return found.name, found.name_en or found.name
        country, _, sector = side.partition(".")
        state = self.entities.get(country)
        if state is not None and sector:
            return f"{state.name} · {sector}", f"{state.name_en} · {sector}"
        return side, side


class Sides:
    """The side of every actor of one ledger, by number. Actors are never changed, so that only new ones are read."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.of: dict[int, str] = {}
        self._members: dict[str, list[int]] = {}
        self._last = 0
        self._lock = Lock()

    def refresh(self, db: sqlite3.Connection) -> None:
        """Read the actors that were added since."""
        with self._lock:
            rows = db.execute(
                "SELECT actor_no, name, entity, country, sector FROM actor WHERE actor_no > ? ORDER BY actor_no",
                (self._last,),
            ).fetchall()
            for no, name, entity, country, sector in rows:
                side = self.directory.side(name, entity, country, sector)
                if side is not None:
                    self.of[no] = side
                    self._members.setdefault(side, []).append(no)
                self._last = no

    def members(self, side: str) -> tuple[int, ...]:
        """Return the numbers of the actors on a side."""
        return tuple(self._members.get(side, ()))

    def among(self, numbers: Iterable[int]) -> frozenset[str]:
        """Return the sides of some actors."""
        return frozenset(self.of[no] for no in numbers if no in self.of)
