"""A name and a password -> a session, and out again."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from reviewkit.domain.errors import LoginRefused, TooManyAttempts
from webapp import errors, sessions
from webapp.here import here

blueprint = Blueprint("auth", __name__)


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """The form, and what it sends. Raises LoginRefused, TooManyAttempts, which show the form again."""
    target = own_path(request.values.get("next", ""))
    if request.method == "GET":
        return redirect(target, 303) if here.user else _page(target)
    secret = here.ws.users.log_in(
        request.form.get("name", ""), request.form.get("password", ""), address=request.remote_addr or ""
    )
    return sessions.begin(redirect(target, 303), secret)


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    return sessions.forget(redirect("/login", 303))


@blueprint.errorhandler(LoginRefused)
@blueprint.errorhandler(TooManyAttempts)
def again(error: LoginRefused | TooManyAttempts) -> Response:
    """The form once more, with what is wrong and the name still in it."""
    response = _page(own_path(request.form.get("next", "")), str(error), request.form.get("name", ""))
    response.status_code = errors.status_of(error)
    errors.say_when(response, error)
    return response


def own_path(target: str) -> str:
    """`target` where it is a path on this site, else the home page.

    Browsers read `//host`, `/\\host` and a path with tabs or line breaks between the slashes as another site.
    """
    plain = target.isprintable() and " " not in target and "\\" not in target
    parts = urlsplit(target) if plain else None
    if parts and target.startswith("/") and not target.startswith("//") and not parts.scheme and not parts.netloc:
        return target
    return "/"


def _page(target: str, problem: str = "", name: str = "") -> Response:
    return make_response(render_template("login.html", next=target, problem=problem, name=name[:64]))
