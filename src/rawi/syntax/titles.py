"""Join offices, titles and names of one holder: titles in apposition, names after a comma, one title for several states."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.syntax.heads import HeadReader
from rawi.syntax.party import Party
from rawi.syntax.words import Word
from rawi.text.fold import fold
from rawi.text.tokens import Token


class TitleReader(HeadReader):
    """Reads the titles and names that belong to one holder. ``PartyReader`` completes it."""

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
        if self.role_of(noun).kind != "person":
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

    def _is_person(self, party: Party) -> bool:
        return party.role is not None and self.lexicon.roles[party.role].kind == "person"

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
            elif party.number == "s" and self._is_person(party) and not tokens[k].form.startswith("ال"):
                j = self.names.name_end(tokens, words, k, stop, title=True)
                if k + 1 < j < stop and tokens[j].form in "،,":  # المقررة الأممية، إيرين خان، أدانت
                    party.name, party.j = (k, j), j
                    party.apposed = True
            return
        noun = self.role_noun(word)
        if noun is None or noun.conj or noun.prep or not (noun.definite or not noun.pronoun):
            return
        role = self.role_of(noun)
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
