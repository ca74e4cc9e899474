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

from rawi.syntax.party import Party
from rawi.syntax.sentence import Chunk, Sentence

_skip = {"time", "adv", "mod", "perf", "neg", "fut", "part", "exc", "quant", "frame_word"}
_closing = ("ل", "من", "الي")  # تعرض الوزير، وهو نائب سابق، لهجوم
_who_is = ("وهو", "وهي", "وهم")
_hard = {"verb", "participle", "comp", "sub", "rel", "opener", "cue"}
# States whose names are masculine; the others and all capitals are feminine.
masculine_states = frozenset(["IRQ", "LBN", "JOR", "MAR", "YEM", "VAT"])
# Newsrooms differ: السودان قال, السودان قالت.
of_either_gender = frozenset(
    ["SDN", "SOM", "MLI", "TCD", "NER", "COG", "COD", "SEN", "SSD", "KWT", "BHR", "GAB", "BEN"]
)


class Group:
    """Chunks that fill one slot together: a noun phrase, its genitives, and what is joined to it."""

    __slots__ = ("chunks", "gens", "prep", "prep_role")

    def __init__(self, chunk: Chunk) -> None:
        self.chunks = [chunk]
        self.gens: list[Chunk] = []
        self.prep = chunk.prep
        self.prep_role = chunk.prep_role

    @property
    def head(self) -> Chunk:
        """The first chunk."""
        return self.chunks[0]

    def has_party(self) -> bool:
        """Whether any chunk of the group names a party."""
        return any(c.parties for c in self.chunks)

    def __repr__(self) -> str:
        return f"<{self.prep or '-'} {self.chunks} gens={self.gens}>"


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


def read_groups(chunks: list[Chunk], start: int, stop: int) -> list[Group]:
    """Group the noun phrases of ``chunks[start:stop]`` in order."""
    groups: list[Group] = []
    last: Group | None = None
    among = skipping = False
    several: Group | None = None  # of whom some are named: دول عدة، بينها السعودية ومصر
    closing = 0  # where an aside of time and place ends: nothing after it goes on with a list in it
    for k in range(start, stop):
        chunk = chunks[k]
        if chunk.kind == "mark" and chunk.value in "،,":
            if k == closing and k:
                last = None
                continue
            closing = closing if k < closing else _aside(chunks, k)
        if chunk.kind == "pron" and chunk.prep in ("بين", "من") and chunk.pronoun in ("ها", "هم", "هن") and groups:
            several, among = groups[-1], _among(chunk)
            continue
        if several is not None and chunk.kind == "np" and chunk.parties and not chunk.prep and not chunk.gen:
            if not several.has_party() or _crowd(several.chunks[-1]):
                several.chunks = [chunk]
                last, several, among = several, None, False
                continue
            several = None
        if among and chunk.kind == "np" and not chunk.prep and not chunk.gen and last is not None:
            # قتل عشرة أشخاص بينهم جنديان أميركيان: some of those told of, worth a place of their own where they are identified
            among = False
            if last.has_party() and any(p.country or p.entity or p.name for p in chunk.parties):
                last.chunks.append(chunk)
                continue
            if chunk.parties:
                skipping = True
                continue
        if skipping and chunk.conj and not chunk.prep and chunk.kind == "np" and chunk.parties:
            continue  # بينهم نساء وأطفال
        skipping = False
        if chunk.kind not in ("mark", "adv", "quote"):
            among = False
        if chunk.kind in ("np", "place"):
            if chunk.gen and last is not None:
                last.gens.append(chunk)
                continue
            if (
                chunk.conj == "و" and not chunk.prep and chunk.parties and last is not None and last.prep and len(groups) > 1
                and not last.has_party() and not last.gens and groups[-2].has_party() and groups[-2].chunks[-1].j + 2 >= last.head.i
            ):  # fmt: skip
                last = groups[-2]  # بين المسؤولين في بلاده وعدد من الجهات: what is joined is another party
            joined = (
                last is not None
                and not chunk.prep_role
                and (
                    (chunk.conj == "و" and (not chunk.prep or chunk.prep == last.prep))
                    or (
                        not chunk.prep
                        and _comma_before(chunks, k)
                        and chunk.parties
                        and last.has_party()
                        and not _describes(chunk)
                        and not any(p.apposed for p in last.chunks[-1].parties)
                    )
                )
            )
            if (
                joined
                and last is not None
                and (bool(chunk.parties) == last.has_party() or chunk.kind == "place" or not last.has_party())
            ):
                if last.gens and not last.has_party() and last.gens[-1].parties and chunk.parties:
                    last.gens.append(chunk)
                else:
                    last.chunks.append(chunk)
                continue
            if joined and last is not None and last.gens and last.gens[-1].parties and chunk.parties:
                last.gens.append(chunk)
                continue
            if (
                last is not None
                and not chunk.prep
                and not chunk.conj
                and _crowd(last.chunks[-1])
                and chunk.party is not None
                and chunk.party.kind == "state"
            ):
                last.chunks[-1] = chunk  # الدول الكبرى (بريطانيا والصين ...): those who are meant
                continue
            last = Group(chunk)
            groups.append(last)
        elif chunk.kind == "mark" and chunk.value == "(" and last is not None and _crowd(last.chunks[-1]):
            continue
        elif chunk.kind in ("mark",) and chunk.value not in "،,":
            last = None
    return groups


