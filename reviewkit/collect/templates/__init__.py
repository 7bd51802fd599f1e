"""TOML files -> review templates; a template is a file anyone can add."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.domain.reviews import Question, Template
from reviewkit.domain.words import Area, Kind, QuestionType, Wave


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
        Invalid: where it is no TOML, or a field is missing, doubled or outside its vocabulary; the message says which.
    """
    try:
        table = tomllib.loads(text)
        questions = tuple(_question(entry) for entry in table["questions"])
        found = Template(
            key=key,
            title=table["title"],
            wave=Wave(table["wave"]),
            intro=table["intro"],
            questions=questions,
            minutes=table.get("minutes", 4),
        )
    except KeyError as missing:
        raise Invalid(f"Template “{key}”: the field {missing} is missing.") from None
    except (TypeError, ValueError) as problem:  # TOMLDecodeError is a ValueError
        raise Invalid(f"Template “{key}”: {problem}") from None
    keys = [question.key for question in questions]
    if doubled := next((k for k in keys if keys.count(k) > 1), None):
        raise Invalid(f"Template “{key}”: two questions have the key “{doubled}”.")
    return found


def _question(entry: dict[str, Any]) -> Question:
    return Question(
        key=entry["key"],
        text=entry["text"],
        type=QuestionType(entry["type"]),
        help=entry.get("help", ""),
        required=entry.get("required", False),
        lens=entry.get("lens", ""),
        area=Area(entry["area"]) if "area" in entry else None,
        expects=Kind(entry["expects"]) if "expects" in entry else None,
        options=tuple(entry.get("options", ())),
    )
