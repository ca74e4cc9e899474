"""Check every invariant of a ledger, and say each breach in one line.

What is checked: the file (SQLite's own check), the schema with its triggers, foreign keys, the SHA-256 of
every text, version and reading, the chain of the log, that every record says what its reading or its last
decision says, spans, lookup rows, the word index, stories and their members, pins and ratings.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator

import msgspec

from rawi.errors import LedgerError
from rawi.ledger import log
from rawi.ledger.canonical import canonical, make_id, sha256
from rawi.ledger.database import Ledger, is_of_content
from rawi.ledger.dates import bounds
from rawi.ledger.document import check, document_json
from rawi.ledger.migrate import folded_names, migrations, newest_version, statements
from rawi.ledger.ratings import rating_key
from rawi.ledger.state import State, index_rows, read_states
from rawi.ledger.store import content_hash
from rawi.ledger.words import fold_version
from rawi.model import Article
from rawi.text.fold import fold_word


class Breach(msgspec.Struct, frozen=True):
    """An invariant that does not hold: which check, where, and what is wrong."""

    check: str
    where: str
    message: str


def verify(ledger: Ledger, *, head: str | None = None) -> list[Breach]:
    """Return every breach; an empty list means that the ledger is whole.

    Args:
        ledger: what to check.
        head: a hash of the log noted earlier; it must still be in the log.
    """
    with ledger.read() as db:
        found: list[Breach] = []
        for look in _checks:
            found += going_on(look.__name__.strip("_"), look(db))
        if head:
            found += going_on("head", _head(db, head))
    return found


def going_on(name: str, look: Iterable[Breach]) -> Iterator[Breach]:
    """Yield the breaches of a check; damage that it did not reckon with is one too, and keeps no other check from looking."""
    try:
        yield from look
    except (LookupError, TypeError, ValueError, msgspec.MsgspecError) as error:
        yield Breach("file", name, f"the check could not go on: {error!r}")
    except sqlite3.Error as error:
        if not is_of_content(error):
            raise
        yield Breach("file", name, f"the check could not go on: {error}")


def _head(db: sqlite3.Connection, head: str) -> Iterator[Breach]:
    if not db.execute("SELECT 1 FROM log WHERE hash = ?", (head,)).fetchone():
        yield Breach("log", "log", f"the noted head {head} is not in the log: entries were cut off or rewritten")


def _file(db: sqlite3.Connection) -> Iterator[Breach]:
    for (message,) in db.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Breach("file", "SQLite", message)
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Breach("foreign keys", f"{table} {rowid}", f"refers to a row of {parent} that does not exist")


def _schema(db: sqlite3.Connection) -> Iterator[Breach]:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version != newest_version():
        yield Breach("schema", "file", f"schema version {version}, expected {newest_version()}")
    model = sqlite3.connect(":memory:")
    for _, _, sql in migrations():
        for statement in statements(sql):
            model.execute(statement)
    query = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_stat%'"
    expected, found = dict(model.execute(query)), dict(db.execute(query))
    model.close()
    for name in sorted({*expected, *found}):
        if name not in found:
            yield Breach("schema", name, "is missing")
        elif name not in expected:
            if not name.startswith(("index", "view")):  # a user may add these
                yield Breach("schema", name, "does not belong to a ledger")
        elif expected[name] != found[name]:
            yield Breach("schema", name, "has been changed")


def _texts(db: sqlite3.Connection) -> Iterator[Breach]:
    rows = db.execute(
        """SELECT a.article_id, a.identity, v.n, v.text, v.title, v.outlet, v.published, v.url, v.body_start, v.text_sha256, v.content_sha256
        FROM article_version v JOIN article a USING (article_no)"""
    )
    for article_id, identity, n, text, title, outlet, published, url, body_start, text_hash, content in rows:
        where = f"article {article_id} version {n}"
        if sha256(text) != text_hash:
            yield Breach("texts", where, "the text does not have its SHA-256")
        elif content_hash(Article("", text, title, outlet, published, body_start, url)) != content:
            yield Breach("texts", where, "title, outlet, date or URL do not have their SHA-256")
        if make_id("a", identity) != article_id:
            yield Breach("texts", where, f"the id does not follow from the identity {identity}")
    for reading_no, payload, digest in db.execute("SELECT reading_no, payload, payload_sha256 FROM reading"):
        if sha256(payload) != digest:
            yield Breach("texts", f"reading {reading_no}", "the reading does not have its SHA-256")


def _log_chain(db: sqlite3.Connection) -> Iterator[Breach]:
    last, expected = "", 1
    for row in log.raw_entries(db):
        seq, digest = row[0], row[-1]
        if seq != expected:
            yield Breach("log", f"entry {seq}", f"expected entry {expected}: entries are missing")
            expected = seq
        if row[-2] != last:
            yield Breach("log", f"entry {seq}", "does not follow the entry before it")
        if log.entry_hash(row[:-1]) != digest:
            yield Breach("log", f"entry {seq}", "does not have its hash: it has been changed")
        last, expected = digest, expected + 1


_state_actions = "('accept', 'correct', 'reject', 'skip', 'undo', 'recode', 'withdraw')"


def _orphans(db: sqlite3.Connection) -> Iterator[Breach]:
    queries = (
        ("an article without a version in force", "SELECT article_id FROM article WHERE article_no NOT IN (SELECT article_no FROM article_head)"),
        ("an article without an input id", "SELECT article_id FROM article WHERE article_no NOT IN (SELECT article_no FROM article_alias)"),
        ("a record without a state", "SELECT record_id FROM record WHERE record_no NOT IN (SELECT record_no FROM record_state)"),
        ("a record that no reading tells", "SELECT record_id FROM record WHERE record_no NOT IN (SELECT record_no FROM record_reading)"),
        (
            "an event of a reading without a record",
            """SELECT 'reading ' || g.reading_no || ' ' || json_extract(e.value, '$.id') FROM reading g, json_each(g.payload, '$.events') e
            WHERE g.error IS NULL AND NOT EXISTS
              (SELECT 1 FROM record_reading b WHERE b.reading_no = g.reading_no AND b.event = json_extract(e.value, '$.id'))""",
        ),
        (
            "a version in force that is not the newest",
            """SELECT article_id FROM article a JOIN article_head h USING (article_no)
            WHERE version_no <> (SELECT max(version_no) FROM article_version v WHERE v.article_no = a.article_no)""",
        ),
        (
            "an entry of the log about a record that does not exist",
            f"SELECT 'entry ' || seq FROM log WHERE action IN {_state_actions} AND target LIKE 'e%' AND target NOT IN (SELECT record_id FROM record)",
        ),
        (
            "an entry of the log about a story that does not exist",
            """SELECT 'entry ' || seq FROM log WHERE action IN ('merge', 'split', 'undo') AND target LIKE 's%'
            AND target NOT IN (SELECT story_id FROM story)""",
        ),
        (
            "revisions that the log does not account for",
            """SELECT record_id FROM record r JOIN record_state t USING (record_no)
            WHERE t.rev <> 1 AND t.rev <> 1 + (SELECT count(*) FROM log WHERE target = r.record_id)""",
        ),
        (
            "entries of the log that left no revision",
            f"""SELECT DISTINCT target FROM log JOIN record r ON r.record_id = target JOIN record_state t USING (record_no)
            WHERE action IN {_state_actions} AND t.rev = 1""",
        ),
    )  # fmt: skip
    for message, query in queries:
        for (where,) in db.execute(query):
            yield Breach("records", str(where), message)


def _lookups(db: sqlite3.Connection) -> Iterator[Breach]:
    """Compare what articles, actors and places are looked up by with what it was made of."""
    rows = db.execute(
        """SELECT article_id, h.published IS v.published AND h.outlet IS v.outlet, g.version_no IS NULL OR g.version_no = h.version_no
        FROM article_head h JOIN article USING (article_no) JOIN article_version v USING (version_no) LEFT JOIN reading g USING (reading_no)"""
    )
    for article_id, same, of_version in rows:
        if not same:
            yield Breach("records", f"article {article_id}", "outlet or date looked up by differ from its version")
        if not of_version:
            yield Breach("records", f"article {article_id}", "the reading in force is of another version")
    for table, name, folded in folded_names:
        for written, found in db.execute(f"SELECT DISTINCT {name}, {folded} FROM {table}"):
            if found != fold_word(written or ""):
                yield Breach("records", f"{table} {written}", f"is looked up as {found}")


def _states(db: sqlite3.Connection) -> Iterator[Breach]:
    """Compare each state with its last decision, and its lookup rows with its document."""
    lengths = dict(db.execute("SELECT version_no, length(text) FROM article_version"))
    top = db.execute("SELECT coalesce(max(record_no), 0) FROM record_state").fetchone()[0]
    for first in range(0, top + 1, 1000):
        window = (first, first + 999)
        try:
            states = read_states(db, "t.record_no BETWEEN ? AND ?", window)
        except (StopIteration, msgspec.MsgspecError) as error:
            yield Breach(
                "records",
                f"records {window[0]} to {window[1]}",
                f"a record's reading or document cannot be read: {error!r}",
            )
            continue
        kept: dict[int, tuple[list[object], list[object], list[object]]] = {
            state.record_no: ([], [], []) for state in states
        }
        for i, table in enumerate(("record_party", "record_hop", "span")):
            for row in db.execute(f"SELECT * FROM {table} WHERE record_no BETWEEN ? AND ?", window):
                if row[0] in kept:
                    kept[row[0]][i].append(row)
        for state in states:
            if state.version_no in lengths:
                yield from _state(db, state, lengths[state.version_no], kept[state.record_no])
            else:
                yield Breach("records", f"record {state.record_id}", "its version of the article is missing")


def _state(db: sqlite3.Connection, state: State, length: int, kept: tuple[list[object], ...]) -> Iterator[Breach]:
    where = f"record {state.record_id}"
    try:
        check(state.document, length, where)
    except LedgerError as error:
        yield Breach("spans", where, str(error))
        return
    row = db.execute(
        """SELECT type, mode, status, confidence, date_lo, date_hi, p.text, p.country, t.published = ifnull(v.published, '')
        FROM record_state t JOIN article_version v USING (version_no) LEFT JOIN place p USING (place_no) WHERE record_no = ?""",
        (state.record_no,),
    ).fetchone()
    event = state.document.event
    place = (event.place.text, event.place.country or None) if event.place else (None, None)
    days = bounds(event.date.value if event.date else None) or (None, None)
    if row[:4] != (event.type, event.mode, event.status, event.confidence):
        yield Breach("records", where, "type, mode, status or confidence differ from the document")
    if row[4:8] != (*days, *place) or not row[8]:
        yield Breach("records", where, "date, place or publication date looked up by differ from the document")
    for name, rows, expected in zip(
        ("parties", "chain", "spans"), kept, index_rows(db, state.record_no, state.document, add=False), strict=True
    ):
        if set(rows) != set(expected):
            yield Breach(
                "spans" if name == "spans" else "records", where, f"the {name} looked up by differ from the document"
            )
    if state.rev > 1:
        yield from _last_word(db, state)
    elif state.review != "unreviewed" or state.human:
        yield Breach("records", where, "has been decided on without an entry in the log")


def _last_word(db: sqlite3.Connection, state: State) -> Iterator[Breach]:
    """Check that a state is what the last entry of the log about it says."""
    where = f"record {state.record_id}"
    row = db.execute(
        "SELECT seq, action, after FROM log WHERE target = ? ORDER BY seq DESC LIMIT 1", (state.record_id,)
    ).fetchone()
    if row is None:
        return  # reported as an orphan
    after = json.loads(row[2])
    if after.get("review", state.review) != state.review or after.get("live", True) != state.live:
        yield Breach("log", where, f"is {state.review}, live {state.live}; entry {row[0]} left it otherwise")
    if row[1] in ("accept", "correct", "reject", "skip", "undo"):
        # A later reading that changes nothing material may still move spans, so compare the text only if it is the same.
        if (
            after["version"] == state.version_no
            and after["human"]
            and after["record"] != json.loads(document_json(state.document))
        ):
            yield Breach("log", where, f"does not say what entry {row[0]} left it saying")
        if after["human"] != state.human:
            yield Breach(
                "log",
                where,
                f"entry {row[0]} left it {'' if after['human'] else 'not '}fixed by a person; now it is otherwise",
            )


def _word_index(db: sqlite3.Connection) -> Iterator[Breach]:
    row = db.execute("SELECT value FROM meta WHERE key = 'fold_version'").fetchone()
    if row is None or row[0] != fold_version:
        yield Breach("search", "word index", f"was made by folding {row and row[0]}, this Rawi folds by {fold_version}")
    for (version_no,) in db.execute(
        "SELECT version_no FROM article_version WHERE version_no NOT IN (SELECT id FROM article_words_docsize)"
    ):
        yield Breach("search", f"version {version_no}", "is not in the word index")
    for (version_no,) in db.execute(
        "SELECT id FROM article_words_docsize WHERE id NOT IN (SELECT version_no FROM article_version)"
    ):
        yield Breach("search", f"version {version_no}", "is in the word index but not in the ledger")


def _stories(db: sqlite3.Connection) -> Iterator[Breach]:
    queries = (
        (
            "a record in force that is in no story and not waiting for one",
            """SELECT record_id FROM record JOIN record_state USING (record_no) WHERE live = 1 AND review <> 'rejected'
            AND record_no NOT IN (SELECT record_no FROM report) AND record_no NOT IN (SELECT record_no FROM merge_queue)""",
        ),
        (
            "a record not in force, or rejected, that is still in a story",
            """SELECT record_id FROM record JOIN record_state USING (record_no) JOIN report USING (record_no)
            WHERE (live = 0 OR review = 'rejected') AND record_no NOT IN (SELECT record_no FROM merge_queue)""",
        ),
        ("a live story without reports", "SELECT story_id FROM story WHERE live = 1 AND story_no NOT IN (SELECT story_no FROM report)"),
        ("a retired story with reports", "SELECT story_id FROM story WHERE live = 0 AND story_no IN (SELECT story_no FROM report)"),
        (
            "a story in two parts",
            "SELECT s.story_id FROM report JOIN story s USING (story_no) GROUP BY story_no HAVING count(DISTINCT founder) > 1",
        ),
        ("two stories with one founder", "SELECT 'founder ' || founder FROM report GROUP BY founder HAVING count(DISTINCT story_no) > 1"),
        (
            "a story whose document has other reports than it",
            """SELECT s.story_id FROM story s WHERE s.live = 1 AND
            (SELECT group_concat(value) FROM (SELECT json_extract(e.value, '$.record') AS value FROM json_each(s.doc, '$.reports') e ORDER BY 1))
            IS NOT (SELECT group_concat(record_id) FROM (SELECT record_id FROM report JOIN record USING (record_no)
                    WHERE report.story_no = s.story_no ORDER BY 1))""",
        ),
        (
            "a pinned report in another story",
            """SELECT record_id FROM pin p JOIN report USING (record_no) JOIN record USING (record_no)
            WHERE report.story_no <> p.story_no AND record_no NOT IN (SELECT record_no FROM merge_queue)""",
        ),
        ("a block of a record that is in no story", "SELECT DISTINCT 'record ' || record_no FROM block WHERE record_no NOT IN (SELECT record_no FROM report)"),
    )  # fmt: skip
    for message, query in queries:
        for (where,) in db.execute(query):
            yield Breach("stories", str(where), message)


def _pins(db: sqlite3.Connection) -> Iterator[Breach]:
    """Fold the log of merges and splits; the pins must be what comes out."""
    expected: dict[str, str] = {}
    rows = db.execute(
        "SELECT after FROM log WHERE action IN ('merge', 'split') OR (action = 'undo' AND target LIKE 's%') ORDER BY seq"
    )
    for (after,) in rows:
        for record_id, story_id in json.loads(after)["pins"].items():
            if story_id is None:
                expected.pop(record_id, None)
            else:
                expected[record_id] = story_id
    found = dict(
        db.execute("SELECT record_id, story_id FROM pin JOIN record USING (record_no) JOIN story USING (story_no)")
    )
    for record_id in sorted({*expected, *found}):
        if expected.get(record_id) != found.get(record_id):
            yield Breach(
                "log",
                f"record {record_id}",
                f"is pinned to {found.get(record_id)}, the log says {expected.get(record_id)}",
            )


def _ratings(db: sqlite3.Connection) -> Iterator[Breach]:
    expected: dict[str, str] = {}
    for target, after in db.execute("SELECT target, after FROM log WHERE action = 'rate' ORDER BY seq"):
        expected[target] = canonical(json.loads(after))
    found = {}
    for kind, name, reliability in db.execute("SELECT kind, name, reliability FROM rating_state"):
        found[f"{kind}:{rating_key(name)}"] = canonical({"name": name, "reliability": reliability})
    for target in sorted({*expected, *found}):
        if expected.get(target) != found.get(target):
            yield Breach("log", f"rating {target}", f"is {found.get(target)}, the log says {expected.get(target)}")


_checks: tuple[Callable[[sqlite3.Connection], Iterator[Breach]], ...] = (
    _file, _schema, _texts, _log_chain, _orphans, _lookups, _states, _word_index, _stories, _pins, _ratings,
)  # fmt: skip
