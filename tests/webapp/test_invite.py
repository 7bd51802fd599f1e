"""The page from which people are invited, as a facilitator uses it."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from xml.etree import ElementTree

import pytest
import segno
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, ReviewStatus, UserRole
from reviewkit.settings import read_settings
from reviewkit.workspace import Workspace
from tests.clock import Clock
from tests.webapp.conftest import SignIn
from tests.webapp.looking import get
from webapp import create_app
from webapp.sessions import COOKIE

PEOPLE = "address,role\nanna@planted.example,team\nben@planted.example,user\n"


@pytest.fixture
def nell(signed_in: SignIn) -> FlaskClient:
    return signed_in(UserRole.FACILITATOR)


def press(client: FlaskClient, review: str, path: str, **fields: object) -> TestResponse:
    """Sends one of the page's forms."""
    page = get(client, f"/reviews/{review}/invite")
    token = next(one["value"] for one in page.all("input") if one.get("name") == "csrf_token")
    return client.post(f"/reviews/{review}/invite{path}", data={"csrf_token": token, **fields})


def test_a_draft_is_opened_with_dates_zone_and_names(
    nell: FlaskClient, signed_in: SignIn, ws: Workspace, clock: Clock
) -> None:
    draft = ws.reviews.new("TAP").id
    assert f"/reviews/{draft}/invite" in nell.get(f"/reviews/{draft}").text
    fields = {"opens": "2026-03-09T09:00", "closes": "2026-04-01T17:30", "time_zone": "Europe/Berlin"}
    assert press(nell, draft, "/open", anonymity="choose yourself", **fields).status_code == 303
    review = ws.reviews.get(draft)
    assert (review.status, review.anonymity, review.time_zone) == (ReviewStatus.OPEN, Anonymity.CHOOSE, "Europe/Berlin")
    text = get(nell, f"/reviews/{draft}/invite").text.replace("\xa0", " ")
    assert "It opens on 9 Mar 2026, 09:00 (Europe/Berlin)." in text
    clock.pass_by(days=9)
    nell = signed_in(UserRole.FACILITATOR)
    later = get(nell, f"/reviews/{draft}/invite").text.replace("\xa0", " ")
    assert "Opened on 9 Mar 2026, 09:00 (Europe/Berlin)." in later
    assert "1 Apr 2026, 17:30 (Europe/Berlin)" in text
    frozen = press(nell, draft, "/open", anonymity="named", time_zone="UTC")
    assert frozen.status_code == 409
    assert "cannot be changed any more" in frozen.text


def test_wrong_dates_come_back_with_what_was_typed(nell: FlaskClient, ws: Workspace) -> None:
    draft = ws.reviews.new("TAP").id
    for fields, said in (
        ({"closes": "2020-01-01T00:00", "time_zone": "UTC"}, "Choose a later date."),
        ({"closes": "soon", "time_zone": "UTC"}, "is not a date and time"),
        ({"closes": "2026-05-01T00:00+02:00", "time_zone": "UTC"}, "is not a date and time"),
        ({"closes": "2026-05-01T00:00", "time_zone": "<b>Mars"}, "is no time zone"),
        ({"anonymity": "secret", "time_zone": "UTC"}, "is none of: anonymous"),
    ):
        answer = press(nell, draft, "/open", **fields)
        assert answer.status_code == 422
        assert said in unescape(answer.text)
        assert f'value="{fields.get("closes", "")}"' in answer.text
        assert "<b>Mars" not in answer.text
    assert ws.reviews.get(draft).status is ReviewStatus.DRAFT


def test_an_extension_opens_again(nell: FlaskClient, ws: Workspace, review: Review) -> None:
    ws.reviews.close(review.id)
    assert re.search(r'<input id="closes"[^>]* value=""', nell.get(f"/reviews/{review.id}/invite").text), "a past day"
    refused = press(nell, review.id, "/extend", closes="", time_zone="UTC")
    assert refused.status_code == 422
    assert "Say until when it takes answers." in refused.text.split('id="closes-problem"')[1][:60]
    assert press(nell, review.id, "/extend", closes="2026-05-01T12:00", time_zone="Asia/Tokyo").status_code == 303
    assert "until 1 May 2026, 12:00 (Asia/Tokyo)" in get(nell, f"/reviews/{review.id}/invite").text.replace("\xa0", " ")


