"""Train the ranker for lone sentences (src/rawi/resolve/ranker.json) and report how it does on sentences it never saw.

usage: train_ranker.py --shared ../shared [--write]

Training data: the sentences of the Arabic event gold standard (openeventdata/arabic_event_gsr; annotations MIT).

1. One logistic regression for ASSAULT and PROTEST together: protests are few, and what tells a report from talk is mostly
   the same for both. A feature that fewer than ``least`` candidates have is left out.
2. The penalty is the one of ``penalties`` with the least log loss on sentences left out: five folds by sentence, dealt
   anew ``deals`` times.
3. The threshold of a type is the lowest whose F1 over sentences left out is within half a standard error of the best, the
   error of a share among as many positives (users would rather weigh a doubtful report than miss one); the F1 of a
   threshold is smoothed over its neighbours, for it jumps from one to the next where positives are few.

Beside every figure over sentences left out stands the same on the sentences trained with: the gap says how much was
learned by heart. Needs numpy and scikit-learn, which are not needed to run Rawi.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from rawi.articles import make_article
from rawi.coder import Coder
from rawi.lexicon.lexicon import open_lexicon
from rawi.resolve.drafts import EventDraft
from rawi.resolve.rank import Ranker, opens_as_report, share_needed

penalties = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
least = 30
deals = 10
thresholds = [round(0.1 + 0.02 * n, 2) for n in range(20)]
negatives = ("easy no", "difficult no")


class Candidate(NamedTuple):
    """A candidate event of a sentence: its type and features, how it is told, and the sentence with its label."""

    event_type: str
    features: list[str]
    share: float  # how much of the threshold it needs
    brief: bool  # a short report of its own: the rules decide over it, the model is not asked
    sentence: str
    label: str


def read(path: Path) -> list[dict[str, Any]]:
    """Read a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


class Collector(Ranker):
    """A ranker that keeps every candidate and remembers those of the last article."""

    drafts: Sequence[EventDraft] = ()

    def keep(self, events: list[EventDraft], *, lone: bool) -> list[EventDraft]:
        """Return all events."""
        self.drafts = events
        self._sentences.clear()
        return events


def collect(shared: Path) -> tuple[list[Candidate], Counter[str]]:
    """Return the candidates of all labelled sentences, and how many sentences of each type are positive."""
    coder = Coder(open_lexicon())
    coder.ranker = ranker = Collector(coder.lexicon)
    asked: dict[str, dict[str, str]] = {}
    positives: Counter[str] = Counter()
    for row in read(shared / "data" / "gsr_dev.gold.jsonl"):
        asked.setdefault(row["article"], {})[row["event_type"]] = row["label"]
        positives[row["event_type"]] += row["label"] == "yes"
    found = []
    for record in read(shared / "data" / "gsr_dev.articles.jsonl"):
        labels = asked.get(record["id"], {})
        coder.code(make_article(record, record["id"]))
        for draft in ranker.drafts:
            label = labels.get(draft.type)
            if label in ("yes", *negatives) and draft.status in ("occurred", "ongoing"):
                features, share, brief = ranker.features(draft), share_needed(draft), opens_as_report(draft)
                found.append(Candidate(draft.type, features, share, brief, record["id"], label))
    return found, positives


def matrix_of(found: list[Candidate]) -> tuple[np.ndarray, list[str]]:
    """Return the candidates as rows of ones and zeros, and what the columns are."""
    counts = Counter(f for c in found for f in set(c.features))
    names = sorted(f for f, n in counts.items() if n >= least)
    index = {n: i for i, n in enumerate(names)}
    matrix = np.zeros((len(found), len(names)), dtype=np.float32)
    for r, candidate in enumerate(found):
        matrix[r, [index[f] for f in candidate.features if f in index]] = 1
    return matrix, names


def left_out(matrix: np.ndarray, target: np.ndarray, found: list[Candidate], penalty: float, deal: int) -> np.ndarray:
    """Return the score of every candidate by a model that never saw its sentence."""
    sentences = sorted({c.sentence for c in found})
    np.random.RandomState(deal).shuffle(sentences)
    fold = {s: n % 5 for n, s in enumerate(sentences)}
    folds = np.array([fold[c.sentence] for c in found])
    scores = np.zeros(len(found))
    for k in range(5):
        model = LogisticRegression(C=penalty, max_iter=4000).fit(matrix[folds != k], target[folds != k])
        scores[folds == k] = model.predict_proba(matrix[folds == k])[:, 1]
    return scores


