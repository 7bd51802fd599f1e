"""100,000 answers of eight columns imported, beside the floor: the same rows read by pandas and put into SQLite raw."""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from measuring import MB, Cost, Given, Row, cost_of, in_turn, median, part, run_part, spread

SMALL, LARGE = 10_000, 100_000
SECONDS, GROWTH = 30.0, 1.5
"""What is asked of the large file: seconds, and how much more memory than the small one it may take."""

_CLI = "from reviewkit.cli import main; main()"
_HEADER = (
    *("Response ID", "Timestamp", "Email Address", "What went well?", "What went badly?"),
    *("What would you do differently next time?", "overall", "nps"),
)
_SAYING = "the supplier came late and nobody told us why testing was short but training helped people a lot in spring"
_WORDS = _SAYING.split()


def rows(given: Given) -> list[Row]:
    found: dict[int, list[list[Cost]]] = {}
    python = given.rival_python or sys.executable
    for size in (SMALL, LARGE):
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "answers.csv"
            write_table(table, size)

            def ours(table: Path = table) -> Cost:
                with tempfile.TemporaryDirectory() as own:
                    workspace = Path(own) / "workspace.db"
                    review = str(part(__file__, "begin", workspace).said["review"])
                    named = ("responses", "import", table, "--review", review, "--no-analyse", "--quiet")
                    return cost_of([sys.executable, "-c", _CLI, "--workspace", workspace, *named])

            def raw(table: Path = table) -> Cost:
                with tempfile.TemporaryDirectory() as own:
                    return part(__file__, "raw", table, Path(own) / "raw.db", python=python)

            found[size] = in_turn(1 if given.quick else given.repeats, ours, raw)
    (small, _), (mine, floor) = found[SMALL], found[LARGE]
    seconds = median(cost.seconds for cost in mine)
    peaks = [max(cost.peak for cost in costs) for costs in (small, mine)]
    ratios = [one.seconds / other.seconds for one, other in zip(mine, floor, strict=True)]
    return [
        Row(
            f"`reviewkit responses import` of {LARGE:,} rows × {len(_HEADER)} columns, checked, whole process",
            f"{seconds:.1f} s, {median(cost.processor for cost in mine):.1f} s of processor",
            f"pandas.read_csv and executemany of raw rows {median(cost.seconds for cost in floor):.1f} s, "
            f"{max(cost.peak for cost in floor) / MB:,.0f} MB",
            spread(ratios, 1), f"≤ {SECONDS:.0f} s", seconds <= SECONDS,
        ),
        Row(
            f"its peak memory, {SMALL:,} and {LARGE:,} rows", f"{peaks[0] / MB:,.0f} and {peaks[1] / MB:,.0f} MB",
            ratio=f"{peaks[1] / peaks[0]:.2f}", asked=f"ratio ≤ {GROWTH}", met=peaks[1] <= GROWTH * peaks[0],
        ),
    ]  # fmt: skip


def write_table(path: Path, size: int) -> None:
    """A made table as a form's tool exports it, the same at each run."""
    made = random.Random(1)

    def text(words: int) -> str:
        return " ".join(made.choices(_WORDS, k=words)).capitalize() + "."

    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for number in range(size):
            day = f"2026/{made.randint(1, 12):02}/{made.randint(1, 28):02} 10:15:00 AM GMT+5:30"
            texts = (text(12), text(14), text(9))
            writer.writerow([number, day, f"a{number}@example.org", *texts, made.randint(1, 5), made.randint(0, 10)])


def begin(workspace: str) -> Mapping[str, object]:
    from reviewkit.domain.projects import Project
    from reviewkit.workspace import open_workspace

    with open_workspace(workspace) as ws:
        ws.projects.add(Project("MADE", "Made"))
        return {"review": ws.reviews.new("MADE").id}


def raw(table: str, database: str) -> Mapping[str, object]:
    """The floor: nothing is mapped, checked, cleaned, dropped or looked up."""
    import sqlite3

    import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]

    frame = pandas.read_csv(table)
    with sqlite3.connect(database) as db:
        db.execute(f"CREATE TABLE answers ({', '.join(f'c{place}' for place in range(len(frame.columns)))})")
        marks = ", ".join("?" * len(frame.columns))
        db.executemany(f"INSERT INTO answers VALUES ({marks})", frame.astype(object).itertuples(index=False, name=None))
    return {"rows": len(frame)}


if __name__ == "__main__":
    run_part({"begin": begin, "raw": raw}, sys.argv[1:])
