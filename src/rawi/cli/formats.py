"""Write coded articles as JSON lines, one JSON array or CSV: bytes in UTF-8, piece by piece."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

from rawi.articles import Unread
from rawi.model import Actor, CodedArticle, Event

Result = CodedArticle | Unread
fields = (
    "article", "outlet", "published", "event", "type", "mode", "status", "date", "place", "place_country", "actors", "actor_countries",
    "actor_sectors", "recipients", "recipient_countries", "recipient_sectors", "third_parties", "trigger", "start", "stop", "chain",
    "stances", "grades", "confidence", "rules", "error",
)  # fmt: skip
between = "; "
_formula = ("=", "+", "-", "@", "\t", "\r")


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
            writer.writerow([_cell(result.id), *[""] * (len(fields) - 2), _cell(result.error)])
        else:
            for event in result.events:
                writer.writerow(_csv_row(result, event))
        yield flush()
    yield flush()


def _csv_row(coded: CodedArticle, event: Event) -> list[object]:
    article = coded.article
    actors = {actor.id: actor for actor in coded.actors}
    hops = {hop.id: hop for hop in coded.attributions}
    chain = [hops[i] for i in event.chain]
    start, stop = event.trigger
    return [
        _cell(article.id), _cell(article.outlet), article.published, event.id, event.type, event.mode, event.status,
        event.date.value if event.date else None, _cell(event.place.text if event.place else None),
        event.place.country if event.place else None,
        *_parties([actors[i] for i in event.actors]), *_parties([actors[i] for i in event.recipients]),
        _cell(between.join(f"{t.role}: {actors[t.actor].name}" for t in event.third_parties)), _cell(article.text[start:stop]), start, stop,
        _cell(" < ".join(actors[hop.source].name if hop.source else "?" for hop in chain)), between.join(hop.stance for hop in chain),
        between.join(hop.grade for hop in chain), event.confidence, between.join(event.rules), None,
    ]  # fmt: skip


def _parties(parties: list[Actor]) -> tuple[str, str, str]:
    names = _cell(between.join(p.name for p in parties))
    return names, between.join(p.country or "" for p in parties), between.join(p.sector for p in parties)


def _cell(text: str | None) -> str:
    """Return a text for a spreadsheet: one line, and never a formula (a leading apostrophe says that it is text)."""
    line = " ".join((text or "").split())
    return f"'{line}" if line.startswith(_formula) else line


writers = {"jsonl": as_jsonl, "json": as_json, "csv": as_csv}
