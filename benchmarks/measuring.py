"""Commands -> what they cost, and what came of it as rows of a table.

Whatever is measured runs in a process of its own. Peak memory is the kernel's own figure for that process and those it
waited for; the kernel counts what the parent held when it started the child too, so whoever measures stays small and
loads no arrays.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MB = 1_000_000
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in one unit of ru_maxrss."""


@dataclass(frozen=True)
class Given:
    """What a benchmark may use. `quick` asks for one run of each and smaller sizes."""

    data: Path
    cache: Path
    rival_python: Path | None
    quick: bool
    repeats: int


@dataclass(frozen=True)
class Cost:
    """Wall and processor seconds and peak bytes of a whole process; `said` is the JSON on its last line, if any."""

    seconds: float
    processor: float
    peak: int
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, both sides, and what was asked for; `met` is None where nothing was."""

    what: str
    ours: str
    rival: str = "–"
    ratio: str = "–"
    asked: str = "–"
    met: bool | None = None


def cost_of(command: Sequence[str | Path]) -> Cost:
    """Runs `command` to its end. Raises RuntimeError with its last words where it fails."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "true"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err, env=environment)
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        said, complaint = out.read().decode(), err.read().decode()
    if child.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed ({child.returncode}): {complaint.strip()[-800:]}")
    last = said.strip().rpartition("\n")[2]
    parsed = json.loads(last) if last.startswith("{") else {}
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * _RSS_UNIT, parsed)


def part(script: str, name: str, *arguments: object, python: str | Path = sys.executable) -> Cost:
    """Runs a part of a benchmark in a process of its own; `script` is its __file__."""
    return cost_of([python, script, name, *map(str, arguments)])


def in_turn(repeats: int, *sides: Callable[[], Cost]) -> list[list[Cost]]:
    """Each side's costs, measured A B A B …, so that a busy machine slows all sides alike."""
    rounds = [[side() for side in sides] for _ in range(repeats)]
    return [list(costs) for costs in zip(*rounds, strict=True)]


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def spread(ratios: Iterable[float], places: int = 2) -> str:
    """Median, least and most."""
    found = sorted(ratios)
    return f"{median(found):.{places}f} ({found[0]:.{places}f}–{found[-1]:.{places}f})"


def run_part(parts: Mapping[str, Callable[..., Mapping[str, object]]], arguments: Sequence[str]) -> None:
    """What a benchmark's script does when it is started: the part named first, with the rest as its arguments."""
    if not arguments or arguments[0] not in parts:
        sys.exit(f"This is measured by table.py. Its parts are: {', '.join(parts)}.")
    print(json.dumps(parts[arguments[0]](*arguments[1:])))


def markdown(rows: Iterable[Row]) -> str:
    """The table as the README shows it."""
    met = {True: "yes", False: "**no**", None: "–"}
    lines = ["| What | reviewkit | Rival | Ratio | Asked | Met |", "|---|---|---|---|---|---|"]
    lines += [f"| {row.what} | {row.ours} | {row.rival} | {row.ratio} | {row.asked} | {met[row.met]} |" for row in rows]
    return "\n".join(lines)
