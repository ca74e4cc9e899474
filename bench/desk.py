"""Measure the desk on a large ledger: time of every page with several users at once, and memory over many requests.

usage: python bench/desk.py [--ledger FILE] [--articles 100000] [--users 8] [--seconds 60] [--requests 10000] [--json OUT]

The ledger is that of bench/ledger_scale.py; it is built if FILE does not exist. The server is a process of its own, as
`rawi desk` starts it. Users ask for one page after the other, without a pause, each time with other ids and other words.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

root = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(root / "src"), str(root / "tests"), str(root / "bench")]

from rawi.ledger import Ledger, stats  # noqa: E402


def build(path: Path, articles: int) -> None:
    """Build the ledger."""
    from ledger_scale import fill

    with Ledger(path) as ledger:
        fill(ledger, articles)
        ledger.db.execute("ANALYZE")


def sample(path: Path, rng: random.Random) -> dict[str, list[str]]:
    """Return ids and words to ask for."""
    with Ledger(path, create=False) as ledger, ledger.read() as db:
        one: Callable[[str], list[str]] = lambda sql: [str(row[0]) for row in db.execute(sql)]  # noqa: E731
        found = {
            "article": one("SELECT article_id FROM article ORDER BY random() LIMIT 2000"),
            "record": one(
                "SELECT record_id FROM record JOIN record_state USING (record_no) WHERE live = 1 ORDER BY random() LIMIT 2000"
            ),
            "story": one("SELECT story_id FROM story WHERE live = 1 ORDER BY random() LIMIT 2000"),
            "entity": one("SELECT DISTINCT entity FROM actor WHERE entity IS NOT NULL"),
            "name": one("SELECT DISTINCT name FROM actor ORDER BY random() LIMIT 500"),
            "day": one("SELECT DISTINCT substr(published, 1, 10) FROM article_head WHERE published <> ''"),
            "month": one("SELECT DISTINCT substr(published, 1, 7) FROM article_head WHERE published <> ''"),
            "outlet": one("SELECT DISTINCT outlet FROM article_head"),
        }
    for values in found.values():
        rng.shuffle(values)
    return found


def pages(known: dict[str, list[str]], rng: random.Random) -> dict[str, Callable[[], str]]:
    """Return the addresses to ask for, by kind of page."""
    pick = lambda name: quote(rng.choice(known[name]))  # noqa: E731
    types = ("CONSULT", "ASSAULT", "AID", "REQUEST", "ACCUSE", "AGREE")

    def period() -> str:
        month = rng.choice(known["month"])
        return f"since={month}-01&until={month}-28"

    return {
        "today": lambda: f"/?day={pick('day')}",
        "today, filtered": lambda: f"/?day={pick('day')}&type={rng.choice(types)}",
        "stories": lambda: f"/stories?type={rng.choice(types)}&until={pick('day')}",
        "stories, most corroborated": lambda: f"/stories?order=corroborated&since={pick('month')}",
        "article": lambda: f"/article/{pick('article')}",
        "story": lambda: f"/story/{pick('story')}",
        "actors": lambda: f"/actors?q={pick('name')}",
        "actor": lambda: f"/actor/{pick('entity')}",
        "channel": lambda: f"/channel?a={pick('entity')}&b={pick('entity')}&{period()}",
        "network": lambda: f"/network?{period()}",
        "search": lambda: f"/search?q={pick('name')}",
        "search, filtered": lambda: f"/search?q={pick('name')}&outlet={pick('outlet')}&since={pick('month')}",
        "review": lambda: f"/review/{pick('record')}",
        "log": lambda: "/log",
        "api events": lambda: f"/api/events?type={rng.choice(types)}&until={pick('day')}&fields=review,published",
        "api story": lambda: f"/api/stories/{pick('story')}",
    }


class Server:
    """`rawi desk` in a process of its own."""

    def __init__(self, path: Path) -> None:
        code = "from rawi.cli.main import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "desk", str(path), "--port", "0"], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(root / "src")},
        )  # fmt: skip
        assert self.process.stdout is not None
        self.host, self.port = self.process.stdout.readline().strip().removeprefix("http://").rstrip("/").split(":")

    def memory(self) -> float:
        """Return the resident memory in MB."""
        line = next(
            one for one in Path(f"/proc/{self.process.pid}/status").read_text().splitlines() if one.startswith("VmRSS")
        )
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        """End the process."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(10)


def ask(
    server: Server,
    kinds: dict[str, Callable[[], str]],
    until: Callable[[], bool],
    taken: dict[str, list[float]],
    wrong: list[str],
) -> None:
    """Ask for one page after the other until told to stop."""
    connection = http.client.HTTPConnection(server.host, int(server.port), timeout=60)
    names = list(kinds)
    rng = random.Random(threading.get_ident())
    while until():
        name = rng.choice(names)
        address = kinds[name]()
        began = time.perf_counter()
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            wrong.append(f"{address}: {error}")
            connection.close()
            continue
        taken[name].append(1000 * (time.perf_counter() - began))
        if answer.status != 200:
            wrong.append(f"{address}: {answer.status}")


def crowd(
    server: Server, kinds: dict[str, Callable[[], str]], users: int, until: Callable[[], bool]
) -> tuple[dict[str, list[float]], list[str]]:
    """Let so many users ask at once; returns milliseconds by kind of page, and what went wrong."""
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    wrong: list[str] = []
    threads = [threading.Thread(target=ask, args=(server, kinds, until, taken, wrong)) for _ in range(users)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return taken, wrong


def measure(path: Path, users: int, seconds: float, requests: int) -> dict[str, Any]:
    """Measure a server on the ledger."""
    with Ledger(path, create=False) as ledger:
        counts = stats(ledger)
    rng = random.Random(3)
    kinds = pages(sample(path, rng), rng)
    server = Server(path)
    found: dict[str, Any] = {
        "articles": counts.articles,
        "records": counts.records,
        "stories": counts.stories,
        "users": users,
    }
    try:
        alone, wrong = crowd(server, kinds, 1, _for_seconds(min(seconds, 20)))
        found["one user, median ms"] = {name: round(statistics.median(one), 1) for name, one in alone.items() if one}
        start = time.monotonic()
        taken, more = crowd(server, kinds, users, _for_seconds(seconds))
        wrong += more
        everything = sorted(one for values in taken.values() for one in values)
        found["requests a second"] = round(len(everything) / (time.monotonic() - start), 1)
        found["p95 ms"] = {name: _percentile(one, 95) for name, one in taken.items() if one}
        found["p95 of all, ms"] = _percentile(everything, 95)
        found["memory MB"] = [round(server.memory())]
        for _ in range(5):
            left = [requests // 5]
            _, more = crowd(server, kinds, users, lambda left=left: _count(left))  # type: ignore[misc]
            wrong += more
            found["memory MB"].append(round(server.memory()))
        found["requests for memory"] = requests
        found["wrong answers"] = len(wrong)
        found["first wrong"] = wrong[:5]
    finally:
        server.stop()
    return found


def _for_seconds(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end


def _count(left: list[int]) -> bool:
    left[0] -= 1
    return left[0] >= 0


def _percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1)


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--ledger", type=Path, default=Path("out/desk-bench.db"))
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--build-only", action="store_true")
    options = parser.parse_args()
    if not options.ledger.exists():
        options.ledger.parent.mkdir(parents=True, exist_ok=True)
        build(options.ledger, options.articles)
    if options.build_only:
        return
    found = measure(options.ledger, options.users, options.seconds, options.requests)
    print(json.dumps(found, indent=1, ensure_ascii=False))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
