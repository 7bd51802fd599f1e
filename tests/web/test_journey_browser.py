"""One review from its making to its results, as the people who take part in it live it, on a phone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Route, expect

from reviewkit.domain.projects import Project
from reviewkit.domain.words import ProjectStatus, UserRole
from tests.web.conftest import OpenPage, Site

WELL, BADLY = "What went well, and should be done again?", "What got in our way?"
ROLES = ("team", "user")

TYPED = "The signs on the platforms were ready before the first train."
RECONSIDERED = "The signs on the platforms were ready a week before the first train."
REGRETTED = "Zebedee from procurement signed the cheapest bid without reading it."
SECOND_TRY = "The night shifts were planned with the drivers."
OTHERS = (
    "The weekly demo kept everybody in the picture.",
    "The pilot on one line showed us what to mend.",
    "Drivers were trained in small groups.",
    "The supplier answered every call within a day.",
    "The test track was free when we needed it.",
    "Spare parts lay ready in the depot.",
    "The help desk knew the answers on the first day.",
    "Old and new machines stood side by side for a month.",
)

FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
  if (at === document.body) return "nothing has it";
  if (look.outlineStyle === "none" || parseFloat(look.outlineWidth) < 2) return `no outline: ${at.outerHTML}`;
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const pair = [light(look.outlineColor), light(getComputedStyle(document.body).backgroundColor)];
  if (Math.max(...pair) / Math.min(...pair) < 3) return `a pale outline: ${look.outlineColor}`;
  const off = box.top < 0 || box.left < 0 || box.right > innerWidth || box.top > innerHeight;
  if (off) return `off screen: ${at.outerHTML}`;
  const middle = [box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 1)];
  const top = document.elementFromPoint(...middle);
  return at.contains(top) || top.contains(at) ? "seen" : `covered: ${at.outerHTML} by ${top.outerHTML}`;
}"""


@pytest.fixture
def facilitator(site: Site, open_page: OpenPage) -> Page:
    site.ws.projects.add(Project("TAP", "Tap-on ticketing on the city trams", status=ProjectStatus.CLOSED))
    page = open_page(accept_downloads=True)
    site.log_in(page, UserRole.FACILITATOR)
    return page


def test_a_review_from_its_making_to_its_results(
    site: Site, open_page: OpenPage, facilitator: Page, tmp_path: Path
) -> None:
    review = make_the_review(facilitator)
    open_with_a_closing_date(facilitator)
    everybody = make_an_open_link(facilitator)
    personal = make_personal_links(facilitator, tmp_path / "links.csv", "anna@example.org", "bo@example.org")

    receipt = answer_by_keyboard(open_page(), personal[0])
    regretted = answer_without_script(open_page(script=False), personal[1])
    answer_on_a_second_try(open_page(), everybody)
    assert len(site.ws.responses.list(review)) == 3

    site.ws.analysis.refresh()
    facilitator.goto(f"{site.url}/reviews/{review}")
    expect(facilitator.get_by_text("kept back until at least five people have answered")).to_be_visible()
    assert_unsaid(facilitator, TYPED, REGRETTED, SECOND_TRY)

    for number, said in enumerate(OTHERS):
        answer_by_http(everybody, role=ROLES[number % 2], went_well=said, overall="4", nps=str(number + 1))
    site.ws.analysis.refresh()
    facilitator.reload()
    expect(facilitator.locator(".quote")).to_have_count(5)  # let out together; five stay behind for the closing
    expect(facilitator.get_by_text("All in all")).to_have_count(0)  # ratings wait for it too

    correct(open_page(), personal[0], receipt)
    erase(open_page(), personal[1], regretted)

    facilitator.get_by_role("button", name="Close it").click()
    expect(facilitator.get_by_role("button", name="Close it")).to_have_count(0)
    site.ws.analysis.refresh()
    facilitator.reload()
    expect(facilitator.locator("section[aria-labelledby=who]")).to_contain_text("All in all")
    assert_unsaid(facilitator, REGRETTED, "Zebedee", TYPED)
    facilitator.get_by_role("link", name="All 10 under “went well”").click()
    for said in (RECONSIDERED, SECOND_TRY, *OTHERS):
        expect(facilitator.get_by_text(said)).to_be_visible()
    assert_unsaid(facilitator, REGRETTED, "Zebedee", TYPED)

    rows = export(facilitator, tmp_path / "results.csv")
    assert any(RECONSIDERED in cell for row in rows for cell in row)
    assert not any("Zebedee" in cell or TYPED in cell for row in rows for cell in row)
    for place in (
        "",
        "/projects/TAP",
        "/projects/TAP/report",
        "/themes",
        "/risks",
        "/insights",
        "/lessons?q=cheapest+bid",
    ):
        facilitator.goto(site.url + place)
        assert_unsaid(facilitator, REGRETTED, "Zebedee")


def make_the_review(page: Page) -> str:
    """The id of a draft made from a template on the project's page, with one of its questions in other words."""
    page.get_by_role("navigation").get_by_role("link", name="Projects").click()
    page.get_by_role("link", name="Tap-on ticketing").first.click()
    page.get_by_text("Begin a review").click()
    page.get_by_label("What should it ask?").select_option("post_implementation")
    press(page, "Prepare the review")
    review = page.url.split("/reviews/")[1].split("/")[0]
    row = page.get_by_role("listitem").filter(has_text="What went badly?")
    row.get_by_role("link", name="Change question").click()
    page.get_by_label("Question", exact=True).fill(BADLY)
    press(page, "Save the question")
    expect(page.get_by_text(BADLY).first).to_be_visible()
    page.get_by_role("link", name="Done: on to the review").click()
    return review


