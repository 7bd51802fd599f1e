"""The CSV of FunRetro, later EasyRetro -> answers: the first row names the board's columns, cards are stacked below.

Cells of one row have nothing to do with each other. Each line ends in a comma.
"""

from __future__ import annotations

from reviewkit.collect.importers.exports.cards import Board, Card, board_of
from reviewkit.collect.tables import read_table

_LOOKED_AT = 50


def knows(text: str) -> bool:
    """Commas at the ends of all lines, the header's too, where other tools write tables without."""
    lines = [line for line in text.lstrip("\ufeff").splitlines()[:_LOOKED_AT] if line.strip()]
    ends = [line.rstrip().endswith(",") for line in lines]
    return len(lines) > 1 and '"' not in lines[0] and "," in lines[0].rstrip(", ") and all(ends)


def read(text: str, name: str) -> Board:
    table = read_table(text.encode(), name)
    named = text.lstrip("\ufeff").lstrip().splitlines()[0].rstrip(" ,").count(",") + 1
    return board_of(Card(column, row[column]) for row in table.rows for column in table.columns[:named])
