"""A single SQLite file that keeps articles, records, spans and decisions, and never overwrites one."""

from rawi.ledger.database import Ledger, LedgerBusyError, LedgerFullError, default_path
from rawi.ledger.filters import Filter
from rawi.ledger.log import Entry, entries, head
from rawi.ledger.ratings import Rating, list_ratings, rate, rate_many
from rawi.ledger.recode import Lapse
from rawi.ledger.records import (
    Page,
    RecordDetail,
    StoredArticle,
    count_records,
    every_record,
    get_article,
    get_record,
    list_records,
)
from rawi.ledger.review import Decision, StaleError, accept, correct, reasons, reject, skip, undo
from rawi.ledger.reviewed import ReviewedArticle, actor_corrections, every_coded, every_exported, every_reviewed
from rawi.ledger.search import Hit, Hits, search
from rawi.ledger.stats import Stats, stats, vacuum
from rawi.ledger.store import Added, Outcome, add_articles, add_coded, add_many, add_stream, known
from rawi.ledger.stories import StoryDetail, StoryPage, every_story, get_story, list_stories
from rawi.ledger.verify import Breach, verify

__all__ = [
    "Added",
    "Breach",
    "Decision",
    "Entry",
    "Filter",
    "Hit",
    "Hits",
    "Lapse",
    "Ledger",
    "LedgerBusyError",
    "LedgerFullError",
    "Outcome",
    "Page",
    "Rating",
    "RecordDetail",
    "ReviewedArticle",
    "StaleError",
    "Stats",
    "StoredArticle",
    "StoryDetail",
    "StoryPage",
    "accept",
    "actor_corrections",
    "add_articles",
    "add_coded",
    "add_many",
    "add_stream",
    "correct",
    "count_records",
    "default_path",
    "entries",
    "every_coded",
    "every_exported",
    "every_record",
    "every_reviewed",
    "every_story",
    "get_article",
    "get_record",
    "get_story",
    "head",
    "known",
    "list_ratings",
    "list_records",
    "list_stories",
    "rate",
    "rate_many",
    "reasons",
    "reject",
    "search",
    "skip",
    "stats",
    "undo",
    "vacuum",
    "verify",
]
