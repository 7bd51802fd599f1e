"""Inviting people, and answers changed and erased, in a real browser; nothing that axe finds fault with."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reviewkit.domain.words import Anonymity, UserRole
from tests.web.conftest import DESK, PHONE, OpenPage, Site


def faults(page: Page) -> list[str]:
    """What axe says is wrong with the page, with the first place of each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("anonymity", Anonymity)
def test_axe_finds_nothing_on_a_respondents_pages(
    site: Site, open_page: OpenPage, anonymity: Anonymity, scheme: str
) -> None:
    site.open_review()
    review = site.ws.reviews.open(site.ws.reviews.new("TAP", anonymity=anonymity).id)
    address = f"{site.url}/r/{site.ws.reviews.new_link(review.id)}"
    page = open_page(color_scheme=scheme)
    page.goto(address)
    assert faults(page) == []
    press(page, "Send my answers")
    expect(page.get_by_role("alert")).to_be_focused()
    assert faults(page) == []
    page.get_by_label("What went well, and should be done again?").fill("The weekly demo.")
    if anonymity is not Anonymity.ANONYMOUS:
        page.get_by_label("Your name").fill("Nell")
    press(page, "Send my answers")
    receipt = page.locator("dd.token").inner_text()
    assert faults(page) == []
    page.get_by_role("link", name="change or erase my answers").click()
    assert faults(page) == []
    page.get_by_label("Your receipt").fill("wrong")
    press(page, "Show my answers")
    assert faults(page) == []
    page.get_by_label("Your receipt").fill(receipt)
    press(page, "Show my answers")
    assert faults(page) == []
    press(page, "Save the changes")
    expect(page.get_by_role("heading", name="Your answers are changed.")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="change or erase my answers").click()
    page.get_by_label("Your receipt").fill(receipt)
    press(page, "Show my answers")
    press(page, "Erase my answers")
    assert faults(page) == []
    press(page, "Yes, erase them")
    expect(page.get_by_role("heading", name="Your answers are erased.")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_a_link_leads_no_further(site: Site, open_page: OpenPage, scheme: str) -> None:
    review, address = site.open_review()
    (one,) = site.ws.inviting.invite(review, b"anna@example.org")
    site.ws.responses.submit(one.token, "k", {"nps": 7})
    draft = site.ws.reviews.new_link(site.ws.reviews.new("TAP").id)
    withdrawn = site.ws.reviews.new_link(review)
    site.ws.inviting.withdraw(review, withdrawn)
    page = open_page(color_scheme=scheme)
    said = {one.token: "This link has been used", withdrawn: "This link leads to no review", draft: "Not open yet"}
    for token, title in said.items():
        page.goto(f"{site.url}/r/{token}")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert faults(page) == []
    site.ws.reviews.close(review)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This review is closed")
    assert faults(page) == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_the_facilitators_page(site: Site, open_page: OpenPage, viewport: dict[str, int]) -> None:
    review, _ = site.open_review()
    draft = site.ws.reviews.new("TAP").id
    for role, count in (("team", 12), ("user", 10)):
        people = "address,role\n" + "\n".join(f"{role}{n}@example.org,{role}" for n in range(count))
        for one in site.ws.inviting.invite(review, people.encode())[: count // 2]:
            site.ws.responses.submit(one.token, one.token, {"nps": 7})
    page = open_page(viewport=viewport)
    site.log_in(page, UserRole.FACILITATOR)
    page.goto(f"{site.url}/reviews/{draft}/invite")
    assert faults(page) == []
    press(page, "Open for answers")
    page.goto(f"{site.url}/reviews/{review}/invite")
    expect(page.get_by_role("row", name="Project team 12 6 50%")).to_be_visible()
    assert faults(page) == []
    press(page, "Make a link")
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Addresses").fill("anna@example.org\nnobody")
    press(page, "Make and download the links")
    expect(page.get_by_role("alert")).to_contain_text("is no e-mail address")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_personal_link_from_the_list_to_erasure(
    site: Site, open_page: OpenPage, tmp_path: Path, script: bool
) -> None:
    review, _ = site.open_review()
    page = open_page(script=script, viewport=DESK, accept_downloads=True)
    site.log_in(page, UserRole.FACILITATOR)
    page.goto(f"{site.url}/reviews/{review}")
    page.get_by_role("link", name="Invite people").click()
    page.get_by_label("Addresses").fill("anna@example.org")
    with page.expect_download() as download:
        press(page, "Make and download the links")
    download.value.save_as(tmp_path / "links.csv")
    link = (tmp_path / "links.csv").read_text().splitlines()[1].split(",")[2]

    phone = open_page(script=script)
    phone.goto(link)
    phone.get_by_label("What went well, and should be done again?").fill("The weekly demo.")
    press(phone, "Send my answers")
    receipt = phone.locator("dd.token").inner_text()
    phone.goto(link)
    expect(phone.get_by_role("heading", name="This link has been used")).to_be_visible()
    phone.get_by_role("link", name="Change or erase my answers").click()
    phone.get_by_label("Your receipt").fill(receipt)
    press(phone, "Show my answers")
    said = phone.get_by_label("What went well, and should be done again?")
    expect(said).to_have_value("The weekly demo.")
    said.fill("The daily demo.")
    press(phone, "Save the changes")
    expect(phone.get_by_role("heading", name="Your answers are changed.")).to_be_visible()
    assert [one.answers for one in site.ws.responses.list(review)] == [{"went_well": "The daily demo."}]
    phone.get_by_role("link", name="change or erase my answers").click()
    phone.get_by_label("Your receipt").fill(receipt)
    press(phone, "Show my answers")
    press(phone, "Erase my answers")
    press(phone, "Yes, erase them")
    expect(phone.get_by_role("heading", name="Your answers are erased.")).to_be_visible()
    assert site.ws.responses.list(review) == []
    assert receipt not in phone.url
    phone.goto(link)
    expect(phone.get_by_role("button", name="Send my answers")).to_be_visible()
