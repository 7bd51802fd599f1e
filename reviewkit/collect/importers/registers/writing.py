"""Risks and the rows they came from -> a table as the tool writes it, which it takes back and so does our importer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from reviewkit.collect.importers.headings import plain_words
from reviewkit.collect.importers.registers import Register, match, read_register
from reviewkit.collect.importers.registers.speech import Speech, day_text, level_text
from reviewkit.collect.importers.registers.words import CLOSED_FIELDS, DAYS, FIELDS, LEVELS, RESPONSE
from reviewkit.collect.tables import Table
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import ReadAs, RegisterLayout, RegisterTool, RiskSource

_TOLD = ("cause", "event", "effect")
_PLAIN = ("ref", "title", "category", "owner", "occurred_note")
_COMPARED = (*_PLAIN, *_TOLD, *LEVELS, *DAYS, "status", "nature", "occurred", "response", "response_text")
_BLANK = Risk("", "", "", "")
OWN = tuple(name for name in FIELDS if name != "description")
"""The columns of a register that came from no tool, in their order."""


@dataclass(frozen=True)
class Written:
    """A table to be sent out, the places of its columns of levels, and what the tool it is for cannot be told."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    levels: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


def own_register(risks: Iterable[Risk]) -> Written:
    """The risks under our own names of the fields, on the scale from 1 to 5."""
    rows = [
        {name: "" if (value := getattr(risk, name)) is None else str(value) for name in OWN} | {"project": risk.project}
        for risk in risks
    ]
    headings = [_heading(name) for name in OWN]
    levels = frozenset(place for place, name in enumerate(OWN) if name in LEVELS)
    return Written(tuple(headings), tuple(tuple(row[name] for name in OWN) for row in rows), levels)


def written_register(risks: Sequence[Risk], sources: Sequence[RiskSource], layout: RegisterLayout) -> Written:
    """The risks in the columns, words and scales of `layout`.

    A cell whose risk still says what it was read as stays as it came; columns that nothing was read from do so too.
    What the columns have no place for gets a column of its own at the end.

    Args:
        risks: those to write; ones without a row of their own get a new one at the end.
        sources: every row of that layout, for the words it uses.
    """
    rows_of = {source.id: source for source in sources}
    first_known = sorted(
        risks, key=lambda risk: (risk.id not in rows_of, rows_of[risk.id].position if risk.id in rows_of else 0)
    )
    speech = Speech(layout, sources)
    rows = [_row(risk, rows_of.get(risk.id), layout, speech) for risk in first_known]
    table = Table(layout.columns, rows)
    table = _with_days_told(table, first_known, layout)
    extra: dict[str, str] = {}
    for _ in range(2):  # a column that is added may change how another is read
        table = _with_more_columns(table, first_known, layout, extra)
    graded = {column for name in LEVELS for column in (*layout.columns_of(name), extra.get(name))}
    return Written(
        tuple(_as_it_was(table.columns)),
        tuple(tuple(row[name] for name in table.columns) for row in table.rows),
        frozenset(place for place, column in enumerate(table.columns) if column in graded),
        _notes(table, first_known, layout, extra),
    )


def _row(risk: Risk, source: RiskSource | None, layout: RegisterLayout, speech: Speech) -> dict[str, str]:
    row = dict(zip(layout.columns, source.cells, strict=True)) if source else dict.fromkeys(layout.columns, "")
    before = source.read if source else _BLANK
    changed = {name for name in _COMPARED if getattr(risk, name) != getattr(before, name)}
    if source is None:
        changed |= {"status", "nature"}
        _put(row, layout, "project", speech.project(risk.project))
    for name in changed & {*_PLAIN}:
        _put(row, layout, name, getattr(risk, name))
    for name in changed & {*LEVELS}:
        _put(row, layout, name, level_text(getattr(risk, name), speech.scale(name)))
    for name in changed & {*DAYS}:
        _put(row, layout, name, day_text(getattr(risk, name), speech.day_format(name)))
    for name in changed & {*CLOSED_FIELDS}:
        _put(row, layout, name, speech.word(name, getattr(risk, name)))
    if changed & {*_TOLD}:
        _put_told(row, layout, risk)
    if changed & {"response", "response_text"}:
        _put_response(row, layout, risk, speech, {"response", "response_text"} & changed)
    return row


def _put(row: dict[str, str], layout: RegisterLayout, name: str, text: str) -> None:
    """Into the field's first column; what others add to it is in the text already."""
    for place, column in enumerate(layout.columns_of(name)):
        row[column] = "" if place else text


def _put_told(row: dict[str, str], layout: RegisterLayout, risk: Risk) -> None:
    own = [name for name in _TOLD if layout.columns_of(name)]
    for name in own:
        _put(row, layout, name, getattr(risk, name))
    if "event" not in own:
        whole = not own and (risk.cause or risk.effect)
        _put(row, layout, "description", _sentence(risk) if whole else risk.event)


def _sentence(risk: Risk) -> str:
    return f"Because of {risk.cause}, {risk.event}, leading to {risk.effect}."


