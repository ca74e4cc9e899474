"""Train the candidate ranker (src/rawi/resolve/ranker.json) and report how it does on articles it never saw.

usage: train_ranker.py --shared ../shared [--write]

Training data, by licence: the ANT-corpus articles of the development set (Apache-2.0; annotations made for this
project) and the Arabic event gold standard (MIT). The SaudiNewsNet articles (CC BY-NC-SA) are never trained on:
they are the honest test. Figures printed: cross-validated by article on the training articles, and on the test articles.
Needs numpy and scikit-learn (not needed to run Rawi).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from rawi.articles import make_article
from rawi.coder import Coder
from rawi.lexicon.lexicon import open_lexicon

trainable_outlets = {"جوهرة أف أم"}


def read(path: Path) -> list[dict[str, Any]]:
    """Read a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def candidates(coder: Coder, record: dict[str, Any]) -> tuple[dict[str, Any], list[list[str]]]:
    """Code an article with every candidate kept; return the coded article as JSON and the features of its events."""
    article = make_article(record, record["id"])
    drafts: list[Any] = []
    original = coder.ranker.keep
    coder.ranker.keep = lambda events: drafts.extend(events) or events  # type: ignore[method-assign, func-returns-value]
    try:
        coded = coder.code(article)
    finally:
        coder.ranker.keep = original  # type: ignore[method-assign]
    import msgspec

    return msgspec.to_builtins(coded), [coder.ranker.features(d) for d in drafts]


def label_dev(score: Any, gold: dict[str, Any], coded: dict[str, Any]) -> list[int | None]:
    """1 for a coded event that finds a gold event, 0 for an extra one, None where the gold is optional."""
    golds = [score.gold_event(e) for e in gold["events"]]
    codeds = list(score.coded_events(coded))
    pairs = sorted(
        ((score.likeness(a, b), i, j) for i, a in enumerate(golds) for j, b in enumerate(codeds)),
        key=lambda x: (golds[x[1]]["optional"], -x[0], x[1], x[2]),
    )
    used: set[int] = set()
    labels: list[int | None] = [0] * len(codeds)
    for value, i, j in pairs:
        if value <= 0 or i in used or labels[j] != 0:
            continue
        used.add(i)
        labels[j] = None if golds[i]["optional"] else 1
    return labels


def main() -> None:
    """Train, report, and write the model when asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--c", type=float, default=0.12)
    parser.add_argument("--gsr-weight", type=float, default=0.35)
    options = parser.parse_args()
    sys.path.insert(0, str(options.shared / "eval"))
    import score

    coder = Coder(open_lexicon())
    rows: list[tuple[list[str], int, str, str]] = []  # features, label, group, origin
    missed = {"train": 0, "test": 0}
    for gold in read(options.shared / "data" / "dev.gold.jsonl"):
        coded, features = candidates(coder, {k: gold[k] for k in ("id", "title", "text", "outlet", "published")})
        origin = "train" if gold["outlet"] in trainable_outlets else "test"
        labels = label_dev(score, gold, coded)
        missed[origin] += sum(not e.get("optional") for e in gold["events"]) - sum(v == 1 for v in labels)
        rows += [(f, v, gold["id"], origin) for f, v in zip(features, labels, strict=True) if v is not None]
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in read(options.shared / "data" / "gsr_dev.gold.jsonl"):
        by_article.setdefault(row["article"], []).append(row)
    for record in read(options.shared / "data" / "gsr_dev.articles.jsonl"):
        asked = {r["event_type"]: r["label"] for r in by_article.get(record["id"], []) if r["label"] != "ambiguous"}
        coded, features = candidates(coder, record)
        for event, found in zip(coded["events"], features, strict=True):
            if event["type"] in asked and event["status"] in ("occurred", "ongoing"):
                rows.append(([*found, "origin=gsr"], int(asked[event["type"]] == "yes"), record["id"], "gsr"))

    names = sorted({f for features, _, _, origin in rows if origin != "test" for f in features})
    index = {n: i for i, n in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)), dtype=np.float32)
    for r, (features, *_rest) in enumerate(rows):
        for f in features:
            if f in index:
                matrix[r, index[f]] = 1
    labels_array = np.array([v for _, v, _, _ in rows])
    groups = np.array([g for _, _, g, _ in rows])
    origins = np.array([o for _, _, _, o in rows])
    gsr = origins == "gsr"
    weights = np.where(gsr, options.gsr_weight, 1.0)
    weights = weights * np.where(gsr & (labels_array == 1), 3.0, 1.0)
    train = np.isin(origins, ["train", "gsr"])

    def fit(mask: np.ndarray) -> LogisticRegression:
        model = LogisticRegression(C=options.c, max_iter=3000)
        model.fit(matrix[mask], labels_array[mask], sample_weight=weights[mask])
        return model

    folds = np.array([int.from_bytes(g.encode()[-4:], "big") % 5 for g in groups])
    predicted = np.zeros(len(rows))
    for k in range(5):
        held = train & (folds == k)
        predicted[held] = fit(train & (folds != k)).predict_proba(matrix[held])[:, 1]
    model = fit(train)
    test = origins == "test"
    predicted[test] = model.predict_proba(matrix[test])[:, 1]
    for name, mask, lost in (("train, cross-validated", origins == "train", missed["train"]), ("test, never trained on", test, missed["test"])):
        print(name)
        for threshold in np.arange(0.0, 0.65, 0.05):
            kept = mask & (predicted >= threshold)
            hit = int(labels_array[kept].sum())
            total = int(labels_array[mask].sum()) + lost
            p, r = hit / max(1, kept.sum()), hit / total
            print(f"  {threshold:.2f}  P {p:.3f}  R {r:.3f}  F1 {2 * p * r / (p + r) if p + r else 0:.3f}  kept {int(kept.sum())}")
    mask = gsr
    for event_type in ("ASSAULT", "PROTEST"):
        of_type = np.array([f"type={event_type}" in f for f, *_ in rows])
        print("gsr", event_type, "cross-validated")
        for threshold in np.arange(0.1, 0.6, 0.05):
            kept = mask & of_type & (predicted >= threshold)
            hits = {g for g, v in zip(groups[kept], labels_array[kept], strict=True) if v}
            alarms = {g for g, v in zip(groups[kept], labels_array[kept], strict=True) if not v}
            print(f"  {threshold:.2f}  sentences right {len(hits)}  false alarms {len(alarms)}")
    order = np.argsort(model.coef_[0])
    print("lowest", [(names[i], round(float(model.coef_[0][i]), 2)) for i in order[:25]])
    print("highest", [(names[i], round(float(model.coef_[0][i]), 2)) for i in order[-25:]])
    if options.write:
        out = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01 and n != "origin=gsr"}
        path = Path(__file__).resolve().parent.parent / "src" / "rawi" / "resolve" / "ranker.json"
        path.write_text(
            json.dumps({"weights": out, "intercept": round(float(model.intercept_[0]), 4), "threshold": 0.3}, indent=0) + "\n", "utf-8"
        )
        print("written", path, len(out), "weights")


if __name__ == "__main__":
    main()
