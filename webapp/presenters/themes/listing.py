"""All themes -> their list in two levels, by area, and by what the last run did to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.themes import Theme, ThemeRun
from reviewkit.domain.words import Area, ThemeChangeKind
from webapp.presenters.pages import Part, drawn, part
from webapp.presenters.themes.changes import DONE, Changes, changes_of, concerned, since_the_first
from webapp.presenters.themes.rows import ThemeRow, theme_row
from webapp.presenters.words import plural

AT_ONCE = 40


@dataclass(frozen=True)
class Narrowing:
    """The filters of the list; None and False where nothing is left out."""

    area: Area | None = None
    changed: ThemeChangeKind | None = None
    retired: bool = False

    @property
    def chosen(self) -> dict[str, str]:
        """As the address has them."""
        found = {"area": self.area or "", "changed": self.changed or "", "retired": "1" if self.retired else ""}
        return {name: str(value) for name, value in found.items() if value}


@dataclass(frozen=True)
class ThemeList:
    summary: str
    rows: Part[ThemeRow]
    areas: tuple[tuple[str, str, bool], ...]
    kinds_of_change: tuple[tuple[str, str, bool], ...]
    changes: Changes | None
    chosen: dict[str, str]
    retired: bool


def theme_list(
    themes: Sequence[Theme],
    children: Mapping[str, Sequence[Theme]],
    run: ThemeRun | None,
    *,
    narrowing: Narrowing,
    number: int,
) -> ThemeList:
    """Themes, widest reach first as given; `children` gives a theme's subthemes, `run` what the last run changed."""
    run = since_the_first(run, themes)
    touched = concerned(run)
    shown = [theme for theme in themes if _is_wanted(theme, narrowing, touched)]
    by_area = Counter(theme.area for theme in themes if theme.area)
    by_change = Counter(kind for theme in themes for kind in touched.get(theme.id, ()))
    present = {theme.id: theme for theme in (*themes, *(child for found in children.values() for child in found))}
    return ThemeList(
        summary=_summary(shown),
        rows=drawn(
            part(shown, number, AT_ONCE),
            lambda theme: theme_row(
                theme, children.get(theme.id, ()), [DONE[kind] for kind in touched.get(theme.id, ())]
            ),
        ),
        areas=tuple((str(one), f"{one} ({by_area[one]})", one is narrowing.area) for one in Area if by_area[one]),
        kinds_of_change=tuple(
            (str(kind), f"{DONE[kind]} ({by_change[kind]})", kind is narrowing.changed)
            for kind in ThemeChangeKind
            if by_change[kind]
        ),
        changes=changes_of(run, present),
        chosen=narrowing.chosen,
        retired=narrowing.retired,
    )


def _is_wanted(theme: Theme, narrowing: Narrowing, touched: Mapping[str, Sequence[ThemeChangeKind]]) -> bool:
    return (narrowing.area is None or theme.area is narrowing.area) and (
        narrowing.changed is None or narrowing.changed in touched.get(theme.id, ())
    )


def _summary(themes: Sequence[Theme]) -> str:
    recurring = sum(theme.is_recurring for theme in themes)
    return f"{plural(recurring, 'theme')} came up in two or more projects. The widest reach stands first."
