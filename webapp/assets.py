"""A file in static/ -> an address that changes with its content, so that browsers may keep it for good."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

FOR_GOOD = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    @app.url_defaults
    def stamp(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values["v"] = _version(app, values["filename"])

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200 and _is_current(app):
            response.headers["Cache-Control"] = FOR_GOOD
        return response


def _is_current(app: Flask) -> bool:
    named = (request.view_args or {}).get("filename", "")
    return request.args.get("v") == _version(app, named)


def _version(app: Flask, filename: str) -> str:
    path = Path(str(app.static_folder), filename)
    return _digest(path, path.stat().st_mtime_ns) if path.is_file() else ""


@cache
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
