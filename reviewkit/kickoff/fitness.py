"""Dismissals -> whether advice fits a kind of project, and what that is worth at the next kickoff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewkit.domain.dismissals import Dismissal, Fit, Why

SWAY = 0.25
"""By how much of its score advice can fall, as for having helped: less than what relevance moves."""

SHRINK = 4
"""Projects that must have decided before their share counts half."""

SEVERAL = 2
"""Projects of a kind that must say it: one may be mistaken, or a case of its own."""


def fitness(fit: Fit | None) -> float:
    """The factor from 0.75 to 1 by which advice counts for not having applied to projects of the brief's kind.

    1 - 0.25 × u / (u + t + 4) for u projects that it did not apply to and t that took it; exactly 1 below two.
    """
    if fit is None or fit.unfit < SEVERAL:
        return 1.0
    return 1.0 - SWAY * fit.unfit / (fit.unfit + fit.taken + SHRINK)


def fits(dismissed: Iterable[Dismissal], taken: Iterable[tuple[str, str]], kind: str) -> Mapping[str, Fit]:
    """Topic -> how it fits projects of `kind`; only topics that any of them found not to apply.

    `dismissed` has at most one a project and topic; `taken` are (topic, kind) of decisions for it. That a project does
    it already, or finds it too dear, says nothing of whether it applies.
    """
    wanted = kind.strip().casefold()
    if not wanted:
        return {}
    unfit: dict[str, int] = {}
    for one in dismissed:
        if one.why is Why.UNFIT and one.kind.strip().casefold() == wanted:
            unfit[one.topic] = unfit.get(one.topic, 0) + 1
    held = [topic for topic, theirs in taken if theirs.strip().casefold() == wanted]
    return {topic: Fit(kind, count, held.count(topic)) for topic, count in unfit.items()}
