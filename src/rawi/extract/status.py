"""Decide how real an event is said to be, from tense, particles, governing verbs, framing nouns and hedges."""

from __future__ import annotations

from rawi.lexicon.compiled import Compiled, Sense
from rawi.syntax.clauses import Clause, read_clause
from rawi.syntax.sentence import Chunk, Sentence

# Acts of speech are done by being spoken: the present tense of "demands" is the report of a demand.
_speech = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"}
# Adjectives of an event noun and what they say of it.
_adjectives = {
    "planned": "المزمع المقرر المرتقب المفترض المقبل القادم المتوقع المنتظر المجدول الوشيك المخطط",
    "ongoing": "الجاري المستمر المتواصل الداير المتصاعد المحتدم",
    "possible": "المحتمل الممكن المزعوم",
    "negated": "الملغي الموجل المرجا",
}
_by_adjective = {
    form: status
    for status, words in _adjectives.items()
    for word in words.split()
    for form in (word, word + "ه", word.rstrip("ي") + "يه")
}
_going_on = frozenset(
    ("مستمره", "مستمر", "مستمرا", "متواصله", "متواصل", "جاريه", "جار", "قايمه", "قايم", "دايره", "محتدمه", "متصاعده")
)
_to_be_held = ("عقد", "انعقاد", "اجرا", "تنظيم", "بدء", "بدو", "انطلاق", "افتتاح", "توقيع", "ان")
_failed = ("فشل", "تعثر", "انهيار", "اخفاق", "فشلت", "تعثرت", "انهارت")
_back = ("neg", "fut", "perf", "adv", "mod", "time", "pron", "part", "np", "place", "quote", "dem")


def verb_status(sentence: Sentence, lexicon: Compiled, k: int, clause: Clause, sense: Sense) -> str:
    """Status of an event whose trigger is the verb chunk ``k``."""
    if sense.status is not None:
        return sense.status
    chunks = sentence.chunks
    verb = chunks[k].verb
    assert verb is not None
    negator = perf = ""
    for m in range(k - 1, max(-1, clause.left), -1):
        chunk = chunks[m]
        if chunk.kind == "neg" and k - m <= 2:
            negator = chunk.value
        elif chunk.kind == "perf" and k - m <= 2:
            perf = chunk.value
        elif chunk.kind == "fut":
            return "planned"
        elif chunk.kind == "mod":
            status = _modal(chunk.value, verb.tense)
            if status:
                return status
    if negator in ("لم", "لن", "ما", "لما") or (negator in ("لا",) and verb.tense == "imperfect"):
        return "negated"
    if verb.future:
        after = chunks[k + 1 : k + 4]
        hedge = next(
            (
                c
                for n, c in enumerate(after)
                if c.kind == "mod" and all(b.kind in ("mark", "adv", "np") for b in after[:n])
            ),
            None,
        )
        return "possible" if hedge is not None and hedge.value.startswith("hedges") else "planned"
    if verb.tense == "perfect" and not verb.pronoun and clause.left == k - 1 and clause.left >= 0:
        status = _opened(sentence, clause.left)
        if status:
            return status
    governed = _governing_verb_status(sentence, lexicon, k, clause)
    if governed:
        return governed
    began = (
        chunks[clause.left].verb
        if clause.left >= 0 and not chunks[k].conj and not negator and k - clause.left <= 4
        else None
    )
    if (
        began is not None
        and _spoken(sense)
        and verb.tense == "imperfect"
        and began.tense == "perfect"
        and "inchoatives" in lexicon.verb_lexemes[began.lexeme].governs
    ):
        return "ongoing"  # صارت الحكومات تحث
    if perf and verb.tense == "imperfect":
        return "possible"
    if _conditional(chunks, clause):
        return "possible"
    if verb.tense == "imperfect" and not _spoken(sense) and not sentence.title:
        before = chunks[clause.left] if clause.left >= 0 else None
        if (
            before is not None
            and before.kind == "verb"
            and before.verb is not None
            and sentence.tokens[before.i].form.lstrip("و") in ("كان", "كانت", "كانوا")
        ):
            return "occurred"
        return "ongoing"
    return "occurred"


