"""Read nouns that name no party: event nouns and others, with the adjectives after them."""

from __future__ import annotations

from rawi.lexicon.compiled import Compiled, Name
from rawi.syntax.inner_nouns import looks_adjective
from rawi.syntax.names import NameReader
from rawi.syntax.party import before_place
from rawi.syntax.reading import Reading
from rawi.syntax.sentence import Chunk
from rawi.syntax.words import Word, WordReader


class NounReader:
    """Reads nouns and their adjectives with one lexicon."""

    def __init__(self, lexicon: Compiled, words: WordReader, names: NameReader, numbers: set[str]) -> None:
        self.lexicon, self.words, self.names, self.numbers = lexicon, words, names, numbers
        self.adjectives = lexicon.words.get("adjectives", {})

    def noun_chunk(self, at: Reading, word: Word, i: int) -> Chunk:
        """Read a noun that names no party: an event noun, or any other noun with its adjectives."""
        chunk = Chunk("np", i, i + 1)
        chunk.prep, chunk.prep_role, chunk.quant, chunk.conj = at.prep, at.prep_role, at.quant, at.conj
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
            chunk.conj = noun.conj or at.conj
            chunk.prep = at.prep or noun.prep
            chunk.definite, chunk.pronoun = noun.definite, noun.pronoun
        else:
            self._unlisted(chunk, word, at.tokens[i].form)
        chunk.j = self.adjectives_after(at, chunk)
        return chunk

    def _unlisted(self, chunk: Chunk, word: Word, form: str) -> None:
        """بلاده، بوساطة قطرية، والهدوء: what can be told of a noun that the lexicon does not know."""
        prep, conj = chunk.prep, chunk.conj
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
        if word.nisba and chunk.prep_role in ("mediator", "host", "actor", "support"):
            chunk.nisba, chunk.nisba_at = word.nisba[0].entity, chunk.i  # بوساطة قطرية
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

    def adjectives_after(self, at: Reading, chunk: Chunk) -> int:
        """Take the adjectives after the head; a nisba among them is kept as the country or group it names."""
        tokens, words, stop = at.tokens, at.words, at.stop
        k = chunk.j
        head = "" if chunk.pronoun else tokens[k - 1].form
        limit = min(stop, k + 5)
        while k < limit:
            word = words[k]
            if word is None or k in at.times:
                break
            form = tokens[k].form
            if form in self.numbers or form[0].isdigit():
                break
            pair = self.names.names_at(tokens, words, k, stop) if word.nisba and k + 1 < stop else None
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
            names = self.names.names_at(tokens, words, k, stop)
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
                if not self._whose_fate(chunk, k, form) and self._role_as_adjective(word, head, form, chunk.definite):
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

    def _whose_fate(self, chunk: Chunk, k: int, form: str) -> bool:
        """مقتل قيادي حوثي، اعتقال مسؤول محلي: a person right after a noun of what is done to somebody is that somebody."""
        return (
            k == chunk.i + 1 and not chunk.definite and not chunk.pronoun and form != "سياسي" and not form.endswith("ه")
            and any(self.lexicon.senses[n].noun_frame.get("gen") == "recipient" for n in chunk.senses)
        )  # fmt: skip

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
