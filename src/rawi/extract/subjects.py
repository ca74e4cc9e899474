"""Find the subject that a verb or an event noun shares with another verb of its sentence."""

from __future__ import annotations

from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.references import Reference, references, subject_references
from rawi.syntax.sentence import Chunk, Sentence


def matrix_subject(sentence: Sentence, k: int, clauses: dict[int, Clause], number: str) -> list[Reference]:
    """The subject a participle shares: that of the last finite verb before it."""
    apart = k > 0 and sentence.chunks[k - 1].is_comma
    main = any(c.left_kind != "rel" and sentence.chunks[m].kind == "verb" for m, c in clauses.items() if m < k)
    for m in range(k - 1, -1, -1):
        clause = clauses.get(m)
        if clause is not None and sentence.chunks[m].kind == "verb":
            if apart and main and clause.left_kind == "rel":
                continue  # أكد الوزير أهمية التصريحات التي تطرقت إلى بلاده، مطالبا: not what the relative clause is about
            teller = _teller(sentence, m, clauses)
            if teller and not sentence.chunks[m].cues:
                return teller
            found = subject_references(sentence, clause)
            if sentence.chunks[m].conj and all(r.kind == "null" for r in found):
                return previous_subject(m, clauses, sentence) or found  # استنكر الوزير الغارة واعتبرها خرقا، مطالبا
            return found
    for m in range(k - 1, -1, -1):
        if sentence.chunks[m].parties and not sentence.chunks[m].prep:
            return [Reference("party", p.i, p) for p in sentence.chunks[m].parties]
    return [Reference("null", sentence.chunks[k].i, value="3", number=number)]


def _teller(sentence: Sentence, m: int, clauses: dict[int, Clause]) -> list[Reference]:
    """قال الوزير إن الفكرة انتهت، داعيا: who tells what the verb ``m`` says, where that verb stands in what is told."""
    chunks = sentence.chunks
    told = False
    for n in range(m - 1, -1, -1):
        kind = chunks[n].kind
        if kind == "comp":
            told = True
        elif kind in ("sub", "rel", "opener") or (kind == "mark" and chunks[n].value in ".؛"):
            if not told:
                return []
        elif kind == "verb" and chunks[n].cues and told:
            clause = clauses.get(n)
            return references(clause.subject) if clause is not None else []
    return []


def same_gender_before(sentence: Sentence, k: int, clauses: dict[int, Clause]) -> bool:
    """Whether the last finite verb before has a named subject and the same gender and number."""
    mine = sentence.chunks[k].verb
    for m in range(k - 1, -1, -1):
        clause, verb = clauses.get(m), sentence.chunks[m].verb
        if clause is None or verb is None or sentence.chunks[m].kind != "verb":
            continue
        same = mine is not None and verb.gender == mine.gender and verb.number == mine.number
        return same and clause.subject is not None and bool(references(clause.subject))
    return False


def previous_subject(k: int, clauses: dict[int, Clause], sentence: Sentence) -> list[Reference]:
    for m in range(k - 1, -1, -1):
        clause = clauses.get(m)
        if clause is not None and clause.subject is not None and sentence.chunks[m].kind == "verb":
            if sentence.chunks[m].pronoun and m and sentence.chunks[m - 1].kind in ("cue", "rel"):
                continue  # وفق بيان أصدرته الوزارة، ... وتطالب: who issued it is not the subject that goes on
            found = references(clause.subject)
            if found:
                return found
    return []


def main_subject(sentence: Sentence, k: int, clauses: dict[int, Clause]) -> list[Reference]:
    """The subject of the finite verb before a setting phrase, else of the one after it."""
    chunks = sentence.chunks
    for m in [*range(k - 1, -1, -1), *range(k + 1, len(chunks))]:
        if chunks[m].kind == "verb":
            clause = clauses.get(m)
            if clause is None:
                clause = clauses[m] = read_clause(sentence, m)
            found = references(clause.subject)
            if found:
                return found
            if m < k:
                return [r for r in subject_references(sentence, clause) if r.kind == "null"]
    return []


def verb_over_insertion(chunks: list[Chunk], k: int) -> int | None:
    """The verb before an insertion between commas that ends right before the chunk ``k`` (تؤكد تونس، وفق بيان أصدرته الوزارة، ...)."""
    if k < 3 or chunks[k].conj or chunks[k].prep or not chunks[k - 1].is_comma:
        return None
    opening = next((m for m in range(k - 2, 0, -1) if chunks[m].kind == "mark"), 0)
    if not opening or not chunks[opening].is_comma:
        return None
    first = chunks[opening + 1]
    if not (
        first.kind in ("cue", "time", "adv", "opener", "sub") or (first.kind == "np" and first.prep and not first.conj)
    ):
        return None
    for m in range(opening - 1, -1, -1):
        if chunks[m].kind == "verb":
            return m
        if chunks[m].kind in ("comp", "sub", "rel", "opener", "mark"):
            return None
    return None
