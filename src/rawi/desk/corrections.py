"""Make corrections out of what a reviewer sends: a form of fields, or words of the text and the part they play."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from rawi.errors import InputError
from rawi.ledger import StoredArticle
from rawi.model import Actor, Record, Span
from rawi.text.fold import fold, fold_word

third_roles = ("host", "mediator", "on_behalf", "about")
party_roles = ("actor", "recipient", *third_roles)
parts = (*party_roles, "source", "date", "place", "trigger")
_digits = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)


def from_fields(record: Record, form: Mapping[str, str]) -> dict[str, Any]:
    """Return the changes that a form of fields makes to a record; fields that stayed as they were are left out."""
    event = record.event
    changes: dict[str, Any] = {}
    for name, old in (("type", event.type), ("mode", event.mode or ""), ("status", event.status)):
        given = form.get(name, old).strip()
        if given != old:
            changes[name] = given or None
    old_date = event.date.value if event.date else ""
    date = form.get("date", old_date).strip().translate(_digits)
    if date != old_date:
        changes["date"] = date or None
    old_place = event.place.text if event.place else ""
    place = form.get("place", old_place).strip()
    if place != old_place:
        changes["place"] = place or None
    changes |= _roles(record, form)
    for actor in record.actors:
        for field, old in (("name", actor.name), ("country", actor.country or ""), ("sector", actor.sector)):
            given = form.get(f"{actor.id}.{field}", old).strip()
            if given != old:
                changes[f"{actor.id}.{field}"] = (given.upper() if field == "country" else given) or None
    kept = []
    for hop in record.attributions:
        if hop.id not in event.chain:
            continue
        for field, old in (("stance", hop.stance), ("grade", hop.grade)):
            given = form.get(f"{hop.id}.{field}", old).strip()
            if given != old:
                changes[f"{hop.id}.{field}"] = given
    for one in event.chain:
        if form.get(f"{one}.keep", "keep") == "keep":
            kept.append(one)
    if kept != list(event.chain):
        changes["chain"] = kept
    return changes


def _roles(record: Record, form: Mapping[str, str]) -> dict[str, Any]:
    """Return the lists of parties if the form gives one of them another role."""
    old = roles_of(record)
    now = [(actor, form.get(f"{actor}.role.{role}", role)) for actor, role in old]
    if now == old:
        return {}
    return _lists([(actor, role) for actor, role in now if role != "remove"])


def roles_of(record: Record) -> list[tuple[str, str]]:
    """Return (actor, role) of a record's parties in their order."""
    event = record.event
    return [
        *((one, "actor") for one in event.actors),
        *((one, "recipient") for one in event.recipients),
        *((third.actor, third.role) for third in event.third_parties),
    ]


def _lists(roles: list[tuple[Any, str]]) -> dict[str, Any]:
    for _, role in roles:
        if role not in party_roles:
            raise InputError(f"role: {role!r} is not a role; use one of {', '.join(party_roles)}")
    return {
        "actors": [actor for actor, role in roles if role == "actor"],
        "recipients": [actor for actor, role in roles if role == "recipient"],
        "third_parties": [{"actor": actor, "role": role} for actor, role in roles if role in third_roles],
    }


def find_words(text: str, words: str, near: int) -> Span:
    """Return where words stand in a text, the place nearest to ``near``; marks and spelling variants do not matter.

    Raises:
        InputError: they are not in the text.
    """
    wanted = fold_word(words)
    folded = fold(text)
    found: list[Span] = []
    at = folded.text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(folded.span(at, at + len(wanted)))
        at = folded.text.find(wanted, at + 1)
    if not found:
        raise InputError(f"words: {words[:60]!r} do not stand in the text; copy them from it")
    return min(found, key=lambda span: abs(span[0] - near))


def from_part(stored: StoredArticle, record: Record, form: Mapping[str, str]) -> dict[str, Any]:
    """Return the changes that giving words a part makes.

    Args:
        stored: the article.
        record: the record to correct.
        form: ``part``; ``start`` and ``end`` (code points), or ``words``; ``replaces`` (``actor.role`` or ``actor``); ``value`` of a date.

    Raises:
        InputError: no such part, or words that are not in the text.
    """
    part = form.get("part", "")
    text = stored.article.text
    span = _span(text, form, record)
    if part in party_roles:
        roles: list[tuple[Any, str]] = list(roles_of(record))
        new = _actor(stored, record, text, span)
        replaces = form.get("replaces", "")
        if replaces in {f"{actor}.{role}" for actor, role in roles}:
            roles = [(new, part) if f"{actor}.{role}" == replaces else (actor, role) for actor, role in roles]
        else:
            roles.append((new, part))
        return _lists(_once(roles))
    if part == "source":
        new = _actor(stored, record, text, span)
        hop = {"source": new, "source_span": list(span), "stance": "assert", "grade": form.get("grade") or "named"}
        chain: list[Any] = list(record.event.chain)
        replaces = form.get("replaces", "")
        return {"chain": [hop if one == replaces else one for one in chain] if replaces in chain else [hop, *chain]}
    if part == "trigger":
        return {"trigger": list(span)}
    if part == "place":
        return {"place": {"text": text[slice(*span)], "country": None, "span": list(span)}}
    if part == "date":
        value = form.get("value", "").strip().translate(_digits) or (
            record.event.date.value if record.event.date else ""
        )
        if not value:
            raise InputError("date: say which day it is, as YYYY-MM-DD")
        return {"date": {"value": value, "text": text[slice(*span)], "span": list(span)}}
    raise InputError(f"part: {part!r} is not a part; use one of {', '.join(parts)}")


def _once(roles: list[tuple[Any, str]]) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = []
    for one in roles:
        if one not in found:
            found.append(one)
    return found


def _span(text: str, form: Mapping[str, str], record: Record) -> Span:
    start, end = form.get("start", ""), form.get("end", "")
    words = form.get("words", "")
    if start.isdigit() and end.isdigit() and len(start) < 10 and len(end) < 10:
        a, b = int(start), int(end)
        if a < b <= len(text) and (not words or fold_word(text[a:b]) == fold_word(words)):
            while a < b and text[a].isspace():
                a += 1
            while b > a and text[b - 1].isspace():
                b -= 1
            return a, b
    return find_words(text, words, record.event.trigger[0])


def _actor(stored: StoredArticle, record: Record, text: str, span: Span) -> Any:
    """Return the actor that words name: one of the record, one that the coder knows from the article, or a new one."""
    for actor in record.actors:
        if _names(actor, span):
            return actor.id
    known = next((actor for actor in stored.coded.actors if _names(actor, span)), None)
    if known is not None:
        fields: dict[str, Any] = msgspec.to_builtins(known)
        del fields["id"]
        return fields
    return {"name": text[slice(*span)], "mentions": [list(span)]}


def _names(actor: Actor, span: Span) -> bool:
    """Return whether a span is a mention of an actor, give or take a proclitic or article before it."""
    return any(abs(start - span[0]) <= 3 and stop == span[1] for start, stop in actor.mentions)
