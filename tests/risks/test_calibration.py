"""Confidence learned from decisions: when there are enough, judged on projects it has not seen, used where better."""

from __future__ import annotations

import random

import pytest

from reviewkit.domain.words import Confidence
from reviewkit.risks.calibration import Judged, calibrate, probability, word_of


def judged(n: int, *, telling: bool, projects: int = 6, seed: int = 7) -> list[Judged]:
    """Decisions on links called high throughout; where the score is `telling`, high scores are mostly confirmed."""
    chance = random.Random(seed)
    found = []
    for number in range(n):
        score = chance.uniform(0, 4)
        sure = (0.95 if score > 2 else 0.05) if telling else 0.5
        right = chance.random() < sure
        found.append(Judged(score, chance.uniform(0.2, 0.6), True, Confidence.HIGH, f"P{number % projects}", right))
    return found


def test_fewer_than_fifty_or_one_outcome_teach_nothing() -> None:
    assert calibrate(judged(49, telling=True)) is None
    one_outcome = [Judged(2.0, 0.5, True, Confidence.HIGH, f"P{n % 5}", True) for n in range(80)]
    assert calibrate(one_outcome) is None


def test_what_tells_is_learned_and_beats_its_rivals_on_projects_kept_back() -> None:
    fit = calibrate(judged(200, telling=True))
    assert fit is not None
    assert fit.by_project
    assert fit.in_use
    assert fit.fit.brier < 0.15 < fit.words.brier
    assert sum(band.n for band in fit.bands) == fit.n == 200
    assert sum(band.confirmed for band in fit.bands) == fit.confirmed
    low, high = (probability(fit.weights, score, 0.4, 1.0) for score in (0.5, 3.5))
    assert (word_of(low), word_of(high)) == (Confidence.LOW, Confidence.HIGH)


def test_what_tells_nothing_is_seldom_used() -> None:
    fits = [calibrate(judged(100, telling=False, seed=seed)) for seed in range(20)]
    assert sum(fit is not None and fit.in_use for fit in fits) <= 3


@pytest.mark.parametrize("projects", [1, 2])
def test_with_too_few_projects_single_decisions_are_kept_back(projects: int) -> None:
    fit = calibrate(judged(120, telling=True, projects=projects))
    assert fit is not None
    assert not fit.by_project
    assert fit.folds == 5
