"""Measure what docs/decisions.md decides: how records are written, and how words are found.

usage: choices.py [--megabytes N]

Needs orjson and pyahocorasick besides Rawi itself (they are not needed to run it).
"""

from __future__ import annotations

import argparse
import dataclasses
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ahocorasick
import msgspec
import orjson

root = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(root))

from bench.speed import example_texts, repeated  # noqa: E402
from rawi.coder import default_coder  # noqa: E402
from rawi.lexicon.compile import end  # noqa: E402
from rawi.lexicon.compiled import Compiled  # noqa: E402
from rawi.model import Actor, Event, EventDate, Place, ThirdParty  # noqa: E402
from rawi.syntax.words import WordReader  # noqa: E402
from rawi.text.fold import fold  # noqa: E402
from rawi.text.tokens import find_tokens  # noqa: E402


def best_of(work: Callable[[], object], times: int = 5) -> float:
    """Return the least seconds that ``work`` takes."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def seconds_to_import(module: str) -> float:
    """Return the seconds that a fresh interpreter takes to import ``module``, less those of starting."""
    bare, with_it = (
        best_of(lambda c=code: subprocess.run([sys.executable, "-c", c], check=True))
        for code in ("pass", f"import {module}")
    )  # type: ignore[misc]
    return with_it - bare


def records(size: int) -> None:
    """Compare frozen msgspec structs with frozen dataclasses and orjson, on the events and actors of coded articles."""
    coder = default_coder()
    coded = [coder.code(article) for article in repeated(example_texts(), size)]
    rows: list[Any] = [row for article in coded for row in (*article.events, *article.actors)]
    kinds: tuple[type[msgspec.Struct], ...] = (Event, Actor, ThirdParty, EventDate, Place)
    twins = {
        kind: dataclasses.make_dataclass(kind.__name__, kind.__struct_fields__, frozen=True, slots=True)
        for kind in kinds
    }

    def twin(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(twin, value))
        kind = twins.get(type(value))
        return kind(*(twin(getattr(value, name)) for name in value.__struct_fields__)) if kind else value

    values = [(type(row), [getattr(row, name) for name in row.__struct_fields__]) for row in rows]
    others = [twin(row) for row in rows]
    plain = [[msgspec.to_builtins(row) for row in rows if type(row) is kind] for kind in (Event, Actor)]
    data = [msgspec.json.encode(part) for part in plain]
    encode = msgspec.json.Encoder().encode

    print(f"records: {len(rows):,} events and actors")
    print(
        f"  make     msgspec {best_of(lambda: [kind(*v) for kind, v in values]):.3f} s   dataclass {best_of(lambda: [twins[k](*v) for k, v in values]):.3f} s"
    )
    print(
        f"  encode   msgspec {best_of(lambda: [encode(r) for r in rows]):.3f} s   orjson    {best_of(lambda: [orjson.dumps(r) for r in others]):.3f} s"
    )
    typed = best_of(lambda: [msgspec.json.decode(d, type=list[k]) for d, k in zip(data, (Event, Actor), strict=True)])  # type: ignore[valid-type]
    untyped = best_of(lambda: [orjson.loads(d) for d in data])
    print(f"  decode   msgspec {typed:.3f} s, checked against the types   orjson {untyped:.3f} s, unchecked dicts")
    print(
        f"  import   msgspec {seconds_to_import('msgspec') * 1000:.0f} ms   dataclasses and orjson {seconds_to_import('dataclasses, orjson') * 1000:.0f} ms"
    )


def patterns(lexicon: Compiled) -> set[str]:
    """Return every spelling that the lexicon can match, without clitics."""

    def phrases(trie: dict[str, Any], before: str) -> Iterator[str]:
        for word, node in trie.items():
            if word == end:
                yield before.rstrip()
            else:
                yield from phrases(node, f"{before}{word} ")

    out = {*lexicon.verbs, *lexicon.nouns, *lexicon.nisba, *lexicon.words.get("prepositions", ())}
    for trie in (lexicon.names, lexicon.phrases, lexicon.times):
        out.update(phrases(trie, ""))
    out.discard("")
    return out


def words(size: int) -> None:
    """Compare one automaton over all spellings with word readings that are remembered."""
    lexicon = default_coder().lexicon
    spellings = patterns(lexicon)
    started = time.perf_counter()
    automaton = ahocorasick.Automaton()
    for spelling in spellings:
        automaton.add_word(spelling, spelling)
    automaton.make_automaton()
    build = time.perf_counter() - started
    stored = pickle.dumps(automaton)
    load = best_of(lambda: pickle.loads(stored))
    texts = [fold(article.text).text for article in repeated(example_texts(), size)]
    count = sum(len(text.split()) for text in texts)

    def by_automaton() -> int:
        found = 0
        for text in texts:
            stop = len(text) - 1
            for last, spelling in automaton.iter(text):
                first = last - len(spelling) + 1
                if (last == stop or not text[last + 1].isalnum()) and (
                    first == 0 or not text[first - 1].isalnum() or text[first - 1] in "وفبلكال"
                ):
                    found += 1
        return found

    reader = WordReader(lexicon)

    def by_reading() -> int:
        found = 0
        for text in texts:
            for token in find_tokens(text):
                if token.form[0].isalnum():
                    found += reader.read(token.form).known
        return found

    slow, fast = best_of(by_automaton, 3), best_of(by_reading, 3)
    print(f"words: {count:,} words, {len(spellings):,} spellings")
    print(
        f"  automaton   {count / slow:,.0f} words/s; built in {build:.1f} s, {len(stored) / 1e6:.0f} MB stored, loaded in {load:.2f} s; attached pronouns, future and gender still to read"
    )
    print(
        f"  readings    {count / fast:,.0f} words/s, tokens and every clitic and inflection read; {len(reader._memo):,} spellings remembered"
    )


def main() -> int:
    """Run both comparisons."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=1.0)
    size = int(parser.parse_args().megabytes * 1_000_000)
    records(size)
    words(size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
