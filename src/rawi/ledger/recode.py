"""A new reading of an article takes the place of the old one; human decisions stay.

Each event of the new reading is paired with a record of the article that it tells again (`anchor`), and
then is that record; what is left over becomes a new record. Then, by what a person had decided:

- nothing, or skipped: the record says what the new reading says; without a pair it is withdrawn;
- rejected: stays rejected while the coder still says the same thing; when it says another thing, or is
  silent, the rejection has lapsed;
- accepted, corrected: the record stays as the person left it, whether or not the coder agrees (if not, it
  is listed as kept); only when the words it rests on are gone from the text has the decision lapsed.

Withdrawn records keep their ids and come back if a later reading tells them again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec

from rawi.ledger import log
from rawi.ledger.anchor import move, pair_events
from rawi.ledger.canonical import canonical, differences, make_id
from rawi.ledger.document import Document, material
from rawi.ledger.state import ReviewState, State, read_states, write_state


class Lapse(msgspec.Struct, frozen=True):
    """A decision that a new reading put in question: what it was, and why it lapsed or is still kept."""

    record: str
    decision: str
    why: str


class Change(msgspec.Struct, frozen=True):
    """What a new reading changed."""

    withdrawn: int
    kept: tuple[Lapse, ...]
    lapsed: tuple[Lapse, ...]


class _Superseding:
    """One new reading of one article, while it takes the place of the old one."""

    def __init__(
        self, db: sqlite3.Connection, article_no: int, article_id: str, version_no: int, reading_no: int
    ) -> None:
        self.db = db
        self.article_no = article_no
        self.article_id = article_id
        self.version_no = version_no
        self.reading_no = reading_no
        self.published: str | None = db.execute(
            "SELECT published FROM article_version WHERE version_no = ?", (version_no,)
        ).fetchone()[0]
        row = db.execute(
            "SELECT c.rawi FROM reading g JOIN coder c USING (coder_no) WHERE g.reading_no = ?", (reading_no,)
        ).fetchone()
        self.who = f"rawi {row[0]}" if row and row[0] else "rawi"
        self.withdrawn = 0
        self.kept: list[Lapse] = []
        self.lapsed: list[Lapse] = []

    def text(self, version_no: int) -> str:
        return str(
            self.db.execute("SELECT text FROM article_version WHERE version_no = ?", (version_no,)).fetchone()[0]
        )

    def add(self, document: Document) -> None:
        """Make a new record."""
        event = document.event
        n = 0
        while True:
            record_id = make_id("e", self.article_id, event.type, *event.trigger, n)
            if not self.db.execute("SELECT 1 FROM record WHERE record_id = ?", (record_id,)).fetchone():
                break
            n += 1
        made = self.db.execute("INSERT INTO record (record_id, article_no) VALUES (?, ?)", (record_id, self.article_no))
        record_no = int(made.lastrowid or 0)
        self.bind(record_no, document)
        write_state(
            self.db,
            State(
                record_no, record_id, self.article_no, 1, True, "unreviewed", self.reading_no, event.id,
                self.version_no, self.published, document, False,
            ),
            new=True,
        )  # fmt: skip

    def bind(self, record_no: int, document: Document) -> None:
        self.db.execute("INSERT INTO record_reading VALUES (?, ?, ?)", (record_no, self.reading_no, document.event.id))

    def again(self, state: State, moved: Document | None, document: Document) -> None:
        """Let a paired record say what the new reading says, unless a person has decided."""
        self.bind(state.record_no, document)
        changed = differences(material(moved or state.document), material(document))
        if state.review in ("accepted", "corrected") and state.live and moved is not None:
            if changed:
                self.kept.append(
                    Lapse(state.record_id, state.review, f"the coder now reads {_tell(changed)}; the decision is kept")
                )
            self.turn(state, moved, state.review, event=document.event.id, human=True, reading_no=self.reading_no)
            return
        review: ReviewState = state.review
        if state.review == "rejected" and state.live and changed:
            self.lapsed.append(
                Lapse(state.record_id, state.review, f"the coder now reads {_tell(changed)}: look again")
            )
            review = "unreviewed"
        elif state.review in ("accepted", "corrected"):
            if state.live:
                self.lapsed.append(
                    Lapse(state.record_id, state.review, "its words are no longer in the text: look again")
                )
            review = "unreviewed"
        self.turn(state, document, review, event=document.event.id, human=False, reading_no=self.reading_no)

    def missing(self, state: State, moved: Document | None) -> None:
        """Withdraw a record that the new reading does not tell, unless a person has vouched for it."""
        if not state.live:
            return
        if state.review in ("accepted", "corrected"):
            if moved is not None:
                self.kept.append(
                    Lapse(state.record_id, state.review, "the coder no longer reads this event; the decision is kept")
                )
                self.turn(state, moved, state.review, event=state.event, human=True, reading_no=None)
                return
            self.lapsed.append(Lapse(state.record_id, state.review, "its words are no longer in the text: withdrawn"))
        elif state.review == "rejected":
            self.lapsed.append(
                Lapse(state.record_id, state.review, "the coder no longer reads this event: nothing is left to reject")
            )
        self.withdrawn += 1
        seq_rev = state.rev + 1
        before, after = {"live": True, "review": state.review}, {"live": False, "review": state.review}
        log.append(
            self.db, who=self.who, action="withdraw", target=state.record_id, rev=seq_rev,
            confidence=state.document.event.confidence, before=before, after=after,
        )  # fmt: skip
        # Its spans are of the version it was read from, and stay so.
        write_state(self.db, msgspec.structs.replace(state, rev=seq_rev, live=False))

    def turn(
        self, state: State, document: Document, review: ReviewState, *, event: str, human: bool, reading_no: int | None
    ) -> None:
        """Move a live record to the new text; its revision rises only if it now says something else.

        Args:
            state: what it was.
            document: what it says from now on.
            review: its review state from now on.
            event: the local id of the event in its reading.
            human: whether a person fixed the document.
            reading_no: the reading that tells it; None keeps the last one that did.
        """
        before = {"live": state.live, "review": state.review, **material(state.document)}
        after = {"live": True, "review": review, **material(document)}
        changed = differences(before, after)
        rev = state.rev
        if changed:
            rev += 1
            log.append(
                self.db, who=self.who, action="recode", target=state.record_id, rev=rev,
                confidence=state.document.event.confidence,
                before={key: old for key, (old, _) in changed.items()}, after={key: new for key, (_, new) in changed.items()},
            )  # fmt: skip
        write_state(
            self.db,
            msgspec.structs.replace(
                state, rev=rev, live=True, review=review, reading_no=reading_no or state.reading_no, event=event,
                version_no=self.version_no, published=self.published, document=document, human=human,
            ),
        )  # fmt: skip


def supersede(
    db: sqlite3.Connection,
    article_no: int,
    article_id: str,
    version_no: int,
    reading_no: int,
    found: Sequence[Document],
) -> Change:
    """Make the records of an article those of a new reading; call it inside ``Ledger.write``.

    Args:
        db: the ledger.
        article_no: whose records.
        article_id: its public id.
        version_no: the version that was read.
        reading_no: the reading.
        found: the documents of its events.
    """
    work = _Superseding(db, article_no, article_id, version_no, reading_no)
    states = read_states(db, "r.article_no = ?", (article_no,))
    if not states:
        for document in found:
            work.add(document)
        return Change(0, (), ())
    new_text = work.text(version_no)
    moved = [move(state.document, work.text(state.version_no), new_text) for state in states]
    # Records in force are paired first; a withdrawn one comes back only for what they leave over.
    pairs: dict[int, int] = {}
    for live in (True, False):
        olds = [i for i, state in enumerate(states) if state.live == live and moved[i] is not None]
        news = [k for k in range(len(found)) if k not in pairs.values()]
        made = pair_events([m for i in olds if (m := moved[i]) is not None], [found[k] for k in news])
        pairs |= {olds[i]: news[k] for i, k in made.items()}
    for i, state in enumerate(states):
        if i in pairs:
            work.again(state, moved[i], found[pairs[i]])
        else:
            work.missing(state, moved[i])
    for k, document in enumerate(found):
        if k not in pairs.values():
            work.add(document)
    return Change(work.withdrawn, tuple(work.kept), tuple(work.lapsed))


def _tell(changed: dict[str, tuple[Any, Any]]) -> str:
    return ", ".join(f"{field} {_value(new)} (was {_value(old)})" for field, (old, new) in changed.items())


def _value(value: Any) -> str:
    return value if isinstance(value, str) else canonical(value)
