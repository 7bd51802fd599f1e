"""What is random elsewhere is drawn from a seed here, so that whatever an attacker finds is found again."""

from __future__ import annotations

import random

import pytest


@pytest.fixture(autouse=True)
def _ids_from_a_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(1)
    monkeypatch.setattr(
        "reviewkit.workspace.reviewing.submissions.new_id",
        lambda length=12: f"{draw.getrandbits(4 * length):0{length}x}",
    )
