"""What is made of answers elsewhere than in a review's results -> whatever singles out 1 to 4 people there.

Search and its facets, the mix of a theme, what a run changed, links to risks, insights in every class, the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewkit.cli.theme import _counts as change_record
from reviewkit.cli.theme import _row as theme_record
from reviewkit.domain.insights import ALL, Comparison
from reviewkit.domain.privacy import MIN_GROUP
from reviewkit.domain.reviews import Statement
from reviewkit.domain.words import Kind, Scope
from reviewkit.workspace import Workspace
from reviewkit.workspace.linking import Wanted
from reviewkit.workspace.reporting.gathering import gather
from webapp.presenters.themes.rows import mix

TROUBLE = (Kind.PROBLEM, Kind.SUGGESTION)
QUERY = "say"
"""A word that is in everything that is said here."""


def few(people: int) -> bool:
    return 0 < people < MIN_GROUP


def surfaces(ws: Workspace, shown: frozenset[str]) -> Iterator[str]:
    """Leaks in all these places; `shown` are the reviews whose words may be shown."""
    said = {one.id: one for one in ws.context.store.statements.all()}
    home = {one.statement: (one.theme, one.subtheme) for one in ws.context.store.memberships.all()}
    yield from _in_search(ws, said, shown)
    yield from _in_themes(ws, said, home)
    yield from _in_links(ws, shown)
    yield from _in_insights(ws, said, shown)
    yield from _in_reports(ws)
    yield from _in_advice(ws, shown)


def _in_search(ws: Workspace, said: Mapping[str, Statement], shown: frozenset[str]) -> Iterator[str]:
    """All and each project: hits and facets of reviews that may be shown, counted in whole fives.

    Of all who answered any may have said what there is, so that a whole review's statements tell of nobody.
    """
    for project in ("", *sorted({one.project for one in said.values()})):
        found = ws.search(QUERY, scopes=(Scope.STATEMENTS,), limit=200, filters={"project": project})
        for hit in found.hits:
            if said[hit.id].review not in shown:
                yield f"search {project}: a hit in {said[hit.id].review}"
        for facet, values in found.facets.items():
            for value, count in values:
                if count % MIN_GROUP or facet in ("kind", "area"):
                    yield f"search {project}: {facet} {value} counts {count}"


def _in_themes(ws: Workspace, said: Mapping[str, Statement], home: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """How much of a theme is trouble, on its row and in its record; and what the last run changed in it."""
    whole = ws.themes.list(retired=True)
    for theme in (*whole, *(part for parts in ws.themes.children().values() for part in parts)):
        members = [said[one] for one, names in home.items() if theme.id in names]
        sides = [{one.response for one in members if (one.kind in TROUBLE) is side} for side in (True, False)]
        if any(few(len(side)) for side in sides):
            if mix(theme):
                yield f"{theme.id}: “{mix(theme)}” of {[len(side) for side in sides]} people"
            if theme_record(theme)["troubles"] is not None:
                yield f"{theme.id}: {theme_record(theme)['troubles']} troubles of {[len(side) for side in sides]}"
    run = ws.themes.diff()
    for change in run.changes if run else ():
        people = {said[one].response for one, names in home.items() if change.theme in names}
        if few(len(people)) and change_record(change)["after"]:
            yield f"{change.theme}: a run told {change_record(change)} of {len(people)} people"


def _in_links(ws: Workspace, shown: frozenset[str]) -> Iterator[str]:
    for one in ws.links.queue(Wanted(state=None)):
        if one.statement and one.statement.review not in shown:
            yield f"links: a statement of {one.statement.review}"


def _in_insights(ws: Workspace, said: Mapping[str, Statement], shown: frozenset[str]) -> Iterator[str]:
    """In every class a project stands for what five of its people at least were asked."""
    told = {one.project for one in said.values() if one.review in shown}
    narrowed = [Comparison(**{name: value}) for name, values in ws.insights.choices().items() for value, _ in values]
    for comparison in (ALL, *narrowed):
        for spot in ws.insights.blind_spots(comparison):
            for rate in spot.rates:
                if set(rate.hits) - told:
                    yield f"insights {comparison}: {spot.theme.id} in {sorted(set(rate.hits) - told)}"


def _in_reports(ws: Workspace) -> Iterator[str]:
    for project in ws.projects.list():
        evidence = gather(ws.context, project.key)
        for voice in evidence.voices:
            numbers = [people for _, people in voice.themes] + [people for _, people, _ in voice.roles]
            numbers += [people for rated in voice.rated for _, people, _ in rated.cells] + [voice.responses or 0]
            if any(few(number) for number in numbers if number is not None):
                yield f"report {project.key}: {numbers}"
        for trouble in evidence.troubles:
            if few(trouble.people or 0):
                yield f"report {project.key}: {trouble.theme.id} of {trouble.people}"


def _in_advice(ws: Workspace, shown: frozenset[str]) -> Iterator[str]:
    """Quotes are of reviews that may be shown, and so are the projects that a recommendation counts; that a lesson's
    own project raised it is what the lesson says."""
    advice = ws.kickoffs.for_brief("We say that this is a new project, about which we say much.")
    told = {ws.context.store.reviews.get(review).project for review in shown}
    for one in advice.recommendations:
        if {quote.review for quote in one.quotes} - shown:
            yield f"kickoff {one.source}: a quote of {[quote.review for quote in one.quotes]}"
        own = {lesson.project for lesson in ws.lessons.list() if lesson.id == one.source}
        if set(one.base_rate.hits if one.base_rate else ()) - told - own:
            yield f"kickoff {one.source}: raised in {one.base_rate}"
