"""Accounts on the command line: add, list, disable, passwd."""

from __future__ import annotations

import click

from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_rows
from reviewkit.cli.terminal.reading import ask_password
from reviewkit.domain.words import UserRole

FROM_STDIN = "Take the password from the first line of standard input."


@click.group()
def command() -> None:
    """Accounts of the web app. Passwords are typed unseen or piped in, never given as an argument."""


@command.command()
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in UserRole]), default=UserRole.VIEWER.value,
              show_default=True, help="What the account may do.")  # fmt: skip
@click.option("--full-name", default="", help="The person's name.")
@click.option("--password-stdin", is_flag=True, help=FROM_STDIN)
def add(name: str, role: str, full_name: str, password_stdin: bool) -> None:
    """Add the account NAME."""
    password = ask_password(password_stdin)
    with opened() as ws:
        user = ws.users.add(name, full_name, UserRole(role), password, who=who())
    click.echo(f"Added {user.name}, {user.role}.")


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List accounts."""
    with opened() as ws:
        rows = [as_row(user, without=["password_hash"]) for user in ws.users.list()]
    columns = {"name": "NAME", "full_name": "FULL NAME", "role": "ROLE", "disabled": "DISABLED"}
    print_rows(rows, columns, as_json=as_json, none="No accounts yet: see `reviewkit user add --help`.")


@command.command()
@click.argument("name")
def disable(name: str) -> None:
    """Disable the account NAME and end its sessions at once."""
    with opened() as ws:
        ws.users.disable(name, who=who())
    click.echo(f"Disabled {name}.")


@command.command()
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help=FROM_STDIN)
def passwd(name: str, password_stdin: bool) -> None:
    """Give the account NAME a new password and end its sessions."""
    password = ask_password(password_stdin)
    with opened() as ws:
        ws.users.set_password(name, password, who=who())
    click.echo(f"Changed the password of {name}.")
