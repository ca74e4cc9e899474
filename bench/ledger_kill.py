"""Kill processes that write a ledger at random moments; nothing committed may be lost, nothing may be half done.

usage: python bench/ledger_kill.py [--add 100] [--review 60] [--migrate 40] [--seed 1]

Three kinds of writer run as processes of their own and are killed with SIGKILL after a random time: `rawi add` with
merging, decisions of all kinds, and an upgrade of an old file. Each tells on its standard output what it has
committed. After every kill `verify` must find nothing, what was told must be there, and the writer is
started again on the same file; in the end the ledger that was interrupted must be the ledger that was not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

root = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(root / "src"), str(root / "tests")]

import rawi.ledger as store  # noqa: E402
import rawi.merge as merge  # noqa: E402
from fixtures.corpus import coder, corpus  # noqa: E402
from rawi.cli import ledger_commands  # noqa: E402
from rawi.errors import RawiError  # noqa: E402
from rawi.ledger import Filter, Ledger  # noqa: E402

articles = int(os.environ.get("KILL_ARTICLES", "1500"))
old_articles = int(os.environ.get("KILL_OLD_ARTICLES", "1200"))


def tell(text: str) -> None:
    """Say on standard output what is committed."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def work_add(path: str, seed: int) -> None:
    """Add the corpus by the code of `rawi add`, which prints a line an article once it is committed."""
    coded = {one.article.id: one for one, _ in corpus(articles)}
    ledger_commands.merge_every = 200
    with Ledger(path) as ledger:
        ledger_commands.run_add(
            ledger,
            [one.article for one in coded.values()],
            lambda items: (coded[item.id] for item in items),
            coder,
            lines=True,
        )
    tell("done")


def work_review(path: str, seed: int) -> None:
    """Decide on random records and stories until killed."""
    rng = random.Random(seed)
    with Ledger(path) as ledger:
        records = [record.id for record in store.every_record(ledger, Filter(withdrawn=True))]
        for n in range(400):
            record = rng.choice(records)
            try:
                seq = decide(ledger, rng, record, n)
            except RawiError:
                continue  # nothing to undo, a story of one report: no decision
            tell(f"entry {seq}")
            if n % 10 == 0:
                merge.update(ledger)
    tell("done")


def decide(ledger: Ledger, rng: random.Random, record: str, n: int) -> int:
    """Take one decision and return its number in the log."""
    action = rng.choice(["accept", "correct", "reject", "skip", "undo", "merge", "split", "unmerge"])
    who = f"reviewer {os.getpid()}"
    if action == "accept":
        return store.accept(ledger, record, who=who).seq
    if action == "correct":
        return store.correct(
            ledger, record, {"status": rng.choice(["planned", "occurred", "possible"])}, who=who, note=str(n)
        ).seq
    if action == "reject":
        return store.reject(ledger, record, who=who, reason="other").seq
    if action == "skip":
        return store.skip(ledger, record, who=who).seq
    if action == "undo":
        return store.undo(ledger, record, who=who).seq
    stories = store.list_stories(ledger, limit=40).items
    story = rng.choice(stories)
    if action == "merge":
        return merge.merge_stories(ledger, [story.id, rng.choice(stories).id], who=who).seq
    if action == "split":
        return merge.split_story(ledger, story.id, [story.reports[0].record], who=who).seq
    return merge.undo_story(ledger, story.id, who=who).seq


def work_migrate(path: str, seed: int) -> None:
    """Open an old file, which upgrades it."""
    Ledger(path).close()
    tell("done")


workers = {"add": work_add, "review": work_review, "migrate": work_migrate}


class Tally:
    """What the kills came to."""

    def __init__(self) -> None:
        self.kills = 0
        self.finished = 0
        self.breaches: list[str] = []
        self.lost: list[str] = []


