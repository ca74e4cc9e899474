"""Choose the cue entry that fits what follows a reporting verb, and where what it reports begins."""

from __future__ import annotations

from rawi.extract.introducers import behind_relative, introducer_word
from rawi.extract.reports import bare, group_with
from rawi.lexicon.compiled import Compiled, Cue
from rawi.syntax.clauses import Clause
from rawi.syntax.sentence import Chunk, Sentence

negators = {"لم", "لن", "لا", "ما"}
_any_noun = "noun"  # in a cue's content: the verb may govern an event noun (أعلن مقتل)
_prepositions = ("عن", "الي", "علي", "ب", "من")


def choose_cue(
    sentence: Sentence, lexicon: Compiled, clause: Clause, introducer: int | None
) -> tuple[Cue | None, int | None]:
    """Pick the cue entry that fits what follows the verb, and where without introducer its content begins; None where nothing is reported."""
    chunks = sentence.chunks
    chunk = chunks[clause.verb]
    word = introducer_word(sentence, introducer)
    governed = _governed(sentence, clause, introducer)
    named = governed
    if word is not None and not behind_relative(chunks, clause.verb, introducer):
        named = _named_first(chunks, governed, introducer) if introducer is not None else []
    near = {f for c in governed for t in sentence.tokens[c.i : c.j] for f in (t.form, bare(t.form))}
    near |= {f for t in sentence.tokens[chunk.j : chunk.j + 4] for f in (t.form, bare(t.form))}
    negated = any(c.kind == "neg" and c.value in negators for c in chunks[max(0, clause.verb - 2) : clause.verb])
    tag = _is_tag(sentence, clause)
    best: Cue | None = None
    opening: int | None = None
    best_score = -1
    for entry in (lexicon.cues[c] for c in chunk.cues):
        if entry.kind == "decline" and entry.content & negators and not negated:
            continue
        if entry.if_next and not entry.if_next & near:
            continue
        if not _fits_subject(entry, chunk, clause, word):
            continue
        start = _opening(sentence, clause, entry, named)
        score = _content_score(entry, chunk, word, start, tag=tag)
        if score is None:
            continue
        if entry.if_next:
            score += 3
        if entry.kind == "relay" and group_with(clause, "عن") is not None:
            score += 3
        if entry.kind == "learn" and group_with(clause, "من") is not None:
            score += 1
        if score > best_score:
            best, opening, best_score = entry, start, score
    if best is None or best.kind in ("narrator", "noun"):
        return None, None
    return best, opening


def _fits_subject(entry: Cue, chunk: Chunk, clause: Clause, word: str | None) -> bool:
    """A narrator's verb has no subject or is passive; an impersonal one has an introducer and nobody as subject."""
    verb = chunk.verb
    if entry.kind == "narrator":
        return verb is None or verb.voice == "p" or clause.subject is None
    if entry.kind == "impersonal" and not entry.if_next:
        by_somebody = clause.subject is not None and clause.subject.has_party()
        return verb is not None and verb.person == 3 and word is not None and not by_somebody
    return True


def _content_score(entry: Cue, chunk: Chunk, word: str | None, start: int | None, *, tag: bool) -> int | None:
    """How well an entry fits the introducer ``word`` or the content that begins at ``start``; None where it does not."""
    if not entry.content or entry.kind == "decline":
        return 0
    if start is not None:
        return 1
    if word is None:
        return 0 if entry.if_next or tag else None
    if any(word == c or c.endswith(" " + word) or (c == "ان" and word in ("ان", "بان")) for c in entry.content):
        return 2
    if word in (":", "quote"):
        return 1
    return None if chunk.senses else 0


def _named_first(chunks: list[Chunk], governed: list[Chunk], introducer: int) -> list[Chunk]:
    """حذر من اندلاع احتجاجات "واسعة"، أعلن مقتل جنود، داعيا إلى "الهدوء": what is named before a quotation is what is reported."""
    quoted = chunks[introducer].kind == "quote"
    commas = [c.i for c in chunks[:introducer] if c.is_comma]
    return [
        c
        for c in governed
        if (quoted and c.prep and (c.senses or c.value))
        or (c.senses and not c.prep and not c.parties and any(c.i < at for at in commas))
    ]


def _is_tag(sentence: Sentence, clause: Clause) -> bool:
    """Whether a reporting verb only tags what was said before it: كما أعلنت الشرطة، «...» قال الوزير, or relays by a pronoun."""
    chunks = sentence.chunks
    k = clause.verb
    if chunks[k].pronoun:
        # التطورات التي يشهدها البلد: there the pronoun is what the relative clause describes
        return clause.left_kind != "rel"
    if k > 2 and chunks[k - 1].kind in ("sub", "conj") and sentence.tokens[chunks[k - 1].i].form == "كما":
        return not chunks[k].senses or len(clause.after) < 2  # كما حذر المشرعين من رفض الاتفاق: an act of its own
    return k > 2 and any(c.kind == "quote" for c in chunks[max(0, k - 3) : k]) and clause.left_kind in ("", "mark")


def _governed(sentence: Sentence, clause: Clause, introducer: int | None) -> list[Chunk]:
    """The noun phrases after a verb that it can govern, over commas: up to the next verb, relative or stop."""
    out: list[Chunk] = []
    chunks = sentence.chunks
    stop = introducer if introducer is not None else min(len(chunks), clause.verb + 12)
    commas = 0
    for chunk in chunks[clause.verb + 1 : stop]:
        if chunk.kind in ("verb", "participle", "comp", "sub", "opener", "cue", "rel") and not (
            chunk.kind == "verb" and chunk is chunks[clause.verb + 1]
        ):
            break
        if chunk.kind == "mark":
            commas += 1
            if chunk.value not in "،,()-–" or commas > 3:
                break
        if chunk.kind in ("np", "verb"):
            out.append(chunk)
    return out


def _opening(sentence: Sentence, clause: Clause, entry: Cue, governed: list[Chunk]) -> int | None:
    """The token where what a verb without introducer reports begins."""
    preps = {c for c in entry.content if c in _prepositions}
    pairs = {
        c.rsplit(" ", 1)[0] if c.endswith((" ان", " بان")) else c
        for c in entry.content
        if c.split()[0] in _prepositions and " " in c
    }
    nouns = {
        bare(c.split()[0])
        for c in entry.content
        if c.split()[0] not in _prepositions and c not in ("ان", "بان", _any_noun)
    }
    subject = clause.subject.chunks if clause.subject is not None else []
    for chunk in governed:
        form = sentence.tokens[chunk.i].form
        if chunk.prep and (chunk.prep in preps or f"{chunk.prep} {form}" in pairs):
            return chunk.i
        if nouns and (bare(form) in nouns or form in nouns):
            return chunk.i
        if entry.if_next and (form in entry.if_next or bare(form) in entry.if_next):
            return chunk.i
        plain = not chunk.prep and not chunk.prep_role and not chunk.gen and chunk.kind in ("np", "verb")
        if (
            _any_noun in entry.content
            and plain
            and not chunk.conj
            and not (chunk in subject and chunk.parties)
            and (not chunk.parties or chunk.senses)
        ):
            return chunk.i
    return None
