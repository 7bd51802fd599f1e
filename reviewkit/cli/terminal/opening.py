"""The options and the environment -> the settings, the open workspace, and who is at work."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from reviewkit.cli.terminal.group import given
from reviewkit.cli.terminal.progress import progress
from reviewkit.settings import Settings, read_settings

if TYPE_CHECKING:
    from reviewkit.workspace import Workspace


def settings(public_url: str | None = None) -> Settings:
    """The settings, with the workspace that --workspace names, and the public address where one is given."""
    return read_settings(workspace=given("workspace"), public_url=public_url)


@contextmanager
def opened() -> Iterator[Workspace]:
    """The workspace, closed again at the end."""
    from reviewkit.workspace import open_workspace  # loads the store, which no --help needs

    with open_workspace(settings=settings()) as workspace:
        yield workspace


def who() -> str:
    """Who the audit log names for a change made here."""
    try:
        return f"{getpass.getuser()} (command line)"
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "command line"


def analyse(workspace: Workspace) -> None:
    """Derives what is missing, telling how far it is; waits for another process that is at it already."""
    with progress() as report:
        workspace.analysis.refresh(report, wait=True)


def note(text: str) -> None:
    """Says something that is no result, on stderr, unless --quiet."""
    if not given("quiet"):
        click.echo(text, err=True)
