"""Every page behind the login, taken from the app's own routes: fits, is named, labelled, readable and light."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.web.conftest import DESK, OpenPage, Site
from tests.webapp import organisation
from webapp import create_app
from webapp.access import ANYONE, TABLE

WIDTHS = (320, 390, 768, 1280)
MOST_BYTES = 150_000

DOWNLOADS = {
    "kickoff.download",
    "report.download",
    "reviews.export",
    "questions.export",
    "lessons.export",
    "risks.export",
}
"""Answers with a file."""

UPLOADED = {
    "answers_import.columns": "/reviews/PIR-TAP/import",
    "answers_import.preview": "/reviews/PIR-TAP/import",
    "records_import.columns": "/import/projects",
    "records_import.preview": "/import/projects",
}
"""Pages about a file that was brought, and where it is brought."""

FILES = {"/import/projects": "key,name\nNEW,New works\n", "/reviews/PIR-TAP/import": "What went well?\nThe trams ran\n"}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "projects.show": ("/projects/QUAY", "/projects/TAP"),
    "projects.edit": ("/projects/QUAY/edit",),
    "kickoff.show": ("/projects/QUAY/kickoff",),
    "kickoff.draft": ("/projects/QUAY/kickoff/register",),
    "outcomes.show": ("/projects/QUAY/outcomes",),
    "report.show": ("/projects/TAP/report",),
    "reviews.show": ("/reviews/PIR-TAP", "/reviews/PIR-TAP?kind=positive", "/reviews/PIR-LIB"),
    "questions.index": ("/reviews/PIR-TAP/questions", "/reviews/{draft}/questions"),
    "questions.preview": ("/reviews/{draft}/questions/preview",),
    "questions.write": ("/reviews/{draft}/questions/new",),
    "questions.rewrite": ("/reviews/{draft}/questions/q/went_well",),
    "invite.show": ("/reviews/PIR-TAP/invite",),
    "themes.show": ("/themes/late", "/themes/late?words=nowhere"),
    "themes.merge": ("/themes/late/merge", "/themes/late/merge?into=rooms"),
    "themes.split": (
        "/themes/late/split",
        "/themes/late/split?statement=PIR-TAP-s4&statement=PIR-TAP-s5",
    ),
    "themes.move": ("/themes/late/move?statement=PIR-TAP-s5",),
    "risks.before_export": ("/risks/export/csv",),
    "risks.show": ("/risks/TAP:R1", "/risks/LIBRARY:R2"),
    "risk_writing.rewrite": ("/risks/TAP:R1/edit",),
    "risk_writing.ask": ("/projects/LIBRARY/occurred",),
    "lessons.index": ("/lessons", "/lessons?q=factory"),
    "lessons.show": ("/lessons/L1",),
    "lesson_writing.rewrite": ("/lessons/L1/edit",),
    "insights.index": ("/insights", "/insights?kind=software"),
    "answers_import.choose": ("/reviews/PIR-TAP/import",),
    "records_import.choose": ("/import/projects", "/import/risks", "/import/lessons"),
}
"""Addresses of pages that need to be told of what they are, and further states of others."""

ABROAD = "مشروع تحديث نظام التذاكر 城市有轨电车售票系统 🚋🚌"
UNBROKEN = "Straßenbahnfahrkartenautomaten" * 4

BESIDE = ("/nothing-here", "/projects/NONE")
"""Pages that say what is wrong."""

FAULTS = """() => {
  const faults = [], seen = (one) => one.checkVisibility() && !one.closest(".unseen, .skip");
  const say = (what, one) => faults.push(what + ": " + one.outerHTML.slice(0, 110));
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (!document.title.trim()) faults.push("no title");
  headings.forEach((one, place) => {
    if (Number(one.tagName[1]) - Number(place ? headings[place - 1].tagName[1] : 0) > 1) say("skips a level", one);
  });
  const ids = [...document.querySelectorAll("[id]")];
  for (const one of ids) if (!one.id || ids.find((other) => other.id === one.id) !== one) say("id twice", one);
  for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!one.labels?.length && !one.ariaLabel && !one.getAttribute("aria-labelledby")) say("no label", one);
  }
  for (const one of document.querySelectorAll("button, a, summary")) {
    if (!one.textContent.trim() && !one.ariaLabel && !one.querySelector("img[alt]:not([alt=''])")) say("no name", one);
  }
  // Targets, WCAG 2.2 criterion 2.5.8: 24 by 24, or a circle of 24 around its middle that meets no other target.
  const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(seen).map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()]);
  const inSentence = (one) => one.tagName === "A" && getComputedStyle(one).display === "inline"
    && [...one.parentElement.childNodes].some((node) => node !== one && node.textContent.trim());
  for (const [one, box] of targets) {
    if ((box.width >= 24 && box.height >= 24) || inSentence(one)) continue;
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const near = targets.find(([other, it]) => other !== one && !one.contains(other) && !other.contains(one)
      && Math.hypot(x - Math.max(it.left, Math.min(x, it.right)), y - Math.max(it.top, Math.min(y, it.bottom))) < 12);
    if (near) say(`small (${Math.round(box.width)} × ${Math.round(box.height)})`, one);
  }
  return faults;
}"""

FAINT = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(one).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !one.checkVisibility() || one.closest(".unseen, .skip, option")) continue;
    const style = getComputedStyle(one);
    const [high, low] = [light(parse(style.color)), light(ground(one))].sort((a, b) => b - a);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if ((high + 0.05) / (low + 0.05) < (large ? 3 : 4.5)) faint.push("faint: " + one.outerHTML.slice(0, 90));
  }
  return faint;
}"""

