"""The report's page and its downloads."""

from __future__ import annotations

import pytest

from reviewkit.domain.words import UserRole
from reviewkit.workspace import Workspace
from tests.webapp.conftest import SignIn
from tests.webapp.looking import get
from tests.webapp.organisation import found


@pytest.fixture(autouse=True)
def organisation(ws: Workspace) -> Workspace:
    return found(ws)


def test_the_page_tells_the_report_and_leads_to_what_it_is_made_of(signed_in: SignIn) -> None:
    page = get(signed_in(UserRole.VIEWER), "/projects/TAP/report")
    assert "finished 92 days late" in page.text
    assert "What people said, told together" in page.text  # of seven people no kind or theme stands apart
    assert "<script>alert(1)</script> slipped in" in page.text  # as words that are read, not as a script that runs
    assert not page.all("script")
    hrefs = {link["href"] for link in page.all("a")}
    assert {"/lessons/L1", "/projects/TAP", "#risks-foreseen-and-not"} <= hrefs
    assert "/reviews/PIR-TAP?statement=PIR-TAP-s0#s-PIR-TAP-s0" in hrefs


def test_every_link_of_the_page_leads_somewhere(signed_in: SignIn) -> None:
    client = signed_in(UserRole.VIEWER)
    page = get(client, "/projects/TAP/report")
    anchors = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    for href in {link["href"] for link in page.all("a")}:
        if href.startswith("#"):
            assert href[1:] in anchors
        else:
            assert client.get(href).status_code == 200, href


@pytest.mark.parametrize(
    ("ending", "opening", "mimetype"),
    [
        ("docx", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("html", b"<!doctype html>", "text/html"),
        ("md", b"# Tap-on ticketing", "text/markdown"),
    ],
)
def test_a_report_is_downloaded_never_shown(signed_in: SignIn, ending: str, opening: bytes, mimetype: str) -> None:
    response = signed_in(UserRole.VIEWER).get(f"/projects/TAP/report/{ending}")
    assert response.status_code == 200
    assert response.data.startswith(opening)
    assert response.mimetype == mimetype
    assert "attachment" in response.headers["Content-Disposition"]
    assert f"TAP review report.{ending}" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/projects/NONE/report", "/projects/NONE/report/md", "/projects/TAP/report/pdf"])
def test_what_is_not_there_is_not_found(signed_in: SignIn, path: str) -> None:
    assert signed_in(UserRole.VIEWER).get(path).status_code == 404


def test_a_finished_project_leads_to_its_report_and_a_starting_one_does_not(signed_in: SignIn) -> None:
    client = signed_in(UserRole.VIEWER)
    assert "/projects/TAP/report" in {link["href"] for link in get(client, "/projects/TAP").all("a")}
    assert "/projects/QUAY/report" not in {link["href"] for link in get(client, "/projects/QUAY").all("a")}
