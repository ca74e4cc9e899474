"""Find whom a protest is against and whom a bomb was meant for, where no phrase of the trigger says so.

1. A protest is against what follows ضد، احتجاجا على، تنديدا بـ، هتافات معادية لـ, and whom it asks: مطالبين الحكومة،
   للمطالبة برحيل الرئيس; else whose embassy or seat it goes to (حول سفارة، نحو مقر).
2. A bomb is meant for whose seat, post or convoy stands next to it (قرب مقر الحزب، أمام سفارة، خارج منزله).
"""

from __future__ import annotations

from rawi.extract.occurrences import Occurrence
from rawi.syntax.references import Reference
from rawi.syntax.sentence import Chunk

_against = frozenset(
    [
        "احتجاج", "احتجاجا", "تنديد", "تنديدا", "رفض", "رفضا", "استنكار", "استنكارا", "شجب", "شجبا", "ادانه", "اعتراض", "اعتراضا", "ضد",
        "مناهضه", "مناهض", "مناهضين", "معاديه", "معادي", "مناويه", "مندده", "منددين", "منددون", "رافضين", "رافضه", "مستنكرين",
        "مستنكره", "مضاده", "سقوط", "اسقاط", "رحيل", "استقاله", "تنحي", "تنحيه", "اقاله", "محاكمه", "طرد", "يسقط", "الموت", "موت", "نددوا", "ينددون",
        "اسقاطه", "عزل", "مغادره",
    ]
)  # fmt: skip
_asking = frozenset(
    [
        "مطالبه", "مطالبين", "مطالبون", "مطالبا", "يطالبون", "طالبوا", "ضغط", "مناشدين", "مناشده", "داعين", "دعوه", "حث", "تطالب",
    ]
)  # fmt: skip
# What is asked to end (بوقف العدوان الإسرائيلي، بسحب القوات الأميركية) is the doing of him whom the protest is against.
_ending = frozenset(
    [
        "وقف", "ايقاف", "انهاء", "سحب", "انسحاب", "خروج", "اخراج", "جلاء", "رفع", "كف", "الغاء", "احتلال", "عدوان", "هيمنه", "حصار",
        "استيطان", "تدخل", "تدخلات", "اعتداءات", "جرايم", "مجازر",
    ]
)  # fmt: skip
_seats = frozenset(
    [
        "سفاره", "سفارات", "سفارتي", "قنصليه", "مقر", "مقرات", "مقار", "مبني", "مباني", "مكتب", "مكاتب", "منزل", "قصر", "وزاره", "برلمان", "بعثه",
        "مركز", "قاعده", "ثكنه", "معسكر", "محكمه", "مديريه", "رياسه", "مجلس", "نقطه", "حاجز", "دوريه", "موكب", "قافله", "سياره", "بيت",
    ]
)  # fmt: skip
_beside = frozenset(
    [
        "قرب",
        "امام",
        "خارج",
        "حول",
        "نحو",
        "باتجاه",
        "صوب",
        "حتي",
        "الي",
        "علي",
        "عند",
        "بالقرب من",
        "بجوار",
        "قباله",
        "لدي",
    ]
)
_no_gathering = ("protest.demo.thawra", "protest.strike.hunger")
_blasts = ("assault.explosives", "assault.suicide")
_marchers = ("محتج", "متظاهر", "معتصم", "مضرب")  # who protests is not whom it is against
_window = 45  # how far from the trigger its targets may stand
_reach = 5  # how many words a word of protest reaches


def find_targets(occurrence: Occurrence, frames: dict[int, bool]) -> None:
    """Add recipients to a protest or blast that has none. ``frames`` says of a sense whether its genitive suffers."""
    if occurrence.sense.type not in ("PROTEST", "ASSAULT") or occurrence.sense.id.startswith(_no_gathering):
        return
    nameless = all(
        r.party is not None and r.party.country is None and not r.party.entity for r in occurrence.recipients
    )
    if not nameless or (occurrence.recipients and occurrence.sense.type != "PROTEST"):
        return
    if occurrence.sense.type == "PROTEST":
        found = _protested(occurrence, frames)
    elif occurrence.sense.id.startswith(_blasts):
        found = _beside_seat(occurrence)
    else:
        return
    for reference in found:
        occurrence.add("recipient", reference)
    if found:
        occurrence.rules.append("target_in_sentence")


