"""The back-test over a workspace: only what was known before a project began may be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from reviewkit.collect.templates import template
from reviewkit.domain.ids import fingerprint
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response, Review, Statement
from reviewkit.domain.words import Anonymity, Kind, ProjectStatus, ReviewStatus
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from tests.clock import Clock
from tests.webapp.organisation import Letters

TEMPLATE = template("post_implementation")
TROUBLES = ("validators came months late", "nobody asked the drivers", "budget frozen halfway", "rooms far too small")


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with open_workspace(":memory:", Settings(), now=Clock()) as ws:
        ws.context.engines.__dict__["encoder"] = Letters()
        for number in range(5):
            told(ws, number)
        yield ws


def told(ws: Workspace, number: int, people: int = 6) -> None:
    """A project of one year, reviewed in its last month; every one meets the first trouble and one more."""
    store, key, year = ws.context.store, f"P{number}", 2016 + 2 * number
    review = Review(
        f"R{number}",
        key,
        "Review",
        TEMPLATE.key,
        TEMPLATE.wave,
        TEMPLATE.questions,
        anonymity=Anonymity.ANONYMOUS,
        status=ReviewStatus.CLOSED,
        closes=datetime(year, 12, 20, tzinfo=UTC),
    )
    with store.write():
        store.projects.put(
            Project(key, key, "A brief.", status=ProjectStatus.CLOSED, actual_start=date(year, 1, 1)),
        )
        store.reviews.put(review)
        for person in range(people):
            response = f"{review.id}-{person}"
            store.responses.put(Response(response, review.id, response, response, None, date(year, 12, 1)))
            texts = [f"{TROUBLES[0]} {person}", f"{TROUBLES[1 + number % 3]} {person}"]
            made = [
                Statement(
                    f"{response}-{place}",
                    response,
                    review.id,
                    key,
                    "went_badly",
                    0,
                    len(text),
                    text,
                    fingerprint(text),
                    said=date(year, 12, 1),
                    kind=Kind.PROBLEM,
                )
                for place, text in enumerate(texts)
            ]
            store.statements.replace(response, made)
            encoder = ws.context.engines.encoder
            store.vectors.put(encoder.name, [one.text_hash for one in made], encoder.encode([one.text for one in made]))


def test_each_project_is_foretold_from_those_reviewed_before_it(ws: Workspace) -> None:
    found = ws.backtest.run()
    assert {"P3", "P4"} <= {trial.project for trial in found.trials}
    for trial in found.trials:
        assert trial.known == tuple(f"P{earlier}" for earlier in range(int(trial.project[1:])))
        assert trial.ours.recall == 1.0, "there are fewer topics than warnings"
    assert {"P0"} <= set(found.untold)


def test_what_came_later_changes_nothing(ws: Workspace) -> None:
    before = {trial.project: trial for trial in ws.backtest.run().trials}
    told(ws, 6)
    again = {trial.project: trial for trial in ws.backtest.run().trials}
    assert {key: again[key] for key in before} == before
    for number in (6, 4, 3):
        store = ws.context.store
        with store.write():
            for response in store.responses.all(review=f"R{number}"):
                store.responses.erase(response.id)
        for trial in ws.backtest.run().trials:
            assert trial == again[trial.project]


def test_a_review_that_ended_after_the_start_was_not_known(ws: Workspace) -> None:
    store = ws.context.store
    early = Project("P3", "P3", "A brief.", status=ProjectStatus.CLOSED, actual_start=date(2020, 12, 10))
    with store.write():
        store.projects.put(early)
    (trial,) = [trial for trial in ws.backtest.run().trials if trial.project == "P3"]
    assert trial.known == ("P0", "P1"), "P2’s review ended ten days later"
    with store.write():
        store.projects.put(replace(early, planned_start=date(2018, 12, 10)))
    assert all(trial.known == ("P0",) for trial in ws.backtest.run().trials if trial.project == "P3")


def test_reviews_too_small_to_be_shown_take_no_part(ws: Workspace) -> None:
    told(ws, 6, people=4)
    found = ws.backtest.run()
    assert "P6" in found.untold
    assert all("P6" not in trial.known for trial in found.trials)


def test_the_last_one_is_kept(ws: Workspace) -> None:
    assert ws.backtest.latest() is None
    found = ws.backtest.run()
    kept = ws.backtest.latest()
    assert kept is not None
    assert kept.found == found
    assert kept.made == ws.context.now()


def test_an_empty_workspace_tests_nothing() -> None:
    with open_workspace(":memory:", Settings(), now=Clock()) as ws:
        found = ws.backtest.run()
        assert (found.trials, found.recall) == ((), None)
        kept = ws.backtest.latest()
        assert kept is not None
        assert kept.found == found


def test_warnings_bear_no_words_of_statements(ws: Workspace) -> None:
    """Topics are named by today's themes; where there is none, they stay unnamed."""
    named = {name for trial in ws.backtest.run().trials for name in (*trial.warned, *trial.missed)}
    assert named == {"unnamed theme"}
    assert np.isfinite([trial.fresh for trial in ws.backtest.run().trials]).all()
