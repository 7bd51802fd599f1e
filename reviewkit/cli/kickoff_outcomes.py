"""What a project accepted at its kickoffs, and what came of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reviewkit.cli.terminal.opening import note, opened, who
from reviewkit.cli.terminal.printing import json_option, print_rows
from reviewkit.domain.words import Applied, Helped, Occurred

if TYPE_CHECKING:
    from reviewkit.workspace.advising.outcomes import Decided

COLUMNS = {
    "id": "id",
    "applied": "applied",
    "helped": "helped",
    "recurred": "happened anyway",
    "reviewed": "review says it helped",
    "advice": "advice",
}
HELPED = {"yes": Helped.YES, "partly": Helped.PARTLY, "no": Helped.NO, "unknown": Helped.UNKNOWN}


@click.command("outcomes")
@click.argument("project")
@click.option("--set", "id", default="", metavar="ID", help="The recommendation to tell the outcome of.")
@click.option("--applied", type=click.Choice([one.value for one in Applied]), help="With --set: was it applied?")
@click.option("--helped", type=click.Choice([*HELPED]), help="With --set: did it help?")
@click.option(
    "--recurred", type=click.Choice([one.value for one in Occurred]), help="With --set: did it happen anyway?"
)
@click.option("--note", "said", default="", metavar="TEXT", help="With --set: a few words on it.")
@json_option
def outcomes(
    project: str, id: str, applied: str | None, helped: str | None, recurred: str | None, said: str, as_json: bool
) -> None:
    """List what PROJECT accepted and what came of it; with --set, tell the outcome of one."""
    if not id and (applied or helped or recurred or said):
        raise click.UsageError("Say which one with --set ID; the list tells the ids.")
    if id and applied is None:
        raise click.UsageError("Say with --applied whether it was applied: yes, partly or no.")
    with opened() as ws:
        if id:
            ws.outcomes.tell(
                project,
                id,
                applied=Applied(applied or ""),
                helped=HELPED[helped or "unknown"],
                recurred=Occurred(recurred or "unknown"),
                note=said,
                who=who(),
            )
            note(f"Told what came of {id}.")
        found = ws.outcomes.of(project)
    rows = [_row(one) for one in found if not id or one.recommendation.id == id]
    print_rows(rows, COLUMNS, as_json=as_json, none=f"{project} has accepted nothing at a kickoff yet.")


def _row(one: Decided) -> dict[str, object]:
    told, said = one.outcome, one.reviewed
    return {
        "id": one.recommendation.id,
        "advice": one.wording,
        "choice": one.recommendation.choice,
        "applied": told.applied if told else "",
        "helped": told.helped if told else "",
        "recurred": told.recurred if told else "",
        "reviewed_applied": said.applied if said else "",
        "reviewed": said.helped if said and said.tells else "",
        "reviewed_recurred": said.recurred if said and said.recurred is not Occurred.UNKNOWN else "",
        "note": told.note if told else "",
    }
