"""Jira's CSV of issues -> answers: an issue is a card under its type, as “Improvement” or “Problem”.

Columns among others: Summary, Issue key, Issue Type, Status, Reporter, Created, Labels, Description; a field with
several values has as many columns of the same name. Days are written as 12/Mar/24 9:41 AM.
"""

from __future__ import annotations

from collections import Counter

from reviewkit.collect.importers.exports.cards import Board, Card, board_of
from reviewkit.collect.importers.headings import bare_heading
from reviewkit.collect.tables import DELIMITERS, header_of, read_table

_KNOWN = {"Summary", "Issue key", "Issue Type", "Status"}
_AUTHORS = ("Reporter", "Creator")
_UNTYPED = "Issues"
_SHOWN = 8


def knows(text: str) -> bool:
    return any(set(header_of(text, sign)) >= _KNOWN for sign in DELIMITERS)


def read(text: str, name: str) -> Board:
    """Summary and description are the card. Status and labels tell how it went on and are counted in notes: as answers
    they would make a theme of every label. Comments, people and all else are left out."""
    table = read_table(text.encode(), name)
    author = next((column for column in _AUTHORS if column in table.columns), "")
    labels = [column for column in table.columns if bare_heading(column) == "Labels"]
    states, tagged = Counter[str](), Counter[str]()
    cards = []
    for row in table.rows:
        said = "\n".join(filter(None, (row["Summary"].strip(), row.get("Description", "").strip())))
        signed = row[author].strip() if author else ""
        cards.append(Card(row["Issue Type"].strip() or _UNTYPED, said, signed, row.get("Created", "")))
        states.update(filter(None, [row["Status"].strip()]))
        tagged.update({row[column].strip() for column in labels} - {""})
    notes = [
        f"{what}, not imported: {_counted(found)}" for what, found in (("Status", states), ("Labels", tagged)) if found
    ]
    return board_of(cards, author=author, notes=notes)


def _counted(found: Counter[str]) -> str:
    shown = ", ".join(f"{count} {name}" for name, count in found.most_common(_SHOWN))
    return shown + (" …" if len(found) > _SHOWN else "")