def _some_of(chunks: list[Chunk], k: int) -> bool:
    """دول عدة، بينها السعودية: some of those just spoken of are named."""
    chunk, named = chunks[k], chunks[k + 1]
    return (
        chunk.kind == "pron"
        and chunk.prep in ("بين", "من")
        and chunk.pronoun in ("ها", "هم", "هن")
        and named.kind == "np"
        and bool(named.parties)
        and not named.prep
    )


def _among(chunk: Chunk) -> bool:
    """بينهم، بينهن، منهم: what follows is some of those told of before."""
    return chunk.prep in ("بين", "من بين", "من") and chunk.pronoun in ("هم", "هن")


def _crowd(chunk: Chunk) -> bool:
    """A crowd of states that a list of their names may follow."""
    party = chunk.party
    return (
        party is not None
        and party.sector == "GOV"
        and party.country is None
        and party.name is None
        and (party.number == "p" or party.kind == "org")
    )


def _describes(chunk: Chunk) -> bool:
    """وروسيا، الحليفة التقليدية: a definite phrase that names nobody describes what stands before it."""
    party = chunk.parties[0]
    return party.definite and party.vague and party.entity is None and party.country is None and party.name is None


def _comma_before(chunks: list[Chunk], k: int) -> bool:
    listed = k < 2 or chunks[k - 2].kind != "time"  # هنأ الرئيس، مساء السبت، نظيره: no list
    return k > 0 and chunks[k - 1].kind == "mark" and chunks[k - 1].value in "،," and listed


def read_clause(sentence: Sentence, v: int) -> Clause:
    """Return the arguments of the verb chunk at index ``v`` of ``sentence.chunks``."""
    chunks = sentence.chunks
    clause = Clause(v)
    verb = chunks[v].verb
    assert verb is not None
    right = v + 1
    seen_np = False
    resumed = 0  # where the clause goes on after an insertion
    inserted = 0
    while right < len(chunks):
        chunk = chunks[right]
        if chunk.kind == "verb" and not resumed and (over := _issued_over(sentence, right)):
            inserted, resumed = right, over
            right = over
            continue
        if chunk.kind in _hard:
            clause.right_kind = chunk.kind
            break
        if chunk.kind == "mark":
            if chunk.value in "،," and seen_np and (closing := _aside(chunks, right)):
                right = closing + 1
                continue
            if chunk.value in "،,":
                if right + 2 < len(chunks) and seen_np and _some_of(chunks, right + 1):
                    right += 1
                    continue
                if _time_set_off(chunks, right):
                    right += 3  # استهدف هجوم، أمس، موكبا: a day between commas does not end the clause
                    continue
                after = right + 1
                while after < len(chunks) and chunks[after].kind == "time":
                    after += 1  # هنأ الوزير، اليوم الأربعاء، نظيره
                if (
                    after > right + 1
                    and after < len(chunks)
                    and chunks[after].kind == "mark"
                    and chunks[after].value in "،,"
                ):
                    after += 1
                following = chunks[after] if after < len(chunks) else None
                if seen_np and not (
                    following is not None
                    and following.kind in ("np", "place")
                    and (
                        following.conj == "و"
                        or (following.parties and chunks[right - 1].parties and not following.prep)
                    )
                ):
                    late_object = (
                        following is not None and following.kind == "np" and not following.prep and not following.conj and (following.parties or following.senses)
                        and sum(1 for c in chunks[v + 1 : right] if c.kind == "np" and not c.prep and not c.gen and not c.prep_role) == 1
                        and not (after + 1 < len(chunks) and chunks[after + 1].kind in ("verb", "comp"))
                        and not (
                            after == right + 1 and chunks[right - 1].kind != "time"
                            and after + 1 < len(chunks) and chunks[after + 1].kind == "mark"
                        )
                    )  # fmt: skip
                    if not late_object and not (
                        following is not None
                        and following.kind in ("np", "time", "pron")
                        and following.prep
                        and (following.parties or (following.senses and following.prep in _closing))
                        and not following.conj
                    ):
                        clause.right_kind = "mark"
                        break
            elif chunk.value in "()-–/":
                pass
            else:
                clause.right_kind = "mark"
                break
        if chunk.kind == "np":
            seen_np = True
        right += 1
    clause.right = right
    left = v - 1
    while left >= 0:
        chunk = chunks[left]
        if chunk.kind in _hard:
            clause.left_kind = chunk.kind
            break
        if (
            chunk.kind == "mark"
            and chunk.value not in "()-–"
            and not (chunk.value in "،," and _parenthetical(chunks, left, v))
        ):
            clause.left_kind = "mark"
            break
        left -= 1
    clause.left = left
    clause.before = read_groups(chunks, left + 1, v)
    clause.after = read_groups(chunks, v + 1, inserted or right)
    if resumed:
        clause.after += read_groups(chunks, resumed, right)
    clause.pronouns = [c for c in chunks[v + 1 : right] if c.kind == "pron"]
    aside = clause.left_kind == "sub" and sentence.tokens[chunks[clause.left].i].form in _who_is
    if aside or (clause.left_kind in ("mark", "verb") and not any(not g.prep and g.has_party() for g in clause.before)):
        topic = _topic(sentence, v)
        if topic is not None:
            clause.before = [topic]
    _assign(sentence, clause)
    return clause


