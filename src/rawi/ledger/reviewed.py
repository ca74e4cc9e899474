"""What people made of the records: for exports, for gold, for the lexicon."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import msgspec

from rawi.ledger.database import Ledger
from rawi.ledger.document import Document, evidence
from rawi.ledger.filters import Filter
from rawi.ledger.records import Order, every_record, get_article, list_records
from rawi.ledger.review import standing_decisions
from rawi.model import Actor, ActorCorrection, Article, CodedArticle, Event, ExportedRecord, Record

_decided = "('accept', 'correct', 'reject')"


def every_exported(
    ledger: Ledger, wanted: Filter | None = None, *, order: Order = "oldest", page: int = 500
) -> Iterator[ExportedRecord]:
    """Yield the records that the filter picks with evidence, story counts and reviewer, page by page."""
    after: str | None = None
    while True:
        found = list_records(ledger, wanted, order=order, limit=page, after=after)
        with ledger.read() as db:
            rows = [_exported(db, record) for record in found.items]
        yield from rows
        after = found.next
        if after is None:
            return


def _exported(db: sqlite3.Connection, record: Record) -> ExportedRecord:
    text, digest = db.execute(
        """SELECT v.text, v.text_sha256 FROM record r JOIN record_state t USING (record_no)
        JOIN article_version v ON v.version_no = t.version_no WHERE r.record_id = ?""",
        (record.id,),
    ).fetchone()
    story = db.execute(
        "SELECT n_articles, n_outlets, n_origins, credibility FROM story WHERE story_id = ?", (record.story,)
    ).fetchone() or (None, None, None, None)
    last: tuple[str, str] | tuple[None, None] = (None, None)
    if record.review != "unreviewed":
        last = db.execute(
            f"SELECT who, at FROM log WHERE target = ? AND action IN {_decided} ORDER BY seq DESC LIMIT 1", (record.id,)
        ).fetchone() or (None, None)
    document = Document(record.event, record.actors, record.attributions)
    return ExportedRecord(record, digest, evidence(document, text), *story, *last)


class ReviewedArticle(msgspec.Struct, frozen=True):
    """An article with its records in force and those that were rejected."""

    article: Article
    records: tuple[Record, ...]
    rejected: tuple[Record, ...]

    @property
    def decided(self) -> frozenset[str]:
        """The ids of the records that a person has accepted or corrected."""
        return frozenset(record.id for record in self.records if record.review in ("accepted", "corrected"))


def every_reviewed(ledger: Ledger) -> Iterator[ReviewedArticle]:
    """Yield each article of which a person has accepted, corrected or rejected a record."""
    with ledger.read() as db:
        ids = [
            article
            for (article,) in db.execute(
                """SELECT DISTINCT a.article_id FROM record_state t JOIN record r USING (record_no) JOIN article a USING (article_no)
                WHERE t.live = 1 AND t.review IN ('accepted', 'corrected', 'rejected') ORDER BY a.article_no"""
            )
        ]
    for article_id in ids:
        stored = get_article(ledger, article_id)
        live = [record for record in stored.records if record.live and record.version == stored.version]
        yield ReviewedArticle(
            stored.article,
            tuple(record for record in live if record.review != "rejected"),
            tuple(record for record in live if record.review == "rejected"),
        )


def every_coded(ledger: Ledger, wanted: Filter | None = None) -> Iterator[CodedArticle]:
    """Yield articles as coded articles (codebook section 7), with people's decisions in place of the machine's.

    Rejected records are left out. Where nobody has decided, it is what the coder wrote.
    """
    seen: set[str] = set()
    for record in every_record(ledger, wanted):
        if record.article not in seen:
            seen.add(record.article)
            yield _coded(ledger, record.article)


def _coded(ledger: Ledger, article_id: str) -> CodedArticle:
    stored = get_article(ledger, article_id)
    live = [record for record in stored.records if record.live]
    if all(record.review in ("unreviewed", "skipped") for record in live):
        return stored.coded
    return _joined(stored.coded, [record for record in live if record.review != "rejected"])


def _joined(coded: CodedArticle, records: list[Record]) -> CodedArticle:
    """Return the coded article with the events of these records; ids that clash are made anew."""
    actors: list[Actor] = list(coded.actors)
    hops = list(coded.attributions)
    events: list[Event] = []
    for record in records:
        names: dict[str, str] = {}
        for actor in record.actors:
            if actor in actors:
                names[actor.id] = actor.id
                continue
            names[actor.id] = _fresh("a", {one.id for one in actors})
            actors.append(msgspec.structs.replace(actor, id=names[actor.id]))
        chain: dict[str, str] = {}
        for hop in record.attributions:
            placed = msgspec.structs.replace(hop, source=names[hop.source] if hop.source else None)
            if placed in hops:
                chain[hop.id] = hop.id
                continue
            chain[hop.id] = _fresh("s", {one.id for one in hops})
            hops.append(msgspec.structs.replace(placed, id=chain[hop.id]))
        event = record.event
        events.append(
            msgspec.structs.replace(
                event,
                id=f"e{len(events) + 1}",
                actors=tuple(names[one] for one in event.actors),
                recipients=tuple(names[one] for one in event.recipients),
                third_parties=tuple(
                    msgspec.structs.replace(one, actor=names[one.actor]) for one in event.third_parties
                ),
                chain=tuple(chain[one] for one in event.chain),
            )
        )
    used = {name for event in events for name in (*event.actors, *event.recipients)}
    used |= {third.actor for event in events for third in event.third_parties}
    told = {hop for event in events for hop in event.chain}
    # Sources that stay silent are named by no event, and are kept.
    kept = [hop for hop in hops if hop.id in told or hop.stance == "decline"]
    used |= {hop.source for hop in kept if hop.source}
    return CodedArticle(
        coded.article,
        tuple(actor for actor in actors if actor.id in used),
        tuple(kept),
        tuple(events),
        coded.warnings,
        coded.coder,
    )


def _fresh(prefix: str, taken: set[str]) -> str:
    n = 1
    while f"{prefix}{n}" in taken:
        n += 1
    return f"{prefix}{n}"


def actor_corrections(ledger: Ledger) -> Iterator[ActorCorrection]:
    """Yield every change that standing corrections made to who an actor is, oldest first."""
    with ledger.read() as db:
        targets = [
            target
            for (target,) in db.execute(
                "SELECT target FROM log WHERE action = 'correct' GROUP BY target ORDER BY min(seq)"
            )
        ]
        for target in targets:
            text = db.execute(
                """SELECT v.text FROM record r JOIN record_state t USING (record_no) JOIN article_version v ON v.version_no = t.version_no
                WHERE r.record_id = ?""",
                (target,),
            ).fetchone()[0]
            for seq, action, _ in standing_decisions(db, target):
                if action == "correct":
                    yield from _of_entry(db, seq, target, text)


def _of_entry(db: sqlite3.Connection, seq: int, target: str, text: str) -> Iterator[ActorCorrection]:
    who, at, before_json, after_json = db.execute(
        "SELECT who, at, before, after FROM log WHERE seq = ?", (seq,)
    ).fetchone()
    before = msgspec.convert(json.loads(before_json)["record"], Document)
    after = msgspec.convert(json.loads(after_json)["record"], Document)
    old = {actor.id: actor for actor in before.actors}
    for actor in after.actors:
        was = old.get(actor.id)
        if was is None or _who(was) != _who(actor):
            written = dict.fromkeys([text[start:stop] for start, stop in actor.mentions] + ([was.name] if was else []))
            yield ActorCorrection(
                target, who, at, tuple(words for words in written if words and words != actor.name), was, actor
            )


def _who(actor: Actor) -> tuple[str, str | None, str | None, str, str | None]:
    return actor.name, actor.name_en, actor.country, actor.sector, actor.entity