def test_a_link_comes_with_its_code_and_a_text(nell: FlaskClient, ws: Workspace, review: Review) -> None:
    ws.reviews.extend(review.id, ws.context.now().replace(month=5))
    page = press(nell, review.id, "/link").text
    link = re.search(r'class="token">([^<]+)<', page)
    assert link
    assert nell.get(link[1]).status_code == 200
    mail = re.search(r'<textarea id="mail"[^>]*readonly>(.*?)</textarea>', page, re.S)
    assert mail
    for said in ("Tap-on ticketing", "about 4 minutes", "no name is asked for", "2 May 2026, 09:00 (UTC)", link[1]):
        assert said in unescape(mail[1])
    assert modules(re.search(r"<svg.*?class=\"qr\".*?</svg>", page, re.S)[0]) == expected(link[1])  # type: ignore[index]
    assert not re.search(r"\sstyle=|<style|data:", page)
    saved = press(nell, review.id, "/qr.svg", link=link[1])
    assert saved.mimetype == "image/svg+xml"
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert modules(saved.text) == expected(link[1])
    assert press(nell, review.id, "/qr.svg", link="javascript:alert(1)").status_code == 422
    assert link[1].rsplit("/", 1)[1] not in nell.get(f"/reviews/{review.id}/invite").text, "it is shown this once"


@pytest.mark.parametrize("public", ["", "https://reviews.example/"])
def test_links_begin_with_the_public_address_whatever_a_request_calls_the_server(
    ws: Workspace, review: Review, signed_in: SignIn, public: str
) -> None:
    app = create_app(ws, read_settings({}, public_url=public))
    nell = app.test_client()
    known = signed_in(UserRole.FACILITATOR).get_cookie(COOKIE)
    assert known
    nell.set_cookie(COOKIE, known.value, domain="made-up.example")
    place, begin = f"/reviews/{review.id}/invite", public.rstrip("/") or "http://made-up.example"
    page = nell.get(place, base_url="http://made-up.example").text
    assert f"Links begin with {begin}." in page
    assert "No phone" not in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    form = {"base_url": "http://made-up.example", "data": {"csrf_token": token[1], "people": PEOPLE}}
    made = nell.post(f"{place}/link", **form).text
    assert f'class="token">{begin}/r/' in made
    assert (b"made-up" in nell.post(f"{place}/people", **form).data) is not bool(public)


