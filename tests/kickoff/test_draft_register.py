"""Where a drafted risk counts as one that the register may have already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from reviewkit.domain.kickoffs import BaseRate, Kickoff, RiskForecast
from reviewkit.domain.projects import Risk
from reviewkit.kickoff.draft_register import ALIKE, draft_register
from reviewkit.language.ports import Matrix

RATE = BaseRate(("TAP",), ("TAP",), 0.2, 1.0)
DRAFTED, OWN = "Permits come late", "Authorities take their time"


class Angled:
    """The own title lies at a given cosine to the drafted one."""

    name, dim = "angled", 2

    def __init__(self, cosine: float) -> None:
        self._cosine = cosine

    def encode(self, texts: Sequence[str]) -> Matrix:
        own = (self._cosine, float(np.sqrt(1 - self._cosine**2)))
        return np.array([own if text == OWN else (1.0, 0.0) for text in texts], dtype=np.float32)


def drafted(cosine: float, own: str = OWN) -> tuple[bool, bool]:
    """Whether the register's entry stands beside the drafted one, and whether it is the same."""
    told = RiskForecast(DRAFTED, RATE, ("TAP",), ("TAP:R1",))
    kickoff = Kickoff("k", "QUAY", "brief", datetime(2026, 1, 1, tzinfo=UTC), forecasts=(told, told))
    found = draft_register(kickoff, [], {}, {}, [Risk("QUAY:R1", "QUAY", "R1", own)], Angled(cosine))
    assert len(found) == 1
    return found[0].known is not None, found[0].is_same


@pytest.mark.parametrize(("cosine", "alike"), [(ALIKE - 0.01, False), (ALIKE + 0.01, True), (0.99, True)])
def test_what_reads_alike_is_shown_beside_it_and_never_taken_as_the_same(cosine: float, alike: bool) -> None:
    assert drafted(cosine) == (alike, False)


def test_the_same_title_is_the_same_however_it_is_written() -> None:
    assert drafted(0.0, own="PERMITS come late!") == (True, True)
