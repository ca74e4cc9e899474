"""Say to which verb or event noun of its sentence a time expression belongs.

1. A time belongs to the verb of its clause: the last one before it, else the next one after it.
2. After an event noun it belongs to that noun too; in a phrase of sequence (بعد هجوم أمس) to the noun alone.
3. An event noun shares the time of the light verb that governs it, of the verb whose subject it is, and of the verb
   that describes it (الهجوم الذي شنه أمس); not that of a verb that reports or judges it, nor across a sequence.
4. An act of speech takes the time of the occasion it was spoken on (في مؤتمر صحفي عقده أمس).
"""

from __future__ import annotations

from rawi.extract.occurrences import speech_acts
from rawi.extract.schedules import schedule
from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.sentence import Chunk, Sentence

_strong = ".;؛:!?؟…"
_bounds = ("comp", "sub", "opener", "cue")
_verbs = ("verb", "participle")
# Before or after, not at the time of: the main clause and the noun have days of their own.
_sequence = (
    "بعد",
    "عقب",
    "قبل",
    "قبيل",
    "بعيد",
    "منذ",
    "غداه",
    "عشيه",
    "في اعقاب",
    "من قبل",
    "حتي",
    "علي خلفيه",
    "لحين",
    "الي حين",
    "بانتظار",
    "في انتظار",
    "اثر",
    "علي اثر",
)
# What a deed answers or punishes: it has a day of its own, unless that is the day of the report.
_reaction = ("ردا علي", "احتجاجا علي", "تنديدا ب", "بتهمه", "بتهم", "بسبب", "بذريعه", "بدعوي")
# غداة: the day after what follows; عشية: the day before it.
next_to = {"غداه": -1, "عشيه": 1}
_occasion = ("في", "خلال", "اثناء", "علي هامش", "لدي", "في ختام", "عبر", "ب", "ضمن", "في اطار")
_was = ("كان", "كانت", "كانوا", "وكان", "وكانت", "فكان", "يكون", "تكون")
# Acts that are done by being announced: their type, or their mode.
_declared = frozenset(("SANCTION", "CONCEDE", "curfew", "ban", "restrict", "resign"))
# Openers of a day gone by.
_gone = frozenset(("امس", "البارحه", "الامس", "اول"))
_cause = ("جراء", "اثر", "نتيجه", "بسبب", "في", "خلال", "ب")
_due = frozenset((
    "المقرر", "المقرره", "المزمع", "المزمعه", "المرتقب", "المرتقبه", "المنتظر", "المنتظره", "المتوقع", "المتوقعه", "المفترض", "المفترضه",
))  # fmt: skip
# Adjectives after which a time tells of their noun only (الحرب الدائرة منذ عام).
_lasting = frozenset((
    "الدايره", "المستمره", "المتواصله", "القايمه", "المندلعه", "الجاريه", "المستمر", "المتواصل", "القايم", "الداير", "المندلع", "الموقع", "الموقعه", "المبرم", "المبرمه", "المنعقد", "المنعقده",
))  # fmt: skip


class Timed:
    """Whose a time is: ``verb`` and ``noun`` are chunk numbers or -1; ``apart`` says that the noun's time is not the verb's."""

    __slots__ = ("apart", "at", "noun", "verb")

    def __init__(self, at: int, verb: int, noun: int, *, apart: bool) -> None:
        self.at, self.verb, self.noun, self.apart = at, verb, noun, apart


def passes(sentence: Sentence, m: int) -> bool:
    """مرور عام على: whether the time chunk ``m`` tells how long ago the noun after it was."""
    return sentence.tokens[sentence.chunks[m].i].form.lstrip("بول") in ("مرور", "مضي", "انقضاء")


