"""A question spread over a column for each of its options -> one column that holds the options that were ticked.

LimeSurvey writes “Question [Option]” over cells of Yes and No, Formbricks “N. Question - Option”. A grid of ratings
looks alike but for its cells, and its columns stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from reviewkit.collect.importers.exports.cards import AnswersTable
from reviewkit.collect.tables import Stream, Table

_OPTION = re.compile(
    r"(?P<question>.{1,1000}?)(?:\s{0,9}\[(?P<bracket>[^\[\]]{1,500})\]|\s{1,9}-\s{1,9}(?P<dash>\S.*))\s*", re.DOTALL
)
_TICKED = frozenset(("yes", "y", "checked", "selected", "ticked", "x", "true", "1", "✓"))
_BLANK = frozenset(("", "no", "n", "not selected", "unchecked", "false", "0", "n/a"))
_WRITTEN_IN = "other"
_SAMPLED = 500

Options = Mapping[str, str]
"""Column -> the option it stands for."""


def ticks_joined(table: Table | Stream) -> AnswersTable:
    """The table, options joined by semicolons under their question where a person would tick them."""
    groups = {
        question: options
        for question, options in _spread(table.columns).items()
        if question not in table.columns and _are_ticks(options, islice(table.rows, _SAMPLED))
    }
    if not groups:
        return AnswersTable(table)
    home = {column: question for question, options in groups.items() for column in options}
    columns = tuple(dict.fromkeys(home.get(column, column) for column in table.columns))

    def rows() -> Iterator[dict[str, str]]:
        for row in table.rows:
            said = {question: _ticked(row, options) for question, options in groups.items()}
            yield {column: said[column] if column in said else row[column] for column in columns}

    if isinstance(table, Stream):
        return AnswersTable(replace(table, columns=columns, read=rows))
    return AnswersTable(Table(columns, list(rows())))


def _spread(columns: Sequence[str]) -> dict[str, dict[str, str]]:
    """Questions of several columns -> those columns and their options."""
    found: dict[str, dict[str, str]] = {}
    for column in columns:
        if part := _OPTION.fullmatch(column):
            found.setdefault(part["question"].strip(), {})[column] = (part["bracket"] or part["dash"]).strip()
    return {question: options for question, options in found.items() if len(options) > 1}


def _are_ticks(options: Options, rows: Iterable[Mapping[str, str]]) -> bool:
    """Whether nothing but marks stands below the options, and more than one where there is any choice."""
    some = False
    for row in rows:
        for column, option in options.items():
            cell = row[column].strip().casefold()
            if option.casefold() != _WRITTEN_IN and cell not in _TICKED | _BLANK:
                return False
            some = some or cell in _TICKED
    return some


def _ticked(row: Mapping[str, str], options: Options) -> str:
    said = []
    for column, option in options.items():
        cell = row[column].strip()
        if option.casefold() == _WRITTEN_IN and cell.casefold() not in _TICKED | _BLANK:
            said.append(cell)
        elif cell.casefold() in _TICKED:
            said.append(option)
    return ";".join(said)
