"""Reviewed articles as gold for ``rawi eval``: the events that people vouch for, their parts as words."""

from __future__ import annotations

from typing import Any

from rawi.model import Actor, Article, Record


def gold_article(article: Article, records: tuple[Record, ...], decided: frozenset[str]) -> dict[str, Any]:
    """Return one line of a gold file.

    Args:
        article: as it was given; its ``text`` becomes the body, the title stays apart.
        records: the events to expect: rejected ones must be left out.
        decided: ids of those that a person vouches for; the others are marked optional, so that a coder is
            neither blamed for missing them nor for having them.
    """
    return {
        "id": article.id,
        "outlet": article.outlet,
        "published": article.published,
        "title": article.title,
        "text": article.text[article.body_start :],
        "events": [_event(article.text, record, record.id in decided) for record in records],
    }


def _event(text: str, record: Record, decided: bool) -> dict[str, Any]:
    event = record.event
    by_id = {actor.id: actor for actor in record.actors}
    hops = {hop.id: hop for hop in record.attributions}
    start, stop = event.trigger
    found: dict[str, Any] = {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "trigger": text[start:stop],
        "actors": [_party(by_id[one]) for one in event.actors],
        "recipients": [_party(by_id[one]) for one in event.recipients],
        "date": event.date.value if event.date else None,
        "chain": [
            {
                "source": by_id[hop.source].name if hop.source else None,
                "cue": text[slice(*hop.cue)] if hop.cue else None,
                "stance": hop.stance,
                "grade": hop.grade,
            }
            for hop in (hops[one] for one in event.chain)
        ],
    }
    if event.third_parties:
        found["third_parties"] = [{**_party(by_id[third.actor]), "role": third.role} for third in event.third_parties]
    if event.place is not None:
        found["place"] = {"text": event.place.text, "country": event.place.country}
    if not decided:
        found["optional"] = True
    return found


def _party(actor: Actor) -> dict[str, Any]:
    return {"text": actor.name, "country": actor.country, "sector": actor.sector}
