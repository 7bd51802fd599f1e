"""A form is made on a phone and answered on another: conditions, the preview, and nothing that keeps anybody out."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Condition, Question, Review
from reviewkit.domain.words import QuestionType, UserRole
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.test_every_page import FAINT, SMALL


@pytest.fixture
def draft(site: Site) -> Review:
    """A draft with a question of every type, of which two hang on others, one on the other."""
    site.ws.projects.add(Project("TAP", "Tap-on ticketing on the city trams"))
    review, put = site.ws.reviews.new("TAP", template_key="own_questions"), site.ws.building.put
    kept = put(review.id, Question("", "Was it kept?", QuestionType.YES_PARTLY_NO), after="role")
    no = Condition(kept.key, ("partly", "no"))
    causes = ("permits", "the weather, which was worse than anybody had thought")
    which = put(
        review.id, Question("", "Which causes?", QuestionType.MULTIPLE, options=causes, when=no), after=kept.key
    )
    permits = Condition(which.key, ("permits",))
    put(review.id, Question("", "Since when?", QuestionType.DATE, required=True, when=permits), after=which.key)
    put(review.id, Question("", "One of two?", QuestionType.SINGLE, help="Or neither.", options=("one", "two")))
    put(review.id, Question("", "In a word?", QuestionType.TEXT))
    put(review.id, Question("", "All in all?", QuestionType.RATING))
    put(review.id, Question("", "Would you?", QuestionType.NPS))
    return site.ws.reviews.get(review.id)


def open_form(site: Site, review: Review) -> str:
    site.ws.reviews.open(review.id)
    return f"{site.url}/r/{site.ws.reviews.new_link(review.id)}"


def faults(page: Page) -> str:
    found = Axe().run(page)
    return "" if found.violations_count == 0 else str(found.generate_report())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_form_is_made_on_a_phone(site: Site, open_page: OpenPage, script: bool) -> None:
    site.ws.projects.add(Project("TAP", "Tap-on ticketing on the city trams"))
    page = open_page(script=script)
    site.log_in(page, UserRole.FACILITATOR)
    page.goto(f"{site.url}/projects/TAP")
    page.get_by_text("Begin a review").click()
    page.get_by_label("What should it ask?").select_option(label="Own questions, 1 min")
    page.get_by_role("button", name="Prepare the review").click()
    page.get_by_role("link", name="Add a question", exact=True).click()
    page.get_by_label("Question", exact=True).fill("Was the schedule kept?")
    page.get_by_label("It is answered with").select_option(label="One of several choices")
    page.get_by_label("Choices").fill("Yes, quite\nNo")
    page.get_by_role("button", name="Add the question").click()
    page.get_by_role("link", name="Add a question at the end").click()
    expect(page.get_by_label("Choices")).to_be_visible(visible=not script)
    page.get_by_text("3. Was the schedule kept?").click()
    page.get_by_role("group", name="3. Was").or_(page.get_by_role("group", name="Was the")).get_by_label("No").check()
    page.get_by_role("button", name="Add the question").click()
    expect(page.get_by_role("alert")).to_contain_text("Write what is asked.")
    expect(page.get_by_label("No", exact=True)).to_be_checked()
    page.get_by_label("Question", exact=True).fill("What prevented it?")
    page.get_by_role("button", name="Add the question").click()
    expect(page.get_by_text("only after “No” to question 3")).to_be_visible()
    page.get_by_role("button", name="↑ Up question 3").click()
    page.get_by_role("link", name="See it as respondents do").click()
    expect(page.get_by_role("button", name="Send my answers")).to_be_disabled()
    (summary,) = site.ws.reviews.list("TAP")
    questions = site.ws.reviews.get(summary.review.id).questions
    assert [question.text for question in questions[1:]] == [
        "Was the schedule kept?", "What should the next project know?", "What prevented it?"
    ]  # fmt: skip
    assert questions[-1].when == Condition(questions[1].key, ("No",))


def test_a_question_stands_there_once_it_applies(site: Site, open_page: OpenPage, draft: Review) -> None:
    page = open_page()
    page.goto(open_form(site, draft))
    which, since = page.get_by_role("group", name="Which causes?"), page.get_by_label("Since when?")
    expect(page.get_by_text("up to 9 questions")).to_be_visible()
    expect(page.get_by_role("group", name="3 of 7. What should")).to_have_count(0)
    expect(page.get_by_label("3 of 7. What should the next project know?")).to_be_visible()
    expect(which).to_be_hidden()
    page.get_by_role("group", name="Was it kept?").get_by_label("No", exact=True).check()
    expect(which).to_be_visible()
    expect(page.get_by_text("Only if you answered")).to_have_count(0)
    which.get_by_label("Permits").check()
    since.fill("2026-02-01")
    expect(page.get_by_text("3 of 9 answered")).to_be_visible()
    page.reload()
    expect(since).to_have_value("2026-02-01")  # the draft of before, with what hangs on it
    page.get_by_role("group", name="Was it kept?").get_by_label("Yes").check()
    expect(since).to_be_hidden()
    expect(page.get_by_text("1 of 7 answered")).to_be_visible()
    page.get_by_role("group", name="Was it kept?").get_by_label("Partly").check()
    expect(since).to_have_value("2026-02-01")  # nothing typed is lost by a slip
    page.get_by_role("group", name="Was it kept?").get_by_label("Yes").check()
    page.get_by_label("In a word?").fill("Late.")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you.")).to_be_visible()
    (response,) = site.ws.responses.list(draft.id)
    assert response.answers == {"was_it_kept": "yes", "in_a_word": "Late."}


def test_without_script_every_question_stands_there_and_says_when_it_applies(
    site: Site, open_page: OpenPage, draft: Review
) -> None:
    page = open_page(script=False)
    page.goto(open_form(site, draft))
    expect(page.get_by_role("group", name="Which causes?")).to_have_accessible_description(
        "Only if you answered “Partly” or “No” to question 2; otherwise leave it empty."
    )
    page.get_by_label("Since when?").fill("2026-02-01")
    page.get_by_label("In a word?").fill("Late.")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you.")).to_be_visible()
    assert [response.answers for response in site.ws.responses.list(draft.id)] == [{"in_a_word": "Late."}]


def test_the_preview_stands_beside_the_questions_on_a_desk(site: Site, open_page: OpenPage, draft: Review) -> None:
    page = open_page(viewport=DESK)
    site.log_in(page, UserRole.FACILITATOR)
    page.goto(f"{site.url}/reviews/{draft.id}/questions")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Tap-on ticketing on the city trams")
    frame.get_by_role("group", name="Was it kept?").get_by_label("No", exact=True).check()
    expect(frame.get_by_role("group", name="Which causes?")).to_be_visible()
    expect(frame.get_by_role("button", name="Send my answers")).to_be_disabled()
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"] + 2
    assert page.evaluate("Object.keys(localStorage)") == []


def test_where_one_is_takes_one_line_on_a_phone_and_is_heard_whole(
    site: Site, open_page: OpenPage, draft: Review
) -> None:
    page = open_page(viewport=PHONE)
    site.log_in(page, UserRole.FACILITATOR)
    long = "Tap-on ticketing on the city trams"
    named = {
        "questions": ("Projects", long, "Post-implementation review"),
        "invite": (long, "Post-implementation review"),
    }
    site.ws.building.describe(draft.id, title=f"Post-implementation review of {long}", intro="")
    for path, links in named.items():
        page.goto(f"{site.url}/reviews/{draft.id}/{path}")
        trail = page.locator(".kicker")
        assert trail.bounding_box()["height"] < 32, path  # type: ignore[index]
        for name in links:
            expect(trail.get_by_role("link", name=name, exact=True)).to_be_visible()
    page.goto(f"{site.url}/reviews/{draft.id}")
    assert page.locator(".kicker").bounding_box()["height"] < 64  # type: ignore[index]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_nobody_is_kept_out(
    site: Site, open_page: OpenPage, draft: Review, scheme: str, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport, color_scheme=scheme)
    site.log_in(page, UserRole.FACILITATOR)
    home = f"{site.url}/reviews/{draft.id}/questions"
    site.ws.templates.save(site.ws.building.as_template(draft.id, "Ours"))
    frozen = site.ws.building.corrected_copy(draft.id)
    addresses = [home, f"{home}/new", f"{home}/q/since_when", f"{home}/preview", open_form(site, frozen)]
    for address in [*addresses, f"{site.url}/reviews/{frozen.id}/questions", f"{site.url}/projects/TAP"]:
        page.goto(address)
        for fold in page.locator("summary").all():
            fold.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address
        assert page.evaluate(FAINT) == [], address
        if page.locator(".respond").count() == 0:  # there a choice's label is what is pressed
            assert page.evaluate(SMALL) == [], address
        assert faults(page) == "", address
    page.goto(f"{home}/new")
    page.get_by_role("button", name="Add the question").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert faults(page) == ""
