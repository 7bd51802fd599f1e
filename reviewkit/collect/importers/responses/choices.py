"""Cells as survey tools write them -> answers to closed questions, and respondents' roles."""

from __future__ import annotations

import re

from reviewkit.collect.importers.cells import text_of, vocabulary, word_of
from reviewkit.collect.importers.days import read_days
from reviewkit.collect.importers.headings import plain_words
from reviewkit.domain.errors import Invalid
from reviewkit.domain.reviews import Question
from reviewkit.domain.words import QuestionType, RespondentRole

_LEADING = re.compile(r"\s*([0-9]{1,3})(?:[.,]0+)?(?![0-9.,]*[0-9])")
_SCALES = {QuestionType.RATING: (1, 5), QuestionType.NPS: (0, 10)}
_RATINGS = vocabulary(
    {
        1: "strongly disagree, very dissatisfied, very poor, very bad, very badly, not at all, never, terrible",
        2: "disagree, somewhat disagree, dissatisfied, somewhat dissatisfied, poor, bad, badly, slightly,"
        "seldom, rarely",
        3: "neutral, neither, neither agree nor disagree, neither satisfied nor dissatisfied, undecided, fair, average,"
        "moderately, sometimes, ok, okay",
        4: "agree, somewhat agree, satisfied, somewhat satisfied, good, well, mostly, often",
        5: "strongly agree, very satisfied, very good, very well, excellent, completely, always, extremely",
    }
)
_YES_PARTLY_NO = vocabulary(
    {
        "yes": "yes, y, true, 1, fully, completely",
        "partly": "partly, partially, partial, mostly, somewhat, in part, to some extent",
        "no": "no, n, false, 0, not at all",
    }
)
_ROLES = vocabulary(
    {
        RespondentRole.SPONSOR: "sponsor, project sponsor, executive, senior responsible owner, sro, client, board,"
        "steering group, steering committee, director, business owner, senior management",
        RespondentRole.USER: "user, users, end user, key user, super user, business user, business, customer, staff,"
        "employee",
        RespondentRole.TEAM: "team, team member, project team, project team member, delivery team, project manager,"
        "developer, analyst, tester, engineer, designer, scrum master, product owner",
        RespondentRole.SUPPLIER: "supplier, vendor, contractor, subcontractor, consultant, partner, external, provider",
        RespondentRole.OPERATIONS: "operations, ops, it operations, support, it support, service desk,"
        "service management, maintenance",
        RespondentRole.PMO: "pmo, project office, project management office, programme office, portfolio office,"
        "project support",
    }
)


def closed_answer(question: Question, cell: str) -> object:
    """The cell as `collect.answers` takes it: a whole number, one of the choices, or a list of them.

    Read are “4”, “4 - good”, “4 of 5”, “★★★★”, “Strongly agree”, “Partially”. Raises Invalid where it fits no choice.
    """
    if question.type in _SCALES:
        return _on_scale(question.type, cell)
    if question.type is QuestionType.YES_PARTLY_NO:
        word = word_of(cell, _YES_PARTLY_NO)
        if word is None:
            raise Invalid(f"“{_short(cell)}” is none of yes, partly, no")
        return word
    if question.type is QuestionType.DATE:
        (day,) = read_days([cell])
        if day is None:
            raise Invalid(f"“{_short(cell)}” is no date")
        return day.isoformat()
    if question.type is QuestionType.MULTIPLE:
        return [_option(question, part) for part in _parts(question, cell)]
    return _option(question, cell)


def role_in(cell: str) -> RespondentRole | None:
    """The role that the cell names, by its own word or by one people use for it; None where it names none."""
    return word_of(cell, _ROLES) if text_of(cell) else None


def _on_scale(kind: QuestionType, cell: str) -> int:
    low, high = _SCALES[kind]
    stars = cell.count("★") + cell.count("⭐")
    leading = _LEADING.match(cell)
    value = stars or (int(leading[1]) if leading else None)
    if value is None and kind is QuestionType.RATING:
        value = _RATINGS.get(plain_words(cell))
    if value is None or not low <= value <= high:
        raise Invalid(f"“{_short(cell)}” is no rating from {low} to {high}")
    return value


def _option(question: Question, cell: str) -> str:
    for option in question.options:
        if plain_words(option) == plain_words(cell):
            return option
    raise Invalid(f"“{_short(cell)}” is none of: {', '.join(question.options)}")


def _parts(question: Question, cell: str) -> list[str]:
    """A cell with several choices, cut where tools cut; an option may hold a comma itself."""
    if any(plain_words(option) == plain_words(cell) for option in question.options):
        return [cell]
    separator = next((mark for mark in (";", "|", "\n") if mark in cell), ",")
    return [part for part in cell.split(separator) if part.strip()]


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= 40 else text[:39] + "…"
