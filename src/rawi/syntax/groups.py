"""Group noun phrases: a phrase, its genitives, what و or a comma joins to it, and those named of a crowd."""

from __future__ import annotations

from rawi.syntax.asides import aside
from rawi.syntax.sentence import Chunk


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


def read_groups(chunks: list[Chunk], start: int, stop: int) -> list[Group]:
    """Group the noun phrases of ``chunks[start:stop]`` in order."""
    groups: list[Group] = []
    last: Group | None = None
    among = skipping = False
    several: Group | None = None  # of whom some are named: دول عدة، بينها السعودية ومصر
    closing = 0  # where an aside of time and place ends: nothing after it goes on with a list in it
    for k in range(start, stop):
        chunk = chunks[k]
        if chunk.is_comma:
            if k == closing and k:
                last = None
                continue
            closing = closing if k < closing else aside(chunks, k)
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


def some_of(chunks: list[Chunk], k: int) -> bool:
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
    return k > 0 and chunks[k - 1].is_comma and listed
