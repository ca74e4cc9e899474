"""Bring the stories of a ledger up to date with its records."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec

from rawi.ledger.canonical import make_id
from rawi.ledger.clock import now
from rawi.ledger.database import Ledger
from rawi.ledger.dates import bounds
from rawi.ledger.state import State, read_states
from rawi.merge.cluster import Reader
from rawi.merge.features import Features, make_features, sketch_text
from rawi.merge.origins import Member
from rawi.merge.shelf import LedgerShelf
from rawi.merge.summary import summarise
from rawi.model import Story

# Stories are merged anew when this changes: raise the number with what is compared, how, under which keys, or what a story says.
merge_version = "4"
batch_size = 1000  # records merged in one transaction
_most_in_query = 500

_encode_story = msgspec.json.Encoder().encode


class Merged(msgspec.Struct, frozen=True):
    """What an update did: records looked at, and stories made, changed and retired."""

    records: int
    made: int
    changed: int
    retired: int


def update(ledger: Ledger, *, batch: int = batch_size, progress: Callable[[int], None] | None = None) -> Merged:
    """Merge every record that was added or changed since the last update, or all anew if another Rawi merged them.

    Each batch is a transaction of its own: a process that is killed leaves the rest in the queue.

    Args:
        ledger: the ledger.
        batch: records in one transaction; what comes out does not depend on it.
        progress: called with the number of records merged so far.
    """
    total = Merged(0, 0, 0, 0)
    with ledger.read() as db:
        stale = merged_by(db) != merge_version
        begun = db.execute("SELECT 1 FROM report LIMIT 1").fetchone() is not None
    if stale and begun:
        return rebuild(ledger, batch=batch)
    if stale:
        with ledger.write() as db:
            _sign(db)
    while True:
        with ledger.read() as db:
            if not db.execute("SELECT 1 FROM merge_queue LIMIT 1").fetchone():
                return total
        with ledger.write() as db:
            done = update_batch(db, batch)
        total = _sum(total, done)
        if progress is not None:
            progress(total.records)


def rebuild(ledger: Ledger, *, batch: int = batch_size) -> Merged:
    """Merge all records anew, in one transaction; stories keep their ids where they keep their reports."""
    with ledger.write() as db:
        former: dict[int, int] = dict(db.execute("SELECT record_no, story_no FROM report"))
        _sign(db)
        db.execute("DELETE FROM block")
        db.execute("DELETE FROM report")
        db.execute("INSERT OR IGNORE INTO merge_queue SELECT record_no FROM record_state")
        total = Merged(0, 0, 0, 0)
        while db.execute("SELECT 1 FROM merge_queue LIMIT 1").fetchone():
            total = _sum(total, update_batch(db, batch, former))
        now_in: dict[int, int] = dict(db.execute("SELECT record_no, story_no FROM report"))
        empty = {
            no
            for (no,) in db.execute(
                "SELECT story_no FROM story WHERE live = 1 AND story_no NOT IN (SELECT story_no FROM report)"
            )
        }
        return _sum(total, Merged(0, 0, 0, _retire(db, former, empty, now_in, now())))


def merged_by(db: sqlite3.Connection) -> str | None:
    row = db.execute("SELECT value FROM meta WHERE key = 'merge_version'").fetchone()
    return row and str(row[0])


def _sign(db: sqlite3.Connection) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES ('merge_version', ?)", (merge_version,))


def _sum(a: Merged, b: Merged) -> Merged:
    return Merged(a.records + b.records, a.made + b.made, a.changed + b.changed, a.retired + b.retired)


def update_batch(
    db: sqlite3.Connection,
    limit: int | None = None,
    former: Mapping[int, int] | None = None,
    also: Iterable[int] = (),
) -> Merged:
    """Merge up to ``limit`` queued records; call it inside ``Ledger.write``.

    Args:
        db: the ledger.
        limit: how many; all if None.
        former: the stories of reports that were taken off the shelf to be filed anew.
        also: stories to look at too.
    """
    queued = [
        no for (no,) in db.execute("SELECT record_no FROM merge_queue ORDER BY record_no LIMIT ?", (limit or -1,))
    ]
    shelf = LedgerShelf(db, former)
    reader = Reader(shelf)
    old_stories, again = _refile(db, shelf, reader, queued)
    for report in again:
        if shelf.load(report):
            reader.read(report)
    reader.run()
    changed = {report for report in (*queued, *shelf.relabelled) if shelf.load(report)}
    done = _settle(db, shelf, changed, old_stories | set(also))
    db.executemany("DELETE FROM merge_queue WHERE record_no = ?", [(no,) for no in queued])
    return Merged(len(queued), *done)


def _refile(db: sqlite3.Connection, shelf: LedgerShelf, reader: Reader, queued: list[int]) -> tuple[set[int], set[int]]:
    """File the queued records as they are now. Returns the stories they were in, and the reports to read again."""
    old_stories = shelf.stories_of(queued)
    new_features = _features(db, queued)
    refiled: list[int] = []
    again: set[int] = set()
    for report in queued:
        known = shelf.load(report)
        new = new_features.get(report)
        if (
            known
            and new is not None
            and shelf.features(report) == new
            and _label(shelf, report) == shelf.founder(report)
        ):
            continue
        if known:
            again |= _disturbed(
                shelf,
                report,
                "" if shelf.is_pinned(report) or (shelf.founder(report) or 0) < 0 else shelf.features(report).position,
            )
        if new is None:
            shelf.unfile(report)
            again.discard(report)
            continue
        shelf.file(report, new)
        refiled.append(report)
    for report in refiled:
        if shelf.is_pinned(report):
            shelf.move(report, -shelf.pins[report])
            reader.disturb(shelf.members(-shelf.pins[report]), after="")
        else:
            # It may have been pinned before, or have stood elsewhere in the order: it starts as a stranger.
            founder = shelf.founder(report)
            if founder is not None and founder != report:
                shelf.move(report, report)
            again.add(report)
            again |= _disturbed(shelf, report, shelf.features(report).position)
    return old_stories, again


def _label(shelf: LedgerShelf, report: int) -> int | None:
    """Return the founder a report should have if a person fixed it, else the one it has, unless that was fixed."""
    if shelf.is_pinned(report):
        return -shelf.pins[report]
    founder = shelf.founder(report)
    return founder if founder is not None and founder > 0 else None


def _disturbed(shelf: LedgerShelf, report: int, after: str) -> set[int]:
    """Return the reports after a position that share a block with a report or with one of its story."""
    founder = shelf.founder(report)
    touched = {report} | (set() if founder is None else set(shelf.members(founder)))
    return {other for one in touched for other in shelf.neighbours(one) if shelf.features(other).position > after}


def _chunks(numbers: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(numbers)
    for at in range(0, len(ordered), _most_in_query):
        yield ordered[at : at + _most_in_query]


def _states(db: sqlite3.Connection, reports: Iterable[int]) -> list[State]:
    return [
        state
        for part in _chunks(reports)
        for state in read_states(db, f"t.record_no IN ({', '.join('?' * len(part))})", tuple(part))
    ]


def _features(db: sqlite3.Connection, reports: list[int]) -> dict[int, Features]:
    """Return the features of the reports that belong in a story: in force and not rejected."""
    states = [state for state in _states(db, reports) if state.live and state.review != "rejected"]
    found: dict[int, Features] = {}
    texts: dict[int, tuple[str, str, tuple[int, ...]]] = {}
    for state in states:
        if state.version_no not in texts:
            text, content = db.execute(
                "SELECT text, content_sha256 FROM article_version WHERE version_no = ?", (state.version_no,)
            ).fetchone()
            texts[state.version_no] = text, content, sketch_text(text)
        text, content, sketch = texts[state.version_no]
        position = f"{state.published or '9999'} {content[:16]} {state.document.event.trigger[0]:07} {state.record_id}"
        found[state.record_no] = make_features(
            state.document, text, state.published, state.article_no, position, sketch
        )
    return found


def _settle(
    db: sqlite3.Connection, shelf: LedgerShelf, changed: set[int], old_stories: set[int]
) -> tuple[int, int, int]:
    """Give every group of reports that changed its story's id and document. Returns stories made, changed, retired."""
    old_stories = old_stories | shelf.stories_of(changed)
    relevant = set(changed)
    for part in _chunks(old_stories):
        marks = ", ".join("?" * len(part))
        relevant |= {
            no
            for (no,) in db.execute(f"SELECT record_no FROM report WHERE story_no IN ({marks})", part)
            if shelf.load(no)
        }
    groups: dict[int, set[int]] = {}
    for report in relevant:
        founder = shelf.founder(report)
        if founder is not None and founder not in groups:
            groups[founder] = set(shelf.members(founder))
    old_stories |= {no for group in groups.values() for no in shelf.stories_of(group)}
    story_of_group = _match(shelf, groups)
    made = 0
    stamp = now()
    ids = {founder: _story_id(db, no) for founder, no in story_of_group.items()}
    missing = sorted(
        (founder for founder in groups if founder not in story_of_group),
        key=lambda founder: _first(shelf, groups[founder]),
    )
    for founder in missing:
        ids[founder] = _new_story_id(db, _first_record(db, shelf, groups[founder]), set(ids.values()))
    members = read_members(db, shelf, {report for group in groups.values() for report in group})
    changed_stories = 0
    for founder, group in groups.items():
        story = summarise(ids[founder], [members[report] for report in group])
        if founder in story_of_group:
            changed_stories += _write_story(db, story_of_group[founder], story, stamp)
        else:
            story_of_group[founder] = insert_story(db, story, stamp)
            made += 1
    shelf.relabelled |= {
        report
        for founder, group in groups.items()
        for report in group
        if shelf.story.get(report) != story_of_group[founder]
    }
    story_of = {report: story_of_group[founder] for founder, group in groups.items() for report in group}
    shelf.save(story_of)
    retired = _retire(db, shelf.story, old_stories - set(story_of_group.values()), story_of, stamp)
    return made, changed_stories, retired


