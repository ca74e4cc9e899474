"""A newer coder, or a changed text: what is superseded, kept, lapsed."""

from __future__ import annotations

import pytest

from fixtures.coded import code
from fixtures.reports import newer, request_event, strike, strike_event, strike_text, talks, talks_text
from rawi.ledger import Ledger, accept, add_coded, correct, get_record, list_records, reject, verify
from rawi.ledger.filters import Filter
from rawi.model import Record


def only(ledger: Ledger, kind: str) -> Record:
    return next(record for record in list_records(ledger, Filter(withdrawn=True)).items if record.event.type == kind)


def test_an_undecided_record_says_what_the_newer_coder_says(ledger: Ledger) -> None:
    add_coded(ledger, talks())
    old = only(ledger, "CONSULT")
    added = add_coded(ledger, talks(by=newer, mode=None, status="planned"))
    assert added.outcome == "recoded"
    new = only(ledger, "CONSULT")
    assert (new.id, new.rev, new.event.status, new.event.mode) == (old.id, 2, "planned", None)
    assert new.coder == newer
    assert not verify(ledger)


def test_a_record_that_says_the_same_keeps_its_revision(ledger: Ledger) -> None:
    add_coded(ledger, talks())
    add_coded(ledger, talks(by=newer))
    assert (only(ledger, "CONSULT").rev, only(ledger, "CONSULT").coder) == (1, newer)


def test_a_record_that_is_not_read_again_is_withdrawn_and_comes_back_under_its_id(ledger: Ledger) -> None:
    add_coded(ledger, strike())
    gone = only(ledger, "REQUEST").id
    added = add_coded(ledger, strike(by=newer, events=[strike_event]))
    assert (added.withdrawn, added.lapsed) == (1, ())
    assert [record.event.type for record in list_records(ledger).items] == ["ASSAULT"]
    third = newer.__class__("0.2", "c", "p")
    add_coded(ledger, strike(by=third))
    assert {record.id for record in list_records(ledger).items} >= {gone}
    assert not verify(ledger)


def test_what_was_accepted_stays_whatever_the_newer_coder_reads(ledger: Ledger) -> None:
    add_coded(ledger, talks())
    record = only(ledger, "CONSULT")
    accept(ledger, record.id, who="هدى")
    added = add_coded(ledger, talks(by=newer, status="planned"))
    assert [lapse.record for lapse in added.kept] == [record.id]
    assert "planned" in added.kept[0].why
    now = only(ledger, "CONSULT")
    assert (now.event.status, now.review) == ("occurred", "accepted")
    assert get_record(ledger, record.id).machine.event.status == "planned"
    assert not verify(ledger)


def test_what_was_corrected_stays_field_by_field(ledger: Ledger) -> None:
    add_coded(ledger, strike())
    record = only(ledger, "REQUEST")
    correct(
        ledger,
        record.id,
        {"recipients": [{"name": "إسرائيل", "country": "ISR", "sector": "GOV", "entity": "ISR"}]},
        who="هدى",
    )
    added = add_coded(ledger, strike(by=newer))
    assert added.outcome == "recoded"
    now = only(ledger, "REQUEST")
    assert now.review == "corrected"
    assert [actor.name for actor in now.actors if actor.id in now.event.recipients] == ["إسرائيل"]


def test_what_was_vouched_for_stays_even_when_the_coder_no_longer_reads_it(ledger: Ledger) -> None:
    add_coded(ledger, strike())
    record = only(ledger, "REQUEST")
    accept(ledger, record.id, who="هدى")
    added = add_coded(ledger, strike(by=newer, events=[strike_event]))
    assert [(lapse.record, lapse.decision) for lapse in added.kept] == [(record.id, "accepted")]
    assert "no longer reads" in added.kept[0].why
    assert only(ledger, "REQUEST").live
    assert not verify(ledger)


