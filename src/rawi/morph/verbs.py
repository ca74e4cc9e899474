"""Inflect Arabic verbs from their two citation forms, unvocalised and folded.

A verb is given as perfect and imperfect third person masculine singular (التقى / يلتقي). From the shape
of the two forms the module tells sound, hollow, defective and doubled verbs and writes every form that
news uses: perfect and imperfect in all persons, the shortened jussive, the passive where its spelling
differs, the present participle used as an adverb (مؤكدا), and the forms that only stand before an
attached pronoun (استهدفو+ه، التقا+ه). Forms are folded, so several readings may share a spelling.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rawi.text.fold import fold_word

perfect, imperfect, jussive, participle = "perfect", "imperfect", "jussive", "participle"


class VerbForm(NamedTuple):
    """One inflected form: spelling, tense, person (1-3), gender (m, f or ''), number (s, d, p), and traits.

    ``voice`` is ``a`` (active), ``p`` (passive) or ``b`` (either, the spelling does not tell);
    ``bound`` forms stand only before an attached pronoun.
    """

    spelling: str
    tense: str
    person: int
    gender: str
    number: str
    voice: str
    bound: bool


def inflect(citation: str) -> tuple[VerbForm, ...]:
    """Return all forms of ``"perfect / imperfect"`` (either with shadda where it matters).

    Raises:
        ValueError: the citation is not two words joined by a slash.
    """
    parts = [p.strip() for p in citation.split("/")]
    if len(parts) != 2 or not all(parts):
        raise ValueError(f"verb citation {citation!r} is not 'perfect / imperfect'")
    doubled = parts[0].rstrip("َ").endswith("ّ")
    past, present = fold_word(parts[0]), fold_word(parts[1])
    if parts[0][-1] in "أئء":
        return tuple(sorted({*_hamza_final(past, present), *_participles(past, present, False)}))
    forms = {*_perfect(past, doubled), *_imperfect(past, present, doubled), *_passive(past, present)}
    forms.update(_participles(past, present, "ّ" in parts[0] or parts[1].startswith(("يؤ", "يُ"))))
    return tuple(sorted(forms))


def _hamza_final(past: str, present: str) -> Iterator[VerbForm]:
    """بدأ، أرجأ، جاء: the last radical is a hamza, spelled on its vowel; nothing is dropped."""
    stem, base = present[1:], past[:-1]
    rows = [(past, 3, "m", "s"), (past + "ت", 3, "f", "s"), (past + "تا", 3, "f", "d"), (past + "نا", 1, "", "p")]
    rows += [(base + seat + "وا", 3, "m", "p") for seat in ("ا", "و", "ء")]
    for spelling, person, gender, number in rows:
        yield VerbForm(spelling, perfect, person, gender, number, "b", False)
    yield VerbForm(base + "يت", perfect, 3, "f", "s", "p", False)
    yield VerbForm(base + "ي", perfect, 3, "m", "s", "p", False)
    short = stem[:-1]
    for prefix, person, gender, number in (("ي", 3, "m", "s"), ("ت", 3, "f", "s"), ("ن", 1, "", "p")):
        yield VerbForm(prefix + stem, imperfect, person, gender, number, "b", False)
    for seat in ("ا", "و", "ي"):
        yield VerbForm("ي" + short + seat + "ون", imperfect, 3, "m", "p", "b", False)
        yield VerbForm("ي" + short + seat + "وا", jussive, 3, "m", "p", "b", False)
    if not stem.endswith("ا"):
        yield VerbForm("ي" + short + "ا", imperfect, 3, "m", "s", "p", False)
        yield VerbForm("ت" + short + "ا", imperfect, 3, "f", "s", "p", False)


def _perfect(past: str, doubled: bool) -> Iterator[VerbForm]:
    def form(spelling: str, person: int, gender: str, number: str, bound: bool = False) -> VerbForm:
        return VerbForm(spelling, perfect, person, gender, number, "b", bound)

    defective_ya, defective_alef = past.endswith("ي") and len(past) > 2, past.endswith("ا") and len(past) > 2
    yield form(past, 3, "m", "s")
    if defective_ya or defective_alef:
        stem = past[:-1]
        # بقي, نسي keep their ya in the feminine (بقيت); التقى and دعا lose the vowel (التقت، دعت).
        yield form(stem + "ت", 3, "f", "s")
        if defective_ya:
            yield form(past + "ت", 3, "f", "s")
        weak = "ي" if defective_ya else "و"
        yield form(stem + weak + "ا", 3, "m", "d")
        yield form(stem + "تا", 3, "f", "d")
        yield form(stem + "وا", 3, "m", "p")
        yield form(stem + "و", 3, "m", "p", True)
        yield form(stem + "ا", 3, "m", "s", True)
        yield form(stem + weak + "ن", 3, "f", "p")
        yield form(stem + weak + "نا", 1, "", "p")
        return
    yield form(past + "ت", 3, "f", "s")
    yield form(past + "ا", 3, "m", "d")
    yield form(past + "تا", 3, "f", "d")
    yield form(past + "وا", 3, "m", "p")
    yield form(past + "و", 3, "m", "p", True)
    short = _short_perfect(past, doubled)
    yield form(short + "ن", 3, "f", "p")
    yield form(short + "نا", 1, "", "p")
    yield form(short + "ت", 1, "", "s")
    yield form(short + "تم", 2, "m", "p")


def _short_perfect(past: str, doubled: bool) -> str:
    if doubled:
        return past + past[-1]
    if len(past) >= 3 and past[-2] == "ا" and not _is_form_three(past):
        return past[:-2] + past[-1]
    return past


def _is_form_three(past: str) -> bool:
    """قابل، تبادل: an alef that is part of the pattern, not a hollow root's."""
    return (len(past) == 4 and past[1] == "ا") or (len(past) == 5 and past[0] == "ت" and past[2] == "ا")


