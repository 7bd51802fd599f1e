"""How far long work is -> a bar on a terminal, plain lines elsewhere, nothing with --quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from reviewkit.cli.terminal.group import given

Report = Callable[[str, int, int], None]

STEP = 4
"""Without a terminal a stage of known length says so many times how far it is."""


FIRST = 500
"""Where the length is not known the first line comes with so many done."""


@contextmanager
def progress() -> Iterator[Report]:
    """A report to hand to a use case: called as (stage, done, total), total 0 where it is not known."""
    if given("quiet"):
        yield lambda stage, done, total: None
        return
    shown = _Bars() if sys.stderr.isatty() else _Lines()
    try:
        yield shown.report
    finally:
        shown.end()


class _Bars:
    """One bar a stage."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None
        self._done = 0

    def report(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.end()
            self._stage, self._done = stage, 0
            if total:
                self._bar = click.progressbar(length=total, label=f"{stage:<24}", file=sys.stderr, show_pos=True)
                self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(max(0, done - self._done))
        else:
            click.echo(f"\r{stage:<24}  {done}", nl=False, err=True)
        self._done = done

    def end(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
        elif self._stage:
            click.echo(err=True)
        self._stage, self._bar = "", None


class _Lines:
    """A line at each quarter; where the length is not known, whenever twice as many are done, and at the end."""

    def __init__(self) -> None:
        self._stage, self._done, self._quarter, self._due = "", 0, 0, 0

    def report(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.end()
            self._stage, self._quarter, self._due = stage, 0, FIRST
        quarter = done * STEP // total if total else 0
        if total and quarter > self._quarter:
            self._quarter = quarter
            click.echo(f"{stage}: {done} of {total}", err=True)
        self._done = 0 if total else done
        if self._done >= self._due:
            self._due = 2 * self._done
            click.echo(f"{stage}: {done} so far", err=True)

    def end(self) -> None:
        if self._stage and self._done:
            click.echo(f"{self._stage}: {self._done}", err=True)
        self._stage, self._done = "", 0
