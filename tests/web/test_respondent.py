"""A respondent with a phone and four minutes, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import DESK, OpenPage, Site
from tests.web.test_collecting_browser import faults


def answer_some(page: Page) -> None:
    page.get_by_label("Project team").check()
    page.get_by_label("What went well, and should be done again?").fill("The weekly demo.\nNobody had to ask.")
    page.get_by_role("group", name="All in all").get_by_label("4").check()
    page.get_by_role("group", name="How likely").get_by_label("10").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send my answers").click()


def spoil(page: Page) -> None:
    """Makes the browser send a choice that does not exist, as a damaged page or an extension would."""
    choice = page.get_by_role("group", name="Was the schedule kept?").get_by_label("Partly")
    choice.check()
    choice.evaluate("input => { input.value = 'never' }")


def saved(site: Site, review: str) -> dict[str, object]:
    (response,) = site.ws.responses.list(review)
    return dict(response.answers)


ANSWERED = {"role": "team", "went_well": "The weekly demo.\nNobody had to ask.", "overall": 4, "nps": 10}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_answers_get_a_receipt(site: Site, open_page: OpenPage, script: bool) -> None:
    review, address = site.open_review()
    page = open_page(script=script)
    page.goto(address)
    answer_some(page)
    if script:
        expect(page.get_by_text("4 of 20 answered")).to_be_visible()
    send(page)
    expect(page.get_by_role("heading", name="Thank you. Your answers are saved.")).to_be_visible()
    (response,) = site.ws.responses.list(review)
    expect(page.get_by_text(response.receipt)).to_be_visible()
    assert saved(site, review) == ANSWERED
    page.reload()
    expect(page.get_by_text("nothing was saved twice")).to_be_visible()
    assert saved(site, review) == ANSWERED


def test_an_error_mended_loses_nothing(site: Site, open_page: OpenPage) -> None:
    review, address = site.open_review()
    page = open_page()
    page.goto(address)
    answer_some(page)
    spoil(page)
    send(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost, but it is not sent yet.")
    group = page.get_by_role("group", name="Was the schedule kept?")
    expect(group).to_have_accessible_description("This must be one of: yes, partly, no.")
    page.get_by_role("link", name="Was the schedule kept?").click()
    expect(group).to_be_in_viewport()
    group.get_by_label("No", exact=True).check()
    send(page)
    expect(page.get_by_role("heading", name="Thank you.")).to_be_visible()
    assert saved(site, review) == {**ANSWERED, "schedule_kept": "no"}


def test_by_keyboard_only(site: Site, open_page: OpenPage) -> None:
    review, address = site.open_review()
    page = open_page(viewport=DESK)
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_text("What becomes of my answers?")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # the third role
    for _ in range(3):  # past two choices, to the first text
        page.keyboard.press("Tab")
    page.keyboard.type("The permits came late.")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you.")).to_be_visible()
    assert saved(site, review) == {"role": "team", "schedule_why": "The permits came late."}


def test_a_choice_can_be_taken_back(site: Site, open_page: OpenPage) -> None:
    review, address = site.open_review()
    page = open_page(script=False)
    page.goto(address)
    answer_some(page)
    page.get_by_label("Rather not say").check()
    page.get_by_role("group", name="How likely").get_by_label("No view").check()
    send(page)
    assert saved(site, review) == {key: ANSWERED[key] for key in ("went_well", "overall")}


def test_a_draft_stays_on_the_device_until_it_is_sent(site: Site, open_page: OpenPage) -> None:
    review, address = site.open_review()
    _, another = site.open_review()
    page = open_page()
    page.goto(address)
    answer_some(page)
    page.goto(another)  # left in the middle
    expect(page.get_by_label("Project team")).not_to_be_checked()
    page.goto(address)
    expect(page.get_by_text("Here is what you typed on this device earlier.")).to_be_visible()
    expect(page.get_by_label("What went well")).to_have_value("The weekly demo.\nNobody had to ask.")
    send(page)
    expect(page.get_by_role("heading", name="Thank you.")).to_be_visible()
    assert saved(site, review) == ANSWERED
    assert page.evaluate("Object.keys(localStorage)") == []
    page.goto(address)
    expect(page.get_by_label("What went well")).to_have_value("")


def test_a_draft_can_be_forgotten_and_names_no_link(site: Site, open_page: OpenPage) -> None:
    _, address = site.open_review()
    page = open_page()
    page.goto(address)
    answer_some(page)
    page.reload()
    assert address.rsplit("/", 1)[1] not in str(page.evaluate("JSON.stringify(localStorage)"))
    page.get_by_role("button", name="Start afresh").click()
    expect(page.get_by_text("20 questions, all optional")).to_be_visible()
    expect(page.get_by_label("What went well")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_lost_receipt_is_found_again_and_nothing_is_saved_twice(site: Site, open_page: OpenPage) -> None:
    review, address = site.open_review()
    page = open_page()
    page.goto(address)
    answer_some(page)

    def lose_the_answer(route, request) -> None:  # type: ignore[no-untyped-def]
        if request.method == "POST":
            route.fetch()  # it arrives, and the connection drops on the way back
            route.abort()
        else:
            route.continue_()

    page.route(address, lose_the_answer)
    with page.expect_event("requestfailed"):
        send(page)
    page.unroute(address)
    page.goto(address)
    send(page)
    expect(page.get_by_text("nothing was saved twice")).to_be_visible()
    assert saved(site, review) == ANSWERED


def test_what_was_changed_after_sending_is_kept_for_a_second_form(site: Site, open_page: OpenPage) -> None:
    review, address = site.open_review()
    page = open_page()
    page.goto(address)
    answer_some(page)
    key = page.locator("[name=submission_key]").input_value()
    send(page)
    expect(page.get_by_role("heading", name="Thank you.")).to_be_visible()
    page.goto(address)  # what going back shows in a browser that kept the page: the same form, under the same key
    page.locator("[name=submission_key]").evaluate("(input, key) => { input.value = key }", key)
    page.get_by_label("What went badly?").fill("The permits.")
    send(page)
    expect(page.get_by_role("heading", name="You have sent this form already")).to_be_visible()
    assert saved(site, review) == ANSWERED
    page.get_by_role("link", name="Open the form again").click()
    expect(page.get_by_label("What went badly?")).to_have_value("The permits.")
    send(page)
    expect(page.get_by_role("heading", name="Thank you.")).to_be_visible()
    assert len(site.ws.responses.list(review)) == 2


def test_an_empty_form_leads_to_the_first_question(site: Site, open_page: OpenPage) -> None:
    review, address = site.open_review()
    page = open_page()
    page.goto(address)
    send(page)
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("Not one question is answered yet; answer at least one.")
    expect(alert).not_to_contain_text("Nothing is lost")
    assert faults(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="What was your part in the project?")).to_be_focused()
    answer_some(page)
    send(page)
    expect(page.get_by_role("heading", name="Thank you. Your answers are saved.")).to_be_visible()
    assert saved(site, review) == ANSWERED


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_wrong_receipt_is_asked_for_again(site: Site, open_page: OpenPage, script: bool) -> None:
    _, address = site.open_review()
    page = open_page(script=script)
    page.goto(address)
    answer_some(page)
    send(page)
    receipt = page.locator("dd.token").inner_text()
    page.get_by_role("link", name="change or erase my answers").click()
    field = page.get_by_label("Your receipt")
    field.fill(receipt[:-1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No answers to this review have that receipt.")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(field).to_have_accessible_description(re.compile("Sixteen small letters and digits.*Type it again", re.S))
    if script:
        assert faults(page) == []
    page.keyboard.type(receipt.upper())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Change your answers")).to_be_visible()
