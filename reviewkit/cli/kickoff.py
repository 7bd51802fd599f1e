"""A brief -> what past projects advise, each piece with its reasons and evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewkit.cli.kickoff_outcomes import outcomes
from reviewkit.cli.terminal.opening import note, opened, who
from reviewkit.cli.terminal.printing import json_option, opening, print_json, wrapped
from reviewkit.cli.terminal.reading import read_bytes
from reviewkit.domain.words import ReportFormat

if TYPE_CHECKING:
    from reviewkit.domain.kickoffs import Recommendation, RiskForecast, SimilarProject
    from reviewkit.workspace.advising.kickoffs import Advice

ENDINGS = ", ".join(f".{one}" for one in ReportFormat)
INDENT = "   "
MOST_BRIEF = 5_000_000
"""Bytes that are read of a brief's file."""

QUOTES, PROJECTS, FORECASTS = 3, 5, 8
ADVICE, BECAUSE = 400, 300
"""Characters that are printed of what may be a page; the web app and --json show all of it."""


@click.group(invoke_without_command=True)
@click.option("--project", metavar="KEY", help="The project whose brief it is; the advice is saved with it.")
@click.option(
    "--brief",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A brief: text, Markdown, DOCX or PDF; - for stdin.",
)
@click.option("--top", type=click.IntRange(1, 50), default=7, show_default=True, help="Most recommendations.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=f"Write it to a file instead; how its name ends says as what: {ENDINGS}.",
)
@click.option("--digest", is_flag=True, help="With --out: only what fits one page.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    project: str | None,
    brief: Path | None,
    top: int,
    out: Path | None,
    digest: bool,
    as_json: bool,
) -> None:
    """What past projects advise one that is about to start."""
    if context.invoked_subcommand:
        if project or brief or out or digest or as_json:
            raise click.UsageError(f"Options of the kickoff itself do not go with “{context.invoked_subcommand}”.")
        return
    written_as = next((one for one in ReportFormat if out and out.suffix.casefold() == f".{one}"), None)
    if out and written_as is None:
        raise click.UsageError(f"“{out.name}” must end in one of {ENDINGS}, so that it is clear what to write.")
    if digest and not out:
        raise click.UsageError("--digest is for a file: add --out FILE.")
    if out and as_json:
        raise click.UsageError("Choose one of --out and --json.")
    if (project is None) == (brief is None):
        raise click.UsageError("Say which project it is for: --project KEY, or --brief FILE.")
    with opened() as ws:
        if project is not None:
            advice = ws.kickoffs.for_project(project, top=top, who=who())
        else:
            file = brief or Path("-")
            text = ws.kickoffs.read_brief(read_bytes(file, MOST_BRIEF), file.name)
            advice = ws.kickoffs.for_brief(text, top=top)
        content = ws.kickoffs.file(advice, written_as, digest=digest) if written_as else b""
    if out:
        out.write_bytes(content)
        note(f"Wrote {out}.")
    elif as_json:
        print_json(advice)
    else:
        print_advice(advice)


command.add_command(outcomes)


def print_advice(advice: Advice) -> None:
    """The similar projects, the recommendations, and what was feared and came true before."""
    if advice.kickoff.similar:
        click.echo("Past projects like it:")
        for similar in advice.kickoff.similar[:PROJECTS]:
            _print_similar(similar)
        click.echo()
    for recommendation in advice.recommendations:
        print_recommendation(recommendation)
    if not advice.recommendations:
        click.echo(
            "Nothing to advise yet. Kickoffs learn from published lessons and from themes and registers of finished"
            " projects: import some, or publish drafts with `reviewkit lesson move`.",
            err=True,
        )
    if advice.kickoff.forecasts:
        click.echo("What projects like it met:")
        for forecast in advice.kickoff.forecasts[:FORECASTS]:
            _print_forecast(forecast)


def print_recommendation(recommendation: Recommendation) -> None:
    """The advice, why here, k of n, quotes, and what does not match."""
    click.echo(wrapped(opening(recommendation.advice, ADVICE), first=f"{recommendation.rank:>2}. ", indent="    "))
    _print_part("why here", opening(recommendation.because, BECAUSE))
    for reason in recommendation.reasons:
        _print_part("reason", reason)
    rate = recommendation.base_rate
    if rate is not None:
        bounds = f"95 % interval {rate.low:.0%} to {rate.high:.0%}"
        named = f"; {', '.join(rate.hits)}" if rate.hits else ""
        _print_part("how often", f"{rate} similar projects ({bounds}{named})")
    for quote in recommendation.quotes[:QUOTES]:
        _print_part("heard", f"“{opening(quote.text, BECAUSE)}” ({quote.project})")
    for mismatch in recommendation.mismatches:
        _print_part("but", mismatch)
    _print_part("from", f"{recommendation.scope.removesuffix('s')} {recommendation.source}")
    click.echo()


def _print_similar(similar: SimilarProject) -> None:
    why = [*similar.shared_attributes]
    if similar.shared_words:
        why.append("both speak of " + ", ".join(similar.shared_words[:5]))
    click.echo(wrapped("; ".join(why), first=f"{INDENT} {similar.project}: ", indent=INDENT + "   "))


def _print_forecast(forecast: RiskForecast) -> None:
    hits = f" ({', '.join(forecast.base_rate.hits)})" if forecast.base_rate.hits else ""
    text = f"{forecast.title}: came true in {forecast.base_rate}{hits}, registered in {len(forecast.registered)}"
    click.echo(wrapped(text, first=INDENT + " ", indent=INDENT + "   "))


def _print_part(name: str, text: str) -> None:
    if text:
        click.echo(wrapped(text, first=f"    {name:<9} ", indent=" " * 14))