def owner_of(sentence: Sentence, m: int) -> Timed:
    """Return whose the time chunk ``m`` is."""
    chunks = sentence.chunks
    if passes(sentence, m):
        after = next((k for k in range(m + 1, min(m + 4, len(chunks))) if chunks[k].senses), -1)
        return Timed(m, -1, after, apart=True)
    verb = noun = -1
    joined = sentence.tokens[chunks[m].i].form.startswith("و") and m > 0 and chunks[m - 1].kind != "time"
    comma = lasting = False
    k = m - 1
    while k >= 0 and not joined:
        chunk = chunks[k]
        if _ends(sentence, k):
            break
        if chunk.kind in _verbs and not _describes_party(chunks, sentence, k) and not _other_tense(sentence, m, k):
            verb = k
            break
        if chunk.is_comma:
            comma = comma or noun < 0
        elif k >= m - 2 and not chunk.parties and any(t.form in _lasting for t in sentence.tokens[chunk.i : chunk.j]):
            lasting = True
        if chunk.kind == "np" and chunk.senses and not chunk.parties and noun < 0:
            noun = k
        lasting = lasting or (chunk.prep == "منذ" and not comma)
        k -= 1
    if verb >= 0 and sentence.tokens[chunks[verb].i].form in _was:
        verb = _next_verb(sentence, m, default=verb)
    elif verb < 0:
        verb = _next_verb(sentence, m, default=-1)
    apart = noun >= 0 and _stands_apart(sentence, m, noun, comma=comma)
    return Timed(m, verb, noun, apart=apart or lasting)


def _stands_apart(sentence: Sentence, m: int, noun: int, *, comma: bool) -> bool:
    """بعد هجوم أمس، احتجاجا على قصف الأربعاء: whether the time ``m`` after an event noun is that of the noun alone."""
    prep = head_prep(sentence.chunks, noun)
    if prep in _reaction:
        return sentence.tokens[sentence.chunks[m].i].form != "اليوم"
    return not comma and prep in _sequence


def _describes_party(chunks: list[Chunk], sentence: Sentence, k: int) -> bool:
    """الرئيس محمد مرسي المنتمي للجماعة: a definite participle after a party says who it is, not when something was."""
    return (
        k > 0
        and chunks[k].kind == "participle"
        and sentence.tokens[chunks[k].i].form.startswith("ال")
        and bool(chunks[k - 1].parties)
    )


def _other_tense(sentence: Sentence, m: int, k: int) -> bool:
    """قام مسلحون يحملون السكاكين بهجوم أمس: a day gone by is not that of the present that describes a noun."""
    return sentence.tokens[sentence.chunks[m].i].form.lstrip("وبف") in _gone and _describes_noun(sentence, k)


def _describes_noun(sentence: Sentence, k: int) -> bool:
    """مسلحون يحملون السكاكين: a present right after a noun, in a clause whose verb is a perfect."""
    chunks = sentence.chunks
    verb = chunks[k].verb
    if (
        verb is None
        or verb.tense != "imperfect"
        or k == 0
        or chunks[k].conj
        or chunks[k - 1].kind not in ("np", "place")
    ):
        return False
    for n in range(k - 1, -1, -1):
        if _ends(sentence, n):
            return False
        other = chunks[n].verb
        if chunks[n].kind == "verb" and other is not None:
            return other.tense == "perfect" and sentence.tokens[chunks[n].i].form not in _was
    return False


def _next_verb(sentence: Sentence, m: int, *, default: int) -> int:
    for k in range(m + 1, len(sentence.chunks)):
        chunk = sentence.chunks[k]
        if _ends(sentence, k):
            return default
        if chunk.kind in _verbs and sentence.tokens[chunk.i].form not in _was:
            return k
    return default


def _ends(sentence: Sentence, k: int) -> bool:
    """Whether a clause ends at chunk ``k``; في وقت (مبكر من) is no subordinator before a time."""
    chunk = sentence.chunks[k]
    if chunk.kind == "sub":
        return sentence.tokens[chunk.j - 1].form != "وقت"
    return chunk.kind in _bounds or chunk.kind == "rel" or (chunk.kind == "mark" and chunk.value in _strong)


