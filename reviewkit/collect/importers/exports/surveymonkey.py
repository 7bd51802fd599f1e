"""SurveyMonkey's export -> answers: the first header row holds the questions, the second their options.

Respondent ID, Collector ID, Start Date, End Date, IP Address, Email Address, First Name, Last Name, Custom Data 1, then
each question over as many columns as it has options, blank but for the first.
"""

from __future__ import annotations

import csv
import io

from reviewkit.collect.importers.exports.cards import AnswersTable
from reviewkit.collect.importers.headings import plain_words
from reviewkit.collect.tables import table_of

_KNOWN = {"respondent id", "collector id", "start date", "end date"}
_PLAIN = {"", "response", "open ended response"}
"""What stands below a question with one column."""


def knows(text: str) -> bool:
    rows = _rows(text, most=1)
    return bool(rows) and {plain_words(cell) for cell in rows[0]} >= _KNOWN


def read(text: str, name: str) -> AnswersTable:
    """A question's columns are joined: the options that were ticked and what was written, parted by semicolons."""
    header, *below = _rows(text)
    second, *rows = below or [[]]
    second = [*second, *[""] * (len(header) - len(second))]
    owner: list[int] = []
    for place, cell in enumerate(header):
        follows = not cell.strip() and owner and plain_words(second[place]) not in _PLAIN
        owner.append(owner[-1] if follows else place)
    kept = [place for place in range(len(header)) if owner[place] == place]
    joined = [[_joined(row, [at for at, one in enumerate(owner) if one == place]) for place in kept] for row in rows]
    return AnswersTable(table_of([[header[place] for place in kept], *joined], name))


def _joined(row: list[str], places: list[int]) -> str:
    return ";".join(row[place].strip() for place in places if place < len(row) and row[place].strip())


def _rows(text: str, most: int | None = None) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    found: list[list[str]] = []
    for row in reader:
        if any(cell.strip() for cell in row):
            found.append(row)
        if most is not None and len(found) >= most:
            break
    return found
