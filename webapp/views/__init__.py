"""The blueprints, one file a page; a view parses, makes one call, presents."""

from __future__ import annotations

from flask import Flask

from webapp.security import csrf
from webapp.views import auth, health, respond


def register(app: Flask) -> None:
    """Adds every page to `app`."""
    for blueprint in (health.blueprint, auth.blueprint, respond.blueprint, respond.api):
        app.register_blueprint(blueprint)
    for open_to_scripts in (respond.blueprint, respond.api):  # see docs/adr/0006-respond-without-csrf.md
        csrf.exempt(open_to_scripts)
