"""Extend a party from its head over the words that belong to it: genitives, adjectives, nisbas, inner titles, names.

Each step looks at one word: it takes the word (True), says that the party ends before it (False), or leaves it
to the next step (None).
"""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.compiled import Compiled, Name
from rawi.syntax.complements import generic_sector
from rawi.syntax.extension import Extension
from rawi.syntax.inner_nouns import InnerNounReader, looks_adjective
from rawi.syntax.party import Party, affiliated
from rawi.syntax.words import Word, WordReader
from rawi.text.tokens import Token

party_length = 16
_selves = {"قوله", "قولها", "قولهم", "نفسه", "نفسها", "نفسيهما", "انفسهم", "ذاته", "ذاتها"}
_sides = {"جانب", "الجانب", "جهه", "الجهه"}
_then = {"انذاك", "حينها", "حينذاك", "وقتها", "يومها"}
_agent_nouns = {"قبل", "جانب", "طرف", "لدن"}  # استهدف موكب الوزير من جانب مجهولين: the doer, not his side
_kunya = {"ابو", "ابي", "ابا", "ام"}
crowds = {"الالاف", "الميات", "العشرات", "الملايين"}  # قوات النظام المئات: what is counted is another party
# offices that hardly stand without a genitive; مسؤول، نائب do (نفى مسؤول الهجوم)
_offices_of_acts = frozenset(
    ["وزير", "وزيره", "رييس", "رييسه", "منسق", "منسقه", "مفوض", "مفوضه", "كبير", "مدير", "مديره", "امين", "قايد"]
)
# What a party is by the kind of the noun that heads it.
_kinds = {
    "person": "role",
    "organ": "org",
    "force": "force",
    "people": "people",
    "source": "source",
    "medium": "medium",
}


def _differs_in_gender(at: Extension) -> bool:
    """Whether a definite word after a definite singular head cannot be its adjective by its ending."""
    head, form = at.head_form, at.form
    if not head.startswith("ال") or at.party.number != "s" or at.party.role is None:
        return False
    return head.endswith("ه") and at.party.feminine is True and not form.endswith(("ه", "ي", "ا", "اء"))


