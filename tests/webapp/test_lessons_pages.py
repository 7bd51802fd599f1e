"""The lessons' pages: who may write, what is said beside a field, what the queue and Today's page tell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Applied, Area, Choice, Helped, LessonState, UserRole
from reviewkit.workspace import Workspace
from tests.webapp.conftest import SignIn
from tests.webapp.looking import Page, get, send
from tests.webapp.organisation import ACCEPT, HIDDEN, SAID, found, searchable

FIELDS = {"title": "Count parallel runs", "recommendation": "Run payroll twice.", "positive": "1", "area": ""}


@pytest.fixture
def curator(ws: Workspace, signed_in: SignIn) -> FlaskClient:
    found(ws)
    return signed_in(UserRole.CURATOR)


def post(client: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    """Sends a form and gives the answer's status and its page."""
    token = next(one["value"] for one in get(client, "/").all("input") if one.get("name") == "csrf_token")
    answer = client.post(path, data={"csrf_token": token, **fields}, follow_redirects=True)
    return answer.status_code, answer.text


def test_a_lesson_is_written_with_all_its_fields(curator: FlaskClient, ws: Workspace) -> None:
    more = {"owner": "PMO", "review_on": "2027-05-01", "phase": "build", "tags": "payroll, test", "project": "TAP"}
    more |= {"supersedes": "open the walls first", "risks": "TAP:R1", "early_warning": "Two equal reports"}
    status, text = post(curator, "/lessons/new", **FIELDS, **more)
    assert status == 200
    assert "Added as a draft by curator" in text
    (made,) = [lesson for lesson in ws.lessons.list() if lesson.title == FIELDS["title"]]
    assert (made.supersedes, made.risks, made.tags, made.positive) == ("L2", ("TAP:R1",), ("payroll", "test"), True)
    assert (made.state, made.area, made.early_warning) == (LessonState.DRAFT, None, "Two equal reports")


def test_all_that_is_wrong_is_told_at_once_from_the_top_down(curator: FlaskClient, ws: Workspace) -> None:
    wrong = {**FIELDS, "title": " ", "owner": "x" * 201, "review_on": "tomorrow", "learned": "2026-02-30"}
    wrong |= {"area": "weather", "supersedes": "no such lesson", "project": "NONE", "risks": "TAP:R99"}
    faulty = ["title", "area", "owner", "review_on", "project", "learned", "supersedes", "risks"]
    for path in ("/lessons/new", "/lessons/L1/edit"):
        status, text = post(curator, path, **wrong)
        assert status == 422
        page = Page(text)
        told = [one["href"] for one in page.all("a") if one.get("href", "").startswith("#") and one["href"] != "#main"]
        assert told == [f"#{name}" for name in faulty]
        assert [one["id"] for one in page.all("p") if one.get("class") == "fault"] == [
            f"{name}-problem" for name in faulty
        ]
        ids = {one.get("id") for tag in ("input", "select", "fieldset") for one in page.all(tag)}
        assert ids.issuperset(faulty)


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(curator: FlaskClient, ws: Workspace) -> None:
    before = ws.lessons.list()
    wrong = {**FIELDS, "title": " ", "review_on": "tomorrow", "root_cause": "<b>No</b> count"}
    status, text = post(curator, "/lessons/new", **wrong)
    assert status == 422
    assert 'id="title-problem"' in text
    assert "“tomorrow” is not a day" in text
    assert "&lt;b&gt;No&lt;/b&gt; count" in text
    assert "Run payroll twice." in text
    status, text = post(curator, "/lessons/L1/edit", **{**FIELDS, "supersedes": "no such lesson"})
    assert status == 422
    assert 'id="supersedes-problem"' in text
    assert ws.lessons.list() == before


def test_who_edits_what_another_just_changed_is_told(curator: FlaskClient, ws: Workspace) -> None:
    ws.lessons.edit(replace(ws.lessons.get("L1"), owner="Bob"), who="bob")
    status, text = post(curator, "/lessons/L1/edit", **FIELDS, seen="0")
    assert status == 409
    assert "changed by somebody else" in text
    assert "Run payroll twice." in text
    assert ws.lessons.get("L1").title == "Pay by factory milestones"
    assert post(curator, "/lessons/L1/edit", **FIELDS, seen="1")[0] == 200


def test_a_facilitator_edits_drafts_and_hands_them_in_but_decides_nothing(
    curator: FlaskClient, ws: Workspace, signed_in: SignIn
) -> None:
    client = signed_in(UserRole.FACILITATOR)
    assert post(client, "/lessons/L3/edit", **FIELDS, seen="0")[0] == 200
    assert post(client, "/lessons/L3/hand-in")[0] == 200
    assert ws.lessons.get("L3").state is LessonState.IN_REVIEW
    assert client.get("/lessons/L3/edit").status_code == 403
    assert post(client, "/lessons/L1/edit", **FIELDS)[0] == 403
    assert post(client, "/lessons/L3/state", state="validated")[0] == 403
    assert client.get("/lessons/queue").status_code == 403
    assert "Edit" not in get(client, "/lessons/L1").text


def test_a_draft_begins_beside_each_statement(curator: FlaskClient) -> None:
    for page in ("/reviews/PIR-TAP", "/themes/late"):
        assert any(
            "statement=PIR-TAP-s0" in one["href"]
            for one in get(curator, page).all("a")
            if "draft" in one.get("class", "")
        ), page
    form = get(curator, "/lessons/new?statement=PIR-TAP-s0&theme=late")
    assert SAID[0][1] in form.text
    ticked = {one["value"] for one in form.all("input") if "checked" in one and one["name"] in ("statements", "themes")}
    assert ticked == {"PIR-TAP-s0", "late"}
    assert curator.get(f"/lessons/new?statement={HIDDEN}").status_code == 404


