"""A report -> its page: the body with its links, and the files it can be had as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from flask import url_for
from markupsafe import Markup

from reviewkit.domain.words import ReportFormat
from webapp.presenters.words import Link

MIME_TYPES = {
    ReportFormat.HTML: "text/html",
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.MARKDOWN: "text/markdown",
}

NAMES = {ReportFormat.DOCX: "Word", ReportFormat.HTML: "HTML", ReportFormat.MARKDOWN: "Markdown"}


class Reference(Protocol):
    """What a part of a report is about."""

    @property
    def kind(self) -> str: ...

    @property
    def id(self) -> str: ...

    @property
    def statement(self) -> str: ...


@dataclass(frozen=True)
class ReportPage:
    key: str
    title: str
    subtitle: str
    body: Markup
    files: tuple[Link, ...]


def report_page(key: str, title: str, subtitle: str, body: str) -> ReportPage:
    """`body` is HTML whose every word was escaped where the report was written."""
    files = tuple(Link(name, url_for("report.download", key=key, ending=ending)) for ending, name in NAMES.items())
    return ReportPage(key, title, subtitle, Markup(body), files)


def leads(ref: Reference) -> str:
    """The page of a theme, lesson or review; a statement's place in its review."""
    if ref.statement:
        return url_for("reviews.show", id=ref.id, statement=ref.statement, _anchor=f"s-{ref.statement}")
    return url_for(f"{ref.kind}.show", id=ref.id)