class ExtensionReader(InnerNounReader):
    """Extends parties word by word. ``PartyReader`` completes it."""

    def __init__(self, lexicon: Compiled, reader: WordReader) -> None:
        super().__init__(lexicon, reader)
        self._steps = (
            self._beyond,
            self._body,
            self._name_at,
            self._particle,
            self._name,
            self._owned,
            self._nisba,
            self._joined,
            self._with_preposition,
            self._honorific,
            self._inner_noun,
            self._verb,
            self._name_with_preposition,
            self._person,
            self._rank_or_object,
            self._plain_word,
        )

    def _extend(
        self, tokens: Sequence[Token], words: Sequence[Word | None], party: Party, stop: int, bound: bool | None = None
    ) -> list[Party]:
        """Return the party with what belongs to it, and those that share its head."""
        role = self.lexicon.roles[party.role] if party.role is not None else None
        if role:
            party.kind = _kinds[role.kind]
            party.sector, party.country = role.sector, role.country
            party.vague, party.thing = role.vague, role.thing
        limit = min(stop, party.i + party_length)
        if tokens[party.j - 1].form == "باسم" and party.j > party.i + 1:
            party.j -= 1  # المتحدث باسم وزارة الخارجية: the body is read below
        at = Extension(tokens, words, party, limit, role, bound)
        while at.k < limit and self._take_word(at):
            pass
        siblings = at.siblings
        if at.kind == "person":
            if party.number != "s" and party.definite and party.country is None and not siblings:
                siblings = self._each_of(tokens, words, party, limit)
            self._further_office(tokens, words, party, stop)
            self._apposition(tokens, words, party, stop)
        if party.j == party.i + 1:
            head = tokens[party.i].form
            if party.number == "s" and head in _sides:
                return []  # في هذا الجانب
            if head in ("دوله", "بلد", "دول", "بلاد") and party.country is None:
                return []
        if not party.definite and (
            party.name is not None or any(t.form.startswith("ال") for t in tokens[party.i : party.j])
        ):
            party.definite = True  # definite by its genitive or its bearer
        return [party, *siblings]

    def _take_word(self, at: Extension) -> bool:
        """Take what stands at the next token; false where the party ends before it, or with it."""
        word = at.word = at.words[at.k]
        if word is None:
            return at.take(self._quoted(at.tokens, at.words, at.party, at.k, at.limit, at.kind))
        at.form = at.tokens[at.k].form
        for step in self._steps:
            taken = step(at, word)
            if taken is not None:
                return taken
        return False

    def _take_link(self, at: Extension) -> bool:
        """Take a complement with a preposition, if one begins here."""
        return at.take(self._linked(at.tokens, at.words, at.party, at.k, at.limit, at.kind, at.adjective_of))

    def _beyond(self, at: Extension, word: Word) -> bool | None:
        """الوزير نفسه، قوات النظام المئات: words that belong to no party before them; آنذاك before a name does."""
        form, following = at.form, at.k + 1
        if form in _selves or form in crowds:
            return False
        if form == "من" and following < at.limit and at.tokens[following].form in _agent_nouns:
            return False
        if (
            form in _then
            and at.kind == "person"
            and following < at.limit
            and self.names.begins_person(at.tokens, at.words, following, at.limit)
        ):
            at.k = following  # أمير البحرين آنذاك الشيخ عيسى
            return True
        return None

    def _body(self, at: Extension, word: Word) -> bool | None:
        """باسم وزارة الخارجية، للأنباء، التابعة للجيش: the body that one speaks for or belongs to."""
        form, party, following = at.form, at.party, at.k + 1
        if form == "باسم" and at.kind in ("person", "source") and following < at.limit:
            body = self.read(at.tokens, at.words, following, at.limit, set())
            if body and body[0].kind != "place":
                party.sector = body[0].sector if body[0].sector != "UNK" else party.sector
                party.country = party.country or body[0].country
                at.bound, at.adjective_of = False, True
                return at.take(body[0].j)
        if form in ("للشوون", "لشوون") and at.kind in ("person", "source") and following < at.limit:
            j = following  # مستشار الرئيس للشؤون السياسية، مبعوث لشؤون الشرق الأوسط
            while j < at.limit and j < following + 3 and at.tokens[j].form.startswith("ال"):
                j += 1
            if j > following:
                at.bound, at.adjective_of = False, True
                return at.take(j)
        if form in ("للانباء", "للاعلام", "للاخبار") and at.kind in ("organ", "medium", "source"):
            return at.take(following)
        if form.removeprefix("ال") in affiliated and following < at.limit:
            return at.take(self._affiliation(at.tokens, at.words, party, following, at.limit)) or None
        return None

    def _name_at(self, at: Extension, word: Word) -> None:
        """Look up the name that begins here, if it is one and no adjective; it is for the steps below."""
        names = at.names = self.names.names_at(at.tokens, at.words, at.k, at.limit) if word.name else None
        if names is None:
            return
        named = self.names.choose_name(names, {"*"})
        if (
            named is None
            or self.names.is_nisba_rather(word, names, named)
            or (
                named.way == "surname"
                and names.j < at.limit
                and not names.conj
                and self.names.name_end(at.tokens, at.words, at.k, at.limit, title=True) > names.j
            )  # مسؤول كردي سعيد فلان: a first name, not the official of that surname
            or (
                named.way == "short"
                and at.first
                and at.form.startswith("ال")
                and at.head_form.startswith("ال")
                and word.nouns
            )
        ):
            at.names = None  # الجماعات المعارضة: after a noun with ال a short name is an adjective

    def _particle(self, at: Extension, word: Word) -> bool | None:
        """مسؤول في وزارة الدفاع: a preposition joins a complement, any other particle ends the party."""
        party, names = at.party, at.names
        speaks = at.kind == "source" or (at.kind == "person" and not party.definite)  # متحدث عسكري في كييف
        if (
            at.form == "في"
            and (at.kind in ("organ", "force") or speaks)
            and party.country is None
            and at.k + 1 < at.limit
        ):
            party.country = self._land_of(at.tokens, at.words, at.k + 1, at.limit)  # محكمة عسكرية في القاهرة
        if word.function is None or (names is not None and names.j > at.k + 1 and names.cost == 0):
            return None
        if word.nouns and self.role_noun(word) and word.function.kind != "prep":
            return None
        if not self._take_link(at):
            return False
        at.linked = True
        return True

    def _name(self, at: Extension, word: Word) -> bool | None:
        """أمير قطر، الرئيس عبد الفتاح السيسي: a name as genitive or bearer."""
        party, names = at.party, at.names
        if names is None or names.conj:
            return None
        if at.kind == "person" and at.form in _kunya and at.k > party.i:
            j = self.names.name_end(at.tokens, at.words, at.k, at.limit, title=True)
            if j > at.k + 1 and any(isinstance(p, Name) and p.way in ("place", "place?") for p in names.payloads):
                party.name, party.j = (at.k, j), j  # القائد أبو سليم الشمري
                return False
        if names.prep:
            return None
        taken = self._take_name(
            at.tokens,
            party,
            names,
            at.kind,
            at.limit,
            bound=at.bound,
            closed=at.nation or at.open_plural or (party.definite and not at.bound and at.head_form.startswith("ال")),
        )
        at.bound = False
        if taken:
            at.k = party.j
            return taken == 1
        # وعد الرئيس الأميركي أوكرانيا: a name that does not belong to the phrase begins another
        return False if names.cost == 0 else None

    def _owned(self, at: Extension, word: Word) -> bool | None:
        """مواقع للحوثيين: the owner of an indefinite body or force ends it."""
        if at.kind not in ("organ", "force") or at.party.definite:
            return None
        names, nisba = at.names, word.nisba[0] if word.nisba else None
        if (names is not None and names.prep == "ل" and not names.conj) or (nisba is not None and nisba.prep == "ل"):
            return False if self._take_link(at) else None
        return None

    def _nisba(self, at: Extension, word: Word) -> bool | None:
        """الجيش السوري، الرئيسان المصري والفرنسي: a nisba gives country or group; a joined one, another party."""
        nisba = word.nisba[0] if word.nisba else None
        if nisba is None or nisba.prep:
            return None
        party, before = at.party, at.tokens[at.k - 1].form
        entity = self.lexicon.entities[nisba.entity]
        national = entity.kind in (None, "state", "territory")
        if (
            nisba.number == "p"
            and nisba.gender == "m"
            and party.number == "s"
            and not at.first
            and not (nisba.definite and before.startswith("ال") and before.endswith("ين"))  # كبير المفاوضين الإيرانيين
        ):
            return False  # قوات المقاومة الحوثيين: people, not an adjective
        if nisba.conj:
            several = party.number != "s" or at.head_form.endswith("ات")
            last = at.words[at.k - 1]
            bare = not party.definite and last is not None and bool(last.nisba) and not self.names.is_state(word)
            if not (several and (nisba.definite or bare) and party.country):
                return False
            sibling = Party(at.k, at.k + 1, party.kind)
            sibling.role, sibling.sector, sibling.number, sibling.definite = party.role, party.sector, "s", True
            sibling.country, sibling.clip = entity.country, len(nisba.conj)
            at.siblings.append(sibling)
            at.k += 1
            return True
        if party.country is None:
            party.country = entity.country
        if not national and not (entity.kind == "coalition" and at.kind == "people"):  # المهاجرون الأفارقة
            if party.sector in generic_sector or at.kind in ("force", "people"):
                party.sector = entity.sector
            party.entity = party.entity or (entity.id if at.kind in ("force", "people", "organ") else None)
            party.country = party.country or entity.country
        if not nisba.definite and not party.definite:
            at.bound, at.indefinite = False, True
        elif nisba.definite:
            at.bound = False  # الجمارك الأردنية شحنة: closed by its adjective
            at.nation = at.nation or national or entity.kind in ("igo", "coalition")
        at.adjective_of = True
        return at.take(at.k + 1)

    def _joined(self, at: Extension, word: Word) -> bool | None:
        """وزير التربية والتعليم: the ministry's name goes on; any other word with و or ف begins another phrase."""
        joined = next((s for s in word.splits if s.conj), None) if at.form[0] in "وف" else None
        if joined is None or (word.nouns and not word.nouns[0].conj):
            return None
        if at.form[0] == "ف" and at.kind == "person" and not word.known and not self.reader.read(joined.rest).known:
            return None  # فيكرام ميسري: a name, not ف and a word
        return (
            at.kind in ("person", "organ")
            and joined.rest.startswith("ال")
            and not (word.verbs or word.nouns or word.nisba)
            and at.names is None
            and not at.first
            and at.party.number == "s"
            and not at.siblings
            and at.take(at.k + 1)
        )

    def _with_preposition(self, at: Extension, word: Word) -> bool | None:
        """المفوض بالشؤون، مستشار لوزير: a word with a joined preposition is a complement, or ends the party."""
        form = at.form
        unknown = (
            form[0] in "بلك"
            and form[1:3] == "ال"
            and not word.known
            and any(s.prep for s in word.splits)
            and form not in self.names.given
            and form not in self.names.common
        )
        return self._take_link(at) if unknown or (word.nouns and word.nouns[0].prep) else None

    def _honorific(self, at: Extension, word: Word) -> bool | None:
        """الرئيس السيد فلان: an honorific and the name after it."""
        if at.kind not in ("person", "source") or at.form not in self.names.honorifics or at.k + 1 >= at.limit:
            return None
        party, k = at.party, at.k + 1
        following = self.names.names_at(at.tokens, at.words, k, at.limit)
        if following is not None and not following.conj and not following.prep:
            bearer = self.names.choose_name(following, {"*"})
            if bearer is not None and bearer.way == "person":
                self._take_name(at.tokens, party, following, at.kind, at.limit, closed=False)
                party.name = (k, following.j)
                return False
        j = self.names.name_end(at.tokens, at.words, at.k, at.limit, title=True)
        if j > k:
            party.name, party.j = (k, j), j
            return False
        return None

    def _verb(self, at: Extension, word: Word) -> bool | None:
        """وزير الخارجية يلتقي: a verb ends the party."""
        form = at.form
        if (
            word.verbs
            and (not form.startswith("ال") or (form.startswith("الت") and not word.nouns))  # التقى, التزم: verbs
            and form not in self.names.given
            and not (word.nouns and at.bound)
        ):
            return False
        return None

    def _name_with_preposition(self, at: Extension, word: Word) -> bool | None:
        """الأمين العام للأمم المتحدة: a name with ل after an office, which any other preposition ends."""
        names = at.names
        if names is None or not names.prep:
            return None
        if names.prep == "ل" and not names.conj and at.kind == "person" and at.adjective_of:
            owner = self.names.choose_name(names, {"*"})
            nations = (None, "state", "territory")
            if owner is None or (at.party.country and self.lexicon.entities[owner.entity].kind in nations):
                return False  # سلم الرئيس الفرنسي لألمانيا
            return self._take_link(at)
        return None if at.form in self.names.given else False  # قال دبلوماسي لرويترز

    def _person(self, at: Extension, word: Word) -> bool | None:
        """الوزير أحمد فلان: a given name, or after a title an unknown word, begins the bearer's name."""
        if at.kind not in ("person", "source", "people"):
            return None
        form, party, k = at.form, at.party, at.k
        given = form in self.names.given or self.names.servant_name(at.tokens, k, at.limit)
        if not given:
            unknown = not form.startswith("ال") and form not in self.names.common and not word.known
            if at.kind != "person" or not unknown:
                return None
        j = self.names.name_end(at.tokens, at.words, k, at.limit, title=True)
        if j > k and (given or party.definite or at.adjective_of or party.country or not at.first):
            party.name, party.j = (k, j), j
            return False
        return None

    def _rank_or_object(self, at: Extension, word: Word) -> bool | None:
        """اللواء المتقاعد goes on; دخلت القوات المدينة، الرئيس التقى: another phrase, or a verb with ال, begins."""
        form, names = at.form, self.names
        bare = form.removeprefix("ال")
        if bare in names.numbers:
            return False
        with_article = form.startswith("ال")
        if with_article and (at.indefinite or at.open_plural):
            return False
        if bare == "متقاعد" and at.kind in ("person", "people", "force"):
            return at.take(at.k + 1)
        if not with_article or bare in names.adjectives:
            return None
        if bare in names.nouns:
            after_article = at.head_form.startswith("ال")
            if at.kind in ("force", "organ") and after_article:
                return False  # دخلت القوات المدينة
            if not at.bound and (not at.first or (at.kind == "people" and after_article)):
                return False
        return False if word.verbs and not word.nouns else None  # الرئيس التقى

    def _plain_word(self, at: Extension, word: Word) -> bool | None:
        """الأمين العام، وزارة الموارد المائية، رجل مسن: any other word, as genitive or adjective."""
        form = at.form
        if form.startswith("ال"):
            if len(form) <= (3 if at.bound else 4):
                return False
            if self._tells_event(word) and not (at.bound and self._takes_event(at.words[at.k - 1])):
                return False
            if not at.bound and at.first and _differs_in_gender(at):
                return False  # استعملت الشرطة الغاز
            at.adjective_of, at.bound = True, False
            return at.take(at.k + 1)
        if form.endswith("ا") and len(form) > 3 and not at.head_form.endswith("ا") and word.form[-2:] != "يا":
            return False
        if self._tells_event(word) and at.bound and self._names_body(at):
            return at.take(at.k + 1)  # جهاز دعم الاستقرار
        if not at.bound or self._tells_event(word):
            return False
        known = form in self.names.common or looks_adjective(at.head_form, form)
        return (known or (at.first and at.kind != "people")) and at.take(at.k + 1)

    def _names_body(self, at: Extension) -> bool:
        """Whether an event noun between a body and a definite noun is part of the body's name."""
        before, following = at.words[at.k - 1], at.k + 1
        noun = self.role_noun(before) if before is not None else None
        organ = noun is not None and not noun.definite and self.role_of(noun).kind in ("organ", "force")
        return organ and following < at.limit and at.tokens[following].form.startswith("ال")

    def _takes_event(self, head: Word | None) -> bool:
        """لجنة المفاوضات، وزير الاتصالات، منسق الإغاثة: whether an event noun after ``head`` names the body or the office."""
        if head is None or (noun := self.role_noun(head)) is None:
            return False
        role = self.role_of(noun)
        return role.kind == "organ" or any(split.rest in _offices_of_acts for split in head.splits)
