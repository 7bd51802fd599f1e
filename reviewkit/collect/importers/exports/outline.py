"""Notes of a retrospective in Markdown -> answers: headings are the columns, bullets the cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewkit.collect.importers.exports.cards import Board, Card, board_of

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>\S.*)")
_BULLET = re.compile(r"(?P<indent>\s*)(?:[-*+•]|[0-9]{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?P<text>\S.*)")
_MARKS = re.compile(r"[*_`]{1,3}(?=\S)(.{1,1000}?)(?<=\S)[*_`]{1,3}")
_TAB = 4


@dataclass(frozen=True)
class Bullet:
    """A bullet under a `heading`; `depth` is by how many columns it is indented, `parent` says whether the next bullet
    is indented more."""

    heading: str
    text: str
    depth: int
    parent: bool


def knows(text: str) -> bool:
    """A heading with a bullet below it, which no table has."""
    return next(bullets(text), None) is not None


def read(text: str, name: str) -> Board:
    return board_of(Card(bullet.heading, plain(bullet.text)) for bullet in bullets(text))


def bullets(text: str) -> Iterator[Bullet]:
    """Every bullet below a heading, lines that go on with it added; other paragraphs are left out."""
    heading = ""
    found: list[tuple[str, str, int]] = []
    going_on = False
    for line in map(str.rstrip, text.lstrip("\ufeff").expandtabs(_TAB).splitlines()):
        if title := _HEADING.fullmatch(line):
            heading, going_on = plain(title["text"].rstrip("#").rstrip() or title["text"]), False
        elif heading and (bullet := _BULLET.fullmatch(line)):
            found.append((heading, bullet["text"], len(bullet["indent"])))
            going_on = True
        elif going_on and line.startswith(" ") and line.strip():
            last, said, depth = found[-1]
            found[-1] = (last, f"{said} {line.strip()}", depth)
        else:
            going_on = False
    for place, (under, said, depth) in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        yield Bullet(under, said, depth, after is not None and after[0] == under and after[2] > depth)


def plain(text: str) -> str:
    """`text` without the marks of bold, italics and code around words."""
    return _MARKS.sub(r"\1", text).strip()
