"""What all finished projects together say: blind spots, false alarms, base rates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from reviewkit.cli.terminal.opening import opened
from reviewkit.cli.terminal.printing import json_option, print_rows

if TYPE_CHECKING:
    from reviewkit.domain.insights import Comparison, KindRate
    from reviewkit.domain.kickoffs import BaseRate

F = TypeVar("F", bound=Callable[..., object])


@click.group()
def command() -> None:
    """What all finished projects together say, each rate beside those of wider classes of projects."""


def comparison_options(command: F) -> F:
    """`--kind`, `--domain`, `--method` and `--size`, which narrow the class of comparison."""
    for name, told in (
        ("size", "Only projects of this size: under 100, 100 to 499, 500 and more."),
        ("method", "Only projects of this method."),
        ("domain", "Only projects of this domain."),
        ("kind", "Only projects of this kind."),
    ):
        command = click.option(f"--{name}", default="", metavar="TEXT", help=told)(command)
    return command


@command.command("blind-spots")
@comparison_options
@json_option
def blind_spots(kind: str, domain: str, method: str, size: str, as_json: bool) -> None:
    """Themes that keep coming back and that no register foresaw."""
    comparison = _comparison(kind, domain, method, size)
    with opened() as ws:
        found = ws.insights.blind_spots(comparison)
    rows: list[dict[str, object]] = [
        {"theme": one.theme.label, "id": one.theme.id, **_rated(comparison, one.rates)} for one in found
    ]
    _print(rows, "theme", comparison, as_json, "No theme that recurs was foreseen by no register.")


@command.command("false-alarms")
@comparison_options
@json_option
def false_alarms(kind: str, domain: str, method: str, size: str, as_json: bool) -> None:
    """Risks that many registers fear and that seldom come true."""
    comparison = _comparison(kind, domain, method, size)
    with opened() as ws:
        found = ws.insights.false_alarms(comparison)
    none = "No kind of risk stands in three registers and seldom comes true."
    _print(_kinds(comparison, found), "risk", comparison, as_json, none)


@command.command("base-rates")
@comparison_options
@json_option
def base_rates(kind: str, domain: str, method: str, size: str, as_json: bool) -> None:
    """How often each kind of risk came true, by kind of project."""
    comparison = _comparison(kind, domain, method, size)
    with opened() as ws:
        found = ws.insights.base_rates(comparison)
    none = "No kind of risk stands in the registers of two finished projects yet."
    _print(_kinds(comparison, found), "risk", comparison, as_json, none)


def _comparison(kind: str, domain: str, method: str, size: str) -> Comparison:
    from reviewkit.domain.insights import Comparison

    return Comparison(kind, domain, method, size)


def _kinds(comparison: Comparison, found: Sequence[KindRate]) -> list[dict[str, object]]:
    return [
        {"risk": one.title, "registered": one.registered, "risks": one.risks, **_rated(comparison, one.rates)}
        for one in found
    ]


def _rated(comparison: Comparison, rates: Sequence[BaseRate]) -> dict[str, object]:
    """`rates` from the class asked for to all projects, each with its projects."""
    return {
        "rates": [
            {
                "class": str(step),
                "k": rate.k,
                "n": rate.n,
                "low": rate.low,
                "high": rate.high,
                "hits": rate.hits,
                "projects": rate.projects,
            }
            for step, rate in zip(comparison.steps, rates, strict=True)
        ],
        **{f"step{number}": str(rate) for number, rate in enumerate(rates)},
        "interval": f"{rates[0].low:.0%} to {rates[0].high:.0%}" if rates[0].n else "",
        "where": ", ".join(rates[0].hits),
    }


def _print(rows: list[dict[str, object]], name: str, comparison: Comparison, as_json: bool, none: str) -> None:
    steps = {f"step{number}": str(step).upper() for number, step in enumerate(comparison.steps)}
    if as_json:
        shown = {*steps, "interval", "where"}
        rows = [{key: value for key, value in row.items() if key not in shown} for row in rows]
    columns = {name: name.upper(), **steps, "interval": "95 % INTERVAL", "where": "WHERE"}
    print_rows(rows, columns, as_json=as_json, none=none)
