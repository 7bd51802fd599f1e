"""The workspace's state -> what a load balancer asks for."""

from __future__ import annotations

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from webapp.here import here

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> ResponseReturnValue:
    """200 while the process answers."""
    return {"status": "live"}


@blueprint.get("/ready")
def ready() -> ResponseReturnValue:
    """200 while the store answers too, else 503."""
    here.ws.ready()
    return {"status": "ready"}


@blueprint.errorhandler(Exception)
def not_ready(error: Exception) -> ResponseReturnValue:
    """Whatever kept the store from answering: no requests should be sent here now."""
    current_app.logger.error("The store does not answer: %s", error)
    return {"status": "the store does not answer"}, 503
