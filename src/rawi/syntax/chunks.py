"""Cut a sentence into chunks: verbs, noun phrases with their prepositions, particles, time words, marks.

1. Times are found beforehand and stand as one chunk each.
2. Fixed phrases (compound prepositions, openers, subordinators, hedges) come before single words.
3. A word that can be verb or noun is read by what stands before it.
4. Everything else is a noun phrase: a party, an event noun, or another noun with its adjectives.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rawi.lexicon.compiled import Compiled
from rawi.syntax.datelines import dateline_end
from rawi.syntax.noun_chunks import NounReader
from rawi.syntax.parties import PartyReader
from rawi.syntax.party import Party
from rawi.syntax.phrases import PhraseReader
from rawi.syntax.reading import Reading
from rawi.syntax.sentence import Chunk, Sentence
from rawi.syntax.verb_chunks import VerbFinder
from rawi.syntax.words import VerbReading, Word, WordReader
from rawi.text.tokens import Token

_compass = {"جنوب", "شمال", "شرق", "غرب", "وسط"}
_quote_marks = set("«»“”\"'‘’")
_many = {"عده", "عديده", "كثيره", "عديدون", "كثيرون"}


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
        self.phrases = PhraseReader(lexicon)
        self.nouns = NounReader(lexicon, self.words, self.names, self.numbers)

    def chunk(self, sentence: Sentence, known: set[str]) -> None:
        """Fill ``sentence.chunks``."""
        tokens, words = sentence.tokens, sentence.words
        sentence.times = [m for m in sentence.times if not self._within_name(tokens, words, m.i)]
        at = Reading(sentence, known)
        times, stop = at.times, at.stop
        i = dateline_end(sentence, self.lexicon, self.names) if sentence.opens else 0
        if i:
            at.out.append(Chunk("mark", 0, i))
            at.out[-1].value = "."
        while i < stop:
            word = words[i]
            if at.quant:
                self._count(at, word, i)
            else:
                at.begin = i
            if word is None:
                i = self._mark(at, i)
            elif word.number and i not in times:
                i = self._number(at, word, i)
            elif i in times:
                chunk = Chunk("time", i, times[i])
                if at.prep in ("قبل", "بعد", "منذ", "حتي"):
                    chunk.prep = at.prep
                at.out.append(chunk)
                i = times[i]
                at.prep = at.prep_role = at.quant = ""
            else:
                i = (
                    (word.phrase and self._phrase(at, word, i))
                    or (word.verbs and not at.prep and self._verb(at, word, i))
                    or (word.function is not None and self._particle(at, word, i))
                    or self._party(at, word, i)
                    or self._noun(at, word, i)
                )
        sentence.chunks = at.out

    def _count(self, at: Reading, word: Word | None, i: int) -> None:
        """دول عدة، وجرح نحو 60 في: a quantifier or number that no noun follows."""
        begin, out = at.begin, at.out
        if i == begin + 1 and at.tokens[begin].form in _many and out and out[-1].kind == "np" and out[-1].j == begin:
            out[-1].j = i  # دول عدة: the quantifier follows its noun
        elif i > begin and self._count_stands_alone(word):
            # "وجرح نحو 60 آخرين في": people who are only counted
            counted = Chunk("np", begin, i)
            counted.prep, counted.prep_role, counted.conj, counted.quant = at.prep, at.prep_role, at.conj, at.quant
            counted.value = "counted"
            out.append(counted)
        else:
            return
        at.clear()
        at.begin = i

    def _mark(self, at: Reading, i: int) -> int:
        """A mark of its own; return the token after it, as all steps below do."""
        mark = at.tokens[i].form
        quote = mark in _quote_marks
        chunk = Chunk("quote" if quote else "mark", i, i + 1)
        chunk.value = mark
        at.out.append(chunk)
        if not quote and mark not in "()":
            at.clear()
        return i + 1

    def _number(self, at: Reading, word: Word, i: int) -> int:
        """A number in digits or words before a counted noun."""
        at.quant = at.quant or "number"
        for split in word.splits:
            if split.rest in self.numbers:
                at.conj, at.prep = at.conj or split.conj, at.prep or split.prep
                break
        return i + 1

    def _reiterates(self, at: Reading, i: int) -> bool:
        """، مجددا دعم بلاده: the participle before what is said again, not the adverb."""
        if at.tokens[i].form != "مجددا" or not at.out or at.out[-1].kind != "mark" or i + 1 >= at.stop:
            return False
        following = at.words[i + 1]
        return following is not None and any(self.lexicon.noun_lexemes[n.lexeme].senses for n in following.nouns)

    def _phrase(self, at: Reading, word: Word, i: int) -> int:
        """A fixed phrase, or 0 where none begins or it is to be read word by word."""
        phrase = self.names.match(self.lexicon.phrases, at.tokens, at.words, i, at.stop)
        special = self.phrases.kind_of(phrase, at.tokens, at.words, at.stop) if phrase is not None else None
        if phrase is None or special is None:
            return 0
        kind, value = special
        if kind == "adv" and self._reiterates(at, i):
            return 0
        if kind == "honorific":
            at.prep, at.conj = at.prep or phrase.prep, at.conj or phrase.conj
            return phrase.j
        if kind == "quant":
            at.quant, at.conj, at.prep = value, at.conj or phrase.conj, at.prep or phrase.prep
            return phrase.j
        if kind == "cprep":
            at.prep, at.prep_role = at.sentence.text(i, phrase.j), value
            if phrase.conj:
                at.conj = phrase.conj
                at.prep = at.prep[1:]
            return phrase.j
        chunk = Chunk(kind, i, phrase.j)
        chunk.conj, chunk.value = phrase.conj, value
        if kind == "comp" and value == "الي ان":
            chunk.prep = "الي"
        elif kind == "cue":
            chunk.cues = tuple(p[1] for p in phrase.payloads if isinstance(p, tuple) and p[0] == "cue")
        elif kind == "event":
            chunk.kind = "np"
            chunk.senses = tuple(int(p[1]) for p in phrase.payloads if isinstance(p, tuple) and p[0] == "sense")
            chunk.prep, chunk.prep_role, chunk.quant = at.prep or phrase.prep, at.prep_role, at.quant
            chunk.definite = phrase.rest.startswith("ال")
            chunk.gen = at.is_genitive(chunk)
            chunk.j = self.nouns.adjectives_after(at, chunk)
            chunk.conj = chunk.conj or at.conj
        return at.add(chunk)

    def _verb(self, at: Reading, word: Word, i: int) -> int:
        """A verb or a participle that governs as one, or 0."""
        verb: VerbReading | None = self.verbs.verb_at(at.sentence, at.out, i, at.prep)
        if verb is None:
            return 0
        chunk = Chunk("verb" if verb.tense != "participle" else "participle", i, i + 1)
        chunk.verb, chunk.conj, chunk.pronoun = verb, verb.conj or at.conj, verb.pronoun
        chunk.readings = self.verbs.possible(at.sentence, at.out, word, i, verb)
        chunk.senses, chunk.cues = self.verbs.verb_parts(chunk.readings)
        alike = (r.lexeme for r in word.verbs if r.number == verb.number and r.future == verb.future)
        chunk.lexemes = tuple(dict.fromkeys((verb.lexeme, *alike)))
        return at.add(chunk)

    def _particle(self, at: Reading, word: Word, i: int) -> int:
        """A preposition, which waits for its noun, or another particle; 0 for none."""
        function = word.function
        if (
            function is None
            or self._noun_beats_function(word, at.prep)
            or self._long_name(at.tokens, at.words, i, at.stop)
        ):
            return 0
        if function.kind == "prep":
            if function.base == "من" and at.quant and not function.pronoun:
                return i + 1  # أربعة من حراس: the party is what is counted
            if function.pronoun:
                chunk = Chunk("pron", i, i + 1)
                chunk.prep, chunk.pronoun, chunk.conj = function.base, function.pronoun, function.conj
                return at.add(chunk)
            if at.prep in ("في", "علي", "الي", "من", "نحو") and function.base in _compass:
                at.prep_role = ""  # على جنوب لبنان: the side is a noun here
            else:
                at.prep, at.prep_role, at.conj = function.base, "", function.conj or at.conj
            return i + 1
        if function.kind == "dem":
            return i + 1
        chunk = Chunk(function.kind, i, i + 1)
        chunk.conj, chunk.value, chunk.pronoun = function.conj, function.base, function.pronoun
        if function.kind == "comp":
            chunk.prep = "ب" if function.base == "بان" else at.prep
        return at.add(chunk)

    def _party(self, at: Reading, word: Word, i: int) -> int:
        """A party, or 0."""
        tokens, words = at.tokens, at.words
        following = bisect_right(at.starts, i)
        until = at.starts[following] if following < len(at.starts) else at.stop
        found = self.parties.fellow(tokens, words, i, until, _office_before(at.out)) or self.parties.read(
            tokens, words, i, until, at.known
        )
        if (
            not found
            or self._event_beats_party(word, found[0])
            or self._joined_adjective(at.sentence, word, found[0], i)
        ):
            return 0
        first = found[0]
        chunk = Chunk("np" if first.kind != "place" else "place", i, max(p.j for p in found))
        chunk.parties = found
        conj, prep = self._split_of(word, first, tokens, words)
        first.clip = len(conj) + (len(prep) if not word.form[len(conj) :].startswith("لل") else 0)
        chunk.conj, chunk.prep, chunk.prep_role = conj or at.conj, at.prep or prep, at.prep_role
        chunk.definite, chunk.quant = first.definite, at.quant
        chunk.gen = at.is_genitive(chunk)
        chunk.pronoun = first.head
        chunk.accusative = not at.quant and _accusative(tokens, first)
        return at.add(chunk)

    def _noun(self, at: Reading, word: Word, i: int) -> int:
        """A noun that names no party: an event noun, or any other noun with its adjectives."""
        chunk = self.nouns.noun_chunk(at, word, i)
        chunk.gen = at.is_genitive(chunk)
        return at.add(chunk)

    def _within_name(self, tokens: Sequence[Token], words: Sequence[Word | None], t: int) -> bool:
        """حزب الغد: a word of time inside a name of several words tells no time."""
        if tokens[t].form == "اليوم":
            return self._in_name(tokens, words, t)
        name = self.names.names_at(tokens, words, t - 1, len(tokens)) if t and words[t - 1] is not None else None
        return name is not None and name.j > t

    def _in_name(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int) -> bool:
        """روسيا اليوم، المصري اليوم، اليوم السابع: a name of the lexicon that holds a word of time."""
        for start in (i - 1, i):
            word = words[start] if start >= 0 else None
            if word is None:
                continue
            found = self.names.names_at(tokens, words, start, len(tokens))
            if found is not None and found.j > i and found.j - start > 1:
                quoted = start > 0 and tokens[start - 1].form in _quote_marks
                before = words[start - 1] if start else None
                medium = before is not None and any(
                    (role := self.lexicon.noun_lexemes[n.lexeme].role) is not None
                    and self.lexicon.roles[role].kind == "medium"
                    for n in before.nouns
                )
                if quoted or medium:
                    return True
        return False

    def _noun_beats_function(self, word: Word, prep: str) -> bool:
        function = word.function
        if function is None or not word.nouns or function.pronoun:
            return False
        cost = 1 if function.conj else 0
        return word.nouns[0].cost < cost or (word.nouns[0].cost == cost and bool(prep) and function.kind != "prep")

    def _count_stands_alone(self, word: Word | None) -> bool:
        """Say whether a number or quantifier before token ``i`` has no noun after it."""
        if word is None:
            return True
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


def _office_before(out: list[Chunk]) -> Party | None:
    """The office holder at the end of the chunks read so far, over a comma."""
    k = len(out) - 1
    if k > 0 and out[k].is_comma:
        k -= 1
    party = out[k].parties[-1] if k >= 0 and out[k].parties else None
    return party if party is not None and party.kind == "role" and party.role is not None else None


def _accusative(tokens: Sequence[Token], party: Party) -> bool:
    """قياديا في الحركة، جنديا إسرائيليا: alef of tanwin on the head and on an adjective after it."""
    if party.number not in ("s", "d") or party.way or party.kind in ("state", "place", "person") or party.head:
        return False
    head = tokens[party.i].form
    if not head.endswith("ا") or (head.endswith("يا") and len(head) < 5) or head.startswith("ال"):
        return False
    second = tokens[party.i + 1].form if party.j > party.i + 1 else ""
    return not second or second.endswith("ا") or second in ("في", "من", "ب", "ل")
