"""Many senders at once against the real server: each submission key is one row."""

from __future__ import annotations

import http.client
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reviewkit.workspace import open_workspace
from tests.webapp.serving import a_place, post, served

KEYS, TIMES, SENDERS = 200, 50, 50


def test_200_keys_sent_50_times_each_are_200_rows(tmp_path: Path) -> None:
    place, mine = a_place(tmp_path), threading.local()
    with served(place, "--no-worker") as (port, _), ThreadPoolExecutor(SENDERS) as pool:

        def send(number: int) -> tuple[str, int, str]:
            key = f"key {number // TIMES}"  # the same key by all senders at the same time
            if not hasattr(mine, "connection"):
                mine.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            return key, *post(mine.connection, place.token, key, {"nps": 7, "went_well": f"What {key} said."})

        answers = list(pool.map(send, range(KEYS * TIMES)))
    statuses = Counter(status for _, status, _ in answers)
    assert statuses == {201: KEYS, 200: KEYS * (TIMES - 1)}
    receipts = {(key, receipt) for key, _, receipt in answers}
    with open_workspace(str(place.path)) as ws:
        saved = ws.responses.list(place.review)
    assert len(saved) == KEYS
    assert receipts == {(one.submission_key, one.receipt) for one in saved}


def test_a_personal_link_in_many_hands_is_one_row(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    with open_workspace(str(place.path)) as ws:
        made = ws.inviting.invite(place.review, b"a@example.org\nb@example.org\nc@example.org")
    with served(place, "--no-worker") as (port, _), ThreadPoolExecutor(16) as pool:

        def send(number: int) -> int:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                return post(connection, made[number % 3].token, f"key {number}", {"nps": 7})[0]
            finally:
                connection.close()

        statuses = Counter(pool.map(send, range(90)))
    assert statuses == {201: 3, 410: 87}
    with open_workspace(str(place.path)) as ws:
        assert len(ws.responses.list(place.review)) == 3
