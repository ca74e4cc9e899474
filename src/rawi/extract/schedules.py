"""Find the clause that says for when a meeting or an act was planned (زيارة كانت مقررة غدا إلى أنقرة)."""

from __future__ import annotations

from rawi.syntax.sentence import Chunk, Sentence

_was = frozenset(("كان", "كانت", "كانوا"))
_planned = frozenset((
    "مقرر", "مقرره", "مقررا", "مزمع", "مزمعه", "مزمعا", "مرتقب", "مرتقبه", "مرتقبا", "منتظر", "منتظره", "منتظرا", "متوقع", "متوقعه",
    "متوقعا", "مبرمج", "مبرمجه", "مبرمجا", "مفترض", "مفترضه", "مفترضا",
))  # fmt: skip
_reach = 6  # chunks between a noun and the clause that describes it


def schedule(sentence: Sentence, on: int) -> tuple[int, int] | None:
    """Return the chunks (half-open) after كان مقررا in the clause that describes the event noun ``on``, if there is one."""
    chunks = sentence.chunks
    k = on + 1
    while k < len(chunks) and k - on <= _reach and chunks[k].kind in ("np", "place", "pron") and not _due(sentence, k):
        k += 1
    relative = k < len(chunks) and chunks[k].kind == "rel"
    k += relative
    was = k < len(chunks) and chunks[k].kind == "verb" and sentence.tokens[chunks[k].i].form in _was
    k += was
    if k >= len(chunks) or not (relative or was) or not _due(sentence, k):
        return None
    stop = k + 1
    if stop < len(chunks) and chunks[stop].kind == "comp":
        stop += 1
    while stop < len(chunks) and not _ends(chunks[stop]):
        stop += 1
    return k + 1, stop


def _due(sentence: Sentence, k: int) -> bool:
    chunk = sentence.chunks[k]
    if chunk.kind == "mod":
        return chunk.value.startswith("planned_cues")
    return chunk.kind in ("np", "participle") and sentence.tokens[chunk.i].form in _planned


def _ends(chunk: Chunk) -> bool:
    return chunk.kind in ("rel", "comp", "sub", "opener", "cue", "participle") or (
        chunk.kind == "mark" and chunk.value not in "()"
    )
