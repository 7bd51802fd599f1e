"""Lessons as whoever tends them works with them: drafted, edited, moved, taken back, replaced, looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from reviewkit.domain.errors import Conflict, FieldsInvalid, LessonChanged, NotFound
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import Area, LessonState, LessonVerb, Scope
from reviewkit.workspace import Workspace
from reviewkit.workspace.derive.labels import label_lessons
from reviewkit.workspace.derive.progress import silent
from tests.webapp.organisation import HIDDEN, SAID, found, searchable


@pytest.fixture
def ws(workspace: Workspace) -> Workspace:
    return found(workspace)


def published(ws: Workspace, lesson: Lesson) -> Lesson:
    made = ws.lessons.add(lesson, who="ann")
    for state in (LessonState.IN_REVIEW, LessonState.VALIDATED, LessonState.PUBLISHED):
        made = ws.lessons.move(made.id, state, who="cur")
    return made


def test_a_theme_gives_a_draft_with_its_evidence(ws: Workspace) -> None:
    draft = ws.drafting.from_theme("late")
    assert (draft.title, draft.area, draft.themes, draft.risks) == (
        "Late deliveries",
        Area.SUPPLIERS,
        ("late",),
        ("TAP:R1",),
    )
    assert SAID[0][1] in draft.what_happened
    assert set(draft.statements) <= {f"PIR-TAP-s{number}" for number in range(6)}
    kept = ws.lessons.add(draft, who="ann")
    assert kept.state is LessonState.DRAFT
    assert [quote.statement for quote in ws.drafting.resting(kept).quotes] == list(draft.statements)


def test_no_draft_holds_what_may_not_be_shown(ws: Workspace) -> None:
    with pytest.raises(NotFound):
        ws.drafting.from_statement(HIDDEN)
    assert "secret" not in ws.drafting.from_theme("rooms").text
    resting = ws.drafting.resting(Lesson("x", "x", statements=(HIDDEN,)))
    assert (resting.quotes, resting.withheld) == ((), 1)


def test_every_change_is_kept_and_the_last_can_be_taken_back(ws: Workspace) -> None:
    made = ws.lessons.add(Lesson("", "Count runs", owner="PMO", tags=("payroll", "test")), who="ann")
    ws.lessons.edit(replace(made, owner="Payroll", tags=("payroll",)), who="bob")
    latest = ws.lessons.history(made.id)[0]
    assert (latest.who, latest.verb) == ("bob", LessonVerb.EDITED)
    assert [(one.field, one.before, one.after) for one in latest.changes] == [
        ("owner", "PMO", "Payroll"),
        ("tags", "payroll\ntest", "payroll"),
    ]
    assert ws.lessons.undo(made.id, latest.number, who="cur") == made
    with pytest.raises(LessonChanged):
        ws.lessons.undo(made.id, latest.number, who="cur")
    ws.lessons.move(made.id, LessonState.IN_REVIEW, who="ann")
    assert ws.lessons.undo(made.id, 4, who="cur").state is LessonState.DRAFT
    assert [step.verb for step in ws.lessons.history(made.id)] == ["undone", "moved", "undone", "edited", "added"]
    other = ws.lessons.add(Lesson("", "Only added"), who="ann")
    with pytest.raises(Conflict, match="only added"):
        ws.lessons.undo(other.id, 1, who="cur")


def test_two_who_edit_at_once_do_not_overwrite_each_other(ws: Workspace) -> None:
    made = ws.lessons.add(Lesson("", "Count runs"), who="ann")
    ws.lessons.edit(replace(made, owner="PMO"), who="bob", seen=1)
    with pytest.raises(LessonChanged, match="somebody else"):
        ws.lessons.edit(replace(made, owner="Payroll"), who="ann", seen=1)
    assert ws.lessons.get(made.id).owner == "PMO"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"project": "NONE"}, "project"),
        ({"supersedes": "NONE"}, "supersedes"),
        ({"risks": ("NONE",)}, "risks"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(ws: Workspace, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(FieldsInvalid) as caught:
        ws.lessons.add(replace(Lesson("", "Fine"), **wrong), who="ann")  # type: ignore[arg-type]
    assert list(caught.value.problems) == [field]


def test_a_successor_in_use_takes_the_place_and_a_draft_does_not(ws: Workspace) -> None:
    draft = ws.lessons.add(Lesson("", "Pay by three milestones", supersedes="L1"), who="ann")
    assert ws.lessons.replaced() == {}
    for state in (LessonState.IN_REVIEW, LessonState.VALIDATED):
        ws.lessons.move(draft.id, state, who="cur")
    assert ws.lessons.replaced()["L1"].id == draft.id
    with pytest.raises(FieldsInvalid, match="own place"):
        ws.lessons.edit(replace(ws.lessons.get("L1"), supersedes=draft.id), who="cur")


def test_what_was_replaced_is_recommended_no_more(ws: Workspace) -> None:
    searchable(ws)
    told = {one.source for one in ws.kickoffs.for_project("QUAY").recommendations if one.scope is Scope.LESSONS}
    assert "L1" in told
    newer = published(ws, Lesson("", "Pay by three milestones", recommendation="Pay by three.", supersedes="L1"))
    searchable(ws)
    told = {one.source for one in ws.kickoffs.for_project("QUAY").recommendations if one.scope is Scope.LESSONS}
    assert "L1" not in told
    assert newer.id in told


def test_lessons_in_use_come_up_when_their_date_has_come(ws: Workspace) -> None:
    today = ws.context.today
    for title, days in (("Late", -3), ("Soon", 10), ("Far", 90)):
        published(ws, Lesson("", title, review_on=today + timedelta(days=days)))
    ws.lessons.add(Lesson("", "A draft", review_on=today), who="ann")
    assert [lesson.title for lesson in ws.lessons.due()] == ["Late", "Soon"]
    assert [lesson.title for lesson in ws.lessons.due(100)] == ["Late", "Soon", "Far"]
    assert [lesson.title for lesson in ws.overview().due_lessons] == ["Late", "Soon"]


def test_an_edited_lesson_is_searched_anew_and_only_a_suggested_area_is_given_anew(ws: Workspace) -> None:
    made = ws.lessons.add(Lesson("", "Zebra crossings", recommendation="Paint zebra crossings at the stops."), who="a")
    chosen = ws.lessons.add(Lesson("", "Giraffes", recommendation="Feed the giraffes.", area=Area.BUDGET), who="a")
    searchable(ws)
    label_lessons(ws.context, silent)
    given = ws.lessons.get(made.id)
    assert given.area_suggested
    assert not ws.lessons.get(chosen.id).area_suggested
    assert ws.search("zebra", scopes=[Scope.LESSONS]).hits[0].id == made.id
    assert ws.lessons.edit(replace(given, owner="PMO"), who="a").area == given.area
    text = "Buy quagga from two suppliers."
    assert ws.lessons.edit(replace(given, title="Quagga", recommendation=text), who="a").area is None
    assert ws.lessons.edit(replace(chosen, recommendation="Feed them less."), who="a").area is Area.BUDGET
    searchable(ws)
    label_lessons(ws.context, silent)
    assert ws.search("quagga", scopes=[Scope.LESSONS]).hits[0].id == made.id
    assert "Zebra" not in ws.search("zebra", scopes=[Scope.LESSONS]).hits[0].text


def test_a_lesson_that_says_the_same_is_named(ws: Workspace) -> None:
    twin = ws.lessons.add(
        Lesson("", "Pay by milestones at the factory", recommendation=ws.lessons.get("L1").recommendation), who="a"
    )
    assert ws.lessons.alike(twin) == ()  # nothing was analysed yet
    ws.lessons.edit(replace(twin, what_happened=ws.lessons.get("L1").what_happened), who="a")
    for number, word in enumerate(("asbestos", "drivers", "payroll", "acoustics")):
        ws.lessons.add(Lesson(f"other{number}", f"About {word}", recommendation=f"Survey the {word} first."), who="a")
    searchable(ws)
    assert [one.lesson.id for one in ws.lessons.alike(ws.lessons.get(twin.id))] == ["L1"]


def test_erased_words_go_from_lessons_and_their_history(ws: Workspace) -> None:
    draft = ws.drafting.from_statement("PIR-TAP-s0")
    made = ws.lessons.add(draft, who="ann")
    own = f"{draft.what_happened} And the buses stood still."
    ws.lessons.edit(replace(made, what_happened=own), who="ann")
    ws.context.store.responses.erase("PIR-TAP-0")
    left = ws.lessons.get(made.id)
    assert left.statements == ()
    assert left.what_happened == "“[taken back]” (TAP) And the buses stood still."
    assert SAID[0][1] not in repr((left, ws.lessons.history(made.id)))
