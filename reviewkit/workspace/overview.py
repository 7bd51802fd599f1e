"""The home page's question: what needs me today?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reviewkit.domain.kickoffs import Action
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import ActionState, Choice, LessonState, ProjectStatus, ReviewStatus
from reviewkit.workspace.actions import Actions
from reviewkit.workspace.context import Context
from reviewkit.workspace.lessons import Lessons
from reviewkit.workspace.reviewing.reviews import Reviews, ReviewSummary
from reviewkit.workspace.risks import Risks
from reviewkit.workspace.themes import Themes

MOST = 6


@dataclass(frozen=True)
class Starting:
    """A project about to start; of `advice` recommendations `undecided`, None where no kickoff was made yet."""

    project: Project
    undecided: int | None
    advice: int = 0


@dataclass(frozen=True)
class Overview:
    """`names` gives key -> name of the projects that the actions and the open reviews belong to."""

    today: date
    starting: tuple[Starting, ...]
    open_reviews: tuple[ReviewSummary, ...]
    themes: tuple[Theme, ...]
    blind_spots: tuple[Theme, ...]
    actions: tuple[Action, ...]
    names: dict[str, str]
    due_lessons: tuple[Lesson, ...]
    waiting_lessons: int
    counts: dict[str, int]


def overview(context: Context) -> Overview:
    """The little that matters today, each with its way to the whole."""
    store = context.store
    recurring = [theme for theme in Themes(context).list() if theme.is_recurring]
    actions = tuple(Actions(context).list(state=ActionState.OPEN)[:MOST])
    reviews = tuple(one for one in Reviews(context).list() if one.review.status is ReviewStatus.OPEN)
    named = {action.project for action in actions} | {one.review.project for one in reviews}
    return Overview(
        today=context.today,
        starting=tuple(_starting(context, project) for project in store.projects.all(status=ProjectStatus.PROPOSED)),
        open_reviews=reviews,
        themes=tuple(recurring[:MOST]),
        blind_spots=tuple(Risks(context).blind_spots()[:MOST]),
        actions=actions,
        names={one.key: one.name for one in store.projects.all(key=named)},
        due_lessons=tuple(Lessons(context).due()),
        waiting_lessons=store.lessons.count(state=LessonState.IN_REVIEW),
        counts={
            "projects": store.projects.count(),
            "responses": store.responses.count(released=True),
            "statements": store.statements.count(),
            "themes": len(recurring),
            "lessons": store.lessons.count(),
            "risks": store.risks.count(),
        },
    )


def _starting(context: Context, project: Project) -> Starting:
    kickoffs = context.store.kickoffs.all(project=project.key)
    if not kickoffs:
        return Starting(project, None)
    latest = max(kickoffs, key=lambda kickoff: kickoff.made)
    count = context.store.recommendations.count
    return Starting(project, count(kickoff=latest.id, choice=Choice.UNDECIDED), count(kickoff=latest.id))
