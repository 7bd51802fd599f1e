"""The blueprints, one file a page; a view parses, makes one call, presents."""

from __future__ import annotations

from flask import Flask

from webapp.security import csrf
from webapp.views import (
    auth,
    health,
    home,
    imports,
    insights,
    kickoff,
    lesson_writing,
    lessons,
    links,
    outcomes,
    projects,
    questions,
    report,
    respond,
    reviews,
    risk_writing,
    risks,
    themes,
)
from webapp.views.collecting import invite, own_answers


def register(app: Flask) -> None:
    """Adds every page to `app`."""
    pages = (
        health,
        auth,
        respond,
        own_answers,
        home,
        projects,
        kickoff,
        outcomes,
        report,
        reviews,
        questions,
        invite,
        themes,
        risks,
        links,
        risk_writing,
        lessons,
        lesson_writing,
        insights,
    )
    for page in pages:
        app.register_blueprint(page.blueprint)
    app.register_blueprint(respond.api)
    for kind in (imports.answers, imports.records):
        app.register_blueprint(kind)
    for for_respondents in (respond.blueprint, respond.api, own_answers.blueprint):
        csrf.exempt(for_respondents)  # see docs/adr/0006-respond-without-csrf.md
