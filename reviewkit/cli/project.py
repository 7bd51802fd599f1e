"""Projects on the command line: import, add, list, show, close."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from reviewkit.cli.terminal.importing import finish, import_options
from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_fields, print_json, print_rows
from reviewkit.cli.terminal.reading import read_text
from reviewkit.domain.errors import Invalid
from reviewkit.domain.projects import Project
from reviewkit.domain.words import ProjectStatus

DAY = click.DateTime(["%Y-%m-%d"])
STATUS = click.Choice([status.value for status in ProjectStatus])


@click.group()
def command() -> None:
    """Projects: finished ones to learn from, and those about to start."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@import_options
def import_(file: Path, mapping: list[tuple[str, str]], dry_run: bool, no_analyse: bool, as_json: bool) -> None:
    """Import projects from a CSV or XLSX FILE; known keys are brought up to date."""
    from reviewkit.workspace.files.imports import import_projects

    with opened() as ws:
        report = import_projects(ws, file, mapping, dry_run=dry_run, who=who())
        finish(ws, report, "projects", no_analyse=no_analyse, as_json=as_json)


@command.command()
@click.argument("key")
@click.argument("name")
@click.option("--brief", default="", help="Purpose, scope and approach in a few sentences.")
@click.option("--brief-file", type=click.Path(path_type=Path), help="A text file that holds the brief; - for stdin.")
@click.option("--kind", default="", help="As in software, construction, supplier change.")
@click.option("--domain", default="", help="The part of the business it belongs to.")
@click.option("--method", default="", help="As in PRINCE2 or Scrum.")
@click.option("--start", type=DAY, help="Planned start, as in 2027-01-11.")
@click.option("--finish", type=DAY, help="Planned finish.")
@click.option("--budget", type=click.FloatRange(min=0), help="Planned budget.")
@click.option("--currency", default="", help="As in GBP.")
@click.option("--sponsor", default="", help="Who answers for its benefits.")
@click.option("--manager", default="", help="Who manages it.")
@click.option("--tag", "tags", multiple=True, help="A word to find it by; may be given several times.")
@click.option("--status", type=STATUS, default=ProjectStatus.PROPOSED.value, show_default=True, help="Where it stands.")
def add(
    key: str,
    name: str,
    brief: str,
    brief_file: Path | None,
    kind: str,
    domain: str,
    method: str,
    start: datetime | None,
    finish: datetime | None,
    budget: float | None,
    currency: str,
    sponsor: str,
    manager: str,
    tags: tuple[str, ...],
    status: str,
) -> None:
    """Add the project KEY, a short word such as TAP, whose full name is NAME."""
    if brief and brief_file:
        raise click.UsageError("Give the brief with --brief or with --brief-file, not both.")
    project = Project(
        key=key,
        name=name,
        brief=read_text(brief_file) if brief_file else brief,
        kind=kind,
        domain=domain,
        method=method,
        planned_start=_day(start),
        planned_finish=_day(finish),
        planned_budget=budget,
        currency=currency,
        sponsor=sponsor,
        manager=manager,
        tags=tags,
        status=ProjectStatus(status),
    )
    if project.planned_start and project.planned_finish and project.planned_finish < project.planned_start:
        raise Invalid(f"Project {key} would finish before it starts; look at --start and --finish.", field="finish")
    with opened() as ws:
        ws.projects.add(project, who=who())
    click.echo(f"Added {key}, {name}.")


@command.command("list")
@click.option("--status", type=STATUS, help="Only those that stand there.")
@json_option
def list_(status: str | None, as_json: bool) -> None:
    """List projects, the latest to start first."""
    with opened() as ws:
        projects = ws.projects.list(ProjectStatus(status) if status else None)
    rows = [
        {
            **as_row(project),
            "start": project.actual_start or project.planned_start,
            "finish": project.actual_finish or project.planned_finish,
            "days_late": project.days_late,
        }
        for project in projects
    ]
    columns = {"key": "KEY", "name": "NAME", "kind": "KIND", "status": "STATUS", "start": "START", "finish": "FINISH"}
    print_rows(rows, columns, as_json=as_json, none="No projects yet: see `reviewkit project add --help`.")


@command.command()
@click.argument("key")
@json_option
def show(key: str, as_json: bool) -> None:
    """Show the project KEY with its register, reviews and lessons counted."""
    with opened() as ws:
        project = ws.projects.get(key)
        counts = {
            "risks": len(ws.risks.list(key)),
            "reviews": len(ws.reviews.list(key)),
            "lessons": len(ws.lessons.list(project=key)),
        }
    row = {**as_row(project), "days_late": project.days_late, **counts}
    if as_json:
        print_json(row)
    else:
        print_fields((name.replace("_", " "), value) for name, value in row.items())


@command.command()
@click.argument("key")
@click.option("--finished", type=DAY, help="The day it finished [default: today].")
def close(key: str, finished: datetime | None) -> None:
    """Close the project KEY, so that kickoffs learn from it."""
    with opened() as ws:
        project = ws.projects.close(key, finished=_day(finished), who=who())
        waiting, _ = ws.outcomes.waiting(key)
        untold = len(ws.registers.unanswered(key))
    click.echo(f"Closed {key} as of {project.actual_finish}.")
    if waiting:
        many = f"{waiting} decision" + ("" if waiting == 1 else "s")
        click.echo(f"Did the advice help? {many} of its kickoff to be told at /projects/{key}/outcomes.")
    if untold:
        many = f"{untold} risk" + ("" if untold == 1 else "s")
        click.echo(f"Did its risks come true? {many} to be told of at /projects/{key}/occurred.")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
