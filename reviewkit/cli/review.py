"""Reviews on the command line: new, open, close, list, link."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_json, print_rows
from reviewkit.domain.privacy import count_or_none
from reviewkit.domain.words import Anonymity


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
@click.option("--named", is_flag=True, help="Answers are shown however few they are [default: anonymous].")
@click.option("--invited", type=click.IntRange(min=0), help="How many people are asked.")
@click.option("--closes", type=click.DateTime(["%Y-%m-%d"]), help="The first day on which it takes no answers, in UTC.")
@json_option
def new(
    project: str, title: str, template: str, named: bool, invited: int | None, closes: datetime | None, as_json: bool
) -> None:
    """Make a review of PROJECT, a draft until it is opened; prints its ID."""
    with opened() as ws:
        review = ws.reviews.new(
            project,
            title=title,
            template_key=template,
            anonymity=Anonymity.NAMED if named else Anonymity.ANONYMOUS,
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
def open_(id: str) -> None:
    """Let answers into the review ID."""
    with opened() as ws:
        review = ws.reviews.open(id, who=who())
    click.echo(f"Opened “{review.title}”. `reviewkit review link {id}` makes a link to its form.")


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
def link(id: str) -> None:
    """Make a new link to the form of the review ID and print its path. It is shown this once."""
    with opened() as ws:
        token = ws.reviews.new_link(id, who=who())
    click.echo(f"/r/{token}")
