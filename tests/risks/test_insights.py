"""Classes of comparison, responses, and themes before and after their lesson was embedded."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.insights import ALL, Comparison, attribute
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Occurred, RiskNature, RiskResponse
from reviewkit.lessons.embedding import Lived, recurrence
from reviewkit.risks.responses import responses

WORDS = st.sampled_from(("", "Software", "software", "construction"))
PROJECTS = st.lists(
    st.builds(Project, st.uuids().map(str), st.just("x"), st.just(""), WORDS, WORDS, WORDS, st.integers(0, 900)),
    max_size=12,
)
COMPARISONS = st.builds(Comparison, WORDS, WORDS, WORDS, st.sampled_from(("", "under 100", "500 and more")))
KEYS = st.sampled_from("ABCDEF")
RISKS = st.lists(
    st.builds(
        lambda number, project, occurred, response: Risk(
            f"{project}:{number}", project, str(number), "x", occurred=occurred, response=response
        ),
        st.integers(),
        KEYS,
        st.sampled_from(Occurred),
        st.sampled_from([*RiskResponse, None]),
    ),
    max_size=30,
    unique_by=lambda risk: risk.id,
)
DAYS = st.none() | st.dates(date(2015, 1, 1), date(2025, 1, 1))


@given(COMPARISONS, PROJECTS)
def test_each_step_holds_the_one_before_and_the_last_holds_all(comparison: Comparison, projects: list[Project]) -> None:
    classes = [set(step.of(projects)) for step in comparison.steps]
    assert all(narrow <= wide for narrow, wide in itertools.pairwise(classes))
    assert comparison.steps[-1] == ALL
    assert classes[-1] == {project.key for project in projects}
    assert 1 <= len(classes) <= 3


def test_size_is_told_in_bands() -> None:
    sizes = {size: attribute(Project("A", "A", size=size), "size") for size in (None, 0, 99, 100, 499, 500)}
    assert list(sizes.values()) == ["", "under 100", "under 100", "100 to 499", "100 to 499", "500 and more"]


@given(RISKS, st.lists(st.sets(KEYS), min_size=1, max_size=3))
def test_responses_count_each_settled_entry_once(risks: list[Risk], classes: list[set[str]]) -> None:
    found = responses(risks, classes)
    for number, keys in enumerate(classes):
        settled = [risk for risk in risks if risk.project in keys and risk.occurred is not Occurred.UNKNOWN]
        assert sum(one.rates[number].n for one in found) == len(settled)
        assert sum(one.rates[number].k for one in found) == sum(risk.occurred is Occurred.NO for risk in settled)
    for one in found:
        assert all(0 <= rate.low <= rate.high <= 1 and rate.k <= rate.n for rate in one.rates)
        assert all(set(projects) <= keys for projects, keys in zip(one.projects, classes, strict=True))


def test_opportunities_are_no_threats_that_stayed_away() -> None:
    assert not responses([Risk("A:1", "A", "1", "x", nature=RiskNature.OPPORTUNITY, occurred=Occurred.NO)], [{"A"}])


@given(st.lists(st.builds(Lived, KEYS, DAYS, DAYS), unique_by=lambda one: one.project), st.sets(KEYS))
def test_every_project_is_before_after_or_on_neither_side(lived: list[Lived], raised: set[str]) -> None:
    theme = Theme("t", "Late", projects=tuple(sorted(raised)))
    found = recurrence(Lesson("L", "x"), theme, date(2020, 1, 1), lived)
    sides = [*found.before.projects, *found.after.projects, *found.running]
    assert sorted(sides) == sorted(one.project for one in lived)
    assert {*found.before.hits, *found.after.hits} <= raised


def test_a_project_under_way_when_the_lesson_was_embedded_is_on_neither_side() -> None:
    lived = [
        Lived("OLD", date(2018, 1, 1), date(2019, 1, 1)),
        Lived("MID", date(2019, 6, 1), date(2020, 6, 1)),
        Lived("NEW", date(2020, 2, 1), date(2021, 1, 1)),
        Lived("LOST", None, None),
    ]
    theme = Theme("t", "Late", projects=("MID", "OLD"))
    found = recurrence(Lesson("L", "x"), theme, date(2020, 1, 1), lived)
    assert (str(found.before), str(found.after), found.running) == ("1 of 1", "0 of 1", ("MID", "LOST"))
