"""A table of answers, one row a respondent -> submissions to a review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from reviewkit.collect.answers import ROLE, check_answers
from reviewkit.collect.importers.cells import is_nothing, text_of
from reviewkit.collect.importers.days import DayColumn, read_days
from reviewkit.collect.importers.found import ColumnMatch, Imported, Warnings, row_number
from reviewkit.collect.importers.headings import HAND, match_headings, plain_words, unused
from reviewkit.collect.importers.responses.choices import closed_answer, role_in
from reviewkit.collect.importers.responses.keys import SubmissionKeys
from reviewkit.collect.importers.responses.names import ID, SUBMITTED, names_of
from reviewkit.collect.importers.responses.personal import personal_columns
from reviewkit.collect.tables import Stream, Table
from reviewkit.domain.errors import AnswersInvalid, Invalid
from reviewkit.domain.reviews import Answer, Question, Review
from reviewkit.domain.words import RespondentRole

SAMPLED = 2_000
"""Rows looked at to tell what a column holds."""

_FIRST_YEAR = 1990
"""Days before it were never answered on: LimeSurvey dates anonymous answers 1980-01-01."""

_READABLE = 0.5
"""Share of a column's filled cells that must be answers to a closed question for its heading to be believed."""


@dataclass(frozen=True)
class Submission:
    """One row's answers, checked; `key` is the same whenever the same row is imported again."""

    row: int
    key: str
    role: RespondentRole | None
    submitted: date
    answers: dict[str, Answer]


