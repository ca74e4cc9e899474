"""Add coded articles: new articles, new versions, new readings; the same content twice changes nothing.

1. An article with a URL is that URL; without one it is its outlet, date, title and text.
2. A text not seen before under that identity is a new version, and the one in force. A version seen before
   changes nothing, even if another is in force now: adding an old file again does not turn time back.
3. A reading is what one coder (program, lexicon, ontology) made of one version. A coder that has read the
   version before changes nothing; another one's reading supersedes, as `recode` says.
4. An article that the coder failed on is kept with the error, and tried again when it is added again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic
from typing import Literal

import msgspec

from rawi.errors import LedgerError, RawiError
from rawi.ledger.canonical import canonical, make_id, sha256
from rawi.ledger.clock import now
from rawi.ledger.database import Ledger
from rawi.ledger.document import Payload, check, documents, payload_json
from rawi.ledger.recode import Lapse, supersede
from rawi.ledger.words import index_text
from rawi.model import Article, CodedArticle, CoderVersion
from rawi.text.fold import fold_word

Outcome = Literal["new", "version", "recoded", "known", "failed"]

chunk_size = 64  # articles written in one transaction
chunk_seconds = 2.0  # and no longer than this between two of them

_no_coder = CoderVersion("", "", "")


class Added(msgspec.Struct, frozen=True):
    """What came of adding one article.

    ``kept`` are records whose human decision still holds although the coder now reads otherwise;
    ``lapsed`` are decisions that no longer apply. An article that cannot be stored has no ``article``.
    """

    input_id: str
    article: str | None
    outcome: Outcome
    version: int | None = None
    records: int = 0
    withdrawn: int = 0
    kept: tuple[Lapse, ...] = ()
    lapsed: tuple[Lapse, ...] = ()
    error: str | None = None


def article_identity(article: Article) -> str:
    """Return what makes two articles one: the URL, or else outlet, date, title and text."""
    if article.url:
        return f"url:{article.url}"
    return "text:" + sha256(canonical([article.outlet, article.published, article.title, article.text]))


def content_hash(article: Article) -> str:
    """Return the hash of everything that makes a version: text, title, outlet, date, URL, start of the body."""
    return sha256(
        canonical([article.text, article.title, article.outlet, article.published, article.url, article.body_start])
    )


def known(ledger: Ledger, article: Article, coder: CoderVersion | None) -> Added | None:
    """Return what adding a reading of ``article`` by ``coder`` would come to if it changed nothing, else None."""
    article_id = make_id("a", article_identity(article))
    with ledger.read() as db:
        row = db.execute(
            """SELECT v.n FROM article a JOIN article_version v USING (article_no) JOIN article_head h USING (article_no)
            LEFT JOIN reading g ON g.version_no = v.version_no AND g.error IS NULL
            LEFT JOIN coder c USING (coder_no) JOIN article_alias i USING (article_no)
            WHERE a.article_id = ? AND v.content_sha256 = ? AND i.input_id = ?
              AND (v.version_no <> h.version_no OR (c.rawi = ? AND c.lexicon = ? AND c.ontology = ?))""",
            (article_id, content_hash(article), article.id, *msgspec.structs.astuple(coder or _no_coder)),
        ).fetchone()
    return Added(article.id, article_id, "known", row[0]) if row else None


def add_articles(
    ledger: Ledger,
    articles: Iterable[Article],
    code: Callable[[Article], CodedArticle],
    coder: CoderVersion | None = None,
) -> Iterator[Added]:
    """Code and store articles, many in one transaction; yields each result once it is committed.

    Args:
        ledger: where to.
        articles: articles to code.
        code: reads one article; an error it raises is kept with the article and stops nothing.
        coder: the version of what ``code`` runs; articles that it has read before are not read again.
    """
    passed: list[Added] = []

    def coded() -> Iterator[CodedArticle]:
        for article in articles:
            found = known(ledger, article, coder) if coder is not None else None
            if found is not None:
                passed.append(found)
            else:
                yield _coded(article, code, coder)

    for added in add_stream(ledger, coded()):
        yield added
        while passed:
            yield passed.pop(0)
    yield from passed


def add_stream(ledger: Ledger, coded: Iterable[CodedArticle]) -> Iterator[Added]:
    """Store coded articles as they come, many in one transaction; yields each result once it is committed."""
    ready: list[CodedArticle] = []
    since = monotonic()
    for one in coded:
        ready.append(one)
        if len(ready) >= chunk_size or monotonic() - since > chunk_seconds:
            yield from add_many(ledger, ready)
            ready = []
            since = monotonic()
    yield from add_many(ledger, ready)


def _coded(article: Article, code: Callable[[Article], CodedArticle], coder: CoderVersion | None) -> CodedArticle:
    try:
        return code(article)
    except RawiError as error:
        return CodedArticle(article, coder=coder, error=str(error))
    except Exception as error:  # a fault of the coder is this article's, not the batch's
        return CodedArticle(
            article, coder=coder, error=f"{article.id}: the coder failed: {type(error).__name__}: {error}; report this"
        )


def add_many(ledger: Ledger, coded: Sequence[CodedArticle]) -> list[Added]:
    """Store coded articles in one transaction."""
    if not coded:
        return []
    with ledger.write():
        return [add_coded(ledger, one) for one in coded]


def add_coded(ledger: Ledger, coded: CodedArticle) -> Added:
    """Store one coded article."""
    article = coded.article
    unfit = unfit_text(article)
    if unfit is not None:
        return Added(article.id, None, "failed", error=unfit)
    with ledger.write() as db:
        article_no, article_id = _ensure_article(db, article)
        version_no, n, is_new, in_force = _ensure_version(db, article_no, article)
        if is_new:
            index_text(db, version_no, article.text)
        elif not in_force:
            return Added(article.id, article_id, "known", n)
        coder_no = _coder_no(db, coded.coder or _no_coder)
        if (
            not is_new
            and db.execute(
                "SELECT 1 FROM reading WHERE version_no = ? AND coder_no = ? AND error IS NULL", (version_no, coder_no)
            ).fetchone()
        ):
            return Added(article.id, article_id, "known", n)
        payload = Payload(coded.actors, coded.attributions, coded.events, coded.warnings)
        error = coded.error or _flaw(article, payload)
        if error is not None:
            _store_failure(db, version_no, coder_no, error)
            return Added(article.id, article_id, "failed", n, error=error)
        first_reading = (
            is_new
            or not db.execute("SELECT reading_no FROM article_head WHERE article_no = ?", (article_no,)).fetchone()[0]
        )
        reading_no = _insert_reading(db, version_no, coder_no, None, payload_json(payload))
        db.execute("UPDATE article_head SET reading_no = ? WHERE article_no = ?", (reading_no, article_no))
        found = list(documents(payload))
        change = supersede(db, article_no, article_id, version_no, reading_no, found)
        outcome: Outcome = "recoded" if not first_reading else "new" if n == 1 else "version"
        return Added(article.id, article_id, outcome, n, len(found), change.withdrawn, change.kept, change.lapsed)


def unfit_text(article: Article) -> str | None:
    """Return why a text cannot be stored exactly, or None if it can."""
    for name, value in (
        ("text", article.text),
        ("title", article.title),
        ("outlet", article.outlet),
        ("id", article.id),
    ):
        if value is None:
            continue
        at = value.find("\0")
        if at >= 0:
            return f"{article.id}: the {name} holds U+0000 at offset {at}; remove it"
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            return f"{article.id!r}: the {name} holds half a surrogate pair at offset {error.start}; decode the input as UTF-8 or UTF-16"
    return None


def _flaw(article: Article, payload: Payload) -> str | None:
    """Return what is wrong with a coder's output, or None."""
    ids = [a.id for a in payload.actors] + [h.id for h in payload.attributions] + [e.id for e in payload.events]
    if len(ids) != len(set(ids)):
        return f"{article.id}: the coder gave one id to two actors, attributions or events; report this"
    try:
        for document in documents(payload):
            check(document, len(article.text), f"{article.id}, event {document.event.id}")
    except LedgerError as error:
        return str(error)
    return None


