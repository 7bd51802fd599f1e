"""Word's own styles -> those of our reports: one typeface, one accent, tables with thin rules, a head and a foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reviewkit.report.charts import ACCENT, GROUND, INK, SOFT

FACE = "Calibri"
"""Word's; where it is not installed, Carlito has the same measures."""

ROOM = 16.6
"""Centimetres between the margins of a page in A4."""

LETTER, PADDING, MOST = 0.2, 0.5, 180
"""Centimetres of a letter in a table and of the room beside it; letters that a column is reckoned with at most."""


def prepare(paper: Any, language: str) -> None:
    """Sets the page and all styles that reports use."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)

    styles = paper.styles
    for name in ("Lead", "Aside", "Fact", "Table Text", "Table Head"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Source", WD_STYLE_TYPE.CHARACTER)
    for name, size, before, after, colour, bold in (
        ("Normal", 10.5, 0, 6, INK, False),
        ("Title", 24, 0, 2, INK, True),
        ("Subtitle", 12, 0, 12, SOFT, False),
        ("Heading 1", 16, 20, 6, ACCENT, True),
        ("Heading 2", 12.5, 14, 4, INK, True),
        ("Heading 3", 11, 10, 3, SOFT, True),
        ("Lead", 12.5, 0, 8, INK, False),
        ("Aside", 9.5, 0, 6, SOFT, False),
        ("Fact", 10.5, 0, 2.5, INK, False),
        ("Table Text", 9.5, 1.5, 1.5, INK, False),
        ("Table Head", 9.5, 1.5, 1.5, INK, True),
        ("List Bullet", 10.5, 0, 3, INK, False),
        ("Quote", 10.5, 0, 5, INK, False),
        ("Caption", 10, 8, 3, INK, True),
        ("Header", 9, 0, 0, SOFT, False),
        ("Footer", 9, 0, 0, SOFT, False),
    ):
        style = styles[name]
        _typeface(style)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    styles["Source"].font.size = Pt(9)
    styles["Source"].font.color.rgb = RGBColor.from_string(SOFT.lstrip("#"))
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Quote"].paragraph_format.left_indent = Cm(0.5)
    styles["Normal"].paragraph_format.line_spacing = 1.12
    _undressed(styles["Title"])
    _undressed(styles["Subtitle"])
    _speak(styles, language)


def head_and_foot(paper: Any, running: str) -> None:
    """What the document is at the head of each page, and the page's number at its foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section = paper.sections[0]
    section.header.paragraphs[0].text = running
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(text)
        _field(foot, field)


def widths(cells: Sequence[Sequence[str]]) -> list[float]:
    """Centimetres for each column: room for its longest word, and what is left by the length of what stands in it.

    A heading takes two lines rather than room. A table with little in it is narrower than the page.
    """
    columns = list(zip(*cells, strict=True))
    least = [
        min(PADDING + LETTER * max((len(word) for cell in column for word in cell.split(" ")), default=0), ROOM / 3)
        for column in columns
    ]
    wanted = [
        max(narrow, PADDING + LETTER * min(max(map(len, column[1:]), default=0), MOST))
        for narrow, column in zip(least, columns, strict=True)
    ]
    if sum(wanted) <= ROOM:
        return wanted if len(columns) == 2 else [width * ROOM / sum(wanted) for width in wanted]
    spare = max(ROOM - sum(least), 0) / max(sum(wanted) - sum(least), 1e-9)
    return [narrow + (wide - narrow) * spare for narrow, wide in zip(least, wanted, strict=True)]


def mark_table(table: Any, columns: Sequence[float], title: str) -> None:
    """Gives the table its widths, rules and title; its first row repeats on each page, no row is parted by one."""
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, columns, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    properties = table._tbl.tblPr
    rules = _made("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rules.append(_made(f"w:{side}", val="single", sz="4", space="0", color="C9C5BA"))
    after = [qn(f"w:{name}") for name in ("shd", "tblLayout", "tblCellMar", "tblLook")]  # Word minds the order
    place = next((at for at, child in enumerate(properties) if child.tag in after), len(properties))
    properties.insert(place, rules)
    if title:
        properties.append(_made("w:tblCaption", val=title))
    for at, row in enumerate(table.rows):
        own = row._tr.get_or_add_trPr()
        own.append(_made("w:cantSplit"))
        if at == 0:
            own.append(_made("w:tblHeader"))
            for cell in row._tr.findall(qn("w:tc")):
                cell.get_or_add_tcPr().append(_made("w:shd", val="clear", color="auto", fill=GROUND.lstrip("#")))


def describe(table: Any, text: str) -> None:
    """What the table shows, for whoever cannot see it."""
    table._tbl.tblPr.append(_made("w:tblDescription", val=text))


def adorns(shape: Any) -> None:
    """Marks a picture as one that tells nothing beyond the text beside it, so that it is not read aloud."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    shape._inline.docPr.append(
        parse_xml(
            f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
            "</a:ext></a:extLst>"
        )
    )


def _typeface(style: Any) -> None:
    """A style's typeface; the theme's, which would go before it, is taken away."""
    from docx.oxml.ns import qn

    style.font.name = FACE
    faces = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{name}"), None)
    for name in ("eastAsia", "cs"):
        faces.set(qn(f"w:{name}"), FACE)


def _undressed(style: Any) -> None:
    """Without the rule below and the wide letters that Word's style has."""
    from docx.oxml.ns import qn

    for parent, name in ((style.element.pPr, "w:pBdr"), (style.element.rPr, "w:spacing")):
        found = None if parent is None else parent.find(qn(name))
        if found is not None:
            parent.remove(found)


def _speak(styles: Any, language: str) -> None:
    """The language that spelling and reading aloud go by."""
    from docx.oxml.ns import qn

    for found in styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)


def _field(line: Any, name: str) -> None:
    """A number that Word works out."""
    for part in (_made("w:fldChar", fldCharType="begin"), None, _made("w:fldChar", fldCharType="end")):
        run = line.add_run()._r
        if part is not None:
            run.append(part)
        else:
            asked = _made("w:instrText")
            asked.text = name
            run.append(asked)


def _made(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
