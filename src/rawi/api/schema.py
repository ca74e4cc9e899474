"""The OpenAPI document: paths by FastAPI, types by msgspec, examples by hand."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from rawi.analysis.actors import ActorRow, Profile
from rawi.analysis.articles import ArticleRow, Change
from rawi.analysis.contacts import Contact, Network
from rawi.api.inputs import CodeIn, MergeIn, ReviewIn, SplitIn, UndoIn
from rawi.ledger import Decision, Hit, RecordDetail, Stats, StoredArticle, StoryDetail
from rawi.merge import StoryDecision
from rawi.model import CodedArticle, Record, Story

_ref = "#/components/schemas/{name}"
_whole = (
    StoredArticle, RecordDetail, StoryDetail, Profile, Network, CodedArticle, Decision, StoryDecision,
    CodeIn, ReviewIn, MergeIn, SplitIn, UndoIn, Stats, Change,
)  # fmt: skip
_listed: dict[str, Any] = {
    "Article": ArticleRow,
    "Event": Record,
    "Story": Story,
    "Actor": ActorRow,
    "Contact": Contact,
    "Hit": Hit,
    "Change": Change,
}


def _any(kind: type) -> dict[str, Any]:
    """Return the schema of a field that may hold anything."""
    return {"description": "Any value"}


error_schema = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "details"],
            "properties": {
                "code": {"type": "string", "examples": ["not_found"]},
                "message": {"type": "string", "examples": ["r0: there is no such record"]},
                "details": {},
            },
        }
    },
}


_mark = "example number "
_examples: list[Any] = []


def _content(schema: dict[str, Any], example: Any = None) -> dict[str, Any]:
    body: dict[str, Any] = {"schema": schema}
    if example is not None:
        # FastAPI leaves out what is null in an example: it is given a number instead, and `_filled` puts it in.
        body["example"] = f"{_mark}{len(_examples)}"
        _examples.append(example)
    return {"application/json": body}


def _filled(value: Any) -> Any:
    """Return a part of the document with the examples in it."""
    if isinstance(value, dict):
        return {name: _filled(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one) for one in value]
    if isinstance(value, str) and value.startswith(_mark):
        return _examples[int(value.removeprefix(_mark))]
    return value


_told = {
    400: "A value that does not fit",
    401: "No token, or one that is not in force",
    403: "The token may not do this",
    404: "No such thing",
    409: "It has changed since, or cannot be done now",
    413: "Too large",
    422: "A parameter or field of the wrong type",
    503: "Busy",
}


def responses(
    name: str, example: Any = None, *, listed: bool = False, body: bool = False
) -> dict[int | str, dict[str, Any]]:
    """Return the documented answers of a path: one thing, or a page of them."""
    schema: dict[str, Any] = {"$ref": _ref.format(name=name)}
    if listed:
        schema = {
            "type": "object",
            "required": ["items", "next"],
            "properties": {"items": {"type": "array", "items": schema}, "next": {"type": ["string", "null"]}},
        }
    found: dict[int | str, dict[str, Any]] = {200: {"description": "Success", "content": _content(schema, example)}}
    for status, description in _told.items():
        if status != 413 or body:
            found[status] = {"description": description, "content": _content({"$ref": "#/components/schemas/Error"})}
    if body:
        found[408] = {
            "description": "The request came too slowly",
            "content": _content({"$ref": "#/components/schemas/Error"}),
        }
        found[415] = {"description": "Not JSON", "content": _content({"$ref": "#/components/schemas/Error"})}
    return found


def body_of(name: str, example: Any) -> dict[str, Any]:
    """Return the ``openapi_extra`` of a path that takes a JSON object."""
    return {"requestBody": {"required": True, "content": _content({"$ref": _ref.format(name=name)}, example)}}


def make_openapi(app: FastAPI, version: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the application's /api paths."""
    document = get_openapi(
        title="Rawi",
        version=version,
        summary="Who did what with whom, when and where, how real, and on whose word.",
        description="Spans are half-open pairs of Unicode code points of the article's text. Dates are ISO 8601. Lists are paged: give `next` as `cursor`.",
        routes=app.routes,
    )
    document["paths"] = _filled(document["paths"])
    schemas: dict[str, Any] = {}
    _, whole = msgspec.json.schema_components(_whole, schema_hook=_any, ref_template=_ref)
    for name, schema in whole.items():
        schemas[name] = schema
    for name, kind in _listed.items():
        # What a list holds may be cut down with `fields`: everything but the id may be missing.
        _, parts = msgspec.json.schema_components([kind], schema_hook=_any, ref_template=_ref)
        key = {"id", "key", "article", "kind"} & set(parts[kind.__name__]["properties"])
        for other, schema in parts.items():
            schemas.setdefault(other, schema)
        schemas[f"{name}Listed"] = {**parts[kind.__name__], "required": sorted(key)[:1], "title": f"{name}Listed"}
        schemas[f"{name}Listed"]["required"] = ["id"] if "id" in key else []
    schemas["Error"] = error_schema
    components = document.setdefault("components", {})
    components["schemas"] = {**components.get("schemas", {}), **schemas}
    components["schemas"].pop("HTTPValidationError", None)
    components["schemas"].pop("ValidationError", None)
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{}, {"token": []}]
    return document
