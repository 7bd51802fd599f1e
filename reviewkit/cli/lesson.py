"""The lessons library on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from reviewkit.cli.terminal.importing import finish, import_options
from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_fields, print_json, print_rows
from reviewkit.domain.lessons import SOON, Lesson
from reviewkit.domain.words import Area, LessonState, Phase

STATE = click.Choice([state.value for state in LessonState])


@click.group()
def command() -> None:
    """Lessons that came out of reviews, or from elsewhere."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--state", type=STATE, help="State of lessons whose state the file does not tell [default: draft].")
@import_options
def import_(
    file: Path, state: str | None, mapping: list[tuple[str, str]], dry_run: bool, no_analyse: bool, as_json: bool
) -> None:
    """Import lessons from a CSV or XLSX FILE: a table, our own export, or NASA's LLIS export (published at once)."""
    from reviewkit.workspace.files.imports import import_lessons

    wanted = LessonState(state) if state else None
    with opened() as ws:
        report = import_lessons(ws, file, mapping, state=wanted, dry_run=dry_run, who=who())
        finish(ws, report, "lessons", no_analyse=no_analyse, as_json=as_json)


@command.command("list")
@click.option("--state", type=STATE, help="Only those in this state.")
@click.option("--area", type=click.Choice([area.value for area in Area]), help="Only those of this area.")
@click.option("--project", metavar="KEY", help="Only this project's.")
@json_option
def list_(state: str | None, area: str | None, project: str | None, as_json: bool) -> None:
    """List lessons by title."""
    with opened() as ws:
        lessons = ws.lessons.list(
            state=LessonState(state) if state else None, area=Area(area) if area else None, project=project
        )
    rows = [as_row(lesson) for lesson in lessons]
    columns = {"id": "ID", "title": "TITLE", "area": "AREA", "project": "PROJECT", "state": "STATE"}
    print_rows(rows, columns, as_json=as_json, none="No lessons here: see `reviewkit lesson import --help`.")


@command.command()
@click.argument("id")
@json_option
def show(id: str, as_json: bool) -> None:
    """Show the lesson ID, and what would make it more useful."""
    with opened() as ws:
        lesson = ws.lessons.get(id)
        hints = ws.lessons.hints(lesson)
    row = {**as_row(lesson), "hints": hints}
    if as_json:
        print_json(row)
    else:
        print_fields((name.replace("_", " "), value) for name, value in row.items())


@command.command()
@click.option("--out", type=click.Path(path_type=Path), help="The file to write [default: standard output].")
def export(out: Path | None) -> None:
    """Export every lesson as CSV that a spreadsheet opens safely and `lesson import` reads back."""
    with opened() as ws:
        text = ws.lessons.export()
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="")


TEXTS = {
    "title": "What was learned, in one line.",
    "recommendation": "What to do next time.",
    "what-happened": "What happened.",
    "root-cause": "Why it happened.",
    "effect": "What came of it.",
    "early-warning": "What can be seen before it happens again.",
    "context": "Where it was.",
    "owner": "Who keeps it alive.",
    "project": "Key of the project it comes from.",
    "supersedes": "ID of the lesson whose place it takes.",
}


def fields(function: Callable[..., None]) -> Callable[..., None]:
    """The options that `add` and `edit` share; those that are not given come as None."""
    for name, text in reversed(TEXTS.items()):
        function = click.option(f"--{name}", metavar="KEY" if name == "project" else "TEXT", help=text)(function)
    for option in (
        click.option("--area", type=click.Choice([area.value for area in Area]), help="Area; else one is suggested."),
        click.option("--phase", type=click.Choice([phase.value for phase in Phase]), help="Phase of a project."),
        click.option("--review-on", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Look at it again then."),
        click.option("--positive/--negative", default=None, help="Do it again, or avoid it."),
    ):
        function = option(function)
    return function


@command.command()
@click.option("--theme", metavar="ID", help="Begin from a theme, with its quotes as evidence.")
@fields
def add(theme: str | None, **given: Any) -> None:
    """Add a lesson as a draft; prints its ID."""
    with opened() as ws:
        begun = ws.drafting.from_theme(theme) if theme else Lesson("", "")
        made = ws.lessons.add(_with(begun, given), who=who())
    click.echo(made.id)


@command.command()
@click.argument("id")
@fields
def edit(id: str, **given: Any) -> None:
    """Change fields of the lesson ID; those not given stay as they are."""
    with opened() as ws:
        made = ws.lessons.edit(_with(ws.lessons.get(id), given), who=who())
    click.echo(f"Saved “{made.title}”.")


@command.command()
@click.argument("id")
@click.argument("state", type=STATE)
def move(id: str, state: str) -> None:
    """Take the lesson ID to another STATE of its life."""
    with opened() as ws:
        made = ws.lessons.move(id, LessonState(state), who=who())
    click.echo(f"“{made.title}” is now {made.state}.")


@command.command()
@click.argument("id")
@json_option
def history(id: str, as_json: bool) -> None:
    """Show every change of the lesson ID, the latest first."""
    with opened() as ws:
        steps = ws.lessons.history(ws.lessons.get(id).id)
    rows = [
        as_row(step) if as_json else {**as_row(step), "changes": ", ".join(one.field for one in step.changes)}
        for step in steps
    ]
    columns = {"number": "NO", "at": "WHEN", "who": "WHO", "verb": "WHAT", "changes": "FIELDS"}
    print_rows(rows, columns, as_json=as_json, none="Nothing was changed since histories are kept.")


@command.command()
@click.option("--days", type=click.IntRange(0, 3_650), default=SOON, help=f"Days ahead [default: {SOON}].")
@json_option
def due(days: int, as_json: bool) -> None:
    """List lessons in use that are to be looked at again, the longest due first."""
    with opened() as ws:
        rows = [as_row(lesson) for lesson in ws.lessons.due(days)]
    columns = {"review_on": "DUE", "id": "ID", "title": "TITLE", "owner": "OWNER", "state": "STATE"}
    print_rows(rows, columns, as_json=as_json, none="No lesson is due for another look.")


def _with(lesson: Lesson, given: dict[str, Any]) -> Lesson:
    """`lesson` with the options that were given."""
    found = {name: value for name, value in given.items() if value is not None}
    if "review_on" in found:
        found["review_on"] = found["review_on"].date()
    for name, words in (("area", Area), ("phase", Phase)):
        if name in found:
            found[name] = words(found[name])
    return replace(lesson, **found)
