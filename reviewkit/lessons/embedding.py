"""Embedded lessons and reviewed projects -> whether their themes came back as often as before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reviewkit.domain.insights import Recurrence
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.themes import Theme
from reviewkit.risks.base_rates import base_rate


@dataclass(frozen=True)
class Lived:
    """A reviewed project's first and last day; None where it is not known."""

    project: str
    began: date | None
    ended: date | None


def recurrence(lesson: Lesson, theme: Theme, embedded: date, projects: Sequence[Lived]) -> Recurrence:
    """`theme`, which `lesson` is about, before and after the day it was `embedded`.

    A project could heed the lesson only where it began after that day, and could not where it had ended by then; one
    that was under way, or whose days are not known, is counted on neither side.
    """
    before = [one.project for one in projects if one.ended is not None and one.ended <= embedded]
    after = [one.project for one in projects if one.began is not None and one.began > embedded]
    counted = {*before, *after}
    return Recurrence(
        lesson=lesson.id,
        title=lesson.title,
        theme=theme,
        embedded=embedded,
        before=base_rate(theme.projects, before),
        after=base_rate(theme.projects, [project for project in after if project not in set(before)]),
        running=tuple(one.project for one in projects if one.project not in counted),
    )