@pytest.mark.parametrize("base", ["http://localhost", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_an_address_that_no_phone_finds_is_said_to_be_one(nell: FlaskClient, review: Review, base: str) -> None:
    host = base.split("//")[1].rsplit(":8000", 1)[0].strip("[]")
    known = nell.get_cookie(COOKIE)
    assert known
    nell.set_cookie(COOKIE, known.value, domain=host)
    said = nell.get(f"/reviews/{review.id}/invite", base_url=base).text
    assert f"Links begin with {base}. No phone and no other computer finds that address" in said


def expected(link: str) -> set[tuple[int, int]]:
    """The dark modules of the link's code, (column, row), four modules of quiet zone around them."""
    rows = segno.make_qr(link, error="m").matrix
    return {(x + 4, y + 4) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules that an SVG draws, as strokes one module high."""
    paths = [one for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("path") and one.get("stroke")]
    found: set[tuple[int, int]] = set()
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", paths[0].get("d") or ""):
        values = [float(number) for number in numbers.split()]
        if command == "h":
            found |= {(int(x) + step, int(y)) for step in range(int(values[0]))}
            x += values[0]
        elif command == "M":
            x, y = values
        else:
            x, y = x + values[0], y + values[1]
    return found


@pytest.mark.parametrize("way", ["paste", "file"])
def test_addresses_in_links_out(nell: FlaskClient, ws: Workspace, review: Review, way: str) -> None:
    sent = {"people": PEOPLE} if way == "paste" else {"file": (io.BytesIO(PEOPLE.encode()), "people.csv")}
    answer = press(nell, review.id, "/people", **sent)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["address"], row["role"]) for row in rows] == [
        ("anna@planted.example", "team"),
        ("ben@planted.example", "user"),
    ]
    for row in rows:
        assert nell.get(row["link"]).status_code == 200
    page = nell.get(f"/reviews/{review.id}/invite").text
    assert "2 personal links" in page
    assert "planted.example" not in page
    events = str(ws.context.store.events.all())
    assert "made 2 personal links" in events
    assert "planted" not in events


@pytest.mark.parametrize("people", ["", "nobody", "address,role\na@x.org,king", "a" * 5000])
def test_a_list_with_a_fault_comes_back(nell: FlaskClient, ws: Workspace, review: Review, people: str) -> None:
    answer = press(nell, review.id, "/people", people=people)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f"{people}</textarea>" in answer.text
    assert re.search(r'<textarea id="people"[^>]*"people-hint people-problem" aria-invalid="true"', answer.text)
    assert ws.inviting.standing(review.id).links.personal == 0


def test_links_are_withdrawn(nell: FlaskClient, ws: Workspace, review: Review, token: str) -> None:
    assert press(nell, review.id, "/withdraw", link="http://localhost/r/nonsense").status_code == 422
    assert "leads nowhere" in press(nell, review.id, "/withdraw", link=f"http://localhost/r/{token}").text
    assert nell.get(f"/r/{token}").status_code == 404
    others = [ws.reviews.new_link(review.id) for _ in range(3)]
    assert "Withdrawn: 3 links." in press(nell, review.id, "/withdraw-all").text
    assert {nell.get(f"/r/{one}").status_code for one in others} == {404}


def test_turnouts_stand_there_once_nobody_can_be_picked_out(
    nell: FlaskClient, ws: Workspace, review: Review, token: str
) -> None:
    assert press(nell, review.id, "/expected", team="20", user="10").status_code == 303
    wrong = press(nell, review.id, "/expected", team="many")
    assert (
        wrong.status_code,
        re.search(r"<details class=\"more\" open><summary>Say how many", wrong.text) is None,
    ) == (422, False)
    for number in range(10):
        ws.responses.submit(token, f"t{number}", {"nps": 7, "role": "team"})
    page = get(nell, f"/reviews/{review.id}/invite").text
    assert "10 of 30 asked" in page
    assert "Project team 20" not in page, "while it is open each newcomer would be seen in it"
    assert "counted once the review is closed" in page
    ws.reviews.close(review.id)
    closed = get(nell, f"/reviews/{review.id}/invite").text
    assert "Project team 20 10 50%" in closed
    assert ("We are looking back" in closed, "Please answer by" in closed) == (True, False)
    ws.reviews.open(review.id)
    for number in range(5):
        ws.responses.submit(token, f"u{number}", {"nps": 7, "role": "team" if number else "user"})
    ws.reviews.close(review.id)
    page = get(nell, f"/reviews/{review.id}/invite").text
    assert "Project team 20" not in page
    assert "A part is left out" in page


def test_no_such_review(nell: FlaskClient, ws: Workspace, review: Review) -> None:
    assert nell.get("/reviews/nope/invite").status_code == 404
    page = get(nell, f"/reviews/{review.id}/invite")
    token = next(one["value"] for one in page.all("input") if one.get("name") == "csrf_token")
    for path in ("open", "extend", "link", "people", "qr.svg", "withdraw", "withdraw-all", "expected"):
        fields = {"csrf_token": token, "closes": "x", "people": PEOPLE, "link": "x", "team": "x"}
        assert nell.post(f"/reviews/nope/invite/{path}", data=fields).status_code == 404, path
