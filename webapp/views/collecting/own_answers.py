"""A receipt -> the answers it was given for, to change or erase. The receipt travels in bodies, never in an address."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from reviewkit.domain.errors import (
    AnswersInvalid,
    NotFound,
    ReceiptUnknown,
    ReviewClosed,
    ReviewkitError,
    ReviewNotOpen,
    TooManyAttempts,
)
from reviewkit.workspace.reviewing.corrections import Own
from reviewkit.workspace.reviewing.responses import Form
from webapp import errors
from webapp.here import here
from webapp.presenters.form import Typed, form_page, typed_of
from webapp.views.respond import answers_sent, no_form, typed, typed_name

blueprint = Blueprint("own_answers", __name__, url_prefix="/r/<token>")

blueprint.register_error_handler(NotFound, no_form)
blueprint.register_error_handler(ReviewClosed, no_form)
blueprint.register_error_handler(ReviewNotOpen, no_form)


@blueprint.get("/receipt")
def ask(token: str) -> ResponseReturnValue:
    """Raises NotFound, ReviewClosed, ReviewNotOpen."""
    return _ask(token)


@blueprint.post("/receipt")
def find(token: str) -> ResponseReturnValue:
    """The form with what was sent. Raises what `Corrections.find` does."""
    own = here.ws.corrections.find(token, _receipt())
    return _form(token, own, typed_of(own.response.answers), {}, own.response.name)


@blueprint.post("/correct")
def correct(token: str) -> ResponseReturnValue:
    """Raises what `Corrections.correct` does."""
    own = here.ws.corrections.correct(token, _receipt(), answers_sent(), typed_name())
    return _page("own/changed.html", token=token, receipt=own.response.receipt)


@blueprint.post("/erase")
def erase(token: str) -> ResponseReturnValue:
    """Asks whether it is meant, and erases once that was said. Raises what `Corrections.erase` does."""
    if request.form.get("sure") != "yes":
        here.ws.corrections.find(token, _receipt())
        return _page("own/erase.html", token=token, receipt=_receipt())
    here.ws.corrections.erase(token, _receipt())
    return _page("own/erased.html", token=token)


@blueprint.errorhandler(AnswersInvalid)
def mend(error: AnswersInvalid) -> Response:
    """The form again, with all that was typed and what is wrong beside it."""
    token = (request.view_args or {})["token"]
    try:
        own = here.ws.corrections.find(token, _receipt())
        return _form(token, own, typed(), error.problems, typed_name(), errors.status_of(error))
    except (NotFound, ReviewClosed, ReviewNotOpen) as gone:  # in the meantime
        return no_form(gone)
    except ReviewkitError as shut:
        return errors.of_domain(shut)


@blueprint.errorhandler(ReceiptUnknown)
@blueprint.errorhandler(TooManyAttempts)
def again(error: ReceiptUnknown | TooManyAttempts) -> Response:
    token = (request.view_args or {})["token"]
    response = _ask(token, error, errors.status_of(error))
    errors.say_when(response, error)
    return response


def _ask(token: str, error: ReceiptUnknown | TooManyAttempts | None = None, status: int = 200) -> Response:
    """What was typed does not come back: a mistyped receipt is nearly a right one, and a right one is a secret."""
    review, project = here.ws.corrections.asked(token)
    mistyped = isinstance(error, ReceiptUnknown)
    return _page("own/ask.html", status, token=token, review=review, project=project, problem=error, mistyped=mistyped)


def _form(token: str, own: Own, said: Typed, problems: dict[str, str], name: str, status: int = 200) -> Response:
    page = form_page(Form(own.review, own.project), said, problems, name)
    return _page("own/change.html", status, page=page, token=token, receipt=own.response.receipt)


def _page(template: str, status: int = 200, **parts: object) -> Response:
    return make_response(render_template(template, **parts), status, {"Cache-Control": "no-store"})


def _receipt() -> str:
    return request.form.get("receipt", "")[:200]
