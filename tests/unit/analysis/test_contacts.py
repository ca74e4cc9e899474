"""Sides, contacts, networks, silence: on records made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fixtures.coded import code
from rawi.analysis.actors import find_actors, key_of, profile
from rawi.analysis.contacts import Contact, betweenness, channel, contact_state, network
from rawi.analysis.contradiction import compare, denials
from rawi.analysis.origins import origin_tree
from rawi.analysis.sides import Directory, Sides
from rawi.analysis.silence import gaps
from rawi.analysis.timelines import Mark, day, timeline
from rawi.analysis.today import last_day, read_day
from rawi.ledger import Ledger, add_many, list_records
from rawi.lexicon.compiled import Entity
from rawi.merge import update

entities = {
    "QAT": Entity("QAT", "قطر", "Qatar", "QAT", "GOV", "state", ()),
    "SYR": Entity("SYR", "سوريا", "Syria", "SYR", "GOV", "state", ()),
    "grp.fajr": Entity("grp.fajr", "حركة الفجر", "Dawn Movement", "SYR", "REB", "rebel", ()),
    "per.a": Entity("per.a", "أ", "A", "SYR", "REB", None, (("المتحدث", "SYR", "REB", "grp.fajr", "2020", None),)),
    "per.b": Entity("per.b", "ب", "B", "QAT", "GOV", None, (("وزير الخارجية", "QAT", "GOV", None, "2020", None),)),
}
directory = Directory(entities, {("حركه", "الفجر"): "grp.fajr"})


@pytest.mark.parametrize(
    ("name", "entity", "country", "sector", "side"),
    [
        ("وزير الخارجية القطري", None, "QAT", "GOV", "QAT"),
        ("الجيش السوري", None, "SYR", "MIL", "SYR"),
        ("ب", "per.b", "QAT", "GOV", "QAT"),
        ("المتحدث باسم الحركة", "per.a", "SYR", "REB", "grp.fajr"),
        ("مسلحين من حركة الفجر", None, "SYR", "REB", "grp.fajr"),
        ("الأمم المتحدة", "igo.un", None, "IGO", "igo.un"),
        ("متظاهرون", None, "SYR", "CVL", "SYR.CVL"),
        ("دمشق", "plc.damascus", "SYR", "UNK", None),
        ("أطراف", None, None, "UNK", None),
    ],
)
def test_sides(name: str, entity: str | None, country: str | None, sector: str, side: str | None) -> None:
    assert directory.side(name, entity, country, sector) == side


@pytest.mark.parametrize(
    ("type", "mode", "status", "denied", "state"),
    [
        ("CONSULT", None, "occurred", False, "open"), ("CONSULT", None, "planned", False, "planned"), ("CONSULT", None, "occurred", True, "denied"),
        ("CONSULT", None, "negated", False, "denied"), ("AGREE", None, "occurred", False, "offered"), ("REQUEST", "meet", "occurred", False, "offered"),
        ("REQUEST", "yield", "occurred", False, None), ("REJECT", "meet", "occurred", False, "closed"), ("SANCTION", "expel", "occurred", False, "closed"),
        ("SANCTION", "expel", "negated", False, None), ("ASSAULT", None, "occurred", False, None),
    ],
)  # fmt: skip
def test_contact_states(type: str, mode: str | None, status: str, denied: bool, state: str | None) -> None:
    assert contact_state(type, mode, status, denied) == state


def contact(on: str, state: str = "open") -> Contact:
    return Contact(
        "r",
        "a",
        None,
        None,
        on,
        on,
        on,
        "CONSULT",
        None,
        "occurred",
        "unreviewed",
        0.5,
        state,
        frozenset("ab"),
        frozenset(),
        None,
        1,
    )  # type: ignore[arg-type]


def test_gaps_are_times_without_an_open_contact() -> None:
    found = gaps(
        [contact("2025-03-01"), contact("2025-03-20"), contact("2025-03-10", "denied"), contact("2025-03-22")],
        "2025-04-01",
    )
    assert [(gap.since, gap.until, gap.days) for gap in found] == [
        ("2025-03-01", "2025-03-20", 19),
        ("2025-03-22", None, 10),
    ]
    assert gaps([], "2025-04-01") == []


def test_days_of_coarse_dates() -> None:
    assert [str(day(one)) for one in ("2025", "2025-03", "2025-03-09", "2025-03-09/2025-03-12", "soon", None)] == [
        "2025-01-01", "2025-03-01", "2025-03-09", "2025-03-09", "None", "None",
    ]  # fmt: skip


def test_a_timeline_keeps_the_order_of_its_lanes() -> None:
    one, two = day("2025-03-01"), day("2025-03-05")
    assert one
    assert two
    made = timeline([Mark("b", two, two, "open", 1, "", ""), Mark("a", one, two, "open", 1, "", "")], ["b", "c"])
    assert made is not None
    assert made.lanes == ("b", "a")
    assert (made.first, made.last) == (one, two)
    assert timeline([]) is None


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    """Talks that one outlet reports from an official, and another denies; a mediated meeting."""
    talks = {"type": "CONSULT", "trigger": "محادثات", "status": "occurred"}
    qatar = ["قطر", "QAT", "GOV", "QAT"]
    fajr = ["حركة الفجر", "SYR", "REB", "grp.fajr"]
    syria = ["سوريا", "SYR", "GOV", "SYR"]
    made = [
        code(
            {
                "id": "1",
                "outlet": "الأولى",
                "date": "2025-03-01",
                "text": "قال مسؤول إن قطر أجرت محادثات مع حركة الفجر.",
            },
            [{**talks, "actors": [qatar, fajr], "chain": [["مسؤول", "قال", "assert", "unnamed"]]}],
        ),
        code(
            {
                "id": "2",
                "outlet": "الثانية",
                "date": "2025-03-02",
                "text": "نفى متحدث أن تكون قطر أجرت محادثات مع حركة الفجر.",
            },
            [
                {
                    **talks,
                    "status": "negated",
                    "actors": [qatar, fajr],
                    "chain": [["متحدث", "نفى", "deny", "institution"]],
                }
            ],
        ),
        code(
            {
                "id": "3",
                "outlet": "الأولى",
                "date": "2025-03-09",
                "text": "عقدت سوريا محادثات مع حركة الفجر بوساطة قطر.",
            },
            [{**talks, "actors": [syria, fajr], "third_parties": [[*qatar, "mediator"]]}],
        ),
    ]
    with Ledger(tmp_path / "l.db") as opened:
        add_many(opened, made)
        update(opened)
        yield opened


def test_a_channel_and_its_mediator(ledger: Ledger) -> None:
    sides = Sides(directory)
    with ledger.read() as db:
        found = channel(db, sides, "QAT", "grp.fajr")
        assert [(one.published, one.state) for one in found] == [("2025-03-02", "denied"), ("2025-03-01", "open")]
        mediated = channel(db, sides, "grp.fajr", "SYR")
        assert [(one.state, one.through) for one in mediated] == [("open", frozenset({"QAT"}))]
        assert channel(db, sides, "QAT", "grp.fajr", since="2025-03-02")[0].state == "denied"
        assert channel(db, sides, "QAT", "QAT") == [] == channel(db, sides, "QAT", "nobody")
        made = network(db, sides)
    assert {(tie.a, tie.b): tie.states for tie in made.ties} == {
        ("QAT", "grp.fajr"): {"open": 1, "denied": 1},
        ("SYR", "grp.fajr"): {"open": 1},
    }
    assert made.mediators == {"QAT": 1}
    assert betweenness(made)["grp.fajr"] == 1.0
    assert next(iter(made.nodes())) == "grp.fajr"


def test_a_profile_and_its_record_as_a_source(ledger: Ledger) -> None:
    sides = Sides(directory)
    with ledger.read() as db:
        looked = profile(db, sides, "grp.fajr")
        assert looked is not None
        found, told = looked
        assert len(told.party) == 3
        assert told.said == told.demanded == ()
        assert found.as_actor == {"CONSULT": 3}
        assert found.known is not None
        assert {one.key for one in found.met} == {"QAT", "SYR"}
        key = key_of(db, "مسؤول", None, None, "UNK")
        assert key is not None
        assert key.startswith("~")
        looked = profile(db, sides, key)
        assert looked is not None
        assert looked[0].source.records == len(looked[1].said) == 1
        assert looked[0].source.grades == {"unnamed": 1}
        assert profile(db, sides, "~0") is None
        assert profile(db, sides, "~x") is None
        items, following = find_actors(db, "حركة", limit=10)
        assert [one.key for one in items] == ["grp.fajr"]
        assert following is None


def test_a_day(ledger: Ledger) -> None:
    with ledger.read() as db:
        assert last_day(db) == "2025-03-09"
        found = read_day(db, "2025-03-01")
        assert found.reports == 1
        assert len(found.new) == 1
        assert not found.changed
        assert [one for one, _ in found.days] == ["2025-03-01", "2025-03-02", "2025-03-09"]


def test_comparing_reports_and_their_origins(ledger: Ledger) -> None:
    records = list_records(ledger, order="oldest").items[:2]
    fields = {one.field: one for one in compare(records)}
    assert fields["type"].agree
    assert fields["actors"].agree
    assert not fields["status"].agree
    assert [(claim.input_id, denial.input_id) for claim, denial in denials(records)] == [("1", "2")]
    tree = origin_tree(records)
    assert [(one.name, one.stance, [leaf.name for leaf in one.below.values()]) for one in tree] == [
        ("مسؤول", "assert", ["الأولى"]),
        ("متحدث", "deny", ["الثانية"]),
    ]
