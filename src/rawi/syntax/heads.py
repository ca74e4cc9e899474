"""What every reader of parties needs: the noun that heads a party, the land of a name, whether a word tells an event."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.compiled import Compiled, RoleWord
from rawi.syntax.names import NameReader
from rawi.syntax.party import Party
from rawi.syntax.words import NounReading, Word, WordReader
from rawi.text.tokens import Token


class HeadReader:
    """Reads the head of a party. ``PartyReader`` completes it."""

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

    def role_of(self, noun: NounReading) -> RoleWord:
        """Return what a noun that heads parties says of them."""
        return self.lexicon.roles[self.lexicon.noun_lexemes[noun.lexeme].role or 0]

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

    def _tells_event(self, word: Word) -> bool:
        """قصف، مفاوضات: whether a word can be an event noun."""
        return any(self.lexicon.noun_lexemes[n.lexeme].senses for n in word.nouns)
