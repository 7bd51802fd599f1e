"""The overview -> what needs somebody today, in a sentence and in lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.privacy import count_or_none
from reviewkit.workspace.overview import Overview, Starting
from webapp.presenters.actions import ActionLine, action_lines
from webapp.presenters.lessons.queue import due_said
from webapp.presenters.themes.rows import ThemeRow, theme_row
from webapp.presenters.words import FEWER, Link, answers, day, listed, month, plural

TALLY = (
    ("projects", "project", "projects.index"),
    ("responses", "answered form", "projects.index"),
    ("statements", "statement", "themes.index"),
    ("themes", "recurring theme", "themes.index"),
    ("risks", "registered risk", "risks.index"),
    ("lessons", "lesson", "lessons.index"),
)

MOST_LESSONS = 6


@dataclass(frozen=True)
class Kickoff:
    """A project about to start and where its kickoff stands; `done` where all of it is decided."""

    name: str
    href: str
    state: str
    starts: str
    done: bool


@dataclass(frozen=True)
class OpenReview:
    """`project` is its name where the review's own title does not say it."""

    link: Link
    project: str
    answers: str
    closes: str


@dataclass(frozen=True)
class DueLesson:
    """A lesson in use that is to be looked at again."""

    link: Link
    due: str
    late: bool


@dataclass(frozen=True)
class HomePage:
    today: str
    summary: str
    is_empty: bool
    kickoffs: tuple[Kickoff, ...]
    reviews: tuple[OpenReview, ...]
    themes: tuple[ThemeRow, ...]
    blind_spots: tuple[ThemeRow, ...]
    actions: tuple[ActionLine, ...]
    lessons: tuple[DueLesson, ...]
    more_lessons: int
    waiting: str
    tally: tuple[tuple[str, str, str], ...]


def home_page(overview: Overview) -> HomePage:
    return HomePage(
        today=f"{overview.today:%A}, {day(overview.today)}",
        summary=_summary(overview),
        is_empty=not overview.counts["projects"],
        kickoffs=tuple(_kickoff(one) for one in overview.starting),
        reviews=tuple(
            OpenReview(
                Link(one.review.title, url_for("reviews.show", id=one.review.id)),
                "" if overview.names[one.review.project] in one.review.title else overview.names[one.review.project],
                answers(one.review, one.responses),
                day(one.review.closes),
            )
            for one in overview.open_reviews
        ),
        themes=tuple(theme_row(theme) for theme in overview.themes),
        blind_spots=tuple(theme_row(theme) for theme in overview.blind_spots),
        actions=action_lines(overview.actions, overview.today, overview.names),
        lessons=tuple(_due(lesson, overview.today) for lesson in overview.due_lessons[:MOST_LESSONS]),
        more_lessons=len(overview.due_lessons[MOST_LESSONS:]),
        waiting=_waiting(overview.waiting_lessons),
        tally=tuple(_tally(name, one, endpoint, overview.counts[name]) for name, one, endpoint in TALLY),
    )


def _summary(overview: Overview) -> str:
    waiting = sum(bool(one.undecided) or one.undecided is None for one in overview.starting)
    late = sum(action.due is not None and action.due < overview.today for action in overview.actions)
    parts = []
    if asks := [
        plural(count, noun) for count, noun in ((waiting, "kickoff"), (overview.waiting_lessons, "lesson")) if count
    ]:
        parts.append(f"{listed(asks)} {'waits' if waiting + overview.waiting_lessons == 1 else 'wait'} for you")
    if overview.open_reviews:
        count = len(overview.open_reviews)
        parts.append(f"{plural(count, 'review')} {'is' if count == 1 else 'are'} open")
    if late:
        parts.append(f"{plural(late, 'action')} {'is' if late == 1 else 'are'} overdue")
    said = listed(parts) if parts else "nothing waits for you"
    return f"{said[0].upper()}{said[1:]}."


def _due(lesson: Lesson, today: date) -> DueLesson:
    link = Link(lesson.title, url_for("lessons.show", id=lesson.id))
    return DueLesson(link, due_said(lesson, today), lesson.review_on is not None and lesson.review_on < today)


def _waiting(count: int) -> str:
    return f"{plural(count, 'lesson')} {'waits' if count == 1 else 'wait'} for a decision" if count else ""


def _kickoff(one: Starting) -> Kickoff:
    if one.undecided is None:
        state = "No advice asked for yet"
    elif one.undecided:
        state = f"{plural(one.undecided, 'recommendation')} to decide"
    else:
        state = "All decided" if one.advice else "No advice found yet"
    starts = month(one.project.planned_start)
    return Kickoff(
        one.project.name,
        url_for("kickoff.show", key=one.project.key),
        state,
        f"starts {starts}" if starts else "",
        one.undecided == 0 and one.advice > 0,
    )


def _tally(name: str, one: str, endpoint: str, count: int) -> tuple[str, str, str]:
    shown = count_or_none(count) if name == "responses" else count
    return FEWER if shown is None else f"{shown:,}", one if shown == 1 else f"{one}s", url_for(endpoint)
