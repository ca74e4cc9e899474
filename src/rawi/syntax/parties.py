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
from rawi.syntax.extend import ExtensionReader, crowds
from rawi.syntax.names import Match
from rawi.syntax.party import Party, before_place
from rawi.syntax.words import NounReading, Word
from rawi.text.tokens import Token

_united = {"اراضي", "بلاد", "صف", "تراب", "موقف", "كلمه", "دوله", "وطن"}
_never_alone = {"اخر", "اخري", "الاخر", "الاخري", "احد", "احدي"}
_hundreds = {"ميات", "الاف", "عشرات", "ملايين", *crowds}


class PartyReader(ExtensionReader):
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
        form = tokens[i].form
        if word is None or form in _never_alone:
            return []
        names = self.names.names_at(tokens, words, i, stop) if word.name else None
        chosen = self._chosen(tokens, words, i, stop, names, known) if names is not None else None
        phrase = self.names.match(self.lexicon.phrases, tokens, words, i, stop) if word.phrase else None
        role = None
        if phrase is not None and (names is None or chosen is None or names.j <= phrase.j):
            role = next((p for p in phrase.payloads if isinstance(p, tuple) and p[0] == "role"), None)
        if chosen is not None and names is not None and self.names.is_nisba_rather(word, names, chosen):
            chosen = None
        if chosen is not None and names is not None and (role is None or phrase is None or names.j >= phrase.j):
            return self._from_name(tokens, words, i, stop, names, chosen, known)
        if role is not None and phrase is not None:
            return self._from_phrase(tokens, words, stop, phrase, int(role[1]), str(role[2]))
        noun = self.role_noun(word)
        if noun is not None and word.verbs and not noun.definite and i + 1 < stop and tokens[i + 1].form in _hundreds:
            noun = None  # تجمع مئات الطلاب: the verb, not a body
        if noun is not None and not self._is_unity(tokens, words, i, stop):
            return self._from_noun(tokens, words, i, stop, noun)
        if any("name:" + s.rest in known for s in word.splits) and not (word.verbs and not form.startswith("ال")):
            return [self._named_again(tokens, i, stop, known)]
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
            return self._from_person(tokens, words, i, i + 1, stop)
        return []

    def _chosen(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word | None],
        i: int,
        stop: int,
        names: Match,
        known: set[str],
    ) -> Name | None:
        """Return what the name at token ``i`` means here."""
        place_expected = i > 0 and tokens[i - 1].form in before_place
        chosen = self.names.choose_name(names, known, place_expected=place_expected)
        if chosen is not None and chosen.way == "place?" and self._heads_a_phrase(words, i, names.j, stop):
            return None  # عشرات من أنصار الحركة: not the town
        if chosen is None or chosen.way != "short" or names.j >= stop:
            return chosen
        after = words[names.j]
        nisba = after.nisba[0] if after is not None and after.nisba else None
        own = self.lexicon.entities[chosen.entity].country
        if nisba is not None and nisba.definite and self.lexicon.entities[nisba.entity].country not in (own, None):
            return None  # الاحتلال الأمريكي is not the one that was named
        return chosen

    def _is_unity(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int) -> bool:
        """وحدة السودان، وحدة أراضي سوريا: the unity of a country, no unit of its army."""
        if not tokens[i].form.endswith("وحده") or i + 1 >= stop:
            return False
        following = tokens[i + 1].form
        return following.removeprefix("ال") in _united or self._land_of(tokens, words, i + 1, stop) is not None

    def _heads_a_phrase(self, words: Sequence[Word | None], i: int, j: int, stop: int) -> bool:
        """Whether a word that is a town and a noun that heads parties alike is followed by what it heads."""
        word, following = words[i], words[j] if j < stop else None
        return (
            word is not None and self.role_noun(word) is not None
            and following is not None and following.function is None and not following.verbs
        )  # fmt: skip

    def _from_phrase(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word | None],
        stop: int,
        phrase: Match,
        role: int,
        number: str,
    ) -> list[Party]:
        """ولي العهد، رئيس الوزراء: a party headed by a phrase of the lexicon."""
        i = phrase.start
        word = words[i]
        assert word is not None
        party = Party(i, phrase.j, "role")
        party.role, party.number = role, number
        if party.number == "s" and (head := self.role_noun(word)) is not None:
            party.number = head.number  # وزراء الدفاع، الأطراف المتنازعة
        party.feminine = party.number == "s" and tokens[i].form.endswith("ه")
        closed = (
            self.lexicon.roles[role].country is not None
            and phrase.j - i > 1
            and self._land_of(tokens, words, phrase.j - 1, phrase.j) is not None
        )  # ولي عهد أبوظبي
        party.definite = phrase.rest.startswith("ال") or tokens[phrase.j - 1].form.startswith("ال")
        if tokens[phrase.j - 1].form == "باسم" and phrase.j - i > 1:
            party.j -= 1  # whom he speaks for follows, and gives his sector and country
        return self._extend(tokens, words, party, stop, bound=False if closed else None)

    def _from_noun(
        self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int, noun: NounReading
    ) -> list[Party]:
        """وزير، متظاهرون، الجيش: a party headed by a noun that heads parties."""
        form = tokens[i].form
        party = Party(i, i + 1, "role")
        party.role = self.lexicon.noun_lexemes[noun.lexeme].role
        listed = self.lexicon.noun_lexemes[noun.lexeme].citation.startswith(
            "ال"
        )  # الخارجية، الأهالي: with their article
        party.number, party.definite, party.head = noun.number, noun.definite or listed, noun.pronoun
        if not form.endswith("ات"):
            party.feminine = noun.number == "s" and form.endswith("ه") and form[-2] != "ا" and not noun.pronoun
        full_plural = not noun.bound and noun.number in ("p", "d") and form.endswith(("ون", "ين", "ان"))
        return self._extend(tokens, words, party, stop, bound=False if full_plural else None)

    def _named_again(self, tokens: Sequence[Token], i: int, stop: int, known: set[str]) -> Party:
        """قال فلان: a person who was introduced, named by a part of the name."""
        j = i + 1
        while j < stop and j < i + 3 and "name:" + tokens[j].form in known:
            j += 1
        party = Party(i, j, "person")
        party.name = (i, j)
        party.definite = True
        return party

    def _from_person(
        self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, beyond: int, stop: int
    ) -> list[Party]:
        """أحمد فلان: a person of whom the lexicon knows nothing, where the name goes beyond token ``beyond``."""
        j = self.names.name_end(tokens, words, i, stop, title=False)
        if j <= beyond:
            return []
        party = Party(i, j, "person")
        party.name = (i, j)
        self._apposition(tokens, words, party, stop)
        return [party]

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
        """السيسي، قطر، حزب الله: a party that the lexicon knows by name."""
        entity = self.lexicon.entities[name.entity]
        if name.way == "surname" and name.entity not in known:
            form = tokens[i].form
            if form in self.names.given or form in self.names.ambiguous:
                other = self._from_person(tokens, words, i, match.j, stop)
                if other:
                    return other  # منصور السعدي: a name of two words is not the official of one of them
        party = Party(i, match.j, "name")
        party.way, party.entity = name.way, entity.id
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
            self._extend_name(tokens, words, party, stop)
        return [party]

    def _extend_name(self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int) -> None:
        """تنظيم الدولة الإسلامية الإرهابي (داعش): adjectives and a short name in brackets belong to a group's full name."""
        j = party.j
        while j < stop and j - party.j < 3:
            word = words[j]
            if word is None:
                break
            nisba = word.nisba[0] if word.nisba else None
            adjective = nisba is not None and not nisba.conj and not nisba.prep and nisba.definite
            unknown = (
                party.j == j
                and word.form.startswith("ال")
                and not word.known
                and len(word.form) > 5
                and word.form.removeprefix("ال") not in self.names.nouns
                and not word.name
            )
            if not adjective and not unknown:
                break
            j += 1
        party.j = j
        if j + 2 < stop and tokens[j].form in '(«"' and words[j + 1] is not None:
            inner = self.names.names_at(tokens, words, j + 1, stop)
            if (
                inner
                and any(isinstance(p, Name) and p.entity == party.entity for p in inner.payloads)
                and inner.j < stop
            ):
                party.j = inner.j + 1
