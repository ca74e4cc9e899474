"""The shapes of lexicon files: one struct a kind of entry; unknown fields are errors."""

from __future__ import annotations

from typing import Literal

import msgspec

from rawi.model import EventType, Sector, Stance

PartyRole = Literal["actor", "recipient", "about", "host", "mediator", "on_behalf", "place", "none"]


class TriggerEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One word sense that carries an event. See ``lexicon/README.md`` for every field."""

    id: str
    verb: str | None = None
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    mode: str | None = None
    status: Literal["occurred", "ongoing", "planned", "possible", "negated"] | None = None
    frame: dict[str, PartyRole] = {}
    noun_frame: dict[str, PartyRole] | None = None
    symmetric: bool = False
    if_obj: tuple[str, ...] = ()
    if_prep: tuple[str, ...] = ()
    if_next: tuple[str, ...] = ()
    if_subj: tuple[str, ...] = ()
    unless_obj: tuple[str, ...] = ()
    unless_prep: tuple[str, ...] = ()
    unless_next: tuple[str, ...] = ()
    unless_subj: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    note: str | None = None


class TriggerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of ``triggers/``: entries of one event type."""

    type: EventType
    entries: tuple[TriggerEntry, ...]


class CueEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One word that reports. See ``lexicon/README.md``."""

    id: str
    kind: Literal["say", "relay", "according", "impersonal", "decline", "learn", "noun", "narrator"]
    stance: Stance
    verb: str | None = None
    phrases: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    inherits: bool = False
    factive: bool = False
    content: tuple[str, ...] = ()
    if_next: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    note: str | None = None


class CueFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of ``cues/``."""

    entries: tuple[CueEntry, ...]


class ActorEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named actor that is not a person: state, IGO, armed group, party, medium, company, organ."""

    id: str
    name: str
    name_en: str
    country: str | None = None
    sector: Sector = "GOV"
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    nisba: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    provenance: str | None = None
    note: str | None = None


class ActorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of ``actors/`` other than persons."""

    entries: tuple[ActorEntry, ...]


class OfficeTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """An office held: ``from`` and ``to`` are ISO dates (or YYYY-MM, YYYY); ``to`` null is still held."""

    office: str
    country: str | None = None
    sector: Sector = "GOV"
    entity: str | None = None
    from_: str | None = None
    to: str | None = None
    provenance: str | None = None


class PersonEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person with dated offices."""

    id: str
    name: str
    name_en: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    offices: tuple[OfficeTerm, ...] = ()
    note: str | None = None


class PersonFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of ``actors/persons_*.yaml``."""

    entries: tuple[PersonEntry, ...]


class RoleNoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that heads a party: minister, ministry, army, gunmen, demonstrators, source."""

    id: str
    nouns: tuple[str, ...]
    kind: Literal["person", "organ", "force", "people", "source", "medium"]
    sector: Sector = "GOV"
    head: bool = False
    vague: bool = False
    thing: bool = False
    country: str | None = None
    note: str | None = None


class RoleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of ``titles/``."""

    entries: tuple[RoleNoun, ...]


class PlaceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place that is not a state."""

    id: str
    name: str
    country: str | None
    kind: Literal["city", "province", "region", "district", "camp", "sea", "site", "continent"] = "city"
    aliases: tuple[str, ...] = ()
    ambiguous: bool = False


class PlaceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of ``places/``."""

    attribution: str
    entries: tuple[PlaceEntry, ...]


class WordFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of ``words/`` or ``times/``: named sets of words; a value may carry a number or a code."""

    sets: dict[str, list[str] | dict[str, str]]
