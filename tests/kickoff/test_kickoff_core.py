"""Briefs, similar projects, and which advice is chosen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.kickoffs import Quote, SimilarProject
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Kind, Occurred, Scope
from reviewkit.kickoff.brief import aspects
from reviewkit.kickoff.candidates import Heard, Said, Setting, discussed, heard, lesson_candidate, theme_candidate
from reviewkit.kickoff.recommend import Candidate, recommend, score
from reviewkit.kickoff.similar import similar_projects
from reviewkit.language.ports import Matrix


def unit(*rows: tuple[float, ...]) -> Matrix:
    matrix = np.array(rows, dtype=np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), dtype=np.float32)


def candidate(
    source: str,
    relevance: float = 0.0,
    expected: float | None = None,
    severity: float = 0.4,
    scope: Scope = Scope.LESSONS,
) -> Candidate:
    return Candidate(scope, source, "Do it.", "It was.", relevance, severity, None, expected=expected)


def test_a_brief_is_read_sentence_by_sentence_without_its_headings() -> None:
    text = (
        "## Scope\nBuses and the ferry. Permits of two authorities are needed; neither can be hurried.\n"
        "- Fourteen charging bays, e.g. for the new routes\n- Budget"
    )
    assert aspects(text) == [
        "Buses and the ferry.",
        "Permits of two authorities are needed; neither can be hurried.",
        "Fourteen charging bays, e.g. for the new routes",
    ]


def test_a_page_of_one_word_and_an_empty_brief_have_no_aspects() -> None:
    assert aspects("word " * 3) == []
    assert aspects(" \n\n") == []


def test_the_same_kind_of_project_comes_first_and_says_why() -> None:
    brief = Project(
        "NEW", "Rostering", brief="Rosters for drivers on phones", kind="software", planned_budget=9.0, currency="GBP"
    )
    past = [
        Project("A", "Depot", brief="A depot for buses", kind="construction", planned_budget=1.0, currency="GBP"),
        Project("B", "Ticketing", brief="Tickets on phones for drivers", kind="software"),
    ]
    found = similar_projects(brief, unit((1, 0))[0], past, unit((1, 1), (1, 1)))
    assert [one.project for one in found] == ["B", "A"]
    assert found[0].shared_attributes == ("kind: software",)
    assert found[1].differences == ("Depot was construction, this is software", "this has 9 times its budget")


def test_no_past_no_similar_project() -> None:
    assert similar_projects(Project("N", "New"), unit((1, 0))[0], [], np.zeros((0, 2), dtype=np.float32)) == []


def test_relevance_recurrence_and_severity_each_raise_the_score() -> None:
    plain = score(candidate("a", 1.0, expected=0.3), nearest=2.0)
    assert score(candidate("a", 1.5, expected=0.3), nearest=2.0) > plain
    assert score(candidate("a", 1.0, expected=0.8), nearest=2.0) > plain
    assert score(candidate("a", 1.0, expected=0.3, severity=0.9), nearest=2.0) > plain


def test_advice_without_projects_to_count_over_is_neither_pushed_nor_buried() -> None:
    seen = [score(candidate("a", 1.0, found), nearest=1.0) for found in (0.1, None, 0.9)]
    assert seen == sorted(seen)


@given(st.floats(-3, 3), st.floats(0.01, 0.99), st.floats(-3, 3), st.floats(0.01, 0.99))
def test_nearness_and_recurrence_make_up_for_each_other(a: float, often: float, b: float, seldom: float) -> None:
    """A deviation nearer is worth odds e times as high, wherever both stand (Bayes' rule)."""
    first, second = candidate("a", a, often), candidate("b", b, seldom)
    lead = a + math.log(often / (1 - often)) - b - math.log(seldom / (1 - seldom))
    assert math.log(score(first, 3.0) / score(second, 3.0)) == pytest.approx(lead, abs=1e-9)


def test_themes_are_told_only_where_lessons_near_the_brief_are_too_few() -> None:
    lessons = [candidate("near", 1.0), candidate("far", -1.0)]
    themes = [candidate(f"theme {n}", 2.0, 0.9, scope=Scope.THEMES) for n in range(4)]
    vectors = unit(*np.eye(6).tolist())
    assert [one.source for one, _ in recommend([*lessons, *themes], vectors, top=1)] == ["near"]
    filled = [one.source for one, _ in recommend([*lessons, *themes], vectors, top=7)]
    assert filled == ["near", "far", "theme 0", "theme 1"]


def test_the_same_advice_twice_gives_way_to_other_advice() -> None:
    candidates = [candidate("a", 2.0), candidate("a again", 1.9), candidate("b", 1.0)]
    chosen = recommend(candidates, unit((1, 0), (1, 0.01), (0, 1)), top=2)
    assert [one.source for one, _ in chosen] == ["a", "b"]


def test_no_more_than_asked_and_always_in_the_same_order() -> None:
    candidates = [candidate(name) for name in "edcba"]
    vectors = unit(*[(1, 0)] * 5)
    assert [one.source for one, _ in recommend(candidates, vectors, top=3)] == ["a", "b", "c"]
    assert recommend([], np.zeros((0, 2), dtype=np.float32), top=7) == []


@pytest.mark.parametrize(("positive", "expected"), [(False, ("P1",)), (True, ("P2",))])
def test_k_of_n_counts_similar_projects_that_said_the_same_and_quotes_them(
    positive: bool, expected: tuple[str, ...]
) -> None:
    said = Said(
        quotes=[
            Quote("s1", "late again", "P1", "r1"),
            Quote("s2", "well done", "P2", "r2"),
            Quote("s3", "x", "P3", "r3"),
        ],
        kinds=[Kind.PROBLEM, Kind.POSITIVE, Kind.PROBLEM],
        vectors=unit((1, 0), (1, 0.1), (0, 1)),
    )
    setting = Setting(Project("NEW", "New"), [SimilarProject(f"P{i}", 1.0) for i in (1, 2, 3)])
    (rows,) = said.alike([unit((1, 0))])
    lesson = Lesson("l", "Late deliveries", positive=positive)
    found = lesson_candidate(lesson, 1.0, heard(said, rows, {"s1": "late"}), setting, (), None)
    assert found.treats == {"late"}
    assert found.rate is not None
    assert (found.rate.hits, found.rate.n) == (expected, 3)
    assert [quote.project for quote in found.quotes] == list(expected)


def test_a_grave_risk_that_came_true_counts_and_one_that_did_not_does_not() -> None:
    setting = Setting(Project("NEW", "New"), [])

    def severity(occurred: Occurred) -> float:
        risk = Risk("r", "P1", "R1", "Late", probability=5, impact=5, occurred=occurred)
        return lesson_candidate(Lesson("l", "Late"), 0.0, Heard(), setting, (risk,), None).severity

    assert severity(Occurred.YES) == 1.0
    assert severity(Occurred.NO) < 0.5


def test_what_went_well_ranks_as_what_went_badly_does() -> None:
    setting = Setting(Project("NEW", "New"), [SimilarProject("P1", 1.0), SimilarProject("P2", 1.0)])
    quote = Quote("s1", "It was late", "P1", "R")
    lesson = Lesson("l", "Count runs", recommendation="Count them.", project="P2")
    bad = lesson_candidate(lesson, 1.0, Heard(trouble=(quote,)), setting, (), None)
    good = lesson_candidate(replace(lesson, positive=True), 1.0, Heard(praise=(quote,)), setting, (), None)
    assert (good.relevance, good.rate, good.severity) == (bad.relevance, bad.rate, bad.severity)


def test_what_the_project_itself_said_is_no_past() -> None:
    quotes = [Quote("s1", "late", "NEW", "r1"), Quote("s2", "late", "P1", "r2")]
    setting = Setting(Project("NEW", "New"), [SimilarProject("P1", 1.0)])
    lesson = lesson_candidate(Lesson("l", "Late", project="P1"), 1.0, Heard(tuple(quotes)), setting, (), None)
    assert [quote.project for quote in lesson.quotes] == ["P1"]
    said = [(quotes[0], Kind.PROBLEM), (quotes[1], Kind.POSITIVE)]
    theme = Theme("t", "Late", projects=("NEW", "P1"))
    assert theme_candidate(theme, 2.0, discussed(said), setting, ()) is None
    said = [(quotes[0], Kind.POSITIVE), (quotes[1], Kind.PROBLEM)]
    found = theme_candidate(theme, 2.0, discussed(said), setting, ())
    assert found is not None
    assert [quote.statement for quote in found.quotes] == ["s2"]


def test_a_theme_that_a_lesson_treats_does_not_stand_beside_it_and_others_follow_the_lessons() -> None:
    lesson = replace(candidate("l", relevance=1.0), treats=frozenset({"t1"}))
    themes = [replace(candidate(name, relevance=5.0), scope=Scope.THEMES) for name in ("t1", "t2")]
    chosen = recommend([*themes, lesson], unit((1, 0, 0), (0, 1, 0), (0, 0, 1)), top=7)
    assert [one.source for one, _ in chosen] == ["l", "t2"]
