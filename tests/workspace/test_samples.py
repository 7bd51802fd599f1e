"""The sample organisation keeps its own promises, and loading it twice adds nothing."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

import reviewkit
from reviewkit.collect.answers import clean_text
from reviewkit.domain.errors import NotFound
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response
from reviewkit.domain.words import Area, Kind, LessonState, Occurred, ProjectStatus, RespondentRole, ReviewStatus
from reviewkit.workspace import Workspace
from reviewkit.workspace.files.samples import (
    load_samples,
    sample_file,
    sample_lessons,
    sample_projects,
    sample_responses,
    sample_reviews,
    sample_risks,
    sample_rows,
)

KINDS = {"software", "infrastructure", "organisational change", "construction", "supplier change"}


@pytest.fixture(scope="module")
def projects() -> dict[str, Project]:
    return {project.key: project for project in sample_projects()}


@pytest.fixture(scope="module")
def responses() -> dict[str, Response]:
    found = [response for review in sample_reviews() for response in sample_responses(review)]
    assert len({response.id for response in found}) == len(found)
    return {response.id: response for response in found}


@pytest.fixture(scope="module")
def truth() -> list[dict[str, str]]:
    return sample_rows("truth/statements.csv")


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with reviewkit.open_workspace(":memory:") as opened:
        yield opened


def test_there_are_enough_projects_of_every_kind(projects: dict[str, Project]) -> None:
    finished = [project for project in projects.values() if project.is_finished]
    starting = [project.key for project in projects.values() if project.is_starting]
    assert len(finished) == 16
    assert starting == ["ROSTER", "QUAY"]
    assert {project.kind for project in projects.values()} == KINDS
    assert {project.status for project in projects.values()} == {ProjectStatus.CLOSED, ProjectStatus.PROPOSED}


def test_finished_projects_tell_what_was_planned_and_what_came_of_it(projects: dict[str, Project]) -> None:
    for project in projects.values():
        assert project.planned_start
        assert project.planned_finish
        assert project.planned_budget
        assert project.planned_start < project.planned_finish
        assert project.sponsor
        assert project.manager
        assert project.size
        assert project.tags
        if project.is_finished:
            assert project.actual_start
            assert project.actual_finish
            assert project.actual_budget
            assert 60 <= len(project.brief.split()) <= 120
        else:
            assert (project.actual_start, project.actual_finish, project.actual_budget) == (None, None, None)
            assert len(project.brief.split()) >= 200
    spans = [project.actual_finish for project in projects.values() if project.actual_finish]
    assert max(spans) - min(spans) > timedelta(days=3 * 365)


def test_registers_hold_what_became_of_each_risk(projects: dict[str, Project]) -> None:
    risks = sample_risks()
    assert len(risks) >= 140
    assert len({risk.id for risk in risks}) == len(risks)
    for risk in risks:
        assert risk.id == f"{risk.project}:{risk.ref}"
        assert risk.project in projects
        assert risk.title
        assert risk.event
        assert risk.effect
        assert risk.owner
        assert risk.response
    for key, project in projects.items():
        outcomes = Counter(risk.occurred for risk in risks if risk.project == key)
        if project.is_starting:
            assert set(outcomes) == {Occurred.UNKNOWN}
        else:
            assert sum(outcomes.values()) >= 9
            assert outcomes[Occurred.YES] >= 2
            assert outcomes[Occurred.NO] >= 2


def test_every_finished_project_has_one_closed_review(
    projects: dict[str, Project], responses: dict[str, Response]
) -> None:
    reviews = {review.id: review for review in sample_reviews()}
    assert sorted(review.project for review in reviews.values()) == sorted(
        k for k, p in projects.items() if p.is_finished
    )
    answered = Counter(response.review for response in responses.values())
    for review in reviews.values():
        assert review.status is ReviewStatus.CLOSED
        assert review.invited is not None
        assert 20 <= answered[review.id] < review.invited


def test_answers_are_many_and_were_given_within_five_weeks(
    projects: dict[str, Project], responses: dict[str, Response]
) -> None:
    reviews = {review.id: review for review in sample_reviews()}
    assert len(responses) >= 320
    assert {response.role for response in responses.values()} == set(RespondentRole)
    for response in responses.values():
        review = reviews[response.review]
        finish = projects[review.project].actual_finish
        assert finish is not None
        assert timedelta(0) <= response.submitted - finish <= timedelta(weeks=5)
        assert review.opens is not None
        assert review.closes is not None
        assert review.opens.date() <= response.submitted < review.closes.date()


def test_the_order_of_responses_does_not_tell_when_they_came() -> None:
    in_order = 0
    for review in sample_reviews():
        rows = sample_rows(f"responses/{review.project}.csv")
        ids = [row["id"] for row in rows]
        assert ids == sorted(ids)
        assert all(re.fullmatch("[a-z2-9]{12}", one) for one in ids)
        days = [row["submitted"] for row in rows]
        in_order += days == sorted(days)
    assert in_order == 0


def test_answers_stand_in_the_files_as_they_are_stored() -> None:
    for review in sample_reviews():
        for row in sample_rows(f"responses/{review.project}.csv"):
            assert all(clean_text(cell) == cell for cell in row.values() if cell)


def test_no_two_statements_say_the_same(truth: list[dict[str, str]]) -> None:
    said = Counter(re.sub(r"\W+", " ", row["text"]).strip().casefold() for row in truth)
    assert [text for text, count in said.items() if count > 1] == []


def test_statements_of_the_truth_stand_where_they_are_said_to(
    truth: list[dict[str, str]], responses: dict[str, Response]
) -> None:
    assert len(truth) >= 900
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in truth:
        answer = responses[row["response"]].answers[row["question"]]
        start, end = int(row["start"]), int(row["end"])
        assert isinstance(answer, str)
        assert answer[start:end] == row["text"] == row["text"].strip()
        spans[row["response"], row["question"]].append((start, end))
    for (response, question), found in spans.items():
        answer = str(responses[response].answers[question])
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
        left = "".join(char for at, char in enumerate(answer) if not any(start <= at < end for start, end in found))
        assert re.fullmatch(r"[\s\-]*", left), "only white space and bullets belong to no statement"


def test_every_open_answer_is_covered_by_the_truth(truth: list[dict[str, str]], responses: dict[str, Response]) -> None:
    questions = sample_reviews()[0].questions
    told = {(row["response"], row["question"]) for row in truth}
    answered = {
        (response.id, question.key)
        for response in responses.values()
        for question in questions
        if question.type.is_open and question.key in response.answers
    }
    assert told == answered


def test_the_truth_uses_its_vocabularies(truth: list[dict[str, str]], responses: dict[str, Response]) -> None:
    themes = {row["key"]: Area(row["area"]) for row in sample_rows("truth/themes.csv")}
    assert set(themes.values()) == set(Area)
    assert {row["theme"] for row in truth} == {*themes, ""}
    assert {row["kind"] for row in truth} == set(Kind)
    assert 0.05 < sum(not row["theme"] for row in truth) / len(truth) < 0.15
    risks = {risk.id: risk for risk in sample_risks()}
    projects = {review.id: review.project for review in sample_reviews()}
    for row in truth:
        if row["risk"]:
            assert risks[row["risk"]].project == projects[responses[row["response"]].review]
    raised_in: dict[str, set[str]] = defaultdict(set)
    for row in truth:
        raised_in[row["theme"]].add(responses[row["response"]].review)
    assert all(len(raised_in[theme]) >= 3 for theme in themes)


def test_lessons_are_complete_and_lead_somewhere(projects: dict[str, Project]) -> None:
    lessons = sample_lessons()
    risks = {risk.id for risk in sample_risks()}
    themes = {row["key"] for row in sample_rows("truth/themes.csv")}
    assert len(lessons) >= 30
    assert len({lesson.id for lesson in lessons}) == len({lesson.title for lesson in lessons}) == len(lessons)
    assert 0.2 < sum(lesson.positive for lesson in lessons) / len(lessons) < 0.45
    for lesson in lessons:
        assert lesson.id.startswith(f"L-{lesson.project}-")
        assert lesson.learned == projects[lesson.project].actual_finish
        assert lesson.recommendation
        assert lesson.owner
        assert lesson.area
        assert lesson.phase
        assert {risk.split(":")[0] for risk in lesson.risks} <= {lesson.project}
        assert set(lesson.risks) <= risks
    assert {row["theme"] for row in sample_rows("truth/lessons.csv")} <= themes
    assert {row["lesson"] for row in sample_rows("truth/lessons.csv")} == {lesson.id for lesson in lessons}


def test_every_lesson_is_graded_for_both_starting_projects() -> None:
    graded = {(row["project"], row["lesson"]): int(row["grade"]) for row in sample_rows("truth/recommendations.csv")}
    lessons = {lesson.id: lesson for lesson in sample_lessons()}
    assert set(graded) == {(project, lesson) for project in ("ROSTER", "QUAY") for lesson in lessons}
    for project in ("ROSTER", "QUAY"):
        grades = Counter(grade for (graded_for, _), grade in graded.items() if graded_for == project)
        assert set(grades) == {0, 1, 2}
        assert 7 <= grades[2] < len(lessons) / 2


def test_loading_fills_an_empty_workspace(ws: Workspace) -> None:
    summary = load_samples(ws)
    assert (summary.projects, summary.reviews, summary.responses) == (18, 16, 348)
    assert summary.risks == len(ws.risks.list()) == 175
    assert summary.lessons == len(ws.lessons.list()) == 48
    assert sum(entry.responses for entry in ws.reviews.list()) == 348
    assert [str(user.role) for user in summary.accounts] == ["viewer", "facilitator", "curator", "admin"]
    assert ws.users.log_in(summary.accounts[0].name, summary.password)


def test_loading_twice_adds_nothing_and_undoes_nothing(ws: Workspace) -> None:
    load_samples(ws)
    mended = replace(ws.lessons.get("L-NETREF-3"), recommendation="Ring each branch a week before.")
    retired = ws.lessons.get("L-TAP-1").state
    ws.lessons.put_all([mended])
    ws.lessons.move("L-TAP-1", LessonState.RETIRED, who="callum")
    assert retired is not LessonState.RETIRED
    again = load_samples(ws)
    assert (again.projects, again.risks, again.reviews, again.responses, again.lessons) == (0, 0, 0, 0, 0)
    assert ws.lessons.get("L-NETREF-3") == mended
    assert ws.lessons.get("L-TAP-1").state is LessonState.RETIRED
    assert len(ws.users.list()) == len(again.accounts)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match=r"truth/nothing\.csv"):
        sample_file("truth/nothing.csv")
