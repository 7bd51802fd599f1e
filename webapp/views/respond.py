"""A respondent's answers -> a receipt: by the form at /r/<token>, and as JSON for scripts.

The receipt is shown by the answer to the POST itself and not after a redirect: it would have to travel in an address,
which browsers and proxies keep. Sending the page again does no harm, the submission key makes it the same submission.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from reviewkit.domain.errors import AnswersInvalid, Invalid, NotFound, ReviewkitError, ReviewNotOpen, SubmissionConflict
from reviewkit.domain.ids import fingerprint, new_id
from reviewkit.workspace.reviewing.responses import Receipt
from webapp import errors
from webapp.here import here
from webapp.json_body import json_object
from webapp.presenters.form import Typed, form_page

blueprint = Blueprint("respond", __name__)
api = Blueprint("respond_api", __name__)

KEY_FIELD, ANSWER_PREFIX = "submission_key", "answer-"


@blueprint.get("/r/<token>")
def form(token: str) -> ResponseReturnValue:
    """The empty form; asking for it uses nothing up, mail scanners ask too.

    Raises NotFound, ReviewClosed, ReviewNotOpen.
    """
    return _form(token, new_id(22), {}, {})


@blueprint.post("/r/<token>")
def send(token: str) -> ResponseReturnValue:
    """Raises NotFound, ReviewClosed, ReviewNotOpen, Invalid, AnswersInvalid, SubmissionConflict."""
    answers = {key: values[0] if len(values) == 1 else values for key, values in _typed().items()}
    receipt = here.ws.responses.submit(token, request.form.get(KEY_FIELD, ""), answers)
    page = render_template("receipt.html", receipt=receipt, draft=_draft(token))
    return make_response(page, _status(receipt), {"Cache-Control": "no-store"})


@api.post("/api/v1/respond/<token>")
def send_json(token: str) -> ResponseReturnValue:
    """Raises what `send` does, and what `json_object` does."""
    key, answers = _submission(json_object(request))
    receipt = here.ws.responses.submit(token, key, answers)
    return {"receipt": receipt.receipt}, _status(receipt)


@blueprint.errorhandler(Invalid)
def mend(error: Invalid) -> Response:
    """The form again, with all that was typed and what is wrong beside it."""
    token = (request.view_args or {})["token"]
    problems = error.problems if isinstance(error, AnswersInvalid) else {"": str(error)}
    key = request.form.get(KEY_FIELD, "")
    usable = isinstance(error, AnswersInvalid)  # otherwise it is the key itself that was refused
    try:
        return _form(token, key if usable else new_id(22), _typed(), problems, errors.status_of(error))
    except ReviewkitError as closed:  # in the meantime
        return errors.of_domain(closed)


@blueprint.errorhandler(SubmissionConflict)
def sent_already(error: SubmissionConflict) -> Response:
    token = (request.view_args or {})["token"]
    page = render_template("sent_already.html", token=token, draft=_draft(token))
    return make_response(page, errors.status_of(error))


@blueprint.errorhandler(NotFound)
@blueprint.errorhandler(ReviewNotOpen)
def no_form(error: NotFound | ReviewNotOpen) -> Response:
    """Said to a respondent, who knows no commands and has nobody to ask but the sender."""
    if isinstance(error, NotFound):
        title, message = "This link leads to no review", "It may have been cut short on its way, or withdrawn."
    else:
        title, message = "Not open yet", "This review takes no answers yet. Try the link again later."
    return errors.page(errors.status_of(error), f"{message} If in doubt, ask whoever sent it to you.", title)


def _form(token: str, key: str, typed: Typed, problems: dict[str, str], status: int = 200) -> Response:
    page = form_page(here.ws.responses.form(token), typed, problems)
    return make_response(render_template("respond.html", page=page, key=key, draft=_draft(token)), status)


def _typed() -> dict[str, list[str]]:
    return {
        name.removeprefix(ANSWER_PREFIX): values
        for name, values in request.form.lists()
        if name.startswith(ANSWER_PREFIX)
    }


def _submission(body: dict[str, object]) -> tuple[str, dict[str, object]]:
    """Raises BadRequest where the object has other fields, or values of another type."""
    if unknown := sorted(set(body) - {KEY_FIELD, "answers"}):
        raise BadRequest(f"There is no field “{unknown[0]}” here; there are: {KEY_FIELD}, answers.")
    key, answers = body.get(KEY_FIELD), body.get("answers")
    if not isinstance(key, str):
        raise BadRequest(f"{KEY_FIELD} must be text that is new for each submission.")
    if not isinstance(answers, dict):
        raise BadRequest("answers must be an object: question key -> answer.")
    return key, answers


def _status(receipt: Receipt) -> int:
    return 201 if receipt.new else 200


def _draft(token: str) -> str:
    """What the browser calls its draft: one name a link, from which the link cannot be found again."""
    return fingerprint("draft", token)[:20]
