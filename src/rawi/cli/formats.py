"""Write coded articles as JSON lines, one JSON array or CSV: bytes in UTF-8, piece by piece."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

from rawi.articles import Unread
from rawi.export.csv_table import cell
from rawi.model import Actor, CodedArticle, Event

Result = CodedArticle | Unread
# The names are those of ``rawi export``, whose rows come from a ledger and know more.
fields = (
    "article", "outlet", "publication_date", "event", "event_type", "event_mode", "status", "event_date",
    "actor", "actor_id", "actor_country", "actor_sector", "recipient", "recipient_id", "recipient_country", "recipient_sector",
    "third_parties", "place", "country", "source_chain", "trigger", "trigger_start", "trigger_end", "confidence", "rules", "error",
)  # fmt: skip
between = ";"


def row(result: Result) -> CodedArticle | dict[str, object]:
    """Return the object that stands for one article: what was coded, or its id with the error."""
    if isinstance(result, Unread):
        return {"article": {"id": result.id}, "error": result.error}
    return result


def as_jsonl(results: Iterable[Result]) -> Iterator[bytes]:
    """Yield one line an article."""
    encode = msgspec.json.Encoder().encode
    for result in results:
        yield encode(row(result)) + b"\n"


def as_json(results: Iterable[Result]) -> Iterator[bytes]:
    """Yield one JSON array over all articles."""
    encode = msgspec.json.Encoder().encode
    before = b"[\n"
    for result in results:
        yield before + encode(row(result))
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def as_csv(results: Iterable[Result]) -> Iterator[bytes]:
    """Yield a heading and one line an event; an article that failed is a line with its error."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)

    def flush() -> bytes:
        data = buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
        return data

    writer.writerow(fields)
    for result in results:
        if isinstance(result, Unread):
            writer.writerow([cell(result.id), *[""] * (len(fields) - 2), cell(result.error)])
        else:
            writer.writerows([cell(value) for value in _event_row(result, event)] for event in result.events)
        yield flush()
    yield flush()


def _event_row(coded: CodedArticle, event: Event) -> list[object]:
    article = coded.article
    actors = {actor.id: actor for actor in coded.actors}
    hops = {hop.id: hop for hop in coded.attributions}
    chain = [(actors[hop.source].name if hop.source else "", hop) for hop in (hops[i] for i in event.chain)]
    start, stop = event.trigger
    return [
        article.id, article.outlet, article.published, event.id, event.type, event.mode, event.status,
        event.date.value if event.date else None,
        *_party([actors[i] for i in event.actors]), *_party([actors[i] for i in event.recipients]),
        _join(f"{third.role}: {actors[third.actor].name}" for third in event.third_parties),
        event.place.text if event.place else None, event.place.country if event.place else None,
        _join(f"{name} ({hop.stance}, {hop.grade})".strip() for name, hop in chain),
        article.text[start:stop], start, stop, event.confidence, _join(event.rules), None,
    ]  # fmt: skip


def _party(parties: list[Actor]) -> tuple[str, str, str, str]:
    return (
        _join(p.name for p in parties), _join(p.entity for p in parties), _join(p.country for p in parties), _join(p.sector for p in parties)
    )  # fmt: skip


def _join(values: Iterable[str | None]) -> str:
    # A semicolon in a name would read as two names; empty places are kept, so that the columns of one side stay in step.
    parts = [" ".join((value or "").replace(between, ",").split()) for value in values]
    return between.join(parts) if any(parts) else ""


writers = {"jsonl": as_jsonl, "json": as_json, "csv": as_csv}
