"""A request -> what every view finds in it: the workspace and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeAlias, cast

from flask import Flask, g, request
from flask.ctx import _AppCtxGlobals

from reviewkit.domain.people import User
from reviewkit.workspace import Workspace

ExcInfo: TypeAlias = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


class Here(_AppCtxGlobals):
    """`flask.g`, typed."""

    ws: Workspace
    user: User | None = None

    @property
    def who(self) -> str:
        """The name that goes into the audit log; empty for somebody without an account."""
        return self.user.name if self.user else ""


here = cast(Here, g)


class App(Flask):
    """Flask whose log names the route, never the path: the path of a form holds its link's secret."""

    app_ctx_globals_class = Here

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """As it is: no view is a coroutine, which Flask would look for eight times in each request."""
        return func

    def log_exception(self, exc_info: ExcInfo) -> None:
        rule = request.url_rule.rule if request.url_rule else "an unknown route"
        self.logger.error("Exception on %s [%s]", rule, request.method, exc_info=exc_info)


def place(app: Flask, workspace: Workspace) -> None:
    """Gives every request of `app` its workspace."""
    app.extensions["reviewkit"] = workspace

    @app.before_request
    def with_workspace() -> None:
        here.ws = workspace
