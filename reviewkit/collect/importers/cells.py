"""Cells -> values: numbers, words of a vocabulary, levels from 1 to 5."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from reviewkit.collect.importers.headings import plain_words

T = TypeVar("T")

_MARKS = frozenset(("", "-", "--", "–", "—", "?", "."))
_NO_VALUE = frozenset(
    (
        "none",
        "na",
        "n a",
        "nan",
        "null",
        "tbd",
        "tbc",
        "not specified",
        "not applicable",
        "not available",
        "unavailable",
    )
    # “unknown” and “nothing” are left: they may be what somebody wants to say
)
_LONGEST_NOTHING = 20
HEADLINE = 90
"""Characters of a title made from a text."""

_NUMBER = re.compile(r"[-+]?[0-9][0-9.,'’\s]*")
_SCALED = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


def is_nothing(cell: str) -> bool:
    """Whether the cell says that there is nothing to say: blank, “N/A”, “-”, “None”, “Unavailable.”."""
    return _says_nothing(cell) if len(cell) < _LONGEST_NOTHING else not cell.strip()


@lru_cache(maxsize=4_096)
def _says_nothing(cell: str) -> bool:
    return cell.strip() in _MARKS or plain_words(cell) in _NO_VALUE


def text_of(cell: str) -> str:
    """The cell's text; empty where it says nothing."""
    return "" if is_nothing(cell) else cell.strip()


def headline(text: str) -> str:
    """The opening of a text that has no title, cut between words."""
    line = " ".join(text.split())
    if len(line) <= HEADLINE:
        return line
    end = line.rfind(" ", HEADLINE // 2, HEADLINE)
    return line[: end if end > 0 else HEADLINE].rstrip(",;: ") + "…"


def vocabulary(words: Mapping[T, str]) -> dict[str, T]:
    """Word -> value, from value -> the words for it, parted by commas; what `word_of` looks in."""
    return {plain_words(word): value for value, text in words.items() for word in text.split(",")}


def number_of(cell: str) -> float | None:
    """The number in an amount as people write it: “£1,250,000”, “1.2m”, “1 250 000,50”; None where there is none."""
    found = _NUMBER.search(cell)
    if not found:
        return None
    digits = re.sub(r"[\s'’]", "", found.group()).rstrip(".,")
    digits = _plain_decimal(digits)
    following = re.match(r"\s*([a-z]+)", cell[found.end() :].casefold())
    factor = _SCALED.get(following.group(1), 1.0) if following else 1.0
    try:
        value = float(digits) * factor
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def word_of(cell: str, words: Mapping[str, T]) -> T | None:
    """The value whose word the cell is, or begins with (“Mitigate: train two people”); None where it is neither.

    `words` is keyed as `vocabulary` makes it.
    """
    said = plain_words(cell)
    if said in words:
        return words[said]
    starts = [word for word in words if said.startswith(word + " ")]
    return words[max(starts, key=len)] if starts else None


_LEVELS = vocabulary(
    {
        1: "very low, vl, rare, remote, insignificant, negligible, trivial, improbable, very unlikely, minimal",
        2: "low, l, unlikely, minor, small, seldom",
        3: "medium, m, med, moderate, possible, average, occasional, significant",
        4: "high, h, likely, major, probable, serious, severe",
        5: "very high, vh, almost certain, near certain, certain, very likely, frequent, critical, extreme,"
        "catastrophic",
    }
)


def levels_of(cells: Sequence[str], heading: str = "", known_top: float | None = None) -> list[int | None]:
    """A column's cells as levels from 1 to 5; None for those that cannot be read, and for blank ones.

    Words are read as such. Numbers are on the scale that `top_of` finds. A wider scale than 1 to 5 is cut into five
    bands of equal width.
    """
    numbers = [None if word_of(cell, _LEVELS) else number_of(cell) for cell in cells]
    top = top_of(cells, heading, known_top) or 5
    found: list[int | None] = []
    for cell, number in zip(cells, numbers, strict=True):
        if number is None:
            found.append(word_of(cell, _LEVELS))
        elif top == 5:
            found.append(int(number) if number in (1, 2, 3, 4, 5) else None)
        else:
            found.append(max(1, math.ceil(number / top * 5)) if 0 <= number <= top else None)
    return found


def level_word(cell: str) -> int | None:
    """The level that a word is; None where it is none."""
    return word_of(cell, _LEVELS)


def top_of(cells: Sequence[str], heading: str = "", known_top: float | None = None) -> float | None:
    """The highest value of a column's scale: 1, 5, 10 or 100; None where it holds no number.

    It is the one that the heading or a cell names (“%”, “0-100”, “1-10”), else the one known of before where the
    numbers fit on it, else the smallest that holds the highest: 0 to 1 with decimals, 1 to 5, 1 to 10, 0 to 100.
    """
    found = [None if word_of(cell, _LEVELS) else number_of(cell) for cell in cells]
    numbers = [number for number in found if number is not None]
    return _scale(heading, cells, numbers, known_top) if numbers else known_top


def _scale(heading: str, cells: Sequence[str], numbers: Sequence[float], known_top: float | None) -> float:
    spoken = heading.casefold()
    if "%" in spoken or "100" in spoken or any("%" in cell for cell in cells):
        return 100
    if re.search(r"\b10\b", spoken):
        return 10
    highest = max(numbers, default=5)
    if known_top is not None and highest <= known_top:
        return known_top
    if highest <= 1 and any(not number.is_integer() for number in numbers):
        return 1
    return next((top for top in (5, 10) if highest <= top), 100)


def _plain_decimal(digits: str) -> str:
    """Digits with at most one point: the last mark is decimal unless it stands before a group of three."""
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return digits
    head, tail = re.split(r"[.,](?=[^.,]*$)", digits)
    grouped = len(tail) == 3 and (
        len(set(marks)) == 1 and (len(marks) > 1 or marks[0] == ",") and head not in ("0", "-0")
    )
    return re.sub(r"[.,]", "", digits) if grouped else re.sub(r"[.,]", "", head) + "." + tail
