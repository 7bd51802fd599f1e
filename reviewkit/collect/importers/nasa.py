"""NASA's public Lessons Learned (LLIS), as a CSV export -> lessons."""

from __future__ import annotations

import re
from typing import Any

from reviewkit.collect.importers.cells import headline
from reviewkit.collect.importers.found import ColumnMatch, Imported
from reviewkit.collect.importers.reading import Reading
from reviewkit.collect.tables import Table
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import Confidence, LessonState, Phase

_HEADER = ("lesson_id", "title", "driving_event", "lesson", "recommendation")
_FIELDS = {
    "lesson_id": "id",
    "title": "title",
    "abstract": "context",
    "driving_event": "what_happened",
    "lesson": "root_cause",
    "recommendation": "recommendation",
    "organization": "organisation",
    "date_occurred": "learned",
    "project": "tags",
    "phase": "phase",
    "topics": "tags",
}
_NON_PRACTICE = re.compile(r"\s*impacts? of non-? ?practice\s*:?\s*", re.IGNORECASE)
_PRACTICE = re.compile(r"\A\s*practice\s*:\s*", re.IGNORECASE)
_LETTERS = {
    "pre-phase a": Phase.INITIATION,
    "phase a": Phase.PLANNING,
    "phase b": Phase.DESIGN,
    "phase c": Phase.BUILD,
    "phase d": Phase.TEST,
    "phase e": Phase.OPERATION,
    "phase f": Phase.CLOSE,
}
"""NASA NPR 7120.5: concept studies, concept development, preliminary design, final design and fabrication, assembly
and test, operations, closeout."""
_HALVES = {
    "formulation": (Phase.PLANNING, ("pre-phase a", "phase a", "phase b")),
    "implementation": (Phase.BUILD, ("phase c", "phase d", "phase e", "phase f")),
    "evaluation": (Phase.CLOSE, ()),
}
_NO_PROJECT = ("various", "all", "multiple", "general")


def is_nasa(columns: tuple[str, ...]) -> bool:
    """Whether a table's header is that of the LLIS export."""
    return set(_HEADER) <= set(columns)


def read_nasa(table: Table, *, state: LessonState = LessonState.PUBLISHED) -> Imported[Lesson]:
    """The lessons of an LLIS export, with `origin` “NASA LLIS <number>”.

    The column `lesson` tells why the event came about, and becomes the root cause; where it opens with “Impact of
    non-practice” it tells what follows when the advice is not taken, and becomes the effect. Their projects are not
    ours, so a project's name becomes a tag.
    """
    matches = [ColumnMatch(f, column, Confidence.HIGH) for column, f in _FIELDS.items() if column in table.columns]
    reading = Reading(table, [ColumnMatch(column, column, Confidence.HIGH) for column in table.columns])
    occurred, published = (reading.days(field) for field in ("date_occurred", "date_published"))
    found: dict[str, Lesson] = {}
    for index in range(len(reading)):
        number, title = reading.text(index, "lesson_id"), " ".join(reading.text(index, "title").split())
        if not number:
            reading.warn(index, "it has no lesson_id, so it is left out")
            continue
        key = f"NASA-{number}"
        if key in found:
            reading.warn(index, f"lesson {number} stands above already; this one is left out")
            continue
        found[key] = Lesson(
            id=key,
            title=title or headline(reading.text(index, "lesson") or reading.text(index, "recommendation")),
            context=reading.text(index, "abstract"),
            what_happened=reading.text(index, "driving_event"),
            **_insight(reading.text(index, "lesson")),
            recommendation=_PRACTICE.sub("", reading.text(index, "recommendation")),
            phase=phase_of(reading.text(index, "phase")),
            organisation=f"NASA {reading.text(index, 'organization')}".strip(),
            learned=occurred[index] or published[index],
            tags=_tags(reading, index),
            state=state,
            origin=f"NASA LLIS {number}",
        )
    unused = tuple(column for column in table.columns if column not in (*_FIELDS, "date_published"))
    return Imported(tuple(found.values()), tuple(matches), unused, (), tuple(reading.warnings))


def phase_of(text: str) -> Phase | None:
    """“Formulation » Phase B” -> design; a letter that does not belong to its half (as in the file's many
    “Implementation » Pre-Phase A”) is not believed; None for “Not Specified”."""
    half, _, letter = (part.strip() for part in text.casefold().partition("»"))
    if half not in _HALVES:
        return None
    whole, letters = _HALVES[half]
    return _LETTERS[letter] if letter in letters else whole


def _insight(text: str) -> dict[str, Any]:
    consequence = _NON_PRACTICE.match(text)
    return {"effect": text[consequence.end() :]} if consequence else {"root_cause": text}


def _tags(reading: Reading, index: int) -> tuple[str, ...]:
    project = reading.text(index, "project")
    named = (project,) if project and project.casefold() not in _NO_PROJECT else ()
    return tuple(dict.fromkeys((*reading.tags(index, "topics"), *named)))
