"""Decisions on records: accept, correct, reject, skip, undo; stale ones are refused; the log cannot be changed."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from fixtures.reports import newer, strike, talks, talks_text
from rawi.errors import InputError, LedgerError
from rawi.ledger import (
    Filter,
    Ledger,
    StaleError,
    accept,
    add_coded,
    correct,
    entries,
    get_record,
    head,
    list_records,
    reject,
    skip,
    undo,
    verify,
)
from rawi.ledger.review import changed_fields
from rawi.model import Record


@pytest.fixture
def record(ledger: Ledger) -> Record:
    add_coded(ledger, talks())
    return list_records(ledger).items[0]


@pytest.fixture
def shot(ledger: Ledger) -> Record:
    add_coded(ledger, strike())
    return next(one for one in list_records(ledger).items if one.event.type == "ASSAULT")


def test_accept(ledger: Ledger, record: Record) -> None:
    decision = accept(ledger, record.id, who="هدى", note="صحيح")
    assert (decision.rev, decision.review) == (2, "accepted")
    entry = next(entries(ledger))
    assert (entry.who, entry.action, entry.target, entry.note) == ("هدى", "accept", record.id, "صحيح")
    assert entry.confidence == record.event.confidence
    assert (entry.before["review"], entry.after["review"]) == ("unreviewed", "accepted")
    assert entry.before["record"]["event"]["type"] == "CONSULT"


@pytest.mark.parametrize("reason", ["not_an_event", "duplicate"])
def test_reject_takes_a_reason(ledger: Ledger, record: Record, reason: str) -> None:
    assert reject(ledger, record.id, who="هدى", reason=reason).review == "rejected"
    assert next(entries(ledger)).reason == reason


def test_reject_takes_only_known_reasons(ledger: Ledger, record: Record) -> None:
    with pytest.raises(InputError, match="'boring' is not a reason for rejecting; use one of not_an_event"):
        reject(ledger, record.id, who="هدى", reason="boring")


def test_skip_leaves_the_record_in_the_queue(ledger: Ledger, record: Record) -> None:
    skip(ledger, record.id, who="هدى")
    assert list_records(ledger, Filter(reviews=("unreviewed", "skipped"))).items[0].review == "skipped"


def test_a_reviewer_must_be_named(ledger: Ledger, record: Record) -> None:
    with pytest.raises(InputError, match="a decision needs a reviewer"):
        accept(ledger, record.id, who=" ")


def test_an_unknown_record_is_told(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="enone: there is no such record"):
        accept(ledger, "enone", who="هدى")


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"type": "AGREE"}, "type", "AGREE"),
        ({"status": "planned"}, "status", "planned"),
        ({"mode": None}, "mode", None),
        ({"date": "2024-03"}, "date", "2024-03"),
        ({"date": None}, "date", None),
        ({"place": "أنقرة"}, "place", ["أنقرة", None]),
        ({"place": {"text": "أنقرة", "country": "TUR"}}, "place", ["أنقرة", "TUR"]),
        ({"contexts": ["diplomatic"]}, None, None),
        ({"trigger": [0, 4]}, None, None),
        ({"extent": [0, 20], "trigger": [0, 4]}, None, None),
        ({"actors": ["a2", "a1"]}, "actors", [["نظيره التركي", "TUR", "GOV"], ["وزير الخارجية القطري", "QAT", "GOV"]]),
        ({"recipients": [{"name": "عُمان", "country": "OMN", "sector": "GOV"}]}, "recipients", [["عُمان", "OMN", "GOV"]]),
        (
            {"third_parties": [{"actor": "a1", "role": "host"}]},
            "third_parties",
            {"host": [["وزير الخارجية القطري", "QAT", "GOV"]]},
        ),
        (
            {"third_parties": [{"name": "عُمان", "country": "OMN", "role": "mediator"}]},
            "third_parties",
            {"mediator": [["عُمان", "OMN", "UNK"]]},
        ),
        ({"a2.country": "SYR"}, "actors", [["وزير الخارجية القطري", "QAT", "GOV"], ["نظيره التركي", "SYR", "GOV"]]),
        ({"a1.entity": "per.x"}, "actors", [["per.x", "QAT", "GOV"], ["نظيره التركي", "TUR", "GOV"]]),
        (
            {"chain": [{"source": {"name": "الأناضول", "sector": "JRN"}, "stance": "relay", "grade": "institution"}]},
            "chain",
            [[["الأناضول", None, "JRN"], "relay", "institution"]],
        ),
    ],
)
def test_any_field_can_be_corrected(
    ledger: Ledger, record: Record, changes: dict[str, Any], field: str | None, value: Any
) -> None:
    correct(ledger, record.id, changes, who="هدى")
    detail = get_record(ledger, record.id)
    assert detail.record.review == "corrected"
    if field is not None:
        assert detail.human_changes[field][1] == value
    assert not verify(ledger)


def test_a_new_type_leaves_no_mode_of_the_old_one(ledger: Ledger, record: Record) -> None:
    correct(ledger, record.id, {"mode": "phone"}, who="هدى")
    correct(ledger, record.id, {"type": "COERCE"}, who="هدى")
    assert get_record(ledger, record.id).record.event.mode is None
    correct(ledger, record.id, {"type": "ASSAULT", "mode": "drone"}, who="هدى")
    assert get_record(ledger, record.id).record.event.mode == "drone"


def test_hops_can_be_corrected_and_taken_out(ledger: Ledger, shot: Record) -> None:
    correct(ledger, shot.id, {"s1.grade": "named", "s1.stance": "allege"}, who="هدى")
    now = get_record(ledger, shot.id).record
    assert (now.attributions[0].grade, now.attributions[0].stance) == ("named", "allege")
    correct(ledger, shot.id, {"chain": ["s2"]}, who="هدى")
    now = get_record(ledger, shot.id).record
    assert (now.event.chain, [hop.id for hop in now.attributions]) == (("s2",), ["s2"])
    assert "مسؤول مطلع" not in [actor.name for actor in now.actors]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "the correction is empty"),
        ({"colour": "red"}, "'colour' is not a field of a record"),
        ({"confidence": 1.0}, "'confidence' is not a field of a record"),
        ({"type": "WAR"}, "'WAR' is not a type; use one of AGREE, CONSULT"),
        ({"type": None}, "does not fit"),
        ({"status": "happened"}, "'happened' is not a status; use one of occurred, ongoing"),
        ({"mode": "drone"}, "'drone' is not a mode of CONSULT; use visit, third-party"),
        ({"date": "2025-11-33"}, "'2025-11-33' is not a date that exists"),
        ({"date": "2025-11-04 مساء"}, "is not a date that exists"),
        ({"date": "2025-12/2025-11"}, "is not a date that exists"),
        ({"date": {"value": "أمس"}}, "'أمس' is not a date that exists"),
        ({"a2.country": "YZX"}, "'YZX' is not a country"),
        ({"place": {"text": "أنقرة", "country": 7}}, "does not fit"),
        (
            {"chain": [{"source": {"name": "س", "country": "Iran"}, "stance": "relay", "grade": "named"}]},
            "'Iran' is not a country",
        ),
        ({"chain": [{"source": None, "stance": "say", "grade": "named"}]}, "'say' is not a stance; use one of assert"),
        ({"third_parties": [{"name": "عُمان", "sector": "ARMY", "role": "host"}]}, "'ARMY' is not a sector"),
        ({"mode": "visit", "type": "AGREE"}, "'visit' is not a mode of AGREE; use none: it has no modes"),
        ({"contexts": ["war"]}, "'war' is not a context; use one of military, intelligence"),
        ({"contexts": "military"}, "does not fit"),
        ({"place": {"text": "أنقرة", "country": "Turkey"}}, "'Turkey' is not a country"),
        ({"recipients": [{"name": "عُمان", "country": "OM"}]}, "'OM' is not a country"),
        ({"third_parties": [{"actor": "a1", "role": "guest"}]}, "'guest' is not a role; use one of host"),
        ({"actors": "a1"}, "actors must be a list"),
        ({"actors": ["a9"]}, "no actor 'a9'"),
        ({"actors": [{"country": "QAT"}]}, "a new party needs a name"),
        ({"actors": [{"name": "س", "colour": "red"}]}, "'colour' is not a field of an actor"),
        ({"a1.colour": "red"}, "'colour' is not a field of an actor"),
        ({"a1.sector": "ARMY"}, "'ARMY' is not a sector; use one of GOV"),
        ({"a9.country": "QAT"}, "no actor or attribution 'a9'"),
        ({"trigger": [5, 5]}, "not in the text"),
        ({"extent": [0, 9999]}, "not in the text"),
        ({"chain": ["s9"]}, "no attribution 's9'"),
        ({"third_parties": ["a1"]}, "needs an actor and a role"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused_and_changes_nothing(
    ledger: Ledger, record: Record, changes: dict[str, Any], told: str
) -> None:
    with pytest.raises((InputError, LedgerError), match=told):
        correct(ledger, record.id, changes, who="هدى")
    assert get_record(ledger, record.id).record.rev == 1
    assert not list(entries(ledger))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"contexts": ["diplomatic"]}, {"contexts": [(), ("diplomatic",)]}),
        ({"trigger": [0, 4]}, {"trigger": [(26, 33), (0, 4)]}),
        ({"extent": [0, 40]}, {"extent": [(0, 71), (0, 40)]}),
        ({"purpose": [0, 4]}, {"purpose": [None, (0, 4)]}),
        ({"date": "2024-03-02"}, {"date": ["2024-03-04", "2024-03-02"]}),
    ],
)
def test_the_log_says_of_every_field_what_a_correction_changed(
    ledger: Ledger, record: Record, changes: dict[str, Any], told: dict[str, Any]
) -> None:
    correct(ledger, record.id, changes, who="هدى")
    entry = next(entries(ledger))
    assert changed_fields(entry.before, entry.after) == {"review": ["unreviewed", "corrected"], **told}


def test_a_name_that_is_corrected_is_told_where_the_entity_stays(ledger: Ledger, record: Record) -> None:
    correct(ledger, record.id, {"a1.entity": "per.x", "a2.entity": "per.y"}, who="هدى")
    correct(ledger, record.id, {"a1.name": "الوزير"}, who="هدى")
    first, second = (changed_fields(entry.before, entry.after) for entry in entries(ledger))
    assert sorted(first) == ["actors", "review"]
    assert second == {"names": [{"per.x": "وزير الخارجية القطري"}, {"per.x": "الوزير"}]}
    with pytest.raises(StaleError, match=r"names .*الوزير"):
        accept(ledger, record.id, who="سامي", based_on=2)


def test_spans_that_moved_with_the_text_are_no_change(ledger: Ledger) -> None:
    add_coded(ledger, talks(url="https://x/1"))
    [record] = list_records(ledger).items
    correct(ledger, record.id, {"status": "planned"}, who="هدى")
    add_coded(ledger, talks(url="https://x/1", text="عاجل: " + talks_text))
    undo(ledger, record.id, who="هدى")
    *_, entry = entries(ledger)
    changed = changed_fields(entry.before, entry.after)
    assert changed["status"] == ["planned", "occurred"]
    assert "trigger" not in changed


def test_the_machine_s_word_is_kept_beside_the_correction(ledger: Ledger, record: Record) -> None:
    correct(ledger, record.id, {"status": "planned"}, who="هدى")
    detail = get_record(ledger, record.id)
    assert (detail.machine.event.status, detail.record.event.status) == ("occurred", "planned")
    assert detail.human_changes == {"status": ("occurred", "planned")}
    assert next(entries(ledger)).confidence == 0.8


def test_undo_goes_back_step_by_step(ledger: Ledger, record: Record) -> None:
    correct(ledger, record.id, {"status": "planned"}, who="هدى")
    correct(ledger, record.id, {"mode": None}, who="سامي")
    reject(ledger, record.id, who="سامي", reason="other")
    seen = []
    for _ in range(3):
        undo(ledger, record.id, who="هدى")
        now = get_record(ledger, record.id).record
        seen.append((now.review, now.event.status, now.event.mode))
    assert seen == [
        ("corrected", "planned", None),
        ("corrected", "planned", "visit"),
        ("unreviewed", "occurred", "visit"),
    ]
    with pytest.raises(LedgerError, match="there is no decision to undo"):
        undo(ledger, record.id, who="هدى")
    assert [entry.action for entry in entries(ledger)] == ["correct", "correct", "reject", "undo", "undo", "undo"]
    assert [entry.undoes for entry in entries(ledger)][3:] == [3, 2, 1]
    assert not verify(ledger)


def test_undo_of_another_than_the_last_is_refused(ledger: Ledger, record: Record) -> None:
    first = accept(ledger, record.id, who="هدى")
    reject(ledger, record.id, who="هدى", reason="other")
    with pytest.raises(LedgerError, match="is not the last one that stands"):
        undo(ledger, record.id, who="هدى", seq=first.seq)


def test_a_decision_after_undo_can_be_undone_too(ledger: Ledger, record: Record) -> None:
    accept(ledger, record.id, who="هدى")
    undo(ledger, record.id, who="هدى")
    reject(ledger, record.id, who="هدى", reason="other")
    undo(ledger, record.id, who="هدى")
    assert get_record(ledger, record.id).record.review == "unreviewed"


def test_a_stale_decision_is_refused_with_what_changed(ledger: Ledger, record: Record) -> None:
    correct(ledger, record.id, {"status": "planned"}, who="سامي", based_on=1)
    with pytest.raises(
        StaleError, match=r"has changed since revision 1, it is now 2: سامي correct: .*status"
    ) as caught:
        accept(ledger, record.id, who="هدى", based_on=1)
    assert (caught.value.based_on, caught.value.rev) == (1, 2)
    assert caught.value.changes[0]["who"] == "سامي"
    assert caught.value.changes[0]["fields"]["status"] == ["occurred", "planned"]
    accept(ledger, record.id, who="هدى", based_on=2)


def test_a_newer_reading_makes_a_decision_stale(ledger: Ledger, record: Record) -> None:
    add_coded(ledger, talks(by=newer, status="planned"))
    with pytest.raises(StaleError, match=r"rawi 0\.1-hand recode: status"):
        accept(ledger, record.id, who="هدى", based_on=1)


def test_a_withdrawn_record_takes_no_decision(ledger: Ledger, shot: Record) -> None:
    add_coded(ledger, strike(by=newer, events=[]))
    with pytest.raises(LedgerError, match="was withdrawn by a later reading"):
        accept(ledger, shot.id, who="هدى")


def test_the_log_is_append_only(ledger: Ledger, record: Record) -> None:
    accept(ledger, record.id, who="هدى")
    skip(ledger, record.id, who="هدى")
    row = ledger.db.execute("SELECT * FROM log WHERE seq = 1").fetchone()
    attempts = [
        ("UPDATE log SET who = 'x'", ()),
        ("DELETE FROM log WHERE seq = 2", ()),
        (f"REPLACE INTO log VALUES ({', '.join('?' * 15)})", row),
        (f"INSERT OR REPLACE INTO log VALUES ({', '.join('?' * 15)})", row),
        (f"INSERT OR IGNORE INTO log VALUES ({', '.join('?' * 15)})", (9, *row[1:])),
        (f"INSERT INTO log VALUES ({', '.join('?' * 15)}) ON CONFLICT (seq) DO UPDATE SET who = 'x'", row),
    ]
    for pragma in ("ON", "OFF"):
        ledger.db.execute(f"PRAGMA recursive_triggers = {pragma}")
        for sql, values in attempts:
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                ledger.db.execute(sql, values)
    assert ledger.db.execute("SELECT count(*) FROM log").fetchone() == (2,)


def test_the_chain_is_of_hashes(ledger: Ledger, record: Record) -> None:
    accept(ledger, record.id, who="هدى")
    skip(ledger, record.id, who="هدى")
    first, second = entries(ledger)
    assert first.prev_hash == ""
    assert second.prev_hash == first.hash
    assert head(ledger) == (2, second.hash)


def test_entries_since_and_about(ledger: Ledger, record: Record) -> None:
    accept(ledger, record.id, who="هدى")
    skip(ledger, record.id, who="هدى")
    assert [entry.seq for entry in entries(ledger, since=1)] == [2]
    assert [entry.seq for entry in entries(ledger, target=record.id)] == [1, 2]
    assert not list(entries(ledger, target="other"))


@pytest.mark.parametrize(
    "date", ["غدا", "2025-03-18 غدا", "2025-3-18", "2025-02-30", "٢٠٢٥-٠٣-١٨", "2025-03-18T10:00", "2025/03/18"]
)
def test_a_correction_takes_only_dates(ledger: Ledger, record: Record, date: str) -> None:
    with pytest.raises(InputError, match="is not a date that exists; write YYYY-MM-DD"):
        correct(ledger, record.id, {"date": date}, who="هدى")
    assert get_record(ledger, record.id).record.review == "unreviewed"


@pytest.mark.parametrize("date", ["2025-03-18", "2025-03", "2025", "2025-03-18/2025-03-20", None])
def test_a_correction_takes_every_date_of_the_codebook(ledger: Ledger, record: Record, date: str | None) -> None:
    assert correct(ledger, record.id, {"date": date}, who="هدى").review == "corrected"


@pytest.mark.parametrize("country", ["XMJ", "QMA", "XKX", "ZZZ"])
def test_countries_of_a_lexicon_of_one_s_own_have_the_codes_that_are_left_to_users(
    ledger: Ledger, record: Record, country: str
) -> None:
    correct(ledger, record.id, {"a1.country": country}, who="هدى")
    assert get_record(ledger, record.id).record.actors[0].country == country


@pytest.mark.parametrize("country", ["سور", "SY", "syr", "SYRIA", "QAA", "xmj", "XM", "ZAA"])
def test_a_correction_takes_only_countries(ledger: Ledger, record: Record, country: str) -> None:
    actor = record.actors[0].id
    with pytest.raises(InputError, match="is not a country; give its three letters"):
        correct(ledger, record.id, {f"{actor}.country": country}, who="هدى")
    with pytest.raises(InputError, match="is not a country"):
        correct(ledger, record.id, {"place": {"text": "حلب", "country": country}}, who="هدى")
