"""What requests may hold: bodies as typed objects, filters as parameters."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from fastapi import Query, Request

from rawi.api.settings import max_query, max_text
from rawi.errors import InputError
from rawi.ledger import Filter
from rawi.ledger.review import Reason
from rawi.model import EventType, Grade, Review, Stance, Status

Kind = TypeVar("Kind")
Short = Annotated[str, msgspec.Meta(max_length=200)]
RecordId = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Revision = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_month_day = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)
day_pattern = f"^[12][0-9]{{3}}-{_month_day}$"
date_pattern = f"^[12][0-9]{{3}}(?:-(?:0[1-9]|1[0-2])|-{_month_day})?$"
_controls = r"\x00-\x08\x0b\x0c\x0e-\x1f"
arabic_pattern = f"^[^{_controls}]*[\u0620-\u063f\u0641-\u064a][^{_controls}]*$"  # some Arabic, nothing binary
query_pattern = '^["(\u00ab\u201c ]*[0-9A-Za-z\u0621-\u063a\u0641-\u064a]'  # begins with a word
Day = Annotated[
    str | None, Query(pattern=date_pattern, examples=["2025-03-18"], description="YYYY, YYYY-MM or YYYY-MM-DD.")
]
Names = Annotated[list[Annotated[str, Query(max_length=120)]], Query(max_length=20)]
Cursor = Annotated[str | None, Query(max_length=80, description="`next` of the page before.")]
Parties = Annotated[
    list[Annotated[str, Query(max_length=120)]], Query(max_length=20, description="Entity ids, or words of a name.")
]
Countries = Annotated[
    list[Annotated[str, Query(max_length=120)]],
    Query(max_length=20, description="ISO alpha-3 codes of a party or the place."),
]
Offset = Annotated[str | None, Query(pattern="^[0-9]{1,9}$", description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200)]
Text = Annotated[str, Query(max_length=max_query, min_length=1, pattern=query_pattern, examples=["محادثات"])]


def fields_of(kind: type[Any]) -> Any:
    """Return the parameter ``fields`` of a list: names of the fields of its items, joined by commas."""
    names = "|".join(kind.__struct_fields__)
    return Query(
        max_length=400,
        pattern=f"^(?:{names})(?:,(?:{names}))*$",
        description="Names of the fields to return, joined by commas; the id always is.",
    )


class InvalidError(InputError):
    """A body that is not JSON or not of the type asked for."""


class CodeIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report to code."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=max_text, pattern=arabic_pattern)]
    title: Annotated[str, msgspec.Meta(max_length=1000)] | None = None
    outlet: Short | None = None
    published: Annotated[str, msgspec.Meta(max_length=10, pattern=day_pattern)] | None = None


class ReviewIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision on a record. ``changes`` is for ``correct``, ``reason`` for ``reject``."""

    record: RecordId
    action: Literal["accept", "correct", "reject", "skip", "undo"]
    based_on: Revision | None = None
    reason: Reason | None = None
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

    async def read(request: Request) -> Kind:
        try:
            return msgspec.convert(_whole(msgspec.json.decode(await request.body())), kind)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise InvalidError(f"body: {error}; see /api/docs for the fields") from error

    return read


def _whole(value: Any) -> Any:
    """Return a JSON value with integers for numbers such as 3.0: to JSON they are the same."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    return value


async def filters(
    since: Day = None,
    until: Day = None,
    happened_since: Day = None,
    happened_until: Day = None,
    outlet: Names = [],  # noqa: B006
    type: Annotated[list[EventType], Query()] = [],  # noqa: B006
    status: Annotated[list[Status], Query()] = [],  # noqa: B006
    actor: Parties = [],  # noqa: B006
    source: Parties = [],  # noqa: B006
    country: Countries = [],  # noqa: B006
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
