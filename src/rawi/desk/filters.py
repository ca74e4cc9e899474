"""The filters of a page: read from the address, given back to the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from rawi.desk.view import View
from rawi.errors import InputError
from rawi.ledger import Filter
from rawi.model import EventType, Grade, Review, Stance, Status

_lists = {
    "outlet": "outlets", "type": "types", "status": "statuses", "actor": "actors", "source": "sources", "country": "countries",
    "place": "places", "stance": "stances", "grade": "grades", "review": "reviews",
}  # fmt: skip
_dates = ("since", "until", "happened_since", "happened_until")
choices: Mapping[str, tuple[str, ...]] = {
    "type": get_args(EventType), "status": get_args(Status), "stance": get_args(Stance), "grade": get_args(Grade), "review": get_args(Review),
}  # fmt: skip


def read_filter(view: View) -> Filter:
    """Return the filter that the address of a page makes; empty parameters are as if not given.

    Raises:
        InputError: a value that does not exist.
    """
    asked = view.request.query_params
    values: dict[str, Any] = {name: asked[name] for name in _dates if asked.get(name)}
    for name, field in _lists.items():
        given = [value.strip()[:120] for value in asked.getlist(name) if value.strip()]
        if given:
            values[field] = [value.upper() for value in given] if name == "country" else given
    try:
        return msgspec.convert(values, Filter)
    except msgspec.ValidationError as error:
        raise InputError(f"filter: {error}") from error
