"""A table of commands -> a click group that imports a command's module when the command is named."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click

from reviewkit.cli.terminal.printing import one_line
from reviewkit.domain.errors import ReviewkitError

FAILED, MISUSED, STOPPED = 1, 2, 130


class LazyGroup(click.Group):
    """Commands by name, each the `command` of the module of that name in `package`; their helps stand in the table.

    Whatever a user can cause ends as one line on stderr: exit code 1 where the input or the state does not allow it,
    2 for wrong usage, 130 where it was stopped.
    """

    def __init__(self, *args: Any, package: str = "", table: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._package, self._table = package, dict(table or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._table:
            return None
        command: click.Command = import_module(f"{self._package}.{cmd_name}").command
        _share_options(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self._table.items()))

    def main(self, *args: Any, standalone_mode: bool = True, **kwargs: Any) -> Any:
        run: Callable[..., Any] = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **kwargs)
        _print_whatever_comes()
        try:
            code = run(*args, standalone_mode=False, **kwargs)
        except click.ClickException as problem:
            problem.show()
            code = problem.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("Stopped.", err=True)
            code = STOPPED
        except ReviewkitError as problem:
            click.echo(f"Error: {one_line(str(problem))}", err=True)
            code = FAILED
        except OSError as problem:
            code = FAILED
            if problem.errno == errno.EPIPE:
                _close_stdout()  # whoever read it has seen enough
            else:
                where = f"{problem.filename}: " if problem.filename else ""
                click.echo(f"Error: {one_line(f'{where}{problem.strerror or problem}')}", err=True)
        sys.exit(code if isinstance(code, int) else 0)


def shared_options() -> list[click.Option]:
    """Options that stand before the subcommand or after it; the later one wins."""
    return [
        click.Option(
            ["--workspace"],
            metavar="URL",
            expose_value=False,
            callback=_remember,
            help="The workspace's file [default: REVIEWKIT_WORKSPACE, else one in your data folder].",
        ),
        click.Option(["--quiet"], is_flag=True, expose_value=False, callback=_remember, help="No progress on stderr."),
    ]


def given(name: str) -> Any:
    """What the option `name` of `shared_options` was given as; None where it was not."""
    return click.get_current_context().meta.get(f"reviewkit.{name}")


def _remember(ctx: click.Context, option: click.Parameter, value: object) -> None:
    if value:
        ctx.meta[f"reviewkit.{option.name}"] = value


def _share_options(command: click.Command) -> None:
    present = {parameter.name for parameter in command.params}
    command.params.extend(option for option in shared_options() if option.name not in present)
    if isinstance(command, click.Group):
        for subcommand in command.commands.values():
            _share_options(subcommand)


def _print_whatever_comes() -> None:
    """A name or quote that the terminal's encoding lacks is printed escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _close_stdout() -> None:
    """Keeps Python from complaining at exit that nobody reads any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
