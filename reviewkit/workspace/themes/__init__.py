"""Themes: what keeps coming back, with quotes, and what people decided about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from reviewkit.domain.errors import Conflict, NotFound
from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.themes import Decision, Theme, ThemeRun
from reviewkit.domain.words import Kind, Scope, ThemeChangeKind, ThemeStatus
from reviewkit.themes.diff import with_joined
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.themes import LAST
from reviewkit.workspace.risks import LinkedRisk, Risks
from reviewkit.workspace.themes import deciding
from reviewkit.workspace.visibility import kinds_told, quotes_of, visible_reviews

QUOTES = 12


@dataclass(frozen=True)
class ThemeView:
    """A theme with everything its page shows; `merged` went into it.

    `kinds` counts its statements that may be shown by kind, where five people or more are behind one.
    """

    theme: Theme
    parent: Theme | None
    subthemes: tuple[Theme, ...]
    quotes: tuple[Quote, ...]
    kinds: dict[Kind, int]
    risks: tuple[LinkedRisk, ...]
    decisions: tuple[Decision, ...]
    merged: tuple[Theme, ...] = ()


class Themes:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._parts: tuple[str, Mapping[str, Sequence[Theme]]] | None = None

    def list(self, *, retired: bool = False) -> list[Theme]:
        """Top-level themes, widest reach first."""
        found = [theme for theme in self._store.themes.all(parent="") if _is_shown(theme, retired)]
        return sorted(found, key=_widest_first)

    def children(self) -> Mapping[str, Sequence[Theme]]:
        """Theme id -> its subthemes, widest reach first; kept until a theme changes, for there may be thousands."""
        state = self._store.themes.state()
        if self._parts is None or self._parts[0] != state:
            found: dict[str, list[Theme]] = {}
            for theme in sorted(self._store.themes.all(), key=_widest_first):
                if theme.parent and _is_shown(theme, False):
                    found.setdefault(theme.parent, []).append(theme)
            self._parts = (state, found)
        return self._parts[1]

    def get(self, id: str) -> Theme:
        """The theme, also one that was merged away or retired. Raises NotFound, which says where it went if known."""
        theme = self._store.themes.find(id)
        if theme is None:
            raise NotFound("theme", id, self._what_became_of(id))
        return theme

    def show(self, id: str) -> ThemeView:
        """Raises NotFound."""
        theme = self.get(id)
        level = "subtheme" if theme.parent else "theme"
        members = self._store.memberships.all(**{level: id})
        central = {member.statement: member.centrality for member in members}
        statements = self._store.statements.all(id=set(central))
        first = {statement: place for place, statement in enumerate(theme.representatives)}
        statements.sort(key=lambda s: (first.get(s.id, len(first)), -central[s.id], s.id))
        visible = visible_reviews(self._store)
        return ThemeView(
            theme=theme,
            parent=self._store.themes.find(theme.parent) if theme.parent else None,
            subthemes=tuple(self.children().get(id, [])),
            quotes=quotes_of(statements, visible)[:QUOTES],
            kinds=kinds_told(one for one in statements if one.review in visible),
            risks=tuple(Risks(self._context).linked_to(Scope.THEMES, id)),
            decisions=tuple(self.decisions(id)),
            merged=tuple(self._store.themes.all(merged_into=id)),
        )

    def decisions(self, id: str) -> Sequence[Decision]:
        """What people decided about the theme, or what brought statements to it; the latest first."""
        involved = {
            one.id: one for one in (*self._store.decisions.all(subject=id), *self._store.decisions.all(value=id))
        }
        return sorted(involved.values(), key=lambda one: (one.at, one.id), reverse=True)

    def diff(self) -> ThemeRun | None:
        """What the last full run changed, with what joined since counted as growth; None before the first."""
        run = self._store.theme_runs.find(LAST)
        if run is None:
            return None
        joined = self._store.memberships.sizes(joined=True)
        themes = {theme.id: theme for theme in self._store.themes.all(parent="")}
        grown = with_joined(run.changes, joined, {one: themes[one] for one in joined if one in themes})
        left = {one: theme.reach for one, theme in themes.items()}  # fewer than there were, where answers were erased
        return replace(
            run, changes=tuple(replace(one, people=min(one.people, left.get(one.theme, one.people))) for one in grown)
        )

    def rename(self, id: str, label: str, *, who: str, why: str = "") -> Decision:
        """Gives the theme a person's name, which re-runs keep. Raises NotFound, Conflict, Invalid."""
        return deciding.rename(self._context, self._living(id), label, who=who, why=why)

    def set_status(self, id: str, status: ThemeStatus, *, who: str, why: str = "") -> Decision:
        """Confirms, retires or makes it a suggestion again. Raises NotFound, Conflict."""
        return deciding.set_status(self._context, self._living(id), status, who=who, why=why)

    def merge(self, id: str, into: str, *, who: str, why: str = "") -> Decision:
        """Makes the theme `id` a part of `into`; its page stays and leads there. Raises NotFound, Conflict, Invalid."""
        return deciding.merge(self._context, self._living(id), self._living(into), who=who, why=why)

    def split(self, id: str, statements: Collection[str], label: str = "", *, who: str, why: str = "") -> Decision:
        """Makes some statements of a theme a theme of their own, whose id is the decision's value.

        A subtheme's id stands for all its statements. Without a label the next full run names it.
        Raises NotFound, Conflict, Invalid.
        """
        return deciding.split(self._context, self._living(id), statements, label, who=who, why=why)

    def move(self, statements: Collection[str], to: str, *, who: str, why: str = "") -> Sequence[Decision]:
        """Puts statements into the theme or subtheme `to`, or out of any where it is blank.

        One decision for each theme that they leave. Raises NotFound, Conflict, Invalid.
        """
        target = self._living(to) if to else None
        return deciding.move(self._context, statements, target, who=who, why=why)

    def undo(self, decision_id: str, *, who: str) -> Decision:
        """Takes a decision back; it is kept, marked as undone, and the others are replayed without it.

        Raises NotFound, Conflict.
        """
        return deciding.undo(self._context, self._store.decisions.get(decision_id), who=who)

    def _living(self, id: str) -> Theme:
        """Raises NotFound, and Conflict for a theme that was merged away."""
        theme = self.get(id)
        if theme.merged_into:
            into = self.get(theme.merged_into)
            raise Conflict(
                f"“{theme.label}” was merged into “{into.label}” ({into.id}); change that one, or undo the merge first."
            )
        return theme

    def _what_became_of(self, id: str) -> str:
        run = self._store.theme_runs.find(LAST)
        for change in run.changes if run else ():
            if change.theme == id and change.kind is ThemeChangeKind.MERGED:
                return f"The last run merged it into “{change.other_label}” ({change.other})."
            if change.theme == id and change.kind is ThemeChangeKind.FADED:
                return "It faded with the last run: too little of what was said belongs to it now."
        return "`reviewkit theme list` lists them."


def _widest_first(theme: Theme) -> tuple[int, str]:
    return -theme.reach, theme.label


def _is_shown(theme: Theme, retired: bool) -> bool:
    return not theme.merged_into and (retired or theme.status is not ThemeStatus.RETIRED)
