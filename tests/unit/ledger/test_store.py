"""Adding articles: identity, versions, readings, failures; nothing is lost or doubled."""

from __future__ import annotations

import re
import sqlite3

import msgspec
import pytest

from fixtures.coded import article, code, coder
from fixtures.reports import newer, strike, talks, talks_text
from rawi.errors import InputError, LedgerError
from rawi.ledger import Ledger, add_articles, add_coded, add_many, get_article, get_record, known, list_records, verify
from rawi.model import Article, CodedArticle


def test_a_new_article_is_kept_exactly(ledger: Ledger) -> None:
    text = "  سطر أوّل\r\n\tوسطر ثانٍ 🙂 \u202bمعكوس\u202c  "
    added = add_coded(
        ledger, code({"id": "x", "outlet": "نبأ", "date": "2024-01-01", "title": "عنوان", "text": text}, [])
    )
    stored = get_article(ledger, added.article or "")
    assert added.outcome == "new"
    assert stored.article.text == f"عنوان\n{text}"
    assert stored.article.title == "عنوان"
    assert stored.article.body_start == 6
    assert stored.article == get_article(ledger, "x").article


def test_adding_twice_changes_nothing(ledger: Ledger) -> None:
    add_many(ledger, [talks(), strike()])
    before = ledger.db.execute("SELECT count(*) FROM record").fetchone()
    assert [one.outcome for one in add_many(ledger, [talks(), strike()])] == ["known", "known"]
    assert ledger.db.execute("SELECT count(*) FROM record").fetchone() == before
    assert not verify(ledger)


