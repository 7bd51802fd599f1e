"""Logging in and out, and what a cookie is worth."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from reviewkit.domain.words import UserRole
from reviewkit.workspace import Workspace
from tests.clock import Clock
from tests.webapp.conftest import SignIn
from webapp import create_app
from webapp.sessions import COOKIE
from webapp.views.auth import own_path

PASSWORD = "correct horse battery staple"


def form_token(client: FlaskClient, path: str = "/login") -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def log_in(client: FlaskClient, name: str = "ann", password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/login", data={"csrf_token": form_token(client), "name": name, "password": password, **more})


@pytest.fixture
def ann(ws: Workspace) -> str:
    ws.users.add("ann", "Ann Lee", UserRole.VIEWER, PASSWORD)
    return "ann"


def test_a_login_leads_to_where_one_wanted_to_go_and_a_logout_ends_it(client: FlaskClient, ann: str) -> None:
    answer = log_in(client, next="/themes?sort=reach")
    assert (answer.status_code, answer.location) == (303, "/themes?sort=reach")
    cookie = answer.headers.get_all("Set-Cookie")[0]
    assert cookie.startswith(COOKIE)
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert client.get("/").status_code == 200
    stolen = client.get_cookie(COOKIE)
    assert client.post("/logout", data={"csrf_token": form_token(client, "/")}).status_code == 303
    assert client.get("/").status_code == 303
    client.set_cookie(COOKIE, stolen.value if stolen else "")  # an old cookie, played again
    assert client.get("/").status_code == 303


def test_cookies_travel_over_https_only_where_the_settings_say_so(ws: Workspace, ann: str) -> None:
    client = create_app(ws, replace(ws.context.settings, secure_cookies=True)).test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    answer = log_in(client)
    assert answer.status_code == 303
    assert all("Secure" in cookie for cookie in answer.headers.get_all("Set-Cookie"))


@pytest.mark.parametrize(
    ("name", "password"), [("ann", "wrong"), ("nobody", PASSWORD), ("", ""), ("ann", "x" * 900_000)]
)
def test_a_wrong_name_and_a_wrong_password_look_the_same(
    client: FlaskClient, ann: str, name: str, password: str
) -> None:
    answer = log_in(client, name, password)
    assert answer.status_code == 401
    assert "That name and password do not match an account here." in answer.text
    assert f'value="{name}"' in answer.text
    assert "xxxx" not in answer.text
    assert COOKIE not in str(answer.headers.get_all("Set-Cookie"))


def test_a_password_of_64_characters_works(client: FlaskClient, ws: Workspace) -> None:
    ws.users.add("bo", "Bo", UserRole.VIEWER, "ä" * 64)
    assert log_in(client, "bo", "ä" * 64).status_code == 303


def test_too_many_attempts_are_told_to_wait(client: FlaskClient, clock: Clock, ann: str) -> None:
    for _ in range(5):
        assert log_in(client, password="wrong").status_code == 401
    answer = log_in(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    clock.pass_by(minutes=16)
    assert log_in(client).status_code == 303


def test_of_21_attempts_at_once_at_a_limit_of_20_one_is_turned_away(app: Flask, ws: Workspace, ann: str) -> None:
    object.__setattr__(ws.context.settings, "login_attempts", 20)  # the wording of the promise; others try with 5

    def attempt(_: int) -> int:
        return log_in(app.test_client(), password="wrong").status_code

    with ThreadPoolExecutor(21) as pool:
        answers = list(pool.map(attempt, range(21)))
    assert (answers.count(401), answers.count(429)) == (20, 1)
    assert log_in(app.test_client()).status_code == 429  # the right password is no way around it


def test_a_spoofed_address_does_not_raise_the_limit(client: FlaskClient, ann: str) -> None:
    for n in range(5):
        token = form_token(client)
        sent = {"csrf_token": token, "name": f"user{n}", "password": "wrong"}
        client.post("/login", data=sent, headers={"X-Forwarded-For": f"10.0.0.{n}"})
    assert log_in(client).status_code == 429


def test_a_session_ends_by_its_age_and_by_a_new_password(
    client: FlaskClient, ws: Workspace, clock: Clock, ann: str
) -> None:
    log_in(client)
    clock.pass_by(hours=13)
    assert client.get("/").status_code == 303
    log_in(client)
    assert client.get("/").status_code == 200
    ws.users.set_password("ann", PASSWORD + "!")
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "None", "admin", "a" * 4000, "é"])
def test_a_cookie_that_nobody_gave_out_opens_nothing(client: FlaskClient, cookie: str) -> None:
    client.set_cookie(COOKIE, cookie)
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("key", ["", "dev", "secret", "changeme", "CHANGEME_SECRET"])
def test_a_cookie_signed_with_a_well_known_key_gives_no_form_token(
    app: Flask, client: FlaskClient, ann: str, key: str
) -> None:
    def forged(secret: str) -> int:
        """What a login gets whose cookie and form token were both signed with `secret`."""
        stranger = Flask("stranger")
        stranger.secret_key = secret
        signer = SecureCookieSessionInterface().get_signing_serializer(stranger)
        assert signer
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], str(signer.dumps({"csrf_token": "known"})))
        token = URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps("known")
        return client.post("/login", data={"csrf_token": token, "name": ann, "password": PASSWORD}).status_code

    assert forged(key or "\0") == 400
    assert forged(app.config["SECRET_KEY"]) == 303, "signed with our own key it is believed"


def test_the_signing_key_is_random_and_outlives_a_restart(ws: Workspace, app: Flask) -> None:
    assert len(app.config["SECRET_KEY"]) >= 32
    assert create_app(ws).config["SECRET_KEY"] == app.config["SECRET_KEY"]


def test_a_new_login_ends_the_session_before_it(
    client: FlaskClient, ws: Workspace, signed_in: SignIn, ann: str
) -> None:
    browser = signed_in(UserRole.VIEWER)
    before = browser.get_cookie(COOKIE)
    assert before
    browser.post("/login", data={"csrf_token": form_token(browser, "/"), "name": "ann", "password": PASSWORD})
    assert ws.users.of_session(before.value) is None


ELSEWHERE = [
    "//evil/",
    "/\\evil/",
    "https:evil",
    "https://evil/",
    "///evil",
    "/\t/evil",
    "/\n//evil",
    "\\\\evil",
    "evil",
]
ELSEWHERE += ["javascript:alert(1)", " //evil", "/ /evil", "/\x00/evil", "http:/evil", "//evil@localhost/", ""]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_redirect_off_the_site(client: FlaskClient, ann: str, target: str) -> None:
    assert own_path(target) == "/"
    assert log_in(client, next=target).location == "/"


@pytest.mark.parametrize("target", ["/", "/themes", "/themes?sort=reach&x=//evil", "/%2e%2e%2f", "/lessons/ü"])
def test_own_paths_are_kept(target: str) -> None:
    assert own_path(target) == target


@given(st.text(alphabet="/\\.:@?#%\t\n abevilhtps", max_size=12))
def test_a_path_that_is_kept_is_read_as_ours_by_browsers(target: str) -> None:
    kept = own_path(target)
    seen = re.sub(r"[\t\n\r]", "", kept.strip()).replace("\\", "/")  # how the URL standard reads it
    assert seen.startswith("/")
    assert not seen.startswith("//")
