"""A risk and a wish -> the risk in its next state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reviewkit.domain.errors import TransitionRefused
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Occurred
from reviewkit.domain.words import RiskStatus as State

NEXT: dict[State, tuple[State, ...]] = {
    State.IDENTIFIED: (State.ASSESSED, State.RESPONDING, State.OCCURRED, State.CLOSED, State.REJECTED),
    State.ASSESSED: (State.RESPONDING, State.OCCURRED, State.CLOSED, State.REJECTED, State.IDENTIFIED),
    State.RESPONDING: (State.OCCURRED, State.CLOSED, State.REJECTED, State.ASSESSED),
    State.CLOSED: (State.RESPONDING, State.OCCURRED),
    State.OCCURRED: (State.CLOSED, State.RESPONDING),
    State.REJECTED: (State.IDENTIFIED,),
}
"""Where a risk can go from each state."""

ENDED = frozenset({State.CLOSED, State.OCCURRED, State.REJECTED})


def move(risk: Risk, state: State, today: date) -> Risk:
    """The risk in `state`. One that occurred says so and when; one that ends gets the day, one that goes on loses it.

    Raises TransitionRefused where its life does not lead there.
    """
    if state not in NEXT[risk.status]:
        raise TransitionRefused("risk", risk.status, state, NEXT[risk.status])
    if state is State.OCCURRED:
        return replace(risk, status=state, occurred=Occurred.YES, occurred_on=risk.occurred_on or today)
    return replace(risk, status=state, closed_on=(risk.closed_on or today) if state in ENDED else None)


def told(risk: Risk, occurred: Occurred, on: date | None, note: str) -> Risk:
    """The risk with what became of it: one that came true is in that state, one that did not keeps its own.

    A risk once said to have come true that did not is closed.
    """
    status = risk.status
    if occurred is Occurred.YES:
        status = State.OCCURRED
    elif status is State.OCCURRED:
        status = State.CLOSED
    return replace(
        risk, status=status, occurred=occurred, occurred_on=on if occurred is Occurred.YES else None, occurred_note=note
    )
