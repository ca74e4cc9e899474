"""Find whose word a reporting verb gives: its subject, who issued the statement, who carries it.

1. The subject says it; a first party after the verb counts whatever its gender, and an unknown word is read as a name.
2. A statement is the word of who issued it (البيان الصادر عن الوزارة، في تعليق من الوزير).
3. A medium in a relative clause carries the remarks it describes (في تصريحات نقلتها قناة).
"""

from __future__ import annotations

from rawi.extract.reports import Report, group_with, is_medium
from rawi.lexicon.compiled import Compiled, Cue
from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.groups import Group
from rawi.syntax.party import Party
from rawi.syntax.references import Reference, references, subject_references
from rawi.syntax.sentence import Chunk, Sentence

_issued = ("الصادر", "الصادره", "صادر", "صادره")


def speakers(sentence: Sentence, clause: Clause, lexicon: Compiled, introducer: int | None) -> list[Reference]:
    """Who says it: the subject; after a reporting verb the first party without preposition, whatever its gender."""
    chunks = sentence.chunks
    verb = chunks[clause.verb].verb
    assert verb is not None
    if clause.subject is not None and sentence.tokens[clause.subject.head.i].form in ("و", "ف"):
        clause.subject = None  # a conjunction written apart
    subject = clause.subject
    if subject is not None and subject.head.senses and not subject.has_party():
        return [
            Reference("null", chunks[clause.verb].i, value=str(verb.person), number=verb.number)
        ]  # أعلن مقتل القائد
    found = subject_references(sentence, clause)
    if verb.voice == "p" or chunks[clause.verb].kind == "participle":
        return found
    if found and found[0].kind == "null" and verb.person == 3 and verb.number == "s":
        first = next((g for g in clause.after if not g.prep and not g.prep_role), None)
        if (
            first is not None
            and first.has_party()
            and (introducer is not None or len([g for g in clause.after if not g.prep]) > 1)
            and first.head.i - chunks[clause.verb].j <= 4
        ):
            return references(first) or found
    if not found and introducer is not None and subject is not None:
        found = _unknown_speaker(sentence, subject, lexicon)
    return found


def statement_of(sentence: Sentence, lexicon: Compiled, k: int) -> list[Reference]:
    """في تعليق من الوزير، أكد أن: the verb's understood subject made the statement that opens the sentence."""
    chunks = sentence.chunks
    for m in range(k - 1):
        statement, by = chunks[m], chunks[m + 1]
        if (
            statement.prep in ("في", "ب")
            and by.prep in ("من", "ل")
            and by.party is not None
            and by.party.kind in ("role", "person")
        ):
            if any(lexicon.cues[c].kind == "noun" for c in statement.cues):
                return [Reference("party", by.i, by.party)]
    return []


def issuer(sentence: Sentence, sources: list[Reference]) -> list[Reference]:
    """البيان الصادر عن الوزارة: whose statement it is."""
    party = sources[0].party if sources else None
    if (
        party is None
        or party.kind != "source"
        or not any(t.form in _issued for t in sentence.tokens[party.i : party.j + 1])
    ):
        return []
    following = next(
        (c for c in sentence.chunks if party.j <= c.i <= party.j + 1 and c.prep == "عن" and c.party is not None), None
    )
    return [Reference("party", following.i, following.party)] if following is not None else []


def joined_sources(subject: Group | None, sources: list[Reference]) -> list[Reference]:
    """مسعفون وناشطون: each of several joined sources vouches for himself."""
    if subject is None or len(sources) < 2 or len(sources) > 4 or len(subject.chunks) < 2:
        return []
    starts = {c.i for c in subject.chunks if c.conj == "و"}
    return [r for r in sources[1:] if r.party is not None and (r.party.i in starts or r.party.i - 1 in starts)]


def main_clause_subject(sentence: Sentence, k: int, earlier: list[Report]) -> list[Reference]:
    """Who a participle (مؤكدا، مشيرا إلى) belongs to where nobody was quoted yet: the subject of the main verb before it."""
    chunks = sentence.chunks
    if any(r.source is not None or r.inherits for r in earlier if r.verb is not None):
        return []
    for m in range(k):
        if chunks[m].kind != "verb":
            continue
        clause = read_clause(sentence, m)
        if clause.left_kind in ("rel", "comp", "sub") and m > 2:
            continue
        found = [r for r in subject_references(sentence, clause) if r.kind == "party"]
        return found[:1]
    return []


def quoted_group(clause: Clause, entry: Cue, introducer: int | None) -> Group | None:
    """Whom a relaying or learning verb has it from: نقلت عن، نسبت إلى ... أن، علمت من."""
    if entry.kind == "learn":
        return group_with(clause, "من")
    if entry.kind != "relay":
        return None
    return group_with(clause, "عن") or (
        group_with(clause, "الي") if "الي" in entry.content and introducer is not None else None
    )


def carrying_relative(sentence: Sentence, lexicon: Compiled, clause: Clause) -> Reference | None:
    """في تصريحات نقلتها قناة، في بيان بثته وكالة: the medium that carries the remarks the pronoun stands for."""
    chunks = sentence.chunks
    chunk = chunks[clause.verb]
    if not chunk.pronoun or not any(lexicon.cues[c].kind in ("relay", "say") for c in chunk.cues):
        return None
    if chunk.conj or (clause.verb and chunks[clause.verb - 1].kind in ("cue", "comp")):
        return None
    found = references(clause.subject) or next(
        (references(g) for g in clause.after if not g.prep and g.has_party()), []
    )
    return found[0] if found and is_medium(found[0]) else None


def read_carried(sentence: Sentence, chunk: Chunk, carrier: Reference, earlier: list[Report]) -> Report | None:
    told = next((r for r in reversed(earlier) if r.stance not in ("relay", "decline")), None)
    if told is not None and told.stance == "deny" and chunk.i > told.cue[0]:
        return None  # نافيا ما نشرته صحيفة: what is denied, not who carries the denial
    if told is not None:
        told.carriers.append((carrier, (chunk.i, chunk.j)))
        return None
    report = Report(sentence, (chunk.i, chunk.j), None, "relay", "relative_relay")
    report.source, report.content = carrier, (0, len(sentence.tokens))
    return report


def _unknown_speaker(sentence: Sentence, subject: Group, lexicon: Compiled) -> list[Reference]:
    """Whoever says something is somebody: an unknown word as subject of a reporting verb is read as a person's name."""
    start, stop = subject.head.i, max(c.j for c in (subject.chunks[0], *subject.gens[:2]))
    word = sentence.words[start]
    common = lexicon.words.get("common_nouns", {})
    form = sentence.tokens[start].form
    if word is None or word.nouns or form in common or form.removeprefix("ال") in common or subject.head.value:
        return []
    party = Party(start, stop, "person")
    party.name = (start, stop)
    party.definite = True
    party.clip = len(subject.head.conj) if form.startswith(("و", "ف")) and subject.head.conj else 0
    subject.head.parties = [party]
    return [Reference("party", start, party)]
