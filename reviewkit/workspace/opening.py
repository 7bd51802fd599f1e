"""The one place where parts are chosen: which store, which engines, and the use cases over them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from reviewkit.language.ports import Encoder, Pooling
from reviewkit.settings import Settings, read_settings
from reviewkit.store.port import Store
from reviewkit.workspace.actions import Actions
from reviewkit.workspace.advising.backtesting import Backtesting
from reviewkit.workspace.advising.drafting import DraftRegister
from reviewkit.workspace.advising.kickoffs import Kickoffs
from reviewkit.workspace.advising.outcomes import Outcomes
from reviewkit.workspace.advising.searching import Search
from reviewkit.workspace.analysis import Analysis
from reviewkit.workspace.context import Context, Engines
from reviewkit.workspace.insights import Insights
from reviewkit.workspace.lessons import Lessons
from reviewkit.workspace.lessons.drafting import Drafting
from reviewkit.workspace.linking import Links
from reviewkit.workspace.overview import Overview, overview
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
    """An organisation's projects, reviews, themes, risks, lessons and kickoffs, in one file."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.projects = Projects(context)
        self.templates = Templates(context)
        self.reviews = Reviews(context)
        self.building = Building(context)
        self.inviting = Inviting(context)
        self.responses = Responses(context)
        self.corrections = Corrections(context)
        self.results = Results(context)
        self.analysis = Analysis(context)
        self.themes = Themes(context)
        self.regrouping = Regrouping(context)
        self.risks = Risks(context)
        self.links = Links(context)
        self.registers = Registers(context)
        self.register_files = Exporting(context)
        self.filters = SavedFilters(context)
        self.lessons = Lessons(context)
        self.drafting = Drafting(context)
        self.search = Search(context)
        self.kickoffs = Kickoffs(context, self.search)
        self.draft_register = DraftRegister(context, self.kickoffs)
        self.outcomes = Outcomes(context)
        self.backtest = Backtesting(context)
        self.insights = Insights(context, self.search)
        self.actions = Actions(context)
        self.reports = Reports(context)
        self.users = Users(context)

    def overview(self) -> Overview:
        """What needs somebody today."""
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
