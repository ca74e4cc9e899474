"""Measures of coded articles against gold, as the codebook defines them, and ``rawi eval``'s report. Plain JSON in and out.

1. Two parties are the same when a mention of one holds the other's content words, when half of their content words
   are shared, or when both are plainly a state (same country, government or unknown sector).
2. A gold event is found by a coded event of its article with its type and one of its parties (of its trigger where it
   names no party); each coded event finds one gold event, the likest pairs first. Optional gold events neither count as
   missed nor, when coded, as wrong.
3. On the events found: roles, mode, status, date, innermost source, stance, grade, and the whole chain.
4. The Arabic event gold standard (PROTEST and ASSAULT in single sentences) is scored as detection: only events coded as
   occurred or ongoing count.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from rawi.errors import InputError
from rawi.model import EventType

Json = dict[str, Any]
Words = frozenset[str]

_letters = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_articles = ("وال", "بال", "فال", "كال", "لل", "ال")
_empty_words = frozenset(
    [
        "في",
        "من",
        "على",
        "الى",
        "عن",
        "مع",
        "بن",
        "ابن",
        "ال",
        "باسم",
        "لدي",
        "هذا",
        "هذه",
        "ان",
        "التي",
        "الذي",
        "بين",
        "كل",
        "السيد",
        "السيده",
        "الدكتور",
        "الشيخ",
        "السيدة",
        "سمو",
        "صاحب",
        "الملكي",
        "معالي",
        "سعادة",
    ]
)
_state_sectors = {"GOV", "UNK", None, ""}


def content_words(text: str | None) -> Words:
    """Return the folded words of a name without article and without words that say nothing."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text or "") if not unicodedata.combining(c))
    out = set()
    for word in re.findall(r"[^\W_]+", plain.translate(_letters)):
        prefix = next((p for p in _articles if word.startswith(p) and len(word) >= len(p) + 2), "")
        out.add(word[len(prefix) :])
    return frozenset(out - _empty_words - {""})


@dataclass(frozen=True)
class Party:
    """A party as far as scoring goes: the words of each mention, country and sector."""

    mentions: tuple[Words, ...]
    country: str | None
    sector: str | None

    def same(self, other: Party) -> bool:
        """Say whether two parties are one (rule 1)."""
        if any(_words_agree(a, b) for a in self.mentions for b in other.mentions):
            return True
        states = self.sector in _state_sectors and other.sector in _state_sectors
        return bool(self.country) and self.country == other.country and states

    def near(self, other: Party) -> bool:
        """Say whether two parties are one, or at least of one country."""
        return self.same(other) or bool(self.country and self.country == other.country)


def _words_agree(a: Words, b: Words) -> bool:
    shared = len(a & b)
    return shared == min(len(a), len(b)) or 2 * shared >= len(a | b)


def _party(texts: Iterable[str | None], country: str | None, sector: str | None) -> Party:
    mentions = tuple(words for words in map(content_words, texts) if words)
    return Party(mentions, country or None, "JRN" if sector == "MED" else sector or None)


Hop = tuple[Party | None, str | None, str | None]


@dataclass
class Scored:
    """An event of either side, brought to one shape."""

    type: str
    mode: str | None
    status: str | None
    trigger: Words
    actors: list[Party]
    recipients: list[Party]
    date: str | None
    chain: list[Hop]
    raw: Json
    optional: bool = False


def gold_event(event: Json) -> Scored:
    """Bring a gold event to the common shape."""
    parties = {
        role: [_party([p.get("text")], p.get("country"), p.get("sector")) for p in event.get(role) or ()]
        for role in ("actors", "recipients")
    }
    chain: list[Hop] = [
        (_party([hop["source"]], None, None) if hop.get("source") else None, hop.get("stance"), hop.get("grade"))
        for hop in event.get("chain") or ()
    ]
    return Scored(
        event["type"], event.get("mode"), event.get("status"), content_words(event.get("trigger")), parties["actors"], parties["recipients"],
        event.get("date"), chain, event, bool(event.get("optional")),
    )  # fmt: skip


