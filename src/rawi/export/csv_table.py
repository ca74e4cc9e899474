"""CSV of records and stories, with the column names that users of event data know.

UTF-8; several values in a cell are joined by ``;``; what is not known is an empty cell. A cell that a
spreadsheet would take for a formula (it begins with ``= + - @`` or a control character) gets a leading
apostrophe. Offsets are code points of the article's text, half-open.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Literal, TextIO

from rawi.model import Actor, ExportedRecord, Story

Shape = Literal["event", "dyad"]

event_columns = (
    "event_id", "story_id", "event_date", "date_precision", "event_type", "event_mode", "status",
    "actor", "actor_id", "actor_country", "actor_sector", "recipient", "recipient_id", "recipient_country", "recipient_sector",
    "mediator", "host", "on_behalf", "about", "place", "country",
    "source", "source_id", "source_country", "source_sector", "stance", "grade", "source_chain",
    "outlet", "publication_date", "article", "input_id", "title", "trigger", "evidence", "evidence_start", "evidence_end", "text_sha256",
    "confidence", "review", "reviewed_by", "reviewed_at", "n_articles", "n_outlets", "n_origins", "credibility", "coder_version", "lexicon_version",
)  # fmt: skip

story_columns = (
    "story_id", "event_type", "event_mode", "status", "contested", "event_date", "actor", "actor_id", "actor_country", "recipient",
    "recipient_id", "recipient_country", "place", "country", "first_seen", "last_seen", "n_articles", "n_outlets", "n_origins",
    "credibility", "reliability", "outlets", "origins", "contradictions", "records",
)  # fmt: skip


def write_events(items: Iterable[ExportedRecord], stream: TextIO, *, shape: Shape = "event") -> int:
    """Write records, one row each, or one row a pair of parties; returns the number of rows."""
    return _write(event_columns, (row for item in items for row in event_rows(item, shape)), stream)


def write_stories(stories: Iterable[Story], stream: TextIO) -> int:
    """Write stories, one row each; returns how many."""
    return _write(story_columns, map(story_row, stories), stream)


def _write(columns: tuple[str, ...], rows: Iterable[dict[str, object]], stream: TextIO) -> int:
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(columns)
    count = 0
    for row in rows:
        out.writerow([cell(row[column]) for column in columns])
        count += 1
    return count


def cell(value: object) -> str:
    """Return a value as a cell: empty for None, disarmed if a spreadsheet would run it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def event_rows(item: ExportedRecord, shape: Shape) -> Iterator[dict[str, object]]:
    """Yield the rows of one record.

    Shape ``dyad``: one row for each actor and recipient, or, when there are no recipients, for each pair of
    actors; one row when there is but one party.
    """
    by_id = {actor.id: actor for actor in item.record.actors}
    actors = [by_id[one] for one in item.record.event.actors]
    recipients = [by_id[one] for one in item.record.event.recipients]
    base = _base(item, by_id)
    if shape == "event":
        pairs = [(actors, recipients)]
    elif recipients:
        pairs = [([a], [b]) for a in actors for b in recipients] or [([], [b]) for b in recipients]
    else:
        pairs = [([a], [b]) for a, b in combinations(actors, 2)] or [(actors, [])]
    for left, right in pairs:
        yield {**base, **_party("actor", left), **_party("recipient", right)}


def _party(prefix: str, actors: list[Actor]) -> dict[str, object]:
    return {
        prefix: _join(actor.name for actor in actors),
        f"{prefix}_id": _join(actor.entity for actor in actors),
        f"{prefix}_country": _join(actor.country for actor in actors),
        f"{prefix}_sector": _join(actor.sector for actor in actors),
    }


def _join(values: Iterable[str | None]) -> str:
    # A semicolon in a name would read as two names. Empty places are kept, so that the lists of one side stay in step.
    parts = [(value or "").replace(";", ",") for value in values]
    return ";".join(parts) if any(parts) else ""


def _base(item: ExportedRecord, by_id: dict[str, Actor]) -> dict[str, object]:
    record, event = item.record, item.record.event
    hops = {hop.id: hop for hop in record.attributions}
    chain = [hops[one] for one in event.chain]
    sources = [by_id[hop.source] if hop.source else None for hop in chain]
    words = {selector.part: selector for selector in reversed(item.evidence) if selector.part in ("trigger", "extent")}
    thirds: dict[str, list[str | None]] = {}
    for third in event.third_parties:
        thirds.setdefault(third.role, []).append(by_id[third.actor].name)
    innermost = sources[0] if sources else None
    return {
        "event_id": record.id,
        "story_id": record.story,
        "event_date": event.date.value if event.date else None,
        "date_precision": date_precision(event.date.value) if event.date else None,
        "event_type": event.type,
        "event_mode": event.mode,
        "status": event.status,
        **{role: _join(thirds.get(role, [])) for role in ("mediator", "host", "on_behalf", "about")},
        "place": event.place.text if event.place else None,
        "country": event.place.country if event.place else None,
        "source": innermost.name if innermost else None,
        "source_id": innermost.entity if innermost else None,
        "source_country": innermost.country if innermost else None,
        "source_sector": innermost.sector if innermost else None,
        "stance": chain[0].stance if chain else None,
        "grade": chain[0].grade if chain else None,
        "source_chain": ";".join(
            f"{(source.name if source else '').replace(';', ',')} ({hop.stance}, {hop.grade})".strip()
            for source, hop in zip(sources, chain, strict=True)
        ),
        "outlet": record.outlet,
        "publication_date": record.published,
        "article": record.article,
        "input_id": record.input_id,
        "title": record.title,
        "trigger": words["trigger"].exact,
        "evidence": words["extent"].exact,
        "evidence_start": words["extent"].start,
        "evidence_end": words["extent"].end,
        "text_sha256": item.text_sha256,
        "confidence": event.confidence,
        "review": record.review,
        "reviewed_by": item.reviewed_by,
        "reviewed_at": item.reviewed_at,
        "n_articles": item.n_articles,
        "n_outlets": item.n_outlets,
        "n_origins": item.n_origins,
        "credibility": item.credibility,
        "coder_version": record.coder.rawi if record.coder else None,
        "lexicon_version": record.coder.lexicon if record.coder else None,
    }


def date_precision(value: str) -> str:
    """Return day, month, year or interval for an ISO date of the codebook."""
    if "/" in value:
        return "interval"
    return {4: "year", 7: "month"}.get(len(value), "day")


def story_row(story: Story) -> dict[str, object]:
    """Return the row of one story."""
    actor, recipient = _party("actor", list(story.actors)), _party("recipient", list(story.recipients))
    del actor["actor_sector"], recipient["recipient_sector"]
    return {
        "story_id": story.id,
        "event_type": story.type,
        "event_mode": story.mode,
        "status": story.status,
        "contested": story.contested,
        "event_date": story.date,
        **actor,
        **recipient,
        "place": story.place.text if story.place else None,
        "country": story.place.country if story.place else None,
        "first_seen": story.first_seen,
        "last_seen": story.last_seen,
        "n_articles": story.n_articles,
        "n_outlets": story.n_outlets,
        "n_origins": story.n_origins,
        "credibility": story.credibility,
        "reliability": story.reliability,
        "outlets": _join(dict.fromkeys(report.outlet for report in story.reports if report.outlet)),
        "origins": _join(f"{origin.name}{'' if origin.affirms else ' (denies)'}" for origin in story.origins),
        "contradictions": _join(one.kind for one in story.contradictions),
        "records": _join(report.record for report in story.reports),
    }