def _spoken(sense: Sense) -> bool:
    """Whether the act is done by being spoken; investigations go on."""
    return sense.type in _speech and sense.mode != "investigate"


def _modal(value: str, tense: str) -> str | None:
    name, _, detail = value.partition(":")
    if detail == "always":
        return "ongoing"  # لطالما
    if name == "planned_cues":
        return "planned"
    if name in ("hedges", "conditionals", "hopes"):
        return "possible"
    if name == "negating" and detail in ("deny", "cancel", "fail", "past", "future", "unlikely"):
        return "negated"
    if name == "ongoing_cues" and tense != "perfect":
        return "ongoing"
    return None


def _opened(sentence: Sentence, at: int) -> str | None:
    """Status given by what stands right before a perfect that opens its clause: ما زار، إن هاجمت، لطالما دعمت."""
    chunks = sentence.chunks
    form = sentence.tokens[chunks[at].i].form
    if form in ("لطالما", "ولطالما"):
        return "ongoing"
    first = at == 0 or (chunks[at - 1].kind == "mark" and chunks[at - 1].value in ".،,؛:")
    if first and chunks[at].j == chunks[at].i + 1:
        if form == "ما" and chunks[at].kind == "rel":
            return "negated"
        if form in ("ان", "وان", "فان") and chunks[at].kind == "comp":
            return "possible"
    return None


def _conditional(chunks: list[Chunk], clause: Clause) -> bool:
    if clause.left < 0:
        return False
    chunk = chunks[clause.left]
    return chunk.kind == "sub" and chunk.value == "condition"


def _governing_verb_status(sentence: Sentence, lexicon: Compiled, k: int, clause: Clause) -> str | None:
    """Status given by a verb before أن + verb, or right before a bare imperfect (بدأ يقصف، يعتزم أن يزور)."""
    chunks = sentence.chunks
    at = clause.left
    if at < 0:
        return None
    if chunks[at].kind == "comp":
        own = chunks[k].verb
        if own is None or own.tense == "perfect":
            return None
        if any(c.kind == "np" and not c.prep for c in chunks[at + 1 : k]):
            return None  # أنّ + noun: a statement, not a plan
        at -= 1
        while at >= 0 and chunks[at].kind in _back and at > clause.left - 6:
            if chunks[at].kind == "mod":
                return _modal(chunks[at].value, "imperfect")
            at -= 1
    elif chunks[at].kind != "verb" or k - at > 4 or chunks[k].conj:
        return None
    if (
        at < 0
        or chunks[at].kind != "verb"
        or chunks[at].verb is None
        or sentence.tokens[chunks[at].i].form in ("وهم", "وهما")
    ):
        return None
    return governed_status(lexicon, chunks[at], None)


def governed_status(lexicon: Compiled, chunk: Chunk, prep: str | None) -> str | None:
    """Status that a governing verb gives to what it governs with ``prep`` (None: any)."""
    if chunk.verb is None:
        return None
    classes = lexicon.verb_lexemes[chunk.verb.lexeme].governs
    for name in ("aspect_verbs", "attitude_verbs"):
        values = classes.get(name)
        if not values:
            continue
        value = values.get(prep) if prep is not None else next(iter(values.values()))
        if value and value != "as-is":
            return value
    if "prevent_verbs" in classes:
        return "negated"
    return None


_to_come = ("سي", "ست", "سن")


def _no_noun(sentence: Sentence, k: int) -> bool:
    word = sentence.words[sentence.chunks[k].i]
    return word is not None and not word.nouns


