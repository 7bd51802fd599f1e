"""What did people say?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from webapp.fields import number_arg
from webapp.here import here
from webapp.presenters.results import results_page

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews/<id>")


@blueprint.get("")
def show(id: str) -> str:
    return _page(id)


@blueprint.post("/link")
def link(id: str) -> str:
    """Shows the new link in the answer itself: a redirect would put the secret into an address."""
    token = here.ws.reviews.new_link(id, who=here.who)
    return _page(id, link=url_for("respond.form", token=token, _external=True))


@blueprint.post("/open")
def let_in(id: str) -> Response:
    here.ws.reviews.open(id, who=here.who)
    return redirect(url_for("reviews.show", id=id), 303)


@blueprint.post("/close")
def shut(id: str) -> Response:
    here.ws.reviews.close(id, who=here.who)
    return redirect(url_for("reviews.show", id=id), 303)


def _page(id: str, link: str = "") -> str:
    results = here.ws.results.of(id)
    page = results_page(
        results,
        lens=request.args.get("lens", ""),
        number=number_arg("page", 1),
        statement=request.args.get("statement", ""),
    )
    return render_template("review.html", page=page, project=results.project, link=link)