def coded_events(coded: Json) -> list[Scored]:
    """Bring the events of a coded article to the common shape."""
    text = coded["article"]["text"]
    parties = {
        a["id"]: _party(
            [a.get("name"), *(text[i:j] for i, j in a.get("mentions", ()))], a.get("country"), a.get("sector")
        )
        for a in coded.get("actors", ())
    }
    hops = {hop["id"]: hop for hop in coded.get("attributions", ())}
    out = []
    for event in coded.get("events", ()):
        trigger = text[slice(*event["trigger"])] if event.get("trigger") else ""
        date = event.get("date")
        out.append(
            Scored(
                event["type"],
                event.get("mode"),
                event.get("status"),
                content_words(trigger),
                [parties[i] for i in event["actors"]],
                [parties[i] for i in event["recipients"]],
                date.get("value") if isinstance(date, dict) else date,
                [_hop(hops[i], parties, text) for i in event.get("chain", ())],
                {**event, "words": trigger},
            )
        )
    return out


def _hop(hop: Json, parties: Mapping[str, Party], text: str) -> Hop:
    source = parties.get(hop.get("source") or "")
    if source is None and hop.get("source_span"):
        source = _party([text[slice(*hop["source_span"])]], None, None)
    return source, hop.get("stance"), hop.get("grade")


def matches(left: Sequence[Party], right: Sequence[Party], alike: Callable[[Party, Party], bool] = Party.same) -> int:
    """Return how many of ``left`` find a fellow in ``right``, each fellow used once."""
    free = list(right)
    count = 0
    for party in left:
        fellow = next((other for other in free if alike(party, other)), None)
        if fellow is not None:
            free = [other for other in free if other is not fellow]
            count += 1
    return count


def likeness(gold: Scored, coded: Scored) -> int:
    """Return how like two events are; 0: they are not one event."""
    if gold.type != coded.type:
        return 0
    parties = gold.actors + gold.recipients
    shared = matches(parties, coded.actors + coded.recipients, Party.near)
    triggers = bool(gold.trigger & coded.trigger)
    if not (shared if parties else triggers):
        return 0
    roles = matches(gold.actors, coded.actors) + matches(gold.recipients, coded.recipients)
    return 1 + 2 * roles + shared + (gold.status == coded.status) + triggers + (gold.date == coded.date)


def same_date(gold: str | None, coded: str | None) -> bool:
    """Say whether two dates agree; a day agrees with its month, a month with its year, an interval only with itself."""
    if not gold or not coded:
        return not gold and not coded
    if gold == coded:
        return True
    near = abs(len(gold) - len(coded)) <= 3 and "/" not in gold + coded
    return near and (gold.startswith(coded) or coded.startswith(gold))


def dyads(events: Iterable[Scored]) -> set[tuple[str, str, str]]:
    """Return (type, country, country) of who did it to whom; symmetric events as pairs in order of the code."""
    out: set[tuple[str, str, str]] = set()
    for event in events:
        actors = [p.country for p in event.actors if p.country]
        recipients = [p.country for p in event.recipients if p.country]
        if recipients:
            pairs = [(a, b) for a in actors for b in recipients]
        else:
            pairs = [(min(a, b), max(a, b)) for i, a in enumerate(actors) for b in actors[i + 1 :]]
        out.update((event.type, a, b) for a, b in pairs if a != b)
    return out


def rates(hit: int, gold: int, coded: int) -> dict[str, float]:
    """Return precision, recall and F1 with the counts they come from."""
    p, r = hit / coded if coded else 0.0, hit / gold if gold else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "gold": gold, "coded": coded}


@dataclass
class _Tally:
    """What is counted over all articles."""

    n: Counter[str] = field(default_factory=Counter)
    types: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    missed: list[tuple[str, Json]] = field(default_factory=list)
    extra: list[tuple[str, Json]] = field(default_factory=list)

    def count(self, event_type: str, what: str, by: int = 1) -> None:
        self.n[what] += by
        self.types[event_type][what] += by


