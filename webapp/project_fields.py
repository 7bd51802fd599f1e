"""The form of a project's attributes -> the project, or what is wrong beside each field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from flask import request

from reviewkit.domain.errors import FieldsInvalid
from reviewkit.domain.projects import Project
from webapp.fields import text_field

LINES = ("name", "kind", "domain", "method", "sponsor", "manager", "currency")
DAYS = ("planned_start", "planned_finish", "actual_start", "actual_finish")
MONEY = ("planned_budget", "actual_budget")
FIELDS = (*LINES, "size", *DAYS, *MONEY, "tags")
LONGEST, MOST_TAGS, MOST_PEOPLE, MOST_MONEY = 200, 20, 100_000, 1e13


def typed_of(project: Project) -> dict[str, str]:
    """Every field as its text."""
    values = {name: str(getattr(project, name) or "") for name in (*LINES, "size", *DAYS)}
    values |= {name: _plain(getattr(project, name)) for name in MONEY}
    return values | {"tags": ", ".join(project.tags)}


def typed_project() -> dict[str, str]:
    """What was sent, trimmed; what is far too long is cut, and told of."""
    return {name: " ".join(request.form.get(name, "").split())[: 2 * LONGEST * MOST_TAGS] for name in FIELDS}


def typed_new() -> dict[str, str]:
    """What was sent of a project that is not there yet."""
    return typed_project() | {name: text_field(name)[: 2 * LONGEST] for name in ("key", "status")}


def project_of(typed: Mapping[str, str], project: Project) -> Project:
    """`project` with what was typed. Raises FieldsInvalid, which names each field that cannot be read."""
    problems = {name: f"at most {LONGEST} characters" for name in LINES if len(typed[name]) > LONGEST}
    read: dict[str, object] = {name: typed[name] for name in LINES}
    if not typed["name"]:
        problems["name"] = "a project needs a name"
    readers: dict[str, Callable[[str], object]] = dict.fromkeys(DAYS, date.fromisoformat)
    readers |= {**dict.fromkeys(MONEY, _money), "size": _people, "tags": _tags}
    hints = dict.fromkeys(DAYS, "write a day as 2027-01-31") | dict.fromkeys(MONEY, "write an amount as 250000")
    hints |= {"size": "write a whole number of people", "tags": f"at most {MOST_TAGS} tags of {LONGEST} characters"}
    for name, reader in readers.items():
        try:
            read[name] = reader(typed[name]) if typed[name] else (() if name == "tags" else None)
        except ValueError:
            problems[name] = hints[name]
    if problems:
        raise FieldsInvalid("The project", problems)
    return replace(project, **read)  # type: ignore[arg-type]  # each field by its own reader


def _people(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST_PEOPLE):
        raise ValueError(text)
    return int(text)


def _money(text: str) -> float:
    amount = float(text.replace(",", "").replace(" ", ""))
    if not 0 <= amount <= MOST_MONEY:
        raise ValueError(text)
    return amount


def _tags(text: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(tag for part in text.split(",") if (tag := part.strip())))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST for tag in tags):
        raise ValueError(text)
    return tags


def _plain(amount: float | None) -> str:
    return "" if amount is None else f"{amount:.2f}".removesuffix(".00")
