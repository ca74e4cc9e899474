"""Read a party from the words that name it: title, organ, nisba, state, group, person.

1. A party begins with a name of the lexicon, a noun that heads parties (وزير، جيش، متظاهرون), a nisba used
   as a noun (السوريون), or a given name.
2. A head takes what belongs to it: genitives (وزير خارجية قطر), adjectives (الأمين العام), a nisba or a state
   that gives the country, an organ or group that gives the sector, linked complements (مسؤول في وزارة،
   المتحدث باسم، الأمين العام لـ) and quoted names (تنظيم «القاعدة»).
3. A person's name follows the title at once or after a comma, or the title follows the name.
4. One head with several nisbas is several parties (الرئيسان المصري والفرنسي).
"""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.compiled import Name
from rawi.syntax.complements import ComplementReader
from rawi.syntax.names import Match
from rawi.syntax.party import Party, affiliated, before_place
from rawi.syntax.words import NounReading, Word
from rawi.text.tokens import Token

party_length = 16
_never_alone = {"اخر", "اخري", "الاخر", "الاخري", "احد", "احدي"}
_selves = {"قوله", "قولها", "قولهم", "نفسه", "نفسها", "نفسيهما", "انفسهم", "ذاته", "ذاتها"}
_crowds = {"الالاف", "الميات", "العشرات", "الملايين"}  # قوات النظام المئات: what is counted is another party
_hundreds = {"ميات", "الاف", "عشرات", "ملايين", *_crowds}
_sides = {"جانب", "الجانب", "جهه", "الجهه"}
_then = {"انذاك", "حينها", "حينذاك", "وقتها", "يومها"}
_agent_nouns = {"قبل", "جانب", "طرف", "لدن"}  # استهدف موكب الوزير من جانب مجهولين: the doer, not his side
_kunya = {"ابو", "ابي", "ابا", "ام"}
_generic_sector = {"UNK", "GOV"}
# offices that hardly stand without a genitive; مسؤول، نائب do (نفى مسؤول الهجوم)
_offices_of_acts = {
    "وزير",
    "وزيره",
    "رييس",
    "رييسه",
    "منسق",
    "منسقه",
    "مفوض",
    "مفوضه",
    "كبير",
    "مدير",
    "مديره",
    "امين",
    "قايد",
}


