"""Decide how real an event is said to be, from tense, particles, governing verbs, framing nouns and hedges."""

from __future__ import annotations

from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.chunks import Chunk, Sentence
from rawi.syntax.clauses import Clause

# Acts of speech are done by being spoken: the present tense of "demands" is the report of a demand.
_speech = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"}
_back = ("neg", "fut", "perf", "adv", "mod", "time", "pron", "part", "np", "place", "quote", "dem")


def verb_status(sentence: Sentence, lexicon: Compiled, k: int, clause: Clause, sense: Sense) -> str:
    """Status of an event whose trigger is the verb chunk ``k``."""
    if sense.status is not None:
        return sense.status
    chunks = sentence.chunks
    verb = chunks[k].verb
    assert verb is not None
    negator = perf = ""
    for m in range(k - 1, max(-1, clause.left), -1):
        chunk = chunks[m]
        if chunk.kind == "neg" and k - m <= 2:
            negator = chunk.value
        elif chunk.kind == "perf" and k - m <= 2:
            perf = chunk.value
        elif chunk.kind == "fut":
            return "planned"
        elif chunk.kind == "mod":
            status = _modal(chunk.value, verb.tense)
            if status:
                return status
    if negator in ("لم", "لن", "ما", "لما") or (negator in ("لا",) and verb.tense == "imperfect"):
        return "negated"
    if verb.future:
        return "planned"
    governed = _governing_verb_status(sentence, lexicon, k, clause)
    if governed:
        return governed
    if perf and verb.tense == "imperfect":
        return "possible"
    if _conditional(chunks, clause):
        return "possible"
    if verb.tense == "imperfect" and sense.type not in _speech and not sentence.title:
        before = chunks[clause.left] if clause.left >= 0 else None
        if before is not None and before.kind == "verb" and before.verb is not None and sentence.tokens[before.i].form.lstrip("و") in ("كان", "كانت", "كانوا"):
            return "occurred"
        return "ongoing"
    return "occurred"


def _modal(value: str, tense: str) -> str | None:
    name, _, detail = value.partition(":")
    if name == "planned_cues":
        return "planned"
    if name in ("hedges", "conditionals", "hopes"):
        return "possible"
    if name == "negating" and detail in ("deny", "cancel", "fail", "past", "future", "unlikely"):
        return "negated"
    if name == "ongoing_cues" and tense != "perfect":
        return "ongoing"
    return None


def _conditional(chunks: list[Chunk], clause: Clause) -> bool:
    if clause.left < 0:
        return False
    chunk = chunks[clause.left]
    return chunk.kind == "sub" and chunk.value == "condition"


def _governing_verb_status(sentence: Sentence, lexicon: Compiled, k: int, clause: Clause) -> str | None:
    """Status given by a verb before أن + verb, or right before a bare imperfect (بدأ يقصف، يعتزم أن يزور)."""
    chunks = sentence.chunks
    at = clause.left
    if at < 0:
        return None
    if chunks[at].kind == "comp":
        if chunks[k].verb is None or chunks[k].verb.tense == "perfect":
            return None
        if any(c.kind == "np" and not c.prep for c in chunks[at + 1 : k]):
            return None  # أنّ + noun: a statement, not a plan
        at -= 1
        while at >= 0 and chunks[at].kind in _back and at > clause.left - 6:
            if chunks[at].kind == "mod":
                return _modal(chunks[at].value, "imperfect")
            at -= 1
    elif chunks[at].kind != "verb" or k - at > 4:
        return None
    if at < 0 or chunks[at].kind != "verb" or chunks[at].verb is None:
        return None
    return governed_status(lexicon, chunks[at], None)


def governed_status(lexicon: Compiled, chunk: Chunk, prep: str | None) -> str | None:
    """Status that a governing verb gives to what it governs with ``prep`` (None: any)."""
    if chunk.verb is None:
        return None
    classes = lexicon.verb_lexemes[chunk.verb.lexeme].governs
    for name in ("aspect_verbs", "attitude_verbs"):
        values = classes.get(name)
        if not values:
            continue
        value = values.get(prep) if prep is not None else next(iter(values.values()))
        if value and value != "as-is":
            return value
    if "prevent_verbs" in classes:
        return "negated"
    return None


def noun_status(
    sentence: Sentence, lexicon: Compiled, k: int, governor: int | None, clauses: dict[int, Clause], sense: Sense
) -> str:
    """Status of an event whose trigger is the noun chunk ``k``."""
    if sense.status is not None:
        return sense.status
    chunks = sentence.chunks
    # a framing noun right before it: محاولة، خطة، عدم، وقف
    m = k - 1
    while m >= 0 and k - m <= 2 and chunks[m].kind in ("np", "frame") and chunks[m + 1].gen:
        value = chunks[m].value
        if value.startswith("status:"):
            return value.partition(":")[2]
        m -= 1
    if m >= 0 and chunks[m].kind == "mod" and m == k - 1:
        status = _modal(chunks[m].value, "noun")
        if status:
            return status
    following = chunks[k + 1] if k + 1 < len(chunks) else None
    if following is not None and following.kind == "mod":
        status = _modal(following.value, "noun")
        if status:
            return status
    if governor is not None:
        chunk = chunks[governor]
        verb = chunk.verb
        assert verb is not None
        clause = clauses.get(governor)
        group = next((g for g in clause.after if any(c is chunks[k] for c in (*g.chunks, *g.gens))), None) if clause else None
        if clause is not None and group is not None:
            near = chunks[k].i - chunk.j <= 8
            classes = lexicon.verb_lexemes[verb.lexeme].governs
            direct = "light_verbs" in classes or "happen_verbs" in classes or "aspect_verbs" in classes
            base = verb_status(sentence, lexicon, governor, clause, sense) if near and direct else None
            if near and base in ("negated", "planned", "possible"):
                return base
            given = governed_status(lexicon, chunk, group.prep)
            if given and near:
                if given == "negated" and base == "negated":
                    return "occurred"
                return given
            if near and direct and base == "ongoing" and sense.type not in _speech:
                return "ongoing"
            if near and "happen_verbs" in classes:
                value = next(iter(classes["happen_verbs"].values()))
                if value != "occurred":
                    return value
    return "occurred"
