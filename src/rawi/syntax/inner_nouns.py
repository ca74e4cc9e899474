"""Judge a second noun that heads parties inside a party: its genitive, a title, an adjective, or the next phrase."""

from __future__ import annotations

from rawi.lexicon.compiled import RoleWord
from rawi.syntax.complements import ComplementReader
from rawi.syntax.extension import Extension
from rawi.syntax.party import before_place
from rawi.syntax.titles import TitleReader
from rawi.syntax.words import NounReading, Word


class InnerNounReader(ComplementReader, TitleReader):
    """Reads the nouns inside a party that could head one. ``PartyReader`` completes it."""

    def _inner_noun(self, at: Extension, word: Word) -> bool | None:
        """قائد الجيش، الجماعات المعارضة: a second noun that heads parties, as genitive, title or adjective."""
        if at.form.startswith("ال") and not at.bound and at.form[2:] in before_place:
            return False  # دخلت القوات المدينة، اقتحم رجال المقاومة البلدة
        noun = self.role_noun(word, at.kind)
        if noun is None or noun.conj or noun.prep:
            return None
        role = self.role_of(noun)
        if self._describes(at, noun, role):
            return at.take(at.k + 1)
        persons = at.kind == role.kind == "person"
        if (
            persons
            and not at.first
            and not at.bound
            and noun.number == at.party.number == "s"
            and (whole := self._holds_both(at.tokens, at.words, at.party, at.k, at.limit)) is not None
        ):
            at.party.country, at.party.entity = at.party.country or whole.country, whole.entity
            at.party.name, at.party.j = whole.name, whole.j
            return False
        if self._begins_another(at, noun, role) or (persons and self._another_holder(at, noun)):
            return False
        self._take_role(at.party, role, at.kind)
        listed = self.lexicon.noun_lexemes[noun.lexeme].citation.startswith(
            "ال"
        )  # جنود الاحتلال: closed by its article
        at.bound = not (noun.definite or listed)
        return at.take(at.k + 1)

    def _describes(self, at: Extension, noun: NounReading, role: RoleWord) -> bool:
        """الجماعات المعارضة، شبكة إرهابية: whether the noun is a feminine adjective here; it may give the sector."""
        party, form = at.party, at.form
        if at.kind not in ("force", "organ", "people") or not form.endswith("ه"):
            return False
        with_article = form.startswith("ال")
        if role.sector == "OPP" and noun.definite and at.first and party.definite and at.head_form.startswith("ال"):
            party.sector = "OPP" if party.sector in ("UNK", "CVL", "GOV") else party.sector
            return True  # الجماعات المعارضة
        if noun.number != "s":
            return False
        if role.sector == "REB" and not with_article and not party.definite and at.first:
            party.sector = "REB"  # شبكة إرهابية
            at.bound, at.indefinite = False, True
            return True
        named = at.nation and role.sector not in ("REB", "OPP", "MIL")  # السلطات المصرية الصحفية: another party
        feminine = party.number == "p" or at.head_form.endswith(("ه", "ات"))  # اتهم الحزب الوزيرة
        if with_article and feminine and role.kind in ("people", "force", "person") and not named:
            if role.sector == "REB" and party.sector in ("UNK", "MIL", "CVL"):
                party.sector = "REB"
            at.bound = False
            return True  # ميليشيات الحوثي المتمردة
        return False

    def _begins_another(self, at: Extension, noun: NounReading, role: RoleWord) -> bool:
        """Whether a noun that heads parties begins another phrase, by its article and what closed the one before it."""
        party, form = at.party, at.form
        if not noun.definite:
            if party.definite or at.linked:
                return True
            if not at.first and not at.bound and not form.startswith("ال"):
                return True  # حكومات المنطقة طرفي النزاع: a definite genitive has closed the phrase
            if at.nation or at.indefinite or at.open_plural:
                if not (at.open_plural and at.first and looks_adjective(at.head_form, form)):
                    return True
        elif at.indefinite or at.open_plural:
            return True
        accusative = form.endswith("ا") and not form.startswith("ال")
        if accusative and not at.head_form.endswith("ا") and noun.number in ("s", "d"):
            return True  # an accusative after a nominative: the object
        if at.nation and noun.definite and role.kind in ("organ", "force", "people"):
            return True
        if (
            noun.definite
            and at.first
            and not at.bound
            and at.head_form.startswith("ال")
            and not _may_describe(at, noun, role)
        ):
            return True  # طالبت النقابة الحكومة: who is asked, not what kind of union
        adjectival = form[-1] in "يه" and noun.number == "s" and role.kind not in ("organ", "medium")
        if (
            noun.definite
            and not at.bound
            and not at.first
            and not adjectival
            and not (at.kind == role.kind == "person" and noun.number == "s")
        ):
            return True  # دعا رئيس المجلس الأطراف: the phrase was closed by its genitive; a new one begins
        return role.kind == "person" and at.kind in ("organ", "force", "people") and not at.bound

    def _another_holder(self, at: Extension, noun: NounReading) -> bool:
        """استقبل الملك الرئيس المصري: whether a second title is another person's."""
        if at.first:
            titled = at.role is not None and at.role.head and noun.definite and at.head_form.startswith("ال")
        else:
            titled = not at.bound
        return titled and self._other_person(at.tokens, at.words, at.k, at.limit, at.party)


# Nouns that head parties and, as participles or adjectives, also describe one (اللجنة المنظمة، الدول الأعضاء).
_describing = frozenset((
    "منظمه", "معارضه", "مقاومه", "موسسه", "حاكمه", "اعضاء", "اسري", "جرحي", "قتلي", "كبار", "قدامي", "شباب", "شقيقه", "حليفه",
))  # fmt: skip
_offices = frozenset(("رييس", "وزير", "سفير", "ملك", "امير", "مبعوث", "سلطان"))


def _may_describe(at: Extension, noun: NounReading, role: RoleWord) -> bool:
    """Whether a definite noun right after a definite head can be its adjective or title: it agrees, and is a kind of word that describes."""
    head, form, number = at.head_form, at.form.removeprefix("ال"), at.party.number
    if form in _describing:
        return True
    if at.kind == role.kind == "person" and number == noun.number == "s":
        return not (head.removeprefix("ال") in _offices and form in _offices)
    if role.kind in ("organ", "medium", "force") and noun.number == "s":
        return False
    if form.endswith("ه"):
        return noun.number == "s" and (head.endswith(("ه", "ات")) or number == "p")
    if form.endswith(("ين", "ون")):
        return number == "p" and not head.endswith("ات") and at.kind not in ("organ", "force")
    return noun.number == number == "s" and not head.endswith("ه")


def looks_adjective(head: str, form: str) -> bool:
    """Say whether an unknown indefinite word agrees with the noun before it as an adjective would."""
    if form.endswith("ه"):
        return len(head) > 2 and not head.endswith(("ون", "ين"))  # هاجم مسلحون وحدة
    if form.endswith(("ين", "ون")):
        return head.endswith(("ين", "ون"))
    if form.endswith("ا") and len(form) > 3:
        return head.endswith("ا")
    return form.endswith("ي") and len(form) > 3 and not head.endswith(("ون", "ين"))