def interrupted(kind: str, path: Path, seed: int, after: float) -> tuple[bool, list[str]]:
    """Run a writer and kill it some seconds after it is ready; returns whether it had finished, and what it told."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--worker", kind, str(path), str(seed)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(root / "src")},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    told = process.stdout.read().rpartition("\n")[0].split("\n")  # a last line cut short was not told
    process.wait()
    return "done" in told, [line for line in told if line and line != "done"]


def check(path: Path, told: list[str], tally: Tally) -> None:
    """Verify the ledger and look for what was told."""
    with Ledger(path) as ledger:
        tally.breaches += [
            f"{breach.check}: {breach.where}: {breach.message}"
            for breach in (*store.verify(ledger), *merge.verify_stories(ledger))
        ]
        for line in told:
            if line.startswith("{"):
                sql, name = "SELECT 1 FROM article WHERE article_id = ?", json.loads(line)["article"]
            else:
                sql, name = "SELECT 1 FROM log WHERE seq = ?", line.removeprefix("entry ")
            if not ledger.db.execute(sql, (name,)).fetchone():
                tally.lost.append(line)


def copy(source: Path, target: Path) -> None:
    """Copy a closed ledger."""
    for end in ("", "-wal", "-shm"):
        Path(f"{target}{end}").unlink(missing_ok=True)
    shutil.copy(source, target)


def partition(path: Path) -> set[frozenset[str]]:
    """Return the stories of a ledger as sets of records."""
    with Ledger(path) as ledger:
        merge.update(ledger)
        return {frozenset(report.record for report in story.reports) for story in store.every_story(ledger)}


def prepare(folder: Path) -> tuple[Path, Path]:
    """Return a whole ledger, and an old one of schema 1."""
    whole = folder / "whole.db"
    with Ledger(whole) as ledger:
        for start in range(0, old_articles, 200):
            store.add_many(ledger, [coded for coded, _ in corpus(start + 200)][start:])
        merge.update(ledger)
    old = folder / "old.db"
    copy(whole, old)
    db = sqlite3.connect(old, isolation_level=None)
    for table in ("merge_queue", "pin", "block", "report", "story", "article_words"):
        db.execute(f"DROP TABLE {table}")
    for index in ("record_state_by_status", "record_state_by_place", "record_hop_by_stance", "record_hop_by_grade"):
        db.execute(f"DROP INDEX {index}")
    db.execute("DELETE FROM meta WHERE key = 'fold_version'")
    db.execute("PRAGMA user_version = 1")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return whole, old


def run(folder: Path, kills: dict[str, int], seed: int = 1) -> dict[str, Tally]:
    """Kill each kind of writer so many times in ``folder``; returns what came of it."""
    rng = random.Random(seed)
    whole, old = prepare(folder)
    tallies = {kind: Tally() for kind in kills}
    longest = {"add": 1.2, "review": 0.8, "migrate": 0.7}
    for kind, wanted in kills.items():
        tally, path, round_ = tallies[kind], folder / f"{kind}.db", 0
        if kind != "add":
            copy(whole if kind == "review" else old, path)
        while tally.kills < wanted:
            done, told = interrupted(kind, path, rng.randrange(10**6), rng.uniform(0, longest[kind]))
            tally.kills += not done
            tally.finished += done
            check(path, told, tally)
            if kind == "migrate":
                copy(old, path)
            elif kind == "add" and done:
                round_ += 1
                path = folder / f"add{round_}.db"
        if kind == "add":
            work_quietly(path)
            fresh = folder / "fresh.db"
            work_quietly(fresh)
            if partition(path) != partition(fresh):
                tally.breaches.append("add: the interrupted ledger has other stories than the one that was not")
    return tallies


def work_quietly(path: Path) -> None:
    """Run the adding writer to its end."""
    subprocess.run([sys.executable, __file__, "--worker", "add", str(path), "0"], stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for kind, default in (("add", 100), ("review", 60), ("migrate", 40)):
        parser.add_argument(f"--{kind}", type=int, default=default)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worker", nargs=3)
    options = parser.parse_args()
    if options.worker:
        kind, path, seed = options.worker
        tell("ready")
        workers[kind](path, int(seed))
        return
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tallies = run(Path(folder), {kind: getattr(options, kind) for kind in workers}, options.seed)
    failed = False
    for kind, tally in tallies.items():
        print(
            f"{kind:<8} {tally.kills:>4} kills, {tally.finished} finished before; {len(tally.breaches)} breaches, {len(tally.lost)} commits lost"
        )
        for problem in (tally.breaches + tally.lost)[:10]:
            print("   ", problem)
        failed |= bool(tally.breaches or tally.lost)
    print(f"{sum(tally.kills for tally in tallies.values())} kills in {time.monotonic() - began:.0f} s")
    sys.exit(failed)


if __name__ == "__main__":
    main()
