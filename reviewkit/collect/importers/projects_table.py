"""A list of projects as a spreadsheet holds it -> projects."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from reviewkit.collect.importers.cells import number_of, vocabulary
from reviewkit.collect.importers.found import ColumnMatch, Imported
from reviewkit.collect.importers.headings import HAND, match_headings, unused
from reviewkit.collect.importers.reading import Reading
from reviewkit.collect.tables import Table
from reviewkit.domain.errors import Invalid
from reviewkit.domain.projects import Project
from reviewkit.domain.words import ProjectStatus

FIELDS: dict[str, tuple[str, ...]] = {
    "key": ("id", "project id", "project key", "code", "project code", "short name", "ref", "project number", "number"),
    "name": ("project", "project name", "title", "project title"),
    "brief": (
        "description",
        "purpose",
        "summary",
        "scope",
        "objective",
        "objectives",
        "project description",
        "project brief",
    ),
    "kind": ("type", "project type", "category", "kind of project"),
    "domain": ("business area", "department", "sector", "division", "business unit"),
    "method": ("methodology", "approach", "delivery method", "framework"),
    "size": ("person days", "effort", "team size", "effort days", "man days"),
    "planned_start": ("start", "start date", "baseline start", "planned start date"),
    "planned_finish": (
        "planned end",
        "planned finish date",
        "baseline finish",
        "due date",
        "target date",
        "deadline",
        "finish",
        "end",
    ),
    "actual_start": ("actual start date", "started"),
    "actual_finish": ("actual end", "actual finish date", "completed", "completion date", "closed on", "go live"),
    "planned_budget": ("budget", "approved budget", "planned cost", "baseline cost", "estimate"),
    "actual_budget": ("actual cost", "cost", "spend", "actual spend", "final cost", "total cost"),
    "currency": ("currency code",),
    "sponsor": ("project sponsor", "executive", "senior responsible owner", "sro", "client"),
    "manager": ("project manager", "pm", "lead", "project lead", "owner"),
    "tags": ("labels", "keywords", "topics"),
    "status": ("state", "project status", "stage"),
}
_STATUS = vocabulary(
    {
        ProjectStatus.PROPOSED: "proposed, planned, pipeline, not started, new, approved, idea, initiating",
        ProjectStatus.ACTIVE: "active, in progress, open, running, on hold, executing, live, delivery",
        ProjectStatus.CLOSING: "closing, handover, closeout",
        ProjectStatus.CLOSED: "closed, completed, complete, done, finished, delivered",
        ProjectStatus.CANCELLED: "cancelled, canceled, stopped, abandoned, rejected",
    }
)
_DAYS = ("planned_start", "planned_finish", "actual_start", "actual_finish")
_AMOUNTS = ("planned_budget", "actual_budget")
_CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD"}


def match(table: Table, by_hand: HAND = (), *, name: str) -> tuple[ColumnMatch, ...]:
    """Which column holds which field of a project. Raises NoSuchColumn, Invalid where `by_hand` does not fit."""
    return match_headings(table.columns, FIELDS, by_hand, name=name)


def read_projects(table: Table, by_hand: HAND = (), *, name: str, today: date) -> Imported[Project]:
    """The projects of a table.

    Without a key column a key is made from the name. Without a status a project that has finished is closed, one
    whose start lies after `today` proposed, any other active.

    Raises:
        NoSuchColumn, Invalid: `by_hand` does not fit; no column of names.
    """
    matches = match(table, by_hand, name=name)
    reading = Reading(table, matches)
    if not (reading.has("name") or reading.has("key")):
        raise Invalid(f"{name}: no column holds the projects’ names. Name it with --map name=COLUMN.")
    days = {field: reading.days(field) for field in _DAYS}
    statuses = reading.words("status", _STATUS)
    found: dict[str, Project] = {}
    for index in range(len(reading)):
        title = " ".join((reading.text(index, "name") or reading.text(index, "key")).split())
        key = _key(reading.text(index, "key") or title)
        if not key:
            reading.warn(index, "it has neither key nor name, so it is left out")
            continue
        if key in found:
            reading.warn(index, f"the key “{key}” stands above already; this one is left out")
            continue
        dated: dict[str, Any] = {field: column[index] for field, column in days.items()}
        status = statuses[index] or _status(dated, today)
        found[key] = Project(key=key, name=title, status=status, **dated, **_rest(reading, index))
    return Imported(tuple(found.values()), matches, unused(table.columns, matches), (), tuple(reading.warnings))


def _rest(reading: Reading, index: int) -> dict[str, Any]:
    texts = ("brief", "kind", "domain", "method", "sponsor", "manager")
    values: dict[str, Any] = {field: reading.text(index, field) for field in texts}
    for field in _AMOUNTS:
        values[field] = _number(reading, index, field)
    size = _number(reading, index, "size")
    values["size"] = None if size is None else round(size)
    amounts = "".join(reading.text(index, field) for field in _AMOUNTS)
    signs = (code for sign, code in _CURRENCIES.items() if sign in amounts)
    values["currency"] = reading.text(index, "currency") or next(signs, "")
    values["tags"] = reading.tags(index, "tags")
    return values


def _number(reading: Reading, index: int, field: str) -> float | None:
    cell = reading.text(index, field)
    value = number_of(cell) if cell else None
    if cell and value is None:
        reading.warn(index, f"“{reading.heading(field)}”: “{cell[:40]}” is no number; left out")
    return value


def _status(days: dict[str, date | None], today: date) -> ProjectStatus:
    finished, start = days["actual_finish"], days["actual_start"] or days["planned_start"]
    if finished and finished <= today:
        return ProjectStatus.CLOSED
    return ProjectStatus.PROPOSED if start and start > today else ProjectStatus.ACTIVE


def _key(text: str) -> str:
    """A short word that can stand in an address: “Tap-on ticketing” -> “TAP-ON-TICKETING”; a word is left as it is."""
    if re.fullmatch(r"[\w.-]{1,40}", text):
        return text
    return "-".join(re.findall(r"[\w.]+", text))[:40].strip("-.").upper()
