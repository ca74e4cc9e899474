"""Read articles from files and standard input: .txt, .json, .jsonl; one bad article never stops the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from rawi.articles import make_article
from rawi.errors import InputError
from rawi.model import Article


class Unread(NamedTuple):
    """An article that could not be read: its id or place, and why."""

    id: str
    error: str


def read_articles(
    paths: Sequence[str], *, date: str | None = None, outlet: str | None = None, title: str | None = None
) -> Iterator[Article | Unread]:
    """Yield the articles of ``paths`` in order; ``-`` is standard input.

    Options fill what an article does not say itself. What cannot be read comes as ``Unread`` in its place.
    """
    defaults = {"published": date, "outlet": outlet, "title": title}
    for path in paths or ["-"]:
        try:
            data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        except OSError as error:
            yield Unread(path, f"{path}: cannot be read ({error.strerror}); check the name and the rights")
            continue
        name = "standard input" if path == "-" else path
        yield from _articles(data, name, defaults)


def _articles(data: bytes, name: str, defaults: dict[str, str | None]) -> Iterator[Article | Unread]:
    suffix = Path(name).suffix.lower()
    head = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if suffix in (".jsonl", ".ndjson") or (suffix not in (".txt",) and head == b"{"):
        yield from _json_lines(data, name, defaults)
        return
    if suffix == ".json" or (suffix not in (".txt",) and head == b"["):
        yield from _json(data, name, defaults)
        return
    try:
        if b"\x00" in data[:4096]:
            raise InputError(f"{name}: this looks like a binary file, not text; give UTF-8 text, JSON or JSON lines")
        text = _decode(data, name)
        yield make_article({**defaults, "text": text, "id": Path(name).stem if name != "standard input" else None}, name)
    except InputError as error:
        yield Unread(name, str(error))


def _json_lines(data: bytes, name: str, defaults: dict[str, str | None]) -> Iterator[Article | Unread]:
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if len(lines) > 1:
        try:
            whole = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, UnicodeDecodeError):
            whole = None
        if whole is not None:
            yield from _records(whole, name, defaults)
            return
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            record = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield Unread(where, f"{where}: this is not JSON in UTF-8 ({error}); give one JSON object a line")
            continue
        yield _record(record, where, defaults)


def _json(data: bytes, name: str, defaults: dict[str, str | None]) -> Iterator[Article | Unread]:
    try:
        whole = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if b"\n" in data.strip():
            yield from _json_lines(b"\n" + data, name, defaults)
            return
        yield Unread(name, f"{name}: this is not JSON in UTF-8 ({error}); mend the file")
        return
    yield from _records(whole, name, defaults)


def _records(whole: Any, name: str, defaults: dict[str, str | None]) -> Iterator[Article | Unread]:
    if isinstance(whole, dict) and isinstance(whole.get("articles"), list):
        whole = whole["articles"]
    if isinstance(whole, list):
        for number, record in enumerate(whole, 1):
            yield _record(record, f"{name}, article {number}", defaults)
        return
    yield _record(whole, name, defaults)


def _record(record: Any, where: str, defaults: dict[str, str | None]) -> Article | Unread:
    if not isinstance(record, dict):
        return Unread(where, f"{where}: this is {type(record).__name__}, not an object; give {{\"text\": …}}")
    if isinstance(record.get("article"), dict):
        record = record["article"]
        if record.get("body_start"):
            record = {**record, "text": record["text"][record["body_start"] :]}
    filled = {**record, **{k: v for k, v in defaults.items() if v is not None and not record.get(k)}}
    try:
        return make_article(filled, where)
    except InputError as error:
        return Unread(str(record.get("id") or where), str(error))


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16")
        raise InputError(
            f"{name}: byte {error.start} is not UTF-8 ({data[error.start]:#04x}); save the file as UTF-8 "
            "(older Arabic files are often in windows-1256)"
        ) from error
