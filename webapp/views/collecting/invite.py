"""How do I get people to answer?"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewkit.domain.errors import Conflict, Invalid, ReviewkitError
from reviewkit.domain.words import Anonymity, RespondentRole
from reviewkit.workspace.reviewing.inviting import links_csv
from webapp import errors, qr
from webapp.fields import count_field, local_field, text_field, word_field
from webapp.here import here
from webapp.presenters.invite import invite_page
from webapp.site import is_local, site

blueprint = Blueprint("invite", __name__, url_prefix="/reviews/<id>/invite")


@blueprint.get("")
def show(id: str) -> Response:
    return _page(id)


@blueprint.post("/open")
def let_in(id: str) -> ResponseReturnValue:
    here.ws.reviews.open(
        id,
        opens=local_field("opens"),
        closes=local_field("closes"),
        time_zone=text_field("time_zone"),
        anonymity=word_field(Anonymity, "anonymity") if request.form.get("anonymity") else None,
        who=here.who,
    )
    return redirect(url_for("invite.show", id=id), 303)


@blueprint.post("/extend")
def extend(id: str) -> ResponseReturnValue:
    closes = local_field("closes")
    if closes is None:
        raise Invalid("Say until when it takes answers.", "closes")
    here.ws.reviews.extend(id, closes, time_zone=text_field("time_zone"), who=here.who)
    return redirect(url_for("invite.show", id=id), 303)


@blueprint.post("/link")
def link(id: str) -> Response:
    """Shows the new link in the answer itself: a redirect would put the secret into an address."""
    token = here.ws.reviews.new_link(id, who=here.who)
    return _page(id, made=site() + url_for("respond.form", token=token))


@blueprint.post("/people")
def people(id: str) -> Response:
    """The links as a file: they are known this once, and the addresses are kept in it alone."""
    sent = request.files.get("file")
    table = sent.read() if sent and sent.filename else request.form.get("people", "").encode("utf-8", "replace")
    if not table.strip():
        raise Invalid("Paste the addresses, or choose a file that holds them.", "people")
    made = here.ws.inviting.invite(id, table, name="The list", who=here.who)
    return _file(links_csv(made, site()), "text/csv", f"links-{id}.csv")


@blueprint.post("/qr.svg")
def code(id: str) -> Response:
    """The QR code of a link as a file; the link is in the body, so that no address holds it."""
    return _file(qr.svg_file(text_field("link")), "image/svg+xml", f"link-{id}.svg")


@blueprint.post("/withdraw")
def withdraw(id: str) -> Response:
    here.ws.inviting.withdraw(id, text_field("link"), who=here.who)
    return _page(id, done="That link leads nowhere from now on.")


@blueprint.post("/withdraw-all")
def withdraw_all(id: str) -> Response:
    count = here.ws.inviting.withdraw_all(id, who=here.who)
    return _page(id, done=f"Withdrawn: {count:,} link{'' if count == 1 else 's'}. They lead nowhere from now on.")


@blueprint.post("/expected")
def expect(id: str) -> ResponseReturnValue:
    asked = {role: count_field(role) or 0 for role in RespondentRole}
    here.ws.inviting.expect(id, asked, who=here.who)
    return redirect(url_for("invite.show", id=id, _anchor="who"), 303)


@blueprint.errorhandler(Invalid)
@blueprint.errorhandler(Conflict)
def mend(error: Invalid | Conflict) -> Response:
    """The page again, with what was typed and what is wrong with it."""
    try:
        return _page((request.view_args or {})["id"], problem=error, status=errors.status_of(error))
    except ReviewkitError as gone:
        return errors.of_domain(gone)


def _page(
    id: str, *, made: str = "", done: str = "", problem: ReviewkitError | None = None, status: int = 200
) -> Response:
    typed = request.form if problem else {}
    beside = _beside(problem) if problem else {}
    page = invite_page(here.ws.inviting.standing(id), site(), made, typed, beside, is_local=is_local(site()))
    picture = qr.svg(made) if made else ""
    html = render_template("invite.html", page=page, made=made, picture=picture, done=done, problem=problem)
    return make_response(html, status)


def _beside(problem: ReviewkitError) -> dict[str, str]:
    """Field -> what is wrong with it; what is wrong with a list stands beside where it is pasted."""
    field = "people" if request.endpoint == "invite.people" else getattr(problem, "field", "")
    return {field: str(problem)} if field else {}


def _file(content: str, kind: str, name: str) -> Response:
    answer = make_response(content, 200, {"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": "no-store"})
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
