"""How far a party has been read while it is extended, and what the words so far let follow."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.compiled import RoleWord
from rawi.syntax.names import Match
from rawi.syntax.party import Party
from rawi.syntax.words import Word
from rawi.text.tokens import Token


class Extension:
    """How far a party has been read: the word it has come to, and what the words so far let follow."""

    __slots__ = (
        "adjective_of", "bound", "form", "indefinite", "k", "kind", "limit", "linked", "names", "nation", "open_plural", "party", "role", "siblings", "tokens",
        "word", "words",
    )  # fmt: skip

    def __init__(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word | None],
        party: Party,
        limit: int,
        role: RoleWord | None,
        bound: bool | None,
    ) -> None:
        self.tokens, self.words, self.party, self.limit, self.role = tokens, words, party, limit, role
        self.kind = role.kind if role else "people"
        self.k = party.j
        self.word: Word | None = None
        self.form = ""
        self.names: Match | None = None  # the name that begins at this word
        self.siblings: list[Party] = []
        if bound is None:
            bound = (not party.definite and not party.head) or tokens[party.j - 1].form == "باسم"
        self.bound = bound  # the last noun still takes a genitive
        self.open_plural = not bound and not party.definite  # مسلحون takes adjectives, no genitive
        # a complement has been joined: an indefinite noun after it begins another phrase (جنود في الولاية مبادرة)
        self.linked = False
        self.nation = False  # a nisba has given the country: only a name or adjectives may follow
        self.indefinite = False  # closed by an indefinite adjective: what follows with ال is a new phrase
        self.adjective_of = party.j > party.i + 1 and tokens[party.j - 1].form.startswith("ال")

    @property
    def first(self) -> bool:
        """Whether the word is the one right after the head."""
        return self.k == self.party.i + 1

    @property
    def head_form(self) -> str:
        """The head as written, folded."""
        return self.tokens[self.party.i].form

    def take(self, j: int) -> bool:
        """Let the party reach to token ``j``; false where that is 0: nothing was found to take."""
        if j:
            self.k = self.party.j = j
        return j > 0
