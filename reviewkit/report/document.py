"""What a document is made of, whatever it is written as: headings, paragraphs, tables, charts, quotes of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from reviewkit.report.charts import Chart


class Tone(StrEnum):
    """How a paragraph is meant."""

    BODY = "body"
    LEAD = "lead"
    ASIDE = "aside"


@dataclass(frozen=True)
class Ref:
    """What a heading or quote is about: the kind of record and its id, and the statement in a review."""

    kind: str
    id: str
    statement: str = ""


@dataclass(frozen=True)
class Heading:
    """Level 1 is a section's."""

    text: str
    level: int = 1
    ref: Ref | None = None


@dataclass(frozen=True)
class Paragraph:
    text: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Names with what is said under them."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first column names the row. Columns in `numbers` (from 0) stand to the right."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Quotation:
    """What somebody wrote, word for word, and under which heading."""

    text: str
    source: str = ""
    ref: Ref | None = None


@dataclass(frozen=True)
class Quotes:
    items: tuple[Quotation, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block: TypeAlias = Heading | Paragraph | Bullets | Facts | Table | Chart | Quotes | PageBreak


@dataclass(frozen=True)
class Document:
    """`running` stands at the head of each page; `made` is the day it was written."""

    title: str
    subtitle: str
    running: str
    made: date
    blocks: tuple[Block, ...]
    language: str = "en-GB"
