"""A lesson's way in a browser: from a theme to published, with the keyboard; every page accessible and no wider."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import LessonState, UserRole
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.webapp.organisation import found


def test_from_a_theme_to_published_by_keyboard(site: Site, open_page: OpenPage) -> None:
    found(site.ws)
    page = open_page(viewport=DESK)
    site.log_in(page, UserRole.CURATOR)
    page.goto(f"{site.url}/themes/late")
    page.get_by_role("link", name="Draft a lesson from it").click()
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Late deliveries")
    (made,) = [lesson for lesson in site.ws.lessons.list() if lesson.title == "Late deliveries"]
    assert made.statements
    assert made.themes == ("late",)

    page.goto(f"{site.url}/lessons/queue")
    first, second = page.locator("[data-row]").nth(0), page.locator("[data-row]").nth(1)
    expect(first).to_be_focused()
    page.keyboard.press("j")
    expect(second).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_be_focused()
    for key, state in (("h", LessonState.IN_REVIEW), ("v", LessonState.VALIDATED)):
        page.goto(f"{site.url}/lessons/queue#lesson-{made.id}")
        expect(page.locator(f"#lesson-{made.id}")).to_be_focused()
        page.keyboard.press(key)
        expect(page.get_by_role("status")).to_contain_text(f"Marked as {state}")
        assert site.ws.lessons.get(made.id).state is state

    page.goto(f"{site.url}/lessons/{made.id}")
    page.get_by_role("button", name="Publish").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Marked as published by curator")
    page.get_by_role("status").get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kicker .tag")).to_have_text("validated")


def test_the_queue_works_without_script(site: Site, open_page: OpenPage) -> None:
    found(site.ws)
    page = open_page(script=False)
    site.log_in(page, UserRole.CURATOR)
    page.goto(f"{site.url}/lessons/queue")
    page.get_by_role("button", name="Hand in for review “Communicate better”").click()
    expect(page.get_by_role("status")).to_contain_text("Marked as in review")
    assert site.ws.lessons.get("L3").state is LessonState.IN_REVIEW


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(site: Site, browser: Browser, size: dict[str, int], scheme: str) -> None:
    found(site.ws)
    site.ws.lessons.edit(Lesson("L3", "Communicate better", recommendation="Call the depots.", owner="PMO"), who="ann")
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    site.log_in(page)
    for path in ("", "/L1", "/L3", "/L3/edit", "/new?theme=late", "/queue"):
        page.goto(f"{site.url}/lessons{path}")
        violations = Axe().run(page)
        assert violations.violations_count == 0, (path, violations.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    context.close()
