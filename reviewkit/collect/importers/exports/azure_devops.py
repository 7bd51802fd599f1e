"""The CSV of Azure DevOps' Retrospectives extension -> answers.

A line with the board's title, then a section “Feedback Items” with Type, Description, Votes, CreatedDate, CreatedBy,
and one “Work Items”. Texts stand in quotation marks, and quotation marks in them are not doubled, so that no reader of
CSV reads them: a line is taken apart from both its ends instead.
"""

from __future__ import annotations

import re

from reviewkit.collect.importers.exports.cards import Board, Card, board_of

_ITEMS, _WORK = "Feedback Items", "Work Items"
_HEADER = re.compile(r"^[ \t]*\"?Type\"?,\"?Description\"?,\"?Votes\"?,\"?CreatedDate\"?,\"?CreatedBy\"?", re.MULTILINE)
_START = re.compile(r'^\s*(?:"(?P<quoted>[^"\n]*)"|(?P<plain>[^",\n]*)),', re.DOTALL)
_DAY = r"[^\"\n,]{0,60}[12][0-9]{3}[^\"\n,]{0,60}"
_END = re.compile(rf',\s*"?[0-9]+"?,\s*(?:"(?P<exactly>{_DAY}(?:,[^"\n]*)?)"|(?P<day>{_DAY})),(?P<by>[^\n]*)$')
"""Votes, a date with a year in it, and who wrote it: names may hold commas."""

_LONGEST = 100
"""Lines of one text; a line that fits nothing would swallow the rest of the file otherwise."""


def knows(text: str) -> bool:
    return _section(text) is not None


def read(text: str, name: str) -> Board:
    """Feedback items are answers; work items come of them and are left out, and so is what cannot be taken apart."""
    lines = (_section(text) or "").splitlines()
    cards: list[Card] = []
    odd = 0
    waiting: list[str] = []
    for line in lines:
        if not waiting and not line.strip(", \t"):
            continue
        waiting.append(line)
        card = _card("\n".join(waiting))
        if card:
            cards.append(card)
        elif len(waiting) < _LONGEST:
            continue
        else:
            odd += 1
        waiting = []
    odd += bool(waiting)
    notes = [f"{odd} entries could not be taken apart and are left out"] if odd else []
    return board_of(cards, author="CreatedBy", notes=notes)


def _section(text: str) -> str | None:
    """What stands between the items' header and the work items; None where there is no such header."""
    _, title, rest = text.partition(_ITEMS)
    header = _HEADER.search(rest[:400]) if title else None
    if header is None:
        return None
    body = rest[header.end() :].partition("\n")[2]
    return re.split(rf"^[ \t]*\"?{_WORK}\"?,*[ \t\r]*$", body, maxsplit=1, flags=re.MULTILINE)[0]


def _card(entry: str) -> Card | None:
    start, end = _START.match(entry), _END.search(entry)
    if start is None or end is None or end.start() < start.end():
        return None
    described = entry[start.end() : end.start()].strip()
    if described.startswith('"') and described.endswith('"') and len(described) > 1:
        described = described[1:-1]
    day = end["exactly"] or end["day"]
    column = (start["quoted"] if start["quoted"] is not None else start["plain"]).strip()
    return Card(column or "Feedback", described.replace('""', '"'), end["by"].strip(' ",'), day.strip())
