"""The signed-in pages' buttons: what people decide, and that it can be taken back."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from reviewkit.domain.words import (
    ActionState,
    Choice,
    LessonState,
    LinkState,
    Occurred,
    ReviewStatus,
    ThemeStatus,
    UserRole,
)
from reviewkit.workspace import Workspace
from tests.webapp import organisation
from tests.webapp.conftest import SignIn
from tests.webapp.looking import get, send


@pytest.fixture
def org(ws: Workspace) -> Workspace:
    return organisation.found(ws)


@pytest.fixture
def admin(signed_in: SignIn) -> FlaskClient:
    return signed_in(UserRole.ADMIN)


def test_accepting_with_an_owner_makes_an_action_and_undo_leaves_it_open_again(
    org: Workspace, signed_in: SignIn
) -> None:
    client, page = signed_in(UserRole.FACILITATOR), "/projects/QUAY/kickoff"
    path = f"{page}/{organisation.ACCEPT}"
    answer = send(client, page, path, choice="accepted", owner="Idris Bello", due="2026-02-01")
    assert answer == (303, f"{page}#r-{organisation.ACCEPT}")
    decided = org.kickoffs.get(organisation.ACCEPT)
    assert (decided.choice, decided.choice_by) == (Choice.ACCEPTED, "facilitator")
    assert "Accepted by facilitator on 2 Mar 2026" in get(client, page).text
    assert "Idris Bello sees to it by 1 Feb 2026 (open)" in get(client, page).text
    assert "Overdue: 1 Feb 2026" in get(client, "/").text
    send(client, page, path, choice="undecided")
    assert org.kickoffs.get(organisation.ACCEPT).choice is Choice.UNDECIDED


def test_adapted_wording_stands_in_place_of_the_advice(org: Workspace, admin: FlaskClient) -> None:
    page = "/projects/QUAY/kickoff"
    send(admin, page, f"{page}/{organisation.ADAPT}", choice="adapted", text="Open the quay wall first")
    text = get(admin, page).text
    assert text.index("Open the quay wall first.") < text.index("It said: Open the walls before the contract.")


def test_dismissing_needs_a_reason_which_is_then_shown(org: Workspace, admin: FlaskClient) -> None:
    page = "/projects/QUAY/kickoff"
    path = f"{page}/{organisation.DISMISS}"
    assert send(admin, page, path, choice="dismissed", text=" ")[0] == 422
    assert org.kickoffs.get(organisation.DISMISS).choice is Choice.UNDECIDED
    assert send(admin, page, path, choice="dismissed", text="We buy no hardware")[0] == 303
    assert "Dismissed because: We buy no hardware" in get(admin, page).text


@pytest.mark.parametrize(
    "fields", [{"choice": "perhaps"}, {"choice": ""}, {"choice": "accepted", "owner": "I", "due": "2026-02-30"}]
)
def test_a_decision_that_cannot_be_read_changes_nothing(
    org: Workspace, admin: FlaskClient, fields: dict[str, str]
) -> None:
    page = "/projects/QUAY/kickoff"
    assert send(admin, page, f"{page}/{organisation.ACCEPT}", **fields)[0] == 422
    assert org.kickoffs.get(organisation.ACCEPT).choice is Choice.UNDECIDED
    assert org.actions.list() == []


def test_a_recommendation_is_decided_under_its_own_project_only(org: Workspace, admin: FlaskClient) -> None:
    path = f"/projects/TAP/kickoff/{organisation.ACCEPT}"
    assert send(admin, "/projects/QUAY/kickoff", path, choice="accepted")[0] == 404
    assert org.kickoffs.get(organisation.ACCEPT).choice is Choice.UNDECIDED


def test_nothing_is_said_of_risks_whose_end_nobody_knows(org: Workspace, admin: FlaskClient) -> None:
    store = org.context.store
    assert "registered risks came true" in get(admin, "/projects/TAP").text
    with store.write():
        store.risks.put(*(replace(one, occurred=Occurred.UNKNOWN) for one in store.risks.all(project="TAP")))
    assert "registered risks came true" not in get(admin, "/projects/TAP").text


def test_actions_are_marked_done_where_they_are_listed(org: Workspace, admin: FlaskClient) -> None:
    action = org.actions.add("QUAY", "Ask the harbour authority")
    (project,) = re.findall(r'<a href="/projects/QUAY">([^<]*)', admin.get("/").get_data(as_text=True))
    assert project == "Quayside interchange"
    assert send(admin, "/", f"/actions/{action.id}", state="done", back="home") == (303, "/#actions")
    assert org.actions.list(state=ActionState.DONE)[0].id == action.id
    assert "Ask the harbour authority" not in get(admin, "/").text


def test_a_new_link_is_shown_once_and_opens_the_form(ws: Workspace, signed_in: SignIn) -> None:
    client = signed_in(UserRole.FACILITATOR)
    send(client, "/projects/TAP", "/projects/TAP/reviews", title="How was it?", invited="12")
    review = ws.reviews.list("TAP")[0].review
    assert (review.title, review.invited) == ("How was it?", 12)
    page = f"/reviews/{review.id}"
    assert send(client, page, f"{page}/open") == (303, page)
    token = next(one["value"] for one in get(client, page).all("input") if one.get("name") == "csrf_token")
    answer = client.post(f"{page}/invite/link", data={"csrf_token": token})
    (path,) = set(re.findall(r"/r/[\w-]{22,}", answer.text))  # in the link, its code and the text for a mail
    assert answer.status_code == 200
    assert answer.location is None
    assert client.get(path).status_code == 200
    assert path not in client.get(page).text
    send(client, page, f"{page}/close")
    assert ws.reviews.get(review.id).status is ReviewStatus.CLOSED


@pytest.mark.parametrize("invited", ["0", "-1", "many", "1e9", "99999999999999999999", "٣"])
def test_a_number_of_people_must_be_one(ws: Workspace, admin: FlaskClient, invited: str) -> None:
    assert send(admin, "/projects/TAP", "/projects/TAP/reviews", invited=invited)[0] == 422
    assert ws.reviews.list() == []


def test_a_curator_names_confirms_and_takes_back(org: Workspace, signed_in: SignIn) -> None:
    client = signed_in(UserRole.CURATOR)
    send(client, "/themes/late", "/themes/late/name", label="Hardware comes late")
    send(client, "/themes/late", "/themes/late/status", status="confirmed")
    theme = org.themes.get("late")
    assert (theme.label, theme.status) == ("Hardware comes late", ThemeStatus.CONFIRMED)
    decision = org.themes.show("late").decisions[-1]
    assert send(client, "/themes/late", "/themes/rooms/undo", decision=decision.id)[0] == 404
    assert send(client, "/themes/late", "/themes/late/undo", decision=decision.id)[0] == 303
    assert next(one for one in org.themes.show("late").decisions if one.id == decision.id).undone
    assert send(client, "/themes/late", "/themes/late/name", label="x")[0] == 422


def test_a_tie_to_a_risk_is_rejected_brought_back_and_confirmed(org: Workspace, admin: FlaskClient) -> None:
    assert "Suggested, high confidence" in get(admin, "/themes/late").text
    status, after = send(admin, "/themes/late", "/themes/late/links", risk="TAP:R1", state="rejected")
    assert (status, after) == (303, "/themes/late?rejected=TAP:R1#risks")
    assert "no longer tied to this theme" in get(admin, after).text
    assert org.risks.themes_of() == {}
    send(admin, "/themes/late", "/themes/late/links", risk="TAP:R1", state="suggested")
    send(admin, "/themes/late", "/themes/late/links", risk="TAP:R1", state="confirmed")
    assert org.risks.themes_of()["TAP:R1"][0].state is LinkState.CONFIRMED
    assert "Confirmed by admin" in get(admin, "/themes/late").text
    assert send(admin, "/themes/late", "/themes/rooms/links", risk="TAP:R1", state="confirmed")[0] == 404


def test_themes_come_in_two_levels_and_by_area(org: Workspace, admin: FlaskClient) -> None:
    text = get(admin, "/themes").text
    assert text.index("Late deliveries") < text.index("Hardware late") < text.index("Rooms too small")
    narrowed = get(admin, "/themes?area=technology").text
    assert "Rooms too small" in narrowed
    assert "Late deliveries" not in narrowed
    org.themes.set_status("rooms", ThemeStatus.RETIRED, who="curator")
    assert "Rooms too small" not in get(admin, "/themes").text
    assert "Rooms too small" in get(admin, "/themes?retired=1").text


def test_a_long_library_comes_in_pages(org: Workspace, admin: FlaskClient) -> None:
    lesson = org.lessons.get("L3")
    org.lessons.put_all([type(lesson)(f"N{number}", f"Lesson number {number:03}") for number in range(60)])
    first, second = get(admin, "/lessons"), get(admin, "/lessons?page=2")
    assert "1–20 of 63 lessons" in first.text
    assert "21–40 of 63 lessons" in second.text
    assert not set(re.findall(r"number \d{3}", first.text)) & set(re.findall(r"number \d{3}", second.text))


def test_a_lesson_shows_its_fields_hints_and_evidence_and_moves_on(org: Workspace, signed_in: SignIn) -> None:
    client = signed_in(UserRole.CURATOR)
    text = get(client, "/lessons/L1").text
    for told in ("What to do Tie payments", "What happened The supplier", "Late deliveries", "TAP R1: Validators late"):
        assert told in text
    assert "The recommendation is vague" in get(client, "/lessons/L3").text
    assert send(client, "/lessons/L3", "/lessons/L3/state", state="in review") == (303, "/lessons/L3?did=1")
    assert org.lessons.get("L3").state is LessonState.IN_REVIEW
    assert send(client, "/lessons/L3", "/lessons/L3/state", state="embedded")[0] == 409


def test_the_library_can_be_taken_along(org: Workspace, admin: FlaskClient) -> None:
    answer = admin.get("/lessons/export.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["id"] for row in rows} == {"L1", "L2", "L3"}
