"""Articles from mappings: what is taken, what is refused and in which words."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from rawi.articles import check_date, make_article, max_characters
from rawi.errors import InputError

text = "زار وزير الخارجية العماني طهران."


def test_title_and_body_are_one_text() -> None:
    article = make_article(
        {"id": 7, "title": "زيارة إلى طهران", "text": text, "date": "2024-5-2", "outlet": "الأفق"}, "here"
    )
    assert article.text == f"زيارة إلى طهران\n{text}"
    assert article.text[article.body_start :] == text
    assert (article.id, article.published, article.outlet) == ("7", "2024-05-02", "الأفق")


def test_without_title_the_text_is_the_body() -> None:
    article = make_article({"body": text}, "here")
    assert (article.text, article.body_start, article.title) == (text, 0, None)
    assert article.id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_nothing_of_the_text_is_changed() -> None:
    given = f"  {text}\r\n\u202bقال\u202c: \u200f«ﻻ»\t\n\n "
    assert make_article({"text": given}, "here").text == given


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({}, "here: there is no text; give the report in a field 'text'"),
        ({"text": None}, "here: there is no text"),
        ({"text": 5}, "here: text is int, not a string"),
        ({"text": ["قال"]}, "here: text is list, not a string"),
        ({"text": ""}, "here: the text is empty"),
        ({"text": " \n\t "}, "here: the text is empty"),
        ({"text": text, "title": 5}, "here: title is int, not a string"),
        ({"text": text, "outlet": {}}, "here: outlet is dict, not a string"),
        ({"text": "ق" * (max_characters + 1)}, "here: the text has 20,000,001 characters, more than 20,000,000"),
        ({"text": "قال\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e"}, "here: this looks like a binary file"),
        ({"text": "The minister said so."}, "here: the text has no Arabic letter (it begins 'The minister said so.')"),
        ({"text": "12.5 % !?"}, "here: the text has no Arabic letter"),
        (
            {"text": text, "published": "yesterday"},
            "here: published is 'yesterday', not a date; write it as YYYY-MM-DD",
        ),
        ({"text": text, "published": "2024-02-30"}, "here: published is '2024-02-30', which is no day of the calendar"),
        ({"text": text, "published": "30-02-2024"}, "here: published is '30-02-2024', not a date"),
        ({"text": text, "published": 20240230}, "here: published is 20240230, not a date"),
    ],
)
def test_refusals(record: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        make_article(record, "here")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (None, None),
        ("", None),
        ("2024-12-10", "2024-12-10"),
        (" 2024-2-3 ", "2024-02-03"),
        ("2024-12-10T23:59:00+03:00", "2024-12-10"),
        ("2024-12-10 08:00", "2024-12-10"),
        ("٢٠٢٤-١٢-١٠", "2024-12-10"),
    ],
)
def test_dates(given: str | None, day: str | None) -> None:
    assert check_date(given, "here") == day


def test_lone_surrogates_keep_their_place() -> None:
    article = make_article({"text": "قال \ud800 الوزير"}, "here")
    assert article.text == "قال ? الوزير"
