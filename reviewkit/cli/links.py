"""Links to risks on the command line: list them, decide about them, see what that taught."""

from __future__ import annotations

import click

from reviewkit.cli.terminal.opening import opened, who
from reviewkit.cli.terminal.printing import as_row, json_option, print_fields, print_json, print_rows
from reviewkit.domain.words import Confidence, LinkState, Scope, Verdict

ALL = "all"
INNER = ("score", "cosine", "response", "words")
"""What a link is told by inside, and nobody is shown."""

AT_ONCE = 25
"""Lines that are read at once."""

COLUMNS = {
    "id": "LINK",
    "text": "WHAT PEOPLE SAID",
    "risk": "RISK",
    "title": "TITLE",
    "verdict": "VERDICT",
    "confidence": "CONFIDENCE",
    "state": "STATE",
}


@click.command()
@click.option("--project", default="", metavar="KEY", help="Only to the register of this project.")
@click.option(
    "--state",
    type=click.Choice([*(word.value for word in LinkState), ALL]),
    default=LinkState.SUGGESTED.value,
    show_default=True,
    help="Only those that wait for a decision, or that were decided so.",
)
@click.option("--of", "scope", type=click.Choice([Scope.THEMES.value, Scope.STATEMENTS.value]), help="Only of these.")
@click.option("--verdict", type=click.Choice([word.value for word in Verdict]), help="Only of what was judged so.")
@click.option("--confidence", type=click.Choice([word.value for word in Confidence]), help="Only those so sure.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=AT_ONCE,
    show_default=True,
    help="Most to list, the first of the order; --json gives all.",
)
@json_option
def links(
    project: str, state: str, scope: str | None, verdict: str | None, confidence: str | None, limit: int, as_json: bool
) -> None:
    """List links between what people said and risks, the uncertain and far-reaching ones first."""
    from reviewkit.workspace.linking import Wanted

    with opened() as ws:
        if project:
            ws.projects.get(project)
        wanted = Wanted(
            None if state == ALL else LinkState(state),
            project,
            Scope(scope) if scope else None,
            Verdict(verdict) if verdict else None,
            Confidence(confidence) if confidence else None,
        )
        if as_json:
            found, total = ws.links.queue(wanted), 0
        else:
            page = ws.links.page(wanted, 0, limit)
            found, total = page.items, page.total
    rows = [
        {
            "id": one.link.id,
            **as_row(one.link, without=INNER),
            "text": one.text,
            "title": one.risk.title,
            "project": one.risk.project,
            "own": one.own,
            "verdict": one.verdict,
        }
        for one in found
    ]
    if not as_json:
        rows = [{**row, "text": _short(str(row["text"]))} for row in rows]
    print_rows(rows, COLUMNS, as_json=as_json, none="No links here: `reviewkit analyse` suggests them.")
    if total > len(rows):
        click.echo(f"{total - len(rows):,} more: --limit {total} lists all, and --project KEY one register.")


def _decide(ids: tuple[str, ...], state: LinkState, said: str, as_json: bool) -> None:
    with opened() as ws:
        made = ws.links.decide(ids, state, who=who())
    if as_json:
        print_json([{"id": link.id, **as_row(link, without=INNER)} for link in made])
    else:
        click.echo(f"{said}: {len(made)} link{'s' * (len(made) != 1)}.")


@click.command()
@click.argument("ids", nargs=-1, required=True)
@json_option
def confirm(ids: tuple[str, ...], as_json: bool) -> None:
    """Confirm the links IDS: what people said is that risk."""
    _decide(ids, LinkState.CONFIRMED, "Confirmed", as_json)


@click.command()
@click.argument("ids", nargs=-1, required=True)
@json_option
def reject(ids: tuple[str, ...], as_json: bool) -> None:
    """Reject the links IDS: they do not come back."""
    _decide(ids, LinkState.REJECTED, "Rejected", as_json)


@click.command()
@click.argument("ids", nargs=-1, required=True)
@json_option
def undo(ids: tuple[str, ...], as_json: bool) -> None:
    """Take back what was decided about the links IDS; they wait for a decision again."""
    _decide(ids, LinkState.SUGGESTED, "To be decided again", as_json)


@click.command()
@json_option
def trust(as_json: bool) -> None:
    """Say how far the words of confidence can be trusted, and how far people agree with the links."""
    with opened() as ws:
        learned, people = ws.links.learned(), ws.links.people()
    fit, agreed = learned.calibration, people.agreement
    if as_json:
        calibration = {**as_row(fit), "in_use": fit.in_use} if fit else None
        print_json({**as_row(learned), "calibration": calibration, "agreement": as_row(agreed) if agreed else None})
        return
    print_fields(
        [
            ("decisions", f"{learned.decided}, {learned.confirmed} of them confirmed"),
            ("learned", "not enough yet" if fit is None else "in use" if fit.in_use else "not in use: no better"),
            ("people asked", f"at least {agreed.people}" if agreed else "too few to tell"),
            ("of them agree", "not told" if agreed is None or agreed.agree is None else f"at least {agreed.agree}"),
        ]
    )
    if fit:
        rows = [
            {"by": name, "brier": f"{one.brier:.3f}", "log_loss": f"{one.log_loss:.3f}"}
            for name, one in (("fixed rules", fit.words), ("share confirmed", fit.share), ("learned", fit.fit))
        ]
        click.echo()
        print_rows(rows, {"by": "BY", "brier": "BRIER", "log_loss": "LOG LOSS"}, as_json=False, none="")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
