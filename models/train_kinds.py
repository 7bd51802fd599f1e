"""Labelled statements -> models/kinds.safetensors, with the figures that its card quotes.

    python models/train_kinds.py ../shared/data/kind [--unseen data/samples/truth/statements.csv] [--figures-only]

The folder holds `nhs_comments_a.csv` (positive, problem: there a suggestion counts as a problem) and
`jupyter_survey.csv` (positive, problem, suggestion). Our own `models/kinds_own.csv` joins in: sentences written for
this purpose, the only ones that know of neutral. The unseen file is measured on and never trained on.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack, vstack
from scipy.special import logsumexp
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from reviewkit.language.cues import BUCKETS, SPELLING_BUCKETS, hashed_spelling, hashed_words
from reviewkit.language.engines import load_encoder
from reviewkit.language.kinds import (
    KINDS,
    NEAR_SCALE,
    SPELLING_SCALE,
    VECTOR_SCALE,
    WORD_SCALE,
    Head,
    cue_row,
    kinds_of,
    nearness,
    unpacked,
)
from reviewkit.language.ports import Matrix
from reviewkit.settings import read_settings

PENALTY = 2.5
"""L2 on all weights but the bias, by the sum of squares / 2."""

OWN_WEIGHT = 5.0
"""How many rows of the other sources each of our own sentences counts for: they are few, and closest to what comes."""

LANDMARKS = 256
"""Centres of the training vectors; 512 gave no more."""

PARTITIONS = 3
"""Ways to part the rows into folds: by the chance of one alone a figure moves by 0.003."""

HERE = Path(__file__).resolve().parent
NAMES = [kind.value for kind in KINDS]

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Source:
    """Distinct texts of one data set; `allowed` (n, 4) says which kinds a label may stand for.

    `cues` (n, cues and bias) and `hashed` (n, words and spelling) are scaled as `kinds.kind_logits` scales them.
    """

    name: str
    texts: list[str]
    labels: NDArray[np.str_]
    allowed: NDArray[np.bool_]
    vectors: Matrix
    cues: Matrix
    hashed: csr_matrix
    weight: float

    @property
    def every(self) -> Rows:
        return np.arange(len(self.texts))

    def score(self, rows: Rows, logits: Matrix) -> float:
        """Macro F1 over the kinds that the source tells apart; neutral is wrong where it has none."""
        found = np.array(NAMES)[logits.argmax(axis=1)]
        told = [name for name in NAMES if name in self.labels]
        if "suggestion" not in told:
            found = np.where(found == "suggestion", "problem", found)
        return float(f1_score(self.labels[rows], found, average="macro", labels=told))


@dataclass(frozen=True)
class Trained:
    """Weights (features, 4) of the dense and of the hashed features; the landmarks, none where vectors are left out."""

    dense: Matrix
    hashed: Matrix
    landmarks: Matrix | None

    def logits(self, source: Source, rows: Rows) -> Matrix:
        found: Matrix = dense(source, rows, self.landmarks) @ self.dense + source.hashed[rows] @ self.hashed
        return found


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
    words = table(texts, hashed_words, BUCKETS) * WORD_SCALE
    spelling = table(texts, hashed_spelling, SPELLING_BUCKETS) * SPELLING_SCALE
    cues = np.stack([cue_row(text) for text in texts])
    return Source(path.stem, texts, labels, allowed, vectors, cues, hstack([words, spelling]).tocsr(), weight)


def table(texts: Sequence[str], hashed: Callable[[str], tuple[Rows, Matrix]], places: int) -> csr_matrix:
    """Sparse (n, places) float32 of what `hashed` finds in each text."""
    found = [hashed(text) for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(buckets) for buckets, _ in found])
    columns, weights = (np.concatenate(part) for part in zip(*found, strict=True))
    return csr_matrix((weights, (rows, columns)), shape=(len(texts), places), dtype=np.float32)


def dense(source: Source, rows: Rows, landmarks: Matrix | None) -> Matrix:
    """(rows, features): the vector, its nearness to each landmark, the cues; the cues alone without landmarks."""
    if landmarks is None:
        return source.cues[rows]
    vectors = source.vectors[rows]
    near = NEAR_SCALE * (nearness(vectors, landmarks) @ whitening(landmarks))
    return np.hstack([VECTOR_SCALE * vectors, near, source.cues[rows]]).astype(np.float32)


def whitening(landmarks: Matrix) -> Matrix:
    """(m, m): makes nearness to landmarks the coordinates of the kernel's space (Williams and Seeger, NIPS 2000)."""
    values, directions = np.linalg.eigh(nearness(landmarks, landmarks).astype(np.float64))
    return np.asarray(directions / np.sqrt(np.maximum(values, 1e-3)) @ directions.T, dtype=np.float32)


def centres(sources: Sequence[Source], rows: Sequence[Rows]) -> Matrix:
    """LANDMARKS unit rows, rounded as they will be stored."""
    vectors = np.vstack([one.vectors[kept] for one, kept in zip(sources, rows, strict=True)])
    found = MiniBatchKMeans(LANDMARKS, random_state=0, n_init=1, batch_size=2048, max_iter=30).fit(vectors)
    unit = found.cluster_centers_ / np.linalg.norm(found.cluster_centers_, axis=1, keepdims=True)
    rounded, scale = as_bytes(unit)
    return np.asarray(rounded.astype(np.float32) * scale, dtype=np.float32)


