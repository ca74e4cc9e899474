"""Constructions of Arabic news: short sentences of our own, each with the record it must give.

``constructions.yaml`` says what an item holds. ``floors.json`` holds how many items pass at least, for those
with something to find and for those with something to leave alone; raise it as the coder improves.
To see what fails: ``python tests/golden/test_constructions.py [construction or id ...]``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import rawi
from rawi.model import CodedArticle, Event, type_names
from rawi.text.fold import fold

here = Path(__file__).parent
find_word = re.compile(r"\w+")
find_code = re.compile(r"[A-Z]{3}$")
fields = {"type", "status", "mode", "actors", "recipients", "third", "date", "chain", "stances"}
keys = {"id", "construction", "text", "published", "title", "outlet", "expect", "nothing", "not", "only", "silence"}

Item = dict[str, Any]


def load_items() -> list[Item]:
    """Return the items as written."""
    text = (here / "constructions.yaml").read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))["items"]


def is_negative(item: Item) -> bool:
    """Tell whether an item has something that must not be coded."""
    return "nothing" in item or "not" in item


def bare(word: str) -> str:
    """Return a folded word without proclitics and article, as far as letters tell."""
    word = re.sub(r"^[وف](?=\w{3})", "", word)
    if word.startswith("لل"):
        word = word[2:]
    else:
        word = re.sub(r"^[بلك]?ال(?=\w\w)", "", word)
    return word


def words_of(text: str) -> set[str]:
    """Return the words of a text in every form in which they may be asked for."""
    out: set[str] = set()
    for word in find_word.findall(fold(text).text):
        out |= {word, bare(word), bare(re.sub(r"^[بلك](?=\w{3})", "", word))}
    return out


class View:
    """A coded article, with parties and sources by id."""

    def __init__(self, coded: CodedArticle) -> None:
        self.coded = coded
        self.actors = {a.id: a for a in coded.actors}
        self.hops = {s.id: s for s in coded.attributions}

    def is_party(self, id: str | None, wanted: str) -> bool:
        """Tell whether an actor has the words, the country and the sector of ``wanted``."""
        if id is None:
            return False
        actor = self.actors[id]
        text = self.coded.article.text
        known = words_of(" ".join([actor.name, *(text[a:b] for a, b in actor.mentions)]))
        for word in wanted.split():
            if word.startswith("#"):
                if actor.sector != word[1:]:
                    return False
            elif find_code.match(word):
                if actor.country != word:
                    return False
            elif not {fold(word).text, bare(fold(word).text)} & known:
                return False
        return True

    def has_parties(self, ids: tuple[str, ...], wanted: list[str]) -> bool:
        """Tell whether each wanted party is among ``ids``; an empty list wants none."""
        if not wanted:
            return not ids
        return all(any(self.is_party(id, w) for id in ids) for w in wanted)

    def faults(self, event: Event, want: dict[str, Any]) -> list[str]:
        """Return what in an event is not as wanted."""
        out = [k for k in ("type", "status", "mode") if k in want and getattr(event, k) != want[k]]
        out += [k for k in ("actors", "recipients") if k in want and not self.has_parties(getattr(event, k), want[k])]
        for role, wanted in want.get("third", {}).items():
            if not self.has_parties(tuple(t.actor for t in event.third_parties if t.role == role), wanted):
                out.append(role)
        if "date" in want and (event.date.value if event.date else None) != want["date"]:
            out.append("date")
        if "chain" in want and not self.is_chain(event, want["chain"]):
            out.append("chain")
        if "stances" in want and [self.hops[h].stance for h in event.chain] != want["stances"]:
            out.append("stances")
        return out

    def is_chain(self, event: Event, wanted: list[str | None]) -> bool:
        """Tell whether the sources of an event's chain are those wanted, in their order."""
        if len(event.chain) != len(wanted):
            return False
        for id, want in zip(event.chain, wanted, strict=True):
            source = self.hops[id].source
            if (source is not None) if want is None else not self.is_party(source, want):
                return False
        return True


