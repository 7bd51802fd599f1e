"""The kickoff in a browser: accessible and within the width of a phone; its brief and risks go in without script."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from reviewkit.domain.kickoffs import Action, BaseRate, Kickoff, Recommendation, RiskForecast, SimilarProject
from reviewkit.domain.projects import Project
from reviewkit.domain.words import ReportFormat, Scope
from reviewkit.report.kickoff_report import kickoff_digest
from reviewkit.workspace.reporting.writing import written
from tests.web.conftest import DESK, PHONE, Site
from tests.webapp.organisation import found, searchable


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_brief_and_its_risks_go_in_without_script(
    site: Site, browser: Browser, tmp_path: Path, size: dict[str, int], scheme: str
) -> None:
    searchable(found(site.ws))
    context = browser.new_context(viewport=size, color_scheme=scheme, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    site.log_in(page)
    file = tmp_path / "brief.md"
    file.write_text("A new bus hall is built beside the ferry. Permits of two authorities are needed.")
    page.goto(f"{site.url}/projects/QUAY/kickoff")
    page.locator("summary", has_text="Change the brief").click()
    page.get_by_label("Or a file").set_input_files(file)
    page.get_by_role("button", name="Save and make the kickoff").click()
    expect(page.locator("#changes")).to_contain_text("The brief has changed")
    site.ws.context.store.kickoffs.delete(site.ws.kickoffs.latest("QUAY").kickoff.id)  # type: ignore[union-attr]
    page.goto(f"{site.url}/projects/QUAY/kickoff/register")
    page.get_by_role("button", name="Add what is ticked").click()
    expect(page.get_by_role("heading", name="In the register already")).to_be_visible()
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(site: Site, browser: Browser, size: dict[str, int], scheme: str) -> None:
    searchable(found(site.ws))
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    site.log_in(page)
    for path in ("kickoff/register", "kickoff"):
        page.goto(f"{site.url}/projects/QUAY/{path}")
        for summary in page.locator("main details:not([name]) > summary").all():
            summary.click()
        violations = Axe().run(page)
        assert violations.violations_count == 0, violations.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    context.close()


def test_seven_long_pieces_of_advice_fit_a_digest_of_one_page(browser: Browser) -> None:
    long = "Agree with every authority in writing which permits are needed and who applies for each of them. " * 4
    keys = tuple("ABCDEF")
    rate = BaseRate(keys[:3], keys, 0.2, 0.8)
    told = [
        Recommendation(f"r{n}", "k", n, Scope.LESSONS, f"L{n}", f"{n} {long}", "", 1.0, base_rate=rate)
        for n in range(1, 8)
    ]
    made = datetime(2027, 1, 1, tzinfo=UTC)
    risks = tuple(RiskForecast(f"{n} {long}", rate, keys, ()) for n in range(20))
    kickoff = Kickoff("k", "P", "", made, tuple(SimilarProject(key, 1.0) for key in keys), risks)
    owed = {one.topic: Action("a", "P", "", "Bartholomew " * 9, made.date(), one.topic) for one in told}
    names = {key: f"{key} {long}" for key in keys}
    digest = kickoff_digest(
        Project("P", "The interchange of buses and ferries"), kickoff, told, names, made.date(), owed
    )
    page = browser.new_page()
    page.set_content(written(digest, ReportFormat.HTML).decode())
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) == 1
    page.close()
