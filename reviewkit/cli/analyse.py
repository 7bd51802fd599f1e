"""A workspace -> whatever is missing between its answers and its advice."""

from __future__ import annotations

from dataclasses import asdict

import click

from reviewkit.cli.terminal.opening import opened
from reviewkit.cli.terminal.printing import json_option, print_json
from reviewkit.cli.terminal.progress import progress


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Derive what is missing: statements, vectors, kinds, themes, links."""
    with opened() as ws, progress() as report:
        done = ws.analysis.refresh(report, wait=True)
    counts = asdict(done)
    if as_json:
        print_json(counts)
    elif done:
        click.echo("Derived " + ", ".join(f"{count} {name}" for name, count in counts.items() if count) + ".")
    else:
        click.echo("Nothing was missing.")
