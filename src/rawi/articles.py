"""Make articles out of what users give: a mapping with text and what is known about it, checked and dated."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from rawi.errors import InputError
from rawi.model import Article

max_characters = 20_000_000
_iso = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_controls = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_arabic = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")


class Unread(NamedTuple):
    """An article that could not be read or coded: its id or place, and why."""

    id: str
    error: str


def make_article(record: Mapping[str, Any], where: str) -> Article:
    """Return the article that ``record`` describes.

    Args:
        record: ``text`` (or ``body``) and optionally ``id``, ``title``, ``outlet``, ``published`` (or ``date``), ``url``.
        where: what to call the record in messages (file and line).

    Raises:
        InputError: the text is missing, empty, not text, binary, too long or without Arabic, or the date is not a date.
    """
    body = record.get("text", record.get("body"))
    if body is None:
        raise InputError(f"{where}: there is no text; give the report in a field 'text'")
    if not isinstance(body, str):
        raise InputError(f"{where}: text is {type(body).__name__}, not a string; give the report as one string")
    title = _optional(record, "title", where)
    if not body.strip() and not (title or "").strip():
        raise InputError(f"{where}: the text is empty; there is nothing to code")
    if len(body) > max_characters:
        raise InputError(
            f"{where}: the text has {len(body):,} characters, more than {max_characters:,}; give one report an article"
        )
    if len(_controls.findall(body[:4096])) > 8:
        raise InputError(f"{where}: this looks like a binary file, not text; give UTF-8 text, JSON or JSON lines")
    if not _arabic.search(body) and not _arabic.search(title or ""):
        raise InputError(f"{where}: the text has no Arabic letter (it begins {body.strip()[:30]!r}); give Arabic news")
    published = check_date(record.get("published", record.get("date")), where)
    text = f"{title}\n{body}" if title else body
    text = text.encode("utf-8", "replace").decode("utf-8") if _has_surrogates(text) else text
    given = record.get("id")
    identifier = str(given) if given not in (None, "") else hashlib.sha256(text.encode()).hexdigest()[:16]
    return Article(
        id=identifier,
        text=text,
        title=title or None,
        outlet=_optional(record, "outlet", where) or None,
        published=published,
        body_start=len(title) + 1 if title else 0,
        url=_optional(record, "url", where) or None,
    )


def check_date(value: object, where: str) -> str | None:
    """Return an ISO day, or None for nothing given.

    Raises:
        InputError: the value is not a calendar day.
    """
    if value is None or value == "":
        return None
    match = _iso.match(str(value).strip())
    if match is None:
        raise InputError(f"{where}: published is {value!r}, not a date; write it as YYYY-MM-DD")
    try:
        return datetime.date(*(int(g) for g in match.groups())).isoformat()
    except ValueError as error:
        raise InputError(
            f"{where}: published is {value!r}, which is no day of the calendar; write YYYY-MM-DD"
        ) from error


def _optional(record: Mapping[str, Any], field: str, where: str) -> str | None:
    value = record.get(field)
    if value is None or isinstance(value, str):
        return value
    raise InputError(f"{where}: {field} is {type(value).__name__}, not a string; give a string or leave it out")


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
