"""`reviewkit csv themes` as a whole process, beside a BERTopic script on the same file and weights, turn by turn."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from encoding import COMMENTS
from measuring import MB, Cost, Given, Row, cost_of, in_turn, median, spread

SHARE, MOST = 1 / 8, 600 * MB
_CLI = "from reviewkit.cli import main; main()"
_RIVAL = Path(__file__).parent / "rivals" / "bertopic_themes.py"


def rows(given: Given) -> list[Row]:
    """One warm-up each, so that neither reads its libraries from a cold disk nor compiles while it is timed."""
    source = given.data / COMMENTS
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "themes.csv"

        def ours() -> Cost:
            return cost_of([sys.executable, "-c", _CLI, "csv", "themes", source, "--text", "text", "--out", out])

        def rival() -> Cost:
            return cost_of([given.rival_python or "", _RIVAL, source, "text", Path(folder) / "rival.csv"])

        ours()
        if given.rival_python is None:
            costs = in_turn(given.repeats, ours)
        else:
            rival()
            costs = in_turn(given.repeats, ours, rival)
    seconds = [median(cost.seconds for cost in side) for side in costs]
    peaks = [max(cost.peak for cost in side) for side in costs]
    memory = Row(
        "its peak memory", f"{peaks[0] / MB:.0f} MB", f"{peaks[1] / MB:.0f} MB" if peaks[1:] else "–",
        f"{peaks[0] / peaks[1]:.2f}" if peaks[1:] else "–", f"≤ {MOST / MB:.0f} MB", peaks[0] <= MOST,
    )  # fmt: skip
    if given.rival_python is None:
        return [Row("csv themes on them", f"{seconds[0]:.1f} s", "not run: no --rival-python"), memory]
    ratios = [a.seconds / b.seconds for a, b in zip(*costs, strict=True)]
    time = Row(
        "csv themes on them", f"{seconds[0]:.1f} s", f"BERTopic {seconds[1]:.1f} s", spread(ratios, 3), "≤ 1/8 (0.125)",
        median(ratios) <= SHARE,
    )  # fmt: skip
    return [time, memory]
