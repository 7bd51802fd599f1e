"""Which risk a statement speaks of."""

from __future__ import annotations

import numpy as np
import pytest

from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Confidence, LinkState, Scope, ThemeStatus
from reviewkit.language.ports import Matrix
from reviewkit.risks import matching
from reviewkit.risks.blind_spots import blind_spots
from reviewkit.risks.matching import match

RISKS = ["Late deliveries by the vendor", "Strike of drivers", "Ground is contaminated", "Budget is cut by the council"]


def vectors(*rows: tuple[float, ...]) -> Matrix:
    matrix = np.array(rows, dtype=np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), dtype=np.float32)


RISK_VECTORS = vectors((1, 0, 0, 0, 0.3), (0, 1, 0, 0, 0.3), (0, 0, 1, 0, 0.3), (0, 0, 0, 1, 0.3))


def test_meaning_finds_a_risk_that_shares_no_word() -> None:
    found = match(["Oil in the soil"], vectors((0.1, 0, 1, 0, 0.3)), RISKS, RISK_VECTORS, top=4)
    assert found[0][0].risk == 2
    assert found[0][0].confidence is Confidence.HIGH
    assert [one.score for one in found[0]] == sorted((one.score for one in found[0]), reverse=True)


def test_words_decide_where_meaning_is_even() -> None:
    texts = ["the drivers went on strike", "the lunch was good"]
    even = vectors((1, 1, 1, 1, 1), (1, 1, 1, 1, 1))
    found = match(texts, even, RISKS, RISK_VECTORS, top=1)
    assert found[0][0].risk == 1
    assert found[1][0].confidence is Confidence.LOW


def test_a_text_far_from_every_risk_is_linked_with_low_confidence() -> None:
    found = match(["The canteen"], vectors((0.1, 0.1, 0.11, 0.1, -1)), RISKS, RISK_VECTORS, top=2)
    assert [one.confidence for one in found[0]] == [Confidence.LOW] * 2


def test_no_more_matches_than_risks_and_none_without() -> None:
    texts, rows = ["a", "b"], vectors((1, 0, 0, 0, 0), (0, 1, 0, 0, 0))
    assert [len(one) for one in match(texts, rows, RISKS, RISK_VECTORS, top=9)] == [4, 4]
    assert match(texts, rows, [], np.zeros((0, 5), dtype=np.float32), top=3) == [[], []]
    assert match([], np.zeros((0, 5), dtype=np.float32), RISKS, RISK_VECTORS, top=3) == []
    assert len(match(["late"], rows[:1], RISKS[:1], RISK_VECTORS[:1], top=3)[0]) == 1


def test_texts_without_a_word_are_matched_by_meaning() -> None:
    found = match(["…", "?!"], vectors((1, 0, 0, 0, 0), (0, 1, 0, 0, 0)), ["-", "--"], RISK_VECTORS[:2], top=1)
    assert [one[0].risk for one in found] == [0, 1]


def test_how_many_are_scored_at_a_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    texts = [f"{RISKS[number % 4]} {number}" for number in range(25)]
    rows = vectors(*rng.normal(size=(25, 5)))
    whole = match(texts, rows, RISKS, RISK_VECTORS, top=3)
    monkeypatch.setattr(matching, "CHUNK", 4)
    parted = match(texts, rows, RISKS, RISK_VECTORS, top=3)
    assert [[one.risk for one in line] for line in parted] == [[one.risk for one in line] for line in whole]


def theme(
    id: str,
    *,
    projects: int = 2,
    responses: int = 3,
    troubles: int | None = None,
    status: ThemeStatus = ThemeStatus.SUGGESTED,
) -> Theme:
    names = tuple(f"P{number}" for number in range(projects))
    trouble = responses if troubles is None else troubles
    return Theme(id, id, projects=names, responses=responses, statements=responses, troubles=trouble, status=status)


def link(
    source: str, confidence: Confidence = Confidence.HIGH, state: LinkState = LinkState.SUGGESTED, risk: str = "r"
) -> Link:
    return Link(Scope.THEMES, source, risk, 1.0, confidence, state)


def test_a_recurring_theme_that_no_register_foresaw_is_a_blind_spot() -> None:
    themes = [
        theme("training", responses=9),
        theme("decisions", responses=12),
        theme("late deliveries"),
        theme("weak link only"),
        theme("rejected link only"),
        theme("confirmed by a person"),
        theme("one project", projects=1),
        theme("retired", status=ThemeStatus.RETIRED),
    ]
    links = [
        link("late deliveries", Confidence.MEDIUM),
        link("weak link only", Confidence.LOW),
        link("rejected link only", Confidence.HIGH, LinkState.REJECTED),
        link("confirmed by a person", Confidence.LOW, LinkState.CONFIRMED),
        Link(Scope.STATEMENTS, "training", "r", 1.0, Confidence.HIGH),
    ]
    found = [one.id for one in blind_spots(themes, links)]
    assert found == ["decisions", "training", "rejected link only", "weak link only"]


def test_praise_is_no_blind_spot() -> None:
    themes = [theme("good spirit", troubles=1), theme("training")]
    found = blind_spots(themes, [])
    assert [one.id for one in found] == ["training"]
