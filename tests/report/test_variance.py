"""Planned against actual: in days and per cent, and plainly unknown where something is missing."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from reviewkit.domain.projects import Project
from reviewkit.domain.words import ProjectStatus
from reviewkit.report.charts import Chart
from reviewkit.report.document import Paragraph, Table
from reviewkit.report.evidence import ReportEvidence
from reviewkit.report.sections.variance import percent, schedule_and_cost, variances, verdict

TODAY = date(2026, 3, 1)


def project(**fields: object) -> Project:
    return Project("TAP", "Tap-on", **{"status": ProjectStatus.CLOSED, "currency": "GBP", **fields})  # type: ignore[arg-type]


def told(one: Project) -> dict[str, str]:
    return {found.measure: found.difference for found in variances(one, TODAY)}


def test_late_and_over_budget() -> None:
    one = project(
        planned_start=date(2025, 1, 1),
        actual_start=date(2025, 1, 11),
        planned_finish=date(2025, 4, 11),
        actual_finish=date(2025, 7, 30),
        planned_budget=1000.0,
        actual_budget=1250.0,
    )
    assert told(one) == {
        "Start": "10 days later",
        "Finish": "110 days later",
        "Duration": "100 days more (100%)",
        "Budget": "£250 more (25%)",
    }
    assert verdict(one) == "110 days late and 25% over budget"


def test_early_and_under_budget() -> None:
    one = project(
        planned_finish=date(2025, 4, 11), actual_finish=date(2025, 4, 10), planned_budget=2e6, actual_budget=1.5e6
    )
    assert verdict(one) == "1 day early and 25% under budget"
    assert told(one)["Budget"] == "£500,000 less (25%)"


def test_as_planned() -> None:
    day = date(2025, 4, 11)
    one = project(planned_finish=day, actual_finish=day, planned_budget=10.0, actual_budget=10.0)
    assert verdict(one) == "on the planned day and on budget"
    assert told(one)["Budget"] == told(one)["Finish"] == "as planned"


def test_a_running_project_over_its_date_says_so() -> None:
    one = project(planned_finish=date(2026, 2, 1), status=ProjectStatus.ACTIVE)
    assert told(one)["Finish"] == "28 days over the plan so far"


def test_a_budget_of_nothing_has_no_percentage() -> None:
    assert told(project(planned_budget=0.0, actual_budget=5.0))["Budget"] == "£5 more"


@pytest.mark.parametrize(
    ("share", "words"), [(0.005, "0.5%"), (0.02, "2%"), (-0.31, "31%"), (12.0, "1,200%"), (0, "0%")]
)
def test_shares_are_rounded_so_that_small_ones_still_say_something(share: float, words: str) -> None:
    assert percent(share) == words


def test_whatever_is_missing_is_unknown_and_nothing_breaks() -> None:
    days, sums = (None, date(2025, 1, 1), date(2024, 1, 1)), (None, 0.0, 10.0)
    for start, finish, begun, ended, planned, actual in product(days, days, days, days, sums, sums):
        one = project(
            planned_start=start,
            planned_finish=finish,
            actual_start=begun,
            actual_finish=ended,
            planned_budget=planned,
            actual_budget=actual,
        )
        blocks = list(schedule_and_cost(ReportEvidence(one, TODAY)))
        (table,) = (block for block in blocks if isinstance(block, Table))
        assert all(all(cell for cell in row) for row in table.rows)
        assert ({row[0]: row[3] for row in table.rows}["Finish"] == "not known") == (None in (finish, ended))
        if not any((start, finish, begun, ended, planned, actual)):
            assert not [block for block in blocks if isinstance(block, Chart)]
            assert "not known" in next(block for block in blocks if isinstance(block, Paragraph)).text
