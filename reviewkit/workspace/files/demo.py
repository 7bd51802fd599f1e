"""The sample organisation in a workspace of its own, through the whole path to advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reviewkit.domain.errors import Conflict
from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import ProjectStatus, Scope
from reviewkit.store.port import Records
from reviewkit.workspace.advising.kickoffs import Advice
from reviewkit.workspace.derive.links import MARKS
from reviewkit.workspace.derive.progress import Report
from reviewkit.workspace.files.samples import WHO, SampleSummary, load_samples
from reviewkit.workspace.opening import Workspace
from reviewkit.workspace.risks import LinkedRisk
from reviewkit.workspace.visibility import quotes_of, visible_reviews

DEMO = "demo"
"""The mark of a workspace that holds the sample organisation and nothing of anybody's own."""

EXAMPLES = 5


class NotADemo(Conflict):
    """The workspace holds somebody's own records."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} holds projects of your own, which the demo would mix with invented ones."
            " Name another file with --workspace."
        )


@dataclass(frozen=True)
class DemoLink:
    """A statement, and the entry of its project’s register that foresaw it."""

    said: Quote
    linked: LinkedRisk


@dataclass(frozen=True)
class DemoFindings:
    """What the path found; themes by reach, links best first, kickoffs by project key."""

    samples: SampleSummary
    responses: int
    statements: int
    themes: tuple[Theme, ...]
    links: int
    examples: tuple[DemoLink, ...]
    blind_spots: tuple[Theme, ...]
    kickoffs: tuple[tuple[str, Advice], ...]


def run_demo(ws: Workspace, report: Report) -> DemoFindings:
    """Starts the demo afresh in `ws`: loads the samples, derives everything, advises the projects that are starting.

    Raises:
        NotADemo: the workspace holds somebody's own records.
    """
    start_afresh(ws)
    samples = load_samples(ws)
    ws.analysis.refresh(report, wait=True)
    kickoffs = []
    for project in sorted(ws.projects.list(ProjectStatus.PROPOSED), key=lambda project: project.key):
        report(f"kickoff of {project.key}", 0, 0)
        kickoffs.append((project.key, ws.kickoffs.for_project(project.key, who=WHO)))
    ws.backtest.run(report, who=WHO)
    return _findings(ws, samples, tuple(kickoffs))


def start_afresh(ws: Workspace) -> None:
    """Empties a demo workspace, in place, since a server may be running on it; makes an empty one a demo.

    Raises:
        NotADemo: it holds records and was not made by the demo.
    """
    store = ws.context.store
    with store.write():
        if not store.marks.get(DEMO) and any((store.projects.count(), store.lessons.count(), store.users.count())):
            raise NotADemo(ws.context.settings.workspace_path)
        families: tuple[Records[Any], ...] = (
            *(store.recommendations, store.kickoffs, store.actions, store.decisions, store.links),
            *(store.theme_runs, store.memberships, store.themes),
            *(store.lesson_changes, store.lessons),
            *(store.responses, store.links_in, store.reviews),
            *(store.risk_changes, store.risk_sources, store.register_layouts, store.saved_filters),
            *(store.risks, store.projects, store.sessions, store.users, store.events),
        )
        for family in families:
            family.delete(*(record.id for record in family.all()))
        for scope in Scope:
            store.passages.replace_many(scope, dict.fromkeys(store.passages.digests(scope), ()))
        store.landmarks.replace(())
        for mark in MARKS:  # else they would say that nothing is missing
            store.marks.put(mark, "")
        store.marks.put(DEMO, WHO)


def _findings(ws: Workspace, samples: SampleSummary, kickoffs: tuple[tuple[str, Advice], ...]) -> DemoFindings:
    overview = ws.overview()
    return DemoFindings(
        samples=samples,
        responses=overview.counts["responses"],
        statements=overview.counts["statements"],
        themes=tuple(ws.themes.list()),
        links=ws.context.store.links.count(),
        examples=_examples(ws),
        blind_spots=tuple(ws.risks.blind_spots()),
        kickoffs=kickoffs,
    )


def _examples(ws: Workspace) -> tuple[DemoLink, ...]:
    """The best link of each project that may be quoted, best first."""
    store = ws.context.store
    best: dict[str, DemoLink] = {}
    visible = visible_reviews(store)
    for link in sorted(store.links.all(scope=Scope.STATEMENTS), key=lambda link: (-link.score, link.id)):
        quotes = quotes_of([store.statements.get(link.source)], visible)
        if quotes and quotes[0].project not in best:
            best[quotes[0].project] = DemoLink(quotes[0], LinkedRisk(link, store.risks.get(link.risk)))
    return tuple(best.values())[:EXAMPLES]
