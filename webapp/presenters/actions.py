"""Actions -> lines that say who owes what until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from reviewkit.domain.kickoffs import Action
from reviewkit.domain.words import ActionState
from webapp.presenters.words import Link, day


@dataclass(frozen=True)
class ActionLine:
    """Something promised; `late` where its day has passed."""

    id: str
    text: str
    project: Link
    owner: str
    due: str
    late: bool
    state: ActionState


def action_lines(actions: Sequence[Action], today: date, names: Mapping[str, str]) -> tuple[ActionLine, ...]:
    return tuple(
        ActionLine(
            id=action.id,
            text=action.text,
            project=Link(names.get(action.project, action.project), url_for("projects.show", key=action.project)),
            owner=action.owner,
            due=day(action.due),
            late=action.state is ActionState.OPEN and action.due is not None and action.due < today,
            state=action.state,
        )
        for action in actions
    )
