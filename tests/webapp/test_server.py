"""The server as a process: its worker lives and dies with it, and what is wrong with a request stays small."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from reviewkit.workspace import open_workspace
from tests.webapp.serving import COMMAND, Place, a_place, children, free_port, get, is_alive, kill, post, served, until

ON_PROC = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return a_place(tmp_path)


def workers_of(server: int) -> list[int]:
    """The `reviewkit worker` beside a server."""
    return [pid for pid in children(server) if b"worker\0--until" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@ON_PROC
def test_a_worker_that_dies_is_started_again_and_both_end_together(place: Place) -> None:
    with served(place) as (port, server):
        assert until(lambda: workers_of(server.pid))
        (first,) = workers_of(server.pid)
        subprocess.run(["kill", "-9", str(first)], check=True)
        assert until(lambda: workers_of(server.pid) not in ([], [first]))
        everybody = children(server.pid)
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=15)
        assert server.returncode == 0
        assert until(lambda: not any(map(is_alive, everybody)), 5)
        with pytest.raises(OSError):  # noqa: PT011
            get(port, "/health/live")


@ON_PROC
def test_nobody_is_left_when_the_server_alone_is_killed(place: Place) -> None:
    with served(place) as (_, server):
        assert until(lambda: workers_of(server.pid))
        everybody = children(server.pid)
        assert len(everybody) == 2
        server.send_signal(signal.SIGKILL)
        assert until(lambda: not any(map(is_alive, everybody)), 10)


def test_without_a_worker_there_is_none(place: Place) -> None:
    with served(place, "--no-worker") as (_, server):
        assert len(children(server.pid)) == 1


def test_a_worker_by_itself_ends_on_sigterm(place: Place) -> None:
    worker = subprocess.Popen([*COMMAND, "--workspace", str(place.path), "worker"], stderr=subprocess.PIPE, text=True)
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(timeout=1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=10) == 0
        assert worker.stderr
        assert worker.stderr.read() == ""
    finally:
        worker.kill()


def test_a_taken_port_and_a_file_that_is_no_workspace_are_said_in_one_line(place: Place, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no workspace " * 1_000)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for path, said in ((place.path, "Choose another with --host and --port."), (other, "notes.txt")):
            command = [*COMMAND, "--workspace", str(path), "serve", "--port", port]
            done = subprocess.run(command, capture_output=True, text=True, timeout=20)
            assert (done.returncode, done.stderr.count("\n")) == (1, 1)
            assert said in done.stderr


HEAD = "POST /api/v1/respond/{token} HTTP/1.1\r\nContent-Type: application/json\r\n"
BODY = '{"submission_key": "k", "answers": {"nps": 7}}'
CRAFTED = {
    "two hosts": "Host: a\r\nHost: b\r\nContent-Length: 46\r\n\r\n" + BODY,
    "length and chunks": "Host: a\r\nContent-Length: 46\r\nTransfer-Encoding: chunked\r\n\r\n2e\r\n"
    + BODY
    + "\r\n0\r\n\r\n",
    "two lengths": "Host: a\r\nContent-Length: 46\r\nContent-Length: 4\r\n\r\n" + BODY,
    "a negative length": "Host: a\r\nContent-Length: -1\r\n\r\n" + BODY,
    "a length that is no number": "Host: a\r\nContent-Length: 4x\r\n\r\n" + BODY,
    "no length": "Host: a\r\n\r\n" + BODY,
    "a length too short": "Host: a\r\nContent-Length: 20\r\n\r\n" + BODY,
    "a length too long, and gone": "Host: a\r\nContent-Length: 99\r\n\r\n" + BODY,
    "chunks that break off": "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n2e\r\n" + BODY + "\r\n",
    "a bare line feed in a header": "Host: a\r\nX-A: b\nX-B: c\r\nContent-Length: 46\r\n\r\n" + BODY,
    "a header of 100 KB": "Host: a\r\nX-A: " + "a" * 100_000 + "\r\nContent-Length: 46\r\n\r\n" + BODY,
}


def test_requests_that_two_readers_would_read_differently_save_nothing(place: Place) -> None:
    accepted = []
    with served(place, "--no-worker") as (port, server):
        for name, rest in CRAFTED.items():
            with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
                raw.sendall((HEAD.format(token=place.token) + rest).encode())
                raw.shutdown(socket.SHUT_WR)
                answer = raw.makefile("rb").readline()
            if answer and not 400 <= int(answer.split()[1]) < 600:
                accepted.append((name, answer))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", f"/r/{place.token}/%2e%2e\n".strip())
        assert connection.getresponse().status == 404
        kill(server)
        assert server.stderr
        log = server.stderr.read()
    assert accepted == []
    assert place.token not in log
    assert "127.0.0.1 " not in log.replace("http://127.0.0.1", "")
    with open_workspace(str(place.path)) as ws:
        assert ws.responses.list(place.review) == []


def test_slow_senders_do_not_shut_others_out(place: Place) -> None:
    hurried = "import webapp.server as s; s.REQUEST_SECONDS = 1; from reviewkit.cli import main; main()"
    port = free_port()
    options = ["--workspace", str(place.path), "serve", "--no-worker", "--port", str(port)]
    with served(place, command=[sys.executable, "-c", hurried, *options], port=port), ExitStack() as stack:
        for half in (HEAD, HEAD + "Host: a\r\nContent-Length: 46\r\n\r\n ") * 20:  # 40 of them, and 16 threads
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            slow.sendall(half.format(token=place.token).encode())
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        assert post(connection, place.token, "k", {"nps": 7})[0] == 201
    with open_workspace(str(place.path)) as ws:
        assert len(ws.responses.list(place.review)) == 1
