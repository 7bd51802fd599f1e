"""Whatever is missing is derived, from any state, once, and what people decided stands."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

import pytest

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Response
from reviewkit.domain.words import (
    ActionState,
    Area,
    Choice,
    LessonState,
    LinkState,
    ProjectStatus,
    RespondentRole,
    Scope,
    ThemeStatus,
)
from reviewkit.language.ports import Encoder, Splitter
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.analysis import Refreshed
from reviewkit.workspace.context import Engines
from tests.clock import Clock

SAID = {
    "A": [
        "The ticket machines arrived four months late.",
        "Deliveries of the machines slipped again and again.",
        "Training came far too early, everything was forgotten by go-live.",
        "Marit Halvorsen explained every step, write to her at marit@westmark.example.",
        "The cake at the opening was very good.",
        "We never got the spare parts the vendor had promised for March.",
    ],
    "B": [
        "The contractor delivered the steel three months late.",
        "Late deliveries of cable cost us the summer.",
        "People were trained half a year before they could use it, all was forgotten.",
        "The course was held much too early to be of use.",
        "Our site manager knew everybody by name.",
        "Again the vendor shipped the parts too late.",
    ],
}


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    for key, answers in SAID.items():
        workspace.projects.add(
            Project(key, f"Project {key}", brief="New machines for buses.", status=ProjectStatus.CLOSED)
        )
        review = workspace.reviews.new(key, review_id=f"r{key}")
        workspace.responses.put_all(
            [
                Response(
                    f"{key}{place}", review.id, f"k{place}", f"x{key}{place}", RespondentRole.TEAM, date(2026, 1, 5),
                    {"went_badly": said},
                )
                for place, said in enumerate(answers)
            ]
        )  # fmt: skip
    workspace.projects.set_roster(["Marit Halvorsen"])
    workspace.risks.put_all([Risk("A:R1", "A", "R1", "Vendor delivers late", occurred="yes")])  # type: ignore[arg-type]
    lesson = Lesson(
        "l1",
        "Order early",
        what_happened="Machines and cables were delivered months late.",
        recommendation="Order long-lead items first.",
        state=LessonState.PUBLISHED,
    )
    workspace.lessons.put_all([lesson])
    return workspace


def settle(workspace: Workspace) -> Refreshed:
    first = workspace.analysis.refresh()
    workspace.analysis.refresh()
    return first


def test_answers_become_statements_kinds_areas_themes_links_and_search_hits(filled: Workspace) -> None:
    done = settle(filled)
    statements = filled.context.store.statements.all()
    assert done.statements == len(statements) >= 12
    assert all(statement.kind and statement.area for statement in statements)
    themes = filled.themes.list()
    assert any(theme.is_recurring for theme in themes)
    assert filled.search("late delivery", scopes=[Scope.STATEMENTS]).hits[0].text
    assert filled.search("order long-lead items", scopes=[Scope.LESSONS]).hits[0].id == "l1"


def test_names_and_addresses_are_gone_before_anything_is_derived(filled: Workspace) -> None:
    settle(filled)
    store = filled.context.store
    derived = [statement.text for statement in store.statements.all()]
    derived += [passage.text for scope in Scope for passage in store.passages.of(scope)]
    assert not [text for text in derived if "Halvorsen" in text or "@" in text]
    assert [text for text in derived if "[e-mail]" in text]


def test_a_second_run_derives_nothing(filled: Workspace) -> None:
    settle(filled)
    before = [
        filled.context.store.themes.all(),
        filled.context.store.statements.all(),
        filled.context.store.links.all(),
    ]
    assert filled.analysis.refresh() == Refreshed()
    after = [filled.context.store.themes.all(), filled.context.store.statements.all(), filled.context.store.links.all()]
    assert before == after


def test_a_run_with_nothing_new_loads_no_engine_also_after_the_workspace_was_closed(
    tmp_path: Path, clock: Clock, engines: Engines
) -> None:
    class Unused(Engines):
        @cached_property
        def encoder(self) -> Encoder:
            pytest.fail("the encoder was loaded")

        @cached_property
        def splitter(self) -> Splitter:
            pytest.fail("the splitter was loaded")

    where = str(tmp_path / "team.db")
    with open_workspace(where, Settings(), now=clock, engines=engines) as ws:
        ws.projects.add(Project("TAP", "Tap-on ticketing"))
        settle(ws)
    for _ in range(2):
        with open_workspace(where, Settings(), now=clock, engines=Unused(Settings())) as ws:
            assert ws.analysis.refresh() == Refreshed()


@pytest.mark.parametrize("stop_at", ["statements", "index of statements", "vectors", "kinds", "themes", "links"])
def test_it_can_be_stopped_anywhere_and_run_again(filled: Workspace, clock: Clock, stop_at: str) -> None:
    class Stopped(Exception):
        pass

    def stop(stage: str, done: int, total: int) -> None:
        if stage == stop_at:
            raise Stopped

    with pytest.raises(Stopped):
        filled.analysis.refresh(stop)
    settle(filled)
    store = filled.context.store
    assert {one.statement for one in store.memberships.all()} <= set(store.statements.ids())
    assert not [statement for statement in store.statements.all() if statement.kind is None]
    assert store.passages.unembedded(filled.context.engines.encoder.name, 10) == []
    assert filled.themes.list()


def test_a_claim_keeps_a_second_worker_away_until_it_runs_out(filled: Workspace, clock: Clock) -> None:
    with filled.context.store.write():
        filled.context.store.claims.take("analysis", "somebody else", clock(), 60)
    assert filled.analysis.refresh() == Refreshed()
    clock.pass_by(seconds=61)
    assert filled.analysis.refresh().statements


def test_new_answers_are_added_and_what_people_decided_stands(filled: Workspace) -> None:
    settle(filled)
    late = next(theme for theme in filled.themes.list() if theme.is_recurring)
    filled.themes.rename(late.id, "Late deliveries by vendors", who="nell")
    filled.themes.set_status(late.id, ThemeStatus.CONFIRMED, who="nell")
    link = filled.risks.linked_to(Scope.THEMES, late.id)[0].link
    filled.risks.decide(link.id, LinkState.REJECTED, who="nell")
    more = Response(
        "A99", "rA", "k99", "x99", None, date(2026, 1, 6), {"went_badly": "The cables came two months late."}
    )
    filled.context.store.responses.put(more)
    assert filled.analysis.refresh().statements == 1
    again = filled.themes.get(late.id)
    assert (again.label, again.status) == ("Late deliveries by vendors", ThemeStatus.CONFIRMED)
    assert link.id not in {linked.link.id for linked in filled.risks.linked_to(Scope.THEMES, late.id)}


def test_an_undone_decision_is_left_out_of_the_next_run(filled: Workspace) -> None:
    settle(filled)
    theme = filled.themes.list()[0]
    filled.themes.rename(theme.id, "Something else", who="nell")
    (decision,) = filled.themes.show(theme.id).decisions
    filled.themes.undo(decision.id, who="nell")
    settle(filled)
    assert filled.themes.get(theme.id).label == theme.label


def test_an_erased_response_leaves_statements_themes_and_search(filled: Workspace) -> None:
    settle(filled)
    filled.context.store.responses.erase("A4")
    settle(filled)
    store = filled.context.store
    assert not [statement for statement in store.statements.all() if "cake" in statement.text]
    assert not [hit for hit in filled.search("cake", scopes=[Scope.STATEMENTS]).hits if "cake" in hit.text]


def test_statements_of_a_review_too_small_are_not_found_or_quoted(filled: Workspace) -> None:
    for place in range(2, 6):
        filled.context.store.responses.erase(f"B{place}")
    settle(filled)
    assert {hit.project for hit in filled.search("late", scopes=[Scope.STATEMENTS], limit=50).hits} == {"A"}
    for theme in filled.themes.list():
        assert {quote.project for quote in filled.themes.show(theme.id).quotes} <= {"A"}
    assert filled.results.of("rB").withheld


def test_an_empty_workspace_is_analysed_too() -> None:
    with open_workspace(":memory:", Settings()) as ws:
        assert ws.analysis.refresh() == Refreshed()
        assert ws.search("anything").hits == ()
        assert ws.overview().themes == ()


def test_a_kickoff_says_why_and_keeps_what_was_decided(filled: Workspace) -> None:
    settle(filled)
    filled.projects.add(
        Project("NEW", "New", brief="We order new machines from a vendor.", status=ProjectStatus.PROPOSED)
    )
    settle(filled)
    advice = filled.kickoffs.for_project("NEW", who="nell")
    first = next(one for one in advice.recommendations if one.source == "l1")
    assert first.reasons
    assert first.base_rate is not None
    assert set(first.base_rate.hits) <= {"A", "B"}
    assert first.quotes
    filled.kickoffs.decide(first.id, Choice.ACCEPTED, owner="Nell", who="nell")
    filled.kickoffs.decide(first.id, Choice.ADAPTED, text="Order cables first.", owner="Tom", who="nell")
    again = filled.kickoffs.for_project("NEW")
    assert again.kickoff.id != advice.kickoff.id
    assert [one.choice for one in again.recommendations if one.topic == first.topic] == [Choice.ADAPTED]
    (owed,) = filled.actions.list("NEW", ActionState.OPEN)
    assert (owed.owner, owed.text, owed.source) == ("Tom", "Order cables first.", first.topic)
    filled.kickoffs.decide(first.id, Choice.UNDECIDED, who="nell")
    assert filled.actions.list("NEW", ActionState.OPEN) == []


def test_a_lesson_without_an_area_is_given_one_and_a_persons_own_is_kept(workspace: Workspace) -> None:
    late = Lesson("late", "The supplier delivered late", recommendation="Put delivery penalties into the contract.")
    given = Lesson("given", "The vendor delivered late", recommendation="Visit the vendor.", area=Area.BENEFITS)
    hidden = Lesson("hidden", "The course was too early", state=LessonState.REJECTED)
    workspace.lessons.put_all([late, given, hidden])
    workspace.analysis.refresh(wait=True)
    assert workspace.lessons.get("late").area is Area.SUPPLIERS
    assert workspace.lessons.get("given").area is Area.BENEFITS
    assert workspace.lessons.get("hidden").area is None
    assert [hit.id for hit in workspace.search("delivered late", filters={"area": Area.SUPPLIERS}).hits] == ["late"]
    assert not workspace.analysis.refresh(wait=True)
