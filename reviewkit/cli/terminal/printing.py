"""Values -> lines for people and JSON for programs."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
Row = Mapping[str, object]

_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

WIDEST = 64
"""Characters a cell of a table may take."""


def json_option(command: F) -> F:
    """`--json`, as the parameter `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")(command)


def print_json(value: object) -> None:
    click.echo(json.dumps(plain_value(value), ensure_ascii=False, indent=2))


def print_rows(rows: Sequence[Row], columns: Mapping[str, str], *, as_json: bool, none: str) -> None:
    """Rows as JSON with all their keys, or as an aligned table of `columns` (key -> heading).

    `none` is said on stderr where there are no rows, since then there is nothing to print.
    """
    if as_json:
        print_json(list(rows))
    elif rows:
        click.echo(table(list(columns.values()), [[row[key] for key in columns] for row in rows]))
    else:
        click.echo(none, err=True)


def print_fields(pairs: Iterable[tuple[str, object]]) -> None:
    """Name and value, one a line; blank values are left out and long ones are wrapped."""
    shown = [(name, text) for name, value in pairs if (text := shown_text(value))]
    width = max((len(name) for name, _ in shown), default=0)
    for name, text in shown:
        click.echo(wrapped(text, first=f"{name:<{width}}  ", indent=" " * (width + 2)))


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Aligned columns parted by two blanks; numbers stand to the right."""
    cells = [[_short(one_line(shown_text(value))) for value in row] for row in rows]
    widths = [max(map(_columns, column)) for column in zip(headings, *cells, strict=True)]
    right = [bool(rows) and all(isinstance(row[at], int | float) for row in rows) for at in range(len(headings))]
    lines = [_line(list(headings), widths, right), *(_line(row, widths, right) for row in cells)]
    return "\n".join(lines)


def wrapped(text: str, *, first: str = "", indent: str = "") -> str:
    """`text` wrapped to the terminal, `first` before its first line and `indent` before the rest."""
    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, 100))
    lines = click.wrap_text(one_line(text), width=width, initial_indent=first, subsequent_indent=indent)
    return lines or first.rstrip()


def opening(text: str, most: int) -> str:
    """The first sentences of `text` that fit into `most` characters, or its first words where not even one does."""
    line = one_line(text)
    if len(line) <= most:
        return line
    sentence = max(line.rfind(mark, 0, most + 1) for mark in (". ", "? ", "! "))
    if sentence >= most // 3:
        return line[: sentence + 1] + " …"
    return line[: line.rfind(" ", most // 2, most)].rstrip(",;: ") + " …"


def one_line(text: str) -> str:
    """`text` on one line, without control characters that a terminal would obey, nor ones that turn its direction."""
    visible = (" " if _is_command(char) else char for char in text)
    return " ".join("".join(visible).split())


def shown_text(value: object) -> str:
    """A value as people read it; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return "; ".join(shown_text(member) for member in value)
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def as_row(record: Any, *, without: Sequence[str] = ()) -> dict[str, object]:
    """A record's fields by name."""
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name not in without}


def plain_value(value: object) -> object:
    """A value made of what JSON knows: dates as ISO text, words of a vocabulary as themselves, records by field."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain_value(member) for name, member in as_row(value).items()}
    if isinstance(value, Mapping):
        return {str(key): plain_value(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(member) for member in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _is_command(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in _DIRECTIONS


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, width, to_right in zip(cells, widths, right, strict=True):
        blank = " " * (width - _columns(cell))
        padded.append(blank + cell if to_right else cell + blank)
    return "  ".join(padded).rstrip()


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 1].rstrip() + "…"


def _columns(text: str) -> int:
    """Places `text` takes on a terminal: wide characters take two, combining ones none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
