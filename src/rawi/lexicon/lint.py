"""Check lexicon files: ``rawi lexicon check``.

Errors break a rule of ``lexicon/README.md``; warnings are what a second reader should look at, such as two
holders of one office. Every finding names file, line and entry.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from rawi.errors import LexiconError
from rawi.lexicon import schema
from rawi.lexicon.compile import verb_sets
from rawi.lexicon.examples import cue_marks, parse_example, trigger_marks
from rawi.lexicon.load import Sources, add_file, lexicon_files, read_nodes
from rawi.morph.verbs import inflect
from rawi.text.fold import fold_word
from rawi.vocabulary import is_country

Level = Literal["error", "warning"]
_letters = {
    "a presentation form": re.compile("[\ufb50-\ufdff\ufe70-\ufefc]"),
    "a Persian or Urdu look-alike letter": re.compile("[\u06a9\u06be\u06c1\u06cc\u06d2\u06d5]"),  # ک ھ ہ ی ے ە
    "a tatweel or an invisible character": re.compile(
        "[\u0640\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00a0]"
    ),
}
# A tatweel is fine at an end (هـ) and before a number (الـ14).
_suspicious = re.compile(
    "[\ufb50-\ufdff\ufe70-\ufefc\u06a9\u06be\u06c1\u06cc\u06d2\u06d5\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00a0]|\u0640(?=[\u0621-\u064a])"
)
_plain_id = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$")
_state_id = re.compile(r"[A-Z]{3}(?:[._-][A-Za-z0-9]+)*$")
_day = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?$")
_arabic = re.compile("[\u0621-\u064a]")
# Offices that several people hold at once.
_shared_office = re.compile(
    "(?:عضو|نائب|قيادي|مستشار|مساعد|سفير|مبعوث|متحدث|المتحدث|ناطق|وزير دولة|وزير الدولة|زعيم|قائد|رئيس وفد|لواء)"
)


class Finding(NamedTuple):
    """What is wrong, and where; ``line`` counts from 1 (0: the whole file)."""

    level: Level
    path: Path
    line: int
    entry: str
    message: str

    def __str__(self) -> str:
        where = f"{self.path.parent.name}/{self.path.name}" + (f":{self.line}" if self.line else "")
        return f"{where}: {self.level}: {f'{self.entry}: ' if self.entry else ''}{self.message}"


def check_lexicon(overlays: Sequence[str] = ()) -> list[Finding]:
    """Return the findings of the shipped lexicon together with ``overlays``, by file and line."""
    shipped = _read_shipped()
    read = _read_files([Path(p) for p in overlays], shipped)
    findings = [*read.findings, *_Linter(read.sources, read.lines, read.files).run()]
    return sorted(findings, key=lambda f: (f.path.parent.name, f.path.name, f.line, f.message))


class _Read(NamedTuple):
    """Files read so far: their entries, where each id stands, their paths by name, and what was wrong in reading."""

    sources: Sources
    lines: dict[str, tuple[Path, int]]
    files: dict[str, Path]
    findings: list[Finding]


# What an overlay may add names to.
_named = (schema.ActorEntry, schema.PersonEntry, schema.PlaceEntry)


@functools.cache
def _shipped_paths() -> frozenset[Path]:
    return frozenset(lexicon_files())


@functools.cache
def _read_shipped() -> _Read:
    return _read_files(lexicon_files(), _Read(Sources([], [], [], [], [], [], {}, {}), {}, {}, []))


def _read_files(files: Iterable[Path], before: _Read) -> _Read:
    """Return ``before`` with the entries of ``files``; ``before`` itself is not changed."""
    old = before.sources
    sources = Sources(
        [*old.triggers], [*old.cues], [*old.actors], [*old.persons], [*old.roles], [*old.places], {**old.words}, old.ontology
    )  # fmt: skip
    out = _Read(sources, {**before.lines}, {**before.files}, [*before.findings])
    for path in files:
        out.files[path.name] = path
        try:
            node, data = read_nodes(path)
            out.findings.extend(_check_node(node, path, out.lines, ""))
            _add_read(sources, path, data, out.findings)
        except LexiconError as error:
            message = " ".join(str(error).removeprefix(f"{path}: ").split())
            out.findings.append(Finding("error", path, 0, "", message))
    return out


# -- files as YAML -----------------------------------------------------------------------------------------------------


def _check_node(node: Any, path: Path, lines: dict[str, tuple[Path, int]], entry: str) -> Iterator[Finding]:
    """Check what only the YAML itself shows: duplicate keys, letters that must not be; note the line of each id."""
    if isinstance(node, yaml.MappingNode):
        keys: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                entry = value.value
                lines.setdefault(entry, (path, line))
            if key.value in keys:
                yield Finding(
                    "error",
                    path,
                    line,
                    entry,
                    f"key {key.value!r} stands twice (also on line {keys[key.value]}); keep one",
                )
            keys[key.value] = line
        for key, value in node.value:
            yield from _check_node(key, path, lines, entry)
            if key.value not in ("note", "provenance", "attribution"):
                yield from _check_node(value, path, lines, entry)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _check_node(value, path, lines, entry)
    elif isinstance(node, yaml.ScalarNode):
        match = _suspicious.search(node.value)
        if match:
            said = next(name for name, pattern in _letters.items() if pattern.match(match.group()))
            message = f"{node.value!r} has {said} (U+{ord(match.group()):04X}); write ordinary Arabic letters"
            yield Finding("error", path, node.start_mark.line + 1, entry, message)


def _add_read(sources: Sources, path: Path, data: Any, out: list[Finding]) -> None:
    """Add the entries of one file."""
    read = Sources([], [], [], [], [], [], {}, {})
    add_file(read, path, data)
    for name in ("triggers", "cues", "actors", "persons", "roles", "places"):
        getattr(sources, name).extend(getattr(read, name))
    sources.ontology = sources.ontology or read.ontology
    for name, words in read.words.items():
        old = sources.words.get(name)
        if old is not None and type(old) is not type(words):
            out.append(
                Finding("error", path, 0, name, "this set is a list in one file and a map in another; choose one")
            )
        elif isinstance(old, dict) and isinstance(words, dict):
            sources.words[name] = {**old, **words}
        else:
            sources.words[name] = [*old, *words] if isinstance(old, list) else words


# -- entries -----------------------------------------------------------------------------------------------------------


class _Linter:
    """Checks entries against each other and against the ontology."""

    def __init__(self, sources: Sources, lines: dict[str, tuple[Path, int]], files: dict[str, Path]) -> None:
        self.sources, self.lines, self.files = sources, lines, files
        self.out: list[Finding] = []
        prepositions = sources.words.get("prepositions", ())
        self.slots = {"subj", "obj", "gen"} | {fold_word(p) for p in (*prepositions, "ب", "ل", "ك")}

    def run(self) -> list[Finding]:
        """Return all findings."""
        rules: tuple[Callable[[], None], ...] = (
            self.ids, self.triggers, self.cues, self.countries, self.offices, self.holders, self.names, self.word_verbs, self.ontology,
        )  # fmt: skip
        for rule in rules:
            rule()
        return self.out

    def add(self, level: Level, entry: str, file: str, message: str) -> None:
        """Note a finding of an entry."""
        path, line = self.lines.get(entry, (self.files.get(file, Path(file)), 0))
        self.out.append(Finding(level, self.files.get(file, path), line if path.name == file else 0, entry, message))

    def ids(self) -> None:
        """No id twice, and every id lower-case ASCII (states: ISO alpha-3)."""
        seen: dict[str, str] = {}
        entries: Iterable[tuple[Any, str]] = (
            *((e, f) for _, e, f in self.sources.triggers), *self.sources.cues, *self.sources.actors, *self.sources.persons,
            *self.sources.roles, *self.sources.places,
        )  # fmt: skip
        for entry, file in entries:
            if entry.id in seen:
                if (
                    isinstance(entry, _named)
                    and file != seen[entry.id]
                    and self.files.get(file) not in _shipped_paths()
                ):
                    message = f"the id stands in {seen[entry.id]} too: names are added to that entry; an actor's country and sector become these"
                    self.add("warning", entry.id, file, message)
                else:
                    self.add(
                        "error", entry.id, file, f"the id stands in {seen[entry.id]} too; ids are never used twice"
                    )
            seen[entry.id] = file
            if not (_plain_id.match(entry.id) or (_state_id.match(entry.id) and isinstance(entry, schema.ActorEntry))):
                self.add(
                    "error",
                    entry.id,
                    file,
                    "an id is lower-case ASCII words joined by dots; states have their ISO code",
                )

    def triggers(self) -> None:
        """Known modes and frame keys, verbs that inflect, examples with a marked trigger."""
        types = self.sources.ontology.get("types") or {}
        for event_type, entry, file in self.sources.triggers:
            modes = (types.get(event_type) or {}).get("modes") or ()
            if entry.mode and entry.mode not in modes:
                self.add(
                    "error",
                    entry.id,
                    file,
                    f"mode {entry.mode!r} is none of {event_type}'s ({', '.join(modes) or 'it has none'})",
                )
            if not (entry.verb or entry.nouns or entry.phrases):
                self.add("error", entry.id, file, "it has neither verb, nouns nor phrases; nothing can match it")
            for frame in (entry.frame, entry.noun_frame or {}):
                for key in frame:
                    if fold_word(key) not in self.slots:
                        self.add(
                            "error",
                            entry.id,
                            file,
                            f"frame key {key!r} is neither subj, obj, gen nor a preposition of words/function.yaml",
                        )
            for key in (*entry.if_prep, *entry.unless_prep):
                if fold_word(key) not in self.slots:
                    self.add(
                        "error",
                        entry.id,
                        file,
                        f"{key!r} in if_prep or unless_prep is no preposition of words/function.yaml",
                    )
            self._verb(entry.verb, entry.id, file)
            self._examples(entry.examples, entry.counter, trigger_marks, entry.id, file)
            if entry.frame and not entry.verb and entry.noun_frame is None and entry.nouns:
                self.add("warning", entry.id, file, "it has nouns and no verb; call its frame noun_frame")

    def cues(self) -> None:
        """Verbs that inflect, examples with a marked cue."""
        for entry, file in self.sources.cues:
            if not (entry.verb or entry.nouns or entry.phrases):
                self.add("error", entry.id, file, "it has neither verb, nouns nor phrases; nothing can match it")
            self._verb(entry.verb, entry.id, file)
            self._examples(entry.examples, entry.counter, cue_marks, entry.id, file)

    def _verb(self, citation: str | None, entry: str, file: str) -> None:
        problem = _verb_problem(citation) if citation is not None else None
        if problem:
            self.add("error", entry, file, problem)

    def _examples(
        self, examples: Sequence[str], counter: Sequence[str], marks: frozenset[str], entry: str, file: str
    ) -> None:
        if not examples:
            self.add("error", entry, file, "it has no example; every word that matches text has one")
        for marked in examples:
            try:
                example = parse_example(marked)
            except LexiconError as error:
                self.add("error", entry, file, str(error))
                continue
            if not example.words:
                self.add("error", entry, file, f"example {marked!r} marks no trigger or cue; put it in braces")
            unknown = {p.mark for p in example.parts} - marks
            if unknown:
                self.add(
                    "error",
                    entry,
                    file,
                    f"example {marked!r} has the unknown mark {', '.join(sorted(unknown))}; known are {', '.join(sorted(marks))}",
                )
        for marked in counter:
            if re.search(r"[\[\]{}]", marked):
                self.add("error", entry, file, f"counter-example {marked!r} has marks; give the plain sentence")

    def countries(self) -> None:
        """Every country is an ISO 3166-1 alpha-3 code."""
        rows: list[tuple[str, str, str | None]] = [(e.id, f, e.country) for e, f in self.sources.actors]
        rows += [(e.id, f, e.country) for e, f in self.sources.persons]
        rows += [(e.id, f, t.country) for e, f in self.sources.persons for t in e.offices]
        rows += [(e.id, f, e.country) for e, f in self.sources.roles]
        rows += [(e.id, f, e.country) for e, f in self.sources.places]
        for entry, file, country in rows:
            if country is not None and not is_country(country):
                self.add(
                    "error",
                    entry,
                    file,
                    f"country {country!r} is no ISO 3166-1 alpha-3 code; write null for bodies of several states",
                )

    def offices(self) -> None:
        """Offices have sane dates, known bodies, and none is held twice at once by one person."""
        known = {e.id for e, _ in self.sources.actors}
        for entry, file in self.sources.persons:
            terms = entry.offices
            for term in terms:
                for day in (term.from_, term.to):
                    if day is not None and not _is_day(day):
                        self.add(
                            "error",
                            entry.id,
                            file,
                            f"{term.office}: {day!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD",
                        )
                if term.from_ and term.to and _first(term.from_) > _last(term.to):
                    self.add("error", entry.id, file, f"{term.office}: it ends {term.to} before it begins {term.from_}")
                if term.entity and term.entity not in known:
                    self.add("error", entry.id, file, f"{term.office}: body {term.entity!r} is no entry of actors/")
            for i, one in enumerate(terms):
                for other in terms[i + 1 :]:
                    if (
                        one.office == other.office
                        and one.country == other.country
                        and one.entity == other.entity
                        and _overlap(one, other)
                    ):
                        self.add(
                            "error",
                            entry.id,
                            file,
                            f"{one.office} is held twice at once ({_period(one)} and {_period(other)}); join the terms",
                        )

    def holders(self) -> None:
        """An office that only one can hold has one holder at a time; two are a warning (rival governments are real)."""
        held: defaultdict[tuple[str, str], list[tuple[schema.OfficeTerm, str, str]]] = defaultdict(list)
        for entry, file in self.sources.persons:
            for term in entry.offices:
                if not _shared_office.match(term.office) and term.sector in ("GOV", "MIL"):
                    held[fold_word(term.office), term.entity or term.country or entry.country or ""].append(
                        (term, entry.id, file)
                    )
        for terms in held.values():
            for i, (one, person, file) in enumerate(terms):
                for other, second, _ in terms[i + 1 :]:
                    if person != second and _overlap(one, other):
                        self.add(
                            "warning",
                            person,
                            file,
                            f"{one.office} {_period(one)} is also {second}'s {_period(other)}; check the dates",
                        )

    def names(self) -> None:
        """Names are Arabic, on one line, without doubled spaces."""
        entries: list[tuple[schema.ActorEntry | schema.PersonEntry, str]] = [
            *self.sources.actors,
            *self.sources.persons,
        ]
        for entry, file in entries:
            names = [entry.name, *entry.aliases, *entry.short, *getattr(entry, "nisba", ())]
            for name in names:
                if name != " ".join(name.split()) or not name:
                    self.add("error", entry.id, file, f"name {name!r} has spaces too many; write it with single spaces")
            if not _arabic.search(entry.name):
                self.add("error", entry.id, file, f"name {entry.name!r} is not in Arabic letters")

    def word_verbs(self) -> None:
        """Verbs of the verb classes in words/ can be inflected."""
        for name in verb_sets:
            for citation in self.sources.words.get(name, ()):
                if " / " in citation:
                    past, _, rest = citation.partition(" / ")
                    if " " not in past.strip():
                        self._verb(f"{past} / {rest.split(' ')[0]}", name, "")

    def ontology(self) -> None:
        """Modes for which the ontology gives evidence are modes of their type."""
        types = self.sources.ontology.get("types") or {}
        for event_type, modes in (self.sources.ontology.get("mode_evidence") or {}).items():
            for mode in modes:
                if mode not in ((types.get(event_type) or {}).get("modes") or ()):
                    self.add(
                        "error",
                        event_type,
                        "ontology.yaml",
                        f"mode_evidence has the mode {mode!r}, which the type does not have",
                    )


@functools.cache
def _verb_problem(citation: str) -> str | None:
    """Say what is wrong with the citation of a verb, None where nothing is."""
    try:
        inflect(citation)
    except (ValueError, IndexError) as error:
        return f"verb {citation!r} cannot be inflected ({error}); write 'perfect / imperfect'"
    past, _, present = (fold_word(p) for p in citation.partition("/"))
    if " " in past or " " in present or not present.startswith("ي") or min(len(past), len(present)) < 2:
        return f"verb {citation!r} is not one perfect and one imperfect of the third person (كتب / يكتب)"
    return None


def _is_day(day: str) -> bool:
    if not _day.match(day):
        return False
    try:
        datetime.date.fromisoformat(_first(day))
    except ValueError:
        return False
    return True


def _first(day: str | None) -> str:
    """The first day of a date that may be a year or a month; the oldest of all for None."""
    return (day or "0001") + "-01-01"[len(day or "0001") - 4 :]


def _last(day: str | None) -> str:
    """A day not before the last of a date, for comparison only."""
    return (day or "9999") + "-12-31"[len(day or "9999") - 4 :]


def _overlap(one: schema.OfficeTerm, other: schema.OfficeTerm) -> bool:
    """Say whether two terms surely overlap: by more than the day or month in which one follows the other."""
    start, stop = max(one.from_ or "", other.from_ or ""), min(one.to or "9999", other.to or "9999", key=_last)
    size = min(len(start), len(stop))
    return start[:size] < stop[:size]


def _period(term: schema.OfficeTerm) -> str:
    return f"{term.from_ or '…'}–{term.to or 'now'}"
