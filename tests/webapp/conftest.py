"""A workspace in memory, the app over it, and people who are logged in without the cost of a password."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviewkit.domain.ids import new_secret
from reviewkit.domain.people import Session, User
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import UserRole
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.reviewing.reviews import token_hash
from tests.clock import Clock
from webapp import create_app
from webapp.sessions import COOKIE

SignIn = Callable[[UserRole], FlaskClient]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ws(clock: Clock) -> Iterator[Workspace]:
    with open_workspace(":memory:", Settings(login_attempts=5), now=clock) as workspace:
        workspace.projects.add(Project("TAP", "Tap-on ticketing"))
        yield workspace


@pytest.fixture
def app(ws: Workspace) -> Flask:
    return create_app(ws)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def review(ws: Workspace) -> Review:
    return ws.reviews.open(ws.reviews.new("TAP").id)


@pytest.fixture
def token(ws: Workspace, review: Review) -> str:
    return ws.reviews.new_link(review.id)


@pytest.fixture
def signed_in(app: Flask, ws: Workspace) -> SignIn:
    def sign_in(role: UserRole) -> FlaskClient:
        store, now, secret = ws.context.store, ws.context.now(), new_secret()
        store.users.put(User(role, role.title(), role, password_hash="none"))
        store.sessions.put(Session(token_hash(secret), role, now, now + timedelta(hours=1)))
        client = app.test_client()
        client.set_cookie(COOKIE, secret)
        return client

    return sign_in
