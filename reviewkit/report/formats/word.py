"""A document -> Word (DOCX): headings by style, real tables whose heads repeat, pictures with words, page numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

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
    Tone,
)
from reviewkit.report.formats.pictures import png
from reviewkit.report.formats.word_styles import (
    PADDING,
    ROOM,
    adorns,
    describe,
    head_and_foot,
    mark_table,
    prepare,
    widths,
)
from reviewkit.report.plain import plain

BAR, HIGH = 8.0, 0.34
"""Centimetres of the column of a chart's bars, and of a bar's height."""

WHOLE = 700
"""Letters of a table or list that is not parted by a page's end."""

TONES = {Tone.BODY: "Normal", Tone.LEAD: "Lead", Tone.ASIDE: "Aside"}


def word_file(document: Document) -> bytes:
    """The whole document as a file for Word and its kin."""
    import docx

    paper = docx.Document()
    prepare(paper, document.language)
    head_and_foot(paper, plain(document.running))
    about = paper.core_properties
    about.title, about.subject, about.language = plain(document.title), plain(document.subtitle), document.language
    about.author, about.comments = "reviewkit", ""
    about.created = about.modified = datetime.combine(document.made, time(), UTC).replace(tzinfo=None)
    _line(paper, "Title", plain(document.title))
    _line(paper, "Subtitle", plain(document.subtitle))
    before: Block | None = None
    for block in document.blocks:
        first = len(paper.paragraphs)
        _write(paper, block)
        opening = paper.paragraphs[first].paragraph_format if len(paper.paragraphs) > first else None
        if isinstance(before, PageBreak) and opening:
            opening.page_break_before = True
        if isinstance(before, Heading) and isinstance(block, Paragraph) and opening:
            opening.keep_with_next = True  # a heading with one line below it is not left at a page's foot
        if isinstance(block, Paragraph) and block.tone is Tone.ASIDE and isinstance(before, Bullets | Quotes):
            paper.paragraphs[first - 1].paragraph_format.keep_with_next = True  # nor an aside alone at the next's head
        before = block
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _write(paper: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            _line(paper, f"Heading {level}", plain(text))
        case Paragraph(text, tone):
            _line(paper, TONES[tone], plain(text))
        case Bullets(items):
            short = sum(map(len, items)) <= WHOLE
            for item in items:
                _line(paper, "List Bullet", plain(item)).paragraph_format.keep_with_next = (
                    short and item is not items[-1]
                )
        case Facts(pairs):
            for place, (name, said) in enumerate(pairs):
                line = _line(paper, "Fact")
                line.paragraph_format.keep_with_next = place == len(pairs) - 2  # the last is not left alone on a page
                line.add_run(f"{plain(name)}: ").bold = True
                line.add_run(plain(said))
        case Table(caption, columns, rows, numbers):
            _table(paper, caption, [columns, *rows], numbers)
        case Chart():
            _chart(paper, block)
        case Quotes(quotes):
            for quote in quotes:
                _quote(paper, quote)
        case PageBreak():
            pass


def _chart(paper: Any, chart: Chart) -> None:
    """A table of what is shown, with a bar in each row: its words are the document's own."""
    from docx.shared import Cm

    caption = f"{chart.title} ({chart.subtitle})" if chart.subtitle else chart.title
    rows = [(chart.by, "", chart.of), *((bar.name, "", bar.value) for bar in chart.bars)]
    name, value = widths([(plain(first), plain(last)) for first, _, last in rows])
    spare = ROOM - BAR
    table = _table(paper, caption, rows, frozenset(), (min(name, spare / 2), BAR, min(value, spare / 2)))
    describe(table, plain(chart.described))
    for bar, row in zip(chart.bars, table.rows[1:], strict=True):
        shape = (
            row.cells[1]
            .paragraphs[0]
            .add_run()
            .add_picture(io.BytesIO(png(bar, 10 * (BAR - PADDING), 10 * HIGH)), width=Cm(BAR - PADDING))
        )
        adorns(shape)


def _table(
    paper: Any, caption: str, rows: Sequence[tuple[str, ...]], numbers: frozenset[int], columns: Sequence[float] = ()
) -> Any:
    """`columns` are centimetres; where there are none, they follow from what stands in the table."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _line(paper, "Caption", plain(caption))
    cells = [[plain(cell) for cell in row] for row in rows]
    whole = sum(len(cell) for row in cells for cell in row) <= WHOLE
    table = paper.add_table(rows=len(cells), cols=len(cells[0]))
    for at, (row, texts) in enumerate(zip(table.rows, cells, strict=True)):
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            line = cell.paragraphs[0]
            line._p.style = _id("Table Head" if at == 0 else "Table Text")
            line.add_run(text)
            if place in numbers:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if at + 1 < len(cells) and (at == 0 or whole):
                line.paragraph_format.keep_with_next = True
    mark_table(table, columns or widths(cells), plain(caption))
    _line(paper, "Table Text")
    return table


def _quote(paper: Any, quote: Quotation) -> None:
    line = _line(paper, "Quote", f"“{plain(quote.text)}”")
    if quote.source:
        line.add_run(f"  {plain(quote.source)}")._r.style = _id("Source")


def _line(paper: Any, style: str, text: str = "") -> Any:
    line = paper.add_paragraph(text)
    line._p.style = _id(style)
    return line


def _id(style: str) -> str:
    """A style's id in the file; to look each up by its name takes longer than all the rest."""
    return style.replace(" ", "")
