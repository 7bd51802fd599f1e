"""Insights over a small organisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from reviewkit.domain.insights import Comparison
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Response
from reviewkit.domain.words import LessonState, Occurred, ProjectStatus
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from tests.clock import Clock
from tests.webapp import organisation


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with open_workspace(":memory:", Settings(), now=Clock()) as ws:
        organisation.found(ws)
        store = ws.context.store
        with store.write():
            for number in range(4):
                key = f"S{number}"
                store.projects.put(Project(key, key, kind="software", status=ProjectStatus.CLOSED))
                store.risks.put(Risk(f"{key}:R9", key, "R9", "Budget cut by the council", occurred=Occurred.NO))
        yield organisation.searchable(ws)


def test_a_blind_spot_counts_only_projects_whose_answers_may_be_shown(ws: Workspace) -> None:
    with ws.context.store.write():
        rooms = ws.context.store.themes.get("rooms")
        ws.context.store.themes.put(replace(rooms, troubles=2))
    (found,) = ws.insights.blind_spots()
    assert found.theme.id == "rooms"
    assert found.theme.projects == ("LIBRARY", "TAP")
    assert found.rates[0].projects == ("TAP",), "LIBRARY has three answers only"


def test_a_false_alarm_shows_how_its_rate_moves(ws: Workspace) -> None:
    (found,) = ws.insights.false_alarms(Comparison(kind="software"))
    assert [str(rate) for rate in found.rates] == ["0 of 4", "0 of 4"]
    assert found.title == "Budget cut by the council"
    (narrow,) = ws.insights.false_alarms(Comparison(kind="software", method="Scrum"))
    assert [str(rate) for rate in narrow.rates] == ["0 of 0", "0 of 4", "0 of 4"]


def test_base_rates_follow_a_changed_register(ws: Workspace) -> None:
    def rate() -> str:
        return str(next(one for one in ws.insights.base_rates() if "Budget" in one.title).rates[0])

    before = rate()
    with ws.context.store.write():
        ws.context.store.risks.put(Risk("S0:R9", "S0", "R9", "Budget cut by the council", occurred=Occurred.YES))
    assert (before[0], rate()[0]) == ("0", "1")


def test_a_lesson_is_followed_from_the_day_it_was_embedded(ws: Workspace) -> None:
    lesson = replace(ws.lessons.get("L1"), themes=("late",), state=LessonState.PUBLISHED)
    ws.context.store.lessons.put(lesson)
    ws.lessons.move("L1", LessonState.EMBEDDED, who="cur")
    found = ws.insights.embedding()
    assert found.undated == found.embedded - 1
    (one,) = found.recurrences
    assert (one.theme.id, one.embedded) == ("late", ws.context.today)
    assert {*one.before.projects, *one.after.projects, *one.running} == {"TAP"}


def test_an_empty_workspace_has_no_insights() -> None:
    with open_workspace(":memory:", Settings(), now=Clock()) as ws:
        insights = ws.insights
        assert not insights.blind_spots()
        assert not insights.false_alarms()
        assert not insights.base_rates()
        assert not insights.responses()
        assert insights.embedding().embedded == 0
        assert insights.projects(Comparison(kind="x")) == [(), ()]


def test_choices_count_finished_projects(ws: Workspace) -> None:
    assert ws.insights.choices()["kind"] == [("software", 5), ("construction", 1)]


def test_an_answer_held_back_moves_no_count_of_projects(ws: Workspace) -> None:
    store, day = ws.context.store, date(2026, 1, 1)
    with store.write():
        store.themes.put(replace(store.themes.get("rooms"), troubles=2))
        store.reviews.put(replace(store.reviews.all(project="TAP")[0], id="second"))
    (before,) = ws.insights.blind_spots()
    for number in range(6):
        store.responses.put(Response(f"x{number}", "second", f"x{number}", f"x{number}", None, day, {}, released=False))
        (after,) = ws.insights.blind_spots()
        assert after.rates == before.rates, f"{number + 1} people answered, and none of it may be known"
