"""The review report of a project: gathered from what may be shown, and written as a page or a file."""

from __future__ import annotations

from collections.abc import Callable

from reviewkit.domain.words import ReportFormat
from reviewkit.report.document import Document, Ref
from reviewkit.report.formats.html import html_body
from reviewkit.report.review_report import review_report
from reviewkit.workspace.context import Context
from reviewkit.workspace.reporting.gathering import gather
from reviewkit.workspace.reporting.writing import written


class Reports:
    def __init__(self, context: Context) -> None:
        self._context = context

    def document(self, project: str) -> Document:
        """The report as blocks of plain text. Raises NotFound."""
        return review_report(gather(self._context, project))

    def page(self, project: str, leads: Callable[[Ref], str]) -> tuple[Document, str]:
        """The report, and its blocks as safe HTML in which `leads` tells where references lead. Raises NotFound."""
        document = self.document(project)
        return document, html_body(document, leads)

    def file(self, project: str, written_as: ReportFormat) -> bytes:
        """The report as a file that stands by itself. Raises NotFound."""
        return written(self.document(project), written_as)