def _imperfect(past: str, present: str, doubled: bool) -> Iterator[VerbForm]:
    stem = present[1:]
    weak = stem[-1:] in ("ي", "و") and past[-1:] in ("ي", "ا") and len(past) > 2
    ends_alef = weak and past.endswith("ي") and present.endswith("ي") and len(past) == 3
    hollow = len(stem) >= 2 and stem[-2] in "وي" and len(past) >= 3 and past[-2:-1] == "ا"
    core = stem[:-1] if weak else stem

    def form(
        spelling: str, person: int, gender: str, number: str, tense: str = imperfect, bound: bool = False
    ) -> VerbForm:
        return VerbForm(spelling, tense, person, gender, number, "b", bound)

    yield form("ي" + stem, 3, "m", "s")
    yield form("ت" + stem, 3, "f", "s")
    yield form("ن" + stem, 1, "", "p")
    yield form("ا" + stem, 1, "", "s")
    for prefix, gender in (("ي", "m"), ("ت", "f")):
        dual = core + ("ي" if stem.endswith("ي") else "و") if weak else stem
        yield form(prefix + dual + "ان", 3, gender, "d")
        yield form(prefix + dual + "ا", 3, gender, "d", jussive)
        if weak:
            yield form(prefix + core, 3, gender, "s", jussive)
            yield form(prefix + core + "ا", 3, gender, "s", imperfect, True)
    for prefix in ("ي", "ت"):
        person = 3 if prefix == "ي" else 2
        yield form(prefix + core + "ون", person, "m", "p")
        yield form(prefix + core + "وا", person, "m", "p", jussive)
        yield form(prefix + core + "و", person, "m", "p", jussive, True)
        if ends_alef:
            yield form(prefix + core + "ون", person, "m", "p")
    if hollow:
        short = stem[:-2] + stem[-1]
        for prefix, person, gender, number in (("ي", 3, "m", "s"), ("ت", 3, "f", "s"), ("ن", 1, "", "p")):
            yield form(prefix + short, person, gender, number, jussive)
        yield form("ي" + short + "ن", 3, "f", "p")
    elif weak:
        yield form("ن" + core, 1, "", "p", jussive)
        yield form("ي" + stem + "ن", 3, "f", "p")
    else:
        yield form("ي" + stem + "ن", 3, "f", "p")


def _passive(past: str, present: str) -> Iterator[VerbForm]:
    """Forms whose passive spelling differs from the active one."""
    stem = present[1:]
    hollow_past = len(past) >= 3 and past[-2] == "ا" and not _is_form_three(past) and (len(past) == 3 or past[0] == "ا")
    passive_past = past
    if hollow_past:
        passive_past = past[:-2] + "ي" + past[-1]
    elif len(past) == 4 and past[1] == "ا":
        passive_past = past[0] + "و" + past[2:]
    elif len(past) == 5 and past[0] == "ت" and past[2] == "ا":
        passive_past = past[:2] + "و" + past[3:]
    elif past.endswith("ا") and len(past) > 2:
        passive_past = past[:-1] + "ي"
    if past.endswith(("ي", "ا")) and len(past) > 2:
        yield VerbForm(past[:-1] + "يت", perfect, 3, "f", "s", "p", False)
    if passive_past != past:
        weak = passive_past.endswith("ي")
        yield VerbForm(passive_past, perfect, 3, "m", "s", "p", False)
        yield VerbForm(passive_past + "ت", perfect, 3, "f", "s", "p", False)
        yield VerbForm((passive_past[:-1] if weak else passive_past) + "وا", perfect, 3, "m", "p", "p", False)
    passive_stem = stem
    if len(stem) >= 2 and stem[-2] in "وي" and past[-2:-1] == "ا" and not _is_form_three(past):
        passive_stem = stem[:-2] + "ا" + stem[-1]
    elif stem.endswith("و"):
        passive_stem = stem[:-1] + "ي"
    if len(past) == 3 and past.startswith("و") and len(present) == 3:
        passive_stem = "و" + stem
    if passive_stem != stem:
        for prefix, gender in (("ي", "m"), ("ت", "f")):
            yield VerbForm(prefix + passive_stem, imperfect, 3, gender, "s", "p", False)


def _participles(past: str, present: str, form_two: bool) -> Iterator[VerbForm]:
    """The present participle as adverb: مؤكدا، مؤكدة، مؤكدين، داعيا."""
    if len(past) == 3:
        if past[1] == "ا":
            base = past[0] + "اي" + past[2]  # قائل
        elif past.endswith(("ا", "ي")):
            base = past[0] + "ا" + past[1] + "ي"  # داعيا
        else:
            base = past[0] + "ا" + past[1:]
        if past.startswith("ا"):
            base = "ا" + past[1:] if len(past) == 3 and past[1] != "ا" else base
        forms = ["م" + present[1:]] if form_two and past[1] not in "اي" else [base]
    else:
        forms = ["م" + present[1:]]
    for base in forms:
        yield VerbForm(base + "ا", participle, 3, "m", "s", "a", False)
        stem = base[:-1] if base.endswith("ي") else base
        yield VerbForm(base + "ه", participle, 3, "f", "s", "a", False)
        yield VerbForm(stem + "ين", participle, 3, "m", "p", "a", False)
        if len(past) > 3 or base.startswith("م"):
            yield VerbForm(base + "تين", participle, 3, "f", "d", "a", False)