def noun_status(
    sentence: Sentence, lexicon: Compiled, k: int, governor: int | None, clauses: dict[int, Clause], sense: Sense
) -> str:
    """Status of an event whose trigger is the noun chunk ``k``."""
    if sense.status is not None:
        return sense.status
    chunks = sentence.chunks
    form = sentence.tokens[chunks[k].i].form.removeprefix("و").removeprefix("ف")
    if (
        form.startswith(_to_come)
        and len(form) > 4
        and not chunks[k].prep
        and not chunks[k].definite
        and _no_noun(sentence, k)
    ):
        return "planned"  # ستقاضي: a verb whose other forms have the spelling of a noun
    said: str | None
    # a framing noun right before it: محاولة، خطة، عدم، وقف
    m = k - 1
    while m >= 0 and k - m <= 2 and chunks[m].kind in ("np", "frame") and chunks[m + 1].gen:
        value = chunks[m].value
        if value.startswith("status:"):
            framed = value.partition(":")[2]
            if (
                framed == "negated"
                and sense.type in ("CONSULT", "PROTEST")
                and sentence.tokens[chunks[m].i].form in _failed
            ):
                return "occurred"  # فشل المحادثات: they were held
            if framed != "occurred":
                return framed  # نفى وقوع هجوم: what governs the frame still counts
        if sense.type in ("CONSULT", "MOBILIZE") and sentence.tokens[chunks[m].i].form in ("وجود", "بوجود"):
            return "ongoing"
        m -= 1
    said = _adjective(sentence, chunks[k])
    if said:
        return said
    if m >= 0 and chunks[m].kind == "mod" and m == k - 1:
        modal = _modal(chunks[m].value, "noun")
        if modal and not (modal == "possible" and chunks[k].prep == "من" and not chunks[m].value.endswith("من")):
            return modal
    following = chunks[k + 1] if k + 1 < len(chunks) else None
    if following is not None and following.kind == "mod":
        modal = _modal(following.value, "noun")
        if modal:
            return modal
    if governor is not None:
        chunk = chunks[governor]
        verb = chunk.verb
        assert verb is not None
        clause = clauses.get(governor)
        group = (
            next((g for g in clause.after if any(c is chunks[k] for c in (*g.chunks, *g.gens))), None)
            if clause
            else None
        )
        if clause is not None and group is not None:
            if governor and chunks[governor - 1].kind == "mod" and chunks[governor - 1].value.endswith(":always"):
                return "ongoing"  # لطالما اشتهرت بدورها في الوساطة
            near = chunks[k].i - chunk.j <= 8
            classes = lexicon.verb_lexemes[verb.lexeme].governs
            central = not group.prep and (group is clause.subject or not clause.objects or group is clause.objects[0])
            direct = "light_verbs" in classes or "aspect_verbs" in classes or ("happen_verbs" in classes and central)
            base = verb_status(sentence, lexicon, governor, clause, sense) if near and direct else None
            if near and base in ("negated", "planned", "possible"):
                return base
            given = governed_status(lexicon, chunk, group.prep)
            if given == "planned" and verb.tense == "perfect" and _ruled(sense, clause):
                given = None  # قررت المحكمة حبس الناشط
            if given and "topic_verbs" in classes and (chunks[k].definite or chunks[k].nisba):
                given = None  # بحثا الهجوم الأخير: what is talked of is known
            if given == "negated" and not group.prep and clause.objects and group is not clause.objects[0]:
                given = None  # ألغوا الاحتفالات تضامنا
            if (
                sense.type == "CONSULT"
                and chunks[k].i - chunk.j <= 14
                and group.prep in ("خلال", "في", "ضمن")
                and (verb.future or (verb.tense == "imperfect" and "topic_verbs" in classes))
            ):
                return "planned"  # يناقش الوزراء اليوم خلال اجتماعهم
            if (
                verb.future
                and near
                and not _spoken(sense)
                and group.prep_role not in ("setting", "cause")
                and group.prep not in ("بعد", "عقب", "منذ", "قبل")
            ):
                return "planned"
            if given and near:
                if given == "negated" and base == "negated":
                    return "occurred"
                return given
            if near and direct and base == "ongoing" and not _spoken(sense):
                return "ongoing"
            if (
                near
                and "happen_verbs" in classes
                and (
                    group is clause.subject
                    or (clause.subject is None and clause.objects and group is clause.objects[0])
                )
            ):
                value = next(iter(classes["happen_verbs"].values()))
                if value != "occurred":
                    return value
    else:
        said = _predicate(sentence, lexicon, k)
        if said:
            return said
    if sense.type in ("ASSAULT", "CONSULT") and chunks[k].definite and _led_now(sentence, lexicon, k):
        return "ongoing"
    return "occurred"