def fit(sources: Sequence[Source], rows: Sequence[Rows], *, bare: bool = False) -> Trained:
    """A softmax whose loss is -log of the probability of all kinds a label may stand for."""
    pairs = list(zip(sources, rows, strict=True))
    landmarks = None if bare else centres(sources, rows)
    plain = np.vstack([dense(one, kept, landmarks) for one, kept in pairs])
    hashed = vstack([one.hashed[kept] for one, kept in pairs]).tocsr()
    turned, wide = hashed.T.tocsr(), plain.shape[1]
    mask = np.where(np.concatenate([one.allowed[kept] for one, kept in pairs]), 0.0, -1e9).astype(np.float32)
    counts = np.concatenate([np.full((len(kept), 1), one.weight, dtype=np.float32) for one, kept in pairs])
    shape = (wide + hashed.shape[1], len(NAMES))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape).astype(np.float32)
        logits = plain @ weights[:wide] + hashed @ weights[wide:]
        whole, right = (logsumexp(each, axis=1, keepdims=True) for each in (logits, logits + mask))
        error = counts * (np.exp(logits - whole) - np.exp(logits + mask - right))
        held = weights.copy()
        held[wide - 1] = 0  # the bias
        slope = np.vstack([plain.T @ error, turned @ error]) + PENALTY * held
        return float((counts * (whole - right)).sum() + PENALTY / 2 * (held**2).sum()), slope.ravel().astype(np.float64)

    done = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    found = np.asarray(done.x, dtype=np.float32).reshape(shape)
    return Trained(found[:wide], found[wide:], landmarks)


def figures(sources: Sequence[Source]) -> list[str]:
    """Five-fold over distinct texts, trained on all sources at once as the head is, for several partitions of the rows;
    then each source left out whole."""
    scores = np.array([_five_fold(sources, seed) for seed in range(PARTITIONS)])
    lines = [
        f"five-fold macro F1, mean of {PARTITIONS} partitions, {one.name}: {np.mean(found):.3f}"
        f" ({', '.join(f'{each:.3f}' for each in found)})"
        for one, found in zip(sources, scores.T, strict=True)
    ]
    for left_out in sources:
        others = [source for source in sources if source is not left_out]
        trained = fit(others, [source.every for source in others])
        score = left_out.score(left_out.every, trained.logits(left_out, left_out.every))
        lines.append(f"left out whole and tested on, macro F1, {left_out.name}: {score:.3f}")
    nhs, jupyter = sources[:2]
    for known, tested in ((nhs, jupyter), (jupyter, nhs)):
        # Only what both tell apart: suggestions of the one are problems in the other.
        rows = np.flatnonzero(tested.labels != "suggestion")
        found = fit([known], [known.every]).logits(tested, rows).argmax(axis=1)
        score = float(f1_score(tested.labels[rows] == "positive", found == 0, average="macro"))
        lines.append(f"trained on {known.name} alone, tested on {tested.name}, positive or not: {score:.3f}")
    return lines


def _five_fold(sources: Sequence[Source], seed: int) -> list[float]:
    """Macro F1 of each source: the mean over its five folds of one partition."""
    parting = StratifiedKFold(5, shuffle=True, random_state=seed)
    splits = [list(parting.split(source.texts, source.labels)) for source in sources]
    scores: list[list[float]] = [[] for _ in sources]
    for turn in range(5):
        trained = fit(sources, [folds[turn][0] for folds in splits])
        for source, folds, found in zip(sources, splits, scores, strict=True):
            rows = folds[turn][1]
            found.append(source.score(rows, trained.logits(source, rows)))
    return [float(np.mean(found)) for found in scores]


def train_head(sources: Sequence[Source]) -> Head:
    """The head as it will be read back: with rounded weights."""
    rows = [source.every for source in sources]
    full, bare = fit(sources, rows), fit(sources, rows, bare=True)
    assert full.landmarks is not None
    dim, near = sources[0].vectors.shape[1], len(full.landmarks)
    head = Head(
        cues=full.dense[dim + near :],
        words=full.hashed[:BUCKETS],
        spelling=full.hashed[BUCKETS:],
        vector=full.dense[:dim],
        landmarks=full.landmarks,
        near=whitening(full.landmarks) @ full.dense[dim : dim + near],
        bare_cues=bare.dense,
        bare_words=bare.hashed[:BUCKETS],
        bare_spelling=bare.hashed[BUCKETS:],
    )
    return unpacked(packed(head))


def packed(head: Head) -> dict[str, NDArray[Any]]:
    """Landmarks and hashed weights as int8 with one scale each, the vector's weights as float16."""
    arrays: dict[str, NDArray[Any]] = {"vector": head.vector.astype(np.float16)}
    for name in ("cues", "near", "bare_cues"):
        arrays[name] = getattr(head, name)
    arrays["landmarks"], arrays["landmarks_scale"] = as_bytes(head.landmarks)
    for name in ("words", "spelling", "bare_words", "bare_spelling"):
        # A softmax does not change when a constant is added to a row: centred rows round best.
        weights = getattr(head, name)
        arrays[name], arrays[f"{name}_scale"] = as_bytes(weights - weights.mean(axis=1, keepdims=True))
    return arrays


def as_bytes(weights: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """The nearest int8, and the scale (1,) that brings them back."""
    scale = np.array([np.abs(weights).max() / 127], dtype=np.float32)
    return np.round(weights / scale).astype(np.int8), scale


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
        f"{name} {f1_score([t == name for t in truth], [f == name for f in found]):.3f}" for name in NAMES
    )
    return f"never seen, {path.parent.parent.name} ({len(texts)} statements, text alone): F1 {every}"


if __name__ == "__main__":
    main()
