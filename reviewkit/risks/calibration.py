"""What people decided about links -> how likely a suggestion is to be confirmed, and whether that is worth using."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.foreseen import ENOUGH, HIGH, MEDIUM, Band, Calibration, Rival
from reviewkit.domain.words import Confidence

Values: TypeAlias = NDArray[np.float64]

CLAIMED = {Confidence.LOW: MEDIUM / 2, Confidence.MEDIUM: (MEDIUM + HIGH) / 2, Confidence.HIGH: (HIGH + 1) / 2}
"""What a word claims: the middle of its band of probabilities."""

MOST_FOLDS, BANDS = 5, 5
FEW = 5
"""Of each outcome, decisions that a fit needs so that each fold can hold one."""


@dataclass(frozen=True)
class Judged:
    """A link that a person confirmed or not (`right`), with what it is told by and the `word` of the rules.

    `own` says that the entry is of a project that raised the trouble; `project` is that entry's.
    """

    score: float
    cosine: float
    own: bool
    word: Confidence
    project: str
    right: bool


def calibrate(judged: Sequence[Judged]) -> Calibration | None:
    """A logistic fit over score, cosine and own project, beside its rivals on decisions it had not seen.

    None with fewer than 50 decisions, or fewer than five of an outcome. Whole projects are kept back where there are
    enough of them, so that how one project words its register does not count as knowledge of others.
    Rivals: the words read as the middle of what they claim, and the share confirmed among the decisions seen.
    """
    right = np.array([one.right for one in judged], dtype=np.float64)
    if len(judged) < ENOUGH or min(right.sum(), len(right) - right.sum()) < FEW:
        return None
    rows = np.array([[one.score, one.cosine, float(one.own)] for one in judged])
    folds, by_project = _folds(judged, right)
    foretold, shares = np.zeros(len(right)), np.zeros(len(right))
    for seen, unseen in folds:
        weights = _fit(rows[seen], right[seen])
        foretold[unseen] = [probability(weights, *row) for row in rows[unseen]]
        shares[unseen] = right[seen].mean()
    return Calibration(
        n=len(judged),
        confirmed=int(right.sum()),
        weights=_fit(rows, right),
        words=_rival(np.array([CLAIMED[one.word] for one in judged]), right),
        share=_rival(shares, right),
        fit=_rival(foretold, right),
        bands=tuple(_bands(foretold, right)),
        by_project=by_project,
        folds=len(folds),
    )


def probability(weights: Sequence[float], score: float, cosine: float, own: float) -> float:
    """Of being confirmed, 0 to 1."""
    a, b, c, constant = weights
    value = a * score + b * cosine + c * own + constant
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, value))))


def word_of(probable: float) -> Confidence:
    """High from 0.7, medium from 0.4."""
    return Confidence.HIGH if probable >= HIGH else Confidence.MEDIUM if probable >= MEDIUM else Confidence.LOW


def _fit(rows: Values, right: Values) -> tuple[float, float, float, float]:
    """Weights of the three columns and the constant; columns are standardised for the fit, so that its pull towards
    zero (C = 1) treats them alike."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread > 1e-9, spread, 1.0)
    model: Any = LogisticRegression(C=1.0).fit((rows - mean) / spread, right)
    weights = model.coef_[0] / spread
    constant = float(model.intercept_[0] - (weights * mean).sum())
    return (float(weights[0]), float(weights[1]), float(weights[2]), constant)


def _folds(judged: Sequence[Judged], right: Values) -> tuple[list[tuple[Any, Any]], bool]:
    """(rows seen, rows kept back) of each fold, and whether whole projects are kept back.

    By project where there are at least three and every fold then sees both outcomes.
    """
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    projects = [one.project for one in judged]
    count = min(MOST_FOLDS, len(set(projects)))
    if count >= 3:
        folds = list(
            StratifiedGroupKFold(count, shuffle=True, random_state=0).split(np.zeros(len(right)), right, projects)
        )
        if all(len(unseen) and 0 < right[seen].mean() < 1 for seen, unseen in folds):
            return folds, True
    return list(StratifiedKFold(MOST_FOLDS, shuffle=True, random_state=0).split(np.zeros(len(right)), right)), False


def _rival(probable: Values, right: Values) -> Rival:
    safe = np.clip(probable, 1e-6, 1 - 1e-6)
    loss = -(right * np.log(safe) + (1 - right) * np.log(1 - safe)).mean()
    return Rival(round(float(((probable - right) ** 2).mean()), 4), round(float(loss), 4))


def _bands(probable: Values, right: Values) -> Iterator[Band]:
    """Fifths of the range from 0 to 1, those that are empty left out."""
    place = np.minimum((probable * BANDS).astype(int), BANDS - 1)
    for band in range(BANDS):
        inside = place == band
        if inside.any():
            expected = round(float(probable[inside].mean()), 4)
            yield Band(band / BANDS, (band + 1) / BANDS, int(inside.sum()), expected, int(right[inside].sum()))
