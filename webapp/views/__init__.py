"""The blueprints, one file a page; a view parses, makes one call, presents."""

from __future__ import annotations

from flask import Flask

from webapp.security import csrf
from webapp.views import auth, health, home, insights, kickoff, lessons, projects, respond, reviews, risks, themes


def register(app: Flask) -> None:
    """Adds every page to `app`."""
    for page in (health, auth, respond, home, projects, kickoff, reviews, themes, risks, lessons, insights):
        app.register_blueprint(page.blueprint)
    app.register_blueprint(respond.api)
    for open_to_scripts in (respond.blueprint, respond.api):  # see docs/adr/0006-respond-without-csrf.md
        csrf.exempt(open_to_scripts)
