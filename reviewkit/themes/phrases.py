"""A statement -> the phrases in it that could stand on a card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewkit.themes.wording import STOP_WORDS, stem

MOST_WORDS = 4

OPENERS = frozenset({"no", "not", "too", "more", "less", "never", "without"})
"""Stop words a label may begin with: “not enough time”, “too many meetings”."""

_INNER = "of for to in with on at from by between and or not no too enough many much the a own per"
INNER = frozenset(_INNER.split())
"""Stop words a label may hold inside: “lack of training”, “waiting for the supplier”."""

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand"
_TIMES = (
    "minute minutes hour hours day days week weeks month months year years today yesterday tomorrow monday tuesday"
    " wednesday thursday friday saturday sunday january february march april june july august september october"
    " november december"
)
COUNTING = frozenset(f"{_NUMBERS} {_TIMES}".split())
"""How many and when, which every subject has: “three weeks” is no theme."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""Compounds stay whole here: “go-live” and “top-up” are one word on a card."""

_MARKER = re.compile(r"\[[a-z-]+\]")
"""What redaction leaves behind, as in “[name]”."""

_BREAK = re.compile(r"[^\w\s'’-]|\s-+\s|[_\n]")
"""A phrase never runs across punctuation."""


def phrases(text: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(stems, words) of each candidate of 2 to 4 words, lower case, in reading order; repeats are given again.

    Neither end is a stop word (but for openers such as “not”), at most two inner words are, and at least two
    words, or one of three after an opener, say something. The stems are those of the words that are no articles.
    """
    for clause in _clauses(text):
        for start in range(len(clause)):
            if not _may_open(clause[start]):
                continue
            for end in range(start + 2, min(start + MOST_WORDS, len(clause)) + 1):
                phrase = clause[start:end]
                if _is_card(phrase):
                    yield tuple(stem(word) for word in phrase if word not in ("the", "a")), tuple(phrase)


def content(text: str) -> Iterator[tuple[str, str]]:
    """(stem, word) of each word that says something, lower case, in reading order."""
    for clause in _clauses(text):
        for word in clause:
            if _tells(word):
                yield stem(word), word


def _clauses(text: str) -> Iterator[list[str]]:
    for clause in _BREAK.split(_MARKER.sub(".", text)):
        if found := [match.group().lower().replace("’", "'") for match in _WORD.finditer(clause)]:
            yield found


def _tells(word: str) -> bool:
    return word not in STOP_WORDS and word not in COUNTING and len(word) > 1 and not word.isdigit()


def _may_open(word: str) -> bool:
    return word in OPENERS or _tells(word)


def _is_card(phrase: list[str]) -> bool:
    if not _tells(phrase[-1]):
        return False
    if any(word in STOP_WORDS and word not in INNER for word in phrase[1:-1]):
        return False
    telling = [word for word in phrase if _tells(word)]
    opened = phrase[0] in OPENERS and len(phrase) > 2  # “too early” could stand on any card
    return len(set(telling)) == len(telling) and len(telling) >= (1 if opened else 2)
