"""How a long step tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Report: TypeAlias = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done, and of how many (0 where that is not known)."""


def silent(stage: str, done: int, total: int) -> None:
    """A report that nobody reads."""
