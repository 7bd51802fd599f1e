"""Finished projects -> whether what was known before each would have warned of what it met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import json_option, print_json, table, wrapped
from reviewkit.cli.terminal.progress import progress

if TYPE_CHECKING:
    from reviewkit.domain.backtests import Backtest, Compared, Interval


@click.command()
@click.option("--top", type=click.IntRange(1, 50), default=7, show_default=True, help="Warnings that count.")
@json_option
def command(top: int, as_json: bool) -> None:
    """Would past kickoffs have warned of what came? Beside popularity and chance, in the same run.

    Each finished project is foretold from reviews that had ended before it began. The insights page shows the last one.
    """
    with opened() as ws, progress() as report:
        found = ws.backtest.run(report, top=top, who=who())
    if as_json:
        print_json(found)
    else:
        _print(found)


def _print(found: Backtest) -> None:
    if found.recall is None or found.precision is None:
        click.echo("No finished project began after another one's review had ended, so there is nothing to test yet.")
        return
    rows = [
        [one.project, len(one.known), one.met, len(one.warned), one.ours.recall, one.popularity.recall]
        for one in found.trials
    ]
    shown = [[*row[:4], f"{row[4]:.0%}", f"{row[5]:.0%}"] for row in rows]
    click.echo(table(["PROJECT", "KNOWN", "MET AGAIN", "WARNED", "RECALL", "POPULARITY"], shown))
    click.echo()
    measures = [(f"recall@{found.top}", found.recall), ("MAP", found.precision)]
    lines = [[name, _said(one.ours), _said(one.popularity), _said(one.chance)] for name, one in measures]
    click.echo(table([f"{len(found.trials)} PROJECTS", "REVIEWKIT", "POPULARITY", "CHANCE"], lines))
    for name, one in measures:
        click.echo(wrapped(f"{name}: {_verdict(one)}"))
    if found.untold:
        click.echo(wrapped(f"Nothing was known before, or nothing known came up again: {', '.join(found.untold)}."))


def _said(one: Interval) -> str:
    return f"{one.mean:.2f} ({one.low:.2f} to {one.high:.2f})"


def _verdict(one: Compared) -> str:
    gain = f"{one.gain.mean:+.2f} ({one.gain.low:+.2f} to {one.gain.high:+.2f})"
    if one.gain.low > 0:
        return f"better than popularity by {gain}."
    if one.gain.high < 0:
        return f"worse than popularity by {gain}."
    return f"no difference to popularity is shown: {gain}."
