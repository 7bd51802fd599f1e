"""Planned and actual dates and budgets -> by how much they differ, in days and per cent, and plainly where unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviewkit.domain.projects import Project
from reviewkit.domain.wording import day, headed, listed, money, plural
from reviewkit.domain.words import Area, ProjectStatus
from reviewkit.report.charts import Chart, amounts, spans
from reviewkit.report.document import Block, Heading, Paragraph, Table
from reviewkit.report.evidence import ReportEvidence
from reviewkit.report.sections.quoting import of_areas

UNKNOWN, UNFINISHED = "not known", "not finished yet"
_ENDED = (ProjectStatus.CLOSED, ProjectStatus.CANCELLED)


@dataclass(frozen=True)
class Variance:
    """One measure as planned, as it came, and what lies between, in words."""

    measure: str
    planned: str
    actual: str
    difference: str


def schedule_and_cost(evidence: ReportEvidence) -> Iterator[Block]:
    """The section on time and money."""
    project, found = evidence.project, variances(evidence.project, evidence.today)
    yield Heading("Schedule and cost")
    yield Paragraph(_lead(project, evidence.today))
    yield Table(
        "Planned and actual",
        ("Measure", "Planned", "Actual", "Difference"),
        tuple((one.measure, one.planned, one.actual, one.difference) for one in found),
    )
    yield from _charts(project)
    yield from of_areas(evidence, (Area.SCHEDULE, Area.BUDGET), "What people said of schedule and cost")


def variances(project: Project, today: date) -> tuple[Variance, ...]:
    """Start, finish, duration and budget."""
    running = project.status not in _ENDED
    finish = day(project.actual_finish) or (UNFINISHED if running else UNKNOWN)
    late = _apart(project.planned_finish, project.actual_finish)
    if project.actual_finish is None and running and project.planned_finish and project.planned_finish < today:
        late = f"{plural((today - project.planned_finish).days, 'day')} over the plan so far"
    started = _apart(project.planned_start, project.actual_start)
    planned, actual = planned_days(project), actual_days(project)
    return (
        Variance("Start", day(project.planned_start) or UNKNOWN, day(project.actual_start) or UNKNOWN, started),
        Variance("Finish", day(project.planned_finish) or UNKNOWN, finish, late),
        Variance("Duration", _days(planned), _days(actual), _more(planned, actual)),
        Variance(
            "Budget",
            money(project.planned_budget, project.currency) or UNKNOWN,
            money(project.actual_budget, project.currency) or UNKNOWN,
            _costlier(project),
        ),
    )


def verdict(project: Project) -> str:
    """How time and money came out, as in “105 days late and 2% under budget”; blank where neither is known."""
    return listed([part for part in (_lateness(project), _overspend(project)) if part])


def planned_days(project: Project) -> int | None:
    return _between(project.planned_start, project.planned_finish)


def actual_days(project: Project) -> int | None:
    return _between(project.actual_start, project.actual_finish)


def percent(share: float) -> str:
    """A share as in “2%”, “0.6%”, without its sign."""
    share = abs(share)
    return f"{share:.1%}" if 0 < share < 0.0095 else f"{share:,.0%}"


def _lead(project: Project, today: date) -> str:
    said = verdict(project)
    missing = [part for part, known in (("schedule", _lateness(project)), ("cost", _overspend(project))) if not known]
    if not said:
        return (
            "How schedule and cost came out is not known: "
            "the project’s record lacks planned or actual dates and budgets."
        )
    ended = "The project finished" if project.actual_finish else "So far the project is"
    lacking = f" How the {missing[0]} came out is not known." if missing else ""
    return f"{ended} {said}.{lacking}"


def _charts(project: Project) -> Iterator[Chart]:
    rows = [
        (label, start, end, f"{_days((end - start).days)}, to {day(end)}")
        for label, start, end in (
            ("Planned", project.planned_start, project.planned_finish),
            ("Actual", project.actual_start, project.actual_finish),
        )
        if start and end and start <= end
    ]
    if len(rows) == 2:
        first = min(start for _, start, _, _ in rows)
        yield Chart("Planned and actual time", spans(rows), f"from {day(first)}", by="Time", of="Days")
    planned, actual = project.planned_budget, project.actual_budget
    if planned is not None and actual is not None and min(planned, actual) >= 0 and max(planned, actual) > 0:
        sums = [
            (name, amount, money(amount, project.currency))
            for name, amount in (("Planned", planned), ("Spent", actual))
        ]
        yield Chart("Planned and actual cost", amounts(sums), by="Budget", of="Amount")


def _lateness(project: Project) -> str:
    late = project.days_late
    if late is None:
        return ""
    return f"{plural(abs(late), 'day')} {'late' if late > 0 else 'early'}" if late else "on the planned day"


def _overspend(project: Project) -> str:
    over = _share_over(project)
    if over is None:
        return ""
    return f"{percent(over)} {'over' if over > 0 else 'under'} budget" if abs(over) >= 0.0005 else "on budget"


def _share_over(project: Project) -> float | None:
    if not project.planned_budget or project.actual_budget is None or project.planned_budget < 0:
        return None
    return project.actual_budget / project.planned_budget - 1


def _costlier(project: Project) -> str:
    planned, actual = project.planned_budget, project.actual_budget
    if planned is None or actual is None:
        return UNKNOWN
    if actual == planned:
        return "as planned"
    over = _share_over(project)
    share = f" ({percent(over)})" if over is not None else ""
    return f"{money(abs(actual - planned), project.currency)} {'more' if actual > planned else 'less'}{share}"


def _apart(planned: date | None, actual: date | None) -> str:
    if planned is None or actual is None:
        return UNKNOWN
    days = (actual - planned).days
    return f"{plural(abs(days), 'day')} {'later' if days > 0 else 'earlier'}" if days else "as planned"


def _more(planned: int | None, actual: int | None) -> str:
    if planned is None or actual is None:
        return UNKNOWN
    if planned == actual:
        return "as planned"
    share = f" ({percent(actual / planned - 1)})" if planned > 0 else ""
    return f"{plural(abs(actual - planned), 'day')} {'more' if actual > planned else 'less'}{share}"


def _between(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start and end and start <= end else None


def _days(count: int | None) -> str:
    return UNKNOWN if count is None else headed(plural(count, "day"))