def test_a_rejection_holds_while_the_coder_says_the_same(ledger: Ledger) -> None:
    add_coded(ledger, strike())
    record = only(ledger, "REQUEST")
    reject(ledger, record.id, who="هدى", reason="not_an_event")
    added = add_coded(ledger, strike(by=newer))
    assert (added.lapsed, only(ledger, "REQUEST").review) == ((), "rejected")


def test_a_rejection_lapses_when_the_coder_says_something_else(ledger: Ledger) -> None:
    add_coded(ledger, strike())
    record = only(ledger, "REQUEST")
    reject(ledger, record.id, who="هدى", reason="wrong_status")
    added = add_coded(ledger, strike(by=newer, events=[strike_event, {**request_event, "status": "planned"}]))
    assert [lapse.record for lapse in added.lapsed] == [record.id]
    assert only(ledger, "REQUEST").review == "unreviewed"
    assert not verify(ledger)


def test_a_rejection_of_what_is_no_longer_read_has_lapsed(ledger: Ledger) -> None:
    add_coded(ledger, strike())
    record = only(ledger, "REQUEST")
    reject(ledger, record.id, who="هدى", reason="duplicate")
    added = add_coded(ledger, strike(by=newer, events=[strike_event]))
    assert [(lapse.record, lapse.decision) for lapse in added.lapsed] == [(record.id, "rejected")]


def test_decisions_move_with_the_words_when_the_text_changes(ledger: Ledger) -> None:
    add_coded(ledger, talks(url="https://example.org/1"))
    record = only(ledger, "CONSULT")
    accept(ledger, record.id, who="هدى")
    longer = "صدر هذا التوضيح مساء. " + talks_text
    added = add_coded(ledger, talks(url="https://example.org/1", text=longer))
    assert added.lapsed == ()
    detail = get_record(ledger, record.id)
    assert (detail.record.review, detail.record.version) == ("accepted", 2)
    assert {one.exact for one in detail.evidence} >= {"محادثات", "يوم الاثنين", "الدوحة"}
    assert longer[slice(*detail.record.event.trigger)] == "محادثات"
    assert not verify(ledger)


def test_a_decision_lapses_when_its_words_are_gone(ledger: Ledger) -> None:
    add_coded(ledger, talks(url="https://example.org/1"))
    record = only(ledger, "CONSULT")
    accept(ledger, record.id, who="هدى")
    changed = talks_text.replace("في الدوحة يوم الاثنين", "عبر الهاتف يوم الاثنين")
    added = add_coded(ledger, talks(url="https://example.org/1", text=changed, place=None, mode="phone"))
    assert [lapse.record for lapse in added.lapsed] == [record.id]
    assert {one.review for one in list_records(ledger, Filter(withdrawn=True)).items} <= {"unreviewed", "accepted"}
    assert all(one.review == "unreviewed" for one in list_records(ledger).items)
    assert not verify(ledger)


def test_a_new_text_without_the_event_withdraws_it(ledger: Ledger) -> None:
    add_coded(ledger, strike(url="https://example.org/2"))
    shorter = strike_text.split(". ")[0] + "."
    given = {"id": "k1", "outlet": "نبأ", "date": "2024-03-06", "text": shorter, "url": "https://example.org/2"}
    added = add_coded(ledger, code(given, [strike_event]))
    assert (added.outcome, added.withdrawn) == ("version", 1)
    assert not verify(ledger)


@pytest.mark.parametrize("decide", [None, "accept", "reject"])
def test_recoding_back_and_forth_leaves_a_whole_ledger(ledger: Ledger, decide: str | None) -> None:
    add_coded(ledger, strike())
    if decide == "accept":
        accept(ledger, only(ledger, "REQUEST").id, who="هدى")
    elif decide == "reject":
        reject(ledger, only(ledger, "REQUEST").id, who="هدى", reason="other")
    for n in range(4):
        by = newer.__class__(f"1.{n}", "x", "y")
        add_coded(
            ledger, strike(by=by, events=[strike_event] if n % 2 else [{**strike_event, "mode": None}, request_event])
        )
        assert not verify(ledger)
