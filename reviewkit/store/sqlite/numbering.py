"""Names -> small numbers that tell nothing of what came when: hashes, moved on where two would be the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from reviewkit.domain.ids import fingerprint


def numbered(
    names: Collection[tuple[str, ...]],
    bits: int,
    holders: Callable[[list[int]], Mapping[int, tuple[str, ...]]],
) -> dict[tuple[str, ...], int]:
    """A number below 2^bits for each name: the one it holds, else one that nobody holds.

    `holders` gives the name that holds a number, of those numbers that are held.
    """
    found: dict[tuple[str, ...], int] = {}
    given: dict[int, tuple[str, ...]] = {}
    waiting = sorted(set(names))
    attempt = 0
    while waiting:
        asked = {name: _hashed(name, attempt, bits) for name in waiting}
        held = holders(sorted(set(asked.values())))
        for name, number in asked.items():
            if held.get(number, name) == name and given.setdefault(number, name) == name:
                found[name] = number
        waiting = [name for name in waiting if name not in found]
        attempt += 1
    return found


def _hashed(name: tuple[str, ...], attempt: int, bits: int) -> int:
    return int(fingerprint(*name, str(attempt))[:16], 16) % (1 << bits)
