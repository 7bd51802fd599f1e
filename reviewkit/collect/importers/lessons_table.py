"""A table of lessons, our own export or anybody's log -> lessons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reviewkit.collect.importers.cells import headline, is_nothing, vocabulary, word_of
from reviewkit.collect.importers.found import ColumnMatch, Imported
from reviewkit.collect.importers.headings import HAND, match_headings, plain_words, unused
from reviewkit.collect.importers.reading import Reading
from reviewkit.collect.tables import Table
from reviewkit.domain.errors import Invalid
from reviewkit.domain.ids import derived_id
from reviewkit.domain.lessons import EXPORTED, Lesson
from reviewkit.domain.words import Area, LessonState, Phase

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("lesson id", "ref", "reference", "no", "number", "lesson no", "key"),
    "title": ("lesson", "lesson title", "name", "subject", "summary", "headline", "lesson learned", "lesson learnt"),
    "context": ("background", "situation", "abstract", "setting"),
    "what_happened": (
        "event",
        "description",
        "driving event",
        "what went wrong",
        "issue",
        "observation",
        "details",
        "problem",
    ),
    "root_cause": ("cause", "why", "causes", "reason"),
    "effect": ("impact", "consequence", "consequences", "result"),
    "recommendation": (
        *("recommendations", "action", "recommended action", "what to do", "advice", "future action", "next time"),
        *("what should be done differently", "suggested action"),
    ),
    "early_warning": ("early warning signs", "early warning indicators", "warning signs", "indicators"),
    "area": ("category", "knowledge area", "theme", "topic", "subject area"),
    "phase": ("stage", "project phase", "lifecycle phase", "life cycle phase"),
    "owner": ("lesson owner", "responsible", "assigned to", "raised by"),
    "positive": ("sign", "positive or negative", "type", "went well", "good or bad", "lesson type"),
    "project": ("project key", "project name", "project id", "source project"),
    "organisation": ("organization", "centre", "center", "company", "unit", "department"),
    "learned": (
        "date",
        "date identified",
        "date raised",
        "date learned",
        "date occurred",
        "logged",
        "logged on",
        "created",
    ),
    "tags": ("keywords", "labels", "topics"),
    "statements": (),
    "themes": (),
    "risks": ("linked risks", "related risks"),
    "review_on": ("review date", "review by", "next review"),
    "supersedes": ("replaces",),
    "state": ("status", "lesson status"),
    "origin": ("source",),
}
_TEXTS = (
    *("context", "what_happened", "root_cause", "effect", "recommendation", "early_warning", "owner", "project"),
    *("organisation", "supersedes", "origin"),
)
_LISTS = ("tags", "statements", "themes", "risks")
_AREAS = vocabulary(
    {
        Area.SCHEDULE: "planning and schedule, schedule, planning, time",
        Area.BUDGET: "resources and budget, budget, cost, resources, finance",
        Area.STAKEHOLDERS: "stakeholders and communication, stakeholders, stakeholder, communication, communications",
        Area.SCOPE: "scope and changing requirements, scope, requirements, change",
        Area.RISK: "risk management, risk, risks",
        Area.QUALITY: "quality and testing, quality, testing",
        Area.TECHNOLOGY: "technology, technical, it",
        Area.SUPPLIERS: "suppliers, supplier, procurement, contract, contracts, vendor",
        Area.PEOPLE: "people and team, people, team, staff, human resources",
        Area.BENEFITS: "benefits and outcome, benefits, benefit, outcome",
    }
)
_PHASES = vocabulary(
    {
        Phase.INITIATION: "initiation, start up, start, concept, feasibility",
        Phase.PLANNING: "planning, plan, formulation",
        Phase.PROCUREMENT: "procurement, tender, tendering, contracting",
        Phase.DESIGN: "design",
        Phase.BUILD: "build, execution, implementation, construction, development, delivery",
        Phase.TEST: "test, testing, verification, integration",
        Phase.TRANSITION: "transition, go live, deployment, rollout, handover, cutover",
        Phase.OPERATION: "operation, operations, support, maintenance",
        Phase.CLOSE: "close, closing, closure, closeout",
    }
)
_POSITIVE = vocabulary(
    {
        True: "true, yes, positive, good, success, went well, strength",
        False: "false, no, negative, bad, failure, went badly, improvement, problem",
    }
)
_STATES = vocabulary(
    {
        LessonState.DRAFT: "draft, new, open, logged, proposed",
        LessonState.IN_REVIEW: "in review",
        LessonState.VALIDATED: "validated, approved, accepted",
        LessonState.PUBLISHED: "published",
        LessonState.EMBEDDED: "embedded",
        LessonState.RETIRED: "retired, closed, archived, obsolete",
        LessonState.REJECTED: "rejected",
    }
)
_CLOSED_FIELDS: dict[str, dict[str, Any]] = {
    "area": _AREAS,
    "phase": _PHASES,
    "positive": _POSITIVE,
    "state": _STATES,
}


def is_own_export(columns: Sequence[str]) -> bool:
    """Whether a table's header is that of `reviewkit lesson export`."""
    return set(EXPORTED) <= set(columns)


