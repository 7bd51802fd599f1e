"""Labelled statements -> models/kinds.safetensors, with the figures that its card quotes.

    python models/train_kinds.py ../shared/data/kind [--unseen data/samples/truth/statements.csv] [--figures-only]

The folder holds `nhs_comments_a.csv` (positive, problem: there a suggestion counts as a problem) and
`jupyter_survey.csv` (positive, problem, suggestion). The unseen file is measured on and never trained on.
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

PENALTY = 1.5
"""L2 on all weights but the bias, by the sum of squares / 2; of 0.5, 1, 1.5, 2 and 3 the best across both sources."""

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
    for line in figures(sources):
        print(line)
    head = train_head(sources)
    if given.unseen:
        print(unseen_figure(given.unseen, head))
    if not given.figures_only:
        path = HERE / "kinds.safetensors"
        save_file(packed(head), str(path), metadata={"command": "python models/train_kinds.py FOLDER"})
        print(f"{path.name}: {path.stat().st_size:,} bytes")


def read_source(path: Path) -> Source:
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
    return Source(path.stem, texts, labels, allowed, vectors, with_vectors(bare, vectors), bare)


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


def fit(features: Sequence[csr_matrix], allowed: Sequence[NDArray[np.bool_]]) -> NDArray[np.float32]:
    """Weights (features, 3) of a softmax whose loss is -log of the probability of all kinds a label may stand for."""
    table, mask = vstack(list(features)).tocsr(), np.where(np.concatenate(list(allowed)), 0.0, -1e9)
    turned, wide = table.T.tocsr(), table.shape[1]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(wide, 3)
        logits = table @ weights
        whole, right = logsumexp(logits, axis=1), logsumexp(logits + mask, axis=1)
        slope = turned @ (np.exp(logits - whole[:, None]) - np.exp(logits + mask - right[:, None]))
        held = weights.copy()
        held[-1] = 0  # the bias
        return float((whole - right).sum() + PENALTY / 2 * (held**2).sum()), (slope + PENALTY * held).ravel()

    done = minimize(loss, np.zeros(wide * 3), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return np.asarray(done.x, dtype=np.float32).reshape(wide, 3)


def figures(sources: Sequence[Source]) -> list[str]:
    """Five-fold over distinct texts, trained on both sources at once as the head is; then each source on the other."""
    folds = {
        source.name: list(StratifiedKFold(5, shuffle=True, random_state=0).split(source.texts, source.labels))
        for source in sources
    }
    scores: dict[str, list[float]] = {source.name: [] for source in sources}
    for turn in range(5):
        kept = [folds[source.name][turn][0] for source in sources]
        weights = fit(
            [source.features[rows] for source, rows in zip(sources, kept, strict=True)],
            [source.allowed[rows] for source, rows in zip(sources, kept, strict=True)],
        )
        for source in sources:
            rows = folds[source.name][turn][1]
            scores[source.name].append(source.score(rows, source.features[rows] @ weights))
    lines = [f"five-fold macro F1, {name}: {np.mean(found):.3f}" for name, found in scores.items()]
    nhs, jupyter = sources
    everything = np.arange(len(nhs.texts))
    across = nhs.score(everything, nhs.features @ fit([jupyter.features], [jupyter.allowed]))
    lines.append(f"trained on {jupyter.name}, tested on {nhs.name} (positive or not): {across:.3f}")
    rows = np.flatnonzero(jupyter.labels != "suggestion")
    found = (jupyter.features[rows] @ fit([nhs.features], [nhs.allowed])).argmax(axis=1)
    across = f1_score(jupyter.labels[rows] == "positive", found == 0, average="macro")
    return [*lines, f"trained on {nhs.name}, tested on {jupyter.name} (positive or problem): {across:.3f}"]


def train_head(sources: Sequence[Source]) -> Head:
    """The head as it will be read back: with rounded weights."""
    allowed = [source.allowed for source in sources]
    full = fit([source.features for source in sources], allowed)
    bare = fit([source.bare for source in sources], allowed)
    dim = sources[0].vectors.shape[1]
    head = Head(
        cues=full[dim + BUCKETS :], bare=bare[BUCKETS:], words=full[dim : dim + BUCKETS], bare_words=bare[:BUCKETS],
        vector=full[:dim],
    )  # fmt: skip
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