def _filled(chunk: Chunk) -> list[Reference]:
    """Whom a phrase names: its parties, else the nisba on it."""
    found = [Reference("party", p.i, p) for p in chunk.parties if p.kind != "place" and (p.definite or p.country)]
    if not found and chunk.nisba is not None:
        found = [Reference("nisba", chunk.nisba_at, value=chunk.nisba)]
    if not found and chunk.senses and chunk.pronoun in ("ه", "ها"):
        found = [Reference("pronoun", chunk.i, value=chunk.pronoun)]  # احتجاجا على زيارته
    return found


def _protested(occurrence: Occurrence, frames: dict[int, bool]) -> list[Reference]:
    sentence = occurrence.sentence
    starts = {c.i: m for m, c in enumerate(sentence.chunks)}
    state, since = "", 0
    suffering = False
    t = occurrence.trigger[1]
    while t < min(len(sentence.tokens), occurrence.trigger[1] + _window):
        word = sentence.words[t]
        m = starts.get(t)
        chunk = sentence.chunks[m] if m is not None else None
        if word is not None:
            if word.form.removeprefix("ال").startswith(_marchers):
                state = ""
            elif word.bases & _against:
                state, since, suffering = "against", t, False
            elif word.bases & _asking:
                state, since, suffering = "asking", t, False
            elif word.bases & _ending and state in ("asking", "ending") and t - since <= 3:
                state, since, suffering = "ending", t, False
        if chunk is not None and m is not None and state and t - since <= _reach + 3 and chunk.kind == "np":
            if chunk.senses and not chunk.parties:
                suffering = any(frames.get(n, False) for n in chunk.senses)
            quoted = sentence.tokens[chunk.i - 1].form in '«“"'  # «الجندي المجهول»: the name of a thing
            if quoted and all(p.entity is None for p in chunk.parties):
                t += 1
                continue
            named = bool(chunk.parties)
            if state == "asking":
                free = (not chunk.prep or (t - since == 1 and chunk.prep == "ل")) and (not chunk.gen or t - since == 1)
                found = _filled(chunk) if named and free else []
            elif state == "ending":
                own = t == since or not chunk.prep
                found = _filled(chunk) if own and t - since <= 3 else []
            elif suffering and named and chunk.prep_role != "actor":
                found = []
            else:
                found = _filled(chunk) if t - since <= _reach or chunk.prep_role == "actor" else []
            if found:
                for other in sentence.chunks[m + 1 :]:
                    if (
                        other.kind != "np"
                        or other.conj != "و"
                        or other.prep not in ("", chunk.prep)
                        or not other.parties
                    ):
                        break
                    found += _filled(other)
                return found
            t = max(t + 1, chunk.i + 1)
            continue
        t += 1
    return _beside_seat(occurrence)


def _beside_seat(occurrence: Occurrence) -> list[Reference]:
    sentence = occurrence.sentence
    chunks = sentence.chunks
    for m in range(occurrence.on + 1, len(chunks)):
        chunk = chunks[m]
        if chunk.i > occurrence.trigger[1] + _window:
            return []
        if chunk.kind in ("comp", "sub") or (chunk.kind == "mark" and chunk.value not in "()-–،,"):
            return []
        if chunk.kind != "np" or chunk.prep not in _beside:
            continue
        word = sentence.words[chunk.i]
        if word is None or not word.bases & _seats:
            continue
        found = _filled(chunk)
        if not found and m + 1 < len(chunks) and chunks[m + 1].gen:
            found = _filled(chunks[m + 1])
        if not found and chunk.pronoun:
            found = [Reference("pronoun", chunk.i, value=chunk.pronoun)]
        if found:
            return found
    return []
