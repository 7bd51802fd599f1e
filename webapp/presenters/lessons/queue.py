"""Lessons that wait, or are due for another look -> the queue that whoever tends the library works through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from reviewkit.domain.lessons import Alike, Lesson
from reviewkit.domain.words import LessonState
from webapp.presenters.lessons.library import opening
from webapp.presenters.lessons.page import Question, questions
from webapp.presenters.lessons.verbs import Verb, verbs
from webapp.presenters.words import day, headed, plural

AT_ONCE = 25
"""Lessons on the page; the rest come up as these are decided."""


@dataclass(frozen=True)
class Waiting:
    """One lesson with what is known about it; `next` is the anchor that the queue goes on at."""

    id: str
    title: str
    href: str
    edit: str
    state: str
    positive: bool
    text: str
    meta: tuple[str, ...]
    hints: tuple[str, ...]
    questions: tuple[Question, ...]
    verbs: tuple[Verb, ...]
    next: str
    due: str = ""
    late: bool = False


@dataclass(frozen=True)
class QueuePage:
    summary: str
    waiting: tuple[Waiting, ...]
    due: tuple[Waiting, ...]
    unlisted: int
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Seen:
    """A lesson with what the workspace says about it."""

    lesson: Lesson
    hints: Sequence[str]
    alike: Sequence[Alike]
    next_states: Sequence[LessonState]


def queue_page(
    waiting: Sequence[Seen], due: Sequence[Seen], total: int, drafts: int, names: Mapping[str, str], today: date
) -> QueuePage:
    """`total` counts all that wait, of which `waiting` are shown, and `drafts` those of them that nobody handed in yet;
    `names` gives project key -> name."""
    order = [one.lesson.id for one in (*waiting, *due)]
    after = dict(zip(order, [*order, ""][1:], strict=True))
    rows = {
        part: tuple(_row(one, after[one.lesson.id], names, today) for one in seen)
        for part, seen in (("waiting", waiting), ("due", due))
    }
    keys = {verb.key: verb.label.lower() for row in (*rows["waiting"], *rows["due"]) for verb in row.verbs}
    said = []
    if ready := total - drafts:
        said.append(f"{plural(ready, 'lesson')} {'waits' if ready == 1 else 'wait'} for a decision")
    if drafts:
        said.append(f"{plural(drafts, 'draft')} {'is' if drafts == 1 else 'are'} to be handed in")
    if due:
        said.append(f"{plural(len(due), 'lesson')} {'is' if len(due) == 1 else 'are'} due for another look")
    return QueuePage(
        f"{headed(', '.join(said))}." if said else "Nothing waits for a decision.",
        rows["waiting"],
        rows["due"],
        total - len(waiting),
        (("j", "next"), ("k", "the one before"), ("e", "edit"), ("o", "open"), *sorted(keys.items())),
    )


def due_said(lesson: Lesson, today: date) -> str:
    """When it was, or is, to be looked at again."""
    if lesson.review_on is None:
        return ""
    when = day(lesson.review_on)
    return f"due since {when}" if lesson.review_on < today else f"due {when}"


def _row(seen: Seen, after: str, names: Mapping[str, str], today: date) -> Waiting:
    lesson = seen.lesson
    meta = (
        names.get(lesson.project, lesson.project),
        str(lesson.area or ""),
        lesson.owner and f"owner: {lesson.owner}",
    )
    late = lesson.review_on is not None and lesson.review_on < today and lesson.is_usable
    return Waiting(
        id=lesson.id,
        title=lesson.title,
        href=url_for("lessons.show", id=lesson.id),
        edit=url_for("lesson_writing.rewrite", id=lesson.id),
        state=lesson.state,
        positive=lesson.positive,
        text=opening(lesson),
        meta=tuple(one for one in meta if one),
        hints=tuple(seen.hints),
        questions=questions(seen.alike),
        verbs=verbs(lesson, seen.next_states),
        next=after,
        due=due_said(lesson, today) if lesson.is_usable else "",
        late=late,
    )
