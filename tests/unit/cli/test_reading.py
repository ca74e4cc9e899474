"""Reading articles from files: every format, and every way a file can be wrong."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from rawi.articles import Unread
from rawi.cli.reading import read_articles
from rawi.model import Article

text = "زار وزير الخارجية العماني طهران."


def read(path: Path, data: bytes | str, **options: str | None) -> list[Article | Unread]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_articles([str(path)], **options))


def row(**fields: object) -> str:
    return json.dumps({"text": text, **fields}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "data", "ids"),
    [
        ("a.txt", text, ["a"]),
        ("a.txt", "\ufeff" + text, ["a"]),
        ("a.json", row(id="x"), ["x"]),
        ("a.json", f"[{row(id='x')}, {row(id='y')}]", ["x", "y"]),
        ("a.json", f'{{"articles": [{row(id="x")}]}}', ["x"]),
        ("a.json", f"{row(id='x')}\n{row(id='y')}\n", ["x", "y"]),  # lines in a file that is called .json
        ("a.jsonl", f"{row(id='x')}\n\n{row(id='y')}", ["x", "y"]),
        ("a.jsonl", f"{row(id='x')}\r\n{row(id='y')}\r\n", ["x", "y"]),
        ("a.jsonl", "\ufeff" + row(id="x"), ["x"]),
        ("a.jsonl", json.dumps({"id": "x", "text": text}, indent=2), ["x"]),  # one object over several lines
        ("a.dat", row(id="x"), ["x"]),  # guessed
        ("a.dat", f"[{row(id='x')}]", ["x"]),
        ("a.dat", text, ["a"]),
        ("a.txt", "{هذا نص}", ["a"]),  # .txt is text whatever it looks like
    ],
)
def test_formats(tmp_path: Path, name: str, data: str, ids: list[str]) -> None:
    found = read(tmp_path / name, data)
    assert [a.id for a in found] == ids
    assert all(isinstance(a, Article) for a in found)


def test_utf16_is_read(tmp_path: Path) -> None:
    (article,) = read(tmp_path / "a.txt", text.encode("utf-16"))
    assert isinstance(article, Article)
    assert article.text == text


def test_options_fill_what_is_missing(tmp_path: Path) -> None:
    data = f"{row(id='x')}\n{row(id='y', published='2020-01-01', outlet='الأفق', title='عنوان')}"
    first, second = read(tmp_path / "a.jsonl", data, date="2024-05-02", outlet="البيان", title="آخر")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.published, first.outlet, first.title) == ("2024-05-02", "البيان", "آخر")
    assert (second.published, second.outlet, second.title) == ("2020-01-01", "الأفق", "عنوان")


def test_a_coded_article_can_be_coded_again(tmp_path: Path) -> None:
    coded = {"article": {"id": "x", "title": "عنوان", "text": f"عنوان\n{text}", "body_start": 6}, "events": []}
    (article,) = read(tmp_path / "a.jsonl", json.dumps(coded))
    assert isinstance(article, Article)
    assert article.text == f"عنوان\n{text}"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "the text is empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "the text is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "this looks like a binary file"),
        ("a.txt", "قال".encode("cp1256"), "byte 0 is not UTF-8 (0xde); save the file as UTF-8"),
        ("a.txt", text.encode()[:-1] + b"\xff", "byte 58 is not UTF-8 (0xff)"),
        ("a.txt", b"\xff\xfe\x00\xd8", "byte 2 is not UTF-16"),
        ("a.json", b"{", "this is not JSON in UTF-8"),
        ("a.json", b"[" * 100_000, "this is not JSON in UTF-8"),
        ("a.json", b"[]", "there is no article in it"),
        ("a.jsonl", b"", "there is no article in it"),
        ("a.jsonl", b"\n \n", "there is no article in it"),
        ("a.jsonl", b'"text"', "line 1: this is str, not an object"),
        ("a.jsonl", b"5", "line 1: this is int, not an object"),
        ("a.jsonl", b'{"article": {"body_start": 5}}', "line 1: there is no text"),
        ("a.jsonl", b'{"article": {"body_start": "x", "text": "y"}}', "line 1: the text has no Arabic letter"),
    ],
)
def test_what_cannot_be_read_says_where_and_what(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (unread,) = read(tmp_path / name, data)
    assert isinstance(unread, Unread)
    assert message in unread.error
    assert unread.error.startswith(str(tmp_path / name))


def test_one_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    bad = row(id="b").encode().replace("زار".encode(), b"\xc3\x28")
    lines = [row(id="a").encode(), bad, b"{broken", row(id="d", published="2024-13-01").encode(), row(id="e").encode()]
    found = read(tmp_path / "a.jsonl", b"\n".join(lines))
    path = tmp_path / "a.jsonl"
    assert [type(a).__name__ for a in found] == ["Article", "Unread", "Unread", "Unread", "Article"]
    assert [a.id for a in found] == ["a", f"{path}, line 2", f"{path}, line 3", "d", "e"]
    assert "'2024-13-01', which is no day of the calendar" in found[3].error  # type: ignore[union-attr]


def test_missing_files_and_folders(tmp_path: Path) -> None:
    good = tmp_path / "a.txt"
    good.write_text(text, "utf-8")
    missing, folder, found = read_articles([str(tmp_path / "no.txt"), str(tmp_path), str(good)])
    assert isinstance(missing, Unread)
    assert missing.error.endswith("no.txt: cannot be read (No such file or directory); check the name and the rights")
    assert isinstance(folder, Unread)
    assert "this is a folder" in folder.error
    assert isinstance(found, Article)


def test_a_name_that_is_no_name() -> None:
    (unread,) = read_articles(["a\x00b"])
    assert isinstance(unread, Unread)
    assert "cannot be read" in unread.error


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, ids in ((row(id="x"), ["x"]), (text, None)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        found = list(read_articles(["-"]))
        assert all(isinstance(a, Article) for a in found)
        if ids:
            assert [a.id for a in found] == ids


def test_the_same_text_from_stdin_has_the_same_id(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for _ in range(2):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        found += [a.id for a in read_articles([])]
    assert found[0] == found[1]


def test_fifty_megabytes_of_one_text_are_refused_with_a_reason(tmp_path: Path) -> None:
    (unread,) = read(tmp_path / "a.txt", "قال " * 7_000_000)
    assert isinstance(unread, Unread)
    assert "28,000,000 characters, more than 20,000,000; give one report an article" in unread.error
