"""Lessons and actions -> what the next project is to know, and who does what until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewkit.domain.kickoffs import Action
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.wording import day, headed, plural, whole
from reviewkit.domain.words import ActionState
from reviewkit.report.document import Block, Facts, Heading, Paragraph, Ref, Table
from reviewkit.report.evidence import ReportEvidence


def lessons(evidence: ReportEvidence) -> Iterator[Block]:
    """The section on lessons: those that the library holds first, then drafts, which nobody has checked yet."""
    yield Heading("Lessons")
    if not evidence.lessons:
        yield Paragraph("No lesson was written for this project yet.")
        return
    checked = sum(lesson.is_usable for lesson in evidence.lessons)
    yield Paragraph(
        f"{headed(plural(len(evidence.lessons), 'lesson'))} came out of this project; "
        f"{checked or 'none'} {'was' if checked == 1 else 'were'} checked and can be used by others."
    )
    for lesson in sorted(evidence.lessons, key=lambda one: not one.is_usable):
        yield Heading(lesson.title, 2, Ref("lessons", lesson.id))
        yield Facts(tuple(_told(lesson)))


def actions(evidence: ReportEvidence) -> Iterator[Block]:
    """The section on actions, open ones first."""
    yield Heading("Actions")
    if not evidence.actions:
        yield Paragraph("No action is on record.")
        return
    order = sorted(evidence.actions, key=lambda one: one.state is not ActionState.OPEN)
    yield Paragraph(open_actions(evidence))
    yield Table(
        "What is to be done",
        ("Action", "Owner", "Due", "State"),
        tuple(
            (one.text, one.owner or "nobody yet", day(one.due) or "no date", _state(one, evidence.today))
            for one in order
        ),
    )


def open_actions(evidence: ReportEvidence) -> str:
    """As in “Both actions are open.” and “3 of 5 actions are open, 1 of them overdue.”"""
    left = [one for one in evidence.actions if one.state is ActionState.OPEN]
    late = sum(_is_late(one, evidence.today) for one in left)
    total = len(evidence.actions)
    if not left:
        return "The one action is closed." if total == 1 else f"None of the {total:,} actions is open any more."
    some = f"{len(left):,} of {plural(total, 'action')}" if len(left) < total else headed(whole(total, "action"))
    overdue = f", {late} of them overdue" if late else ""
    if late == len(left):
        overdue = " and overdue"
    return f"{some} {'is' if len(left) == 1 else 'are'} open{overdue}."


def _told(lesson: Lesson) -> Iterator[tuple[str, str]]:
    where = ", ".join(str(part) for part in (lesson.area, lesson.phase) if part)
    owner = f"owner: {lesson.owner}" if lesson.owner else ""
    state = str(lesson.state) if lesson.is_usable else f"{lesson.state}, not checked yet"
    for name, said in (
        ("Recommendation", lesson.recommendation),
        ("Context", lesson.context),
        ("What happened", lesson.what_happened),
        ("Root cause", lesson.root_cause),
        ("Effect", lesson.effect),
        ("Early warning signs", lesson.early_warning),
        ("Filed under", " · ".join(part for part in (where, owner, f"state: {state}") if part)),
    ):
        if said.strip():
            yield name, said


def _state(action: Action, today: date) -> str:
    return "overdue" if _is_late(action, today) else str(action.state)


def _is_late(action: Action, today: date) -> bool:
    return action.state is ActionState.OPEN and action.due is not None and action.due < today
