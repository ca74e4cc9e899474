"""Find the arguments of a verb or an event noun among the chunks of its clause.

1. The clause of a verb runs from the boundary before it (a complementizer, a subordinator, another verb, a
   mark) to the boundary after it. Commas that set off an apposition or go on with a list do not end it.
2. Noun phrases without preposition form groups (a phrase, its genitives, and what و joins to it); phrases
   with a preposition form groups of their own.
3. A group before the verb is its subject (SVO), else the first group after it (VSO), unless number or gender
   forbid it; a plural verb never precedes its subject, so its subject is understood.
4. After a relative the antecedent is subject, or object where the verb carries a pronoun.
"""

from __future__ import annotations

from rawi.syntax.agreement import agrees, gender_of, indefinite, oblique
from rawi.syntax.asides import aside, issued_over, parenthetical, time_set_off
from rawi.syntax.groups import Group, read_groups, some_of
from rawi.syntax.sentence import Chunk, Sentence
from rawi.syntax.topics import read_topic, who_is
from rawi.syntax.words import VerbReading

_closing = ("ل", "من", "الي")  # تعرض الوزير، وهو نائب سابق، لهجوم
_hard = {"verb", "participle", "comp", "sub", "rel", "opener", "cue"}


class Clause:
    """The arguments of one verb."""

    __slots__ = (
        "after",
        "antecedent",
        "before",
        "left",
        "left_kind",
        "objects",
        "pronouns",
        "right",
        "right_kind",
        "subject",
        "subject_null",
        "verb",
    )

    def __init__(self, verb: int) -> None:
        self.verb = verb
        self.before: list[Group] = []
        self.after: list[Group] = []
        self.pronouns: list[Chunk] = []
        self.antecedent: Group | None = None
        self.subject: Group | None = None
        self.objects: list[Group] = []
        self.subject_null = False
        self.left = self.right = verb
        self.left_kind = self.right_kind = ""


def read_clause(sentence: Sentence, v: int) -> Clause:
    """Return the arguments of the verb chunk at index ``v`` of ``sentence.chunks``."""
    chunks = sentence.chunks
    clause = Clause(v)
    inserted, resumed = _find_right(sentence, clause)
    _find_left(chunks, clause)
    right = clause.right
    clause.before = read_groups(chunks, clause.left + 1, v)
    clause.after = read_groups(chunks, v + 1, inserted or right)
    if resumed:
        clause.after += read_groups(chunks, resumed, right)
    clause.pronouns = [c for c in chunks[v + 1 : right] if c.kind == "pron"]
    apart = clause.left_kind == "sub" and sentence.tokens[chunks[clause.left].i].form in who_is
    if apart or (clause.left_kind in ("mark", "verb") and not any(not g.prep and g.has_party() for g in clause.before)):
        topic = read_topic(sentence, v)
        if topic is not None:
            clause.before = [topic]
    _assign(sentence, clause)
    return clause


def _find_right(sentence: Sentence, clause: Clause) -> tuple[int, int]:
    """Find where the clause ends; return where an insertion begins and where the clause goes on after it, or zeros."""
    chunks = sentence.chunks
    right = clause.verb + 1
    inserted = resumed = 0
    seen_np = False
    while right < len(chunks):
        chunk = chunks[right]
        kind = chunk.kind
        if kind == "verb" and not resumed and (over := issued_over(sentence, right)):
            inserted, resumed = right, over
            right = over
            continue
        if kind in _hard:
            clause.right_kind = kind
            break
        if kind == "mark":
            if chunk.value in "،,":
                over = _over_comma(chunks, clause.verb, right) if seen_np else right + 1
                if not over:
                    clause.right_kind = "mark"
                    break
                right = over
                continue
            if chunk.value not in "()-–/":
                clause.right_kind = "mark"
                break
        elif kind == "np":
            seen_np = True
        right += 1
    clause.right = right
    return inserted, resumed


