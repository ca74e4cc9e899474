"""Measure a ledger of many articles: adding, merging, searching, reading, size, memory.

usage: python bench/ledger_scale.py [--articles 100000] [--ledger FILE] [--questions] [--json OUT]

The articles are made by recombining sentences of our own (tests/fixtures/corpus.py) and come already coded: what is
measured is the ledger, not the coder. They are added as `rawi add` adds them, with merging every 500 articles. Thousands
are compared in CPU seconds, which other programs on the machine disturb less; questions are timed both ways.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

root = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(root / "src"), str(root / "tests")]

import rawi.ledger as store  # noqa: E402
import rawi.merge as merge  # noqa: E402
from fixtures.corpus import agencies, corpus, countries, groups, outlets, topics, towns  # noqa: E402
from rawi.ledger import Filter, Ledger  # noqa: E402
from rawi.ledger.store import chunk_size  # noqa: E402
from rawi.merge.bcubed import b_cubed  # noqa: E402

merge_every = 500


def memory() -> float:
    """Return the most memory this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(ledger: Ledger, size: int) -> tuple[list[tuple[float, float]], dict[str, str]]:
    """Add the corpus; returns the CPU seconds of adding and of merging each thousand, and the event of each report."""
    thousands: list[tuple[float, float]] = []
    expected: dict[str, str] = {}
    stream = corpus(size)
    while True:
        batch = list(islice(stream, 1000))
        if not batch:
            return thousands, expected
        for coded, numbers in batch:
            for event, number in zip(coded.events, numbers, strict=True):
                expected[f"{coded.article.id}.{event.id}"] = str(number)
        adding = merging = 0.0
        for start in range(0, len(batch), merge_every):
            part = [coded for coded, _ in batch[start : start + merge_every]]
            began = time.process_time()
            for at in range(0, len(part), chunk_size):
                store.add_many(ledger, part[at : at + chunk_size])
            adding += time.process_time() - began
            began = time.process_time()
            merge.update(ledger)
            merging += time.process_time() - began
        thousands.append((adding, merging))
        if len(thousands) % 10 == 0:
            print(
                f"  {len(thousands)},000 articles: {adding:.2f} s + {merging:.2f} s, {memory():.0f} MB",
                file=sys.stderr,
                flush=True,
            )


def times(run: Callable[[], Any], inputs: int) -> dict[str, float]:
    """Return p50 and p99 in milliseconds of so many calls, by the clock, and in milliseconds of CPU."""
    taken, worked = [], []
    for _ in range(inputs):
        began, cpu = time.perf_counter(), time.process_time()
        run()
        taken.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - cpu))
    taken.sort()
    worked.sort()
    return {
        "p50": round(statistics.median(taken), 1),
        "p99": round(taken[min(len(taken) - 1, int(0.99 * len(taken)))], 1),
        "cpu p50": round(statistics.median(worked), 1),
        "cpu p99": round(worked[min(len(worked) - 1, int(0.99 * len(worked)))], 1),
        "n": inputs,
    }


def queries(ledger: Ledger, rng: random.Random) -> dict[str, Callable[[], Any]]:
    """Return the kinds of questions that are timed."""

    def search(query: str, **conditions: Any) -> Any:
        return store.search(ledger, query, Filter(**conditions) if conditions else None, limit=20)

    def search_newest(query: str) -> Any:
        return store.search(ledger, query, order="newest", limit=20)

    def name() -> str:
        return str(rng.choice(countries)[1])

    def year() -> str:
        return str(rng.randint(2017, 2023))

    return {
        "search: a town": lambda: search(rng.choice(towns)[0]),
        "search: a word most articles have": lambda: search("المنطقة"),
        "search: two words most articles have": lambda: search("المنطقة العام"),
        "search: newest first": lambda: search_newest("المنطقة"),
        "search: two words": lambda: search(f"{name()} {rng.choice(topics)}"),
        "search: a phrase": lambda: search(f'"وزير الخارجية {name()}"'),
        "search: a phrase of topic words": lambda: search(f'"{rng.choice(topics)}"'),
        "search: a phrase with prefix*": lambda: search(f'"وزير خارج*" {name()}'),
        "search: prefix*": lambda: search("محادث*"),
        "search: OR, NOT": lambda: search(f"({rng.choice(towns)[0]} OR {rng.choice(towns)[0]}) NOT {name()}"),
        "search: with outlet and year": lambda: search(
            name(), outlets=(rng.choice(outlets),), since=year(), until=year()
        ),
        "search: with type and actor": lambda: search(
            rng.choice(topics), types=("CONSULT",), actors=(rng.choice(countries)[0],)
        ),
        "search: common word, type, country": lambda: search(
            "المنطقة", types=("AID",), countries=(rng.choice(countries)[2],)
        ),
        "search: prefix*, actor, since": lambda: search("محادث*", actors=(rng.choice(countries)[0],), since=year()),
        "search: phrase, status, grade": lambda: search(
            '"وزير الخارجية"', statuses=("occurred",), grades=("institution",)
        ),
        "search: with source": lambda: search(name(), sources=(rng.choice(agencies)[2],)),
        "list: newest 50": lambda: store.list_records(ledger),
        "list: by country and type": lambda: store.list_records(
            ledger, Filter(countries=(rng.choice(countries)[2],), types=("AID",))
        ),
        "list: by group and year": lambda: store.list_records(
            ledger, Filter(actors=(rng.choice(groups)[2],), since=year(), until=year())
        ),
        "queue: least confident": lambda: store.list_records(
            ledger, Filter(reviews=("unreviewed", "skipped")), order="uncertain"
        ),
        "stories: newest 50": lambda: store.list_stories(ledger),
        "stories: most corroborated": lambda: store.list_stories(ledger, order="corroborated"),
        "stories: by country": lambda: store.list_stories(ledger, Filter(countries=(rng.choice(countries)[2],))),
        "show: an article": lambda: store.get_article(ledger, f"c{rng.randrange(store_size(ledger)):06}"),
    }


