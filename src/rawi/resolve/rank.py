"""Judge violence and protest in a lone sentence: a small linear model over what the rules saw.

In an article the rules decide. A single sentence without headline or neighbours gives no such footing: the words of
attack and protest are as often history, law, fear or metaphor as news. There a linear model, trained by
``bench/train_ranker.py`` on the Arabic event gold standard, accepts or rejects what the rules propose. Its features
are few: how the trigger stands, in what clause, whether its roles were filled and whom it hit, and for attacks the
common words of the sentence without its names. Both types share the weights of what they have in common; each has a
threshold of its own.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from importlib import resources

import msgspec

from rawi.extract.occurrences import Occurrence
from rawi.lexicon.compiled import Compiled
from rawi.resolve.actors import ActorDraft
from rawi.resolve.drafts import EventDraft
from rawi.syntax.sentence import Sentence

_questions = {"؟", "?"}
_closing = {"»": "«", "”": "“"}
report_length = 18  # tokens: longer sentences have room for history, argument and comparison
_function_openers = {"conj", "comp", "rel", "dem", "pron", "perf", "part", "exc"}
_goes_on = {"لذلك", "لذا", "كما", "فيما", "بينما", "حيث", "غير", "ثمه", "هناك"}
_charges = {"تهمه", "بتهمه", "تهم", "بتهم", "جريمه", "ذكري", "خيار"}


class Weights(msgspec.Struct, frozen=True):
    """A trained model of one event type: feature weights, the intercept, and the score at which a candidate is kept."""

    weights: dict[str, float]
    intercept: float
    threshold: float


@functools.cache
def load_weights() -> dict[str, Weights]:
    """Return the shipped models by event type; empty where there are none."""
    try:
        data = resources.files("rawi.resolve").joinpath("ranker.json").read_bytes()
    except FileNotFoundError:
        return {}
    return msgspec.json.decode(data, type=dict[str, Weights])


class Ranker:
    """Scores events of an article."""

    def __init__(self, lexicon: Compiled) -> None:
        self.models = load_weights()
        self.off_topic = {
            word
            for name in ("sport", "markets", "weather", "culture", "accident")
            for word in lexicon.words.get(name, ())
        }
        self._sentences: dict[int, list[str]] = {}

    def keep(self, events: list[EventDraft], *, lone: bool) -> list[EventDraft]:
        """Return the events that are accepted; ``lone`` says that the article is a single sentence without headline."""
        self._sentences.clear()
        kept = []
        for event in events:
            event.occurrence.score = confidence_of(event)
            model = self.models.get(event.type) if lone else None
            if model is not None and not opens_as_report(event):
                event.occurrence.score = score(model, self.features(event))
                enough = model.threshold * share_needed(event)
                if event.occurrence.score < enough:
                    continue
                event.rules.append("ranker_accepts")
            kept.append(event)
        return kept

    def features(self, event: EventDraft) -> list[str]:
        """Return the names of the binary features that hold of an event.

        Few and shared by both types: what tells an attack from talk of one also tells a demonstration from talk of one.
        """
        occurrence = event.occurrence
        sentence = occurrence.sentence
        chunk = sentence.chunks[occurrence.on]
        kind = event.type
        actors, recipients = event.actors, event.recipients
        out = [
            f"type={kind}",
            f"family={'.'.join(event.sense_id.split('.')[:2])}",
            f"{kind}:a{min(len(actors), 1)}r{min(len(recipients), 1)}",
            f"clause={_clause_kind(sentence, occurrence.on)}",
        ]
        if chunk.kind == "np":
            out.append("noun:pronoun" if chunk.pronoun else "noun:definite" if chunk.definite else "noun:indefinite")
            if chunk.prep:
                out.append("prep=" + (chunk.prep if chunk.prep in ("في", "ب", "ل", "من", "علي") else "other"))
            if chunk.gen:
                out.append("in_genitive")
        elif chunk.verb is not None:
            out.append(f"verb:{chunk.verb.tense}" if chunk.kind == "verb" else "participle")
        out += [f"recipient={v}" for v in _party_values(recipients)]
        counted = {p.actor for c in sentence.chunks if c.quant for p in c.parties}
        if any(r.id in counted for r in recipients):
            out.append("recipient=counted")
        if occurrence.times:
            out.append("time")
        if occurrence.place is not None:
            out.append("place")
        countries = {a.country for a in (*actors, *recipients) if a.country}
        out.append(f"countries={min(len(countries), 2)}")
        if "protest-detail" in occurrence.sense.contexts:
            out.append("protest_detail")
        out += self._sentence_features(sentence)
        if kind == "ASSAULT":
            out += _word_features(sentence)
        return out

    def _sentence_features(self, sentence: Sentence) -> list[str]:
        key = id(sentence)
        found = self._sentences.get(key)
        if found is not None:
            return found
        out: list[str] = []
        forms = [t.form for t in sentence.tokens]
        if any(f[0].isdigit() for f in forms):
            out.append("number")
        size = len(forms)
        out.append(
            "length=" + ("short" if size < 12 else "middle" if size < 35 else "long" if size < 70 else "very_long")
        )
        hits = sum(
            1
            for w in sentence.words
            if w is not None
            and any(s.rest in self.off_topic or s.rest.removeprefix("ال") in self.off_topic for s in w.splits)
        )
        if hits:
            out.append(f"off_topic={min(hits, 2)}")
        self._sentences[key] = out
        return out


def _word_features(sentence: Sentence) -> list[str]:
    """The words of a sentence without article and conjunction; names of actors and places are left out, for they pass."""
    out: dict[str, None] = {}
    for word in sentence.words:
        if word is None or word.name or word.nisba or word.number or not word.splits:
            continue
        form = word.form.lstrip("وف") if word.splits[-1].conj else word.form
        out["word=" + form.removeprefix("ال")] = None
    return list(out)


def opens_as_report(event: EventDraft) -> bool:
    """Tell whether a lone sentence is a short report of its own, not a piece of a longer text.

    A piece begins with a conjunction or points back, asks, argues in the first person, or closes a quotation that it
    did not open. A brief report does none of this: the rules decide over it as they do in an article.
    """
    occurrence = event.occurrence
    sentence = occurrence.sentence
    forms = [t.form for t in sentence.tokens]
    return (
        len(forms) <= report_length
        and not _carries_on(sentence)
        and not _names_charge(occurrence)
        and "protest-detail" not in occurrence.sense.contexts
        and not _questions & set(forms)
        and not any(forms.count(close) > forms.count(opening) for close, opening in _closing.items())
        and not any(c.verb is not None and c.verb.person == 1 for c in sentence.chunks)
    )


def _carries_on(sentence: Sentence) -> bool:
    """وقد نجا، هذه الزيارة، * 20 يوليو: a sentence that hangs on what stood before it, or an item of a list."""
    word, form = sentence.words[0], sentence.tokens[0].form
    if word is None:
        return form not in '«“"('
    if any(s.rest in _goes_on for s in word.splits) or (
        word.function is not None and (word.function.conj or word.function.kind in _function_openers)
    ):
        return True
    joined = [r.conj for r in word.verbs] + [r.conj for r in word.nouns] + [r.conj for r in word.nisba]
    if joined and all(joined):
        return True
    return sentence.chunks[0].kind == "time" and ":" in {t.form for t in sentence.tokens[:5]}


def _names_charge(occurrence: Occurrence) -> bool:
    """بتهمة اغتصاب امرأة، ذكرى التفجير: the word of violence names a charge or an anniversary."""
    first = occurrence.trigger[0]
    return first > 0 and occurrence.sentence.tokens[first - 1].form in _charges


def _clause_kind(sentence: Sentence, at: int) -> str:
    """What opens the clause an event is told in: main, comp, sub, rel, or another verb."""
    chunks = sentence.chunks
    for m in range(at - 1, -1, -1):
        kind = chunks[m].kind
        if kind in ("comp", "sub", "rel", "verb", "participle"):
            return kind
        if kind in ("opener", "cue"):
            return "main"
    return "main"


def share_needed(event: EventDraft) -> float:
    """Return how much of the threshold an event needs: half where it says who did it, else all.

    Left-out sentences bear this out: at one F1 more events with a doer are kept. And users miss a plain report (قصف الجيش
    البلدة أمس) more than they mind a doubtful one.
    """
    return 0.5 if _plain_report(event) or any(a.country and not a.guessed for a in event.actors) else 1.0


def _plain_report(event: EventDraft) -> bool:
    """قصف الجيش البلدة أمس: a perfect verb with an armed or known doer, a sufferer and a day is a report when it stands alone."""
    chunk = event.occurrence.sentence.chunks[event.occurrence.on]
    verb = chunk.verb
    told = verb is not None and verb.tense == "perfect" and verb.person == 3 and not chunk.conj
    known = any(a.entity or a.sector in ("MIL", "REB", "COP") for a in event.actors)
    return told and known and bool(event.recipients) and event.date is not None


def score(model: Weights, features: Iterable[str]) -> float:
    """Return the probability that a candidate with these features is an event as the codebook has it."""
    z = model.intercept + sum(model.weights.get(f, 0.0) for f in features)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))


def confidence_of(event: EventDraft) -> float:
    """How far the coder trusts its reading, 0 to 1: more where parties are named, roles filled and the clause dated."""
    parties = [*event.actors, *event.recipients]
    value = 0.35
    value += 0.15 if event.actors else 0.0
    value += 0.15 if event.recipients or len(event.actors) > 1 else 0.0
    value += 0.1 if any(p.entity or p.name_words for p in parties) else 0.0
    value += 0.1 if event.date is not None else 0.0
    value += 0.1 if "same_event_again" in event.rules else 0.0
    value -= 0.1 if any(r.kind in ("null", "pronoun") for r in event.occurrence.actors) else 0.0
    value -= 0.1 if any(p.vague for p in parties) else 0.0
    return max(0.05, min(0.95, value))


def _party_values(parties: list[ActorDraft]) -> set[str]:
    out: set[str] = set()
    for party in parties:
        out.add(party.sector)
        if party.entity:
            out.add("known")
        if party.name_words:
            out.add("named")
        if party.kind:
            out.add("kind:" + party.kind)
        if party.number == "p":
            out.add("plural")
        if party.vague:
            out.add("vague")
    return out
