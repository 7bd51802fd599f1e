"""Labelled statements -> models/kinds.safetensors, with the figures that its card quotes.

    python models/train_kinds.py ../shared/data/kind [--unseen data/samples/truth/statements.csv] [--figures-only]

The folder holds `nhs_comments_a.csv` (positive, problem: there a suggestion counts as a problem) and
`jupyter_survey.csv` (positive, problem, suggestion). Our own `models/kinds_own.csv` joins in: sentences about projects,
written for this purpose. The unseen file is measured on and never trained on.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack, vstack
from scipy.special import logsumexp
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from reviewkit.language.cues import BUCKETS, hashed_words
from reviewkit.language.engines import load_encoder
from reviewkit.language.kinds import KINDS, VECTOR_SCALE, WORD_SCALE, Head, cue_row, kinds_of, unpacked
from reviewkit.language.ports import Matrix
from reviewkit.settings import read_settings

PENALTY = 2.5
"""L2 on all weights but the bias, by the sum of squares / 2."""

OWN_WEIGHT = 10.0
"""How many rows of the other sources each of our own sentences counts for: they are few, and closest to what comes."""

HERE = Path(__file__).resolve().parent
NAMES = [kind.value for kind in KINDS]


@dataclass(frozen=True)
class Source:
    """Distinct texts of one data set; `allowed` (n, 3) says which kinds a label may stand for."""

    name: str
    texts: list[str]
    labels: NDArray[np.str_]
    allowed: NDArray[np.bool_]
    vectors: Matrix
    features: csr_matrix
    bare: csr_matrix
    weight: float

    def score(self, rows: NDArray[np.int64], logits: NDArray[np.float64]) -> float:
        """Macro F1 over the kinds that the source tells apart."""
        best = np.array(NAMES)[logits.argmax(axis=1)]
        if "suggestion" in self.labels:
            return float(f1_score(self.labels[rows], best, average="macro", labels=NAMES))
        best = np.where(best == "suggestion", "problem", best)
        return float(f1_score(self.labels[rows], best, average="macro", labels=NAMES[:2]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--unseen", type=Path)
    parser.add_argument("--figures-only", action="store_true", help="measure, but write no weights")
    given = parser.parse_args()
    sources = [read_source(given.folder / f"{name}.csv") for name in ("nhs_comments_a", "jupyter_survey")]
    sources.append(read_source(HERE / "kinds_own.csv", weight=OWN_WEIGHT))
    for line in figures(sources):
        print(line)
    head = train_head(sources)
    if given.unseen:
        print(unseen_figure(given.unseen, head))
    if not given.figures_only:
        path = HERE / "kinds.safetensors"
        save_file(packed(head), str(path), metadata={"command": "python models/train_kinds.py FOLDER"})
        print(f"{path.name}: {path.stat().st_size:,} bytes")


def read_source(path: Path, *, weight: float = 1.0) -> Source:
    labelled: dict[str, str] = {}
    with path.open(newline="", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            labelled.setdefault(row["text"].strip(), row["kind"])
    labelled.pop("", None)
    texts, labels = list(labelled), np.array(list(labelled.values()))
    allowed = labels[:, None] == np.array(NAMES)[None, :]
    if "suggestion" not in labels:
        allowed[labels == "problem", NAMES.index("suggestion")] = True
    settings = read_settings()
    vectors = load_encoder(settings.encoder, settings.cache_path).encode(texts)
    bare = plain_features(texts)
    return Source(path.stem, texts, labels, allowed, vectors, with_vectors(bare, vectors), bare, weight)


def plain_features(texts: Sequence[str]) -> csr_matrix:
    """Cues, bias and words, scaled as `kinds.kind_logits` scales them."""
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        buckets, weights = hashed_words(text)
        rows.extend([row] * len(buckets))
        columns.extend(buckets.tolist())
        values.extend((weights * WORD_SCALE).tolist())
    words = csr_matrix((values, (rows, columns)), shape=(len(texts), BUCKETS))
    return hstack([words, csr_matrix(np.stack([cue_row(text) for text in texts]))]).tocsr()


def with_vectors(bare: csr_matrix, vectors: Matrix) -> csr_matrix:
    return hstack([csr_matrix(vectors * VECTOR_SCALE), bare]).tocsr()


def fit(sources: Sequence[Source], rows: Sequence[NDArray[np.int64]], *, bare: bool = False) -> NDArray[np.float32]:
    """Weights (features, 3) of a softmax whose loss is -log of the probability of all kinds a label may stand for."""
    table = vstack(
        [(one.bare if bare else one.features)[kept] for one, kept in zip(sources, rows, strict=True)]
    ).tocsr()
    mask = np.where(np.concatenate([one.allowed[kept] for one, kept in zip(sources, rows, strict=True)]), 0.0, -1e9)
    counts = np.concatenate([np.full(len(kept), one.weight) for one, kept in zip(sources, rows, strict=True)])
    turned, wide = table.T.tocsr(), table.shape[1]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(wide, 3)
        logits = table @ weights
        whole, right = logsumexp(logits, axis=1), logsumexp(logits + mask, axis=1)
        slope = turned @ (counts[:, None] * (np.exp(logits - whole[:, None]) - np.exp(logits + mask - right[:, None])))
        held = weights.copy()
        held[-1] = 0  # the bias
        return float((counts * (whole - right)).sum() + PENALTY / 2 * (held**2).sum()), (slope + PENALTY * held).ravel()

    done = minimize(loss, np.zeros(wide * 3), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return np.asarray(done.x, dtype=np.float32).reshape(wide, 3)


def figures(sources: Sequence[Source]) -> list[str]:
    """Five-fold over distinct texts, trained on all sources at once as the head is; then each source left out whole."""
    lines = []
    splits = [
        list(StratifiedKFold(5, shuffle=True, random_state=0).split(source.texts, source.labels)) for source in sources
    ]
    scores: list[list[float]] = [[] for _ in sources]
    for turn in range(5):
        weights = fit(sources, [folds[turn][0] for folds in splits])
        for source, folds, found in zip(sources, splits, scores, strict=True):
            rows = folds[turn][1]
            found.append(source.score(rows, source.features[rows] @ weights))
    lines += [
        f"five-fold macro F1, {one.name}: {np.mean(found):.3f}" for one, found in zip(sources, scores, strict=True)
    ]
    for left_out in sources:
        others = [source for source in sources if source is not left_out]
        weights = fit(others, [np.arange(len(source.texts)) for source in others])
        score = left_out.score(np.arange(len(left_out.texts)), left_out.features @ weights)
        lines.append(f"left out whole and tested on, macro F1, {left_out.name}: {score:.3f}")
    nhs, jupyter = sources[:2]
    for trained, tested in ((nhs, jupyter), (jupyter, nhs)):
        # Only what both tell apart: suggestions of the one are problems in the other.
        rows = np.flatnonzero(tested.labels != "suggestion")
        logits = tested.features[rows] @ fit([trained], [np.arange(len(trained.texts))])
        score = float(f1_score(tested.labels[rows] == "positive", logits.argmax(axis=1) == 0, average="macro"))
        lines.append(f"trained on {trained.name} alone, tested on {tested.name}, positive or not: {score:.3f}")
    return lines


def train_head(sources: Sequence[Source]) -> Head:
    """The head as it will be read back: with rounded weights."""
    rows = [np.arange(len(source.texts)) for source in sources]
    full, bare = fit(sources, rows), fit(sources, rows, bare=True)
    dim = sources[0].vectors.shape[1]
    head = Head(
        cues=full[dim + BUCKETS :],
        bare=bare[BUCKETS:],
        words=full[dim : dim + BUCKETS],
        bare_words=bare[:BUCKETS],
        vector=full[:dim],
    )
    return unpacked(packed(head))


def packed(head: Head) -> dict[str, NDArray[Any]]:
    """Words as int8 with one scale, the vector's weights as float16."""
    arrays: dict[str, NDArray[Any]] = {
        "cues": head.cues.astype(np.float32),
        "bare": head.bare.astype(np.float32),
        "vector": head.vector.astype(np.float16),
    }
    for name in ("words", "bare_words"):
        # A softmax does not change when a constant is added to a row: centred rows round best.
        centred = getattr(head, name) - getattr(head, name).mean(axis=1, keepdims=True)
        scale = np.float32(np.abs(centred).max() / 127)
        arrays[name] = np.round(centred / scale).astype(np.int8)
        arrays[f"{name}_scale"] = np.array([scale], dtype=np.float32)
    return arrays


def unseen_figure(path: Path, head: Head) -> str:
    with path.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    texts, truth = [row["text"] for row in rows], [row["kind"] for row in rows]
    settings = read_settings()
    found = [
        kind.value
        for kind, _ in kinds_of(texts, load_encoder(settings.encoder, settings.cache_path).encode(texts), head=head)
    ]
    every = ", ".join(
        f"{name} {f1_score([t == name for t in truth], [f == name for f in found]):.3f}" for name in [*NAMES, "neutral"]
    )
    return f"never seen, {path.parent.parent.name} ({len(texts)} statements, text alone): F1 {every}"


if __name__ == "__main__":
    main()
