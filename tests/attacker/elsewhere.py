"""What tells of answers outside of a review's own page: search, links, invitations, insights, reports, drafts.

`facts` are worded as they are told; where nobody's answers came out between two moments none of them may differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reviewkit.domain.insights import ALL
from reviewkit.domain.privacy import MIN_GROUP, parted
from reviewkit.domain.reviews import Statement
from reviewkit.domain.words import Kind, Scope
from reviewkit.workspace import Workspace
from reviewkit.workspace.linking import Wanted


def facts(ws: Workspace) -> dict[str, str]:
    """Name -> what is told."""
    seen = ws.overview()
    found: dict[str, object] = {
        "overview": (seen.counts, seen.themes, seen.blind_spots),
        "links": [(one.link, one.verdict, one.own) for one in ws.links.queue(Wanted(state=None))],
        "people": ws.links.people(),
        "learned": ws.links.learned(),
        "registered": ws.links.registered(),
        "themes": ws.themes.list(retired=True),
        "parts": ws.themes.children(),
        "diff": ws.themes.diff(),
        "blind spots": ws.insights.blind_spots(ALL),
        "embedding": ws.insights.embedding(),
        "search": ws.search("say", limit=200),
    }
    for theme in ws.themes.list():
        found[f"draft of {theme.id}"] = ws.drafting.from_theme(theme.id)
    for lesson in ws.lessons.list():
        found[f"lesson {lesson.id}"] = (ws.drafting.resting(lesson), ws.outcomes.of_lesson(lesson.id))
    for project in ws.projects.list():
        found[f"outcomes of {project.key}"] = ws.outcomes.of(project.key)
    return {name: repr(told) for name, told in found.items()}


def turnouts(ws: Workspace, review: str) -> Iterator[tuple[str, int]]:
    """The invitations' numbers by role: a name that stays from moment to moment, and how many answered."""
    for role, turnout in ws.inviting.standing(review).roles.items():
        yield f"{review} turnout {role}", turnout.answered


def singled_out(ws: Workspace) -> list[str]:
    """Kinds of statements that a search, the queue of links or a review's verdicts tell of too few."""
    statements = {one.id: one for one in ws.context.store.statements.all()}
    told = {
        review: kinds if ws.results.saying(review).kinds else ()  # none before it is settled
        for review, kinds in _told(statements.values()).items()
    }
    found = []

    def judge(where: str, ids: Iterable[str], kind: Kind) -> None:
        for one in ids:
            if kind not in told.get(statements[one].review, ()):
                found.append(f"{where} tells that {one} is {kind}, of too few or before its review is settled")

    for hit in ws.search("say", scopes=[Scope.STATEMENTS], limit=200).hits:
        if hit.kind:
            judge("a search", [hit.id], Kind(hit.kind))
    for kind in Kind:
        narrowed = ws.search("say", scopes=[Scope.STATEMENTS], limit=200, filters={"kind": kind})
        judge("a filter", [hit.id for hit in narrowed.hits], kind)
    queued = ws.links.queue(Wanted(state=None, scope=Scope.STATEMENTS))
    found += [
        f"the queue of links tells that {one.link.source} is a problem before its review is settled"
        for one in queued
        if not ws.results.of(statements[one.link.source].review).settled
    ]
    for review in ws.context.store.reviews.all():
        judge("a verdict", ws.links.verdicts(review.id), Kind.PROBLEM)
    return found


def _told(statements: Iterable[Statement]) -> Mapping[str, tuple[Kind | None, ...]]:
    """Review -> the kinds that may be told of it, counted by the umpire."""
    people: dict[str, dict[Kind | None, set[str]]] = {}
    for one in statements:
        people.setdefault(one.review, {}).setdefault(one.kind, set()).add(one.response)
    return {
        review: parted(kinds)
        for review, kinds in people.items()
        if len({one for group in kinds.values() for one in group}) >= MIN_GROUP
    }
