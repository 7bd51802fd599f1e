"""Route -> the least role that may use it: the one place where that is decided."""

from __future__ import annotations

from typing import Literal

from flask import Flask, redirect, request, url_for
from werkzeug import Response
from werkzeug.exceptions import Unauthorized

from reviewkit.domain.errors import NotAllowed
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import LessonState, UserRole
from webapp.here import here

Anyone = Literal["anyone"]
ANYONE: Anyone = "anyone"

TABLE: dict[str, UserRole | Anyone] = {
    # open to everybody
    "static": ANYONE,
    "health.live": ANYONE,
    "health.ready": ANYONE,
    "auth.login": ANYONE,
    "auth.logout": ANYONE,
    "respond.form": ANYONE,
    "respond.send": ANYONE,
    "respond_api.send_json": ANYONE,
    "own_answers.ask": ANYONE,
    "own_answers.find": ANYONE,
    "own_answers.correct": ANYONE,
    "own_answers.erase": ANYONE,
    # whoever has an account reads everything that privacy lets be shown
    "home.today": UserRole.VIEWER,
    "projects.index": UserRole.VIEWER,
    "projects.show": UserRole.VIEWER,
    "kickoff.show": UserRole.VIEWER,
    "report.show": UserRole.VIEWER,
    "report.download": UserRole.VIEWER,
    "reviews.show": UserRole.VIEWER,
    "reviews.export": UserRole.VIEWER,
    "themes.index": UserRole.VIEWER,
    "themes.show": UserRole.VIEWER,
    "risks.index": UserRole.VIEWER,
    "links.index": UserRole.VIEWER,
    "risks.show": UserRole.VIEWER,
    "risks.export": UserRole.VIEWER,
    "risks.before_export": UserRole.VIEWER,
    "lessons.index": UserRole.VIEWER,
    "lessons.show": UserRole.VIEWER,
    "lessons.export": UserRole.VIEWER,
    "insights.index": UserRole.VIEWER,
    # whoever runs reviews and starts projects
    "home.settle": UserRole.FACILITATOR,
    "lesson_writing.write": UserRole.FACILITATOR,
    "lesson_writing.add": UserRole.FACILITATOR,
    "lesson_writing.rewrite": UserRole.FACILITATOR,  # while it is a draft, see may_edit
    "lesson_writing.change": UserRole.FACILITATOR,
    "lesson_writing.hand_in": UserRole.FACILITATOR,
    "risks.move": UserRole.FACILITATOR,
    "risks.undo": UserRole.FACILITATOR,
    "risks.save_filter": UserRole.FACILITATOR,
    "risks.remove_filter": UserRole.FACILITATOR,
    "risks.restore_filter": UserRole.FACILITATOR,
    "risk_writing.write": UserRole.FACILITATOR,
    "risk_writing.add": UserRole.FACILITATOR,
    "risk_writing.rewrite": UserRole.FACILITATOR,
    "risk_writing.change": UserRole.FACILITATOR,
    "risk_writing.ask": UserRole.FACILITATOR,
    "risk_writing.tell": UserRole.FACILITATOR,
    "risk_writing.take_back": UserRole.FACILITATOR,
    "projects.close": UserRole.FACILITATOR,
    "projects.reopen": UserRole.FACILITATOR,
    "projects.new_review": UserRole.FACILITATOR,
    "projects.write": UserRole.FACILITATOR,
    "projects.add": UserRole.FACILITATOR,
    "projects.edit": UserRole.FACILITATOR,
    "projects.change": UserRole.FACILITATOR,
    "kickoff.make": UserRole.FACILITATOR,
    "kickoff.set_brief": UserRole.FACILITATOR,
    "kickoff.draft": UserRole.VIEWER,
    "kickoff.add_risks": UserRole.FACILITATOR,
    "kickoff.download": UserRole.VIEWER,
    "kickoff.decide": UserRole.FACILITATOR,
    "outcomes.show": UserRole.FACILITATOR,
    "outcomes.tell": UserRole.FACILITATOR,
    "reviews.let_in": UserRole.FACILITATOR,
    "reviews.shut": UserRole.FACILITATOR,
    "questions.index": UserRole.FACILITATOR,
    "questions.preview": UserRole.FACILITATOR,
    "questions.export": UserRole.FACILITATOR,
    "questions.describe": UserRole.FACILITATOR,
    "questions.write": UserRole.FACILITATOR,
    "questions.add": UserRole.FACILITATOR,
    "questions.rewrite": UserRole.FACILITATOR,
    "questions.change": UserRole.FACILITATOR,
    "questions.move": UserRole.FACILITATOR,
    "questions.remove": UserRole.FACILITATOR,
    "questions.take": UserRole.FACILITATOR,
    "questions.bring": UserRole.FACILITATOR,
    "questions.keep": UserRole.FACILITATOR,
    "questions.drop": UserRole.FACILITATOR,
    "questions.copy": UserRole.FACILITATOR,
    "invite.show": UserRole.FACILITATOR,
    "invite.let_in": UserRole.FACILITATOR,
    "invite.extend": UserRole.FACILITATOR,
    "invite.link": UserRole.FACILITATOR,
    "invite.people": UserRole.FACILITATOR,
    "invite.code": UserRole.FACILITATOR,
    "invite.withdraw": UserRole.FACILITATOR,
    "invite.withdraw_all": UserRole.FACILITATOR,
    "invite.expect": UserRole.FACILITATOR,
    "answers_import.choose": UserRole.FACILITATOR,
    "answers_import.send": UserRole.FACILITATOR,
    "answers_import.columns": UserRole.FACILITATOR,
    "answers_import.set_columns": UserRole.FACILITATOR,
    "answers_import.preview": UserRole.FACILITATOR,
    "answers_import.apply": UserRole.FACILITATOR,
    "answers_import.discard": UserRole.FACILITATOR,
    # whoever tends the library
    "themes.rename": UserRole.CURATOR,
    "themes.set_status": UserRole.CURATOR,
    "themes.settle": UserRole.CURATOR,
    "themes.merge": UserRole.CURATOR,
    "themes.apply_merge": UserRole.CURATOR,
    "themes.split": UserRole.CURATOR,
    "themes.apply_split": UserRole.CURATOR,
    "themes.move": UserRole.CURATOR,
    "themes.apply_move": UserRole.CURATOR,
    "themes.undo": UserRole.CURATOR,
    "themes.undo_several": UserRole.CURATOR,
    "themes.link": UserRole.CURATOR,
    "links.decide": UserRole.CURATOR,
    "lessons.queue": UserRole.CURATOR,
    "lessons.move": UserRole.CURATOR,
    "lessons.undo": UserRole.CURATOR,
    "records_import.choose": UserRole.CURATOR,
    "records_import.send": UserRole.CURATOR,
    "records_import.columns": UserRole.CURATOR,
    "records_import.set_columns": UserRole.CURATOR,
    "records_import.preview": UserRole.CURATOR,
    "records_import.apply": UserRole.CURATOR,
    "records_import.discard": UserRole.CURATOR,
    "insights.backtest": UserRole.CURATOR,
}


