"""Post-mortems of game projects in the order of their years -> would earlier ones have warned of each one's problems?

Usage: python benchmarks/backtest_games.py CSV     (columns project, year, platform, genre, mode, problem_type)

The ranking is the core's own (`kickoff.foresight`): attributes alone, since there is no brief. A project knows those of
earlier years only. Problem types that nobody had yet rank last, in the order of the alphabet, for every side.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from reviewkit.domain.backtests import Backtest, Compared
from reviewkit.domain.projects import Project
from reviewkit.kickoff.backtest import foretell, summed
from reviewkit.kickoff.foresight import Case

TOP, SETTLED = 5, 20
"""Warnings that count, and earlier projects from which there is a past worth the name."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", type=Path, metavar="CSV")
    cases = read(parser.parse_args().file)
    topics = sorted({topic for case in cases for topic in case.met})
    found = [foretell(case, cases, topics, top=TOP) for case in cases]
    untold = [case.project.key for case, trial in zip(cases, found, strict=True) if trial is None]
    trials = [trial for trial in found if trial is not None]
    show(f"all {len(trials)} that have a past", summed(trials, untold, top=TOP))
    later = [trial for trial in trials if len(trial.known) >= SETTLED]
    show(f"{len(later)} with {SETTLED} or more before them", summed(later, untold, top=TOP))


def read(path: Path) -> list[Case]:
    """One case a project, in the order of years; its year is all that is known of its dates."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["project"]].append(row)
    return sorted((_case(key, own) for key, own in rows.items()), key=lambda case: (case.start, case.project.key))


def _case(key: str, rows: Sequence[dict[str, str]]) -> Case:
    first = rows[0]
    words = tuple(sorted({word for name in ("genre", "platform", "mode") for word in first[name].split()}))
    year = int(first["year"])
    return Case(
        project=Project(key, key, kind=first["genre"], domain=first["platform"], method=first["mode"], tags=words),
        brief=np.zeros(1, dtype=np.float32),
        start=date(year, 1, 1),
        known=date(year, 12, 31),
        met={row["problem_type"]: 1.0 for row in rows},
    )


def show(title: str, found: Backtest) -> None:
    print(f"\n{title}")
    print(f"  {'':16}{'reviewkit':>22}{'popularity':>22}{'chance':>10}   reviewkit less popularity")
    for name, compared in ((f"recall@{found.top}", found.recall), ("MAP", found.precision)):
        if compared is not None:
            print(f"  {name:16}{_line(compared)}")


def _line(compared: Compared) -> str:
    def bounds(name: str) -> str:
        one = getattr(compared, name)
        return f"{one.mean:.3f} ({one.low:.3f}–{one.high:.3f})"

    gain = compared.gain
    share = gain.mean / compared.popularity.mean
    return (
        f"{bounds('ours'):>22}{bounds('popularity'):>22}{compared.chance.mean:>10.3f}"
        f"   {gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f}), {share:+.1%}"
    )


if __name__ == "__main__":
    main()
