"""A workspace -> whether it is sound."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.terminal.opening import opened, settings
from reviewkit.cli.terminal.printing import json_option, print_fields, print_json
from reviewkit.domain.errors import NotFound


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Check the workspace's integrity; exit code 1 where it is damaged."""
    where = settings().workspace_path
    if where != ":memory:" and not Path(where).expanduser().exists():
        raise NotFound("workspace", where, hint="Any command that adds something makes it.")
    with opened() as ws:
        report = ws.check()
    if as_json:
        print_json(report)
    else:
        print_fields(report.items())