def _aside(chunks: list[Chunk], at: int) -> int:
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


_issued = frozenset(
    ["بيان", "نبا", "تصريح", "تصريحات", "كلمه", "خبر", "رساله", "تقرير", "حديث", "تغريده", "منشور", "برقيه", "مقابله"]
)


def _issued_over(sentence: Sentence, at: int) -> int:
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
        if chunk.kind == "mark" and chunk.value in "،,":
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


def _time_set_off(chunks: list[Chunk], at: int) -> bool:
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


def _topic(sentence: Sentence, v: int) -> Group | None:
    """المنطقة، التي تضم مقار الحكومة، تعرضت: what opens the clause and is set off from its verb by a comma, with what describes it.

    Between topic and verb stand only an apposition or a relative clause.
    """
    chunks = sentence.chunks
    verb = chunks[v].verb
    if chunks[v].kind != "verb" or chunks[v].conj or verb is None or verb.person != 3:
        return None
    at = v - 1
    while at >= 0 and chunks[at].kind in ("perf", "neg", "mod", "adv", "fut"):
        if chunks[at].value == "فقد":
            return None  # انطلاقا من العلاقات، فقد زار: a clause of its own
        at -= 1
    if at < 1 or chunks[at].kind != "mark" or chunks[at].value not in "،,":
        return None
    begin, described = at, False
    while begin > 0:
        before = chunks[begin - 1]
        if before.kind in ("comp", "opener") or (before.kind == "mark" and before.value not in "،,()-–"):
            break
        if before.kind == "sub" and sentence.tokens[before.i].form in _who_is:
            described, begin = True, begin - 1  # القاضي فلان، وهو عضو في المحكمة، قتل
            continue
        if before.kind in ("sub", "cue"):
            return None  # وبحسب المرصد، انسحب المقاتلون
        if before.kind in ("verb", "participle"):
            # a verb of its own stands between, unless a relative takes it
            m = begin - 2
            while m >= 0 and chunks[m].kind in ("perf", "neg", "mod", "adv", "fut"):
                m -= 1
            if before.kind == "participle" or (m >= 0 and chunks[m].kind == "rel"):
                begin = m + 1 if before.kind == "verb" else begin - 1
                continue
            if sentence.tokens[before.i].form.lstrip("وف") in ("كان", "كانت", "كانوا"):
                break  # وكان الوزير، ...، قد غادر
            return None
        described = described or before.kind == "rel" or (before.kind == "mark" and before.value in "،,")
        begin -= 1
    while begin < at and chunks[begin].kind in ("time", "adv", "mark", "quote"):
        begin += 1
    end = begin
    while end < at and chunks[end].kind in ("np", "place", "quote", "pron"):
        end += 1
    groups = read_groups(chunks, begin, end)
    if not groups or groups[0].prep or groups[0].prep_role or groups[0].head.conj or not groups[0].has_party():
        return None
    topic = groups[0]
    if not described and end < at:
        return None
    gender = gender_of(topic)
    if gender and gender != verb.gender:
        return None
    return topic if _agrees(topic, verb.gender, verb.number, after=False) else None


