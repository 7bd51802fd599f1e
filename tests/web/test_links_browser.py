"""Links decided by keyboard, many at once, undone, and analysed again: nothing that was rejected returns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reviewkit.domain.words import LinkState, UserRole
from reviewkit.workspace.derive.links import link_statements, link_themes
from reviewkit.workspace.derive.progress import silent
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.webapp.organisation import Letters, found


@pytest.fixture
def linked(site: Site) -> Site:
    """Two themes and some problems, tied to risks by the tiny encoder."""
    found(site.ws).context.engines.__dict__["encoder"] = Letters()
    store = site.ws.context.store
    with store.write():
        store.themes.put(*(replace(theme, troubles=theme.statements) for theme in store.themes.all()))
    relink(site)
    return site


def relink(site: Site) -> None:
    link_statements(site.ws.context, silent)
    link_themes(site.ws.context, silent)


def states(site: Site) -> list[LinkState]:
    return [link.state for link in site.ws.context.store.links.all() if link.state is not LinkState.SUGGESTED]


def shown(page: Page) -> list[str]:
    return [row.get_attribute("data-row") or "" for row in page.locator("[data-row]").all()]


def test_many_at_once_by_keyboard_and_nothing_returns(linked: Site, open_page: OpenPage) -> None:
    page = open_page(viewport=DESK)
    linked.log_in(page, UserRole.CURATOR)
    page.goto(f"{linked.url}/links")
    before = shown(page)
    expect(page.locator("[data-row]").nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_text("tick and go on")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_text("tick and go on")).to_be_hidden()

    page.keyboard.press("Shift+j")  # ticks the first and the second
    page.keyboard.press("j")
    page.keyboard.press("x")  # and the third
    page.keyboard.press("r")
    expect(page.get_by_role("status")).to_contain_text("3 links are rejected.")
    assert states(linked) == [LinkState.REJECTED] * 3
    assert shown(page) == before[3:]

    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("3 links are to be decided again.")
    assert states(linked) == []
    assert shown(page) == before

    page.keyboard.press("j")
    page.keyboard.press("c")  # the one in focus, since none is ticked
    expect(page.get_by_role("status")).to_contain_text("1 link is confirmed.")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()  # it goes on where it was
    page.keyboard.press("Shift+k")
    page.keyboard.press("r")
    expect(page.get_by_role("status")).to_contain_text("2 links are rejected.")

    store = linked.ws.context.store
    store.themes.put(*(replace(theme, keywords=("grown",)) for theme in store.themes.all()))
    linked.ws.risks.put_all([replace(risk, cause="something new") for risk in store.risks.all()])
    relink(linked)
    page.goto(f"{linked.url}/links")
    assert not {before[0], before[1], before[2]} & set(shown(page))
    page.goto(f"{linked.url}/links?state=rejected")
    assert len(shown(page)) == 2
    expect(page.get_by_text("Rejected by curator").first).to_be_visible()


def test_without_script_buttons_and_ticks_do_the_same(linked: Site, open_page: OpenPage) -> None:
    page = open_page(script=False)
    linked.log_in(page, UserRole.CURATOR)
    page.goto(f"{linked.url}/links?scope=statements")
    page.get_by_role("button", name="Confirm the link between “Validators came").click()
    expect(page.get_by_role("status")).to_contain_text("1 link is confirmed.")
    page.get_by_role("button", name="Undo that").click()
    expect(page.get_by_role("status")).to_contain_text("to be decided again")
    page.get_by_role("checkbox", name="Validators came").check()
    page.get_by_role("button", name="Reject them").first.click()
    expect(page.get_by_role("status")).to_contain_text("1 link is rejected.")
    assert states(linked) == [LinkState.REJECTED]


def test_a_viewer_reads_and_decides_nothing(linked: Site, open_page: OpenPage) -> None:
    page = open_page()
    linked.log_in(page, UserRole.VIEWER)
    page.goto(f"{linked.url}/links")
    expect(page.get_by_text("Not enough decisions yet: 0 of 50")).to_be_visible()
    assert page.locator("[data-row] button, [data-row] input").count() == 0


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(linked: Site, open_page: OpenPage, viewport: dict[str, int], scheme: str) -> None:
    page = open_page(viewport=viewport, color_scheme=scheme)
    linked.log_in(page)
    for path in ("/links", "/links?state=all&verdict=foreseen", "/themes/late"):
        page.goto(f"{linked.url}{path}")
        violations = Axe().run(page)
        assert violations.violations_count == 0, (path, violations.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
