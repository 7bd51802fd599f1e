"""Groups of statements -> a label and keywords for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from reviewkit.language.ports import Encoder, Matrix
from reviewkit.themes.labels.phrases import Reading, read
from reviewkit.themes.labels.recall import Recall
from reviewkit.themes.labels.wordings import Candidate, Wording, names_and_private, worths
from reviewkit.themes.wording import STOP_WORDS, stem, words

KEYWORDS = 5

READ, READ_AT_LEAST = 6_000, 16
"""Statements read in all, shared among the groups, and how many of each at least: the most central say what it is."""

WORTHY, WORTHY_AT_MOST, WORTHY_AT_LEAST = 3_000, 60, 20
"""Phrases that are tried as queries by their words: in all, and of one group."""

ENCODED, ENCODED_AT_MOST, ENCODED_AT_LEAST = 800, 12, 3
"""Phrases that are tried by meaning too: in all, and of one group. Each costs the encoder about a millisecond."""

MOST_ENCODED = 4_000
"""Beyond so many, words alone decide."""

WORTH_SHARE = 0.1
"""Weight of how worthy a phrase is beside the share of its own statements among those it brings, both 0 to 1."""

LONE_COST = 0.05
"""What counts against a phrase that only one source of a large group says: it finds the statements by chance."""

PART_COST = 0.05
"""What counts against a phrase that always stands inside a longer one."""


@dataclass(frozen=True)
class Label:
    """What to write on a theme's card; lower case. `keywords` are at most five, the most telling first."""

    text: str
    keywords: tuple[str, ...]


def labels_of(
    groups: Sequence[Sequence[int]],
    texts: Sequence[str],
    vectors: Matrix,
    centrality: Sequence[float],
    encoder: Encoder,
    *,
    sources: Sequence[str] | None = None,
    known: Sequence[Sequence[str]] = (),
    taken: Iterable[str] = (),
    readings: dict[int, Reading] | None = None,
) -> list[Label]:
    """A label for each group of rows of `texts`, unlike any other here and in `taken`.

    `vectors` (n, dim) are the texts' by `encoder`; `centrality` (0 to 1 for each text) weighs a statement's words;
    `sources` names each text's (its project), without which each text is its own. `known` gives names that each group
    may take as they are, the best first. `readings`, row -> what was read in it, are used and added to: themes and
    their subthemes are made of the same texts.

    Without one, a label is a phrase of 2 to 4 words that statements hold word for word. Of those worthiest for the
    group (see `wordings.worths`), that is taken which, asked for as a query, brings the group's own statements first.
    Groups earlier in the list choose first. Large groups are known by their most central statements.
    """
    told = sources if sources is not None else [str(row) for row in range(len(texts))]
    rows_of = _most_central(groups, centrality)
    readings = {} if readings is None else readings
    rows_read = dict.fromkeys(chain.from_iterable(rows_of))
    readings |= {row: read(texts[row]) for row in rows_read if row not in readings}
    wordings = [Wording(rows, readings, centrality, told) for rows in rows_of]
    written_as_names, private = names_and_private({row: readings[row] for row in rows_read}, told)
    worth_of = worths(wordings, written_as_names)
    used = {_key(text) for text in taken}
    names = _free_names(known or [()] * len(groups), used)
    tried = _each(len(groups), WORTHY, WORTHY_AT_MOST, WORTHY_AT_LEAST)
    worthy = [
        [] if name else wording.worthiest(worth, private, tried)
        for wording, worth, name in zip(wordings, worth_of, names, strict=True)
    ]
    ranked = _own_first(worthy, rows_of, readings, vectors, encoder)
    found: list[Label] = []
    for wording, worth, name, phrases, rows in zip(wordings, worth_of, names, ranked, rows_of, strict=True):
        keywords = [wording.surface(one) for one in sorted(worth, key=lambda one: (-worth[one], one))[:KEYWORDS]]
        opening = words(texts[rows[0]])[:5] if rows else []
        text = name or next(text for text in chain(phrases, _spare(keywords, opening)) if _key(text) not in used)
        used.add(_key(text))
        found.append(Label(text, tuple(keywords)))
    return found


