"""The fields of a lesson's form -> what was typed, and the lesson it makes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from flask import request

from reviewkit.domain.errors import FieldsInvalid
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import Area, Phase
from webapp.fields import one_of
from webapp.here import here
from webapp.presenters.lessons.form import LINES, LISTS, TEXTS, Typed

_COMMA = re.compile(r"[,;\n]")


def typed_lesson() -> Typed:
    """What stands in the fields, as it was typed."""
    form = request.form
    return Typed(
        {name: form.get(name, "").replace("\r\n", "\n") for name in (*TEXTS, *LINES)},
        {name: tuple(dict.fromkeys(one for one in form.getlist(name) if one)) for name in LISTS},
        form.get("positive") == "1",
    )


def lesson_of(typed: Typed, lesson: Lesson) -> Lesson:
    """`lesson` as it was typed. Raises FieldsInvalid for what is no choice of its form, with all else that is wrong."""
    problems: dict[str, str] = {}
    values = typed.values
    days: dict[str, date | None] = {}
    for name in ("learned", "review_on"):
        try:
            days[name] = date.fromisoformat(values[name].strip()) if values[name].strip() else None
        except ValueError:
            problems[name] = f"“{values[name][:40]}” is not a day; write it as 2027-01-31"
    area, phase = one_of(Area, values["area"]), one_of(Phase, values["phase"])
    for name, found in (("area", area), ("phase", phase)):
        if values[name] and found is None:
            problems[name] = "choose one of these"
    made = replace(
        lesson,
        title=values["title"].strip(),
        what_happened=values["what_happened"].strip(),
        root_cause=values["root_cause"].strip(),
        effect=values["effect"].strip(),
        recommendation=values["recommendation"].strip(),
        early_warning=values["early_warning"].strip(),
        context=values["context"].strip(),
        owner=values["owner"].strip(),
        project=values["project"].strip(),
        area=area,
        phase=phase,
        learned=days.get("learned"),
        review_on=days.get("review_on"),
        tags=tuple(dict.fromkeys(filter(None, map(str.strip, _COMMA.split(values["tags"]))))),
        supersedes=_named(values["supersedes"].strip()),
        positive=typed.positive,
        statements=tuple(typed.lists["statements"]),
        themes=tuple(typed.lists["themes"]),
        risks=tuple(typed.lists["risks"]),
    )
    if problems:
        raise FieldsInvalid("the lesson", {**here.ws.lessons.problems(made), **problems})
    return made


def _named(typed: str) -> str:
    """The id of the lesson that was meant, by its id, title or address; what was typed where none is."""
    if not typed:
        return ""
    last = urlsplit(typed).path.rstrip("/").rpartition("/")[2] if "/lessons/" in typed else typed
    lessons = here.ws.lessons.list()
    found = next((one.id for one in lessons if last == one.id), None)
    return found or next((one.id for one in lessons if typed.casefold() == one.title.casefold()), typed)
