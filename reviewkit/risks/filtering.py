"""A register and what somebody wants to see of it -> those entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import GRID, VALUES, level_of


def matching(risks: Iterable[Risk], query: Mapping[str, str]) -> list[Risk]:
    """The entries that have all that `query` asks for, in their order; filters it does not know are passed over.

    `query` is keyed by `domain.registers.FILTERS`; blank values ask for nothing.
    """
    wanted = {name: query[name] for name in VALUES if query.get(name)}
    cell = {name: query[name] for name in GRID if query.get(name)}
    words = query.get("q", "").casefold().split()
    return [
        risk
        for risk in risks
        if all(str(getattr(risk, name)) == value for name, value in wanted.items())
        and all(str(level_of(risk, name, query)) == value for name, value in cell.items())
        and (not words or _says(risk, words))
    ]


def _says(risk: Risk, words: Iterable[str]) -> bool:
    told = (risk.ref, risk.text, risk.category, risk.owner, risk.response_text, risk.occurred_note)
    text = "\n".join(told).casefold()
    return all(word in text for word in words)
