"""The closed lists in code say what the ontology says."""

from __future__ import annotations

from rawi.lexicon.load import lexicon_files, read_sources
from rawi.model import type_names
from rawi.vocabulary import contexts, modes


def test_the_modes_are_those_of_the_ontology() -> None:
    types = read_sources(lexicon_files()).ontology["types"]
    assert {name: tuple(types[name]["modes"]) for name in type_names} == modes


def test_the_contexts_are_those_of_the_ontology() -> None:
    assert tuple(read_sources(lexicon_files()).ontology["contexts"]) == contexts
