"""Calls that come at the same time -> one call for all of them.

Whoever calls while nobody is at work does it for all who came meanwhile; they sleep until theirs is done. So a thread
that computes is not in the way of fifteen others, and what a call costs by itself is paid once. (Flat combining:
Hendler, Incze, Shavit and Tzafrir, SPAA 2010.)
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from reviewkit.domain.errors import StorageFull, WorkspaceBusy, WorkspaceUnusable

A = TypeVar("A")
R = TypeVar("R")

MOST = 32
"""Calls that are taken together at most, so that other processes get their turn."""

_OF_ALL = (StorageFull, WorkspaceBusy, WorkspaceUnusable)
"""Failures that no part of the calls is to blame for: each by itself would only fail later."""


@dataclass(eq=False)
class _Place(Generic[A, R]):
    """One caller: what was asked, and what came of it once `over`."""

    asked: A
    wake: threading.Lock = field(default_factory=threading.Lock)
    over: bool = False
    result: R | None = None
    failure: BaseException | None = None


class Together(Generic[A, R]):
    """`work` takes what several callers asked and gives a result for each, in the same order.

    Where it fails, each is tried by itself, so that one that cannot be done fails no other; `work` must leave nothing
    behind where it raises. It must not call back, nor may anybody call who holds what it waits for.
    """

    def __init__(self, work: Callable[[Sequence[A]], Sequence[R]]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._waiting: list[_Place[A, R]] = []
        self._busy = False

    def __call__(self, asked: A) -> R:
        """Raises what `work` raises."""
        mine = _Place[A, R](asked)
        mine.wake.acquire()
        with self._lock:
            self._waiting.append(mine)
            leads, self._busy = not self._busy, True
        if not leads:
            mine.wake.acquire()  # until it is done, or until it is this one's turn to do it
        if not mine.over:
            self._lead()
        if mine.failure is not None:
            raise mine.failure
        return mine.result  # type: ignore[return-value]  # it is over and did not fail

    def _lead(self) -> None:
        """Works for those who wait, the caller among them, and leaves the lead to one who came meanwhile."""
        with self._lock:
            ours, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            self._answer(ours)
        finally:
            with self._lock:
                following = self._waiting[:1]
                self._busy = bool(following)
            for place in (*ours, *following):
                place.wake.release()

    def _answer(self, places: Sequence[_Place[A, R]]) -> None:
        try:
            results = self._work([place.asked for place in places])
        except BaseException as problem:
            if len(places) > 1 and isinstance(problem, Exception) and not isinstance(problem, _OF_ALL):
                for place in places:
                    self._answer([place])
                return
            for place in places:
                place.over, place.failure = True, problem
            return
        for place, result in zip(places, results, strict=True):
            place.over, place.result = True, result
