"""Attributions without a reporting verb of their own: tags (بحسب), headlines, media of statements, silences.

1. A tag at the head of a clause covers what follows it; at the end, the clause it ends; set between commas in the
   middle of a clause, the whole of it.
2. "X: ..." in a headline reports.
3. A medium after تصريحات ل، مقابلة مع carries what is said in the sentence.
4. A silence is an attribution without content; its source stands after the phrase, else before it.
"""

from __future__ import annotations

from rawi.extract.reports import Report, clause_end, is_medium
from rawi.lexicon.compiled import Compiled
from rawi.syntax.clauses import read_clause
from rawi.syntax.references import Reference, references
from rawi.syntax.sentence import Chunk, Sentence

_own_words = {
    "قوله",
    "قولها",
    "قولهم",
    "تعبيره",
    "تعبيرها",
    "تعبيرهم",
    "وصفه",
    "وصفها",
    "زعمه",
    "زعمها",
    "زعمهم",
    "ادعايه",
    "ادعايها",
    "رايه",
    "رايها",
    "تصريحه",
    "تصريحها",
}
_norms = frozenset(
    (
        "قرار",
        "قرارات",
        "اتفاق",
        "اتفاقيه",
        "قانون",
        "دستور",
        "خطه",
        "نظام",
        "معاهده",
        "بروتوكول",
        "قانوني",
        "قواعد",
        "مبدا",
        "معايير",
        "شروط",
        "بنود",
    )
)
_comments = frozenset(("تعليق", "رد", "توضيح", "موقف"))
_light = {"conj", "adv", "time", "opener", "place", "quote"}


def phrase_report(sentence: Sentence, lexicon: Compiled, k: int, earlier: list[Report]) -> Report | None:
    """Return the attribution that the fixed phrase at chunk ``k`` makes, if it makes one."""
    chunks = sentence.chunks
    chunk = chunks[k]
    entry = next((lexicon.cues[c] for c in chunk.cues), None)
    if entry is None or entry.kind in ("narrator", "noun"):
        return None
    report = Report(sentence, (chunk.i, chunk.j), entry, entry.stance, f"{entry.kind}_phrase")
    if entry.kind == "decline":
        report.source = _decline_source(sentence, k)
        return report
    end = len(sentence.tokens)
    if entry.kind == "impersonal":
        report.content = (chunk.j, clause_end(sentence, k + 2, chunk.j, end))
        return report
    if sentence.tokens[chunk.j - 1].form in _own_words:
        # على حد قوله: says again whose words these are; a hop only where nothing else in the sentence does
        if any(r.verb is not None for r in earlier):
            return None
        report.inherits = True
        report.content = (0, chunk.i)
        return report if chunk.i > 0 else None
    party, after = _source_after(sentence, k)
    if (
        entry.kind == "according"
        and chunk.j < len(sentence.tokens)
        and sentence.tokens[chunk.j].form.lstrip("لب").removeprefix("ال") in _norms
    ):
        return None  # وفقا لقرار القمة: what is followed, not who says it
    if party is None or _goes_on_to_tell(sentence, chunk, after):
        return None
    report.source = party
    if entry.kind == "say":
        report.content = (chunk.j, end)
        return report
    if entry.stance in ("assert", "relay"):
        report.stance = "relay" if is_medium(party) else "assert"
    report.content = _covered(sentence, k, after)
    return report


def _goes_on_to_tell(sentence: Sentence, chunk: Chunk, after: int) -> bool:
    """كما أعلنت الجامعة تعليق الدراسة: "and also announced", with what was announced, is no tag on what stands before."""
    if sentence.tokens[chunk.i].form != "كما":
        return False
    following = next((c for c in sentence.chunks if c.i >= after), None)
    return following is not None and (
        following.kind == "comp" or (following.kind == "np" and not following.prep and not following.conj)
    )


