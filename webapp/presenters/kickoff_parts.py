"""What stands around a kickoff's advice: what is new since the last one, why it stands where, the draft register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import url_for

from reviewkit.domain.kickoffs import Recommendation
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Scope
from webapp.presenters.words import Link, plural, sentence

REASONS = (
    "It does not apply to this project",
    "We do it already",
    "It is out of date",
    "It costs more than it saves",
    "Another reason",
)
"""Why advice is dismissed most often; more is said in words."""


class Changed(Protocol):
    """How two kickoffs differ."""

    @property
    def new(self) -> Sequence[Recommendation]: ...

    @property
    def gone(self) -> Sequence[Recommendation]: ...

    @property
    def moved(self) -> dict[str, int]: ...

    @property
    def brief_changed(self) -> bool: ...


class Drafted(Protocol):
    """An entry that might go into the register."""

    @property
    def id(self) -> str: ...

    @property
    def risk(self) -> Risk: ...

    @property
    def why(self) -> str: ...

    @property
    def known(self) -> Risk | None: ...

    @property
    def is_same(self) -> bool: ...


@dataclass(frozen=True)
class Changes:
    """Topics that are `new`, those that `moved` with the rank they had, and the advice that is `gone`."""

    summary: str
    new: frozenset[str]
    moved: dict[str, int]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class DraftRow:
    id: str
    title: str
    why: str
    response: str
    known: Link | None


@dataclass(frozen=True)
class DraftPage:
    """Rows that are new or read like one that is there, and those that the register has already."""

    summary: str
    open: tuple[DraftRow, ...]
    there: tuple[DraftRow, ...]


def because(reason: str, text: str) -> str:
    """The reason chosen from the list and what was written beside it, as one text."""
    return ": ".join(part for part in (reason, text) if part)


def changes_lines(changed: Changed | None) -> Changes | None:
    """None where there was no kickoff before."""
    if changed is None:
        return None
    counts = [(len(changed.new), "new"), (len(changed.gone), "gone"), (len(changed.moved), "moved")]
    told = ", ".join(f"{count} {what}" for count, what in counts if count) or "the same advice in the same order"
    brief = "The brief has changed since the kickoff before" if changed.brief_changed else "Since the kickoff before"
    gone = tuple(sentence(one.advice) for one in changed.gone)
    return Changes(f"{brief}: {told}.", frozenset(one.topic for one in changed.new), changed.moved, gone)


def order(one: Recommendation, best: float) -> tuple[str, ...]:
    """Why it stands at its place, in words; `best` is the highest score among its kickoff's recommendations."""
    rate = one.base_rate
    often = f"came up in {rate} similar projects" if rate and rate.n else "cannot be counted and counts as middling"
    kind = ["A theme says what to expect and stands after the lessons, which say what to do."]
    share = [f"All in all it weighs {one.score / best:.0%} of the weightiest here."] if best > 0 else []
    return (
        "Weighed together are how near it is to the brief, how often past projects met it (those that proved to be "
        "alike count for more), and how grave the risks are that it is tied to.",
        f"How often: it {often}.",
        *(kind if one.scope is Scope.THEMES else []),
        *share,
        "What repeats advice above it is moved down.",
    )


def draft_page(drafted: Sequence[Drafted]) -> DraftPage:
    waiting = tuple(_row(one) for one in drafted if not one.is_same)
    there = tuple(_row(one) for one in drafted if one.is_same)
    alike = sum(row.known is not None for row in waiting)
    parts = [plural(len(waiting) - alike, "new risk")]
    parts += [f"{alike} that may be there under another name"] if alike else []
    parts += [f"{len(there)} in the register already"] if there else []
    return DraftPage(", ".join(parts) + "." if drafted else "", waiting, there)


def _row(one: Drafted) -> DraftRow:
    known = one.known
    link = Link(f"{known.ref} {known.title}", url_for("risks.index", _anchor=f"risk-{known.id}")) if known else None
    return DraftRow(one.id, one.risk.title, one.why, one.risk.response_text, link)
