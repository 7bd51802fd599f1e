"""The sample organisation -> the pictures of the documentation: `python docs/pictures/take.py`."""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.files.samples import load_samples
from webapp import create_app

HERE = Path(__file__).parent
PROJECT = "ROSTER"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
VIEW = {"width": 1180, "height": 1040}


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium found: install the package “chromium” of your system.")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, open_workspace(str(Path(folder) / "demo.db")) as ws:
        samples = load_samples(ws)
        ws.analysis.refresh(wait=True)
        ws.kickoffs.for_project(PROJECT)
        server = make_server("127.0.0.1", 0, create_app(ws), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        take(f"http://127.0.0.1:{server.server_port}", ws, samples.password, chromium)
        server.shutdown()


def take(url: str, ws: Workspace, password: str, chromium: str) -> None:
    """Writes kickoff.png beside this file."""
    facilitator = next(user for user in ws.users.list() if user.role == "facilitator")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport=VIEW, color_scheme="light")  # type: ignore[arg-type]
        page.goto(f"{url}/login")
        page.get_by_label("User name").fill(facilitator.name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()
        page.goto(f"{url}/projects/{PROJECT}/kickoff")
        page.screenshot(path=HERE / "kickoff.png")
        browser.close()


if __name__ == "__main__":
    main()
