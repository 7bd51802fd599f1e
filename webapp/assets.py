"""A file in static/ -> an address that changes with its content, so that browsers may keep it for good; what goes over
the wire made small."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from flask_compress import Compress

compress = Compress()
"""Makes the answers of the views that it decorates small: of none that hold a secret beside what a stranger may have
sent, for their size would tell of the secret (BREACH)."""

FOR_GOOD = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    app.config["COMPRESS_REGISTER"] = False
    compress.init_app(app)
    app.view_functions["static"] = compress.compressed()(app.view_functions["static"])

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
