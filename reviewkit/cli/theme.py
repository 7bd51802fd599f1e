"""Themes on the command line: list, show, diff, and what people decide about them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import F, as_row, json_option, print_fields, print_json, print_rows, table
from reviewkit.domain.privacy import MIN_GROUP, at_least, halves_told
from reviewkit.domain.themes import Decision, Theme, ThemeChange
from reviewkit.domain.words import Area, ThemeStatus, ThemeVerb

COUNTS = ("statements", "troubles", "responses")
"""What is told of a theme in numbers, unless so few people raised it that the numbers would tell of them."""


SHOWN = {
    "subthemes": {"id": "ID", "label": "PART"},
    "merged": {"id": "ID", "label": "MERGED INTO IT"},
    "quotes": {"statement": "STATEMENT", "text": "TEXT"},
    "risks": {"risk": "RISK", "title": "TITLE", "state": "STATE"},
    "decisions": {"id": "DECISION", "said": "WHAT", "who": "WHO", "undone": "TAKEN BACK"},
}
"""The parts of a theme's page, and the columns of each (key -> heading)."""


def why_option(command: F) -> F:
    """`--why`, kept with the decision."""
    return click.option("--why", default="", help="The reason, kept with the decision.")(command)


@click.group()
def command() -> None:
    """Themes: what keeps coming back, and what people decided about it."""


@command.command("list")
@click.option("--area", type=click.Choice([area.value for area in Area]), help="Only those of this area.")
@click.option("--recurring", is_flag=True, help="Only those raised in two projects or more.")
@click.option("--retired", is_flag=True, help="Retired ones too.")
@json_option
def list_(area: str | None, recurring: bool, retired: bool, as_json: bool) -> None:
    """List themes, widest reach first. Counts are in whole fives; of fewer only that there are some is told."""
    with opened() as ws:
        themes = ws.themes.list(retired=retired)
    rows = [_row(theme) for theme in themes if area in (None, theme.area) and (theme.is_recurring or not recurring)]
    columns = {"id": "ID", "label": "THEME", "area": "AREA", "responses": "PEOPLE", "statements": "STATEMENTS"}
    columns |= {"trend": "TREND", "status": "STATUS"}
    if not as_json:
        rows = [{**row, **{name: "fewer than 5" for name in COUNTS if row[name] is None}} for row in rows]
    print_rows(rows, columns, as_json=as_json, none="No themes yet: `reviewkit analyse` finds them in what was said.")


@command.command()
@click.argument("id")
@json_option
def show(id: str, as_json: bool) -> None:
    """Show the theme ID: its parts, quotes with their IDs, risks, and what was decided about it."""
    with opened() as ws:
        view = ws.themes.show(id)
    row = _row(view.theme)
    row["kinds"] = None if row["responses"] is None else view.kinds
    found: dict[str, list[dict[str, object]]] = {
        "subthemes": [_row(part) for part in view.subthemes],
        "merged": [{"id": theme.id, "label": theme.label} for theme in view.merged],
        "quotes": [as_row(quote) for quote in view.quotes],
        "risks": [{**as_row(one.link), "title": one.risk.title} for one in view.risks],
        "decisions": [_decision_row(decision) for decision in view.decisions],
    }
    if as_json:
        print_json({**row, **found})
        return
    kinds = [f"{count} {kind}" for kind, count in view.kinds.items()] if row["kinds"] else None
    print_fields((name.replace("_", " "), value) for name, value in {**row, "kinds": kinds}.items())
    for name, columns in SHOWN.items():
        lines = [[line[column] for column in columns] for line in found[name]]
        if lines:
            click.echo(f"\n{click.style(name.capitalize(), bold=True)}")
            click.echo(table(list(columns.values()), lines))


@command.command()
@click.argument("id")
@click.argument("name")
@why_option
@json_option
def rename(id: str, name: str, why: str, as_json: bool) -> None:
    """Call the theme ID by NAME, whatever a later analysis would call it."""
    with opened() as ws:
        decision = ws.themes.rename(id, name, who=who(), why=why)
    _tell([decision], f"The theme is now called “{decision.value}”.", as_json)


@command.command()
@click.argument("id")
@why_option
@json_option
def confirm(id: str, why: str, as_json: bool) -> None:
    """Confirm the theme ID: it stays as it is."""
    with opened() as ws:
        decision = ws.themes.set_status(id, ThemeStatus.CONFIRMED, who=who(), why=why)
    _tell([decision], "Confirmed.", as_json)


@command.command()
@click.argument("id")
@why_option
@json_option
def retire(id: str, why: str, as_json: bool) -> None:
    """Retire the theme ID: it is shown no more, and what it holds comes back under no other name."""
    with opened() as ws:
        decision = ws.themes.set_status(id, ThemeStatus.RETIRED, who=who(), why=why)
    _tell([decision], "Retired.", as_json)


@command.command()
@click.argument("id")
@click.argument("into")
@why_option
@json_option
def merge(id: str, into: str, why: str, as_json: bool) -> None:
    """Merge the theme ID into the theme INTO, which keeps its name."""
    with opened() as ws:
        decision = ws.themes.merge(id, into, who=who(), why=why)
        kept = ws.themes.get(into)
    _tell([decision], f"Merged “{decision.label}” into “{kept.label}”.", as_json)


