"""Write what a ledger holds in other programs' formats: JSON lines, CSV, gold, lexicon overlays."""

from rawi.export.csv_table import write_events, write_stories
from rawi.export.gold import gold_article
from rawi.export.jsonl import json_line, write_jsonl
from rawi.export.overlay import overlay_entries, overlay_yaml

__all__ = [
    "gold_article",
    "json_line",
    "overlay_entries",
    "overlay_yaml",
    "write_events",
    "write_jsonl",
    "write_stories",
]
