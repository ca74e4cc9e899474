"""Every page answers in both languages, escapes what it shows, and gives its tables as CSV and JSON."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from rawi.desk.app import create_app
from rawi.desk.highlight import Mark, marks_of, pieces, visible
from rawi.desk.messages import keys, translate
from rawi.ledger import Ledger, add_articles, add_coded, get_article, list_records, list_stories
from rawi.merge import update
from rawi.model import Actor, Article, CodedArticle, Event


def first(client: Any, path: str) -> dict[str, Any]:
    return client.get(path).json()["items"][0]


def addresses(client: Any) -> list[str]:
    event = first(client, "/api/events?type=CONSULT")
    story = first(client, "/api/stories?order=corroborated")
    return [
        "/", "/?day=2025-03-18", "/?day=2025-03-18&type=SANCTION", "/?day=1999-01-01", "/stories", "/stories?contested=1",
        "/stories?type=CONSULT&actor=XGD&order=corroborated", f"/article/{event['article']}", f"/article/{event['article']}?event={event['id']}",
        f"/story/{story['id']}", "/actors", "/actors?q=نادر", "/actor/XGD", "/actor/per.demo-sawwan", "/actor/~3", "/channel",
        "/channel?a=XMJ&b=grp.demo-fajr", "/channel?a=XMJ&b=nobody", "/network", "/network?since=2025-03-01&until=2025-03-20", "/search",
        "/search?q=محادثات", "/search?q=لا-شيء-كهذا", "/log", "/review", f"/review/{event['id']}", "/code", "/login", "/tokens", "/api/docs",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_answers(client: Any, language: str) -> None:
    for address in addresses(client):
        client.cookies.set("rawi_lang", language)
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in answer.text
        Balanced().check(answer.text, address)


class Balanced(HTMLParser):
    """Checks that tags are closed in order and that nothing is styled or scripted inline."""

    def check(self, html: str, where: str) -> None:
        self.open: list[str] = []
        self.where = where
        self.feed(html)
        assert self.open == [], (where, self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        assert "style" not in names, (self.where, tag, attrs)
        assert not any(name.startswith("on") for name in names), (self.where, tag, attrs)
        assert tag != "style"
        if tag == "script":
            assert ("src", "/static/desk.js") in attrs
        if tag not in ("meta", "link", "input", "br", "line", "circle", "rect", "path"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        assert self.open, (self.where, tag)
        assert self.open.pop() == tag, (self.where, tag)


def test_tables_are_csv_and_json_of_the_same_address(client: Any) -> None:
    for address in ("/?day=2025-03-18&table=new", "/stories?x=1", "/actor/XGD?table=aliases", "/channel?a=XMJ&b=XGD", "/network?x=1", "/log?x=1",
                    "/review?x=1", "/search?q=محادثات"):  # fmt: skip
        rows = client.get(f"{address}&format=json").json()["items"]
        answer = client.get(f"{address}&format=csv")
        assert answer.headers["content-type"].startswith("text/csv")
        table = list(csv.DictReader(io.StringIO(answer.text)))
        assert len(table) == len(rows), address
        if rows:
            assert list(table[0]) == list(rows[0])


def test_wrong_requests_are_told_in_words(client: Any) -> None:
    for address, status in (
        ("/nothing", 404), ("/article/none", 404), ("/story/none", 404), ("/actor/none", 404), ("/actor/~999999", 404), ("/review/none", 404),
        ("/?day=2025-99-99", 400), ("/stories?type=DANCE", 400), ("/stories?cursor=zzz", 404), ("/network?since=yesterday", 400),
        ("/search?q=-", 400), ("/search?q=" + "x" * 400, 400),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == status, address
        assert answer.headers["content-type"].startswith("text/html")
        assert "Traceback" not in answer.text, address
        assert ".db" not in answer.text.replace("ledger.db", ""), address


def test_every_word_is_there_in_both_languages() -> None:
    for key in keys():
        assert translate(key, "ar").strip(), key
        assert translate(key, "en").strip(), key


def test_pieces_joined_are_the_text(settings: Any) -> None:
    with Ledger(settings.ledger) as ledger:
        for record in list_records(ledger, limit=200).items:
            stored = get_article(ledger, record.article)
            cut = pieces(stored.article.text, marks_of(record, 0), stored.article.body_start)
            assert "".join(piece.text for piece in cut) == stored.article.text
            assert any("trigger" in piece.kinds for piece in cut)


def test_overlapping_marks_are_flat_pieces() -> None:
    cut = pieces("وبالمحادثات اليوم", [Mark(0, 11, "party", 0), Mark(3, 11, "trigger", 1), Mark(3, 17, "source", 0)])
    assert [(piece.text, piece.kinds, piece.events) for piece in cut] == [
        ("وبا", ("party",), (0,)),
        ("لمحادثات", ("party", "source", "trigger"), (0, 1)),
        (" اليوم", ("source",), (0,)),
    ]


def test_hidden_controls_are_shown_and_keep_offsets() -> None:
    text = "قال\u202eabc\u202c إن\u200f"
    assert visible(text) == "قال⍰abc⍰ إن\u200f"
    assert len(visible(text)) == len(text)


def test_what_an_article_holds_is_never_markup(settings: Any) -> None:
    from rawi.articles import make_article
    from rawi.coder import default_coder

    coder = default_coder(settings.overlays)
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    given = {
        "id": "evil", "title": f"قصف {evil}", "outlet": f"صحيفة {evil}", "published": "2025-04-13",
        "text": f"قصف الجيش المرجاني عين الصقر يوم السبت {evil}.\nقال مسؤول \u202eإن\u202c الجيش انسحب. {{{{ 7*7 }}}}",
    }  # fmt: skip
    with Ledger(settings.ledger) as ledger:
        added = next(iter(add_articles(ledger, [make_article(given, "evil")], coder.code, coder.version)))
        update(ledger)
        records = list_records(ledger, limit=3).items
        story = list_stories(ledger, limit=1).items[0]
    client = TestClient(create_app(settings), raise_server_exceptions=False)
    for address in (f"/article/{added.article}", "/?day=2025-04-13", "/stories", f"/review/{records[0].id}", f"/story/{story.id}",
                    "/search?q=" + "قصف", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E+قصف", "/actors?q=%3Cscript%3E", "/review"):  # fmt: skip
        html = client.get(address).text
        assert "<script>alert" not in html, address
        assert "<img" not in html, address
        assert "\u202e" not in html, address
    html = client.get(f"/article/{added.article}").text
    assert "⍰" in html
    assert "{{ 7*7 }}" in html
    assert json.loads(client.get(f"/api/articles/{added.article}").text)["article"]["text"].count("\u202e") == 1


def test_a_correction_form_has_each_field_once(client: Any) -> None:
    """Also where one actor plays two parts: a field that is sent twice would be refused."""
    events = client.get("/api/events?limit=200").json()["items"]
    twice = [one for one in events if {*one["event"]["actors"]} & {x["actor"] for x in one["event"]["third_parties"]}]
    assert twice
    for one in (*twice[:3], *events[:5]):
        html = client.get(f"/review/{one['id']}").text
        form = html[html.index('<details class="correct"') :].partition("</form>")[0]
        names = re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', form)
        assert len(names) == len(set(names)), (one["id"], names)


def test_a_network_of_many_sides_is_a_matrix(settings: Any) -> None:
    """Up to 60 sides are drawn; of more, the busiest stand in a matrix that leads to their channels."""
    states = [f"Q{a}{b}" for a in "ABCDEFGHI" for b in "ABCDEFGH"]
    for count, drawn in ((60, True), (72, False)):
        path = settings.ledger.with_name(f"{count}.db")
        with Ledger(path) as ledger:
            for number, pair in enumerate(itertools.pairwise(states[:count])):
                add_coded(ledger, _meeting(number, *pair))
            update(ledger)
        made = msgspec.structs.replace(settings, ledger=path)
        client = TestClient(create_app(made), raise_server_exceptions=False)
        html = client.get("/network?since=2025-01-01&lang=en").text
        assert ("<svg" in html) == drawn
        assert ('id="t-matrix"' in html) != drawn
        assert "/channel?a=QAA&amp;b=QAB" in html
        Balanced().check(html, "/network")
        rows = client.get("/network?since=2025-01-01&format=json&table=matrix").json()
        if drawn:
            assert rows["table"] == "channels"
            continue
        assert rows["table"] == "matrix"
        assert len(rows["items"]) == 40
        sides = list(rows["items"][0])[1:]
        assert len(sides) == 40
        for row, side in zip(rows["items"], sides, strict=True):
            for other, count_of in zip(sides, list(row.values())[1:], strict=True):
                near = abs(states.index(side) - states.index(other)) == 1
                assert count_of == (1 if near else None), (side, other)
        assert "40" in html
        assert "72" in html


def _meeting(number: int, one: str, other: str) -> CodedArticle:
    text = f"التقى الوفدان أمس، الخبر {number}."
    actors = tuple(
        Actor(f"a{n}", f"وفد {state}", None, state, "GOV", None, ((6, 13),)) for n, state in enumerate((one, other))
    )
    event = Event(
        "e1", "CONSULT", None, (), "occurred", ("a0", "a1"), (), (), (0, 5), (0, 18), None, None, None, (), 0.9
    )
    article = Article(f"m{number}", text, None, "وكالة", "2025-03-01", 0, None)
    return CodedArticle(article, actors, (), (event,))
