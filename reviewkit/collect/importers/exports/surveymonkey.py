"""SurveyMonkey's export -> answers: the first header row holds the questions, the second their options or rows.

Respondent ID, Collector ID, Start Date, End Date, IP Address, Email Address, First Name, Last Name, Custom Data 1, then
each question over as many columns as it has options, blank but for the first.
"""

from __future__ import annotations

import csv
import io
import re

from reviewkit.collect.importers.exports.cards import AnswersTable
from reviewkit.collect.importers.headings import plain_words
from reviewkit.collect.tables import MOST_FIELD, header_of, no_csv, table_of

_KNOWN = {"respondent id", "collector id", "start date", "end date"}
_OTHER = re.compile(r"\s*other\b", re.IGNORECASE)
_PLAIN = {"", "response", "open ended response"}
"""What stands below a question with one column."""


def knows(text: str) -> bool:
    return {plain_words(cell) for cell in header_of(text.lstrip(), ",")} >= _KNOWN


def read(text: str, name: str) -> AnswersTable:
    """The columns of a choice are joined: the options that were ticked and what was written, parted by semicolons.

    Those of a grid stay apart, each headed “Question [Row]”: its cells do not repeat the second header.

    Raises UnreadableFile.
    """
    header, *below = _rows(text, name)
    second, *rows = below or [[]]
    second = [*second, *[""] * (len(header) - len(second))]
    owner: list[int] = []
    for place, cell in enumerate(header):
        follows = not cell.strip() and owner and plain_words(second[place]) not in _PLAIN
        owner.append(owner[-1] if follows else place)
    groups: list[list[int]] = []
    headings: list[str] = []
    for place in dict.fromkeys(owner):
        columns = [at for at, one in enumerate(owner) if one == place]
        if len(columns) > 1 and _is_grid(second, rows, columns):
            groups += [[at] for at in columns]
            headings += [f"{header[place]} [{second[at].strip()}]" for at in columns]
        else:
            groups.append(columns)
            headings.append(header[place])
    return AnswersTable(table_of([headings, *([_joined(row, group) for group in groups] for row in rows)], name))


def _is_grid(second: list[str], rows: list[list[str]], columns: list[int]) -> bool:
    cells = [(at, row[at]) for row in rows for at in columns if at < len(row) and row[at].strip()]
    marks = [plain_words(cell) == plain_words(second[at]) for at, cell in cells if not _OTHER.match(second[at])]
    return bool(marks) and sum(marks) < len(marks) / 2


def _joined(row: list[str], places: list[int]) -> str:
    return ";".join(row[place].strip() for place in places if place < len(row) and row[place].strip())


def _rows(text: str, name: str) -> list[list[str]]:
    csv.field_size_limit(MOST_FIELD)
    try:
        found = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    except csv.Error as problem:
        raise no_csv(problem, name) from None
    return [row for row in found if any(cell.strip() for cell in row)]
