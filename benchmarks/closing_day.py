"""Closing day: fifty respondents at once send their answers, one after the other, while the worker analyses them."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus import prepare, texts_of
from measuring import Given, Row, median, part, run_part, spread

SENDERS = 50
RESPONSES, QUICK = 6_000, 1_500
RATE, P99 = 300, 0.300
_CLI = "from reviewkit.cli import main; main()"
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_RIVAL = Path(__file__).with_name("rivals") / "bare_form.py"


def rows(given: Given) -> list[Row]:
    """Both take the same bodies over the same connections; ours checks them and has a worker beside it."""
    prepare(given.data, given.cache)
    count = QUICK if given.quick else RESPONSES
    ours, rival = [], []
    for _ in range(given.repeats):
        ours.append(part(__file__, "ours", given.cache, count).said)
        rival.append(part(__file__, "rival", given.cache, count).said)
    rate, slowest = median(said["rate"] for said in ours), median(said["p99"] for said in ours)
    ratios = spread(mine["rate"] / theirs["rate"] for mine, theirs in zip(ours, rival, strict=True))
    bare = f"{median(said['rate'] for said in rival):.0f}/s, {1000 * median(said['p99'] for said in rival):.0f} ms"
    return [
        Row(
            f"{count:,} responses, {SENDERS} in flight, while the worker analyses: saved a second",
            f"{rate:.0f}/s; {ours[0]['statements']:,} statements were cut meanwhile",
            f"bare Flask and SQLite, nothing checked {bare}", ratios, f"≥ {RATE}", rate >= RATE,
        ),
        Row("their p99", f"{1000 * slowest:.0f} ms", asked=f"≤ {1000 * P99:.0f} ms", met=slowest <= P99),
    ]  # fmt: skip


def ours(cache: str, count: str) -> Mapping[str, object]:
    from reviewkit.domain.projects import Project
    from reviewkit.workspace import open_workspace

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "closing.db")
        with open_workspace(path) as ws:
            ws.projects.add(Project("P", "Closing day"))
            review = ws.reviews.open(ws.reviews.new("P").id)
            token = ws.reviews.new_link(review.id)
        port = _free_port()
        with _serving([sys.executable, "-c", _CLI, "--workspace", path, "serve", "--port", str(port)], port):
            time.sleep(3)  # until the worker looks for the first time
            said = _sent(port, f"/api/v1/respond/{token}", _bodies(cache, int(count)))
        with open_workspace(path) as ws:
            kept = {response.receipt for response in ws.responses.list(review.id)}
            statements = ws.context.store.statements.count()
    receipts = said.pop("receipts")
    if not isinstance(receipts, set) or receipts != kept or len(kept) != int(count):
        raise RuntimeError(f"{len(kept)} responses are there for {count} receipts")
    return {**said, "statements": statements}


def rival(cache: str, count: str) -> Mapping[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        with _serving([sys.executable, str(_RIVAL), str(Path(folder) / "bare.db"), str(port)], port):
            said = _sent(port, "/save", _bodies(cache, int(count)))
    said.pop("receipts")
    return said


def _bodies(cache: str, count: int) -> list[bytes]:
    """Three written answers and two ratings each, of real sentences."""
    texts = texts_of(Path(cache), 3 * count)
    return [
        json.dumps(
            {
                "submission_key": f"key {n}",
                "answers": {
                    "went_well": texts[3 * n], "went_badly": texts[3 * n + 1], "do_differently": texts[3 * n + 2],
                    "overall": 1 + n % 5, "nps": n % 11,
                },
            }
        ).encode()
        for n in range(count)
    ]  # fmt: skip


def _sent(port: int, path: str, bodies: list[bytes]) -> dict[str, object]:
    """Sends all of them over `SENDERS` connections that stay open, each the next as soon as its last was answered.

    One thread, with every request made beforehand: the senders share the machine with what is measured.
    """
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
    left = iter([f"{head}{len(body)}\r\n\r\n".encode() + body for body in bodies])
    senders = {sender.fileno(): sender for sender in (_Sender(port) for _ in range(SENDERS))}
    poll, taken, receipts = select.poll(), list[float](), set[str]()
    begin = time.perf_counter()
    for number, sender in senders.items():
        poll.register(number, select.POLLIN)
        sender.ask(next(left))
    while len(taken) < len(bodies):
        for number, _ in poll.poll():
            sender = senders[number]
            if said := sender.answer():
                taken.append(time.perf_counter() - sender.began)
                receipts.add(json.loads(said)["receipt"])
                if request := next(left, None):
                    sender.ask(request)
    seconds = time.perf_counter() - begin
    for sender in senders.values():
        sender.close()
    taken.sort()
    return {
        "rate": len(taken) / seconds, "p50": taken[len(taken) // 2], "p99": taken[int(len(taken) * 0.99)],
        "worst": taken[-1], "receipts": receipts,
    }  # fmt: skip


class _Sender(socket.socket):
    """A connection, with what has come of the answer to its last request, sent at `began`."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.connect(("127.0.0.1", port))
        self.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._came = b""
        self.began = 0.0

    def ask(self, request: bytes) -> None:
        self.began = time.perf_counter()
        self.sendall(request)

    def answer(self) -> bytes:
        """The body of the answer, once it is there whole. Raises RuntimeError where it is no 201."""
        came = self.recv(65_536)
        if not came:
            raise RuntimeError("The server has closed a connection.")
        self._came += came
        head, _, body = self._came.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length is None or len(body) < int(length[1]):
            return b""
        if not head.startswith(b"HTTP/1.1 201"):
            raise RuntimeError(f"{head[:40]!r} {body[:200]!r}")
        self._came = b""
        return body


@contextmanager
def _serving(command: list[str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=1):
                break
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    run_part({"ours": ours, "rival": rival}, sys.argv[1:])
