"""A review's statements -> views of them by heading, kind and theme, each with enough people behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.privacy import parted
from reviewkit.domain.reviews import Review, Statement
from reviewkit.domain.words import Anonymity, Kind
from reviewkit.workspace.visibility import kinds_told

TOGETHER, EVERYTHING = "other questions", "all questions"
"""Headings for what too few wrote under each of several questions, and for all of it where no heading has enough."""

HEADING, KIND, THEME = "lens", "kind", "theme"


@dataclass(frozen=True)
class View:
    """What statements are narrowed to: a heading, a kind, a theme's id; blank where nothing is left out."""

    lens: str = ""
    kind: Kind | None = None
    theme: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """As an address has it."""
        found = {HEADING: self.lens, KIND: str(self.kind or ""), THEME: self.theme}
        return {name: value for name, value in found.items() if value}

    def without(self, name: str) -> View:
        """The wider view that this one is cut from by the choice called `name`."""
        return View(
            "" if name == HEADING else self.lens,
            None if name == KIND else self.kind,
            "" if name == THEME else self.theme,
        )


@dataclass(frozen=True)
class Said:
    """A statement as it may be shown; its kind only where that kind has enough people in the review."""

    quote: Quote
    kind: Kind | None


class Saying:
    """The statements of one review and who made them, in no order that tells of anybody.

    `theme_of` gives statement id -> theme id. A review that is not `settled` is told in one list, without views.
    """

    def __init__(
        self, review: Review, statements: Sequence[Statement], theme_of: Mapping[str, str], *, settled: bool = True
    ) -> None:
        self._settled = settled
        self._named = review.anonymity is Anonymity.NAMED
        self._statements = [one for one in statements if review.question(one.question)]
        self._theme_of = theme_of
        self._lens_of = {question.key: question.lens or question.text for question in review.questions}
        self._order = [self._lens_of[question.key] for question in review.questions if question.type.is_open]
        self._counts = Counter(one.kind for one in self._statements if one.kind)

    @cached_property
    def raised(self) -> dict[str, set[str]]:
        """Theme id -> who raised it."""
        found = self._people(self._statements, THEME)
        found.pop("", None)
        return found

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Headings in the order of the questions, those of too few people together as one."""
        return self._in_order({self._place(one, HEADING) for one in self._statements})

    @cached_property
    def kinds(self) -> dict[Kind, int]:
        """Kinds with enough people -> statements."""
        return kinds_told(self._statements, named=self._named) if self._settled else {}

    @cached_property
    def kinds_together(self) -> tuple[tuple[Kind, ...], int]:
        """The kinds that are not told apart, and how many statements they have together."""
        rest = tuple(kind for kind in Kind if self._counts[kind] and kind not in self.kinds)
        return rest, sum(self._counts[kind] for kind in rest)

    def is_shown(self, view: View) -> bool:
        """Whether the view and every wider one stand apart: five people in each, and five or none in what is left.

        What is left is told together, over all choices of one sort: no sum of views leaves 1 to 4 people either.
        """
        return all(
            self.is_shown(view.without(name)) and value in self._told(view.without(name), name)
            for name, value in view.chosen.items()
            if (name, self.headings) != (HEADING, (value,))  # the only heading leaves nothing out
        )

    def under_headings(self, view: View) -> dict[str, tuple[Said, ...]]:
        """Heading -> its statements in the view; those of headings with too few people there stand together."""
        selected = self._select(view)
        told = {view.lens} if view.lens else self._told(view, HEADING)
        rest = TOGETHER if told else EVERYTHING
        found: dict[str, list[Said]] = {heading: [] for heading in (*self.headings, rest)}
        for one in selected:
            heading = self._place(one, HEADING)
            quote = Quote(one.id, one.text, one.project, one.review)
            kind = one.kind if one.kind in self.kinds else None
            found[heading if heading in told else rest].append(Said(quote, kind))
        return {heading: tuple(said) for heading, said in found.items() if said}

    @cached_property
    def _own(self) -> frozenset[str]:
        """Headings with enough people."""
        if not self._settled:
            return frozenset()
        people: dict[str, set[str]] = {}
        for one in self._statements:
            people.setdefault(self._lens_of[one.question], set()).add(one.response)
        return frozenset(people if self._named else parted(people))

    def _told(self, view: View, name: str) -> frozenset[str]:
        """The choices called `name` that stand apart in the view."""
        if not self._settled:
            return frozenset()
        people = self._people(self._select(view), name)
        return frozenset(people if self._named else parted(people))

    def _people(self, statements: Sequence[Statement], name: str) -> dict[str, set[str]]:
        people: dict[str, set[str]] = {}
        for one in statements:
            people.setdefault(self._place(one, name), set()).add(one.response)
        return people

    def _place(self, one: Statement, name: str) -> str:
        """Where the statement belongs among the choices called `name`."""
        if name == KIND:
            return str(one.kind or "")
        if name == THEME:
            return self._theme_of.get(one.id, "")
        lens = self._lens_of[one.question]
        if lens in self._own:
            return lens
        return TOGETHER if self._own else EVERYTHING

    def _select(self, view: View) -> list[Statement]:
        wanted = view.chosen.items()
        return [one for one in self._statements if all(self._place(one, name) == value for name, value in wanted)]

    def _in_order(self, headings: set[str]) -> tuple[str, ...]:
        known = dict.fromkeys((*self._order, *sorted(headings - {TOGETHER, EVERYTHING}), TOGETHER, EVERYTHING))
        return tuple(heading for heading in known if heading in headings)
