"""The language model on the command line: list, build, check."""

from __future__ import annotations

import click

from reviewkit.cli.terminal.group import given
from reviewkit.cli.terminal.opening import settings
from reviewkit.cli.terminal.printing import as_row, json_option, print_fields, print_json, print_rows


@click.group()
def command() -> None:
    """The model that turns text into vectors. It is built by itself at first use."""


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the models that can be built here."""
    from reviewkit.workspace.models import models

    rows = []
    for model in models(settings()):
        measured = model.measured
        rows.append(
            {
                "name": model.entry.name,
                "dim": model.entry.dim,
                "tokens": model.entry.tokens,
                "licence": model.entry.licence,
                "chosen": model.chosen,
                "built": measured is not None,
                "variant": measured.variant if measured else None,
                "cosine_mean": measured.cosine_mean if measured else None,
                "folder": model.folder,
            }
        )
    columns = {
        "name": "NAME",
        "dim": "DIM",
        "tokens": "TOKENS",
        "licence": "LICENCE",
        "chosen": "CHOSEN",
        "built": "BUILT",
    }
    print_rows(rows, columns, as_json=as_json, none="The manifest holds no models.")


@command.command()
@click.argument("name", default="")
@json_option
def build(name: str, as_json: bool) -> None:
    """Build the model NAME, by default the chosen one, unless it is built; prints what the build measured."""
    from reviewkit.workspace.models import build_model

    model = build_model(settings(), name, quiet=bool(given("quiet")))
    if model.measured is not None:
        _print(as_row(model.measured), as_json)


@command.command()
@click.argument("name", default="")
@json_option
def check(name: str, as_json: bool) -> None:
    """Measure a built model again against its source on the probe texts."""
    from reviewkit.workspace.models import check_model

    _print(as_row(check_model(settings(), name)), as_json)


def _print(row: dict[str, object], as_json: bool) -> None:
    if as_json:
        print_json(row)
    else:
        print_fields((name.replace("_", " "), value) for name, value in row.items() if name != "versions")
