"""A query -> records that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reviewkit.cli.terminal.opening import opened
from reviewkit.cli.terminal.printing import as_row, json_option, one_line, print_json, wrapped
from reviewkit.domain.words import Scope

if TYPE_CHECKING:
    from reviewkit.workspace.advising.searching import Hit

SCOPES = tuple(scope.value for scope in (Scope.LESSONS, Scope.STATEMENTS, Scope.RISKS, Scope.THEMES))


def _scopes(ctx: click.Context, option: click.Parameter, value: str) -> list[Scope]:
    names = [name.strip().lower() for name in value.split(",") if name.strip()]
    for name in names:
        if name not in SCOPES:
            raise click.BadParameter(f"“{name}” is none of: {', '.join(SCOPES)}.", ctx, option)
    if not names:
        raise click.BadParameter(f"Name one or more of: {', '.join(SCOPES)}.", ctx, option)
    return [Scope(name) for name in dict.fromkeys(names)]


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--in", "scopes", default=",".join(SCOPES), show_default=True, callback=_scopes, metavar="SCOPES",
              help="Where to look, parted by commas.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 500), default=10, show_default=True, help="Most hits to print.")
@json_option
def command(query: tuple[str, ...], scopes: list[Scope], limit: int, as_json: bool) -> None:
    """Find lessons, statements, risks and themes that answer QUERY: a word, a question, or a pasted page."""
    with opened() as ws:
        result = ws.search(" ".join(query), scopes=scopes, limit=limit)
    if as_json:
        print_json(as_row(result))
        return
    hits = [hit for hit in result.hits if hit.answers]
    if hits and not any(hit.has_words for hit in hits):
        click.echo("No record has these words. Nearest by meaning:", err=True)
    for place, hit in enumerate(hits, start=1):
        _print(place, hit)
    if not hits:
        click.echo("Nothing found. If records came in just now, `reviewkit analyse` makes them searchable.", err=True)


def _print(place: int, hit: Hit) -> None:
    near = "" if hit.has_words else f"alike in meaning: {hit.nearness} confidence"
    told = [hit.scope.removesuffix("s"), hit.id, hit.project, hit.area, hit.kind, hit.phase, hit.state, near]
    about = " · ".join(one_line(part) for part in told if part)
    click.echo(f"{place:>2}. {click.style(one_line(hit.title or hit.text), bold=True)}")
    click.echo(f"    {about}")
    if hit.title:
        click.echo(wrapped(hit.text, first="    ", indent="    "))
