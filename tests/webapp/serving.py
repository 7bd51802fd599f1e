"""A workspace file and a real server over it, in a process group of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from reviewkit.domain.projects import Project
from reviewkit.workspace import open_workspace

PATIENCE = 20.0
COMMAND = [sys.executable, "-c", "from reviewkit.cli import main; main()"]


@dataclass(frozen=True)
class Place:
    """Where a workspace is, a review that is open in it, and a link to it."""

    path: Path
    review: str
    token: str


def a_place(folder: Path) -> Place:
    path = folder / "w.db"
    with open_workspace(str(path)) as ws:
        ws.projects.add(Project("TAP", "Tap-on ticketing"))
        review = ws.reviews.open(ws.reviews.new("TAP").id)
        return Place(path, review.id, ws.reviews.new_link(review.id))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(place: Place, port: int, *options: str, command: list[str] | None = None) -> subprocess.Popen[str]:
    """The server, answering."""
    given = ["--workspace", str(place.path), "serve", "--port", str(port), *options]
    process = subprocess.Popen(command or [*COMMAND, *given], start_new_session=True, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError, http.client.HTTPException):
            if get(port, "/health/ready") == 200:
                return process
        time.sleep(0.02)
    kill(process)
    raise AssertionError(f"the server did not start: {process.stderr.read() if process.stderr else ''}")


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9 of the whole group: web app, its worker, and the worker that analyses."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def served(
    place: Place, *options: str, command: list[str] | None = None, port: int = 0
) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    port = port or free_port()
    process = start(place, port, *options, command=command)
    try:
        yield port, process
    finally:
        kill(process)


def get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def post(connection: http.client.HTTPConnection, token: str, key: str, answers: dict[str, object]) -> tuple[int, str]:
    """(status, receipt)."""
    body = json.dumps({"submission_key": key, "answers": answers})
    connection.request("POST", f"/api/v1/respond/{token}", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read()).get("receipt", "")


def children(pid: int) -> list[int]:
    """Processes that `pid` started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def is_alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def until(condition, seconds: float = PATIENCE) -> bool:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
