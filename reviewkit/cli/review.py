"""Reviews on the command line: new, open, extend, close, list, link."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewkit.cli.terminal.opening import note, opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_json, print_rows
from reviewkit.domain.errors import ReviewkitError
from reviewkit.domain.privacy import count_or_none
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity

if TYPE_CHECKING:
    from reviewkit.workspace import Workspace

MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
"""A date, at midnight, or a date and a time; its zone is the review's."""


@click.group()
def command() -> None:
    """Reviews of projects, and the links that lead to their forms."""


@command.command()
@click.argument("project")
@click.option("--title", default="", help="Its title [default: the template's, with the project's name].")
@click.option(
    "--template",
    "template",
    default="post_implementation",
    show_default=True,
    metavar="KEY|FILE.toml",
    help="Which questions it asks: `reviewkit review templates` lists them, or a file of your own.",
)
@click.option("--named", is_flag=True, help="Names are asked for, and answers shown however few [default: anonymous].")
@click.option("--choose", is_flag=True, help="Everybody chooses whether to give a name, which no page shows.")
@click.option("--invited", type=click.IntRange(min=0), help="How many people are asked.")
@click.option("--closes", type=click.DateTime(["%Y-%m-%d"]), help="The first day on which it takes no answers, in UTC.")
@json_option
def new(
    project: str,
    title: str,
    template: str,
    named: bool,
    choose: bool,
    invited: int | None,
    closes: datetime | None,
    as_json: bool,
) -> None:
    """Make a review of PROJECT, a draft until it is opened; prints its ID."""
    if named and choose:
        raise click.UsageError("--named and --choose exclude each other.")
    with opened() as ws:
        review = ws.reviews.new(
            project,
            title=title,
            template_key=template,
            anonymity=Anonymity.NAMED if named else Anonymity.CHOOSE if choose else Anonymity.ANONYMOUS,
            invited=invited,
            closes=closes.replace(tzinfo=UTC) if closes else None,
            who=who(),
        )
    if as_json:
        print_json(as_row(review, without=["questions"]))
    else:
        click.echo(review.id)


@command.command()
@click.argument("key", required=False)
@json_option
def templates(key: str | None, as_json: bool) -> None:
    """List the templates a review can be made from, or print the one called KEY as TOML, to make your own of it."""
    with opened() as ws:
        if key and not as_json:
            click.echo(ws.templates.text(key), nl=False)
            return
        found = [ws.templates.get(key)] if key else ws.templates.list()
    rows = [{**as_row(one, without=["questions"]), "questions": len(one.questions)} for one in found]
    columns = {"key": "KEY", "title": "TITLE", "wave": "WAVE", "questions": "QUESTIONS", "minutes": "MINUTES"}
    print_rows(rows, columns, as_json=as_json, none="No templates.")


@command.command("open")
@click.argument("id")
@click.option("--opens", type=MOMENT, metavar="MOMENT", help="When it begins to take answers [default: now].")
@click.option("--closes", type=MOMENT, metavar="MOMENT", help="When it closes by itself [default: never].")
@click.option("--time-zone", default="", metavar="ZONE", help="Of both dates, as in Europe/Berlin [default: UTC].")
def open_(id: str, opens: datetime | None, closes: datetime | None, time_zone: str) -> None:
    """Let answers into the review ID, now or later. From now on its questions and its anonymity are settled."""
    with opened() as ws:
        review = ws.reviews.open(id, opens=opens, closes=closes, time_zone=time_zone, who=who())
    _say_when(review)
    click.echo(f"`reviewkit review link {id}` makes a link to its form.")


@command.command()
@click.argument("id")
@click.option("--closes", type=MOMENT, metavar="MOMENT", required=True, help="When it closes by itself.")
@click.option("--time-zone", default="", metavar="ZONE", help="Of that date, as in Europe/Berlin [default: its own].")
def extend(id: str, closes: datetime, time_zone: str) -> None:
    """Give the review ID a later closing date; one that has closed is open again."""
    with opened() as ws:
        review = ws.reviews.extend(id, closes, time_zone=time_zone, who=who())
    _say_when(review)


