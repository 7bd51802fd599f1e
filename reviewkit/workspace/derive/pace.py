"""How much an analysis writes at once, and when it stands back: whoever sends answers comes first.

While it writes nobody else can, and while it computes they have half of the processor. So while other processes write
it writes for moments only, and rests after each step; when nobody else is there it writes as much as is quickest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import monotonic, process_time, sleep
from typing import TypeVar

from reviewkit.store.port import Store

T = TypeVar("T")

FIRST, SHY = 16, 4
"""Records written at once before it is known how long they take, and where others are known to write. While nobody
else does it is twice as many each time."""

MOMENT = 0.01
"""Seconds of the processor that writing may take while others write."""

REST = 3.0
"""Seconds of rest for each second of the processor while others write: a quarter of one is left to the analysis."""

LONGEST = 1.0
"""Seconds of one rest at most."""

QUIET = 2.0
"""Seconds without a write of others after which nobody is there: while they wait for us they write nothing."""


class Pace:
    """`size` is how many records are to be written at once, `most` at most.

    Work is measured in seconds of the processor: waiting for the others is none.
    """

    def __init__(
        self,
        store: Store,
        most: int,
        *,
        clock: Callable[[], float] = monotonic,
        effort: Callable[[], float] = process_time,
        rest_for: Callable[[float], None] = sleep,
    ) -> None:
        self.size = min(FIRST, most)
        self._store, self._most = store, most
        self._clock, self._effort, self._rest_for = clock, effort, rest_for
        self._seen, self._heard = store.written_elsewhere(), -QUIET
        self._begun = effort()

    @property
    def accompanied(self) -> bool:
        """Whether others wrote a moment ago."""
        seen, now = self._store.written_elsewhere(), self._clock()
        if seen != self._seen:
            self._seen, self._heard = seen, now
        return now - self._heard < QUIET

    def begin(self) -> None:
        """A step of work begins here; what went before is no part of it."""
        if self.accompanied:
            self.size = min(self.size, SHY)
        self._begun = self._effort()

    def rest(self) -> None:
        """Ends a step of work, and begins the next one after a rest where others write."""
        worked = self._effort() - self._begun
        if self.accompanied:
            fitting = int(self.size * MOMENT / max(worked, MOMENT / 2))
            self.size = max(1, min(fitting, self._most))
            self._rest_for(min(LONGEST, REST * worked))
        else:
            self.size = min(self._most, 2 * self.size)
        self._begun = self._effort()

    def portions(self, records: Sequence[T]) -> Iterator[Sequence[T]]:
        """All of them, as many at a time as are to be written at once."""
        self.begin()
        start = 0
        while start < len(records):
            portion = records[start : start + self.size]
            yield portion
            start += len(portion)
            self.rest()
