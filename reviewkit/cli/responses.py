"""Answers from other tools on the command line: import."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.terminal.importing import finish, import_options
from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.progress import progress
from reviewkit.domain.words import ExportFormat


@click.group()
def command() -> None:
    """Answers that were given elsewhere."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--review", required=True, metavar="ID", help="The review they answer; `reviewkit review list` tells.")
@click.option("--format", "format_", type=click.Choice([*ExportFormat]), default=ExportFormat.AUTO, show_default=True,
              help="How the file is laid out; a table has one row a respondent.")  # fmt: skip
@click.option("--people", type=click.IntRange(1), metavar="N",
              help="How many people wrote a board's unsigned cards; they count as one otherwise.")  # fmt: skip
@import_options
def import_(
    file: Path,
    review: str,
    format_: str,
    people: int | None,
    mapping: list[tuple[str, str]],
    dry_run: bool,
    no_analyse: bool,
    as_json: bool,
) -> None:
    """Import answers from a FILE; what was imported before adds nothing.

    A CSV or XLSX table with one row a respondent is read, as Google Forms, Microsoft Forms, LimeSurvey and Formbricks
    write it, and the exports of Parabol, Azure DevOps Retrospectives, Retrospected, EasyRetro and SurveyMonkey, records
    of Formbricks, issues of Jira, and notes in Word or Markdown, whose headings are the questions and
    whose bullets the answers.

    Columns are matched to the review's questions by their headings. Columns with names, addresses or devices are
    dropped. Look with --dry-run first.
    """
    from reviewkit.workspace.files.answers import import_responses

    with opened() as ws:
        with progress() as tell:
            done = import_responses(
                ws, file, review, mapping, format_=ExportFormat(format_), people=people, dry_run=dry_run, who=who(),
                report=tell,
            )  # fmt: skip
        finish(ws, done, "responses", no_analyse=no_analyse, as_json=as_json)
