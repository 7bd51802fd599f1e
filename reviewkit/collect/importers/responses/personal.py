"""A table -> the columns that say who somebody is, which no import reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from reviewkit.collect.importers.headings import bare_heading, plain_words

_HEADING = re.compile(
    r"((your|respondent|respondents|user|employee|staff|participant|author|first|last|middle|full|family|given|display"
    r"|contact) )*(name|names|surname|forename|firstname|lastname|fullname|nickname)"
    r"( of (the )?(respondent|participant|person|employee))?( optional)?"
    r"|.*\be ?mails?( address(es)?| adress)?( id)?"
    r"|(work |home |mobile |cell )?(phone|telephone|mobile|tel)( (number|no))?"
    r"|(ip|ip address|ipaddr|ip addr|user agent|browser|device|referrer|referer|refurl|token|latitude|longitude|lat|lon"
    r"|long|geolocation|location data|session( id)?|cookie)"
    r"|(user ?name|user|user ?id|login|account|author|created ?by|submitted ?by|completed ?by|respondent|participant"
    r"|reporter|creator|assignee|watchers|(employee|staff) (id|number|no)|personnel number|contact id"
    r"|custom data [0-9]+)"
)
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.[^\s@.]{2,24}")
_ADDRESS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}", re.IGNORECASE)
_LONGEST_ADDRESS = 45


def personal_columns(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Columns whose heading names a person's name, address, account or device, or most of whose cells are e-mail or
    network addresses. The rows are gone through once."""
    named = {column for column in columns if _HEADING.fullmatch(plain_words(bare_heading(column)))}
    open_ = [column for column in columns if column not in named]
    filled, addresses = dict.fromkeys(open_, 0), dict.fromkeys(open_, 0)
    for row in rows:
        for column in open_:
            if cell := row.get(column, "").strip():
                filled[column] += 1
                addresses[column] += _is_address(cell)
    return tuple(column for column in columns if column in named or addresses[column] > filled[column] / 2)


def _is_address(cell: str) -> bool:
    if "@" in cell:
        return _EMAIL.fullmatch(cell[:400]) is not None
    return len(cell) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(cell) is not None
