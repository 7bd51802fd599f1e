"""A query and candidate records -> how alike their words are, with rarity counted among the candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from reviewkit.search.hybrid import Scores
from reviewkit.themes.wording import WORD, stems

Places: TypeAlias = NDArray[np.intp]

SATURATION = 1.2
"""k1 of BM25, its usual value (Robertson and Zaragoza: The Probabilistic Relevance Framework, 2009)."""

FEEDBACK_WORDS = 30
"""Words taken from the first hits: enough to hold their subject; 10 to 100 are usual."""

FEEDBACK_SHARE = 0.5
"""What they weigh beside the query's own words; usual values lie between 0.4 and 0.75."""


@dataclass(frozen=True)
class Spoken:
    """The stems of texts, one after the other; `texts` says which text each is of."""

    stems: Places
    texts: Places

    def pairs(self, stems: int) -> Places:
        """Each two that stand together in a text, as one number, where there are so many different `stems`."""
        return (self.stems[:-1] * stems + self.stems[1:])[self.together]

    @property
    def together(self) -> NDArray[np.bool_]:
        """Of each stem but the last, whether the next one is of the same text."""
        return np.equal(self.texts[:-1], self.texts[1:])


class Wordings:
    """The words of candidate records, counted once for all that is asked of them.

    Likeness is BM25 over stems and over pairs of neighbouring stems that the query has too (“flight software”), with
    full length normalisation (b = 1), so that nothing is won by length. What the query repeats weighs more, and so
    does what few candidates say: all of them hold some of its words, and those that all share tell them not apart.
    """

    def __init__(self, query: str, records: Sequence[Sequence[str]]) -> None:
        """`records` gives each record's passages."""
        stems = _Stems()
        asked = stems.of([query])
        spoken = stems.of([passage for passages in records for passage in passages])
        owners = np.repeat(np.arange(len(records)), [len(passages) for passages in records])
        self._rows, self._words = len(records), stems.known
        pairs = np.unique(asked.pairs(self._words))
        self._columns = self._words + len(pairs)
        self._row, self._column, self._weight = self._weighed(spoken, owners, pairs)
        holding = np.bincount(self._column, minlength=self._columns)
        self._rarity = np.log(1 + (self._rows - holding + 0.5) / (holding + 0.5))
        said = np.bincount(self._columns_of(asked, pairs)[0], minlength=self._columns)
        self._query = np.where(said, 1 + np.log(np.maximum(said, 1)), 0.0) * self._rarity * (holding > 0)

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

    def _weighed(self, spoken: Spoken, owners: Places, pairs: Places) -> tuple[Places, Places, Scores]:
        """(row, column, saturated count) of every stem or pair of the query that a record holds."""
        columns, texts = self._columns_of(spoken, pairs)
        lengths = np.bincount(owners[spoken.texts], minlength=self._rows)
        distinct, counts = np.unique(owners[texts] * self._columns + columns, return_counts=True)
        rows, columns = np.divmod(distinct, max(self._columns, 1))
        relative = lengths / max(float(lengths.mean()) if self._rows else 1.0, 1.0)
        return rows, columns, counts * (SATURATION + 1) / (counts + SATURATION * relative[rows])

    def _columns_of(self, spoken: Spoken, pairs: Places) -> tuple[Places, Places]:
        """The column of each stem, and of each pair that is one of `pairs` (ascending), with the text it is of."""
        standing = spoken.pairs(self._words)
        place = np.searchsorted(pairs, standing)
        known = np.append(pairs, -1)[place] == standing
        return (
            np.concatenate([spoken.stems, self._words + place[known]]),
            np.concatenate([spoken.texts, spoken.texts[:-1][spoken.together][known]]),
        )

    def _scores(self, query: Scores) -> Scores:
        summed = np.bincount(self._row, weights=self._weight * query[self._column], minlength=self._rows)
        return summed.astype(np.float64)


class _Stems(dict[str, int]):
    """A word as it stands in a text -> the number of its stem, by when it was met first; -1 if it has no subject."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}

    def __missing__(self, form: str) -> int:
        stem = _stem_of(form)
        self[form] = -1 if stem is None else self._numbers.setdefault(stem, len(self._numbers))
        return self[form]

    @property
    def known(self) -> int:
        return len(self._numbers)

    def of(self, texts: Sequence[str]) -> Spoken:
        """The stems of the content words of the texts, in order."""
        words = [WORD.findall(text) for text in texts]
        numbers = np.fromiter(map(self.__getitem__, chain.from_iterable(words)), dtype=np.intp)
        owners = np.repeat(np.arange(len(texts)), [len(said) for said in words])
        telling = numbers >= 0
        return Spoken(numbers[telling], owners[telling])


@lru_cache(maxsize=50_000)
def _stem_of(form: str) -> str | None:
    """The stem of a word as it stands in a text; None for one that carries no subject. See `themes.wording.stems`."""
    return next(iter(stems(form)), None)


def _unit(row: Scores) -> Scores:
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-9))
