"""The registers' pages: adding, editing, filters that are kept, exports, and what became of all risks at once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from reviewkit.collect.importers.registers import read_register
from reviewkit.collect.tables import read_table
from reviewkit.domain.words import Occurred, ProjectStatus, RiskStatus, UserRole
from reviewkit.workspace import Workspace
from reviewkit.workspace.files.imports import import_risks
from tests.webapp.conftest import SignIn
from tests.webapp.looking import Page, get, send
from tests.webapp.organisation import found

FIELDS = {
    "project": "QUAY",
    "title": "Ferry berth late",
    "cause": "the port has one crane",
    "event": "the berth may be late",
    "effect": "delay the opening",
    "probability": "3",
    "impact": "4",
    "nature": "threat",
    "occurred": "unknown",
}


@pytest.fixture
def facilitator(ws: Workspace, signed_in: SignIn) -> FlaskClient:
    found(ws)
    return signed_in(UserRole.FACILITATOR)


def post(client: FlaskClient, path: str, **fields: object) -> tuple[int, str]:
    """Sends a form and gives the answer's status and its page."""
    token = next(one["value"] for one in get(client, "/").all("input") if one.get("name") == "csrf_token")
    answer = client.post(path, data={"csrf_token": token, **fields}, follow_redirects=True)
    return answer.status_code, answer.text


def test_a_risk_is_added_edited_moved_and_each_step_taken_back(ws: Workspace, facilitator: FlaskClient) -> None:
    status, page = post(facilitator, "/risks/new", **FIELDS)
    assert status == 200
    assert "Because the port has one crane, the berth may be late, which would delay the opening." in page
    assert "Added by facilitator." in page
    risk = ws.risks.get("QUAY:R1")
    assert (risk.probability, risk.impact, risk.identified_on) == (3, 4, ws.context.today)

    status, page = post(facilitator, "/risks/QUAY:R1/edit", **{**FIELDS, "owner": "Ann", "seen": "1"})
    assert "Edited by facilitator." in page
    assert ws.risks.get("QUAY:R1").owner == "Ann"
    _, page = post(facilitator, "/risks/QUAY:R1/state", state="responding")
    assert "Marked as responding by facilitator." in page
    _, page = post(facilitator, "/risks/QUAY:R1/undo", number="3")
    assert ws.risks.get("QUAY:R1").status is RiskStatus.IDENTIFIED
    assert post(facilitator, "/risks/QUAY:R1/state", state="identified")[0] == 409
    assert post(facilitator, "/risks/QUAY:R1/undo", number="2")[0] == 409
    _, page = post(facilitator, "/risks/QUAY:R1/edit", **{**FIELDS, "identified_on": "2020-03-01", "seen": "4"})
    assert "<ins>1\u00a0Mar\u00a02020</ins>" in page  # as dates are told elsewhere
    post(facilitator, "/risks/QUAY:R1/undo", number="5")
    steps = ws.registers.history("QUAY:R1")
    assert [(step.number, step.verb, step.who) for step in steps][-1] == (1, "added", "facilitator")
    assert len(steps) == 6


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    ws: Workspace, facilitator: FlaskClient
) -> None:
    typed = {**FIELDS, "title": " ", "identified_on": "soon", "probability": "9", "category": "har<bour"}
    status, text = post(facilitator, "/risks/new", **typed)
    page = Page(text)
    assert status == 422
    assert "A risk needs a title" in page.text
    assert "“soon” is not a day" in page.text
    values = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (values["identified_on"], values["category"]) == ("soon", "har<bour")
    assert "the port has one crane" in text
    assert {one["id"] for one in page.all("input") if one.get("aria-invalid")} == {"title", "identified_on"}

    typed |= {"project": "NONE", "owner": "x" * 201, "occurred": "no", "occurred_on": "2026-01-02"}
    told = [one["href"] for one in Page(post(facilitator, "/risks/new", **typed)[1]).all("a") if "href" in one]
    faulty = ["project", "title", "probability", "owner", "identified_on", "occurred_on"]
    assert [href for href in told if href.startswith("#") and href != "#main"] == [f"#{name}" for name in faulty]

    status, text = post(facilitator, "/risks/new", **{**FIELDS, "ref": "a/b"})
    assert (status, "without / ? # % or" in Page(text).text) == (422, True)
    status, text = post(facilitator, "/risks/new", **{**FIELDS, "project": "TAP", "ref": "r1"})
    assert (status, "TAP has “r1” already" in Page(text).text) == (422, True)
    status, text = post(facilitator, "/risks/new", **{**FIELDS, "occurred_on": "2026-01-02"})
    assert (status, "a day only goes with “yes”" in Page(text).text.casefold()) == (422, True)
    assert not ws.risks.list("QUAY")


