"""The signed-in pages in a browser: decided in place or without script, on a phone, in the dark, on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from reviewkit.domain.words import Choice, UserRole
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.webapp import organisation

KICKOFF = "/projects/QUAY/kickoff"


@pytest.fixture
def full(site: Site) -> Site:
    """The site with an organisation in it, whose library can be searched."""
    organisation.searchable(organisation.found(site.ws))
    return site


def signed_in(site: Site, page: Page, role: UserRole = UserRole.ADMIN) -> Page:
    site.log_in(page, role)
    expect(page.get_by_role("heading", level=1)).to_contain_text("kickoff waits for you")
    return page


def unfold(card: Locator, choice: str) -> Locator:
    """Opens one of a recommendation's three choices and gives what it holds."""
    card.locator("summary").filter(has_text=choice).click()
    return card.locator("details[open]").filter(has_text=choice)


@pytest.mark.parametrize("script", [True, False])
def test_a_project_manager_decides_without_leaving_the_page(full: Site, open_page: OpenPage, script: bool) -> None:
    page = signed_in(full, open_page(script=script, viewport=DESK), UserRole.FACILITATOR)
    page.get_by_role("link", name="Quayside interchange").first.click()
    first, second, third = (page.locator(f"#r-rec-{number}") for number in (1, 2, 3))

    panel = unfold(first, "Accept")
    panel.get_by_label("Who sees to it?").fill("Idris Bello")
    panel.get_by_role("button", name="Accept it").click()
    expect(first.get_by_role("status")).to_contain_text("Accepted by facilitator")
    expect(first).to_contain_text("Idris Bello sees to it")

    panel = unfold(second, "Adapt")
    panel.get_by_label("The advice as you want it").fill("Open the quay wall first")
    panel.get_by_role("button", name="Save my wording").click()
    expect(second.locator(".advice")).to_have_text("Open the quay wall first.")

    panel = unfold(third, "Dismiss")
    panel.get_by_role("button", name="Dismiss it").click()  # without a reason the browser does not send it
    expect(third.get_by_role("status")).to_have_count(0)
    panel.get_by_label("Why does it not fit here?").select_option("Another reason")
    panel.get_by_label("In your words").fill("We buy no hardware")
    panel.get_by_role("button", name="Dismiss it").click()
    expect(third).to_contain_text("Dismissed because: Another reason: We buy no hardware")
    expect(page.locator(".lede")).to_contain_text("All are decided.")

    third.get_by_role("button", name="Undo").click()
    expect(third.get_by_role("button", name="Undo")).to_have_count(0)
    assert page.url.split("#")[0].endswith(KICKOFF)
    choices = {one.id: one.choice for one in full.ws.kickoffs.latest("QUAY").recommendations}  # type: ignore[union-attr]
    assert choices == {"rec-1": Choice.ACCEPTED, "rec-2": Choice.ADAPTED, "rec-3": Choice.UNDECIDED}


def test_the_keyboard_reaches_the_content_first(full: Site, open_page: OpenPage) -> None:
    page = signed_in(full, open_page(viewport=DESK))
    page.goto(full.url + "/themes")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_results_follow_what_is_typed_and_facets_narrow_them(full: Site, open_page: OpenPage) -> None:
    page = signed_in(full, open_page(viewport=DESK))
    page.goto(full.url + "/lessons")
    expect(page.locator("#found .entry")).to_have_count(3)
    page.get_by_role("searchbox").press_sequentially("factory milestones", delay=5)
    expect(page.locator("#found .entry").first).to_contain_text("Pay by factory milestones")
    expect(page.locator("mark").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=factory\+milestones"))
    page.get_by_role("navigation", name="Narrow it down").get_by_role("link", name="suppliers").click()
    expect(page.locator("#found .entry")).to_have_count(1)
    expect(page.get_by_role("searchbox")).to_have_value("factory milestones")
    page.reload()
    expect(page.locator("#found .entry")).to_have_count(1)


def test_search_and_the_heat_map_work_without_script(full: Site, open_page: OpenPage) -> None:
    page = signed_in(full, open_page(script=False, viewport=PHONE))
    page.goto(full.url + "/lessons")
    page.get_by_role("searchbox").fill("open the walls")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#found .entry").first).to_contain_text("Open the walls first")
    page.goto(full.url + "/risks")
    page.get_by_role("link", name="2 risks: probability high, impact very high").click()
    expect(page.locator("tbody tr[id]")).to_have_count(2)


def test_the_kickoff_is_worth_printing(full: Site, open_page: OpenPage) -> None:
    page = signed_in(full, open_page(viewport=DESK))
    page.goto(full.url + KICKOFF)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Tie payments to milestones seen at the factory.").first).to_be_visible()
    expect(page.get_by_text("Ground not as expected")).to_be_visible()
    for pressed in ("button", ".choices", "nav"):
        assert not any(one.is_visible() for one in page.locator(pressed).all())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_results(full: Site, open_page: OpenPage, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(viewport=PHONE, color_scheme=scheme)
    full.log_in(page)
    for path in ("/reviews/PIR-TAP", "/reviews/PIR-TAP?kind=positive", "/reviews/PIR-LIB"):
        page.goto(full.url + path)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:90]) for one in found] == [], path
