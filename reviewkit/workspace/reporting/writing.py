"""A document -> the bytes of a file that stands by itself."""

from __future__ import annotations

from reviewkit.domain.words import ReportFormat
from reviewkit.report.document import Document
from reviewkit.report.formats.html import html_file
from reviewkit.report.formats.markdown import markdown_file


def written(document: Document, written_as: ReportFormat) -> bytes:
    """The document as a file."""
    if written_as is ReportFormat.DOCX:
        from reviewkit.report.formats.word import word_file

        return word_file(document)
    text = html_file(document) if written_as is ReportFormat.HTML else markdown_file(document)
    return text.encode("utf-8")
