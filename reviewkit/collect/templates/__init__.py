"""TOML files -> review templates; a template is a file anyone can add."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeVar

from reviewkit.collect.questions import check_frame, check_questions
from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.domain.reviews import Condition, Question, Template
from reviewkit.domain.words import Area, Kind, QuestionType, Wave

T = TypeVar("T")

FIELDS = ("title", "wave", "intro", "minutes", "questions")
FIELDS_OF_A_QUESTION = (
    "key", "text", "type", "lens", "help", "required", "options", "area", "expects", "when",
)  # fmt: skip
FIELDS_OF_A_CONDITION = ("question", "answers")

_CALLED = {
    str: "text in quotation marks",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    dict: "a table",
}


def template(key: str) -> Template:
    """The shipped template called `key` (its file's name without ending). Raises NotFound."""
    return read_template(key, template_text(key))


def template_text(key: str) -> str:
    """Its TOML, to start one's own from. Raises NotFound."""
    if key not in template_keys():
        raise NotFound("review template", key, hint=f"There are: {', '.join(template_keys())}.")
    return files(__name__).joinpath(f"{key}.toml").read_text(encoding="utf-8")


def template_keys() -> list[str]:
    """Keys of the shipped templates."""
    return sorted(path.name.removesuffix(".toml") for path in files(__name__).iterdir() if path.name.endswith(".toml"))


def read_template(key: str, text: str) -> Template:
    """A template from TOML text.

    Raises:
        Invalid: where it is no TOML, or a field is missing, unknown, doubled or outside its vocabulary; the message
            says which, and of which question.
    """
    try:
        table = tomllib.loads(text)
        _only(table, FIELDS)
        found = Template(
            key=key,
            title=_field(table, "title", str),
            wave=Wave(_field(table, "wave", str)),
            intro=_field(table, "intro", str),
            questions=tuple(
                _question(number, entry) for number, entry in enumerate(_field(table, "questions", list), 1)
            ),
            minutes=_field(table, "minutes", int, 4),
        )
        check_frame("its head", title=found.title, intro=found.intro, minutes=found.minutes)
        check_questions(found.questions)
    except RecursionError:
        raise Invalid(f"Template “{key}”: it is nested too deeply.") from None
    except (Invalid, ValueError) as problem:  # TOMLDecodeError is a ValueError
        raise Invalid(f"Template “{key}”: {problem}") from None
    return found


def _question(number: int, entry: object) -> Question:
    try:
        if not isinstance(entry, dict):
            raise Invalid("this is no table; begin each question with [[questions]].")
        _only(entry, FIELDS_OF_A_QUESTION)
        return Question(
            key=_field(entry, "key", str),
            text=_field(entry, "text", str),
            type=QuestionType(_field(entry, "type", str)),
            help=_field(entry, "help", str, ""),
            required=_field(entry, "required", bool, False),
            lens=_field(entry, "lens", str, ""),
            area=Area(_field(entry, "area", str)) if "area" in entry else None,
            expects=Kind(_field(entry, "expects", str)) if "expects" in entry else None,
            options=_texts(entry, "options", ()),
            when=_condition(_field(entry, "when", dict)) if "when" in entry else None,
        )
    except (Invalid, ValueError) as problem:
        named = entry.get("key", number) if isinstance(entry, dict) else number
        raise Invalid(f"question “{named}”: {problem}") from None


def _condition(entry: Mapping[str, Any]) -> Condition:
    _only(entry, FIELDS_OF_A_CONDITION)
    return Condition(_field(entry, "question", str), _texts(entry, "answers"))


def _only(entry: Mapping[str, Any], known: tuple[str, ...]) -> None:
    if unknown := next((name for name in entry if name not in known), None):
        raise Invalid(f"there is no field “{unknown}”; there are: {', '.join(known)}.")


def _field(entry: Mapping[str, Any], name: str, kind: type[T], default: T | None = None) -> T:
    """What stands in the field, `default` where it is left out. Raises Invalid where it is missing or another kind."""
    value = entry.get(name, default)
    if value is None:
        raise Invalid(f"the field “{name}” is missing.")
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Invalid(f"the field “{name}” must be {_CALLED[kind]}.")
    return value


def _texts(entry: Mapping[str, Any], name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """A list of texts; steps of a scale may stand there as numbers."""
    if name not in entry and default is not None:
        return default
    values = _field(entry, name, list)
    if not all(isinstance(value, str) or type(value) is int for value in values):
        raise Invalid(f"the field “{name}” must be a list of texts.")
    return tuple(str(value) for value in values)