def _parenthetical(chunks: list[Chunk], at: int, v: int) -> bool:
    """A comma right before the verb whose fellow stands a few chunks earlier: الوزير، الذي ...، قال — or after an apposition."""
    if chunks[v].conj or any(
        c.kind not in ("perf", "neg", "mod", "adv", "fut") or c.value == "فقد" for c in chunks[at + 1 : v]
    ):
        return False
    if any(c.kind == "mark" and c.value in "،," for c in chunks[max(0, at - 6) : at]):
        return True
    m = at - 1
    while m >= 0 and chunks[m].kind in ("np", "place", "time", "adv", "pron", "quote"):
        m -= 1
    if m == 0 and chunks[0].verb is not None and chunks[v - 1].kind == "perf":
        m = -1  # وكان وزير الدفاع، فلان، قد قتل
    return (
        m < at - 1 and (m < 0 or chunks[m].kind == "comp") and any(c.parties and not c.prep for c in chunks[m + 1 : at])
    )


def _oblique(sentence: Sentence, chunk: Chunk) -> bool:
    """حذر المشرعين: a sound plural or dual in ين is never the subject of the verb before it."""
    party = chunk.party
    if party is None or chunk.quant or party.number not in ("p", "d") or party.kind not in ("role", "people", "force"):
        return False
    word = sentence.words[party.i]
    return word is not None and word.form.endswith("ين") and any(n.number in ("p", "d") for n in word.nouns)


