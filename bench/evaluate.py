"""Score the coder on gold: the bundled articles of examples/gold, and development data where it lies beside the checkout.

usage: evaluate.py [--shared DIR] [--only SET]... [--show N] [--json] [--floors]

Sets: bundled (always), and with DIR: seed, dev, gsr_dev. DIR/eval/score.py is used where it exists; rawi.evaluate, which
`rawi eval` uses, measures the same. ``--floors`` compares with tests/eval/floors.json and fails when a measure is under its floor.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from rawi.articles import make_article
from rawi.coder import default_coder
from rawi.evaluate import report as report_lines
from rawi.evaluate import score, score_gsr

root = Path(__file__).resolve().parents[1]

Json = dict[str, Any]
sets = ("bundled", "seed", "dev", "gsr_dev")
floors_file = root / "tests" / "eval" / "floors.json"


def read_lines(path: Path) -> list[Json]:
    """Return the objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def code_all(records: Iterable[Json]) -> dict[str, Json]:
    """Return what each record is coded as, by id, as plain JSON."""
    coder = default_coder()
    return {r["id"]: msgspec.to_builtins(coder.code(make_article(r, str(r["id"])))) for r in records}


def available(shared: Path) -> list[str]:
    """Return the names of the sets that can be scored."""
    files = {
        "seed": shared / "seed" / "gold.jsonl",
        "dev": shared / "data" / "dev.gold.jsonl",
        "gsr_dev": shared / "data" / "gsr_dev.gold.jsonl",
    }
    return ["bundled", *(name for name, path in files.items() if path.exists())]


def measure(name: str, shared: Path, show: int = 0) -> Json:
    """Return the measures of one set."""
    if name == "gsr_dev":
        coded = code_all(read_lines(shared / "data" / "gsr_dev.articles.jsonl"))
        return score_gsr(read_lines(shared / "data" / "gsr_dev.gold.jsonl"), coded)
    if name == "bundled":
        gold = [record for path in sorted((root / "examples" / "gold").glob("*.jsonl")) for record in read_lines(path)]
    else:
        gold = read_lines(shared / ("seed/gold.jsonl" if name == "seed" else "data/dev.gold.jsonl"))
    coded = code_all(gold)
    out = scorer(shared)(gold, coded, show)
    out["silences"] = silences_found(gold, coded)
    return out


def scorer(shared: Path) -> Callable[..., Json]:
    """Return the scoring function: the one that came with the data, else our own."""
    path = shared / "eval" / "score.py"
    spec = importlib.util.spec_from_file_location("shared_score", path) if path.exists() else None
    if spec is None or spec.loader is None:
        return score
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[..., Json] = module.score
    return found


def silences_found(gold: Iterable[Json], coded: dict[str, Json]) -> Json:
    """Return how many silent sources of the gold are recorded: a stance decline whose source or cue shares a word with it."""
    wanted = hit = 0
    for record in gold:
        article = coded[record["id"]]
        text = article["article"]["text"]
        declined = [hop for hop in article["attributions"] if hop["stance"] == "decline"]
        said = [
            {w for span in (hop["source_span"], hop["cue"]) if span for w in text[slice(*span)].split()}
            for hop in declined
        ]
        for silence in record.get("silences", ()):
            wanted += 1
            hit += any({*(silence["source"] or "").split()} & words for words in said)
    return {"gold": wanted, "found": hit}


def flatten(measures: Json) -> dict[str, float]:
    """Return the measures that floors may name, by dotted name."""
    out: dict[str, float] = {}
    for name, value in measures.items():
        if name != "types" and isinstance(value, dict):
            out.update({f"{name}.{k}": v for k, v in value.items() if isinstance(v, int | float)})
    return out


def under_floors(name: str, measures: Json) -> list[str]:
    """Return one line for every measure that is under its floor."""
    floors = json.loads(floors_file.read_text("utf-8")).get(name, {})
    got = flatten(measures)
    return [
        f"{name} {key}: {got.get(key, 0.0):.3f} is under its floor {floor}"
        for key, floor in floors.items()
        if got.get(key, 0.0) < floor
    ]


def report(name: str, measures: Json) -> str:
    """Return the measures of a set as text."""
    if name == "gsr_dev":
        lines = [
            f"  {t:8} P {m['p']:.3f}  R {m['r']:.3f}  F1 {m['f1']:.3f}   yes {m['gold']}  false alarms {m['false_alarms_easy']} easy, {m['false_alarms_difficult']} difficult"
            for t, m in ((t, measures[t]) for t in ("ASSAULT", "PROTEST"))
        ]
        return "\n".join(
            [
                f"{name}:",
                *lines,
                "  country right: " + "  ".join(f"{k} {v:.3f}" for k, v in measures["parties"].items()),
            ]
        )
    return f"{name}: " + "\n".join(report_lines(measures))


def main() -> int:
    """Run the evaluation."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--shared", type=Path, default=root.parent / "shared", help="folder with seed/, data/ and eval/"
    )
    parser.add_argument("--only", action="append", choices=sets, help="score only this set (may be given again)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="also print N missed and N extra events")
    parser.add_argument("--json", action="store_true", help="print the measures as JSON")
    parser.add_argument("--floors", action="store_true", help="fail when a measure is under its floor")
    options = parser.parse_args()
    results = {
        name: measure(name, options.shared, options.show)
        for name in available(options.shared)
        if name in (options.only or sets)
    }
    if options.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    else:
        print("\n".join(report(name, measures) for name, measures in results.items()))
    low = (
        [line for name, measures in results.items() for line in under_floors(name, measures)] if options.floors else []
    )
    print("\n".join(low), file=sys.stderr, end="\n" if low else "")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
