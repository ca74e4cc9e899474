"""What requests may hold: bodies as typed objects, filters as parameters."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from fastapi import Query, Request

from rawi.api.settings import max_query, max_text
from rawi.errors import InputError
from rawi.ledger import Filter
from rawi.model import EventType, Grade, Review, Stance, Status

Kind = TypeVar("Kind")
Short = Annotated[str, msgspec.Meta(max_length=200)]
RecordId = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Revision = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
day_pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$"
Day = Annotated[str | None, Query(pattern=day_pattern, examples=["2025-03-18"])]
Names = Annotated[list[Annotated[str, Query(max_length=120)]], Query(max_length=20)]
Cursor = Annotated[str | None, Query(max_length=80, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200)]
Fields = Annotated[
    str | None, Query(max_length=400, description="Names of the fields to return, joined by commas; the id always is.")
]
Text = Annotated[str, Query(max_length=max_query, min_length=1)]


class InvalidError(InputError):
    """A body that is not JSON or not of the type asked for."""


class CodeIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report to code."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=max_text)]
    title: Annotated[str, msgspec.Meta(max_length=1000)] | None = None
    outlet: Short | None = None
    published: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class ReviewIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision on a record. ``changes`` is for ``correct``, ``reason`` for ``reject``."""

    record: RecordId
    action: Literal["accept", "correct", "reject", "skip", "undo"]
    based_on: Revision | None = None
    reason: Short | None = None
    changes: dict[str, Any] | None = None
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class MergeIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Stories that are one."""

    stories: Annotated[tuple[RecordId, ...], msgspec.Meta(min_length=2, max_length=20)]
    based_on: tuple[Revision, ...] | None = None
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class SplitIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reports of a story that tell another event."""

    story: RecordId
    records: Annotated[tuple[RecordId, ...], msgspec.Meta(min_length=1, max_length=500)]
    based_on: Revision | None = None
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class UndoIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A story of which the last merge or split is to be taken back."""

    story: RecordId
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


def body(kind: type[Kind]) -> Callable[[Request], Coroutine[Any, Any, Kind]]:
    """Return a dependency that reads a body of that type."""
    decode = msgspec.json.Decoder(kind).decode

    async def read(request: Request) -> Kind:
        try:
            return decode(await request.body())
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise InvalidError(f"body: {error}; see /api/docs for the fields") from error

    return read


def filters(
    since: Day = None,
    until: Day = None,
    happened_since: Day = None,
    happened_until: Day = None,
    outlet: Names = [],  # noqa: B006
    type: Annotated[list[EventType], Query()] = [],  # noqa: B006
    status: Annotated[list[Status], Query()] = [],  # noqa: B006
    actor: Names = [],  # noqa: B006
    source: Names = [],  # noqa: B006
    country: Names = [],  # noqa: B006
    place: Names = [],  # noqa: B006
    stance: Annotated[list[Stance], Query()] = [],  # noqa: B006
    grade: Annotated[list[Grade], Query()] = [],  # noqa: B006
    review: Annotated[list[Review], Query()] = [],  # noqa: B006
) -> Filter:
    """Return the filter that the parameters of a request make; empty ones are as if not given."""
    return Filter(
        since, until, happened_since, happened_until, _given(outlet), tuple(type), tuple(status), _given(actor), _given(source),
        tuple(one.upper() for one in _given(country)), _given(place), tuple(stance), tuple(grade), tuple(review),
    )  # fmt: skip


def _given(values: list[str]) -> tuple[str, ...]:
    return tuple(value.strip() for value in values if value.strip())
