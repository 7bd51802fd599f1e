"""The sample's true links as decisions -> what confidence learned from them is worth on registers kept back."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.domain.words import Scope
from reviewkit.risks.calibration import Judged, calibrate
from reviewkit.workspace import Workspace


def print_calibration(ws: Workspace, true: Mapping[str, str]) -> None:
    """A problem's suggested link counts as confirmed where `true` (statement -> risk, blank for none) has it.

    All others count as rejected. Nobody decided these: whoever wrote the truth knew what was meant, and only what the
    machine suggests is decided.
    """
    project_of = {risk.id: risk.project for risk in ws.context.store.risks.all()}
    judged = [
        Judged(link.score, link.cosine, True, link.confidence, project_of[link.risk], true[link.source] == link.risk)
        for link in ws.context.store.links.all(scope=Scope.STATEMENTS)
        if link.source in true and link.cosine is not None
    ]
    fit = calibrate(judged)
    if fit is None:
        print(f"calibration  not enough simulated decisions: {len(judged)}")
        return
    kept = "registers" if fit.by_project else "decisions"
    print(
        f"calibration  {fit.n} simulated decisions, {fit.confirmed} confirmed, {kept} kept back in {fit.folds} rounds"
    )
    for name, one in (("rules", fit.words), ("share", fit.share), ("learned", fit.fit)):
        print(f"  {name:10} Brier {one.brier:.3f}, log loss {one.log_loss:.3f}")
    bands = ", ".join(f"{band.expected:.2f}: {band.confirmed}/{band.n}" for band in fit.bands)
    print(f"  {'in use' if fit.in_use else 'not in use'}; mean foretold: confirmed of n: {bands}")
