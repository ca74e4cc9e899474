"""What one written word can be: clitics taken off, every reading looked up in the lexicon, remembered by spelling."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from rawi.lexicon.compiled import Compiled

T = TypeVar("T", "VerbReading", "NounReading", "NisbaReading")
# Longest first, so that هما is not read as ما with ه before it.
enclitics = ("هما", "هم", "هن", "ها", "نا", "كم", "ني", "ه", "ك", "ي")
memo_limit = 200_000


class VerbReading(NamedTuple):
    """The word as a verb: lexeme number, form, and what is attached to it."""

    lexeme: int
    tense: str
    person: int
    gender: str
    number: str
    voice: str
    conj: str
    future: bool
    lam: bool
    pronoun: str
    cost: int


class NounReading(NamedTuple):
    """The word as a noun of the lexicon."""

    lexeme: int
    number: str
    bound: bool
    conj: str
    prep: str
    definite: bool
    pronoun: str
    cost: int


class NisbaReading(NamedTuple):
    """The word as a nisba of an actor (قطري، الحوثيون)."""

    entity: str
    gender: str
    number: str
    conj: str
    prep: str
    definite: bool
    cost: int


class Function(NamedTuple):
    """The word as a preposition, particle, conjunction, complementizer, relative, demonstrative or pronoun."""

    base: str
    kind: str
    conj: str
    pronoun: str


class Split(NamedTuple):
    """One way to take proclitics off: conjunction, preposition, and what is left (its article kept)."""

    conj: str
    prep: str
    rest: str
    cost: int


class Word:
    """All readings of one spelling. ``known`` says whether the lexicon knows the word at all."""

    __slots__ = (
        "_bases",
        "form",
        "function",
        "known",
        "live",
        "name",
        "nisba",
        "nouns",
        "number",
        "phrase",
        "splits",
        "time",
        "verbs",
    )

    def __init__(
        self, form: str, function: Function | None, verbs: tuple[VerbReading, ...], nouns: tuple[NounReading, ...],
        nisba: tuple[NisbaReading, ...], splits: tuple[Split, ...],
    ) -> None:  # fmt: skip
        self.form = form
        self.function = function
        self.verbs = verbs
        self.nouns = nouns
        self.nisba = nisba
        self.splits = splits
        self.known = bool(function or verbs or nouns or nisba)
        self._bases: frozenset[str] | None = None
        # What can begin at this word, so that tokens where nothing can are passed over without a look-up.
        self.live = False  # a trigger or a cue
        self.name = False  # an actor's or a place's name
        self.phrase = False  # a fixed phrase
        self.time = False  # a time expression
        self.number = False  # it is a number

    @property
    def bases(self) -> frozenset[str]:
        """The word without clitics, article and attached pronoun, in every way it can be split."""
        if self._bases is None:
            out = {s.rest[2:] if s.rest.startswith("ال") and len(s.rest) > 4 else s.rest for s in self.splits}
            for enclitic in ("ها", "هم", "ه", "هما", "نا"):
                out |= {
                    s.rest[: -len(enclitic)]
                    for s in self.splits
                    if s.rest.endswith(enclitic) and len(s.rest) > len(enclitic) + 2
                }
            self._bases = frozenset(out | {b[:-1] + "ه" for b in out if b.endswith("ت")})
        return self._bases


# kinds of function words, in the order in which a word with two of them is read
_function_sets = (
    ("prepositions", "prep"), ("complementizers", "comp"), ("negative_complementizers", "comp"), ("relatives", "rel"),
    ("demonstratives", "dem"), ("pronouns", "pron"), ("negators", "neg"), ("exceptives", "exc"), ("future_particles", "fut"),
    ("perfect_particles", "perf"), ("question_particles", "part"), ("topic_particles", "part"), ("conjunctions", "conj"),
    ("adverbs", "adv"),
)  # fmt: skip
_attached = {"ب": "prep", "ل": "prep", "ك": "prep"}
_takes_pronoun = {"prep", "comp"}


class WordReader:
    """Reads words with one lexicon; answers are remembered, since few spellings make most of the news."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon
        self._memo: dict[str, Word] = {}
        self._functions: dict[str, str] = {}
        self._numbers = {
            w
            for name in ("cardinals", "teens", "tens", "hundreds", "scales", "duals")
            for w in lexicon.words.get(name, ())
            if " " not in w
        }
        self._phrase_heads = {head for head, node in lexicon.phrases.items() if _leads_to_event(node)}
        for name, kind in _function_sets:
            for word in lexicon.words.get(name, {}):
                if " " not in word and len(word) > 1 and word != "كان":
                    self._functions.setdefault(word, kind)
        # A word that mostly is something else must not hide behind a rare particle reading.
        for word in (
            "لقاء",
            "جراء",
            "مقابل",
            "نتيجه",
            "وسط",
            "عدا",
            "جنوب",
            "شمال",
            "شرق",
            "غرب",
            "داخل",
            "خارج",
            "خلف",
        ):
            if self._functions.get(word) == "prep" and word in ("لقاء", "مقابل"):
                del self._functions[word]

    def read_token(self, form: str, last: str) -> Word:
        """Return the readings of a folded word whose last letter was written ``last``.

        What folding hides can tell readings apart: ة is never an attached pronoun, ه mostly is one, and علي with dots is mostly a name.
        """
        if last == "ة":
            word = self._memo.get(form + "ة")
            if word is None:
                plain = self.read(form)
                function = plain.function if form != "وحده" else None  # وحدة عسكرية, not وحده
                word = Word(
                    form, function, tuple(v for v in plain.verbs if v.pronoun != "ه"),
                    tuple(n for n in plain.nouns if n.pronoun != "ه"), plain.nisba, plain.splits,
                )  # fmt: skip
                self._memo[form + "ة"] = self._flag(word)
            return word
        if last == "ه" and form.endswith("ه"):
            word = self._memo.get(form + " ه")
            if word is None:
                plain = self.read(form)
                own = [
                    n
                    for s in plain.splits
                    for n in self._nouns(s)
                    if n.pronoun == "ه" and n.number == "s" and self._is_person(n.lexeme)
                ]
                if not own or not plain.nouns or any(n.pronoun for n in plain.nouns) or plain.function or plain.verbs:
                    word = plain
                else:  # سفيره is not سفيرة
                    word = self._flag(Word(form, None, (), _cheapest(own), plain.nisba, plain.splits))
                self._memo[form + " ه"] = word
            return word
        if form == "هنا" and last == "أ":
            word = self._memo.get("هنأ")
            if word is None:
                plain = self.read(form)
                word = self._memo["هنأ"] = self._flag(
                    Word(form, None, plain.verbs, plain.nouns, plain.nisba, plain.splits)
                )
            return word
        if form == "والي" and last == "ى":
            word = self._memo.get("والى")
            if word is None:
                plain = self.read(form)
                word = self._memo["والى"] = self._flag(Word(form, plain.function, (), (), (), plain.splits))
            return word
        if form == "علي" and last == "ي":
            word = self._memo.get("علي ")
            if word is None:
                word = self._memo["علي "] = self._flag(Word(form, None, (), (), (), _splits(form)))
            return word
        return self.read(form)

    def read(self, form: str) -> Word:
        """Return the readings of a folded word."""
        word = self._memo.get(form)
        if word is None:
            if len(self._memo) > memo_limit:
                self._memo.clear()
            word = self._memo[form] = self._read(form)
        return word

    def _read(self, form: str) -> Word:
        splits = _splits(form)
        function = self._function(form)
        verbs: list[VerbReading] = []
        nouns: list[NounReading] = []
        nisba: list[NisbaReading] = []
        for split in splits:
            if not split.prep or split.prep == "ل":
                verbs.extend(self._verbs(split))
            nouns.extend(self._nouns(split))
            nisba.extend(self._nisba(split))
        word = Word(form, function, self._likeliest(verbs), _cheapest(nouns), _cheapest(nisba), splits)
        return self._flag(word)

    def _likeliest(self, verbs: list[VerbReading]) -> tuple[VerbReading, ...]:
        """The cheapest readings; ودعت is و and a call if what it is without و is no event and no word of speech."""
        cheapest = _cheapest(verbs)
        lexemes = self.lexicon.verb_lexemes
        if (
            not cheapest
            or cheapest[0].cost
            or any(lexemes[v.lexeme].senses or lexemes[v.lexeme].cues for v in cheapest)
        ):
            return cheapest
        joined = [v for v in verbs if v.conj and not v.pronoun and lexemes[v.lexeme].senses]
        return _cheapest(joined) if joined else cheapest

    def _flag(self, word: Word) -> Word:
        """Note what can begin at a word."""
        lexicon = self.lexicon
        rests = [s.rest for s in word.splits]
        word.live = self._live(word)
        word.name = any(r in lexicon.names for r in rests)
        word.phrase = any(r in lexicon.phrases for r in rests)
        word.time = word.form.removeprefix("ال")[:1].isdigit() or any(r in lexicon.times for r in rests)
        word.time = word.time or (word.form.startswith("ال") and word.form[2:] in self._numbers)  # الأربع والعشرين ساعة
        word.number = word.form[0].isdigit() or (any(r in self._numbers for r in rests) and not word.verbs)
        return word

    def _live(self, word: Word) -> bool:
        lexicon = self.lexicon
        return (
            any(lexicon.verb_lexemes[v.lexeme].senses or lexicon.verb_lexemes[v.lexeme].cues for v in word.verbs)
            or any(lexicon.noun_lexemes[n.lexeme].senses or lexicon.noun_lexemes[n.lexeme].cues for n in word.nouns)
            or any(s.rest in self._phrase_heads for s in word.splits)
        )

    def _function(self, form: str) -> Function | None:
        if form in _attached:  # لـ"رويترز": the quotation mark parts the preposition from its noun
            return Function(form, "prep", "", "")
        for conj, rest in (("", form), *(((form[0], form[1:]),) if form[0] in "وف" and len(form) > 2 else ())):
            kind = self._functions.get(rest)
            if kind:
                return Function(rest, kind, conj, "")
            for enclitic in enclitics:
                if len(rest) > len(enclitic) and rest.endswith(enclitic):
                    base = rest[: -len(enclitic)]
                    if base in _attached and enclitic != "ي":
                        return Function(base, "prep", conj, enclitic)
                    if base in ("لكن", "ولكن", "لعل"):
                        return Function("لكن", "comp", conj, enclitic)
                    if self._functions.get(base) in _takes_pronoun and enclitic not in ("ي", "ني", "ك"):
                        return Function(base, self._functions[base], conj, enclitic)
        return None

    def _verbs(self, split: Split) -> list[VerbReading]:
        found: list[VerbReading] = []
        table, rest = self.lexicon.verbs, split.rest
        lam = split.prep == "ل"

        def add(spelling: str, future: bool, pronoun: str, cost: int) -> None:
            for lexeme, tense, person, gender, number, voice, bound in table.get(spelling, ()):
                if bound and not pronoun:
                    continue
                if (future or lam) and tense in ("perfect", "participle"):
                    continue
                if future and tense == "jussive":
                    continue  # سترد is no form of أردى
                if pronoun and tense == "participle":
                    continue
                # duals, feminine plurals and first persons are rare in news and often look like something else
                rare = (number == "d" and tense == "perfect") + 3 * (number == "p" and gender == "f") + (person != 3)
                found.append(
                    VerbReading(
                        lexeme, tense, person, gender, number, voice, split.conj, future, lam, pronoun, cost + 2 * rare
                    )
                )

        add(rest, False, "", split.cost)
        future = rest[:1] == "س" and rest[1:2] in ("ي", "ت", "ن", "ا")
        if future:
            add(rest[1:], True, "", split.cost + 1)
        for enclitic in enclitics:
            if rest.endswith(enclitic) and len(rest) - len(enclitic) >= 2 and enclitic not in ("ي", "ك", "كم"):
                add(rest[: -len(enclitic)], False, enclitic, split.cost + 2)
                if future:
                    add(rest[1 : -len(enclitic)], True, enclitic, split.cost + 3)
        return found

    def _nouns(self, split: Split) -> list[NounReading]:
        found: list[NounReading] = []
        table = self.lexicon.nouns
        definite = split.rest.startswith("ال") and len(split.rest) > 3
        for lexeme, number, bound in table.get(split.rest, ()):
            # A bound form stands before a genitive; whether it does is for the phrase reader to see.
            found.append(NounReading(lexeme, number, bound, split.conj, split.prep, False, "", split.cost))
        if definite:
            for lexeme, number, bound in table.get(split.rest[2:], ()):
                if not bound:
                    found.append(NounReading(lexeme, number, False, split.conj, split.prep, True, "", split.cost))
            return found
        for enclitic in enclitics:
            if not split.rest.endswith(enclitic) or len(split.rest) - len(enclitic) < 2:
                continue
            stem = split.rest[: -len(enclitic)]
            stems = (stem, stem[:-1] + "ه") if stem.endswith("ت") else (stem,)
            for spelling in stems:
                for lexeme, number, _bound in table.get(spelling, ()):
                    if number == "d" and enclitic in ("ه", "ا") and not self._is_person(lexeme):
                        continue  # اجتماعية is an adjective, not اجتماعَي + ه; but نظيريه
                    found.append(
                        NounReading(lexeme, number, True, split.conj, split.prep, True, enclitic, split.cost + 2)
                    )
        return found

    def _is_person(self, lexeme: int) -> bool:
        role = self.lexicon.noun_lexemes[lexeme].role
        return role is not None and self.lexicon.roles[role].kind == "person"

    def _nisba(self, split: Split) -> list[NisbaReading]:
        table, rest = self.lexicon.nisba, split.rest
        found = [NisbaReading(*row, split.conj, split.prep, False, split.cost) for row in table.get(rest, ())]
        if rest.startswith("ال"):
            found += [NisbaReading(*row, split.conj, split.prep, True, split.cost) for row in table.get(rest[2:], ())]
        return found