def _match(shelf: LedgerShelf, groups: dict[int, set[int]]) -> dict[int, int]:
    """Return the story each group goes on as: the one a person chose, else the one most of its reports come from."""
    found = {founder: -founder for founder in groups if founder < 0}
    fixed = {*found.values(), *shelf.pins.values()}
    claims = []
    for founder, group in groups.items():
        if founder < 0:
            continue
        for story_no, count in Counter(shelf.story[report] for report in group if report in shelf.story).items():
            if story_no not in fixed:
                claims.append((-count, story_no, _first(shelf, group), founder))
    taken: set[int] = set()
    for _, story_no, _, founder in sorted(claims):
        if founder not in found and story_no not in taken:
            found[founder] = story_no
            taken.add(story_no)
    return found


def _first(shelf: LedgerShelf, group: set[int]) -> str:
    return min(shelf.features(report).position for report in group)


def _first_record(db: sqlite3.Connection, shelf: LedgerShelf, group: set[int]) -> str:
    first = min(group, key=lambda report: shelf.features(report).position)
    return str(db.execute("SELECT record_id FROM record WHERE record_no = ?", (first,)).fetchone()[0])


def _story_id(db: sqlite3.Connection, story_no: int) -> str:
    return str(db.execute("SELECT story_id FROM story WHERE story_no = ?", (story_no,)).fetchone()[0])


