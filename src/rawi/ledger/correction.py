"""Apply a reviewer's correction to the document of a record.

A correction is an object of fields and their new values:

- a field of the event: ``type mode status contexts date place purpose trigger extent actors recipients
  third_parties chain`` (``date`` may be a plain ISO date, ``place`` a plain name); its ``confidence`` is the
  machine's word on its own reading, and stays;
- ``a3.country``, ``s1.stance``: one field of an actor or attribution, named by its id in the record.

Parties and sources are given by id, or as an object that describes a new one (``{"name": …, "country": …}``);
hops of a chain likewise. New ones get ids of their own, ``h1``, ``h2`` …

What is given must be of the codebook: dates that exist, ISO countries, the values of each list. A mode that the
event's new type does not have is dropped with the old type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from rawi.errors import InputError
from rawi.ledger.dates import is_date
from rawi.ledger.document import Document, check
from rawi.model import Grade, Role, Sector, Stance, Status, type_names
from rawi.vocabulary import contexts, is_country, modes

_event_fields = (
    "type", "mode", "status", "contexts", "date", "place", "purpose", "trigger", "extent", "actors", "recipients",
    "third_parties", "chain",
)  # fmt: skip
_actor_fields = ("name", "name_en", "country", "sector", "entity", "mentions")
_lists: dict[str, tuple[str, ...]] = {
    "type": type_names, "status": get_args(Status), "sector": get_args(Sector), "stance": get_args(Stance), "grade": get_args(Grade),
    "role": get_args(Role), "context": contexts,
}  # fmt: skip
_hop_fields = ("source", "source_span", "cue", "content", "stance", "grade", "within")


def correct_document(document: Document, changes: Mapping[str, Any], text_length: int, where: str) -> Document:
    """Return the document with ``changes`` made.

    Args:
        document: what the record says now.
        changes: the correction, as the module describes.
        text_length: of the article's text, in code points.
        where: the record, for errors.

    Raises:
        InputError: an unknown field or id, or a value of the wrong type.
        LedgerError: a reference to nothing, or a span outside the text.
    """
    if not changes:
        raise InputError(f"{where}: the correction is empty; name a field and its value")
    raw: dict[str, Any] = msgspec.to_builtins(document)
    event, actors, hops = raw["event"], raw["actors"], raw["attributions"]
    draft = _Draft(list(actors), list(hops), where)
    for field, value in changes.items():
        if field in _event_fields:
            draft.fits(field, value)
            event[field] = draft.event_value(field, value)
        elif "." in field:
            draft.set_part(field, value)
        else:
            raise InputError(
                f"{where}: {field!r} is not a field of a record; use one of {', '.join(_event_fields)}, or an id and a field such as a1.country"
            )
    _settle_mode(event, "mode" in changes, where)
    used = {*event["actors"], *event["recipients"], *(third["actor"] for third in event["third_parties"])}
    kept_hops = [hop for hop in draft.hops if hop["id"] in event["chain"]]
    used |= {hop["source"] for hop in kept_hops if hop["source"] is not None}
    made = {
        "event": event,
        "actors": [actor for actor in draft.actors if actor["id"] in used],
        "attributions": kept_hops,
    }
    try:
        corrected = msgspec.convert(made, Document)
    except msgspec.ValidationError as error:
        raise InputError(f"{where}: the correction does not fit: {error}; see 'rawi schema'") from error
    missing = used - {actor.id for actor in corrected.actors}
    if missing:
        raise InputError(
            f"{where}: there is no actor {', '.join(sorted(missing))} in this record; give an object with a name to add one"
        )
    check(corrected, text_length, where)
    return corrected


def _settle_mode(event: dict[str, Any], given: bool, where: str) -> None:
    """Drop the mode of the type that the event had before; refuse one that was given and is not of its type."""
    allowed = modes.get(event["type"]) if isinstance(event["type"], str) else None
    if allowed is None or event["mode"] is None or event["mode"] in allowed:
        return
    if given:
        raise InputError(
            f"{where}: {event['mode']!r} is not a mode of {event['type']}; use {', '.join(allowed) or 'none: it has no modes'}"
        )
    event["mode"] = None


class _Draft:
    """The actors and attributions of a record while a correction is made."""

    def __init__(self, actors: list[dict[str, Any]], hops: list[dict[str, Any]], where: str) -> None:
        self.actors = actors
        self.hops = hops
        self.where = where

    def event_value(self, field: str, value: Any) -> Any:
        """Return the value of a field of the event, new parties and hops having been added."""
        if field in ("actors", "recipients"):
            return [self.party(one) for one in self.items(field, value)]
        if field == "third_parties":
            found = []
            for one in self.items(field, value):
                if not isinstance(one, Mapping) or "role" not in one:
                    raise InputError(f"{self.where}: a third party needs an actor and a role, not {one!r}")
                actor = one["actor"] if "actor" in one else {key: val for key, val in one.items() if key != "role"}
                self.fits("role", one["role"])
                found.append({"actor": self.party(actor), "role": one["role"]})
            return found
        if field == "chain":
            return [self.hop(one) for one in self.items(field, value)]
        if field == "date" and isinstance(value, str):
            return {"value": value}
        if field == "place" and isinstance(value, str):
            return {"text": value}
        return value

    def fits(self, field: str, value: Any) -> None:
        """Raise unless a value is one of its list, a date that exists, or a country; types are checked later."""
        if isinstance(value, Mapping):
            inner = {"date": ("value",), "place": ("country",)}.get(field, ())
            for name in inner:
                self.fits("date" if name == "value" else name, value.get(name))
        elif field == "contexts" and isinstance(value, list | tuple):
            for one in value:
                self.fits("context", one)
        elif not isinstance(value, str):
            return
        elif field in _lists and value not in _lists[field]:
            raise InputError(f"{self.where}: {value!r} is not a {field}; use one of {', '.join(_lists[field])}")
        elif field == "date" and not is_date(value):
            raise InputError(
                f"{self.where}: {value!r} is not a date that exists; write YYYY-MM-DD, YYYY-MM, YYYY, or two of them as A/B"
            )
        elif field == "country" and not is_country(value):
            raise InputError(
                f"{self.where}: {value!r} is not a country; give its three letters of ISO 3166 (SYR, EGY ...)"
            )

    def items(self, field: str, value: Any) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise InputError(f"{self.where}: {field} must be a list, not {value!r}")
        return list(value)

    def party(self, given: Any) -> str:
        """Return the id of a party given by id, or as the description of a new one."""
        if isinstance(given, str):
            if not any(actor["id"] == given for actor in self.actors):
                raise InputError(
                    f"{self.where}: there is no actor {given!r} in this record; give an object with a name to add one"
                )
            return given
        if not isinstance(given, Mapping) or not isinstance(given.get("name"), str) or not given["name"].strip():
            raise InputError(f"{self.where}: a new party needs a name, not {given!r}")
        self.known("an actor", given, _actor_fields)
        local_id = self.fresh()
        self.actors.append({**given, "id": local_id})
        return local_id

    def hop(self, given: Any) -> str:
        """Return the id of a hop given by id, or as the description of a new one."""
        if isinstance(given, str):
            if not any(hop["id"] == given for hop in self.hops):
                raise InputError(
                    f"{self.where}: there is no attribution {given!r} in this record; give an object to add one"
                )
            return given
        if not isinstance(given, Mapping):
            raise InputError(f"{self.where}: a hop is an id or an object, not {given!r}")
        self.known("an attribution", given, _hop_fields)
        source = given.get("source")
        local_id = self.fresh()
        made = {"source_span": None, "cue": None, "content": None, **given, "id": local_id}
        made["source"] = None if source is None else self.party(source)
        self.hops.append(made)
        return local_id

    def set_part(self, field: str, value: Any) -> None:
        """Change one field of an actor or attribution."""
        local_id, _, name = field.partition(".")
        for kind, rows, allowed in (
            ("an actor", self.actors, _actor_fields),
            ("an attribution", self.hops, _hop_fields),
        ):
            for i, row in enumerate(rows):
                if row["id"] == local_id:
                    self.known(kind, {name: value}, allowed)
                    if name == "source" and value is not None:
                        value = self.party(value)
                    rows[i] = {**row, name: value}
                    return
        raise InputError(
            f"{self.where}: there is no actor or attribution {local_id!r} in this record; 'rawi show' lists them"
        )

    def known(self, kind: str, given: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
        for name, value in given.items():
            self.fits(name, value)
            if name not in allowed:
                raise InputError(f"{self.where}: {name!r} is not a field of {kind}; use one of {', '.join(allowed)}")

    def fresh(self) -> str:
        taken = {row["id"] for row in (*self.actors, *self.hops)}
        n = 1
        while f"h{n}" in taken:
            n += 1
        return f"h{n}"
