"""Every reading the lexicon has of a word or phrase, with the entries that give it: ``rawi lexicon show``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled, Name
from rawi.syntax.words import NounReading, VerbReading, Word, WordReader
from rawi.text.fold import fold_word

_people = {"m": "masculine", "f": "feminine", "": ""}
_numbers = {"s": "singular", "d": "dual", "p": "plural", "": ""}
_voices = {"a": "active", "p": "passive", "b": ""}


class Reading(NamedTuple):
    """One reading: what kind of word, its citation form, its inflection, the entry's id and what that means."""

    kind: str
    citation: str
    form: str
    entry: str
    means: str


def look_up(lexicon: Compiled, given: str) -> list[Reading]:
    """Return the readings of a word (with its clitics) or of a phrase, each once."""
    words = fold_word(given).split(" ")
    if not words[0]:
        return []
    reader = WordReader(lexicon)
    found: list[Reading] = []
    if len(words) == 1:
        word = reader.read(words[0])
        found += [*_verbs(lexicon, word), *_nouns(lexicon, word), *_nisbas(lexicon, word), *_functions(word)]
    found += _in_tries(lexicon, reader, words)
    found += _in_sets(lexicon, words)
    return list(dict.fromkeys(found))


def _entries(lexicon: Compiled, senses: tuple[int, ...], cues: tuple[int, ...]) -> Iterator[tuple[str, str, str]]:
    for number in senses:
        sense = lexicon.senses[number]
        yield "trigger", sense.id, sense.type + (f"/{sense.mode}" if sense.mode else "")
    for number in cues:
        cue = lexicon.cues[number]
        yield "cue", cue.id, f"{cue.kind}, {cue.stance}"


def _clitics(reading: VerbReading | NounReading, prep: str) -> str:
    parts = [f"{p}+" for p in (reading.conj, prep) if p] + ([f"+{reading.pronoun}"] if reading.pronoun else [])
    return " ".join(parts)


def _verbs(lexicon: Compiled, word: Word) -> Iterator[Reading]:
    for verb in word.verbs:
        lexeme = lexicon.verb_lexemes[verb.lexeme]
        parts = (
            verb.tense + (" with سـ" if verb.future else ""), f"{verb.person}", _people[verb.gender], _numbers[verb.number],
            _voices[verb.voice], _clitics(verb, "ل" if verb.lam else ""),
        )  # fmt: skip
        form = " ".join(p for p in parts if p)
        for kind, entry, means in _entries(lexicon, lexeme.senses, lexeme.cues):
            yield Reading(kind, lexeme.citation, form, entry, means)
        for name, governs in lexeme.governs.items():
            yield Reading(
                "verb",
                lexeme.citation,
                form,
                name,
                ", ".join(f"{p or 'object'}: {v}" if v else p for p, v in governs.items()),
            )


def _nouns(lexicon: Compiled, word: Word) -> Iterator[Reading]:
    for noun in word.nouns:
        lexeme = lexicon.noun_lexemes[noun.lexeme]
        parts = (
            _numbers[noun.number],
            "bound" if noun.bound and not noun.pronoun else "",
            "definite" if noun.definite else "",
            _clitics(noun, noun.prep),
        )
        form = " ".join(p for p in parts if p)
        for kind, entry, means in _entries(lexicon, lexeme.senses, lexeme.cues):
            yield Reading(kind, lexeme.citation, form, entry, means)
        if lexeme.role is not None:
            role = lexicon.roles[lexeme.role]
            yield Reading("title", lexeme.citation, form, role.id, f"{role.kind}, {role.sector}")
        if lexeme.framing is not None:
            yield Reading("framing", lexeme.citation, form, "frame_nouns", lexeme.framing)


def _nisbas(lexicon: Compiled, word: Word) -> Iterator[Reading]:
    for nisba in word.nisba:
        entity = lexicon.entities[nisba.entity]
        form = " ".join(
            p for p in (_people[nisba.gender], _numbers[nisba.number], "definite" if nisba.definite else "") if p
        )
        yield Reading("nisba", entity.name, form, entity.id, _entity(lexicon, entity.id))


def _functions(word: Word) -> Iterator[Reading]:
    if word.function is not None:
        yield Reading(
            "function",
            word.function.base,
            word.function.pronoun and f"+{word.function.pronoun}",
            word.function.kind,
            "",
        )


def _entity(lexicon: Compiled, identifier: str) -> str:
    entity = lexicon.entities[identifier]
    said = ", ".join(
        p for p in (entity.name_en, entity.kind, entity.country, entity.sector if entity.sector != "UNK" else "") if p
    )
    terms = [f"{office} {since or '…'}–{until or 'now'}" for office, _, _, _, since, until in entity.terms]
    return "; ".join([said, *terms])


def _in_tries(lexicon: Compiled, reader: WordReader, words: list[str]) -> Iterator[Reading]:
    """Names, phrases and times that are exactly these words, proclitics of the first taken off or not."""
    heads = dict.fromkeys(split.rest for split in reader.read(words[0]).splits)
    for head in heads:
        for payload in _payloads(lexicon.names, [head, *words[1:]]):
            if isinstance(payload, Name):
                yield Reading(
                    "actor",
                    lexicon.entities[payload.entity].name,
                    payload.way,
                    payload.entity,
                    _entity(lexicon, payload.entity),
                )
        for payload in _payloads(lexicon.phrases, [head, *words[1:]]):
            yield _phrase(lexicon, payload, " ".join([head, *words[1:]]))
        for kind, value in _payloads(lexicon.times, [head, *words[1:]]):
            yield Reading("time", " ".join([head, *words[1:]]), "", kind, value)


def _phrase(lexicon: Compiled, payload: Any, phrase: str) -> Reading:
    name, value = payload[0], payload[1]
    if name == "sense":
        kind, entry, means = next(_entries(lexicon, (value,), ()))
        return Reading(kind, phrase, "phrase", entry, means)
    if name == "cue":
        kind, entry, means = next(_entries(lexicon, (), (value,)))
        return Reading(kind, phrase, "phrase", entry, means)
    if name == "role":
        role = lexicon.roles[value]
        return Reading("title", phrase, "phrase", role.id, f"{role.kind}, {role.sector}")
    return Reading("phrase", phrase, "", name, str(value))


def _payloads(trie: dict[str, Any], words: list[str]) -> list[Any]:
    node: Any = trie
    for word in words:
        node = node.get(word)
        if node is None:
            return []
    return list(node.get(end, ()))


def _in_sets(lexicon: Compiled, words: list[str]) -> Iterator[Reading]:
    key = " ".join(words)
    for name, table in lexicon.words.items():
        if key in table:
            yield Reading("set", key, "", name, table[key])
