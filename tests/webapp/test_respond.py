"""The respondent's form: complete without script, nothing typed lost, a receipt once and for all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Condition, Question, Review
from reviewkit.domain.words import Anonymity, QuestionType, UserRole
from reviewkit.workspace import Workspace, open_workspace
from tests.webapp.conftest import SignIn
from webapp import create_app

TOWER = "e" + "\u0301" * 10_000
WILD = [
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\x00=1", "=cmd|'/C calc'!A0", ";=1", "＝1",
    "<script>alert(1)</script>", '"><svg/onload=alert(1)>', "javascript:alert(1)", "x onmouseover=alert(1)",
    "{{7*7}}", "{0.__class__}", "' OR 1=1--", "%_", 'NEAR( "', "fine\r\nERROR root logged in", "</textarea><b>",
    "\x1b[31mred", "a\x00b", "\u202egnirts", TOWER, "a @ b . c o m ｂ＠ｃ．ｄ",
]  # fmt: skip


def submission_key(page: str) -> str:
    found = re.search(r'name="submission_key" value="([^"]+)"', page)
    assert found
    return found[1]


def receipt(page: str) -> str:
    found = re.search(r'class="token">([^<]+)<', page)
    assert found
    return found[1]


def test_the_form_says_what_is_wanted_and_asks_every_question(client: FlaskClient, token: str, review: Review) -> None:
    page = client.get(f"/r/{token}").text
    for said in ("Tap-on ticketing", "About 4 minutes", "20 questions", "Your answers are anonymous."):
        assert said in page
    for question in review.questions:
        assert f'name="answer-{question.key}"' in page
        assert question.text in unescape(page)


def test_a_named_review_does_not_promise_anonymity(client: FlaskClient, ws: Workspace) -> None:
    named = ws.reviews.open(ws.reviews.new("TAP", anonymity=Anonymity.NAMED).id)
    page = client.get(f"/r/{ws.reviews.new_link(named.id)}").text
    assert "This review is not anonymous." in page
    assert "Anonymous. No need" not in page


def test_asking_for_the_form_uses_nothing_up(client: FlaskClient, token: str) -> None:
    keys = {submission_key(client.get(f"/r/{token}").text) for _ in range(5)}
    client.head(f"/r/{token}")
    assert len(keys) == 5
    assert all(len(key) >= 22 for key in keys)
    assert client.post(f"/r/{token}", data={"submission_key": keys.pop(), "answer-nps": "7"}).status_code == 201


def test_the_same_form_sent_twice_is_saved_once(client: FlaskClient, ws: Workspace, token: str, review: Review) -> None:
    sent = {"submission_key": submission_key(client.get(f"/r/{token}").text), "answer-went_well": "The demo."}
    first, again = client.post(f"/r/{token}", data=sent), client.post(f"/r/{token}", data=sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert receipt(first.text) == receipt(again.text) == ws.responses.list(review.id)[0].receipt
    changed = client.post(f"/r/{token}", data={**sent, "answer-went_well": "The demo!"})
    assert changed.status_code == 409
    assert "You have sent this form already" in changed.text
    for path in (f"/r/{token}", f"/r/{token}/receipt"):
        assert f'class="button" href="{path}"' in changed.text
    assert [response.answers["went_well"] for response in ws.responses.list(review.id)] == ["The demo."]


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(client: FlaskClient, token: str) -> None:
    sent = {
        "submission_key": "mine",
        "answer-role": "team",
        "answer-went_well": "The </textarea> demo",
        "answer-nps": "77",
        "answer-overall": "4",
    }
    answer = client.post(f"/r/{token}", data=sent)
    assert answer.status_code == 422
    assert submission_key(answer.text) == "mine"
    assert "The &lt;/textarea&gt; demo</textarea>" in answer.text
    assert 'name="answer-role" value="team" checked' in answer.text
    assert 'name="answer-overall" value="4" checked' in answer.text
    assert 'id="answer-nps" tabindex="-1" aria-describedby="answer-nps-help answer-nps-problem"' in answer.text
    assert 'id="answer-nps-problem">This must be a whole number from 0 to 10.</p>' in answer.text
    assert '<a href="#answer-nps">' in answer.text
    assert client.post(f"/r/{token}", data={**sent, "answer-nps": "7"}).status_code == 201


def test_every_type_of_question_has_its_field_and_gives_its_answer_back(client: FlaskClient, ws: Workspace) -> None:
    draft = ws.reviews.new("TAP")
    questions = (
        Question("line", "In a word?", QuestionType.TEXT, required=True),
        Question("when", "When?", QuestionType.DATE),
        Question("which", "Which?", QuestionType.MULTIPLE, options=("red", "green", "blue")),
        Question("one", "One?", QuestionType.SINGLE, options=("yes", "no")),
    )
    with ws.context.store.write():
        ws.context.store.reviews.put(replace(draft, questions=questions))
    ws.reviews.open(draft.id)
    path = f"/r/{ws.reviews.new_link(draft.id)}"
    fresh = client.get(path).text
    assert "(needed)" in fresh
    assert "4 questions, 1 needed" in fresh
    wrong = client.post(path, data={"submission_key": "k", "answer-which": ["red", "blue"], "answer-when": "soon"})
    assert wrong.status_code == 422
    assert "Please answer this one." in wrong.text
    assert 'value="red" checked' in wrong.text
    assert 'value="green" checked' not in wrong.text
    right = {"answer-line": "good", "answer-which": ["red", "blue"], "answer-when": "2026-03-31", "answer-one": "no"}
    assert client.post(path, data={"submission_key": "k", **right}).status_code == 201
    assert ws.responses.list(draft.id)[0].answers == {
        "line": "good", "when": "2026-03-31", "which": ("red", "blue"), "one": "no"
    }  # fmt: skip


@pytest.mark.parametrize("text", WILD)
def test_wild_text_is_saved_and_shown_as_text(
    client: FlaskClient, ws: Workspace, token: str, review: Review, text: str
) -> None:
    shown = client.post(f"/r/{token}", data={"submission_key": "k", "answer-went_well": text, "answer-nps": "99"})
    assert shown.status_code == 422
    for raw in ("<script>", "<svg", "</textarea><b>", 'href="javascript'):
        assert raw not in shown.text
    typed = dict(re.findall(r'<textarea id="answer-(\w+)".*?>\n(.*?)</textarea>', shown.text, re.S))
    assert unescape(typed["went_well"]).replace("\ufffd", "\x00") == text
    sent = client.post(f"/r/{token}", data={"submission_key": "k", "answer-went_well": text})
    assert sent.status_code == 201
    kept = {
        "\t=1": "=1",
        "\r=1": "=1",
        "\x00=1": "=1",
        "\x1b[31mred": "[31mred",
        "a\x00b": "ab",
        "\u202egnirts": "gnirts",
    }
    kept |= {"fine\r\nERROR root logged in": "fine\nERROR root logged in", TOWER: "\u00e9" + "\u0301" * 8}
    assert ws.responses.list(review.id)[0].answers["went_well"] == kept.get(text, text)
    again = client.post(f"/r/{token}/receipt", data={"receipt": receipt(sent.text)})
    typed = dict(re.findall(r'<textarea id="answer-(\w+)".*?>\n(.*?)</textarea>', again.text, re.S))
    assert unescape(typed["went_well"]) == kept.get(text, text)
    assert not re.search("<script>|<svg|</textarea><b>", again.text)


@pytest.mark.parametrize("text", ["e" + "\u0301" * 100_000, "a" * 20_001])
def test_text_beyond_measure_comes_back_with_a_word_on_its_length(client: FlaskClient, token: str, text: str) -> None:
    answer = client.post(f"/r/{token}", data={"submission_key": "k", "answer-went_well": text})
    assert answer.status_code == 422
    assert "This is longer than 20,000 characters." in answer.text
    assert text in answer.text


def test_bytes_that_are_no_text_do_no_harm(client: FlaskClient, ws: Workspace, token: str, review: Review) -> None:
    body = b"submission_key=k&answer-went_well=%ED%A0%80good%FF%00&answer-%FF=1"
    form = "application/x-www-form-urlencoded"
    assert client.post(f"/r/{token}", data=body, content_type=form).status_code == 422  # there is no such question
    assert client.post(f"/r/{token}", data=body[:-11], content_type=form).status_code == 201
    assert "good" in str(ws.responses.list(review.id)[0].answers["went_well"])


@pytest.mark.parametrize(
    "sent", [{}, *({"answer-went_well": text} for text in (" \u200b\u200d ", " \t\r\n\u00a0\u3000", "\u3164\u2800"))]
)
def test_an_empty_form_is_not_saved(
    client: FlaskClient, ws: Workspace, token: str, review: Review, sent: dict[str, str]
) -> None:
    answer = client.post(f"/r/{token}", data={"submission_key": "k", **sent})
    assert answer.status_code == 422
    assert "It is not sent yet." in answer.text
    assert "Not one question is answered yet; answer at least one." in answer.text
    assert '<a href="#answer-role">Go to the first question</a>' in answer.text
    assert "Nothing is lost" not in answer.text  # for nothing was written
    assert ws.responses.list(review.id) == []


def test_a_role_alone_is_not_saved_and_is_not_called_nothing(
    client: FlaskClient, ws: Workspace, token: str, review: Review
) -> None:
    answer = client.post(f"/r/{token}", data={"submission_key": "k", "answer-role": "team"})
    assert answer.status_code == 422
    assert "So far it says only what your part was; answer at least one more question." in answer.text
    assert "Not one question is answered" not in answer.text
    assert "Nothing is lost, but it is not sent yet." in answer.text
    assert ws.responses.list(review.id) == []


def test_where_answers_are_needed_an_empty_form_is_not_said_to_lose_nothing(client: FlaskClient, ws: Workspace) -> None:
    draft = ws.reviews.new("TAP", anonymity=Anonymity.NAMED)
    with ws.context.store.write():
        asked = (Question("line", "In a word?", QuestionType.TEXT, required=True),)
        ws.context.store.reviews.put(replace(draft, questions=asked))
    ws.reviews.open(draft.id)
    path = f"/r/{ws.reviews.new_link(draft.id)}"
    assert "1 question, name needed" in client.get(path).text
    empty = client.post(path, data={"submission_key": "k", "name": " "}).text
    assert "It is not sent yet." in empty
    assert "Nothing is lost" not in empty
    assert '<a href="#answer-line">' in empty
    assert "Go to the first question" not in empty  # each that is needed is linked to already
    named = client.post(path, data={"submission_key": "k", "name": "Anna"}).text
    assert "Nothing is lost, but it is not sent yet." in named


@pytest.mark.parametrize("key", [None, "", "  ", "k\x00", "k" * 201])
def test_a_form_without_a_usable_key_comes_back_with_one(client: FlaskClient, token: str, key: str | None) -> None:
    answer = client.post(
        f"/r/{token}",
        data={"submission_key": key, "answer-went_well": "kept"} if key is not None else {"answer-went_well": "kept"},
    )
    assert answer.status_code == 422
    assert "kept</textarea>" in answer.text
    assert "please send the answers once more" in answer.text
    assert "needs a submission_key" not in answer.text  # which is said to programs
    fresh = submission_key(answer.text)
    assert client.post(f"/r/{token}", data={"submission_key": fresh, "answer-went_well": "kept"}).status_code == 201


def test_fields_that_are_no_answers_are_passed_over(
    client: FlaskClient, ws: Workspace, token: str, review: Review
) -> None:
    sent = {"submission_key": "k", "answer-nps": "7", "is_admin": "1", "review": "other", "submitted": "1999-01-01"}
    assert client.post(f"/r/{token}", data=sent).status_code == 201
    saved = ws.responses.list(review.id)[0]
    assert (saved.review, saved.submitted, saved.answers) == (review.id, ws.context.today, {"nps": 7})
    unknown = client.post(f"/r/{token}", data={"submission_key": "l", "answer-salary": "7"})
    assert unknown.status_code == 422


def test_a_field_given_twice_is_refused_and_not_guessed(client: FlaskClient, token: str) -> None:
    sent = {"submission_key": "k", "answer-nps": ["7", "9"], "answer-went_well": ["a", "b"]}
    assert client.post(f"/r/{token}", data=sent).status_code == 422


@pytest.mark.parametrize(
    "spoil", [str.swapcase, lambda t: t[:-1], lambda t: t + "x", lambda t: "", lambda t: "x" * 5000]
)
def test_a_token_off_by_a_little_leads_nowhere(client: FlaskClient, token: str, spoil: Callable[[str], str]) -> None:
    for answer in (
        client.get(f"/r/{spoil(token)}"),
        client.post(f"/r/{spoil(token)}", data={"submission_key": "k", "answer-nps": "7"}),
    ):
        assert answer.status_code == 404
        assert token not in answer.text


def test_a_link_stops_with_its_review_but_confirms_what_arrived(
    client: FlaskClient, ws: Workspace, token: str, review: Review
) -> None:
    sent = {"submission_key": "k", "answer-nps": "7"}
    first = client.post(f"/r/{token}", data=sent)
    ws.reviews.close(review.id)
    closed = client.get(f"/r/{token}")
    assert closed.status_code == 410
    for said in (
        "This review is closed",
        "closed on 2 Mar 2026 and takes no more answers",
        "sent before are kept",
        "ask whoever",
    ):
        assert said in closed.text.replace("\u00a0", " ")
    assert client.get(f"/r/{token}/receipt").text == closed.text
    assert client.post(f"/r/{token}", data={**sent, "submission_key": "l"}).status_code == 410
    assert client.post(f"/r/{token}", data={"answer-nps": "7"}).status_code == 410
    again = client.post(f"/r/{token}", data=sent)
    assert (again.status_code, receipt(again.text)) == (200, receipt(first.text))


def test_a_draft_review_and_a_revoked_link_say_so(client: FlaskClient, ws: Workspace, token: str) -> None:
    draft = ws.reviews.new("TAP")
    early = client.get(f"/r/{ws.reviews.new_link(draft.id)}")
    assert early.status_code == 409
    assert "Not open yet" in early.text
    assert "reviewkit review open" not in early.text
    with ws.context.store.write():
        ws.context.store.links_in.put(*(replace(link, revoked=True) for link in ws.context.store.links_in.all()))
    withdrawn = client.get(f"/r/{token}")
    assert withdrawn.status_code == 404
    assert "This link leads to no review" in withdrawn.text
    assert client.post(f"/r/{token}", data={"submission_key": "k", "answer-nps": "7"}).status_code == 404


def test_no_cookie_is_set_and_none_is_heeded(client: FlaskClient, token: str, signed_in: SignIn) -> None:
    sent = {"submission_key": "k", "answer-nps": "7"}
    for browser in (client, signed_in(UserRole.ADMIN)):
        page, saved = browser.get(f"/r/{token}"), browser.post(f"/r/{token}", data=sent)
        assert not page.headers.get_all("Set-Cookie") + saved.headers.get_all("Set-Cookie")
        assert "Log out" not in page.text
    assert page.text.replace(submission_key(page.text), "") == re.sub(
        submission_key(other := client.get(f"/r/{token}").text), "", other
    )


def test_the_form_with_all_it_loads_is_light(client: FlaskClient, token: str) -> None:
    page = client.get(f"/r/{token}")
    parts = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    assert len(parts) == 4
    assert len(page.data) + sum(len(client.get(part).data) for part in parts) <= 60_000


def test_the_form_needs_no_inline_script_or_style(client: FlaskClient, token: str) -> None:
    page = client.get(f"/r/{token}").text + client.get("/login").text
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", page)


def test_what_surrounds_a_submission_is_stored_nowhere(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path / "w.db")) as ws:
        ws.projects.add(Project("TAP", "Tap"))
        secret = ws.reviews.new_link(ws.reviews.open(ws.reviews.new("TAP").id).id)
        headers = {
            "User-Agent": "PlantedAgent/7",
            "X-Forwarded-For": "203.0.113.77",
            "Referer": "http://planted.example",
        }
        client = create_app(ws).test_client()
        sent = {"submission_key": "k", "answer-went_well": "The planted answer."}
        where = {"REMOTE_ADDR": "203.0.113.78"}
        assert client.post(f"/r/{secret}", data=sent, headers=headers, environ_base=where).status_code == 201
        on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"The planted answer." in on_disk
    for planted in (b"PlantedAgent", b"203.0.113.7", b"planted.example", secret.encode()):
        assert planted not in on_disk


def conditional(ws: Workspace) -> tuple[Review, str]:
    """An open review whose second, required question hangs on the first, and the path of its form."""
    draft = ws.reviews.new("TAP", template_key="own_questions")
    kept = ws.building.put(draft.id, Question("", "Was the schedule kept?", QuestionType.YES_PARTLY_NO), after="role")
    when = Condition(kept.key, ("partly", "no"))
    ws.building.put(draft.id, Question("", "Why not?", QuestionType.TEXT, required=True, when=when), after=kept.key)
    return ws.reviews.open(draft.id), f"/r/{ws.reviews.new_link(draft.id)}"


def test_a_question_that_hangs_on_an_answer_says_when_it_applies(client: FlaskClient, ws: Workspace) -> None:
    _, path = conditional(ws)
    page = unescape(client.get(path).text)
    assert "Only if you answered “Partly” or “No” to question 2; otherwise leave it empty." in page
    assert 'data-when="answer-was_the_schedule_kept" data-answers="["partly", "no"]"' in page
    assert 'aria-describedby="answer-why_not-when"' in page
    assert "up to 4 questions" in page


@pytest.mark.parametrize("way", ["form", "JSON"])
def test_a_question_that_does_not_apply_is_neither_needed_nor_kept(
    client: FlaskClient, ws: Workspace, way: str
) -> None:
    review, path = conditional(ws)

    def send(key: str, **answers: str) -> int:
        if way == "JSON":
            body = {"submission_key": key, "answers": answers}
            return client.post(f"/api/v1/respond/{path.rsplit('/', 1)[1]}", json=body).status_code
        fields = {f"answer-{name}": value for name, value in answers.items()}
        return client.post(path, data={"submission_key": key, **fields}).status_code

    assert send("a", was_the_schedule_kept="no") == 422
    assert send("a", was_the_schedule_kept="no", why_not="Permits.") == 201
    assert send("b", was_the_schedule_kept="yes", why_not="It was.") == 201
    assert send("b", was_the_schedule_kept="yes") == 200  # the same submission, as far as it counts
    assert send("c", learned="Ask early.", why_not="Permits.") == 201
    kept = {response.submission_key: response.answers for response in ws.responses.list(review.id)}
    assert kept == {
        "a": {"was_the_schedule_kept": "no", "why_not": "Permits."},
        "b": {"was_the_schedule_kept": "yes"},
        "c": {"learned": "Ask early."},
    }


def test_what_was_typed_where_it_does_not_apply_stands_there_again_after_an_error(
    client: FlaskClient, ws: Workspace
) -> None:
    _, path = conditional(ws)
    sent = {"answer-role": "king", "answer-was_the_schedule_kept": "yes", "answer-why_not": "Permits."}
    answer = client.post(path, data={"submission_key": "k", **sent})
    assert answer.status_code == 422
    assert 'value="Permits."' in answer.text
