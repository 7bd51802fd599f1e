"""Looking at pages as a person does: their words, their links, their forms."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviewkit.domain.people import Session, User
from reviewkit.domain.words import UserRole
from reviewkit.workspace import Workspace
from reviewkit.workspace.reviewing.reviews import token_hash
from webapp.sessions import COOKIE

BLOCKS = frozenset(["p", "h1", "h2", "h3", "li", "dt", "dd", "td", "th", "div", "caption", "option"])


class Page(HTMLParser):
    """What a test needs of a page: its tags with their attributes, and its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.text += " " if tag in BLOCKS else ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def get(client: FlaskClient, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return Page(response.text)


def send(client: FlaskClient, page: str, path: str, **fields: str) -> tuple[int, str]:
    """Sends a form that stands on `page` and gives the answer's status and where it leads."""
    token = next(one["value"] for one in get(client, page).all("input") if one.get("name") == "csrf_token")
    response = client.post(path, data={"csrf_token": token, **fields})
    return response.status_code, response.location or ""


class Reader:
    """Pages as an account of some role sees them, each asked for once."""

    def __init__(self, app: Flask, ws: Workspace) -> None:
        self._app, self._ws = app, ws
        self._clients: dict[UserRole, FlaskClient] = {}
        self._seen: dict[tuple[str, UserRole], TestResponse] = {}

    def get(self, path: str, role: UserRole = UserRole.ADMIN) -> TestResponse:
        if (path, role) not in self._seen:
            self._seen[path, role] = self.client(role).get(path)
        return self._seen[path, role]

    def page(self, path: str, role: UserRole = UserRole.ADMIN) -> Page:
        answer = self.get(path, role)
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    def client(self, role: UserRole) -> FlaskClient:
        if role not in self._clients:
            store, now = self._ws.context.store, self._ws.context.now()
            store.users.put(User(role, role.title(), role, password_hash="none"))
            store.sessions.put(Session(token_hash(role), role, now, now + timedelta(hours=1)))
            self._clients[role] = self._app.test_client()
            self._clients[role].set_cookie(COOKIE, role)
        return self._clients[role]
