"""Wild records of every family, the parents they need, and a write that is broken off."""

from __future__ import annotations

import types
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from reviewkit.domain.kickoffs import Action, Kickoff, Recommendation
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.outcomes import Outcome
from reviewkit.domain.people import Event, Session, User
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.registers import RegisterLayout, RiskChange, RiskSource, SavedFilter
from reviewkit.domain.reviews import Response, Review, ReviewLink, Statement
from reviewkit.domain.themes import Decision, Link, Membership, Theme, ThemeRun
from reviewkit.domain.words import UserRole, Wave
from reviewkit.store.port import Store

PROJECT = Project("P", "Parent")
REVIEW = Review("V", "P", "Parent", "pir", Wave.CLOSE, ())
RESPONSE = Response("R", "V", "parent", "receipt", None, date(2025, 3, 1))
KICKOFF = Kickoff("K", "P", "", datetime(2025, 3, 1, tzinfo=UTC))
USER = User("U", "Parent", UserRole.VIEWER, "hash")

FAMILIES: dict[str, tuple[type, dict[str, str]]] = {
    "projects": (Project, {}),
    "risks": (Risk, {"project": "P"}),
    "risk_changes": (RiskChange, {}),
    "risk_sources": (RiskSource, {}),
    "register_layouts": (RegisterLayout, {}),
    "saved_filters": (SavedFilter, {}),
    "reviews": (Review, {"project": "P"}),
    "links_in": (ReviewLink, {"review": "V"}),
    "responses": (Response, {"review": "V"}),
    "statements": (Statement, {"response": "R"}),
    "themes": (Theme, {}),
    "memberships": (Membership, {}),
    "theme_runs": (ThemeRun, {}),
    "links": (Link, {}),
    "lessons": (Lesson, {}),
    "kickoffs": (Kickoff, {}),
    "recommendations": (Recommendation, {"kickoff": "K"}),
    "outcomes": (Outcome, {}),
    "actions": (Action, {}),
    "decisions": (Decision, {}),
    "users": (User, {}),
    "sessions": (Session, {"user": "U"}),
    "events": (Event, {}),
}
"""Family -> its record type, and the fields that must name a parent."""

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-11))])
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    date: st.dates(),
    datetime: MOMENTS,
    type(None): st.none(),
}


def wild(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type as the domain uses it, every field of a record filled."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in SCALARS:
        return SCALARS[hint]
    if origin in (Union, types.UnionType):
        return st.one_of([wild(member) for member in arguments])
    if origin is tuple:
        return st.lists(wild(arguments[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(wild(arguments[0]), wild(arguments[1]), max_size=3)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    assert isinstance(hint, type)
    assert is_dataclass(hint)
    hints = get_type_hints(hint)
    return st.builds(hint, **{field.name: wild(hints[field.name]) for field in fields(hint)})


def put_parents(store: Store) -> None:
    with store.write():
        store.projects.put(PROJECT)
        store.reviews.put(REVIEW)
        store.responses.put(RESPONSE)
        store.kickoffs.put(KICKOFF)
        store.users.put(USER)


@contextmanager
def broken_off(store: Store) -> Iterator[None]:
    """A write block that ends in an exception once its body is done."""
    with suppress(KeyError), store.write():
        yield
        raise KeyError
