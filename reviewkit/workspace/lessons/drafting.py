"""A theme or a statement -> a lesson filled in from it, to be mended and kept; and a lesson -> what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reviewkit.domain.errors import NotFound
from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Risk
from reviewkit.domain.themes import Theme
from reviewkit.domain.wording import headed
from reviewkit.domain.words import Confidence, Kind, LinkState, Scope, ThemeStatus
from reviewkit.workspace.context import Context
from reviewkit.workspace.linking.standing import theme_links
from reviewkit.workspace.reviewing.results import Results
from reviewkit.workspace.risks import Risks
from reviewkit.workspace.themes.regrouping import Regrouping, Said
from reviewkit.workspace.visibility import quotes_of, visible_reviews

QUOTES, ADVICE = 3, 2
"""So many things said tell what happened, and so many suggestions what to do: a start to be rewritten, no report."""

TITLE = 120


@dataclass(frozen=True)
class Resting:
    """What a lesson rests on that may be shown, and how many statements may not."""

    quotes: tuple[Quote, ...]
    withheld: int


class Drafting:
    """Reads only; what is made of it then goes through `Lessons`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def from_theme(self, id: str) -> Lesson:
        """A lesson filled in from what people said in a theme and may be shown. Raises NotFound."""
        theme = self._store.themes.get(id)
        said = Regrouping(self._context).said(id)
        praise = sum(one.kind is Kind.POSITIVE for one in said)
        advice = [one for one in said if one.kind is Kind.SUGGESTION][:ADVICE]
        positive = praise * 2 > len(said) > 0
        told = _telling(said, positive)[:QUOTES]
        ties = Risks(self._context).linked_to(Scope.THEMES, theme.parent or id)
        return Lesson(
            "",
            headed(theme.label),
            what_happened="\n".join(_quoted(one.quote) for one in told),
            recommendation="\n".join(one.quote.text for one in advice),
            area=theme.area,
            positive=positive,
            project=theme.projects[0] if len(theme.projects) == 1 else "",
            statements=tuple(one.quote.statement for one in (*told, *advice)),
            themes=(id,),
            risks=tuple(
                tie.risk.id
                for tie in ties
                if tie.link.state is LinkState.CONFIRMED or tie.link.confidence is Confidence.HIGH
            ),
        )

    def from_statement(self, id: str, theme: str = "") -> Lesson:
        """A lesson filled in from one statement, seen in `theme` where that is given.

        Raises NotFound, also for one that is there but may not be shown.
        """
        statement = self._store.statements.find(id)
        quotes = quotes_of([statement] if statement else [], visible_reviews(self._store))
        if not statement or not quotes:
            raise NotFound("statement", id)
        kind = statement.kind if statement.kind in Results(self._context).saying(statement.review).kinds else None
        advises, text = kind is Kind.SUGGESTION, statement.text
        title = text if len(text) <= TITLE else text[:TITLE].rsplit(" ", 1)[0] + " …"
        return Lesson(
            "",
            headed(title.rstrip(".")),
            what_happened="" if advises else _quoted(quotes[0]),
            recommendation=text if advises else "",
            positive=kind is Kind.POSITIVE,
            project=statement.project,
            statements=(id,),
            themes=(self._store.themes.get(theme).id,) if theme else (),
        )

    def themes_of(self, lesson: Lesson) -> Sequence[Theme]:
        """The themes and parts of themes that a lesson rests on and that are still there."""
        return self._store.themes.all(id=set(lesson.themes)) if lesson.themes else []

    def themes_for(self, ticked: Collection[str]) -> Sequence[Theme]:
        """Themes that a lesson can rest on: those `ticked`, then whole themes not retired, widest reach first."""
        themes = sorted(self._store.themes.all(), key=lambda one: (one.id not in ticked, -one.reach, one.label))
        return [
            one
            for one in themes
            if one.id in ticked or (not one.parent and one.status is not ThemeStatus.RETIRED and not one.merged_into)
        ]

    def risks_for(self, project: str, themes: Collection[str], ticked: Collection[str]) -> Sequence[Risk]:
        """Register entries that a lesson can be linked to: those `ticked`, its themes' and its project's."""
        tied = {link.risk for link in theme_links(self._store, themes)} if themes else set()
        wanted = {one.id: one for one in self._store.risks.all(id={*ticked, *tied})}
        if project:
            wanted |= {one.id: one for one in self._store.risks.all(project=project)}
        return sorted(wanted.values(), key=lambda one: (one.id not in ticked, one.id not in tied, one.project, one.ref))

    def resting(self, lesson: Lesson) -> Resting:
        """The statements a lesson rests on."""
        found = {one.id: one for one in self._store.statements.all(id=set(lesson.statements))}
        quotes = quotes_of([found[one] for one in lesson.statements if one in found], visible_reviews(self._store))
        return Resting(quotes, len(found) - len(quotes))


def _telling(said: Sequence[Said], positive: bool) -> list[Said]:
    """What tells of the event, most telling first: praise or trouble as the lesson is, suggestions last."""
    wanted = Kind.POSITIVE if positive else Kind.PROBLEM
    return sorted((one for one in said if one.kind is not Kind.SUGGESTION), key=lambda one: one.kind is not wanted)


def _quoted(quote: Quote) -> str:
    return f"“{quote.text}” ({quote.project})"
