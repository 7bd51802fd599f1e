"""An import in a real browser: without script, on a phone, and with nothing that a checker of accessibility finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.conftest import DESK, PHONE, OpenPage, Site

TABLE = "Response ID,Email Address,What went well?,overall,Colour\n" + "".join(
    f"{n},a{n}@example.org,The rehearsals {n},{n},red\n" for n in range(1, 8)
)


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_the_three_steps_are_accessible(
    site: Site, open_page: OpenPage, tmp_path: Path, viewport: dict[str, int], scheme: str
) -> None:
    (tmp_path / "retro.csv").write_text(TABLE, encoding="utf-8")
    review, _ = site.open_review()
    page = open_page(viewport=viewport, color_scheme=scheme)
    site.log_in(page)
    page.goto(f"{site.url}/reviews/{review}")
    page.get_by_role("link", name="Import answers").click()
    steps = ("Choose a file", "Say what its columns are", "Look at what would happen")
    for step, go_on in zip(steps, ("Read the file", "Show what would happen", "Import 7 responses"), strict=True):
        expect(page.locator("[aria-current=step]")).to_contain_text(step)
        assert Axe().run(page).response["violations"] == []
        assert fits(page)
        if step == steps[0]:
            page.locator("#file").set_input_files(tmp_path / "retro.csv")
        page.get_by_role("button", name=go_on).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("7 responses were added.")
    assert Axe().run(page).response["violations"] == []
    assert len(site.ws.responses.list(review)) == 7


def test_it_works_without_script(site: Site, open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "retro.csv").write_text(TABLE, encoding="utf-8")
    review, _ = site.open_review()
    page = open_page(script=False)
    site.log_in(page)
    page.goto(f"{site.url}/reviews/{review}/import")
    page.locator("#file").set_input_files(tmp_path / "retro.csv")
    page.get_by_role("button", name="Read the file").click()
    page.get_by_label("overall").select_option(label="Leave it out")
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_text("Left out: overall, Colour.")).to_be_visible()
    page.get_by_role("button", name="Import 7 responses").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("7 responses were added.")
    assert {tuple(one.answers) for one in site.ws.responses.list(review)} == {("went_well",)}
