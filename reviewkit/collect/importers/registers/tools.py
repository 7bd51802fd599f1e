"""A register's headings -> whose export it is, and what that tool calls things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewkit.collect.importers.headings import plain_words
from reviewkit.domain.registers import RegisterTool
from reviewkit.domain.words import Confidence, RiskNature, RiskResponse, RiskStatus

_SIGNS: tuple[tuple[RegisterTool, tuple[str, ...], tuple[str, ...]], ...] = (
    (RegisterTool.CISO_ASSISTANT, ("ref id", "current impact", "current proba"), ("treatment", "assets", "threats")),
    (RegisterTool.PRIMAVERA, ("id", "name", "cause", "effect"), ("identified date", "status", "type")),
    (RegisterTool.JIRA, ("issue key", "summary"), ("issue type", "issue id", "status")),
    (RegisterTool.REDMINE, ("subject", "strategy"), ("project", "probability", "impact")),
    (RegisterTool.OPENPROJECT, ("id", "subject"), ("type", "status")),
)
"""Tool, the headings without which it is not that tool's, and those that make it sure. The first that fits counts."""

PERCENT = frozenset({RegisterTool.REDMINE})
"""Tools whose probability and impact run from 0 to 100."""

WORDS: Mapping[RegisterTool, Mapping[str, Mapping[object, str]]] = {
    RegisterTool.OPENPROJECT: {
        "status": {
            RiskStatus.IDENTIFIED: "New",
            RiskStatus.ASSESSED: "Confirmed",
            RiskStatus.RESPONDING: "In progress",
            RiskStatus.CLOSED: "Closed",
            RiskStatus.OCCURRED: "Closed",
            RiskStatus.REJECTED: "Rejected",
        },
    },
    RegisterTool.REDMINE: {
        "status": {
            RiskStatus.IDENTIFIED: "Open",
            RiskStatus.ASSESSED: "Open",
            RiskStatus.RESPONDING: "In progress",
            RiskStatus.CLOSED: "Closed",
            RiskStatus.OCCURRED: "Closed",
            RiskStatus.REJECTED: "Rejected",
        },
        "response": {
            RiskResponse.ACCEPT: "accept",
            RiskResponse.REDUCE: "mitigate",
            RiskResponse.TRANSFER: "transfer",
            RiskResponse.SHARE: "transfer",
            RiskResponse.AVOID: "eliminate",
        },
    },
    RegisterTool.CISO_ASSISTANT: {
        "response": {
            RiskResponse.ACCEPT: "accept",
            RiskResponse.REDUCE: "mitigate",
            RiskResponse.TRANSFER: "transfer",
            RiskResponse.SHARE: "transfer",
            RiskResponse.AVOID: "avoid",
        },
    },
    RegisterTool.PRIMAVERA: {
        "status": {
            RiskStatus.IDENTIFIED: "Open",
            RiskStatus.ASSESSED: "Open",
            RiskStatus.RESPONDING: "Managed",
            RiskStatus.CLOSED: "Managed",
            RiskStatus.OCCURRED: "Impacted",
            RiskStatus.REJECTED: "Rejected",
        },
        "nature": {RiskNature.THREAT: "Threat", RiskNature.OPPORTUNITY: "Opportunity"},
    },
}
"""Tool -> field -> our word -> the tool's; where it knows no such word, the nearest that it does."""


def tool_of(columns: Sequence[str]) -> tuple[RegisterTool, Confidence]:
    """Whose export has these headings: high confidence where all of its signs are there, medium where most are."""
    said = {plain_words(column) for column in columns}
    if "number" in said:  # Redmine and OpenProject head their ids with “#”
        said.add("id")
    for tool, needed, telling in _SIGNS:
        seen = sum(one in said for one in telling)
        if said.issuperset(needed) and seen:
            return tool, Confidence.HIGH if seen == len(telling) else Confidence.MEDIUM
    return RegisterTool.GENERIC, Confidence.HIGH