def test_empty_pages_say_what_is_missing(curator: FlaskClient, ws: Workspace) -> None:
    assert "which was not made yet" in get(curator, "/projects/LIBRARY/kickoff/register").text
    assert "No risk of it is registered." in get(curator, "/projects/QUAY/occurred").text
    ws.registers.add(Risk("", "QUAY", "", "Mud"), who="ada")
    assert "Of 1 risk nobody has said yet" in get(curator, "/projects/QUAY/occurred").text
    assert "Nothing was found for this." in get(curator, "/lessons?q=%25").text
    for lesson in ws.lessons.list():
        ws.context.store.lessons.delete(lesson.id)
    assert "The library is empty." in get(curator, "/lessons?q=%25").text


def test_the_queue_shows_hints_and_goes_on_to_the_next(curator: FlaskClient, ws: Workspace) -> None:
    page = get(curator, "/lessons/queue")
    assert "1 draft is to be handed in" in page.text
    assert "The recommendation is vague" in page.text
    status, where = send(curator, "/lessons/queue", "/lessons/L3/state", state="in review", back="queue", next="L9")
    assert (status, where) == (303, "/lessons/queue?did=L3#lesson-L9")
    assert "Communicate better : Marked as in review by curator" in get(curator, where).text.replace(
        "better:", "better :"
    )
    home = get(curator, "/").text
    assert "1 lesson waits for a decision" in home
    assert "1 kickoff and 1 lesson wait for you" in home


def test_what_is_due_stands_on_todays_page(curator: FlaskClient, ws: Workspace) -> None:
    ws.lessons.edit(replace(ws.lessons.get("L1"), review_on=ws.context.today - timedelta(days=2)), who="cur")
    for page in ("/", "/lessons/queue"):
        assert "ue since" in get(curator, page).text, page


def test_history_shows_each_field_and_undo_takes_the_last_back(curator: FlaskClient, ws: Workspace) -> None:
    post(curator, "/lessons/L1/edit", **{**FIELDS, "area": Area.QUALITY}, seen="0")
    page = get(curator, "/lessons/L1")
    assert "Edited by curator" in page.text
    assert "Pay by factory milestones" in page.text  # as it was before
    assert send(curator, "/lessons/L1", "/lessons/L1/undo", number="1")[0] == 303
    assert ws.lessons.get("L1").title == "Pay by factory milestones"
    assert send(curator, "/lessons/L1", "/lessons/L1/undo", number="1")[0] == 409


def test_a_lesson_that_was_replaced_says_by_which(curator: FlaskClient, ws: Workspace) -> None:
    ws.lessons.edit(replace(ws.lessons.get("L2"), supersedes="L1"), who="cur")
    page = get(curator, "/lessons/L1")
    assert "no longer recommended. Open the walls first took its place" in page.text
    assert "replaced by another" in get(curator, "/lessons").text


@pytest.mark.parametrize("query", ["", "q=factory+walls+communicate&"], ids=["listed", "searched"])
def test_the_library_narrows_to_what_helped_so_far(curator: FlaskClient, ws: Workspace, query: str) -> None:
    searchable(ws)
    assert "Effect so far" not in get(curator, f"/lessons?{query}").text
    ws.kickoffs.decide(ACCEPT, Choice.ACCEPTED, who="ada")
    ws.outcomes.tell("QUAY", ACCEPT, applied=Applied.YES, helped=Helped.YES, who="ada")
    whole = get(curator, f"/lessons?{query}")
    assert "Effect so far not enough yet 1 nobody has told 2" in whole.text
    narrowed = get(curator, f"/lessons?{query}helped=not+enough+yet")
    assert "Pay by factory milestones" in narrowed.text
    assert "Open the walls first" not in narrowed.text
    assert "1 lesson" in narrowed.text
    others = get(curator, f"/lessons?{query}helped=nobody+has+told")
    assert "Pay by factory milestones" not in others.text
    assert "Open the walls first" in others.text
    assert "No lesson has all of that." in get(curator, f"/lessons?{query}helped=nonsense").text


def test_what_helped_is_found_though_hundreds_are_nearer(curator: FlaskClient, ws: Workspace) -> None:
    ws.lessons.put_all([Lesson(f"N{n}", "Factory factory", recommendation="Factory factory.") for n in range(260)])
    searchable(ws)
    ws.kickoffs.decide(ACCEPT, Choice.ACCEPTED, who="ada")
    ws.outcomes.tell("QUAY", ACCEPT, applied=Applied.YES, helped=Helped.YES, who="ada")
    assert "Pay by factory milestones" not in get(curator, "/lessons?q=factory&page=10").text
    narrowed = get(curator, "/lessons?q=factory&helped=not+enough+yet")
    assert "Pay by factory milestones" in narrowed.text
    assert "1 lesson, the nearest first." in narrowed.text


def test_an_embedded_lesson_that_is_due_is_to_be_looked_at_and_not_published(
    curator: FlaskClient, ws: Workspace
) -> None:
    ws.lessons.edit(replace(ws.lessons.get("L2"), review_on=ws.context.today - timedelta(days=3)), who="cur")
    for path in ("/lessons/L2", "/lessons/queue"):
        html = curator.get(path).text
        assert "due since" in html
        assert "Back to published" in html
        assert re.search(r'<a class="button main" href="/lessons/L2/edit"', html)
        assert not re.search(r'<button[^>]*class="main"[^>]*>Back', html)