def _over_comma(chunks: list[Chunk], v: int, at: int) -> int:
    """Return where the clause of verb ``v`` goes on after the comma at ``at``, or 0 where the comma ends it."""
    if closing := aside(chunks, at):
        return closing + 1
    named = chunks[at - 1].party
    if named is not None and named.apposed:
        return at + 1  # أشاد الوزير، فلان، بجهود الوسطاء: the comma closes the name
    if at + 2 < len(chunks) and some_of(chunks, at + 1):
        return at + 1
    if time_set_off(chunks, at):
        return at + 3  # استهدف هجوم، أمس، موكبا: a day between commas does not end the clause
    after = at + 1
    while after < len(chunks) and chunks[after].kind == "time":
        after += 1  # هنأ الوزير، اليوم الأربعاء، نظيره
    if after > at + 1 and after < len(chunks) and chunks[after].is_comma:
        after += 1
    following = chunks[after] if after < len(chunks) else None
    if following is None:
        return 0
    if following.kind in ("np", "place") and (
        following.conj == "و" or (following.parties and chunks[at - 1].parties and not following.prep)
    ):
        return at + 1
    if following.conj:
        return 0
    if following.prep:
        closes = following.parties or (following.senses and following.prep in _closing)
        return at + 1 if following.kind in ("np", "time", "pron") and closes else 0
    late_object = (
        following.kind == "np" and (following.parties or following.senses)
        and sum(1 for c in chunks[v + 1 : at] if c.kind == "np" and not c.prep and not c.gen and not c.prep_role) == 1
        and not (after + 1 < len(chunks) and chunks[after + 1].kind in ("verb", "comp"))
        and not (
            after == at + 1 and chunks[at - 1].kind != "time"
            and after + 1 < len(chunks) and chunks[after + 1].kind == "mark"
        )
    )  # fmt: skip
    return at + 1 if late_object else 0


def _find_left(chunks: list[Chunk], clause: Clause) -> None:
    """Find where the clause begins."""
    left = clause.verb - 1
    while left >= 0:
        chunk = chunks[left]
        if chunk.kind in _hard:
            clause.left_kind = chunk.kind
            break
        if (
            chunk.kind == "mark"
            and chunk.value not in "()-–"
            and not (chunk.value in "،," and parenthetical(chunks, left, clause.verb))
        ):
            clause.left_kind = "mark"
            break
        left -= 1
    clause.left = left


def _assign(sentence: Sentence, clause: Clause) -> None:
    """Say which groups are subject and objects."""
    chunks = sentence.chunks
    verb = chunks[clause.verb].verb
    assert verb is not None
    free = [g for g in clause.after if not g.prep and not g.prep_role]
    before = [g for g in clause.before if (not g.prep or _range(g)) and not g.prep_role]
    conj = chunks[clause.verb].conj
    if conj == "ف" and any(c.kind == "part" and c.value == "اما" for c in chunks[max(0, clause.left) : clause.verb]):
        conj = ""  # أما الوزير فقال: the ف answers the particle, and the subject stands between
    if clause.left_kind == "rel" and clause.left >= 0 and not (clause.left == 0 and chunks[0].value == "ما"):
        _assign_relative(chunks, clause, verb, free, before)
        return
    if clause.left_kind == "comp" and chunks[clause.left].pronoun and not before and not conj:
        idle = chunks[clause.left].pronoun == "ه" and (verb.gender == "f" or bool(clause.before))
        if not idle:
            clause.subject_null = True  # أنها اعتقلت رجلين: the pronoun on أن is the subject
            clause.objects = free
            return
    last = chunks[clause.verb - 1] if clause.verb else None
    if last is not None and last.kind == "np" and not conj:
        if _noun_described(clause, verb, last):
            _describe(chunks, clause, verb, clause.before[-1], free)
            return
        if _party_described(sentence, clause, verb, last, free):
            _describe(chunks, clause, verb, clause.before[-1] if clause.before else None, free)
            return
    if before and not conj and verb.person != 1:
        nearest = before[-1]
        at_verb = nearest.head is chunks[clause.verb - 1]
        resumed = verb.pronoun or _resumed(chunks, clause, free)
        if (
            resumed
            and at_verb
            and not nearest.head.definite
            and (not nearest.head.parties or _told_of(nearest, verb, free))
        ):
            # an indefinite noun and a verb with a pronoun: a relative clause without relative (اجتماع استضافه الوزير)
            _describe(chunks, clause, verb, nearest, free)
            return
        subject = before[0] if before[0].has_party() or not nearest.has_party() else nearest
        if agrees(subject, verb.gender, verb.number, after=False):
            clause.subject = subject
            clause.objects = free
            return
    if verb.number == "p" or verb.person != 3:
        clause.subject_null = True
        clause.objects = free
        if verb.number == "p" and verb.person == 3 and before and not conj:
            clause.subject, clause.subject_null = before[-1], False
        return
    if (
        free
        and not free[0].head.accusative
        and agrees(free[0], verb.gender, verb.number, after=True)
        and not oblique(sentence, free[0].head)
    ):
        clause.subject = free[0]
        clause.objects = free[1:]
    elif (
        len(free) > 1 and free[0].has_party() and free[1].has_party() and not oblique(sentence, free[0].head)
        and gender_of(free[1]) == verb.gender and verb.number == "s" and not verb.pronoun
    ):  # fmt: skip
        clause.subject = free[1]  # يزور القاهرة غدا وزير الخارجية: the object may come before the subject
        clause.objects = [free[0], *free[2:]]
    else:
        clause.subject_null = True
        clause.objects = free


