"""A list of people -> whom to invite: an address each, and their part in the project where the list tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from reviewkit.collect.tables import Table, read_table
from reviewkit.domain.errors import Invalid, NoSuchColumn
from reviewkit.domain.words import RespondentRole

MOST = 10_000
"""People on one list."""

LONGEST = 254
"""Characters an address may have (RFC 5321)."""

_ADDRESS = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]{1,190}")
_ADDRESS_COLUMNS = ("address", "email", "e-mail", "e-mail address", "email address", "mail")
_ROLE_COLUMNS = ("role", "part")


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite."""

    address: str
    role: RespondentRole | None = None


def read_invitees(source: bytes | Path, name: str = "") -> list[Invitee]:
    """The people on a list, each address once.

    It is a CSV or XLSX table with a column of addresses and perhaps one of roles, known by their names, or nothing but
    addresses, one a line.

    Raises:
        UnreadableFile: it is no table, or has no column of addresses.
        Invalid: an address that is none, a role that is none, somebody in two roles, or too many people.
    """
    table = read_table(source, name)
    headless = any(_ADDRESS.fullmatch(column.strip()) for column in table.columns)
    table = _with_header(table) if headless else table
    address, role = _column(table, _ADDRESS_COLUMNS), _column(table, _ROLE_COLUMNS)
    if address is None and len(table.columns) == 1 and any("@" in cell for row in table.rows for cell in row.values()):
        raise Invalid(
            f"Row 1: “{table.columns[0][:80]}” is no e-mail address. If it is a heading, call it “address”.", "list"
        )
    if address is None:
        raise NoSuchColumn(name or "the list", "address", table.columns)
    found: dict[str, Invitee] = {}
    for number, row in enumerate(table.rows, start=1 if headless else 2):
        if not any(cell.strip() for cell in row.values()):
            continue
        invitee = Invitee(_address(row[address], number), _role(row[role], number) if role else None)
        same = found.setdefault(invitee.address.casefold(), invitee)
        if same.role is not invitee.role:
            raise Invalid(f"Row {number}: {invitee.address} stands there twice, in two roles. Leave one out.", "list")
    if not found:
        raise Invalid("The list holds no addresses. It needs one a line.", "list")
    if len(found) > MOST:
        raise Invalid(f"The list holds more than {MOST:,} people. Cut it into several.", "list")
    return list(found.values())


def _with_header(table: Table) -> Table:
    """A list of nothing but addresses has none, and its first line was taken for one."""
    names = ("address", "role", *table.columns[2:])[: len(table.columns)]
    rows = [dict(zip(table.columns, table.columns, strict=True)), *table.rows]
    return Table(names, [dict(zip(names, row.values(), strict=True)) for row in rows])


def _column(table: Table, names: tuple[str, ...]) -> str | None:
    return next((column for column in table.columns if column.strip().casefold() in names), None)


def _address(cell: str, number: int) -> str:
    address = cell.strip()
    if len(address) > LONGEST or not address.isprintable() or not _ADDRESS.fullmatch(address):
        raise Invalid(f"Row {number}: “{address[:80]}” is no e-mail address.", "list")
    return address


def _role(cell: str, number: int) -> RespondentRole | None:
    typed = cell.strip().casefold()
    try:
        return RespondentRole(typed) if typed else None
    except ValueError:
        raise Invalid(
            f"Row {number}: “{cell.strip()[:80]}” is no role. There are: {', '.join(RespondentRole)}.", "list"
        ) from None
