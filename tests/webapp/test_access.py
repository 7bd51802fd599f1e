"""Who may use what: every route of the app, by every role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from reviewkit.domain.words import UserRole
from reviewkit.workspace import Workspace
from tests.webapp.conftest import SignIn
from webapp import access
from webapp.access import ANYONE, TABLE

OPEN = {"/static/<path:filename>", "/health/live", "/health/ready", "/login", "/logout", "/r/<token>"}
OPEN |= {"/api/v1/respond/<token>", "/r/<token>/receipt", "/r/<token>/correct", "/r/<token>/erase"}
"""What may be reached without an account, said a second time so that a slip in the table is seen."""


def requests(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """(rule, method, a path of it) of every route."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            path = app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "x"))
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, path


def test_only_what_must_be_open_is_open(app: Flask) -> None:
    assert {rule.rule for rule, _, _ in requests(app) if TABLE[rule.endpoint] == ANYONE} == OPEN


def test_without_an_account_nothing_else_answers(app: Flask, client: FlaskClient) -> None:
    for rule, method, path in requests(app):
        if TABLE[rule.endpoint] == ANYONE:
            continue
        answer = client.open(path, method=method)
        if method == "GET":
            assert (answer.status_code, answer.location) == (303, f"/login?next={path}"), path
        else:
            assert answer.status_code == 401, path


@pytest.mark.parametrize("role", UserRole)
def test_each_role_reaches_what_it_may_and_nothing_else(app: Flask, signed_in: SignIn, role: UserRole) -> None:
    client = signed_in(role)
    for rule, method, path in requests(app):
        needed = TABLE[rule.endpoint]
        allowed = needed == ANYONE or role.rank >= UserRole(needed).rank
        answer = client.open(path, method=method)
        assert (answer.status_code != 403) == allowed, (method, path)
        assert answer.status_code not in (401, 500), (method, path)
        if rule.endpoint == "auth.logout":
            client = signed_in(role)


def test_viewers_change_nothing(app: Flask) -> None:
    changing = {rule.endpoint for rule, method, _ in requests(app) if method != "GET"}
    assert {endpoint for endpoint in changing if TABLE[endpoint] == UserRole.VIEWER} == set()


def test_every_form_but_the_respondents_needs_its_token(app: Flask, signed_in: SignIn) -> None:
    client = signed_in(UserRole.ADMIN)
    for rule, method, path in requests(app):
        if method == "GET" or rule.endpoint.startswith(("respond.", "respond_api.", "own_answers.")):
            continue
        for sent in ({}, {"csrf_token": "forged"}):
            answer = client.post(path, data=sent)
            assert answer.status_code == 400, path
            assert "came from another page" in answer.text


def test_a_route_that_nobody_decided_on_stops_the_app_from_starting(app: Flask) -> None:
    app.add_url_rule("/new", endpoint="new.page", view_func=lambda: "hello")
    with pytest.raises(LookupError, match=r"new\.page"):
        access.check(app)
    assert app.test_client().get("/new").status_code == 500  # and were it served, it would not answer


def test_the_table_names_no_route_that_is_gone(app: Flask) -> None:
    assert set(TABLE) == {rule.endpoint for rule in app.url_map.iter_rules()}


def test_an_account_that_was_disabled_is_out_at_once(ws: Workspace, signed_in: SignIn) -> None:
    client = signed_in(UserRole.ADMIN)
    assert client.get("/").status_code == 200
    ws.users.disable("admin")
    assert client.get("/").status_code == 303
