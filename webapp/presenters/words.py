"""Values -> the words a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reviewkit.domain.kickoffs import BaseRate
from reviewkit.domain.privacy import MIN_GROUP, count_or_none
from reviewkit.domain.privacy import at_least as in_fives
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Review
from reviewkit.domain.wording import day, either, headed, listed, money, plural, sentence, whole
from reviewkit.domain.words import Anonymity, Kind, ReviewStatus
from reviewkit.workspace.reviewing.moments import zone_of

__all__ = ["day", "either", "headed", "listed", "money", "plural", "sentence", "whole"]  # said the same way in reports

FEWER = f"fewer than {MIN_GROUP}"
"""Stands for every count of people that would single somebody out."""

WIDE = 0.4
"""An interval wider than this is called wide: it says little more than that it can happen."""

KIND_SIGNS = {Kind.POSITIVE: "+", Kind.PROBLEM: "!", Kind.SUGGESTION: "→", Kind.NEUTRAL: "·"}
"""A sign beside the word, so that kinds can be told apart at a glance without colour."""


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


@dataclass(frozen=True)
class KindTag:
    """A statement's kind: its sign and its word."""

    sign: str
    word: str


def short_title(title: str, project: str) -> str:
    """A review's title where its project stands beside it: one that ends with the project's name does not repeat it."""
    return title.replace(f" of {project}", "") or title


def local(review: Review, at: datetime | None) -> datetime | None:
    """A moment in the zone that whoever runs the review thinks of its dates in."""
    return at.astimezone(zone_of(review.time_zone)) if at else None


def moment(at: datetime) -> str:
    """As in 9 Jun 2023, 14:00 (Europe/Berlin): a moment in the zone it is given in."""
    return f"{day(at)}, {at:%H:%M} ({at.tzinfo})"


def month(moment: date | None) -> str:
    """As in Jun 2023; empty for none."""
    return "" if moment is None else f"{moment:%b %Y}"


def people(count: int, one: str = "person", many: str = "people") -> str:
    """A count of people, never one that would single somebody out."""
    shown = count_or_none(count)
    return f"{FEWER} {many}" if shown is None else plural(shown, one, many)


def at_least(count: int) -> str:
    """People who raised something, in whole fives: what exactly each theme is raised by could be subtracted."""
    told = in_fives(count)
    return f"{FEWER} people" if told is None else f"at least {told:,} people" if told else "nobody"


ENDED = (ReviewStatus.CLOSED, ReviewStatus.REPORTED)
"""Reviews that nobody can answer any more."""


def answers(review: Review, responses: int) -> str:
    """How many answered a review, and of how many who were asked, unless more came by other ways, as by an import."""
    shown = responses if review.anonymity is Anonymity.NAMED else count_or_none(responses)
    count = FEWER if shown is None else f"{shown:,}"
    few = shown is None and (review.invited or 0) < MIN_GROUP  # of two who were asked, it says nothing
    told = review.invited and responses <= review.invited and not few
    if told:
        return f"{count} of {review.invited:,} asked"
    return f"{count} answer{'s' * (shown != 1)}" if review.status in ENDED else f"{count} so far"


def interval(rate: BaseRate) -> str:
    """The interval of a rate in words."""
    if rate.n == 0:
        return "Nothing to count yet."
    return f"Likely between {rate.low * 100:.0f} and {rate.high * 100:.0f} in 100."


def is_hint(rate: BaseRate) -> bool:
    """Whether the interval is so wide that the rate is a hint rather than a forecast."""
    return rate.n > 0 and rate.high - rate.low > WIDE


def kind_tag(kind: Kind | None) -> KindTag | None:
    return None if kind is None else KindTag(KIND_SIGNS[kind], kind.value)


def lateness(project: Project) -> str:
    """By how much the finish missed the plan, in words; empty where either is not known."""
    late = project.days_late
    if late is None:
        return ""
    if abs(late) < 7:
        return "on time"
    weeks = round(abs(late) / 7)
    span = plural(weeks, "week") if weeks < 9 else plural(round(abs(late) / 30.4), "month")
    return f"{span} {'late' if late > 0 else 'early'}"


def names_of(projects: Sequence[Project]) -> Mapping[str, str]:
    """Project key -> name."""
    return {project.key: project.name for project in projects}