def _put_response(row: dict[str, str], layout: RegisterLayout, risk: Risk, speech: Speech, changed: set[str]) -> None:
    column, place = (layout.columns_of(name)[:1] for name in ("response", "response_text"))
    holds_text = bool(column) and plain_words(row[column[0]]) not in {"", *RESPONSE}
    word = speech.word("response", risk.response)
    if column and not place and risk.response_text:
        starts = plain_words(risk.response_text).startswith(plain_words(word))
        row[column[0]] = risk.response_text if starts else word
    elif column and ("response" in changed or holds_text):
        row[column[0]] = word
    if "response_text" in changed or holds_text:
        _put(row, layout, "response_text", risk.response_text)


def _with_days_told(table: Table, risks: Sequence[Risk], layout: RegisterLayout) -> Table:
    """Days of a column whose order of day and month can no longer be told are written as in ISO 8601."""
    read = _read(table, layout, {})
    for name in DAYS:
        columns = layout.columns_of(name)[:1]
        if columns and any(getattr(now, name) != getattr(risk, name) for risk, now in _pairs(risks, read)):
            for row, risk in zip(table.rows, risks, strict=True):
                row[columns[0]] = day_text(getattr(risk, name), "")
    return table


def _with_more_columns(table: Table, risks: Sequence[Risk], layout: RegisterLayout, extra: dict[str, str]) -> Table:
    """Adds a column for each field that no column tells rightly, filled where it is needed."""
    read = _read(table, layout, extra)
    columns, rows = list(table.columns), [dict(row) for row in table.rows]
    for place, (risk, now) in enumerate(_pairs(risks, read)):
        wrong = [name for name in _COMPARED if getattr(now, name) != getattr(risk, name)]
        if {*wrong} & {*_TOLD} and not all(layout.columns_of(name) for name in _TOLD):
            wrong = [*wrong, *_TOLD]
        for name in dict.fromkeys(wrong):
            if layout.columns_of(name):
                continue
            if name not in extra:
                extra[name] = _free(_heading(name), columns)
                columns.append(extra[name])
                for row in rows:
                    row[extra[name]] = ""
            value = getattr(risk, name)
            rows[place][extra[name]] = "" if value is None else str(value)
    return Table(tuple(columns), rows)


def _notes(table: Table, risks: Sequence[Risk], layout: RegisterLayout, extra: Mapping[str, str]) -> tuple[str, ...]:
    """What is not read back as it stands here, for the tool knows no word for it; and which columns were added."""
    tool = "The file it came from" if layout.tool is RegisterTool.GENERIC else layout.tool.value
    notes = [f"{tool} has no column for {_heading(name).casefold()}; it stands in “{extra[name]}”." for name in extra]
    for risk, now in _pairs(risks, _read(table, layout, extra)):
        for name in ("status", "nature", "response"):
            wanted, got = getattr(risk, name), getattr(now, name)
            if wanted != got:
                notes.append(f"{tool} knows no {name} “{wanted}”; {risk.ref} says “{got or 'nothing'}” there.")
    return tuple(dict.fromkeys(notes))


def _read(table: Table, layout: RegisterLayout, extra: Mapping[str, str]) -> Register:
    """The table as the importer reads it: by its headings alone where these suffice, else as it was mapped by hand."""
    wanted = {*layout.read_as, *(ReadAs(*one) for one in extra.items())}
    alone = {ReadAs(one.field, one.column) for one in match(table, name="register")}
    by_hand = [] if wanted <= alone else [(one.field, one.column) for one in sorted(wanted, key=str)]
    return read_register(table, by_hand, name="register", project=layout.project or "-", known_tops=layout.tops)


def _pairs(risks: Sequence[Risk], read: Register) -> list[tuple[Risk, Risk]]:
    """Each risk beside what its row is read as; one whose row is not read at all beside a blank one."""
    found = dict(zip(read.places, read.records, strict=True))
    return [(_plain(risk), _plain(found.get(place, _BLANK))) for place, risk in enumerate(risks)]


def _plain(risk: Risk) -> Risk:
    """The risk with its texts as a cell can hold them."""
    texts: dict[str, Any] = {
        one.name: value.strip() for one in fields(risk) if type(value := getattr(risk, one.name)) is str
    }
    return replace(risk, **texts)


def _heading(name: str) -> str:
    return "Project key" if name == "project" else name.replace("_", " ").capitalize()


def _free(heading: str, columns: Sequence[str]) -> str:
    number, free = 1, heading
    while free in columns:
        number += 1
        free = f"{heading} ({number})"
    return free


def _as_it_was(columns: Sequence[str]) -> list[str]:
    """The headings without what was added to tell nameless and repeated ones apart."""
    found = []
    for place, column in enumerate(columns, start=1):
        base, _, number = column.rpartition(" (")
        repeated = base in columns[: place - 1] and number.rstrip(")").isdigit()
        found.append("" if column == f"column {place}" else base if repeated else column)
    return found
