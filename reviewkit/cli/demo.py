"""The sample organisation -> what the whole path finds in it, printed, and then the web app over it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewkit.cli.kickoff import print_recommendation
from reviewkit.cli.terminal.opening import settings
from reviewkit.cli.terminal.printing import one_line, table, wrapped
from reviewkit.cli.terminal.progress import progress
from reviewkit.domain.privacy import at_least
from reviewkit.settings import Settings

if TYPE_CHECKING:
    from reviewkit.domain.themes import Theme
    from reviewkit.workspace.files.demo import DemoFindings

THEMES, BLIND_SPOTS = 12, 6
FILE = "demo.db"


@click.command()
@click.option("--serve/--no-serve", "serves", default=True, show_default=True, help="Serve the web app afterwards.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on.")
def command(serves: bool, host: str, port: int) -> None:
    """Load the sample organisation, walk the whole path, print what it found, and serve it.

    It has a workspace of its own, demo.db in your data folder, unless --workspace or REVIEWKIT_WORKSPACE names one.
    Each run starts afresh; a workspace with records of your own is never touched.
    """
    from reviewkit.workspace import open_workspace
    from reviewkit.workspace.files.demo import run_demo

    chosen = _demo_settings()
    with open_workspace(settings=chosen) as ws, progress() as report:
        found = run_demo(ws, report)
    _print(found)
    if serves:
        from webapp.server import serve  # Flask and gunicorn load with it

        serve(chosen, host=host, port=port)


def _demo_settings() -> Settings:
    chosen = settings()
    return chosen if chosen.workspace else replace(chosen, workspace=str(Path(chosen.workspace_path).with_name(FILE)))


def _print(found: DemoFindings) -> None:
    samples = found.samples
    _head(samples.organisation)
    click.echo(
        f"{samples.projects} projects, {samples.risks} risks in their registers, {samples.lessons} lessons;"
        f" {found.responses} responses to {samples.reviews} reviews, cut into {found.statements} statements."
    )
    recurring = [theme for theme in found.themes if theme.is_recurring]
    _head(f"{len(recurring)} recurring themes, by how many people raised them")
    _print_themes(recurring[:THEMES])
    _head(f"{found.links} links from statements and themes to the registers, some of them")
    for example in found.examples:
        risk, link = example.linked.risk, example.linked.link
        click.echo(wrapped(f"“{one_line(example.said.text)}”", first="  ", indent="  "))
        click.echo(wrapped(f"{risk.project} {risk.ref}: {risk.title} ({link.confidence} confidence)", first="    → "))
    _head(f"{len(found.blind_spots)} blind spots: recurring problems that no register foresaw")
    _print_themes(found.blind_spots[:BLIND_SPOTS])
    for key, advice in found.kickoffs:
        _head(f"{key} is about to start: {len(advice.recommendations)} recommendations")
        for recommendation in advice.recommendations:
            print_recommendation(recommendation)
    _head("Accounts of the demo")
    rows = [[user.name, user.full_name, user.role, samples.password] for user in samples.accounts]
    click.echo(table(["NAME", "FULL NAME", "ROLE", "PASSWORD"], rows))


def _print_themes(themes: list[Theme] | tuple[Theme, ...]) -> None:
    rows = [
        [theme.label, theme.area, _at_least(theme.reach), _at_least(theme.statements), len(theme.projects)]
        for theme in themes
    ]
    click.echo(table(["THEME", "AREA", "PEOPLE", "STATEMENTS", "PROJECTS"], rows))


def _at_least(count: int) -> str:
    told = at_least(count)
    return "fewer than 5" if told is None else f"{told}+"


def _head(text: str) -> None:
    click.echo(f"\n{click.style(text, bold=True)}")
    click.echo("─" * min(len(text), 100))
