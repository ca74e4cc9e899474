"""Measure merging on tests/golden/stories: B-cubed of the hand-coded records, and of what the coder reads.

usage: python bench/ledger_stories.py [--show]

The coder's events are matched with the expected ones by article and type, then by how much the triggers, or
else the extents, overlap. Expected events that the coder does not find count as stories of their own, so that recall
suffers for them; a second line gives the figures for the events that were found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

root = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(root / "src"), str(root / "tests")]

from fixtures.coded import article, code  # noqa: E402
from rawi.ledger import Ledger, add_many, every_story  # noqa: E402
from rawi.merge import update  # noqa: E402
from rawi.merge.bcubed import BCubed, b_cubed  # noqa: E402
from rawi.merge.blocks import related  # noqa: E402
from rawi.model import CodedArticle, Event  # noqa: E402


def golden() -> list[dict[str, Any]]:
    """Return the articles of the set."""
    files = sorted((root / "tests/golden/stories").glob("*.yaml"))
    return [one for path in files for one in yaml.safe_load(path.read_text("utf-8"))["articles"]]


def merged(coded: list[CodedArticle]) -> dict[str, str]:
    """Return the story of each event, 'article.event', in a ledger of its own."""
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "rawi.db") as ledger:
        add_many(ledger, coded)
        update(ledger)
        return {
            f"{report.article}.{report.event}": story.id for story in every_story(ledger) for report in story.reports
        }


def match(hand: CodedArticle, read: CodedArticle) -> dict[str, str]:
    """Return the read event for each expected one that was found."""
    scored = []
    for wanted in hand.events:
        for found in read.events:
            if wanted.type == found.type or found.type in related.get(wanted.type, ()):
                overlap = _overlap(wanted, found)
                if overlap:
                    scored.append((wanted.type == found.type, overlap, wanted.id, found.id))
    pairs: dict[str, str] = {}
    for _, _, wanted_id, found_id in sorted(scored, reverse=True):
        if wanted_id not in pairs and found_id not in pairs.values():
            pairs[wanted_id] = found_id
    return pairs


def _overlap(a: Event, b: Event) -> float:
    def shared(x: tuple[int, int], y: tuple[int, int]) -> int:
        return max(0, min(x[1], y[1]) - max(x[0], y[0]))

    return 1000.0 * shared(a.trigger, b.trigger) + shared(a.extent, b.extent)


def report(name: str, found: dict[str, str], expected: dict[str, str], show: bool) -> BCubed:
    """Print one line of figures, and what went wrong if asked."""
    score = b_cubed({item: found[item] for item in expected}, expected)
    print(f"{name:<28} {len(expected):>4} events  P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}")
    if show:
        stories: dict[str, list[str]] = {}
        for item in expected:
            stories.setdefault(found[item], []).append(item)
        for items in stories.values():
            if len({expected[item] for item in items}) > 1:
                print("   together:", ", ".join(f"{item} ({expected[item]})" for item in items))
        for story in sorted(set(expected.values())):
            parts: dict[str, list[str]] = {}
            for item in expected:
                if expected[item] == story:
                    parts.setdefault(found[item], []).append(item)
            if len(parts) > 1:
                print(f"   apart: {story}:", " | ".join(" ".join(part) for part in parts.values()))
    return score


def measure(show: bool = False) -> dict[str, BCubed]:
    """Print and return B-cubed of the hand-coded records, of the events that the coder found, and of all."""
    articles = golden()
    hand = [code(one, one["events"]) for one in articles]
    expected = {f"{one['id']}.e{n}": event["story"] for one in articles for n, event in enumerate(one["events"], 1)}
    print(f"{len(articles)} articles, {len(set(expected.values()))} stories")
    scores = {"hand-coded": report("hand-coded records", merged(hand), expected, show)}

    from rawi.coder import default_coder

    coder = default_coder()
    read = [coder.code(article(one)) for one in articles]
    stories = merged(read)
    found: dict[str, str] = {}
    for wanted, got in zip(hand, read, strict=True):
        for wanted_id, found_id in match(wanted, got).items():
            found[f"{wanted.article.id}.{wanted_id}"] = stories[f"{wanted.article.id}.{found_id}"]
    scores["found"] = report("read by the coder, found", found, {item: expected[item] for item in found}, show)
    scores["all"] = report(
        "read by the coder, all", {item: found.get(item, item) for item in expected}, expected, False
    )
    return scores


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--show", action="store_true", help="what was put together or apart wrongly")
    measure(parser.parse_args().show)


if __name__ == "__main__":
    main()
