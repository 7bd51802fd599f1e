"""The review report on the command line: one file, written as its name says."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.terminal.opening import note, opened
from reviewkit.domain.words import ReportFormat

ENDINGS = ", ".join(f".{one}" for one in ReportFormat)


@click.command()
@click.argument("project")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help=f"The file to write; how its name ends says as what: {ENDINGS}.",
)
def command(project: str, out: Path) -> None:
    """Write the post-implementation review report of PROJECT: one page of summary, then all that is known.

    Nothing is told in it that the web app would not show: groups of fewer than five people stay together.
    """
    written_as = next((one for one in ReportFormat if out.suffix.casefold() == f".{one}"), None)
    if written_as is None:
        raise click.UsageError(f"“{out.name}” must end in one of {ENDINGS}, so that it is clear what to write.")
    with opened() as ws:
        content = ws.reports.file(project, written_as)
    out.write_bytes(content)
    note(f"Wrote {out}.")