def test_ids_are_url_safe_and_the_same_in_every_ledger(
    ledger: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> None:
    add_many(ledger, [talks(), strike()])
    with Ledger(tmp_path_factory.mktemp("other") / "rawi.db") as other:
        add_many(other, [strike(), talks()])
        ids = [{record.id for record in list_records(one).items} for one in (ledger, other)]
    assert ids[0] == ids[1]
    assert all(re.fullmatch("e[0-9a-z]{16}", one) for one in ids[0])


def test_one_text_of_two_outlets_is_two_articles(ledger: Ledger) -> None:
    added = add_many(ledger, [talks("a", outlet="الأفق"), talks("b", outlet="نبأ")])
    assert [one.outcome for one in added] == ["new", "new"]
    assert added[0].article != added[1].article


def test_one_content_under_two_ids_is_one_article_found_by_both(ledger: Ledger) -> None:
    added = add_many(ledger, [talks("a"), talks("b")])
    assert [one.outcome for one in added] == ["new", "known"]
    assert get_article(ledger, "a").id == get_article(ledger, "b").id


def test_one_id_for_two_articles_is_asked_about(ledger: Ledger) -> None:
    add_many(ledger, [talks("a"), strike("a")])
    with pytest.raises(InputError, match="2 articles were given under this id"):
        get_article(ledger, "a")


def test_the_same_url_with_another_text_is_a_new_version(ledger: Ledger) -> None:
    first = add_coded(ledger, talks(url="https://example.org/1"))
    second = add_coded(ledger, talks(url="https://example.org/1", text="تصحيح: " + talks_text))
    assert (second.outcome, second.version, second.article) == ("version", 2, first.article)
    stored = get_article(ledger, first.article or "")
    assert [version.n for version in stored.versions] == [1, 2]
    assert stored.article.text.startswith("تصحيح")
    assert get_article(ledger, first.article or "", version=1).article.text == talks_text
    with pytest.raises(InputError, match="no version 7"):
        get_article(ledger, first.article or "", version=7)


def test_adding_an_old_file_again_does_not_turn_time_back(ledger: Ledger) -> None:
    add_coded(ledger, talks(url="https://example.org/1"))
    add_coded(ledger, talks(url="https://example.org/1", text="تصحيح: " + talks_text))
    again = add_coded(ledger, talks(url="https://example.org/1"))
    assert (again.outcome, again.version) == ("known", 1)
    assert get_article(ledger, again.article or "").version == 2


def test_a_corrected_date_under_one_url_is_a_new_version(ledger: Ledger) -> None:
    add_coded(ledger, talks(url="https://example.org/1", published="2024-03-05"))
    assert add_coded(ledger, talks(url="https://example.org/1", published="2024-03-06")).outcome == "version"
    assert list_records(ledger).items[0].published == "2024-03-06"


def test_known_says_beforehand_what_would_change_nothing(ledger: Ledger) -> None:
    given = {"id": "t1", "outlet": "الأفق", "date": "2024-03-05", "text": talks_text}
    assert known(ledger, article(given), coder) is None
    add_coded(ledger, talks())
    assert known(ledger, article(given), coder) is not None
    assert known(ledger, article(given), newer) is None
    assert known(ledger, article({**given, "id": "another"}), coder) is None  # its id is not known yet


def test_a_coder_that_fails_stops_nothing(ledger: Ledger) -> None:
    def code_one(one: Article) -> CodedArticle:
        if one.id == "bad":
            raise ValueError("boom")
        if one.id == "worse":
            raise InputError("worse: cannot be read")
        return CodedArticle(one, coder=coder)

    articles = [Article(name, f"نص {name}") for name in ("good", "bad", "worse", "fine")]
    added = {one.input_id: one for one in add_articles(ledger, articles, code_one, coder)}
    assert {name: one.outcome for name, one in added.items()} == {
        "good": "new",
        "bad": "failed",
        "worse": "failed",
        "fine": "new",
    }
    assert added["bad"].error is not None
    assert "ValueError: boom" in added["bad"].error
    assert get_article(ledger, "bad").error == added["bad"].error
    assert not verify(ledger)
    # The article that failed is tried again, and then it is read.
    again = list(add_articles(ledger, articles, lambda one: CodedArticle(one, coder=coder), coder))
    assert sorted((one.input_id, one.outcome) for one in again) == [
        ("bad", "new"),
        ("fine", "known"),
        ("good", "known"),
        ("worse", "new"),
    ]
    assert get_article(ledger, "bad").error is None


def test_a_failure_is_kept_once(ledger: Ledger) -> None:
    failed = CodedArticle(Article("f", "نص"), coder=coder, error="f: no")
    assert [add_coded(ledger, failed).outcome for _ in range(3)] == ["failed"] * 3
    assert ledger.db.execute("SELECT count(*) FROM reading").fetchone() == (1,)


@pytest.mark.parametrize(("text", "told"), [("نص\0", "U+0000 at offset 2"), ("نص\ud800", "surrogate pair at offset 2")])
def test_a_text_that_cannot_be_kept_exactly_is_refused(ledger: Ledger, text: str, told: str) -> None:
    added = add_coded(ledger, CodedArticle(Article("x", text), coder=coder))
    assert (added.outcome, added.article) == ("failed", None)
    assert told in (added.error or "")


def test_a_coder_s_impossible_output_is_kept_as_an_error(ledger: Ledger) -> None:
    good = talks()
    event = msgspec.structs.replace(good.events[0], actors=("a9",))
    added = add_coded(ledger, msgspec.structs.replace(good, events=(event,)))
    assert added.outcome == "failed"
    assert "'a9'" in (added.error or "")
    event = msgspec.structs.replace(good.events[0], extent=(0, 10_000))
    assert "not in the text" in (add_coded(ledger, msgspec.structs.replace(good, events=(event,))).error or "")
    twice = msgspec.structs.replace(good, events=good.events * 2)
    assert "one id" in (add_coded(ledger, twice).error or "")


def test_evidence_is_kept_as_w3c_selectors(ledger: Ledger) -> None:
    add_coded(ledger, strike())
    for record in list_records(ledger).items:
        detail = get_record(ledger, record.id)
        text = get_article(ledger, record.article).article.text
        assert {"trigger", "extent", "party"} <= {one.part for one in detail.evidence}
        for one in detail.evidence:
            assert text[one.start : one.end] == one.exact
            assert (text[: one.start].endswith(one.prefix), text[one.end :].startswith(one.suffix)) == (True, True)
        # The view of the file itself says the same, to whatever program reads it.
        rows = ledger.db.execute(
            'SELECT part, start, "end", exact, prefix, suffix FROM evidence WHERE record_id = ?', (record.id,)
        ).fetchall()
        assert sorted(rows) == sorted(
            (one.part, one.start, one.end, one.exact, one.prefix, one.suffix) for one in detail.evidence
        )


@pytest.mark.parametrize("table", ["article", "article_version", "reading", "record", "record_reading"])
def test_what_was_kept_cannot_be_changed(ledger: Ledger, table: str) -> None:
    add_many(ledger, [talks()])
    column = ledger.db.execute(f"PRAGMA table_info({table})").fetchall()[-1][1]
    columns = ", ".join(row[1] for row in ledger.db.execute(f"PRAGMA table_info({table})"))
    for sql in (
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
        f"REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="is immutable"):
            ledger.db.execute(sql)
    ledger.db.execute("PRAGMA recursive_triggers = OFF")  # another program would not turn them on
    with pytest.raises(sqlite3.IntegrityError, match="is immutable"):
        ledger.db.execute(f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}")


def test_a_missing_ledger_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("none")
    with pytest.raises(LedgerError, match=r"rawi\.db: there is no such ledger; 'rawi add FILES' makes one"):
        Ledger(folder / "rawi.db", create=False)
    with pytest.raises(LedgerError, match="does not exist; make it first"):
        Ledger(folder / "no" / "rawi.db")
