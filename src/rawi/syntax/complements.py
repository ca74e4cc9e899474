"""Join to a head what belongs to it: complements with a preposition, affiliations, quoted names, names and genitives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rawi.lexicon.compiled import Entity, Name, RoleWord
from rawi.syntax.heads import HeadReader
from rawi.syntax.names import Match, of_that_name
from rawi.syntax.party import Party
from rawi.syntax.words import NounReading, Word
from rawi.text.tokens import Token

_open_quotes = {"«": "»", "“": "”", "”": "”", '"': '"', "'": "'", "(": ")", "‘": "’"}
# Where one is received; not what one holds an office in.
_seats = frozenset(("العاصمه", "عاصمه", "قصر", "قصره", "قصرها", "مكتبه", "مكتبها", "مقره", "مقرها", "مدينه"))
_person_links = {"في", "ب", "باسم", "لدي", "عن", "من", "ل", "علي", "الي"}
_motion = {
    "صل",
    "وصل",
    "يصل",
    "عاد",
    "يعود",
    "توجه",
    "يتوجه",
    "سافر",
    "يسافر",
    "انتقل",
    "دخل",
    "قدم",
    "حضر",
    "اوفد",
    "ارسل",
    "غادر",
    "طار",
}
_teams = ("وفد", "بعثه", "فريق", "لجنه", "مجموعه", "قافله")
_sent = ("مبعوث", "موفد", "مندوب", "سفير", "ممثل", "وسيط")  # who is sent to a country keeps his own
_deputies = ("نايب", "مستشار", "مساعد", "مبعوث", "ممثل", "سكرتير", "معاون")  # whose office is another's
_media = ("agency", "channel", "paper", "radio", "site")
generic_sector = {"UNK", "GOV"}
_speakers = ("ناطق", "متحدث", "ممثل", "نايب", "نواب", "مسوول", "وفد", "مندوب")  # عن
_members = ("افراد", "عناصر", "اعضاء", "انصار", "موالين", "مويدي")  # من


class Link(NamedTuple):
    """What a preposition joins to a head: a name, a noun that heads parties, or another word."""

    prep: str
    at: int
    target: Word
    names: Match | None
    name: Name | None
    entity: Entity | None
    noun: NounReading | None
    role: RoleWord | None
    place_like: bool


class ComplementReader(HeadReader):
    """Reads what belongs to the head of a party. ``PartyReader`` completes it."""

    def _affiliation(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, k: int, stop: int
    ) -> int:
        """تابعة للحوثيين، الموالية للرئيس: the body it belongs to gives sector and country; return the token after it, or 0."""
        word = words[k]
        if word is None:
            return 0
        if (
            word.function is not None
            and word.function.kind == "prep"
            and word.function.base in ("الي", "من")
            and not word.function.pronoun
        ):
            k += 1
        elif not any(s.prep == "ل" for s in word.splits):
            return 0
        found = self.read(tokens, words, k, stop, set()) if k < stop else []
        if not found or found[0].kind == "place":
            return 0
        body = found[0]
        if body.sector != "UNK":
            party.sector = body.sector if body.kind != "state" else party.sector
        party.country = party.country or body.country
        return body.j

    def _take_role(self, party: Party, inner: RoleWord, kind: str) -> None:
        """Let the genitive of a head give it a sector: قائد الجيش, رئيس البرلمان, نائب رئيس الحكومة."""
        sector = inner.sector
        if kind in ("person", "source", "people") and sector != "UNK":
            if party.sector in ("UNK", "GOV", "CVL") or inner.kind == "organ":
                if not (party.sector == "GOV" and sector == "MIL" and kind == "person" and inner.kind == "person"):
                    party.sector = sector if sector != "CVL" or party.sector == "UNK" else party.sector
        elif kind in ("organ", "force") and party.sector == "UNK" and sector != "UNK":
            party.sector = sector
        country = inner.country
        if country and not party.country:
            party.country = country

    def _take_name(
        self,
        tokens: Sequence[Token],
        party: Party,
        match: Match,
        kind: str,
        stop: int,
        *,
        closed: bool,
        bound: bool = False,
    ) -> int:
        """Add a following name to the head: 0 not taken, 1 taken, 2 taken and the party is complete."""
        name = self.names.choose_name(match, {"*"})
        if name is None:
            return 0
        entity = self.lexicon.entities[name.entity]
        if closed and name.way != "nisba" and not (kind in ("person", "source") and name.way in ("person", "surname")):
            return 0
        if (
            name.way not in ("person", "surname", "nisba")
            and tokens[party.j - 1].form.startswith(("ال", "بال", "لل", "وال", "كال"))
            and party.definite
            and kind in ("organ", "force", "people")
        ):
            return 0  # هزم التحالف تنظيم داعش: a noun with ال takes no genitive
        if name.way in ("person", "surname"):
            if kind in ("people", "organ", "force") and not bound and party.j > party.i + 1:
                return 0  # حملت عائلات الأسرى نتنياهو: the genitive has closed the phrase
            if kind == "person" and not bound:
                if match.j < stop and tokens[match.j].form in of_that_name:
                    party.name, party.j = (party.j, match.j + 1), match.j + 1  # عبد الله الثاني is another
                    return 2
                party.name = (party.j, match.j)
                party.entity = entity.id
                party.country = party.country or entity.country
                party.j = match.j
                return 2
            party.j = match.j
            party.country = party.country or entity.country
            return 1
        if name.way in ("place", "place?", "capital", "nisba") or entity.kind in (None, "state", "territory"):
            if name.way in ("place", "place?") and kind in ("source",):
                return 0
            if party.country is None:
                party.country = entity.country
            party.j = match.j
            return 1
        if kind in ("organ", "force", "people", "medium"):
            party.entity = entity.id
            party.sector = (
                entity.sector
                if party.sector in generic_sector or kind in ("organ", "force", "people")
                else party.sector
            )
            party.country = party.country or entity.country
        elif kind in ("person", "source"):
            if (
                party.sector in ("UNK", "GOV", "CVL", "PTY")
                or entity.sector in ("REB", "IGO", "NGO", "JRN")
                or (entity.sector == "PTY" and party.sector != "LEG")
            ):
                party.sector = entity.sector
            party.country = party.country or entity.country
        party.j = match.j
        return 1

    def _quoted(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, k: int, stop: int, kind: str
    ) -> int:
        """Take a quoted or bracketed name that belongs to the head; return the token after it, or 0."""
        close = _open_quotes.get(tokens[k].form)
        if close is None or k + 2 >= stop or (kind == "people" and tokens[k].form not in '(«"“'):
            return 0
        for m in range(k + 1, min(stop, k + 8)):
            if tokens[m].form == close or (close in '"”' and tokens[m].form in '"”“'):
                if m == k + 1:
                    return 0
                found = self.names.names_at(tokens, words, k + 1, m)
                name = self.names.choose_name(found, {"*"}) if found else None
                if name is not None:
                    entity = self.lexicon.entities[name.entity]
                    if entity.kind in (None, "state", "territory") or name.way in ("capital", "place"):
                        party.country = party.country or entity.country
                    elif kind in ("organ", "force", "medium"):
                        party.entity, party.sector = entity.id, entity.sector
                        party.country = party.country or entity.country
                    else:
                        if party.sector in ("UNK", "GOV", "CVL"):
                            party.sector = entity.sector
                        party.country = party.country or entity.country
                elif (kind == "person" and tokens[k].form == "(") or (
                    any((w is not None and w.verbs and not w.nouns) for w in words[k + 1 : m])
                    and not (1 < m - k - 1 <= 3 and kind in ("people", "organ", "force", "medium"))
                ):
                    return 0  # a short quotation after a group is its name: شباب "جيل زد"
                elif kind == "people" and tokens[k].form != "(" and m - k - 1 > 3:
                    return 0
                return m + 1
            if tokens[m].form in "،,.:":
                return 0
        return 0

    def _linked(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word | None],
        party: Party,
        k: int,
        stop: int,
        kind: str,
        adjective: bool,
    ) -> int:
        """Take a complement joined by a preposition (مسؤول في وزارة …); return the token after it, or 0."""
        word = words[k]
        assert word is not None
        owned = self._owner(tokens, words, party, k, stop, kind, adjective)
        if owned is not None:
            return owned
        if kind not in ("person", "source", "people", "force") and not (
            kind == "organ"
            and word.form in ("من", "عن", "في")
            and (party.number == "p" or tokens[party.i].form.removeprefix("ال").startswith(_teams))
        ):
            return 0
        if word.function is not None and word.function.kind == "prep":
            if word.function.pronoun or word.function.conj:
                return 0
            prep, at = word.function.base, k + 1
        else:
            split = next((s for s in word.splits if s.prep and not s.conj), None)
            if split is None:
                return 0
            prep, at = split.prep, k
        if prep == "من" and at + 2 < stop and tokens[at].form == "«" and not party.head:
            return self._member_of_quoted(tokens, words, party, at, stop)
        if prep not in _person_links or at >= stop or words[at] is None or party.head:
            return 0
        link = self._link(tokens, words, at, stop, prep)
        if link.name is not None and link.name.way == "surname" and self._tells_event(link.target):
            return 0  # تصدت الدفاعات لعدوان
        ended = self._by_preposition(tokens, words, party, link, stop, kind, adjective)
        if ended is not None:
            return ended
        if prep == "ل" and link.entity is not None and link.entity.kind in _media:
            return 0  # قال دبلوماسي لرويترز
        return self._settle(tokens, words, party, link, stop)

    def _owner(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word | None],
        party: Party,
        k: int,
        stop: int,
        kind: str,
        adjective: bool,
    ) -> int | None:
        """مقرات لتنظيم، مركز للشرطة: whose a body or place is; the token after it, 0 if it is nobody's, or None."""
        word = words[k]
        assert word is not None
        bare = party.j == party.i + 1 or adjective
        if not (
            ((kind in ("organ", "force") or party.thing) and not party.definite and bare)
            or (party.thing and party.definite and adjective and tokens[party.i].form.startswith("ال"))
        ):
            return None
        if not any(s.prep == "ل" and not s.conj for s in word.splits):
            return None
        if self._tells_event(word):
            return 0  # تصدت الدفاعات لعدوان
        inner = self.read(tokens, words, k, stop, set())
        if inner and inner[0].kind in ("org", "force", "people"):
            party.sector = inner[0].sector if inner[0].sector != "UNK" else party.sector
            party.country = party.country or inner[0].country
            return inner[0].j
        return 0 if kind == "organ" or inner else None

    def _link(self, tokens: Sequence[Token], words: Sequence[Word | None], at: int, stop: int, prep: str) -> Link:
        """Look up what stands at token ``at`` after a preposition."""
        target = words[at]
        assert target is not None
        names = self.names.names_at(tokens, words, at, stop)
        name = self.names.choose_name(names, {"*"}) if names else None
        entity = self.lexicon.entities[name.entity] if name else None
        noun = self.role_noun(target)
        place_like = name is not None and (
            name.way in ("place", "place?", "capital")
            or (entity is not None and entity.kind in (None, "state", "territory"))
        )
        return Link(prep, at, target, names, name, entity, noun, self.role_of(noun) if noun else None, place_like)

    def _by_preposition(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word | None],
        party: Party,
        link: Link,
        stop: int,
        kind: str,
        adjective: bool,
    ) -> int | None:
        """Say what the preposition allows: 0 for no complement, the token after one that is only a place, None to go on."""
        prep, entity, role = link.prep, link.entity, link.role
        head = tokens[party.i].form.removeprefix("ال")
        if prep == "ل":
            deputy = role is not None and role.kind == "person" and head.startswith(_deputies)
            if not adjective or not (
                entity is not None
                or (role is not None and role.kind == "organ")
                or (role is None and link.target.form.startswith("لل") and kind == "person")
                or deputy
            ):
                return 0  # الممثل الأعلى للسياسة الخارجية, but الناطق الرسمي للصحفيين
            return None
        if prep == "الي":
            moved = party.i > 0 and tokens[party.i - 1].form.lstrip("وف") in _motion  # وصل المبعوث إلى الخرطوم
            if moved or not head.startswith(_sent) or not link.place_like or link.names is None:
                return 0
            return link.names.j  # المبعوث الأممي إلى ليبيا
        if prep == "علي":
            # ألح المفاوض على الوفد: the verb's preposition, not the title's
            return None if head.startswith(("مشرف", "قايم", "امين")) else 0
        if (prep == "عن" and not head.startswith(_speakers)) or (prep == "ب" and kind not in ("person", "source")):
            return 0
        if prep in ("في", "ب"):
            return self._inside(tokens, words, party, link, stop, kind)
        if prep == "من":
            return None if self._from(tokens, party, link, kind) else 0
        return None if entity is not None or role is not None or link.target.form.startswith("ال") else 0

    def _inside(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word | None],
        party: Party,
        link: Link,
        stop: int,
        kind: str,
    ) -> int | None:
        """مسؤول في وزارة الدفاع، السفير بدولة قطر: what a preposition of place allows, as ``_by_preposition`` says it."""
        prep, at, target, entity, role = link.prep, link.at, link.target, link.entity, link.role
        if prep == "في" and target.form in _seats:
            return 0  # التقى نظيره الألماني في العاصمة، استقبله الأمير في قصره: where it happened
        if prep == "ب" and at + 1 < stop and target.form.lstrip("ب") in ("دوله", "مملكه", "جمهوريه", "سلطنه"):
            nation = self.names.names_at(tokens, words, at + 1, stop)
            state = self.names.choose_name(nation, {"*"}) if nation else None
            if state is not None and nation is not None:
                party.country = party.country or self.lexicon.entities[state.entity].country
                return nation.j
        if party.number == "d" and party.definite and party.country is None:
            return 0  # التقى الوزيران في حميميم
        if prep == "في" and kind in ("source", "people") and link.place_like and not party.definite:
            party.country = party.country or (entity.country if entity else None)
            return 0
        organ = (
            role is not None
            and role.kind in ("organ", "force")
            and not (party.number == "d" and party.definite and tokens[party.i].form.endswith("ان"))
        )  # التقى الوزيران في العاصمة
        if not organ and (entity is None or link.place_like):
            return 0
        marching = role is not None and role.id == "role.drone"  # خرج الآلاف في مسيرة، المتظاهرون في مسيراتهم
        if kind == "force" or (kind == "people" and (marching or (link.noun is not None and link.noun.pronoun))):
            return 0
        return None

    def _from(self, tokens: Sequence[Token], party: Party, link: Link, kind: str) -> bool:
        """عناصر من الجيش، مصادر من الوزارة: whether من joins the body one belongs to."""
        if link.target.form in ("جهه", "ناحيه"):
            return False
        if kind != "source" and party.number == "s" and party.definite:
            return False
        if kind == "people" and not tokens[party.i].form.startswith(_members):
            return False  # تسلم رفات رهينتين من الكتائب
        if link.entity is None:
            return link.role is not None
        return not (link.place_like and kind == "source")

    def _settle(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, link: Link, stop: int
    ) -> int:
        """Let the complement give sector and country; return the token after it, or 0."""
        entity = link.entity
        if entity is not None and link.names is not None:
            if not link.place_like and (
                (
                    party.sector in ("UNK", "GOV", "CVL", "LEG")
                    and not (party.sector == "LEG" and entity.sector == "PTY")
                )
                or entity.sector in ("REB", "IGO")
            ):
                party.sector = entity.sector
            party.country = party.country or entity.country
            return link.names.j
        if link.role is not None:
            if link.prep != "باسم" and self._tells_event(link.target):
                return 0  # خرجوا في مسيرة: an event, and a force only elsewhere
            inner = self.read(tokens, words, link.at, stop, set())
            if inner:
                complement = inner[0]
                if complement.sector != "UNK" and party.sector in ("UNK", "GOV", "CVL"):
                    party.sector = complement.sector
                party.country = party.country or complement.country
                return complement.j
        return link.at + 1

    def _member_of_quoted(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, at: int, stop: int
    ) -> int:
        """عنصرين من «كتائب القسام»: a group named in quotation marks; return the token after it, or 0."""
        found = self.names.names_at(tokens, words, at + 1, stop)
        name = self.names.choose_name(found, {"*"}) if found else None
        if found is None or name is None or found.j >= stop or tokens[found.j].form != "»":
            return 0
        entity = self.lexicon.entities[name.entity]
        if name.way in ("place", "place?", "capital") or entity.kind in (None, "state", "territory"):
            return 0
        if party.sector in ("UNK", "GOV", "CVL") or entity.sector in ("REB", "IGO"):
            party.sector = entity.sector
        party.country = party.country or entity.country
        return found.j + 1