def test_an_edit_over_somebody_elses_is_asked_about(ws: Workspace, facilitator: FlaskClient) -> None:
    post(facilitator, "/risks/new", **FIELDS)
    post(facilitator, "/risks/QUAY:R1/edit", **{**FIELDS, "owner": "Bo", "seen": "1"})
    status, page = post(facilitator, "/risks/QUAY:R1/edit", **{**FIELDS, "owner": "Cy", "seen": "1"})
    assert status == 409
    assert "changed by somebody else meanwhile" in page
    assert 'value="Cy"' in page
    assert 'name="seen" value="2"' in page
    assert ws.risks.get("QUAY:R1").owner == "Bo"
    assert post(facilitator, "/risks/QUAY:R1/edit", **{**FIELDS, "owner": "Cy", "seen": "2"})[0] == 200
    assert ws.risks.get("QUAY:R1").owner == "Cy"


def test_hints_help_with_the_wording_and_stop_nothing(facilitator: FlaskClient) -> None:
    _, page = post(facilitator, "/risks/new", project="QUAY", title="Budget", nature="threat")
    shown = Page(page).text
    assert "“Budget” is what you worry about. What may happen to it?" in shown
    assert "No cause" in shown
    form = get(facilitator, "/risks/QUAY:R1/edit").text
    assert "“Budget” is what you worry about." in form


def test_filters_narrow_together_and_are_kept_under_a_name(ws: Workspace, facilitator: FlaskClient) -> None:
    page = get(facilitator, "/risks?probability=4&impact=5&project=TAP").text
    assert "Validators late" in page
    assert "Asbestos" not in page
    assert "The one risk whose end is known came true." in page
    assert "The one risk whose end is known did not come true." in get(facilitator, "/risks?occurred=no").text
    for query, titles in (
        ("q=asbes", {"Asbestos"}),
        ("status=identified&occurred=no", {"Strike"}),
        ("owner=nobody", set()),
        ("nature=threat&category=people", {"Strike"}),
        ("map=residual&probability=4&impact=5", set()),
    ):
        shown = facilitator.get(f"/risks?{query}").text
        assert {one for one in ("Asbestos", "Strike", "Validators late", "Nobody rated this") if one in shown} == titles

    kept = {"name": " Grave  ones ", "filter-project": "TAP", "filter-probability": "4", "filter-evil": "x"}
    status, text = post(facilitator, "/risks/filters", **kept)
    assert status == 200
    (saved,) = ws.filters.list()
    assert (saved.name, saved.query, saved.who) == ("Grave ones", {"project": "TAP", "probability": "4"}, "facilitator")
    link = next(one for one in Page(text).all("a") if one.get("href") == "/risks?project=TAP&probability=4")
    assert link["aria-current"] == "true"
    status, text = post(facilitator, "/risks/filters", **{**kept, "name": "grave ONES"})
    assert (status, "There is a filter called “grave ONES” already" in text) == (422, True)
    assert post(facilitator, "/risks/filters", name="None")[0] == 422

    _, text = post(facilitator, f"/risks/filters/{saved.id}/remove")
    assert "The filter “Grave ones” was removed." in text
    assert not ws.filters.list()
    _, text = post(facilitator, f"/risks/filters/{saved.id}/restore")
    assert ws.filters.list() == [saved]
    assert "The filter “Grave ones” is there again." in text
    link = next(one for one in Page(text).all("a") if one.get("href") == "/risks?project=TAP&probability=4")
    assert link["aria-current"] == "true"
    ws.filters.remove(saved.id, who="facilitator")
    assert "is there again" not in facilitator.get(f"/risks?restored={saved.id}").text


def test_the_residual_map_counts_what_is_left(ws: Workspace, facilitator: FlaskClient) -> None:
    rated = {**FIELDS, "residual_probability": "1", "residual_impact": "2"}
    post(facilitator, "/risks/new", **rated)
    page = get(facilitator, "/risks?map=residual")
    cells = {one["aria-label"]: one["href"] for one in page.all("a") if "aria-label" in one}
    assert cells == {"1 risk: probability very low, impact low": "/risks?probability=1&impact=2&map=residual"}
    left = get(facilitator, "/risks?probability=1&impact=2&map=residual").text
    assert "Register: probability very low and impact low after the response" in left
    assert "Ferry berth late" in left
    assert "3 × 4 = 12 After: 1 × 2 = 2" in left
    assert "After: 1 × 2" not in get(facilitator, "/risks").text


@pytest.mark.parametrize("type", ["csv", "xlsx"])
def test_the_export_holds_what_the_page_shows_and_comes_back(facilitator: FlaskClient, type: str) -> None:
    answer = facilitator.get(f"/risks/export.{type}?project=TAP&occurred=yes")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=risks-TAP.{type}"
    (risk,) = read_register(read_table(answer.data, "x"), name="x").records
    assert (risk.id, risk.title, risk.occurred) == ("TAP:R1", "Validators late", Occurred.YES)
    assert facilitator.get("/risks/export.json").status_code == 404


