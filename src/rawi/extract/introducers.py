"""Find what introduces reported content after a reporting verb: a complementizer, a colon, a quotation."""

from __future__ import annotations

from rawi.extract.reports import after_comma, bare
from rawi.syntax.sentence import Chunk, Sentence


def find_introducer(sentence: Sentence, k: int) -> int | None:
    """Return the index of the chunk that introduces the content of the cue verb at ``k``: a complementizer, colon or quotation."""
    chunks = sentence.chunks
    depth_comma = 0
    named_until = -1
    described = False
    for m in range(k + 1, min(len(chunks), k + 26)):
        chunk = chunks[m]
        if m <= named_until:
            continue
        if (
            chunk.value == "."
            and sentence.tokens[chunk.i - 1].stop == sentence.tokens[chunk.i].start
            and chunk.j < len(sentence.tokens)
            and sentence.tokens[chunk.i].stop == sentence.tokens[chunk.j].start
        ):
            named_until = m + 1  # سي.ان.ان
            continue
        if chunk.kind == "comp" and chunk.value == "لكن":
            return None
        if chunk.kind == "comp":
            return m
        if chunk.kind == "mark" and chunk.value == ":":
            return m
        if chunk.kind == "quote":
            if chunk.value in "»”" and chunk.value != '"' and not (chunk.value == "”" and m + 1 < len(chunks)):
                continue
            # a short quotation is a name: لـ«الشرق الأوسط»
            closing = next((n for n in range(m + 1, len(chunks)) if chunks[n].kind == "quote"), None)
            if closing is not None and closing - m <= 3 and chunks[closing].i - chunk.j <= 5:
                named_until = closing
                continue
            if chunks[m - 1].kind == "quote":
                continue
            return m
        if chunk.kind == "verb" and chunk.cues and chunk.pronoun:
            continue  # نقلتها القناة
        if chunk.kind == "verb" and (hidden := _hides_name(sentence, m)):
            named_until = hidden
            continue
        if chunk.kind == "participle" and chunk.cues and not bare(sentence.tokens[chunk.i].form).startswith("قايل"):
            return None  # مشيرا إلى أن: the content is the participle's
        if chunk.kind == "participle" and chunk.senses and after_comma(chunks, m):
            return None  # تبنت خطفهم، متهمة إياهم بأنهم
        if chunk.kind == "sub":
            return _after_time_clause(chunks, k, m)
        described = described or _describes_statement(sentence, m)
        if chunk.kind == "verb" and m - k > 1 and not _in_relative(chunks, k, m) and not (described and not chunk.conj):
            return None
        if chunk.is_comma:
            depth_comma += 1
            if depth_comma > 4:
                return None
        if chunk.kind == "mark" and chunk.value in ".;؛":
            return None
    return None


_own_name = {"اسمه", "اسمها", "اسمهم", "اسميهما", "اسماءهم", "اسمايهم", "هويته", "هويتها", "هويتهم", "هوياتهم"}


def _hides_name(sentence: Sentence, m: int) -> int:
    """مسؤول اشترط عدم ذكر اسمه، مصدر فضل عدم الكشف عن هويته: where a clause that only keeps the name back ends, or 0."""
    chunks = sentence.chunks
    for n in range(m + 1, min(len(chunks), m + 6)):
        if chunks[n].kind not in ("np", "verb", "neg", "adv"):
            return 0
        if any(t.form in _own_name for t in sentence.tokens[chunks[n].i : chunks[n].j]):
            return n
    return 0


def _after_time_clause(chunks: list[Chunk], k: int, m: int) -> int | None:
    """قال الوزير قبل أن يغادر إنه: the complementizer behind a short clause of time that begins at ``m``."""
    if not chunks[m].value.startswith("time") or not any(c.parties for c in chunks[k + 1 : m]):
        return None
    for n in range(m + 1, min(len(chunks), m + 9)):
        chunk = chunks[n]
        if chunk.kind == "comp":
            return n if chunk.value == "ان" and not chunk.prep else None
        if chunk.kind in ("sub", "rel", "participle", "cue", "quote") or (
            chunk.kind == "verb" and (chunk.cues or n > m + 2)
        ):
            return None
    return None


def later_quotation(sentence: Sentence, k: int) -> int | None:
    """A long quotation that follows a verb of saying over a clause that says where and when: قال وهو يغادر القاعة «...»."""
    chunks = sentence.chunks
    for m in range(k + 1, len(chunks)):
        chunk = chunks[m]
        if (chunk.kind in ("verb", "participle") and chunk.cues) or (chunk.kind == "mark" and chunk.value in ".؛"):
            return None
        if chunk.kind == "quote" and chunk.value in '«“"':
            closing = next((n for n in range(m + 1, len(chunks)) if chunks[n].kind == "quote"), None)
            if closing is None or chunks[closing].i - chunk.j > 5:
                return m
    return None


def _describes_statement(sentence: Sentence, m: int) -> bool:
    """في بيان صدر أمس: a verb right after an indefinite noun with preposition describes it."""
    chunks = sentence.chunks
    return (
        m > 1
        and chunks[m - 1].kind == "np"
        and bool(chunks[m - 1].prep)
        and not chunks[m - 1].definite
        and not chunks[m].conj
    )


def _in_relative(chunks: list[Chunk], k: int, m: int) -> bool:
    return any(c.kind == "rel" for c in chunks[max(k, m - 3) : m]) or bool(chunks[m].pronoun)


def quote_end(chunks: list[Chunk], opening: int, end: int) -> int:
    """The token where the quotation opened by chunk ``opening`` is closed, nested ones passed over."""
    mark = chunks[opening].value
    depth = 0
    for chunk in chunks[opening + 1 :]:
        if chunk.kind != "quote":
            continue
        if mark == "«":
            if chunk.value == "«":
                depth += 1
            elif chunk.value == "»":
                if depth == 0:
                    return chunk.i
                depth -= 1
        elif chunk.value in "\"”“'" and chunk.i > chunks[opening].j + 2:
            return chunk.i
    return end


def behind_relative(chunks: list[Chunk], k: int, introducer: int | None) -> bool:
    """Whether a relative clause stands between a verb and its introducer, which then may belong to that clause."""
    return introducer is not None and any(c.kind == "rel" for c in chunks[k + 1 : introducer])


def introducer_word(sentence: Sentence, introducer: int | None) -> str | None:
    if introducer is None:
        return None
    chunk = sentence.chunks[introducer]
    if chunk.kind == "comp":
        return chunk.value or sentence.tokens[chunk.i].form
    return ":" if chunk.value == ":" else "quote"
