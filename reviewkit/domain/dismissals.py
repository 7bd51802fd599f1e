"""Why advice was dismissed: one of a few reasons, and what somebody wrote beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """The reasons that are offered; they stand before what was written, parted by a colon."""

    UNFIT = "It does not apply to this project"
    DONE = "We do it already"
    OUTDATED = "It is wrong or out of date"
    COSTLY = "It costs more than it saves"
    OTHER = "Another reason"


_BEFORE = {"It is out of date": Why.OUTDATED}
"""Reasons as they were once worded."""


@dataclass(frozen=True)
class Dismissal:
    """What one project said against a piece of advice; `kind` is the project's."""

    topic: str
    project: str
    kind: str
    why: Why
    text: str
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Fit:
    """Of the projects of one `kind`: how many decided for a piece of advice, and how many found it not to apply."""

    kind: str
    unfit: int
    taken: int


def why_and_text(said: str) -> tuple[Why, str]:
    """The reason, and what was written beside it; what begins with none of the reasons is another reason."""
    for begins, why in ({one.value: one for one in Why} | _BEFORE).items():
        if said == begins or said.startswith(f"{begins}: "):
            return why, said[len(begins) :].lstrip(": ").strip()
    return Why.OTHER, said.strip()
