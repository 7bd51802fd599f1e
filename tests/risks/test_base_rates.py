"""How often what was feared came true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Occurred, RiskNature
from reviewkit.language.ports import Matrix
from reviewkit.risks.base_rates import base_rate, forecast, jeffreys, risk_kinds
from reviewkit.risks.blind_spots import false_alarms

LATE, STRIKE, RAIN = np.eye(3, dtype=np.float32)


def risk(project: str, ref: str, title: str, occurred: Occurred = Occurred.NO, **more: object) -> Risk:
    return Risk(f"{project}:{ref}", project, ref, title, occurred=occurred, **more)  # type: ignore[arg-type]


def near(direction: Matrix, seed: int) -> Matrix:
    row = direction + np.random.default_rng(seed).normal(scale=0.1, size=3).astype(np.float32)
    return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


REGISTERS = [
    (risk("A", "R1", "Late deliveries", Occurred.YES), near(LATE, 1)),
    (risk("B", "R1", "Supplier delivers late", Occurred.YES), near(LATE, 2)),
    (risk("C", "R1", "Delivery delays", Occurred.NO), near(LATE, 3)),
    (risk("A", "R2", "Strike", Occurred.NO), near(STRIKE, 4)),
    (risk("B", "R2", "Industrial action", Occurred.NO), near(STRIKE, 5)),
    (risk("C", "R2", "Strike of drivers", Occurred.NO), near(STRIKE, 6)),
    (risk("C", "R3", "Heavy rain", Occurred.UNKNOWN), near(RAIN, 7)),
]
RISKS, VECTORS = [one for one, _ in REGISTERS], np.stack([row for _, row in REGISTERS])


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.99))
def test_the_interval_holds_the_quantiles_of_the_jeffreys_posterior(pair: tuple[int, int], level: float) -> None:
    k, n = pair
    low, high = jeffreys(k, n, level)
    tail = (1 - level) / 2
    assert low == (0.0 if k == 0 else pytest.approx(beta.ppf(tail, k + 0.5, n - k + 0.5), abs=1e-9))
    assert high == (1.0 if k == n else pytest.approx(beta.ppf(1 - tail, k + 0.5, n - k + 0.5), abs=1e-9))
    assert low < high


def test_nothing_known_says_nothing_and_nonsense_is_refused() -> None:
    assert jeffreys(0, 0) == (0.0, 1.0)
    for k, n, level in ((3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0)):
        with pytest.raises(ValueError, match="no interval"):
            jeffreys(k, n, level)


def test_a_base_rate_names_the_projects_it_counts() -> None:
    rate = base_rate({"B", "elsewhere"}, ["A", "B", "C"])
    assert str(rate) == "1 of 3"
    assert rate.hits == ("B",)
    assert 0 < rate.low < 1 / 3 < rate.high < 1


def test_entries_that_fear_the_same_are_one_kind_across_registers() -> None:
    kinds = risk_kinds(RISKS, VECTORS)
    strike, late, rain = kinds  # equally wide ones by title
    assert [set(kind.risks) for kind in kinds] == [{"A:R2", "B:R2", "C:R2"}, {"A:R1", "B:R1", "C:R1"}, {"C:R3"}]
    assert late.occurred == ("A", "B")
    assert late.settled == strike.settled == ("A", "B", "C")
    assert rain.settled == ()
    assert [kind.is_recurring for kind in kinds] == [True, True, False]


def test_an_opportunity_is_no_kind_of_threat() -> None:
    pair = [risk("A", "R1", "Early delivery", nature=RiskNature.OPPORTUNITY), risk("B", "R1", "Delivery")]
    assert len(risk_kinds(pair, np.stack([LATE, LATE]))) == 2


def test_no_registers_have_no_kinds() -> None:
    assert risk_kinds([], np.zeros((0, 3), dtype=np.float32)) == []
    assert forecast(["A"], [], np.zeros((0, 3), dtype=np.float32)) == []


def test_a_forecast_counts_similar_projects_only_and_puts_what_happened_first() -> None:
    found = forecast(["A", "C"], RISKS, VECTORS)
    assert [str(one.base_rate) for one in found] == ["1 of 2", "0 of 2", "0 of 2"]
    assert found[0].registered == ("A", "C")
    assert set(found[0].risks) == {"A:R1", "C:R1"}
    assert found[0].title in {"Late deliveries", "Delivery delays", "Supplier delivers late"}


def test_a_risk_of_many_registers_that_never_came_true_is_a_false_alarm() -> None:
    alarms = false_alarms(risk_kinds(RISKS, VECTORS))
    assert [str(alarm.rate) for alarm in alarms] == ["0 of 3"]
    assert set(alarms[0].kind.risks) == {"A:R2", "B:R2", "C:R2"}
