"""Cut a sentence into chunks: verbs, noun phrases with their prepositions, particles, time words, marks.

1. Times are found beforehand and stand as one chunk each.
2. Fixed phrases (compound prepositions, openers, subordinators, hedges) come before single words.
3. A word that can be verb or noun is read by what stands before it.
4. Everything else is a noun phrase: a party, an event noun, or another noun with its adjectives.
"""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.compiled import Compiled, Name
from rawi.syntax.datelines import dateline_end
from rawi.syntax.names import Match
from rawi.syntax.parties import PartyReader, looks_adjective
from rawi.syntax.party import Party, before_place
from rawi.syntax.sentence import Chunk, Sentence
from rawi.syntax.verb_chunks import VerbFinder
from rawi.syntax.words import Word, WordReader
from rawi.text.tokens import Token


def _office_before(out: list[Chunk]) -> Party | None:
    """The office holder at the end of the chunks read so far, over a comma."""
    k = len(out) - 1
    if k > 0 and out[k].kind == "mark" and out[k].value in "،,":
        k -= 1
    party = out[k].parties[-1] if k >= 0 and out[k].parties else None
    return party if party is not None and party.kind == "role" and party.role is not None else None


boundary_marks = set(".!?؟؛…\n")
# What one is in after في حالة, where no condition is meant.
_conditions = {"تاهب", "استنفار", "طواري", "حرب", "غيبوبه", "خطيره", "حرجه", "ذعر", "هلع", "صدمه", "غضب", "شلل"}
_compass = {"جنوب", "شمال", "شرق", "غرب", "وسط"}
quote_marks = set("«»“”\"'‘’")
_many = {"عده", "عديده", "كثيره", "عديدون", "كثيرون"}
_verb_openers = {"قد", "لقد", "لم", "لن", "لا", "سوف", "كان", "كانت", "كانوا", "ما", "هل"}


