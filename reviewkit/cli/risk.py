"""Risk registers on the command line: import, list, export, what became of a risk, links to what people said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from reviewkit.cli.links import confirm, links, reject, trust, undo
from reviewkit.cli.terminal.importing import finish, import_options
from reviewkit.cli.terminal.opening import note, opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_rows
from reviewkit.domain.registers import FILTERS, Occurrence
from reviewkit.domain.words import FileType, Occurred


@click.group()
def command() -> None:
    """Risk registers of projects, and what became of their risks."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--project", default="", metavar="KEY", help="The project of every row that names none.")
@import_options
def import_(
    file: Path, project: str, mapping: list[tuple[str, str]], dry_run: bool, no_analyse: bool, as_json: bool
) -> None:
    """Import a register from a CSV or XLSX FILE; known refs are brought up to date."""
    from reviewkit.workspace.files.imports import import_risks

    with opened() as ws:
        report = import_risks(ws, file, project, mapping, dry_run=dry_run, who=who())
        finish(ws, report, "risks", no_analyse=no_analyse, as_json=as_json)


@command.command("list")
@click.option("--project", metavar="KEY", help="Only this project's.")
@click.option(
    "--occurred", type=click.Choice([word.value for word in Occurred]), help="Only those that did, or did not."
)
@json_option
def list_(project: str | None, occurred: str | None, as_json: bool) -> None:
    """List risks, gravest first."""
    with opened() as ws:
        if project:
            ws.projects.get(project)
        risks = ws.risks.list(project, Occurred(occurred) if occurred else None)
    rows = [{**as_row(risk), "severity": risk.severity} for risk in risks]
    columns = {
        "project": "PROJECT",
        "ref": "REF",
        "title": "TITLE",
        "severity": "P×I",
        "status": "STATUS",
        "occurred": "OCCURRED",
    }
    print_rows(rows, columns, as_json=as_json, none="No risks here: see `reviewkit risk import --help`.")


@command.command()
@click.option("--project", metavar="KEY", help="Only this project's.")
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="NAME=VALUE",
    help=f"Only those that have this; may be given several times. Names: {', '.join(FILTERS)}.",
)
@click.option("--own-columns", is_flag=True, help="Under reviewkit's own columns, wherever the risks came from.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="The file to write; how its name ends says as what: .csv, .xlsx.",
)
def export(project: str | None, filters: tuple[str, ...], own_columns: bool, out: Path) -> None:
    """Write risks as CSV or XLSX, in the columns, words and scales of the file they came from: its tool takes it back.

    Risks that came from several files, or from none, are written in reviewkit's own columns. `risk import` reads both.
    """
    written_as = {".csv": FileType.CSV, ".xlsx": FileType.XLSX}.get(out.suffix.casefold())
    if written_as is None:
        raise click.UsageError(f"“{out.name}” must end in .csv or .xlsx, so that it is clear what to write.")
    query = dict(_pair(said) for said in filters)
    with opened() as ws:
        if project:
            ws.projects.get(project)
        risks = ws.risks.list(project, query=query)
        found = ws.register_files.file(risks, written_as, own=own_columns)
    out.write_bytes(found.content)
    many = f"{len(risks)} risk" + ("" if len(risks) == 1 else "s")
    note(f"Wrote {many} to {out}" + (f", as {found.tool} has them." if found.tool else "."))
    for told in found.notes:
        note(told)


@command.command()
@click.argument("project")
@click.argument("ref")
@click.argument("answer", type=click.Choice([word.value for word in Occurred]))
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it came true.")
@click.option("--note", "text", default="", help="What became of it, in a sentence.")
def occurred(project: str, ref: str, answer: str, day: datetime | None, text: str) -> None:
    """Say whether the risk REF of PROJECT came true: yes, no or unknown."""
    with opened() as ws:
        risk = ws.registers.named(project, ref)
        on = day.date() if day else None
        ws.registers.tell([Occurrence(risk.id, Occurred(answer), on, text or risk.occurred_note)], who=who())
    click.echo(f"{project} {risk.ref}: {answer}.")


for of_links in (links, confirm, reject, undo, trust):
    command.add_command(of_links)


def _pair(said: str) -> tuple[str, str]:
    name, equals, value = said.partition("=")
    if not equals or name not in FILTERS:
        raise click.UsageError(f"“{said}” is not NAME=VALUE with a name of: {', '.join(FILTERS)}.")
    return name, value
