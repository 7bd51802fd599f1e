"""A query and candidate records -> how alike their words are, with rarity counted among the candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from reviewkit.themes.wording import WORD, stems

Scores: TypeAlias = NDArray[np.float64]

SATURATION = 1.2
"""k1 of BM25, its usual value (Robertson and Zaragoza: The Probabilistic Relevance Framework, 2009)."""

FEEDBACK_WORDS = 30
"""Words taken from the first hits: enough to hold their subject; 10 to 100 are usual."""

FEEDBACK_SHARE = 0.5
"""What they weigh beside the query's own words; usual values lie between 0.4 and 0.75."""


class Wordings:
    """The words of candidate records, counted once for all that is asked of them.

    Likeness is BM25 over stems and over pairs of neighbouring stems that the query has too (“flight software”), with
    full length normalisation (b = 1), so that nothing is won by length. What the query repeats weighs more, and so
    does what few candidates say: all of them hold some of its words, and those that all share tell them not apart.
    """

    def __init__(self, query: str, records: Sequence[Sequence[str]]) -> None:
        """`records` gives each record's passages."""
        stems = _Stems()
        asked = stems.numbers(query)
        spoken = [(row, stems.numbers(passage)) for row, passages in enumerate(records) for passage in passages]
        pairs = {pair: len(stems) + place for place, pair in enumerate(dict.fromkeys(pairwise(asked)))}
        self._rows, self._words = len(records), len(stems)
        self._columns = len(stems) + len(pairs)
        self._row, self._column, self._weight = self._weighed(spoken, pairs)
        holding = np.bincount(self._column, minlength=self._columns)
        self._rarity = np.log(1 + (self._rows - holding + 0.5) / (holding + 0.5))
        said = Counter([*asked, *(pairs[pair] for pair in pairwise(asked))])
        self._query = np.zeros(self._columns)
        self._query[list(said)] = 1 + np.log(list(said.values()))
        self._query *= self._rarity * (holding > 0)

    def likeness(self) -> Scores:
        """(records,): how much each says of what the query says, 0 upwards."""
        return self._scores(self._query)

    def likeness_to_more(self, hits: Sequence[int], shares: Scores) -> Scores:
        """The same for the query with the most telling words of some records added; `shares` weighs the `hits`.

        Rocchio: Relevance Feedback in Information Retrieval (1971), with the hits taken as relevant.
        """
        share = np.zeros(self._rows)
        share[list(hits)] = shares
        said = np.bincount(self._column, weights=share[self._row] * self._weight, minlength=self._columns)
        more = said * self._rarity
        more[self._words :] = 0.0
        more[np.argsort(-more, kind="stable")[FEEDBACK_WORDS:]] = 0.0
        return self._scores(_unit(self._query) + FEEDBACK_SHARE * _unit(more))

    def _weighed(
        self, spoken: Sequence[tuple[int, Sequence[int]]], pairs: dict[tuple[int, int], int]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], Scores]:
        """(row, column, saturated count) of every stem or pair of the query that a record holds."""
        lengths = np.zeros(self._rows)
        keys: list[NDArray[np.intp]] = []
        followers = {first for first, _ in pairs}
        for row, numbers in spoken:
            lengths[row] += len(numbers)
            together = [
                pairs[pair]
                for place, first in enumerate(numbers[:-1])
                if first in followers and (pair := (first, numbers[place + 1])) in pairs
            ]
            keys.append(np.array([*numbers, *together], dtype=np.intp) + row * self._columns)
        distinct, counts = np.unique(np.concatenate([*keys, np.empty(0, np.intp)]), return_counts=True)
        rows, columns = np.divmod(distinct, max(self._columns, 1))
        relative = lengths / max(float(lengths.mean()) if self._rows else 1.0, 1.0)
        return rows, columns, counts * (SATURATION + 1) / (counts + SATURATION * relative[rows])

    def _scores(self, query: Scores) -> Scores:
        summed = np.bincount(self._row, weights=self._weight * query[self._column], minlength=self._rows)
        return summed.astype(np.float64)


class _Stems:
    """Numbers for stems, in the order they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self, text: str) -> list[int]:
        """Those of the content words of `text`, in order."""
        numbers = self._numbers
        return [numbers.setdefault(one, len(numbers)) for one in _spoken(text)]


@lru_cache(maxsize=5_000)
def _spoken(text: str) -> tuple[str, ...]:
    """The stems of the content words of `text`, in order; the same few passages are read at one query after another."""
    return tuple(one for one in map(_stem_of, WORD.findall(text)) if one is not None)


@lru_cache(maxsize=50_000)
def _stem_of(form: str) -> str | None:
    """The stem of a word as it stands in a text; None for one that carries no subject. See `themes.wording.stems`."""
    return next(iter(stems(form)), None)


def _unit(row: Scores) -> Scores:
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-9))
