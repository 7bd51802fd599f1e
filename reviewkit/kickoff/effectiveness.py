"""Outcomes -> how often each lesson or theme helped, and what that is worth at the next kickoff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewkit.domain.kickoffs import Recommendation
from reviewkit.domain.outcomes import Effectiveness, Outcome
from reviewkit.domain.words import Applied, Choice, Helped, Occurred
from reviewkit.risks.base_rates import base_rate

SWAY = 0.25
"""By how much of its score advice can rise or fall for having helped or not: less than what relevance moves."""

SHRINK = 4
"""Projects that must have told before their share counts half: two that helped and two that did not are assumed."""


def weight(effect: Effectiveness | None) -> float:
    """The factor from 0.75 to 1.25 by which advice counts for having helped in k of the n projects that can tell.

    The share k / n is shrunk towards the neutral one half as if two more projects had been helped and two not:
    1 + 0.25 × (2 (k + 2) / (n + 4) - 1). So it is exactly 1 for n = 0, one project moves it by a twentieth, and it
    nears its bounds only over many. Each further project that was helped raises it, each that was not lowers it.
    """
    if effect is None or not effect.helped.n:
        return 1.0
    share = (effect.helped.k + SHRINK / 2) / (effect.helped.n + SHRINK)
    return 1.0 + SWAY * (2 * share - 1)


def effectiveness(outcomes: Iterable[Outcome]) -> dict[str, Effectiveness]:
    """Topic -> how it did. `outcomes` has at most one a project and topic."""
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(one.topic, []).append(one)
    return {topic: _effectiveness(found) for topic, found in groups.items()}


def standing(kickoffs: Sequence[Sequence[Recommendation]]) -> list[Recommendation]:
    """What a project decided for: accepted and adapted advice of its `kickoffs` (the latest last), each topic as it was
    last decided; in the order of the latest kickoff, then of those before."""
    latest: dict[str, Recommendation] = {}
    for recommendations in reversed(kickoffs):
        for one in sorted(recommendations, key=lambda one: one.rank):
            latest.setdefault(one.topic, one)
    return [one for one in latest.values() if one.choice in (Choice.ACCEPTED, Choice.ADAPTED)]


def wording(one: Recommendation) -> str:
    """The advice as it was decided."""
    return one.choice_text if one.choice is Choice.ADAPTED and one.choice_text else one.advice


def _effectiveness(found: Sequence[Outcome]) -> Effectiveness:
    applied = [one for one in found if one.applied is not Applied.NO]
    told = [one for one in found if one.tells]
    known = [one for one in applied if one.recurred is not Occurred.UNKNOWN]
    return Effectiveness(
        scope=found[0].scope,
        source=found[0].source,
        applied=base_rate(_projects(applied), _projects(found)),
        helped=base_rate(_projects(one for one in told if one.helped is not Helped.NO), _projects(told)),
        recurred=base_rate(_projects(one for one in known if one.recurred is Occurred.YES), _projects(known)),
    )


def _projects(outcomes: Iterable[Outcome]) -> list[str]:
    return [one.project for one in outcomes]
