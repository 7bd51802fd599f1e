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
from reviewkit.domain.outcomes import Effectiveness, SoFar
from reviewkit.domain.words import LessonState, Scope
from reviewkit.workspace.advising.searching import Hit, SearchResult
from webapp.presenters.pages import Part, address, drawn, part
from webapp.presenters.words import day, plural

Effects: TypeAlias = Mapping[str, Effectiveness]
"""Topic -> how often it helped."""

Marks: TypeAlias = Sequence[tuple[int, int]]
"""Where words that were looked for begin and end, in order."""

SEARCHED = {"area": "Area", "phase": "Phase", "project": "Project", "state": "State"}
"""What search itself can be narrowed by."""

HELPED = "helped"
FACETS = {**SEARCHED, HELPED: "Effect so far"}
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
    """What search found, best first; `lessons` gives those found by id, `replaced` those that have a successor.

    What is merely less far than the rest answers nothing, and is left out.
    """
    hits = [hit for hit in result.hits if hit.answers]
    return LibraryPage(
        result.query,
        _summary(hits),
        drawn(part(hits, number, AT_ONCE), lambda hit: _found(hit, lessons.get(hit.id), replaced, effects)),
        _facets(
            {name: Counter(getattr(hit, name) for hit in hits) for name in SEARCHED},
            Counter(so_far(hit.id, effects) for hit in hits),
            result.query,
            chosen,
        ),
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
    kept = [lesson for lesson in lessons if _matches(lesson, chosen, effects)]
    kept.sort(key=lambda lesson: (lesson.id in replaced, READINESS[lesson.state], -_evidence(lesson)))
    counts = {name: Counter(str(getattr(one, name) or "") for one in kept) for name in SEARCHED}
    return LibraryPage(
        "",
        f"{plural(len(kept), 'lesson')}; those in use stand first." if kept else "",
        drawn(part(kept, number, AT_ONCE), lambda lesson: _line(lesson, replaced, effects)),
        _facets(counts, Counter(so_far(lesson.id, effects) for lesson in kept), "", chosen),
        dict(chosen),
    )


def marked(text: str, marks: Marks) -> Markup:
    """`text` as HTML with the words at `marks`, (start, end) offsets in order, marked; all of it escaped."""
    parts, at = [], 0
    for start, end in marks:
        parts += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def _summary(hits: Sequence[Hit]) -> str:
    if not hits:
        return ""
    if not any(hit.has_words for hit in hits):
        return f"No lesson has these words. Nearest by meaning: {plural(len(hits), 'lesson')}."
    if len(hits) >= FOUND_MOST:
        return f"The {FOUND_MOST} nearest lessons, the nearest first."
    return f"{plural(len(hits), 'lesson')}, the nearest first."


def _found(hit: Hit, lesson: Lesson | None, replaced: Collection[str], effects: Effects) -> LessonLine:
    meta = _meta(lesson, replaced, effects) if lesson else ()
    if not hit.has_words:
        meta = (f"alike in meaning: {hit.nearness} confidence", *meta)
    titled, text, marks = parted(hit.title, hit.text, hit.marks)
    begins = "… " if text[:1].islower() else ""
    ends = "" if text.rstrip()[-1:] in ".!?" else " …"
    return LessonLine(titled, url_for("lessons.show", id=hit.id), begins + marked(text, marks) + ends, meta)


def parted(title: str, text: str, marks: Marks) -> tuple[Markup, str, Marks]:
    """The title, and the excerpt without it, which may begin with the title's end: each with what was found in it."""
    said = _title_in(title, text)
    if not said:
        return escape(title), text, marks
    start, gone = len(title) - len(said), len(said) + 1
    within = [(start + at, start + end) for at, end in marks if end <= len(said)]
    return marked(title, within), text[gone:], [(at - gone, end - gone) for at, end in marks if at >= gone]


def _title_in(title: str, text: str) -> str:
    """As much of the title's end as `text` begins with, where another sentence or line follows; else nothing."""
    for start in (0, *(at + 1 for at, char in enumerate(title) if char == " ")):
        said, follows = title[start:], text[len(title) - start :]
        if text.startswith(said) and (follows[:1] == "\n" or (follows[:1] == " " and follows[1:2].isupper())):
            return said
    return ""


def _line(lesson: Lesson, replaced: Collection[str], effects: Effects) -> LessonLine:
    meta = _meta(lesson, replaced, effects)
    return LessonLine(lesson.title, url_for("lessons.show", id=lesson.id), escape(opening(lesson)), meta)


def so_far(lesson: str, effects: Effects) -> SoFar:
    """What projects tell of a lesson, by its id."""
    effect = effects.get(f"{Scope.LESSONS}/{lesson}")
    return effect.so_far if effect else SoFar.UNTOLD


def _matches(lesson: Lesson, chosen: Mapping[str, str], effects: Effects) -> bool:
    if chosen.get(HELPED) not in (None, so_far(lesson.id, effects)):
        return False
    return all(str(getattr(lesson, name) or "") == value for name, value in chosen.items() if name != HELPED)


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
    counts: Mapping[str, Counter[str]], told: Counter[SoFar], query: str, chosen: Mapping[str, str]
) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    """The commonest values of each, and how lessons did so far where any of them was told of, the best first."""
    found = []
    for name, counter in counts.items():
        common = sorted(((one, n) for one, n in counter.items() if one), key=lambda pair: (-pair[1], pair[0]))
        found.append((FACETS[name], [(name, value, count) for value, count in common[:MOST_VALUES]]))
    if set(told) - {SoFar.UNTOLD} or HELPED in chosen:
        found.append((FACETS[HELPED], [(HELPED, str(one), told[one]) for one in SoFar if told[one]]))
    return tuple(
        (title, tuple(_value(name, value, count, query, chosen) for name, value, count in values))
        for title, values in found
        if values
    )


def _value(name: str, value: str, count: int, query: str, chosen: Mapping[str, str]) -> Value:
    is_chosen = chosen.get(name) == value
    kept = {other: one for other, one in chosen.items() if other != name}
    wanted = kept if is_chosen else {**kept, name: value}
    return Value(value, count, address("lessons.index", {"q": query} if query else {}, wanted), is_chosen)
