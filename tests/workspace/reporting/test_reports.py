"""The report of a small organisation, whole; and what it keeps to itself."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from reviewkit.domain.errors import NotFound
from reviewkit.domain.kickoffs import Action
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response
from reviewkit.domain.themes import Link
from reviewkit.domain.words import (
    ActionState,
    Anonymity,
    Confidence,
    LinkState,
    ProjectStatus,
    ReportFormat,
    RespondentRole,
    ReviewStatus,
    Scope,
)
from reviewkit.report.evidence import ReportEvidence
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.reporting.gathering import gather
from tests.clock import Clock
from tests.webapp.organisation import found

SNAPSHOT = Path(__file__).with_name("tap.md")


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with open_workspace(":memory:", Settings(), now=Clock()) as workspace:
        yield found(workspace)


def markdown(ws: Workspace, project: str = "TAP") -> str:
    text = ws.reports.file(project, ReportFormat.MARKDOWN).decode()
    return text.replace(f"{ws.context.today.day}\N{NO-BREAK SPACE}{ws.context.today:%b\N{NO-BREAK SPACE}%Y}", "TODAY")


def evidence(ws: Workspace, project: str = "TAP") -> ReportEvidence:
    return gather(ws.context, project)


@pytest.fixture
def named(ws: Workspace) -> Workspace:
    """The same with a review of people who gave their names, of which all is told however few they are."""
    ws.context.store.reviews.put(replace(ws.reviews.get("PIR-TAP"), anonymity=Anonymity.NAMED))
    return ws


def test_the_whole_report_is_as_it_was(named: Workspace) -> None:
    ws = named
    ws.actions.add("TAP", "Visit the factory", owner="Nell", due=ws.context.today - timedelta(days=1))
    assert markdown(ws) == SNAPSHOT.read_text(encoding="utf-8")


@pytest.mark.parametrize("written_as", [ReportFormat.HTML, ReportFormat.MARKDOWN])
def test_the_same_workspace_gives_the_same_bytes(ws: Workspace, written_as: ReportFormat) -> None:
    assert ws.reports.file("TAP", written_as) == ws.reports.file("TAP", written_as)


def test_a_project_of_which_nothing_is_known_says_so_plainly(ws: Workspace) -> None:
    ws.projects.add(Project("BARE", "Bare", status=ProjectStatus.ACTIVE))
    text = markdown(ws, "BARE")
    for said in (
        "Nobody was asked yet.",
        "No risk register is on record",
        "There is no brief on record",
        "How schedule and cost came out is not known",
        "No lesson was written for this project yet.",
        "No action is on record.",
    ):
        assert said in text
    assert ws.reports.file("BARE", ReportFormat.DOCX).startswith(b"PK")


def test_nothing_is_told_of_a_review_that_too_few_answered(ws: Workspace) -> None:
    text = markdown(ws, "LIBRARY")
    assert "secret words" not in text
    assert "kept back until at least 5 people" in text
    assert "Fewer than 5 people answered" in text
    assert not re.search(r"\b3 (people|of)", text)


def test_what_too_few_said_to_be_told_apart_stands_together(ws: Workspace) -> None:
    text = markdown(ws)
    assert "Nothing was told that went badly" not in text
    assert text.count("praise, trouble and advice to be told apart") == 3
    together = text[text.index("## What people said, told together") :]
    assert "“The training rooms were too small” — All questions" in together


def test_a_draft_review_is_left_out(ws: Workspace) -> None:
    ws.reviews.new("TAP", title="Not opened yet")
    assert "Not opened yet" not in markdown(ws)


def test_an_unknown_project_is_named(ws: Workspace) -> None:
    with pytest.raises(NotFound, match="NONE"):
        ws.reports.document("NONE")


def test_what_people_wrote_is_no_markup(ws: Workspace) -> None:
    assert "<script>" not in ws.reports.file("TAP", ReportFormat.HTML).decode()
    assert "&lt;script&gt;alert(1)" in ws.reports.file("TAP", ReportFormat.HTML).decode()
    assert "\\<script\\>alert(1)" in markdown(ws)


@pytest.mark.parametrize("seed", range(40))
def test_no_number_stands_for_one_to_four_people(ws: Workspace, seed: int) -> None:
    """Over random answers: neither a cell nor what is left of a question's answers when its cells are taken away."""
    rng = random.Random(seed)
    review = ws.reviews.get("PIR-TAP")
    people = rng.randint(5, 30)
    with ws.context.store.write():
        for one in ws.responses.list(review.id):
            ws.context.store.responses.delete(one.id)
        ws.context.store.responses.put(*(_answered(rng, review.id, number) for number in range(people)))
    (voice,) = evidence(ws).voices
    assert voice.responses == people
    for rated in voice.rated:
        assert rated.people is None or rated.people >= 5
        assert all(count == 0 or count >= 5 for _, count, _ in rated.cells)
        if rated.cells:
            assert people - sum(count for _, count, _ in rated.cells) not in range(1, 5)
        if rated.note or (rated.scale is False and voice.score):
            assert not any(together for _, _, together in rated.cells)
    told = sum(count for _, count, _ in voice.roles)
    assert all(count >= 5 for _, count, _ in voice.roles)
    assert not voice.roles or people - told not in range(1, 5)
    assert all(people % 5 == 0 for _, people in voice.themes)


