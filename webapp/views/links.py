"""Which risk does this belong to?"""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from werkzeug import Response

from reviewkit.domain.words import Confidence, LinkState, Scope, Verdict
from reviewkit.workspace.linking import Wanted
from webapp.fields import chosen, number_arg, one_of, text_field, word_field
from webapp.here import here
from webapp.presenters.links.queue import ALL, AT_ONCE, FILTERS, links_page, note
from webapp.presenters.links.trust import trust
from webapp.presenters.pages import address
from webapp.presenters.words import names_of

blueprint = Blueprint("links", __name__, url_prefix="/links")


@blueprint.get("")
def index() -> str:
    ws, filters = here.ws, chosen(FILTERS)
    wanted = _wanted(filters)
    page = links_page(
        ws.links.page(wanted, (number_arg("page", 1) - 1) * AT_ONCE, AT_ONCE),
        wanted,
        ws.links.registered(),
        names_of(ws.projects.list()),
        filters,
        note=note(one_of(LinkState, request.args.get("was")), request.args.getlist("did")),
    )
    return render_template("links.html", page=page, trust=trust(ws.links.learned(), ws.links.people()))


@blueprint.post("/decide")
def decide() -> Response:
    """One link by its own button, or all that were ticked."""
    ids, state = request.form.getlist("link"), LinkState.SUGGESTED
    for word in LinkState:
        if own := text_field(word.value):
            ids, state = [own], word
            break
    else:
        state = word_field(LinkState, "state")
    made = here.ws.links.decide(ids, state, who=here.who)
    following = text_field("next")
    where = address("links.index", chosen((*FILTERS, "page")), {"did": [link.id for link in made], "was": state.value})
    return redirect(f"{where}#link-{quote(following)}" if following else where, 303)


def _wanted(filters: dict[str, str]) -> Wanted:
    state = filters.get("state", "")
    return Wanted(
        state=None if state == ALL else one_of(LinkState, state) or LinkState.SUGGESTED,
        project=filters.get("project", ""),
        scope=one_of(Scope, filters.get("scope")),
        verdict=one_of(Verdict, filters.get("verdict")),
        confidence=one_of(Confidence, filters.get("confidence")),
    )
