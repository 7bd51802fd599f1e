"""A table -> the columns that say who somebody is, which no import reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reviewkit.collect.importers.headings import plain_words

_HEADING = re.compile(
    r"((your|respondent|respondents|user|employee|staff|participant|author|first|last|middle|full|family|given|display"
    r"|contact) )*(name|names|surname|forename)"
    r"|.*\be ?mails?( address(es)?| adress)?( id)?"
    r"|(work |home |mobile |cell )?(phone|telephone|mobile|tel)( (number|no))?"
    r"|(ip|ip address|ipaddr|ip addr|user agent|browser|device|referrer|referer|refurl|token|latitude|longitude|lat|lon"
    r"|long|geolocation|location data|session( id)?|cookie)"
    r"|(user ?name|user|user ?id|login|account|author|created ?by|submitted ?by|completed ?by|respondent|participant"
    r"|employee (id|number|no)|staff (id|number|no)|personnel number|contact id|custom data [0-9]+)"
)
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.[^\s@.]{2,24}")
_ADDRESS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}", re.IGNORECASE)


def personal_columns(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Columns whose heading names a person's name, address, account or device, or most of whose cells are e-mail or
    network addresses."""
    return tuple(
        column
        for column in columns
        if _HEADING.fullmatch(plain_words(column)) or _holds_addresses([row.get(column, "") for row in rows])
    )


def _holds_addresses(cells: Sequence[str]) -> bool:
    said = [cell.strip() for cell in cells if cell.strip()]
    found = sum(bool(_EMAIL.fullmatch(cell[:400]) or _ADDRESS.fullmatch(cell[:60])) for cell in said)
    return found > len(said) / 2
