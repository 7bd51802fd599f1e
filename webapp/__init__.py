"""A workspace -> the web app over it."""

from __future__ import annotations

from flask import Flask

from reviewkit.settings import Settings, read_settings
from reviewkit.workspace import Workspace, open_workspace
from webapp import access, assets, errors, here, security, sessions, site, views


def create_app(workspace: Workspace | None = None, settings: Settings | None = None) -> Flask:
    """The app over `workspace`, or over the one that `settings` name; a WSGI callable.

    Raises:
        WorkspaceUnusable: the file the settings name is no workspace.
    """
    settings = settings or (workspace.context.settings if workspace else read_settings())
    workspace = workspace or open_workspace(settings=settings)
    workspace.load()

    app = here.App(__name__)
    security.limit(app)
    security.sign(app, workspace, settings)
    here.place(app, workspace)
    site.settle(app, settings)
    sessions.register(app)
    access.register(app)
    security.protect(app)
    errors.register(app)
    assets.register(app)
    views.register(app)
    access.check(app)
    return app
