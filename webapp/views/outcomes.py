"""What became of the advice we decided for?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from reviewkit.domain.errors import Invalid
from reviewkit.domain.words import Applied, Helped, Occurred
from webapp.fields import text_field, word_field
from webapp.here import here
from webapp.presenters.outcomes import Typed, outcomes_page

blueprint = Blueprint("outcomes", __name__, url_prefix="/projects/<key>/outcomes")


@blueprint.get("")
def show(key: str) -> str:
    return _page(key, None)


@blueprint.post("/<id>")
def tell(key: str, id: str) -> ResponseReturnValue:
    try:
        _tell(key, id)
    except Invalid as error:
        names = ("applied", "helped", "recurred", "note")
        typed = Typed(id, {name: text_field(name)[:2000] for name in names if name != error.field}, str(error))
        return _page(key, typed), 422
    return redirect(url_for("outcomes.show", key=key, _anchor=f"r-{id}"), 303)


def _tell(key: str, id: str) -> None:
    if not text_field("applied"):
        raise Invalid("Say first whether it was applied.", field="applied")
    here.ws.outcomes.tell(
        key,
        id,
        applied=word_field(Applied, "applied"),
        helped=word_field(Helped, "helped") if text_field("helped") else Helped.UNKNOWN,
        recurred=word_field(Occurred, "recurred") if text_field("recurred") else Occurred.UNKNOWN,
        note=text_field("note"),
        who=here.who,
    )


def _page(key: str, typed: Typed | None) -> str:
    ws = here.ws
    return render_template("outcomes.html", page=outcomes_page(ws.projects.get(key), ws.outcomes.of(key), typed))
