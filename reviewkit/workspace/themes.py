"""Themes: what keeps coming back, with quotes, and what people decided about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.domain.ids import new_id
from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.themes import Decision, Theme
from reviewkit.domain.words import Kind, Scope, ThemeStatus
from reviewkit.workspace.context import Context
from reviewkit.workspace.risks import LinkedRisk, Risks
from reviewkit.workspace.visibility import quotes_of, visible_reviews

QUOTES = 12


@dataclass(frozen=True)
class ThemeView:
    """A theme with everything its page shows; `kinds` counts its statements by kind."""

    theme: Theme
    parent: Theme | None
    subthemes: tuple[Theme, ...]
    quotes: tuple[Quote, ...]
    kinds: dict[Kind, int]
    risks: tuple[LinkedRisk, ...]
    decisions: tuple[Decision, ...]


class Themes:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def list(self, *, retired: bool = False) -> list[Theme]:
        """Top-level themes, widest reach first."""
        found = [theme for theme in self._store.themes.all(parent="") if _is_shown(theme, retired)]
        return sorted(found, key=lambda theme: (-theme.reach, theme.label))

    def children(self) -> Mapping[str, Sequence[Theme]]:
        """Theme id -> its subthemes, widest reach first."""
        found: dict[str, list[Theme]] = {}
        for theme in sorted(self._store.themes.all(), key=lambda theme: (-theme.reach, theme.label)):
            if theme.parent and _is_shown(theme, False):
                found.setdefault(theme.parent, []).append(theme)
        return found

    def get(self, id: str) -> Theme:
        """Raises NotFound."""
        return self._store.themes.get(id)

    def show(self, id: str) -> ThemeView:
        """Raises NotFound."""
        theme = self.get(id)
        level = "subtheme" if theme.parent else "theme"
        members = self._store.memberships.all(**{level: id})
        central = {member.statement: member.centrality for member in members}
        statements = self._store.statements.all(id=set(central))
        first = {statement: place for place, statement in enumerate(theme.representatives)}
        statements.sort(key=lambda s: (first.get(s.id, len(first)), -central[s.id], s.id))
        kinds = Counter(statement.kind for statement in statements if statement.kind)
        return ThemeView(
            theme=theme,
            parent=self._store.themes.find(theme.parent) if theme.parent else None,
            subthemes=tuple(self.children().get(id, [])),
            quotes=quotes_of(statements, visible_reviews(self._store))[:QUOTES],
            kinds={kind: kinds[kind] for kind in Kind if kinds[kind]},
            risks=tuple(Risks(self._context).linked_to(Scope.THEMES, id)),
            decisions=tuple(sorted(self._store.decisions.all(subject=id), key=lambda d: d.at, reverse=True)),
        )

    def rename(self, id: str, label: str, *, who: str) -> Theme:
        """Gives the theme a person's name, which re-runs keep. Raises NotFound, Invalid."""
        label = " ".join(label.split())
        if not 2 <= len(label) <= 80:
            raise Invalid("A theme's name has 2 to 80 characters.", field="label")
        return self._decide(replace(self.get(id), label=label), "rename", label, who)

    def set_status(self, id: str, status: ThemeStatus, *, who: str) -> Theme:
        """Confirms, retires or makes it a suggestion again. Raises NotFound."""
        return self._decide(replace(self.get(id), status=status), "status", status, who)

    def undo(self, decision_id: str, *, who: str) -> None:
        """Takes a decision back; it is kept, marked as undone, and the next analysis leaves it out. Raises NotFound."""
        with self._store.write():
            decision = self._store.decisions.get(decision_id)
            if decision.undone:
                raise NotFound("decision still standing", decision_id)
            self._store.decisions.put(replace(decision, undone=True))
            self._context.record(who, f"undid {decision.verb}", decision.subject)
            self._store.marks.put("themes", "")  # so that the next analysis replays what still stands

    def _decide(self, theme: Theme, verb: str, value: str, who: str) -> Theme:
        with self._store.write():
            self._store.themes.put(theme)
            self._store.decisions.put(Decision(new_id(), theme.id, verb, value, who, self._context.now()))
            self._context.record(who, f"{verb} theme: {value}", theme.id)
        return theme


def _is_shown(theme: Theme, retired: bool) -> bool:
    return retired or theme.status is not ThemeStatus.RETIRED
