"""Imports that leave out what a library would load although it can do without."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(module: str) -> Iterator[None]:
    """Within the block `module` counts as not installed, unless it is loaded already; afterwards it can be imported.

    For libraries that look for an optional one as they are imported. spaCy loads torch so, which takes two thirds of
    its start, for networks that a pipeline of rules has none of.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # the import system's own sign for “not there”
    try:
        yield
    finally:
        del sys.modules[module]