def verb_before(sentence: Sentence, k: int) -> int:
    """The verb before a noun in its clause, or -1."""
    for m in range(k - 1, -1, -1):
        if _ends(sentence, m):
            return -1
        if sentence.chunks[m].kind in _verbs and not (sentence.chunks[k].prep == "ب" and _describes_noun(sentence, m)):
            return m
    return -1


def is_occasion(sentence: Sentence, on: int) -> bool:
    """قال خلال اجتماع، في مؤتمر صحفي: the meeting at which something was said."""
    chunks = sentence.chunks
    if chunks[on].kind != "np" or head_prep(chunks, on) not in (*_occasion, "عقب"):
        return False
    verb = verb_before(sentence, on)
    return verb >= 0 and bool(chunks[verb].cues)


def is_aside(sentence: Sentence, on: int) -> bool:
    """Whether a trigger stands in a relative clause, a genitive or a phrase of sequence: what it tells has no share in the day of the report."""
    chunks = sentence.chunks
    if chunks[on].kind in _verbs:
        clause = read_clause(sentence, on)
        if chunks[on].conj and clause.left_kind in _verbs:
            clause = read_clause(sentence, clause.left)
        return clause.left_kind == "rel"
    if on > 0 and chunks[on - 1].kind == "comp":
        return True  # يرى أن امتناع إيران: a matter of opinion
    return head_prep(chunks, on) in (*_sequence, "خلال", "من خلال", "الي", "ل", "من", "ب") or (
        on > 0 and chunks[on].gen and bool(chunks[on - 1].prep)
    )


def head_prep(chunks: list[Chunk], k: int) -> str:
    """The preposition of the phrase a noun stands in, over the nouns it is the genitive of."""
    while k > 0 and chunks[k].gen and not chunks[k].prep:
        k -= 1
    return chunks[k].prep


def is_invitation(sentence: Sentence, on: int, sense: Sense) -> bool:
    """بدعوة من، تلبية لدعوة: what was agreed to before has no share in the day of what follows from it."""
    chunk = sentence.chunks[on]
    return (
        sense.type == "AGREE"
        and chunk.kind == "np"
        and head_prep(sentence.chunks, on) in ("ب", "ل", "تلبيه ل", "بناء علي")
    )


def own_times(sentence: Sentence, lexicon: Compiled, on: int, sense: Sense) -> list[int]:
    """Return the time chunks that belong to the event whose trigger is chunk ``on``, the surest first."""
    if not sentence.times or is_invitation(sentence, on, sense):
        return []
    chunks = sentence.chunks
    ranked: list[tuple[int, int, int]] = []
    for m, chunk in enumerate(chunks):
        if chunk.kind == "time":
            timed = owner_of(sentence, m)
            rank = (
                _of_verb(sentence, on, timed, sense)
                if chunks[on].kind in _verbs
                else _of_noun(sentence, lexicon, on, timed, sense)
            )
            if rank is not None:
                ranked.append((rank, abs(m - on), m))
    return [m for _, _, m in sorted(ranked)]


def _of_verb(sentence: Sentence, on: int, timed: Timed, sense: Sense) -> int | None:
    if timed.apart:
        return None
    if timed.verb == on:
        return None if _asked_for(sentence, timed, sense) else 0
    if 0 <= timed.verb < timed.at < on and _set_off(sentence, timed.at, on):
        return 1
    chunks = sentence.chunks
    if (sense.type in speech_acts or sense.type in ("CONSULT", "ASSAULT")) and timed.verb > on:
        described = _heads(read_clause(sentence, timed.verb))
        for group in read_clause(sentence, on).after:
            if (
                group.prep in _occasion
                or (sense.type == "ASSAULT" and (group.prep_role == "cause" or group.prep in _cause))
            ) and any(c is d for c in (*group.chunks, *group.gens) for d in described):
                return 2
    if (
        0 <= timed.verb < timed.at < on
        and sense.type in speech_acts
        and chunks[timed.verb].cues
        and verb_before(sentence, on) == timed.verb
    ):
        return 3
    if 0 <= timed.verb < on and _goes_on(sentence, on, timed.verb):
        return 4
    if 0 <= timed.verb < timed.at < on and _as_it_does(sentence, on, timed.verb):
        return 5
    if on < timed.verb < timed.at and _tells_of_party(sentence, timed.verb) and verb_before(sentence, timed.verb) == on:
        return 6
    return None


