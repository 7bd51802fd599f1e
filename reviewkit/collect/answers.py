"""What arrived -> checked answers: cleaned text, whole numbers in range, known choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from reviewkit.domain.errors import AnswersInvalid, Invalid
from reviewkit.domain.reviews import Answer, Question
from reviewkit.domain.words import Anonymity, QuestionType, RespondentRole

MAX_TEXT = 20_000
"""Characters one answer may have; about ten pages."""

MAX_NAME = 200
"""Characters a respondent's name may have."""

NAME = "name"
"""What a respondent's name is called where it is asked for."""

ROLE = "role"
"""The question whose answer is the respondent's role."""

_MOST_MARKS = 8
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing: the fillers of Hangul, and a braille cell without dots."""

_ROLE_ALONE = "so far it says only what your part was; answer at least one more question"
"""Said where nothing but the role was given, which counts as answered wherever answers are counted."""

_INTEGER = re.compile(r"[0-9]{1,3}")
_RANGES = {QuestionType.RATING: (1, 5), QuestionType.NPS: (0, 10)}


def check_answers(questions: Iterable[Question], given: Mapping[str, object]) -> dict[str, Answer]:
    """The answers as they are stored; questions left blank are absent.

    A question with a condition is asked only where the condition holds. Where it does not, nobody has to answer it,
    and what came for it is left out unread: whoever changes an earlier answer takes back what hung on it, and a form
    without script, which shows every question, says beside such a one when it counts. A condition looks at the answers
    that are kept, so what hangs on a question that was not asked is not asked either.

    Args:
        questions: those of the review.
        given: question key -> what came in, as text, a number or a list.

    Raises:
        AnswersInvalid: naming each question whose answer does not fit, required ones left blank,
            keys that are no question, and a form with nothing in it.
    """
    known = {question.key: question for question in questions}
    problems = {key: "the review has no such question" for key in given if key not in known}
    answers: dict[str, Answer] = {}
    for key, question in known.items():
        if not question.applies(answers):  # the question it looks at stands before it
            continue
        try:
            answer = _checked(question, given.get(key))
        except Invalid as problem:
            problems[key] = str(problem)
            continue
        if answer is not None:
            answers[key] = answer
        elif question.required:
            problems[key] = "please answer this one"
    if not problems and not set(answers) - {ROLE}:
        problems["answers"] = _ROLE_ALONE if answers else "not one question is answered yet; answer at least one"
    if problems:
        raise AnswersInvalid(problems)
    return answers


def role_of(answers: Mapping[str, Answer]) -> RespondentRole | None:
    """The respondent's role, where the review asks for it and it was given."""
    try:
        return RespondentRole(str(answers.get(ROLE, "")).lower())
    except ValueError:
        return None


def checked_name(anonymity: Anonymity, given: str) -> str:
    """A respondent's name as it is stored: never one where nobody is asked for it.

    Raises Invalid where it is needed and missing, or is no name.
    """
    if anonymity is Anonymity.ANONYMOUS:
        return ""
    if len(given) > 4 * MAX_NAME:
        raise Invalid(f"a name has at most {MAX_NAME} characters")
    name = " ".join(clean_text(given).split())
    if len(name) > MAX_NAME:
        raise Invalid(f"a name has at most {MAX_NAME} characters")
    if not name and anonymity is Anonymity.NAMED:
        raise Invalid("please say who you are")
    return name


def clean_text(text: str) -> str:
    """Text as a person would have typed it.

    Composed characters (NFC), one kind of line end, no control, direction-override or surrogate characters, at most
    eight combining marks in a row, no white space at the ends; empty when nothing can be seen in it.
    """
    if text.isascii() and text.isprintable():  # most answers are, and need none of what follows
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Co"))
    text = re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)
    text = _without_towers(unicodedata.normalize("NFC", text)).strip()
    visible = any(unicodedata.category(char)[0] in "LNPS" and char not in _UNSEEN for char in text)
    return text if visible else ""


def _without_towers(text: str) -> str:
    """At most `_MOST_MARKS` combining marks in a row, of whatever script."""
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _checked(question: Question, value: object) -> Answer | None:
    if value is None:
        return None
    if question.type is QuestionType.MULTIPLE:
        return _choices(question, value)
    if question.type in _RANGES:
        return _whole_number(value, *_RANGES[question.type])
    if not isinstance(value, str):
        raise Invalid("this must be text")
    if len(value) > 4 * MAX_TEXT:  # far too long even when cleaning would shorten it
        raise Invalid(f"this is longer than {MAX_TEXT:,} characters")
    text = clean_text(value)
    if not text:
        return None
    if question.type.is_open:
        if len(text) > MAX_TEXT:
            raise Invalid(f"this is longer than {MAX_TEXT:,} characters")
        return text
    if question.type is QuestionType.DATE:
        return _day(text)
    return _choice(text, question.choices)


def _whole_number(value: object, low: int, high: int) -> int | None:
    if isinstance(value, str):
        if not value.strip():
            return None
        if not _INTEGER.fullmatch(value.strip()):
            raise Invalid(f"this must be a whole number from {low} to {high}")
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Invalid(f"this must be a whole number from {low} to {high}")
    return value


def _choice(text: str, options: tuple[str, ...]) -> str:
    for option in options:
        if option.casefold() == text.casefold():
            return option
    raise Invalid(f"this must be one of: {', '.join(options)}")


def _choices(question: Question, value: object) -> tuple[str, ...] | None:
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list | tuple) or not all(isinstance(entry, str) for entry in entries):
        raise Invalid(f"choose from: {', '.join(question.options)}")
    chosen = {_choice(clean_text(entry), question.options) for entry in entries if clean_text(entry)}
    return tuple(option for option in question.options if option in chosen) or None


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid("this must be a date as in 2026-03-31") from None