def measure(
    found: list[Candidate], scores: np.ndarray, event_type: str, threshold: float, positives: int
) -> dict[str, float]:
    """Return precision, recall, F1 and false alarms over the sentences of a type, as the coder would keep its events."""
    kept = {
        c.sentence: c.label
        for c, score in zip(found, scores, strict=True)
        if c.event_type == event_type and (c.brief or score >= threshold * c.share)
    }
    yes, easy, hard = (sum(label == want for label in kept.values()) for want in ("yes", *negatives))
    p, r = yes / max(1, yes + easy + hard), yes / positives
    return {"P": p, "R": r, "F1": 2 * p * r / (p + r) if p + r else 0.0, "easy no": easy, "difficult no": hard}


def smooth(values: list[float]) -> list[float]:
    """Return each value averaged with its neighbours."""
    return [float(np.mean(values[max(0, n - 1) : n + 2])) for n in range(len(values))]


def choose_penalty(matrix: np.ndarray, target: np.ndarray, found: list[Candidate]) -> tuple[float, list[np.ndarray]]:
    """Return the penalty with the least log loss on sentences left out, and the scores of its deals."""
    scores: dict[float, list[np.ndarray]] = {}
    losses: dict[float, float] = {}
    for penalty in penalties:
        scores[penalty] = [left_out(matrix, target, found, penalty, deal) for deal in range(deals)]
        right = [np.where(target, s, 1 - s) for s in scores[penalty]]
        losses[penalty] = float(np.mean([-np.log(np.clip(r, 1e-6, 1)).mean() for r in right]))
        print(f"penalty {penalty}: log loss {losses[penalty]:.4f}")
    best = min(losses, key=lambda c: losses[c])
    return best, scores[best]


def choose_threshold(
    event_type: str, found: list[Candidate], scores: list[np.ndarray], inside: np.ndarray, positives: int
) -> float:
    """Return the threshold of a type and print what each of them gives; ``inside`` are scores on the sentences trained with."""
    curve = []
    for threshold in thresholds:
        rows = [measure(found, s, event_type, threshold, positives) for s in scores]
        curve.append({k: float(np.mean([row[k] for row in rows])) for k in rows[0]})
    level = smooth([row["F1"] for row in curve])
    best = max(level)
    error = float(np.sqrt(best * (1 - best) / positives))
    chosen = next(n for n, f1 in enumerate(level) if f1 >= best - error / 2)
    for n, (threshold, row) in enumerate(zip(thresholds, curve, strict=True)):
        seen = measure(found, inside, event_type, threshold, positives)
        print(
            f"  {threshold:.2f}  left out: P {row['P']:.3f}  R {row['R']:.3f}  F1 {row['F1']:.3f}  easy no {row['easy no']:.0f}, "
            f"difficult no {row['difficult no']:.0f}   trained with: F1 {seen['F1']:.3f}"
            + ("  <- chosen" if n == chosen else "")
        )
    return thresholds[chosen]


def main() -> None:
    """Train, report, and write the model when asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found, positives = collect(options.shared)
    matrix, names = matrix_of(found)
    target = np.array([c.label == "yes" for c in found])
    print(len(found), "candidates,", len(names), "features")
    penalty, scores = choose_penalty(matrix, target, found)
    model = LogisticRegression(C=penalty, max_iter=4000).fit(matrix, target)
    inside = model.predict_proba(matrix)[:, 1]
    out = {}
    for event_type in ("ASSAULT", "PROTEST"):
        print(event_type, f"penalty {penalty}")
        out[event_type] = {
            "weights": {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01},
            "intercept": round(float(model.intercept_[0]), 4),
            "threshold": choose_threshold(event_type, found, scores, inside, positives[event_type]),
        }
    if options.write:
        path = Path(__file__).resolve().parent.parent / "src" / "rawi" / "resolve" / "ranker.json"
        path.write_text(json.dumps(out, indent=0, sort_keys=True) + "\n", "utf-8")
        print("written", path)


if __name__ == "__main__":
    main()