def _covered(sentence: Sentence, k: int, after: int) -> tuple[int, int]:
    """The span a tag at chunk ``k`` covers, whose source ends at token ``after``."""
    chunks = sentence.chunks
    end = len(sentence.tokens)
    m = k - 1
    while m >= 0 and chunks[m].kind in _light:
        m -= 1
    n = next((x for x in range(k + 1, len(chunks)) if chunks[x].i >= after), len(chunks))
    if m < 0 or (chunks[m].kind in ("comp", "sub") and m >= k - 2):
        return after, clause_end(sentence, n, after, end)
    start = 0
    for x in range(m, -1, -1):
        if chunks[x].kind == "sub" and chunks[x].value == "contrast" and x > 0 and chunks[x - 1].kind == "mark":
            start = chunks[x].j
            break
    while n < len(chunks) and chunks[n].kind in ("time", "adv", "quote"):
        n += 1
    comma = n < len(chunks) and chunks[n].kind == "mark" and chunks[n].value in "،,-–—)"
    if comma:
        n += 1
    if n < len(chunks) and chunks[n].kind == "comp":
        return start, clause_end(sentence, n, start, end)  # أكدت الحكومة وفقا لوكالة الأنباء أن ...
    if n < len(chunks) and comma and chunks[m].kind == "mark":
        following = chunks[n]
        goes_on = following.kind in ("np", "comp", "place", "rel", "quote") and not following.conj
        goes_on = goes_on or (following.kind == "verb" and not following.conj)
        if goes_on:
            return start, clause_end(sentence, n, start, end)
    return start, chunks[k].i


def _source_after(sentence: Sentence, k: int) -> tuple[Reference | None, int]:
    """Return the party after a phrase like بحسب, over ما + a reporting verb if there is one, and the token after it."""
    chunks = sentence.chunks
    m = k + 1
    passed_verb = False
    if m < len(chunks) and chunks[m].kind == "pron" and chunks[m].prep == "عن":
        m += 1  # وفق ما نقلت عنه الصحيفة
    while m < len(chunks) and m <= k + 6:
        chunk = chunks[m]
        if chunk.kind == "np" and chunk.parties:
            return Reference("party", chunk.i, chunk.parties[0]), chunk.j
        if chunk.kind == "verb" and (chunk.cues or (not passed_verb and chunks[m - 1].kind in ("cue", "np"))):
            clause = read_clause(sentence, m)
            found = references(clause.subject) if clause.subject else []
            for group in () if found else clause.after:
                found = references(group)
                if found:
                    break
            if found:
                party = found[0].party
                return found[0], party.j if party is not None else chunk.j
            if chunk.cues and not _from_him(chunks, m):
                return None, chunk.j
            passed_verb = True
        elif chunk.kind not in ("np", "rel", "adv", "quote", "dem", "time", "place", "part") and not _from_him(
            chunks, m - 1
        ):
            break
        m += 1
    return None, chunks[k].j


def _from_him(chunks: list[Chunk], m: int) -> bool:
    """وفق ما نقلت عنه الصحيفة: whether who was quoted stands as a pronoun between a relaying verb and its subject."""
    return (
        m + 1 < len(chunks) and chunks[m].kind == "verb" and chunks[m + 1].kind == "pron" and chunks[m + 1].prep == "عن"
    )


def _decline_source(sentence: Sentence, k: int) -> Reference | None:
    """Return the silent party of a phrase like لم يصدر تعليق: the first after it in its clause, else the one before."""
    chunks = sentence.chunks
    for m in range(k + 1, min(len(chunks), k + 7)):
        if chunks[m].kind in ("verb", "comp", "sub", "rel") or (chunks[m].kind == "mark" and chunks[m].value in ".؛"):
            break
        if chunks[m].kind == "np" and chunks[m].parties:
            return Reference("party", chunks[m].i, chunks[m].parties[0])
    for m in range(k - 1, -1, -1):
        if chunks[m].kind == "np" and chunks[m].parties:
            return Reference("party", chunks[m].i, chunks[m].parties[0])
    return None