def test_a_named_review_is_told_in_full(named: Workspace) -> None:
    (voice,) = evidence(named).voices
    overall = next(one for one in voice.rated if one.overall and one.scale)
    assert overall.cells == (("1", 1, False), ("2", 1, False), ("3", 0, False), ("4", 3, False), ("5", 2, False))
    assert overall.note == "3.6 on average"


def test_ties_to_the_register_are_a_persons_or_a_suggestion_of_more_than_low_confidence(ws: Workspace) -> None:
    store = ws.context.store
    statement = evidence(ws).voices[0].said[0].statement
    with store.write():
        store.links.put(
            Link(Scope.THEMES, "rooms", "TAP:R1", 0.2, Confidence.LOW),
            Link(Scope.THEMES, "rooms", "TAP:R2", 0.2, Confidence.LOW, LinkState.CONFIRMED),
            Link(Scope.STATEMENTS, statement, "TAP:R1", 0.9, Confidence.HIGH),
            Link(Scope.STATEMENTS, "PIR-LIB-s0", "TAP:R1", 0.9, Confidence.HIGH),
        )
    register = {one.risk.ref: one for one in evidence(ws).register}
    assert register["R1"].themes == (("Late deliveries", False),)
    assert register["R2"].themes == (("Rooms too small", True),)
    assert [one.statement for one in register["R1"].said] == [statement]


def test_a_trouble_is_foreseen_here_elsewhere_or_nowhere(named: Workspace) -> None:
    ws = named
    store = ws.context.store
    theme = replace(store.themes.get("late"), troubles=6)
    with store.write():
        store.themes.put(theme)
    (trouble,) = (one for one in evidence(ws).troubles if one.theme.id == "late")
    assert (trouble.people, trouble.here, trouble.elsewhere) == (6, ("R1 Validators late",), ())
    with store.write():
        store.links.put(replace(store.links.all(source="late")[0], state=LinkState.REJECTED))
    assert [one.theme.id for one in evidence(ws).blind_spots] == ["late"]
    with store.write():
        store.links.put(Link(Scope.THEMES, "late", "LIBRARY:R1", 0.8, Confidence.HIGH))
    (trouble,) = (one for one in evidence(ws).troubles if one.theme.id == "late")
    assert (trouble.here, trouble.elsewhere) == ((), ("Library <refit>",))


def test_open_actions_come_first_and_late_ones_are_called_overdue(ws: Workspace) -> None:
    done = ws.actions.add("TAP", "Done already", due=date(2020, 1, 1))
    ws.actions.settle(done.id, ActionState.DONE)
    ws.actions.add("TAP", "Long due", due=date(2020, 1, 1))
    text = markdown(ws)
    assert "1 of 2 actions is open and overdue." in text
    assert text.index("| Long due") < text.index("| Done already")
    assert [one.state for one in evidence(ws).actions if isinstance(one, Action)].count(ActionState.DONE) == 1


def test_an_open_review_says_that_it_may_change(ws: Workspace) -> None:
    opened = replace(ws.reviews.get("PIR-TAP"), status=ReviewStatus.OPEN, opens=datetime(2026, 1, 2, tzinfo=UTC))
    ws.reviews.put_all([opened])
    text = markdown(ws)
    assert "A review is still open" in text
    assert "open since 2\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2026" in text


def _answered(rng: random.Random, review: str, number: int) -> Response:
    answers: dict[str, str | int | tuple[str, ...]] = {}
    if rng.random() < 0.8:
        answers["overall"] = rng.randint(1, 5)
    if rng.random() < 0.6:
        answers["nps"] = rng.randint(0, 10)
    if rng.random() < 0.5:
        answers["objectives_met"] = rng.choice(["yes", "partly", "no"])
    role = rng.choice([None, *RespondentRole])
    return Response(f"{review}-{number}", review, f"k{number}", f"r{number}", role, date(2024, 1, 2), answers)
