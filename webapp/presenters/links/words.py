"""Verdicts and what people say of them -> words and tags."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.domain.words import Verdict
from reviewkit.workspace.linking import Foreseen

SIGNS = {Verdict.FORESEEN: "✓", Verdict.ELSEWHERE: "↗", Verdict.BLIND_SPOT: "?"}
"""A sign beside the word, so that verdicts can be told apart at a glance without colour."""

MEANT = {
    Verdict.FORESEEN: "A register of a project that raised it has it.",
    Verdict.ELSEWHERE: "Only registers of other projects have it.",
    Verdict.BLIND_SPOT: "No register has it.",
}


@dataclass(frozen=True)
class VerdictTag:
    """A verdict: its sign, its word and what it means; `said` is what people say of it."""

    sign: str
    word: str
    meant: str
    said: str = ""


def verdict_tag(verdict: Verdict) -> VerdictTag:
    return VerdictTag(SIGNS[verdict], verdict.value, MEANT[verdict])


def foreseen_tag(found: Foreseen | None) -> VerdictTag | None:
    """Of a theme, with what those say who spoke of it."""
    if found is None:
        return None
    tag = verdict_tag(found.verdict)
    meant = tag.meant
    if found.said and found.verdict is Verdict.FORESEEN and found.said.answer:
        meant = "A register of a project that raised it has it, or its people say so."
    return VerdictTag(tag.sign, tag.word, meant, found.said.sentence if found.said else "")
