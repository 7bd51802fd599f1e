"""The report in a browser: accessible, within the width of a phone, and a file that loads and runs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from reviewkit.domain.words import ReportFormat
from tests.web.conftest import DESK, PHONE, Site
from tests.webapp.organisation import found


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits(site: Site, browser: Browser, size: dict[str, int], scheme: str) -> None:
    found(site.ws)
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    site.log_in(page)
    for project in ("TAP", "QUAY"):
        page.goto(f"{site.url}/projects/{project}/report")
        violations = Axe().run(page)
        assert violations.violations_count == 0, violations.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_file_stands_by_itself(site: Site, browser: Browser, tmp_path: Path, size: dict[str, int]) -> None:
    found(site.ws)
    file = tmp_path / "report.html"
    file.write_bytes(site.ws.reports.file("TAP", ReportFormat.HTML))
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    violations = Axe().run(page)
    assert violations.violations_count == 0, violations.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    context.close()
