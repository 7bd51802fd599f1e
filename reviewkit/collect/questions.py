"""Questions as somebody wrote them -> checked questions, their keys, and the minutes they take."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace

from reviewkit.collect.answers import clean_text
from reviewkit.domain.errors import FieldsInvalid, Invalid, QuestionInvalid
from reviewkit.domain.reviews import Condition, Question
from reviewkit.domain.words import QuestionType

MOST_QUESTIONS = 250
MOST_OPTIONS = 50
MOST_MINUTES = 240
MOST_CHARACTERS = {"title": 200, "intro": 2_000, "text": 500, "help": 500, "lens": 60, "option": 200}

SECONDS = {QuestionType.PARAGRAPH: 17, QuestionType.TEXT: 12, QuestionType.DATE: 8}
"""What a question takes of somebody who writes a sentence here and skips there; any other is a tap."""

SECONDS_OF_A_TAP = 4
SECONDS_OF_THE_INTRO = 12

_KEY = re.compile(r"[\w-]{1,64}")
_CHOOSES = (QuestionType.SINGLE, QuestionType.MULTIPLE)


def check_questions(questions: Sequence[Question]) -> None:
    """Raises Invalid for none or too many, QuestionInvalid for the first that cannot be asked as it stands."""
    if not questions:
        raise Invalid("A form has at least one question.", field="questions")
    if len(questions) > MOST_QUESTIONS:
        raise Invalid(f"A form has at most {MOST_QUESTIONS} questions.", field="questions")
    earlier: dict[str, Question] = {}
    for question in questions:
        if problems := _problems(question, earlier):
            raise QuestionInvalid(question.key, problems)
        earlier[question.key] = question


def check_frame(what: str, *, title: str, intro: str, minutes: int) -> None:
    """Raises FieldsInvalid where what stands around the questions of `what` is blank or beyond measure."""
    problems = {} if clean_text(title) else {"title": "say what it is called"}
    problems |= _too_long(title=title, intro=intro)
    if not 1 <= minutes <= MOST_MINUTES:
        problems["minutes"] = f"this is a whole number from 1 to {MOST_MINUTES}"
    if problems:
        raise FieldsInvalid(what, problems)


def cleaned(question: Question) -> Question:
    """The question with its texts as a person would have typed them, each one line; blank options are left out."""
    options = tuple(option for one in question.options if (option := one_line(one)))
    return replace(
        question,
        text=one_line(question.text),
        help=one_line(question.help),
        lens=one_line(question.lens),
        options=options if question.type in _CHOOSES else (),
    )


def one_line(text: str) -> str:
    """Clean text without line ends."""
    return " ".join(clean_text(text).split())


def key_for(text: str, taken: Collection[str]) -> str:
    """A key made of a text's first words that is none of `taken`, as in “was_the_schedule_kept”."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", plain.replace("_", " "))
    key = "_".join(words[:6])[:40].strip("_") or "question"
    return next(one for one in (key, *(f"{key}_{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def minutes_of(questions: Sequence[Question]) -> int:
    """Whole minutes that a form takes, as those of the shipped templates were set; what depends counts half."""
    seconds = (SECONDS.get(question.type, SECONDS_OF_A_TAP) / (2 if question.when else 1) for question in questions)
    return math.ceil((SECONDS_OF_THE_INTRO + sum(seconds)) / 60)


def _problems(question: Question, earlier: dict[str, Question]) -> dict[str, str]:
    """Field -> what is wrong with it."""
    problems = _too_long(text=question.text, help=question.help, lens=question.lens)
    if not _KEY.fullmatch(question.key):
        problems["key"] = "this is 1 to 64 letters, digits, - or _"
    elif question.key in earlier:
        problems["key"] = f"two questions have the key “{question.key}”"
    if not clean_text(question.text):
        problems["text"] = "write what is asked"
    if problem := _problem_of_options(question):
        problems["options"] = problem
    if question.when and (problem := _problem_of_condition(question.when, earlier)):
        problems["when"] = problem
    return problems


def _too_long(**texts: str) -> dict[str, str]:
    return {
        field: f"this is longer than {MOST_CHARACTERS[field]:,} characters"
        for field, text in texts.items()
        if len(text) > MOST_CHARACTERS[field]
    }


def _problem_of_options(question: Question) -> str:
    options = question.options
    if question.type not in _CHOOSES:
        return f"a question of type {question.type} has no options" if options else ""
    if len(options) < 2:
        return "give at least two to choose from"
    if len(options) > MOST_OPTIONS:
        return f"these are more than {MOST_OPTIONS}"
    if bad := next((option for option in options if one_line(option) != option), None):
        return f"“{bad}” begins or ends with a space, or holds what cannot be seen"
    if "" in options:
        return "one of them is blank"
    if long := next((option for option in options if len(option) > MOST_CHARACTERS["option"]), None):
        return f"“{long[:40]}…” is longer than {MOST_CHARACTERS['option']} characters"
    folded = [option.casefold() for option in options]
    if doubled := next((option for option in options if folded.count(option.casefold()) > 1), None):
        return f"“{doubled}” stands there twice"
    return ""


def _problem_of_condition(when: Condition, earlier: dict[str, Question]) -> str:
    asked = earlier.get(when.question)
    if asked is None:
        return f"“{when.question}” is none of the questions before it"
    if not asked.choices:
        return f"“{when.question}” is answered in one’s own words; a condition needs a question with choices"
    if not when.answers:
        return f"name the answers to “{when.question}” that it is asked after"
    if unknown := next((answer for answer in when.answers if answer not in asked.choices), None):
        return f"“{unknown}” is no answer to “{when.question}”; there are: {', '.join(asked.choices)}"
    return ""