class PartyReader(ComplementReader):
    """Reads parties from tokens with one lexicon."""

    def introduced(self, tokens: Sequence[Token], party: Party) -> set[str]:
        """The words by which a person may be named again alone, marked so that ``read`` knows them."""
        assert party.name is not None
        forms = [
            t.form
            for t in tokens[party.name[0] : party.name[1]]
            if t.form not in self.names.particles and len(t.form) > 2
        ]
        again = {f for f in forms[1:] if f not in self.names.given and f not in self.names.common}
        if forms and len(forms) > 1:
            again.add(forms[-1])
        return {"name:" + f for f in again} | {"name:" + f.removeprefix("ال") for f in again if len(f) > 5}

    def read(
        self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int, known: set[str]
    ) -> list[Party]:
        """Return the party that begins at token ``i`` (several when one head has several nisbas), or nothing.

        ``stop`` is where the party must end at the latest (the sentence's end, or the next time expression).
        ``known`` holds entities already introduced: short names count only for these.
        """
        word = words[i]
        if word is None or tokens[i].form in _never_alone:
            return []
        names = self.names.names_at(tokens, words, i, stop)
        chosen = (
            self.names.choose_name(names, known, place_expected=i > 0 and tokens[i - 1].form in before_place)
            if names
            else None
        )
        if chosen is not None and chosen.way == "short" and names is not None and names.j < stop:
            after = words[names.j]
            nisba = after.nisba[0] if after is not None and after.nisba else None
            own = self.lexicon.entities[chosen.entity].country
            if nisba is not None and nisba.definite and self.lexicon.entities[nisba.entity].country not in (own, None):
                chosen = None  # الاحتلال الأمريكي is not the one that was named
        phrase = self.names.match(self.lexicon.phrases, tokens, words, i, stop)
        role_phrase = None
        if phrase is not None:
            role_phrase = next((p for p in phrase.payloads if isinstance(p, tuple) and p[0] == "role"), None)
            if role_phrase is None or (names is not None and chosen is not None and names.j > phrase.j):
                role_phrase = None
        if chosen is not None and names is not None and self.names.is_nisba_rather(word, names, chosen):
            chosen = None
        if chosen is not None and names is not None and (role_phrase is None or phrase is None or names.j >= phrase.j):
            return self._from_name(tokens, words, i, stop, names, chosen, known)
        if role_phrase is not None and phrase is not None:
            party = Party(i, phrase.j, "role")
            party.role = int(role_phrase[1])
            party.number = str(role_phrase[2])
            if party.number == "s" and (head := self.role_noun(word)) is not None:
                party.number = head.number  # وزراء الدفاع، الأطراف المتنازعة
            party.feminine = party.number == "s" and tokens[i].form.endswith("ه")
            closed = (
                self.lexicon.roles[party.role].country is not None
                and phrase.j - i > 1
                and self._land_of(tokens, words, phrase.j - 1, phrase.j) is not None
            )  # ولي عهد أبوظبي
            party.definite = phrase.rest.startswith("ال") or tokens[phrase.j - 1].form.startswith("ال")
            if tokens[phrase.j - 1].form == "باسم" and phrase.j - i > 1:
                party.j -= 1  # whom he speaks for follows, and gives his sector and country
            return self._extend(tokens, words, party, stop, bound=False if closed else None)
        noun = self.role_noun(word)
        if noun is not None and word.verbs and not noun.definite and i + 1 < stop and tokens[i + 1].form in _hundreds:
            noun = None  # تجمع مئات الطلاب: the verb, not a body
        if noun is not None:
            party = Party(i, i + 1, "role")
            party.role = self.lexicon.noun_lexemes[noun.lexeme].role
            party.number = noun.number
            party.definite = noun.definite
            party.head = noun.pronoun
            party.feminine = (
                None
                if tokens[i].form.endswith("ات")
                else (
                    noun.number == "s"
                    and tokens[i].form.endswith("ه")
                    and tokens[i].form[-2] != "ا"
                    and not noun.pronoun
                )
            )
            full_plural = not noun.bound and noun.number in ("p", "d") and tokens[i].form.endswith(("ون", "ين", "ان"))
            return self._extend(tokens, words, party, stop, bound=False if full_plural else None)
        if any("name:" + s.rest in known for s in word.splits) and not (
            word.verbs and not tokens[i].form.startswith("ال")
        ):
            j = i + 1
            while j < stop and j < i + 3 and "name:" + tokens[j].form in known:
                j += 1
            party = Party(i, j, "person")
            party.name = (i, j)
            party.definite = True
            return [party]
        if word.nisba and self._nisba_is_people(word):
            reading = word.nisba[0]
            entity = self.lexicon.entities[reading.entity]
            party = Party(i, i + 1, "people")
            party.country, party.number, party.definite = entity.country, reading.number, reading.definite
            state = entity.kind in (None, "state", "territory")
            party.sector = "CVL" if state else entity.sector
            party.entity = None if state else entity.id
            return self._extend(tokens, words, party, stop)
        if self.names.begins_person(tokens, words, i, stop):
            j = self.names.name_end(tokens, words, i, stop, title=False)
            if j > i + 1:
                party = Party(i, j, "person")
                party.name = (i, j)
                self._apposition(tokens, words, party, stop)
                return [party]
        return []

    def _sentenced(
        self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, noun: NounReading, stop: int
    ) -> bool:
        """بسجن المعارضين، بسجن ثلاثة صحفيين: the word for a prison, with people after it."""
        role = self.lexicon.noun_lexemes[noun.lexeme].role
        if role is None or self.lexicon.roles[role].id != "role.prison" or i + 1 >= stop:
            return False
        after = words[i + 1]
        if after is None or self.names.names_at(tokens, words, i + 1, stop) is not None:
            return False
        people = self.role_noun(after)
        kind = self.lexicon.roles[self.lexicon.noun_lexemes[people.lexeme].role or 0].kind if people is not None else ""
        return (
            kind in ("person", "people", "source", "medium")
            or tokens[i + 1].form.removeprefix("ال") in self.names.numbers
        )

    def _nisba_is_people(self, word: Word) -> bool:
        reading = word.nisba[0]
        if word.nouns or word.verbs:
            return False
        return reading.number in ("p", "d") or (not reading.definite and reading.gender == "m")

    def _from_name(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word | None],
        i: int,
        stop: int,
        match: Match,
        name: Name,
        known: set[str],
    ) -> list[Party]:
        entity = self.lexicon.entities[name.entity]
        if (
            name.way == "surname"
            and name.entity not in known
            and tokens[i].form in self.names.given | self.names.ambiguous
        ):
            j = self.names.name_end(tokens, words, i, stop, title=False)
            if j > match.j:
                party = Party(i, j, "person")  # منصور السعدي: a name of two words is not the official of one of them
                party.name = (i, j)
                self._apposition(tokens, words, party, stop)
                return [party]
        party = Party(i, match.j, "name")
        party.way = name.way
        party.entity = entity.id
        party.country, party.sector = entity.country, entity.sector
        party.definite = True
        if name.way in ("person", "surname"):
            party.kind = "person"
            party.name = (i, match.j)
            self._further_office(tokens, words, party, stop)
            self._apposition(tokens, words, party, stop)
        elif name.way in ("place", "place?"):
            party.kind = "place"
            party.country = entity.country or None
        elif name.way == "nisba":
            party.kind, party.sector, party.entity, party.number = "people", "CVL", None, "p"
        elif entity.kind == "people":
            party.kind, party.number = "people", "p"
        elif name.way == "capital":
            party.kind = "state"
            party.sector = "GOV"
        elif entity.kind in (None, "state", "territory"):
            party.kind = "state"
            while party.j < stop and tokens[party.j].form in ("الشقيقه", "الشقيق", "الصديقه", "الصديق"):
                party.j += 1
        elif entity.kind in ("agency", "channel", "paper", "radio", "site"):
            party.kind = "medium"
        else:
            party.kind = "org"
            j = party.j
            # (داعش) after the full name, الإرهابي, اللبناني: belong to it
            while j < stop and j - party.j < 3:
                w = words[j]
                if w is not None and w.nisba and not w.nisba[0].conj and not w.nisba[0].prep and w.nisba[0].definite:
                    j += 1
                    continue
                if (
                    w is not None
                    and w.form.startswith("ال")
                    and not w.known
                    and party.j == j
                    and len(w.form) > 5
                    and w.form.removeprefix("ال") not in self.names.nouns
                    and not w.name
                ):
                    j += 1
                    continue
                break
            party.j = j
            if j + 2 < stop and tokens[j].form in '(«"' and words[j + 1] is not None:
                inner = self.names.names_at(tokens, words, j + 1, stop)
                if (
                    inner
                    and any(isinstance(p, Name) and p.entity == party.entity for p in inner.payloads)
                    and inner.j < stop
                ):
                    party.j = inner.j + 1
        return [party]

    def _extend(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int, bound: bool | None = None
    ) -> list[Party]:
        role = self.lexicon.roles[party.role] if party.role is not None else None
        kind = role.kind if role else "people"
        if role:
            party.kind = {
                "person": "role",
                "organ": "org",
                "force": "force",
                "people": "people",
                "source": "source",
                "medium": "medium",
            }[kind]
            party.sector = role.sector
            party.country = role.country
            party.vague = role.vague
            party.thing = role.thing
        siblings: list[Party] = []
        limit = min(stop, party.i + party_length)
        if tokens[party.j - 1].form == "باسم" and party.j > party.i + 1:
            party.j -= 1  # المتحدث باسم وزارة الخارجية: the body is read below
        k = party.j
        if bound is None:
            bound = (not party.definite and not party.head) or tokens[party.j - 1].form == "باسم"
        open_plural = not bound and not party.definite  # مسلحون takes adjectives, no genitive
        linked = False  # a complement has been joined: an indefinite noun after it begins another phrase (جنود في الولاية مبادرة)
        nation = False  # a nisba has given the country: only a name or adjectives may follow
        indefinite = False  # closed by an indefinite adjective: what follows with ال is a new phrase
        adjective_of = party.j > party.i + 1 and tokens[party.j - 1].form.startswith("ال")
        while k < limit:
            word = words[k]
            form = tokens[k].form
            if word is None:
                k2 = self._quoted(tokens, words, party, k, limit, kind)
                if k2:
                    k = party.j = k2
                    continue
                break
            if (
                form in _selves
                or form in _crowds
                or (form == "من" and k + 1 < limit and tokens[k + 1].form in _agent_nouns)
            ):
                break
            if (
                form in _then
                and kind == "person"
                and k + 1 < limit
                and self.names.begins_person(tokens, words, k + 1, limit)
            ):
                k += 1  # أمير البحرين آنذاك الشيخ عيسى
                continue
            joined = next((s for s in word.splits if s.conj), None) if form[0] in "وف" else None
            if form == "باسم" and kind in ("person", "source") and k + 1 < limit:
                body = self.read(tokens, words, k + 1, limit, set())
                if body and body[0].kind != "place":
                    party.sector = body[0].sector if body[0].sector != "UNK" else party.sector
                    party.country = party.country or body[0].country
                    k = party.j = body[0].j
                    bound, adjective_of = False, True
                    continue
            if form in ("للانباء", "للاعلام", "للاخبار") and kind in ("organ", "medium", "source"):
                k = party.j = k + 1
                continue
            if form.removeprefix("ال") in affiliated and k + 1 < limit:
                k2 = self._affiliation(tokens, words, party, k + 1, limit)
                if k2:
                    k = party.j = k2
                    continue
            names = self.names.names_at(tokens, words, k, limit)
            if names is not None:
                named = self.names.choose_name(names, {"*"})
                if (
                    named is None
                    or self.names.is_nisba_rather(word, names, named)
                    or (
                        named.way == "surname"
                        and names.j < limit
                        and not names.conj
                        and self.names.name_end(tokens, words, k, limit, title=True) > names.j
                    )  # مسؤول كردي سعيد فلان: a first name, not the official of that surname
                    or (
                        named.way == "short"
                        and k == party.i + 1
                        and form.startswith("ال")
                        and tokens[party.i].form.startswith("ال")
                        and word.nouns
                    )
                ):
                    names = None  # الجماعات المعارضة: after a noun with ال a short name is an adjective
            if form == "في" and kind in ("organ", "force") and party.country is None and k + 1 < limit:
                party.country = self._land_of(tokens, words, k + 1, limit)  # محكمة عسكرية في القاهرة
            if (
                word.function is not None
                and not (names is not None and names.j > k + 1 and names.cost == 0)
                and not (word.nouns and self.role_noun(word) and word.function.kind != "prep")
            ):
                k2 = self._linked(tokens, words, party, k, limit, kind, adjective_of)
                if k2:
                    linked = True
                    k = party.j = k2
                    continue
                break
            if kind == "person" and form in _kunya and names is not None and not names.conj and k > party.i:
                j = self.names.name_end(tokens, words, k, limit, title=True)
                if j > k + 1 and any(isinstance(p, Name) and p.way in ("place", "place?") for p in names.payloads):
                    party.name, party.j = (k, j), j  # القائد أبو سليم الشمري
                    break
            if names is not None and not names.conj and not names.prep:
                taken = self._take_name(
                    tokens,
                    words,
                    party,
                    names,
                    kind,
                    limit,
                    bound=bound,
                    closed=nation
                    or open_plural
                    or (party.definite and not bound and tokens[party.i].form.startswith("ال")),
                )
                bound = False
                if taken == 2:
                    k = party.j
                    break
                if taken == 1:
                    k = party.j
                    continue
                if names.cost == 0:
                    break  # وعد الرئيس الأميركي أوكرانيا: a name that does not belong to the phrase begins another
            nisba = word.nisba[0] if word.nisba else None
            if (
                kind in ("organ", "force")
                and not party.definite
                and (
                    (names is not None and names.prep == "ل" and not names.conj)
                    or (nisba is not None and nisba.prep == "ل")
                )
            ):
                k2 = self._linked(tokens, words, party, k, limit, kind, adjective_of)
                if k2:
                    k = party.j = k2
                    break  # مواقع للحوثيين: its owner ends it
            if nisba is not None and not nisba.prep:
                entity = self.lexicon.entities[nisba.entity]
                if (
                    nisba.number == "p"
                    and nisba.gender == "m"
                    and party.number == "s"
                    and k > party.i + 1
                    and not (
                        nisba.definite and tokens[k - 1].form.startswith("ال") and tokens[k - 1].form.endswith("ين")
                    )
                ):
                    # كبير المفاوضين الإيرانيين is one phrase
                    break  # قوات المقاومة الحوثيين: people, not an adjective
                if not nisba.conj:
                    if party.country is None or (role and role.country is None and party.country is None):
                        party.country = entity.country
                    if entity.kind not in (None, "state", "territory"):
                        if party.sector in _generic_sector or kind in ("force", "people"):
                            party.sector = entity.sector
                        party.entity = party.entity or (entity.id if kind in ("force", "people", "organ") else None)
                        party.country = party.country or entity.country
                    if not nisba.definite and not party.definite:
                        bound, indefinite = False, True
                    elif nisba.definite:
                        bound = False  # الجمارك الأردنية شحنة: closed by its adjective
                    nation = nation or (
                        nisba.definite and entity.kind in (None, "state", "territory", "igo", "coalition")
                    )
                    k = party.j = k + 1
                    adjective_of = True
                    continue
                several = party.number != "s" or tokens[party.i].form.endswith("ات")
                if several and nisba.definite and party.country:
                    sibling = Party(k, k + 1, party.kind)
                    sibling.role, sibling.sector, sibling.number, sibling.definite = party.role, party.sector, "s", True
                    sibling.country = entity.country
                    siblings.append(sibling)
                    k += 1
                    continue
                break
            if joined is not None and not (word.nouns and not word.nouns[0].conj):
                # وزير التربية والتعليم: the ministry's name goes on
                if (
                    kind in ("person", "organ")
                    and joined.rest.startswith("ال")
                    and not word.verbs
                    and not self.role_noun(word)
                    and k > party.i + 1
                    and party.number == "s"
                    and not siblings
                ):
                    if not word.nisba and names is None and not word.nouns:
                        k = party.j = k + 1
                        continue
                break
            if (
                any(s.prep for s in word.splits)
                and not word.known
                and not self._plain(word, tokens, k)
                and form[0] in "بلك"
                and form[1:3] == "ال"
            ):
                k2 = self._linked(tokens, words, party, k, limit, kind, adjective_of)
                if k2:
                    k = party.j = k2
                    continue
                break
            if word.nouns and word.nouns[0].prep:
                k2 = self._linked(tokens, words, party, k, limit, kind, adjective_of)
                if k2:
                    k = party.j = k2
                    continue
                break
            if kind in ("person", "source") and form in self.names.honorifics and k + 1 < limit:
                j = self.names.name_end(tokens, words, k, limit, title=True)
                following = self.names.names_at(tokens, words, k + 1, limit)
                bearer = (
                    self.names.choose_name(following, {"*"})
                    if following is not None and not following.conj and not following.prep
                    else None
                )
                if following is not None and bearer is not None and bearer.way == "person":
                    k = k + 1
                    self._take_name(tokens, words, party, following, kind, limit, closed=False)
                    party.name = (k, following.j)
                    break
                if j > k + 1:
                    party.name, party.j = (k + 1, j), j
                    break
            if form.startswith("ال") and not bound and form[2:] in before_place:
                break  # دخلت القوات المدينة، اقتحم رجال المقاومة البلدة
            inner = self.role_noun(word, kind)
            if inner is not None and not inner.conj and not inner.prep:
                inner_role = self.lexicon.roles[self.lexicon.noun_lexemes[inner.lexeme].role or 0]
                if (
                    inner_role.sector == "OPP"
                    and inner.definite
                    and form.endswith("ه")
                    and k == party.i + 1
                    and party.definite
                    and kind in ("force", "organ", "people")
                    and tokens[party.i].form.startswith("ال")
                ):
                    party.sector = "OPP" if party.sector in ("UNK", "CVL", "GOV") else party.sector
                    k = party.j = k + 1  # الجماعات المعارضة
                    continue
                if (
                    inner_role.sector == "REB"
                    and form.endswith("ه")
                    and inner.number == "s"
                    and not form.startswith("ال")
                    and not party.definite
                    and k == party.i + 1
                    and kind in ("force", "organ", "people")
                ):
                    party.sector = "REB"  # شبكة إرهابية
                    bound, indefinite = False, True
                    k = party.j = k + 1
                    continue
                if (
                    form.startswith("ال")
                    and form.endswith("ه")
                    and inner.number == "s"
                    and inner_role.kind in ("people", "force", "person")
                    and kind in ("force", "organ", "people")
                ):
                    if inner_role.sector == "REB" and party.sector in ("UNK", "MIL", "CVL"):
                        party.sector = "REB"
                    bound = False
                    k = party.j = k + 1  # ميليشيات الحوثي المتمردة
                    continue
                if (
                    kind == inner_role.kind == "person"
                    and k > party.i + 1
                    and not bound
                    and inner.number == party.number == "s"
                    and (whole := self._holds_both(tokens, words, party, k, limit)) is not None
                ):
                    party.country, party.entity = party.country or whole.country, whole.entity
                    party.name, party.j = whole.name, whole.j
                    break
                if (party.definite or linked) and not inner.definite:
                    break
                if (
                    k == party.i + 1
                    and kind == inner_role.kind == "person"
                    and role is not None
                    and role.head
                    and inner.definite
                    and tokens[party.i].form.startswith("ال")
                    and self._other_person(tokens, words, k, limit, party)
                ):
                    break  # استقبل الملك الرئيس المصري
                if k > party.i + 1 and not bound and not inner.definite and not form.startswith("ال"):
                    break  # حكومات المنطقة طرفي النزاع: a definite genitive has closed the phrase
                if (
                    (nation or indefinite or open_plural)
                    and not inner.definite
                    and not (open_plural and k == party.i + 1 and looks_adjective(tokens[party.i].form, form))
                ):
                    break
                if (indefinite or open_plural) and inner.definite:
                    break
                accusative = form.endswith("ا") and not form.startswith("ال")
                if accusative and not tokens[party.i].form.endswith("ا") and inner.number in ("s", "d"):
                    break  # an accusative after a nominative: the object
                if nation and inner.definite and inner_role.kind in ("organ", "force", "people"):
                    break
                adjectival = form[-1] in "يه" and inner.number == "s" and inner_role.kind not in ("organ", "medium")
                if (
                    inner.definite
                    and not bound
                    and k > party.i + 1
                    and not adjectival
                    and not (kind == "person" and inner_role.kind == "person" and inner.number == "s")
                ):
                    break  # دعا رئيس المجلس الأطراف: the phrase was closed by its genitive; a new one begins
                if (
                    inner_role.kind in ("person", "source")
                    and kind in ("organ", "force", "people")
                    and inner_role.kind == "person"
                    and not bound
                ):
                    break
                if (
                    kind == "person"
                    and inner_role.kind == "person"
                    and not bound
                    and k > party.i + 1
                    and self._other_person(tokens, words, k, limit, party)
                ):
                    break
                self._take_role(party, inner_role, kind, k == party.i + 1 or bound)
                k = party.j = k + 1
                bound = not inner.definite
                continue
            if (
                word.verbs
                and (not form.startswith("ال") or (form.startswith("الت") and not word.nouns))  # التقى, التزم: verbs
                and form not in self.names.given
                and not (word.nouns and bound)
            ):
                break
            if names is not None and names.prep == "ل" and not names.conj and kind == "person" and adjective_of:
                owner = self.names.choose_name(names, {"*"})
                nations = (None, "state", "territory")
                if owner is None or (party.country and self.lexicon.entities[owner.entity].kind in nations):
                    break  # سلم الرئيس الفرنسي لألمانيا
                k2 = self._linked(tokens, words, party, k, limit, kind, adjective_of)
                if k2:
                    k = party.j = k2  # الأمين العام للأمم المتحدة
                    continue
                break
            if names is not None and names.prep and form not in self.names.given:
                break  # قال دبلوماسي لرويترز
            if kind in ("person", "source", "people") and (
                form in self.names.given
                or self.names.servant_name(tokens, k, limit)
                or (not form.startswith("ال") and form not in self.names.common and not word.known)
            ):
                if kind == "person" or form in self.names.given or self.names.servant_name(tokens, k, limit):
                    j = self.names.name_end(tokens, words, k, limit, title=True)
                    if j > k and (
                        party.definite
                        or adjective_of
                        or party.country
                        or k > party.i + 1
                        or form in self.names.given
                        or self.names.servant_name(tokens, k, limit)
                    ):
                        party.name = (k, j)
                        party.j = j
                        break
            if form.removeprefix("ال") in self.names.numbers:
                break
            bare = form.removeprefix("ال")
            if form.startswith("ال") and (indefinite or open_plural):
                break
            if bare == "متقاعد" and kind in ("person", "people", "force"):
                k = party.j = k + 1  # اللواء المتقاعد
                continue
            if (
                kind in ("force", "organ")
                and form.startswith("ال")
                and tokens[party.i].form.startswith("ال")
                and bare in self.names.nouns
                and bare not in self.names.adjectives
            ):
                break  # دخلت القوات المدينة
            if (
                form.startswith("ال")
                and not bound
                and (k > party.i + 1 or (kind == "people" and tokens[party.i].form.startswith("ال")))
                and bare in self.names.nouns
                and bare not in self.names.adjectives
            ):
                break
            if form.startswith("ال") and word.verbs and not word.nouns and bare not in self.names.adjectives:
                break  # الرئيس التقى: a verb that begins with ال
            if (
                form.startswith("ال")
                and len(form) > (3 if bound else 4)
                and (not self._tells_event(word) or (bound and self._takes_event(words[k - 1])))
            ):
                k = party.j = k + 1
                adjective_of = True
                bound = False
                continue
            if (
                form.endswith("ا")
                and len(form) > 3
                and not tokens[party.i].form.endswith("ا")
                and word.form[-2:] != "يا"
            ):
                break
            if (
                bound
                and not form.startswith("ال")
                and not self._tells_event(word)
                and (k == party.i + 1 or form in self.names.common or looks_adjective(tokens[party.i].form, form))
            ):
                if (
                    kind == "people"
                    and not looks_adjective(tokens[party.i].form, form)
                    and form not in self.names.common
                ):
                    break
                k = party.j = k + 1
                continue
            break
        if kind == "person" and party.number != "s" and party.definite and party.country is None and not siblings:
            siblings = self._each_of(tokens, words, party, limit)
        if kind == "person":
            self._further_office(tokens, words, party, stop)
            self._apposition(tokens, words, party, stop)
        if party.j == party.i + 1 and party.number == "s" and tokens[party.i].form in _sides:
            return []  # في هذا الجانب
        if party.j == party.i + 1 and tokens[party.i].form in ("دوله", "بلد", "دول", "بلاد") and party.country is None:
            return []
        if not party.definite and (
            party.name is not None or any(t.form.startswith("ال") for t in tokens[party.i : party.j])
        ):
            party.definite = True  # definite by its genitive or its bearer
        return [party, *siblings]

    def _takes_event(self, head: Word | None) -> bool:
        """لجنة المفاوضات، وزير الاتصالات، منسق الإغاثة: whether an event noun after ``head`` names the body or the office."""
        if head is None or (noun := self.role_noun(head)) is None:
            return False
        role = self.lexicon.roles[self.lexicon.noun_lexemes[noun.lexeme].role or 0]
        return role.kind == "organ" or any(split.rest in _offices_of_acts for split in head.splits)

    def _plain(self, word: Word, tokens: Sequence[Token], k: int) -> bool:
        return tokens[k].form in self.names.given or tokens[k].form in self.names.common


def looks_adjective(head: str, form: str) -> bool:
    """Say whether an unknown indefinite word agrees with the noun before it as an adjective would."""
    if form.endswith("ه"):
        return head.endswith(("ه", "ات", "ت")) or len(head) > 2
    if form.endswith(("ين", "ون")):
        return head.endswith(("ين", "ون"))
    if form.endswith("ا") and len(form) > 3:
        return head.endswith("ا")
    return form.endswith("ي") and len(form) > 3 and not head.endswith(("ون", "ين"))
