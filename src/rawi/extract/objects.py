"""Find who suffers or does an act of force where the object or subject of its verb names no party of the lexicon."""

from __future__ import annotations

from collections.abc import Callable

from rawi.extract.occurrences import Occurrence
from rawi.lexicon.compiled import Compiled
from rawi.syntax.clauses import Clause
from rawi.syntax.groups import Group
from rawi.syntax.party import Party
from rawi.syntax.references import Reference, nation_on, owners
from rawi.syntax.sentence import Chunk, Sentence

# Places and buildings that are attacked.
_struck = frozenset((
    "قريه", "قري", "بلده", "بلدات", "مدينه", "مدن", "مبني", "مباني", "مبان", "بنايه", "سوق", "اسواق", "جسر", "جسور", "شارع", "حي", "احياء", "منطقه", "مناطق",
    "محطه", "محطات", "مصنع", "مصانع", "مصفاه", "ميناء", "مطار", "مطعم", "مقهي", "فندق", "ناد", "ملهي", "مزرعه", "منشاه", "منشات", "خط", "حقل", "سد", "مستودع",
))  # fmt: skip
_some = frozenset((
    "عدد", "عددا", "بعض", "بعضا", "عشرات", "العشرات", "ميات", "الميات", "عديد", "العديد", "كثير", "كثيرا", "واحد", "واحدا", "اثنين",
))  # fmt: skip


def struck_place(sentence: Sentence, head: Chunk) -> list[Reference]:
    """هاجم مسلحون قرية في نيجيريا: a place that the lexicon does not know by name, in a country that is named."""
    chunks = sentence.chunks
    k = next((n for n, c in enumerate(chunks) if c is head), -1)
    after = chunks[k + 1] if 0 <= k < len(chunks) - 1 else None
    word = sentence.words[head.i]
    if after is None or word is None or word.bases.isdisjoint(_struck) or head.kind != "np" or head.parties:
        return []
    land = after.parties[0] if after.prep in ("في", "ب") and len(after.parties) == 1 else None
    if land is None or land.kind not in ("place", "state") or land.country is None:
        return []
    party = Party(head.i, head.j, "place")
    party.country, party.way = land.country, "place"
    head.parties = [party]
    return [Reference("party", head.i, party)]


def some_of_them(sentence: Sentence, clause: Clause) -> Reference | None:
    """اعتقلت الشرطة عشرة منهم: a number or quantifier and من with a pronoun, as the object."""
    for pronoun in clause.pronouns:
        if pronoun.prep == "من" and pronoun.pronoun in ("هم", "هن", "هما") and pronoun.i:
            word = sentence.words[pronoun.i - 1]
            if word is not None and (word.number or word.form in _some):
                return Reference("pronoun", pronoun.i, value=pronoun.pronoun)
    return None


def who_is_dispersed(occurrence: Occurrence, groups: list[Group], lexicon: Compiled) -> None:
    """استعملت الشرطة الغاز لتفريق المحتجين: whom the means are used on."""
    for group in groups:
        if group.prep == "ل" and any(lexicon.senses[n].id.startswith("assault.crowd") for n in group.head.senses):
            for reference in owners(group):
                occurrence.add("recipient", reference)


def whose_weapon(occurrence: Occurrence, clause: Clause, is_weapon: Callable[[Sentence, Chunk], bool]) -> None:
    """استهدفت مسيرة أوكرانية مصفاة: the nisba on what strikes says who does it."""
    head = clause.subject.head if clause.subject is not None else None
    nation = nation_on(head) if head is not None and not head.parties else []
    if head is not None and nation and is_weapon(occurrence.sentence, head):
        occurrence.add("actor", nation[0])
        occurrence.rules.append("nisba_names_actor")
