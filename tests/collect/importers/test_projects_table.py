"""Lists of projects become projects."""

from __future__ import annotations

from datetime import date

import pytest

from reviewkit.collect.importers.found import Imported
from reviewkit.collect.importers.projects_table import read_projects
from reviewkit.collect.tables import read_table
from reviewkit.domain.errors import Invalid
from reviewkit.domain.projects import Project
from reviewkit.domain.words import ProjectStatus


def read(text: str, *by_hand: tuple[str, str]) -> Imported[Project]:
    return read_projects(read_table(text.encode(), "p.csv"), by_hand, name="p.csv", today=date(2026, 5, 4))


def test_a_portfolio_list() -> None:
    (tap,) = read(
        "Code,Project name,Description,Type,Start date,Planned end,Actual end,Budget,Actual cost,PM,Tags,Status\n"
        "TAP,Tap-on ticketing,Fit validators,software,07/03/2022,24/02/2023,09/06/2023,"
        '"£7,400,000",£7.25m,Ann,a; b,Completed\n'
    ).records
    assert tap == Project(
        key="TAP",
        name="Tap-on ticketing",
        brief="Fit validators",
        kind="software",
        planned_start=date(2022, 3, 7),
        planned_finish=date(2023, 2, 24),
        actual_finish=date(2023, 6, 9),
        planned_budget=7_400_000,
        actual_budget=7_250_000,
        currency="GBP",
        manager="Ann",
        tags=("a", "b"),
        status=ProjectStatus.CLOSED,
    )


def test_a_key_is_made_from_the_name_where_there_is_none() -> None:
    assert [project.key for project in read("Project name\nTap-on ticketing\nDEPOT\n").records] == [
        "TAP-ON-TICKETING",
        "DEPOT",
    ]


@pytest.mark.parametrize(
    ("start", "finish", "status"),
    [
        ("2022-01-01", "2023-01-01", ProjectStatus.CLOSED),
        ("2022-01-01", "", ProjectStatus.ACTIVE),
        ("2027-01-01", "", ProjectStatus.PROPOSED),
        ("", "", ProjectStatus.ACTIVE),
    ],
)
def test_the_dates_tell_the_status_where_nothing_else_does(start: str, finish: str, status: ProjectStatus) -> None:
    assert read(f"key,name,planned start,actual finish\nA,Alpha,{start},{finish}\n").records[0].status is status


def test_what_cannot_be_read_is_warned_of() -> None:
    found = read("key,name,budget,start\nA,Alpha,lots,soon\nA,Again,1,\n,,5,\n")
    assert [str(warning) for warning in found.warnings] == [
        "row 2: “start”: “soon” is no date; left out",
        "row 2: “budget”: “lots” is no number; left out",
        "row 3: the key “A” stands above already; this one is left out",
        "row 4: it has neither key nor name, so it is left out",
    ]


def test_a_table_without_names_is_refused() -> None:
    with pytest.raises(Invalid, match="projects’ names"):
        read("colour\nred\n")
