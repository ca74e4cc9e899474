"""What an attribution found in a sentence holds, and how a source is graded."""

from __future__ import annotations

from rawi.lexicon.compiled import Compiled, Cue
from rawi.syntax.clauses import Clause
from rawi.syntax.groups import Group
from rawi.syntax.party import Party
from rawi.syntax.references import Reference
from rawi.syntax.sentence import Chunk, Sentence

_spokesmen = {"متحدث", "متحدثه", "ناطق", "ناطقه"}
_office_prepositions = {"في", "من", "لدي", "داخل", "ضمن", "باسم"}


class Report:
    """One attribution as found in a sentence. ``content`` and ``cue`` are half-open token spans of the sentence."""

    __slots__ = (
        "carriers", "content", "cue", "entry", "inherits", "others", "refers_back", "rule", "sentence", "source", "stance",
        "verb",
    )  # fmt: skip

    def __init__(self, sentence: Sentence, cue: tuple[int, int], entry: Cue | None, stance: str, rule: str) -> None:
        self.sentence, self.cue, self.entry, self.stance, self.rule = sentence, cue, entry, stance, rule
        self.source: Reference | None = None
        self.others: list[Reference] = []  # sources joined to the first one, each a hop of its own
        self.carriers: list[tuple[Reference, tuple[int, int]]] = []
        self.content: tuple[int, int] | None = None
        self.inherits = False
        self.refers_back = False  # نفى ذلك: about what was reported before
        self.verb: int | None = None


def group_with(clause: Clause, prep: str) -> Group | None:
    """Return the first phrase after a verb with this preposition."""
    return next((g for g in clause.after if g.prep == prep), None)


def is_medium(reference: Reference | None) -> bool:
    """Whether a source is a medium: it carries what others say."""
    return reference is not None and reference.party is not None and reference.party.kind == "medium"


def after_comma(chunks: list[Chunk], k: int) -> bool:
    """Whether a comma stands right before chunk ``k``."""
    return k > 0 and chunks[k - 1].is_comma


def inside_quote(sentence: Sentence, start: int, at: int) -> bool:
    """Say whether a quotation opened in ``[start-1, at)`` is still open at ``at``."""
    opened = 0
    for chunk in sentence.chunks:
        if chunk.kind == "quote" and start - 1 <= chunk.i < at:
            if chunk.value in "«“":
                opened += 1
            elif chunk.value in "»”":
                opened -= 1
            else:
                opened = 0 if opened else 1
    return opened > 0


def clause_end(sentence: Sentence, first: int, start: int, end: int) -> int:
    """The token where a reported clause ends: before a comma and a clause of its own (، فيما، في حين، كما حذر)."""
    chunks = sentence.chunks
    for m in range(first, len(chunks)):
        if chunks[m].i >= end:
            break
        also = m + 1 < len(chunks) and sentence.tokens[chunks[m].i].form == "كما" and _is_perfect(chunks[m + 1])
        if (
            (also or (chunks[m].kind == "sub" and chunks[m].value == "contrast"))
            and after_comma(chunks, m)
            and not inside_quote(sentence, start, chunks[m].i)
        ):
            return chunks[m].i
    return end


def _is_perfect(chunk: Chunk) -> bool:
    return chunk.kind == "verb" and chunk.verb is not None and chunk.verb.tense == "perfect" and bool(chunk.senses)


def bare(word: str) -> str:
    """Return a folded word without article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _masculine(word: str) -> str:
    """An adjective without article and feminine ending: رسمية to رسمي."""
    word = bare(word)
    return word[:-1] if word.endswith("ه") else word


def grade_of(party: Party | None, lexicon: Compiled, sentence: Sentence | None = None) -> str:
    """Grade a source by how it is identified (codebook section 5)."""
    if party is None:
        return "agentless"
    if party.name is not None or party.kind == "person":
        return "named"
    if party.kind in ("org", "state", "medium", "force", "name"):
        return "institution"
    forms = [t.form for t in sentence.tokens[party.i : party.j]] if sentence is not None else []
    if forms and bare(forms[0].lstrip("و")) in _spokesmen:
        return "institution"
    role = lexicon.roles[party.role] if party.role is not None else None
    if role is not None and role.kind == "person" and party.definite and party.number == "s" and role.head:
        return "named"
    if role is not None and role.kind in ("source", "person"):
        office = party.country is not None or party.sector in ("MIL", "COP", "SPY", "JUD", "LEG", "REB", "IGO")
        office = (
            office
            or any(f in _office_prepositions for f in forms[1:])
            or any(_masculine(f) in lexicon.words.get("official_classes", ()) for f in forms[1:])
        )
        return "unnamed_official" if office else "unnamed"
    return "unnamed"
