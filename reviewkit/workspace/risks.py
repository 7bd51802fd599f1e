"""Risk registers, and the links that people confirm or reject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.errors import Invalid
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import RiskVerb
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import LinkState, Occurred, Scope
from reviewkit.risks.filtering import matching
from reviewkit.workspace.context import Context
from reviewkit.workspace.linking.deciding import decide
from reviewkit.workspace.linking.judging import unforeseen
from reviewkit.workspace.linking.standing import theme_links
from reviewkit.workspace.registers.noting import note


@dataclass(frozen=True)
class LinkedRisk:
    """A link with the register entry it leads to."""

    link: Link
    risk: Risk


class Risks:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def list(
        self,
        project: str | None = None,
        occurred: Occurred | None = None,
        query: Mapping[str, str] = {},  # never changed
    ) -> list[Risk]:
        """Register entries that `query` asks for (see `risks.filtering`), gravest first, unrated ones last."""
        wanted = {name: value for name, value in (("project", project), ("occurred", occurred)) if value}
        found = matching(self._store.risks.all(**wanted), query)
        return sorted(found, key=lambda risk: (-(risk.severity or 0), risk.project, risk.ref))

    def narrowed(self, risks: Sequence[Risk], query: Mapping[str, str]) -> Sequence[Risk]:
        """Those of `risks` that have all that `query` asks for (see `risks.filtering`)."""
        return matching(risks, query)

    def get(self, id: str) -> Risk:
        """Raises NotFound."""
        return self._store.risks.get(id)

    def put_all(self, risks: Sequence[Risk], *, who: str = "") -> None:
        """Adds or replaces register entries, all or none. Raises NotFound for an unknown project, Invalid."""
        for risk in risks:
            _check(risk)
        with self._store.write():
            for project in {risk.project for risk in risks}:
                self._store.projects.get(project)
            known = {risk.id: risk for risk in self._store.risks.all(id={risk.id for risk in risks})}
            self._store.risks.put(*risks)
            note(self._context, [(known.get(risk.id), risk) for risk in risks], RiskVerb.IMPORTED, who)
            for project in sorted({risk.project for risk in risks}):
                self._context.record(who, "imported register", project)

    def linked_to(self, scope: Scope, source: str) -> Sequence[LinkedRisk]:
        """Risks linked to a theme or statement, best first, rejected ones left out."""
        found = (
            theme_links(self._store, {source})
            if scope is Scope.THEMES
            else self._store.links.all(scope=scope, source=source)
        )
        links = [link for link in found if link.state is not LinkState.REJECTED]
        risks = {risk.id: risk for risk in self._store.risks.all(id={link.risk for link in links})}
        links.sort(key=lambda link: (link.state is not LinkState.CONFIRMED, -link.score, link.id))
        return [LinkedRisk(link, risks[link.risk]) for link in links if link.risk in risks]

    def themes_of(self) -> Mapping[str, Sequence[Link]]:
        """Risk id -> its links to themes, rejected ones left out."""
        found: dict[str, list[Link]] = {}
        for link in theme_links(self._store):
            if link.state is not LinkState.REJECTED:
                found.setdefault(link.risk, []).append(link)
        return found

    def decide(self, link_id: str, state: LinkState, *, who: str) -> Link:
        """Confirms or rejects a suggested link, or makes it a suggestion again. Raises NotFound."""
        (link,) = decide(self._context, [link_id], state, who=who)
        return link

    def blind_spots(self) -> Sequence[Theme]:
        """Recurring themes that no register foresaw, widest reach first."""
        return unforeseen(self._store)


def _check(risk: Risk) -> None:
    if not risk.title.strip():
        raise Invalid(f"Risk {risk.ref or risk.id} has no title.", field="title")
    for name in ("probability", "impact", "residual_probability", "residual_impact"):
        value = getattr(risk, name)
        if value is not None and not 1 <= value <= 5:
            raise Invalid(f"Risk {risk.ref}: {name.replace('_', ' ')} must be 1 to 5, not {value}.", field=name)
