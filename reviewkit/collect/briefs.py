"""A brief as somebody has it (text, Markdown, Word, PDF) -> its text, or one line on why it cannot be read."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

from reviewkit.collect.archives import is_archive, parts_of
from reviewkit.domain.errors import Invalid, UnreadableFile

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_LIST = "./w:pPr/w:numPr/w:numId/@w:val"
"""Where a paragraph or a style of Word says which list it belongs to."""
_STYLES_DEEP = 20
"""Styles that rest on one another in a real file are few; in a malicious one they go round for ever."""

MOST_BYTES = 5_000_000
MOST_PAGES = 60
MOST_SECONDS = 20
MOST_CHARACTERS = 60_000
"""About twenty pages: past that it is a plan, and what the project is for drowns in it."""

_PASTE = "Paste its text instead."
_OLE = b"\xd0\xcf\x11\xe0"
"""How files of Word 97 to 2003 begin, and files of newer Office under a password."""


def brief_text(content: bytes, name: str, *, seconds: float = MOST_SECONDS) -> str:
    """The text of a brief, told by what the file holds and not by its name.

    Raises:
        UnreadableFile: it is none of text, Markdown, DOCX and PDF, is damaged or locked, has no text, or is longer than
            5 MB, 60 pages or 60,000 characters, or a PDF whose pages take longer than `seconds`.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableFile(name, f"it is larger than {MOST_BYTES // 10**6} MB. {_PASTE}")
    if content.lstrip()[:5] == b"%PDF-":
        text = _pdf(content, name, seconds)
    elif is_archive(content):
        text = _word(content, name)
    elif content.startswith(_OLE):
        raise UnreadableFile(name, "it is an old Word file or under a password. Save it as DOCX without a password.")
    else:
        text = _decoded(content, name)
    try:
        text = bounded(text)
    except Invalid as problem:
        raise UnreadableFile(name, str(problem)[:1].lower() + str(problem)[1:]) from None
    if not text:
        raise UnreadableFile(name, f"it holds no text. {_PASTE}")
    return text


def bounded(text: str) -> str:
    """A brief as it is kept: no control characters, no blanks around it. Raises Invalid where it is too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        char for char in lines if char in "\n\t" or (char >= " " and not "\ud800" <= char <= "\udfff")
    ).strip()
    if len(kept) > MOST_CHARACTERS:
        raise Invalid(
            f"The brief has {len(kept):,} characters; at most {MOST_CHARACTERS:,} are read. Keep purpose, scope and "
            "approach.",
            field="brief",
        )
    return kept


def _pdf(content: bytes, name: str, seconds: float) -> str:
    import pypdf

    try:
        paper = pypdf.PdfReader(io.BytesIO(content))
        if paper.is_encrypted:
            raise UnreadableFile(name, "the PDF is under a password. Save it without one, or paste its text.")
        count = len(paper.pages)
        if count > MOST_PAGES:
            raise UnreadableFile(name, f"it has {count:,} pages; at most {MOST_PAGES} are read. {_PASTE}")
        text, until = "", time.monotonic() + seconds
        for page in paper.pages:
            if time.monotonic() >= until:
                raise UnreadableFile(name, f"it takes longer than {seconds:g} seconds to read. {_PASTE}")
            text += page.extract_text() + "\n\n"
            if len(text) > 2 * MOST_CHARACTERS:
                break  # it is too long already, and nobody waits for the rest
    except UnreadableFile:
        raise
    except Exception:  # pypdf raises whatever a damaged object brings about
        raise UnreadableFile(name, f"the PDF is damaged. {_PASTE}") from None
    if not text.strip():
        raise UnreadableFile(name, "the PDF holds pictures of pages and no text. Paste its text instead.")
    return text


def _word(content: bytes, name: str) -> str:
    """Paragraphs and the cells of tables, in the order they stand; headings and lists as Markdown has them."""
    parts = parts_of(content, name)
    if "xl/workbook.xml" in parts:
        raise UnreadableFile(name, "it is a spreadsheet, whatever its name says. Save the brief as DOCX, PDF or text.")
    if "word/document.xml" not in parts:
        raise UnreadableFile(name, "it is a packed file but no Word document. Save the brief as DOCX, PDF or text.")
    import docx
    from docx.table import Table

    try:
        lines: list[str] = []
        styles: dict[str, bool] = {}
        for block in docx.Document(io.BytesIO(content)).iter_inner_content():
            if isinstance(block, Table):
                lines += [" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows]
            elif block.text.strip():
                heading = str(block.style.name if block.style else "").casefold().startswith(("heading", "title"))
                sign = "## " if heading else "- " if _is_listed(block, styles) else ""
                lines.append(f"{sign}{block.text.strip()}")
    except Exception:  # python-docx raises whatever a damaged part brings about
        raise UnreadableFile(name, f"the document is damaged. {_PASTE}") from None
    return "\n\n".join(lines)


def _is_listed(paragraph: Paragraph, styles: dict[str, bool]) -> bool:
    """Whether Word draws a bullet or number before it; `styles` remembers which styles do, by their ids."""
    own = paragraph._p.xpath(_LIST)
    style = paragraph.style
    if own or style is None:
        return own not in ([], ["0"])  # list 0 takes a style's bullet away
    first = style.style_id
    for _ in range(_STYLES_DEEP):
        if first not in styles and (found := style._element.xpath(_LIST)):
            styles[first] = found != ["0"]
        if first in styles or style.base_style is None:
            break
        style = style.base_style
    return styles.setdefault(first, False)


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise UnreadableFile(name, "it holds no text. A brief is read from text, Markdown, DOCX or PDF.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
