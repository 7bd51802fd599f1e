"""/insights: rates that can be followed, classes that widen by links, and the back-test's place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.words import Occurred, ProjectStatus, UserRole
from reviewkit.workspace import Workspace
from tests.webapp import organisation
from tests.webapp.conftest import SignIn


@pytest.fixture
def curator(signed_in: SignIn) -> FlaskClient:
    return signed_in(UserRole.CURATOR)


@pytest.fixture
def full(ws: Workspace) -> Workspace:
    store = organisation.found(ws).context.store
    with store.write():
        store.themes.put(replace(store.themes.get("rooms"), troubles=2))
        for number in range(12):
            key = f"S{number}"
            store.projects.put(Project(key, f"Suite {number}", kind="software", status=ProjectStatus.CLOSED))
            store.risks.put(Risk(f"{key}:R9", key, "R9", "Budget cut by the council", occurred=Occurred.NO))
    return organisation.searchable(ws)


def text(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def test_an_empty_workspace_says_how_to_begin(curator: FlaskClient) -> None:
    assert "No project is finished yet." in text(curator, "/insights")


def test_a_rate_names_the_projects_it_counts(curator: FlaskClient, full: Workspace) -> None:
    page = text(curator, "/insights")
    assert "0 of 12" in page
    assert 'href="/projects/S3"' in page
    assert "Rooms too small" in page
    assert "1 of 1" in page


def test_the_class_widens_by_links_and_shows_how_the_rate_moves(curator: FlaskClient, full: Workspace) -> None:
    assert 'href="/insights?kind=software"' in text(curator, "/insights")
    page = text(curator, "/insights?kind=software&method=Scrum")
    assert "One wider" in page
    assert "All projects" in page
    assert "nothing to count" in page
    assert "0 of 12" in page
    assert 'href="/insights?kind=software"' in page
    assert 'href="/insights"' in page


def test_a_class_that_nobody_knows_is_empty_and_no_error(curator: FlaskClient, full: Workspace) -> None:
    page = text(curator, "/insights?kind=<script>&only=nonsense&size=huge")
    assert "<script>, size" not in page
    assert "&lt;script&gt;" in page


def test_one_section_can_stand_alone(curator: FlaskClient, full: Workspace) -> None:
    page = text(curator, "/insights?only=false-alarms")
    assert "False alarms" in page
    assert "Base rates" not in page
    assert "All insights" in page


def test_the_backtest_is_made_on_demand_and_kept(curator: FlaskClient, full: Workspace) -> None:
    assert "Not tested yet." in text(curator, "/insights")
    token = re.search(r'name="csrf_token" value="([^"]+)"', curator.get("/insights").get_data(as_text=True))
    assert token is not None
    answer = curator.post("/insights/backtest", data={"csrf_token": token[1]})
    assert (answer.status_code, answer.location) == (303, "/insights#backtest")
    assert full.backtest.latest() is not None
    assert "nothing to test yet" in text(curator, "/insights")


def test_a_viewer_reads_and_is_offered_no_test(signed_in: SignIn, full: Workspace) -> None:
    page = text(signed_in(UserRole.VIEWER), "/insights")
    assert "Blind spots" in page
    assert "Test it" not in page


def test_words_of_a_review_too_small_to_be_shown_are_nowhere(curator: FlaskClient, full: Workspace) -> None:
    assert "Asbestos" not in text(curator, "/insights")
