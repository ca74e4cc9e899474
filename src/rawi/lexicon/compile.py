"""Compile lexicon sources into one ``Compiled``: everything folded, inflected and indexed by spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from rawi.errors import LexiconError
from rawi.lexicon.compiled import (
    Compiled,
    Cue,
    Entity,
    Name,
    NounLexeme,
    RoleWord,
    Sense,
    VerbLexeme,
)
from rawi.lexicon.load import Sources
from rawi.morph.nouns import inflect_nisba, inflect_noun
from rawi.morph.verbs import inflect
from rawi.text.fold import fold_word

# Word sets whose members are looked for as phrases (several words, or one with a value that the reader needs).
phrase_sets = (
    "compound_prepositions", "discourse_openers", "subordinators", "quantifiers", "adverbs", "negator_idioms", "same_words",
    "hedges", "planned_cues", "ongoing_cues", "negating", "conditionals", "hopes", "complementizers", "list_joiners", "honorifics", "frame_nouns",
)  # fmt: skip
# Word sets that make times: the kind under which each goes into the trie of time words.
time_sets = {
    "days": "code", "weeks": "code", "months_years": "code", "holidays": "code", "gregorian": "month", "syriac": "month",
    "maghreb_french": "month", "morocco": "month", "variants": "month", "hijri": "hijri", "weekdays": "weekday",
    "weekdays_other": "weekday_bare", "day_nouns": "day_noun", "day_parts": "part", "units": "unit", "shift_adjectives": "shift",
    "year_nouns": "year_noun", "quantity_prepositions": "quantity", "eras": "era", "cardinals": "number", "teens": "number",
    "tens": "number", "compounds": "number", "ordinals": "ordinal", "ordinals_days": "ordinal", "ordinals_teens": "ordinal",
}  # fmt: skip
# Word sets whose members are verbs ("perfect / imperfect", a governed preposition after it).
verb_sets = (
    "light_verbs", "happen_verbs", "result_verbs", "link_verbs", "aspect_verbs", "inchoatives", "causative_verbs", "attitude_verbs",
    "prevent_verbs", "topic_verbs", "negating", "hopes", "plain_verbs", "duration_verbs",
)  # fmt: skip
end = ""  # key of a trie node's payload


def add_phrase(trie: dict[str, Any], words: Iterable[str], payload: Any) -> None:
    """Add a folded phrase to a trie of words; payloads of equal phrases pile up."""
    node = trie
    for word in words:
        node = node.setdefault(word, {})
    rows = node.setdefault(end, [])
    if payload not in rows:
        rows.append(payload)


def compile_lexicon(sources: Sources, version: str) -> Compiled:
    """Compile ``sources``.

    Raises:
        LexiconError: an entry has a verb citation that cannot be inflected.
    """
    return _Compiler(sources, version).run()


class _Compiler:
    """Holds the growing tables while the sources are read once, in order."""

    def __init__(self, sources: Sources, version: str) -> None:
        self.sources = sources
        self.version = version
        self.senses: list[Sense] = []
        self.cues: list[Cue] = []
        self.roles: list[RoleWord] = []
        self.names: dict[str, Any] = {}
        self.phrases: dict[str, Any] = {}
        self.times: dict[str, Any] = {}
        self.entities: dict[str, Entity] = {}
        self.nisba: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self.verb_parts: dict[str, dict[str, Any]] = {}
        self.noun_parts: dict[str, dict[str, Any]] = {}
        self.words: dict[str, dict[str, str]] = {}

    def run(self) -> Compiled:
        self._add_triggers()
        self._add_cues()
        self._add_roles()
        self._add_actors()
        self._add_persons()
        self._add_places()
        self._add_words()
        verb_lexemes, verbs = self._inflect_verbs()
        noun_lexemes, nouns = self._inflect_nouns()
        return Compiled(
            version=self.version,
            ontology_version=str(self.sources.ontology.get("version", "0")),
            senses=tuple(self.senses),
            cues=tuple(self.cues),
            verb_lexemes=verb_lexemes,
            noun_lexemes=noun_lexemes,
            roles=tuple(self.roles),
            verbs=verbs,
            nouns=nouns,
            nisba={k: tuple(v) for k, v in self.nisba.items()},
            names=self.names,
            phrases=self.phrases,
            times=self.times,
            entities=self.entities,
            words=self.words,
            ontology=self._fold_ontology(),
        )

    def _verb(self, citation: str) -> dict[str, Any]:
        key = " / ".join(p.strip() for p in citation.split("/"))
        parts = [fold_word(p) for p in key.split("/")]
        shadda = "ّ" in key
        index = f"{parts[0].strip()}/{parts[-1].strip()}{'ّ' if shadda and len(parts[0].strip()) == 2 else ''}"
        return self.verb_parts.setdefault(index, {"citation": key, "senses": [], "cues": [], "governs": {}})

    def _noun(self, citation: str, human: bool = False) -> dict[str, Any]:
        key = citation.strip()
        return self.noun_parts.setdefault(
            key, {"citation": key, "senses": [], "cues": [], "role": None, "framing": None, "human": human}
        )

    def _add_triggers(self) -> None:
        for event_type, entry, _ in self.sources.triggers:
            number = len(self.senses)
            frame = {_slot(k): v for k, v in entry.frame.items()}
            noun_frame = frame if entry.noun_frame is None else {_slot(k): v for k, v in entry.noun_frame.items()}
            self.senses.append(
                Sense(
                    entry.id,
                    event_type,
                    entry.mode,
                    entry.status,
                    frame,
                    noun_frame,
                    entry.symmetric,
                    _condition_words(entry.if_obj),
                    frozenset(_slot(w) for w in entry.if_prep),
                    _condition_words(entry.if_next),
                    _condition_words(entry.if_subj),
                    _condition_words(entry.unless_obj),
                    frozenset(_slot(w) for w in entry.unless_prep),
                    _condition_words(entry.unless_next),
                    _condition_words(entry.unless_subj),
                    entry.contexts,
                )
            )
            if entry.verb:
                self._verb(entry.verb)["senses"].append(number)
            for noun in entry.nouns:
                if " " in noun.split("/")[0].strip():
                    self._add_inflected_phrase(noun, ("sense", number))
                else:
                    self._noun(noun)["senses"].append(number)
            for phrase in entry.phrases:
                self._add_inflected_phrase(phrase, ("sense", number))

    def _add_inflected_phrase(self, citation: str, payload: tuple[str, int]) -> None:
        """Add a phrase whose first word takes number and construct endings; its other words are fixed, ال or not."""
        for alternative in citation.split("/"):
            words = fold_word(alternative).split(" ")
            if not words or not words[0]:
                continue
            heads = {words[0]} | {f.spelling for f in inflect_noun(alternative.split()[0]) if not f.bound}
            for head in heads:
                add_phrase(self.phrases, [head, *words[1:]], payload)
                if len(words) > 1 and not head.startswith("ال"):
                    # الضربة الجوية beside ضربة جوية: article on noun and adjective.
                    if not words[1].startswith("ال"):
                        add_phrase(self.phrases, ["ال" + head, *("ال" + w for w in words[1:])], payload)
                        add_phrase(self.phrases, [head, *("ال" + w for w in words[1:])], payload)
                    # accusative adjective: ضربة جوية / هجوما مسلحا
                    if not words[-1].endswith("ه"):
                        add_phrase(self.phrases, [head, *(w + "ا" for w in words[1:])], payload)

    def _add_cues(self) -> None:
        modal = {
            w for name in ("hedges", "planned_cues", "norms", "past_plans") for w in self.sources.words.get(name, ())
        }
        for entry, _ in self.sources.cues:
            number = len(self.cues)
            self.cues.append(
                Cue(
                    entry.id,
                    entry.kind,
                    entry.stance,
                    entry.inherits,
                    entry.factive,
                    frozenset(fold_word(w) for w in entry.content),
                    frozenset(fold_word(w) for w in entry.if_next),
                )
            )
            if entry.verb:
                self._verb(entry.verb)["cues"].append(number)
            for noun in entry.nouns:
                if " " in noun.split("/")[0].strip():
                    self._add_inflected_phrase(noun, ("cue", number))
                else:
                    self._noun(noun)["cues"].append(number)
            for phrase in entry.phrases:
                if entry.kind == "impersonal" and phrase in modal:
                    continue  # من المتوقع: how real it is, not on whose word
                add_phrase(self.phrases, fold_word(phrase).split(" "), ("cue", number))

    def _add_roles(self) -> None:
        for entry, _ in self.sources.roles:
            number = len(self.roles)
            self.roles.append(
                RoleWord(entry.id, entry.kind, entry.sector, entry.head, entry.vague, entry.country, entry.thing)
            )
            human = entry.kind in ("person", "people", "source", "force")
            for noun in entry.nouns:
                if " " in noun.split("/")[0].strip():
                    for alternative in noun.split("/"):
                        words = fold_word(alternative).split(" ")
                        for form in inflect_noun(alternative.split()[0], human=human):
                            add_phrase(self.phrases, [form.spelling, *words[1:]], ("role", number, form.number))
                else:
                    part = self._noun(noun, human)
                    if part["role"] is None:
                        part["role"] = number
                    part["human"] = part["human"] or human

    def _add_name(self, name: str, entity: str, way: str) -> None:
        words = fold_word(name).split(" ")
        if not words or not words[0]:
            return
        add_phrase(self.names, words, Name(entity, way))
        if words[-1].endswith("ون") and len(words[-1]) > 4 and way in ("name", "member"):
            add_phrase(self.names, [*words[:-1], words[-1][:-2] + "ين"], Name(entity, way))
            if len(words) == 2 and words[0].endswith("ون"):
                add_phrase(self.names, [words[0][:-2] + "ين", words[-1][:-2] + "ين"], Name(entity, way))

    def _add_actors(self) -> None:
        for entry, _ in self.sources.actors:
            known = self.entities.get(entry.id)  # then an overlay adds names, and may know country and sector better
            self.entities[entry.id] = Entity(
                entry.id,
                known.name if known else entry.name,
                known.name_en if known else entry.name_en,
                entry.country,
                entry.sector,
                known.kind if known else entry.kind,
                (),
            )
            for way, names in (
                ("name", (entry.name, *entry.aliases)), ("short", entry.short), ("member", entry.members),
                ("capital", entry.capital), ("seat", entry.seats),
            ):  # fmt: skip
                for name in names:
                    self._add_name(name, entry.id, way)
            for nisba in entry.nisba:
                for form in inflect_nisba(nisba):
                    if " " in form.spelling:
                        add_phrase(self.names, form.spelling.split(" "), Name(entry.id, "nisba"))
                        add_phrase(self.names, ("ال" + form.spelling).split(" "), Name(entry.id, "nisba"))
                    elif form.spelling not in ("مالي", "ماليه", "ماليا"):  # Mali's nisba is mostly "financial"
                        row = (entry.id, form.gender, form.number)
                        if row not in self.nisba[form.spelling]:
                            self.nisba[form.spelling].append(row)

    def _add_persons(self) -> None:
        for entry, _ in self.sources.persons:
            terms = tuple(
                (t.office, t.country or entry.country, t.sector, t.entity, t.from_, t.to) for t in entry.offices
            )
            known = self.entities.get(entry.id)  # then an overlay adds names; the dated offices stay
            self.entities[entry.id] = known or Entity(
                entry.id, entry.name, entry.name_en, entry.country, "UNK", "person", terms
            )
            for name in (entry.name, *entry.aliases):
                for spelling in _abd_variants(name):
                    self._add_name(spelling, entry.id, "person")
            for name in entry.short:
                for spelling in _abd_variants(name):
                    self._add_name(spelling, entry.id, "surname")

    def _add_places(self) -> None:
        for entry, _ in self.sources.places:
            if entry.id not in self.entities:
                self.entities[entry.id] = Entity(entry.id, entry.name, "", entry.country or None, "UNK", entry.kind, ())
            way = "place?" if entry.ambiguous else "place"
            for name in (entry.name, *entry.aliases):
                self._add_name(name, entry.id, way)

    def _add_words(self) -> None:
        for name, words in self.sources.words.items():
            table = {
                fold_word(w): v for w, v in (words.items() if isinstance(words, dict) else ((w, "") for w in words))
            }
            for citation, value in words.items() if isinstance(words, dict) else ((w, "") for w in words):
                if name in verb_sets and " / " in citation:
                    self._add_verb_class(name, citation, value)
            if name == "frame_nouns":
                for citation, value in words.items() if isinstance(words, dict) else ():
                    self._noun(citation)["framing"] = value
            elif name in time_sets:
                for phrase, value in table.items():
                    add_phrase(self.times, phrase.split(" "), (time_sets[name], value))
                    if time_sets[name] == "shift" and not phrase.endswith("ه") and " " not in phrase:
                        add_phrase(self.times, [phrase + "ه"], ("shift", value))
            elif name in phrase_sets:
                for phrase, value in table.items():
                    if phrase not in ("كان", "وكان"):  # كأن folds to the spelling of كان
                        add_phrase(self.phrases, phrase.split(" "), (name, value))
                    if name == "quantifiers" and phrase.endswith(" من") and not phrase.startswith("ال"):
                        add_phrase(self.phrases, ("ال" + phrase).split(" "), (name, value))
            self.words[name] = table

    def _add_verb_class(self, name: str, citation: str, value: str) -> None:
        """Record that a verb belongs to a class; a word after the imperfect is the preposition it governs with (قام / يقوم ب)."""
        perfect, _, rest = citation.partition(" / ")
        imperfect, _, governed = rest.strip().partition(" ")
        if " " in perfect.strip():
            return
        part = self._verb(f"{perfect.strip()} / {imperfect}")
        part["governs"].setdefault(name, {})[fold_word(governed)] = value

    def _inflect_verbs(
        self,
    ) -> tuple[tuple[VerbLexeme, ...], dict[str, tuple[tuple[int, str, int, str, str, str, bool], ...]]]:
        lexemes: list[VerbLexeme] = []
        rows: defaultdict[str, list[tuple[int, str, int, str, str, str, bool]]] = defaultdict(list)
        for number, part in enumerate(self.verb_parts.values()):
            lexemes.append(VerbLexeme(part["citation"], tuple(part["senses"]), tuple(part["cues"]), part["governs"]))
            try:
                forms = inflect(part["citation"])
            except ValueError as error:
                raise LexiconError(f"lexicon: {error}; write it as 'perfect / imperfect'") from error
            for form in forms:
                rows[form.spelling].append((number, *form[1:]))
        return tuple(lexemes), {k: tuple(v) for k, v in rows.items()}

    def _inflect_nouns(self) -> tuple[tuple[NounLexeme, ...], dict[str, tuple[tuple[int, str, bool], ...]]]:
        lexemes: list[NounLexeme] = []
        rows: defaultdict[str, list[tuple[int, str, bool]]] = defaultdict(list)
        for number, part in enumerate(self.noun_parts.values()):
            lexemes.append(
                NounLexeme(part["citation"], tuple(part["senses"]), tuple(part["cues"]), part["role"], part["framing"])
            )
            forms = inflect_noun(part["citation"], human=part["human"])
            plural = {f.spelling for f in forms if f.number == "p"}
            for form in forms:
                if form.number == "d" and form.spelling in plural:
                    continue  # محتجين is read as a plural
                rows[form.spelling].append((number, *form[1:]))
        return tuple(lexemes), {k: tuple(v) for k, v in rows.items()}

    def _fold_ontology(self) -> dict[str, Any]:
        evidence = self.sources.ontology.get("mode_evidence") or {}
        folded = {
            event_type: {
                mode: [fold_word(w) for citation in words for w in citation.split("/")] for mode, words in modes.items()
            }
            for event_type, modes in evidence.items()
        }
        return {**self.sources.ontology, "mode_evidence": folded}


def _slot(key: str) -> str:
    """Fold a frame key (إلى becomes الي)."""
    return fold_word(key)


def _condition_words(words: Iterable[str]) -> frozenset[str]:
    """Inflect the words of a condition, so that an object in any number meets it."""
    out: set[str] = set()
    for citation in words:
        out.add(_bare(fold_word(citation)))
        if " " not in citation.strip():
            out.update(_bare(f.spelling) for f in inflect_noun(citation))
    return frozenset(out)


def _bare(word: str) -> str:
    """Drop a leading article for comparison."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _abd_variants(name: str) -> set[str]:
    """عبد الفتاح and عبدالفتاح, أبو بكر and أبوبكر are one name."""
    out = {name}
    for joint in ("عبد ", "أبو ", "بو "):
        if joint in name:
            out.add(name.replace(joint, joint.strip()))
    if "عبدال" in name:
        out.add(name.replace("عبدال", "عبد ال"))
    return out
