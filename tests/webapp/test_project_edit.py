"""A project's attributes are changed in a form; what cannot be read is told beside its field."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from reviewkit.domain.words import Choice, ProjectStatus, UserRole
from reviewkit.workspace import Workspace
from tests.webapp import organisation
from tests.webapp.conftest import SignIn
from tests.webapp.looking import get, send

PAGE = "/projects/QUAY/edit"
TYPED = {
    "name": "Quayside hall",
    "kind": "construction",
    "domain": "transport",
    "method": "waterfall",
    "size": "12",
    "planned_start": "2027-02-01",
    "planned_finish": "2028-02-01",
    "planned_budget": "1,250,000.50",
    "currency": "EUR",
    "sponsor": "Nell Ward",
    "manager": "Omar Reyes",
    "tags": "harbour, permits, harbour",
}


@pytest.fixture
def org(ws: Workspace) -> Workspace:
    return organisation.found(ws)


@pytest.fixture
def client(org: Workspace, signed_in: SignIn) -> FlaskClient:
    return signed_in(UserRole.FACILITATOR)


def test_attributes_are_kept_and_brief_and_status_stay(org: Workspace, client: FlaskClient) -> None:
    assert send(client, PAGE, PAGE, **TYPED, back="kickoff") == (303, "/projects/QUAY/kickoff")
    project = org.projects.get("QUAY")
    assert (project.name, project.domain, project.size) == ("Quayside hall", "transport", 12)
    assert (project.planned_finish, project.planned_budget) == (date(2028, 2, 1), 1_250_000.5)
    assert project.tags == ("harbour", "permits")
    assert project.status is ProjectStatus.PROPOSED
    assert "Buses meet the ferry" in project.brief
    shown = client.get(PAGE).text
    assert 'value="1250000.50"' in shown
    assert 'value="harbour, permits"' in shown


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("size", "a dozen"),
        ("size", "0"),
        ("planned_start", "soon"),
        ("planned_finish", "2026-01-01"),
        ("planned_budget", "nan"),
        ("planned_budget", "-5"),
        ("actual_budget", "lots"),
        ("tags", ",".join(map(str, range(30)))),
        ("kind", "x" * 300),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field_and_nothing_is_lost(
    org: Workspace, client: FlaskClient, field: str, typed: str
) -> None:
    before = org.projects.get("QUAY")
    token = next(one["value"] for one in get(client, PAGE).all("input") if one.get("name") == "csrf_token")
    answer = client.post(PAGE, data={**TYPED, field: typed, "csrf_token": token})
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    assert 'value="Omar Reyes"' in answer.text
    assert org.projects.get("QUAY") == before


def test_a_viewer_may_not(org: Workspace, signed_in: SignIn) -> None:
    client = signed_in(UserRole.VIEWER)
    assert client.get(PAGE).status_code == 403
    assert "/edit" not in client.get("/projects/QUAY/kickoff").text


def test_a_project_is_added_and_goes_on_to_its_kickoff(ws: Workspace, signed_in: SignIn) -> None:
    client = signed_in(UserRole.FACILITATOR)
    assert "/projects/new" in {one.get("href") for one in get(client, "/").all("a")}
    typed = {**TYPED, "key": "HALL", "status": "proposed"}
    assert send(client, "/projects/new", "/projects", **typed) == (303, "/projects/HALL/kickoff")
    project = ws.projects.get("HALL")
    assert (project.name, project.size, project.status) == ("Quayside hall", 12, ProjectStatus.PROPOSED)
    ended = {"name": "Old hall", "key": "OLD", "status": "closed"}
    assert send(client, "/projects/new", "/projects", **ended) == (303, "/projects/OLD")
    assert ws.projects.get("OLD").is_finished


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("key", ""),
        ("key", "two words"),
        ("key", "new"),
        ("key", "QUAY"),
        ("name", ""),
        ("status", "burning"),
        ("planned_finish", "2026-01-01"),
    ],
)
def test_what_cannot_be_added_is_told_beside_its_field(
    org: Workspace, client: FlaskClient, field: str, typed: str
) -> None:
    before = org.projects.list()
    token = next(one["value"] for one in get(client, "/projects/new").all("input") if one.get("name") == "csrf_token")
    sent = {**TYPED, "key": "HALL", "status": "proposed", field: typed, "csrf_token": token}
    answer = client.post("/projects", data=sent)
    assert answer.status_code in (409, 422)
    assert f'id="{field}-problem"' in answer.text
    assert 'value="Omar Reyes"' in answer.text
    assert org.projects.list() == before


def test_a_viewer_may_not_add_one(org: Workspace, signed_in: SignIn) -> None:
    client = signed_in(UserRole.VIEWER)
    assert client.get("/projects/new").status_code == 403
    assert "/projects/new" not in client.get("/projects").text


def test_a_curator_sees_who_did_not_take_a_lesson_and_why(org: Workspace, signed_in: SignIn) -> None:
    org.kickoffs.decide(organisation.ACCEPT, Choice.DISMISSED, text="It is wrong or out of date: new rule", who="ada")
    client = signed_in(UserRole.CURATOR)
    for page in ("/lessons/queue", "/lessons/L1"):
        text = client.get(page).text
        assert "Dismissed once at kickoffs: it is wrong or out of date." in text
        assert "It is wrong or out of date: new rule" in text
