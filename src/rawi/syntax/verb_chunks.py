"""Say whether a word is a verb where it stands, and which: spelling alone seldom tells Arabic verbs from nouns."""

from __future__ import annotations

from rawi.lexicon.compiled import Compiled
from rawi.syntax.parties import PartyReader
from rawi.syntax.sentence import Chunk, Sentence
from rawi.syntax.words import VerbReading, Word


class VerbFinder:
    """Finds verbs with one lexicon."""

    def __init__(self, lexicon: Compiled, parties: PartyReader, jussive_after: set[str]) -> None:
        self.lexicon, self.parties, self.names = lexicon, parties, parties.names
        self.jussive_after = jussive_after
        self.adjectives = lexicon.words.get("adjectives", {})

    def verb_at(self, sentence: Sentence, out: list[Chunk], i: int, prep: str) -> VerbReading | None:
        """Return the reading of token ``i`` as a verb, if it is one here."""
        word = sentence.words[i]
        if word is None or not word.verbs or prep:
            return None
        form = sentence.tokens[i].form
        before = sentence.tokens[i - 1].form if i else ""
        last = out[-1] if out else None
        jussive_ok = before in self.jussive_after or (
            last is not None and last.kind in ("neg", "comp", "sub") and last.value != "contrast"  # لكن يجب على
        )
        readings = [r for r in word.verbs if r.tense != "jussive" or jussive_ok or r.lam]
        finite = [r for r in readings if r.tense != "participle"]
        if last is not None and last.kind == "comp" and last.pronoun in ("ه", "ها"):
            # أنه تعرض للضرب: the verb agrees with the pronoun on أن
            gender = "m" if last.pronoun == "ه" else "f"
            finite = [r for r in finite if r.person != 3 or r.gender == gender] or finite
        if form == "فقد" and i + 1 < len(sentence.words) and _perfect(sentence.words[i + 1]):
            return None  # فقد تجمع المئات: قد with ف
        if (
            last is not None
            and last.kind == "sub"
            and word.nouns
            and sentence.tokens[last.j - 1].form in ("الي", "عن", "في")
        ):
            return None  # مما أدى إلى جرح، ما تسبب في قتل
        if word.function is not None and word.function.kind == "prep" and word.function.pronoun:
            return None  # بينهم، منها
        if (
            form.endswith("ا")
            and last is not None
            and last.kind == "np"
            and sentence.tokens[last.j - 1].form.endswith(("ان", "ين"))
        ):
            dual = next((r for r in finite if r.number == "d" and r.tense == "perfect" and not r.conj), None)
            if dual is not None and (last.party is None or last.party.number == "d"):
                return dual  # جنديان قتلا، انفجاران ضربا
        if not finite:
            return self._participle(sentence, out, word, readings, i)
        if not finite[0].conj and self._long_name(sentence, i):
            return None  # مدينة ود مدني
        if finite[0].pronoun == "ني" and last is not None and last.kind in ("np", "place") and not finite[0].conj:
            return None  # إصابة مدني: not "he stretched me"
        noun_cost = min((n.cost for n in word.nouns), default=99)
        verb_cost = finite[0].cost
        if (
            word.function is not None
            and not word.function.pronoun
            and not (word.function.conj == "ف" and verb_cost == 0)  # فتحت
            and (word.function.kind == "prep" or (word.function.kind in ("adv", "conj") and verb_cost > 0))
        ):
            return None
        if (
            verb_cost >= 2
            and not readings[0].pronoun
            and self.names.names_at(sentence.tokens, sentence.words, i, len(sentence.tokens)) is not None
        ):
            return None
        best = self._agreeing(sentence, i, finite, self._best_verb(finite))
        if (
            last is not None
            and last.kind == "np"
            and last.j == i
            and not best.conj
            and self._construct(sentence, i - 1)
        ):
            return None  # وفدي فتح وحماس
        rare = (
            (best.number == "d" and best.tense == "perfect")
            or best.person != 3
            or (best.number == "p" and best.gender == "f")
        )
        if rare and not best.conj and last is not None and last.kind == "np" and not last.parties:
            return None
        if best.person == 1 and best.number == "s" and best.tense == "imperfect" and not best.conj and last is not None:
            if last.kind == "np" and not last.definite:
                return None  # شاب أسود أعزل
        if (
            best.pronoun
            and last is not None
            and last.kind == "np"
            and not last.definite
            and last.prep != "من"
            and not best.conj
        ):
            return best  # هجوم شنه مسلحون: a relative clause without relative
        if noun_cost > verb_cost and not word.nisba:
            if self._name_here(sentence, i) and last is not None and last.party is not None:
                return None
            return best
        if noun_cost < verb_cost:
            return None
        if (
            best.conj == "و" and last is not None and last.kind == "np" and last.prep in ("ب", "في", "علي") and last.j == i
            and not last.definite and not last.parties and (last.cues or last.senses)
        ):  # fmt: skip
            return None  # قامت الأجهزة بكشف وضبط شبكة
        # The spelling is a verb and a noun alike.
        after = sentence.words[i + 1] if i + 1 < len(sentence.words) else None
        if (
            best.pronoun and not best.conj and after is not None and after.form.startswith("ال")
            and after.form[2:] in self.adjectives and self.parties.role_noun(after) is None
        ):  # fmt: skip
            return None  # أكد دعمه الكامل
        if best.pronoun and not best.conj and last is not None and last.kind in ("mark", "time", "adv"):
            return None  # وتؤكد تونس، ...، تضامنها
        if best.tense == "perfect" and not best.conj and _awaits_object(out):
            return None  # بدأ الجيش، فجر الأحد، قصف مواقع
        if last is None or last.kind in (
            "mark",
            "quote",
            "sub",
            "opener",
            "rel",
            "mod",
            "perf",
            "neg",
            "fut",
            "adv",
            "pron",
            "time",
            "cue",
        ):
            following = sentence.words[i + 1] if i + 1 < len(sentence.words) else None
            if (
                following is not None
                and following.nisba
                and not self.names.is_state(following)
                and not following.nisba[0].definite
                and not following.nisba[0].conj
                and not following.nisba[0].prep
            ):
                return None
            if (
                last is not None
                and last.kind == "mark"
                and last.value in "،,"
                and best.tense == "perfect"
                and not best.conj
                and i + 1 < len(sentence.words)
                and following is None
            ):
                return None
            if (
                following is not None
                and following.function is not None
                and following.function.kind == "prep"
                and not following.function.pronoun
                and best.number == "s"
                and last is None
                and following.function.base in ("في", "علي", "ب")
            ):
                return None
            return best
        if last.kind == "comp":
            return best if best.tense != "perfect" else None  # إنّ takes a noun, أن an imperfect
        if last.kind == "verb":
            return None
        if word.nouns and word.nouns[0].conj and not best.conj:
            return None
        if best.conj:
            # و + word: joined to a verb clause it is a verb, joined to a noun it is a noun
            if word.nouns and _in_purpose(out):
                return None  # لتحقيق الاستقرار ومنع الفوضى
            if last.kind == "np" and last.senses and not last.parties:
                return None
            return best
        if last.kind in ("np", "place"):
            if last.prep and best.gender == "m" and not best.pronoun and self._feminine_next(sentence, i):
                return None  # يؤكد مع نظيره حرص المملكة: a masculine verb has no feminine subject
            if (
                best.pronoun and best.tense == "perfect" and not best.conj and not last.prep and last.definite and last.parties
                and len(out) > 1 and out[-2].kind == "verb" and any(self.lexicon.noun_lexemes[n.lexeme].senses for n in word.nouns)
            ):  # fmt: skip
                return None  # جددت قطر دعمها: two perfects do not follow each other
            governor = _verb_before(out) if last.parties else None
            if governor is not None and governor.verb is not None and not best.conj and not best.pronoun:
                sensed = any(self.lexicon.noun_lexemes[n.lexeme].senses for n in word.nouns)
                governs = self.lexicon.verb_lexemes[governor.verb.lexeme].governs
                second = best.tense == "perfect" and sentence.tokens[governor.i].form.lstrip("وف") not in _auxiliary
                if sensed and ("aspect_verbs" in governs or second):
                    return None  # أعلن الرئيس سحب قواته: what is announced, not a second verb
            if (
                last.parties
                and (last.definite or (last.party is not None and last.party.name))
                and not (last.prep and not last.party)
            ):
                return best
            if last.parties and not last.definite:
                return best
            return best if last.definite and not last.senses else None
        return None

    def _feminine_next(self, sentence: Sentence, i: int) -> bool:
        """Whether the next word is a definite feminine noun that could be the doer."""
        following = sentence.words[i + 1] if i + 1 < len(sentence.words) else None
        if following is None or not (following.form.startswith("ال") and following.form.endswith("ه")):
            return False
        noun = self.parties.role_noun(following)
        return noun is not None and noun.number == "s" and not noun.pronoun and following.form[-2] != "ا"

    def possible(
        self, sentence: Sentence, out: list[Chunk], word: Word, i: int, chosen: VerbReading
    ) -> tuple[VerbReading, ...]:
        """The verb readings that are possible here: a jussive only where something governs it, participles apart from finite forms."""
        before = sentence.tokens[i - 1].form if i else ""
        last = out[-1] if out else None
        jussive_ok = before in self.jussive_after or (
            last is not None and last.kind in ("neg", "comp", "sub") and last.value != "contrast"  # لكن يجب على
        )
        finite = chosen.tense != "participle"
        rest = [
            r for r in word.verbs
            if r is not chosen and (r.tense != "participle") == finite and r.pronoun == chosen.pronoun
            and (r.voice != "p" or chosen.voice == "p") and (r.tense != "jussive" or jussive_ok or r.lam)
        ]  # fmt: skip
        return (chosen, *rest)

    def verb_parts(self, readings: tuple[VerbReading, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """All trigger senses and cues of the readings."""
        senses: list[int] = []
        cues: list[int] = []
        for reading in readings:
            lexeme = self.lexicon.verb_lexemes[reading.lexeme]
            senses.extend(s for s in lexeme.senses if s not in senses)
            cues.extend(c for c in lexeme.cues if c not in cues)
        return tuple(senses), tuple(cues)

    def _best_verb(self, finite: list[VerbReading]) -> VerbReading:
        """Prefer the reading with a meaning for the coder, then third person, then active."""

        def worth(r: VerbReading) -> tuple[int, int, int, int]:
            lexeme = self.lexicon.verb_lexemes[r.lexeme]
            return (
                0 if lexeme.senses or lexeme.cues else 1 if lexeme.governs else 2,
                0 if r.person == 3 else 1,
                0 if r.tense in ("perfect", "imperfect") else 1,
                0 if r.voice != "p" else 1,
            )

        return min(finite, key=worth)

    def _agreeing(self, sentence: Sentence, i: int, finite: list[VerbReading], best: VerbReading) -> VerbReading:
        """تعرض الوزير، تعرض الحكومة: a masculine perfect or a feminine imperfect, as the noun after it has it."""
        if sentence.tokens[i].form.lstrip("وف")[:1] != "ت" or best.pronoun or best.conj:
            return best
        perfect = next(
            (r for r in finite if r.tense == "perfect" and (r.gender, r.number, r.person) == ("m", "s", 3)), None
        )
        imperfect = next(
            (r for r in finite if r.tense == "imperfect" and (r.gender, r.number, r.person) == ("f", "s", 3)), None
        )
        following = sentence.words[i + 1] if i + 1 < len(sentence.words) else None
        if (
            perfect is None
            or imperfect is None
            or perfect.pronoun
            or following is None
            or best not in (perfect, imperfect)
        ):
            return best
        noun = self.parties.role_noun(following)
        if noun is None or noun.conj or noun.prep or noun.pronoun:
            return best
        kind = self.lexicon.roles[self.lexicon.noun_lexemes[noun.lexeme].role or 0].kind
        if noun.number == "s" and kind == "person":
            return imperfect if following.form.endswith("ه") else perfect
        return best

    def _construct(self, sentence: Sentence, i: int) -> bool:
        """وفدي، ممثلو: a dual or sound plural that has lost its nun needs a genitive after it."""
        word = sentence.words[i]
        if word is None or not word.nouns or word.form.startswith("ال"):
            return False
        return all(n.bound and n.number in ("d", "p") and not n.pronoun for n in word.nouns) and word.form.endswith(
            ("ي", "و", "ا")
        )

    def _long_name(self, sentence: Sentence, i: int) -> bool:
        """Whether a place's or body's name of several words begins here."""
        word = sentence.words[i]
        if word is None or not word.name:
            return False
        names = self.names.names_at(sentence.tokens, sentence.words, i, len(sentence.tokens))
        if names is None or names.j < i + 2 or names.cost:
            return False
        chosen = self.names.choose_name(names, set(), place_expected=True)
        return chosen is not None and chosen.way in ("place", "name")

    def _name_here(self, sentence: Sentence, i: int) -> bool:
        form = sentence.tokens[i].form
        return form in self.names.given and form in self.names.surnames

    def _participle(
        self, sentence: Sentence, out: list[Chunk], word: Word, readings: list[VerbReading], i: int
    ) -> VerbReading | None:
        """مؤكدا، محذرة: an adverb of state after a clause, never after a noun it would only describe."""
        if not readings or word.nisba:
            return None
        form = sentence.tokens[i].form
        last = out[-1] if out else None
        apart = last is not None and last.kind == "mark"
        if form in self.names.nouns:
            return None  # مدينة is no participle of أدان
        if self.parties.role_noun(word) is not None and not (
            apart and (form.endswith("ا") or _spoke_before(out, form))
        ):
            return None
        if last is not None and last.kind in ("comp", "sub", "neg", "verb", "rel") and not readings[0].conj:
            return None
        if word.nouns and not (last is not None and last.kind == "mark"):
            return None
        listed = last is not None and last.kind == "np" and not last.definite and not last.parties  # صحة وعافية
        joined = bool(readings[0].conj) and (not listed or _spoke_before(out, form))
        if form.endswith("ه") and not (last is None or last.kind in ("mark", "quote") or joined):
            return None
        if last is not None and last.kind == "np" and not last.parties and not last.definite and not readings[0].conj:
            return None
        return next(
            (
                r
                for r in readings
                if self.lexicon.verb_lexemes[r.lexeme].senses or self.lexicon.verb_lexemes[r.lexeme].cues
            ),
            None,
        )


def _perfect(word: Word | None) -> bool:
    """Whether a word can be a verb in the perfect."""
    return word is not None and any(v.tense == "perfect" and v.cost <= 1 for v in word.verbs)


def _spoke_before(out: list[Chunk], form: str) -> bool:
    """قالت الوزارة إن ...، داعية الدول العربية إلى: after a feminine speaker the form is her participle, no preacher or defendant."""
    return form.endswith("ه") and any(
        c.kind == "verb" and c.verb is not None and c.verb.gender == "f" and (c.cues or c.senses) for c in out
    )


_auxiliary = {"كان", "كانت", "كانوا", "عاد", "عادت", "بات", "باتت", "اصبح", "اصبحت", "ظل", "ظلت", "يكون", "تكون"}


def _verb_before(out: list[Chunk]) -> Chunk | None:
    """The verb before its subject and the phrases with preposition that follow it, no mark between them."""
    m = len(out) - 1
    while m > 0 and out[m].kind in ("np", "place") and out[m].prep:
        m -= 1
    if m > 0 and out[m].kind == "np" and out[m].parties and not out[m].prep and out[m - 1].kind == "verb":
        return out[m - 1]
    return None


def _awaits_object(out: list[Chunk]) -> bool:
    """بدأ الجيش، فجر الأحد، ...: whether an aside of time closes after a verb that has a subject and no object yet."""
    if len(out) > 2 and out[-1].kind == "time" and not out[-1].prep:
        before = out[:-1]  # قررت الحكومة الأحد طرد السفير
    elif len(out) > 4 and out[-1].is_comma:
        m = len(out) - 2
        while m > 0 and len(out) - m < 7 and (out[m].kind in ("time", "adv", "place") or out[m].prep):
            m -= 1
        if not out[m].is_comma or not any(c.kind == "time" for c in out[m:]):
            return False
        before = out[:m]
    else:
        return False
    verb = _verb_before(before)
    return verb is not None and (out[0] is verb or out[out.index(verb) - 1].kind not in ("rel", "comp", "sub"))


def _in_purpose(out: list[Chunk]) -> bool:
    """Whether the chunks end in a phrase of purpose: an indefinite noun after ل and what depends on it."""
    for chunk in reversed(out):
        if chunk.kind not in ("np", "place", "pron"):
            return False
        if chunk.prep == "ل" and not chunk.definite and not chunk.parties and bool(chunk.senses):
            return True
    return False