SMALL = """() => [...document.querySelectorAll("button, .button, .masthead nav a, .choices summary, input, select")]
  .filter((one) => one.checkVisibility() && one.type !== "hidden" && one.type !== "checkbox" && one.type !== "radio")
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => "small for a thumb: " + one.outerHTML.slice(0, 90))"""

UNMARKED = """() => [
    ...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")
  ].filter((one) => {
    if (!one.checkVisibility() || one.disabled) return false;
    const look = () => { const s = getComputedStyle(one); return s.outlineStyle + s.boxShadow + s.borderColor; };
    document.activeElement.blur();
    const before = look();
    one.focus({ preventScroll: true });
    return document.activeElement === one && look() === before;
  }).map((one) => "focus unseen: " + one.outerHTML.slice(0, 90))"""


def behind_the_login(site: Site) -> dict[str, bool]:
    """Endpoint of each page -> whether its address must say of what it is."""
    rules = create_app(site.ws).url_map.iter_rules()
    return {
        rule.endpoint: bool(rule.arguments)
        for rule in rules
        if "GET" in (rule.methods or ()) and TABLE[rule.endpoint] != ANYONE and rule.endpoint not in DOWNLOADS
    }


def addresses(site: Site, draft: str) -> list[str]:
    adapter = create_app(site.ws).url_map.bind("localhost")
    found = [*BESIDE]
    for endpoint, told in behind_the_login(site).items():
        if endpoint in EXAMPLES:
            found += [one.format(draft=draft) for one in EXAMPLES[endpoint]]
        elif not told:
            found.append(adapter.build(endpoint))
    return found


def brought(site: Site, page: Page, folder: Path, where: str) -> list[str]:
    """The pages about a file that was brought at `where`: its columns, and what would happen."""
    table = folder / "table.csv"
    table.write_text(FILES[where], encoding="utf-8")
    page.goto(site.url + where)
    page.locator("#file").set_input_files(table)
    page.get_by_role("button", name="Read the file").click()
    columns = page.url.removeprefix(site.url)
    page.get_by_role("button", name="Show what would happen").click()
    return [columns, page.url.removeprefix(site.url)]


def lengthen(site: Site) -> None:
    """Gives what pages are headed by names that are hard to set: unbroken, long, from right to left, of few letters."""
    store = site.ws.context.store
    with store.write():
        store.projects.put(
            replace(store.projects.get("TAP"), name=UNBROKEN, sponsor=UNBROKEN, brief=UNBROKEN),
            replace(store.projects.get("QUAY"), name="A hall where buses meet ferries, trams and trains " * 4),
            replace(store.projects.get("LIBRARY"), name=ABROAD),
        )
        store.themes.put(replace(store.themes.get("late"), label=UNBROKEN))
        store.lessons.put(replace(store.lessons.get("L1"), title=UNBROKEN, owner=UNBROKEN))


def faults_of(page: Page, address: str, received: dict[str, int]) -> list[str]:
    """All that is wrong with a page that is open."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{wide} wide on {width}")
        if width == min(WIDTHS):
            found += page.evaluate(SMALL)
        found += page.evaluate(FAULTS)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += page.evaluate(FAINT)
    page.keyboard.press("Tab")  # so that the browser marks what has the focus
    found += page.evaluate(UNMARKED)
    if sum(received.values()) > MOST_BYTES:
        found.append(f"{sum(received.values()):,} bytes")
    return [f"{address}: {one}" for one in dict.fromkeys(found)]


def test_each_page_is_looked_at(site: Site) -> None:
    told = {endpoint for endpoint, needs in behind_the_login(site).items() if needs}
    assert told - set(EXAMPLES) - set(UPLOADED) == set(), "give EXAMPLES an address of each, or name it in DOWNLOADS"


@pytest.mark.parametrize("holding", ["an organisation", "long words", "nothing"])
def test_every_page_is_fit_to_be_used(site: Site, open_page: OpenPage, tmp_path: Path, holding: str) -> None:
    draft, full = "", holding != "nothing"
    if full:
        organisation.searchable(organisation.found(site.ws))
        draft = site.ws.reviews.new("QUAY").id
    if holding == "long words":
        lengthen(site)
    page = open_page(viewport=DESK, reduced_motion="reduce")
    site.log_in(page)
    told: list[str] = []
    received: dict[str, int] = {}

    def weigh(response: Response) -> None:
        received[response.url] = int(response.headers.get("content-length", 0))

    page.on("response", weigh)
    page.on("console", lambda line: told.append(line.text) if line.type == "error" else None)
    if full:
        visited = addresses(site, draft) + [
            one for where in sorted(set(UPLOADED.values())) for one in brought(site, page, tmp_path, where)
        ]
    else:
        adapter = create_app(site.ws).url_map.bind("localhost")
        visited = [adapter.build(endpoint) for endpoint, needs in behind_the_login(site).items() if not needs]
    found = []
    for address in visited:
        received.clear()
        told.clear()
        answer = page.goto(site.url + address)
        assert answer is not None
        refused = address in BESIDE
        assert answer.status == (404 if refused else 200), address
        found += faults_of(page, address, received)
        found += [f"{address}: {line}" for line in told if not refused]
    assert "\n".join(found) == ""
