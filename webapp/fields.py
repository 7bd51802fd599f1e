"""Form fields and query parameters -> values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from flask import request

from reviewkit.domain.errors import Invalid

Word = TypeVar("Word", bound=StrEnum)

MAX_TEXT = 4_000


def text_field(name: str) -> str:
    """What was typed, trimmed. Raises Invalid where it is far too long."""
    typed = request.form.get(name, "").strip()
    if len(typed) > MAX_TEXT:
        raise Invalid(f"That text is too long: at most {MAX_TEXT:,} characters.", field=name)
    return typed


def day_field(name: str) -> date | None:
    """A day, None where the field is empty. Raises Invalid."""
    typed = text_field(name)
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Invalid(f"“{typed}” is not a day; write it as 2027-01-31.", field=name) from None


def local_field(name: str) -> datetime | None:
    """A date and time without a zone, None where the field is empty. Raises Invalid."""
    typed = text_field(name)
    try:
        found = datetime.fromisoformat(typed) if typed else None
    except ValueError:
        found = datetime.max.replace(tzinfo=UTC)
    if found and found.tzinfo:
        raise Invalid(f"“{typed}” is not a date and time; write it as 2027-01-31T09:00.", field=name)
    return found


def count_field(name: str) -> int | None:
    """A whole number from 1, None where the field is empty. Raises Invalid."""
    typed = text_field(name)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 7 and int(typed) > 0):
        raise Invalid(f"“{typed}” is not a number of people.", field=name)
    return int(typed)


def number_field(name: str) -> int | None:
    """A whole number that a page of ours put into its form, None where it is none, or larger than any of ours."""
    typed = request.form.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def word_field(words: type[Word], name: str) -> Word:
    """One of a vocabulary. Raises Invalid."""
    typed = text_field(name)
    found = one_of(words, typed)
    if found is None:
        raise Invalid(f"“{typed}” is none of: {', '.join(words)}.", field=name)
    return found


def one_of(words: type[Word], typed: str | None) -> Word | None:
    """The word of a vocabulary that was meant; None where it is none, as for a filter nobody chose."""
    return next((word for word in words if word.value == typed), None)


def number_arg(name: str, default: int = 0, most: int = 100_000) -> int:
    """A whole number of the address, `default` where it is none."""
    typed = request.args.get(name, "")
    return min(int(typed[:9]), most) if typed.isascii() and typed.isdigit() else default


def chosen(names: Mapping[str, object] | tuple[str, ...]) -> dict[str, str]:
    """The filters of the address among `names` that are not empty."""
    return {name: value for name in names if (value := request.args.get(name, "").strip()[:200])}
