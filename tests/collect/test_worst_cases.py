"""The worst case of each pattern that reads what people send: the time grows with the length, and no faster.

A pattern that tries every length of a run at every place of it takes minutes where these take moments.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest

from reviewkit.collect.answers import clean_text
from reviewkit.collect.importers.exports import read_export
from reviewkit.collect.importers.headings import match_headings
from reviewkit.collect.importers.lessons_table import read_lessons
from reviewkit.collect.importers.registers import read_register
from reviewkit.collect.importers.responses.table import read_responses
from reviewkit.collect.tables import Table
from reviewkit.collect.templates import template
from reviewkit.domain.errors import ReviewkitError
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import LessonState, Wave

LENGTH = 40_000
PIECES = [
    " ", "\n", "\t", "a", "1", "1 ", "-", "- ", "- a", "[", "[a", "a [a] ", "a - ", "-]", ".", ". ", ";", ", ", ",1,",
    ",1,1", '"', '","', "#", "# ", "# a", "*", "* ", "*a ", "**a", "`a", "(", "+1/-1", "because ", "because a,",
    "e-mail ",
    "name of ", "Q1. ", "12/", "may ", "\u0301", "a\u0301", "other ",
]  # fmt: skip
"""What patterns are made of, as pieces to be repeated."""

TOOLS = {
    "notes": "# Went well\n- ",
    "Retrospected": "#### Went well\n\n* (+1/-0) ",
    "Azure DevOps": '"Board"\n\nFeedback Items\nType,Description,Votes,CreatedDate,CreatedBy\n"Good","',
    "Parabol": "reflectionGroup,author,votes,type,createdAt,discussionThread,prompt,content\n",
    "SurveyMonkey": "Respondent ID,Collector ID,Start Date,What went well?\n,,,Open-Ended Response\n1,1,1,",
    "a table": "went_well,overall\n",
    "a heading": "",
}
REVIEW = Review("r", "P", "Review", "post_implementation", Wave.CLOSE, template("post_implementation").questions)


@pytest.mark.parametrize("piece", PIECES)
def test_an_answer_and_a_cell_are_read_to_their_end(piece: str) -> None:
    text = piece * (LENGTH // len(piece))
    clean_text(text + "x")
    table = Table(
        ("title", "description", "went_well", "overall", "date"), [dict.fromkeys(("title", "description"), text)]
    )
    row = {**table.rows[0], "went_well": text, "overall": text, "date": text}
    table = Table(table.columns, [row, row])
    with suppress(ReviewkitError):
        read_responses(table, REVIEW, name="x", today=date(2026, 1, 1))
    with suppress(ReviewkitError):
        read_register(table, name="x", project="P")
    with suppress(ReviewkitError):
        read_lessons(table, name="x", state=LessonState.DRAFT)


@pytest.mark.parametrize("piece", PIECES)
def test_a_heading_is_read_to_its_end(piece: str) -> None:
    heading = piece * (LENGTH // len(piece))
    for column in (heading, heading + "x", "Went well" + heading + "x"):
        match_headings([column], {"went_well": ["Went well"]}, name="x")


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("piece", PIECES)
def test_a_file_is_read_to_its_end(piece: str, tool: str) -> None:
    run = piece * (LENGTH // len(piece))
    with suppress(ReviewkitError):
        read_export(f"{TOOLS[tool]}{run}x".encode(), "x")
