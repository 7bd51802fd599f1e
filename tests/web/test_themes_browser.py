"""A curator tends the themes in a browser, without script: renames, merges, takes back, splits, moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from reviewkit.domain.words import ThemeStatus, UserRole
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.webapp import organisation


def places(site: Site, theme: str) -> set[str]:
    return {member.statement for member in site.ws.context.store.memberships.all(theme=theme)}


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_a_curator_renames_merges_takes_back_splits_and_moves(
    site: Site, open_page: OpenPage, viewport: dict[str, int]
) -> None:
    organisation.found(site.ws)
    page = open_page(script=False, viewport=viewport)
    site.log_in(page, UserRole.CURATOR)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Themes").click()
    page.get_by_role("link", name="Late deliveries", exact=True).click()
    heading, said = page.get_by_role("heading", level=1), page.get_by_role("status")

    page.get_by_text("Rename it").click()
    page.get_by_label("Name of the theme").fill("Suppliers deliver late")
    page.get_by_role("button", name="Save the name").click()
    expect(heading).to_have_text("Suppliers deliver late")
    expect(said).to_contain_text("Named “Suppliers deliver late”")

    page.get_by_role("link", name="Merge…").click()
    page.get_by_label("Theme", exact=True).select_option(label="Rooms too small")
    page.get_by_role("button", name="Compare the two").click()
    expect(page.get_by_text("which then has 7 statements")).to_be_visible()
    assert len(places(site, "late")) == 6  # a preview changes nothing
    page.get_by_role("button", name="Merge them").click()
    expect(heading).to_have_text("Rooms too small")
    expect(said).to_contain_text("Took in “Suppliers deliver late”")
    page.goto(f"{site.url}/themes/late")
    expect(page.locator(".lede")).to_contain_text("merged into Rooms too small")
    page.go_back()

    said.get_by_role("button", name="Undo").click()
    expect(said).to_contain_text("Taken back")
    assert len(places(site, "late")) == 6
    assert site.ws.themes.get("late").label == "Suppliers deliver late"

    page.goto(f"{site.url}/themes/late")
    page.get_by_label("Visit the factory before paying").check()
    page.get_by_label("The date was set by the council").check()
    page.get_by_role("button", name="Split off the ticked ones…").click()
    expect(heading).to_contain_text("2 statements would leave")
    page.get_by_label("The date was set by the council").uncheck()
    page.get_by_label("Name of the new theme").fill("Look before paying")
    page.get_by_role("button", name="Split it off").click()
    expect(heading).to_have_text("Look before paying")
    expect(page.get_by_text("Split from").first).to_be_visible()
    (made,) = [theme for theme in site.ws.themes.list() if theme.split_from == "late"]
    assert places(site, made.id) == {"PIR-TAP-s3"}

    page.goto(f"{site.url}/themes/late")
    page.get_by_role("link", name="Move it to another theme: The date was set").click()
    expect(page.get_by_text("“The date was set by the council”")).to_be_visible()
    page.get_by_label("Theme", exact=True).select_option(label="Rooms too small")
    page.get_by_role("button", name="Move it there").click()
    expect(said).to_contain_text("1 statement moved to “Rooms too small”")
    assert "PIR-TAP-s4" in places(site, "rooms")
    expect(page.get_by_role("heading", name="What people decided")).to_be_visible()


def test_themes_are_ticked_confirmed_and_taken_back_by_keyboard(site: Site, open_page: OpenPage) -> None:
    organisation.found(site.ws)
    page = open_page(script=False, viewport=DESK)
    site.log_in(page, UserRole.CURATOR)
    page.goto(f"{site.url}/themes")
    for name in ("Late deliveries", "Rooms too small"):
        page.get_by_label(f"Tick “{name}”").focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Confirm them").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Confirmed: 2 themes")
    assert {theme.status for theme in site.ws.themes.list()} == {ThemeStatus.CONFIRMED}
    page.get_by_role("status").get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    assert {theme.status for theme in site.ws.themes.list()} == {ThemeStatus.SUGGESTED}
