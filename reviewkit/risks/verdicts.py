"""Links and what people say -> whether a trouble had been foreseen: here, elsewhere or nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from reviewkit.domain.foreseen import PeopleSaid
from reviewkit.domain.themes import Link
from reviewkit.domain.words import Confidence, LinkState, Verdict
from reviewkit.themes.decisions import home

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def holds(link: Link) -> bool:
    """A person's word, or a suggestion of more than low confidence."""
    if link.state is LinkState.SUGGESTED:
        return link.confidence is not Confidence.LOW
    return link.state is LinkState.CONFIRMED


def verdict(
    links: Iterable[Link], own: Collection[str], project_of: Mapping[str, str], said: PeopleSaid | None = None
) -> Verdict:
    """What the `links` of one trouble and the people who spoke of it say; its `own` projects' registers come first.

    `project_of` gives risk id -> project; a risk it lacks is another project's. A person's link to an own entry is a
    fact. Else people who clearly `said` that it had or had not been identified outweigh the machine, for they were
    asked about their own project; what they deny there may still be feared elsewhere.
    """
    found = [link for link in links if holds(link)]
    here = [link for link in found if project_of.get(link.risk) in own]
    if any(link.state is LinkState.CONFIRMED for link in here):
        return Verdict.FORESEEN
    answer = said.answer if said else None
    if answer is True or (here and answer is None):
        return Verdict.FORESEEN
    if len(found) > len(here):
        return Verdict.ELSEWHERE
    return Verdict.BLIND_SPOT


def statement_verdict(
    links: Collection[Link], of_theme: Iterable[Link], project: str, project_of: Mapping[str, str]
) -> Verdict:
    """The same for one statement of `project`, by its own `links` and those of the theme it belongs to.

    An entry that a person rejected for the statement does not come back by way of its theme. What people answered is
    not asked for: beside one statement it would be one person's answer.
    """
    rejected = {link.risk for link in links if link.state is LinkState.REJECTED}
    return verdict([*links, *(link for link in of_theme if link.risk not in rejected)], {project}, project_of)


def settled_links(links: Iterable[Link], merged: Mapping[str, str]) -> list[Link]:
    """Links of themes, with what was decided about a theme that was merged away passed on to what it became.

    `merged` gives theme -> the one it was merged into. What people decided about the remaining theme itself counts
    before what is passed on, that before any suggestion; of several that are passed on the latest decision counts.
    """
    found: dict[str, Link] = {}
    passed: dict[str, Link] = {}
    for link in links:
        into = home(link.source, merged)
        if into == link.source:
            found[link.id] = link
        elif link.state is not LinkState.SUGGESTED:
            one = replace(link, source=into)
            if one.id not in passed or _when(one) > _when(passed[one.id]):
                passed[one.id] = one
    for name, link in passed.items():
        if name not in found or found[name].state is LinkState.SUGGESTED:
            found[name] = link
    return sorted(found.values(), key=lambda link: link.id)


def _when(link: Link) -> datetime:
    return link.decided_at or LONG_AGO