def score(gold: Sequence[Json], coded: Mapping[str, Json], show: int = 0) -> Json:
    """Return all measures of ``coded`` (by article id) against ``gold``; with ``show``, also that many missed and extra events."""
    tally = _Tally()
    for record in gold:
        _score_article(record, coded.get(record["id"]), tally)
    n = tally.n
    found = n["hit"] or 1
    sourced, sourced_right = n["sourced"] or 1, n["sourced_right"] or 1
    out: Json = {
        "articles": len(gold),
        "events": rates(n["hit"], n["gold"], n["coded"]),
        "dyads": rates(n["dyad_hit"], n["dyad_gold"], n["dyad_coded"]),
        "roles": rates(n["role_hit"], n["role_gold"], n["role_coded"]),
        "on_found": {
            "mode": n["mode"] / found, "status": n["status"] / found, "date": n["date"] / found,
            "date_when_stated": n["dated_right"] / (n["dated"] or 1), "source": n["source"] / found,
            "source_when_attributed": n["sourced_right"] / sourced, "whole_chain": n["chain"] / found,
            "stance_when_source_found": n["stance"] / sourced_right, "grade_when_source_found": n["grade"] / sourced_right,
        },
        "types": {name: rates(c["hit"], c["gold"], c["coded"]) for name, c in sorted(tally.types.items())},
    }  # fmt: skip
    if show:
        out["missed"], out["extra"] = tally.missed[:show], tally.extra[:show]
    return out


