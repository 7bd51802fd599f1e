"""The one place where parts are chosen: which store, which engines, and the use cases over them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit.language.ports import Encoder, Pooling
from reviewkit.settings import Settings, read_settings
from reviewkit.store.port import Store
from reviewkit.workspace.context import Context, Engines

if TYPE_CHECKING:
    from reviewkit.workspace.actions import Actions
    from reviewkit.workspace.advising.backtesting import Backtesting
    from reviewkit.workspace.advising.dismissing import Dismissals
    from reviewkit.workspace.advising.drafting import DraftRegister
    from reviewkit.workspace.advising.kickoffs import Kickoffs
    from reviewkit.workspace.advising.outcomes import Outcomes
    from reviewkit.workspace.advising.searching import Search
    from reviewkit.workspace.analysis import Analysis
    from reviewkit.workspace.insights import Insights
    from reviewkit.workspace.lessons import Lessons
    from reviewkit.workspace.lessons.drafting import Drafting
    from reviewkit.workspace.linking import Links
    from reviewkit.workspace.overview import Overview
    from reviewkit.workspace.projects import Projects
    from reviewkit.workspace.registers import Registers
    from reviewkit.workspace.registers.exporting import Exporting
    from reviewkit.workspace.registers.filters import SavedFilters
    from reviewkit.workspace.reporting import Reports
    from reviewkit.workspace.reviewing.building import Building
    from reviewkit.workspace.reviewing.corrections import Corrections
    from reviewkit.workspace.reviewing.inviting import Inviting
    from reviewkit.workspace.reviewing.responses import Responses
    from reviewkit.workspace.reviewing.results import Results
    from reviewkit.workspace.reviewing.reviews import Reviews
    from reviewkit.workspace.reviewing.templates import Templates
    from reviewkit.workspace.risks import Risks
    from reviewkit.workspace.themes import Themes
    from reviewkit.workspace.themes.regrouping import Regrouping
    from reviewkit.workspace.users import Users


class Workspace:
    """An organisation's projects, reviews, themes, risks, lessons and kickoffs, in one file.

    Each use case is loaded when it is first asked for: a command that needs one does not wait for thirty.
    """

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def projects(self) -> Projects:
        from reviewkit.workspace.projects import Projects

        return Projects(self.context)

    @cached_property
    def templates(self) -> Templates:
        from reviewkit.workspace.reviewing.templates import Templates

        return Templates(self.context)

    @cached_property
    def reviews(self) -> Reviews:
        from reviewkit.workspace.reviewing.reviews import Reviews

        return Reviews(self.context)

    @cached_property
    def building(self) -> Building:
        from reviewkit.workspace.reviewing.building import Building

        return Building(self.context)

    @cached_property
    def inviting(self) -> Inviting:
        from reviewkit.workspace.reviewing.inviting import Inviting

        return Inviting(self.context)

    @cached_property
    def responses(self) -> Responses:
        from reviewkit.workspace.reviewing.responses import Responses

        return Responses(self.context)

    @cached_property
    def corrections(self) -> Corrections:
        from reviewkit.workspace.reviewing.corrections import Corrections

        return Corrections(self.context)

    @cached_property
    def results(self) -> Results:
        from reviewkit.workspace.reviewing.results import Results

        return Results(self.context)

    @cached_property
    def analysis(self) -> Analysis:
        from reviewkit.workspace.analysis import Analysis

        return Analysis(self.context)

    @cached_property
    def themes(self) -> Themes:
        from reviewkit.workspace.themes import Themes

        return Themes(self.context)

    @cached_property
    def regrouping(self) -> Regrouping:
        from reviewkit.workspace.themes.regrouping import Regrouping

        return Regrouping(self.context)

    @cached_property
    def risks(self) -> Risks:
        from reviewkit.workspace.risks import Risks

        return Risks(self.context)

    @cached_property
    def links(self) -> Links:
        from reviewkit.workspace.linking import Links

        return Links(self.context)

    @cached_property
    def registers(self) -> Registers:
        from reviewkit.workspace.registers import Registers

        return Registers(self.context)

    @cached_property
    def register_files(self) -> Exporting:
        from reviewkit.workspace.registers.exporting import Exporting

        return Exporting(self.context)

    @cached_property
    def filters(self) -> SavedFilters:
        from reviewkit.workspace.registers.filters import SavedFilters

        return SavedFilters(self.context)

    @cached_property
    def lessons(self) -> Lessons:
        from reviewkit.workspace.lessons import Lessons

        return Lessons(self.context)

    @cached_property
    def drafting(self) -> Drafting:
        from reviewkit.workspace.lessons.drafting import Drafting

        return Drafting(self.context)

    @cached_property
    def search(self) -> Search:
        from reviewkit.workspace.advising.searching import Search

        return Search(self.context)

    @cached_property
    def kickoffs(self) -> Kickoffs:
        from reviewkit.workspace.advising.kickoffs import Kickoffs

        return Kickoffs(self.context, self.search)

    @cached_property
    def draft_register(self) -> DraftRegister:
        from reviewkit.workspace.advising.drafting import DraftRegister

        return DraftRegister(self.context, self.kickoffs)

    @cached_property
    def outcomes(self) -> Outcomes:
        from reviewkit.workspace.advising.outcomes import Outcomes

        return Outcomes(self.context)

    @cached_property
    def dismissals(self) -> Dismissals:
        from reviewkit.workspace.advising.dismissing import Dismissals

        return Dismissals(self.context)

    @cached_property
    def backtest(self) -> Backtesting:
        from reviewkit.workspace.advising.backtesting import Backtesting

        return Backtesting(self.context)

    @cached_property
    def insights(self) -> Insights:
        from reviewkit.workspace.insights import Insights

        return Insights(self.context, self.search)

    @cached_property
    def actions(self) -> Actions:
        from reviewkit.workspace.actions import Actions

        return Actions(self.context)

    @cached_property
    def reports(self) -> Reports:
        from reviewkit.workspace.reporting import Reports

        return Reports(self.context)

    @cached_property
    def users(self) -> Users:
        from reviewkit.workspace.users import Users

        return Users(self.context)

    def load(self) -> None:
        """Makes every use case now, for a server: no request waits for one, and no two threads make the same."""
        for name, part in vars(Workspace).items():
            if isinstance(part, cached_property):
                getattr(self, name)

    def overview(self) -> Overview:
        """What needs somebody today."""
        from reviewkit.workspace.overview import overview

        return overview(self.context)

    def check(self) -> dict[str, str]:
        """The store's health. Raises WorkspaceUnusable where the file is damaged."""
        return dict(self.context.store.check())

    def ready(self) -> None:
        """Reads one row; raises whatever keeps the store from answering."""
        self.context.store.marks.get("ready")

    def mark(self, name: str, make: Callable[[], str]) -> str:
        """A value kept with the workspace, such as the web app's signing key; `make` gives it at first use."""
        with self.context.store.write():
            value = self.context.store.marks.get(name)
            if value is None:
                value = make()
                self.context.store.marks.put(name, value)
        return value

    def close(self) -> None:
        self.context.store.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_workspace(
    url: str = "",
    settings: Settings | None = None,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    engines: Engines | None = None,
) -> Workspace:
    """The workspace in the SQLite file `url` (":memory:" for none), made where it is absent.

    Raises:
        WorkspaceUnusable: the file is something else, or was written by a newer reviewkit.
    """
    settings = settings or read_settings()
    store = _store(url or settings.workspace_path)
    return Workspace(Context(store, settings, now, engines or Engines(settings)))


def encoder_for(settings: Settings, pooling: Pooling = Pooling.CONTENT) -> Encoder:
    """The encoder that the settings name, pooled as a workspace has it unless told otherwise."""
    from reviewkit.language.engines import load_encoder

    return load_encoder(settings.encoder, settings.cache_path, pooling=pooling)


def _store(url: str) -> Store:
    from reviewkit.store.sqlite import open_sqlite

    if url != ":memory:":
        Path(url).expanduser().parent.mkdir(parents=True, exist_ok=True)
    return open_sqlite(url)
