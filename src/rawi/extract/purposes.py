"""Find what an event is for: لبحث وقف إطلاق النار، بهدف نزع السلاح، من أجل الإفراج عن الأسرى."""

from __future__ import annotations

import re

from rawi.syntax.sentence import Chunk, Sentence

reach = 14  # chunks
# the shapes of verbal nouns that follow ل: تفعيل، مفاعلة، إفعال، افتعال، انفعال، استفعال، and some of the first form
_verbal = re.compile(
    r"ل(ل)?(ت..ي.ه?|م.ا..ه|ا..ا.ه?|است..ا.ه?|ا.ت.ا.|ان..ا.|ت.ا.[^اوي]|بحث|وقف|منع|دعم|حل|نزع|فض|كسر|رفع|فتح|رسم|وضع|جمع|نقل|كشف|عقد|حشد|ضمان|حمايه|مواجهه|زياده|عوده|قياده|توسيع)"
)
_ends = {"verb", "participle", "comp", "sub", "rel", "opener", "cue", "time"}


def purpose_of(sentence: Sentence, on: int) -> tuple[int, int] | None:
    """Return the tokens, half-open, of the phrase that says what the event at chunk ``on`` is for, or None."""
    chunks = sentence.chunks
    for m in range(on + 1, min(len(chunks), on + reach)):
        chunk = chunks[m]
        if (chunk.kind == "mark" and chunk.value in ".؛!?؟:") or chunk.kind in ("comp", "rel"):
            return None
        if _begins(sentence, chunk):
            return chunk.i, _end(chunks, m)
        if chunk.kind == "sub":
            return None
    return None


def _begins(sentence: Sentence, chunk: Chunk) -> bool:
    if chunk.kind == "sub" and chunk.value == "purpose":
        return chunk.j - chunk.i > 1 or sentence.tokens[chunk.i].form in ("كي", "لكي", "بغيه")
    if chunk.kind not in ("np", "frame") or chunk.parties:
        return False
    if chunk.prep_role == "purpose":
        return True
    form = sentence.tokens[chunk.i].form
    return chunk.prep == "ل" and not chunk.conj and _verbal.fullmatch(form) is not None


def _end(chunks: list[Chunk], m: int) -> int:
    stop = chunks[m].j
    for chunk in chunks[m + 1 :]:
        if chunk.kind in _ends or (chunk.kind == "mark" and chunk.value not in '()"«»'):
            break
        stop = chunk.j
    return stop
