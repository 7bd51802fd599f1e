"""Parabol's summary of a retrospective, classic or from its pages -> answers.

Columns, classic: reflectionGroup, author, votes, type, createdAt, discussionThread, prompt, content; from pages:
Reflection Group, Votes, Type, Author, Prompt, Content, Discussion Thread. A row is a reflection, task, comment or
reply; the prompt is the column of the board.
"""

from __future__ import annotations

from collections import Counter

from reviewkit.collect.importers.exports.cards import Board, Card, board_of
from reviewkit.collect.importers.headings import plain_words
from reviewkit.collect.tables import read_table

_KNOWN = {"reflection group", "votes", "type", "author", "prompt", "content"}
_ANONYMOUS = {"", "anonymous"}
_REFLECTION = "reflection"


def knows(text: str) -> bool:
    head = text.lstrip("\ufeff").splitlines()[:1]
    return bool(head) and {plain_words(cell) for cell in head[0].split(",")} >= _KNOWN


def read(text: str, name: str) -> Board:
    """Reflections are answers; tasks, comments and replies talk about them and are counted in a note."""
    table = read_table(text.encode(), name)
    rows = [{plain_words(column): cell.strip() for column, cell in row.items()} for row in table.rows]
    kinds = Counter(row.get("type", "").casefold() for row in rows)
    said = [row for row in rows if row.get("type", "").casefold() == _REFLECTION]
    cards = [
        Card(row["prompt"] or "Reflections", row["content"], _named(row["author"]), row.get("created at", ""))
        for row in said
    ]
    others = [f"{count} of type {kind or 'unknown'}" for kind, count in kinds.items() if kind != _REFLECTION]
    notes = [f"Left out, since they are no reflections: {', '.join(others)}"] if others else []
    author = next(column for column in table.columns if plain_words(column) == "author")
    return board_of(cards, author=author, notes=notes)


def _named(author: str) -> str:
    return "" if author.casefold() in _ANONYMOUS else author
