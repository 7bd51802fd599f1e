"""A query and a hit's text -> where the text answers the query's words."""

from __future__ import annotations

from reviewkit.search.query import terms
from reviewkit.themes.wording import WORD, stem


def marks(query: str, text: str) -> list[tuple[int, int]]:
    """(start, end) offsets of the words of `text` that share a stem with a word of `query`, in order."""
    wanted = {stem(term) for term in terms(query)}
    return [match.span() for match in WORD.finditer(text) if stem(match.group().lower().replace("’", "'")) in wanted]


def excerpt(query: str, text: str, *, width: int = 240) -> tuple[int, int]:
    """(start, end) of a window of about `width` characters that holds most marked words, cut between words."""
    if len(text) <= width:
        return 0, len(text)
    spans = marks(query, text)
    starts = [start for start, _ in spans] or [0]
    best, held, right = starts[0], 0, 0
    for left, start in enumerate(starts):
        while right < len(starts) and starts[right] < start + width:
            right += 1
        if right - left > held:
            best, held = start, right - left
    begin = _after_blank(text, max(0, min(best - width // 6, len(text) - width)))
    return begin, _before_blank(text, begin, min(len(text), begin + width))


def _after_blank(text: str, at: int) -> int:
    if at == 0:
        return 0
    blank = text.find(" ", at, at + 40)
    return at if blank < 0 else blank + 1


def _before_blank(text: str, begin: int, at: int) -> int:
    if at == len(text):
        return at
    blank = text.rfind(" ", max(begin, at - 40), at)
    return at if blank <= begin else blank