def _ruled(sense: Sense, clause: Clause) -> bool:
    """Whether a court decides what is done by being decided: a detention, a sentence."""
    court = clause.subject is not None and any(p.sector == "JUD" for c in clause.subject.chunks for p in c.parties)
    return court and (sense.type, sense.mode) in (("COERCE", "arrest"), ("SANCTION", "convict"), ("RETREAT", "release"))


def _predicate(sentence: Sentence, lexicon: Compiled, k: int) -> str | None:
    """الاتصالات بين البلدين مستمرة، زيارة الرئيس ألغيت: what is said of an event noun before it."""
    chunks = sentence.chunks
    for m in range(k + 1, min(len(chunks), k + 9)):
        chunk = chunks[m]
        if chunk.kind in ("rel", "comp", "sub", "opener", "cue", "participle") or (
            chunk.kind == "mark" and chunk.value not in "()"
        ):
            return None
        if chunk.kind in ("np", "mod") and not chunk.parties and sentence.tokens[chunk.i].form in _going_on:
            based = chunk.j < len(sentence.tokens) and sentence.tokens[chunk.j].form == "علي"
            return None if based else "ongoing"  # حكومة قائمة على المحاصصة
        if chunk.kind == "verb" and chunk.verb is not None:
            subject = read_clause(sentence, m).subject
            if subject is None or not any(c is chunks[k] for c in subject.chunks):
                return None
            if chunk.verb.future:
                return "planned"
            classes = lexicon.verb_lexemes[chunk.verb.lexeme].governs
            value = classes.get("happen_verbs", {}).get("", "")
            return (
                value
                if value in ("negated", "planned") or (value == "ongoing" and chunk.verb.tense == "imperfect")
                else None
            )
    return None


def _adjective(sentence: Sentence, chunk: Chunk) -> str | None:
    """الاجتماع المقرر، الاتصالات الجارية; المقرر عقده may stand further on."""
    tokens = sentence.tokens
    stop = min(len(tokens), chunk.j + 1)
    for n in range(chunk.i + 1, stop):
        if n == chunk.j and sentence.words[n] is None:
            break
        status = _by_adjective.get(tokens[n].form)
        if status is not None:
            return status
    for n in range(chunk.j, min(len(tokens) - 1, chunk.j + 9)):
        if sentence.words[n] is None:
            break
        if _by_adjective.get(tokens[n].form) == "planned" and tokens[n + 1].form.startswith(_to_be_held):
            return "planned"
    return None


def _led_now(sentence: Sentence, lexicon: Compiled, k: int) -> bool:
    """العمليات التي تقوم بها القوات: a relative clause in the present after a definite event noun."""
    chunks = sentence.chunks
    for m in range(k + 1, min(len(chunks) - 1, k + 4)):
        if chunks[m].kind == "rel":
            verb = chunks[m + 1].verb
            return (
                verb is not None
                and verb.tense == "imperfect"
                and not verb.future
                and "light_verbs" in lexicon.verb_lexemes[verb.lexeme].governs
            )
        if chunks[m].kind not in ("np", "place", "quote"):
            return False
    return False
