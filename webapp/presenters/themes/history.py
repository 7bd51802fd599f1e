"""Decisions -> the history of a theme: who did what and when, with a way to take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.themes import Decision, Theme
from reviewkit.domain.words import ThemeStatus, ThemeVerb
from webapp.presenters.words import Link, day, headed, plural

STATUSES_UNDONE = {
    ThemeStatus.CONFIRMED: "the confirmation",
    ThemeStatus.RETIRED: "the retirement",
    ThemeStatus.SUGGESTED: "the return to a suggestion",
}

LATEST = 12
"""Steps shown at once; the earlier ones unfold."""

MOST = 200
"""Steps shown at all; a theme that people worked on for years would fill the page."""

STATUSES = {
    ThemeStatus.CONFIRMED: "Confirmed",
    ThemeStatus.RETIRED: "Retired",
    ThemeStatus.SUGGESTED: "Made a suggestion again",
}


@dataclass(frozen=True)
class Step:
    """Something a person decided, which can be taken back unless it was already; `other` is the theme it leads to."""

    id: str
    said: str
    other: Link | None
    by: str
    undone: str


@dataclass(frozen=True)
class History:
    latest: tuple[Step, ...]
    earlier: tuple[Step, ...]
    unlisted: int


@dataclass(frozen=True)
class Note:
    """What was decided just now, and the decisions that taking it back undoes."""

    said: str
    decisions: tuple[str, ...]


def history(theme: Theme, decisions: Sequence[Decision], labels: Mapping[str, str]) -> History:
    """`decisions` about the theme, latest first; `labels` gives theme id -> label of those that can be led to."""
    steps = tuple(step(theme.id, decision, labels) for decision in decisions[:MOST])
    return History(steps[:LATEST], steps[LATEST:], max(len(decisions) - MOST, 0))


def step(theme: str, decision: Decision, labels: Mapping[str, str]) -> Step:
    """The decision as told on the page of `theme`, which it may have changed from the other side."""
    said, other, label = _told(theme, decision)
    undone = f"taken back on {day(decision.undone_at)}" if decision.undone_at else "taken back"
    return Step(
        id=decision.id,
        said=said,
        other=_named(other, label, labels) if other else None,
        by=f"{decision.who or 'somebody'}, {day(decision.at)}",
        undone=undone if decision.undone else "",
    )


def note_of(decisions: Sequence[Decision], labels: Mapping[str, str], theme: str = "") -> Note | None:
    """What was decided or taken back just now, as seen from `theme` (blank: from the list); None for no decision."""
    if not decisions:
        return None
    standing = [decision for decision in decisions if not decision.undone]
    shown = standing or decisions
    side = theme or shown[0].subject
    said, other, label = _told(side, shown[0])
    joint = ": "
    if not standing:
        said, joint = f"Taken back: {_undone(side, shown[0])}", " of "
    if len(shown) > 1:
        said = f"{said}{joint}{plural(len(shown), 'theme')}"
    elif other:
        said = f"{said} “{_named(other, label, labels).text}”"
    elif not theme:
        said = f"{said}{joint}“{headed(labels.get(shown[0].subject, shown[0].label))}”"
    return Note(f"{said}.", tuple(decision.id for decision in standing))


def _named(id: str, label: str, labels: Mapping[str, str]) -> Link:
    """The theme under the name it has now, else as `label` has it; without an address where it is gone."""
    if id in labels:
        return Link(headed(labels[id]), url_for("themes.show", id=id))
    return Link(headed(label) if label else "a theme that is gone", "")


def _told(theme: str, decision: Decision) -> tuple[str, str, str]:
    """(what was done as seen from `theme`, the other theme's id or blank, what that was called if known)."""
    here = decision.value != theme
    if decision.verb is ThemeVerb.RENAME:
        return f"Named “{decision.value}”", "", ""
    if decision.verb is ThemeVerb.STATUS:
        return STATUSES[ThemeStatus(decision.value)], "", ""
    if decision.verb is ThemeVerb.MERGE:
        return ("Merged into", decision.value, "") if here else ("Took in", decision.subject, decision.label)
    if decision.verb is ThemeVerb.SPLIT:
        return ("Split off", decision.value, decision.label) if here else ("Split from", decision.subject, "")
    moved = plural(len(decision.statements), "statement")
    if not decision.value:
        return f"{moved} taken out", "", ""
    if here:
        return f"{moved} moved to", decision.value, ""
    if not decision.subject:
        return f"{moved} added", "", ""
    return f"{moved} brought in from", decision.subject, decision.label


def _undone(theme: str, decision: Decision) -> str:
    """What was taken back, as a noun that the other theme's name can follow, where there is one."""
    here = decision.value != theme
    if decision.verb is ThemeVerb.RENAME:
        return f"the name “{decision.value}”"
    if decision.verb is ThemeVerb.STATUS:
        return STATUSES_UNDONE[ThemeStatus(decision.value)]
    if decision.verb is ThemeVerb.MERGE:
        return "the merge into" if here else "the merge with"
    if decision.verb is ThemeVerb.SPLIT:
        return "the split into" if here else "the split from"
    moved = plural(len(decision.statements), "statement")
    if not decision.value:
        return f"the removal of {moved}"
    if not decision.subject:
        return f"the addition of {moved}"
    return f"the move of {moved} {'to' if here else 'from'}"
