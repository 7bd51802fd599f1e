"""A long list and a page number -> the part that is shown; filters -> the address that keeps them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import url_for

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Part(Generic[T]):
    """`items` of a list of `total`; `number` runs from 1 to `last`."""

    items: Sequence[T]
    number: int
    last: int
    total: int
    first_item: int

    @property
    def last_item(self) -> int:
        return self.first_item + len(self.items) - 1


def part(items: Sequence[T], number: int, size: int) -> Part[T]:
    """The part `number` of `items`; a number beyond the last gives the last."""
    last = max(1, -(-len(items) // size))
    number = min(max(number, 1), last)
    start = (number - 1) * size
    return Part(items[start : start + size], number, last, len(items), start + 1)


def cut(items: Sequence[T], first: int, total: int, size: int) -> Part[T]:
    """A part that was cut elsewhere: `items` are those of `total` from the one at `first` (from 0) on."""
    return Part(items, first // size + 1, max(1, -(-total // size)), total, first + 1)


def drawn(found: Part[T], draw: Callable[[T], U]) -> Part[U]:
    """The same part with each of its items drawn; what is not shown costs nothing."""
    return Part([draw(item) for item in found.items], found.number, found.last, found.total, found.first_item)


def address(endpoint: str, *filters: Mapping[str, Any]) -> str:
    """The address of `endpoint` with all of `filters` in its query."""
    merged: dict[str, Any] = {name: value for one in filters for name, value in one.items()}
    return url_for(endpoint, **merged)
