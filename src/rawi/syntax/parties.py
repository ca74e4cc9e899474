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

from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled, Name
from rawi.syntax.words import NounReading, Word, WordReader
from rawi.text.tokens import Token

name_length = 5
party_length = 16
_open_quotes = {"«": "»", "“": "”", "”": "”", '"': '"', "'": "'", "(": ")", "‘": "’"}
_person_links = {"في", "ب", "باسم", "لدي", "عن", "من", "ل", "علي"}
_affiliated = frozenset(
    "تابع تابعه تابعون تابعين موال مواليه موالون موالين منتم منتميه منتمون منتمين محسوب محسوبه محسوبين مدعوم مدعومه مدعومين مقرب مقربه مقربون مقربين".split()
)
_never_alone = {"اخر", "اخري", "الاخر", "الاخري", "احد", "احدي"}
_selves = {"نفسه", "نفسها", "نفسيهما", "انفسهم", "ذاته", "ذاتها"}
_generic_sector = {"UNK", "GOV"}


class Party:
    """A party as read in one place. ``i`` and ``j`` are token offsets in its sentence, half-open."""

    __slots__ = (
        "actor", "clip", "country", "definite", "entity", "head", "i", "id_words", "j", "kind", "name", "number", "role", "sector", "vague", "way",
    )  # fmt: skip

    def __init__(self, i: int, j: int, kind: str) -> None:
        self.i, self.j, self.kind = i, j, kind
        self.country: str | None = None
        self.sector = "UNK"
        self.entity: str | None = None
        self.role: int | None = None
        self.number = "s"
        self.definite = False
        self.name: tuple[int, int] | None = None
        self.vague = False
        self.way = ""
        self.head = ""
        self.actor: int | None = None
        self.id_words = ""
        self.clip = 0  # letters of proclitics on the first word that are not part of the mention

    def __repr__(self) -> str:
        return f"Party({self.i},{self.j},{self.kind},{self.country},{self.sector},{self.entity},{self.way})"


class Match:
    """A phrase found in a trie of words: the tokens it covers and what it can be."""

    __slots__ = ("conj", "cost", "j", "payloads", "prep", "rest", "start")

    def __init__(self, start: int, j: int, payloads: list[object], conj: str, prep: str, cost: int, rest: str) -> None:
        self.start, self.j, self.payloads, self.conj, self.prep, self.cost, self.rest = start, j, payloads, conj, prep, cost, rest