def test_cells_that_a_spreadsheet_would_run_are_marked(ws: Workspace, facilitator: FlaskClient) -> None:
    post(facilitator, "/risks/new", **{**FIELDS, "title": "=HYPERLINK(1)", "owner": "-Ann"})
    text = facilitator.get("/risks/export.csv?project=QUAY").text
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Title"], row["Owner"]) == ("'=HYPERLINK(1)", "'-Ann")


def test_closing_a_project_asks_what_became_of_its_risks(ws: Workspace, facilitator: FlaskClient) -> None:
    for title in ("Ferry berth late", "Bats in the roof", "Mud"):
        post(facilitator, "/risks/new", **{**FIELDS, "title": title})
    post(facilitator, "/risks/QUAY:R3/state", state="rejected")
    status, text = post(facilitator, "/projects/QUAY/close", finished="2026-06-01")
    shown = Page(text).text
    assert (status, "Quayside interchange is closed." in shown) == (200, True)
    assert "Of 2 risks nobody has said yet what became of them." in shown
    assert "Mud" not in shown

    answers = {"risk": ["QUAY:R1", "QUAY:R2"], "occurred-0": "yes", "on-0": "2026-01-05", "note-0": "a month"}
    status, text = post(facilitator, "/projects/QUAY/occurred", **{**answers, "on-1": "2026-01-01", "occurred-1": "no"})
    assert (status, "A day only goes with “yes”" in Page(text).text) == (422, True)
    assert 'value="a month"' in text
    wrong = {**answers, "on-0": "2999-01-05", "occurred-1": "no", "note-1": "x" * 20_001}
    page = Page(post(facilitator, "/projects/QUAY/occurred", **wrong)[1])
    faulty = {one["id"]: one["aria-describedby"] for one in page.all("input") if one.get("aria-invalid")}
    assert faulty == {"on-0": "on-0-problem", "note-1": "note-1-problem"}
    assert {"#on-0", "#note-1"} <= {one.get("href") for one in page.all("a")}
    assert "When That day is still to come." in page.text
    assert ws.risks.get("QUAY:R1").occurred is Occurred.UNKNOWN

    status, text = post(facilitator, "/projects/QUAY/occurred", **{**answers, "occurred-1": "no"})
    assert "Kept what became of 2 risks." in text
    berth, bats = ws.risks.get("QUAY:R1"), ws.risks.get("QUAY:R2")
    assert (berth.status, berth.occurred, f"{berth.occurred_on}", berth.occurred_note) == (
        *(RiskStatus.OCCURRED, Occurred.YES, "2026-01-05", "a month"),
    )
    assert (bats.status, bats.occurred) == (RiskStatus.IDENTIFIED, Occurred.NO)

    steps = [one["value"] for one in Page(text).all("input") if one.get("name") == "step"]
    post(facilitator, "/projects/QUAY/occurred/undo", step=steps)
    assert len(ws.registers.unanswered("QUAY")) == 2
    post(facilitator, "/projects/QUAY/reopen")
    assert ws.projects.get("QUAY").status is ProjectStatus.PROPOSED
    assert ws.projects.get("QUAY").actual_finish is None


def test_a_viewer_reads_and_exports_but_is_offered_nothing_more(ws: Workspace, signed_in: SignIn) -> None:
    found(ws)
    viewer = signed_in(UserRole.VIEWER)
    for path in ("/risks", "/risks/TAP:R1", "/projects/QUAY"):
        page = get(viewer, path)
        assert not [one for one in page.all("form") if one.get("method") == "post" and "logout" not in one["action"]]
        assert not [one for one in page.all("a") if "edit" in one["href"] or "new" in one["href"]]
    assert send(viewer, "/risks", "/risks/new", **FIELDS)[0] == 403
    assert viewer.get("/risks/export.csv").status_code == 200


def test_what_a_tool_cannot_be_told_is_said_before_the_file_is_given(
    ws: Workspace, facilitator: FlaskClient, tmp_path: Path
) -> None:
    file = tmp_path / "p6.csv"
    file.write_text(
        "Id,Name,Cause,Description,Effect,Status,Type\nR-1,Crane late,one crane,it slips,a delay,Open,Threat\n"
    )
    import_risks(ws, file, "QUAY")
    plain = facilitator.get("/risks/export.csv?project=QUAY")
    assert plain.mimetype == "text/csv"
    ws.registers.move("QUAY:R-1", RiskStatus.CLOSED, who="ann")
    answer = facilitator.get("/risks/export.csv?project=QUAY")
    assert answer.status_code == 303
    page = get(facilitator, answer.location)
    assert "What Primavera P6 cannot be told" in page.text
    assert "Primavera P6 knows no status “closed”; R-1 says “responding” there." in page.text
    told, own = (one["href"] for one in page.all("a") if "download" in one)
    assert "R-1,Crane late,one crane" in facilitator.get(told).text
    assert "closed" in facilitator.get(own).text
    assert facilitator.get("/risks/export/json?project=QUAY").status_code == 404
    assert "The file says all that stands here" in get(facilitator, "/risks/export/csv?project=TAP").text
