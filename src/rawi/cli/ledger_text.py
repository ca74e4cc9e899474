"""Records, stories and articles as readable text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rawi.cli.tables import Column
from rawi.ledger import Entry, RecordDetail, StoredArticle, StoryDetail
from rawi.ledger.canonical import canonical
from rawi.ledger.review import changed_fields, tell_changes
from rawi.model import Actor, Record

record_columns = (
    Column("id", 17), Column("date", 10), Column("type", 9), Column("status", 9), Column("review", 10), Column("conf", 4),
    Column("outlet"), Column("actors"), Column("recipients"),
)  # fmt: skip
entry_columns = (
    Column("seq", 5), Column("at", 16), Column("who", 12), Column("action", 8), Column("target", 17), Column("changes"), Column("reason"),
)  # fmt: skip


def record_row(record: Record) -> tuple[object, ...]:
    """Return the cells of a record under ``record_columns``."""
    names = {actor.id: actor.name for actor in record.actors}
    event = record.event
    return (
        record.id,
        event.date.value if event.date else record.published,
        event.type,
        event.status,
        record.review,
        f"{event.confidence:.2f}",
        record.outlet,
        "، ".join(names[one] for one in event.actors),
        "، ".join(names[one] for one in event.recipients),
    )


def entry_row(entry: Entry) -> tuple[object, ...]:
    """Return the cells of an entry of the log under ``entry_columns``."""
    changes = changed_fields(entry.before, entry.after)
    changes.pop("review", None)  # the action says it
    changes.pop("pins", None)  # they follow from the stories, of which the numbers of reports will do
    if "stories" in changes:
        changes["stories"] = [{story: len(records) for story, records in one.items()} for one in changes["stories"]]
    action = f"{entry.action} {entry.undoes}" if entry.undoes else entry.action
    reason = ": ".join(filter(None, (entry.reason, entry.note)))
    at = entry.at[:16].replace("T", " ")
    return entry.seq, at, entry.who, action, entry.target, tell_changes(changes) if changes else "", reason


def record_lines(detail: RecordDetail, decisions: Sequence[Entry]) -> Iterator[str]:
    """Yield a record line by line, with its chain, its evidence and its decisions."""
    record, event = detail.record, detail.record.event
    yield f"record {record.id}  rev {record.rev}  {record.review}{'' if record.live else '  withdrawn'}"
    yield f"{event.type}{f'/{event.mode}' if event.mode else ''}  {event.status}  confidence {event.confidence:.2f}"
    yield from _sides(record)
    if event.date:
        yield f"  date        {event.date.value}  {event.date.text or ''}"
    if event.place:
        yield f"  place       {event.place.country or '-'}  {event.place.text}"
    names = {actor.id: actor for actor in record.actors}
    hops = {hop.id: hop for hop in record.attributions}
    for i, one in enumerate(event.chain):
        hop = hops[one]
        source = names[hop.source] if hop.source else None
        yield f"  {'source' if i == 0 else 'via':<11} {hop.stance}, {hop.grade}  {source.name if source else '-'}"
    yield f"article {record.article} version {record.version}  {record.published or '-'}  {record.outlet or ''}"
    yield f"story {record.story or '-'}"
    for selector in detail.evidence:
        yield f"  {selector.part:<8} {selector.ref or '':<4} {selector.start}-{selector.end}  {selector.exact}"
    for field, (old, new) in detail.human_changes.items():
        yield f"  the machine read {field}: {canonical(old)}; now {canonical(new)}"
    for entry in decisions:
        reason = f" ({entry.reason})" if entry.reason else ""
        undone = f" {entry.undoes}" if entry.undoes else ""
        yield f"  {entry.seq} {entry.at} {entry.who} {entry.action}{undone}{reason} {entry.note or ''}".rstrip()
        for field, (old, new) in changed_fields(entry.before, entry.after).items():
            yield f"      {field}: {canonical(old)} -> {canonical(new)}"


def _sides(record: Record) -> Iterator[str]:
    names = {actor.id: actor for actor in record.actors}
    for label, ids in (("actor", record.event.actors), ("recipient", record.event.recipients)):
        for one in ids:
            yield f"  {label:<11} {actor_line(names[one])}"
    for third in record.event.third_parties:
        yield f"  {third.role:<11} {actor_line(names[third.actor])}"


def actor_line(actor: Actor) -> str:
    """Return a party on one line, its name last."""
    return f"{actor.id:<4} {actor.country or '-':<4} {actor.sector:<4} {actor.entity or '-'}  {actor.name}"


def story_lines(detail: StoryDetail) -> Iterator[str]:
    """Yield a story line by line, with its reports, origins, history and contradictions."""
    story = detail.story
    if detail.asked != story.id:
        yield f"{detail.asked} was merged into {story.id}"
    yield f"story {story.id}  rev {detail.rev}"
    contested = "  contested" if story.contested else ""
    yield f"{story.type}{f'/{story.mode}' if story.mode else ''}  {story.status}{contested}  {story.date or '-'}"
    if story.place:
        yield f"  place       {story.place.country or '-'}  {story.place.text}"
    for label, actors in (("actor", story.actors), ("recipient", story.recipients)):
        for actor in actors:
            yield f"  {label:<11} {actor_line(actor)}"
    yield f"{story.n_articles} articles, {story.n_outlets} outlets, {story.n_origins} origins  {story.reliability}{story.credibility}"
    for origin in story.origins:
        yield f"  {'affirms' if origin.affirms else 'denies':<8} {origin.reliability}  {origin.grade:<16} {len(origin.records)}  {origin.name}"
    for change in story.history:
        yield f"  {change.published or '-'}  {change.state}  {' '.join(change.records)}"
    for one in story.contradictions:
        yield f"  differ on {one.kind}: " + "; ".join(
            f"{value} [{' '.join(records)}]" for value, records in one.values.items()
        )
    for report in story.reports:
        yield f"  {report.record}  {report.published or '-'}  {report.state:<9} {report.article} {report.event}  {report.outlet or ''}"


def article_lines(stored: StoredArticle) -> Iterator[str]:
    """Yield an article line by line, with its versions and records."""
    article = stored.article
    yield f"article {stored.id}  version {stored.version}  sha256 {stored.text_sha256}"
    yield f"given as {article.id}  {article.published or '-'}  {article.url or ''}  {article.outlet or ''}"
    if stored.error:
        yield f"could not be coded: {stored.error}"
    for version in stored.versions:
        yield f"  version {version.n}  {version.added_at}{'  in force' if version.in_force else ''}"
    yield ""
    yield article.text
    yield ""
    for record in stored.records:
        state: str = record.review if record.live else "withdrawn"
        if record.version != stored.version:
            state += f"  read in version {record.version}"
        yield f"{record.id}  {record.event.id:<4} {record.event.type:<9} {record.event.status:<9} {state}"
        yield from _sides(record)
