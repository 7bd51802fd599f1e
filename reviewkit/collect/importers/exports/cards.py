"""Cards on a board -> a table with a row for each respondent and a column for each of the board's columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewkit.collect.tables import Table

SAID = "Timestamp"
"""The heading under which the day of a row stands; `responses_table` knows it."""


@dataclass(frozen=True)
class Card:
    """What somebody put up under `column`. `author` tells apart who said it and goes no further; `said` is a date as
    the tool writes it."""

    column: str
    text: str
    author: str = ""
    said: str = ""


@dataclass(frozen=True)
class AnswersTable:
    """A table of answers, the headings of columns left out because they say who somebody is, and what to tell of it."""

    table: Table
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def table_of_cards(cards: Iterable[Card], *, author: str = "", notes: Sequence[str] = ()) -> AnswersTable:
    """One row for each author, in the order they first speak, their cards of one column below one another.

    A card without an author is a row of its own, for nobody can say which two are of one person; a note tells so.
    `author` is the heading of the column the authors come from, if the board has one.
    """
    said = [card for card in cards if card.text.strip()]
    headings = tuple(dict.fromkeys(card.column for card in said))
    rows: dict[str, dict[str, str]] = {}
    nameless = 0
    for card in said:
        nameless += not card.author
        row = rows.setdefault(card.author or f"\0{nameless}", dict.fromkeys((SAID, *headings), ""))
        row[card.column] = "\n".join(filter(None, (row[card.column], card.text.strip())))
        row[SAID] = row[SAID] or card.said
    if nameless:
        some = "It says" if nameless == len(said) else f"Of {nameless} cards it says"
        notes = (*notes, f"{some} not who wrote what: each card counts as an answer of its own")
    return AnswersTable(Table((SAID, *headings), list(rows.values())), tuple(filter(None, [author])), tuple(notes))
