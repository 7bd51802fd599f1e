"""A lesson, or what was typed of one -> the page where it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Area, Phase
from reviewkit.workspace.lessons.drafting import Resting
from webapp.presenters.form import Option
from webapp.presenters.words import headed, sentence

TEXTS = ("title", "what_happened", "root_cause", "effect", "recommendation", "early_warning", "context")
LINES = ("area", "phase", "owner", "project", "learned", "review_on", "supersedes", "tags")
LISTS = ("statements", "themes", "risks")
ORDER = (
    *("title", "recommendation", "what_happened", "root_cause", "effect", "early_warning", "context", "area", "phase"),
    *("owner", "review_on", "project", "learned", "supersedes", "tags", *LISTS),
)
"""Fields as they stand on the page, from the top down."""
SUGGESTED = 30
"""Lessons offered for “takes the place of”; any other can be named too."""


@dataclass(frozen=True)
class Typed:
    """A lesson as its form holds it: every field as text."""

    values: Mapping[str, str]
    lists: Mapping[str, Sequence[str]]
    positive: bool

    def __getattr__(self, name: str) -> str:
        """A field by its name, for templates."""
        if name in TEXTS or name in LINES:
            return self.values.get(name, "")
        raise AttributeError(name)


@dataclass(frozen=True)
class FormPage:
    """`id` is empty for a new one; `seen` is the number of the last change before it was opened."""

    id: str
    seen: str
    title: str
    typed: Typed
    areas: tuple[Option, ...]
    area_hint: str
    phases: tuple[Option, ...]
    projects: tuple[Option, ...]
    statements: tuple[Option, ...]
    withheld: tuple[str, ...]
    themes: tuple[Option, ...]
    risks: tuple[Option, ...]
    lessons: tuple[tuple[str, str], ...]
    problems: Mapping[str, str]
    general: tuple[str, ...]
    is_drafted: bool


def typed_of(lesson: Lesson) -> Typed:
    values = {name: getattr(lesson, name) for name in TEXTS}
    values |= {name: str(getattr(lesson, name) or "") for name in LINES if name != "tags"}
    return Typed(
        values | {"tags": ", ".join(lesson.tags)}, {name: getattr(lesson, name) for name in LISTS}, lesson.positive
    )


def form_page(
    typed: Typed,
    *,
    lesson: Lesson | None,
    seen: str,
    resting: Resting,
    projects: Sequence[Project],
    themes: Sequence[Theme],
    risks: Sequence[Risk],
    lessons: Sequence[Lesson],
    problems: Mapping[str, str],
    is_drafted: bool = False,
) -> FormPage:
    """`resting` holds the statements ticked or that were, `risks` those that can be ticked."""
    chosen = {name: set(typed.lists.get(name, ())) for name in LISTS}
    shown = {quote.statement for quote in resting.quotes}
    kept = lesson is not None and lesson.area_suggested
    return FormPage(
        id=lesson.id if lesson else "",
        seen=seen,
        title=lesson.title if lesson else "",
        typed=typed,
        areas=_options([(one, headed(one)) for one in Area], typed.area, "Let it be suggested"),
        area_hint="Suggested from its words; choose another where it is wrong." if kept else "",
        phases=_options([(one, headed(one)) for one in Phase], typed.phase, "None in particular"),
        projects=_options([(one.key, one.name) for one in projects], typed.project, "None in particular"),
        statements=tuple(
            Option(quote.statement, f"“{quote.text}” ({quote.project})", quote.statement in chosen["statements"])
            for quote in resting.quotes
        ),
        withheld=tuple(one for one in typed.lists.get("statements", ()) if one not in shown),
        themes=tuple(Option(one.id, headed(one.label), one.id in chosen["themes"]) for one in themes),
        risks=tuple(
            Option(one.id, f"{one.project} {one.ref}: {one.title}", one.id in chosen["risks"]) for one in risks
        ),
        lessons=tuple((one.id, one.title) for one in lessons[:SUGGESTED] if not lesson or one.id != lesson.id),
        problems={name: sentence(problems[name]) for name in ORDER if name in problems},
        general=tuple(sentence(said) for name, said in problems.items() if name not in ORDER),
        is_drafted=is_drafted,
    )


def _options(choices: Sequence[tuple[str, str]], chosen: str, none: str) -> tuple[Option, ...]:
    known = {value for value, _ in choices}
    stray = [(chosen, chosen)] if chosen and chosen not in known else []
    return tuple(Option(str(value), label, value == chosen) for value, label in (("", none), *choices, *stray))
