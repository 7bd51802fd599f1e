"""The page that asks what became of advice, in a browser; the whole loop is walked in `test_loop_browser.py`."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reviewkit.domain.words import Choice
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.webapp import organisation


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
