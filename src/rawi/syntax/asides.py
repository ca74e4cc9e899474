"""Find what stands inside a clause between commas: asides of time and place, relatives of a statement, appositions."""

from __future__ import annotations

from rawi.syntax.sentence import Chunk, Sentence

_issued = frozenset(
    ["بيان", "نبا", "تصريح", "تصريحات", "كلمه", "خبر", "رساله", "تقرير", "حديث", "تغريده", "منشور", "برقيه", "مقابله"]
)


def aside(chunks: list[Chunk], at: int) -> int:
    """استقبل الرئيس، اليوم الأحد بمقر الرئاسة، الوزير: return the comma that closes an aside of time and place, or 0.

    What follows it must go on with the clause: a phrase without conjunction and no verb after it.
    """
    m = at + 1
    while (
        m < len(chunks)
        and m - at < 7
        and (
            chunks[m].kind in ("time", "adv", "place") or (chunks[m].kind == "np" and (chunks[m].prep or chunks[m].gen))
        )
    ):
        m += 1
    if m == at + 1 or m + 1 >= len(chunks) or chunks[m].kind != "mark" or chunks[m].value not in "،,":
        return 0
    if not any(c.kind in ("time", "place") or c.prep in ("في", "ب", "خلال", "لدي") for c in chunks[at + 1 : m]):
        return 0
    after = chunks[m + 1]
    goes_on = after.kind in ("np", "place") and not after.conj
    return m if goes_on and not (m + 2 < len(chunks) and chunks[m + 2].kind == "verb" and not after.prep) else 0


def issued_over(sentence: Sentence, at: int) -> int:
    """Where a clause goes on after a relative clause that says who carried a statement, or 0.

    أدانت المنامة، في بيان بثته وكالة الأنباء، استمرار التصريحات: the carrier is neither doer nor object.
    """
    chunks = sentence.chunks
    before = chunks[at - 1] if at else None
    verb = chunks[at].verb
    if before is None or verb is None or before.kind != "np" or before.prep not in ("في", "ب", "عبر", "حسب", "وفق"):
        return 0
    word = sentence.words[before.i]
    if before.definite or word is None or not word.bases & _issued or chunks[at].conj:
        return 0
    m = at + 1
    while m < len(chunks):
        chunk = chunks[m]
        following = chunks[m + 1] if m + 1 < len(chunks) else None
        if chunk.kind == "verb" and not chunk.conj and chunk.pronoun:
            m += 1  # في بيان صدر صباحا نقلته الوكالة
            continue
        if chunk.is_comma:
            return (
                m + 1
                if following is not None and following.kind == "np" and not following.prep and not following.conj
                else 0
            )
        if chunk.kind in ("time", "quote", "pron", "adv"):
            m += 1
            if chunk.kind == "time" and following is not None and following.kind == "np" and not following.prep:
                return m
            continue
        if chunk.kind in ("np", "place") and (chunk.prep or chunk.gen or chunk.parties):
            m += 1
            continue
        return 0
    return 0


def time_set_off(chunks: list[Chunk], at: int) -> bool:
    """Whether the comma at ``at`` opens a time that a second comma closes before a phrase that goes on."""
    if at + 3 >= len(chunks) or chunks[at + 1].kind != "time":
        return False
    close, following = chunks[at + 2], chunks[at + 3]
    return (
        close.kind == "mark"
        and close.value in "،,"
        and following.kind in ("np", "place", "pron")
        and not following.conj
        and not (following.senses and not following.prep)
    )


def parenthetical(chunks: list[Chunk], at: int, v: int) -> bool:
    """A comma right before the verb whose fellow stands a few chunks earlier: الوزير، الذي ...، قال — or after an apposition."""
    if chunks[v].conj or any(
        c.kind not in ("perf", "neg", "mod", "adv", "fut") or c.value == "فقد" for c in chunks[at + 1 : v]
    ):
        return False
    if any(c.is_comma for c in chunks[max(0, at - 6) : at]):
        return True
    m = at - 1
    while m >= 0 and chunks[m].kind in ("np", "place", "time", "adv", "pron", "quote"):
        m -= 1
    if m == 0 and chunks[0].verb is not None and chunks[v - 1].kind == "perf":
        m = -1  # وكان وزير الدفاع، فلان، قد قتل
    return (
        m < at - 1 and (m < 0 or chunks[m].kind == "comp") and any(c.parties and not c.prep for c in chunks[m + 1 : at])
    )
