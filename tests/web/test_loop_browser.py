"""The whole loop in a browser, over two projects: kickoff, decisions, register, close, review, effectiveness, and the
next kickoff, which tells of it and is ordered by it. Pictures of each step lie in the test's folder."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.words import Applied, Choice, Helped, LessonState, Occurred, ProjectStatus, UserRole
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.webapp import organisation

BRIEF = "Buy hand scanners for the depot and train the drivers before the launch."
EARLY, LATE = "Try the scanners in the depot before buying.", "Before buying, try the scanners in the depot."
OTHER, OURS = "Quiz jury wages weekly.", "Try two makes of scanner in our own depot."
SLIPS, FEARED = "Scanners arrive late", "Drivers refuse the scanners"
MORE = ("THIRD", "FOURTH", "FIFTH", "SIXTH")
PEOPLE = 6


@pytest.fixture
def depots(site: Site) -> Site:
    """Two projects without a brief, four with the same, six past ones that feared late scanners, and three lessons, two
    of which fit equally well."""
    store = site.ws.context.store
    with store.write():
        for key in ("FIRST", "SECOND", *MORE):
            brief = BRIEF if key in MORE else ""
            store.projects.put(Project(key, f"{key.title()} depot", brief=brief, status=ProjectStatus.ACTIVE))
        for number in range(6):
            key, came = f"PAST{number}", Occurred.YES if number < 3 else Occurred.NO
            past = Project(key, f"Past depot {number}", brief=BRIEF, kind="logistics", status=ProjectStatus.CLOSED)
            store.projects.put(replace(past, actual_start=date(2020, 1, 1), actual_finish=date(2021, 1, 1)))
            store.risks.put(Risk(f"{key}:R1", key, "R1", SLIPS, probability=3, impact=4, occurred=came))
        lesson = Lesson("A", EARLY, recommendation=EARLY, state=LessonState.PUBLISHED)
        others = (("B", LATE), ("C", OTHER))
        store.lessons.put(lesson, *(replace(lesson, id=one, title=said, recommendation=said) for one, said in others))
    organisation.searchable(site.ws)
    return site


@pytest.mark.parametrize(("script", "viewport"), [(False, PHONE), (True, DESK)], ids=["phone", "desk"])
def test_what_is_learned_in_one_project_changes_what_the_next_is_told(
    depots: Site, open_page: OpenPage, tmp_path: Path, script: bool, viewport: dict[str, int]
) -> None:
    page = open_page(script=script, viewport=viewport)
    depots.log_in(page, UserRole.FACILITATOR)

    def seen(step: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], step
        if script:  # the checker is one
            found = Axe().run(page)
            assert not found.violations_count, found.generate_report()
        page.screenshot(path=tmp_path / f"{step}.png", full_page=True)

    write_brief(page, f"{depots.url}/projects/SECOND")
    assert {EARLY, LATE} == set(advice(page)[:2])
    chosen, other = advice(page)[1], advice(page)[0]  # the second shall be the first

    add_risk(page, f"{depots.url}/projects/FIRST")
    write_brief(page, f"{depots.url}/projects/FIRST")
    say_what_kind(page)
    decide(page, chosen, other)
    seen("1 decided")
    take_the_draft_register(page)
    seen("2 register")

    page.goto(f"{depots.url}/projects/FIRST")
    expect(page.locator("section[aria-labelledby=actions]")).to_contain_text("Mo Depot")
    expect(page.locator("section[aria-labelledby=actions]")).to_contain_text("due 1 Mar 2027")
    close_and_say_what_came_true(page)
    assert {one.title: one.occurred for one in depots.ws.risks.list("FIRST")} == {
        FEARED: Occurred.NO,
        SLIPS: Occurred.YES,
    }

    review, link = open_a_review(page, f"{depots.url}/projects/FIRST")
    form = open_page(script=script, viewport=viewport)
    for number in range(PEOPLE):
        answer(form, link, chosen, number, tmp_path)
    page.goto(review)
    page.get_by_role("button", name="Close it").click()
    told = page.locator(".decided", has_text=chosen)
    for question, people in (("Was it done?", PEOPLE), ("Did it help?", PEOPLE)):
        expect(told.get_by_role("table", name=question)).to_contain_text(f"{people} people")
        expect(told.get_by_role("table", name=question).get_by_role("row", name="yes")).to_contain_text(str(people))
    expect(page.locator(".decided", has_text=OURS).get_by_role("table", name="Was it done?")).to_be_visible()
    seen("3 results")

    page.goto(f"{depots.url}/projects/FIRST")
    expect(page.get_by_text("What became of both decisions of the kickoff is not told yet.")).to_be_visible()
    tell_the_outcomes(page, chosen)
    seen("4 outcomes")

    lesson = "A" if chosen == EARLY else "B"
    page.goto(f"{depots.url}/lessons/{lesson}")
    expect(page.get_by_text("It helped in 1 of 1 project that applied it: not enough yet")).to_be_visible()
    seen("5 lesson")
    told_elsewhere(depots, lesson)
    page.reload()
    helped = "It helped in 5 of 5 projects that applied it, likely 62 to 100 in 100."
    expect(page.get_by_text(helped)).to_be_visible()
    page.goto(f"{depots.url}/insights")
    row = page.get_by_role("row", name=chosen.rstrip("."))
    expect(row).to_contain_text("5 of 5")
    expect(row).to_contain_text("62")

    organisation.searchable(depots.ws)  # as the worker does
    page.goto(f"{depots.url}/projects/SECOND/kickoff")
    page.get_by_role("button", name="Run again").click()
    card = page.locator(".recommendation", has_text=chosen)
    expect(card).to_contain_text(helped)
    expect(card).to_contain_text("Was 2")
    assert advice(page)[:2] == [chosen, other]
    card.get_by_text("Why it stands at 1").click()
    expect(card).to_contain_text("That moves it by +14%.")
    seen("6 next kickoff")


def advice(page: Page) -> list[str]:
    return page.locator(".advice").all_inner_texts()


def write_brief(page: Page, project: str) -> None:
    page.goto(project)
    page.get_by_role("link", name="Open the kickoff").click()
    page.get_by_label("The brief").fill(BRIEF)
    page.get_by_role("button", name="Save and make the kickoff").click()
    expect(page.locator(".recommendation").first).to_be_visible()


def say_what_kind(page: Page) -> None:
    """Attributes of the project, and the kickoff made again with them."""
    page.get_by_role("link", name="Change this (what kind of project it is)").click()
    page.get_by_label("Kind", exact=True).fill("logistics")
    page.get_by_label("Method", exact=True).fill("agile")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Compared as logistics, agile.")).to_be_visible()
    page.get_by_role("button", name="Run again").click()
    expect(page.locator("section[aria-labelledby=similar]")).to_contain_text("kind: logistics")


def add_risk(page: Page, project: str) -> None:
    page.goto(project)
    page.get_by_role("link", name="Add a risk").click()
    page.get_by_label("Title").fill(FEARED)
    page.get_by_label("Because of").fill("nobody asked them")
    page.get_by_label("Probability", exact=True).select_option("3")
    page.get_by_label("Impact", exact=True).select_option("4")
    page.get_by_role("button", name="Add the risk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FEARED)


def decide(page: Page, accepted: str, adapted: str) -> None:
    """One accepted with owner and date, one adapted, one dismissed with a reason."""
    card = opened(page, accepted, "Accept")
    card.get_by_label("Who sees to it?").locator("visible=true").fill("Mo Depot")
    card.get_by_label("By when?").locator("visible=true").fill("2027-03-01")
    card.get_by_role("button", name="Accept it").click()
    expect(page.locator(".recommendation", has_text=accepted).get_by_role("status")).to_contain_text("Accepted by")

    card = opened(page, adapted, "Adapt")
    card.get_by_label("The advice as you want it").fill(OURS)
    card.get_by_role("button", name="Save my wording").click()
    expect(page.locator(".recommendation", has_text=OURS).get_by_role("status")).to_contain_text("Adapted by")

    card = opened(page, OTHER, "Dismiss")
    card.get_by_label("Why does it not fit here?").select_option("It does not apply to this project")
    card.get_by_label("In your words").fill("There is no jury.")
    card.get_by_role("button", name="Dismiss it").click()
    expect(page.locator(".recommendation", has_text=OTHER)).to_contain_text("There is no jury.")


def opened(page: Page, advice: str, choice: str) -> Locator:
    """The card of `advice` with one of its three choices open."""
    card = page.locator(".recommendation", has_text=advice)
    card.locator("summary", has_text=re.compile(f"^{choice}")).click()
    return card


def take_the_draft_register(page: Page) -> None:
    """Merged into the project's own register, where what it had stays and nothing comes twice."""
    page.get_by_role("link", name="Take it into the project’s register").click()
    expect(page.get_by_text("It came true in 3 of 6 similar projects; 6 had it registered.")).to_be_visible()
    page.get_by_role("checkbox", name=SLIPS).check()
    page.get_by_role("button", name="Add what is ticked").click()
    expect(page.locator("section[aria-labelledby=there]")).to_contain_text(f"K1 {SLIPS}")


