"""The app -> a running server, with the worker that analyses beside it."""

from __future__ import annotations

import logging
import os
import re
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import ThreadWorker

from reviewkit.domain.errors import Invalid
from reviewkit.settings import Settings, as_environment
from reviewkit.workspace import open_workspace
from webapp import create_app

THREADS = 16
KEEP_ALIVE_SECONDS = 75
"""Longer than a respondent thinks: a connection closed too early costs a failed post."""

REQUEST_SECONDS = 30
"""In which a request must have arrived whole, so that slow senders cannot hold all threads."""

RESTART_SECONDS = (1, 2, 5, 15, 60)
"""Pauses before a worker that died is started again; it counts as healthy once it lived for the longest of them."""

_SECRET_PATHS = re.compile(r"(/r/|/respond/)[^\s/?'\"]+")


def serve(settings: Settings, *, host: str = "127.0.0.1", port: int = 8000, worker: bool = True) -> None:
    """Serves the workspace until SIGTERM or SIGINT, and then ends the process.

    Raises:
        WorkspaceUnusable: the settings name no workspace.
        Invalid: the address cannot be listened on.
    """
    open_workspace(settings=settings).close()  # what is wrong with it is said here, and not by a server that dies of it
    _check_address(host, port)
    _Server(settings, host, port, worker).run()


class Companion:
    """A process `reviewkit worker` that is started again when it dies, and ends when this process does.

    `starting` is held while it starts. Nothing may fork meanwhile: the fork would hold the pipe on which `Popen` waits
    for its child to begin, and `Popen` would wait for ever.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self.starting = threading.Lock()

    def start(self) -> None:
        threading.Thread(target=self._watch, name="companion", daemon=True).start()

    def stop(self) -> None:
        """Ends it; what it was doing is taken up again at the next start."""
        self._stopping.set()
        with self.starting:
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()

    def _watch(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            with self.starting:
                if self._stopping.is_set():
                    return
                self._process = process = subprocess.Popen(
                    [sys.executable, "-c", "from reviewkit.cli import main; main()", "worker", "--until-stdin-closes"],
                    stdin=subprocess.PIPE,
                    env={**os.environ, **as_environment(self._settings)},
                )
            process.wait()
            failures = 0 if time.monotonic() - started > RESTART_SECONDS[-1] else failures + 1
            self._stopping.wait(RESTART_SECONDS[min(failures, len(RESTART_SECONDS)) - 1])


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker, which gives each request REQUEST_SECONDS to arrive.

    Its own timeouts do not cover a request that trickles in: 16 of them would hold every thread for good.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadlines: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        self._deadlines[conn] = time.monotonic() + REQUEST_SECONDS
        try:
            return super().handle(conn)
        finally:
            self._deadlines.pop(conn, None)

    def notify(self) -> None:
        super().notify()
        now = time.monotonic()
        for conn, deadline in list(self._deadlines.items()):
            if deadline < now:
                try:
                    conn.sock.shutdown(socket.SHUT_RD)  # reading ends; an answer that is being written goes on
                except OSError:
                    self._deadlines.pop(conn, None)


class _CarefulArbiter(Arbiter):  # type: ignore[misc]
    """gunicorn's master, which forks no worker while the companion starts."""

    def __init__(self, app: BaseApplication, starting: threading.Lock) -> None:
        self._starting = starting
        super().__init__(app)

    def spawn_worker(self) -> Any:
        with self._starting:  # the fork never comes back here, and needs no lock
            return super().spawn_worker()


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings, host: str, port: int, worker: bool) -> None:
        self._settings = settings
        self._bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._companion = Companion(settings) if worker else None
        super().__init__()

    def run(self) -> None:
        if self._companion:
            _CarefulArbiter(self, self._companion.starting).run()
        else:
            super().run()

    def load_config(self) -> None:
        chosen = {
            "bind": self._bind,
            "workers": 1,  # one process writes; its threads wait for the disk, not for each other
            "worker_class": f"{__name__}.{PatientWorker.__name__}",
            "threads": THREADS,
            "keepalive": KEEP_ALIVE_SECONDS,
            "timeout": 60,
            "graceful_timeout": 10,
            "preload_app": False,
            "accesslog": None,  # it would hold addresses, and the secrets of links
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "reviewkit",
            "when_ready": self._ready,
            "on_exit": self._leave,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(settings=self._settings)

    def _ready(self, arbiter: object) -> None:
        logging.getLogger("gunicorn.error").addFilter(without_secrets)
        print(f"Listening on http://{self._bind} (Ctrl-C ends it)", file=sys.stderr, flush=True)
        if self._companion:
            self._companion.start()

    def _leave(self, arbiter: object) -> None:
        if self._companion:
            self._companion.stop()


def without_secrets(record: logging.LogRecord) -> bool:
    """Takes links' secrets and people's addresses out of a line of the log; always true, the line is kept."""
    record.msg = re.sub(r"ip=\S+ ", "", _SECRET_PATHS.sub(r"\1…", record.getMessage()))
    record.args = ()
    return True


def _check_address(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise Invalid(f"Cannot listen on {host}:{port}: {reason}. Choose another with --host and --port.") from None
