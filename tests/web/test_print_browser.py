"""What comes out of the printer: the report, the kickoff and its digest, without what only a screen can use."""

from __future__ import annotations

import io
import re
import unicodedata

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from reviewkit.domain.words import Choice, ReportFormat
from reviewkit.report import review_report
from tests.web.conftest import DESK, Site
from tests.webapp import organisation

CONTROLS = (
    "Accept", "Adapt", "Dismiss", "Undo", "Log out", "Run again", "Download", "Markdown", "Print", "Change the brief",
    "Change this", "Read the lesson", "Why it stands", "Insights", "Skip to",
)  # fmt: skip
"""Words of buttons, of links that only lead on, and of the site's own navigation."""


def printed(page: Page) -> list[str]:
    """The words of each page of A4, on one line each."""
    pages = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return [" ".join(unicodedata.normalize("NFKC", one.extract_text()).split()) for one in pages]


def controls_in(text: str) -> list[str]:
    return [word for word in CONTROLS if re.search(rf"\b{word}\b", text)]


FILL = """() => {
  const points = document.querySelector(".report section ul:not(.quotes)");
  points.replaceChildren(...Array.from({ length: 12 }, () => {
    const point = document.createElement("li");
    point.textContent = "Nobody could say who answers the telephone at night when a reader stops and the queue grows, "
      .repeat(2);
    return point;
  }));
}"""
"""Makes a summary as long as one with three points of each kind."""


SEVEN = """() => {
  const list = document.querySelector(".recommendations");
  const card = list.querySelector(":scope > :has(.heard)");
  for (const part of [".advice", ".why > p", ".quote blockquote"]) {
    for (const text of card.querySelectorAll(part)) text.textContent = (text.textContent + " ").repeat(4);
  }
  list.replaceChildren(...Array.from({ length: 7 }, () => card.cloneNode(true)));
}"""
"""Makes a kickoff of seven long pieces of advice, each with what people said."""


def lowest(page: pypdf.PageObject) -> float:
    """How far above the foot of the page its last line stands, in points."""
    heights: list[float] = []

    def see(text: str, transform: list[float], line: list[float], *_: object) -> None:
        if text.strip():
            heights.append(line[5] * transform[3] + transform[5])

    page.extract_text(visitor_text=see)
    return min(heights)


@pytest.fixture
def page(site: Site, browser: Browser) -> Page:
    organisation.found(site.ws)
    opened = browser.new_context(viewport=DESK).new_page()  # type: ignore[arg-type]
    site.log_in(opened)
    return opened


def test_a_report_is_printed_from_its_summary_to_its_method(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/projects/TAP/report")
    pages = printed(page)
    whole = " ".join(pages)
    assert 2 <= len(pages) <= 5
    titles = ("Summary", "Objectives and benefits", "Schedule and cost", "What went badly", "How this report was made")
    places = [whole.find(title) for title in titles]
    assert -1 not in places
    assert places == sorted(places)
    assert controls_in(whole) == []


def test_a_full_summary_keeps_to_the_first_page(site: Site, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_report, "FULL", 0)
    page.goto(f"{site.url}/projects/TAP/report")
    page.evaluate(FILL)
    assert printed(page)[1].startswith("Objectives and benefits")


def test_a_kickoff_is_printed_with_what_was_decided_and_no_button(site: Site, page: Page) -> None:
    site.ws.kickoffs.decide(organisation.ACCEPT, Choice.ACCEPTED, owner="Mo", who="ada")
    page.goto(f"{site.url}/projects/QUAY/kickoff")
    assert len(controls_in(page.locator("body").inner_text())) > 8, "the screen has what the paper must not have"
    pages = printed(page)
    whole = " ".join(pages)
    assert 1 <= len(pages) <= 3
    for told in ("Quayside interchange", "Accepted by ada", "Mo sees to it", "Why here", "Draft risk register"):
        assert told in whole
    assert controls_in(whole.replace("Accepted by ada", "")) == []


def test_the_pages_of_a_long_kickoff_are_filled(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/projects/QUAY/kickoff")
    page.evaluate(SEVEN)
    *full, _ = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert len(full) >= 2
    for one in full:
        assert lowest(one) < float(one.mediabox.height) / 4


def test_a_digest_is_one_page(site: Site, page: Page) -> None:
    told = site.ws.kickoffs.latest("QUAY")
    assert told is not None
    page.set_content(site.ws.kickoffs.file(told, ReportFormat.HTML, digest=True).decode())
    (only,) = printed(page)
    assert "What to do" in only
    assert controls_in(only) == []
