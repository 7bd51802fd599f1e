"""What decisions have taught, and how far people and machine agree -> how far the words can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.domain.foreseen import ENOUGH, Agreement, Band, Calibration, Learned, People
from webapp.charts import Bar
from webapp.presenters.ratings import Chart
from webapp.presenters.words import plural


@dataclass(frozen=True)
class Trust:
    """`chart` shows how often links were confirmed by how sure the fit was; `rivals` (name, Brier, log loss)."""

    said: str
    chart: Chart | None
    bands: tuple[tuple[str, str, str, str], ...]
    rivals: tuple[tuple[str, str, str], ...]
    method: str
    agreement: str


def trust(learned: Learned, people: People) -> Trust:
    fit = learned.calibration
    return Trust(
        said=_said(learned),
        chart=_chart(fit) if fit else None,
        bands=tuple(_band(band) for band in fit.bands) if fit else (),
        rivals=_rivals(fit) if fit else (),
        method=_method(fit) if fit else "",
        agreement=_agreement(people.agreement),
    )


def _said(learned: Learned) -> str:
    fit = learned.calibration
    if fit is None:
        if learned.decided >= ENOUGH:
            return (
                f"{plural(learned.decided, 'decision')}, {learned.confirmed} of them confirmed: to learn from them, at "
                "least five must be confirmed and five rejected. Until then the words follow fixed rules."
            )
        return f"Not enough decisions yet: {learned.decided} of {ENOUGH}. Until then the words follow fixed rules."
    if fit.in_use:
        return (
            f"The words follow {plural(fit.n, 'decision')}, {fit.confirmed} of them confirmed: high where a link is "
            "confirmed in at least 70 of 100 cases, medium from 40, low below."
        )
    return (
        f"Learned from {plural(fit.n, 'decision')}, but that foretells no better than the fixed rules or the share "
        "confirmed so far, so the words stay as the rules have them."
    )


def _chart(fit: Calibration) -> Chart:
    rows = tuple(
        Bar(
            _range(band).removesuffix(" in 100"),
            band.confirmed,
            round(100 * band.confirmed / band.n, 2),
            note=f"of {band.n}",
        )
        for band in fit.bands
    )
    return Chart("How often people confirmed, by how likely in 100 it was foretold", plural(fit.n, "decision"), rows)


def _band(band: Band) -> tuple[str, str, str, str]:
    return (
        _range(band),
        f"{band.n}",
        f"{band.expected * 100:.0f} in 100",
        f"{band.confirmed / band.n * 100:.0f} in 100",
    )


def _range(band: Band) -> str:
    return f"{band.low * 100:.0f} to {band.high * 100:.0f} in 100"


def _rivals(fit: Calibration) -> tuple[tuple[str, str, str], ...]:
    named = (("Fixed rules", fit.words), ("Share confirmed so far", fit.share), ("Learned from decisions", fit.fit))
    return tuple((name, f"{one.brier:.3f}", f"{one.log_loss:.3f}") for name, one in named)


def _method(fit: Calibration) -> str:
    kept = "whole registers" if fit.by_project else "decisions"
    return f"Each figure is of decisions that were kept back: {kept}, in {fit.folds} rounds. Smaller errors are better."


def _agreement(found: Agreement | None) -> str:
    if found is None:
        return "Fewer than five people who told of a problem also said whether it had been identified as a risk."
    asked = f"{'' if found.exact else 'at least '}{found.people:,}"
    told = f"Of {asked} people who told of a problem and said whether it had been identified as a risk, "
    if found.agree is None:
        return f"{told}too few are on one side to tell how many the links agree with."
    many = f"{'' if found.exact else 'at least '}{found.agree:,}"
    return f"{told}the links give the same answer for {many}{_beyond(found.kappa)}."


def _beyond(kappa: float | None) -> str:
    if kappa is None:
        return ""
    word = "no more than" if kappa <= 0.05 else "a little more than" if kappa < 0.4 else "clearly more than"
    return f", {word} chance would (kappa {kappa:.1f})"
