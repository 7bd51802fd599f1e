"""A recommendation's figures -> why it stands at its place, in words."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.domain.words import Scope
from reviewkit.kickoff.candidates import USUAL_SEVERITY
from reviewkit.kickoff.effectiveness import weight
from reviewkit.kickoff.fitness import fitness
from reviewkit.kickoff.recommend import Candidate

NEAR = ((2.0, "much nearer"), (1.0, "nearer"), (0.25, "a little nearer"))
"""Standard deviations above the mean, in words."""


def weighed(candidate: Candidate, scores: Sequence[float], score: float) -> tuple[str, ...]:
    """Relevance, recurrence, severity, what came of it before and for whom it did not apply, each with its figure.

    `scores` are those of all that was recommended beside it.
    """
    what = "lesson" if candidate.scope is Scope.LESSONS else "theme"
    near = next((words for bar, words in NEAR if candidate.relevance >= bar), "about as near")
    than = "as most" if near.startswith("about") else "than most"
    said = [f"Relevance: it is {near} to the brief {than} {what}s ({candidate.relevance:+.1f} standard deviations)."]
    said.append(_recurrence(candidate))
    said.append(_severity(candidate.severity))
    said.append(_effect(candidate))
    if candidate.fit is not None:
        said.append(_fit(candidate))
    if candidate.scope is Scope.THEMES:
        said.append("A theme says what to expect and counts half; it stands after the lessons, which say what to do.")
    best = max(scores, default=0.0)
    if best > 0:
        said.append(f"All in all it weighs {score / best:.0%} of the weightiest here; what repeats others moves down.")
    return tuple(said)


def _recurrence(candidate: Candidate) -> str:
    """What was counted, and what is expected from that: the count is told, the expectation is what is weighed."""
    rate, expected = candidate.rate, candidate.expected
    if rate is not None and rate.n:
        counted = f"it came up in {rate} similar projects, likely {rate.low * 100:.0f} to {rate.high * 100:.0f} in 100"
    else:
        counted = "there is no similar project to count over"
    if expected is None:
        return f"Recurrence: {counted}; no finished project tells how often to expect it, so it counts as even odds."
    return (
        f"Recurrence: {counted}. Over all finished projects, those like this one counting for more, it is to be "
        f"expected in about {expected * 100:.0f} of 100 like it; that is the figure that counts."
    )


def _severity(severity: float) -> str:
    if severity == USUAL_SEVERITY:
        return "Severity: no risk that came true is tied to it, so it counts as middling."
    return f"Severity: the gravest risk tied to it that came true was rated {severity * 25:.0f} of 25."


def _effect(candidate: Candidate) -> str:
    effect = candidate.effect
    if effect is None or not effect.said:
        return "Effect: not enough yet; no project has told whether it helped, so it counts neither way."
    return f"Effect: {effect.said[:1].lower()}{effect.said[1:]} That moves it by {weight(effect) - 1:+.0%}."


def _fit(candidate: Candidate) -> str:
    assert candidate.fit is not None
    fit, factor = candidate.fit, fitness(candidate.fit)
    many = f"{fit.unfit} {fit.kind} project{'' if fit.unfit == 1 else 's'}"
    taken = f"{fit.taken} took it" if fit.taken else "none took it"
    moved = "that alone moves nothing" if factor == 1 else f"that moves it by {factor - 1:+.0%}"
    return f"Fit: {many} dismissed it as not applying, {taken}; {moved}."
