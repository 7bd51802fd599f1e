"""Lessons, found or listed -> the library's page and one lesson's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup, escape

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.words import LessonState
from reviewkit.workspace.advising.searching import Hit, SearchResult
from webapp.presenters.pages import Part, address, drawn, part
from webapp.presenters.words import Link, day, headed, plural

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


@dataclass(frozen=True)
class LessonPage:
    lesson: Lesson
    first: str
    fields: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    project: Link | None
    themes: tuple[Link, ...]
    risks: tuple[Link, ...]
    statements: str
    supersedes: str
    hints: tuple[str, ...]
    next_states: tuple[LessonState, ...]


def found_page(
    result: SearchResult, lessons: Mapping[str, Lesson], chosen: Mapping[str, str], number: int
) -> LibraryPage:
    """What search found, best first; `lessons` gives those found by id."""
    if result.total < FOUND_MOST:
        summary = f"{plural(result.total, 'lesson')} found, the nearest first."
    else:
        summary = f"The {FOUND_MOST} nearest lessons, the nearest first."
    return LibraryPage(
        result.query,
        summary if result.total else "",
        drawn(part(result.hits, number, AT_ONCE), lambda hit: _found(hit, lessons.get(hit.id))),
        _facets({name: result.facets.get(name, []) for name in FACETS}, result.query, chosen),
        dict(chosen),
    )


def library_page(lessons: Sequence[Lesson], chosen: Mapping[str, str], number: int) -> LibraryPage:
    """All lessons that have the values chosen: those the organisation stands behind first, then the best founded."""
    kept = [lesson for lesson in lessons if _matches(lesson, chosen)]
    kept.sort(key=lambda lesson: (READINESS[lesson.state], -_evidence(lesson)))
    counts = {name: Counter(str(getattr(one, name) or "") for one in kept if getattr(one, name)) for name in FACETS}
    return LibraryPage(
        "",
        f"{plural(len(kept), 'lesson')}; those in use stand first." if kept else "",
        drawn(part(kept, number, AT_ONCE), _line),
        _facets({name: counter.most_common() for name, counter in counts.items()}, "", chosen),
        dict(chosen),
    )


def lesson_page(
    lesson: Lesson,
    project: Project | None,
    themes: Mapping[str, str],
    risks: Mapping[str, Risk],
    hints: Sequence[str],
    next_states: Sequence[LessonState],
) -> LessonPage:
    """`themes` gives theme id -> label, `risks` the register entries by id."""
    return LessonPage(
        lesson=lesson,
        first=lesson.recommendation,
        fields=tuple(
            (name, text)
            for name, text in (
                ("What happened", lesson.what_happened),
                ("Why", lesson.root_cause),
                ("What came of it", lesson.effect),
                ("Where it was", lesson.context),
                ("Early warning signs", lesson.early_warning),
            )
            if text
        ),
        facts=tuple(_facts(lesson)),
        project=Link(project.name, url_for("projects.show", key=project.key)) if project else None,
        themes=tuple(
            Link(headed(themes[one]), url_for("themes.show", id=one)) for one in lesson.themes if one in themes
        ),
        risks=tuple(_risk(risks[one]) for one in lesson.risks if one in risks),
        statements=plural(len(lesson.statements), "statement") if lesson.statements else "",
        supersedes=url_for("lessons.show", id=lesson.supersedes) if lesson.supersedes else "",
        hints=tuple(hints),
        next_states=tuple(next_states),
    )


def marked(text: str, marks: Sequence[tuple[int, int]]) -> Markup:
    """`text` as HTML with the words at `marks`, (start, end) offsets in order, marked; all of it escaped."""
    parts, at = [], 0
    for start, end in marks:
        parts += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def _found(hit: Hit, lesson: Lesson | None) -> LessonLine:
    meta = _meta(lesson) if lesson else ()
    begins = "… " if hit.text[:1].islower() else ""
    text = begins + marked(hit.text, hit.marks) + ("" if hit.text.rstrip()[-1:] in ".!?" else " …")
    return LessonLine(hit.title, url_for("lessons.show", id=hit.id), text, meta)


def _line(lesson: Lesson) -> LessonLine:
    return LessonLine(lesson.title, url_for("lessons.show", id=lesson.id), _opening(lesson), _meta(lesson))


def _matches(lesson: Lesson, chosen: Mapping[str, str]) -> bool:
    return all(str(getattr(lesson, name) or "") == value for name, value in chosen.items())


def _evidence(lesson: Lesson) -> int:
    return len(lesson.themes) + len(lesson.risks) + len(lesson.statements)


def _opening(lesson: Lesson) -> Markup:
    text = lesson.recommendation or lesson.what_happened or lesson.context
    short = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
    return escape(short)


def _meta(lesson: Lesson) -> tuple[str, ...]:
    sign = "do again" if lesson.positive else ""
    shown = (lesson.state, sign, lesson.area, lesson.phase, lesson.project or lesson.organisation, day(lesson.learned))
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


def _facts(lesson: Lesson) -> list[tuple[str, str]]:
    facts = [
        ("State", str(lesson.state)),
        ("Do it again or avoid it", "do it again" if lesson.positive else "avoid it"),
        ("Area", str(lesson.area or "")),
        ("Phase", str(lesson.phase or "")),
        ("Owner", lesson.owner),
        ("Organisation", lesson.organisation),
        ("Learned", day(lesson.learned)),
        ("Look at it again", day(lesson.review_on)),
        ("Tags", ", ".join(lesson.tags)),
    ]
    return [(name, value) for name, value in facts if value]


def _risk(risk: Risk) -> Link:
    href = url_for("risks.index", project=risk.project, _anchor=f"risk-{risk.id}")
    return Link(f"{risk.project} {risk.ref}: {risk.title}", href)
