"""What a party is as read in one place of a sentence."""

from __future__ import annotations


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