def silence_report(sentence: Sentence, k: int) -> Report | None:
    """لم يصدر عن الحكومة أي تعليق: the silence of a party that stands between the verb and what is missing."""
    chunks = sentence.chunks
    if k == 0 or chunks[k - 1].kind != "neg":
        return None
    for m in range(k + 1, min(len(chunks), k + 5)):
        chunk = chunks[m]
        if chunk.kind not in ("np", "adv", "time"):
            return None
        word = sentence.words[chunk.i]
        if chunk.kind == "np" and not chunk.prep and word is not None and word.bases & _comments:
            silent = next((c for c in chunks[k + 1 : m] if c.parties and c.prep in ("عن", "من")), None)
            if silent is None:
                return None
            report = Report(sentence, (chunks[k - 1].i, chunk.j), None, "decline", "decline_phrase")
            report.source = Reference("party", silent.i, silent.parties[0])
            return report
    return None


def headline_report(sentence: Sentence, k: int) -> Report | None:
    """ "X: ..." at the head of a headline: X says what follows."""
    chunks = sentence.chunks
    before = [c for c in chunks[:k] if c.kind not in ("quote",)]
    if not before or len(before) > 3 or any(c.kind not in ("np", "mark", "pron") for c in before):
        return None
    last = (
        before[0] if before[-1].prep in ("من", "في") and before[0].party is not None else before[-1]
    )  # بوريل من كييف:
    party = last.party or before[0].party
    if party is None or party.kind in ("place",) or any(c.senses for c in before):
        return None
    if party.kind == "state" and party.way != "capital":
        return None
    report = Report(sentence, (chunks[k].i, chunks[k].j), None, "assert", "headline_colon")
    told = before[0].party
    if told is not None and told is not party and _addressed_medium(last):
        report.carriers.append((Reference("party", party.i, party), (last.i, last.j)))  # مسؤول لرويترز: لن ننسحب
        party = told
    report.source = Reference("party", party.i, party)
    report.content = (chunks[k].j, len(sentence.tokens))
    return report


def media_of_statements(sentence: Sentence, lexicon: Compiled, reports: list[Report]) -> None:
    """في تصريحات لقناة، في حديث مع وكالة: the medium carries what is said in the sentence."""
    chunks = sentence.chunks
    _through_medium(sentence, reports)
    for k, chunk in enumerate(chunks[:-1]):
        if chunk.kind != "np" or not any(lexicon.cues[c].kind == "noun" for c in chunk.cues):
            continue
        for following in chunks[k + 1 : k + 4]:
            if _addressed_medium(following):
                reference = Reference("party", following.i, following.party)
                cue = (chunk.i, chunk.j)
                if any(r.carriers for r in reports):
                    break
                if reports:
                    reports[0].carriers.append((reference, cue))
                else:
                    report = Report(sentence, cue, None, "relay", "statement_to_medium")
                    report.source, report.content = reference, (0, len(sentence.tokens))
                    reports.append(report)
                break


def _through_medium(sentence: Sentence, reports: list[Report]) -> None:
    """أعلن التنظيم مسؤوليته عبر وكالة أعماق: the medium through which somebody says it carries it."""
    told = next((r for r in reports if r.verb is not None and r.stance == "assert"), None)
    if told is None or told.carriers:
        return
    for chunk in sentence.chunks:
        party = chunk.party
        if chunk.kind == "np" and chunk.prep == "عبر" and party is not None and party.kind == "medium" and party.entity:
            told.carriers.append((Reference("party", chunk.i, party), (chunk.i, chunk.j)))
            return


def _addressed_medium(chunk: Chunk) -> bool:
    return (
        chunk.kind == "np"
        and chunk.prep in ("ل", "مع", "الي")
        and chunk.party is not None
        and chunk.party.kind == "medium"
    )


def trim_before_tags(reports: list[Report]) -> None:
    """قال الجيش إن ...، وفق ما أوردته الصحيفة: what is said ends where the tag on the whole sentence begins."""
    for tag in reports:
        if tag.rule not in ("according_phrase", "relay_phrase") or tag.content is None or tag.cue[0] < tag.content[1]:
            continue
        for report in reports:
            if report is tag or report.content is None or report.verb is None or report.cue[0] < tag.content[0]:
                continue
            start, stop = report.content
            if start < tag.cue[0] < stop:
                report.content = (start, tag.cue[0])