def _leads_to_event(node: dict[str, Any]) -> bool:
    """Whether a trie node holds, or leads to, a trigger or cue phrase."""
    for key, value in node.items():
        if key == "":
            if any(isinstance(p, tuple) and p[0] in ("sense", "cue") for p in value):
                return True
        elif _leads_to_event(value):
            return True
    return False


def _splits(form: str) -> tuple[Split, ...]:
    """Return the ways to take proclitics off, fewest first."""
    out = [Split("", "", form, 0)]
    heads = [("", form, 0)]
    if form[0] in "وف" and len(form) > 2:
        out.append(Split(form[0], "", form[1:], 1))
        heads.append((form[0], form[1:], 1))
    for conj, rest, cost in heads:
        if rest.startswith("لل") and len(rest) > 3:
            out.append(Split(conj, "ل", "ال" + rest[2:], cost + 1))
            out.append(Split(conj, "ل", rest[1:], cost + 2))  # لليبيا
        elif rest[0] in "بلك" and len(rest) > 2:
            out.append(Split(conj, rest[0], rest[1:], cost + 1))
    return tuple(out)


def _cheapest(readings: list[T]) -> tuple[T, ...]:
    """Keep the readings that take off the fewest letters."""
    if not readings:
        return ()
    least = min(r.cost for r in readings)
    return tuple(r for r in readings if r.cost == least)