@command.command()
@click.argument("id")
def close(id: str) -> None:
    """Let no more answers into the review ID."""
    with opened() as ws:
        review = ws.reviews.close(id, who=who())
    click.echo(f"Closed “{review.title}”.")


@command.command("list")
@click.option("--project", metavar="KEY", help="Only this project's.")
@json_option
def list_(project: str | None, as_json: bool) -> None:
    """List reviews, open ones first. Of fewer than five answers only that there are some is told."""
    with opened() as ws:
        found = ws.reviews.list(project)
    rows = [
        {**as_row(summary.review, without=["questions", "intro"]), "responses": count_or_none(summary.responses)}
        for summary in found
    ]
    columns = {"id": "ID", "project": "PROJECT", "title": "TITLE", "status": "STATUS", "responses": "ANSWERS"}
    if not as_json:
        rows = [{**row, "responses": "fewer than 5" if row["responses"] is None else row["responses"]} for row in rows]
    print_rows(rows, columns, as_json=as_json, none="No reviews here: see `reviewkit review new --help`.")


@command.command()
@click.argument("id")
@click.option(
    "--invite",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Make a personal link for everybody in a CSV or XLSX file with the columns address and perhaps role.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the personal links, as CSV."
)
@click.option("--site", default="", metavar="URL", help="The address of your server, put before each link.")
@click.option("--revoke", metavar="LINK", help="Let nobody in by this link any more.")
@click.option("--revoke-all", is_flag=True, help="Let nobody in by any of the links made so far.")
def link(id: str, invite: Path | None, out: Path | None, site: str, revoke: str | None, revoke_all: bool) -> None:
    """Make a new link to the form of the review ID and print its path, or personal links; or revoke links.

    A link is shown this once.
    """
    if sum(map(bool, (invite, revoke, revoke_all))) > 1 or (out and not invite):
        raise click.UsageError("Choose one of --invite (with --out), --revoke and --revoke-all.")
    site = site.rstrip("/")
    with opened() as ws:
        if revoke:
            ws.inviting.withdraw(id, revoke, who=who())
            click.echo("Revoked 1 link.")
        elif revoke_all:
            count = ws.inviting.withdraw_all(id, who=who())
            click.echo(f"Revoked {count} link{'' if count == 1 else 's'}.")
        elif invite:
            _invite(ws, id, invite, out, site)
        else:
            click.echo(f"{site}/r/{ws.reviews.new_link(id, who=who())}")


def _invite(ws: Workspace, id: str, people: Path, out: Path | None, site: str) -> None:
    """Makes personal links and writes them, for their owner's eyes, or prints them."""
    from reviewkit.workspace.reviewing.inviting import links_csv

    if out is None:
        click.echo(links_csv(ws.inviting.invite(id, people, who=who()), site), nl=False)
        return
    fresh = not out.exists()
    out.touch(mode=0o600)  # first, since links that cannot be written would be lost
    try:
        with out.open("r+", encoding="utf-8", newline="") as file:
            made = ws.inviting.invite(id, people, who=who())
            file.truncate()
            file.write(links_csv(made, site))
    except ReviewkitError:
        if fresh:
            out.unlink()
        raise
    note(f"Made {len(made)} personal link{'' if len(made) == 1 else 's'}. Written to {out}; they are shown this once.")


def _say_when(review: Review) -> None:
    from reviewkit.workspace.reviewing.moments import zone_of

    zone = zone_of(review.time_zone)
    says = [
        f"{word} {moment.astimezone(zone):%d %b %Y, %H:%M} ({zone})"
        for word, moment in (("from", review.opens), ("until", review.closes))
        if moment
    ]
    click.echo(f"“{review.title}” takes answers {' '.join(says)}.")
