"""The JSON twin of the form: the same semantics, and a clear answer to whatever is malformed."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from reviewkit.domain.reviews import Review
from reviewkit.workspace import Workspace

GOOD = {"submission_key": "k", "answers": {"nps": 7, "went_well": "The demo.", "overall": "4"}}


def post(client: FlaskClient, token: str, body: object = None, raw: bytes | None = None, **more: Any) -> TestResponse:
    sent = raw if raw is not None else json.dumps(body).encode()
    more.setdefault("content_type", "application/json")
    return client.post(f"/api/v1/respond/{token}", data=sent, **more)


def test_a_receipt_comes_once_and_again(client: FlaskClient, ws: Workspace, token: str, review: Review) -> None:
    first, again = post(client, token, GOOD), post(client, token, GOOD)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json() == {"receipt": ws.responses.list(review.id)[0].receipt}
    other = post(client, token, {**GOOD, "answers": {"nps": 8}})
    assert other.status_code == 409
    assert "other answers" in other.get_json()["error"]
    assert len(ws.responses.list(review.id)) == 1


def test_form_and_json_are_the_same_submission(client: FlaskClient, token: str) -> None:
    saved = post(client, token, GOOD).get_json()["receipt"]
    sent = {"answer-nps": "7", "answer-went_well": " The demo.\r\n", "answer-overall": "4", "submission_key": "k"}
    again = client.post(f"/r/{token}", data=sent)
    assert again.status_code == 200
    assert saved in again.text


def test_closed_unknown_and_draft(client: FlaskClient, ws: Workspace, token: str, review: Review) -> None:
    saved = post(client, token, GOOD).get_json()
    ws.reviews.close(review.id)
    assert post(client, token, {**GOOD, "submission_key": "l"}).status_code == 410
    again = post(client, token, GOOD)
    assert (again.status_code, again.get_json()) == (200, saved)
    assert post(client, "x" + token, GOOD).status_code == 404
    assert post(client, ws.reviews.new_link(ws.reviews.new("TAP").id), GOOD).status_code == 409


MALFORMED = {
    "nothing": b"",
    "no JSON": b"submission_key=k",
    "cut off": b'{"submission_key": "k", "answers": {"nps": 7}',
    "100,000 deep": b'{"submission_key": "k", "answers": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "100,000 objects deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "a name twice": b'{"submission_key": "k", "submission_key": "l", "answers": {"nps": 7}}',
    "an answer twice": b'{"submission_key": "k", "answers": {"nps": 7, "nps": 8}}',
    "NaN": b'{"submission_key": "k", "answers": {"nps": NaN}}',
    "Infinity": b'{"submission_key": "k", "answers": {"nps": -Infinity}}',
    "1e999": b'{"submission_key": "k", "answers": {"nps": 1e999}}',
    "a number of 5,000 digits": b'{"submission_key": "k", "answers": {"nps": ' + b"9" * 5000 + b"}}",
    "an array": b'[{"submission_key": "k"}]',
    "a text": b'"k"',
    "null": b"null",
    "an extra field": b'{"submission_key": "k", "answers": {"nps": 7}, "is_admin": true}',
    "no key": b'{"answers": {"nps": 7}}',
    "a key that is null": b'{"submission_key": null, "answers": {"nps": 7}}',
    "a key that is a number": b'{"submission_key": 7, "answers": {"nps": 7}}',
    "no answers": b'{"submission_key": "k"}',
    "answers that are an array": b'{"submission_key": "k", "answers": ["nps", 7]}',
    "Latin-1": '{"submission_key": "k", "answers": {"went_well": "schön"}}'.encode("latin-1"),
    "UTF-16": '{"submission_key": "k", "answers": {"nps": 7}}'.encode("utf-16"),
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED)
def test_malformed_bodies_are_refused(
    client: FlaskClient, ws: Workspace, token: str, review: Review, raw: bytes
) -> None:
    answer = post(client, token, raw=raw)
    assert answer.status_code == 400
    assert list(answer.get_json()) == ["error"]
    assert len(answer.get_json()["error"]) < 300
    assert ws.responses.list(review.id) == []


MISFITS = {
    "out of range": ({"nps": 11}, "nps"),
    "2^63": ({"nps": 2**63}, "nps"),
    "true for a number": ({"nps": True}, "nps"),
    "a fraction": ({"nps": 7.5}, "nps"),
    "an array for text": ({"went_well": ["a", "b"]}, "went_well"),
    "an object for text": ({"went_well": {"text": "a"}}, "went_well"),
    "a number for text": ({"went_well": 7}, "went_well"),
    "an unknown choice": ({"role": "king"}, "role"),
    "too long": ({"went_well": "a" * 20_001}, "went_well"),
    "no such question": ({"nps": 7, "salary": 1}, "salary"),
    "another review's id": ({"nps": 7, "review": "x"}, "review"),
    "a lone surrogate as a name": ({"nps": 7, "\ud800": 1}, "\ud800"),
}


@pytest.mark.parametrize(("answers", "key"), MISFITS.values(), ids=MISFITS)
def test_answers_that_do_not_fit_are_named(
    client: FlaskClient, ws: Workspace, token: str, review: Review, answers: object, key: str
) -> None:
    answer = post(client, token, {"submission_key": "k", "answers": answers})
    assert answer.status_code == 422
    assert list(answer.get_json()["problems"]) == [key]
    assert ws.responses.list(review.id) == []


def test_a_lone_surrogate_is_left_out(client: FlaskClient, ws: Workspace, token: str, review: Review) -> None:
    assert post(client, token, {"submission_key": "k", "answers": {"went_well": "go\ud800od"}}).status_code == 201
    assert ws.responses.list(review.id)[0].answers == {"went_well": "good"}


@pytest.mark.parametrize("key", ["", " ", "k\n", "\ud800", "k" * 201])
def test_a_key_that_cannot_be_kept_is_refused(client: FlaskClient, token: str, key: str) -> None:
    answer = post(client, token, {**GOOD, "submission_key": key})
    assert answer.status_code == 422
    assert "submission_key" in answer.get_json()["error"]


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("text/plain", None),
        ("application/x-www-form-urlencoded", None),
        ("multipart/form-data; boundary=x", None),
        ("", None),
        ("application/json; charset=utf-16", None),
        ("application/json; charset=latin-1", None),
        ("application/json", "gzip"),
    ],
)
def test_other_kinds_of_content_are_not_read(
    client: FlaskClient, token: str, content_type: str, encoding: str | None
) -> None:
    headers = {"Content-Encoding": encoding} if encoding else {}
    answer = post(client, token, GOOD, content_type=content_type, headers=headers)
    assert answer.status_code == 415
    assert answer.get_json()["error"]


def test_a_charset_said_aloud_is_fine(client: FlaskClient, token: str) -> None:
    assert post(client, token, GOOD, content_type="application/json; charset=UTF-8").status_code == 201


@pytest.mark.parametrize("raw", [b" " * 1_000_001, b'{"submission_key": "' + b"k" * 10_000_000, b"\r" * 3_000_000])
def test_more_than_a_megabyte_is_refused(client: FlaskClient, token: str, raw: bytes) -> None:
    answer = post(client, token, raw=raw)
    assert answer.status_code == 413
    assert "one million" in answer.get_json()["error"]


def test_a_form_of_1001_parts_or_a_megabyte_of_line_ends_is_refused(client: FlaskClient, token: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="answer-a"\r\n\r\n1\r\n'
    for body in (part * 1_001 + b"--x--\r\n", b"--x\r\n" + b"\r" * 3_000_000):
        answer = client.post(f"/r/{token}", data=body, content_type="multipart/form-data; boundary=x")
        assert answer.status_code == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: FlaskClient, token: str, method: str) -> None:
    answer = client.open(f"/api/v1/respond/{token}", method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert answer.get_json()["error"]


def test_one_key_sent_50_times_at_once_is_one_row(app: Flask, ws: Workspace, token: str, review: Review) -> None:
    def send(n: int) -> tuple[int, str]:
        body = {"submission_key": f"k{n % 4}", "answers": {"nps": n % 4}}
        answer = post(app.test_client(), token, body)
        return n % 4, answer.get_json()["receipt"]

    with ThreadPoolExecutor(16) as pool:
        receipts = set(pool.map(send, range(200)))
    assert len(receipts) == 4
    assert {receipt for _, receipt in receipts} == {response.receipt for response in ws.responses.list(review.id)}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["nps", "role", "went_well", "overall", "objectives_met", "x"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(body=JSON | st.fixed_dictionaries({"submission_key": st.text(), "answers": st.dictionaries(KEYS, JSON)}))
def test_any_json_gets_a_clear_answer(client: FlaskClient, token: str, body: object) -> None:
    answer = post(client, token, body)
    assert answer.status_code in (200, 201, 400, 409, 422)
    assert ("receipt" in answer.get_json()) == (answer.status_code in (200, 201))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(raw=st.binary(max_size=60))
def test_any_bytes_get_a_clear_answer(client: FlaskClient, token: str, raw: bytes) -> None:
    assert post(client, token, raw=raw).status_code == 400
