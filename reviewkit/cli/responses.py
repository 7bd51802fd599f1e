"""Answers from other tools on the command line: import."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.terminal.importing import finish, import_options
from reviewkit.cli.terminal.opening import opened, who


@click.group()
def command() -> None:
    """Answers that were given elsewhere."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--review", required=True, metavar="ID", help="The review they answer; `reviewkit review list` tells.")
@click.option("--format", "format_", type=click.Choice(["auto", "table"]), default="auto", show_default=True,
              help="How the file is laid out; a table has one row a respondent.")  # fmt: skip
@import_options
def import_(
    file: Path,
    review: str,
    format_: str,
    mapping: list[tuple[str, str]],
    dry_run: bool,
    no_analyse: bool,
    as_json: bool,
) -> None:
    """Import answers from a CSV or XLSX FILE; a row that was imported before adds nothing.

    Columns are matched to the review's questions by their headings. Columns with names, addresses or devices are
    dropped. Look with --dry-run first.
    """
    from reviewkit.workspace.files.imports import import_responses

    with opened() as ws:
        report = import_responses(ws, file, review, mapping, dry_run=dry_run, who=who())
        finish(ws, report, "responses", no_analyse=no_analyse, as_json=as_json)
