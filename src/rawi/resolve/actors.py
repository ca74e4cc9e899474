"""Keep the actors of one article: who each mention is, short names, titles, pronouns, the country a bare noun means.

1. A named entity is itself. A person is known by the words of the name; a later surname or first name joins him.
2. A title without a name joins the last actor who bears it (الوزير، المسؤول), else stands for itself.
3. A bare institution (الحكومة، الجيش) belongs to the country the article is about.
4. Counterparts (نظيره) take the office of the party they are compared with and the country that is said.
"""

from __future__ import annotations

from collections import Counter

from rawi.lexicon.compiled import Compiled, Entity
from rawi.resolve.bearers import bearer_of
from rawi.syntax.agreement import party_gender
from rawi.syntax.party import Party
from rawi.syntax.sentence import Sentence

_kingdoms = frozenset({"SAU", "JOR", "BHR", "MAR", "GBR"})
_many_states = frozenset(
    [
        "تحالف",
        "ائتلاف",
        "دول",
        "دولي",
        "دوليه",
        "حلفاء",
        "حلفايه",
        "حلفايها",
        "امميه",
        "اممي",
        "اوروبيه",
        "غربيه",
        "عربيه",
        "حلف",
        "اجنبيه",
        "اجنبي",
        "اجانب",
    ]
)
# heads of state without a country: an agency's own
_own_heads = {
    ("امير", "بلاد"),
    ("ملك", "بلاد"),
    ("سلطان", "بلاد"),
    ("رييس", "دوله"),
    ("رييس", "بلاد"),
    ("امير", "دوله"),
}
_weak_words = frozenset(
    ["السيد", "السيده", "الدكتور", "الشيخ", "معالي", "سعاده", "سمو", "صاحب", "الملكي", "بن", "ابن", "ال", "الامير"]
)


class ActorDraft:
    """An actor of the article while it is read."""

    __slots__ = (
        "country",
        "entity",
        "foreign",
        "gender",
        "guessed",
        "id",
        "kind",
        "mentions",
        "name",
        "name_words",
        "number",
        "role",
        "sector",
        "specific",
        "thing",
        "vague",
        "words",
    )

    def __init__(self, number: int) -> None:
        self.id = number
        self.country: str | None = None
        self.foreign = False  # whether it is said to be of another country, or of several
        self.guessed = False  # whether the country is only that of the topic
        self.sector = "UNK"
        self.entity: str | None = None
        self.kind = ""
        self.role: int | None = None
        self.name = ""
        self.name_words: frozenset[str] = frozenset()
        self.words: tuple[str, ...] = ()
        self.specific = 0
        self.mentions: list[tuple[int, int]] = []
        self.vague = False
        self.number = "s"
        self.thing = False
        self.gender = ""  # m or f where the words tell it


