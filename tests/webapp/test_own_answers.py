"""The pages on which a receipt changes or erases answers; and what the form says of names."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, UserRole
from reviewkit.workspace import Workspace, open_workspace
from tests.clock import Clock
from tests.webapp.conftest import SignIn
from tests.webapp.looking import Page
from webapp import create_app

SENT = {"submission_key": "k", "answer-went_well": "The first words.", "answer-nps": "7", "answer-role": "team"}


def sent(client: FlaskClient, token: str, **more: str) -> str:
    """The receipt for answers that were sent."""
    answer = client.post(f"/r/{token}", data={**SENT, **more})
    assert answer.status_code == 201
    found = re.search(r'class="token">([^<]+)<', answer.text)
    assert found
    return found[1]


def test_the_receipts_page_says_what_it_is_good_for(client: FlaskClient, token: str) -> None:
    page = client.post(f"/r/{token}", data=SENT).text
    assert "Keep it if you may want to change or erase your answers." in page
    assert f'href="/r/{token}/receipt"' in page


def test_answers_are_changed_by_whoever_has_the_receipt(
    client: FlaskClient, ws: Workspace, token: str, review: Review
) -> None:
    receipt = sent(client, token)
    assert "Your receipt" in client.get(f"/r/{token}/receipt").text
    form = client.post(f"/r/{token}/receipt", data={"receipt": receipt})
    assert form.status_code == 200
    assert "The first words.</textarea>" in form.text
    assert 'name="answer-nps" value="7" checked' in form.text
    assert 'name="answer-role" value="team" checked' in form.text
    assert "submission_key" not in form.text
    wrong = client.post(f"/r/{token}/correct", data={"receipt": receipt, "answer-went_well": "New.", "answer-nps": "x"})
    assert wrong.status_code == 422
    assert "New.</textarea>" in wrong.text
    assert 'id="answer-nps-problem"' in wrong.text
    changed = client.post(f"/r/{token}/correct", data={"receipt": receipt, "answer-went_well": "The second words."})
    assert changed.status_code == 200
    assert "Your answers are changed." in changed.text
    assert receipt in changed.text
    assert [one.answers for one in ws.responses.list(review.id)] == [{"went_well": "The second words."}]


def test_answers_are_not_changed_into_nothing(client: FlaskClient, ws: Workspace, token: str, review: Review) -> None:
    receipt = sent(client, token)
    emptied = client.post(f"/r/{token}/correct", data={"receipt": receipt, "answer-went_well": ""})
    assert emptied.status_code == 422
    assert "Not saved yet: what you sent before still stands." in emptied.text
    assert '<a href="#erase">Erase all that I sent instead</a>' in emptied.text
    assert "Nothing is lost" not in emptied.text
    assert [one.answers["went_well"] for one in ws.responses.list(review.id)] == ["The first words."]


def test_erasing_asks_once_more(client: FlaskClient, ws: Workspace, token: str, review: Review) -> None:
    receipt = sent(client, token)
    asked = client.post(f"/r/{token}/erase", data={"receipt": receipt})
    assert "Erase your answers?" in asked.text
    assert len(ws.responses.list(review.id)) == 1
    done = client.post(f"/r/{token}/erase", data={"receipt": receipt, "sure": "yes"})
    assert (done.status_code, "Your answers are erased." in done.text) == (200, True)
    assert ws.responses.list(review.id) == []
    assert client.post(f"/r/{token}/erase", data={"receipt": receipt, "sure": "yes"}).status_code == 422


def test_a_receipt_stands_in_no_address_and_no_page_is_kept(client: FlaskClient, token: str) -> None:
    receipt = sent(client, token)
    for path, more in (("receipt", {}), ("correct", {"answer-nps": "3"}), ("erase", {}), ("erase", {"sure": "yes"})):
        answer = client.post(f"/r/{token}/{path}", data={"receipt": receipt, **more})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.headers.get_all("Set-Cookie")
        addresses = re.findall(r'(?:href|action|src)="([^"]*)"', answer.text)
        assert not [one for one in addresses if receipt in one]
        assert 'method="get"' not in answer.text


def test_wrong_receipts_are_told_and_limited(client: FlaskClient, ws: Workspace, token: str, review: Review) -> None:
    receipt = sent(client, token)
    before = ws.responses.list(review.id)
    for path in ("receipt", "correct", "erase", "receipt", "erase"):  # five are allowed here
        answer = client.post(f"/r/{token}/{path}", data={"receipt": receipt[:-1], "sure": "yes", "answer-nps": "3"})
        assert answer.status_code == 422
        assert "No answers to this review have that receipt." in answer.text
        assert receipt[:-1] not in answer.text
        field = re.search(r'<input id="receipt"[^>]*>', answer.text)
        assert field
        assert 'aria-describedby="receipt-help problem" aria-invalid="true" autofocus' in field[0]
        assert "value=" not in field[0]
        told = answer.text[answer.text.index('id="problem"') : answer.text.index("</form>")]
        for said in ("Sixteen small letters and digits", "Type it again", "under “Your receipt”", "not shown again"):
            assert said in told
    shut = client.post(f"/r/{token}/receipt", data={"receipt": receipt})
    assert (shut.status_code, shut.headers["Retry-After"]) == (429, "900")
    assert "Type it again" not in shut.text  # it may be right, and is not looked at
    assert ws.responses.list(review.id) == before


def test_closed_draft_and_unknown_say_so(client: FlaskClient, ws: Workspace, token: str, review: Review) -> None:
    receipt = sent(client, token)
    ws.reviews.close(review.id)
    draft = ws.reviews.new_link(ws.reviews.new("TAP").id)
    for link, status in ((token, 410), (draft, 409), (token[:-1], 404), ("x", 404)):
        assert client.get(f"/r/{link}/receipt").status_code == status
        for path in ("receipt", "correct", "erase"):
            answer = client.post(f"/r/{link}/{path}", data={"receipt": receipt, "sure": "yes", "answer-nps": "1"})
            assert answer.status_code == status
            assert token not in answer.text
    assert len(ws.responses.list(review.id)) == 1


def test_a_used_personal_link_says_what_can_be_done(client: FlaskClient, ws: Workspace, review: Review) -> None:
    (one,) = ws.inviting.invite(review.id, b"anna@example.org")
    for _ in range(3):  # a mail scanner
        page = client.get(f"/r/{one.token}").text
        client.head(f"/r/{one.token}")
    assert "Your link lets in one person, once." in page
    receipt = sent(client, one.token)
    assert client.post(f"/r/{one.token}", data=SENT).status_code == 200
    changed = client.post(f"/r/{one.token}", data={**SENT, "answer-nps": "8"})
    assert changed.status_code == 409
    assert f'href="/r/{one.token}/receipt"' in changed.text
    assert "Open the form again" not in changed.text  # it would say that the link has been used
    for answer in (client.get(f"/r/{one.token}"), client.post(f"/r/{one.token}", data={**SENT, "submission_key": "l"})):
        assert answer.status_code == 410
        assert "This link has been used" in answer.text
        assert f"/r/{one.token}/receipt" in answer.text
    body = {"submission_key": "m", "answers": {"nps": 1}}
    assert client.post(f"/api/v1/respond/{one.token}", json=body).status_code == 410
    assert client.post(f"/r/{one.token}", data={**SENT, "submission_key": ""}).status_code == 410
    client.post(f"/r/{one.token}/erase", data={"receipt": receipt, "sure": "yes"})
    assert client.get(f"/r/{one.token}").status_code == 200
    assert client.post(f"/api/v1/respond/{one.token}", json=body).status_code == 201


def opened(ws: Workspace, anonymity: Anonymity) -> str:
    review = ws.reviews.open(ws.reviews.new("TAP", anonymity=anonymity).id)
    return ws.reviews.new_link(review.id)


def test_the_form_says_of_names_what_is_true(client: FlaskClient, ws: Workspace) -> None:
    pages = {way: client.get(f"/r/{opened(ws, way)}").text for way in Anonymity}
    assert 'name="name"' not in pages[Anonymity.ANONYMOUS]
    assert "Neither your name, your address nor your device is stored" in pages[Anonymity.ANONYMOUS]
    chosen = Page(pages[Anonymity.CHOOSE])
    assert [one for one in chosen.all("input") if one.get("name") == "name" and "aria-required" not in one]
    assert "Leave it empty to stay anonymous" in chosen.text
    assert "Anonymous unless you gave your name above." in chosen.text
    named = Page(pages[Anonymity.NAMED])
    assert [one for one in named.all("input") if one.get("name") == "name" and one["aria-required"] == "true"]
    assert "This review is not anonymous." in named.text
    assert "questions, name needed" in named.text


def test_a_missing_name_is_told_beside_its_field(client: FlaskClient, ws: Workspace) -> None:
    token = opened(ws, Anonymity.NAMED)
    answer = client.post(f"/r/{token}", data={**SENT, "name": "  "})
    assert answer.status_code == 422
    assert 'id="name-problem">Please say who you are.</p>' in answer.text
    assert '<a href="#name">Your name</a>' in answer.text
    again = client.post(f"/r/{token}", data={**SENT, "name": '"><svg/onload=alert(1)>', "answer-nps": "x"})
    assert "<svg/" not in again.text
    assert '"><svg/onload=alert(1)>' in unescape(again.text)
    body = {"submission_key": "j", "answers": {"nps": 1}}
    assert client.post(f"/api/v1/respond/{token}", json=body).get_json()["problems"] == {
        "name": "please say who you are"
    }
    assert client.post(f"/api/v1/respond/{token}", json={**body, "name": 7}).status_code == 400
    assert client.post(f"/api/v1/respond/{token}", json={**body, "name": "Nell"}).status_code == 201


def test_a_name_that_nobody_asked_for_is_stored_nowhere(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path / "w.db")) as ws:
        ws.projects.add(Project("TAP", "Tap"))
        token = opened(ws, Anonymity.ANONYMOUS)
        client = create_app(ws).test_client()
        receipt = sent(client, token, name="Planted Name")
        body = {"submission_key": "j", "answers": {"nps": 1}, "name": "Planted Name"}
        assert client.post(f"/api/v1/respond/{token}", json=body).status_code == 201
        fields = {"receipt": receipt, "answer-nps": "2", "name": "Planted Name"}
        assert client.post(f"/r/{token}/correct", data=fields).status_code == 200
        assert not [path for path in tmp_path.iterdir() if b"Planted" in path.read_bytes()]


@pytest.mark.parametrize("anonymity", [Anonymity.CHOOSE, Anonymity.NAMED])
def test_a_name_leaves_its_response_for_no_page_but_the_facilitators(
    client: FlaskClient, ws: Workspace, signed_in: SignIn, anonymity: Anonymity
) -> None:
    review = ws.reviews.open(ws.reviews.new("TAP", anonymity=anonymity).id)
    token = ws.reviews.new_link(review.id)
    for number in range(6):
        sent(client, token, submission_key=str(number), name=f"Planted Name {number}")
    paths = ["/", "/projects", "/projects/TAP", f"/reviews/{review.id}", "/themes", "/lessons?q=Name"]
    for role in UserRole:
        reader = signed_in(role)
        assert not [path for path in paths if "Planted" in reader.get(path).text]
        invite = reader.get(f"/reviews/{review.id}/invite")
        told = anonymity is Anonymity.NAMED and role.rank >= UserRole.FACILITATOR.rank
        assert ("Planted Name 3" in invite.text) == told


def test_a_review_that_opens_later_says_when_in_its_zone(client: FlaskClient, ws: Workspace, clock: Clock) -> None:
    review = ws.reviews.new("TAP")
    local = clock.time.replace(tzinfo=None, day=9, hour=9)
    ws.reviews.open(review.id, opens=local, time_zone="Europe/Berlin")
    answer = client.get(f"/r/{ws.reviews.new_link(review.id)}")
    assert answer.status_code == 409
    assert "9 Mar 2026, 09:00 (Europe/Berlin)" in answer.text.replace("\xa0", " ")


def test_every_page_of_a_respondent_is_light(client: FlaskClient, token: str) -> None:
    receipt = sent(client, token)
    for answer in (
        client.get(f"/r/{token}"),
        client.post(f"/r/{token}", data={**SENT, "submission_key": "l", "answer-nps": "x"}),
        client.post(f"/r/{token}", data=SENT),
        client.get(f"/r/{token}/receipt"),
        client.post(f"/r/{token}/receipt", data={"receipt": receipt}),
        client.post(f"/r/{token}/erase", data={"receipt": receipt}),
    ):
        parts = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text))
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', answer.text)
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", answer.text)
        assert len(answer.data) + sum(len(client.get(part).data) for part in parts) <= 60_000
