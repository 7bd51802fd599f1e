"""Projects -> their list, and one project with what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from reviewkit.domain.kickoffs import Action
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.wording import text_blocks
from reviewkit.domain.words import Occurred, ProjectStatus, ReviewStatus
from reviewkit.workspace.advising.kickoffs import Advice
from reviewkit.workspace.reviewing.reviews import ReviewSummary
from webapp.presenters.actions import ActionLine, action_lines
from webapp.presenters.pages import address
from webapp.presenters.risks import RiskRow, ThemeTie, risk_rows
from webapp.presenters.words import Link, answers, day, lateness, local, money, month, plural, short_title

GROUPS = (
    ("About to start", (ProjectStatus.PROPOSED,)),
    ("Running", (ProjectStatus.ACTIVE, ProjectStatus.CLOSING)),
    ("Finished", (ProjectStatus.CLOSED, ProjectStatus.CANCELLED)),
)


STAGES = (
    (ProjectStatus.PROPOSED, "About to start"),
    (ProjectStatus.ACTIVE, "Running"),
    (ProjectStatus.CLOSED, "Finished"),
)
"""Where a project that is added may stand."""

LABELS = {
    "key": "Key",
    "status": "Where it stands",
    "name": "Name",
    "kind": "Kind",
    "domain": "Domain",
    "method": "Method",
    "size": "Size",
    "sponsor": "Sponsor",
    "manager": "Manager",
    "planned_start": "Planned start",
    "planned_finish": "Planned finish",
    "actual_start": "Actual start",
    "actual_finish": "Actual finish",
    "planned_budget": "Budget planned",
    "actual_budget": "Budget spent",
    "currency": "Currency",
    "tags": "Tags",
}
OFFERED = 30


@dataclass(frozen=True)
class ProjectRow:
    project: Project
    dates: str
    late: str
    reviews: tuple[ReviewRow, ...]


@dataclass(frozen=True)
class Group:
    title: str
    rows: tuple[ProjectRow, ...]
    starting: bool


@dataclass(frozen=True)
class ReviewRow:
    link: Link
    state: str
    answers: str


@dataclass(frozen=True)
class LessonRow:
    link: Link
    state: str


@dataclass(frozen=True)
class ProjectPage:
    project: Project
    summary: str
    came_true: Link | None
    facts: tuple[tuple[str, str], ...]
    brief: tuple[tuple[str, str], ...]
    reviews: tuple[ReviewRow, ...]
    risks: tuple[RiskRow, ...]
    lessons: tuple[LessonRow, ...]
    actions: tuple[ActionLine, ...]
    kickoff: str


def project_groups(projects: Sequence[Project], reviews: Sequence[ReviewSummary]) -> tuple[Group, ...]:
    """Those about to start first; empty groups left out."""
    held: dict[str, list[ReviewSummary]] = {}
    for summary in reviews:
        held.setdefault(summary.review.project, []).append(summary)
    return tuple(
        Group(title, rows, starting=ProjectStatus.PROPOSED in states)
        for title, states in GROUPS
        if (rows := tuple(_row(one, held.get(one.key, [])) for one in projects if one.status in states))
    )


def project_page(
    project: Project,
    reviews: Sequence[ReviewSummary],
    risks: Sequence[Risk],
    lessons: Sequence[Lesson],
    actions: Sequence[Action],
    advice: Advice | None,
    themes: Mapping[str, Sequence[ThemeTie]],
    today: date,
) -> ProjectPage:
    return ProjectPage(
        project=project,
        summary=_summary(project),
        came_true=_came_true(project, risks),
        facts=tuple(_facts(project)),
        brief=tuple(text_blocks(project.brief)),
        reviews=_reviews(project, reviews),
        risks=risk_rows(risks, themes),
        lessons=tuple(LessonRow(Link(one.title, url_for("lessons.show", id=one.id)), one.state) for one in lessons),
        actions=action_lines(actions, today, {}),
        kickoff=f"made {day(advice.kickoff.made)}" if advice else "",
    )


def known_values(projects: Sequence[Project]) -> dict[str, list[str]]:
    """What other projects have, to choose from: two that mean the same should say the same."""
    return {
        f"{name}s": sorted({value for one in projects if (value := getattr(one, name))})[:OFFERED]
        for name in ("kind", "domain", "method")
    }


def _row(project: Project, reviews: Sequence[ReviewSummary]) -> ProjectRow:
    return ProjectRow(project, _dates(project), lateness(project), _reviews(project, reviews))


def _dates(project: Project) -> str:
    start = project.actual_start or project.planned_start
    finish = project.actual_finish or project.planned_finish
    return " – ".join(month(moment) or "?" for moment in (start, finish)) if start or finish else ""


def _summary(project: Project) -> str:
    """How it ended, without a full stop: what its risks did may follow."""
    late = lateness(project)
    parts = []
    if project.is_finished and late:
        parts.append(f"Finished {late}")
    if project.planned_budget and project.actual_budget:
        ratio = project.actual_budget / project.planned_budget - 1
        over = f"{abs(ratio):.0%} {'over' if ratio > 0 else 'under'} budget" if abs(ratio) >= 0.005 else "on budget"
        parts.append(over if parts else over.capitalize())
    return ", ".join(parts)


def _came_true(project: Project, risks: Sequence[Risk]) -> Link | None:
    """How many of its risks did, and the way to those; where none did, to all of them. None where nobody has said."""
    if not project.is_finished or all(risk.occurred is Occurred.UNKNOWN for risk in risks):
        return None
    occurred = sum(risk.occurred is Occurred.YES for risk in risks)
    said = f"{occurred} of {plural(len(risks), 'registered risk')} came true"
    wanted = {"project": project.key} | ({"occurred": Occurred.YES.value} if occurred else {})
    return Link(said, address("risks.index", wanted))


def _facts(project: Project) -> list[tuple[str, str]]:
    facts = [
        ("Kind", project.kind),
        ("Domain", project.domain),
        ("Method", project.method),
        ("Size", plural(project.size, "person", "people") if project.size else ""),
        ("Sponsor", project.sponsor),
        ("Manager", project.manager),
        ("Planned", _span(project.planned_start, project.planned_finish)),
        ("Actual", _span(project.actual_start, project.actual_finish)),
        ("Budget planned", money(project.planned_budget, project.currency)),
        ("Budget spent", money(project.actual_budget, project.currency)),
        ("Tags", ", ".join(project.tags)),
    ]
    return [(name, value) for name, value in facts if value]


def _span(start: date | None, finish: date | None) -> str:
    shown = [day(moment) for moment in (start, finish)] if (start or finish) else []
    return " – ".join(one or "?" for one in shown)


def _reviews(project: Project, reviews: Sequence[ReviewSummary]) -> tuple[ReviewRow, ...]:
    """Each under a name of its own: two with the same title are told apart by the day they opened, or by a number."""
    titles = _told_apart([short_title(one.review.title, project.name) for one in reviews], [
        f"opened {day(local(one.review, one.review.opens))}" if one.review.opens else "" for one in reviews
    ])  # fmt: skip
    return tuple(
        ReviewRow(
            Link(title, url_for("reviews.show", id=one.review.id)),
            one.review.status,
            "" if one.review.status is ReviewStatus.DRAFT else answers(one.review, one.responses),
        )
        for title, one in zip(titles, reviews, strict=True)
    )


def _told_apart(titles: Sequence[str], days: Sequence[str]) -> list[str]:
    """Titles that stand there once as they are; others with their day, and with a number where that is the same too."""
    dated = [
        f"{title}, {opened}" if opened and titles.count(title) > 1 else title
        for title, opened in zip(titles, days, strict=True)
    ]
    return [
        f"{title} ({dated[: place + 1].count(title)})" if dated.count(title) > 1 else title
        for place, title in enumerate(dated)
    ]
