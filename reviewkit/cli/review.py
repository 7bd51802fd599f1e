"""Reviews on the command line: new, open, close, list, link, results."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_json, print_rows, table
from reviewkit.domain.privacy import count_or_none
from reviewkit.domain.words import Anonymity, FileType, Kind


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
def link(id: str) -> None:
    """Make a new link to the form of the review ID and print its path. It is shown this once."""
    with opened() as ws:
        token = ws.reviews.new_link(id, who=who())
    click.echo(f"/r/{token}")


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