def check(item: Item, coded: CodedArticle) -> list[str]:
    """Return what is wrong with a coded item; an empty list is a pass."""
    view = View(coded)
    out: list[str] = []
    left = list(coded.events)
    for want in item.get("expect", []):
        ranked = sorted((("type" in (f := view.faults(e, want)), len(f), i, f) for i, e in enumerate(left)))
        if ranked and not ranked[0][1]:
            left.pop(ranked[0][2])
        elif ranked and not ranked[0][0]:
            out.append(f"{want['type']}: wrong {', '.join(ranked[0][3])}")
            left.pop(ranked[0][2])
        else:
            out.append(f"{want['type']}: missing")
    if item.get("nothing"):
        out += [f"extra {e.type}" for e in coded.events]
    if item.get("only"):
        out += [f"extra {e.type}" for e in left]
    for ban in item.get("not", []):
        ban = {"type": ban} if isinstance(ban, str) else ban
        among = left if item.get("expect") and set(ban) == {"type"} else coded.events
        if any(not view.faults(e, ban) for e in among):
            out.append(f"tempted: {ban['type']}")
    for name in item.get("silence", []):
        if not any(s.stance == "decline" and view.is_party(s.source, name) for s in coded.attributions):
            out.append(f"silence of {name} missing")
    return out


def run(items: list[Item]) -> dict[str, tuple[list[str], CodedArticle]]:
    """Code the items; return by id what is wrong with each, and its record."""
    out = {}
    for item in items:
        coded = rawi.code(
            item["text"], published=item.get("published"), title=item.get("title"), outlet=item.get("outlet")
        )
        out[item["id"]] = (check(item, coded), coded)
    return out


def show(coded: CodedArticle) -> list[str]:
    """Return one line an event: type, status, mode, parties, date, chain."""
    view = View(coded)
    out = []
    for e in coded.events:
        name = {id: f"{a.name}[{a.country or ''} {a.sector}]" for id, a in view.actors.items()}
        third = " ".join(f"{t.role}={name[t.actor]}" for t in e.third_parties)
        hops = [view.hops[h] for h in e.chain]
        chain = " > ".join(f"{name[h.source] if h.source else '?'}:{h.stance}" for h in hops)
        out.append(
            f"{e.type} {e.status} {e.mode or ''} | {coded.article.text[e.trigger[0] : e.trigger[1]]} | "
            f"A {', '.join(name[a] for a in e.actors)} | R {', '.join(name[a] for a in e.recipients)} | {third} | "
            f"{e.date.value if e.date else ''} | {chain} | {' '.join(e.rules)}"
        )
    out += [
        f"silent: {view.actors[s.source].name if s.source else '?'}"
        for s in coded.attributions
        if s.stance == "decline"
    ]
    return out


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return load_items()


def test_items_are_well_formed(items: list[Item]) -> None:
    ids = Counter(i["id"] for i in items)
    assert not [i for i, n in ids.items() if n > 1]
    texts = Counter(i["text"] for i in items)
    assert not [t for t, n in texts.items() if n > 1]
    for item in items:
        assert set(item) <= keys, item["id"]
        assert {"id", "construction", "text"} < set(item), item["id"]
        assert {"expect", "nothing", "not", "silence"} & set(item), item["id"]
        assert not ("nothing" in item and "expect" in item), item["id"]
        for want in [*item.get("expect", []), *(n for n in item.get("not", []) if not isinstance(n, str))]:
            assert set(want) <= fields, item["id"]
            assert want["type"] in type_names, item["id"]


def test_there_are_enough(items: list[Item]) -> None:
    assert len(items) >= 420
    assert sum(map(is_negative, items)) >= 90


def test_passes_do_not_fall_under_the_floors(items: list[Item]) -> None:
    floors = json.loads((here / "floors.json").read_text(encoding="utf-8"))
    results = run(items)
    passed = Counter("negative" if is_negative(item) else "positive" for item in items if not results[item["id"]][0])
    assert passed["positive"] >= floors["positive"]
    assert passed["negative"] >= floors["negative"]


def main(names: list[str]) -> None:
    """Write what fails, and how many pass."""
    items = [i for i in load_items() if not names or i["id"] in names or i["construction"] in names]
    results = run(items)
    out = []
    for item in items:
        faults, coded = results[item["id"]]
        if not faults and not (names and item["id"] in names):
            continue
        out.append(f"\n{item['id']}: {'; '.join(faults)}\n  {item.get('title', '')} {item['text']}")
        out += [f"    {line}" for line in show(coded)]
    for negative in (False, True):
        group = [i for i in items if is_negative(i) is negative]
        passed = sum(not results[i["id"]][0] for i in group)
        out.append(f"{'negative' if negative else 'positive'}: {passed} of {len(group)} pass")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