def _score_article(record: Json, coded: Json | None, tally: _Tally) -> None:
    left = [gold_event(e) for e in record["events"]]
    right = coded_events(coded) if coded is not None else []
    for event in left:
        tally.count(event.type, "gold", not event.optional)
    for event in right:
        tally.count(event.type, "coded")
    likely = [(likeness(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    likely.sort(key=lambda row: (left[row[1]].optional, -row[0], row[1], row[2]))
    gone_left: set[int] = set()
    gone_right: set[int] = set()
    for like, i, j in likely:
        if like <= 0 or i in gone_left or j in gone_right:
            continue
        gone_left.add(i)
        gone_right.add(j)
        if left[i].optional:
            tally.count(right[j].type, "coded", -1)
        else:
            tally.count(left[i].type, "hit")
            _score_pair(left[i], right[j], tally.n)
    tally.missed += [(record["id"], e.raw) for i, e in enumerate(left) if i not in gone_left and not e.optional]
    tally.extra += [(record["id"], e.raw) for j, e in enumerate(right) if j not in gone_right]
    wanted, allowed, got = dyads(e for e in left if not e.optional), dyads(left), dyads(right)
    tally.n.update(dyad_gold=len(wanted), dyad_hit=len(wanted & got), dyad_coded=len(got - (allowed - wanted)))


def _score_pair(gold: Scored, coded: Scored, n: Counter[str]) -> None:
    """Count what is right about an event that was found."""
    n["role_gold"] += len(gold.actors) + len(gold.recipients)
    n["role_coded"] += len(coded.actors) + len(coded.recipients)
    n["role_hit"] += matches(gold.actors, coded.actors) + matches(gold.recipients, coded.recipients)
    n["mode"] += (gold.mode or None) == (coded.mode or None)
    n["status"] += gold.status == coded.status
    right = same_date(gold.date, coded.date)
    n["date"] += right
    n["dated"] += bool(gold.date)
    n["dated_right"] += bool(gold.date) and right
    inner = (
        _same_source(gold.chain[0], coded.chain[0])
        if gold.chain and coded.chain
        else not gold.chain and not coded.chain
    )
    n["source"] += inner
    if gold.chain:
        n["sourced"] += 1
        if inner:
            n["sourced_right"] += 1
            n["stance"] += gold.chain[0][1] == coded.chain[0][1]
            n["grade"] += gold.chain[0][2] == coded.chain[0][2]
    n["chain"] += len(gold.chain) == len(coded.chain) and all(map(_same_source, gold.chain, coded.chain))


def _same_source(a: Hop, b: Hop) -> bool:
    return a[0].same(b[0]) if a[0] is not None and b[0] is not None else a[0] is b[0]


def score_gsr(gold: Iterable[Json], coded: Mapping[str, Json]) -> Json:
    """Return detection and party measures on the Arabic event gold standard (rule 4)."""
    alarms: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    parties: Counter[str] = Counter()
    for row in gold:
        article = coded.get(row["article"], {"events": [], "actors": []})
        events = [
            e
            for e in article["events"]
            if e["type"] == row["event_type"] and e.get("status") in ("occurred", "ongoing")
        ]
        alarms[row["event_type"], row["label"]].append(bool(events))
        if row.get("spans"):
            _score_spans(row["spans"], events, {a["id"]: a.get("country") for a in article.get("actors", ())}, parties)
    out: Json = {}
    for event_type in ("ASSAULT", "PROTEST"):
        yes, easy, difficult = (alarms[event_type, label] for label in ("yes", "easy no", "difficult no"))
        out[event_type] = {
            **rates(sum(yes), len(yes), sum(yes) + sum(easy) + sum(difficult)),
            "false_alarms_easy": sum(easy),
            "false_alarms_difficult": sum(difficult),
        }
    out["parties"] = {name: parties[name, "hit"] / (parties[name, "n"] or 1) for name in ("actor", "recipient", "both")}  # type: ignore[index]
    return out


def _score_spans(
    spans: Sequence[Json], events: Sequence[Json], country: Mapping[str, str | None], n: Counter[Any]
) -> None:
    unknown = {None, "INT"}
    actors = {s["source_code"][0] for s in spans} - unknown
    recipients = {s["target_code"][0] for s in spans} - unknown
    coded = [({country.get(i) for i in e["actors"]}, {country.get(i) for i in e["recipients"]}) for e in events]
    for name, wanted, hit in (
        ("actor", actors, any(actors & a for a, _ in coded)),
        ("recipient", recipients, any(recipients & r for _, r in coded)),
        ("both", actors and recipients, any(actors & a and recipients & r for a, r in coded)),
    ):
        if wanted:
            n[name, "n"] += 1
            n[name, "hit"] += bool(hit)


def check_gold(record: object, where: str) -> Json:
    """Return a line of a gold file, as ``score`` reads it.

    Raises:
        InputError: it is not an article with a list of events, or an event has no known type.
    """
    if not isinstance(record, dict) or not isinstance(record.get("events"), list):
        raise InputError(
            f"{where}: this is no gold article; give an object with 'text' and 'events', as 'rawi export --gold' writes"
        )
    for n, event in enumerate(record["events"], 1):
        kind = event.get("type") if isinstance(event, dict) else None
        if kind not in get_args(EventType):
            raise InputError(f"{where}: event {n} has type {kind!r}; give one of {', '.join(get_args(EventType))}")
        for role in ("actors", "recipients", "chain"):
            if not all(isinstance(one, dict) for one in event.get(role) or ()):
                raise InputError(f"{where}: event {n}: {role} are not objects; write them as 'rawi export --gold' does")
    return record


def report(measures: Json) -> list[str]:
    """Return measures as lines of text, with the missed and extra events that ``score`` was asked to show."""
    lines = [f"{measures['articles']} articles"]
    for key in ("events", "dyads", "roles"):
        m = measures[key]
        lines.append(
            f"  {key:8} P {m['p']:.3f}  R {m['r']:.3f}  F1 {m['f1']:.3f}   gold {m['gold']}  coded {m['coded']}"
        )
    lines.append("  on found events: " + "  ".join(f"{k} {v:.3f}" for k, v in measures["on_found"].items()))
    if "silences" in measures:
        lines.append(f"  silences found: {measures['silences']['found']} of {measures['silences']['gold']}")
    lines.append(
        "  by type (F1/gold): " + "  ".join(f"{k} {v['f1']:.2f}/{v['gold']}" for k, v in measures["types"].items())
    )
    for what in ("missed", "extra"):
        for identifier, event in measures.get(what, ()):
            parts = {
                k: event[k] for k in ("type", "status", "trigger", "words", "actors", "recipients") if event.get(k)
            }
            lines.append(f"  {what} {identifier} {json.dumps(parts, ensure_ascii=False)}")
    return lines
