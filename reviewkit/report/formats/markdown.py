"""A document -> Markdown (CommonMark with tables) in which whatever people wrote stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewkit.domain.wording import day
from reviewkit.report.charts import Chart
from reviewkit.report.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Quotation,
    Quotes,
    Table,
)
from reviewkit.report.plain import plain

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&$@^]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_OPENING = re.compile(r"^([-+=:]|\d+(?=[.)]))")


def markdown_file(document: Document) -> str:
    """The whole document as one file, a blank line between any two blocks."""
    blocks = [f"# {_text(document.title)}", _text(document.subtitle)]
    blocks += [text for block in document.blocks if (text := _block(block))]
    blocks += ["---", f"{_text(document.running)}, {day(document.made)}"]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_text(text)}"
        case Paragraph(text):
            return _text(text)
        case Bullets(items):
            return "\n".join(f"- {_text(item)}" for item in items)
        case Facts(pairs):
            return "\n".join(f"- **{_text(name)}:** {_text(said)}" for name, said in pairs)
        case Table(caption, columns, rows, numbers):
            return _table(caption, columns, rows, numbers)
        case Chart():
            counted = [(bar.name, bar.value) for bar in block.bars]
            caption = f"{block.title} ({block.subtitle})" if block.subtitle else block.title
            return _table(caption, (block.by, block.of), counted, frozenset([1]))
        case Quotes(items):
            return "\n\n".join(map(_quote, items))
        case PageBreak():
            return ""


def _table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int] = frozenset()
) -> str:
    rule = ["---:" if place in numbers else "---" for place in range(len(columns))]
    lines = [list(map(_text, columns)), rule, *(list(map(_text, row)) for row in rows)]
    return f"**{_text(caption)}**\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _quote(quote: Quotation) -> str:
    source = f" — {_text(quote.source)}" if quote.source else ""
    return f"> “{_text(quote.text)}”{source}"


def _text(text: str) -> str:
    """Every sign that would begin something is escaped, so that it stands for itself."""
    return _OPENING.sub(_opening, _SIGNS.sub(r"\\\1", plain(text)))


def _opening(found: re.Match[str]) -> str:
    return f"{found[1]}\\" if found[1][0].isdigit() else f"\\{found[1]}"
