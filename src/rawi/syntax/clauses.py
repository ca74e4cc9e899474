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

from rawi.syntax.sentence import Chunk, Sentence

_skip = {"time", "adv", "mod", "perf", "neg", "fut", "part", "exc", "quant", "frame_word"}
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
    closing = 0  # where an aside of time and place ends: nothing after it goes on with a list in it
    for k in range(start, stop):
        chunk = chunks[k]
        if chunk.kind == "mark" and chunk.value in "،,":
            if k == closing and k:
                last = None
                continue
            closing = closing if k < closing else _aside(chunks, k)
        if chunk.kind in ("np", "place"):
            if chunk.gen and last is not None:
                last.gens.append(chunk)
                continue
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
    return k > 0 and chunks[k - 1].kind == "mark" and chunks[k - 1].value in "،,"


def read_clause(sentence: Sentence, v: int) -> Clause:
    """Return the arguments of the verb chunk at index ``v`` of ``sentence.chunks``."""
    chunks = sentence.chunks
    clause = Clause(v)
    verb = chunks[v].verb
    assert verb is not None
    right = v + 1
    seen_np = False
    while right < len(chunks):
        chunk = chunks[right]
        if chunk.kind in _hard:
            clause.right_kind = chunk.kind
            break
        if chunk.kind == "mark":
            if chunk.value in "،," and seen_np and (closing := _aside(chunks, right)):
                right = closing + 1
                continue
            if chunk.value in "،,":
                following = chunks[right + 1] if right + 1 < len(chunks) else None
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
                        and not (right + 2 < len(chunks) and chunks[right + 2].kind in ("verb", "mark", "comp"))
                    )  # fmt: skip
                    if not late_object and not (
                        following is not None
                        and following.kind in ("np", "time", "pron")
                        and following.prep
                        and following.parties
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
        if chunk.kind == "mark" and chunk.value in "-–)" and left < 8 and _is_dateline(chunks, left):
            clause.left_kind = "mark"
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
    clause.after = read_groups(chunks, v + 1, right)
    clause.pronouns = [c for c in chunks[v + 1 : right] if c.kind == "pron"]
    _assign(chunks, clause)
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


def _is_dateline(chunks: list[Chunk], stop: int) -> bool:
    """الخرطوم (أ ف ب) -، القاهرة - رويترز -: a town, an agency and marks at the head of a report are no subject."""
    head = chunks[0]
    party = head.party
    town = head.kind == "place" or (party is not None and party.kind == "state" and party.way == "capital")
    return (
        town
        and not head.prep
        and all(
            c.kind in ("mark", "time", "place", "quote")
            or (
                c.kind == "np"
                and (c.party is None or c.party.kind == "medium" or (len(c.parties) == 1 and c.j - c.i == 1))
            )
            for c in chunks[1:stop]
        )
    )


def _parenthetical(chunks: list[Chunk], at: int, v: int) -> bool:
    """A comma right before the verb whose fellow stands a few chunks earlier: الوزير، الذي ...، قال — or after an apposition."""
    if chunks[v].conj or any(c.kind not in ("perf", "neg", "mod", "adv", "fut") for c in chunks[at + 1 : v]):
        return False
    if any(c.kind == "mark" and c.value in "،," for c in chunks[max(0, at - 6) : at]):
        return True
    m = at - 1
    while m >= 0 and chunks[m].kind in ("np", "place", "time", "adv", "pron", "quote"):
        m -= 1
    return (
        m < at - 1 and (m < 0 or chunks[m].kind == "comp") and any(c.parties and not c.prep for c in chunks[m + 1 : at])
    )


def _assign(chunks: list[Chunk], clause: Clause) -> None:
    verb = chunks[clause.verb].verb
    assert verb is not None
    free = [g for g in clause.after if not g.prep and not g.prep_role]
    before = [g for g in clause.before if not g.prep and not g.prep_role]
    conj = chunks[clause.verb].conj
    if clause.left_kind == "rel" and clause.left >= 0 and not (clause.left == 0 and chunks[0].value == "ما"):
        clause.antecedent = _antecedent(chunks, clause.left)
        if verb.pronoun and clause.antecedent is not None:
            clause.objects = [clause.antecedent]
            clause.subject = free[0] if free and _agrees(free[0], verb.gender, verb.number, after=True) else None
            clause.subject_null = clause.subject is None
        else:
            clause.subject = clause.antecedent
            clause.objects = free
            if before and not clause.before[0].prep:
                clause.subject = before[0]
        return
    if clause.left_kind == "comp" and chunks[clause.left].pronoun and not before and not conj:
        clause.subject_null = True  # أنها اعتقلت رجلين: the pronoun on أن is the subject
        clause.objects = free
        return
    last = chunks[clause.verb - 1] if clause.verb else None
    if (
        last is not None and last.kind == "np" and (last.prep or last.gen) and not last.definite and not last.parties and not conj
        and not last.pronoun and clause.before and last.value != "counted"
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
    if free and not free[0].head.accusative and _agrees(free[0], verb.gender, verb.number, after=True):
        clause.subject = free[0]
        clause.objects = free[1:]
    else:
        clause.subject_null = True
        clause.objects = free


def _antecedent(chunks: list[Chunk], rel: int) -> Group | None:
    """The noun phrase a relative describes: the group that ends right before it."""
    groups = read_groups(chunks, max(0, rel - 6), rel)
    return groups[-1] if groups else None


def gender_of(group: Group) -> str:
    """Return m, f or '' (unknown) for the head of a group."""
    party = group.head.party
    if party is None:
        return ""
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
    if party.kind in ("org", "force") and party.number == "s" and party.feminine:
        return "f"
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
