"""The whole loop in a browser: advice, decision, close, outcome, and the next kickoff that knows of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project
from reviewkit.domain.words import Choice, LessonState, ProjectStatus
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.webapp import organisation

BRIEF = "Buy hand scanners for the depot and train the drivers before the launch."
OTHER = "Quiz jury wages weekly."
EARLY, LATE = "Try the scanners in the depot before buying.", "Before buying, try the scanners in the depot."


@pytest.fixture
def loop(site: Site) -> Site:
    """Two projects with one brief, two lessons that fit it equally well, and one that does not."""
    store = site.ws.context.store
    with store.write():
        for key in ("FIRST", "SECOND"):
            store.projects.put(Project(key, f"{key.title()} depot", brief=BRIEF, status=ProjectStatus.ACTIVE))
        lesson = Lesson("A", EARLY, recommendation=EARLY, state=LessonState.PUBLISHED)
        store.lessons.put(
            lesson,
            replace(lesson, id="B", title=LATE, recommendation=LATE),
            replace(lesson, id="C", title=OTHER, recommendation=OTHER),
        )
    organisation.searchable(site.ws)
    return site


def advice(page: Page) -> list[str]:
    return page.locator(".advice").all_inner_texts()


def test_what_helped_in_one_project_is_told_and_weighed_at_the_kickoff_of_the_next(
    loop: Site, open_page: OpenPage
) -> None:
    page = open_page(script=False, viewport=DESK)
    loop.log_in(page)
    page.goto(f"{loop.url}/projects/FIRST/kickoff")
    page.get_by_role("button", name="Make the kickoff").click()
    assert len(advice(page)) == 3
    second = advice(page)[1]
    card = page.locator(".recommendation", has_text=second)
    card.get_by_text("Accept", exact=False).first.click()
    card.get_by_role("button", name="Accept it").click()

    loop.ws.projects.close("FIRST")
    before = loop.ws.kickoffs.for_project("SECOND").recommendations
    page.goto(f"{loop.url}/projects/FIRST")
    expect(page.get_by_text("1 of 1 decision of the kickoff waits to be told.")).to_be_visible()
    assert any(second in question.text for question in loop.ws.reviews.new("FIRST").questions)
    page.get_by_role("link", name="Tell what became of the advice").click()
    page.get_by_role("group", name="Was it applied?").get_by_label("Yes").check()
    page.get_by_role("group", name="Did it help?").get_by_label("Yes").check()
    page.get_by_role("group", name="happen anyway?").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Told by admin")).to_be_visible()
    expect(page.get_by_role("group", name="Did it help?").get_by_label("Yes")).to_be_checked()

    helped = "It helped in 1 of 1 project that applied it: not enough yet"
    page.goto(f"{loop.url}/lessons/{'A' if second == EARLY else 'B'}")
    expect(page.get_by_text(helped)).to_be_visible()
    page.goto(f"{loop.url}/insights")
    expect(page.get_by_role("row", name=second.rstrip("."))).to_contain_text("1 of 1")

    page.goto(f"{loop.url}/projects/SECOND/kickoff")
    page.get_by_role("button", name="Run again").click()
    expect(page.locator(".recommendation", has_text=second)).to_contain_text(helped)
    after = {one.source: one.score for one in loop.ws.kickoffs.latest("SECOND").recommendations}  # type: ignore[union-attr]
    was = {one.source: one.score for one in before}
    lifted = "A" if second == EARLY else "B"
    assert after[lifted] > was[lifted]
    assert before[1].source == lifted
    assert advice(page)[0] == second  # it stood second before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_is_accessible(site: Site, open_page: OpenPage, viewport: dict[str, int], scheme: str) -> None:
    organisation.found(site.ws).kickoffs.decide(organisation.ACCEPT, Choice.ACCEPTED, who="ada")
    site.ws.kickoffs.decide(organisation.ADAPT, Choice.ADAPTED, text="Open three walls.", who="ada")
    page = open_page(viewport=viewport, color_scheme=scheme)
    site.log_in(page)
    page.goto(f"{site.url}/projects/QUAY/outcomes")
    expect(page.get_by_role("heading", name="Open three walls")).to_be_visible()
    found = Axe().run(page)
    assert not found.violations_count, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
