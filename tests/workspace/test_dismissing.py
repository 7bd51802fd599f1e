"""What projects say against advice moves the next kickoff a little, and reaches whoever tends the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from reviewkit.domain.dismissals import Why
from reviewkit.domain.projects import Project
from reviewkit.domain.words import Choice, ProjectStatus
from reviewkit.workspace import Workspace
from tests.webapp import organisation

BRIEF = "Validators on every bus come late from the supplier; deliveries must be watched."
Say = Callable[[str, str], None]


@pytest.fixture
def ws(workspace: Workspace) -> Workspace:
    return organisation.searchable(organisation.found(workspace))


@pytest.fixture
def say(ws: Workspace) -> Say:
    """One more project of the kind bridge says something against a lesson at its kickoff."""

    def against(key: str, said: str) -> None:
        ws.projects.add(Project(key, key, brief=BRIEF, kind="bridge", status=ProjectStatus.PROPOSED))
        advice = ws.kickoffs.for_project(key)
        told = next(one for one in advice.recommendations if one.source == "L1")
        ws.kickoffs.decide(told.id, Choice.DISMISSED, text=said, who="ada")

    return against


def told(ws: Workspace, kind: str) -> tuple[float, str]:
    """The score of L1 for a new project of a kind, and what is said of its fit."""
    ws.context.store.projects.put(Project("NEW", "New", brief=BRIEF, kind=kind, status=ProjectStatus.PROPOSED))
    advice = ws.kickoffs.for_project("NEW")
    one = next(one for one in advice.recommendations if one.source == "L1")
    return one.score, " ".join(line for line in one.weighed if line.startswith("Fit"))


def test_several_that_it_did_not_apply_to_lower_it_for_their_kind_alone(ws: Workspace, say: Say) -> None:
    before, elsewhere = told(ws, "bridge")[0], told(ws, "tunnel")[0]
    say("B1", f"{Why.UNFIT}: no buses")
    assert told(ws, "bridge")[0] == before
    say("B2", Why.UNFIT)
    score, said = told(ws, "bridge")
    assert score == pytest.approx(before * (1 - 0.25 * 2 / 6), abs=1e-3)
    assert said == "Fit: 2 bridge projects dismissed it as not applying, none took it; that moves it by -8%."
    assert told(ws, "tunnel") == (elsewhere, "")


def test_what_is_done_already_lowers_nothing(ws: Workspace, say: Say) -> None:
    before = told(ws, "bridge")
    say("B1", Why.DONE)
    say("B2", Why.DONE)
    assert told(ws, "bridge") == before


def test_what_is_called_out_of_date_reaches_the_curator_until_it_is_taken_back(ws: Workspace, say: Say) -> None:
    say("B1", f"{Why.OUTDATED}: the rule of 2024 replaced it")
    found = ws.dismissals.doubted()["L1"]
    assert [(one.project, one.why, one.text, one.who) for one in found] == [
        ("B1", Why.OUTDATED, "the rule of 2024 replaced it", "ada")
    ]
    assert ws.dismissals.of_lesson("L1") == found
    advice = ws.kickoffs.latest("B1")
    assert advice is not None
    ws.kickoffs.decide(
        next(one for one in advice.recommendations if one.source == "L1").id, Choice.UNDECIDED, who="ada"
    )
    assert ws.dismissals.doubted() == {}
    assert ws.dismissals.of_lesson("L1") == []


def test_a_kickoff_tells_each_figure_in_words(ws: Workspace) -> None:
    ws.context.store.projects.put(replace(ws.projects.get("QUAY"), brief=BRIEF))
    for one in ws.kickoffs.for_project("QUAY").recommendations:
        assert [line.split(":")[0] for line in one.weighed][:4] == ["Relevance", "Recurrence", "Severity", "Effect"]
        assert one.base_rate is not None
        assert f"in {one.base_rate} similar projects" in one.weighed[1]
        assert "not enough yet" in one.weighed[3]
