"""Reviews on the command line: new, open, extend, close, list, link, results."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewkit.cli.terminal.opening import note, opened, settings, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_json, print_rows, table
from reviewkit.domain.errors import ReviewkitError
from reviewkit.domain.privacy import count_or_none
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, FileType, Kind

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
@click.option("--import", "source", metavar="FILE.toml", help="Bring in a template of your own; prints its KEY.")
@click.option("--replace", is_flag=True, help="With --import: in place of your own template of the same KEY.")
@click.option("--remove", is_flag=True, help="Remove your own template KEY; reviews made from it keep their questions.")
@json_option
def templates(key: str | None, source: str | None, replace: bool, remove: bool, as_json: bool) -> None:
    """List the templates a review can be made from, or print the one called KEY as TOML, to make your own of it."""
    if (source is not None and (key or remove or as_json)) or (remove and (not key or as_json)):
        raise click.UsageError("Give a KEY, a KEY to --remove, or a file to --import, one at a time.")
    if replace and source is None:
        raise click.UsageError("--replace goes with --import.")
    with opened() as ws:
        if source is not None:
            click.echo(ws.templates.save(ws.templates.from_file(source), replace=replace, who=who()).key)
            return
        if key and remove:
            ws.templates.remove(key, who=who())
            return
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
    """List reviews, open ones first. Answers still held back are counted in whole fives, fewer than five not at all."""
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
@click.option("--site", metavar="URL", help="The address of your server, put before each link.")
@click.option("--revoke", metavar="LINK", help="Let nobody in by this link any more.")
@click.option("--revoke-all", is_flag=True, help="Let nobody in by any of the links made so far.")
def link(
    id: str, invite: Path | None, out: Path | None, site: str | None, revoke: str | None, revoke_all: bool
) -> None:
    """Make a new link to the form of the review ID and print its path, or personal links; or revoke links.

    A link is shown this once.
    """
    if sum(map(bool, (invite, revoke, revoke_all))) > 1 or (out and not invite):
        raise click.UsageError("Choose one of --invite (with --out), --revoke and --revoke-all.")
    site = settings(site).public_url
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


@command.command()
@click.argument("id")
@click.option("--lens", default="", metavar="HEADING", help="Only what was written under this heading.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only statements of this kind.")
@click.option("--theme", default="", metavar="ID", help="Only statements in this theme.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.{csv,xlsx,json}",
              help="Write a file instead; its ending says of which kind.")  # fmt: skip
@json_option
def results(id: str, lens: str, kind: str | None, theme: str, out: Path | None, as_json: bool) -> None:
    """Tell what people answered in the review ID: who, how they rated, what they said.

    Groups of fewer than five people are told together with others, or not at all.
    """
    from reviewkit.workspace.reviewing.results.exporting import COLUMNS, results_record, results_rows
    from reviewkit.workspace.reviewing.results.found import View

    view, ending = View(lens, Kind(kind) if kind else None, theme), out.suffix[1:].lower() if out else ""
    if out and ending not in [*FileType]:
        raise click.UsageError(f"{out.name} must end in .csv, .xlsx or .json.")
    with opened() as ws:
        if out:
            out.write_bytes(ws.results.export(id, FileType(ending), view))
            return
        found = ws.results.of(id, view)
    if as_json:
        print_json(results_record(found))
        return
    rows = [[row[0], row[1], row[2], "" if row[3] is None else row[3], row[4]] for row in results_rows(found)]
    click.echo(table([column.upper() for column in COLUMNS], rows))


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