class ChunkReader:
    """Reads sentences into chunks with one lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self.lexicon = lexicon
        self.words = WordReader(lexicon)
        self.parties = PartyReader(lexicon, self.words)
        self.names = self.parties.names
        self.verbs = VerbFinder(lexicon, self.parties, {"لم", "لا", "لن", "ان", "كي", "لكي", "حتي", "الا"})
        self.numbers = {
            w
            for name in ("cardinals", "teens", "tens", "hundreds", "scales", "duals")
            for w in lexicon.words.get(name, ())
            if " " not in w
        }
        self.adjectives = lexicon.words.get("adjectives", {})

    def chunk(self, sentence: Sentence, known: set[str]) -> None:
        """Fill ``sentence.chunks``."""
        out: list[Chunk] = []
        tokens, words = sentence.tokens, sentence.words
        sentence.times = [m for m in sentence.times if not self._within_name(tokens, words, m.i)]
        times = {m.i: m.j for m in sentence.times}
        time_starts = sorted(times)
        stop = len(tokens)
        i = dateline_end(sentence, self.lexicon, self.names) if sentence.opens else 0
        if i:
            out.append(Chunk("mark", 0, i))
            out[-1].value = "."
        prep = prep_role = quant = conj = ""
        begin = 0  # where the phrase begins that the next noun belongs to, its numbers and quantifiers included
        while i < stop:
            word = words[i]
            if not quant:
                begin = i
            elif i == begin + 1 and tokens[begin].form in _many and out and out[-1].kind == "np" and out[-1].j == begin:
                out[-1].j = i  # دول عدة: the quantifier follows its noun
                prep = prep_role = quant = conj = ""
                begin = i
            elif i > begin and self._count_stands_alone(word, i, stop):
                # "وجرح نحو 60 آخرين في": people who are only counted
                counted = Chunk("np", begin, i)
                counted.prep, counted.prep_role, counted.conj, counted.quant, counted.value = (
                    prep,
                    prep_role,
                    conj,
                    quant,
                    "counted",
                )
                out.append(counted)
                prep = prep_role = quant = conj = ""
                begin = i
            if word is None:
                mark = tokens[i].form
                out.append(Chunk("quote" if mark in quote_marks else "mark", i, i + 1))
                out[-1].value = mark
                if mark not in quote_marks and mark not in "()":
                    prep = prep_role = quant = conj = ""
                i += 1
                continue
            if self._is_number(word, i, times):
                quant = quant or "number"
                for split in word.splits:
                    if split.rest in self.numbers:
                        conj, prep = conj or split.conj, prep or split.prep
                        break
                i += 1
                continue
            if i in times:
                chunk = Chunk("time", i, times[i])
                if prep in ("قبل", "بعد", "منذ", "حتي"):
                    chunk.prep = prep
                out.append(chunk)
                i = times[i]
                prep = prep_role = quant = ""
                continue
            phrase = self.names.match(self.lexicon.phrases, tokens, words, i, stop)
            if phrase is not None:
                special = self._phrase_chunk(phrase, tokens, words, i, stop, prep)
                if special is not None:
                    kind, value = special
                    if kind == "honorific":
                        prep, conj = prep or phrase.prep, conj or phrase.conj
                        i = phrase.j
                        continue
                    if kind == "quant":
                        quant, i = value, phrase.j
                        conj = conj or phrase.conj
                        if phrase.prep:
                            prep = prep or phrase.prep
                        continue
                    if kind == "cprep":
                        prep, prep_role = sentence.text(i, phrase.j), value
                        first = words[i]
                        if phrase.conj and first is not None:
                            conj = phrase.conj
                            prep = prep[1:]
                        i = phrase.j
                        continue
                    chunk = Chunk(kind, i, phrase.j)
                    chunk.conj, chunk.value = phrase.conj, value
                    if kind == "comp" and value == "الي ان":
                        chunk.prep = "الي"
                    if kind == "cue":
                        chunk.cues = tuple(p[1] for p in phrase.payloads if isinstance(p, tuple) and p[0] == "cue")
                    if kind == "event":
                        chunk.kind = "np"
                        chunk.senses = tuple(
                            int(p[1]) for p in phrase.payloads if isinstance(p, tuple) and p[0] == "sense"
                        )
                        chunk.prep, chunk.prep_role, chunk.quant = prep or phrase.prep, prep_role, quant
                        chunk.definite = phrase.rest.startswith("ال")
                        chunk.gen = self._is_genitive(out, begin, chunk)
                        chunk.j = self._adjectives(sentence, chunk, stop)
                        chunk.conj = chunk.conj or conj
                    out.append(chunk)
                    i = chunk.j
                    prep = prep_role = quant = conj = ""
                    continue
            verb = self.verbs.verb_at(sentence, out, i, prep)
            if verb is not None:
                chunk = Chunk("verb" if verb.tense != "participle" else "participle", i, i + 1)
                chunk.verb, chunk.conj, chunk.pronoun = verb, verb.conj or conj, verb.pronoun
                chunk.readings = self.verbs.possible(sentence, out, word, i, verb)
                chunk.senses, chunk.cues = self.verbs.verb_parts(chunk.readings)
                chunk.lexemes = tuple(
                    dict.fromkeys(
                        (
                            verb.lexeme,
                            *(r.lexeme for r in word.verbs if r.number == verb.number and r.future == verb.future),
                        )
                    )
                )
                out.append(chunk)
                i += 1
                prep = prep_role = quant = conj = ""
                continue
            function = word.function
            if (
                function is not None
                and not self._noun_beats_function(word, out, prep)
                and not self._long_name(tokens, words, i, stop)
            ):
                if function.kind == "prep":
                    if function.base == "من" and quant and not function.pronoun:
                        i += 1  # أربعة من حراس: the party is what is counted
                        continue
                    if function.pronoun:
                        chunk = Chunk("pron", i, i + 1)
                        chunk.prep, chunk.pronoun, chunk.conj = function.base, function.pronoun, function.conj
                        out.append(chunk)
                        prep = prep_role = quant = conj = ""
                    elif prep in ("في", "علي", "الي", "من", "نحو") and function.base in _compass:
                        prep_role = ""  # على جنوب لبنان: the side is a noun here
                    else:
                        prep, prep_role, conj = function.base, "", function.conj or conj
                    i += 1
                    continue
                chunk = Chunk(function.kind, i, i + 1)
                chunk.conj, chunk.value, chunk.pronoun = function.conj, function.base, function.pronoun
                if function.kind == "comp":
                    chunk.prep = "ب" if function.base == "بان" else prep
                out.append(chunk)
                i += 1
                if function.kind not in ("dem",):
                    prep = prep_role = quant = conj = ""
                else:
                    out.pop()
                continue
            until = next((t for t in time_starts if t > i), stop)
            found = self.parties.fellow(tokens, words, i, until, _office_before(out)) or self.parties.read(
                tokens, words, i, until, known
            )
            if (
                found
                and not self._event_beats_party(word, found[0])
                and not self._joined_adjective(sentence, word, found[0], i)
            ):
                first_party = found[0]
                chunk = Chunk("np" if first_party.kind != "place" else "place", i, max(p.j for p in found))
                chunk.parties = found
                taken = self._split_of(word, first_party, tokens, words)
                chunk.conj = taken[0] or conj
                first_party.clip = len(taken[0]) + (
                    len(taken[1]) if not word.form[len(taken[0]) :].startswith("لل") else 0
                )
                chunk.prep, chunk.prep_role = prep or taken[1], prep_role
                chunk.definite, chunk.quant = first_party.definite, quant
                chunk.gen = self._is_genitive(out, begin, chunk)
                chunk.pronoun = first_party.head
                chunk.accusative = not quant and _accusative(tokens, first_party)
                chunk.senses = ()
                out.append(chunk)
                i = chunk.j
                prep = prep_role = quant = conj = ""
                continue
            chunk = self._noun_chunk(sentence, i, stop, prep, prep_role, quant, conj)
            chunk.gen = self._is_genitive(out, begin, chunk)
            out.append(chunk)
            i = chunk.j
            # "عدد من"، "كل من": a counting noun and its من hand everything to the noun after them
            prep = prep_role = quant = conj = ""
        sentence.chunks = out

    def _within_name(self, tokens: Sequence[Token], words: Sequence[Word | None], t: int) -> bool:
        """حزب الغد: a word of time inside a name of several words tells no time."""
        if tokens[t].form == "اليوم":
            return self._in_name(tokens, words, t, t + 1)
        name = self.names.names_at(tokens, words, t - 1, len(tokens)) if t and words[t - 1] is not None else None
        return name is not None and name.j > t

    def _phrase_chunk(
        self, match: Match, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int, prep: str
    ) -> tuple[str, str] | None:
        """Say what a matched phrase is, or None where it should be read word by word."""
        kinds: dict[str, str] = {}
        for payload in match.payloads:
            if isinstance(payload, tuple) and len(payload) >= 2:
                kinds.setdefault(str(payload[0]), str(payload[1]))
        if "role" in kinds:
            return None
        if "honorifics" in kinds:
            return ("honorific", "") if match.j - i > 1 else None
        long = match.j - i > 1
        if "sense" in kinds:
            return "event", ""
        if "cue" in kinds:
            return "cue", ""
        if match.rest == "الي" and match.j - i == 2 and tokens[match.j - 1].form != "ذلك":
            return "comp", "الي ان"  # دعا إلى أن, أشار إلى أن; "until" is rare in news
        following = words[match.j] if match.j < stop else None
        verb_next = bool(following and following.verbs and not following.nouns and not following.time)
        if match.rest == "طالما" and match.prep == "ل":
            return "mod", "ongoing_cues:always"  # لطالما
        if "subordinators" in kinds and (
            kinds["subordinators"]
            and (
                verb_next
                or match.rest.endswith("ان")
                or (
                    following is not None
                    and following.function is not None
                    and following.function.kind in ("comp", "neg", "perf")
                )
                or "compound_prepositions" not in kinds
            )
        ):
            word = words[i]
            if long or verb_next or word is None or word.function is None or word.function.kind != "prep":
                return "sub", kinds["subordinators"]
        if "compound_prepositions" in kinds and (long or kinds["compound_prepositions"] not in ("",)):
            return "cprep", kinds["compound_prepositions"]
        if "discourse_openers" in kinds:
            if (
                match.rest.lstrip("ب").startswith("دور")
                and following is not None
                and following.function is not None
                and following.function.base == "في"
            ):
                return None  # اشتهرت بدورها في الوساطة
            if self._inside_clause(words, i):
                return "adv", ""  # والتقى الرئيس في وقت لاحق نظيره
            return "opener", kinds["discourse_openers"]
        if match.rest == "في" and "conditionals" in kinds and following is not None and following.bases & _conditions:
            return None
        for name in ("negating", "hedges", "planned_cues", "ongoing_cues", "conditionals", "hopes"):
            if name in kinds and (long or words[i] is None or not words[i].verbs):  # type: ignore[union-attr]
                return "mod", f"{name}:{kinds[name]}"
        if "negator_idioms" in kinds or "same_words" in kinds:
            return "adv", ""
        if "frame_nouns" in kinds and long:
            return "frame", kinds["frame_nouns"]
        if "complementizers" in kinds and long:
            return "comp", ""
        if "quantifiers" in kinds:
            word = words[i]
            if (
                not long
                and word is not None
                and word.nouns
                and any(self.lexicon.noun_lexemes[n.lexeme].senses for n in word.nouns)
            ):
                return None
            return "quant", kinds["quantifiers"]
        if match.rest == "من جهه" and words[match.j - 1] is not None:
            joined = following is None or following.form.startswith("و")
            return ("adv", "") if joined else None  # بين الحكومة من جهة والمتمردين من جهة أخرى
        if "adverbs" in kinds:
            first_word = words[i]
            if match.rest == "وحده" and first_word is not None and first_word.function is None:
                return None  # وحدة عسكرية
            return "adv", "detail" if match.rest == "بما" else ""
        return None

    def _inside_clause(self, words: Sequence[Word | None], i: int) -> bool:
        """Whether a phrase stands between a verb and what follows it, no mark or conjunction before it."""
        before = words[i - 1] if i > 1 else None
        later = words[i + 1] if i + 1 < len(words) else None
        return (
            before is not None
            and (before.function is None or before.function.kind == "prep")
            and later is not None
            and later.form == "وقت"
        )

    def _noun_beats_function(self, word: Word, out: list[Chunk], prep: str) -> bool:
        function = word.function
        if function is None or not word.nouns or function.pronoun:
            return False
        cost = 1 if function.conj else 0
        return word.nouns[0].cost < cost or (word.nouns[0].cost == cost and bool(prep) and function.kind != "prep")

    def _role_as_adjective(self, word: Word, head: str, form: str, definite: bool) -> bool:
        """هجمات إرهابية، جماعة مسلحة: a feminine singular that could head a party describes the noun before it."""
        noun = word.nouns[0]
        if noun.conj or noun.prep or noun.pronoun or noun.definite != definite or form in ("جندي", "شرطي", "دركي"):
            return False
        if noun.number == "d" and form.endswith("ي") and not definite:
            return True  # اجتماع إقليمي: not "the two regions of"
        if noun.number != "s":
            return False
        if any(self.lexicon.noun_lexemes[n.lexeme].senses for n in word.nouns):
            return False
        role = self.lexicon.noun_lexemes[noun.lexeme].role
        if role is None or self.lexicon.roles[role].kind not in ("people", "person"):
            return False
        if form.endswith("ه"):
            return head.endswith(("ه", "ات", "ت")) or head[-1:] not in "ينو"
        return form.endswith("ي") or (form.endswith("ا") and head.endswith("ا")) or form.startswith("م")

    def _count_stands_alone(self, word: Word | None, i: int, stop: int) -> bool:
        """Say whether a number or quantifier before token ``i`` has no noun after it."""
        if word is None:
            return word is None
        function = word.function
        return function is not None and function.kind in ("prep", "rel", "comp", "conj") and function.base != "من"

    def _joined_adjective(self, sentence: Sentence, word: Word, party: Party, i: int) -> bool:
        """السياسي والاقتصادي والعسكري: adjectives joined to an adjective, though each could head a party."""
        if (
            i == 0
            or party.j - party.i != 1
            or party.way
            or party.name is not None
            or not any(n.conj == "و" and n.number == "s" for n in word.nouns)
        ):
            return False
        before, form = sentence.tokens[i - 1].form, sentence.tokens[i].form
        if form in ("والمعارضه", "والمقاومه"):
            return False  # الحكومة السورية والمعارضة
        return (
            form[1:3] == "ال"
            and form[-1] in "يه"
            and before.lstrip("و").startswith("ال")
            and before[-1] == form[-1]
            and word.nouns[0].number == "s"
        )

    def _in_name(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, j: int) -> bool:
        """روسيا اليوم، المصري اليوم، اليوم السابع: a name of the lexicon that holds a word of time."""
        if j - i > 2 or tokens[i].form != "اليوم":
            return False
        for start in (i - 1, i):
            word = words[start] if start >= 0 else None
            if word is None:
                continue
            found = self.names.names_at(tokens, words, start, len(tokens))
            if found is not None and found.j > i and found.j - start > 1:
                quoted = start > 0 and tokens[start - 1].form in quote_marks
                before = words[start - 1] if start else None
                medium = before is not None and any(
                    (role := self.lexicon.noun_lexemes[n.lexeme].role) is not None
                    and self.lexicon.roles[role].kind == "medium"
                    for n in before.nouns
                )
                if quoted or medium:
                    return True
        return False

    def _is_number(self, word: Word, i: int, times: dict[int, int]) -> bool:
        """A number in digits or words before a counted noun."""
        return word.number and i not in times

    def _long_name(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int) -> bool:
        """A name of several words may begin with a function word: جنوب السودان، لا إله."""
        names = self.names.names_at(tokens, words, i, stop)
        return names is not None and names.j > i + 1

    def _event_beats_party(self, word: Word, party: Party) -> bool:
        """A noun that is an event and heads parties alike (حكم، حركة): the party reading needs more than the bare word."""
        has_sense = any(self.lexicon.noun_lexemes[n.lexeme].senses for n in word.nouns)
        if not has_sense or party.kind == "person" or party.way:
            return False
        # مساعدة، مقاتلة: the feminine of a person noun is mostly the verbal noun
        return party.j - party.i == 1 or (word.form.endswith("ه") and party.name is None)

    def _split_of(
        self, word: Word, party: Party, tokens: Sequence[Token], words: Sequence[Word | None]
    ) -> tuple[str, str]:
        """Return the proclitics taken off the first word of a party."""
        if party.way or party.kind == "person":
            names = self.names.names_at(tokens, words, party.i, len(tokens))
            if names is not None:
                return names.conj, names.prep
        if party.role is not None:
            for noun in word.nouns:
                if self.lexicon.noun_lexemes[noun.lexeme].role is not None:
                    return noun.conj, noun.prep
            match = self.names.match(self.lexicon.phrases, tokens, words, party.i, len(tokens))
            if match is not None:
                return match.conj, match.prep
        if word.nisba:
            return word.nisba[0].conj, word.nisba[0].prep
        for split in word.splits:
            if split.rest in self.names.given or split.rest in self.names.honorifics:
                return split.conj, split.prep
        return "", ""

    def _is_genitive(self, out: list[Chunk], i: int, chunk: Chunk) -> bool:
        """Say whether a noun phrase hangs on the noun just before it (اجتماع وزراء الخارجية)."""
        if chunk.prep or chunk.conj or not out:
            return False
        last = out[-1]
        return (
            last.j == i and last.kind in ("np", "frame") and not last.definite and not last.pronoun and not last.parties
        )

    def _noun_chunk(
        self, sentence: Sentence, i: int, stop: int, prep: str, prep_role: str, quant: str, conj: str
    ) -> Chunk:
        """Read a noun that names no party: an event noun, or any other noun with its adjectives."""
        word = sentence.words[i]
        assert word is not None
        chunk = Chunk("np", i, i + 1)
        chunk.prep, chunk.prep_role, chunk.quant, chunk.conj = prep, prep_role, quant, conj
        if word.nouns:
            noun = word.nouns[0]
            chunk.noun = noun.lexeme
            senses: list[int] = []
            cues: list[int] = []
            for reading in word.nouns:
                lexeme = self.lexicon.noun_lexemes[reading.lexeme]
                senses.extend(s for s in lexeme.senses if s not in senses)
                cues.extend(c for c in lexeme.cues if c not in cues)
                if lexeme.framing and not chunk.value:
                    chunk.value = lexeme.framing
            chunk.senses, chunk.cues = tuple(senses), tuple(cues)
            chunk.conj = noun.conj or conj
            chunk.prep = prep or noun.prep
            chunk.definite, chunk.pronoun = noun.definite, noun.pronoun
        else:
            form = sentence.tokens[i].form
            for enclitic in ("ها", "هم", "هما", "ه"):
                if any(
                    s.rest.endswith(enclitic)
                    and (s.rest[: -len(enclitic)] in self.names.nouns or s.rest[: -len(enclitic)] == "بلاد")
                    and s.rest not in before_place  # منطقة is not "his logic"
                    for s in word.splits
                ):
                    chunk.pronoun = enclitic
                    break
            chunk.definite = form.startswith("ال") and len(form) > 3
            if word.nisba and prep_role in ("mediator", "host", "actor", "support"):
                chunk.nisba, chunk.nisba_at = word.nisba[0].entity, i  # بوساطة قطرية
            if form[0] == "و" and form[1:].removeprefix("ال") in before_place:
                chunk.conj = conj or "و"
            if form not in self.names.common:
                for split in word.splits[1:]:
                    if split.prep and (split.rest in self.names.common or self.words.read(split.rest).nouns):
                        chunk.prep, chunk.conj = prep or split.prep, split.conj or conj
                        chunk.definite = split.rest.startswith("ال")
                        break
            if not chunk.definite and not chunk.prep and word.splits:
                # an unknown word with a clear proclitic article: بالهدوء، والهدوء
                for split in word.splits[1:]:
                    if split.rest.startswith("ال") and len(split.rest) > 4:
                        chunk.definite, chunk.conj, chunk.prep = True, split.conj or conj, prep or split.prep
                        break
        chunk.j = self._adjectives(sentence, chunk, stop)
        return chunk

    def _adjectives(self, sentence: Sentence, chunk: Chunk, stop: int) -> int:
        """Take the adjectives after the head; a nisba among them is kept as the country or group it names."""
        k = chunk.j
        if chunk.pronoun:
            head = ""
        else:
            head = sentence.tokens[chunk.j - 1].form
        while k < min(stop, chunk.j + 5):
            word = sentence.words[k]
            if word is None or any(k == m.i for m in sentence.times):
                break
            form = sentence.tokens[k].form
            if form in self.numbers or form[0].isdigit():
                break
            pair = (
                self.names.names_at(sentence.tokens, sentence.words, k, stop) if word.nisba and k + 1 < stop else None
            )
            if pair is not None and pair.j > k + 1 and not pair.conj and not pair.prep:
                nation = next((p for p in pair.payloads if isinstance(p, Name) and p.way == "nisba"), None)
                if nation is not None:
                    chunk.nisba, chunk.nisba_at = nation.entity, k
                    k = pair.j
                    continue
            if (
                word.nisba
                and not self.names.is_state(word)
                and not word.nisba[0].prep
                and not word.nisba[0].conj
                and (word.nisba[0].number != "p" or not word.nisba[0].definite or form.endswith("ات"))
            ):
                if chunk.nisba is None:
                    chunk.nisba, chunk.nisba_at = word.nisba[0].entity, k
                k += 1
                continue
            if word.function or (word.verbs and not word.nouns):
                break
            names = self.names.names_at(sentence.tokens, sentence.words, k, stop)
            if names is not None and not names.conj and not names.prep:
                name = self.names.choose_name(names, {"*"})
                if name is not None and name.way == "nisba":
                    chunk.nisba, chunk.nisba_at = name.entity, k
                    k = names.j
                    continue
                if name is not None:
                    break
            if word.nouns and (
                any(
                    self.lexicon.noun_lexemes[n.lexeme].senses or self.lexicon.noun_lexemes[n.lexeme].role is not None
                    for n in word.nouns
                )
            ):
                if self._role_as_adjective(word, head, form, chunk.definite):
                    k += 1
                    continue
                break
            if form in self.names.common or form in self.names.given:
                if form not in self.adjectives:
                    break
                k += 1
                continue
            if chunk.definite and form.startswith("ال") and not chunk.pronoun:
                k += 1
                continue
            if (
                not chunk.definite
                and not form.startswith("ال")
                and head
                and not word.nouns
                and looks_adjective(head, form)
                and not any(s.prep and len(s.rest) > 3 and s.rest in self.names.nouns for s in word.splits)
                and k == chunk.j
            ):
                k += 1
                continue
            break
        return k


def _accusative(tokens: Sequence[Token], party: Party) -> bool:
    """قياديا في الحركة، جنديا إسرائيليا: alef of tanwin on the head and on an adjective after it."""
    if party.number not in ("s", "d") or party.way or party.kind in ("state", "place", "person") or party.head:
        return False
    head = tokens[party.i].form
    if not head.endswith("ا") or (head.endswith("يا") and len(head) < 5) or head.startswith("ال"):
        return False
    second = tokens[party.i + 1].form if party.j > party.i + 1 else ""
    return not second or second.endswith("ا") or second in ("في", "من", "ب", "ل")
