"""A workspace -> its missing statements, vectors, themes and links, as answers come in."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import NoReturn

import click

from reviewkit.cli.terminal.opening import opened
from reviewkit.domain.errors import ReviewkitError

FIRST_LOOK_SECONDS = 2.0
"""So that loading the language parts does not slow down the start of the web app beside it."""

LONGEST_PAUSE_SECONDS = 60.0


@click.command()
@click.option("--until-stdin-closes", is_flag=True, hidden=True, help="End with the process that started this one.")
def command(until_stdin_closes: bool) -> None:
    """Analyse answers as they come in, until it is stopped."""
    signal.signal(signal.SIGTERM, _leave)
    if until_stdin_closes:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all of us; the parent decides
        _end_with_parent()
    _be_modest()
    time.sleep(FIRST_LOOK_SECONDS)
    _work()


def _work() -> NoReturn:
    from reviewkit.workspace.files.uploads import sweep

    with opened() as ws:
        settings = ws.context.settings
        pause = settings.worker_seconds
        while True:
            try:
                ws.analysis.refresh()
                sweep(ws)
                pause = settings.worker_seconds
            except ReviewkitError as problem:  # a full disk, a busy file, a model that cannot be had: it may pass
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
                print(f"worker: {problem} Next try in {pause:.0f} s.", file=sys.stderr, flush=True)
            time.sleep(pause)


def _leave(*_: object) -> NoReturn:
    sys.exit(0)  # wherever it stands: what is not committed is undone, and derived again next time


def _end_with_parent() -> None:
    """Ends this process when whoever holds the other end of its standard input is gone, even by kill -9."""

    def watch() -> None:
        while os.read(0, 1):
            pass
        os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _be_modest() -> None:
    """People who wait for a page come first."""
    if hasattr(os, "nice"):
        os.nice(10)
