"""Projects: added once, closed once, and whose names are taken out of answers."""

from __future__ import annotations

from datetime import date

import pytest

from reviewkit.domain.errors import AlreadyThere, Invalid, NotFound, TransitionRefused
from reviewkit.domain.projects import Project
from reviewkit.domain.words import ProjectStatus
from reviewkit.workspace import Workspace
from reviewkit.workspace.projects import roster


def test_a_key_is_taken_once(workspace: Workspace) -> None:
    with pytest.raises(AlreadyThere, match="TAP"):
        workspace.projects.add(Project("TAP", "Again"))


@pytest.mark.parametrize("key", ["", " ", "a b", "a/b", "a?b", "%2e"])
def test_a_key_stands_in_addresses(workspace: Workspace, key: str) -> None:
    with pytest.raises(Invalid):
        workspace.projects.add(Project(key, "New"))


def test_closing_dates_it_and_happens_once(workspace: Workspace) -> None:
    workspace.projects.add(Project("NEW", "New", planned_finish=date(2026, 2, 1)))
    closed = workspace.projects.close("NEW", finished=date(2026, 2, 15))
    assert (closed.status, closed.days_late) == (ProjectStatus.CLOSED, 14)
    with pytest.raises(TransitionRefused):
        workspace.projects.close("NEW")
    workspace.projects.add(Project("SHORT", "Never marked as running", status=ProjectStatus.PROPOSED))
    assert workspace.projects.close("SHORT").status is ProjectStatus.CLOSED
    with pytest.raises(NotFound):
        workspace.projects.close("NONE")


def test_people_are_on_the_roster_and_posts_are_not(workspace: Workspace) -> None:
    workspace.projects.set_roster(["Nell Whitcombe"])
    workspace.projects.add(Project("A", "A", sponsor="Director of Operations", manager="Priya Raman"))
    workspace.projects.add(Project("B", "B", sponsor="PMO", manager="Programme Board"))
    assert roster(workspace.context.store) == ["Nell Whitcombe", "Priya Raman"]
