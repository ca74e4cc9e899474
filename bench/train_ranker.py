"""Train the ranker for lone sentences (src/rawi/resolve/ranker.json) and report how it does on sentences it never saw.

usage: train_ranker.py --shared ../shared [--write]

Training data: the sentences of the Arabic event gold standard (openeventdata/arabic_event_gsr; annotations MIT), one
model for ASSAULT and one for PROTEST. Figures are five-fold, cross-validated by sentence.
Needs numpy and scikit-learn, which are not needed to run Rawi.
"""

from __future__ import annotations

import argparse
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from rawi.articles import make_article
from rawi.coder import Coder
from rawi.lexicon.lexicon import open_lexicon

penalty = {"ASSAULT": 0.3, "PROTEST": 0.3}


def read(path: Path) -> list[dict[str, Any]]:
    """Read a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def candidates(coder: Coder, record: dict[str, Any]) -> list[tuple[Any, list[str]]]:
    """Return every candidate event of an article with its features."""
    drafts: list[Any] = []
    models, coder.ranker.models = coder.ranker.models, {}
    keep = coder.ranker.keep
    coder.ranker.keep = lambda events, lone: drafts.extend(events) or events  # type: ignore[method-assign, func-returns-value, misc, assignment]
    try:
        coder.code(make_article(record, record["id"]))
    finally:
        coder.ranker.keep, coder.ranker.models = keep, models  # type: ignore[method-assign]
    coder.ranker._sentences.clear()
    return [(d, coder.ranker.features(d)) for d in drafts]


def main() -> None:
    """Train, report, and write the model when asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    coder = Coder(open_lexicon())
    asked: dict[str, dict[str, str]] = {}
    positives: dict[str, int] = {}
    for row in read(options.shared / "data" / "gsr_dev.gold.jsonl"):
        asked.setdefault(row["article"], {})[row["event_type"]] = row["label"]
        positives[row["event_type"]] = positives.get(row["event_type"], 0) + (row["label"] == "yes")
    rows: dict[str, list[tuple[list[str], str, str]]] = {t: [] for t in penalty}
    for record in read(options.shared / "data" / "gsr_dev.articles.jsonl"):
        labels = asked.get(record["id"], {})
        for draft, features in candidates(coder, record):
            label = labels.get(draft.type)
            if label in ("yes", "easy no", "difficult no") and draft.status in ("occurred", "ongoing"):
                rows[draft.type].append((features, label, record["id"]))
    out = {}
    for event_type, found in rows.items():
        names = sorted({f for features, _, _ in found for f in features})
        index = {n: i for i, n in enumerate(names)}
        matrix = np.zeros((len(found), len(names)), dtype=np.float32)
        for r, (features, _, _) in enumerate(found):
            matrix[r, [index[f] for f in features]] = 1
        target = np.array([label == "yes" for _, label, _ in found])
        folds = np.array([zlib.crc32(i.encode()) % 5 for _, _, i in found])
        predicted = np.zeros(len(found))
        for k in range(5):
            model = LogisticRegression(C=penalty[event_type], max_iter=4000).fit(matrix[folds != k], target[folds != k])
            predicted[folds == k] = model.predict_proba(matrix[folds == k])[:, 1]
        curve: list[tuple[float, float]] = []
        print(event_type, "candidates", len(found))
        for threshold in np.arange(0.1, 0.55, 0.05):
            kept = {(i, label) for (_, label, i), p in zip(found, predicted, strict=True) if p >= threshold}
            yes, easy, hard = (sum(label == want for _, label in kept) for want in ("yes", "easy no", "difficult no"))
            p, r = yes / max(1, yes + easy + hard), yes / positives[event_type]
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            curve.append((float(threshold), f1))
            print(
                f"  {threshold:.2f}  P {p:.3f}  R {r:.3f}  F1 {f1:.3f}  false alarms: easy no {easy}, difficult no {hard}"
            )
        # Users would rather weigh a doubtful report than miss one: the lowest threshold that costs at most 0.03 of F1.
        best = max(f1 for _, f1 in curve)
        chosen = next(threshold for threshold, f1 in curve if f1 >= best - 0.03)
        model = LogisticRegression(C=penalty[event_type], max_iter=4000).fit(matrix, target)
        weights = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01}
        out[event_type] = {
            "weights": weights,
            "intercept": round(float(model.intercept_[0]), 4),
            "threshold": round(chosen, 2),
        }
    if options.write:
        path = Path(__file__).resolve().parent.parent / "src" / "rawi" / "resolve" / "ranker.json"
        path.write_text(json.dumps(out, indent=0, sort_keys=True) + "\n", "utf-8")
        print("written", path)


if __name__ == "__main__":
    main()
