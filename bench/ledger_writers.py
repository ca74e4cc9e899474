"""Eight processes write one ledger for a minute: no error, no lost decision.

usage: python bench/ledger_writers.py [--writers 8] [--seconds 60]

Half of the writers add articles and merge them, half decide on records and stories, all on the same file. Each keeps
a list of what it was told is committed. The one error allowed is the documented one, LedgerBusyError ("run the
command again"), upon which the writer does so; stale decisions (based on a revision that another reviewer has
changed) are refused, as they must be, and counted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

root = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(root / "src"), str(root / "tests")]

import rawi.ledger as store  # noqa: E402
import rawi.merge as merge  # noqa: E402
from fixtures.corpus import corpus  # noqa: E402
from rawi.errors import RawiError  # noqa: E402
from rawi.ledger import Filter, Ledger, LedgerBusyError, StaleError  # noqa: E402


class Told:
    """What one writer did."""

    def __init__(self) -> None:
        self.articles: list[str] = []
        self.entries: list[tuple[int, str]] = []
        self.stale = 0
        self.nothing = 0
        self.busy = 0
        self.slowest = 0.0
        self.errors: list[str] = []


def add(path: Path, until: float, number: int) -> Told:
    """Add articles of a corpus of one's own, some of which the others add too."""
    told = Told()
    stream = (coded for coded, _ in corpus(100_000, seed=1 + number % 2))
    with Ledger(path) as ledger:
        while time.monotonic() < until:
            chunk = [next(stream) for _ in range(16)]
            began = time.monotonic()
            try:
                told.articles += [added.article or "" for added in store.add_many(ledger, chunk)]
                merge.update(ledger)
            except LedgerBusyError:
                told.busy += 1
            except Exception as error:  # whatever it is, it must be reported
                told.errors.append(repr(error))
            told.slowest = max(told.slowest, time.monotonic() - began)
    return told


def decide(path: Path, until: float, number: int) -> Told:
    """Take decisions based on what was last seen, as a person at a desk does."""
    rng = random.Random(number)
    told = Told()
    who = f"reviewer {number}"
    with Ledger(path) as ledger:
        while time.monotonic() < until:
            began = time.monotonic()
            try:
                page = store.list_records(ledger, Filter(), limit=30)
                if not page.items:
                    time.sleep(0.05)
                    continue
                record = rng.choice(page.items)
                action = rng.choice(["accept", "correct", "reject", "undo", "merge"])
                if rng.random() < 0.3:
                    time.sleep(rng.random() * 0.05)  # while a person thinks, others decide
                told.entries.append((act(ledger, rng, action, record, who), who))
            except StaleError:
                told.stale += 1
            except LedgerBusyError:
                told.busy += 1
            except RawiError:
                told.nothing += 1  # nothing to undo, a story that has just gone into another
            except Exception as error:
                told.errors.append(repr(error))
            told.slowest = max(told.slowest, time.monotonic() - began)
    return told


def act(ledger: Ledger, rng: random.Random, action: str, record: Any, who: str) -> int:
    """Take one decision and return its number."""
    if action == "accept":
        return store.accept(ledger, record.id, who=who, based_on=record.rev).seq
    if action == "correct":
        return store.correct(
            ledger, record.id, {"status": rng.choice(["planned", "possible", "occurred"])}, who=who, based_on=record.rev
        ).seq
    if action == "reject":
        return store.reject(ledger, record.id, who=who, reason="other", based_on=record.rev).seq
    if action == "undo":
        return store.undo(ledger, record.id, who=who, based_on=record.rev).seq
    stories = [story.id for story in store.list_stories(ledger, limit=20).items]
    return merge.merge_stories(ledger, rng.sample(stories, min(2, len(stories))), who=who).seq


def _work(path: str, until: float, number: int, results: Any) -> None:
    told = (add if number % 2 == 0 else decide)(Path(path), until, number)
    results.put((os.getpid(), number, vars(told)))


def run(path: Path, writers: int, seconds: float) -> tuple[list[dict[str, Any]], list[str]]:
    """Run the writers; returns what each told, and every problem found afterwards."""
    context = multiprocessing.get_context("spawn")
    results: Any = context.Queue()
    until = time.monotonic() + seconds + 2
    processes = [context.Process(target=_work, args=(str(path), until, number, results)) for number in range(writers)]
    for process in processes:
        process.start()
    told = [results.get(timeout=seconds + 40)[2] for _ in processes]
    for process in processes:
        process.join()
    problems = [error for one in told for error in one["errors"]]
    with Ledger(path) as ledger:
        problems += [
            f"{breach.check}: {breach.where}: {breach.message}"
            for breach in (*store.verify(ledger), *merge.verify_stories(ledger))
        ]
        log = {entry.seq: entry.who for entry in store.entries(ledger)}
        there = {id_ for (id_,) in ledger.db.execute("SELECT article_id FROM article")}
    for one in told:
        problems += [f"entry {seq} of {who} is lost" for seq, who in one["entries"] if log.get(seq) != who]
        problems += [f"article {article} is lost" for article in one["articles"] if article not in there]
    if sum(len(one["entries"]) for one in told) != len(log):
        problems.append(
            f"the log has {len(log)} entries, the writers were told of {sum(len(one['entries']) for one in told)}"
        )
    return told, problems


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told, problems = run(Path(folder) / "rawi.db", options.writers, options.seconds)
    articles = len({article for one in told for article in one["articles"]})
    print(
        f"{options.writers} writers, {options.seconds:.0f} s: {articles} articles, {sum(len(one['entries']) for one in told)} decisions"
    )
    print(
        f"refused as stale {sum(one['stale'] for one in told)}, nothing to decide {sum(one['nothing'] for one in told)}"
    )
    print(
        f"told to try again {sum(one['busy'] for one in told)}, longest wait for one step {max(one['slowest'] for one in told):.2f} s"
    )
    print(f"{len(problems)} problems")
    for problem in problems[:10]:
        print("   ", problem)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
