"""The headings of a table of answers -> the survey tool that writes such tables, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.collect.importers.headings import plain_words
from reviewkit.domain.words import Confidence

_WRITES: Sequence[tuple[str, frozenset[str], Confidence]] = (
    ("Microsoft Forms", frozenset(["id", "start time", "completion time"]), Confidence.HIGH),
    ("LimeSurvey", frozenset(["response id", "date submitted", "last page"]), Confidence.HIGH),
    ("LimeSurvey", frozenset(["id", "submitdate"]), Confidence.HIGH),
    ("Formbricks", frozenset(["no", "response id", "survey id"]), Confidence.HIGH),
)

_GOOGLE = "timestamp"
"""All that Google Forms writes of its own, at the beginning; others write it too."""


def tool_of(columns: Sequence[str]) -> tuple[str, Confidence] | None:
    """The tool's name and how sure it is; None for a table that no tool known here writes."""
    plain = [plain_words(column) for column in columns[:200]]
    for tool, headings, confidence in _WRITES:
        if headings <= set(plain):
            return tool, confidence
    return ("Google Forms", Confidence.MEDIUM) if plain[:1] == [_GOOGLE] else None