def register(app: Flask) -> None:
    app.before_request(_enforce)
    app.context_processor(lambda: {"may": may, "may_edit": may_edit})


def check(app: Flask) -> None:
    """Raises LookupError where a route of `app` has no row: whoever adds a route decides who may use it."""
    missing = sorted({rule.endpoint for rule in app.url_map.iter_rules()} - set(TABLE))
    if missing:
        raise LookupError(f"webapp/access.py has no row for: {', '.join(missing)}")


def may(endpoint: str) -> bool:
    """Whether the one who asks may use `endpoint`; templates show no button that would be refused."""
    needed = TABLE[endpoint]
    return needed == ANYONE or (here.user is not None and here.user.may(UserRole(needed)))


def may_edit(lesson: Lesson) -> bool:
    """Whether the one who asks may edit `lesson`: a draft as whoever writes one, any other as whoever tends them."""
    return may("lesson_writing.change" if lesson.state is LessonState.DRAFT else "lessons.move")


def check_edit(lesson: Lesson) -> None:
    """Raises NotAllowed."""
    if not may_edit(lesson):
        raise NotAllowed(TABLE["lessons.move"])


def _enforce() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or may(endpoint):  # without an endpoint there is nothing to guard: it becomes a 404 or 405
        return None
    if here.user is not None:
        raise NotAllowed(TABLE[endpoint])
    if request.method not in ("GET", "HEAD") or request.path.startswith("/api/"):
        raise Unauthorized("Log in first.")
    return redirect(url_for("auth.login", next=request.full_path.rstrip("?")), 303)
