"""What a person looks at before themes are merged, split or moved between: what was said, and what is like it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.errors import Conflict, Invalid, NotFound
from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.themes import Decision, Membership, Theme
from reviewkit.domain.words import Kind, ThemeChangeKind, ThemeStatus
from reviewkit.language.ports import Matrix
from reviewkit.themes.joining import THEME as MIDDLE_OF_THEME
from reviewkit.themes.joining import Landmark, placed
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.themes import LAST, asked_in
from reviewkit.workspace.visibility import kinds_told, quotes_of, visible_reviews

NEAREST = 6
"""Themes offered first."""


@dataclass(frozen=True)
class Said:
    """A statement of a theme, its kind, and the part of the theme that it stands in (blank: none).

    The kind is told where five people or more are behind it in the theme.
    """

    quote: Quote
    kind: Kind | None
    subtheme: str


class Regrouping:
    """Reads only; what is decided then goes through `Themes`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._labels: tuple[str, Mapping[str, str]] | None = None

    def said(self, id: str) -> tuple[Said, ...]:
        """What was said in a theme or subtheme and may be shown, its representatives first, then the most central.

        Raises NotFound.
        """
        theme = self._store.themes.get(id)
        place = {member.statement: member for member in self._members(theme)}
        first = {statement: rank for rank, statement in enumerate(theme.representatives)}
        statements = self._store.statements.all(id=set(place))
        statements.sort(key=lambda one: (first.get(one.id, len(first)), -place[one.id].centrality, one.id))
        visible = visible_reviews(self._store)
        told = kinds_told(one for one in statements if one.review in visible)
        kinds = {one.id: one.kind if one.kind in told else None for one in statements}
        return tuple(
            Said(quote, kinds[quote.statement], place[quote.statement].subtheme)
            for quote in quotes_of(statements, visible)
        )

    def one_said(self, id: str, statement: str) -> Said:
        """One of them. Raises NotFound, also for a statement that is there but may not be shown."""
        found = next((one for one in self.said(id) if one.quote.statement == statement), None)
        if found is None:
            raise NotFound("statement in this theme", statement, hint="It may have been moved meanwhile.")
        return found

    def chosen(self, id: str, statements: Collection[str]) -> list[str]:
        """Those of `statements` that may be split off the theme; all that may be shown would leave none to read.

        Raises NotFound, as `one_said`; Invalid where none or all are chosen.
        """
        shown = {one.quote.statement for one in self.said(id)}
        if strangers := sorted(set(statements) - shown):
            raise NotFound("statement in this theme", strangers[0], hint="It may have been moved meanwhile.")
        if not statements or len(set(statements)) == len(shown):
            raise Invalid("Tick some of the statements, not all and not none.", field="statement")
        return sorted(set(statements))

    def part_members(self, id: str, part: str) -> list[str]:
        """Every statement of the subtheme `part` of the theme, also of those that may not be shown. Raises NotFound."""
        return sorted(member.statement for member in self._members(self.part(id, part)))

    def whole(self, id: str) -> Theme:
        """A theme that can be merged and split. Raises NotFound; Invalid for a part, Conflict for one merged away."""
        theme = self._store.themes.get(id)
        if theme.parent:
            raise Invalid(f"“{theme.label}” is a part of another theme; split it off first.")
        if theme.merged_into:
            raise Conflict(f"“{theme.label}” was merged into another theme; undo that first.")
        return theme

    def target(self, id: str, into: str) -> Theme:
        """The theme that `id` can be merged into.

        Raises as `whole`; also Invalid for the theme itself, Conflict for a retired one.
        """
        theme = self.whole(into)
        if into == id:
            raise Invalid("A theme cannot be merged into itself; choose another one.", field="into")
        if theme.status is ThemeStatus.RETIRED:
            raise Conflict(f"“{theme.label}” is retired; bring it back before merging anything into it.")
        return theme

    def part(self, id: str, part: str) -> Theme:
        """A subtheme of the theme. Raises NotFound."""
        found = self._store.themes.find(part)
        if found is None or found.parent != id:
            raise NotFound("part of this theme", part)
        return found

    def labels(self) -> Mapping[str, str]:
        """Id -> label of every theme and subtheme there is a page for; kept until a theme changes."""
        state = self._store.themes.state()
        if self._labels is None or self._labels[0] != state:
            self._labels = (state, {theme.id: theme.label for theme in self._store.themes.all()})
        return self._labels[1]

    def decisions(self, ids: Sequence[str], about: str = "") -> list[Decision]:
        """Those of `ids` that are there, in that order; `about` a theme: only those that it took part in."""
        found = {decision.id: decision for decision in self._store.decisions.all(id=set(ids))}
        return [
            found[one]
            for one in dict.fromkeys(ids)
            if one in found and (not about or about in (found[one].subject, found[one].value, found[one].parent))
        ]

    def successor(self, id: str) -> Theme | None:
        """The theme that the last run merged `id` into; None where `id` is still there or went nowhere."""
        if self._store.themes.find(id) is not None:
            return None
        run = self._store.theme_runs.find(LAST)
        for change in run.changes if run else ():
            if change.theme == id and change.kind is ThemeChangeKind.MERGED:
                return self._store.themes.find(change.other)
        return None

    def like(self, id: str) -> Sequence[Theme]:
        """Themes most like that one, the nearest first; none where nothing is known to compare them by."""
        middles = self._middles()
        own = next((one for one in middles if one.name == id), None)
        return [] if own is None else self._nearest(own.row, middles, id)

    def near(self, id: str, statement: str) -> Sequence[Theme]:
        """Themes nearest to a statement that would leave the theme or subtheme `id`; none as for `like`."""
        said, theme = self._store.statements.get(statement), self._store.themes.get(id)
        vectors = self._store.vectors.get(self._context.engines.encoder.name, [said.text_hash])
        middles = self._middles()
        if not middles or not vectors.any():
            return []
        asked = asked_in(self._store).get(said.question, "")
        (row,) = placed(self._store.landmarks.all(), vectors, [said.project], [asked])
        return self._nearest(row, middles, theme.parent or id)

    def _members(self, theme: Theme) -> list[Membership]:
        return self._store.memberships.all(**{"subtheme" if theme.parent else "theme": theme.id})

    def _middles(self) -> list[Landmark]:
        return [one for one in self._store.landmarks.all() if one.kind == MIDDLE_OF_THEME]

    def _nearest(self, row: Matrix, middles: Sequence[Landmark], left: str) -> list[Theme]:
        """The themes whose middles `row` (d,) is nearest to; retired ones and the one left are no choice."""
        themes = {
            theme.id: theme
            for theme in self._store.themes.all(parent="")
            if theme.id != left and theme.status is not ThemeStatus.RETIRED
        }
        offered = [one for one in middles if one.name in themes and one.row.shape == row.shape]
        offered.sort(key=lambda one: (-float(one.row @ row), one.name))
        return [themes[one.name] for one in offered[:NEAREST]]