class PartyReader:
    """Reads parties from tokens with one lexicon."""

    def __init__(self, lexicon: Compiled, reader: WordReader) -> None:
        self.lexicon = lexicon
        self.reader = reader
        words = lexicon.words
        self.given = set(words.get("arabic_male", ())) | set(words.get("arabic_female", ())) | set(words.get("foreign", ()))
        self.surnames = set(words.get("surnames", ()))
        self.ambiguous = set(words.get("ambiguous", ()))  # words that are names and other words: part of a name once it has begun
        self.honorifics = set(words.get("honorifics", ()))
        self.particles = set(words.get("name_particles", ())) | {"بن", "ابن", "ال", "ابو", "عبد", "بنت", "ابي", "دي", "فان", "فون"}
        self.nouns = set(words.get("common_nouns", ()))
        self.adjectives = set(words.get("adjectives", ()))
        self.numbers = {w for name in ("cardinals", "tens", "hundreds", "scales", "quantifiers") for w in words.get(name, ()) if " " not in w}
        self.common = set(words.get("common_nouns", ())) | set(words.get("adjectives", ()))

    def match(self, trie: dict[str, object], tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int) -> Match | None:
        """Return the longest phrase of ``trie`` that begins at token ``i``, its proclitics taken off."""
        word = words[i]
        if word is None or not (word.name if trie is self.lexicon.names else word.phrase):
            return None
        best: Match | None = None
        for split in word.splits:
            node = trie.get(split.rest)
            if node is None:
                continue
            k = i + 1
            while True:
                assert isinstance(node, dict)
                payloads = node.get(end)
                if payloads is not None and (best is None or k > best.j or (k == best.j and split.cost < best.cost)):
                    best = Match(i, k, payloads, split.conj, split.prep, split.cost, split.rest)
                if k >= stop:
                    break
                following = words[k]
                child = node.get(tokens[k].form)
                if child is None and following is not None and following.splits:
                    # a phrase that ends in a joined preposition: وفقا لـ
                    for s in following.splits:
                        if s.prep and not s.conj and s.prep in node:
                            tail = node[s.prep].get(end)
                            if tail is not None and (best is None or k >= best.j):
                                best = Match(i, k, tail, split.conj, split.prep, split.cost, split.rest)
                            break
                if child is None:
                    break
                node = child
                k += 1
        return best

    def names_at(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int) -> Match | None:
        """Return the longest actor or place name at token ``i``."""
        return self.match(self.lexicon.names, tokens, words, i, stop)

    def introduced(self, tokens: Sequence[Token], party: Party) -> set[str]:
        """The words by which a person may be named again alone, marked so that ``read`` knows them."""
        assert party.name is not None
        forms = [t.form for t in tokens[party.name[0] : party.name[1]] if t.form not in self.particles and len(t.form) > 2]
        again = {f for f in forms[1:] if f not in self.given and f not in self.common}
        if forms and len(forms) > 1:
            again.add(forms[-1])
        return {"name:" + f for f in again} | {"name:" + f.removeprefix("ال") for f in again if len(f) > 5}

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

    # -- reading one party -------------------------------------------------------------------------------------------

    def read(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int, known: set[str]) -> list[Party]:
        """Return the party that begins at token ``i`` (several when one head has several nisbas), or nothing.

        ``stop`` is where the party must end at the latest (the sentence's end, or the next time expression).
        ``known`` holds entities already introduced: short names count only for these.
        """
        word = words[i]
        if word is None or tokens[i].form in _never_alone:
            return []
        names = self.names_at(tokens, words, i, stop)
        chosen = self._choose_name(names, known) if names else None
        phrase = self.match(self.lexicon.phrases, tokens, words, i, stop)
        role_phrase = None
        if phrase is not None:
            role_phrase = next((p for p in phrase.payloads if isinstance(p, tuple) and p[0] == "role"), None)
            if role_phrase is None or (names is not None and chosen is not None and names.j > phrase.j):
                role_phrase = None
        if chosen is not None and names is not None and self._is_nisba_rather(word, names, chosen):
            chosen = None
        if chosen is not None and names is not None and (role_phrase is None or phrase is None or names.j >= phrase.j):
            return self._from_name(tokens, words, i, stop, names, chosen)
        if role_phrase is not None and phrase is not None:
            party = Party(i, phrase.j, "role")
            party.role = int(role_phrase[1])
            party.number = str(role_phrase[2])
            if party.number == "s" and (head := self.role_noun(word)) is not None:
                party.number = head.number  # وزراء الدفاع، الأطراف المتنازعة
            party.definite = phrase.rest.startswith("ال") or tokens[phrase.j - 1].form.startswith("ال")
            return self._extend(tokens, words, party, stop)
        noun = self.role_noun(word)
        if noun is not None:
            party = Party(i, i + 1, "role")
            party.role = self.lexicon.noun_lexemes[noun.lexeme].role
            party.number = noun.number
            party.definite = noun.definite
            party.head = noun.pronoun
            full_plural = not noun.bound and noun.number in ("p", "d") and tokens[i].form.endswith(("ون", "ين", "ان"))
            return self._extend(tokens, words, party, stop, bound=False if full_plural else None)
        if any("name:" + s.rest in known for s in word.splits) and not (word.verbs and not tokens[i].form.startswith("ال")):
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
        if self._begins_person(tokens, words, i, stop):
            j = self._name_end(tokens, words, i, stop, title=False)
            if j > i + 1:
                party = Party(i, j, "person")
                party.name = (i, j)
                self._apposition(tokens, words, party, stop)
                return [party]
        return []

    def _choose_name(self, match: Match, known: set[str]) -> Name | None:
        """Pick what a name means here: a full name first, a short one only for an actor already introduced."""
        rank = {"person": 0, "name": 1, "seat": 2, "capital": 3, "member": 4, "place": 6}
        best: Name | None = None
        best_rank = 99
        for payload in match.payloads:
            if not isinstance(payload, Name):
                continue
            way = payload.way
            value = rank.get(way, 99)
            if way in ("short", "surname") and payload.entity in known:
                value = -1
            elif way == "surname" and match.cost == 0 and len(match.rest) > 4 and match.rest not in self.common:
                value = 5  # a famous surname stands for its bearer even when he was not introduced
            if value < best_rank:
                best, best_rank = payload, value
        return best

    def _is_nisba_rather(self, word: Word, match: Match, name: Name) -> bool:
        """السودانية، الهندية: one word that is a village, a channel or a surname and a nationality alike is the nationality."""
        if not word.nisba or match.j - match.start > 1 or name.way not in ("place", "place?", "short", "surname", "person"):
            return False
        return word.nisba[0].cost <= match.cost and self.lexicon.entities[word.nisba[0].entity].kind in (None, "state", "territory")

    def _nisba_is_people(self, word: Word) -> bool:
        reading = word.nisba[0]
        if word.nouns or word.verbs:
            return False
        return reading.number in ("p", "d") or (not reading.definite and reading.gender == "m")

    def _from_name(
        self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int, match: Match, name: Name
    ) -> list[Party]:
        entity = self.lexicon.entities[name.entity]
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
                if w is not None and w.form.startswith("ال") and not w.known and party.j == j and len(w.form) > 5:
                    j += 1
                    continue
                break
            party.j = j
            if j + 2 < stop and tokens[j].form in "(«\"" and words[j + 1] is not None:
                inner = self.names_at(tokens, words, j + 1, stop)
                if inner and any(isinstance(p, Name) and p.entity == party.entity for p in inner.payloads) and inner.j < stop:
                    party.j = inner.j + 1
        return [party]

    # -- growing a head ----------------------------------------------------------------------------------------------

    def _extend(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int, bound: bool | None = None
    ) -> list[Party]:
        role = self.lexicon.roles[party.role] if party.role is not None else None
        kind = role.kind if role else "people"
        if role:
            party.kind = {"person": "role", "organ": "org", "force": "force", "people": "people", "source": "source", "medium": "medium"}[kind]
            party.sector = role.sector
            party.country = role.country
            party.vague = role.vague
        siblings: list[Party] = []
        limit = min(stop, party.i + party_length)
        k = party.j
        if bound is None:
            bound = not party.definite and not party.head
        open_plural = not bound and not party.definite  # مسلحون takes adjectives, no genitive
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
            if form in _selves:
                break
            joined = next((s for s in word.splits if s.conj), None) if form[0] in "وف" else None
            if form in ("للانباء", "للاعلام", "للاخبار") and kind in ("organ", "medium", "source"):
                k = party.j = k + 1
                continue
            if form.removeprefix("ال") in _affiliated and k + 1 < limit:
                k2 = self._affiliation(tokens, words, party, k + 1, limit)
                if k2:
                    k = party.j = k2
                    continue
            names = self.names_at(tokens, words, k, limit)
            if names is not None:
                named = self._choose_name(names, {"*"})
                if named is None or self._is_nisba_rather(word, names, named) or (
                    named.way == "short" and k == party.i + 1 and form.startswith("ال") and tokens[party.i].form.startswith("ال") and word.nouns
                ):
                    names = None  # الجماعات المعارضة: after a noun with ال a short name is an adjective
            if word.function is not None and not (names is not None and names.j > k + 1 and names.cost == 0) and not (word.nouns and self.role_noun(word) and word.function.kind != "prep"):
                k2 = self._linked(tokens, words, party, k, limit, kind, adjective_of)
                if k2:
                    k = party.j = k2
                    continue
                break
            if names is not None and not names.conj and not names.prep:
                taken = self._take_name(tokens, words, party, names, kind, limit, bound=bound, closed=nation or open_plural or (party.definite and not bound and tokens[party.i].form.startswith("ال")))
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
            if nisba is not None and not nisba.prep:
                entity = self.lexicon.entities[nisba.entity]
                if nisba.number == "p" and nisba.gender == "m" and party.number == "s" and k > party.i + 1:
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
                    nation = nation or (nisba.definite and entity.kind in (None, "state", "territory", "igo", "coalition"))
                    k = party.j = k + 1
                    adjective_of = True
                    continue
                if party.number != "s" and nisba.definite and party.country:
                    sibling = Party(k, k + 1, party.kind)
                    sibling.role, sibling.sector, sibling.number, sibling.definite = party.role, party.sector, "s", True
                    sibling.country = entity.country
                    siblings.append(sibling)
                    k += 1
                    continue
                break
            if joined is not None and not (word.nouns and not word.nouns[0].conj):
                # وزير التربية والتعليم: the ministry's name goes on
                if kind in ("person", "organ") and joined.rest.startswith("ال") and not word.verbs and not self.role_noun(word) and k > party.i + 1 and not siblings:
                    if not word.nisba and names is None and not word.nouns:
                        k = party.j = k + 1
                        continue
                break
            if any(s.prep for s in word.splits) and not word.known and not self._plain(word, tokens, k) and form[0] in "بلك" and form[1:3] == "ال":
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
            if kind in ("person", "source") and form in self.honorifics and k + 1 < limit:
                j = self._name_end(tokens, words, k, limit, title=True)
                following = self.names_at(tokens, words, k + 1, limit)
                bearer = self._choose_name(following, {"*"}) if following is not None and not following.conj and not following.prep else None
                if following is not None and bearer is not None and bearer.way == "person":
                    k = k + 1
                    self._take_name(tokens, words, party, following, kind, limit, closed=False)
                    party.name = (k, following.j)
                    break
                if j > k + 1:
                    party.name, party.j = (k + 1, j), j
                    break
            inner = self.role_noun(word, kind)
            if inner is not None and not inner.conj and not inner.prep:
                inner_role = self.lexicon.roles[self.lexicon.noun_lexemes[inner.lexeme].role or 0]
                if inner_role.sector == "OPP" and inner.definite and form.endswith("ه") and k == party.i + 1 and party.definite and kind in ("force", "organ", "people") and tokens[party.i].form.startswith("ال"):
                    party.sector = "OPP" if party.sector in ("UNK", "CVL", "GOV") else party.sector
                    k = party.j = k + 1  # الجماعات المعارضة
                    continue
                if inner_role.sector == "REB" and form.endswith("ه") and inner.number == "s" and not form.startswith("ال") and not party.definite and k == party.i + 1 and kind in ("force", "organ", "people"):
                    party.sector = "REB"  # شبكة إرهابية
                    bound, indefinite = False, True
                    k = party.j = k + 1
                    continue
                if form.startswith("ال") and form.endswith("ه") and inner.number == "s" and inner_role.kind in ("people", "force", "person") and kind in ("force", "organ", "people"):
                    if inner_role.sector == "REB" and party.sector in ("UNK", "MIL", "CVL"):
                        party.sector = "REB"
                    k = party.j = k + 1  # ميليشيات الحوثي المتمردة
                    continue
                if party.definite and not inner.definite:
                    break
                if (nation or indefinite or open_plural) and not inner.definite and not (open_plural and k == party.i + 1 and looks_adjective(tokens[party.i].form, form)):
                    break
                if (indefinite or open_plural) and inner.definite:
                    break
                if form.endswith("ا") and not tokens[party.i].form.endswith("ا") and inner.number == "s":
                    break  # an accusative after a nominative: the object
                if nation and inner.definite and inner_role.kind in ("organ", "force", "people"):
                    break
                adjectival = form[-1] in "يه" and inner.number == "s" and inner_role.kind not in ("organ", "medium")
                if inner.definite and not bound and k > party.i + 1 and not adjectival and not (kind == "person" and inner_role.kind == "person" and inner.number == "s"):
                    break  # دعا رئيس المجلس الأطراف: the phrase was closed by its genitive; a new one begins
                if inner_role.kind in ("person", "source") and kind in ("organ", "force", "people") and inner_role.kind == "person" and not bound:
                    break
                if kind == "person" and inner_role.kind == "person" and not bound and k > party.i + 1 and self._other_person(tokens, words, k, limit, party):
                    break
                self._take_role(party, inner_role, kind, k == party.i + 1 or bound)
                k = party.j = k + 1
                bound = not inner.definite
                continue
            if word.verbs and not form.startswith("ال") and form not in self.given and not (word.nouns and bound):
                break
            if kind in ("person", "source", "people") and (form in self.given or (not form.startswith("ال") and form not in self.common and not word.known)):
                if kind == "person" or form in self.given:
                    j = self._name_end(tokens, words, k, limit, title=True)
                    if j > k and (party.definite or adjective_of or party.country or k > party.i + 1 or form in self.given):
                        party.name = (k, j)
                        party.j = j
                        break
            if form.removeprefix("ال") in self.numbers:
                break
            bare = form.removeprefix("ال")
            if form.startswith("ال") and (indefinite or open_plural):
                break
            if form.startswith("ال") and not bound and k > party.i + 1 and bare in self.nouns and bare not in self.adjectives:
                break
            if form.startswith("ال") and len(form) > 4 and not self._has_sense(word):
                k = party.j = k + 1
                adjective_of = True
                bound = False
                continue
            if form.endswith("ا") and len(form) > 3 and not tokens[party.i].form.endswith("ا") and word.form[-2:] != "يا":
                break
            if bound and not form.startswith("ال") and not self._has_sense(word) and (k == party.i + 1 or form in self.common or looks_adjective(tokens[party.i].form, form)):
                if kind == "people" and not looks_adjective(tokens[party.i].form, form) and form not in self.common:
                    break
                k = party.j = k + 1
                continue
            break
        if kind == "person":
            self._further_office(tokens, words, party, stop)
            self._apposition(tokens, words, party, stop)
        if party.j == party.i + 1 and tokens[party.i].form in ("دوله", "بلد", "دول", "بلاد") and party.country is None:
            return []
        if not party.definite and (party.name is not None or any(t.form.startswith("ال") for t in tokens[party.i : party.j])):
            party.definite = True  # definite by its genitive or its bearer
        return [party, *siblings]

    def _other_person(self, tokens: Sequence[Token], words: Sequence[Word | None], k: int, stop: int, party: Party) -> bool:
        """هنأ أمير الكويت رئيس جمهورية الهند: a second title with a country of its own is another person, not an apposition."""
        probe = Party(k, k + 1, "role")
        word = words[k]
        noun = self.role_noun(word, "person") if word is not None else None
        if noun is None:
            return False
        probe.role, probe.number = self.lexicon.noun_lexemes[noun.lexeme].role, noun.number
        found = self._extend(tokens, words, probe, stop)
        return bool(found) and found[0].country is not None and found[0].country != party.country

    def _affiliation(self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, k: int, stop: int) -> int:
        """تابعة للحوثيين، الموالية للرئيس: the body it belongs to gives sector and country; return the token after it, or 0."""
        word = words[k]
        if word is None:
            return 0
        if word.function is not None and word.function.kind == "prep" and word.function.base in ("الي", "من") and not word.function.pronoun:
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

    def _has_sense(self, word: Word) -> bool:
        return any(self.lexicon.noun_lexemes[n.lexeme].senses for n in word.nouns)

    def _plain(self, word: Word, tokens: Sequence[Token], k: int) -> bool:
        return tokens[k].form in self.given or tokens[k].form in self.common

    def _take_role(self, party: Party, inner: object, kind: str, direct: bool) -> None:
        """Let the genitive of a head give it a sector: قائد الجيش, رئيس البرلمان, نائب رئيس الحكومة."""
        sector = getattr(inner, "sector", "UNK")
        if kind in ("person", "source", "people") and sector not in ("UNK",):
            if party.sector in ("UNK", "GOV", "CVL") or getattr(inner, "kind", "") == "organ":
                if not (party.sector == "GOV" and sector == "MIL" and kind == "person" and getattr(inner, "kind", "") == "person"):
                    party.sector = sector if sector != "CVL" or party.sector == "UNK" else party.sector
        elif kind in ("organ", "force") and party.sector == "UNK" and sector != "UNK":
            party.sector = sector
        country = getattr(inner, "country", None)
        if country and not party.country:
            party.country = country

    def _take_name(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, match: Match, kind: str, stop: int, *, closed: bool, bound: bool = False
    ) -> int:
        """Add a following name to the head: 0 not taken, 1 taken, 2 taken and the party is complete."""
        name = self._choose_name(match, {"*"})
        if name is None:
            return 0
        entity = self.lexicon.entities[name.entity]
        if closed and name.way != "nisba" and not (kind in ("person", "source") and name.way in ("person", "surname")):
            return 0
        if name.way not in ("person", "surname", "nisba") and tokens[party.j - 1].form.startswith("ال") and party.definite and kind in ("organ", "force", "people"):
            return 0  # هزم التحالف تنظيم داعش: a noun with ال takes no genitive
        if name.way in ("person", "surname"):
            if kind == "person" and not bound:
                party.name = (match.j - (match.j - party.j), match.j)
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
            party.sector = entity.sector if party.sector in _generic_sector or kind in ("organ", "force", "people") else party.sector
            party.country = party.country or entity.country
        elif kind in ("person", "source"):
            if party.sector in ("UNK", "GOV", "CVL", "PTY") or entity.sector in ("REB", "IGO", "NGO", "JRN") or (entity.sector == "PTY" and party.sector != "LEG"):
                party.sector = entity.sector
            party.country = party.country or entity.country
        party.j = match.j
        return 1

    def _quoted(self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, k: int, stop: int, kind: str) -> int:
        """Take a quoted or bracketed name that belongs to the head; return the token after it, or 0."""
        close = _open_quotes.get(tokens[k].form)
        if close is None or k + 2 >= stop or (kind in ("people",) and tokens[k].form != "("):
            return 0
        for m in range(k + 1, min(stop, k + 8)):
            if tokens[m].form == close or (close in '"”' and tokens[m].form in '"”“'):
                if m == k + 1:
                    return 0
                found = self.names_at(tokens, words, k + 1, m)
                name = self._choose_name(found, {"*"}) if found else None
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
                elif kind == "person" and tokens[k].form == "(":
                    return 0
                elif any((w is not None and w.verbs and not w.nouns) for w in words[k + 1 : m]):
                    return 0
                return m + 1
            if tokens[m].form in "،,.:":
                return 0
        return 0

    def _linked(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, k: int, stop: int, kind: str, adjective: bool
    ) -> int:
        """Take a complement joined by a preposition (مسؤول في وزارة …); return the token after it, or 0."""
        word = words[k]
        assert word is not None
        if kind == "organ" and not party.definite and party.j == party.i + 1 and any(s.prep == "ل" and not s.conj for s in word.splits):
            inner = self.read(tokens, words, k, stop, set())  # مقرات لتنظيم، مركز للشرطة
            if inner and inner[0].kind in ("org", "force", "people"):
                party.sector = inner[0].sector if inner[0].sector != "UNK" else party.sector
                party.country = party.country or inner[0].country
                return inner[0].j
            return 0
        if kind not in ("person", "source", "people", "force") and not (kind == "organ" and party.number == "p" and word.form == "من"):
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
        if prep not in _person_links or at >= stop or words[at] is None or party.head:
            return 0
        target = words[at]
        assert target is not None
        names = self.names_at(tokens, words, at, stop)
        name = self._choose_name(names, {"*"}) if names else None
        entity = self.lexicon.entities[name.entity] if name else None
        noun = self.role_noun(target)
        role = self.lexicon.roles[self.lexicon.noun_lexemes[noun.lexeme].role or 0] if noun else None
        place_like = name is not None and (name.way in ("place", "place?", "capital") or (entity is not None and entity.kind in (None, "state", "territory")))
        if prep == "ل":
            if not adjective or not (entity is not None or (role is not None and role.kind == "organ") or target.form.startswith("للشو")):
                return 0
        elif prep == "علي":
            if not tokens[party.i].form.removeprefix("ال").startswith(("مشرف", "قايم", "امين")):
                return 0  # ألح المفاوض على الوفد: the verb's preposition, not the title's
        elif prep == "عن" and not tokens[party.i].form.removeprefix("ال").startswith(("ناطق", "متحدث", "ممثل", "نايب", "نواب", "مسوول", "وفد", "مندوب")):
            return 0
        elif prep == "ب" and kind not in ("person", "source"):
            return 0
        elif prep in ("في", "ب"):
            if prep == "ب" and at + 1 < stop and target.form.lstrip("ب") in ("دوله", "مملكه", "جمهوريه", "سلطنه"):
                nation = self.names_at(tokens, words, at + 1, stop)
                state = self._choose_name(nation, {"*"}) if nation else None
                if state is not None and nation is not None:
                    party.country = party.country or self.lexicon.entities[state.entity].country
                    return nation.j
            organ = role is not None and role.kind in ("organ", "force")
            group = entity is not None and not place_like
            if kind in ("source", "people", "force") and place_like and prep == "في" and kind != "force" and not party.definite:
                party.country = party.country or (entity.country if entity else None)
                return 0
            if not organ and not group:
                return 0
            if kind == "force":
                return 0
        elif prep == "من":
            if not (kind == "source" or party.number != "s" or not party.definite):
                return 0
            if kind == "people" and not tokens[party.i].form.startswith(("افراد", "عناصر", "اعضاء", "انصار", "موالين", "مويدي")):
                return 0  # تسلم رفات رهينتين من الكتائب
            if not (entity is not None or role is not None):
                return 0
            if entity is not None and place_like and kind == "source":
                return 0
        elif not (entity is not None or role is not None or target.form.startswith("ال")):
            return 0
        if entity is not None and names is not None:
            if place_like:
                party.country = party.country or entity.country
            else:
                if party.sector in ("UNK", "GOV", "CVL", "LEG") and not (party.sector == "LEG" and entity.sector == "PTY") or entity.sector in ("REB", "IGO"):
                    party.sector = entity.sector
                party.country = party.country or entity.country
            return names.j
        if role is not None:
            inner = self.read(tokens, words, at, stop, set())
            if inner:
                complement = inner[0]
                if complement.sector != "UNK" and party.sector in ("UNK", "GOV", "CVL"):
                    party.sector = complement.sector
                party.country = party.country or complement.country
                return complement.j
        return at + 1

    # -- names of persons --------------------------------------------------------------------------------------------

    def _begins_person(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int) -> bool:
        word = words[i]
        if word is None or word.function or i + 1 >= stop:
            return False
        rests = {s.rest for s in word.splits}
        if rests & self.honorifics:
            return True
        if not rests & self.given or word.nouns or (word.verbs and tokens[i].form not in self.given):
            return False
        following = words[i + 1]
        if following is None or following.function is not None:
            return False
        form = tokens[i + 1].form
        return form in self.given or form in self.surnames or form in self.particles or (not following.known and form not in self.common)

    def _name_end(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int, *, title: bool) -> int:
        """Return the token after the person's name that begins at ``i``."""
        k = i
        taken = 0
        while k < min(stop, i + name_length + 2):
            word = words[k]
            form = tokens[k].form
            if word is None:
                if form in "-\u2013." and k + 1 < stop and words[k + 1] is not None and 0 < taken < 3 and tokens[k - 1].stop == tokens[k].start and tokens[k + 1].start == tokens[k].stop:
                    k += 1
                    continue
                break
            if form.isdigit():
                break
            if form in self.particles or form in self.honorifics:
                k += 1
                continue
            listed = form in self.given or form in self.surnames or (taken > 0 and form in self.ambiguous)
            if word.function is not None and not (listed and taken and word.function.kind != "prep"):
                break
            if listed:
                taken += 1
                k += 1
                continue
            if form.startswith("ال"):
                if not taken or word.nisba or (word.nouns and form not in self.surnames) or form in self.nouns or form[2:] in self.nouns:
                    break
                if form[2:] in self.adjectives and tokens[k - 1].form not in self.given:
                    break
                k += 1
                taken += 1
                break
            if word.known or form in self.common or (form[0] in "وف" and any(s.conj and (self.reader.read(s.rest).known) for s in word.splits)):
                break
            if any(s.prep and s.rest.startswith("ال") for s in word.splits):
                break
            if taken >= (3 if title else 4):
                break
            taken += 1
            k += 1
        while k > i and tokens[k - 1].form in self.particles:
            k -= 1
        return k if taken else i

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

    def _apposition(self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int) -> None:
        """Join title and name across a comma: رئيس الجمهورية، الباجي قائد السبسي، / محمد البشير، القيادي في ..."""
        k = party.j
        if k + 1 >= stop:
            return
        comma = tokens[k].form in "،,"
        if not comma:
            return
        k += 1
        word = words[k]
        if word is None:
            return
        if party.name is None:
            names = self.names_at(tokens, words, k, stop)
            chosen = self._choose_name(names, {"*"}) if names else None
            if chosen is not None and names is not None and chosen.way == "person" and not names.conj and not names.prep:
                entity = self.lexicon.entities[chosen.entity]
                party.name, party.j, party.entity = (k, names.j), names.j, entity.id
                party.country = party.country or entity.country
                return
            if self._begins_person(tokens, words, k, stop) and not word.splits[0].conj and tokens[k].form in self.given | self.honorifics:
                j = self._name_end(tokens, words, k, stop, title=False)
                if j > k + 1:
                    party.name, party.j = (k, j), j
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


def looks_adjective(head: str, form: str) -> bool:
    """Say whether an unknown indefinite word agrees with the noun before it as an adjective would."""
    if form.endswith("ه"):
        return head.endswith(("ه", "ات", "ت")) or len(head) > 2
    if form.endswith("ين") or form.endswith("ون"):
        return head.endswith(("ين", "ون"))
    if form.endswith("ا") and len(form) > 3:
        return head.endswith("ا")
    return form.endswith("ي") and len(form) > 3 and not head.endswith(("ون", "ين"))