def _assign_relative(
    chunks: list[Chunk], clause: Clause, verb: VerbReading, free: list[Group], before: list[Group]
) -> None:
    """الوزير الذي استقبل السفير، الوزير الذي استقبله السفير: the antecedent is the subject, or the object of a pronoun."""
    antecedent = clause.antecedent = _antecedent(chunks, clause.left)
    first = free[0] if free and agrees(free[0], verb.gender, verb.number, after=True) else None
    if verb.pronoun and antecedent is not None:
        clause.objects = [antecedent]
        clause.subject = first
        clause.subject_null = first is None
    elif clause.pronouns and first is not None and first.has_party():
        clause.subject = first  # المنطقة التي يشكو السكان من محاولات للتشويش عليها
        clause.objects = free[1:]
    else:
        clause.subject = antecedent
        clause.objects = free
        told = {"الذي": "m", "التي": "f"}.get(chunks[clause.left].value, "")
        if antecedent is not None and told and gender_of(antecedent) not in ("", told):
            # عائلة الشاب الذي قتل: another noun of the phrase is meant
            clause.subject, clause.subject_null = None, True
        if before and not clause.before[0].prep:
            clause.subject = before[0]


def _told_of(nearest: Group, verb: VerbReading, free: list[Group]) -> bool:
    """رفات ضحايا أعدمهم التنظيم: whether a verb with a pronoun and a doer of its own tells of the indefinite party before it."""
    party = nearest.head.party
    plural = party is not None and party.number == "p"
    return (
        party is not None and party.name is None and party.entity is None and not party.definite
        and verb.pronoun in (("هم", "ها", "هن") if plural else ("ه", "ها"))
        and bool(free) and free[0].has_party() and agrees(free[0], verb.gender, verb.number, after=True)
    )  # fmt: skip


def _resumed(chunks: list[Chunk], clause: Clause, free: list[Group]) -> bool:
    """خطوة رحبت بها المنظمة: whether a pronoun right after the verb takes up the noun before it, and a party follows."""
    following = chunks[clause.verb + 1] if clause.verb + 1 < len(chunks) else None
    verb = chunks[clause.verb].verb
    return (
        following is not None and following.kind == "pron" and verb is not None and bool(free)
        and free[0].has_party() and agrees(free[0], verb.gender, verb.number, after=True)
    )  # fmt: skip


def _describe(
    chunks: list[Chunk], clause: Clause, verb: VerbReading, antecedent: Group | None, free: list[Group]
) -> None:
    """Let a relative clause without relative describe the noun before it."""
    clause.antecedent = antecedent
    if not verb.pronoun and _resumed(chunks, clause, free):
        clause.subject = free[0]
        clause.objects = free[1:]
    elif verb.pronoun and antecedent is not None:
        clause.objects = [antecedent]
        clause.subject = free[0] if free else None
    else:
        clause.subject = antecedent
        clause.objects = free
    clause.subject_null = clause.subject is None


def _noun_described(clause: Clause, verb: VerbReading, last: Chunk) -> bool:
    """في هجوم شنه مسلحون: whether the verb describes the indefinite noun before it, with a preposition or in a genitive."""
    return (
        bool(last.prep or last.gen) and not last.definite and not last.parties
        and not last.pronoun and bool(clause.before) and last.value != "counted"
        and not (clause.left < 0 and len(clause.before) == 1 and not verb.pronoun and clause.before[0].prep)  # وفي واقعة منفصلة استهدف
    )  # fmt: skip


def _party_described(sentence: Sentence, clause: Clause, verb: VerbReading, last: Chunk, free: list[Group]) -> bool:
    """نقلت عن متحدث يوبخ الوزيرة، اعتقلت رجالا يخططون لهجوم: whether the verb tells what an indefinite party does."""
    return (
        last.party is not None and indefinite(sentence, last) and last.party.name is None
        and last.party.entity is None and not verb.pronoun
        and (clause.left_kind == "verb" or (clause.left_kind == "mark" and last.prep == "عن"))
        and last.party.kind in ("role", "people", "force", "source")
        and (verb.tense == "imperfect" or (verb.voice != "a" and clause.left_kind == "verb" and not clause.right_kind and not free))
        and not (free and agrees(free[0], verb.gender, verb.number, after=True) and len(free) > 1)
        and (verb.number != "d" or last.party.number == "d")
    )  # fmt: skip


def _range(group: Group) -> bool:
    """بين 30 و35 شخصا: a number between two others is no prepositional phrase."""
    return group.prep == "بين" and group.head.quant == "number"


def _antecedent(chunks: list[Chunk], rel: int) -> Group | None:
    """The noun phrase a relative describes: the group that ends right before it."""
    groups = read_groups(chunks, max(0, rel - 6), rel)
    return groups[-1] if groups else None