def _asked_for(sentence: Sentence, timed: Timed, sense: Sense) -> bool:
    """دعا إلى إضراب يوم الاثنين: a bare weekday after what is asked for or promised is the day of that."""
    if sense.type not in ("REQUEST", "AGREE", "THREATEN") or timed.noun < timed.verb or timed.apart:
        return False
    chunk, noun = sentence.chunks[timed.at], sentence.chunks[timed.noun]
    bare = not any(t.form in _gone or t.form in ("اليوم", "الماضي") for t in sentence.tokens[chunk.i : chunk.j])
    return bare and noun.prep in ("الي", "ب", "علي") and noun.j == chunk.i


def _tells_of_party(sentence: Sentence, k: int) -> bool:
    """اشتبكت مع متظاهرين تجمعوا صباح اليوم: a perfect that describes the indefinite noun before it."""
    chunk, verb = sentence.chunks[k], sentence.chunks[k].verb
    before = sentence.chunks[k - 1]
    return (
        verb is not None
        and verb.tense == "perfect"
        and not chunk.conj
        and before.kind == "np"
        and not sentence.tokens[before.i].form.startswith("ال")
        and bool(before.parties)
    )


def _as_it_does(sentence: Sentence, on: int, verb: int) -> bool:
    """غادر أمس، متحديا القرار: a participle that says how or as what the deed before it was done."""
    chunk = sentence.chunks[on]
    definite = sentence.tokens[chunk.i].form.startswith("ال")
    return chunk.kind == "participle" and not definite and verb_before(sentence, on) == verb


def _goes_on(sentence: Sentence, on: int, verb: int) -> bool:
    """اقتحموا المبنى أمس وأشعلوا فيه النار: a joined perfect without subject of its own goes on from the verb before it."""
    chunks = sentence.chunks
    mine, other = chunks[on].verb, chunks[verb].verb
    if (
        mine is None
        or other is None
        or chunks[on].conj not in ("و", "ف")
        or mine.tense != "perfect"
        or other.tense != "perfect"
    ):
        return False
    if any(
        chunks[k].kind in ("comp", "cue") or (chunks[k].kind == "mark" and chunks[k].value in _strong)
        for k in range(verb + 1, on)
    ):
        return False
    if any(
        c.kind in _verbs and k != verb and not c.conj and chunks[k - 1].kind != "rel"
        for k, c in enumerate(chunks[verb:on], verb)
    ):
        return False
    subject = read_clause(sentence, on).subject
    return subject is None or any(_ends(sentence, k) for k in range(on + 1, _index(chunks, subject.chunks[0])))


def _index(chunks: list[Chunk], chunk: Chunk) -> int:
    return next((k for k, other in enumerate(chunks) if other is chunk), -1)


def _set_off(sentence: Sentence, m: int, on: int) -> bool:
    """خطاب ألقاه في الجامعة، أمس، دافع فيه: between commas before a verb that nothing joins."""
    chunks = sentence.chunks
    return on == m + 2 and m > 0 and not chunks[on].conj and all(chunks[k].is_comma for k in (m - 1, m + 1))


