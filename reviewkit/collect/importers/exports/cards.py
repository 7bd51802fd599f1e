"""Cards on a board -> a table with a row for each respondent and a column for each of the board's columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewkit.collect.tables import Stream, Table
from reviewkit.domain.errors import Invalid

SAID = "Timestamp"
"""The heading under which the day of a row stands; `responses.table` knows it."""


@dataclass(frozen=True)
class Card:
    """What somebody put up under `column`. `author` tells apart who said it and goes no further; `said` is a date as
    the tool writes it."""

    column: str
    text: str
    author: str = ""
    said: str = ""


@dataclass(frozen=True)
class Board:
    """A board's cards; `author` is the heading of the column their authors come from, if it has one."""

    cards: tuple[Card, ...]
    author: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswersTable:
    """A table of answers, the headings of columns left out because they say who somebody is, and what to tell of it.

    `unsigned` is how many cards of a board do not say who wrote them.
    """

    table: Table | Stream
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unsigned: int = 0


def board_of(cards: Iterable[Card], *, author: str = "", notes: Sequence[str] = ()) -> Board:
    """The cards that say something."""
    return Board(tuple(card for card in cards if card.text.strip()), author, tuple(notes))


def table_of_board(board: Board, people: int | None = None) -> AnswersTable:
    """One row for each author, in the order they first speak, their cards of one column below one another.

    Nobody can say how many people wrote the cards without an author. They are one row, so that they never make a
    review look answered by more people than it was (see docs/adr/0017-what-an-import-keeps.md); where somebody who was
    there says how many `people` wrote them, they are dealt out in turn to so many rows.

    Raises:
        Invalid: `people` is less than one or more than there are cards without an author.
    """
    headings = tuple(dict.fromkeys(card.column for card in board.cards))
    dated = any(card.said for card in board.cards)
    columns = (SAID, *headings) if dated else headings
    rows: dict[str, dict[str, str]] = {}
    unsigned = sum(not card.author for card in board.cards)
    if people is not None and unsigned and not 0 < people <= unsigned:
        raise Invalid(f"{unsigned} cards are unsigned; they cannot be of {people} people.", field="people")
    place = 0
    for card in board.cards:
        row = rows.setdefault(card.author or f"\0{place % (people or 1)}", dict.fromkeys(columns, ""))
        place += not card.author
        row[card.column] = "\n".join(filter(None, (row[card.column], card.text.strip())))
        if dated:
            row[SAID] = row[SAID] or card.said
    notes = (*board.notes, *_said_of(unsigned, len(board.cards), people))
    return AnswersTable(Table(columns, list(rows.values())), tuple(filter(None, [board.author])), notes, unsigned)


def _said_of(unsigned: int, cards: int, people: int | None) -> list[str]:
    if not unsigned:
        return []
    which = "No card says" if unsigned == cards else f"{unsigned} of {cards} cards do not say"
    if people:
        return [f"{which} who wrote it: they are dealt out to the {people} people you say wrote them"]
    return [f"{which} who wrote it: together they count as one person, unless you say how many people wrote them"]
