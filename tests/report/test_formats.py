"""The same document as HTML, Word and Markdown: what people wrote stays text in each."""

from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reviewkit.report.charts import Chart, bars
from reviewkit.report.document import (
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
    Tone,
)
from reviewkit.report.formats.html import html_body, html_file
from reviewkit.report.formats.markdown import markdown_file
from reviewkit.report.formats.word import word_file
from reviewkit.report.plain import plain, shortened

HOSTILE = [
    "<script>alert(1)</script>",
    '"><svg/onload=alert(1)>',
    "[click](javascript:alert(1))",
    "x onmouseover=alert(1)",
    "{{7*7}}",
    "{0.__class__}",
    "![p](http://evil/x.png) <http://evil> https://evil www.evil.org a@evil.org",
    "# not a heading",
    "- not a list\n\n1. nor this\n2) or this\n> nor a quote",
    "| a | b |",
    "`code` **bold** _soft_ ~~gone~~ $x$ \\[y\\] &lt;b&gt;",
    "line\x00one\x1b[31m\u202eabc\ud800\ufffe",
    "=1+1",
    "---",
]


def document(text: str) -> Document:
    """Every kind of block, each with `text` in it."""
    return Document(
        text,
        text,
        text,
        date(2026, 1, 2),
        (
            Heading(text, 1, Ref("themes", "t")),
            Paragraph(text),
            Bullets((text, text)),
            Facts(((text, text),)),
            PageBreak(),
            Heading(text, 1),
            Table(text, ("What", text, "n"), ((text, text, "3"),), frozenset([2])),
            Chart(text, bars([(text, 5)]), text, by=text, of=text),
            Quotes((Quotation(text, text, Ref("reviews", "r", "s")),)),
        ),
    )


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


PLAIN_TAGS = Tags(html_file(document("a"))).names


@settings(max_examples=60)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)))
def test_html_has_the_same_tags_whatever_people_wrote(text: str) -> None:
    html = html_file(document(text))
    assert "<script" not in html
    html.encode("utf-8")
    if not plain(text):
        return
    found = Tags(html)
    assert found.names == PLAIN_TAGS
    assert not [name for name, _ in found.attributes if name.startswith("on") or name == "style"]
    assert plain(text) in found.words


def test_html_leads_where_it_is_told_to_and_its_links_cannot_break_out() -> None:
    body = html_body(document("a"), lambda ref: f'/{ref.kind}?x="><b>&y={ref.id}')
    assert 'href="/themes?x=&quot;&gt;&lt;b&gt;&amp;y=t"' in body
    assert "href" not in html_body(document("a")).replace('href="#', "")


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN_TOKENS = [token.type for token in MARKDOWN.parse(markdown_file(document("a")))]


@settings(max_examples=150)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60), st.text("#*_-+=.)1>|`[]()!<&~\\ \n:", max_size=20)))
def test_markdown_reads_as_the_same_blocks_with_the_text_as_it_was(text: str) -> None:
    if not plain(text):
        return
    tokens = MARKDOWN.parse(markdown_file(document(text)))
    assert [token.type for token in tokens] == PLAIN_TOKENS
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special", "strong_open", "strong_close"}
    words = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert words[0] == plain(text)


def test_markdown_makes_no_link_of_a_bare_address() -> None:
    text = markdown_file(document("see https://evil.org, www.evil.org and a@evil.org"))
    assert "https://" not in text
    assert "www." not in text
    assert "a@" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_word_holds_what_people_wrote_as_text(text: str) -> None:
    paper = docx.Document(io.BytesIO(word_file(document(text))))
    assert f"“{plain(text)}”" in " ".join(paragraph.text for paragraph in paper.paragraphs)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", paper.element.xml)


def test_word_can_be_walked_read_aloud_and_printed() -> None:
    paper = docx.Document(io.BytesIO(word_file(document("words"))))
    styles = [paragraph.style.name for paragraph in paper.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 2
    assert "List Bullet" in styles
    breaks = [one for one in paper.paragraphs if one.paragraph_format.page_break_before]
    assert [one.style.name for one in breaks] == ["Heading 1"]
    body = paper.element.xml
    assert '<w:tblDescription w:val="Bar chart. words (words). words: 5."/>' in body
    assert body.count("<pic:pic") == body.count("adec:decorative ") == 1
    for table in paper.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        order = [child.tag for child in table._tbl.tblPr]
        assert order.index(qn("w:tblBorders")) < order.index(qn("w:tblLayout")) < order.index(qn("w:tblLook"))
    section = paper.sections[0]
    assert section.header.paragraphs[0].text == "words"
    assert "NUMPAGES" in section.footer._element.xml
    assert paper.core_properties.title == "words"


@pytest.mark.parametrize("told", [Bullets(("It came up in 3 of 6.", "long " * 300)), Quotes((Quotation("No."),))])
def test_in_word_an_aside_stays_with_what_it_speaks_of(told: Bullets | Quotes) -> None:
    aside = Paragraph("Not decided yet.", Tone.ASIDE)
    paper = docx.Document(
        io.BytesIO(word_file(Document("A", "", "", date(2026, 1, 2), (Heading("Advice", 2), told, aside))))
    )
    assert paper.paragraphs[-1].text == "Not decided yet."
    assert paper.paragraphs[-2].paragraph_format.keep_with_next


def test_sections_with_the_same_name_have_anchors_of_their_own() -> None:
    body = html_body(document("Same name"))
    anchors = re.findall(r'<h2 id="([^"]+)"', body)
    assert anchors == ["same-name", "same-name-2"]
    assert all(f'href="#{anchor}"' in body for anchor in anchors)


@given(st.text(max_size=80), st.integers(10, 40))
def test_what_is_shortened_is_no_longer_than_it_may_be(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most + 2
    assert plain(plain(text)) == plain(text)
