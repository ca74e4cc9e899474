"""The demonstration ledger: reports of an invented crisis, coded with the lexicon of its invented names."""

from __future__ import annotations

import json
from pathlib import Path

from rawi.articles import make_article
from rawi.coder import default_coder
from rawi.errors import InputError
from rawi.ledger import Ledger, add_articles
from rawi.merge import update


def demo_folder() -> Path:
    """Return the folder of the demonstration: in the installed package, else in the source tree.

    Raises:
        InputError: it is in neither.
    """
    here = Path(__file__).resolve()
    for folder in (here.parents[1] / "_demo", here.parents[3] / "examples" / "demo"):
        if (folder / "reports.jsonl").is_file():
            return folder
    raise InputError("demo: the demonstration's reports are not installed; run from a copy of the source")


def demo_overlays() -> tuple[str, ...]:
    """Return the lexicon overlays of the demonstration."""
    return tuple(str(path) for path in sorted(demo_folder().glob("*.yaml")))


def build_demo(path: Path) -> int:
    """Code the demonstration's reports into a ledger; returns how many there are. Doing it again changes nothing."""
    coder = default_coder(demo_overlays())
    reports = sorted(demo_folder().glob("*.jsonl"))
    count = 0
    with Ledger(path) as ledger:
        for file in reports:
            lines = file.read_text("utf-8").splitlines()
            articles = (
                make_article(json.loads(line), f"{file.name}:{n}") for n, line in enumerate(lines, 1) if line.strip()
            )
            count += sum(1 for _ in add_articles(ledger, articles, coder.code, coder.version))
        update(ledger)
    return count
