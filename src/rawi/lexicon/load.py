"""Read lexicon files into the structs of ``schema``, naming file and entry when one is wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from rawi.errors import LexiconError
from rawi.lexicon import schema

kinds: dict[str, type[Any]] = {
    "triggers": schema.TriggerFile,
    "cues": schema.CueFile,
    "titles": schema.RoleFile,
    "places": schema.PlaceFile,
    "words": schema.WordFile,
    "times": schema.WordFile,
    "actors": schema.ActorFile,
    "persons": schema.PersonFile,
}


class Sources(msgspec.Struct):
    """Everything read from lexicon files, entry by entry, with the file each came from."""

    triggers: list[tuple[str, schema.TriggerEntry, str]] = []
    cues: list[tuple[schema.CueEntry, str]] = []
    actors: list[tuple[schema.ActorEntry, str]] = []
    persons: list[tuple[schema.PersonEntry, str]] = []
    roles: list[tuple[schema.RoleNoun, str]] = []
    places: list[tuple[schema.PlaceEntry, str]] = []
    words: dict[str, list[str] | dict[str, str]] = {}
    ontology: dict[str, Any] = {}


def lexicon_dir() -> Path:
    """Return the folder of the shipped lexicon: inside the installed package, else of the source tree."""
    packaged = Path(__file__).resolve().parent.parent / "_lexicon"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "lexicon"


def lexicon_files(folder: Path | None = None) -> list[Path]:
    """Return the YAML files of the shipped lexicon in a fixed order."""
    return sorted((folder or lexicon_dir()).rglob("*.yaml"))


def digest(files: Iterable[Path]) -> str:
    """Return a short hash of the files' contents: the lexicon version that records carry."""
    sha = hashlib.sha256()
    for path in files:
        sha.update(path.name.encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()[:12]


def read_yaml(path: Path) -> Any:
    """Parse one YAML file; every scalar is a string but true, false and null.

    Raises:
        LexiconError: the file cannot be read or is not YAML.
    """
    return read_nodes(path)[1]


def read_nodes(path: Path) -> tuple[Any, Any]:
    """Parse one YAML file; return its nodes, which know their lines, and what they hold (see ``read_yaml``).

    Raises:
        LexiconError: the file cannot be read or is not YAML.
    """
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """YAML 1.2 booleans and nulls only: no dates, numbers, 'no' or 'on' by surprise."""

    Loader.yaml_implicit_resolvers = {}
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
    Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:null|~|)$"), ["n", "~", ""])
    try:
        loader = Loader(path.read_text("utf-8"))
        try:
            node = loader.get_single_node()
            return node, loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LexiconError(f"{path}: cannot be read as YAML ({error}); mend the file") from error


def read_sources(files: Iterable[Path]) -> Sources:
    """Read all ``files``; the kind of each follows from its folder, or from a top-level ``kind`` key in overlays.

    Raises:
        LexiconError: a file breaks its schema.
    """
    out = Sources([], [], [], [], [], [], {}, {})
    for path in files:
        add_file(out, path, read_yaml(path))
    return out


def add_file(out: Sources, path: Path, data: Any) -> None:
    """Add the entries of one file, parsed as ``data``.

    Raises:
        LexiconError: the file breaks its schema, or nothing says its kind.
    """
    if path.name == "ontology.yaml":
        out.ontology = data
        return
    kind = path.parent.name
    if kind == "actors" and path.name.startswith("persons"):
        kind = "persons"
    if kind not in kinds and isinstance(data, dict) and data.get("kind") in kinds:
        kind = data.pop("kind")
    if kind not in kinds:
        raise LexiconError(
            f"{path}: nothing says what kind of entries these are; add a first line 'kind: triggers' (or one of {', '.join(sorted(kinds))})"
        )
    _add(out, kind, data, path)


def _add(out: Sources, kind: str, data: Any, path: Path) -> None:
    try:
        record = msgspec.convert(data, kinds[kind], strict=False, str_keys=True)
    except msgspec.ValidationError as error:
        raise LexiconError(f"{path}: {_locate(data, str(error))}; see lexicon/README.md for the fields") from error
    where = path.name
    if isinstance(record, schema.TriggerFile):
        out.triggers.extend((record.type, entry, where) for entry in record.entries)
    elif isinstance(record, schema.CueFile):
        out.cues.extend((entry, where) for entry in record.entries)
    elif isinstance(record, schema.PersonFile):
        out.persons.extend((entry, where) for entry in record.entries)
    elif isinstance(record, schema.ActorFile):
        out.actors.extend((entry, where) for entry in record.entries)
    elif isinstance(record, schema.RoleFile):
        out.roles.extend((entry, where) for entry in record.entries)
    elif isinstance(record, schema.PlaceFile):
        out.places.extend((entry, where) for entry in record.entries)
    elif isinstance(record, schema.WordFile):
        for name, words in record.sets.items():
            old = out.words.get(name)
            if isinstance(old, dict) and isinstance(words, dict):
                out.words[name] = {**old, **words}
            elif isinstance(old, list) and isinstance(words, list):
                out.words[name] = [*old, *words]
            else:
                out.words[name] = words


def _locate(data: Any, message: str) -> str:
    """Name the entry a msgspec message points at (``$.entries[3].frame``)."""
    _, _, tail = message.partition("$.entries[")
    index = tail.partition("]")[0]
    if index.isdigit() and isinstance(data, dict):
        entries = data.get("entries") or []
        if int(index) < len(entries) and isinstance(entries[int(index)], dict):
            return f"entry {entries[int(index)].get('id', index)!r}: {message}"
    return message
