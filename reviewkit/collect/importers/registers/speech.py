"""A register's rows -> how it writes levels, days and words, so that a changed cell looks like the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reviewkit.collect.importers.cells import level_word, word_of
from reviewkit.collect.importers.headings import plain_words
from reviewkit.collect.importers.registers.tools import WORDS
from reviewkit.collect.importers.registers.words import CLOSED_FIELDS, RESPONSE
from reviewkit.domain.registers import RegisterLayout, RiskSource

_LADDERS = (
    ("very low", "low", "medium", "high", "very high"),
    ("rare", "unlikely", "possible", "likely", "almost certain"),
    ("insignificant", "minor", "moderate", "major", "critical"),
    ("negligible", "minor", "moderate", "severe", "catastrophic"),
)
_DAY_FORMATS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%m/%d/%y"),
    *("%d-%b-%Y", "%d-%b-%y", "%d/%b/%Y", "%d/%b/%y", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y"),
)


@dataclass(frozen=True)
class Scale:
    """How a column writes the levels 1 to 5: as numbers up to `top`, or in `words`."""

    top: float | None
    words: Mapping[int, str]
    sign: str = ""


class Speech:
    """How the rows of one layout write things."""

    def __init__(self, layout: RegisterLayout, sources: Sequence[RiskSource]) -> None:
        self._layout = layout
        self._sources = sources
        self._place = {column: place for place, column in enumerate(layout.columns)}

    def project(self, key: str) -> str:
        """What the rows call the project, its key where they do not."""
        return next((cell for cell, source in self._cells("project") if source.read.project == key and cell), key)

    def scale(self, name: str) -> Scale:
        cells = [cell for cell, _ in self._cells(name) if cell.strip()]
        top = self._layout.tops.get(name)
        if top is not None or not cells:
            return Scale(top or 5, {}, "%" if cells and all("%" in cell for cell in cells) else "")
        return Scale(None, _words_of(cells))

    def day_format(self, name: str) -> str:
        """As `date.strftime` takes it; ISO 8601 where the cells follow no pattern known here."""
        known = [(cell.strip(), day) for cell, source in self._cells(name) if (day := getattr(source.read, name))]
        for written in _DAY_FORMATS:
            if known and all(_starts(cell, day_text(day, written)) for cell, day in known):
                return written
        return ""

    def word(self, name: str, value: object) -> str:
        """The value in the words of these rows, else of their tool, else in ours."""
        if value is None:
            return ""
        words = RESPONSE if name == "response" else CLOSED_FIELDS[name]
        said = Counter(
            cell.strip()
            for cell, source in self._cells(name)
            if cell and words.get(plain_words(cell)) == value == getattr(source.read, name)
        )
        if said:
            return said.most_common(1)[0][0]
        told = WORDS.get(self._layout.tool, {}).get(name, {}).get(value, str(value))
        others = [cell.strip() for cell, _ in self._cells(name) if word_of(cell, words) is not None]
        return _cased(told, others)

    def _cells(self, name: str) -> list[tuple[str, RiskSource]]:
        columns = self._layout.columns_of(name)[:1]
        return [(source.cells[self._place[column]], source) for column in columns for source in self._sources]


def level_text(level: int | None, scale: Scale) -> str:
    """A level from 1 to 5 on the column's scale: the upper end of its band."""
    if level is None:
        return ""
    if scale.top is None:
        return scale.words[level]
    return f"{level * scale.top / 5:g}{scale.sign}"


def day_text(day: date | None, written: str) -> str:
    return "" if day is None else day.strftime(written) if written else day.isoformat()


def _words_of(cells: Sequence[str]) -> dict[int, str]:
    """A word for each level: those of the cells, and for levels they do not have those that go with them."""
    said: dict[int, Counter[str]] = {}
    for cell in cells:
        if (level := level_word(cell)) is not None:
            said.setdefault(level, Counter())[cell.strip()] += 1
    spoken = {plain_words(cell) for cell in cells}
    ladder = max(_LADDERS, key=lambda words: len(spoken & set(words)))
    return {
        level: said[level].most_common(1)[0][0] if level in said else _cased(word, cells)
        for level, word in enumerate(ladder, start=1)
    }


def _cased(word: str, others: Sequence[str]) -> str:
    """The word with a capital where the others have one."""
    filled = [cell for cell in others if cell]
    return word[:1].upper() + word[1:] if filled and all(cell[:1].isupper() for cell in filled) else word


def _starts(cell: str, day: str) -> bool:
    """Whether the cell begins with the day, whatever its letter case and leading noughts."""
    plain = [text.casefold().lstrip("0") for text in (cell, day)]
    return plain[0].startswith(plain[1])