def _ensure_article(db: sqlite3.Connection, article: Article) -> tuple[int, str]:
    identity = article_identity(article)
    article_id = make_id("a", identity)
    row = db.execute("SELECT article_no FROM article WHERE article_id = ?", (article_id,)).fetchone()
    if row:
        article_no = int(row[0])
    else:
        made = db.execute(
            "INSERT INTO article (article_id, identity, input_id, added_at) VALUES (?, ?, ?, ?)",
            (article_id, identity, article.id, now()),
        )
        article_no = int(made.lastrowid or 0)
    db.execute("INSERT OR IGNORE INTO article_alias VALUES (?, ?)", (article.id, article_no))
    return article_no, article_id


def _ensure_version(db: sqlite3.Connection, article_no: int, article: Article) -> tuple[int, int, bool, bool]:
    """Return (version_no, n, whether it is new, whether it is in force)."""
    content = content_hash(article)
    row = db.execute(
        """SELECT v.version_no, v.n, v.version_no = h.version_no FROM article_version v JOIN article_head h USING (article_no)
        WHERE v.article_no = ? AND v.content_sha256 = ?""",
        (article_no, content),
    ).fetchone()
    if row:
        return int(row[0]), int(row[1]), False, bool(row[2])
    n = (
        1
        + db.execute("SELECT coalesce(max(n), 0) FROM article_version WHERE article_no = ?", (article_no,)).fetchone()[
            0
        ]
    )
    made = db.execute(
        """INSERT INTO article_version (article_no, n, added_at, published, outlet, url, body_start, title, text_sha256, content_sha256, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            article_no, n, now(), article.published, article.outlet, article.url, article.body_start, article.title,
            sha256(article.text), content, article.text,
        ),
    )  # fmt: skip
    version_no = int(made.lastrowid or 0)
    db.execute(
        """INSERT INTO article_head VALUES (?, ?, NULL, ?, ?, ?) ON CONFLICT (article_no) DO UPDATE SET
        version_no = excluded.version_no, published = excluded.published, outlet = excluded.outlet, outlet_folded = excluded.outlet_folded""",
        (article_no, version_no, article.published, article.outlet, fold_word(article.outlet or "")),
    )
    return version_no, n, True, True


def _coder_no(db: sqlite3.Connection, coder: CoderVersion) -> int:
    values = msgspec.structs.astuple(coder)
    row = db.execute("SELECT coder_no FROM coder WHERE rawi = ? AND lexicon = ? AND ontology = ?", values).fetchone()
    if row:
        return int(row[0])
    return int(db.execute("INSERT INTO coder (rawi, lexicon, ontology) VALUES (?, ?, ?)", values).lastrowid or 0)


def _insert_reading(db: sqlite3.Connection, version_no: int, coder_no: int, error: str | None, payload: str) -> int:
    made = db.execute(
        "INSERT INTO reading (version_no, coder_no, read_at, error, payload_sha256, payload) VALUES (?, ?, ?, ?, ?, ?)",
        (version_no, coder_no, now(), error, sha256(payload), payload),
    )
    return int(made.lastrowid or 0)


def _store_failure(db: sqlite3.Connection, version_no: int, coder_no: int, error: str) -> None:
    """Keep the error with the version, once."""
    known = db.execute(
        "SELECT 1 FROM reading WHERE version_no = ? AND coder_no = ? AND error = ?", (version_no, coder_no, error)
    ).fetchone()
    if not known:
        _insert_reading(db, version_no, coder_no, error, "{}")
