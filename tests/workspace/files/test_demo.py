"""The demo starts afresh in a workspace of its own, and never touches anybody else's."""

from __future__ import annotations

import pytest

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.files.demo import NotADemo, start_afresh
from reviewkit.workspace.files.samples import load_samples


def test_somebodys_own_workspace_is_refused_and_left_as_it_is(workspace: Workspace) -> None:
    with pytest.raises(NotADemo, match="--workspace"):
        start_afresh(workspace)
    assert [project.key for project in workspace.projects.list()] == ["TAP"]


def test_a_demo_is_emptied_of_all_that_was_done_in_it() -> None:
    with open_workspace(":memory:", Settings()) as ws:
        start_afresh(ws)
        first = load_samples(ws)
        ws.lessons.put_all([Lesson("MINE", "Mine")])
        ws.reviews.new_link("PIR-TAP")
        ws.users.log_in("callum", first.password)
        start_afresh(ws)
        assert (ws.projects.list(), ws.lessons.list(), ws.users.list(), ws.reviews.list()) == ([], [], [], [])
        assert ws.context.store.responses.count() == 0
        again = load_samples(ws)
        assert (again.projects, again.responses, again.lessons) == (first.projects, first.responses, first.lessons)


def test_an_empty_workspace_becomes_a_demo() -> None:
    with open_workspace(":memory:", Settings()) as ws:
        start_afresh(ws)
        ws.projects.add(Project("OWN", "My own"))
        start_afresh(ws)
        assert ws.projects.list() == []
