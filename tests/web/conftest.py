"""A live site over a workspace of its own, and a browser to walk through it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from reviewkit.domain.projects import Project
from reviewkit.domain.words import UserRole
from reviewkit.workspace import Workspace, open_workspace
from webapp import create_app

PATIENCE = 30_000
"""Milliseconds that a page may take on a busy machine."""

expect.set_options(timeout=PATIENCE)

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "correct horse battery staple"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Site:
    """The web app at `url`, over `ws`."""

    url: str
    ws: Workspace

    def account(self, role: UserRole) -> tuple[str, str]:
        """(name, password) of an account with that role, made at first use."""
        if not self.ws.context.store.users.find(role):
            self.ws.users.add(role, role.title(), role, PASSWORD)
        return str(role), PASSWORD

    def log_in(self, page: Page, role: UserRole = UserRole.ADMIN) -> None:
        name, password = self.account(role)
        page.goto(f"{self.url}/login")
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()

    def open_review(self, project: str = "TAP") -> tuple[str, str]:
        """(review id, address of its form) of a new open review; the project is made where it is absent."""
        if not self.ws.context.store.projects.find(project):
            self.ws.projects.add(Project(project, "Tap-on ticketing on the city trams"))
        review = self.ws.reviews.open(self.ws.reviews.new(project).id)
        return review.id, f"{self.url}/r/{self.ws.reviews.new_link(review.id)}"


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An empty workspace, served in a thread on a free port."""
    with open_workspace(str(tmp_path / "site.db")) as ws:
        server = make_server("127.0.0.1", 0, create_app(ws), threaded=True, request_handler=_Silent)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield Site(f"http://127.0.0.1:{server.server_port}", ws)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one these tests are skipped, or fail where REVIEWKIT_REQUIRE_BROWSER is 1."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        say = "No Chromium found: install the package “chromium” of your system (as in `apt-get install chromium`)."
        if os.environ.get("REVIEWKIT_REQUIRE_BROWSER") == "1":
            pytest.fail(say)
        pytest.skip(say)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens a page in a profile of its own: `open_page(script=False, width=1280)`; it fails on any error of a script.

    Everything the browser asks of a page, it asks of the site under test: a request elsewhere fails the test too.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_it(*, script: bool = True, viewport: dict[str, int] | None = None, **more: Any) -> Page:
        context = browser.new_context(java_script_enabled=script, viewport=viewport or PHONE, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        page.on(
            "request", lambda asked: faults.append(asked.url) if not asked.url.startswith("http://127.0.0.1") else None
        )
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []
