"""Where reports of one event differ: the fields side by side, and who denies whom."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rawi.model import Actor, Attribution, Record

fields = ("type", "status", "actors", "recipients", "third_parties", "date", "place", "source")


class Compared(msgspec.Struct, frozen=True):
    """One field of several reports: the values in the order of the records, and whether they agree."""

    field: str
    values: tuple[str, ...]
    agree: bool


def compare(records: Sequence[Record]) -> list[Compared]:
    """Return the fields that a record tells, side by side. Values that are not told do not disagree."""
    found = []
    for field in fields:
        values = tuple(_value(record, field) for record in records)
        if any(values):
            found.append(Compared(field, values, len({_key(record, field) for record in records} - {""}) <= 1))
    return found


def denials(records: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Return (claim, denial) for every denial, with the latest claim published no later, or else the first."""
    claims = [record for record in records if not _denies(record)]
    found = []
    for denial in (record for record in records if _denies(record)):
        earlier = [one for one in claims if (one.published or "") <= (denial.published or "~")]
        if claims:
            found.append((max(earlier, key=lambda one: one.published or "") if earlier else claims[0], denial))
    return found


def _denies(record: Record) -> bool:
    return record.event.status == "negated" or any(hop.stance == "deny" for hop in chain_of(record))


def chain_of(record: Record) -> tuple[Attribution, ...]:
    """Return the hops of a record's chain, innermost first."""
    hops = {hop.id: hop for hop in record.attributions}
    return tuple(hops[one] for one in record.event.chain if one in hops)


def parties_of(record: Record, role: str) -> tuple[Actor, ...]:
    """Return the parties of a record in a role: actor, recipient, or that of a third party."""
    by_id = {actor.id: actor for actor in record.actors}
    event = record.event
    ids = event.actors if role == "actor" else event.recipients if role == "recipient" else ()
    ids = ids or tuple(third.actor for third in event.third_parties if third.role == role)
    return tuple(by_id[one] for one in ids if one in by_id)


def _value(record: Record, field: str) -> str:
    event = record.event
    if field in ("actors", "recipients"):
        return "، ".join(actor.name for actor in parties_of(record, field[:-1]))
    if field == "third_parties":
        by_id = {actor.id: actor for actor in record.actors}
        return "، ".join(by_id[third.actor].name for third in event.third_parties if third.actor in by_id)
    if field == "date":
        return event.date.value if event.date else ""
    if field == "place":
        return event.place.text if event.place else ""
    if field == "source":
        by_id = {actor.id: actor for actor in record.actors}
        return " ← ".join(by_id[hop.source].name if hop.source in by_id else "؟" for hop in chain_of(record))
    return str(getattr(event, field))


def _key(record: Record, field: str) -> str:
    """Return what two values of a field are compared by: who somebody is, not how he is called."""
    if field in ("actors", "recipients"):
        parties = parties_of(record, field[:-1])
        return " ".join(sorted({actor.country or actor.entity or actor.name for actor in parties}))
    if field == "source":
        return ""
    return _value(record, field)
