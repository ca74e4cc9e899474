"""The linter: every rule on a small overlay that breaks it, and silence on the shipped lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest

from rawi.lexicon.lexicon import open_lexicon
from rawi.lexicon.lint import check_lexicon
from rawi.lookup import look_up

trigger = """\
kind: triggers
type: CONSULT
entries:
- id: consult.test.word
  nouns: [اختبار]
  noun_frame: {gen: actor}
  examples: ["أجرت [A:مصر] {اختبارا}."]
"""
person = """\
kind: persons
entries:
- id: per.test-person
  name: سالم الاختباري
  name_en: Salem Test
  country: OMN
  offices:
  - {office: وزير التجارب, from: "2001", to: "2003"}
"""


def findings(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    return [f"{f.level}: {f.message}" for f in check_lexicon([str(path)]) if f.path == path]


def test_good_overlays_have_no_finding(tmp_path: Path) -> None:
    assert findings(tmp_path, trigger) == []
    assert findings(tmp_path, person) == []


known = """\
kind: actors
entries:
- id: SAU
  name: الرياضية
  name_en: Another
  country: null
  sector: UNK
  aliases: [أرض الحرمين]
"""
known_person = person.replace("per.test-person", "per.hakan-fidan").replace("وزير التجارب", "''")


@pytest.mark.parametrize(("text", "file"), [(known, "states.yaml"), (known_person, "persons_neighbours.yaml")])
def test_an_overlay_may_add_names_to_an_entry(tmp_path: Path, text: str, file: str) -> None:
    assert findings(tmp_path, text) == [
        f"warning: the id stands in {file} too: names are added to that entry; an actor's country and sector become these"
    ]
    assert any(found.startswith("error: ") for found in findings(tmp_path, text + text.partition("entries:\n")[2]))


def test_an_entry_that_gains_names_keeps_its_own(tmp_path: Path) -> None:
    shipped = open_lexicon()
    for name, text in (("mine.yaml", known), ("persons.yaml", known_person)):
        (tmp_path / name).write_text(text, "utf-8")
    found = open_lexicon((str(tmp_path / "mine.yaml"), str(tmp_path / "persons.yaml")))
    assert found.entities["per.hakan-fidan"] == shipped.entities["per.hakan-fidan"]
    assert found.entities["per.hakan-fidan"].terms
    assert found.entities["SAU"] == shipped.entities["SAU"]._replace(country=None, sector="UNK")
    for written in ("أرض الحرمين", "سالم الاختباري"):
        assert look_up(found, written)
        assert not look_up(shipped, written)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("consult.test.word", "consult.meet.iltaqa", "the id stands in consult.yaml too"),
        ("consult.test.word", "Consult Test", "an id is lower-case ASCII words joined by dots"),
        ("{gen: actor}", "{gen: actor, gen: recipient}", "key 'gen' stands twice (also on line 6)"),
        ("{gen: actor}", "{genitive: actor}", "frame key 'genitive' is neither subj, obj, gen nor a preposition"),
        ("{gen: actor}", "{gen: doer}", "Invalid enum value 'doer'"),
        ("{gen: actor}", "{gen: actor}\n  if_prep: [أن]", "'أن' in if_prep or unless_prep is no preposition"),
        (
            "{gen: actor}",
            "{gen: actor}\n  mode: phon",
            "mode 'phon' is none of CONSULT's (visit, third-party, multilateral, phone)",
        ),
        ("{gen: actor}", "{gen: actor}\n  colour: red", "Object contains unknown field `colour`"),
        ("nouns: [اختبار]", "verb: اختبر", "verb 'اختبر' cannot be inflected"),
        ("nouns: [اختبار]", "verb: اختبر / نختبر", "verb 'اختبر / نختبر' is not one perfect and one imperfect"),
        ("nouns: [اختبار]", "note: none", "it has neither verb, nouns nor phrases"),
        ("nouns: [اختبار]", "nouns: [اختبار\ufb8c]", "has a presentation form (U+FB8C)"),
        ("nouns: [اختبار]", "nouns: [اختباری]", "has a Persian or Urdu look-alike letter (U+06CC)"),
        ("nouns: [اختبار]", "nouns: [اختبـار]", "has a tatweel or an invisible character (U+0640)"),
        ('["أجرت [A:مصر] {اختبارا}."]', "[]", "it has no example"),
        ("{اختبارا}", "اختبارا", "marks no trigger or cue"),
        ("{اختبارا}", "{اختبارا", "is never closed; balance the marks"),
        ("[A:مصر]", "[مصر]", "no mark after the bracket"),
        ("[A:مصر]", "[X:مصر]", "has the unknown mark X"),
        ("entries:", "entries: [", "cannot be read as YAML"),
        ("kind: triggers", "kind: trigger", "nothing says what kind of entries these are"),
    ],
)
def test_trigger_rules(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in trigger
    found = findings(tmp_path, trigger.replace(old, new))
    assert any(f.startswith("error: ") and message in f for f in found), found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("OMN", "OMA", "country 'OMA' is no ISO 3166-1 alpha-3 code"),
        ('"2003"', '"1999"', "it ends 1999 before it begins 2001"),
        ('"2003"', '"2003-13"', "'2003-13' is no date"),
        ('"2003"', '"spring"', "'spring' is no date"),
        ('to: "2003"', 'to: "2003", entity: igo.none', "body 'igo.none' is no entry of actors/"),
        ("سالم الاختباري", "سالم  الاختباري", "has spaces too many"),
        ("سالم الاختباري", "Salem", "is not in Arabic letters"),
        (
            '"2003"}',
            '"2003"}\n  - {office: وزير التجارب, from: "2002", to: null}',
            "وزير التجارب is held twice at once (2001–2003 and 2002–now)",
        ),
    ],
)
def test_person_rules(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in person
    found = findings(tmp_path, person.replace(old, new))
    assert any(f.startswith("error: ") and message in f for f in found), found


def test_two_holders_of_one_office_are_a_warning(tmp_path: Path) -> None:
    second = (
        person.partition("entries:\n")[2]
        .replace("test-person", "other-person")
        .replace('"2001"', '"2002"')
        .replace('"2003"', '"2005"')
    )
    (found,) = findings(tmp_path, person + second)
    assert found == "warning: وزير التجارب 2001–2003 is also per.other-person's 2002–2005; check the dates"


def test_one_office_after_the_other_is_fine(tmp_path: Path) -> None:
    second = (
        person.partition("entries:\n")[2]
        .replace("test-person", "other-person")
        .replace('"2001"', '"2003"')
        .replace('to: "2003"', "to: null")
    )
    assert findings(tmp_path, person + second) == []


def test_findings_name_file_line_and_entry(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(trigger.replace("gen: actor", "genitive: actor"), "utf-8")
    (found,) = [f for f in check_lexicon([str(path)]) if f.path == path]
    assert str(found).startswith(f"{tmp_path.name}/mine.yaml:4: error: consult.test.word: frame key")


def test_the_shipped_lexicon_has_no_error() -> None:
    assert [str(f) for f in check_lexicon() if f.level == "error"] == []
