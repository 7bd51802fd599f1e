"""The blueprints, one file a page; a view parses, makes one call, presents."""

from __future__ import annotations

from flask import Flask

from webapp.views import auth, health, respond


def register(app: Flask) -> None:
    """Adds every page to `app`."""
    for module in (health, auth, respond):
        app.register_blueprint(module.blueprint)
