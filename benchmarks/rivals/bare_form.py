"""The rival of closing_day.py: a Flask route that saves what it is sent as one row of JSON, with nothing checked.

As durable as ours (write-ahead log, every commit on the disk before it is answered) and behind the same server with as
many threads. Usage: bare_form.py FILE.db PORT
"""

from __future__ import annotations

import sqlite3
import sys
import threading

from flask import Flask, request
from gunicorn.app.base import BaseApplication

THREADS = 16
_LOCK = threading.Lock()


def app_over(path: str) -> Flask:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = wal")
    db.execute("PRAGMA synchronous = full")
    db.execute("CREATE TABLE IF NOT EXISTS answers (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    app = Flask(__name__)

    @app.post("/save")
    def save() -> tuple[dict[str, str], int]:
        body = request.get_data(as_text=True)
        with _LOCK:
            db.execute("INSERT INTO answers (body) VALUES (?)", [body])
        return {"receipt": "saved"}, 201

    return app


class Server(BaseApplication):
    def __init__(self, path: str, port: str) -> None:
        self._path, self._port = path, port
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": f"127.0.0.1:{self._port}", "workers": 1, "worker_class": "gthread", "threads": THREADS,
            "keepalive": 75, "loglevel": "warning",
        }  # fmt: skip
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return app_over(self._path)


if __name__ == "__main__":
    Server(sys.argv[1], sys.argv[2]).run()