class ActorBook:
    """The actors of one article in order of appearance."""

    def __init__(self, lexicon: Compiled, published: str | None, home: str | None) -> None:
        self.lexicon = lexicon
        self.published = published
        self.home = home
        self.actors: list[ActorDraft] = []
        self.by_entity: dict[str, ActorDraft] = {}
        self.known: set[str] = set()
        self.countries: Counter[str] = Counter()
        self.topic: str | None = None
        self.current: Sentence | None = None  # the sentence being read, and the one before it
        self.previous: Sentence | None = None

    # -- registering ---------------------------------------------------------------------------------------------------

    def register(self, sentence: Sentence, party: Party) -> ActorDraft:
        """Return the actor that ``party`` is, made new if nobody before fits; its mention is noted."""
        if sentence is not self.current:
            self.previous, self.current = self.current, sentence
        if party.actor is not None:
            return self.actors[party.actor]
        words = tuple(t.form for t in sentence.tokens[party.i : party.j])
        if party.entity and party.name is not None and party.name[1] - party.name[0] == 1:
            form = sentence.tokens[party.name[0]].form
            meant = bearer_of(
                self.lexicon, form, party.country if party.kind == "role" else None, self.published, self.known
            )
            if meant is not None and meant != party.entity:
                if party.kind == "person" or party.country == self.lexicon.entities[party.entity].country:
                    party.country = self.lexicon.entities[meant].country
                party.entity = meant
        if party.head and party.country is None and party.sector not in ("IGO", "UNK"):
            party.country = self._possessor(sentence, party)
        draft = self._find(sentence, party, words)
        if draft is None:
            draft = self._new(sentence, party, words)
        party.actor = draft.id
        span = (sentence.tokens[party.i].start + party.clip, sentence.tokens[party.j - 1].stop)
        if span not in draft.mentions:
            draft.mentions.append(span)
        self._enrich(draft, sentence, party, words)
        return draft

    def _possessor(self, sentence: Sentence, party: Party) -> str | None:
        """قواتها، سفيره، مواطنيه: the country of whom the pronoun stands for, the last party before it that fits."""
        if sentence.tokens[party.i].form.startswith("نظ"):
            return None
        plural = party.head in ("هم", "هن")
        best: tuple[int, str] | None = None
        for chunk in sentence.chunks:
            if chunk.i >= party.i:
                break
            for other in chunk.parties:
                if not other.country or other.kind == "place" or (plural and other.kind == "state"):
                    continue
                if (
                    party.head == "ها"
                    and other.number == "s"
                    and other.kind in ("role", "person")
                    and not other.feminine
                ):
                    continue
                if party.head == "ه" and (other.feminine or other.number == "p"):
                    continue
                rank = 1 if chunk.prep else 0
                if best is None or rank <= best[0]:
                    best = (rank, other.country)
        return best[1] if best is not None else None

    def _home_organ(self, party: Party) -> str | None:
        """الكويت - كونا: أعربت وزارة الخارجية: a bare ministry is that of the outlet's own state, where the report names that state."""
        own = party.kind == "org" and party.sector == "GOV" and party.country is None
        return self.home if own and self.home and self.countries[self.home] else None

    def _state_before(self, sentence: Sentence, party: Party) -> str | None:
        """تؤكد تونس، وفق بيان أصدرته وزارة الخارجية: a bare organ is that of the state whose act its sentence tells."""
        if party.sector != "GOV" or party.kind != "org":
            return None
        for chunk in sentence.chunks:
            if chunk.i >= party.i:
                break
            if chunk.kind == "np" and not chunk.prep and not chunk.gen and len(chunk.parties) == 1:
                found = chunk.parties[0]
                return found.country if found.kind == "state" else None
        return None

    def _find(self, sentence: Sentence, party: Party, words: tuple[str, ...]) -> ActorDraft | None:
        if party.name is not None:
            found = self._find_person(sentence, party)
            if found is not None:
                return found
            return self.by_entity.get(party.entity) if party.entity else None
        if party.entity and party.kind in ("state", "org", "medium", "person", "name"):
            same = self.by_entity.get(party.entity)
            if same is not None and (same.sector == party.sector):
                return same
            if party.kind == "state":
                return self.by_entity.get(party.entity)
        if (party.kind == "org" and party.entity is None) or party.kind in ("force", "role", "source", "people"):
            key = tuple(_plain(w) for w in words)
            for draft in reversed(self.actors):
                if draft.country not in (party.country, None) and party.country is not None:
                    continue
                if draft.words == key:
                    return draft
                if (
                    party.kind == "org"
                    and draft.kind == "org"
                    and draft.words[:1] == key[:1]
                    and party.entity is None
                    and (set(key) <= set(draft.words) or set(draft.words) <= set(key))
                ):
                    return draft
            if party.kind == "force" and party.entity:
                return self.by_entity.get(party.entity)
            short = len(words) <= (1 if party.kind == "force" else 2)  # القوات المسلحة are none of the forces told of
            if party.definite and party.number == "s" and party.country is None and short:
                return self._by_title(party, words)
        return None

    def _find_person(self, sentence: Sentence, party: Party) -> ActorDraft | None:
        assert party.name is not None
        if party.entity and party.entity in self.by_entity:
            return self.by_entity[party.entity]
        names = self._name_words(sentence, party)
        if not names:
            return None
        for draft in reversed(self.actors):
            if draft.name_words and (names <= draft.name_words or draft.name_words <= names):
                return draft
        return None

    def _name_words(self, sentence: Sentence, party: Party) -> frozenset[str]:
        assert party.name is not None
        return frozenset(
            _plain(t.form)
            for t in sentence.tokens[party.name[0] : party.name[1]]
            if t.form not in _weak_words and len(t.form) > 1
        )

    def _by_title(self, party: Party, words: tuple[str, ...]) -> ActorDraft | None:
        """الوزير، المسؤول، المصدر، الحركة: the last actor who bears the title or whose name begins with the noun."""
        head = _plain(words[0])
        for draft in reversed(self.actors):
            if draft.number != "s":
                continue
            if party.role is not None and draft.role is not None:
                mine, other = self.lexicon.roles[party.role], self.lexicon.roles[draft.role]
                if mine.id == other.id or (mine.kind == other.kind and draft.words[:1] == (head,)):
                    return draft
            elif draft.words[:1] == (head,) and draft.kind in ("org", "force", "name"):
                return draft
        return None

    def _new(self, sentence: Sentence, party: Party, words: tuple[str, ...]) -> ActorDraft:
        draft = ActorDraft(len(self.actors))
        self.actors.append(draft)
        draft.kind, draft.role, draft.number, draft.vague = party.kind, party.role, party.number, party.vague
        draft.words = tuple(_plain(w) for w in words)
        draft.gender, draft.thing = party_gender(party), party.thing
        draft.country, draft.sector, draft.entity = party.country, party.sector, party.entity
        if party.name is not None:
            draft.name_words = self._name_words(sentence, party)
            draft.kind = "person"
        if party.kind == "place":
            draft.sector = "CVL"
        if party.entity and (party.kind == "person" or (party.name is not None and party.sector == "UNK")):
            self._take_office(draft, self.lexicon.entities[party.entity])
        self._settle_country(draft, sentence, party)
        counterpart = draft.role is not None and self.lexicon.roles[draft.role].id == "role.counterpart"
        if counterpart and draft.sector == "UNK":
            draft.sector = self._office_before()
        if draft.sector == "IGO" and party.kind in ("role", "person", "org", "name"):
            draft.country = None  # who serves an organisation of states speaks for no state
        return draft

    def _settle_country(self, draft: ActorDraft, sentence: Sentence, party: Party) -> None:
        """Give an actor whose country is not said the one that is meant: the outlet's, the state's before, the topic's."""
        if draft.words == ("ملك",) and draft.country is None and self.home in _kingdoms:
            draft.country = self.home
        if draft.words == ("مملكه",):
            near = (self.topic, self.home, *self.countries)
            draft.country, draft.sector = next((c for c in near if c in _kingdoms), "SAU"), "GOV"
        elif draft.words[:2] in _own_heads and draft.country is None and self.home:
            draft.country = self.home  # رئيس الدولة: the outlet's own, or the one of the dateline
        elif any(w in _many_states for w in draft.words):
            draft.foreign = True  # a coalition belongs to no one country
        elif draft.country is not None:
            return
        elif (
            party.definite
            and party.kind in ("org", "force", "role")
            and (not party.entity or party.name is not None)
            and draft.sector not in ("IGO", "JRN", "NGO", "UNK", "REB")
        ):
            draft.country = self._state_before(sentence, party) or self._home_organ(party) or self.default_country()
        elif party.kind in ("people", "force") and not party.entity and draft.sector != "UNK":
            # an unknown gunman may be of any country
            draft.country, draft.guessed = self.default_country(), not party.head

    def _office_before(self) -> str:
        """نظيره: the sector of the last office holder before the newest actor."""
        for actor in reversed(self.actors[:-1]):
            if actor.kind in ("role", "person") and actor.number == "s" and actor.sector != "UNK":
                return actor.sector
        return "GOV"

    def _enrich(self, draft: ActorDraft, sentence: Sentence, party: Party, words: tuple[str, ...]) -> None:
        if party.entity and (party.kind != "role" or party.name is not None):
            if draft.entity is None:
                draft.entity = party.entity
            self.by_entity.setdefault(party.entity, draft)
            self.known.add(party.entity)
        if party.country:
            self.countries[party.country] += 1
            if draft.guessed:
                draft.country, draft.guessed = None, False
            if draft.country is None and not (draft.sector == "IGO" and party.kind in ("role", "person")):
                draft.country = party.country
        if party.sector != "UNK" and draft.sector == "UNK":
            draft.sector = party.sector
        if party.name is not None:
            names = self._name_words(sentence, party)
            if len(names) > len(draft.name_words):
                draft.name_words = names
            draft.kind = "person"
            if party.role is not None and draft.role is None:
                draft.role = party.role
        specific = len(words) + (3 if party.name is not None and party.kind == "role" else 0)
        if party.kind == "state" and party.way == "capital":
            specific = 0  # قطر is a better name for the state than الدوحة
        if specific > draft.specific or not draft.name:
            draft.specific = specific
            draft.name = sentence.text(party.i, party.j)

    def _take_office(self, draft: ActorDraft, entity: Entity) -> None:
        """Give a person the country and sector of the office held when the article was published."""
        draft.country = entity.country
        day = self.published or "9999"
        best: tuple[str | None, str] | None = None
        for _office, country, sector, _body, since, until in entity.terms:
            begins = since or "0000"
            if begins[: len(day)] <= day and (until is None or day <= until + "~"):
                best = (country, sector)
                break
            if begins <= day:
                best = (country, sector)
        if best is None and entity.terms:
            best = (entity.terms[0][1], entity.terms[0][2])
        if best is not None:
            draft.country, draft.sector = best[0] or (None if best[1] == "IGO" else entity.country), best[1]

    # -- what the article is about -------------------------------------------------------------------------------------

    def default_country(self) -> str | None:
        """The country a bare institution belongs to: the one most named so far, else the topic's, else the outlet's."""
        if self.topic:
            return self.topic
        if self.countries:
            return self.countries.most_common(1)[0][0]
        return self.home


def _plain(word: str) -> str:
    for prefix in ("وال", "بال", "لل", "ال"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return word[len(prefix) :]
    return word