@command.command()
@click.argument("id")
@click.argument("statements", nargs=-1, required=True)
@click.option("--name", default="", help="What to call the new theme [default: the next full analysis names it].")
@why_option
@json_option
def split(id: str, statements: tuple[str, ...], name: str, why: str, as_json: bool) -> None:
    """Split STATEMENTS off the theme ID; prints the new theme's ID. A subtheme's ID stands for all its statements."""
    with opened() as ws:
        decision = ws.themes.split(id, statements, name, who=who(), why=why)
        made = ws.themes.get(decision.value)
    _tell([decision], f"Split off {made.id}, “{made.label}”.", as_json)


@command.command()
@click.argument("statements", nargs=-1)
@click.argument("to", required=False)
@click.option("--out", is_flag=True, help="Out of any theme; TO is left out then.")
@why_option
@json_option
def move(statements: tuple[str, ...], to: str | None, out: bool, why: str, as_json: bool) -> None:
    """Move STATEMENTS to the theme or subtheme TO."""
    if out and to:
        statements, to = (*statements, to), None
    if not statements or not (to or out):
        raise click.UsageError("Name the statements, and last the theme to move them to, or --out.")
    with opened() as ws:
        decisions = ws.themes.move(statements, to or "", who=who(), why=why)
        where = f"to “{ws.themes.get(to).label}”" if to else "out of any theme"
    count = len(set(statements))
    _tell(decisions, f"Moved {count} statement{'s' * (count > 1)} {where}.", as_json)


@command.command()
@click.argument("decision")
@json_option
def undo(decision: str, as_json: bool) -> None:
    """Take DECISION back; `theme show` lists a theme's decisions."""
    with opened() as ws:
        undone = ws.themes.undo(decision, who=who())
    if as_json:
        print_json(_decision_row(undone))
    else:
        click.echo(f"Taken back: {_taken_back(undone)}.")


@command.command()
@json_option
def diff(as_json: bool) -> None:
    """Say what the last full run changed: new, grown, split, merged, faded and moved."""
    with opened() as ws:
        run = ws.themes.diff()
    rows = [{**as_row(change, without=["people"]), **_counts(change)} for change in run.changes] if run else []
    if as_json:
        print_json({"at": run.at if run else None, "changes": rows})
        return
    if run:
        click.echo(f"The last full run was on {run.at:%Y-%m-%d %H:%M} UTC.")
    shown = [{**row, "what": _what(row)} for row in rows]
    none = "Nothing changed." if run else "No run yet: `reviewkit analyse` finds themes in what was said."
    print_rows(shown, {"kind": "CHANGE", "theme": "ID", "label": "THEME", "what": ""}, as_json=False, none=none)


def _row(theme: Theme) -> dict[str, object]:
    """Counts in whole fives, since those of a theme and its parts could be subtracted, and months for days."""
    row = {**as_row(theme, without=["representatives", "suggested"]), "recurring": theme.is_recurring}
    told = at_least(theme.reach) is not None
    row |= {name: at_least(getattr(theme, name)) if told else None for name in COUNTS}
    if not halves_told(theme.troubles, theme.statements, theme.reach):
        row["troubles"] = None
    seen = {name: getattr(theme, name) for name in ("first_seen", "last_seen")}
    return row | {name: day and day.replace(day=1) for name, day in seen.items()}


def _decision_row(decision: Decision) -> dict[str, object]:
    return {**as_row(decision, without=["statements", "stayed", "parent"]), "said": _said(decision)}


def _said(decision: Decision) -> str:
    """The decision in words."""
    match decision.verb:
        case ThemeVerb.RENAME:
            return f"renamed to “{decision.value}”"
        case ThemeVerb.STATUS:
            return f"marked as {decision.value}"
        case ThemeVerb.MERGE:
            return f"“{decision.label or decision.subject}” merged into {decision.value}"
        case ThemeVerb.SPLIT:
            return f"{decision.value} split off"
    return f"statements moved to {decision.value or 'no theme'}"


def _taken_back(decision: Decision) -> str:
    """The decision as a noun: what was taken back."""
    match decision.verb:
        case ThemeVerb.RENAME:
            return f"the name “{decision.value}”"
        case ThemeVerb.STATUS:
            return f"the mark “{decision.value}”"
        case ThemeVerb.MERGE:
            return f"the merge of “{decision.label or decision.subject}” into {decision.value}"
        case ThemeVerb.SPLIT:
            return f"the split into {decision.value}"
    return f"the move of statements to {decision.value or 'no theme'}"


def _counts(change: ThemeChange) -> dict[str, int | None]:
    """Sizes in whole fives: what two of them differ by may be what one person wrote; none where few are behind one."""
    sizes = {"before": change.before, "after": change.after, "count": change.count}
    return {name: at_least(size) if change.people >= MIN_GROUP or not size else None for name, size in sizes.items()}


def _what(row: dict[str, object]) -> str:
    """As in “12 statements, from “late parts””."""
    count = "a few" if row["count"] is None else f"at least {row['count']}" if row["count"] else "no"
    joint = {"split": "from", "merged": "into", "moved": "to"}.get(str(row["kind"]))
    statements = f"{count} statements"
    return f"{statements} {joint} “{row['other_label'] or row['other']}”" if joint else statements


def _tell(decisions: Sequence[Decision], text: str, as_json: bool) -> None:
    """The decisions as JSON, or in words with how to take them back."""
    if as_json:
        print_json([_decision_row(decision) for decision in decisions])
        return
    click.echo(text)
    for decision in decisions:
        click.echo(f"`reviewkit theme undo {decision.id}` takes it back.")
