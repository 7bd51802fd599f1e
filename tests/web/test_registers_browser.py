"""A register in a browser: a risk worded with help, the map, a filter kept, an export, and what became of it all."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from reviewkit.collect.importers.registers import read_register
from reviewkit.collect.tables import read_table
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Occurred, ProjectStatus, UserRole
from tests.risks.test_wording import SAID
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.webapp.organisation import found


def test_from_a_worry_to_what_became_of_it(site: Site, open_page: OpenPage, tmp_path: Path) -> None:
    found(site.ws)
    page = open_page(viewport=DESK)
    site.log_in(page, UserRole.FACILITATOR)
    page.goto(f"{site.url}/projects/QUAY")
    page.get_by_role("link", name="Add a risk").click()
    page.get_by_label("Title").fill("Budget")
    page.get_by_role("button", name="Add the risk").click()
    expect(page.get_by_text("“Budget” is what you worry about. What may happen to it?")).to_be_visible()

    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Title").fill("Ferry berth late")
    page.get_by_label("Because of").fill("the port has one crane")
    page.get_by_label("this may happen").fill("the berth may slip past June")
    page.get_by_label("which would").fill("push the opening into winter")
    said = "Because the port has one crane, the berth may slip past June, which would push the opening into winter."
    expect(page.locator("[data-sentence]")).to_have_text(said)
    page.get_by_label("Probability", exact=True).select_option("4")
    page.get_by_label("Impact", exact=True).select_option("5")
    page.get_by_role("button", name="Save the risk").click()
    expect(page.locator(".lede")).to_have_text(said)  # the server makes the same sentence
    expect(page.get_by_role("status")).to_contain_text("Edited by facilitator")

    page.goto(f"{site.url}/risks")
    page.get_by_label("Project").select_option("QUAY")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("link", name="1 risk: probability high, impact very high").click()
    expect(page.get_by_role("rowheader", name="Ferry berth late")).to_be_visible()
    page.get_by_label("Save this filter as").fill("Grave at the quay")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Grave at the quay")).to_have_attribute("aria-current", "true")
    page.goto(f"{site.url}/risks")
    page.get_by_role("link", name="Grave at the quay").click()
    expect(page.get_by_role("heading", name="Register: probability high, impact very high")).to_be_visible()
    for kind in ("CSV", "XLSX"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=f"Export {kind}").click()
        path = tmp_path / kind
        waiting.value.save_as(path)
        (risk,) = read_register(read_table(path), name=kind).records
        assert (risk.id, risk.event) == ("QUAY:R1", "the berth may slip past June")

    page.goto(f"{site.url}/projects/QUAY")
    page.get_by_text("Close it, so that kickoffs learn from it").click()
    page.get_by_label("Finished on").fill("2026-01-31")
    page.get_by_role("button", name="Close Quayside interchange").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Did the risks of Quayside interchange come true?")
    page.get_by_role("radio", name="Not known").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
    page.keyboard.press("ArrowLeft")
    page.get_by_label("When").fill("2026-01-15")
    page.get_by_label("Note").fill("The crane broke.")
    page.get_by_label("Note").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept what became of 1 risk.")
    berth = site.ws.risks.get("QUAY:R1")
    assert (berth.occurred, berth.occurred_note) == (Occurred.YES, "The crane broke.")
    assert site.ws.projects.get("QUAY").status is ProjectStatus.CLOSED
    page.get_by_role("button", name="Undo what was just kept").click()
    expect(page.get_by_role("button", name="Save all of it")).to_be_visible()
    assert site.ws.risks.get("QUAY:R1").occurred is Occurred.UNKNOWN


def test_all_of_it_works_without_script(site: Site, open_page: OpenPage) -> None:
    found(site.ws)
    page = open_page(script=False)
    site.log_in(page, UserRole.FACILITATOR)
    page.goto(f"{site.url}/risks/new?project=QUAY")
    page.get_by_label("Because of").fill("the port has one crane")
    page.get_by_role("button", name="Add the risk").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing typed is lost")
    expect(page.get_by_label("Because of")).to_have_value("the port has one crane")
    page.get_by_label("Title").fill("Ferry berth late")
    page.get_by_role("button", name="Add the risk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ferry berth late")
    page.get_by_role("button", name="Start responding").click()
    expect(page.get_by_role("status")).to_contain_text("Now responding")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator(".kicker .tag")).to_have_text("identified")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(site: Site, browser: Browser, size: dict[str, int], scheme: str) -> None:
    found(site.ws)
    site.ws.registers.add(
        Risk("", "QUAY", "", "Unbreakablewordsgoonandon" * 3, residual_probability=1, residual_impact=2), who="ann"
    )
    site.ws.filters.save("Came true at last", {"occurred": "yes"}, who="ann")
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    site.log_in(page)
    for path in (
        *("risks?occurred=yes", "risks?map=residual", "risks/QUAY:R1", "risks/TAP:R1/edit", "risks/new"),
        *("projects/LIBRARY/occurred", "projects/QUAY"),
    ):
        page.goto(f"{site.url}/{path}")
        violations = Axe().run(page)
        assert violations.violations_count == 0, (path, violations.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    context.close()


def test_the_script_words_a_risk_as_the_server_does(site: Site, open_page: OpenPage) -> None:
    found(site.ws)
    page = open_page(viewport=DESK)
    site.log_in(page, UserRole.FACILITATOR)
    page.goto(f"{site.url}/risks/new")
    for parts, said in SAID:
        for name, text in zip(("cause", "event", "effect"), parts, strict=True):
            page.locator(f"[name={name}]").fill(text)
        if said:
            expect(page.locator("[data-sentence]")).to_have_text(said)