def ask(ledger: Ledger, rng: random.Random) -> dict[str, dict[str, float]]:
    """Time every kind of question, after one that warms up."""
    found = {}
    for name, run in queries(ledger, rng).items():
        run()
        found[name] = times(run, 100)
    return found


def store_size(ledger: Ledger) -> int:
    """Return how many articles there are."""
    return int(ledger.db.execute("SELECT max(article_no) FROM article").fetchone()[0])


def measure(path: Path, size: int) -> dict[str, Any]:
    """Fill a ledger and measure it."""
    found: dict[str, Any] = {"articles": size}
    with Ledger(path) as ledger:
        began = time.perf_counter()
        thousands, expected = fill(ledger, size)
        found["add and merge, s"] = round(time.perf_counter() - began)
        found["add and merge, CPU s"] = round(sum(adding + merging for adding, merging in thousands))
        with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "rawi.db") as empty:
            # Once more into an empty ledger, now: the machine is as busy as it was for the last thousand.
            again = fill(empty, 1000)[0][0]
        sums = [adding + merging for adding, merging in thousands]
        found["first thousand, CPU s"] = [round(one, 2) for one in thousands[0]]
        found["last thousand, CPU s"] = [round(one, 2) for one in thousands[-1]]
        found["first thousand again, CPU s"] = [round(one, 2) for one in again]
        found["last to first"] = round(sums[-1] / sums[0], 2)
        found["last to first again"] = round(sums[-1] / sum(again), 2)
        found["slowest thousand, CPU s"] = round(max(sums), 2)
        found["memory after adding, MB"] = round(memory())
        counts = store.stats(ledger)
        found |= {"records": counts.records, "stories": counts.stories, "size, MB": round(counts.bytes / 1e6)}
        rng = random.Random(5)
        found["ms"] = ask(ledger, rng)
        began = time.perf_counter()
        sample = set(rng.sample(sorted(expected), min(3000, len(expected))))
        stories = {
            f"{report.article}.{report.event}": story.id
            for story in store.every_story(ledger)
            for report in story.reports
        }
        found["all stories read, s"] = round(time.perf_counter() - began, 1)
        found["B-cubed F1 of a sample"] = round(
            b_cubed({one: stories[one] for one in sample}, {one: expected[one] for one in sample}).f1, 3
        )
        began = time.perf_counter()
        breaches = store.verify(ledger) + merge.verify_stories(ledger)
        found["verify, s"] = round(time.perf_counter() - began)
        found["breaches"] = len(breaches)
        began = time.perf_counter()
        before, after = store.vacuum(ledger)
        found["vacuum, s"] = round(time.perf_counter() - began)
        found["size before and after vacuum, MB"] = [round(before / 1e6), round(after / 1e6)]
        found["most memory, MB"] = round(memory())
    return found


def show(found: dict[str, Any]) -> None:
    """Print figures."""
    for name, value in found.items():
        if name != "ms":
            print(f"{name:<34} {value}")
    for name, value in found["ms"].items():
        print(
            f"{name:<40} p50 {value['p50']:>7} ms   p99 {value['p99']:>7} ms   CPU p50 {value['cpu p50']:>7} p99 {value['cpu p99']:>7}"
        )


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path, help="where to build it, and leave it")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--questions", action="store_true", help="only ask the ledger that --ledger names")
    options = parser.parse_args()
    if options.questions:
        with Ledger(options.ledger, create=False) as ledger:
            show({"articles": store_size(ledger), "ms": ask(ledger, random.Random(5))})
        return
    with tempfile.TemporaryDirectory() as folder:
        found = measure(options.ledger or Path(folder) / "rawi.db", options.articles)
    show(found)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
