"""Answers to closed questions -> tables with bars, in words that say what is told together."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.domain.words import QuestionType
from reviewkit.workspace.reviewing.results.found import Distribution, cell_label, score_in_words
from webapp.charts import Bar, bars
from webapp.presenters.words import listed, people


@dataclass(frozen=True)
class Chart:
    """Counts as a table with bars; no bars where the answers are too few to be told apart."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]


def chart(found: Distribution) -> Chart:
    """Cells are already such that nobody can be picked out."""
    several = found.question.type is QuestionType.MULTIPLE
    rows = [(cell_label(cell, found.question.type), cell) for cell in found.cells]
    together = [label for label, cell in rows if len(cell.labels) > 1]
    drawn = bars([(label, cell.people) for label, cell in rows], together)
    return Chart(found.question.text, _subtitle(found, several), drawn)


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
        parts.append(f"score {score_in_words(found.net_promoter)}")
    if several:
        parts.append("more than one answer each")
        if found.untold and found.cells:
            parts.append(f"not told: {listed(found.untold)}")
    return ", ".join(parts)
