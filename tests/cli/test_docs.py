"""docs/commands.md describes every command and option there is, and none that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from reviewkit.cli import COMMANDS, main
from reviewkit.cli.terminal.group import shared_options

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
SHARED = {"--workspace", "--quiet", "--help"}


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    if command.invoke_without_command and path:
        yield " ".join(path), command
    context = click.Context(command, info_name="reviewkit")
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from commands(found, (*path, name))


def sections() -> dict[str, str]:
    """Command -> its part of the page."""
    parts = re.split(r"^### `reviewkit ([^`]*)`$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {}
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        words = [word for word in heading.split() if word.islower()]
        found[" ".join(words)] = body.split("\n## ")[0]
    return found


def options(command: click.Command) -> set[str]:
    return {
        name
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--")
    } - SHARED


def test_every_command_has_its_section_and_no_other_has() -> None:
    assert sorted(sections()) == sorted(name for name, _ in commands(main))


def test_every_option_is_described_and_no_other_is() -> None:
    for name, command in commands(main):
        described = set(re.findall(r"`(--[a-z-]+)", sections()[name]))
        table = set(re.findall(r"(?:^\| |/ )`(--[a-z-]+)", sections()[name], flags=re.MULTILINE))
        assert options(command) <= table, name
        assert described - SHARED <= options(command), name


def test_every_command_takes_the_shared_options_and_says_what_it_does() -> None:
    shared = {option.name for option in shared_options()}
    for name, command in commands(main):
        assert shared <= {parameter.name for parameter in command.params}, name
        assert command.help, name
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.hidden or parameter.help, (name, parameter.name)


def test_every_listing_and_showing_takes_json() -> None:
    for name, command in commands(main):
        if not name.startswith("csv") and name.split()[-1] in ("list", "show", "search", "kickoff", "check", "import"):
            assert "--json" in options(command), name


def test_no_password_is_an_argument() -> None:
    for name, command in commands(main):
        assert not any("password" in str(one.name) and not getattr(one, "is_flag", False) for one in command.params), (
            name
        )


def test_the_table_of_commands_is_complete() -> None:
    for name, text in COMMANDS.items():
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert text.endswith(".")
