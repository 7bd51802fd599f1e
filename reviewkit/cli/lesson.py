"""The lessons library on the command line: import, list, show, export."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.terminal.importing import finish, import_options
from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_fields, print_json, print_rows
from reviewkit.domain.words import Area, LessonState

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
