"""Say how far the phrases of an event noun reach, and whether it stands for a purpose, a predicate or an act."""

from __future__ import annotations

from rawi.extract.occurrences import Occurrence
from rawi.syntax.groups import Group
from rawi.syntax.references import Reference
from rawi.syntax.sentence import Chunk, Sentence


def noun_right(chunks: list[Chunk], k: int) -> int:
    """The arguments of a noun end at a verb, a subordinate clause, a mark, or a joined event noun."""
    m = k + 1
    while m < len(chunks):
        chunk = chunks[m]
        if chunk.kind in ("verb", "participle", "comp", "sub", "rel", "opener", "cue"):
            break
        if chunk.kind == "mark" and chunk.value not in "()-–" and not _goes_on(chunks, m):
            break
        if chunk.kind == "np" and chunk.senses and chunk.conj and not chunk.parties:
            break
        m += 1
    return m


def _goes_on(chunks: list[Chunk], m: int) -> bool:
    """Whether the parties of a noun go on after the mark ``m``: listed, or told in more detail."""
    if chunks[m].value not in "،," or m + 1 >= len(chunks):
        return False
    following = chunks[m + 1]
    named = bool(chunks[m - 1].parties)
    if following.prep == "بين" and following.parties and not following.conj:
        return True  # ، بين ...
    if following.parties and named and not following.prep and following.conj == "":
        return True
    # ، بما في ذلك بين ...، / ، أو جماعات مثل ...: the parties are told in more detail
    detailed = (following.kind == "adv" and following.value == "detail") or following.kind == "conj"
    return detailed and named


def noun_left(chunks: list[Chunk], k: int) -> int:
    """The context of a noun begins after a complementiser, a subordinator, an opener or a strong mark."""
    m = k - 1
    while (
        m >= 0
        and chunks[m].kind not in ("comp", "sub", "opener")
        and not (chunks[m].kind == "mark" and chunks[m].value not in "()-–،,")
    ):
        m -= 1
    return m


def told_between(chunks: list[Chunk], k: int, group: Group) -> bool:
    """نفذت ضربة بعد تعرضها لإطلاق نار من جانب مسلحين: an agent phrase belongs to the event noun before it."""
    between = [c for c in chunks[k + 1 :] if c.i < group.head.i]
    return any(c.kind == "np" and c.senses and not c.parties and (c.prep or c.conj) for c in between)


def begins_with_verb(sentence: Sentence, chunk: Chunk) -> bool:
    """لن يمنح الثقة: whether a trigger of several words begins with a verb."""
    i = chunk.i
    if sentence.tokens[i].form.lstrip("وف") in ("لن", "لم", "لا") and chunk.j - i > 2:
        i += 1
    word = sentence.words[i]
    return chunk.j - chunk.i > 1 and word is not None and bool(word.verbs) and not word.nouns and word.function is None


def predicate_topic(chunks: list[Chunk], k: int) -> list[Reference]:
    """السعودية حريصة على، أننا متفقون: an indefinite event word after its topic in a clause without verb."""
    m = k - 1
    while m >= 0 and chunks[m].kind in ("adv", "perf", "time"):
        m -= 1
    quoted = m > 1 and chunks[m].kind == "quote" and bool(chunks[m - 1].pronoun)
    m -= quoted  # إن بلاده «سترد بحزم»
    if m < 0:
        return []
    before = chunks[m]
    if before.kind == "comp" and before.pronoun and not (before.value == "لكن" and before.pronoun != "نا"):
        return [Reference("null", before.i, value="1" if before.pronoun == "نا" else "3", number="s")]
    if (
        before.kind == "np"
        and before.pronoun
        and not before.prep
        and not before.senses
        and m
        and chunks[m - 1].kind == "comp"
    ):
        return [Reference("pronoun", before.i, value=before.pronoun)]  # إن بلاده حريصة
    if before.kind != "np" or not before.parties or before.prep or before.conj or before.gen or not before.definite:
        return []
    left = chunks[m - 1].kind if m else "start"
    if left not in ("start", "comp", "mark", "opener", "quote", "sub"):
        return []
    return [Reference("party", p.i, p) for p in before.parties if p.kind != "place"]


def only_purpose(chunks: list[Chunk], k: int, occurrence: Occurrence) -> bool:
    """لتجويع خصومه، بهدف استهداف، ضرورة وقف: a verbal noun of purpose or duty tells of no act."""
    chunk = chunks[k]
    if occurrence.governed or any(r.startswith("relative_light") for r in occurrence.rules):
        return False
    if k and chunk.gen and chunks[k - 1].kind in ("np", "frame") and chunks[k - 1].value == "norm":
        return True
    if chunk.prep_role == "purpose" or _within_purpose(chunks, k):
        return True
    if occurrence.actors:
        return False
    if chunk.conj and not chunk.prep and _joined_to_purpose(chunks, k):
        return True
    return chunk.prep == "ل" and not chunk.definite and k > 0 and not occurrence.sentence.title


def _within_purpose(chunks: list[Chunk], k: int) -> bool:
    """لردع أي هجوم روسي، لبحث فرض عقوبات: the genitive of a verbal noun of purpose."""
    m = k
    while m > 0 and chunks[m].gen and chunks[m].kind == "np":
        m -= 1
    head = chunks[m]
    return (
        m < k and head.kind == "np" and head.prep == "ل" and not head.definite and not head.parties and not head.senses
    )


def _joined_to_purpose(chunks: list[Chunk], k: int) -> bool:
    """لتحقيق الاستقرار ومنع الفوضى: a noun joined to a noun of purpose."""
    for m in range(k - 1, -1, -1):
        chunk = chunks[m]
        if chunk.kind not in ("np", "place", "pron"):
            return False
        if chunk.prep == "ل" and not chunk.definite and not chunk.parties:
            return True
    return False
