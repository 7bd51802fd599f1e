"""The form on screens, with settings and at sizes that people really have: what it weighs, and that it holds still."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import PHONE, OpenPage, Site
from tests.web.test_collecting_browser import faults

WIDTHS = [195, 320, 390, 1280]
"""CSS pixels: a phone of 390 enlarged to 200 %, what WCAG 1.4.10 asks for, the phone, a desk."""

MOST_BYTES = 60 * 1024

SHIFTS = """
window.shifts = [];
new PerformanceObserver((seen) => {
  for (const one of seen.getEntries()) if (!one.hadRecentInput) window.shifts.push(one.value);
}).observe({ type: "layout-shift", buffered: true });
"""

SMALL = """all => all
  .filter(e => e.getClientRects().length && getComputedStyle(e).visibility === "visible")
  .map(e => [e.getBoundingClientRect(), e.outerHTML])
  .filter(([box]) => box.height < 43.9 || box.width < 43.9)
  .map(([box, html]) => `${box.width} x ${box.height}: ${html}`)
"""

# WCAG 1.4.12; what is cut is content that is larger than the box that hides what sticks out of it
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
CUT = """() => [...document.querySelectorAll("main *")]
  .filter(e => getComputedStyle(e).overflow !== "visible" && !e.matches(".unseen, progress, input, textarea"))
  .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1).map(e => e.outerHTML)"""
OUTSIDE = """() => [...document.querySelectorAll(".choice")].filter(box => {
  const own = box.getBoundingClientRect(), text = box.querySelector("span").getBoundingClientRect();
  return text.right > own.right + 1 || text.bottom > own.bottom + 1 || text.left < own.left - 1;
}).map(e => e.outerHTML)"""


def no_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def send_an_error(page: Page) -> None:
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert")).to_be_focused()


def draft(page: Page, address: str) -> None:
    """Leaves something typed on the device, and the form open anew with it."""
    page.goto(address)
    page.get_by_label("What went badly?").fill("The permits.")
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Here is what you typed")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_reaches_beyond_the_screen_and_targets_are_large(site: Site, open_page: OpenPage, width: int) -> None:
    _, address = site.open_review()
    page = open_page(viewport={"width": width, "height": 800})
    for look in (lambda: page.goto(address), lambda: send_an_error(page), lambda: draft(page, address)):
        look()
        assert no_sideways(page)
        page.get_by_role("link", name="Skip to the content").focus()
        controls = (
            ".skip, label.choice, textarea, button, summary, .alert a, form input:not([type=radio], [type=hidden])"
        )
        assert page.eval_on_selector_all(controls, SMALL) == []


def test_what_one_word_too_long_says_is_broken_and_pushes_nothing_out(site: Site, open_page: OpenPage) -> None:
    review, address = site.open_review()
    page = open_page(viewport={"width": 195, "height": 422})
    site.ws.reviews.close(review)
    page.goto(address)
    assert no_sideways(page)
    page.goto(address + "x")
    assert no_sideways(page)


def test_the_first_question_stands_on_the_first_screen_of_a_phone(site: Site, open_page: OpenPage) -> None:
    _, address = site.open_review()
    page = open_page(viewport=PHONE)
    page.goto(address)
    first = page.locator(".question").first
    assert first.locator("label.choice").nth(3).bounding_box()["y"] < PHONE["height"] - 100  # type: ignore[index]
    assert page.locator("main").inner_text().count("Tap-on ticketing on the city trams") == 1
    assert page.locator("main").inner_text().count("minutes") == 1
    expect(page.get_by_text("of 20 answered")).to_be_hidden()
    texts = page.locator("textarea, input[type=text]")
    assert texts.count() == page.get_by_text("Anonymous. No need to name anybody.").count() > 5


def test_all_of_the_form_weighs_60_kb_at_most_and_comes_from_one_place(site: Site, open_page: OpenPage) -> None:
    _, address = site.open_review()
    page = open_page()  # it fails by itself on any request that goes elsewhere
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(address, wait_until="networkidle")
    kinds = sorted(url.split("?")[0].rsplit(".", 1)[-1] for url in sizes if "/static/" in url)
    assert kinds == ["css", "css", "js", "svg"]
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_nothing_moves_while_the_form_loads_or_is_filled_in(site: Site, open_page: OpenPage) -> None:
    _, address = site.open_review()
    page = open_page()
    page.add_init_script(SHIFTS)

    def shifted() -> float:
        page.wait_for_load_state("networkidle")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return float(page.evaluate("window.shifts.reduce((sum, one) => sum + one, 0)"))

    page.goto(address)
    assert shifted() < 0.001
    before = page.locator(".question").first.bounding_box()
    page.get_by_label("Project team").check()
    expect(page.get_by_text("1 of 20 answered")).to_be_visible()
    assert page.locator(".question").first.bounding_box() == before
    assert shifted() < 0.001
    page.reload()  # with what was typed, put back
    expect(page.get_by_text("Here is what you typed")).to_be_visible()
    assert shifted() < 0.001


@pytest.mark.parametrize("width", [195, 320, 390])
def test_wide_spacing_cuts_nothing_off(site: Site, open_page: OpenPage, width: int) -> None:
    _, address = site.open_review()
    page = open_page(viewport={"width": width, "height": 800}, bypass_csp=True)
    page.goto(address)
    page.add_style_tag(content=SPACING)
    page.get_by_text("What becomes of my answers?").click()
    assert no_sideways(page)
    assert page.evaluate(CUT) == []
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_still_tell_what_is_chosen_and_what_is_wrong(
    site: Site, open_page: OpenPage, scheme: str
) -> None:
    _, address = site.open_review()
    page = open_page(forced_colors="active", color_scheme=scheme)
    page.goto(address)
    choice = page.locator("label.choice", has_text="Project team")
    edges = "e => [getComputedStyle(e).borderTopStyle, parseFloat(getComputedStyle(e).borderTopWidth) > 0]"
    assert choice.evaluate(edges) == ["solid", True]
    choice.locator("input").check()
    assert choice.locator("input").evaluate("e => getComputedStyle(e).appearance") == "auto"  # drawn by the system
    page.keyboard.press("Tab")
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    assert faults(page) == []


def test_who_wants_no_motion_gets_none(site: Site, open_page: OpenPage) -> None:
    _, address = site.open_review()
    page = open_page(reduced_motion="reduce")
    page.goto(address)
    moving = """() => [...document.querySelectorAll("*")].filter(e => {
      const look = getComputedStyle(e);
      const moves = parseFloat(look.transitionDuration) > 0.01 || look.animationName !== "none";
      return moves || look.scrollBehavior === "smooth";
    }).map(e => e.outerHTML)"""
    assert page.evaluate(moving) == []