def close_and_say_what_came_true(page: Page) -> None:
    page.get_by_text("Close it, so that kickoffs learn from it").click()
    page.get_by_role("button", name="Close First depot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Did the risks of First depot come true?")
    page.get_by_role("group", name=SLIPS).get_by_label("Yes").check()
    page.get_by_role("group", name=FEARED).get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Save all of it").click()
    expect(page.get_by_role("status")).to_contain_text("Kept what became of 2 risks.")


def open_a_review(page: Page, project: str) -> tuple[str, str]:
    """The addresses of the review and of its form."""
    page.goto(project)
    page.get_by_text("Begin a review").click()
    page.get_by_role("button", name="Prepare the review").click()
    expect(page.locator(".asks")).to_contain_text("Was that done?")
    page.get_by_role("link", name="Done: on to the review").click()
    review = page.url
    page.get_by_role("link", name="Invite people").click()
    page.get_by_role("button", name="Open for answers").click()
    page.get_by_role("button", name="Make a link").click()
    return review, page.locator(".made .token").inner_text()


def answer(page: Page, link: str, chosen: str, number: int, folder: Path) -> None:
    """One person fills in the form; the `chosen` decision was done and helped, the other was not done."""
    page.goto(link)
    page.get_by_label("What went well").first.fill(f"The drivers liked the green light, said driver number {number}.")
    asked = page.get_by_role("group", name="Was that done?")
    place = next(number for number, text in enumerate(asked.all_inner_texts()) if chosen in text)
    for question, said in (("Was that done?", "Yes"), ("Did that help?", "Yes"), ("happen anyway?", "No")):
        page.get_by_role("group", name=question).nth(place).get_by_label(said, exact=True).check()
    asked.nth(1 - place).get_by_label("No", exact=True).check()
    if not number:
        page.screenshot(path=folder / "form.png", full_page=True)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you. Your answers are saved.")).to_be_visible()


