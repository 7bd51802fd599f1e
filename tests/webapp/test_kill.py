"""kill -9 of the whole server under load: no answer that got a receipt is lost."""

from __future__ import annotations

import http.client
import random
import threading
import time
from pathlib import Path

from reviewkit.workspace import open_workspace
from tests.webapp.serving import Place, a_place, free_port, kill, post, start

KILLS = 20
SENDERS = 8


class Senders:
    """Threads that send one submission after the other, each again and again until it has its receipt."""

    def __init__(self, place: Place, port: int) -> None:
        self.receipts: dict[str, str] = {}
        self.wrong: list[str] = []
        self.tries = 0
        self._place, self._port = place, port
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._send, args=(n,)) for n in range(SENDERS)]
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _send(self, sender: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        number = 0
        while not self._enough.is_set():
            key = f"{sender}-{number}"
            try:
                self.tries += 1
                status, receipt = post(connection, self._place.token, key, answers_of(key))
            except (OSError, http.client.HTTPException, ValueError):
                connection.close()
                time.sleep(0.02)
                continue
            if status not in (200, 201):
                self.wrong.append(f"{key}: {status}")
            self.receipts[key] = receipt
            number += 1


def answers_of(key: str) -> dict[str, object]:
    return {"went_well": f"What went well, said by {key}.", "nps": 7}


def test_no_receipted_answer_is_lost(tmp_path: Path) -> None:
    place, port, dice = a_place(tmp_path), free_port(), random.Random(5)
    server = start(place, port)
    senders = Senders(place, port)
    for _ in range(KILLS):
        time.sleep(dice.uniform(0.05, 0.6))
        kill(server)
        server = start(place, port)
    senders.finish()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    again = {
        key: post(connection, place.token, key, answers_of(key)) for key in dice.sample(sorted(senders.receipts), 40)
    }
    kill(server)

    assert senders.wrong == []
    assert len(senders.receipts) > 10 * KILLS
    assert senders.tries > len(senders.receipts)  # some were under way when they were hit
    assert again == {key: (200, senders.receipts[key]) for key in again}
    with open_workspace(str(place.path)) as ws:
        assert ws.check()["integrity"] == "ok"
        saved = {response.submission_key: response for response in ws.responses.list(place.review)}
    assert {key: saved[key].receipt for key in senders.receipts} == senders.receipts
    assert all(saved[key].answers == answers_of(key) for key in senders.receipts)