def _of_noun(sentence: Sentence, lexicon: Compiled, on: int, timed: Timed, sense: Sense) -> int | None:
    chunks = sentence.chunks
    planned = schedule(sentence, on)
    if timed.noun == on or (planned is not None and planned[0] <= timed.at < planned[1]):
        return 0
    if timed.verb < 0:
        return None
    verb = chunks[timed.verb]
    clause = read_clause(sentence, timed.verb)
    governs = {} if verb.verb is None else lexicon.verb_lexemes[verb.verb.lexeme].governs
    described = _heads(clause)
    if 0 <= clause.left == timed.verb - 1 and sentence.tokens[chunks[clause.left].i].form in _was:
        described += _heads(read_clause(sentence, clause.left))  # الزيارة التي كان يعتزم أداءها غدا
    if any(c is chunks[on] for c in described):
        return None if timed.apart else 1
    if timed.verb > on and ("happen_verbs" in governs or "light_verbs" in governs):
        due = sentence.tokens[verb.i - 1].form in _due
        if (clause.left_kind == "rel" or due) and _nearest_noun(chunks, timed.verb if due else clause.left) == on:
            return 2
    if on < timed.at and not timed.apart and timed.verb < on and head_prep(chunks, on) in _sequence and timed.noun > on:
        return 4
    if (
        head_prep(chunks, on) in next_to
        and timed.at < on
        and not timed.apart
        and verb_before(sentence, on) == timed.verb
    ):
        return 3
    if timed.apart or head_prep(chunks, on) in _sequence or verb_before(sentence, on) != timed.verb:
        return None
    if timed.at < on and clause.left_kind == "rel":
        return None if _speaks(lexicon, verb) else 3
    if (
        sense.type not in speech_acts
        and chunks[on].prep
        and any(_judges(lexicon, chunks[k]) for k in range(timed.verb + 1, on))
    ):
        return None  # تبادلا الاتهامات أمس بقصف المدينة
    if _declares(sentence, timed, on, clause, sense):
        return 3
    supports = any(name in governs for name in ("light_verbs", "happen_verbs", "result_verbs"))
    supports = supports or any(value != "as-is" for value in governs.get("aspect_verbs", {}).values())
    occasion = sense.type == "CONSULT" and head_prep(chunks, on) in _occasion
    return 3 if supports or occasion or sense.type in speech_acts or not _speaks(lexicon, verb) else None


def _declares(sentence: Sentence, timed: Timed, on: int, clause: Clause, sense: Sense) -> bool:
    """أعلن الرئيس أمس حالة الطوارئ: what is done by being announced, the object of a perfect that announces it."""
    chunk, verb = sentence.chunks[on], sentence.chunks[timed.verb].verb
    return (
        verb is not None
        and verb.tense == "perfect"
        and (sense.type in _declared or sense.mode in _declared)
        and not chunk.prep
        and timed.verb < timed.at < on
        and any(c is chunk for group in clause.objects for c in group.chunks)
    )


def _judges(lexicon: Compiled, chunk: Chunk) -> bool:
    """Whether a noun is an act of speech."""
    return chunk.kind == "np" and not chunk.parties and any(lexicon.senses[n].type in speech_acts for n in chunk.senses)


def _speaks(lexicon: Compiled, chunk: Chunk) -> bool:
    """Whether a verb reports or judges."""
    return bool(chunk.cues) or any(lexicon.senses[n].type in speech_acts for n in chunk.senses)


def _nearest_noun(chunks: list[Chunk], k: int) -> int:
    for m in range(k - 1, max(-1, k - 12), -1):
        if chunks[m].kind in _verbs:
            return -1
        if chunks[m].kind == "np" and chunks[m].senses and not chunks[m].parties:
            return m
    return -1


def _heads(clause: Clause) -> list[Chunk]:
    """The noun a relative verb describes, or the subject of a verb."""
    out: list[Chunk] = []
    for group in (clause.antecedent, clause.subject):
        if group is not None:
            out += [*group.chunks, *group.gens]
    return out
