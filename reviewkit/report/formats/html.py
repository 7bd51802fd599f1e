"""A document -> HTML: the part that a page puts into its frame, or a whole file that stands by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from reviewkit.domain.wording import day
from reviewkit.report.charts import Bar, Chart, row_svg
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
    Ref,
    Table,
)
from reviewkit.report.plain import plain

Leads = Callable[[Ref], str]
"""Where a reference leads: an address, blank for nowhere."""

STYLE = Path(__file__).with_name("report.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""A file that leaves the house loads nothing and runs nothing, whatever people wrote."""


def html_body(document: Document, leads: Leads = lambda ref: "") -> str:
    """The way to each section, then the blocks as HTML, with sections at level 2.

    `leads` gives links to what stands beside the report.
    """
    return "\n".join([_contents(document), *_sections(document, leads)])


def html_file(document: Document) -> str:
    """A whole page with its styles inside, that needs nothing else."""
    return f"""<!doctype html>
<html lang="{document.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{_text(document.title)}</title>
<style>
{STYLE.read_text(encoding="utf-8").strip()}
</style>
</head>
<body>
<main>
<header>
<h1>{_text(document.title)}</h1>
<p class="lede">{_text(document.subtitle)}</p>
</header>
{html_body(document)}
</main>
<footer><p>{_text(document.running)}, {day(document.made)}</p></footer>
</body>
</html>
"""


def _sections(document: Document, leads: Leads) -> Iterator[str]:
    """Each heading of level 1 begins a section, on a new page where a page break stands before it."""
    opened, fresh = False, False
    names: set[str] = set()
    for block in document.blocks:
        if isinstance(block, PageBreak):
            fresh = True
        elif isinstance(block, Heading) and block.level == 1:
            name = _name(block.text, names)
            yield from ["</section>"] if opened else []
            turn = ' class="fresh"' if fresh else ""
            yield f'<section{turn} aria-labelledby="{name}">'
            yield f'<h2 id="{name}">{_linked(block.text, block.ref, leads)}</h2>'
            opened, fresh = True, False
        else:
            yield _block(block, leads)
    yield from ["</section>"] if opened else []


def _contents(document: Document) -> str:
    names: set[str] = set()
    entries = "".join(
        f'<li><a href="#{_name(block.text, names)}">{_text(block.text)}</a></li>'
        for block in document.blocks
        if isinstance(block, Heading) and block.level == 1
    )
    return f'<nav class="contents" aria-label="Sections"><ul>{entries}</ul></nav>'


def _block(block: Block, leads: Leads) -> str:
    match block:
        case Heading(text, level, ref):
            return f"<h{level + 1}>{_linked(text, ref, leads)}</h{level + 1}>"
        case Paragraph(text, tone):
            return f'<p class="{tone}">{_text(text)}</p>'
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{_text(item)}</li>" for item in items) + "</ul>"
        case Facts(pairs):
            rows = "".join(f"<div><dt>{_text(name)}</dt><dd>{_text(said)}</dd></div>" for name, said in pairs)
            return f'<dl class="told">{rows}</dl>'
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case Quotes(items):
            return f'<ul class="quotes">{"".join(_quote(item, leads) for item in items)}</ul>'
        case PageBreak():
            return ""


def _table(table: Table) -> str:
    """On a narrow screen each cell says what it is, which `role` keeps for those who hear the table."""
    heads = "".join(
        f'<th role="columnheader" scope="col"{_number(place, table)}>{_text(column)}</th>'
        for place, column in enumerate(table.columns)
    )
    labels = [_text(column.rstrip("?")) for column in table.columns]  # a colon follows
    rows = "".join(
        '<tr role="row">'
        + f'<th role="rowheader" scope="row">{_text(row[0])}</th>'
        + "".join(
            f'<td role="cell" data-label="{labels[place]}"{_number(place, table)}>{_text(cell)}</td>'
            for place, cell in enumerate(row[1:], 1)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<table class="{_shape(table)}" role="table"><caption>{_text(table.caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def _chart(chart: Chart) -> str:
    subtitle = f" <span>{_text(chart.subtitle)}</span>" if chart.subtitle else ""
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in (chart.by, "Bar", chart.of))
    return (
        f'<table class="chart"><caption>{_text(chart.title)}{subtitle}</caption>'
        f'<thead class="unseen"><tr>{heads}</tr></thead><tbody>{"".join(map(_row, chart.bars))}</tbody></table>'
    )


def _row(bar: Bar) -> str:
    return (
        f'<tr><th scope="row">{_text(bar.name)}</th><td aria-hidden="true">{row_svg(bar)}</td>'
        f'<td class="number">{_text(bar.value)}</td></tr>'
    )


def _quote(quote: Quotation, leads: Leads) -> str:
    source = f"<figcaption>{_linked(quote.source, quote.ref, leads)}</figcaption>" if quote.source else ""
    return f'<li><figure class="quote"><blockquote>“{_text(quote.text)}”</blockquote>{source}</figure></li>'


def _linked(text: str, ref: Ref | None, leads: Leads) -> str:
    address = leads(ref) if ref else ""
    return f'<a href="{escape(address)}">{_text(text)}</a>' if address else _text(text)


def _shape(table: Table) -> str:
    """Two columns fit a phone; of more, each row stands as a block there."""
    return "stack" if len(table.columns) > 2 else "pairs"


def _number(place: int, table: Table) -> str:
    return ' class="number"' if place in table.numbers else ""


def _text(text: str) -> str:
    return escape(plain(text))


def _name(text: str, taken: set[str]) -> str:
    """An anchor that no other heading has."""
    base = re.sub(r"[^a-z0-9]+", "-", plain(text).casefold()).strip("-") or "section"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name