def match(table: Table, by_hand: HAND = (), *, name: str) -> tuple[ColumnMatch, ...]:
    """Which column holds which field of a lesson. Raises NoSuchColumn, Invalid where `by_hand` does not fit."""
    return match_headings(table.columns, FIELDS, by_hand, name=name, fits=_fitting(table))


def read_lessons(
    table: Table, by_hand: HAND = (), *, name: str, state: LessonState = LessonState.DRAFT
) -> Imported[Lesson]:
    """The lessons of a table; those whose state it does not tell are in `state`.

    Our own export gives ids back. Anybody else's number and title make an id together, the same at each import: every
    log counts from 1, and the first lesson of one is not that of another.

    Raises:
        NoSuchColumn, Invalid: `by_hand` does not fit; no column of titles, events or recommendations.
    """
    matches = match(table, by_hand, name=name)
    reading = Reading(table, matches)
    if not any(reading.has(field) for field in ("title", "recommendation", "what_happened")):
        raise Invalid(f"{name}: no column holds the lessons’ titles. Name it with --map title=COLUMN.")
    columns: dict[str, list[Any]] = {
        field: list(reading.words(field, words)) for field, words in _CLOSED_FIELDS.items()
    }
    columns |= {field: list(reading.days(field)) for field in ("learned", "review_on")}
    own = is_own_export(table.columns)
    found: dict[str, Lesson] = {}
    for index in range(len(reading)):
        texts: dict[str, Any] = {field: reading.text(index, field) for field in _TEXTS}
        title = " ".join(reading.text(index, "title").split()) or headline(
            texts["recommendation"] or texts["what_happened"]
        )
        if not title:
            reading.warn(index, "it has no title, event or recommendation, so it is left out")
            continue
        ref = reading.text(index, "id")
        key = ref if own and ref else f"X-{derived_id(ref, plain_words(title))[:10]}"
        if key in found:
            reading.warn(index, f"the lesson “{ref or title[:40]}” stands above already; this one is left out")
            continue
        kept: dict[str, Any] = {field: column[index] for field, column in columns.items() if column[index] is not None}
        lists: dict[str, Any] = {field: reading.tags(index, field) for field in _LISTS}
        kept.setdefault("state", state)
        found[key] = Lesson(id=key, title=title, **texts, **lists, **kept)
    return Imported(tuple(found.values()), matches, unused(table.columns, matches), (), tuple(reading.warnings))


def _fitting(table: Table) -> Callable[[str, str], bool]:
    """A test that keeps a heading such as “Type” from being believed against what stands below it."""

    def fits(field: str, column: str) -> bool:
        cells = [cell for row in table.rows if not is_nothing(cell := row.get(column, ""))]
        words = _CLOSED_FIELDS.get(field)
        return words is None or sum(word_of(cell, words) is not None for cell in cells) >= len(cells) / 2

    return fits
