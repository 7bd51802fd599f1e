"""Pages behind the login over 100,000 statements: the server's time for each in a warm process, and its size.

The rival is a bare Flask route that renders a template of the same size which needs nothing computed. A page is asked
for in the process itself, so that no network and no browser is counted.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import prepare
from measuring import MB, Given, Row, part, run_part
from workspaces import analysed, copied

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SIZE, QUICK = 100_000, 10_000
WARM, ASKED = 2, 40
P95, BYTES = 0.300, 150_000
PASSWORD = "correct horse battery staple"


def rows(given: Given) -> list[Row]:
    size = QUICK if given.quick else SIZE
    prepare(given.data, given.cache)
    workspace = analysed(given.cache, size)
    with tempfile.TemporaryDirectory() as folder:
        found = part(__file__, "asked", copied(workspace, Path(folder)))
    return [
        Row(
            f"{page} over {size:,} statements, p95 of {ASKED} (warm)",
            f"{1000 * ours:.0f} ms; {length / 1000:,.0f} kB (process {found.peak / MB:,.0f} MB)",
            f"a bare Flask page of that size {1000 * bare:.1f} ms", f"{ours / bare:.0f}",
            f"≤ {1000 * P95:.0f} ms, ≤ {BYTES // 1000} kB", ours <= P95 and length <= BYTES,
        )
        for page, (ours, bare, length) in found.said.items()
    ]  # fmt: skip


def asked(workspace: str) -> Mapping[str, object]:
    """Page -> p95 seconds of ours, of the bare one, and bytes."""
    from reviewkit.domain.words import UserRole
    from reviewkit.workspace import open_workspace
    from webapp import create_app

    with open_workspace(workspace) as ws:
        ws.users.add("bench", "Bench", UserRole.ADMIN, PASSWORD)
        client = create_app(ws).test_client()
        form = client.get("/login").get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)', form)
        if token is None:
            raise RuntimeError("the login has no token")
        client.post("/login", data={"name": "bench", "password": PASSWORD, "csrf_token": token[1]})
        widest = max(ws.themes.list(), key=lambda theme: theme.statements).id
        review = ws.reviews.list()[0].review.id
        pages = {
            "today": "/",
            "projects": "/projects",
            "themes": "/themes",
            "the largest theme": f"/themes/{widest}",
            "splitting it": f"/themes/{widest}/split",
            "a review’s results": f"/reviews/{review}",
            "lessons": "/lessons",
            "a search": "/lessons?q=late+delivery",
            "risks": "/risks",
            "insights": "/insights",
        }
        return {page: _both(client, address) for page, address in pages.items()}


def _both(client: FlaskClient, address: str) -> tuple[float, float, int]:
    """The two are asked in turn, so that a busy machine slows both alike."""
    from flask import Flask, render_template_string

    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    length = len(answer.data)
    bare = Flask("bare")
    bare.add_url_rule("/", "page", lambda: render_template_string("<!doctype html><p>{{ text }}", text="x" * length))
    other = bare.test_client()
    ours, theirs = [], []
    for _ in range(WARM + ASKED):
        ours.append(_seconds(client, address))
        theirs.append(_seconds(other, "/"))
    return _p95(ours[WARM:]), _p95(theirs[WARM:]), length


def _seconds(client: FlaskClient, address: str) -> float:
    begin = time.perf_counter()
    client.get(address).get_data()
    return time.perf_counter() - begin


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


if __name__ == "__main__":
    run_part({"asked": asked}, sys.argv[1:])
