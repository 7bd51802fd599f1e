"""A workspace in memory on a clock that tests can turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reviewkit.domain.projects import Project
from reviewkit.domain.words import ProjectStatus
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.context import Engines
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def engines() -> Engines:
    """The real ones, loaded once."""
    return Engines(Settings())


@pytest.fixture
def workspace(clock: Clock, engines: Engines) -> Iterator[Workspace]:
    with open_workspace(":memory:", Settings(), now=clock, engines=engines) as ws:
        ws.projects.add(Project("TAP", "Tap-on ticketing", kind="software", status=ProjectStatus.CLOSED))
        yield ws
