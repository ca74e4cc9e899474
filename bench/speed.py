"""Measure speed: words a second on one core, start-up times, memory.

usage: speed.py [--shared DIR] [--megabytes N] [--json]

Text: DIR/data/gsr_dev.articles.jsonl repeated to N megabytes of UTF-8, else sentences of the lexicon's examples joined
into articles (fixed seed). Words are runs of non-space characters. The lexicon is compiled and warm in its cache.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rawi.articles import make_article
from rawi.coder import default_coder
from rawi.lexicon.examples import parse_example
from rawi.lexicon.load import lexicon_files, read_sources
from rawi.model import Article

root = Path(__file__).resolve().parents[1]
rawi = [sys.executable, "-m", "rawi.cli.main"]


def shared_texts(path: Path) -> list[tuple[str, str | None]]:
    """Return (text, date) of the articles of a JSON-lines file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [(row["text"], row.get("published")) for row in rows]


def example_texts(articles: int = 400, sentences: int = 8) -> list[tuple[str, str | None]]:
    """Return articles made of example sentences of the lexicon, in a fixed random order."""
    sources = read_sources(lexicon_files())
    marked = [e for _, entry, _ in sources.triggers for e in entry.examples] + [
        e for entry, _ in sources.cues for e in entry.examples
    ]
    plain = [parse_example(e).text for e in marked]
    chance = random.Random(1)
    return [(" ".join(chance.sample(plain, sentences)), "2024-05-20") for _ in range(articles)]


def repeated(texts: Sequence[tuple[str, str | None]], size: int) -> Iterator[Article]:
    """Yield articles until their texts have ``size`` bytes."""
    total = 0
    for number, (text, date) in enumerate(itertools.cycle(texts)):
        if total >= size:
            return
        total += len(text.encode())
        yield make_article({"id": str(number), "text": text, "published": date}, "speed")


def measure_coding(articles: Sequence[Article]) -> dict[str, Any]:
    """Code all articles in this process and return what it took."""
    coder = default_coder()
    words = sum(len(a.text.split()) for a in articles)
    for article in articles[:200]:
        coder.code(article)
    started = time.perf_counter()
    events = sum(len(coder.code(article).events) for article in articles)
    seconds = time.perf_counter() - started
    return {
        "articles": len(articles), "words": words, "events": events, "seconds": round(seconds, 2), "words_per_second": round(words / seconds),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def measure_command(arguments: Sequence[str], times: int = 7, environment: dict[str, str] | None = None) -> float:
    """Return the median seconds that a command takes."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        subprocess.run([*rawi, *arguments], check=False, capture_output=True, env={**os.environ, **(environment or {})})
        taken.append(time.perf_counter() - started)
    return round(statistics.median(taken), 3)


def main() -> int:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=root.parent / "shared")
    parser.add_argument("--megabytes", type=float, default=2.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    path = options.shared / "data" / "gsr_dev.articles.jsonl"
    texts = shared_texts(path) if path.exists() else example_texts()
    out: dict[str, Any] = {"text": "gsr_dev" if path.exists() else "examples of the lexicon"}
    out.update(measure_coding(list(repeated(texts, int(options.megabytes * 1_000_000)))))
    report = str(root / "examples" / "report.jsonl")
    out["seconds_version"] = measure_command(["--version"])
    out["seconds_code_report"] = measure_command(["code", "--format", "jsonl", report])
    with tempfile.TemporaryDirectory() as empty:
        out["seconds_code_report_no_cache"] = measure_command(
            ["code", "--format", "jsonl", report], 1, {"XDG_CACHE_HOME": empty}
        )
    if options.json:
        print(json.dumps(out, ensure_ascii=False))
    else:
        width = max(len(name) for name in out)
        print(
            "\n".join(
                f"{name.replace('_', ' '):{width}}  {f'{v:,}' if isinstance(v, int) else v}" for name, v in out.items()
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
