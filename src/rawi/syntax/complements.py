"""Join to a head what belongs to it: complements with a preposition, affiliations, quoted names, names after titles."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.compiled import Compiled
from rawi.syntax.names import Match, NameReader, of_that_name
from rawi.syntax.party import Party
from rawi.syntax.words import NounReading, Word, WordReader
from rawi.text.fold import fold
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
_generic_sector = {"UNK", "GOV"}


class ComplementReader:
    """Reads what belongs to the head of a party. ``PartyReader`` completes it."""

    def __init__(self, lexicon: Compiled, reader: WordReader) -> None:
        self.lexicon = lexicon
        self.reader = reader
        self.names = NameReader(lexicon, reader)

    def read(
        self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int, known: set[str]
    ) -> list[Party]:
        """Return the party that begins at token ``i``."""
        raise NotImplementedError

    def _extend(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int, bound: bool | None = None
    ) -> list[Party]:
        raise NotImplementedError

    def role_noun(self, word: Word, prefer: str = "") -> NounReading | None:
        """Return the reading of ``word`` as a noun that heads parties, one of kind ``prefer`` first."""
        first: NounReading | None = None
        for noun in word.nouns:
            role = self.lexicon.noun_lexemes[noun.lexeme].role
            if role is not None:
                if noun.pronoun == "ي" and not word.form.endswith(("تي", "بلادي", "بلدي")):
                    continue  # إقليمي، حزبي: an adjective, not "my region"
                if not prefer or self.lexicon.roles[role].kind == prefer:
                    return noun
                first = first or noun
        return first

    def fellow(
        self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int, before: Party | None
    ) -> list[Party]:
        """Return who is joined to an office holder by his country alone (وزير الخارجية المصري بدر عبد العاطي والتركي هاكان فيدان)."""
        word = words[i]
        nisba = word.nisba[0] if word is not None and word.nisba else None
        if before is None or before.role is None or nisba is None:
            return []
        if nisba.conj != "و" or nisba.prep or not nisba.definite or nisba.number != "s":
            return []
        if self.lexicon.roles[before.role].kind != "person" or not before.country:
            return []
        party = Party(i, i + 1, "role")
        party.role, party.sector, party.definite = before.role, before.sector, True
        party.country = self.lexicon.entities[nisba.entity].country
        if not party.country or i + 1 >= stop:
            return []
        names = self.names.names_at(tokens, words, i + 1, stop)
        named = (
            self.names.choose_name(names, {"*"}) if names is not None and not names.conj and not names.prep else None
        )
        if names is not None and named is not None and named.way in ("person", "surname"):
            party.name, party.j, party.entity = (i + 1, names.j), names.j, named.entity
        elif words[i + 1] is not None and not tokens[i + 1].form.startswith("ال"):
            j = self.names.name_end(tokens, words, i + 1, stop, title=True)
            if j > i + 1:
                party.name, party.j = (i + 1, j), j
        return [party] if party.name is not None else []

    def _other_person(
        self, tokens: Sequence[Token], words: Sequence[Word | None], k: int, stop: int, party: Party
    ) -> bool:
        """هنأ أمير الكويت رئيس جمهورية الهند: a second title with a country of its own is another person, not an apposition."""
        probe = Party(k, k + 1, "role")
        word = words[k]
        noun = self.role_noun(word, "person") if word is not None else None
        if noun is None:
            return False
        probe.role, probe.number = self.lexicon.noun_lexemes[noun.lexeme].role, noun.number
        found = self._extend(tokens, words, probe, stop)
        return bool(found) and found[0].country is not None and found[0].country != party.country

    def _holds_both(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, k: int, stop: int
    ) -> Party | None:
        """رئيس مجلس الوزراء وزير الخارجية القطري فلان: a second title and a name, where he who bears it held the first too."""
        found = self.read(tokens, words, k, stop, set())
        if not found or found[0].entity is None or found[0].name is None:
            return None
        first = [t.form for t in tokens[party.i : party.j] if t.form != "مجلس"]
        if party.country not in (None, found[0].country):
            return None
        if first[:2] == ["نايب", "رييس"] and tokens[k].form == "وزير":
            return found[0]
        offices = self.lexicon.entities[found[0].entity].terms
        held = any([w for w in fold(o[0]).text.split() if w != "مجلس"][:2] == first[:2] for o in offices)
        return found[0] if held else None

    def _each_of(self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int) -> list[Party]:
        """وزراء الدفاع في مصر والسودان وليبيا: one party for each state; the first stays with the title."""
        k = party.j
        if k + 1 >= stop or tokens[k].form not in ("في", "لدي"):
            return []
        k += 1
        out: list[Party] = []
        while k < stop and words[k] is not None:
            names = self.names.names_at(tokens, words, k, stop)
            name = self.names.choose_name(names, {"*"}) if names else None
            if name is None or names is None or name.way != "name" or names.prep or (out and names.conj != "و"):
                break
            entity = self.lexicon.entities[name.entity]
            if entity.kind not in (None, "state"):
                break
            one = Party(k, names.j, party.kind)
            one.role, one.sector, one.number, one.definite, one.country = (
                party.role,
                party.sector,
                "s",
                True,
                entity.country,
            )
            out.append(one)
            k = names.j
        if len(out) < 2:
            return []
        party.country, party.number, party.j = out[0].country, "s", out[0].j
        return out[1:]

    def _land_of(self, tokens: Sequence[Token], words: Sequence[Word | None], k: int, stop: int) -> str | None:
        """The country of a state, capital or town that is named at token ``k``."""
        if words[k] is None:
            return None
        names = self.names.names_at(tokens, words, k, stop)
        name = self.names.choose_name(names, {"*"}, place_expected=True) if names else None
        if name is None or names is None or names.conj or names.prep:
            return None
        entity = self.lexicon.entities[name.entity]
        place = name.way in ("place", "place?", "capital") or entity.kind in (None, "state", "territory")
        return entity.country if place else None

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

    def _take_role(self, party: Party, inner: object, kind: str, direct: bool) -> None:
        """Let the genitive of a head give it a sector: قائد الجيش, رئيس البرلمان, نائب رئيس الحكومة."""
        sector = getattr(inner, "sector", "UNK")
        if kind in ("person", "source", "people") and sector not in ("UNK",):
            if party.sector in ("UNK", "GOV", "CVL") or getattr(inner, "kind", "") == "organ":
                if not (
                    party.sector == "GOV"
                    and sector == "MIL"
                    and kind == "person"
                    and getattr(inner, "kind", "") == "person"
                ):
                    party.sector = sector if sector != "CVL" or party.sector == "UNK" else party.sector
        elif kind in ("organ", "force") and party.sector == "UNK" and sector != "UNK":
            party.sector = sector
        country = getattr(inner, "country", None)
        if country and not party.country:
            party.country = country

    def _take_name(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word | None],
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
                if party.sector in _generic_sector or kind in ("organ", "force", "people")
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
        if (
            (
                (kind in ("organ", "force") or party.thing)
                and not party.definite
                and (party.j == party.i + 1 or adjective)
            )
            or (party.thing and party.definite and adjective and tokens[party.i].form.startswith("ال"))
        ) and any(s.prep == "ل" and not s.conj for s in word.splits):
            if self._tells_event(word):
                return 0  # تصدت الدفاعات لعدوان
            inner = self.read(tokens, words, k, stop, set())  # مقرات لتنظيم، مركز للشرطة
            if inner and inner[0].kind in ("org", "force", "people"):
                party.sector = inner[0].sector if inner[0].sector != "UNK" else party.sector
                party.country = party.country or inner[0].country
                return inner[0].j
            if kind == "organ" or inner:
                return 0
        if kind not in ("person", "source", "people", "force") and not (
            kind == "organ"
            and word.form in ("من", "عن", "في")
            and (party.number == "p" or tokens[party.i].form.removeprefix("ال").startswith(_teams))
        ):
            return 0
        at, prep = k, ""
        if word.function is not None and word.function.kind == "prep":
            if word.function.pronoun or word.function.conj:
                return 0
            prep, at = word.function.base, k + 1
        else:
            split = next((s for s in word.splits if s.prep and not s.conj), None)
            if split is None:
                return 0
            prep = split.prep
        if prep == "من" and at + 2 < stop and tokens[at].form == "«" and not party.head:
            return self._member_of_quoted(tokens, words, party, at, stop)
        if prep not in _person_links or at >= stop or words[at] is None or party.head:
            return 0
        target = words[at]
        assert target is not None
        names = self.names.names_at(tokens, words, at, stop)
        name = self.names.choose_name(names, {"*"}) if names else None
        entity = self.lexicon.entities[name.entity] if name else None
        noun = self.role_noun(target)
        role = self.lexicon.roles[self.lexicon.noun_lexemes[noun.lexeme].role or 0] if noun else None
        if self._tells_event(target) and name is not None and name.way == "surname":
            return 0  # تصدت الدفاعات لعدوان
        place_like = name is not None and (
            name.way in ("place", "place?", "capital")
            or (entity is not None and entity.kind in (None, "state", "territory"))
        )
        if prep == "ل":
            deputy = (
                role is not None
                and role.kind == "person"
                and tokens[party.i].form.removeprefix("ال").startswith(_deputies)
            )
            if not adjective or not (
                entity is not None
                or (role is not None and role.kind == "organ")
                or (role is None and target.form.startswith("لل") and kind == "person")
                or deputy
            ):
                return 0  # الممثل الأعلى للسياسة الخارجية, but الناطق الرسمي للصحفيين
        elif prep == "الي":
            moved = party.i > 0 and tokens[party.i - 1].form.lstrip("وف") in _motion  # وصل المبعوث إلى الخرطوم
            if (
                moved
                or not tokens[party.i].form.removeprefix("ال").startswith(_sent)
                or not (place_like and names is not None)
            ):
                return 0
            return names.j  # المبعوث الأممي إلى ليبيا
        elif prep == "علي":
            if not tokens[party.i].form.removeprefix("ال").startswith(("مشرف", "قايم", "امين")):
                return 0  # ألح المفاوض على الوفد: the verb's preposition, not the title's
        elif (
            prep == "عن"
            and not tokens[party.i]
            .form.removeprefix("ال")
            .startswith(("ناطق", "متحدث", "ممثل", "نايب", "نواب", "مسوول", "وفد", "مندوب"))
        ) or (prep == "ب" and kind not in ("person", "source")):
            return 0
        elif prep in ("في", "ب"):
            if prep == "في" and target.form in _seats:
                return 0  # التقى نظيره الألماني في العاصمة، استقبله الأمير في قصره: where it happened
            if prep == "ب" and at + 1 < stop and target.form.lstrip("ب") in ("دوله", "مملكه", "جمهوريه", "سلطنه"):
                nation = self.names.names_at(tokens, words, at + 1, stop)
                state = self.names.choose_name(nation, {"*"}) if nation else None
                if state is not None and nation is not None:
                    party.country = party.country or self.lexicon.entities[state.entity].country
                    return nation.j
            organ = (
                role is not None
                and role.kind in ("organ", "force")
                and not (party.number == "d" and party.definite and tokens[party.i].form.endswith("ان"))
            )  # التقى الوزيران في العاصمة
            group = entity is not None and not place_like
            if party.number == "d" and party.definite and party.country is None:
                return 0  # التقى الوزيران في حميميم
            if (
                kind in ("source", "people", "force")
                and place_like
                and prep == "في"
                and kind != "force"
                and not party.definite
            ):
                party.country = party.country or (entity.country if entity else None)
                return 0
            if not organ and not group:
                return 0
            marching = role is not None and role.id == "role.drone"  # خرج الآلاف في مسيرة، المتظاهرون في مسيراتهم
            if kind == "force" or (kind == "people" and (marching or (noun is not None and noun.pronoun))):
                return 0
        elif prep == "من":
            if target.form in ("جهه", "ناحيه"):
                return 0
            if not (kind == "source" or party.number != "s" or not party.definite):
                return 0
            if kind == "people" and not tokens[party.i].form.startswith(
                ("افراد", "عناصر", "اعضاء", "انصار", "موالين", "مويدي")
            ):
                return 0  # تسلم رفات رهينتين من الكتائب
            if not (entity is not None or role is not None):
                return 0
            if entity is not None and place_like and kind == "source":
                return 0
        elif not (entity is not None or role is not None or target.form.startswith("ال")):
            return 0
        if prep == "ل" and entity is not None and entity.kind in _media:
            return 0  # قال دبلوماسي لرويترز
        if entity is not None and names is not None:
            if place_like:
                party.country = party.country or entity.country
            else:
                if (
                    party.sector in ("UNK", "GOV", "CVL", "LEG")
                    and not (party.sector == "LEG" and entity.sector == "PTY")
                ) or entity.sector in ("REB", "IGO"):
                    party.sector = entity.sector
                party.country = party.country or entity.country
            return names.j
        if role is not None:
            if prep != "باسم" and self._tells_event(target):
                return 0  # خرجوا في مسيرة: an event, and a force only elsewhere
            inner = self.read(tokens, words, at, stop, set())
            if inner:
                complement = inner[0]
                if complement.sector != "UNK" and party.sector in ("UNK", "GOV", "CVL"):
                    party.sector = complement.sector
                party.country = party.country or complement.country
                return complement.j
        return at + 1

    def _tells_event(self, word: Word) -> bool:
        return any(self.lexicon.noun_lexemes[n.lexeme].senses for n in word.nouns)

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

    def _further_office(self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int) -> None:
        """Join offices that follow a name without comma, if the person is known to hold such (الأمير محمد بن سلمان ولي العهد)."""
        if party.entity is None or party.name is None:
            return
        entity = self.lexicon.entities[party.entity]
        held = {term[0].replace("أ", "ا").replace("إ", "ا").replace("ئ", "ي").split(" ")[0] for term in entity.terms}
        while party.j < stop and tokens[party.j].form.removeprefix("ال") in held:
            inner = self.read(tokens, words, party.j, stop, set())
            if not inner or inner[0].name is not None or inner[0].country not in (None, entity.country):
                return
            party.j = inner[0].j

    def _title_after_name(self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int) -> None:
        """Join a definite title with a complement of its own to the name before it (فلان القيادي في الحركة)."""
        k = party.j
        word = words[k]
        if party.name is None or party.kind == "role" or word is None or not tokens[k].form.startswith("ال"):
            return
        noun = self.role_noun(word, "person")
        if noun is None or noun.number != "s" or noun.conj or noun.prep or not noun.definite:
            return
        if self.lexicon.roles[self.lexicon.noun_lexemes[noun.lexeme].role or 0].kind != "person":
            return
        found = self.read(tokens, words, k, stop, set())
        if not found or found[0].name is not None or found[0].j == k + 1:
            return
        title = found[0]
        linked = words[k + 1]
        if linked is None or not (
            (linked.function is not None and linked.function.kind == "prep")
            or any(s.prep and not s.conj for s in linked.splits)
            or tokens[k + 1].form == "باسم"
        ):
            return
        if party.country and title.country and party.country != title.country:
            return
        party.sector = title.sector if party.sector == "UNK" else party.sector
        party.country = party.country or title.country
        party.role = party.role if party.role is not None else title.role
        party.j = title.j

    def _apposition(self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int) -> None:
        """Join title and name across a comma: رئيس الجمهورية، الباجي قائد السبسي، / محمد البشير، القيادي في ..."""
        k = party.j
        if k + 1 >= stop:
            return
        comma = tokens[k].form in "،,"
        if not comma:
            self._title_after_name(tokens, words, party, stop)
            return
        k += 1
        word = words[k]
        if word is None:
            return
        if party.name is None:
            names = self.names.names_at(tokens, words, k, stop)
            chosen = self.names.choose_name(names, {"*"}) if names else None
            if (
                chosen is not None
                and names is not None
                and chosen.way == "person"
                and not names.conj
                and not names.prep
            ):
                entity = self.lexicon.entities[chosen.entity]
                party.name, party.j, party.entity = (k, names.j), names.j, entity.id
                party.country = party.country or entity.country
                party.apposed = True
                return
            if (
                self.names.begins_person(tokens, words, k, stop)
                and not word.splits[0].conj
                and tokens[k].form in self.names.given | self.names.honorifics
            ):
                j = self.names.name_end(tokens, words, k, stop, title=False)
                if j > k + 1:
                    party.name, party.j = (k, j), j
                    party.apposed = True
            return
        noun = self.role_noun(word)
        if noun is None or noun.conj or noun.prep or not (noun.definite or not noun.pronoun):
            return
        role = self.lexicon.roles[self.lexicon.noun_lexemes[noun.lexeme].role or 0]
        if role.kind != "person":
            return
        inner = self.read(tokens, words, k, stop, set())
        if inner and inner[0].name is None:
            title = inner[0]
            if party.sector == "UNK":
                party.sector = title.sector
            party.country = party.country or title.country
            party.role = party.role if party.role is not None else title.role
            party.j = title.j
            party.apposed = True
