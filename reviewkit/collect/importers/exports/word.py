"""Notes of a retrospective in Word (DOCX) -> answers: headings are the columns, list paragraphs the cards."""

from __future__ import annotations

import io
from typing import Any

from reviewkit.collect.archives import is_archive, parts_of
from reviewkit.collect.importers.exports.cards import Board, Card, board_of
from reviewkit.domain.errors import UnreadableFile

_HEADINGS = ("heading", "title")


def knows(content: bytes, name: str) -> bool:
    return is_archive(content) and "word/document.xml" in parts_of(content, name)


def read(content: bytes, name: str) -> Board:
    """Where no paragraph below a heading is a list's, every paragraph there is an answer.

    Raises:
        UnreadableFile: the document is damaged.
    """
    import docx

    try:
        paragraphs = docx.Document(io.BytesIO(content)).paragraphs
        said = [(_is_heading(one), _is_listed(one), one.text.strip()) for one in paragraphs if one.text.strip()]
    except Exception as problem:  # python-docx raises whatever a damaged part brings about
        raise UnreadableFile(name, f"the document is damaged: {type(problem).__name__}. Save it as text.") from None
    heading = ""
    cards: list[tuple[bool, Card]] = []
    for is_heading, listed, text in said:
        if is_heading:
            heading = text
        elif heading:
            cards.append((listed, Card(heading, text)))
    some_listed = any(listed for listed, _ in cards)
    return board_of(card for listed, card in cards if listed or not some_listed)


def _is_heading(paragraph: Any) -> bool:
    return str(paragraph.style.name).casefold().startswith(_HEADINGS)


def _is_listed(paragraph: Any) -> bool:
    """By its style or by a list's sign of its own."""
    own = paragraph._p.pPr
    return str(paragraph.style.name).casefold().startswith("list") or (own is not None and own.numPr is not None)
