"""A table of answers, one row a respondent -> submissions to a review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reviewkit.collect.answers import ROLE, check_answers
from reviewkit.collect.importers.cells import is_nothing, text_of
from reviewkit.collect.importers.choices import closed_answer, role_in
from reviewkit.collect.importers.days import read_days
from reviewkit.collect.importers.found import ColumnMatch, Imported, RowWarning, row_number
from reviewkit.collect.importers.headings import HAND, match_headings, plain_words, unused
from reviewkit.collect.importers.personal import personal_columns
from reviewkit.collect.tables import Table
from reviewkit.domain.errors import AnswersInvalid, Invalid
from reviewkit.domain.ids import fingerprint
from reviewkit.domain.reviews import Answer, Question, Review
from reviewkit.domain.words import RespondentRole

ID, SUBMITTED = "submission_id", "submitted"

_META = {
    ID: ("id", "response id", "submission id", "respondent id", "record id", "no", "number", "uuid", "key"),
    SUBMITTED: (
        *("timestamp", "submitted at", "date submitted", "submit date", "submitdate", "completion time", "end date"),
        *("completed at", "collected at", "created at", "date", "answered on", "date of response"),
    ),
    ROLE: (
        *(
            "your role",
            "what was your role",
            "what was your role in the project",
            "role in the project",
            "project role",
        ),
        *("role of respondent", "respondent role", "stakeholder group", "what was your part in the project", "i am a"),
    ),
}
_OTHER_NAMES = {
    "went_well": ("what worked well", "what went right", "successes", "positives", "what should we keep doing", "keep"),
    "went_badly": (
        *("what did not go well", "what didn't go well", "what went wrong", "what went poorly", "what did not work"),
        *("problems", "issues", "pain points", "negatives", "went wrong"),
    ),
    "do_differently": (
        *("what should we do differently", "what could be improved", "what should be improved", "improvements"),
        *("suggestions", "suggestions for improvement", "to improve", "what would you change", "recommendations"),
    ),
    "overall": ("overall rating", "overall satisfaction", "how satisfied are you overall", "how did the project go"),
    "nps": ("net promoter score", "likelihood to recommend", "how likely are you to recommend"),
    "objectives_met": ("did the project meet its goals", "were the objectives met", "objectives achieved"),
    "schedule_kept": ("was the project on time", "delivered on time", "on schedule"),
    "requirements_met": ("requirements delivered", "delivers what was asked for"),
    "handover": ("support and handover", "how was the handover", "support", "training and support"),
    "suppliers": ("vendors", "contractors", "how was the supplier"),
    "benefits": ("benefits realised", "which benefits do you see"),
}
"""How other forms put the questions that the shipped template asks."""

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


def read_responses(table: Table, review: Review, by_hand: HAND = (), *, name: str, today: date) -> Imported[Submission]:
    """Submissions to `review` from a table of answers.

    Columns with names, addresses or devices are dropped unread. An answer that does not fit its question is left out
    with a warning, and so is a row with no answer at all. A row without a readable date is dated `today`.
    A submission's key comes from an id column, else from what the row says and how many before it say the same.

    Raises:
        NoSuchColumn, Invalid: `by_hand` names a column, field or dropped column that cannot be used; no column
            fits any question.
    """
    dropped = personal_columns(table.columns, table.rows)
    columns = [column for column in table.columns if column not in dropped]
    _refuse_personal(by_hand, dropped)
    questions = {question.key: question for question in review.questions}
    matches = match_headings(columns, _names(review), by_hand, name=name, fits=_fitting(table, questions))
    if not any(match.field in questions and match.field != ROLE for match in matches):
        asked = ", ".join(key for key in questions if key != ROLE)
        raise Invalid(f"{name}: no column fits a question of this review. Map one by hand; its questions are: {asked}.")
    warnings: list[RowWarning] = []
    days = _days(table, matches, warnings)
    found: list[Submission] = []
    for index, row in enumerate(table.rows):
        answers = _answers(row, matches, questions, row_number(index), warnings)
        if not set(answers) - {ROLE}:
            warnings.append(RowWarning(row_number(index), "no answers in it, so it is left out"))
            continue
        role = _role(row, matches, row_number(index), warnings)
        found.append(Submission(row_number(index), _id(row, matches), role, days[index] or today, answers))
    kept = _keyed(found, warnings)
    return Imported(kept, matches, unused(columns, matches), dropped, tuple(warnings))


def _names(review: Review) -> dict[str, tuple[str, ...]]:
    """Field -> the names a column may give it: a question's key, its text, its lens where no other has that."""
    lenses = Counter(question.lens for question in review.questions)
    names: dict[str, tuple[str, ...]] = dict(_META)
    for question in review.questions:
        lens = (question.lens,) if question.lens and lenses[question.lens] == 1 else ()
        known = (*_META.get(question.key, ()), *_OTHER_NAMES.get(question.key, ()))
        names[question.key] = (question.text, *lens, *known)
    return names