def open_with_a_closing_date(page: Page) -> None:
    page.get_by_role("link", name="Invite people").click()
    closes = datetime.now() + timedelta(days=14)
    page.get_by_label("Closes").fill(closes.strftime("%Y-%m-%dT%H:%M"))
    press(page, "Open for answers")
    expect(page.locator(".lede")).to_contain_text(f"{closes.day} {closes:%b %Y}")


def make_an_open_link(page: Page) -> str:
    press(page, "Make a link")
    return page.locator(".made .token").inner_text()


def make_personal_links(page: Page, file: Path, *addresses: str) -> list[str]:
    page.get_by_label("Addresses").fill("\n".join(addresses))
    with page.expect_download() as download:
        press(page, "Make and download the links")
    download.value.save_as(file)
    with file.open(newline="", encoding="utf-8-sig") as rows:
        return [row["link"] for row in csv.DictReader(rows)]


def answer_by_keyboard(page: Page, link: str) -> str:
    """The receipt of answers given without a mouse or a finger."""
    page.goto(link)
    page.keyboard.press("Tab")
    assert_focus_is_seen(page)
    page.keyboard.press("Enter")  # skip to the content
    tab_to(page, "SUMMARY")
    tab_to(page, "role")
    page.keyboard.press("ArrowDown")
    assert_focus_is_seen(page)
    tab_to(page, "went_well")
    page.keyboard.type(TYPED)
    tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    return receipt_on(page)


def answer_without_script(page: Page, link: str) -> str:
    page.goto(link)
    page.get_by_label("Project team").check()
    page.get_by_label(BADLY).fill(REGRETTED)
    press(page, "Send my answers")
    return receipt_on(page)


def answer_on_a_second_try(page: Page, link: str) -> None:
    """The connection drops before the answers arrive; what was typed is there again, and arrives once."""
    page.goto(link)
    page.get_by_label(WELL).fill(SECOND_TRY)
    key = page.locator("[name=submission_key]").input_value()
    with no_connection(page, link), page.expect_event("requestfailed"):
        press(page, "Send my answers")
    page.goto(link)
    expect(page.get_by_text("Here is what you typed on this device earlier.")).to_be_visible()
    expect(page.get_by_label(WELL)).to_have_value(SECOND_TRY)
    expect(page.locator("[name=submission_key]")).to_have_value(key)
    press(page, "Send my answers")
    receipt = receipt_on(page)
    page.reload()  # sends the form again
    assert receipt_on(page) == receipt


def answer_by_http(link: str, **answers: str) -> None:
    fields = {f"answer-{key}": value for key, value in answers.items()}
    body = urlencode({"submission_key": f"a-key-of-their-own-{answers['nps']:0>4}", **fields}).encode()
    with urlopen(link, body) as answer:
        assert answer.status == 201


def correct(page: Page, link: str, receipt: str) -> None:
    show_own(page, link, receipt)
    expect(page.get_by_label(WELL)).to_have_value(TYPED)
    page.get_by_label(WELL).fill(RECONSIDERED)
    press(page, "Save the changes")
    expect(page.get_by_role("heading", name="Your answers are changed.")).to_be_visible()


def erase(page: Page, link: str, receipt: str) -> None:
    show_own(page, link, receipt)
    press(page, "Erase my answers")
    press(page, "Yes, erase them")
    expect(page.get_by_role("heading", name="Your answers are erased.")).to_be_visible()


def show_own(page: Page, link: str, receipt: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name="This link has been used")).to_be_visible()
    page.get_by_role("link", name="Change or erase my answers").click()
    page.get_by_label("Your receipt").fill(receipt)
    press(page, "Show my answers")


def export(page: Page, file: Path) -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(file)
    with file.open(newline="", encoding="utf-8-sig") as rows:
        return list(csv.reader(rows))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def tab_to(page: Page, wanted: str) -> None:
    """Moves the focus on until it is on the answer `wanted`, or on the first element of that tag."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert_focus_is_seen(page)
        if wanted in page.evaluate("[document.activeElement.tagName, (document.activeElement.name ?? '').slice(7)]"):
            return
    raise AssertionError(f"{wanted} cannot be reached by the keyboard")


def assert_focus_is_seen(page: Page) -> None:
    """What has the focus lies on the screen, under nothing else, in an outline that stands out from what is behind."""
    assert page.evaluate(FOCUS) == "seen"


def receipt_on(page: Page) -> str:
    expect(page.get_by_role("heading", name="Thank you. Your answers are saved.")).to_be_visible()
    return page.locator("dd.token").inner_text()


def assert_unsaid(page: Page, *words: str) -> None:
    text = page.content()
    assert [word for word in words if word in text] == []


@contextmanager
def no_connection(page: Page, address: str) -> Iterator[None]:
    """Nothing that is posted to `address` arrives meanwhile."""

    def drop(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route(address, drop)
    yield
    page.unroute(address)
