"""A respondent's answers -> a receipt: by the form at /r/<token>, and as JSON for scripts.

The receipt is shown by the answer to the POST itself and not after a redirect: it would have to travel in an address,
which browsers and proxies keep. Sending the page again does no harm, the submission key makes it the same submission.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from reviewkit.domain.errors import (
    AnswersInvalid,
    Invalid,
    LinkUsed,
    NotFound,
    ReviewClosed,
    ReviewkitError,
    ReviewNotOpen,
    SubmissionConflict,
)
from reviewkit.domain.ids import fingerprint, new_id
from reviewkit.workspace.reviewing.responses import Receipt
from webapp import errors
from webapp.assets import compress
from webapp.here import here
from webapp.json_body import json_object
from webapp.presenters.form import Typed, form_page
from webapp.presenters.words import day, moment

blueprint = Blueprint("respond", __name__)
api = Blueprint("respond_api", __name__)

KEY_FIELD, NAME_FIELD, ANSWER_PREFIX = "submission_key", "name", "answer-"

_KEY_LOST = "A hidden part of the page did not arrive. It is there again: please send the answers once more."


@blueprint.get("/r/<token>")
@compress.compressed()
def form(token: str) -> ResponseReturnValue:
    """The empty form; asking for it uses nothing up, mail scanners ask too.

    Raises NotFound, ReviewClosed, ReviewNotOpen.
    """
    return _form(token, new_id(22), {}, {})


@blueprint.post("/r/<token>")
def send(token: str) -> ResponseReturnValue:
    """Raises NotFound, ReviewClosed, ReviewNotOpen, LinkUsed, Invalid, AnswersInvalid, SubmissionConflict."""
    receipt = here.ws.responses.submit(token, request.form.get(KEY_FIELD, ""), answers_sent(), typed_name())
    page = render_template("receipt.html", receipt=receipt, token=token, draft=_draft(token))
    return make_response(page, _status(receipt), {"Cache-Control": "no-store"})


@api.post("/api/v1/respond/<token>")
def send_json(token: str) -> ResponseReturnValue:
    """Raises what `send` does, and what `json_object` does."""
    key, answers, name = _submission(json_object(request))
    receipt = here.ws.responses.submit(token, key, answers, name)
    return {"receipt": receipt.receipt}, _status(receipt)


@blueprint.errorhandler(Invalid)
def mend(error: Invalid) -> Response:
    """The form again, with all that was typed and what is wrong beside it."""
    token = (request.view_args or {})["token"]
    usable = isinstance(error, AnswersInvalid)  # otherwise it is the key itself that was refused
    problems = error.problems if isinstance(error, AnswersInvalid) else {"": _KEY_LOST}
    key = request.form.get(KEY_FIELD, "")
    try:
        return _form(token, key if usable else new_id(22), typed(), problems, errors.status_of(error))
    except (NotFound, ReviewClosed, ReviewNotOpen) as gone:  # in the meantime
        return no_form(gone)
    except ReviewkitError as shut:
        return errors.of_domain(shut)


@blueprint.errorhandler(SubmissionConflict)
def sent_already(error: SubmissionConflict) -> Response:
    """Where the link lets in one more, the form is offered again; what was sent can be changed in any case."""
    token = (request.view_args or {})["token"]
    try:
        once_more = bool(here.ws.responses.form(token))
    except ReviewkitError:  # it was a personal one, or the review has closed
        once_more = False
    page = render_template("sent_already.html", token=token, draft=_draft(token), once_more=once_more)
    return make_response(page, errors.status_of(error))


@blueprint.errorhandler(LinkUsed)
def used(error: LinkUsed) -> Response:
    """The link is a personal one, and its one response is in: with the receipt it can be changed."""
    token = (request.view_args or {})["token"]
    return make_response(render_template("own/used.html", token=token), errors.status_of(error))


@blueprint.errorhandler(NotFound)
@blueprint.errorhandler(ReviewClosed)
@blueprint.errorhandler(ReviewNotOpen)
def no_form(error: NotFound | ReviewClosed | ReviewNotOpen) -> Response:
    """Said to a respondent, who knows no commands and has nobody to ask but the sender."""
    if isinstance(error, ReviewClosed):
        title, when = "This review is closed", f"closed on {day(error.closed)} and " if error.closed else ""
        message = f"“{error.title}” {when}takes no more answers. Answers that were sent before are kept."
    elif isinstance(error, NotFound):
        title, message = "This link leads to no review", "It may have been cut short on its way, or withdrawn."
    elif error.opens:
        title, message = "Not open yet", f"This review takes answers from {moment(error.opens)}."
    else:
        title, message = "Not open yet", "This review takes no answers yet. Try the link again later."
    return errors.page(errors.status_of(error), f"{message} If in doubt, ask whoever sent you the link.", title)


def _form(token: str, key: str, said: Typed, problems: dict[str, str], status: int = 200) -> Response:
    page = form_page(here.ws.responses.form(token), said, problems, typed_name())
    return make_response(render_template("respond.html", page=page, key=key, draft=_draft(token)), status)


def typed() -> dict[str, list[str]]:
    """Question key -> the values that the form sent for it."""
    return {
        name.removeprefix(ANSWER_PREFIX): values
        for name, values in request.form.lists()
        if name.startswith(ANSWER_PREFIX)
    }


def answers_sent() -> dict[str, object]:
    """Question key -> the value that the form sent, a list where it sent several."""
    return {key: values[0] if len(values) == 1 else values for key, values in typed().items()}


def typed_name() -> str:
    """Who answers, where the form asked for it and it was said."""
    return request.form.get(NAME_FIELD, "")


def _submission(body: dict[str, object]) -> tuple[str, dict[str, object], str]:
    """Raises BadRequest where the object has other fields, or values of another type."""
    if unknown := sorted(set(body) - {KEY_FIELD, NAME_FIELD, "answers"}):
        raise BadRequest(f"There is no field “{unknown[0]}” here; there are: {KEY_FIELD}, answers, {NAME_FIELD}.")
    key, answers, name = body.get(KEY_FIELD), body.get("answers"), body.get(NAME_FIELD, "")
    if not isinstance(key, str):
        raise BadRequest(f"{KEY_FIELD} must be text that is new for each submission.")
    if not isinstance(answers, dict):
        raise BadRequest("answers must be an object: question key -> answer.")
    if not isinstance(name, str):
        raise BadRequest(f"{NAME_FIELD} must be text, where it is given.")
    return key, answers, name


def _status(receipt: Receipt) -> int:
    return 201 if receipt.new else 200


def _draft(token: str) -> str:
    """What the browser calls its draft: one name a link, from which the link cannot be found again."""
    return fingerprint("draft", token)[:20]
