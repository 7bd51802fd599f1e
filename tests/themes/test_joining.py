"""New statements find the theme they belong to by what a full run left behind."""

from __future__ import annotations

import numpy as np
import pytest

from reviewkit.language.ports import Matrix
from reviewkit.themes.decisions import Place
from reviewkit.themes.graph import unit
from reviewkit.themes.joining import BAR, PROJECT, QUESTION, THEME, Landmark, join, landmarks

DIM = 24


def near(direction: int, count: int, seed: int, noise: float = 0.12) -> Matrix:
    rows = np.eye(DIM, dtype=np.float32)[[direction] * count]
    return unit(rows + np.random.default_rng(seed).normal(scale=noise, size=rows.shape).astype(np.float32))


@pytest.fixture
def known() -> list[Landmark]:
    """Two themes, one with two parts, in two projects."""
    rows = np.vstack([near(0, 40, 1), near(1, 20, 2), near(2, 20, 3)])
    places = [Place("A")] * 40 + [Place("B", "B1")] * 20 + [Place("B", "B2")] * 20
    return landmarks(rows, ["P", "Q"] * 40, [""] * 80, places)


PARENTS = {"A": "", "B": "", "B1": "B", "B2": "B"}


def joined(known: list[Landmark], rows: Matrix, project: str = "P") -> list[Place]:
    return [one.place for one in join(known, PARENTS, rows, [project] * len(rows), [""] * len(rows))]


def test_what_is_like_a_theme_joins_it_and_its_part(known: list[Landmark]) -> None:
    found = joined(known, near(2, 50, 8))
    assert sum(place.theme == "B" for place in found) > 40
    assert {place for place in found if place.subtheme} == {Place("B", "B2")}
    assert {place.theme for place in joined(known, near(0, 50, 9))} <= {"A", ""}


def test_what_is_like_none_waits(known: list[Landmark]) -> None:
    assert joined(known, near(9, 10, 4)) == [Place()] * 10
    assert joined(known, np.zeros((0, DIM), dtype=np.float32)) == []
    assert joined([], near(0, 2, 5)) == [Place()] * 2


def test_the_bar_is_what_most_members_reach_without_their_own_help(known: list[Landmark]) -> None:
    (own,) = [one for one in known if one.kind == THEME and one.name == "A"]
    (alone,) = [one for one in landmarks(near(0, 1, 6), ["P"], [""], [Place("S")]) if one.kind == THEME]
    assert 0 < own.weight < 1
    found = joined(known, near(0, 2_000, 7))
    assert abs(sum(place == Place() for place in found) / 2_000 - BAR) < 0.1
    assert alone.weight < 0.01, "one statement alone is like no other"


def test_a_theme_that_is_gone_is_joined_by_nothing(known: list[Landmark]) -> None:
    rows = near(0, 10, 8)
    assert {one.place.theme for one in join(known, {"B": ""}, rows, ["P"] * 10, [""] * 10)} <= {"B", ""}


def test_a_project_nobody_knew_is_centred_by_what_is_new() -> None:
    subject = np.zeros(DIM, dtype=np.float32)
    subject[20] = 1.5
    rows = np.vstack([near(0, 40, 1), near(1, 40, 2)])
    known = landmarks(rows, ["P"] * 80, [""] * 80, [Place("A")] * 40 + [Place("B")] * 40)
    stranger = unit(np.vstack([near(0, 60, 3), near(1, 60, 4)]) + subject)
    found = [one.place.theme for one in join(known, PARENTS, stranger, ["New"] * 120, [""] * 120)]
    assert found.count("A") > 30
    assert set(found[:60]) <= {"A", ""}
    assert set(found[60:]) <= {"B", ""}


def test_the_question_speaks_too() -> None:
    rows = near(5, 80, 1, noise=0.2)
    asked = ["schedule"] * 40 + ["cost"] * 40
    known = landmarks(rows, ["P"] * 80, asked, [Place("A")] * 40 + [Place("B")] * 40)
    assert {one.name for one in known if one.kind == QUESTION} == {"schedule", "cost"}
    assert {one.name for one in known if one.kind == PROJECT} == {"P"}
    new = near(5, 40, 2, noise=0.2)
    found = [one.place.theme for one in join(known, PARENTS, new, ["P"] * 40, ["cost"] * 40)]
    assert found.count("B") > 25 > 5 > found.count("A")
    unheard = [one.place.theme for one in join(known, PARENTS, new, ["P"] * 40, ["weather"] * 40)]
    assert len(unheard) == 40
