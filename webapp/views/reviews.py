"""What did people say?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from reviewkit.domain.errors import NotFound
from reviewkit.domain.words import FileType, Kind
from reviewkit.workspace.reviewing.results.found import View
from webapp.fields import chosen, number_arg, one_of
from webapp.here import here
from webapp.presenters.results import results_page

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews/<id>")


MIMETYPES = {
    FileType.CSV: "text/csv",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.JSON: "application/json",
}


@blueprint.get("")
def show(id: str) -> str:
    results = here.ws.results.of(id, _view())
    page = results_page(results, number=number_arg("page", 1), statement=request.args.get("statement", ""))
    return render_template("review.html", page=page, project=results.project)


@blueprint.post("/open")
def let_in(id: str) -> Response:
    here.ws.reviews.open(id, who=here.who)
    return redirect(url_for("reviews.show", id=id), 303)


@blueprint.post("/close")
def shut(id: str) -> Response:
    here.ws.reviews.close(id, who=here.who)
    return redirect(url_for("reviews.show", id=id), 303)


@blueprint.get("/results.<file_type>")
def export(id: str, file_type: str) -> Response:
    """What the page shows of the same view, as a file."""
    wanted = one_of(FileType, file_type)
    if wanted is None:
        raise NotFound("file", f"results.{file_type}", f"There are: {', '.join(FileType)}.")
    head = {"Content-Disposition": f"attachment; filename=results.{wanted}"}
    return Response(here.ws.results.export(id, wanted, _view()), mimetype=MIMETYPES[wanted], headers=head)


def _view() -> View:
    chosen_now = chosen(("lens", "theme"))
    return View(chosen_now.get("lens", ""), one_of(Kind, request.args.get("kind")), chosen_now.get("theme", ""))
