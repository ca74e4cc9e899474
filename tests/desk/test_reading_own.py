"""A ledger of a few reports of our own: gaps in coverage, refused forms told in the reader's language, numbers that agree."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from rawi.api.settings import Settings
from rawi.articles import make_article
from rawi.coder import default_coder
from rawi.desk.app import create_app
from rawi.desk.problems import tell
from rawi.ledger import Ledger, add_articles, get_record, list_records
from rawi.merge import update

reports: tuple[dict[str, str], ...] = (
    {"id": "o1", "outlet": "وكالة الساحل", "published": "2025-02-03", "title": "QNA: لقاء قطري إيراني (عاجل)",
     "text": "التقى وزير الخارجية القطري نظيره الإيراني في الدوحة يوم الأحد."},
    {"id": "o2", "outlet": "وكالة الساحل", "published": "2025-02-03", "title": "غارة على بلدة",
     "text": "هاجم الجيش الإسرائيلي بلدة في جنوب لبنان يوم الأحد."},
    {"id": "o3", "outlet": "صحيفة المرفأ", "published": "2025-04-10", "title": "قطر وإيران على الهاتف",
     "text": "أجرى وزير الخارجية القطري اتصالا هاتفيا مع وزير الخارجية الإيراني يوم الأربعاء."},
    {"id": "o4", "outlet": "صحيفة المرفأ", "published": "2025-04-10", "title": "كلمة" + "طويلة" * 60,
     "text": "دعت قطر إيران إلى ضبط النفس."},
    {"id": "o5", "title": "بلا تاريخ", "text": "التقى الرئيس الفرنسي رئيس الوزراء اللبناني في باريس."},
)  # fmt: skip


@pytest.fixture(scope="module")
def own_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "own.db"
    coder = default_coder(())
    with Ledger(path) as ledger:
        done = list(add_articles(ledger, (make_article(one, one["id"]) for one in reports), coder.code, coder.version))
        assert len(done) == len(reports)
        update(ledger)
    return path


@pytest.fixture
def ledger_file(own_file: Path, tmp_path: Path) -> Path:
    """A copy to write to; the fixtures of the folder serve it."""
    path = tmp_path / "ledger.db"
    path.write_bytes(own_file.read_bytes())
    return path


@pytest.fixture
def settings(ledger_file: Path) -> Settings:
    return Settings(ledger_file, (), ("testserver",), None, "mona")


@pytest.fixture
def client(settings: Settings) -> Any:
    found = TestClient(create_app(settings), raise_server_exceptions=False)
    found.cookies.set("rawi_lang", "ar")
    return found


def csrf(client: Any, address: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


def record_of(path: Path, input_id: str) -> Any:
    with Ledger(path) as ledger:
        return next(one for one in list_records(ledger).items if one.input_id == input_id)


def test_days_without_reports_are_stepped_over(client: Any) -> None:
    assert '/?day=2025-04-10" rel="next"' in client.get("/?day=2025-02-03").text
    assert '/?day=2025-02-03" rel="prev"' in client.get("/?day=2025-04-10").text
    assert 'rel="next"' not in client.get("/?day=2025-04-10").text
    assert '/?day=2025-02-03" rel="next"' in client.get("/?day=1999-01-01").text
    assert client.get("/?day=0001-01-01").status_code == client.get("/?day=9999-12-31").status_code == 200


def days(client: Any, address: str) -> list[tuple[str, int]]:
    return [
        (day, int(count))
        for day, count in re.findall(r'<bdi dir="ltr">(\d\d-\d\d)</bdi> <small>(\d+)</small>', client.get(address).text)
    ]


def test_counts_of_days_are_those_of_their_pages(client: Any, ledger_file: Path) -> None:
    assert days(client, "/?day=2025-02-03") == [("02-03", 2)]
    assert days(client, "/?day=2025-02-03&type=CONSULT") == [("02-03", 1)]
    record = record_of(ledger_file, "o2")
    form = {"csrf": csrf(client, "/"), "decision": "reject", "reason": "duplicate", "rev": str(record.rev)}
    assert client.post(f"/review/{record.id}", data=form, follow_redirects=False).status_code == 303
    assert days(client, "/?day=2025-02-03") == [("02-03", 1)]
    assert "الروايات: 1" in client.get("/?day=2025-02-03").text


def test_a_filter_that_leaves_nothing_says_so(client: Any) -> None:
    assert "تطابق التصفية" in client.get("/?day=2025-02-03&type=SANCTION").text
    assert "لا روايات في هذا اليوم." in client.get("/?day=2025-02-05").text


def test_all_stories_of_a_day_are_a_link_away(client: Any) -> None:
    text = client.get("/?day=2025-02-03&type=CONSULT").text
    address = next(one for one in re.findall(r'href="([^"]+)"', text) if one.startswith("/stories?")).replace(
        "&amp;", "&"
    )
    assert address == "/stories?type=CONSULT&since=2025-02-03&until=2025-02-03"
    assert len(list(csv.DictReader(io.StringIO(client.get(address + "&format=csv").text)))) == 1


@pytest.mark.parametrize(
    ("status", "fields", "told", "kept"),
    [
        (400, {"decision": "correct", "date": "غدا"}, "تعذرت قراءة هذا التاريخ", 'value="غدا"'),
        (400, {"decision": "correct"}, "لم يتغير شيء", '<details class="correct" id="correct" open>'),
        (409, {"decision": "undo"}, "لا يوجد قرار قائم", ""),
        (
            400,
            {"decision": "correct", "a1.country": "قطر", "note": "ملاحظتي"},
            "برمزه المؤلف من ثلاثة أحرف",
            'value="ملاحظتي"',
        ),
    ],
)
def test_a_refused_decision_leaves_the_form_as_it_was(
    client: Any, ledger_file: Path, status: int, fields: dict[str, str], told: str, kept: str
) -> None:
    record = record_of(ledger_file, "o1")
    assert record.actors[0].id == "a1"
    answer = client.post(
        f"/review/{record.id}",
        data={"csrf": csrf(client, "/"), "rev": str(record.rev), **fields},
        follow_redirects=False,
    )
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert told in answer.text
    assert kept in answer.text
    with Ledger(ledger_file) as ledger:
        assert get_record(ledger, record.id).record.rev == record.rev


def test_refused_words_leave_the_form_as_it_was(client: Any, ledger_file: Path) -> None:
    record = record_of(ledger_file, "o1")
    form = {"csrf": csrf(client, "/"), "rev": str(record.rev), "part": "mediator", "words": "كلمات ليست هنا"}
    answer = client.post(f"/review/{record.id}/part", data=form, follow_redirects=False)
    assert answer.status_code == 400
    assert "هذه الكلمات ليست في النص" in answer.text
    assert 'value="كلمات ليست هنا"' in answer.text
    assert '<option value="mediator" data-code="Digit4" selected>' in answer.text


def test_dates_may_be_typed_in_arabic_digits(client: Any, ledger_file: Path) -> None:
    record = record_of(ledger_file, "o1")
    form = {"csrf": csrf(client, "/"), "rev": str(record.rev), "decision": "correct", "date": "٢٠٢٥-٠١-٣٠"}
    assert client.post(f"/review/{record.id}", data=form, follow_redirects=False).status_code == 303
    with Ledger(ledger_file) as ledger:
        date = get_record(ledger, record.id).record.event.date
    assert date is not None
    assert date.value == "2025-01-30"
    log = client.get("/log").text
    assert re.search(r'التاريخ: .+? ← <bdi dir="ltr">2025-01-30</bdi>', log)


def test_a_text_that_cannot_be_coded_stays_in_the_form(client: Any) -> None:
    form = {"csrf": csrf(client, "/code"), "title": "Title", "text": "Latin only"}
    answer = client.post("/code", data=form, files={"file": ("", b"")})
    assert answer.status_code == 400
    assert "ليس في النص حرف عربي واحد" in answer.text
    assert "Latin only</textarea>" in answer.text


def test_a_decision_is_said_on_the_next_page(client: Any, ledger_file: Path) -> None:
    record = record_of(ledger_file, "o1")
    address = f"/review/{record.id}"
    assert 'value="undo"' not in client.get(address).text
    following = record_of(ledger_file, "o3").id
    form = {"csrf": csrf(client, "/"), "rev": str(record.rev), "decision": "accept", "following": following}
    page = client.post(address, data=form)
    assert page.url.path == f"/review/{following}"
    assert re.search(r'role="status">آخر قرار: <strong>قبول</strong>', page.text)
    assert f'action="/review/{record.id}"><input' in page.text
    assert 'value="undo"' in page.text
    with Ledger(ledger_file) as ledger:
        left = sum(one.review == "unreviewed" for one in list_records(ledger).items)
    assert f"بانتظار المراجعة: {left}" in page.text


def test_a_channel_claims_nothing_that_the_reports_do_not(client: Any) -> None:
    page = client.get("/channel?a=IRN&b=QAT")
    assert page.text.count("لم يُذكر وسيط") >= 2
    assert "مباشر<" not in page.text
    rows = list(csv.DictReader(io.StringIO(client.get("/channel?a=IRN&b=QAT&format=csv").text)))
    assert [row["through"] for row in rows if row["type"] == "CONSULT"] == ["", ""]
    assert "لقاءات ومحادثات" in page.text
    assert 'المدة: <bdi dir="ltr">2025-02-' in page.text
    assert "اختر جهتين مختلفتين" in client.get("/channel?a=QAT&b=QAT").text


def test_silence_is_counted_as_arabic_counts(client: Any) -> None:
    from rawi.desk.view import View

    view = View.__new__(View)
    view.lang, view.rtl, view.arabic_digits = "ar", True, False
    assert [view.days(n) for n in (1, 2, 3, 10, 11, 66, 100, 102, 103, 111)] == [
        "يوم واحد", "يومان", "3 أيام", "10 أيام", "11 يوما", "66 يوما", "100 يوم", "102 يوم", "103 أيام", "111 يوما",
    ]  # fmt: skip
    assert "66 يوما" in client.get("/channel?a=IRN&b=QAT").text


def test_arabic_titles_keep_their_order_whatever_they_begin_with(client: Any, ledger_file: Path) -> None:
    record = record_of(ledger_file, "o1")
    title = "QNA: لقاء قطري إيراني (عاجل)"
    assert f'<h1><bdi lang="ar" dir="rtl">{title}</bdi></h1>' in client.get(f"/article/{record.article}").text
    assert f'<bdi dir="rtl">{title}</bdi>' in client.get("/?day=2025-02-03").text


def test_an_article_without_date_and_outlet_says_so(client: Any, ledger_file: Path) -> None:
    text = client.get(f"/article/{record_of(ledger_file, 'o5').article}").text
    assert "وسيلة غير مذكورة · بلا تاريخ نشر" in text


def test_credibility_is_told_in_words_and_downloaded_as_a_number(client: Any) -> None:
    assert "6 لا يُحكم عليها" in client.get("/stories").text
    rows = csv.DictReader(io.StringIO(client.get("/stories?format=csv").text))
    assert {row["credibility"] for row in rows} <= set("123456")


@pytest.mark.parametrize(
    "address",
    ["/?day=xx", "/?type=FOO", "/search?q=-", "/actor/nobody", "/article/none", "/story/none", "/review/none", "/nothing",
     "/network?since=2025-99-99", "/stories?cursor=abc", "/search?q=" + "ا" * 301],
)  # fmt: skip
def test_errors_are_told_in_the_language_of_the_reader(client: Any, address: str) -> None:
    told = re.search(r'<p class="warn" role="alert">(.+?)</p>', client.get(address).text)
    assert told
    assert re.search("[ء-ي]", told[1])
    assert not re.search("[a-z]{4}", told[1])
    assert "2025-03-18" not in told[1] or '<bdi dir="ltr">2025-03-18</bdi>' in told[1]
    client.cookies.set("rawi_lang", "en")
    told = re.search(r'<p class="warn" role="alert">(.+?)</p>', client.get(address).text)
    assert told
    assert "rawi list" not in told[1]


def test_a_refused_merge_leads_back_to_the_story(client: Any) -> None:
    story = client.get("/api/stories").json()["items"][0]["id"]
    answer = client.post(f"/story/{story}/merge", data={"csrf": csrf(client, "/"), "other_id": ""})
    assert answer.status_code == 400
    assert "اختر قصة أخرى للدمج معها" in answer.text
    assert f'<a href="/story/{story}">عودة</a>' in answer.text


def test_an_error_without_words_of_its_own_is_told_as_it_is() -> None:
    assert tell("ledger: something that nobody foresaw", "ar") is None


def test_fields_always_come_with_what_identifies_the_item(client: Any) -> None:
    for path, key in (
        ("search?q=قطر&", "article"),
        ("articles?", "id"),
        ("actors?", "key"),
        ("channels?a=IRN&b=QAT&", "record"),
    ):
        name = "state" if key == "record" else "name" if key == "key" else "title"
        items = client.get(f"/api/{path}fields={name}").json()["items"]
        assert items
        assert all(set(item) == {key, name} for item in items)


def test_wrong_fields_are_told_the_right_ones(client: Any) -> None:
    message = client.get("/api/articles?fields=nonsense").json()["error"]["message"]
    assert "use some of id, input_id, outlet, published, title" in message
    assert "(?:" not in message


@pytest.mark.browser
def test_long_words_and_narrow_windows(page: Any, address: str, ledger_file: Path) -> None:
    record = record_of(ledger_file, "o4")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 800})
        for path in (
            f"/article/{record.article}",
            "/?day=2025-04-10",
            "/stories",
            f"/review/{record.id}",
            "/search?q=قطر",
        ):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    page.goto("/stories")
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('#t-stories td')].filter((one) => {
        const box = one.getBoundingClientRect(); return box.width && (box.left < 0 || box.right > innerWidth); }).length"""
    )
    assert beyond == 0
    before = page.locator("#t-stories td.c-num").first.evaluate("one => getComputedStyle(one, '::before').content")
    assert "الأخبار" in before


@pytest.mark.browser
def test_a_date_after_arabic_words_keeps_its_order(page: Any, address: str) -> None:
    page.goto("/?day=xx")
    year, day = page.locator("[role=alert] bdi").evaluate(
        """(one) => { const node = one.firstChild, at = (i) => { const range = document.createRange(); range.setStart(node, i);
        range.setEnd(node, i + 1); return range.getBoundingClientRect().left; }; return [at(0), at(9)]; }"""
    )
    assert year < day
