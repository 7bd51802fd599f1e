"""Options of the import commands, and an import's report as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reviewkit.cli.terminal.opening import analyse, note
from reviewkit.cli.terminal.printing import F, one_line, print_json, table

if TYPE_CHECKING:
    from reviewkit.workspace import Workspace
    from reviewkit.workspace.files.imports import ImportReport

SHOWN_WARNINGS = 20


def import_options(command: F) -> F:
    """`--map`, `--dry-run`, `--no-analyse` and `--json`."""
    for option in reversed(
        (
            click.option(
                "--map",
                "mapping",
                multiple=True,
                metavar="FIELD=COLUMN",
                callback=_pairs,
                help="Read FIELD from COLUMN; FIELD= reads it from none. May be given several times.",
            ),
            click.option("--dry-run", is_flag=True, help="Say what would be imported, and change nothing."),
            click.option("--no-analyse", is_flag=True, help="Leave the analysis to the worker or `reviewkit analyse`."),
            click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text."),
        )
    ):
        command = option(command)
    return command


def finish(ws: Workspace, report: ImportReport, what: str, *, no_analyse: bool, as_json: bool) -> None:
    """Prints what an import did, then derives what now is missing, so that it can be searched at once."""
    if as_json:
        print_json(report)
    else:
        _print(report, what)
    if report.applied and not no_analyse and report.new + report.changed:
        analyse(ws)


def _print(report: ImportReport, what: str) -> None:
    if report.recognised:
        click.echo(f"Recognised as {report.recognised}.")
    if report.columns:
        rows = [
            [match.field, match.column, "by hand" if match.by_hand else str(match.confidence)]
            for match in report.columns
        ]
        click.echo(table(["field", "column", "confidence"], rows))
    if report.unused:
        click.echo(
            f"Not used: {one_line(', '.join(report.unused))}. Use --map FIELD=COLUMN where one belongs to a field."
        )
    if report.dropped:
        click.echo(f"Dropped, since they say who somebody is: {one_line(', '.join(report.dropped))}.")
    for warning in report.warnings[:SHOWN_WARNINGS]:
        note(f"Warning, {one_line(str(warning))}.")
    if len(report.warnings) > SHOWN_WARNINGS:
        note(f"… and {len(report.warnings) - SHOWN_WARNINGS} more warnings; --json shows all.")
    verb = "Imported" if report.applied else "Would import"
    known = f", {report.changed} changed" if report.changed else ""
    known += f", {report.known} there already" if report.known else ""
    kind = what.removesuffix("s") if report.new == 1 else what
    click.echo(f"{verb} {report.new} new {kind}{known}." + ("" if report.applied else " Nothing was changed."))


def _pairs(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = []
    for value in values:
        field, equals, column = value.partition("=")
        if not equals or not field.strip():
            raise click.BadParameter(f"“{value}” is not of the form FIELD=COLUMN.", ctx, option)
        pairs.append((field.strip(), column.strip()))
    return pairs
