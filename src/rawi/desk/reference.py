"""The API's OpenAPI document in words, for the reference page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec


class Field(msgspec.Struct, frozen=True):
    """A parameter, or a field of a body or answer: its name, where it stands, what it may hold, and what it is for."""

    name: str
    where: str
    needed: bool
    holds: str
    about: str


class Operation(msgspec.Struct, frozen=True):
    """One method of one address; examples are JSON."""

    method: str
    address: str
    about: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    body_example: str | None
    answer: tuple[Field, ...]
    paged: bool
    example: str | None
    errors: tuple[str, ...]


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield what the document says, in its order."""
    schemas = document["components"]["schemas"]
    for address, methods in document["paths"].items():
        for method, one in methods.items():
            ok = one["responses"]["200"]["content"]["application/json"]
            body = one.get("requestBody", {}).get("content", {}).get("application/json")
            properties = ok["schema"].get("properties", {})
            paged = set(properties) == {"items", "next"}
            yield Operation(
                method.upper(), address, one.get("description") or one.get("summary", ""),
                tuple(
                    Field(p["name"], p["in"], p.get("required", False), holds(p["schema"], p["name"]), p.get("description", ""))
                    for p in one.get("parameters", ())
                ),
                tuple(_fields(body["schema"], schemas)) if body else (), _json(body.get("example")) if body else None,
                tuple(_fields(properties["items"]["items"] if paged else ok["schema"], schemas)), paged, _json(ok.get("example")),
                tuple(status for status in one["responses"] if status != "200"),
            )  # fmt: skip


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, indent=1)


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Field]:
    name = schema.get("$ref", "").rpartition("/")[2]
    whole = schemas.get(name, schema)
    for key, one in whole.get("properties", {}).items():
        yield Field(key, "", key in whole.get("required", ()), holds(one, key), one.get("description", ""))


def holds(schema: Mapping[str, Any], name: str = "") -> str:
    """Return what a schema allows, in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        kinds = [holds(one, name) for one in schema["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "enum" in schema:
        return " | ".join("–" if one is None else str(one) for one in schema["enum"]) + _default(schema)
    kind = schema.get("type", "any value")
    if isinstance(kind, list):
        kind = " or ".join(one for one in kind if one != "null")
    if kind == "array":
        if "prefixItems" in schema:
            return "[" + ", ".join(holds(one) for one in schema["prefixItems"]) + "]"
        return f"list of {holds(schema['items'])}" if schema.get("items") else "list"
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"object of {holds(schema['additionalProperties'])}"
    low, high = schema.get("minimum"), schema.get("maximum")
    limits = f" {low} to {high}" if low is not None and high is not None else f" from {low}" if low is not None else ""
    if schema.get("maxLength"):
        limits = f" of at most {schema['maxLength']} characters"
    if name == "fields" and "pattern" in schema:
        return "some of: " + ", ".join(schema["pattern"].removeprefix("^(?:").partition(")")[0].split("|"))
    return f"{kind}{limits}{_default(schema)}"


def _default(schema: Mapping[str, Any]) -> str:
    given = schema.get("default")
    return f"; {given} if not given" if given not in (None, "", []) else ""
