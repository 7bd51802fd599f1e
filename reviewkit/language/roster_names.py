"""A roster of full names -> where a text names one of its people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{2,})*")
_BETWEEN = re.compile(r"[ .,_\-\u00a0\n]{0,3}")
_SENTENCE_END = re.compile(r"(?:\A|[.!?…:\n\-•*]\s*|[\"“(]\s*)\Z")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MONTHS = frozenset(("april", "may", "june", "july", "august", "march"))

WORDS = _words(
    """
    al amber an angel art bacon baker bank banks barber base basil beach bean bell berry best bill bird bishop black
    block bo bond boss bridge bridges bright brooks brown buddy bull burns bush butler camp carter case cash castle
    chambers chance chase chip christian church cliff close cook cooper cope coral cotton court crane cross crystal
    daisy dale dawn day de dean den der destiny do dot drew driver dry duke dyer earl east ed english fair faith
    farmer field fields finch fine fish fisher flood flower flowers ford forest fox frank french frost gene glass
    gold good grace grant graves gray green grey guy hall hand hands hardy harmony harper hart hay he head heard
    heart heath hill holly hood hook hope horn house hunt hunter in iris ivy jack jay jo job joiner joy judge key
    keys king kitchen knight la lake lamb lance lane large last law laws le lily little lock long lord love low
    major mark marks marsh mason max may mead means miles miller mills moon more moss nail newman nice nick noble
    norm north oaks olive on pace page paine palmer park parks pat peace pearl peg penny per pierce piper plant pole
    pool poor pope porter post potter pound power price prince quick rain ray read reed rice rich ring rivers rob
    robin rock rod root rose round ruby rush sage sail sailor salt sands sandy savage seal self sellers service
    sharp shepherd shore short silver singer skip sky slack small smart smith snow so south sparks speed spice
    spring star stark steel still stock stone stout straw street strong sue summer sweet swift tall tanner taylor
    temple thorn to tower town trainer trinity turner van victor vine violet von wade walker wall walls ward warden
    water waters weaver weeks wells west white wild will wing winter winters wise wolf wood woods works wright yard
    young
    """
)
"""Names that are also words: alone, they are taken for a person only with a capital inside a sentence."""


def find_names(text: str, roster: Iterable[str], *, fold: Callable[[str], str] = str) -> Iterator[tuple[int, int]]:
    """(start, end) of each naming of a person of `roster` in `text`; `fold` is what was done to `text` before.

    - A full name is found in any letter case and order: “Marit Halvorsen”, “HALVORSEN, Marit”, “marit.halvorsen”,
      and with an initial: “M. Halvorsen”.
    - A first name or surname alone is found in any letter case too, unless it is short or also a word (“Will”, “Mark”,
      “Baker”): then only with a capital inside a sentence, and not in a word of capitals alone. “Will they ask?”
      stays, so does a “Will” that opens a sentence and is a person; “May” alone is always the month.
    - Parts of a surname before its last word (“van”, “der”) are never taken alone.
    """
    people = [tuple(_plain(word.group()) for word in _WORD.finditer(fold(name))) for name in roster]
    alone = {name for person in people for name in (person[:1] + person[-1:]) if len(name) > 1}
    if not alone:
        return
    by_start: dict[str, set[tuple[str, ...]]] = {}
    for person in people:
        if len(person) > 1:
            first, last = person[0], person[-1]
            for order in (person, (last, *person[:-1]), (first, last), (first[0], last)):
                by_start.setdefault(order[0], set()).add(order)
    words = list(_WORD.finditer(text))
    folded = [_without_s(_plain(word.group()), alone) for word in words]
    at = 0
    while at < len(words):
        count = _longest(text, words, folded, at, by_start.get(folded[at], ()))
        if count:
            yield words[at].start(), words[at + count - 1].end()
        elif folded[at] in alone and _is_person(text, words[at], folded[at]):
            yield words[at].span()
        at += count or 1


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _without_s(word: str, alone: set[str]) -> str:
    """“Petries head”: the apostrophe is what people leave out first."""
    bare = word[:-1]
    return bare if word.endswith("s") and word not in alone and bare in alone and bare not in WORDS else word


def _longest(
    text: str, words: list[re.Match[str]], folded: list[str], at: int, orders: Iterable[tuple[str, ...]]
) -> int:
    """How many words from `at` on are one of `orders`; 0 where none is."""
    best = 0
    for order in orders:
        named = words[at : at + len(order)]
        if len(order) > best and tuple(folded[at : at + len(order)]) == order and _is_full_name(text, named, order):
            best = len(order)
    return best


def _is_full_name(text: str, named: list[re.Match[str]], order: tuple[str, ...]) -> bool:
    """Adjoining, and spelt like a name where its words are words: not “mark page 3”, “a baker”."""
    if not all(_BETWEEN.fullmatch(text, one.end(), other.start()) for one, other in pairwise(named)):
        return False
    capitals = all(word.group()[0].isupper() for word in named)
    if len(order[0]) == 1:
        return capitals and (order[-1] not in WORDS or text[named[0].end()] == ".")
    return capitals or not all(word in WORDS for word in order)


def _is_person(text: str, word: re.Match[str], folded: str) -> bool:
    if folded in MONTHS:
        return False
    if folded not in WORDS and len(folded) > 3:
        return True
    spelt = word.group()
    if not spelt[0].isupper():
        return False
    if folded not in WORDS:
        return True
    shouted = len(spelt) > 1 and spelt.isupper()
    return not shouted and not _SENTENCE_END.search(text, max(0, word.start() - 12), word.start())
