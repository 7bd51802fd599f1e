"""What holds for every answer of the app: headers, error pages, health, weight of what it loads."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviewkit.domain import errors as domain
from reviewkit.domain.words import UserRole
from reviewkit.workspace import Workspace
from tests.webapp.conftest import SignIn
from webapp import create_app
from webapp.errors import STATUS, status_of
from webapp.security import HEADERS
from webapp.server import without_secrets

PATHS = ["/", "/login", "/nope", "/r/nope", "/api/v1/nope", "/health/live", "/static/reviewkit.css", "/static/nope"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "TRACE"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_failure_inside_carries_them_too_and_tells_no_secrets(
    app: Flask, ws: Workspace, token: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(token: str) -> None:
        raise ZeroDivisionError("what the log says")

    monkeypatch.setattr(ws.responses, "form", fail)
    answer = app.test_client().get(f"/r/{token}")
    assert answer.status_code == 500
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
    assert "nothing half-done was saved" in answer.text
    assert "ZeroDivision" not in answer.text
    assert "Exception on /r/<token> [GET]" in caplog.text
    assert token not in caplog.text


def test_pages_behind_a_login_are_kept_by_nobody(client: FlaskClient, signed_in: SignIn, token: str) -> None:
    page = signed_in(UserRole.VIEWER).get("/projects")
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(f"/r/{token}").headers["Cache-Control"] == "private, no-cache"
    saved = client.post(f"/r/{token}", data={"submission_key": "k", "answer-nps": "7"})
    assert saved.headers["Cache-Control"] == "no-store"


def test_errors_are_json_for_scripts_and_a_page_for_people(client: FlaskClient, signed_in: SignIn) -> None:
    for path in ("/api/v1/nope", "/health/nope"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype, list(answer.get_json())) == (404, "application/json", ["error"])
    page = client.get("/nope<script>")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "There is nothing here" in page.text
    assert "<script>" not in page.text
    assert 'href="/login">Log in</a>' in page.text
    respondent = client.get("/r/no-such-link")
    assert respondent.status_code == 404
    assert "ask whoever sent you the link" in respondent.text
    assert "Log in" not in respondent.text
    missing = signed_in(UserRole.VIEWER).get("/projects/NOPE")
    assert missing.status_code == 404
    assert "There is no project “NOPE”" in missing.text
    assert 'href="/">Go to today’s page</a>' in missing.text


EXPECTED = {
    domain.NotFound("review", "x"): 404,
    domain.Invalid("x"): 422,
    domain.AnswersInvalid({"a": "b"}): 422,
    domain.FieldsInvalid("x", {"a": "b"}): 422,
    domain.QuestionInvalid("x", {"a": "b"}): 422,
    domain.UnreadableFile("x", "y"): 422,
    domain.AlreadyThere("user", "x"): 409,
    domain.SubmissionConflict(): 409,
    domain.ReviewClosed("x", None): 410,
    domain.ReviewNotOpen("x"): 409,
    domain.QuestionsFrozen("x"): 409,
    domain.LessonChanged("x"): 409,
    domain.RiskChanged("x"): 409,
    domain.LinkUsed(): 410,
    domain.Frozen("x", "anonymity"): 409,
    domain.ReceiptUnknown(): 422,
    domain.TransitionRefused("x", "a", "b", ()): 409,
    domain.NotAllowed("admin"): 403,
    domain.LoginRefused(): 401,
    domain.TooManyAttempts(15): 429,
    domain.EngineMissing("x", "y"): 503,
    domain.StorageFull(): 507,
    domain.WorkspaceBusy(): 503,
    domain.WorkspaceUnusable("x", "y"): 503,
}


@pytest.mark.parametrize("error", EXPECTED, ids=lambda error: type(error).__name__)
def test_each_error_of_the_domain_has_its_status_and_its_words(app: Flask, error: domain.ReviewkitError) -> None:
    def fail(token: str) -> None:
        raise error

    app.view_functions["respond_api.send_json"] = fail
    answer = app.test_client().post("/api/v1/respond/x")
    assert answer.status_code == status_of(error) == EXPECTED[error]
    assert answer.get_json()["error"] == str(error)
    if isinstance(error, domain.StorageFull | domain.WorkspaceBusy | domain.TooManyAttempts):
        assert int(answer.headers["Retry-After"]) > 0


def test_every_error_of_the_domain_was_thought_of() -> None:
    def below(cls: type) -> set[type]:
        return {cls}.union(*(below(sub) for sub in cls.__subclasses__()))

    everywhere = {cls for cls in below(domain.ReviewkitError) if cls.__module__ == domain.__name__}
    tested = {type(error) for error in EXPECTED}
    assert everywhere - tested - {domain.ReviewkitError, domain.Conflict, domain.NoSuchColumn} == set()
    assert set(STATUS) <= everywhere


def test_health(client: FlaskClient, ws: Workspace) -> None:
    assert (client.get("/health/live").status_code, client.get("/health/ready").status_code) == (200, 200)
    ws.context.store.close()
    assert client.get("/health/live").get_json() == {"status": "live"}
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.mimetype) == (503, "application/json")


def test_browsers_keep_a_file_for_as_long_as_it_stays_the_same(client: FlaskClient) -> None:
    address = re.search(r'"(/static/reviewkit\.css\?v=\w+)"', client.get("/login").text)
    assert address
    assert "immutable" in client.get(address[1]).headers["Cache-Control"]
    for other in ("/static/reviewkit.css", "/static/reviewkit.css?v=", "/static/reviewkit.css?v=old", "/static/no?v="):
        assert "immutable" not in client.get(other).headers.get("Cache-Control", "")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:99", "localhost, evil.example", "[::1", "a" * 300])
def test_a_hostile_host_is_never_repeated(client: FlaskClient, host: str) -> None:
    for path in ("/", "/login", "/nope", "/projects"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code in (200, 303, 400, 404)
        assert "evil" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("path", ["/static/../webapp/server.py", "/static/%2e%2e/server.py", "/static//etc/passwd"])
def test_static_files_stay_in_their_folder(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (308, 404)
    assert "import" not in answer.text


def test_the_log_keeps_neither_links_nor_addresses() -> None:
    lines = {
        "Error handling request POST /r/SECRET?x=1": "Error handling request POST /r/…?x=1",
        "GET /api/v1/respond/SECRET HTTP/1.1": "GET /api/v1/respond/… HTTP/1.1",
        "Invalid request from ip=203.0.113.7: bad '/r/SECRET'": "Invalid request from bad '/r/…'",
    }
    for said, kept in lines.items():
        record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "%s", (said,), None)
        assert without_secrets(record)
        assert record.getMessage() == kept


SERVE_A_PAGE = """
import json, sys
import reviewkit
from webapp import create_app
from reviewkit.domain.projects import Project
ws = reviewkit.open_workspace(sys.argv[1])
ws.projects.add(Project("TAP", "Tap"))
token = ws.reviews.new_link(ws.reviews.open(ws.reviews.new("TAP").id).id)
client = create_app(ws).test_client()
statuses = [client.get("/login").status_code, client.get(f"/r/{token}").status_code]
statuses.append(client.post(f"/r/{token}", data={"submission_key": "k", "answer-nps": "7"}).status_code)
heavy = {"torch", "spacy", "sklearn", "sknetwork", "sentence_transformers", "transformers", "onnx"}
print(json.dumps([statuses, sorted(heavy & set(sys.modules))]))
"""


def test_the_web_process_loads_nothing_heavy(tmp_path: Path) -> None:
    script = [sys.executable, "-c", SERVE_A_PAGE, str(tmp_path / "w.db")]
    done = subprocess.run(script, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[200, 200, 201], []]


def test_nothing_is_built_at_import() -> None:
    script = "import webapp, webapp.server, sys; print('sqlite3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_two_apps_over_two_workspaces_do_not_meet(ws: Workspace) -> None:
    from reviewkit.workspace import open_workspace

    with open_workspace(":memory:") as other:
        assert create_app(ws).config["SECRET_KEY"] != create_app(other).config["SECRET_KEY"]
