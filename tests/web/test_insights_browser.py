"""/insights in a browser: sound to assistive technology, narrow or dark, and walked by links alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.words import Occurred, ProjectStatus
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.webapp import organisation


@pytest.fixture
def full(site: Site) -> Site:
    store = organisation.found(site.ws).context.store
    with store.write():
        store.themes.put(replace(store.themes.get("rooms"), troubles=2))
        for number in range(4):
            key = f"S{number}"
            store.projects.put(Project(key, f"Suite {number}", kind="software", status=ProjectStatus.CLOSED))
            store.risks.put(Risk(f"{key}:R9", key, "R9", "Budget cut by the council", occurred=Occurred.NO))
    organisation.searchable(site.ws)
    return site


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_it_is_accessible(full: Site, open_page: OpenPage, viewport: dict[str, int], scheme: str) -> None:
    page = open_page(viewport=viewport, color_scheme=scheme)
    full.log_in(page)
    for path in ("/insights", "/insights?kind=software&method=Scrum"):
        page.goto(f"{full.url}{path}")
        found = Axe().run(page)
        assert not found.violations_count, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_class_is_narrowed_and_widened_by_links_without_script(full: Site, open_page: OpenPage) -> None:
    page = open_page(script=False)
    full.log_in(page)
    page.get_by_role("link", name="Insights").click()
    page.get_by_role("link", name="software", exact=True).click()
    expect(page.get_by_role("heading", name="Compared within: Kind software")).to_be_visible()
    page.get_by_role("row", name="Budget cut").locator("summary").first.click()
    expect(page.get_by_role("link", name="Suite 3").first).to_be_visible()
    page.get_by_role("link", name="Widen to all projects").click()
    expect(page.get_by_role("heading", name="Compared within: All projects")).to_be_visible()
