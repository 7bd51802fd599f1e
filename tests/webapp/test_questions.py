"""A review's form is made on its page: each action one post, errors beside their fields, frozen once open."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient

from reviewkit.domain.reviews import Condition, Question, Review
from reviewkit.domain.words import Area, Kind, QuestionType, UserRole
from reviewkit.workspace import Workspace
from tests.webapp.conftest import SignIn
from tests.webapp.looking import Page, get, send

CHANGES = ["head", "new", "q/role", "q/role/move", "q/role/remove", "template"]


@pytest.fixture
def admin(signed_in: SignIn) -> FlaskClient:
    return signed_in(UserRole.FACILITATOR)


@pytest.fixture
def draft(ws: Workspace) -> Review:
    """It asks for the role, whether the schedule was kept, and what was learned."""
    review = ws.reviews.new("TAP", template_key="own_questions")
    ws.building.put(review.id, Question("", "Kept?", QuestionType.YES_PARTLY_NO, lens="schedule"), after="role")
    return ws.reviews.get(review.id)


@pytest.fixture
def home(draft: Review) -> str:
    return f"/reviews/{draft.id}/questions"


def post(client: FlaskClient, home: str, path: str, **fields: object) -> tuple[int, str]:
    """The status of the answer and its text."""
    token = next(one["value"] for one in get(client, home).all("input") if one.get("name") == "csrf_token")
    answer = client.post(f"{home}/{path}", data={"csrf_token": token, **fields})
    return answer.status_code, unescape(answer.text)


def keys(ws: Workspace, review: Review) -> list[str]:
    return [question.key for question in ws.reviews.get(review.id).questions]


def test_a_review_begins_with_the_template_that_is_chosen(ws: Workspace, admin: FlaskClient) -> None:
    status, after = send(admin, "/projects/TAP", "/projects/TAP/reviews", template="sailboat", title="", invited="")
    (summary,) = ws.reviews.list("TAP")
    assert (status, after) == (303, f"/reviews/{summary.review.id}/questions")
    assert summary.review.title == "Sailboat of Tap-on ticketing"
    assert "What should it ask?" in get(admin, after).text
    assert f"/reviews/{summary.review.id}/questions" in admin.get(f"/reviews/{summary.review.id}").text


@pytest.mark.parametrize("template", ["gone", "/etc/hostname.toml", "sailboat.toml"])
def test_what_is_no_template_is_refused_and_no_file_is_read(ws: Workspace, admin: FlaskClient, template: str) -> None:
    assert send(admin, "/projects/TAP", "/projects/TAP/reviews", template=template)[0] == 404
    assert ws.reviews.list() == []


def test_a_number_that_is_none_stands_beside_its_field_and_the_rest_is_kept(admin: FlaskClient) -> None:
    token = next(one["value"] for one in get(admin, "/projects/TAP").all("input") if one.get("name") == "csrf_token")
    sent = {"csrf_token": token, "template": "daki", "title": "How <was> it?", "invited": "many"}
    answer = admin.post("/projects/TAP/reviews", data=sent)
    page = Page(answer.text)
    fields = {one["name"]: one for one in page.all("input") if "name" in one}
    assert answer.status_code == 422
    assert fields["title"]["value"] == "How <was> it?"
    assert fields["invited"]["aria-describedby"] == "invited-problem"
    assert '<option value="daki" selected>' in answer.text
    assert "“many” is not a number of people." in page.text


def test_a_question_is_written_and_stands_where_it_was_wanted(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str
) -> None:
    assert "It is question 3 of 4" in get(admin, f"{home}/new?after=kept").text
    sent = {
        "after": "kept",
        "text": "What was it?",
        "help": "One will do.",
        "type": "single",
        "options": "Permits\r\n\r\n  The   weather \r\nOther",
        "required": "1",
        "lens": "schedule",
        "area": "planning and schedule",
        "expects": "problem",
        "when-kept": ["partly", "no"],
    }
    assert post(admin, home, "new", **sent)[0] == 303
    assert ws.reviews.get(draft.id).questions[2] == Question(
        "what_was_it",
        "What was it?",
        QuestionType.SINGLE,
        help="One will do.",
        required=True,
        lens="schedule",
        area=Area.SCHEDULE,
        expects=Kind.PROBLEM,
        options=("Permits", "The weather", "Other"),
        when=Condition("kept", ("partly", "no")),
    )
    assert "only after “Partly” or “No” to question 2" in get(admin, home).text
    form = admin.get(f"{home}/q/what_was_it").text
    assert 'name="when-kept" value="no" checked' in form
    assert "Permits\nThe weather\nOther</textarea>" in form
    assert 'value="single" selected' in form


def test_a_question_is_changed_moved_and_removed(ws: Workspace, admin: FlaskClient, draft: Review, home: str) -> None:
    assert send(admin, home, f"{home}/q/learned", text="What now?", type="text") == (303, f"{home}#q-learned")
    assert ws.reviews.get(draft.id).question("learned") == Question("learned", "What now?", QuestionType.TEXT)
    assert send(admin, home, f"{home}/q/learned/move", to="up") == (303, f"{home}#q-learned")
    assert keys(ws, draft) == ["role", "learned", "kept"]
    send(admin, home, f"{home}/q/role/move", to="down")
    assert keys(ws, draft) == ["learned", "role", "kept"]
    assert send(admin, home, f"{home}/q/role/remove") == (303, f"{home}#questions")
    assert keys(ws, draft) == ["learned", "kept"]


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"text": "  "}, "text", "Write what is asked."),
        ({"text": "x" * 501}, "text", "This is longer than 500 characters."),
        ({"type": "essay"}, "type", "Choose how it is answered."),
        ({"type": "single"}, "options", "Give at least two to choose from."),
        ({"type": "multiple", "options": "a\nA"}, "options", "“a” stands there twice."),
        ({"area": "weather"}, "area", "Choose one of these."),
        ({"when-kept": "never"}, "when", "“never” is no answer to “kept”"),
        ({"when-kept": "no", "when-role": "team"}, "when", "it cannot hang on two"),
        ({"when-learned": "no"}, "when", "“learned” is none of the questions before it."),
        ({"lens": "x" * 61}, "lens", "This is longer than 60 characters."),
    ],
)
@pytest.mark.parametrize("path", ["new", "q/learned"])
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str, path: str, wrong: dict[str, str], field: str, said: str
) -> None:
    typed = {"text": "How </textarea> was it?", "help": "Say <b>", "type": "text", "options": "one", "required": "1"}
    status, text = post(admin, home, path, **{"after": "kept", "lens": "mine", **typed, **wrong})
    page = Page(text)
    assert status == 422
    assert said in page.text
    assert f'id="{field}-problem"' in text
    assert [one for name in ("input", "textarea", "select", "fieldset") for one in page.all(name)
            if one.get("id") == field and f"{field}-problem" in one["aria-describedby"]]  # fmt: skip
    for name, value in {**typed, **wrong}.items():
        if name not in ("type", "required", "area") and not name.startswith("when"):
            assert value in text
    assert 'name="required" value="1" checked' in text
    assert ws.reviews.get(draft.id) == draft


def test_a_choice_that_a_condition_rests_on_is_kept(ws: Workspace, admin: FlaskClient, home: str) -> None:
    post(admin, home, "new", **{"after": "kept", "text": "Why?", "type": "text", "when-kept": "no"})
    status, text = post(admin, home, "q/kept", text="Kept?", type="paragraph")
    assert status == 422
    assert "“Why?” is asked only after certain answers to this one; change its condition first." in text
    status, text = post(admin, home, "q/why/move", to="up")
    assert status == 422
    assert "“Why?” is asked only after certain answers to “Kept?”, so it stays below it." in text
    asked = get(admin, f"{home}/q/kept")
    assert "“Why?” hangs on it; once it is removed, that is asked of everybody." in asked.text
    page = get(admin, home)
    assert "↑ Up question 3" not in page.text
    assert "↓ Down question 2" not in page.text


def test_what_was_removed_meanwhile_is_said_and_what_was_typed_can_be_added(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str
) -> None:
    ws.building.remove(draft.id, "kept")
    for path in ("q/kept/move", "q/kept/remove"):
        status, text = post(admin, home, path)
        assert (status, "There is no question “kept”" in text) == (404, True)
    assert admin.get(f"{home}/q/kept").status_code == 404
    status, text = post(admin, home, "q/kept", text="Was it kept?", type="text")
    assert status == 404
    assert "Was it kept?</textarea>" in text
    assert f'action="{home}/new"' in text
    assert 'name="after" value="learned"' in text


def test_the_head_is_set_and_minutes_are_estimated_or_said(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str
) -> None:
    assert "Left empty: 1, estimated from the questions." in get(admin, home).text
    assert send(admin, home, f"{home}/head", title="How was it?", intro="Short.", minutes="6") == (303, f"{home}#head")
    review = ws.reviews.get(draft.id)
    assert (review.title, review.intro, review.minutes) == ("How was it?", "Short.", 6)
    assert 'name="minutes" type="text" value="6"' in admin.get(home).text
    send(admin, home, f"{home}/head", title="How was it?", intro="", minutes="")
    assert ws.reviews.get(draft.id).minutes == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "Say what it is called."),
        ("intro", "x" * 2001, "This is longer than 2,000 characters."),
        ("minutes", "0", "This is a whole number from 1 to 240."),
        ("minutes", "٣", "“٣” is not a number of minutes."),
        ("minutes", "a few", "“a few” is not a number of minutes."),
    ],
)
def test_a_head_that_cannot_be_comes_back(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str, field: str, value: str, said: str
) -> None:
    sent = {"title": "A new title", "intro": "A new intro.", "minutes": "7", field: value}
    status, text = post(admin, home, "head", **sent)
    assert status == 422
    assert f'<p class="fault" id="{field}-problem">{said}</p>' in text
    assert all(one in text for one in sent.values())
    assert ws.reviews.get(draft.id) == draft


def test_a_draft_starts_again_from_a_template_or_a_file(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str
) -> None:
    taken = admin.get(f"{home}/export.toml")
    assert taken.headers["Content-Disposition"] == "attachment; filename=questions.toml"
    assert send(admin, home, f"{home}/template", key="sailboat")[0] == 303
    assert keys(ws, draft)[1:] == ["island", "wind", "anchor", "rocks"]
    assert post(admin, home, "file", file=(io.BytesIO(taken.data), "questions.toml"))[0] == 303
    assert ws.reviews.get(draft.id).questions == draft.questions


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"title = 1", "Template “mine”: the field “title” must be text in quotation marks."),
        (b"\xff\xfe", "Save it as UTF-8."),
        (b"", "the field “title” is missing"),
        (None, "Choose a file first."),
    ],
)
def test_a_file_that_is_no_template_changes_nothing(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str, content: bytes | None, said: str
) -> None:
    status, text = post(
        admin, home, "file", file=(io.BytesIO(content or b""), "mine.toml" if content is not None else "")
    )
    assert status == 422
    assert said in text.split('id="file-problem"')[1][:200]
    assert post(admin, home, "file", file="no file")[0] == 422
    assert post(admin, home, "template", key="/etc/hosts.toml")[0] == 404
    assert ws.reviews.get(draft.id) == draft


def test_questions_are_kept_as_a_template_of_ones_own(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str
) -> None:
    status, after = send(admin, home, f"{home}/keep", template="Our review")
    assert (status, after) == (303, f"{home}?kept=our_review#own")
    told = get(admin, after).text
    assert "Kept as the template “Our review”. To start from it, begin a review on a project’s page" in told
    assert "choose it under “Your own”" in told
    for other in (home, f"{home}?kept=nowhere", f"{home}?kept=sailboat"):
        assert "Kept as the template" not in get(admin, other).text
    assert ws.templates.get("our_review").questions == draft.questions
    assert '<optgroup label="Your own">' in admin.get("/projects/TAP").text
    status, text = post(admin, home, "keep", template="Our review")
    assert status == 409
    assert 'value="Our review"' in text
    assert "There is already a template “our_review”" in text.split('id="template-problem"')[1][:100]
    assert 'name="replace"' in text
    ws.building.remove(draft.id, "role")
    assert post(admin, home, "keep", template="Our review", replace="1")[0] == 303
    assert len(ws.templates.get("our_review").questions) == 2
    assert post(admin, home, "drop", key="our_review")[0] == 303
    assert ws.templates.own() == []
    assert post(admin, home, "drop", key="sailboat")[0] == 409


@pytest.mark.parametrize("closed", [False, True])
def test_once_opened_it_is_frozen_and_a_corrected_copy_is_offered(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str, closed: bool
) -> None:
    opened = ws.reviews.open(draft.id)
    opened = ws.reviews.close(draft.id) if closed else opened
    page = get(admin, home)
    assert "its questions are frozen" in page.text
    leads = [one.get("action", "") for one in page.all("form")] + [
        one.get("formaction", "") for one in page.all("button")
    ]
    assert not [one for one in leads if re.search(r"/(head|template|file|move|remove|new)$", one)]
    for path in CHANGES:
        fields = {"text": "Typed before it was opened", "type": "text", "title": "T", "key": "daki", "to": "down"}
        status, text = post(admin, home, path, **fields)
        assert (status, "Make a corrected copy to change them." in text) == (409, True), path
        assert path not in ("new", "q/role") or "Typed before it was opened</textarea>" in text
    assert ws.reviews.get(draft.id) == opened
    status, after = send(admin, home, f"{home}/copy")
    assert status == 303
    copy = ws.reviews.get(after.split("/")[2])
    assert copy.title == f"{draft.title} (corrected)"
    assert copy.questions == draft.questions
    assert "/ Own questions (corrected) / Questions" in get(admin, after).text
    seen = get(admin, f"/reviews/{copy.id}/questions/preview").text
    assert "Own questions (corrected) Tap-on ticketing" in seen, "a project is named once"
    assert "What should it ask?" in get(admin, after).text


def test_the_preview_is_the_form_with_nothing_to_send(ws: Workspace, admin: FlaskClient, draft: Review) -> None:
    path = f"/reviews/{draft.id}/questions/preview"
    answer = admin.get(path)
    shown = Page(answer.text)
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in admin.get(f"/reviews/{draft.id}/questions").headers["Content-Security-Policy"]
    (form,) = shown.all("form")
    assert "method" not in form
    assert "data-draft" not in form
    assert [button for button in shown.all("button") if button.get("class") == "main" and "disabled" in button]
    ws.reviews.open(draft.id)
    asked = Page(admin.get(f"/r/{ws.reviews.new_link(draft.id)}").text)
    names = [one["name"] for one in asked.all("input") if one.get("name", "").startswith("answer-")]
    assert names == [one["name"] for one in shown.all("input") if one.get("name", "").startswith("answer-")]
    assert names


@pytest.mark.parametrize("path", ["", "/new", "/q/role", "/preview", "/export.toml"])
def test_making_a_form_is_for_facilitators(ws: Workspace, signed_in: SignIn, home: str, path: str) -> None:
    assert signed_in(UserRole.VIEWER).get(home + path).status_code == 403
    assert signed_in(UserRole.FACILITATOR).get(home + path).status_code == 200
    viewer = get(signed_in(UserRole.VIEWER), home.removesuffix("/questions"))
    assert not [link for link in viewer.all("a") if home in link["href"]]


def test_wild_texts_are_shown_as_text(admin: FlaskClient, home: str) -> None:
    wild = "<script>alert(1)</script> {{7*7}} \"'><svg/onload=1>"
    sent = {"text": wild, "help": wild, "lens": wild[:60], "type": "single", "options": f"{wild}\nother"}
    assert post(admin, home, "new", **sent)[0] == 303
    made = {"text": "Why?", "type": "text", "when-script_alert_1_script_7_7": wild}
    assert post(admin, home, "new", after="script_alert_1_script_7_7", **made)[0] == 303
    for path in ("", "/q/script_alert_1_script_7_7", "/q/why", "/preview"):
        text = admin.get(home + path).text
        assert "<script>alert" not in text
        assert "<svg" not in text.replace('<svg class="', "")
        assert "{{7*7}}" in text or "7*7" not in text


def test_pages_need_no_inline_script_or_style(admin: FlaskClient, home: str) -> None:
    pages = "".join(admin.get(home + path).text for path in ("", "/new", "/q/role", "/preview"))
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", pages)


def test_a_form_of_200_questions_can_still_be_made_on_a_slow_line(
    ws: Workspace, admin: FlaskClient, draft: Review, home: str
) -> None:
    kinds = (QuestionType.TEXT, QuestionType.RATING, QuestionType.SINGLE, QuestionType.YES_PARTLY_NO)
    options = ("in the first month", "half-way", "in the last month", "after the finish")
    asked = tuple(
        Question(f"q{n}", f"What should be said about work package {n}?", kinds[n % 4], options=options * (n % 4 == 2))
        for n in range(200)
    )
    with ws.context.store.write():
        ws.context.store.reviews.put(replace(draft, questions=asked))
    for page in ("", "/q/q199", "/new"):
        answer = admin.get(home + page)
        assert "work package 198?" in answer.text
        assert len(answer.data) < 150_000
    assert "109 more with choices stand further up" in admin.get(f"{home}/q/q199").text
