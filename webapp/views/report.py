"""How did the project go, and what is to be learned from it?"""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, render_template, send_file

from reviewkit.domain.errors import NotFound
from reviewkit.domain.words import ReportFormat
from webapp.fields import one_of
from webapp.here import here
from webapp.presenters.report import MIME_TYPES, leads, report_page

blueprint = Blueprint("report", __name__, url_prefix="/projects/<key>/report")


@blueprint.get("")
def show(key: str) -> str:
    document, body = here.ws.reports.page(key, leads)
    return render_template("report.html", page=report_page(key, document.title, document.subtitle, body))


@blueprint.get("/<ending>")
def download(key: str, ending: str) -> Response:
    written_as = one_of(ReportFormat, ending)
    if written_as is None:
        raise NotFound("report written as", ending, hint=f"There are: {', '.join(ReportFormat)}.")
    content = BytesIO(here.ws.reports.file(key, written_as))
    name = f"{key} review report.{written_as}"
    response = send_file(content, mimetype=MIME_TYPES[written_as], as_attachment=True, download_name=name)
    response.headers.pop("Cache-Control", None)  # it lets the file be kept; what all our pages say does not
    return response
