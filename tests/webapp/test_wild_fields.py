"""Whatever stands in a field of a form or in an address: a page or a refusal, and never a failure inside."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient

import webapp
from reviewkit.domain.words import UserRole
from reviewkit.workspace import Workspace
from tests.webapp import organisation
from tests.webapp.conftest import SignIn
from tests.webapp.looking import get

NAMES = sorted(
    {
        name
        for folder, ending in (("templates", "*.html"), (".", "*.py"))
        for file in (Path(webapp.__file__).parent / folder).rglob(ending)
        for name in re.findall(r'(?:name="|_field\("|get\("|getlist\("|_arg\(")([a-z_]+)"', file.read_text("utf-8"))
    }
    - {"csrf_token"}
)
"""Every field that a template or a view names."""

WILD = {
    "2^63": b"9223372036854775808",
    "5,000 digits": b"9" * 5_000,
    "a minus": b"-1",
    "other digits": "١²".encode(),
    "NUL": b"a\x00b",
    "half a character": b"\xed\xa0\x80",
    "no UTF-8": b"\xff",
    "a line end": b"a\r\nb",
    "a far day": b"99999-12-31",
    "a formula": b"=1+1",
    "long": b"x" * 30_000,
}
IDS = {
    "projects": "TAP",
    "reviews": "PIR-TAP",
    "themes": "late",
    "lessons": "L1",
    "risks": "TAP:R1",
    "kickoff": organisation.ACCEPT,
    "outcomes": organisation.ACCEPT,
}
SAFE = {"static", "auth.logout", "auth.login"}
LIGHT = {"insights.backtest", "kickoff.make"}
"""They work with all there is, and read no field."""


@pytest.fixture
def admin(ws: Workspace, signed_in: SignIn) -> FlaskClient:
    organisation.found(ws)
    return signed_in(UserRole.ADMIN)


def paths(app: Flask, ws: Workspace, method: str) -> list[str]:
    """An address for each route of ours, about things that are there wherever it can be."""
    draft = ws.reviews.new("TAP").id
    found = []
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()) or rule.endpoint in SAFE | LIGHT:
            continue
        path = rule.rule
        for part in re.findall(r"<[^>]+>", path):
            before = path.partition(part)[0].strip("/").rpartition("/")[2]
            here = draft if "questions" in path and before == "reviews" else IDS.get(before, "role")
            path = path.replace(part, here, 1)
        found.append(path)
    return found


@pytest.mark.parametrize("value", WILD.values(), ids=WILD)
def test_any_value_in_any_field_is_taken_or_refused(
    app: Flask, ws: Workspace, admin: FlaskClient, value: bytes
) -> None:
    token = next(one["value"] for one in get(admin, "/projects").all("input") if one.get("name") == "csrf_token")
    said = quote_from_bytes(value)
    body = "&".join([f"csrf_token={token}", *(f"{name}={said}" for name in NAMES)])
    for path in paths(app, ws, "POST"):
        sent = admin.post(path, data=body, content_type="application/x-www-form-urlencoded")
        assert sent.status_code < 500, path


@pytest.mark.parametrize("value", WILD.values(), ids=WILD)
def test_any_value_in_any_part_of_an_address_is_taken_or_refused(
    app: Flask, ws: Workspace, admin: FlaskClient, value: bytes
) -> None:
    said = quote_from_bytes(value[:2_000])
    query = "&".join(f"{name}={said}" for name in NAMES)
    for path in paths(app, ws, "GET"):
        assert admin.get(f"{path}?{query}").status_code < 500, path


@pytest.mark.parametrize("seen", ["9" * 5_000, str(2**63), "-1", "²"])
def test_a_form_of_no_known_age_is_saved_as_one_that_is_new(ws: Workspace, admin: FlaskClient, seen: str) -> None:
    token = next(one["value"] for one in get(admin, "/projects").all("input") if one.get("name") == "csrf_token")
    for path in ("/lessons/L1/edit", "/risks/TAP:R1/edit"):
        page = get(admin, path)
        sent = {one["name"]: one.get("value", "") for one in page.all("input") if one.get("type") != "checkbox"}
        sent |= {one["name"]: "" for one in (*page.all("textarea"), *page.all("select"))}
        answer = admin.post(path, data=sent | {"title": "Anew", "csrf_token": token, "seen": seen})
        assert answer.status_code in (303, 409, 422), path
    assert ws.lessons.get("L1").title == "Anew"


def test_the_fields_are_found() -> None:
    assert {"seen", "number", "submission_key", "receipt", "closes", "people", "words", "page"} <= set(NAMES)
