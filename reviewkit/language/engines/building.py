"""A model that is not built yet -> a child process that builds it, so that this one never loads torch."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from reviewkit.domain.errors import EngineMissing
from reviewkit.language.engines.catalogue import ModelEntry, source_folder


def build_in_child(entry: ModelEntry, cache: Path, *, quiet: bool = False) -> None:
    """Builds `entry` under `cache`; waits for another process that already does. Progress lines go to stderr.

    Raises:
        EngineMissing, Invalid: where the source is not there or the build failed.
    """
    source_folder(entry)
    command = [sys.executable, "-m", "reviewkit.language.engines.model_build", entry.name, str(cache)]
    last = ""
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    ) as child:  # fmt: skip
        for line in child.stderr or ():
            last = line.strip() or last
            if not quiet:
                print(line, end="", file=sys.stderr, flush=True)
    if child.returncode:
        raise EngineMissing(entry.name, f"Building it failed: {last or f'exit code {child.returncode}'}")
