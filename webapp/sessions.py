"""A cookie -> the account behind it; the session itself lives in the store, so that it can be ended there."""

from __future__ import annotations

import flask
from flask import Flask, current_app, request
from werkzeug import Response

from webapp.here import here

COOKIE = "reviewkit_session"


def register(app: Flask) -> None:
    @app.before_request
    def recognise() -> None:
        secret = request.cookies.get(COOKIE) if request.endpoint != "static" else None
        here.user = here.ws.users.of_session(secret) if secret else None


def begin(response: Response, secret: str) -> Response:
    """Gives the browser `secret` as its session, ends the one it had, and renews the form token."""
    end()
    response.set_cookie(
        COOKIE, secret, path="/", httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )
    return response


def forget(response: Response) -> Response:
    """Ends the browser's session here and there."""
    end()
    response.delete_cookie(
        COOKIE, path="/", httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )
    return response


def end() -> None:
    """Ends the session that the request came with, if any."""
    flask.session.clear()
    if secret := request.cookies.get(COOKIE):
        here.ws.users.log_out(secret)
