"""Plain CSV files -> themes, links, search results and kinds, without a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewkit.cli.terminal.opening import settings
from reviewkit.cli.terminal.progress import progress
from reviewkit.domain.wording import plural

if TYPE_CHECKING:
    from reviewkit.language.ports import Encoder

_TABLE = click.Path(path_type=Path)
_OUT = click.option("--out", required=True, type=click.Path(path_type=Path), metavar="OUT.csv", help="File to write.")
_TEXT = click.option("--text", "column", required=True, metavar="COLUMN", help="The column that holds the statements.")
_TOP = click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="Most lines for each.")


@click.group()
def command() -> None:
    """Themes, links, search and kinds on plain CSV or XLSX files; no workspace is read or written."""


@command.command()
@click.argument("source", type=_TABLE, metavar="IN.csv")
@_TEXT
@_OUT
def themes(source: Path, column: str, out: Path) -> None:
    """Find what recurs in a column: adds theme, theme_label, subtheme and subtheme_label to the table."""
    from reviewkit.workspace.files.tabular import themes_of_table

    with progress() as report:
        done = themes_of_table(source, column, out, _encoder(), report)
    found, rows = plural(done.found, "theme"), plural(done.rows, "row")
    alone = plural(done.without, "row recurs", "rows recur")
    click.echo(f"{found} in {rows}; {alone} with nothing. Written to {out}.")


@command.command()
@click.argument("statements", type=_TABLE, metavar="STATEMENTS.csv")
@click.argument("risks", type=_TABLE, metavar="RISKS.csv")
@_OUT
@_TOP
def links(statements: Path, risks: Path, out: Path, top: int) -> None:
    """Match statements to the risks they speak of; both files have the columns id and text."""
    from reviewkit.workspace.files.tabular import links_of_tables

    with progress() as report:
        done = links_of_tables(statements, risks, out, top, _encoder(), report)
    click.echo(f"{plural(done.found, 'link')} suggested for {plural(done.rows, 'statement')}. Written to {out}.")


@command.command()
@click.argument("documents", type=_TABLE, metavar="DOCS.csv")
@click.argument("queries", type=_TABLE, metavar="QUERIES.csv")
@_OUT
@_TOP
def search(documents: Path, queries: Path, out: Path, top: int) -> None:
    """Search documents (columns id, title, text) for the answers to queries (columns id, text)."""
    from reviewkit.workspace.files.tabular import search_of_tables

    with progress() as report:
        done = search_of_tables(documents, queries, out, top, _encoder(), report)
    click.echo(f"{plural(done.found, 'hit')} for {plural(done.rows, 'query', 'queries')}. Written to {out}.")


@command.command()
@click.argument("source", type=_TABLE, metavar="IN.csv")
@_TEXT
@_OUT
def kinds(source: Path, column: str, out: Path) -> None:
    """Tell praise, problems, suggestions and the neutral apart: adds kind and kind_confidence to the table."""
    from reviewkit.workspace.files.tabular import kinds_of_table

    with progress() as report:
        done = kinds_of_table(source, column, out, _encoder(), report)
    click.echo(f"{done.found:,} of {plural(done.rows, 'row')} told apart. Written to {out}.")


def _encoder() -> Encoder:
    from reviewkit.workspace import encoder_for

    return encoder_for(settings())