def _refuse_personal(by_hand: HAND, dropped: Sequence[str]) -> None:
    for field, column in by_hand:
        if any(plain_words(column) == plain_words(name) for name in dropped if column):
            raise Invalid(f"The column “{column}” says who somebody is and is never imported.", field=field)


def _fitting(table: Table, questions: Mapping[str, Question]) -> Callable[[str, str], bool]:
    """A test of whether a column's cells could be answers to a field."""

    def fits(field: str, column: str) -> bool:
        cells = [cell for row in table.rows if not is_nothing(cell := row.get(column, ""))]
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


def _days(table: Table, matches: Sequence[ColumnMatch], warnings: list[RowWarning]) -> list[date | None]:
    column = _column(SUBMITTED, matches)
    if column is None:
        warnings.append(RowWarning(0, "no column says when the answers came; they are dated today"))
        return [None] * len(table.rows)
    days = read_days([row.get(column, "") for row in table.rows])
    for index, day in enumerate(days):
        if day is None:
            warnings.append(RowWarning(row_number(index), f"“{column}” holds no date; it is dated today"))
    return days


def _answers(
    row: Mapping[str, str],
    matches: Sequence[ColumnMatch],
    questions: Mapping[str, Question],
    number: int,
    warnings: list[RowWarning],
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
            warnings.append(RowWarning(number, f"“{match.column}”: {problem}; that answer is left out"))
    if ROLE in questions and (role := _role_of(row, matches)):
        given[ROLE] = role.value
    asked = [replace(question, required=False, when=None) for question in questions.values()]  # by another form
    return _checked(asked, given, number, warnings)


def _checked(
    questions: Sequence[Question], given: dict[str, object], number: int, warnings: list[RowWarning]
) -> dict[str, Answer]:
    """What passes the form's own checks; what does not is left out with a warning."""
    if not given:
        return {}
    try:
        return check_answers(questions, given)
    except AnswersInvalid as refused:
        bad = {key: problem for key, problem in refused.problems.items() if key in given}
    for key, problem in bad.items():
        if key != ROLE:
            warnings.append(RowWarning(number, f"{key}: {problem}; that answer is left out"))
    return _checked(questions, {k: v for k, v in given.items() if k not in bad}, number, warnings) if bad else {}


def _role(
    row: Mapping[str, str], matches: Sequence[ColumnMatch], number: int, warnings: list[RowWarning]
) -> RespondentRole | None:
    column = _column(ROLE, matches)
    role = _role_of(row, matches)
    if column is not None and role is None and (said := text_of(row.get(column, ""))):
        roles = ", ".join(RespondentRole)
        warnings.append(RowWarning(number, f"the role “{said[:40]}” is none of {roles}; it is left out"))
    return role


def _role_of(row: Mapping[str, str], matches: Sequence[ColumnMatch]) -> RespondentRole | None:
    column = _column(ROLE, matches)
    return None if column is None else role_in(row.get(column, ""))


def _id(row: Mapping[str, str], matches: Sequence[ColumnMatch]) -> str:
    column = _column(ID, matches)
    return "" if column is None else text_of(row.get(column, ""))


def _keyed(found: Sequence[Submission], warnings: list[RowWarning]) -> tuple[Submission, ...]:
    """The submissions with their final keys: hashes, so that the tool's own number of a respondent is not kept."""
    kept: dict[str, Submission] = {}
    alike: Counter[str] = Counter()
    for submission in found:
        if submission.key:
            key = fingerprint("id", submission.key)
            if key in kept:
                text = f"its id stands in row {kept[key].row} too, so it is left out"
                warnings.append(RowWarning(submission.row, text))
                continue
        else:
            said = [f"{question}={answer!r}" for question, answer in sorted(submission.answers.items())]
            content = fingerprint(str(submission.role or ""), *said)
            alike[content] += 1
            key = fingerprint("content", content, str(alike[content]))
        kept[key] = replace(submission, key=f"import-{key[:40]}")
    return tuple(kept.values())


def _column(field: str, matches: Sequence[ColumnMatch]) -> str | None:
    return next((match.column for match in matches if match.field == field), None)
