"""Registers -> how often threats did not come true after each response."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reviewkit.domain.insights import ResponseRate
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Occurred, RiskNature, RiskResponse
from reviewkit.risks.base_rates import base_rate


def responses(risks: Sequence[Risk], classes: Sequence[Collection[str]]) -> list[ResponseRate]:
    """One for each response that stands in a register, and for none; `classes` are the projects of each step.

    Only threats whose end is known count. That a threat did not come true proves nothing of the response: it may have
    been small, and who fears most does most.
    """
    settled = [risk for risk in risks if risk.nature is RiskNature.THREAT and risk.occurred is not Occurred.UNKNOWN]
    named: list[RiskResponse | None] = [*RiskResponse, None]
    return [
        _rate(response, own, classes)
        for response in named
        if (own := [risk for risk in settled if risk.response is response])
    ]


def _rate(response: RiskResponse | None, risks: Sequence[Risk], classes: Sequence[Collection[str]]) -> ResponseRate:
    inside = [[risk for risk in risks if risk.project in projects] for projects in classes]
    return ResponseRate(
        response,
        tuple(
            base_rate([risk.id for risk in own if risk.occurred is Occurred.NO], [risk.id for risk in own])
            for own in inside
        ),
        tuple(tuple(dict.fromkeys(risk.project for risk in own)) for own in inside),
    )
