"""Risk registers on the command line: import, list, and the links to what people said."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.links import confirm, links, reject, trust, undo
from reviewkit.cli.terminal.importing import finish, import_options
from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_rows
from reviewkit.domain.words import Occurred


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


for of_links in (links, confirm, reject, undo, trust):
    command.add_command(of_links)
