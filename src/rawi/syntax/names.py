"""Find names in tokens: phrases of the lexicon, names of persons, and what a name that means several actors means here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rawi.lexicon.compile import end
from rawi.lexicon.compiled import Compiled, Name
from rawi.syntax.words import Word, WordReader
from rawi.text.tokens import Token

name_length = 5
# verbal nouns of the derived forms, with the prepositions that join them to a verb (بتكريس، لاستعادة): never part of a name
_verbal = re.compile(r"[بلك](ت..ي.|[اإ]..ا.ه?|[اإ]ست..ا.ه?|[اإ](ن|.ت)..?ا.)")


def _verbal_noun(form: str) -> bool:
    return len(form) > 5 and _verbal.fullmatch(form) is not None


_kin = frozenset(
    ["اخيه", "اخوه", "اخاه", "شقيقه", "نجله", "ابنه", "زوجته", "صديقه", "والده", "عقيلته"]
)  # آل سعود وأخيه


class Match:
    """A phrase found in a trie of words: the tokens it covers and what it can be."""

    __slots__ = ("conj", "cost", "j", "payloads", "prep", "rest", "start")

    def __init__(self, start: int, j: int, payloads: list[object], conj: str, prep: str, cost: int, rest: str) -> None:
        self.start, self.j, self.payloads, self.conj, self.prep, self.cost, self.rest = (
            start,
            j,
            payloads,
            conj,
            prep,
            cost,
            rest,
        )


of_that_name = {"الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "العاشر"}


class NameReader:
    """Finds names with one lexicon."""

    def __init__(self, lexicon: Compiled, reader: WordReader) -> None:
        self.lexicon = lexicon
        self.reader = reader
        words = lexicon.words
        self.given = (
            set(words.get("arabic_male", ())) | set(words.get("arabic_female", ())) | set(words.get("foreign", ()))
        )
        self.surnames = set(words.get("surnames", ()))
        self.ambiguous = set(
            words.get("ambiguous", ())
        )  # words that are names and other words: part of a name once it has begun
        self.honorifics = set(words.get("honorifics", ()))
        self.particles = set(words.get("name_particles", ())) | {
            "بن",
            "ابن",
            "ال",
            "ابو",
            "عبد",
            "بنت",
            "ابي",
            "دي",
            "فان",
            "فون",
        }
        self.nouns = set(words.get("common_nouns", ()))
        self.adjectives = set(words.get("adjectives", ()))
        self.numbers = {
            w
            for name in ("cardinals", "tens", "hundreds", "scales", "quantifiers")
            for w in words.get(name, ())
            if " " not in w
        }
        self.common = self.nouns | self.adjectives
        for other in ("frame_nouns", "position_nouns", "negating_nouns"):  # خطوة، ضرورة: never a name
            self.common |= {w for w in words.get(other, ()) if " " not in w}

    def match(
        self, trie: dict[str, object], tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int
    ) -> Match | None:
        """Return the longest phrase of ``trie`` that begins at token ``i``, its proclitics taken off."""
        word = words[i]
        if word is None or not (word.name if trie is self.lexicon.names else word.phrase):
            return None
        best: Match | None = None
        for split in word.splits:
            node = trie.get(split.rest)
            if node is None:
                continue
            k = i + 1
            while True:
                assert isinstance(node, dict)
                payloads = node.get(end)
                if payloads is not None and (best is None or k > best.j or (k == best.j and split.cost < best.cost)):
                    best = Match(i, k, payloads, split.conj, split.prep, split.cost, split.rest)
                if k >= stop:
                    break
                following = words[k]
                child = node.get(tokens[k].form)
                if child is None and following is not None and following.splits:
                    # a phrase that ends in a joined preposition: وفقا لـ
                    for s in following.splits:
                        if s.prep and not s.conj and s.prep in node:
                            tail = node[s.prep].get(end)
                            if tail is not None and (best is None or k >= best.j):
                                best = Match(i, k, tail, split.conj, split.prep, split.cost, split.rest)
                            break
                if child is None:
                    break
                node = child
                k += 1
        return best

    def names_at(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int) -> Match | None:
        """Return the longest actor or place name at token ``i``."""
        return self.match(self.lexicon.names, tokens, words, i, stop)

    def is_state(self, word: Word) -> bool:
        """Say whether a word is the name of a state as it stands (روسيا، سوريا: also accusatives of nisbas)."""
        node = self.lexicon.names.get(word.form)
        payloads = node.get(end) if isinstance(node, dict) else None
        return payloads is not None and any(isinstance(p, Name) and p.way == "name" for p in payloads)

    def choose_name(self, match: Match, known: set[str], *, place_expected: bool = False) -> Name | None:
        """Pick what a name means here: a full name first, a short one only for an actor already introduced."""
        rank = {"person": 0, "name": 1, "seat": 2, "capital": 3, "member": 4, "place": 6}
        best: Name | None = None
        best_rank = 99
        for payload in match.payloads:
            if not isinstance(payload, Name):
                continue
            way = payload.way
            value = rank.get(way, 99)
            if way in ("place", "place?"):
                if match.conj == "ف" or match.prep == "ك":
                    continue  # فسرت، كسرت: verbs, not the town of Sirte
                if way == "place?" and (place_expected or match.prep == "ب"):
                    value = 7  # a town whose name is a common word, where a place is expected
            if way in ("short", "surname") and payload.entity in known:
                value = -1
            elif (
                way == "surname"
                and match.cost == 0
                and self._famous(match.rest, titled="*" in known)
                and match.rest not in self.common
                and not self._is_noun(match.rest)
            ):
                value = 5  # a famous surname stands for its bearer even when he was not introduced
            if way == "capital" and payload.entity in known and not self.shared_name(match, known):
                value = 0  # عمان in a report about Jordan
            if value < best_rank:
                best, best_rank = payload, value
        return best

    def _famous(self, form: str, *, titled: bool) -> bool:
        """Whether a surname may stand for its bearer unintroduced: short ones only after a title or where they are nothing else."""
        if len(form) > 4 or (titled and len(form) > 2):
            return True
        return len(form) == 4 and form not in self.given | self.ambiguous and not self.reader.read(form).verbs

    def _is_noun(self, form: str) -> bool:
        """الشاهد، المعلم: a surname that is a noun of parties or events stands for its bearer only when he was introduced."""
        return any(not n.pronoun and not n.prep and not n.conj for n in self.reader.read(form).nouns)

    @staticmethod
    def shared_name(match: Match, known: set[str]) -> bool:
        """Say whether a match is the name of a state that was introduced."""
        return any(isinstance(p, Name) and p.way == "name" and p.entity in known for p in match.payloads)

    def is_nisba_rather(self, word: Word, match: Match, name: Name) -> bool:
        """السودانية، الهندية: one word that is a village, a channel or a surname and a nationality alike is the nationality."""
        if (
            not word.nisba
            or match.j - match.start > 1
            or name.way not in ("place", "place?", "short", "surname", "person")
        ):
            return False
        return word.nisba[0].cost <= match.cost and self.lexicon.entities[word.nisba[0].entity].kind in (
            None,
            "state",
            "territory",
        )

    def begins_person(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int) -> bool:
        word = words[i]
        if word is None or word.function or i + 1 >= stop:
            return False
        rests = {s.rest for s in word.splits}
        if rests & self.honorifics:
            return True
        if self.servant_name(tokens, i, stop):
            return True
        if not rests & self.given or word.nouns or (word.verbs and tokens[i].form not in self.given):
            return False
        following = words[i + 1]
        if following is None or following.function is not None:
            return False
        form = tokens[i + 1].form
        return (
            form in self.given
            or form in self.surnames
            or form in self.particles
            or (not following.known and form not in self.common)
        )

    def _is_word(self, form: str) -> bool:
        return form in self.common or bool(self.reader.read(form).nouns)

    def _is_seat(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int) -> bool:
        """Whether a state or its capital is named at token ``i``."""
        found = self.names_at(tokens, words, i, stop)
        return found is not None and any(
            isinstance(p, Name)
            and (p.way == "capital" or (p.way == "name" and self.lexicon.entities[p.entity].kind in (None, "state")))
            for p in found.payloads
        )

    def servant_name(self, tokens: Sequence[Token], i: int, stop: int) -> bool:
        """عبد الجبار، عبد الوهاب: عبد before a word with ال is a given name, whatever the word."""
        return tokens[i].form == "عبد" and i + 1 < stop and tokens[i + 1].form.startswith("ال")

    def name_end(self, tokens: Sequence[Token], words: Sequence[Word | None], i: int, stop: int, *, title: bool) -> int:
        """Return the token after the person's name that begins at ``i``."""
        k = i
        taken = 0
        while k < min(stop, i + name_length + 2):
            word = words[k]
            form = tokens[k].form
            if word is None:
                if (
                    form in "-\u2013."
                    and k + 1 < stop
                    and words[k + 1] is not None
                    and 0 < taken < 3
                    and tokens[k - 1].stop == tokens[k].start
                    and tokens[k + 1].start == tokens[k].stop
                ):
                    k += 1
                    continue
                break
            if form.isdigit() or form in ("قوله", "قولها", "قولهم"):
                break
            if self.servant_name(tokens, k, stop):
                taken += 1
                k += 2
                after = tokens[k].form if k < stop else ""
                if after in self.numbers or (
                    taken > 1 and not after.startswith("ال") and after not in self.given and after not in self.surnames
                ):
                    break  # رامي عبد الرحمن مدير المرصد، شكر عبد القادر كل من ساهم
                continue
            if form in self.particles or form in self.honorifics:
                k += 1
                continue
            listed = form in self.given or form in self.surnames or (taken > 0 and form in self.ambiguous)
            if word.function is not None and not (listed and taken and word.function.kind not in ("prep", "comp")):
                break
            if listed:
                taken += 1
                k += 1
                continue
            if taken and form in of_that_name:
                k += 1  # عبد الله الثاني، محمد السادس
                break
            if form.startswith("ال"):
                if (
                    not taken
                    or word.nisba
                    or (word.nouns and form not in self.surnames)
                    or form in self.nouns
                    or form[2:] in self.nouns
                ):
                    break
                if form[2:] in self.adjectives and tokens[k - 1].form not in self.given:
                    break
                k += 1
                taken += 1
                if form == "الدين":
                    continue  # ناصر الدين الشاعر
                if k < stop and tokens[k].form in of_that_name:
                    k += 1
                break
            if ((taken == 0 and i < k) or taken > 1) and self._is_seat(tokens, words, k, stop):
                break  # البابا بيروت، اتهم المستشار محمد جمشيدي إسرائيل
            if (
                word.known
                or form in self.common
                or (form[0] in "وف" and any(s.conj and (self.reader.read(s.rest).known) for s in word.splits))
            ):
                break
            if form.removeprefix("و") in _kin and form.startswith("و"):
                break
            if _verbal_noun(form) or any(
                s.prep and (s.rest.startswith("ال") or s.rest == "تاريخ" or (len(s.rest) > 3 and self._is_word(s.rest)))
                for s in word.splits
            ):
                break  # برصاص، لإقناع
            if taken >= (3 if title else 4):
                break
            taken += 1
            k += 1
        while k > i and tokens[k - 1].form in self.particles:
            k -= 1
        return k if taken else i
