"""Texts and register entries -> which risk each text speaks of, with a confidence in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reviewkit.domain.words import Confidence
from reviewkit.language.ports import Matrix
from reviewkit.themes.wording import stems

CHUNK = 2_000
"""Texts scored at a time, so that memory stays at CHUNK x risks."""

HIGH, MEDIUM = (0.50, 2.6), (0.36, 1.8)
"""(cosine, standing) a match needs to be called so; standing counts standard deviations above the query's mean. Set by
eye on the two development sets, not calibrated: a word here is no probability."""


@dataclass(frozen=True)
class Match:
    """Row `risk` of the risks given, its score (standard deviations, comparable within one text), confidence, and how
    near it is in meaning (cosine, -1 to 1)."""

    risk: int
    score: float
    confidence: Confidence
    cosine: float


def match(
    texts: Sequence[str],
    vectors: Matrix,
    risk_texts: Sequence[str],
    risk_vectors: Matrix,
    *,
    top: int,
) -> list[list[Match]]:
    """The `top` risks nearest to each text, best first; ties by row. One list per text, empty where there are no risks.

    `vectors` is (len(texts), dim), `risk_vectors` (len(risk_texts), dim), unit rows. Two scores are standardised over
    the risks of each text and averaged; where one tells them not apart, the other counts alone. One is TF-IDF over
    stems, weighed over texts and risks together; the other the cosine of vectors after taking out what all of them
    share (their mean), which keeps a risk worded like everything else from being everybody's neighbour.
    """
    if not texts or not risk_texts or top < 1:
        return [[] for _ in texts]
    lexical_texts, lexical_risks = _weighed(texts, risk_texts)
    mean = np.vstack([vectors, risk_vectors]).mean(axis=0)
    centred_risks = _centred(risk_vectors, mean)
    found: list[list[Match]] = []
    for start in range(0, len(texts), CHUNK):
        rows = slice(start, start + CHUNK)
        lexical = np.asarray((lexical_texts[rows] @ lexical_risks.T).todense(), dtype=np.float32)
        semantic = _centred(vectors[rows], mean) @ centred_risks.T
        standing = _mean_of_telling(_standardised(lexical), _standardised(semantic))
        found.extend(_best(standing, vectors[rows] @ risk_vectors.T, top))
    return found


def confidence_of(cosine: float, standing: float, risks: int) -> Confidence:
    """In words: near enough in meaning, and clearly nearer than the other risks of a register of `risks` entries.

    Among few entries nothing can stand far above the mean ((n-1)/sqrt(n) at most), so less is asked there.
    """
    reachable = 0.8 * (risks - 1) / math.sqrt(risks)
    for word, (near, clear) in ((Confidence.HIGH, HIGH), (Confidence.MEDIUM, MEDIUM)):
        if cosine >= near and standing >= min(clear, reachable):
            return word
    return Confidence.LOW


def _weighed(texts: Sequence[str], risk_texts: Sequence[str]) -> tuple[Any, Any]:
    """Sparse TF-IDF rows of unit length of both; all blank where no text has a word."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=stems, dtype=np.float32)
    try:
        rows = vectorizer.fit_transform([*texts, *risk_texts])
    except ValueError:  # an empty vocabulary
        from scipy.sparse import csr_matrix

        rows = csr_matrix((len(texts) + len(risk_texts), 1), dtype=np.float32)
    return rows[: len(texts)], rows[len(texts) :]


def _centred(rows: Matrix, mean: Matrix) -> Matrix:
    shifted = rows - mean
    lengths = np.linalg.norm(shifted, axis=1, keepdims=True)
    return np.asarray(shifted / np.maximum(lengths, 1e-6), dtype=np.float32)


def _standardised(scores: Matrix) -> Matrix:
    """Each row with mean 0 and deviation 1; a row without differences becomes zeros."""
    spread = scores.std(axis=1, keepdims=True)
    centred = scores - scores.mean(axis=1, keepdims=True)
    return np.asarray(np.where(spread > 1e-6, centred / np.maximum(spread, 1e-6), 0.0), dtype=np.float32)


def _mean_of_telling(lexical: Matrix, semantic: Matrix) -> Matrix:
    """Their mean; where one tells a text's risks not apart (no word in common with any), the other alone."""
    telling = lexical.any(axis=1).astype(np.float32) + semantic.any(axis=1).astype(np.float32)
    return np.asarray((lexical + semantic) / np.maximum(telling, 1)[:, None], dtype=np.float32)


def _best(standing: Matrix, cosines: Matrix, top: int) -> list[list[Match]]:
    risks = standing.shape[1]
    order = np.argsort(-standing, axis=1, kind="stable")[:, :top]
    return [
        [
            Match(
                risk,
                round(float(standing[row, risk]), 6),
                confidence_of(cosines[row, risk], standing[row, risk], risks),
                round(float(cosines[row, risk]), 6),
            )
            for risk in ranked
        ]
        for row, ranked in enumerate(order.tolist())
    ]
