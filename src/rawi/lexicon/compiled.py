"""The compiled lexicon: folded spellings to what they can be, in plain containers that load fast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Sense(NamedTuple):
    """One trigger entry, folded and ready to match."""

    id: str
    type: str
    mode: str | None
    status: str | None
    frame: Mapping[str, str]
    noun_frame: Mapping[str, str]
    symmetric: bool
    if_obj: frozenset[str]
    if_prep: frozenset[str]
    if_next: frozenset[str]
    if_subj: frozenset[str]
    unless_obj: frozenset[str]
    unless_prep: frozenset[str]
    unless_next: frozenset[str]
    unless_subj: frozenset[str]
    contexts: tuple[str, ...]


class Cue(NamedTuple):
    """One cue entry."""

    id: str
    kind: str
    stance: str
    inherits: bool
    factive: bool
    content: frozenset[str]
    if_next: frozenset[str]


class VerbLexeme(NamedTuple):
    """What a verb can be: trigger senses, cues, and the classes it belongs to, each as preposition -> value (light_verbs: {"": actor})."""

    citation: str
    senses: tuple[int, ...]
    cues: tuple[int, ...]
    governs: dict[str, dict[str, str]]


class NounLexeme(NamedTuple):
    """What a noun can be."""

    citation: str
    senses: tuple[int, ...]
    cues: tuple[int, ...]
    role: int | None
    framing: str | None


class RoleWord(NamedTuple):
    """A noun that heads a party."""

    id: str
    kind: str
    sector: str
    head: bool
    vague: bool
    country: str | None
    thing: bool = False


class Name(NamedTuple):
    """An actor's name as the matcher finds it: ``way`` is name, short, capital, seat, member, person, surname or place."""

    entity: str
    way: str


class Entity(NamedTuple):
    """An actor of the lexicon; ``terms`` are dated offices (office, country, sector, entity, from, to) of persons."""

    id: str
    name: str
    name_en: str
    country: str | None
    sector: str
    kind: str | None
    terms: tuple[tuple[str, str | None, str, str | None, str | None, str | None], ...]


class Compiled(NamedTuple):
    """All of it. ``verbs``: spelling -> (lexeme, tense, person, gender, number, voice, bound) rows."""

    version: str
    ontology_version: str
    senses: tuple[Sense, ...]
    cues: tuple[Cue, ...]
    verb_lexemes: tuple[VerbLexeme, ...]
    noun_lexemes: tuple[NounLexeme, ...]
    roles: tuple[RoleWord, ...]
    verbs: dict[str, tuple[tuple[int, str, int, str, str, str, bool], ...]]
    nouns: dict[str, tuple[tuple[int, str, bool], ...]]
    nisba: dict[str, tuple[tuple[str, str, str], ...]]
    names: dict[str, Any]
    phrases: dict[str, Any]
    times: dict[str, Any]
    entities: dict[str, Entity]
    words: dict[str, dict[str, str]]
    ontology: dict[str, Any]
