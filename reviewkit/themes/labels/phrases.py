"""A statement -> its telling words, and the phrases in it that could stand on a card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from reviewkit.themes.labels.function_words import Language, language_of
from reviewkit.themes.wording import stem

MOST_WORDS = 4

MOST_SIGNS = 6
"""The longest phrase, in characters, where a script parts no words."""

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand"
_TIMES = (
    "minute minutes hour hours day days week weeks month months year years today yesterday tomorrow monday tuesday"
    " wednesday thursday friday saturday sunday january february march april june july august september october"
    " november december"
)
COUNTING = frozenset(f"{_NUMBERS} {_TIMES}".split())
"""How many and when, which every subject has: “three weeks” is no theme."""

SILENT_SIGNS = frozenset(
    "的了是在和也都就不很我你他她们这那有个与及并而之其被把对为从到让会能要没说得地着过吗呢吧はがをにでとのもやへ"
)
"""Chinese and Japanese characters that carry grammar more than a subject."""

PARTICLES = frozenset(["after", "away", "down", "off", "out", "over", "up"])
"""Words that often complete the one before: “well looked after”, “signed off”."""

_SIGN = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts that part no words: Thai, kana, Han."""

_SIGNS = re.compile(f"([{_SIGN}])")
_BETWEEN_SIGNS = re.compile(f"(?<=[{_SIGN}]) (?=[{_SIGN}])")

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""Compounds stay whole here: “go-live” and “top-up” are one word on a card."""

_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|dell|all|nell|un)'(?=.)")
"""What French and Italian write together with the next word: “l'équipe” is the team."""

_MARKER = re.compile(r"\[[a-z-]+\]")
"""What redaction leaves behind, as in “[name]”."""

_BREAK = re.compile(r"[^\w\s'’-]|\s-+\s|[_\n]")
"""A phrase never runs across punctuation."""


class Phrase(NamedTuple):
    """Stems of the words that are no articles; how it reads, lower case; whether it ends where its words end.

    A phrase is not `whole` where the next or the last word before it tells more (“vendor deliveries” of “late vendor
    deliveries”), or turns it round (“good training” of “no good training”).
    """

    key: tuple[str, ...]
    text: str
    whole: bool


class Reading(NamedTuple):
    """Of one statement: (stem, word) of each telling word in order; stems written as names are; its phrases."""

    content: list[tuple[str, str]]
    names: set[str]
    phrases: list[Phrase]


def read(text: str) -> Reading:
    """Every telling word and every candidate phrase of `text`, in reading order; repeats are given again.

    A phrase has 2 to 4 words (2 to 6 characters where a script parts none). Neither end is a word that says nothing
    (but for openers such as “not”), and at least two words, or one of three after an opener, say something.
    """
    clauses = [_WORD.findall(clause) for clause in _BREAK.split(_SIGNS.sub(r" \1 ", _MARKER.sub(".", text)))]
    spelled = [[word.replace("’", "'") for word in clause] for clause in clauses if clause]
    lowered = [[word.lower() for word in clause] for clause in spelled]
    language = language_of({word for clause in lowered for word in clause})
    content: list[tuple[str, str]] = []
    found: list[Phrase] = []
    for clause in lowered:
        telling = [_tells(word, language) for word in clause]
        content += _content(clause, telling)
        found += _phrases(clause, telling, language)
    return Reading(content, _names(spelled), found)


def _content(clause: list[str], telling: list[bool]) -> Iterator[tuple[str, str]]:
    for place, (word, tells) in enumerate(zip(clause, telling, strict=True)):
        if not tells:
            continue
        if not _is_sign(word):
            yield _stem(word), _ELIDED.sub("", word)
        elif place + 1 < len(clause) and telling[place + 1] and _is_sign(clause[place + 1]):
            yield word + clause[place + 1], word + clause[place + 1]


def _phrases(clause: list[str], telling: list[bool], language: Language) -> Iterator[Phrase]:
    for start, word in enumerate(clause):
        if not telling[start] and word not in language.openers:
            continue
        before = start == 0 or not (telling[start - 1] or clause[start - 1] in language.openers)
        most = MOST_SIGNS if _is_sign(word) else MOST_WORDS
        for end in range(start + 2, min(start + most, len(clause)) + 1):
            if end > start + 2 and not _joins(clause, end - 2, telling, language):
                break
            words = clause[start:end]
            if telling[end - 1] and _is_card(words, telling[start:end], language):
                after = end == len(clause) or not (telling[end] or clause[end] in PARTICLES)
                if key := _key(words, language):
                    yield Phrase(key, _shown(words), before and after)


def _joins(clause: list[str], place: int, telling: list[bool], language: Language) -> bool:
    """Whether the word may stand inside a phrase, neither first nor last."""
    word = clause[place]
    if not telling[place] and word not in language.inner:
        return False
    return word not in language.articles or _may_precede_article(clause[place - 1], language)


def _is_card(words: list[str], telling: list[bool], language: Language) -> bool:
    said = [_stem(word) for word, tells in zip(words, telling, strict=True) if tells]
    if len(said) > 1 and not _is_sign(words[0]) and _repeats(said):
        return False
    opened = words[0] in language.openers and len(words) > 2  # “too early” could stand on any card
    return len(said) >= (1 if opened else 2)


def _repeats(stems: list[str]) -> bool:
    """“thank thankful”, “helpful and helped”: in order of the alphabet a stem stands before those it begins."""
    return any(len(one) > 3 and other.startswith(one) for one, other in pairwise(sorted(stems)))


def _may_precede_article(word: str, language: Language) -> bool:
    """“waiting for the supplier”, “charged a fee”; not “difficulty the game”."""
    return (word in language.inner and word not in language.articles) or word.endswith(("ed", "ing"))


def _key(words: list[str], language: Language) -> tuple[str, ...]:
    """Stems; of a script that parts no words, pairs of neighbouring characters."""
    if _is_sign(words[0]):
        return tuple(one + other for one, other in pairwise(words) if one not in SILENT_SIGNS)
    return tuple(_stem(word) for word in words if word not in language.articles)


def _shown(words: list[str]) -> str:
    return _BETWEEN_SIGNS.sub("", " ".join([_ELIDED.sub("", words[0]), *words[1:]]))


def _names(clauses: list[list[str]]) -> set[str]:
    """Stems of words that are capitalised where nothing asks for it; none where most words are."""
    inside = [word for clause in clauses for word in clause[1:]]
    raised = [word for word in inside if word[0].isupper() and word[1:].islower() and word != "I"]
    return {_stem(word.lower()) for word in raised} if 3 * len(raised) <= len(inside) else set()


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return stem(_ELIDED.sub("", word))


@lru_cache(maxsize=65_536)
def _tells(word: str, language: Language) -> bool:
    if len(word) == 1:
        return _is_sign(word) and word not in SILENT_SIGNS
    bare = _ELIDED.sub("", word)
    return not (bare in language.silent or word in language.silent or bare in COUNTING or _says_no_word(bare))


def _says_no_word(word: str) -> bool:
    """Digits, and what was blacked out as “xxxx”."""
    return word.isdigit() or (len(set(word)) == 1 and not _is_sign(word))


def _is_sign(word: str) -> bool:
    return len(word) == 1 and _SIGNS.match(word) is not None
