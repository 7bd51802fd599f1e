"""Groups of this run and of the one before -> ids that last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reviewkit.domain.ids import derived_id

SAME = 1 / 3
"""A group inherits an id when what they share is at least this share of the id's remaining members or of the group."""


def carry_ids(groups: Sequence[Sequence[str]], previous: Mapping[str, str], *, level: str = "theme") -> list[str]:
    """An id for each group of statement ids, no id twice.

    `previous` maps statement -> its id in the run before (blank or absent: none). The pair of group and old id that
    shares most statements is settled first; a group that inherits nothing gets an id derived from its members, so that
    the same statements give the same ids on any machine. `level` keeps ids of themes and subthemes apart.
    """
    present = {statement for group in groups for statement in group}
    old_sizes = Counter(old for statement, old in previous.items() if old and statement in present)
    shared = [
        (count, place, old)
        for place, group in enumerate(groups)
        for old, count in Counter(previous.get(statement, "") for statement in group).items()
        if old and (count >= SAME * old_sizes[old] or count >= SAME * len(group))
    ]
    ids: dict[int, str] = {}
    for _, place, old in sorted(shared, key=lambda one: (-one[0], one[1], one[2])):
        if place not in ids and old not in ids.values():
            ids[place] = old
    taken = set(previous.values()) | set(ids.values())
    return [ids.get(place) or _new_id(level, group, taken) for place, group in enumerate(groups)]


def _new_id(level: str, group: Sequence[str], taken: set[str]) -> str:
    new = derived_id(level, *sorted(group))
    while new in taken:  # an old theme once had exactly these members, and another group carries its name on
        new = derived_id(level, new)
    taken.add(new)
    return new
