"""Answers to closed questions -> tables with bars, in words that say what is told together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewkit.domain.privacy import NO_ANSWER, Cell
from reviewkit.domain.words import QuestionType
from reviewkit.workspace.reviewing.results.found import Distribution, NetPromoter
from webapp.charts import Bar, bars
from webapp.presenters.words import listed, people

ORDERED = (QuestionType.RATING, QuestionType.NPS, QuestionType.DATE)


@dataclass(frozen=True)
class Chart:
    """Counts as a table with bars; no bars where the answers are too few to be told apart."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]


def chart(found: Distribution) -> Chart:
    """Cells are already such that nobody can be picked out."""
    several = found.question.type is QuestionType.MULTIPLE
    rows = [(_label(cell, found.question.type), cell) for cell in found.cells]
    together = [label for label, cell in rows if len(cell.labels) > 1]
    drawn = bars([(label, cell.people) for label, cell in rows], together)
    return Chart(found.question.text, _subtitle(found, several), drawn)


def score(found: NetPromoter) -> str:
    """As in “+20, likely between −4 and +42”."""
    return f"{signed(found.score)}, likely between {signed(found.low)} and {signed(found.high)}"


def signed(points: int) -> str:
    return f"{points:+d}".replace("-", "−") if points else "0"


def _subtitle(found: Distribution, several: bool) -> str:
    if found.n is None:
        told = f"{people(found.everybody)}, with or without an answer"
    elif found.n == found.everybody:
        told = people(found.n)
    else:
        told = f"{people(found.n)} of {found.everybody:,}"
    parts = [told]
    if found.mean is not None:
        parts.append(f"{found.mean:.1f} on average")
    if found.net_promoter is not None:
        parts.append(f"score {score(found.net_promoter)}")
    if several:
        parts.append("more than one answer each")
        if found.untold and found.cells:
            parts.append(f"not told: {listed(found.untold)}")
    return ", ".join(parts)


def _label(cell: Cell, kind: QuestionType) -> str:
    """As in “1–3” of 1, 2 and 3, “partly or no”, “1–3 or no answer”."""
    steps = [label for label in cell.labels if label != NO_ANSWER]
    if len(steps) > 1 and kind in ORDERED:
        steps = [_span(steps)]
    return _either([*steps, *(label for label in cell.labels if label == NO_ANSWER)])


def _span(steps: Sequence[str]) -> str:
    first, last = steps[0].split("–")[0], steps[-1].split("–")[-1]
    return f"{first}–{last}" if first.isdigit() else f"{first} – {last}"


def _either(labels: Sequence[str]) -> str:
    return " or ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
