"""All benchmarks, or those named, as the table of the README.

Usage: python benchmarks/table.py [NAME …] [--quick] [--rival-python PYTHON] [--data FOLDER] [--cache FOLDER]

Every figure is taken in a process of its own; where there is a rival both run in turn, three times, and medians are
shown with the least and the most ratio. The rivals' environment is made as requirements.txt says.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from measuring import Given, Row, markdown

NAMES = (
    "encoding",
    "csv_themes",
    "growth",
    "search_million",
    "cold_search",
    "new_responses",
    "closing_day",
    "kickoff_warm",
    "pages",
    "importing",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)}; all by default")
    parser.add_argument("--quick", action="store_true", help="each once, and only sizes that take minutes")
    parser.add_argument("--rival-python", type=Path, help="the interpreter of an environment with requirements.txt")
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--cache", type=Path, help="where the corpus and workspaces are kept between runs")
    given = parser.parse_args()
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
    with tempfile.TemporaryDirectory() as folder:
        cache = given.cache or Path(folder)
        cache.mkdir(parents=True, exist_ok=True)
        asked = Given(given.data, cache, given.rival_python, given.quick, repeats=1 if given.quick else 3)
        # Each in a process of its own: what one leaves in memory would count as the next one's (see measuring.py).
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
            found = [row for name in given.names or NAMES for row in pool.submit(_rows, name, asked).result()]
        print(markdown(found))
    print(f"\nPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores.")


def _rows(name: str, given: Given) -> list[Row]:
    begin = time.perf_counter()
    print(f"{name} …", file=sys.stderr, flush=True)
    try:
        rows: list[Row] = import_module(name).rows(given)
    except RuntimeError as problem:  # one that cannot be run here does not cost the others
        rows = [Row(name, f"failed: {str(problem).splitlines()[0]}", met=False)]
    print(f"{markdown(rows)}\n{name}: {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    return rows


if __name__ == "__main__":
    main()
