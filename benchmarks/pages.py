"""Pages behind the login over 100,000 statements and 5,000 risks: the server's time for each in a warm process, and its
size.

Time of the processor stands beside that of the clock: it says what a page costs where other work runs too. The rival
is a bare Flask route that renders a template of the same size which needs nothing computed. A page is asked for in the
process itself, so that no network and no browser is counted.
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
from kickoff_warm import RISKS, furnished
from measuring import MB, Given, Row, median, part, run_part
from workspaces import copied

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SIZE, QUICK = 100_000, 10_000
WARM, ASKED = 2, 20
P95, BYTES = 0.300, 150_000
PASSWORD = "correct horse battery staple"


def rows(given: Given) -> list[Row]:
    size = QUICK if given.quick else SIZE
    prepare(given.data, given.cache)
    workspace = furnished(given.cache, size)
    with tempfile.TemporaryDirectory() as folder:
        found = part(__file__, "asked", copied(workspace, Path(folder)))
    return [
        Row(
            f"{page} over {size:,} statements and {RISKS:,} risks, p95 of {ASKED} (warm)",
            f"{1000 * ours:.0f} ms (median of the processor {1000 * busy:.0f}); {length / 1000:,.0f} kB"
            f" (process {found.peak / MB:,.0f} MB)",
            f"a bare Flask page of that size {1000 * bare:.1f} ms", f"{ours / bare:.0f}",
            f"≤ {1000 * P95:.0f} ms, ≤ {BYTES // 1000} kB", ours <= P95 and length <= BYTES,
        )
        for page, (ours, busy, bare, length) in found.said.items()
    ]  # fmt: skip


def asked(workspace: str) -> Mapping[str, object]:
    """Page -> p95 seconds of ours, median seconds of the processor, p95 seconds of the bare one, and bytes."""
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
        review = ws.reviews.list()[0].review
        risk = ws.risks.list()[0].id
        pages = {
            "today": "/",
            "projects": "/projects",
            "a project": f"/projects/{review.project}",
            "its report": f"/projects/{review.project}/report",
            "themes": "/themes",
            "the largest theme": f"/themes/{widest}",
            "splitting it": f"/themes/{widest}/split",
            "a review’s results": f"/reviews/{review.id}",
            "lessons": "/lessons",
            "a search": "/lessons?q=late+delivery",
            "risks": "/risks",
            "a risk": f"/risks/{risk}",
            "links to decide": "/links",
            "insights": "/insights",
        }
        return {page: _both(client, address) for page, address in pages.items()}


def _both(client: FlaskClient, address: str) -> tuple[float, float, float, int]:
    """The two are asked in turn, so that a busy machine slows both alike."""
    from flask import Flask, render_template_string

    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    length = len(answer.data)
    bare = Flask("bare")
    bare.add_url_rule("/", "page", lambda: render_template_string("<!doctype html><p>{{ text }}", text="x" * length))
    other = bare.test_client()
    ours, busy, theirs = [], [], []
    for _ in range(WARM + ASKED):
        seconds, processor = _seconds(client, address)
        ours.append(seconds), busy.append(processor)
        theirs.append(_seconds(other, "/")[0])
    return _p95(ours[WARM:]), median(busy[WARM:]), _p95(theirs[WARM:]), length


def _seconds(client: FlaskClient, address: str) -> tuple[float, float]:
    """By the clock, and of the processor in all threads."""
    begin, busy = time.perf_counter(), time.process_time()
    client.get(address).get_data()
    return time.perf_counter() - begin, time.process_time() - busy


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


if __name__ == "__main__":
    run_part({"asked": asked}, sys.argv[1:])
