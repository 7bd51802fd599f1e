"""Two kickoffs of a project -> what the later one says anew, no longer, or at another place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewkit.domain.kickoffs import Recommendation


@dataclass(frozen=True)
class Changes:
    """`new` and `moved` are of the later kickoff, `gone` of the earlier; `moved` has topic -> the rank it had."""

    new: tuple[Recommendation, ...]
    gone: tuple[Recommendation, ...]
    moved: dict[str, int]
    brief_changed: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.moved)


def changes(before: Sequence[Recommendation], now: Sequence[Recommendation], *, brief_changed: bool = False) -> Changes:
    """By topic. One has moved where its order among those told both times is another: what only made room for a new
    one above it has not."""
    was, is_now = {one.topic: one for one in before}, {one.topic: one for one in now}
    both_before = [topic for topic in was if topic in is_now]
    both_now = [topic for topic in is_now if topic in was]
    return Changes(
        new=tuple(one for topic, one in is_now.items() if topic not in was),
        gone=tuple(one for topic, one in was.items() if topic not in is_now),
        moved={topic: was[topic].rank for topic in both_now if both_before.index(topic) != both_now.index(topic)},
        brief_changed=brief_changed,
    )