def _new_story_id(db: sqlite3.Connection, first_record: str, taken: set[str]) -> str:
    n = 0
    while True:
        story_id = make_id("s", first_record, n)
        if story_id not in taken and not db.execute("SELECT 1 FROM story WHERE story_id = ?", (story_id,)).fetchone():
            return story_id
        n += 1


def read_members(db: sqlite3.Connection, shelf: LedgerShelf, reports: set[int]) -> dict[int, Member]:
    articles: dict[int, tuple[str, str | None, str | None]] = {}
    for part in _chunks(reports):
        marks = ", ".join("?" * len(part))
        for no, input_id, outlet, published in db.execute(
            f"""SELECT t.record_no, a.input_id, v.outlet, v.published FROM record_state t JOIN record r USING (record_no)
            JOIN article a USING (article_no) JOIN article_version v ON v.version_no = t.version_no WHERE t.record_no IN ({marks})""",
            part,
        ):
            articles[no] = input_id, outlet, published
    return {
        state.record_no: Member(
            state.record_id,
            state.record_no,
            *articles[state.record_no],
            state.event,
            state.document,
            shelf.features(state.record_no),
        )
        for state in _states(db, reports)
    }


# What ``story_columns`` gives.
story_names = (
    "first_seen", "last_seen", "type", "status", "date_lo", "date_hi", "contested", "n_articles", "n_outlets", "n_origins", "credibility",
    "doc",
)  # fmt: skip
_story_columns = ", ".join(story_names)


def story_columns(story: Story) -> tuple[object, ...]:
    days = bounds(story.date)
    return (
        story.first_seen or "", story.last_seen or "", story.type, story.status, days and days[0], days and days[1], story.contested,
        story.n_articles, story.n_outlets, story.n_origins, story.credibility, _encode_story(story).decode("utf-8"),
    )  # fmt: skip


def insert_story(db: sqlite3.Connection, story: Story, stamp: str) -> int:
    """Write a new story and return its number."""
    made = db.execute(
        f"""INSERT INTO story (story_id, created_at, live, merged_into, rev, updated_at, {_story_columns})
        VALUES (?, ?, 1, NULL, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (story.id, stamp, stamp, *story_columns(story)),
    )
    return int(made.lastrowid or 0)


def _write_story(db: sqlite3.Connection, story_no: int, story: Story, stamp: str) -> bool:
    columns = story_columns(story)
    marks = ", ".join("?" * len(columns))
    changed = db.execute(
        f"""UPDATE story SET live = 1, merged_into = NULL, rev = rev + 1, updated_at = ?, ({_story_columns}) = ({marks})
        WHERE story_no = ? AND (({_story_columns}) IS NOT ({marks}) OR live = 0)""",
        (stamp, *columns, story_no, *columns),
    )
    return changed.rowcount > 0


def _retire(
    db: sqlite3.Connection, former: Mapping[int, int], stories: set[int], story_of: dict[int, int], stamp: str
) -> int:
    """Close stories that no group goes on as; each points to the one that has most of its reports."""
    for story_no in sorted(stories):
        went = Counter(
            story_of[report] for report, before in former.items() if before == story_no and report in story_of
        )
        into = min(went, key=lambda no: (-went[no], no)) if went else None
        db.execute(
            "UPDATE story SET live = 0, merged_into = ?, rev = rev + 1, updated_at = ? WHERE story_no = ? AND live = 1",
            (into, stamp, story_no),
        )
    return len(stories)
