"""An error -> an answer: one table of statuses, JSON under /api/ and /health/, a page elsewhere."""

from __future__ import annotations

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadHost, HTTPException

from reviewkit.domain import errors as domain
from webapp.security import MAX_UPLOAD, UPLOADS

STATUS: dict[type[domain.ReviewkitError], int] = {
    domain.NotFound: 404,
    domain.Invalid: 422,
    domain.Conflict: 409,
    domain.ReviewClosed: 410,
    domain.LinkUsed: 410,
    domain.NotAllowed: 403,
    domain.LoginRefused: 401,
    domain.TooManyAttempts: 429,
    domain.EngineMissing: 503,
    domain.WorkspaceBusy: 503,
    domain.WorkspaceUnusable: 503,
    domain.StorageFull: 507,
    domain.ReviewkitError: 500,
}
"""The nearest class of an error's ancestry counts."""

RETRY_SECONDS: dict[type[domain.ReviewkitError], int] = {
    domain.TooManyAttempts: 900,
    domain.WorkspaceBusy: 2,
    domain.StorageFull: 60,
}

TITLES = {
    400: "That could not be read",
    401: "Please log in",
    403: "That is not open to you",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "That does not go together",
    410: "This is closed",
    413: "That is too long",
    415: "That kind of content is not taken here",
    422: "Something needs mending",
    429: "Please wait a little",
    503: "Busy just now",
    507: "There is no room left",
}

HTTP_MESSAGES = {
    400: "What was sent could not be read. Go back and try again.",
    401: "Your session is over, or you were not logged in. Log in and try again.",
    404: "The address may be mistyped, or what was here has gone.",
    405: "This address does not take that kind of request.",
    413: "It is longer than one million characters in all. Go back, shorten it and send it again.",
    415: "Send it as application/json in UTF-8.",
    500: "Something went wrong on our side. It was noted; nothing half-done was saved. Try again in a moment.",
}

FILE_TOO_LARGE = (
    f"The file is larger than {MAX_UPLOAD // 1_000_000} MB. Cut it into several, or have it imported on the command "
    "line: reviewkit responses import FILE."
)


def register(app: Flask) -> None:
    app.register_error_handler(domain.ReviewkitError, of_domain)
    app.register_error_handler(CSRFError, _of_form_token)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(BadHost, _of_bad_host)


def status_of(error: domain.ReviewkitError) -> int:
    """The HTTP status for an error of the domain."""
    return next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)


def of_domain(error: domain.ReviewkitError) -> Response:
    problems = error.problems if isinstance(error, domain.AnswersInvalid | domain.FieldsInvalid) else {}
    response = _answer(status_of(error), str(error), problems)
    say_when(response, error)
    return response


def say_when(response: Response, error: domain.ReviewkitError) -> None:
    """Tells the client when trying again makes sense, where waiting is what helps."""
    if type(error) in RETRY_SECONDS:
        response.headers["Retry-After"] = str(RETRY_SECONDS[type(error)])


def _of_http(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code < 400:  # a redirect is raised as an exception too
        return error
    own = error.description if type(error).description != error.description else None
    message = FILE_TOO_LARGE if code == 413 and request.endpoint in UPLOADS else HTTP_MESSAGES.get(code, error.name)
    response = _answer(code, own or message)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers.setdefault(name, value)
    return response


def _of_bad_host(error: BadHost) -> Response:
    return Response("This host name cannot be read.\n", 400, mimetype="text/plain")  # no page: links need a host


def _of_form_token(error: CSRFError) -> Response:
    return _answer(400, "This form is too old or came from another page. Go back, load it anew and send it again.")


def _answer(status: int, message: str, problems: dict[str, str] | None = None) -> Response:
    if request.path.startswith(("/api/", "/health/")):
        body: dict[str, object] = {"error": message}
        if problems:
            body["problems"] = problems
        response = jsonify(body)
        response.status_code = status
        return response
    return page(status, message, TITLES.get(status, "Something went wrong"))


def page(status: int, message: str, title: str) -> Response:
    """A calm page that says what is wrong and what to do."""
    return make_response(render_template("error.html", title=title, message=message, status=status), status)
