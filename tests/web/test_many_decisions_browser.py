"""A review of a project that decided for more advice than a form can ask about in four minutes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Request, expect

from reviewkit.domain.kickoffs import Kickoff, Recommendation
from reviewkit.domain.words import Choice, Scope
from tests.web.conftest import PHONE, OpenPage, Site
from tests.web.test_collecting_browser import faults
from tests.web.test_form_browser import MOST_BYTES, no_sideways

ONE = Recommendation("", "K", 1, Scope.LESSONS, "", "", "why", 0.5, choice=Choice.ACCEPTED)
SAID = [
    "Order the switchgear before the drawings are final.",
    "Ask the tenants twice before the water is turned off.",
    "Walk the site with the fire service before the ceilings close.",
    "Write the data migration rehearsals into the plan, three of them, with the people who will do it on the night.",
    "Name who decides when the vendor asks.",
    "Keep two weeks free after the holidays.",
    "Let the night shift try the scanner first.",
]


@pytest.fixture
def form(site: Site) -> str:
    """The address of a form that asks about seven decisions."""
    _, address = site.open_review("FIRST")  # makes the project
    store = site.ws.context.store
    with store.write():
        store.kickoffs.put(Kickoff("K", "FIRST", "A new line.", site.ws.context.now()))
        store.recommendations.put(
            *(replace(ONE, id=f"recommended{n}", source=f"L{n}", rank=n, advice=text) for n, text in enumerate(SAID, 1))
        )
    _, address = site.open_review("FIRST")
    return address


@pytest.mark.parametrize("script", [True, False])
def test_each_decision_is_asked_about_and_three_stand_open(
    site: Site, open_page: OpenPage, form: str, script: bool, tmp_path: Path
) -> None:
    page = open_page(viewport=PHONE, script=script)
    asked: list[Request] = []
    page.on("requestfinished", lambda one: asked.append(one))
    page.goto(form, wait_until="networkidle")
    sizes = {one.url: one.sizes()["responseBodySize"] for one in asked}
    assert len(sizes) >= 3
    assert sum(sizes.values()) <= MOST_BYTES / 3, sizes
    assert page.get_by_text("Was that done?").count() == len(SAID)
    expect(page.get_by_text("29 questions, 12 more at the end, all optional")).to_be_visible()
    for text, stands_open in zip(SAID, [True] * 3 + [False] * 4, strict=True):
        expect(page.get_by_text(text)).to_be_visible(visible=stands_open)
    page.get_by_text("4 more decisions of the kickoff, if you know of them").press("Enter")
    last = page.get_by_role("group", name=SAID[-1])
    last.get_by_label("Partly").check()
    if script:
        expect(page.get_by_text("1 of 41 answered")).to_be_visible()
    assert no_sideways(page)
    page.screenshot(path=tmp_path / "many.png", full_page=True)
    if script:
        assert faults(page) == []
        expect(page.get_by_text("Kept on this device")).to_be_visible()
        page.reload()
        expect(last.get_by_label("Partly")).to_be_checked()
        expect(last).to_be_visible()  # it stands open, since something was answered there
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you. Your answers are saved.")).to_be_visible()
    assert [one.answers for one in site.ws.context.store.responses.all()] == [{"applied-recommended7": "partly"}]


def test_questions_that_lie_folded_count_once_they_are_opened_or_answered(open_page: OpenPage, form: str) -> None:
    page = open_page(viewport=PHONE)
    page.goto(form)
    first = page.get_by_role("group", name="What was your part in the project?")
    expect(first).to_contain_text("1 of 29.")
    page.get_by_label("Project team").check()
    bar = page.locator("progress")
    expect(page.get_by_text("1 of 29 answered")).to_be_visible()
    expect(bar).to_have_js_property("max", 29)
    more = page.get_by_text("4 more decisions of the kickoff, if you know of them")
    more.press("Enter")
    expect(page.get_by_text("1 of 41 answered")).to_be_visible()
    expect(first).to_contain_text("1 of 41.")
    page.get_by_role("group", name=SAID[-1]).get_by_label("Partly").check()
    expect(page.get_by_text("2 of 41 answered")).to_be_visible()
    more.press("Enter")
    expect(page.get_by_text("2 of 30 answered")).to_be_visible()
    expect(bar).to_have_js_property("max", 30)
    expect(page.get_by_text("Kept on this device")).to_be_visible()
