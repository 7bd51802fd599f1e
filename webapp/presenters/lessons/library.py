"""Lessons, found or listed -> the library's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from flask import url_for
from markupsafe import Markup, escape

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.outcomes import Effectiveness
from reviewkit.domain.words import LessonState, Scope
from reviewkit.workspace.advising.searching import Hit, SearchResult
from webapp.presenters.pages import Part, address, drawn, part
from webapp.presenters.words import day, plural

Effects: TypeAlias = Mapping[str, Effectiveness]
"""Topic -> how often it helped."""

FACETS = {"area": "Area", "phase": "Phase", "project": "Project", "state": "State"}
AT_ONCE = 20
FOUND_MOST = 200
"""Search counts and ranks so many; nobody reads beyond them."""

MOST_VALUES = 12
EXCERPT = 240

READINESS = {
    LessonState.EMBEDDED: 0,
    LessonState.PUBLISHED: 1,
    LessonState.VALIDATED: 2,
    LessonState.IN_REVIEW: 3,
    LessonState.DRAFT: 4,
    LessonState.RETIRED: 5,
    LessonState.REJECTED: 6,
}
"""The order of the library when nothing is searched for: what the organisation stands behind first."""


@dataclass(frozen=True)
class LessonLine:
    """One lesson in a list; `text` has the words that answer the query marked."""

    title: str
    href: str
    text: Markup
    meta: tuple[str, ...]


@dataclass(frozen=True)
class Value:
    """A value of a facet; `href` chooses it, or lets go of it where it is the one chosen."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class LibraryPage:
    query: str
    summary: str
    lines: Part[LessonLine]
    facets: tuple[tuple[str, tuple[Value, ...]], ...]
    chosen: dict[str, str]


def found_page(
    result: SearchResult,
    lessons: Mapping[str, Lesson],
    replaced: Collection[str],
    chosen: Mapping[str, str],
    number: int,
    effects: Effects = MappingProxyType({}),
) -> LibraryPage:
    """What search found, best first; `lessons` gives those found by id, `replaced` those that have a successor."""
    if result.total < FOUND_MOST:
        summary = f"{plural(result.total, 'lesson')} found, the nearest first."
    else:
        summary = f"The {FOUND_MOST} nearest lessons, the nearest first."
    return LibraryPage(
        result.query,
        summary if result.total else "",
        drawn(part(result.hits, number, AT_ONCE), lambda hit: _found(hit, lessons.get(hit.id), replaced, effects)),
        _facets({name: result.facets.get(name, []) for name in FACETS}, result.query, chosen),
        dict(chosen),
    )


def library_page(
    lessons: Sequence[Lesson],
    replaced: Collection[str],
    chosen: Mapping[str, str],
    number: int,
    effects: Effects = MappingProxyType({}),
) -> LibraryPage:
    """All lessons that have the values chosen: those the organisation stands behind first, then the best founded.

    Those that another one took the place of, `replaced`, stand behind those in use.
    """
    kept = [lesson for lesson in lessons if _matches(lesson, chosen)]
    kept.sort(key=lambda lesson: (lesson.id in replaced, READINESS[lesson.state], -_evidence(lesson)))
    counts = {name: Counter(str(getattr(one, name) or "") for one in kept if getattr(one, name)) for name in FACETS}
    return LibraryPage(
        "",
        f"{plural(len(kept), 'lesson')}; those in use stand first." if kept else "",
        drawn(part(kept, number, AT_ONCE), lambda lesson: _line(lesson, replaced, effects)),
        _facets({name: counter.most_common() for name, counter in counts.items()}, "", chosen),
        dict(chosen),
    )


def marked(text: str, marks: Sequence[tuple[int, int]]) -> Markup:
    """`text` as HTML with the words at `marks`, (start, end) offsets in order, marked; all of it escaped."""
    parts, at = [], 0
    for start, end in marks:
        parts += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def _found(hit: Hit, lesson: Lesson | None, replaced: Collection[str], effects: Effects) -> LessonLine:
    meta = _meta(lesson, replaced, effects) if lesson else ()
    begins = "… " if hit.text[:1].islower() else ""
    text = begins + marked(hit.text, hit.marks) + ("" if hit.text.rstrip()[-1:] in ".!?" else " …")
    return LessonLine(hit.title, url_for("lessons.show", id=hit.id), text, meta)


def _line(lesson: Lesson, replaced: Collection[str], effects: Effects) -> LessonLine:
    meta = _meta(lesson, replaced, effects)
    return LessonLine(lesson.title, url_for("lessons.show", id=lesson.id), escape(opening(lesson)), meta)


def _matches(lesson: Lesson, chosen: Mapping[str, str]) -> bool:
    return all(str(getattr(lesson, name) or "") == value for name, value in chosen.items())


def _evidence(lesson: Lesson) -> int:
    return len(lesson.themes) + len(lesson.risks) + len(lesson.statements)


def opening(lesson: Lesson) -> str:
    """The first words of its advice, or of its story where it gives none."""
    text = lesson.recommendation or lesson.what_happened or lesson.context
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"


def _meta(lesson: Lesson, replaced: Collection[str], effects: Effects) -> tuple[str, ...]:
    effect = effects.get(f"{Scope.LESSONS}/{lesson.id}")
    sign = "do again" if lesson.positive else ""
    state = f"{lesson.state}, replaced by another" if lesson.id in replaced else lesson.state
    shown = (
        state,
        sign,
        lesson.area,
        lesson.phase,
        lesson.project or lesson.organisation,
        day(lesson.learned),
        effect and effect.brief,
    )
    return tuple(str(one) for one in shown if one)


def _facets(
    counts: Mapping[str, Sequence[tuple[str, int]]], query: str, chosen: Mapping[str, str]
) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    found = []
    for name, title in FACETS.items():
        values = tuple(_value(name, value, count, query, chosen) for value, count in counts[name][:MOST_VALUES])
        if values:
            found.append((title, values))
    return tuple(found)


def _value(name: str, value: str, count: int, query: str, chosen: Mapping[str, str]) -> Value:
    is_chosen = chosen.get(name) == value
    kept = {other: one for other, one in chosen.items() if other != name}
    wanted = kept if is_chosen else {**kept, name: value}
    return Value(value, count, address("lessons.index", {"q": query} if query else {}, wanted), is_chosen)