class Reading:
    """How a table of answers is understood, and its submissions, read row by row as often as they are asked for.

    `warnings` grow while they are.
    """

    def __init__(self, table: Table | Stream, review: Review, by_hand: HAND, name: str, today: date) -> None:
        self._table, self._today = table, today
        self._days = {column: DayColumn() for column in table.columns}
        self.dropped = personal_columns(table.columns, self._seen(table.rows))
        self._columns = [column for column in table.columns if column not in self.dropped]
        _refuse_personal(by_hand, self.dropped)
        self._questions = {question.key: replace(question, required=False, when=None) for question in review.questions}
        fits = _fitting(list(islice(table.rows, SAMPLED)), self._questions)
        self.matches = match_headings(self._columns, names_of(review), by_hand, name=name, fits=fits)
        self.unused = unused(self._columns, self.matches)
        self.warnings = Warnings()

    @property
    def answers_anything(self) -> bool:
        """Whether some column fits a question."""
        return any(match.field in self._questions and match.field != ROLE for match in self.matches)

    def submissions(self) -> Iterator[Submission]:
        """Each row's; one whose id stood above already is left out, as is one without any answer."""
        self.warnings = warnings = Warnings()
        day = self._dating(warnings)
        keys = SubmissionKeys()
        for row_index, row in enumerate(self._table.rows):
            number = row_number(row_index)
            answers = _answers(row, self.matches, self._questions, number, warnings)
            if not answers.keys() - {ROLE}:
                warnings.warn(number, "no answers in it, so it is left out")
                continue
            role = _role(row, self.matches, number, warnings)
            key = keys.of(_cell(row, ID, self.matches), role, answers)
            if not key:
                warnings.warn(number, "its id stands in a row above too, so it is left out")
                continue
            yield Submission(number, key, role, day(number, row) or self._today, answers)

    def _seen(self, rows: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
        """The rows, the dates of each column seen in passing, so that the file is gone through once less."""
        for row in rows:
            for column, days in self._days.items():
                if row[column].lstrip()[:1].isdigit():
                    days.see(row[column])
            yield row

    def _dating(self, warnings: Warnings) -> Callable[[int, Mapping[str, str]], date | None]:
        column = _column(SUBMITTED, self.matches)
        if column is None:
            warnings.warn(0, "no column says when the answers came; they are dated today")
            return lambda number, row: None
        days = self._days[column]

        def day(number: int, row: Mapping[str, str]) -> date | None:
            found = days.day(row.get(column, ""))
            if found is None or found.year < _FIRST_YEAR:
                warnings.warn(number, f"“{column}” holds no date; it is dated today")
                return None
            return found

        return day


def read_responses(
    table: Table | Stream, review: Review, by_hand: HAND = (), *, name: str, today: date
) -> Imported[Submission]:
    """Submissions to `review` from a table of answers; `open_responses` reads a long one row by row.

    Raises as `open_responses` does.
    """
    reading = open_responses(table, review, by_hand, name=name, today=today)
    found = tuple(reading.submissions())
    return Imported(found, reading.matches, reading.unused, reading.dropped, reading.warnings.all())


def open_responses(table: Table | Stream, review: Review, by_hand: HAND = (), *, name: str, today: date) -> Reading:
    """How a table's columns answer the questions of `review`.

    Columns with names, addresses or devices are dropped unread. An answer that does not fit its question is left out
    with a warning, and so is a row with no answer at all. A row without a readable date is dated `today`.
    A submission's key comes from an id column, else from what the row says and how many before it say the same.

    Raises:
        NoSuchColumn, Invalid: `by_hand` names a column, field or dropped column that cannot be used; no column
            fits any question.
    """
    reading = Reading(table, review, by_hand, name, today)
    if not reading.answers_anything:
        asked = ", ".join(question.key for question in review.questions if question.key != ROLE)
        raise Invalid(f"{name}: no column fits a question of this review. Map one by hand; its questions are: {asked}.")
    return reading


def _refuse_personal(by_hand: HAND, dropped: Sequence[str]) -> None:
    for field, column in by_hand:
        if any(plain_words(column) == plain_words(name) for name in dropped if column):
            raise Invalid(f"The column “{column}” says who somebody is and is never imported.", field=field)


def _fitting(rows: Sequence[Mapping[str, str]], questions: Mapping[str, Question]) -> Callable[[str, str], bool]:
    """A test of whether a column's cells could be answers to a field."""

    def fits(field: str, column: str) -> bool:
        cells = [cell for row in rows if not is_nothing(cell := row.get(column, ""))]
        if not cells:
            return True
        if field == ID:
            return len(set(cells)) >= 0.9 * len(cells) and max(map(len, cells)) <= 100
        if field in questions and questions[field].type.is_open:
            return sum(_is_number(cell) for cell in cells) < (1 - _READABLE) * len(cells)
        if field == SUBMITTED:
            readable = sum(day is not None for day in read_days(cells))
        elif field == ROLE:
            readable = sum(role_in(cell) is not None for cell in cells)
        else:
            readable = sum(_readable(questions[field], cell) for cell in cells)
        return readable >= _READABLE * len(cells)

    return fits


def _is_number(cell: str) -> bool:
    return cell.strip().replace(".", "", 1).isdigit()


def _readable(question: Question, cell: str) -> bool:
    try:
        closed_answer(question, cell)
    except Invalid:
        return False
    return True


def _answers(
    row: Mapping[str, str],
    matches: Sequence[ColumnMatch],
    questions: Mapping[str, Question],
    number: int,
    warnings: Warnings,
) -> dict[str, Answer]:
    given: dict[str, object] = {}
    for match in matches:
        question = questions.get(match.field)
        cell = row.get(match.column, "")
        if question is None or question.key == ROLE or is_nothing(cell):
            continue
        if question.type.is_open:
            earlier = given.get(question.key)
            given[question.key] = f"{earlier}\n{cell.strip()}" if earlier else cell.strip()
            continue
        try:
            given[question.key] = closed_answer(question, cell)
        except Invalid as problem:
            warnings.warn(number, f"“{match.column}”: {problem}; that answer is left out")
    if ROLE in questions and (role := _role_of(row, matches)):
        given[ROLE] = role.value
    return _checked(questions, given, number, warnings)


def _checked(
    questions: Mapping[str, Question], given: dict[str, object], number: int, warnings: Warnings
) -> dict[str, Answer]:
    """What passes the form's own checks; what does not is left out with a warning."""
    if not given:
        return {}
    try:
        return check_answers([questions[key] for key in given], given)
    except AnswersInvalid as refused:
        bad = {key: problem for key, problem in refused.problems.items() if key in given}
    for key, problem in bad.items():
        if key != ROLE:
            warnings.warn(number, f"{key}: {problem}; that answer is left out")
    return _checked(questions, {k: v for k, v in given.items() if k not in bad}, number, warnings) if bad else {}


def _role(
    row: Mapping[str, str], matches: Sequence[ColumnMatch], number: int, warnings: Warnings
) -> RespondentRole | None:
    column = _column(ROLE, matches)
    role = _role_of(row, matches)
    if column is not None and role is None and (said := text_of(row.get(column, ""))):
        roles = ", ".join(RespondentRole)
        warnings.warn(number, f"the role “{said[:40]}” is none of {roles}; it is left out")
    return role


def _role_of(row: Mapping[str, str], matches: Sequence[ColumnMatch]) -> RespondentRole | None:
    column = _column(ROLE, matches)
    return None if column is None else role_in(row.get(column, ""))


def _cell(row: Mapping[str, str], field: str, matches: Sequence[ColumnMatch]) -> str:
    column = _column(field, matches)
    return "" if column is None else text_of(row.get(column, ""))


def _column(field: str, matches: Sequence[ColumnMatch]) -> str | None:
    return next((match.column for match in matches if match.field == field), None)
