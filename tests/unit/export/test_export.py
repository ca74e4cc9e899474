"""Exports: JSON lines, CSV, gold, overlays."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest
import yaml

from fixtures.coded import code
from fixtures.corpus import corpus
from fixtures.reports import strike, talks
from rawi.export import gold_article, json_line, overlay_entries, overlay_yaml, write_events, write_jsonl, write_stories
from rawi.export.csv_table import cell, date_precision, event_columns, story_columns
from rawi.ledger import (
    Ledger,
    accept,
    actor_corrections,
    add_coded,
    add_many,
    correct,
    every_coded,
    every_exported,
    every_reviewed,
    every_story,
    list_records,
    reject,
    undo,
)
from rawi.merge import update
from rawi.model import CodedArticle, ExportedRecord, Record, Story


def rows(ledger: Ledger, **options: str) -> list[dict[str, str]]:
    update(ledger)
    out = io.StringIO()
    write_events(every_exported(ledger), out, **options)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def of_type(ledger: Ledger, kind: str) -> Record:
    return next(record for record in list_records(ledger).items if record.event.type == kind)


def test_json_lines_are_read_back_as_they_were(ledger: Ledger) -> None:
    add_many(ledger, [talks(), strike()])
    update(ledger)
    out = io.StringIO()
    items = list(every_exported(ledger))
    assert write_jsonl(items, out) == 3
    lines = out.getvalue().splitlines()
    assert [msgspec.json.decode(line, type=ExportedRecord) for line in lines] == items
    assert "وزير الخارجية القطري" in out.getvalue()
    assert "\\u" not in out.getvalue()


def test_a_json_line_is_one_line() -> None:
    assert json_line({"text": "سطر\nآخر"}) == '{"text":"سطر\\nآخر"}'


def test_csv_has_the_columns_that_are_documented(ledger: Ledger) -> None:
    add_many(ledger, [strike()])
    row = next(row for row in rows(ledger) if row["event_type"] == "ASSAULT")
    assert tuple(row) == event_columns
    assert (row["event_date"], row["date_precision"], row["event_mode"], row["status"]) == (
        "2024-03-05",
        "day",
        "aerial",
        "occurred",
    )
    assert (row["actor"], row["actor_id"], row["actor_country"], row["actor_sector"]) == (
        "طائرات إسرائيلية",
        "ISR",
        "ISR",
        "MIL",
    )
    assert (row["recipient"], row["recipient_id"], row["recipient_country"]) == ("منزلا", "", "PSE")
    assert (row["source"], row["stance"], row["grade"]) == ("مسؤول مطلع", "assert", "unnamed")
    assert row["source_chain"] == "مسؤول مطلع (assert, unnamed);رويترز (relay, institution)"
    assert (row["place"], row["country"]) == ("خان يونس", "PSE")
    assert (row["trigger"], row["outlet"], row["publication_date"], row["input_id"]) == (
        "قصفت",
        "نبأ",
        "2024-03-06",
        "k1",
    )
    assert (row["n_articles"], row["n_outlets"], row["n_origins"], row["credibility"]) == ("1", "1", "1", "6")
    assert (row["review"], row["reviewed_by"]) == ("unreviewed", "")
    assert strike().article.text[int(row["evidence_start"]) : int(row["evidence_end"])] == row["evidence"]


def test_the_reviewer_is_in_the_export(ledger: Ledger) -> None:
    add_many(ledger, [talks()])
    accept(ledger, list_records(ledger).items[0].id, who="هدى")
    [row] = rows(ledger)
    assert (row["review"], row["reviewed_by"]) == ("accepted", "هدى")
    assert row["reviewed_at"].endswith("Z")


@pytest.mark.parametrize(
    ("actors", "recipients", "pairs"),
    [
        (["قطر"], ["مصر", "تركيا"], [("قطر", "مصر"), ("قطر", "تركيا")]),
        (["قطر", "مصر"], ["تركيا"], [("قطر", "تركيا"), ("مصر", "تركيا")]),
        (["قطر", "مصر", "تركيا"], [], [("قطر", "مصر"), ("قطر", "تركيا"), ("مصر", "تركيا")]),
        (["قطر"], [], [("قطر", "")]),
        ([], ["قطر"], [("", "قطر")]),
        ([], [], [("", "")]),
    ],
)
def test_dyads(ledger: Ledger, actors: list[str], recipients: list[str], pairs: list[tuple[str, str]]) -> None:
    given = {"id": "d", "text": "قطر مصر تركيا محادثات"}
    add_coded(
        ledger, code(given, [{"type": "CONSULT", "trigger": "محادثات", "actors": actors, "recipients": recipients}])
    )
    assert [(row["actor"], row["recipient"]) for row in rows(ledger, shape="dyad")] == pairs
    assert len(rows(ledger)) == 1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("=1+1", "'=1+1"),
        ("+x", "'+x"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("نص", "نص"),
        (True, "1"),
        (False, "0"),
        (0.5, "0.5"),
        (-3, "-3"),
    ],
)
def test_cells(value: object, written: str) -> None:
    assert cell(value) == written


@pytest.mark.parametrize(
    ("value", "precision"),
    [("2024-03-05", "day"), ("2024-03", "month"), ("2024", "year"), ("2024-03-01/2024-03-05", "interval")],
)
def test_date_precision(value: str, precision: str) -> None:
    assert date_precision(value) == precision


def test_lists_of_one_side_stay_in_step(ledger: Ledger) -> None:
    given = {"id": "d", "text": "مسلحون قطر محادثات"}
    event = {"type": "CONSULT", "trigger": "محادثات", "actors": ["مسلحون", ["قطر", "QAT", "GOV", "QAT"]]}
    add_coded(ledger, code(given, [event]))
    [row] = rows(ledger)
    assert (row["actor"], row["actor_country"], row["actor_id"]) == ("مسلحون;قطر", ";QAT", ";QAT")


def test_stories_as_csv_and_jsonl(ledger: Ledger) -> None:
    add_many(ledger, [talks(), talks("t2", outlet="نبأ"), strike()])
    update(ledger)
    out = io.StringIO()
    assert write_stories(every_story(ledger), out) == 3
    table = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert tuple(table[0]) == story_columns
    talk = next(row for row in table if row["event_type"] == "CONSULT")
    assert (talk["n_articles"], talk["n_outlets"], set(talk["outlets"].split(";"))) == ("2", "2", {"الأفق", "نبأ"})
    for story in every_story(ledger):
        assert msgspec.json.decode(json_line(story), type=Story) == story


def test_articles_come_back_as_they_were_coded(ledger: Ledger) -> None:
    items = {coded.article.id: coded for coded, _ in corpus(30)}
    add_many(ledger, list(items.values()))
    found = {coded.article.id: coded for coded in every_coded(ledger)}
    assert found == items


def test_articles_carry_people_s_decisions(ledger: Ledger) -> None:
    add_many(ledger, [strike()])
    correct(
        ledger,
        of_type(ledger, "ASSAULT").id,
        {"status": "planned", "recipients": [{"name": "مخيم", "country": "PSE"}]},
        who="هدى",
    )
    reject(ledger, of_type(ledger, "REQUEST").id, who="هدى", reason="other")
    [coded] = every_coded(ledger)
    [event] = coded.events
    names = {actor.id: actor.name for actor in coded.actors}
    assert (event.status, [names[one] for one in event.recipients]) == ("planned", ["مخيم"])
    assert [hop.id for hop in coded.attributions] == list(event.chain)
    # It is a coded article like any other: another ledger takes it.
    with Ledger(Path(f"{ledger.path}.2")) as other:
        assert add_coded(other, msgspec.convert(msgspec.to_builtins(coded), CodedArticle)).outcome == "new"


def test_gold_has_what_people_vouch_for(ledger: Ledger) -> None:
    add_many(ledger, [strike(), talks()])
    accept(ledger, of_type(ledger, "ASSAULT").id, who="هدى")
    [one] = every_reviewed(ledger)
    gold = gold_article(one.article, one.records, one.decided)
    assert (gold["id"], gold["outlet"], gold["published"], gold["text"]) == (
        "k1",
        "نبأ",
        "2024-03-06",
        strike().article.text,
    )
    assault, request = gold["events"]
    assert "optional" not in assault
    assert request["optional"] is True
    assert assault["trigger"] == "قصفت"
    assert assault["actors"] == [{"text": "طائرات إسرائيلية", "country": "ISR", "sector": "MIL"}]
    assert assault["chain"] == [
        {"source": "مسؤول مطلع", "cue": "قال", "stance": "assert", "grade": "unnamed"},
        {"source": "رويترز", "cue": "قال", "stance": "relay", "grade": "institution"},
    ]
    assert assault["place"] == {"text": "خان يونس", "country": "PSE"}
    json.dumps(gold)


def test_gold_leaves_out_what_was_rejected(ledger: Ledger) -> None:
    add_many(ledger, [strike()])
    reject(ledger, of_type(ledger, "REQUEST").id, who="هدى", reason="not_an_event")
    [one] = every_reviewed(ledger)
    gold = gold_article(one.article, one.records, one.decided)
    assert [event["type"] for event in gold["events"]] == ["ASSAULT"]
    assert [record.event.type for record in one.rejected] == ["REQUEST"]


def test_an_actor_correction_becomes_an_overlay_entry(ledger: Ledger) -> None:
    add_many(ledger, [strike(), talks()])
    record = of_type(ledger, "CONSULT")
    correct(
        ledger,
        record.id,
        {"a2.name": "وزارة الخارجية التركية", "a2.entity": "org.tur-mfa", "a2.name_en": "Turkish Foreign Ministry"},
        who="هدى",
    )
    [correction] = actor_corrections(ledger)
    assert correction.written == ("نظيره التركي",)
    assert correction.before is not None
    [(kind, entries)] = overlay_entries([correction]).items()
    assert kind == "actors"
    content = yaml.safe_load(overlay_yaml(kind, entries))
    [entry] = content["entries"]
    assert content["kind"] == "actors"
    assert (entry["id"], entry["name"], entry["country"], entry["sector"]) == (
        "org.tur-mfa",
        "وزارة الخارجية التركية",
        "TUR",
        "GOV",
    )
    assert entry["aliases"] == ["نظيره التركي"]
    assert record.id in entry["provenance"]


def test_persons_have_a_file_of_their_own(ledger: Ledger) -> None:
    add_many(ledger, [talks()])
    correct(
        ledger,
        list_records(ledger).items[0].id,
        {"a1.entity": "per.majed", "a1.name": "ماجد 'الأول'", "a2.name": "جهة"},
        who="هدى",
    )
    found = overlay_entries(actor_corrections(ledger))
    assert set(found) == {"actors", "persons"}
    content = yaml.safe_load(overlay_yaml("persons", found["persons"]))
    assert content["entries"][0]["name"] == "ماجد 'الأول'"
    assert content["entries"][0]["offices"][0]["country"] == "QAT"
    assert found["actors"][0].id.startswith("user.")


def test_an_undone_correction_makes_no_entry(ledger: Ledger) -> None:
    add_many(ledger, [talks()])
    record = list_records(ledger).items[0].id
    correct(ledger, record, {"a1.country": "SYR"}, who="هدى")
    undo(ledger, record, who="هدى")
    correct(ledger, record, {"status": "planned"}, who="هدى")
    assert list(actor_corrections(ledger)) == []


def test_overlay_files_are_read_by_the_lexicon(ledger: Ledger, tmp_path: Path) -> None:
    from rawi.lexicon.load import read_sources

    add_many(ledger, [talks()])
    correct(
        ledger,
        list_records(ledger).items[0].id,
        {"a1.entity": "per.majed", "a2.entity": "org.x", "a2.country": None},
        who="هدى",
    )
    paths = []
    for kind, entries in overlay_entries(actor_corrections(ledger)).items():
        paths.append(tmp_path / f"{kind}.yaml")
        paths[-1].write_text(overlay_yaml(kind, entries), "utf-8")
    sources = read_sources(paths)
    assert [entry.id for entry, _ in sources.actors] == ["org.x"]
    assert [entry.id for entry, _ in sources.persons] == ["per.majed"]


def test_a_known_entity_keeps_its_names_and_gains_aliases(ledger: Ledger) -> None:
    add_coded(ledger, talks())
    record = list_records(ledger).items[0].id
    correct(ledger, record, {"a1.entity": "org.qat-mofa", "a1.name": "خارجية الدوحة"}, who="هدى")
    known = {"org.qat-mofa": ("وزارة الخارجية القطرية", "Qatari Foreign Ministry")}
    [[entry]] = overlay_entries(actor_corrections(ledger), known).values()
    assert (entry.name, entry.name_en) == known["org.qat-mofa"]
    assert set(entry.aliases) == {"وزير الخارجية القطري", "خارجية الدوحة"}