def _indefinite(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a party is indefinite by its first noun: متحدث باسم الوزارة, not وزير الخارجية."""
    party = chunk.party
    if party is None or not chunk.definite:
        return party is not None
    second = sentence.tokens[party.i + 1].form if party.j > party.i + 1 else ""
    return not sentence.tokens[party.i].form.removeprefix("ب").startswith("ال") and second in (
        "باسم",
        "في",
        "من",
        "لدي",
    )


def _assign(sentence: Sentence, clause: Clause) -> None:
    chunks = sentence.chunks
    verb = chunks[clause.verb].verb
    assert verb is not None
    free = [g for g in clause.after if not g.prep and not g.prep_role]
    before = [g for g in clause.before if (not g.prep or _range(g)) and not g.prep_role]
    conj = chunks[clause.verb].conj
    if conj == "ف" and any(c.kind == "part" and c.value == "اما" for c in chunks[max(0, clause.left) : clause.verb]):
        conj = ""  # أما الوزير فقال: the ف answers the particle, and the subject stands between
    if clause.left_kind == "rel" and clause.left >= 0 and not (clause.left == 0 and chunks[0].value == "ما"):
        clause.antecedent = _antecedent(chunks, clause.left)
        if verb.pronoun and clause.antecedent is not None:
            clause.objects = [clause.antecedent]
            clause.subject = free[0] if free and _agrees(free[0], verb.gender, verb.number, after=True) else None
            clause.subject_null = clause.subject is None
        elif (
            clause.pronouns and free and free[0].has_party() and _agrees(free[0], verb.gender, verb.number, after=True)
        ):
            clause.subject = free[0]  # المنطقة التي يشكو السكان من محاولات للتشويش عليها
            clause.objects = free[1:]
        else:
            clause.subject = clause.antecedent
            clause.objects = free
            told = {"الذي": "m", "التي": "f"}.get(chunks[clause.left].value, "")
            if clause.antecedent is not None and told and gender_of(clause.antecedent) not in ("", told):
                clause.subject, clause.subject_null = (
                    None,
                    True,
                )  # عائلة الشاب الذي قتل: another noun of the phrase is meant
            if before and not clause.before[0].prep:
                clause.subject = before[0]
        return
    idle = (
        chunks[clause.left].pronoun == "ه" and (verb.gender == "f" or bool(clause.before))
        if clause.left >= 0
        else False
    )
    if clause.left_kind == "comp" and chunks[clause.left].pronoun and not idle and not before and not conj:
        clause.subject_null = True  # أنها اعتقلت رجلين: the pronoun on أن is the subject
        clause.objects = free
        return
    last = chunks[clause.verb - 1] if clause.verb else None
    if (
        last is not None and last.kind == "np" and (last.prep or last.gen) and not last.definite and not last.parties and not conj
        and not last.pronoun and clause.before and last.value != "counted"
        and not (clause.left < 0 and len(clause.before) == 1 and not verb.pronoun and clause.before[0].prep)  # وفي واقعة منفصلة استهدف
    ):  # fmt: skip
        # an indefinite noun right before a verb, with a preposition or in a genitive: a relative clause without relative
        clause.antecedent = clause.before[-1]
        if verb.pronoun:
            clause.objects = [clause.antecedent]
            clause.subject = free[0] if free else None
        else:
            clause.subject = clause.antecedent
            clause.objects = free
        clause.subject_null = clause.subject is None
        return
    if (
        last is not None and last.kind == "np" and last.party is not None and _indefinite(sentence, last) and last.party.name is None
        and last.party.entity is None and not conj and not verb.pronoun
        and (clause.left_kind == "verb" or (clause.left_kind == "mark" and last.prep == "عن"))
        and last.party.kind in ("role", "people", "force", "source") and verb.tense == "imperfect"
        and not (free and _agrees(free[0], verb.gender, verb.number, after=True) and len(free) > 1)
        and (verb.number != "d" or last.party.number == "d")
    ):  # fmt: skip
        # نقلت عن متحدث يوبخ الوزيرة، اعتقلت رجالا يخططون لهجوم: an indefinite party and a verb that tells what it does
        clause.antecedent = clause.before[-1] if clause.before else None
        clause.subject = clause.antecedent
        clause.objects = free
        clause.subject_null = clause.subject is None
        return
    if before and not conj and verb.person != 1:
        nearest = before[-1]
        subject = before[0] if before[0].has_party() or not nearest.has_party() else nearest
        indefinite = not nearest.head.definite and not nearest.head.parties and nearest.head is chunks[clause.verb - 1]
        if verb.pronoun and nearest.head is chunks[clause.verb - 1] and indefinite:
            # an indefinite noun and a verb with a pronoun: a relative clause without relative (اجتماع استضافه الوزير)
            clause.antecedent = nearest
            clause.objects = [nearest]
            clause.subject = free[0] if free else None
            clause.subject_null = clause.subject is None
            return
        if _agrees(subject, verb.gender, verb.number, after=False):
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
        and _agrees(free[0], verb.gender, verb.number, after=True)
        and not _oblique(sentence, free[0].head)
    ):
        clause.subject = free[0]
        clause.objects = free[1:]
    elif (
        len(free) > 1 and free[0].has_party() and free[1].has_party() and not _oblique(sentence, free[0].head)
        and gender_of(free[1]) == verb.gender and verb.number == "s" and not verb.pronoun
    ):  # fmt: skip
        clause.subject = free[1]  # يزور القاهرة غدا وزير الخارجية: the object may come before the subject
        clause.objects = [free[0], *free[2:]]
    else:
        clause.subject_null = True
        clause.objects = free


def _range(group: Group) -> bool:
    """بين 30 و35 شخصا: a number between two others is no prepositional phrase."""
    return group.prep == "بين" and group.head.quant == "number"


def _antecedent(chunks: list[Chunk], rel: int) -> Group | None:
    """The noun phrase a relative describes: the group that ends right before it."""
    groups = read_groups(chunks, max(0, rel - 6), rel)
    return groups[-1] if groups else None


def gender_of(group: Group) -> str:
    """Return m, f or '' (unknown) for the head of a group."""
    party = group.head.party
    if party is None or group.head.quant:
        return ""  # وجه 29 شخصية رسالة: before what is counted the verb may stand in either gender
    return party_gender(party)


def party_gender(party: Party) -> str:
    """Return m, f or '' (unknown) for a party, as far as its kind and its first noun tell."""
    if party.kind == "state":
        if party.way not in ("name", "capital"):
            return ""
        if party.way == "name" and party.country in of_either_gender:
            return ""
        return "m" if party.way == "name" and party.country in masculine_states else "f"
    if party.kind in ("role",) and party.number == "s":
        if party.feminine:
            return "f"
        return "m" if not party.vague else ""
    if party.kind in ("org", "force", "people") and party.number == "s" and party.feminine is not None:
        return "f" if party.feminine else ""
    if party.kind == "person":
        return ""
    return ""


def _agrees(group: Group, gender: str, number: str, *, after: bool) -> bool:
    """Say whether a group can be the subject of a verb form, by number before the verb and gender after it."""
    party = group.head.party
    if after:
        if number in ("p",):
            return False
        if number == "d":
            return False
        noun = gender_of(group)
        return not noun or noun == gender or (len(group.chunks) > 1 and gender == "m")
    if party is None:
        return True
    if number == "p" and len(group.chunks) == 1 and party.number == "s" and party.kind in ("role", "person", "state"):
        return False
    return True
