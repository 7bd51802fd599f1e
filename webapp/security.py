"""An answer -> the answer with the headers that browsers need to keep it safe; sizes, signing key and form tokens."""

from __future__ import annotations

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer
from werkzeug.exceptions import ClientDisconnected

from reviewkit.domain.ids import new_secret
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace
from webapp.here import here

MAX_BYTES = 1_000_000
"""Of one request's body; a form of 20 answers at full length has about 400,000 characters."""

MAX_UPLOAD = 16_000_000
"""Of a body that brings a file to import: some 60,000 answers. Larger ones are for the command line: for what a
web process works out for one person the others wait."""

UPLOADS = frozenset(["answers_import.send", "records_import.send", "kickoff.set_brief"])
"""The routes that take a file."""

MAX_PARTS = 1_000

POLICY = "; ".join(
    [
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

FRAMED_BY_US = {"Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")}
"""For the one page that another page of ours shows in a frame: a form's preview, which changes nothing."""

csrf = CSRFProtect()
"""Guards every form but the respondent's, see docs/adr/0006-respond-without-csrf.md."""


def limit(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = MAX_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BYTES
    app.config["MAX_FORM_PARTS"] = MAX_PARTS
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.before_request(_whole)


def _whole() -> None:
    """Refuses a body that was cut off on its way, which the server passes on as if it had ended there.

    Half a form is a form too: it would be saved, and the respondent's second try refused as a change.
    """
    if request.endpoint in UPLOADS:
        request.max_content_length = MAX_UPLOAD
        return  # its parts go to disk as they come; of a part that was cut off the form's reader finds no end
    if request.content_length is not None and len(request.get_data()) != request.content_length:
        raise ClientDisconnected()


def sign(app: Flask, workspace: Workspace, settings: Settings) -> None:
    """Sets the cookie that binds form tokens to a browser; its key is kept with the workspace and outlives restarts."""
    app.session_interface = _FormCookie()
    app.config["SECRET_KEY"] = workspace.mark("signing key", new_secret)
    app.config["SESSION_COOKIE_NAME"] = "reviewkit_form"
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_SECURE"] = settings.secure_cookies


def protect(app: Flask) -> None:
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the browser is open: half an hour of typing must not be lost
    app.config["WTF_CSRF_SSL_STRICT"] = False  # it asks for a referrer, and our pages send none
    csrf.init_app(app)
    app.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    given = {name.lower() for name, _ in response.headers}  # asked once: each setdefault would raise and catch an error
    wanted = HEADERS
    if request.endpoint != "static":
        wanted = {**HEADERS, "Cache-Control": "no-store" if here.get("user") else "private, no-cache", "Vary": "Cookie"}
        if "vary" in given:
            response.vary.add("Cookie")
    response.headers.extend([(name, value) for name, value in wanted.items() if name.lower() not in given])
    return response


class _FormCookie(SecureCookieSessionInterface):
    """Flask's cookie, whose signer is made once and not for every request."""

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer
