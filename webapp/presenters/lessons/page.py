"""One lesson -> its page: the advice first, what it rests on, what is asked about it, and its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.history import FieldChange
from reviewkit.domain.lessons import Alike, Lesson, LessonChange
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import LessonRelation, LessonState, LessonVerb
from reviewkit.workspace.lessons.drafting import Resting
from webapp.presenters.kickoff import QuoteLine, project_link, quote_line
from webapp.presenters.lessons.verbs import Verb, verbs
from webapp.presenters.words import Link, day, headed, listed, plural

FIELD_NAMES = {
    "title": "Title",
    "what_happened": "What happened",
    "root_cause": "Why",
    "effect": "What came of it",
    "recommendation": "What to do",
    "early_warning": "Early warning signs",
    "context": "Where it was",
    "positive": "Do it again",
    "area": "Area",
    "phase": "Phase",
    "owner": "Owner",
    "project": "Project",
    "organisation": "Organisation",
    "learned": "Learned",
    "review_on": "Look at it again",
    "tags": "Tags",
    "statements": "Answers it rests on",
    "themes": "Themes",
    "risks": "Risks",
    "supersedes": "Takes the place of",
    "state": "State",
    "origin": "Origin",
}
COUNTED = {"statements": "answer", "themes": "theme", "risks": "risk"}
LONG = 160
AT_ONCE = 5


@dataclass(frozen=True)
class Question:
    """Something that a person is asked about a lesson and another one."""

    asked: str
    other: Link
    because: str


@dataclass(frozen=True)
class Changed:
    """A field before and after; `long` texts are folded away."""

    name: str
    before: str
    after: str
    long: bool


@dataclass(frozen=True)
class Step:
    said: str
    when: str
    number: int
    can_undo: bool
    changes: tuple[Changed, ...]


@dataclass(frozen=True)
class LessonPage:
    lesson: Lesson
    first: str
    fields: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    project: Link | None
    themes: tuple[Link, ...]
    raised_in: tuple[Link, ...]
    risks: tuple[Link, ...]
    quotes: tuple[QuoteLine, ...]
    withheld: str
    supersedes: Link | None
    replaced_by: Link | None
    hints: tuple[str, ...]
    questions: tuple[Question, ...]
    verbs: tuple[Verb, ...]
    latest: tuple[Step, ...]
    earlier: tuple[Step, ...]
    note: str
    undo: Step | None


def lesson_page(
    lesson: Lesson,
    *,
    names: Mapping[str, str],
    themes: Mapping[str, str],
    raised_in: Sequence[str],
    risks: Mapping[str, Risk],
    resting: Resting,
    hints: Sequence[str],
    alike: Sequence[Alike],
    next_states: Sequence[LessonState],
    history: Sequence[LessonChange],
    others: Mapping[str, str],
    replaced_by: Lesson | None,
    did: int,
) -> LessonPage:
    """`names` gives project key -> name, `themes` theme id -> label, `risks` the register entries by id.

    `others` gives lesson id -> title; `did` is the number of the change that was just made, 0 for none.
    """
    steps = tuple(_step(one, rank == 0) for rank, one in enumerate(history))
    done = next((step for step in steps if did and step.number == did), None)
    return LessonPage(
        lesson=lesson,
        first=lesson.recommendation,
        fields=tuple(
            (FIELD_NAMES[name], getattr(lesson, name))
            for name in ("what_happened", "root_cause", "effect", "context", "early_warning")
            if getattr(lesson, name)
        ),
        facts=tuple(_facts(lesson)),
        project=project_link(lesson.project, names) if lesson.project in names else None,
        themes=tuple(
            Link(headed(themes[one]), url_for("themes.show", id=one)) for one in lesson.themes if one in themes
        ),
        raised_in=tuple(project_link(key, names) for key in raised_in if key in names),
        risks=tuple(_risk(risks[one]) for one in lesson.risks if one in risks),
        quotes=tuple(quote_line(quote, names) for quote in resting.quotes),
        withheld=_withheld(resting.withheld),
        supersedes=_lesson_link(lesson.supersedes, others.get(lesson.supersedes, "an earlier lesson")),
        replaced_by=_lesson_link(replaced_by.id, replaced_by.title) if replaced_by else None,
        hints=tuple(hints),
        questions=questions(alike),
        verbs=verbs(lesson, next_states),
        latest=steps[:AT_ONCE],
        earlier=steps[AT_ONCE:],
        note=f"{done.said}." if done else "",
        undo=done if done and done.can_undo else None,
    )


def questions(alike: Sequence[Alike]) -> tuple[Question, ...]:
    """Likenesses as what they are: questions to whoever knows."""
    asked = {
        LessonRelation.DUPLICATE: "Is it the same as this one?",
        LessonRelation.CONTRADICTION: "Does it advise the opposite of this one?",
    }
    return tuple(
        Question(
            asked[one.relation],
            Link(one.lesson.title, url_for("lessons.show", id=one.lesson.id)),
            f"Both speak of {listed(list(one.words[:5]))}.",
        )
        for one in alike
    )


def step_note(lesson: Lesson, history: Sequence[LessonChange]) -> tuple[str, Link, Step] | None:
    """What was last done to a lesson, for another page to tell of it; None where nothing was."""
    if not history:
        return None
    step = _step(history[0], last=True)
    return step.said, Link(lesson.title, url_for("lessons.show", id=lesson.id)), step


def _step(change: LessonChange, last: bool) -> Step:
    moved = next((one.after for one in change.changes if one.field == "state"), "")
    said = {
        LessonVerb.ADDED: "Added as a draft",
        LessonVerb.EDITED: "Edited",
        LessonVerb.MOVED: f"Marked as {moved}",
        LessonVerb.IMPORTED: "Changed by an import" if change.changes else "Imported",
        LessonVerb.UNDONE: "The change before was taken back",
    }[change.verb]
    shown = () if change.verb is LessonVerb.MOVED else tuple(_changed(one) for one in change.changes)
    by = f" by {change.who}" if change.who else ""
    return Step(f"{said}{by}", day(change.at), change.number, last and bool(change.changes), shown)


def _changed(change: FieldChange) -> Changed:
    before, after = (_told(change.field, text) for text in (change.before, change.after))
    return Changed(FIELD_NAMES.get(change.field, change.field), before, after, max(len(before), len(after)) > LONG)


def _told(field: str, text: str) -> str:
    if field in COUNTED:
        return plural(len(text.splitlines()), COUNTED[field])
    return ", ".join(text.splitlines()) if field == "tags" else text


def _withheld(count: int) -> str:
    return "Some of what it rests on may not be shown: too few people answered there." if count else ""


def _lesson_link(id: str, title: str) -> Link | None:
    return Link(title, url_for("lessons.show", id=id)) if id else None


def _facts(lesson: Lesson) -> list[tuple[str, str]]:
    area = f"{lesson.area} (suggested)" if lesson.area and lesson.area_suggested else str(lesson.area or "")
    facts = [
        ("Do it again or avoid it", "do it again" if lesson.positive else "avoid it"),
        ("Area", area),
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
