"""The sample organisation in a workspace of its own, through the whole path to advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewkit.domain.errors import Conflict
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import ProjectStatus, Scope
from reviewkit.workspace.files.samples import WHO, SampleSummary, load_samples
from reviewkit.workspace.kickoffs import Advice
from reviewkit.workspace.opening import Workspace
from reviewkit.workspace.risks import LinkedRisk

DEMO = "demo"
"""The mark of a workspace that holds the sample organisation and nothing of anybody's own."""

Report = Callable[[str, int, int], None]


class NotADemo(Conflict):
    """The workspace holds somebody's own records."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} holds projects of your own, which the demo would mix with invented ones."
            " Name another file with --workspace."
        )


@dataclass(frozen=True)
class DemoLink:
    """A statement or theme, and the register entry that foresaw it."""

    said: str
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
    return _findings(ws, samples, tuple(kickoffs))


def start_afresh(ws: Workspace) -> None:
    """Empties a demo workspace, in place, since a server may be running on it; makes an empty one a demo.

    Vectors are kept: they depend on nothing but their texts.

    Raises:
        NotADemo: it holds records and was not made by the demo.
    """
    store = ws.context.store
    with store.write():
        if not store.marks.get(DEMO) and any((store.projects.count(), store.lessons.count(), store.users.count())):
            raise NotADemo(ws.context.settings.workspace_path)
        store.marks.put(DEMO, WHO)
        for response in store.responses.all():
            store.responses.delete(response.id)
        for family in (
            *(store.recommendations, store.kickoffs, store.actions, store.decisions, store.links),
            *(store.memberships, store.themes, store.lessons, store.statements, store.links_in, store.reviews),
            *(store.risks, store.projects, store.sessions, store.users, store.events),
        ):
            family.delete(*(record.id for record in family.all()))  # type: ignore[attr-defined]
        for scope in Scope:
            for record in store.passages.digests(scope):
                store.passages.replace(scope, record, ())


def _findings(ws: Workspace, samples: SampleSummary, kickoffs: tuple[tuple[str, Advice], ...]) -> DemoFindings:
    overview = ws.overview()
    store = ws.context.store
    links = sorted(store.links.all(scope=Scope.STATEMENTS), key=lambda link: (-link.score, link.id))
    return DemoFindings(
        samples=samples,
        responses=overview.counts["responses"],
        statements=overview.counts["statements"],
        themes=tuple(ws.themes.list()),
        links=store.links.count(),
        examples=(),
        blind_spots=tuple(ws.risks.blind_spots()),
        kickoffs=kickoffs,
    )
