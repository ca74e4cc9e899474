"""Inflect nouns and nisba adjectives from their citation forms, folded.

A noun is given as singular, or singular and plural joined by a slash (غارة / غارات). Definite article,
prepositions and attached pronouns are the business of ``clitics``; this module writes number, case and
construct endings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rawi.text.fold import fold_word


class NounForm(NamedTuple):
    """One form: spelling, number (s, d, p), and whether it only stands before a genitive or a pronoun."""

    spelling: str
    number: str
    bound: bool


def inflect_noun(citation: str, *, human: bool = False) -> tuple[NounForm, ...]:
    """Return the forms of a noun; ``human`` nouns without a given plural also take ون / ين."""
    parts = [fold_word(p) for p in citation.split("/")]
    ta_marbuta = citation.split("/")[0].strip().endswith(("ة", "ةٌ"))
    forms: set[NounForm] = set(_number_forms(parts[0], ta_marbuta, human and len(parts) == 1, len(parts) == 1))
    for plural in parts[1:]:
        forms.update(_plural_forms(plural))
    return tuple(sorted(forms))


def _number_forms(word: str, ta_marbuta: bool, human: bool, no_plural: bool) -> Iterator[NounForm]:
    yield NounForm(word, "s", False)
    last = word.rsplit(" ", 1)[-1]
    if ta_marbuta:
        stem = word[:-1]
        yield NounForm(stem + "ت", "s", True)
        for ending, bound in (("تان", False), ("تين", False), ("تا", True), ("تي", True)):
            yield NounForm(stem + ending, "d", bound)
        if no_plural:
            yield NounForm(stem + "ات", "p", False)
        return
    if not last.endswith(("ا", "ي")) or last.endswith("ي"):
        yield NounForm(word + "ا", "s", False)
    if last.endswith("اء"):
        # لقاؤه، لقائه, وزراؤهم: the hamza moves to a seat before a pronoun.
        yield NounForm(word[:-1] + "و", "s", True)
        yield NounForm(word[:-1] + "ي", "s", True)
    for ending, bound in (("ان", False), ("ين", False), ("ا", True), ("ي", True)):
        yield NounForm(word + ending, "d", bound)
    if human:
        for ending, bound in (("ون", False), ("ين", False), ("و", True), ("ي", True)):
            yield NounForm(word + ending, "p", bound)
    elif no_plural:
        yield NounForm(word + "ات", "p", False)


def _plural_forms(plural: str) -> Iterator[NounForm]:
    yield NounForm(plural, "p", False)
    if plural.endswith("ون"):
        yield NounForm(plural[:-2] + "ين", "p", False)
        yield NounForm(plural[:-2] + "و", "p", True)
        yield NounForm(plural[:-2] + "ي", "p", True)
    elif plural.endswith("اء"):
        yield NounForm(plural[:-1] + "و", "p", True)
        yield NounForm(plural[:-1] + "ي", "p", True)
    elif not plural.endswith(("ات", "ه", "ي")) and not (len(plural) > 4 and plural[2] == "ا"):
        # مطالب، صواريخ take no tanwin: مطالبا is the participle
        yield NounForm(plural + "ا", "p", False)


class NisbaForm(NamedTuple):
    """A form of a nisba adjective: spelling, gender, number, and whether it can only be people (plural)."""

    spelling: str
    gender: str
    number: str


def inflect_nisba(citation: str) -> tuple[NisbaForm, ...]:
    """Return the forms of قطري or تركي / أتراك (masculine singular, then irregular plurals).

    A nisba of two words (كوري شمالي) inflects in both.
    """
    parts = [fold_word(p) for p in citation.split("/")]
    words = parts[0].split(" ")
    rows: list[NisbaForm] = []
    endings = (
        ("", "m", "s"), ("ه", "f", "s"), ("ون", "m", "p"), ("ين", "m", "p"), ("ات", "f", "p"),
        ("ا", "m", "s"), ("ان", "m", "d"), ("تان", "f", "d"), ("تين", "f", "d"),
    )  # fmt: skip
    for ending, gender, number in endings:
        rows.append(NisbaForm(" ".join(w + ending for w in words), gender, number))
        if len(words) > 1:
            rows.append(NisbaForm(" ال".join(w + ending for w in words), gender, number))
    for plural in parts[1:]:
        rows.append(NisbaForm(plural, "m", "p"))
    return tuple(sorted(set(rows)))
