"""Bad inputs that belong to no page alone: made-up forms, tokens and files. docs/bad_inputs.md has all."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

import webapp
from reviewkit.domain.errors import LoginRefused
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Question, Review
from reviewkit.domain.words import QuestionType, UserRole
from reviewkit.workspace import Workspace
from tests.webapp import organisation
from tests.webapp.conftest import SignIn
from tests.webapp.looking import get

PASSWORD = "correct horse battery staple"
ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((Path(webapp.__file__).parent / "templates").rglob("*.html"))


def form_token(client: FlaskClient) -> str:
    return next(one["value"] for one in get(client, "/projects").all("input") if one.get("name") == "csrf_token")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_attribute_that_holds_a_value_stands_unquoted(template: Path) -> None:
    tags = re.findall(r"<[a-z][^<]*", template.read_text(encoding="utf-8"))
    assert [tag for tag in tags if re.search(r"[a-z-]=\{[{%]", tag)] == []


@pytest.mark.parametrize("text", ["x\r\nERROR root logged in", "x\nERROR root", "\x1b[2Kx"])
def test_an_address_cannot_write_a_line_of_the_log(
    app: Flask, signed_in: SignIn, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    def fail(key: str) -> None:
        raise ZeroDivisionError

    app.view_functions["projects.show"] = fail
    client = signed_in(UserRole.VIEWER)
    assert client.get("/projects/" + quote(text)).status_code == 500
    assert caplog.records
    for record in caplog.records:
        assert not set(record.getMessage()) & set("\r\n\x1b")


def test_a_token_of_ten_megabytes_leads_nowhere(client: FlaskClient, token: str) -> None:
    long = "x" * 10_000_000
    assert client.get(f"/r/{long}").status_code in (404, 414)
    assert client.post(f"/r/{token}/receipt", data={"receipt": long}).status_code == 413
    assert client.post(f"/r/{token}", data={"submission_key": "k", "answer-went_well": long}).status_code == 413


def test_a_body_that_unpacks_to_very_much_is_never_unpacked(
    client: FlaskClient, ws: Workspace, token: str, review: Review
) -> None:
    for content_type, plain in (
        ("application/json", b'{"submission_key": "k", "answers": {"nps": 7}}'),
        ("application/x-www-form-urlencoded", b"submission_key=k&answer-nps=7"),
    ):
        for body in (gzip.compress(plain), gzip.compress(plain + b" " * 100_000_000)):
            for path in (f"/r/{token}", f"/api/v1/respond/{token}"):
                answer = client.post(path, data=body, content_type=content_type, headers={"Content-Encoding": "gzip"})
                assert answer.status_code in (415, 422), (path, content_type)
    assert ws.responses.list(review.id) == []


def test_a_request_that_is_to_be_repeated_is_not(client: FlaskClient, signed_in: SignIn, token: str) -> None:
    for browser in (client, signed_in(UserRole.ADMIN)):
        for path in ("/login", f"/r/{token}", "/projects", "/static/reviewkit.css", "/health/live"):
            answer = browser.open(path, method="TRACE", headers={"X-Planted": "planted"})
            assert answer.status_code == 405
            assert "planted" not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    "path",
    [
        "%2e%2e%2f%2e%2e%2fserver.py",
        "..%2f..%2fserver.py",
        "%2e%2e/server.py",
        "..%5c..%5cserver.py",
        "%2fetc%2fpasswd",
    ],
)
def test_a_coded_path_leads_to_no_file_outside(client: FlaskClient, token: str, path: str) -> None:
    for place in (f"/static/{path}", f"/r/{token}/{path}", f"/{path}"):
        answer = client.get(place)
        assert answer.status_code in (303, 308, 404)
        assert "import" not in answer.text
        assert "root:" not in answer.text


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", ""])
def test_a_form_of_another_site_that_is_no_form_changes_nothing(
    ws: Workspace, review: Review, signed_in: SignIn, content_type: str
) -> None:
    client = signed_in(UserRole.ADMIN)
    token = form_token(client)
    body = json.dumps({"csrf_token": token, "x": "="})
    assert client.post(f"/reviews/{review.id}/close", data=body, content_type=content_type).status_code == 400
    assert ws.reviews.get(review.id).status == review.status


def test_a_mail_scanner_uses_no_personal_link_up(client: FlaskClient, ws: Workspace, review: Review) -> None:
    (made,) = ws.inviting.invite(review.id, b"anna@example.org")
    for _ in range(3):
        for path in (f"/r/{made.token}", f"/r/{made.token}/receipt", f"/r/{made.token}/erase"):
            for method in ("GET", "HEAD", "OPTIONS"):
                assert client.open(path, method=method).status_code in (200, 405)
    sent = {"submission_key": "k", "answer-nps": "7"}
    assert client.post(f"/r/{made.token}", data=sent).status_code == 201


def test_an_unsigned_cookie_gives_no_form_token(app: Flask, client: FlaskClient, ws: Workspace) -> None:
    ws.users.add("ann", "Ann", UserRole.VIEWER, PASSWORD)
    name = app.config["SESSION_COOKIE_NAME"]
    token = next(one["value"] for one in get(client, "/login").all("input") if one.get("name") == "csrf_token")
    signed = client.get_cookie(name)
    assert signed
    said = signed.value.partition(".")[0]  # what a stranger got for himself, to be planted in another's browser
    sent = {"csrf_token": token, "name": "ann", "password": PASSWORD}
    for cookie in (said, f"{said}.", f"{said}..", f"{said}.Zg.", f".{said}.Zg.AAAA", signed.value[:-1], ""):
        client.set_cookie(name, cookie)
        assert client.post("/login", data=sent).status_code == 400, cookie
    client.set_cookie(name, signed.value)
    assert client.post("/login", data=sent).status_code == 303, "with its signature it is believed"


def test_a_wrong_password_costs_the_same_work_whether_the_name_is_known(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws.users.add("ann", "Ann", UserRole.VIEWER, PASSWORD)
    ws.users.add("gone", "Gone", UserRole.VIEWER, PASSWORD)
    ws.users.disable("gone")
    verify, hashes = PasswordHasher.verify, []

    def counted(self: PasswordHasher, hash: str, password: str) -> bool:
        hashes.append(hash.rpartition("$")[0].rpartition("$")[0])  # its parameters, which set the time
        return verify(self, hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    for name in ("ann", "gone", "nobody"):
        with pytest.raises(LoginRefused):
            ws.users.log_in(name, "wrong password")
    assert len(hashes) == 3
    assert len(set(hashes)) == 1


def test_what_belongs_to_another_review_is_reached_by_no_other(ws: Workspace, signed_in: SignIn) -> None:
    ws.projects.add(Project("QUAY", "Quayside interchange"))
    ours, theirs = ws.reviews.new("TAP"), ws.reviews.new("QUAY")
    asked = ws.building.put(theirs.id, Question("", "Only of theirs?", QuestionType.TEXT))
    link = ws.reviews.new_link(ws.reviews.open(ws.reviews.new("QUAY").id).id)
    client, before = signed_in(UserRole.ADMIN), ws.reviews.get(theirs.id)
    token = form_token(client)
    for path in (f"q/{asked.key}", f"q/{asked.key}/move", f"q/{asked.key}/remove"):
        sent = {"csrf_token": token, "to": "up", "text": "Mine now?", "type": "text", "review": theirs.id}
        assert 400 <= client.post(f"/reviews/{ours.id}/questions/{path}", data=sent).status_code < 500
    sent = {"csrf_token": token, "link": link, "review": theirs.id}
    assert client.post(f"/reviews/{ours.id}/invite/withdraw", data=sent).status_code == 422
    assert client.get(f"/r/{link}").status_code == 200
    assert ws.reviews.get(theirs.id) == before
    assert asked.key not in {question.key for question in ws.reviews.get(ours.id).questions}


def test_what_belongs_to_another_project_is_reached_by_no_other(ws: Workspace, signed_in: SignIn) -> None:
    org = organisation.found(ws)
    client = signed_in(UserRole.ADMIN)
    token = form_token(client)
    review = org.reviews.new("TAP")
    before = [org.context.store.risks.all(), org.kickoffs.get(organisation.ACCEPT), org.reviews.get(review.id)]
    posts = [
        ("/projects/TAP/occurred", {"risk": "LIBRARY:R1", "occurred-0": "no", "note-0": "Ours now"}),
        ("/projects/TAP/occurred/undo", {"step": "1.LIBRARY:R1"}),
        (f"/projects/TAP/outcomes/{organisation.ACCEPT}", {"applied": "yes"}),
        (f"/projects/TAP/kickoff/{organisation.ACCEPT}", {"choice": "accepted", "owner": "I", "due": "2026-02-01"}),
        (f"/reviews/{review.id}/questions/new", {"text": "Why?", "type": "text", "after": "theirs"}),
        (f"/reviews/{review.id}/questions/q/role", {"text": "Why?", "type": "text", "when-theirs": "yes"}),
        (f"/reviews/{review.id}/invite/withdraw", {"link": org.reviews.new_link("PIR-LIB")}),
    ]
    for path, fields in posts[:-2] + posts[-1:]:
        status = client.post(path, data={"csrf_token": token, **fields}).status_code
        assert 400 <= status < 500, (path, status)
    after = [org.context.store.risks.all(), org.kickoffs.get(organisation.ACCEPT), org.reviews.get(review.id)]
    assert after == before
    client.post(posts[-2][0], data={"csrf_token": token, **posts[-2][1]})
    assert all(question.when is None for question in org.reviews.get(review.id).questions)


def rows() -> list[tuple[int, str]]:
    """(number, the cell that names its tests) of every row of the table."""
    page = (ROOT / "docs" / "bad_inputs.md").read_text(encoding="utf-8")
    cells = [line.strip("| ").split(" | ") for line in page.splitlines() if re.match(r"\| \d+ ", line)]
    return [(int(row[0]), row[-1]) for row in cells]


def test_every_bad_input_names_tests_that_exist() -> None:
    assert [number for number, _ in rows()] == list(range(1, 80))
    for number, named in rows():
        tests = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", named)
        assert tests, number
        for file, test in tests:
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{number} names {file}::{test}"
