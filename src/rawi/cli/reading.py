"""Read articles from files and standard input: .txt, .json, .jsonl; one bad article never stops the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from rawi.articles import Unread, make_article
from rawi.errors import InputError
from rawi.model import Article

_bom = b"\xef\xbb\xbf"
_json_errors = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
Defaults = dict[str, str | None]


def read_articles(
    paths: Sequence[str], *, date: str | None = None, outlet: str | None = None, title: str | None = None
) -> Iterator[Article | Unread]:
    """Yield the articles of ``paths`` in order; ``-`` is standard input.

    Options fill what an article does not say itself. What cannot be read comes as ``Unread`` in its place.
    """
    defaults: Defaults = {"published": date, "outlet": outlet, "title": title}
    for path in paths or ["-"]:
        try:
            data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        except IsADirectoryError:
            yield Unread(path, f"{path}: this is a folder; name its files ({path.rstrip('/')}/*.jsonl)")
            continue
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            yield Unread(path, f"{path}: cannot be read ({reason}); check the name and the rights")
            continue
        name = "standard input" if path == "-" else path
        count = 0
        for found in _articles(data, name, defaults):
            count += 1
            yield found
        if not count:
            yield Unread(
                name, f"{name}: there is no article in it; give a report as text or as JSON with a field 'text'"
            )


def _articles(data: bytes, name: str, defaults: Defaults) -> Iterator[Article | Unread]:
    suffix = Path(name).suffix.lower()
    head = data[:4096].removeprefix(_bom).lstrip()[:1]
    guessed = suffix not in (".txt", ".json", ".jsonl", ".ndjson")
    if suffix in (".jsonl", ".ndjson") or (guessed and head == b"{"):
        yield from _json_lines(data, name, defaults)
    elif suffix == ".json" or (guessed and head == b"["):
        yield from _json(data, name, defaults)
    else:
        yield _text(data, name, defaults)


def _text(data: bytes, name: str, defaults: Defaults) -> Article | Unread:
    identifier = Path(name).stem if name != "standard input" else None
    try:
        return make_article({**defaults, "text": _decode(data, name), "id": identifier}, name)
    except InputError as error:
        return Unread(identifier or name, str(error))


def _json_lines(data: bytes, name: str, defaults: Defaults) -> Iterator[Article | Unread]:
    """One object a line; a single object written over several lines is read too."""
    lines = data.removeprefix(_bom).split(b"\n")
    if len(lines) > 1:
        try:
            whole = msgspec.json.decode(data.removeprefix(_bom))
        except _json_errors:
            pass
        else:
            yield from _records(whole, name, defaults)
            return
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            record = msgspec.json.decode(line)
        except _json_errors as error:
            yield Unread(where, f"{where}: this is not JSON in UTF-8 ({error}); give one JSON object a line")
            continue
        yield _record(record, where, defaults)


def _json(data: bytes, name: str, defaults: Defaults) -> Iterator[Article | Unread]:
    try:
        whole = msgspec.json.decode(data.removeprefix(_bom))
    except _json_errors as error:
        if b"\n{" in data.strip().replace(b"\r", b""):
            yield from _json_lines(data, name, defaults)
        else:
            yield Unread(name, f"{name}: this is not JSON in UTF-8 ({error}); mend the file")
        return
    yield from _records(whole, name, defaults)


def _records(whole: Any, name: str, defaults: Defaults) -> Iterator[Article | Unread]:
    if isinstance(whole, dict) and isinstance(whole.get("articles"), list):
        whole = whole["articles"]
    if isinstance(whole, list):
        for number, record in enumerate(whole, 1):
            yield _record(record, f"{name}, article {number}", defaults)
    else:
        yield _record(whole, name, defaults)


def _record(record: Any, where: str, defaults: Defaults) -> Article | Unread:
    if not isinstance(record, dict):
        return Unread(where, f'{where}: this is {type(record).__name__}, not an object; give {{"text": …}}')
    if isinstance(record.get("article"), dict):
        record = _given(record["article"])
    filled = {**record, **{k: v for k, v in defaults.items() if v is not None and not record.get(k)}}
    try:
        return make_article(filled, where)
    except InputError as error:
        identifier = record.get("id")
        return Unread(where if identifier in (None, "") else str(identifier), str(error))


def _given(coded: dict[str, Any]) -> dict[str, Any]:
    """Return what was given of an article that was coded before: its text holds the title too."""
    start, text = coded.get("body_start"), coded.get("text")
    return {**coded, "text": text[start:]} if isinstance(start, int) and isinstance(text, str) else coded


def _decode(data: bytes, name: str) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and b"\x00" in data[:4096]:
        raise InputError(f"{name}: this looks like a binary file, not text; give UTF-8 text, JSON or JSON lines")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "" if wide else " (older Arabic files are often in windows-1256)"
        raise InputError(
            f"{name}: byte {error.start} is not {'UTF-16' if wide else 'UTF-8'} ({data[error.start]:#04x}); save the file as UTF-8{hint}"
        ) from error
