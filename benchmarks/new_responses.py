"""A hundred new responses in a workspace of 100,000 statements, and a run that finds nothing new."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from corpus import prepare, texts_of
from measuring import MB, Given, Row, cost_of, median, part, run_part
from workspaces import QUESTION, SAID, analysed, copied

SIZE, NEW = 100_000, 100
SEARCHED, AGAIN = 3.0, 1.0
_CLI = "from reviewkit.cli import main; main()"


def rows(given: Given) -> list[Row]:
    """The worker that takes the responses in is a process that runs already, with its engines loaded."""
    prepare(given.data, given.cache)
    workspace = analysed(given.cache, SIZE)
    come, again, process, peaks = [], [], [], []
    for _ in range(given.repeats):
        with tempfile.TemporaryDirectory() as folder:
            mine = copied(workspace, Path(folder))
            cost = part(__file__, "come", mine, given.cache)
            come.append(float(cost.said["seconds"]))
            again.append(float(cost.said["again"]))
            peaks.append(cost.peak)
            process.append(cost_of([sys.executable, "-c", _CLI, "--workspace", mine, "analyse"]).seconds)
    statements = f"{cost.said['statements']} statements, {cost.said['placed']} of them in a theme"
    return [
        Row(
            f"{NEW} new responses among {SIZE:,} statements, until they are in search and themes",
            f"{median(come):.2f} s, {max(peaks) / MB:,.0f} MB; {statements}", asked=f"≤ {SEARCHED:.0f} s",
            met=median(come) <= SEARCHED,
        ),
        Row(
            "the run after that, which looks for what is missing and finds nothing", f"{median(again):.2f} s",
            asked=f"< {AGAIN:.0f} s", met=median(again) < AGAIN,
        ),
        Row(
            "`reviewkit analyse` with nothing new, whole process", f"{median(process):.2f} s", asked=f"< {AGAIN:.0f} s",
            met=median(process) < AGAIN,
        ),
    ]  # fmt: skip


def come(workspace: str, cache: str) -> Mapping[str, object]:
    """Fails where a new statement cannot be found or has not been given a place."""
    from reviewkit.domain.reviews import Response
    from reviewkit.domain.words import Scope
    from reviewkit.workspace import open_workspace

    texts = texts_of(Path(cache), SIZE + 2 * NEW)[SIZE:]
    responses = [
        Response(f"new{n}", f"R{n % 20}", f"new key {n}", f"new receipt {n}", None, SAID,
                 {QUESTION: f"{texts[2 * n].rstrip('.')}. {texts[2 * n + 1]}"})
        for n in range(NEW)
    ]  # fmt: skip
    with open_workspace(workspace) as ws:
        ws.analysis.refresh(wait=True)
        ws.context.engines.splitter.split("It is ready. So are we.")
        assert len(ws.context.engines.area_anchors)
        ws.search("ready", scopes=[Scope.STATEMENTS])
        begin = time.perf_counter()
        ws.responses.put_all(responses)
        done = ws.analysis.refresh(wait=True)
        store = ws.context.store
        new = store.statements.all(response=[response.id for response in responses])
        hits = ws.search(new[0].text, scopes=[Scope.STATEMENTS]).hits
        seconds = time.perf_counter() - begin
        places = store.memberships.all(statement=[statement.id for statement in new])
        if len(new) != done.statements or len(places) != len(new) or new[0].text not in {hit.text for hit in hits}:
            raise RuntimeError("not all of what is new was found or given a place")
        begin = time.perf_counter()
        if ws.analysis.refresh(wait=True):
            raise RuntimeError("something was missing still")
        again = time.perf_counter() - begin
    placed = sum(1 for place in places if place.theme)
    return {"seconds": seconds, "again": again, "statements": len(new), "placed": placed}


if __name__ == "__main__":
    run_part({"come": come}, sys.argv[1:])