def _free_names(known: Sequence[Sequence[str]], used: set[str]) -> list[str]:
    """The first name of each group that none before it took, blank where there is none; adds them to `used`."""
    found = []
    for names in known:
        found.append(next((name for name in names if _key(name) not in used), ""))
        if found[-1]:
            used.add(_key(found[-1]))
    return found


def _most_central(groups: Sequence[Sequence[int]], centrality: Sequence[float]) -> list[list[int]]:
    """The rows of each group that are read, the most central first."""
    most = _each(len(groups), READ, READ, READ_AT_LEAST)
    return [sorted(group, key=lambda row: (-centrality[row], row))[:most] for group in groups]


def _each(groups: int, in_all: int, at_most: int, at_least: int) -> int:
    """A group's share of a budget."""
    return max(at_least, min(at_most, in_all // max(1, groups)))


def _own_first(
    worthy: Sequence[Sequence[Candidate]],
    rows_of: Sequence[Sequence[int]],
    readings: dict[int, Reading],
    vectors: Matrix,
    encoder: Encoder,
) -> list[list[str]]:
    """Each group's phrases, those first that bring its own statements and are worthy.

    All are tried by their words; the best of these by their vectors too.
    """
    rows = [row for group in rows_of for row in group]
    of_group = np.repeat(np.arange(len(rows_of)), [len(group) for group in rows_of])
    recall = Recall(vectors[rows], [_searched(readings[row]) for row in rows], of_group)
    tried = [(group, one) for group, candidates in enumerate(worthy) for one in candidates]
    shares = recall.by_words([one.key for _, one in tried], [group for group, _ in tried])
    ranked = _ranked(tried, shares, len(worthy))
    each = _each(len(worthy), ENCODED, ENCODED_AT_MOST, ENCODED_AT_LEAST)
    finalists = [(group, one) for group, candidates in enumerate(ranked) for one in candidates[:each]]
    if not finalists or len(finalists) > MOST_ENCODED:
        return [[one.text for one in candidates] for candidates in ranked]
    shares = recall.by_both(
        [one.key for _, one in finalists],
        encoder.encode([one.text for _, one in finalists]),
        [group for group, _ in finalists],
    )
    best = _ranked(finalists, shares, len(worthy))
    return [
        list(dict.fromkeys(one.text for one in (*first, *candidates)))
        for first, candidates in zip(best, ranked, strict=True)
    ]


def _searched(reading: Reading) -> list[str]:
    """Stems of the words that a search looks for."""
    return [one for one, word in reading.content if word not in STOP_WORDS]


def _ranked(tried: Sequence[tuple[int, Candidate]], shares: Sequence[float], groups: int) -> list[list[Candidate]]:
    """The phrases of each group by the share of their own statements, and their worth beside it."""
    most = [0.0] * groups
    for group, one in tried:
        most[group] = max(most[group], one.worth)
    scored: list[list[tuple[float, str, Candidate]]] = [[] for _ in range(groups)]
    for (group, one), share in zip(tried, shares, strict=True):
        worth = one.worth / most[group] if most[group] else 0.0
        fits = float(share) + WORTH_SHARE * worth - LONE_COST * one.lone - PART_COST * (1 - one.whole)
        scored[group].append((-fits, one.text, one))
    return [[one for _, _, one in sorted(candidates, key=lambda entry: entry[:2])] for candidates in scored]


def _spare(keywords: Sequence[str], opening: Sequence[str]) -> Iterator[str]:
    """Labels for a group whose phrases are none or taken; never ends."""
    first = keywords[:1]
    yield from (f"{one} and {other}" for one in first for other in keywords[1:])
    yield from keywords
    plain = " ".join(opening) or "unnamed"
    yield plain
    number = 2
    while True:
        yield f"{plain} {number}"
        number += 1


def _key(text: str) -> str:
    return " ".join(sorted(stem(word) for word in words(text)))
