"""Column headings -> fields, each with a confidence in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from reviewkit.collect.importers.found import ColumnMatch
from reviewkit.domain.errors import Invalid, NoSuchColumn
from reviewkit.domain.words import Confidence

HAND = Sequence[tuple[str, str]]
"""(field, column) pairs that a person gave; an empty column keeps the field from being matched at all."""

_OWN, _SURE, _MEDIUM, _LOW = 1.1, 1.0, 0.6, 0.4
_PARTLY = 0.85
"""What a match by a part of the heading weighs: never so much that it is believed without looking."""
_NUMBERED = re.compile(r"\A\s*[Qq]?[0-9]{1,3}\s*[.):]\s+(?=\S)")
_CUSTOM = re.compile(r"custom field \((?P<name>.+)\)", re.IGNORECASE)
"""How Jira writes the headings of fields that were added to it."""
_REPEATED = re.compile(r"(?<!\s)\s+\([0-9 %–-]{1,9}\)$")
_PART = re.compile(
    r"(?P<whole>.{1,1000}?)(?:\s{0,9}\[(?P<bracket>[^\[\]]{1,500})\]|\s{1,9}-\s{1,9}(?P<dash>\S.*))\s*", re.DOTALL
)
"""A question and one of its rows or options, as LimeSurvey and Formbricks write them."""
_EMPTY = (
    "a an and are at be by did do does for from had has have how i in is it many me much my of on or our please should"
    " that the there these this to us was we were what when where which who why will with would you your"
)
_EMPTY_WORDS = frozenset(_EMPTY.split())
_LABELS = frozenset(["code", "id", "identifier", "key", "name", "no", "number", "ref"])
"""Words that say what a column holds and not of what: “our code” is not for that the code of a project."""
_NEGATIVE = frozenset(
    (
        "not",
        "no",
        "never",
        "didn",
        "don",
        "doesn",
        "wasn",
        "badly",
        "bad",
        "poorly",
        "worse",
        "wrong",
        "prevented",
        "failed",
    )
)


def match_headings(
    columns: Sequence[str],
    fields: Mapping[str, Sequence[str]],
    by_hand: HAND = (),
    *,
    name: str,
    fits: Callable[[str, str], bool] = lambda field, column: True,
) -> tuple[ColumnMatch, ...]:
    """Each field's column: what a person said, then what the headings say, best match first.

    Args:
        columns: the table's headings.
        fields: field -> the names it goes by; the field itself is always one of them.
        by_hand: a field may be given several columns here.
        name: the file's, for messages.
        fits: whether a column's cells could be values of a field; asked of automatic matches only.

    Returns:
        High confidence where heading and name are the same words, medium where one says all the other does or most
        words agree, low where some do. In the order of `fields`.

    Raises:
        NoSuchColumn, Invalid: a pair of `by_hand` names a column or a field that is not there.
    """
    chosen = [_by_hand(field, column, columns, fields, name) for field, column in by_hand if column]
    settled = {field for field, _ in by_hand}
    taken = {match.column for match in chosen}
    candidates = sorted(
        (-score, place, order, field, column)
        for place, (field, names) in enumerate(fields.items())
        if field not in settled
        for order, column in enumerate(columns)
        if column not in taken and (score := _closeness(column, (field, *names))) >= _LOW and fits(field, column)
    )
    for negative, _, _, field, column in candidates:
        if field not in settled and column not in taken:
            settled.add(field)
            taken.add(column)
            chosen.append(ColumnMatch(field, column, _in_words(-negative)))
    order = list(fields)
    return tuple(sorted(chosen, key=lambda match: (order.index(match.field), columns.index(match.column))))


def unused(columns: Iterable[str], matches: Iterable[ColumnMatch]) -> tuple[str, ...]:
    """Columns that no match uses."""
    used = {match.column for match in matches}
    return tuple(column for column in columns if column not in used)


def plain_words(text: str) -> str:
    """`text` in lower case, its words parted by single blanks: “Risk_ID (new)” -> “risk id new”."""
    text = unicodedata.normalize("NFKC", text).replace("#", " number ")
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def bare_heading(heading: str) -> str:
    """`heading` without its number, frame, scale or repetition: “3. ”, “Q3: ”, “Custom field (…)”, “ (1-5)”, “ (2)”."""
    framed = _CUSTOM.fullmatch(heading)
    return _REPEATED.sub("", framed["name"] if framed else _NUMBERED.sub("", heading, count=1))


def _by_hand(
    field: str, column: str, columns: Sequence[str], fields: Mapping[str, Sequence[str]], name: str
) -> ColumnMatch:
    if field not in fields:
        raise Invalid(f"There is no field “{field}” to map to; there are: {', '.join(fields)}.", field=field)
    for candidate in columns:
        if candidate == column:
            return ColumnMatch(field, candidate, Confidence.HIGH, by_hand=True)
    alike = [candidate for candidate in columns if plain_words(candidate) == plain_words(column)]
    if len(alike) != 1:
        raise NoSuchColumn(name, column, columns)
    return ColumnMatch(field, alike[0], Confidence.HIGH, by_hand=True)


def _closeness(heading: str, names: Iterable[str]) -> float:
    """From 0 for nothing in common to 1 for the same words, and a little above where it is the first name."""
    known = [plain_words(name) for name in names]
    return max((weight * _likeness(plain_words(said), known) for said, weight in _readings(heading)), default=0.0)


def _readings(heading: str) -> Iterator[tuple[str, float]]:
    """What of a heading may be meant: all of it, all but a tool's own frame, or the part of a question it is about."""
    yield heading, 1.0
    bare = bare_heading(heading)
    if bare != heading:
        yield bare, 1.0
    if part := _PART.fullmatch(bare):
        yield part["bracket"] or part["dash"], _PARTLY


def _likeness(said: str, names: Sequence[str]) -> float:
    """Of several names that are the same words the first is the likest."""
    if not said:
        return 0.0
    if said in names:
        return _OWN - (_OWN - _SURE) * names.index(said) / len(names)
    return max((_near(said, name) for name in names), default=0.0)


def _near(said: str, name: str) -> float:
    if said == name:
        return _SURE
    one, other = _telling(said), _telling(name)
    if not one or not other or _is_negative(said) != _is_negative(name):
        return 0.0
    smaller, larger = sorted((one, other), key=len)
    if one < other and one <= _LABELS:
        return 0.0
    if smaller <= larger and (len(smaller) > 1 or len(larger) <= 2):
        return 0.7 + 0.2 * len(smaller) / len(larger)
    shared = len(one & other) / len(one | other)
    spelled = SequenceMatcher(None, said, name).ratio() if len(said) < 200 and len(name) < 200 else 0.0
    return max(0.9 * shared, 0.9 * spelled if spelled >= 0.8 else 0.0)


def _telling(words: str) -> frozenset[str]:
    return frozenset(word for word in words.split() if word not in _EMPTY_WORDS)


def _is_negative(words: str) -> bool:
    """“What did not go well” shares its words with “what went well”, but says the opposite."""
    return not _NEGATIVE.isdisjoint(words.split())


def _in_words(closeness: float) -> Confidence:
    if closeness >= _SURE:
        return Confidence.HIGH
    return Confidence.MEDIUM if closeness >= _MEDIUM else Confidence.LOW
