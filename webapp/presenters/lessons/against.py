"""What projects said against a lesson at their kickoffs -> lines for whoever tends the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.dismissals import Dismissal
from reviewkit.domain.lessons import Lesson
from webapp.presenters.words import Link, day


@dataclass(frozen=True)
class Against:
    """How often a lesson was dismissed and why, in a sentence, and each with its project."""

    summary: str
    lines: tuple[tuple[Link, str, str], ...]


@dataclass(frozen=True)
class Doubted:
    lesson: Link
    against: Against


def against_lines(said: Sequence[Dismissal], names: Mapping[str, str]) -> Against | None:
    """None where nobody dismissed it."""
    if not said:
        return None
    counts = Counter(one.why.value[:1].lower() + one.why.value[1:] for one in said).most_common()
    why = ", ".join(f"{reason} ({count})" if len(said) > 1 else reason for reason, count in counts)
    times = "once" if len(said) == 1 else f"{len(said)} times"
    return Against(f"Dismissed {times} at kickoffs: {why}.", tuple(_line(one, names) for one in said))


def doubted_line(lesson: Lesson, said: Sequence[Dismissal], names: Mapping[str, str]) -> Doubted:
    against = against_lines(said, names)
    assert against is not None
    return Doubted(Link(lesson.title, url_for("lessons.show", id=lesson.id)), against)


def _line(one: Dismissal, names: Mapping[str, str]) -> tuple[Link, str, str]:
    link = Link(names.get(one.project, one.project), url_for("kickoff.show", key=one.project))
    when = " ".join(part for part in (one.who and f"by {one.who}", one.at and f"on {day(one.at)}") if part)
    return link, f"{one.why.value}: {one.text}" if one.text else one.why.value, when