def tell_the_outcomes(page: Page, chosen: str) -> None:
    """The facilitator has the last word, beside what the review says."""
    page.get_by_role("link", name="Tell what became of the advice").click()
    card = page.locator(".outcome", has=page.get_by_role("heading", name=chosen))
    expect(card).to_contain_text(
        "In the review, most of those who answered say that it was applied, that it helped and"
    )
    for question in ("Was it applied?", "Did it help?"):
        card.get_by_role("group", name=question).get_by_label("Yes").check()
    card.get_by_role("group", name="happen anyway?").get_by_label("No", exact=True).check()
    card.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Told by facilitator")).to_be_visible()
    card = page.locator(".outcome", has=page.get_by_role("heading", name=OURS))
    card.get_by_role("group", name="Was it applied?").get_by_label("No", exact=True).check()
    card.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Told by facilitator")).to_have_count(2)


def told_elsewhere(site: Site, lesson: str) -> None:
    """Four more projects accept the lesson and tell that it helped."""
    for key in MORE:
        told = next(one for one in site.ws.kickoffs.for_project(key).recommendations if one.source == lesson)
        site.ws.kickoffs.decide(told.id, Choice.ACCEPTED, who="ada")
        site.ws.outcomes.tell(key, told.id, applied=Applied.YES, helped=Helped.YES, who="ada")
