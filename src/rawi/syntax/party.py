"""What a party is as read in one place of a sentence."""

from __future__ import annotations

# Words by which a party belongs to another, and words before the name of a place.
affiliated = frozenset(
    [
        "تابع", "تابعه", "تابعون", "تابعين", "موال", "مواليه", "موالون", "موالين", "منتم", "منتميه", "منتمون", "منتمين", "محسوب",
        "محسوبه", "محسوبين", "مدعوم", "مدعومه", "مدعومين", "مقرب", "مقربه", "مقربون", "مقربين",
    ]
)  # fmt: skip
before_place = frozenset(
    [
        "في", "الي", "قرب", "من", "مدينه", "مدينتي", "بلده", "محافظه", "قضاء", "ناحيه", "قريه", "ولايه", "منطقه", "مديريه",
        "مخيم", "جبل", "وادي", "حي", "ضاحيه",
    ]
)  # fmt: skip


class Party:
    """A party as read in one place. ``i`` and ``j`` are token offsets in its sentence, half-open."""

    __slots__ = (
        "actor", "apposed", "clip", "country", "definite", "entity", "feminine", "head", "i", "id_words", "j", "kind", "name", "number", "role", "sector", "thing", "vague", "way",
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
        self.thing = False  # a building, base or vehicle that stands for its owner
        self.way = ""
        self.head = ""
        self.apposed = False  # an apposition after a comma ends it: the next comma closes that, and lists nothing
        self.feminine: bool | None = None  # the gender of its first noun, where its ending tells it
        self.actor: int | None = None
        self.id_words = ""
        self.clip = 0  # letters of proclitics on the first word that are not part of the mention

    def __repr__(self) -> str:
        return f"Party({self.i},{self.j},{self.kind},{self.country},{self.sector},{self.entity},{self.way})"
