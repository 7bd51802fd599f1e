"""A query and candidate records -> how alike their words are, with rarity counted among the candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
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

TEXTS = 20_000
"""Texts whose stems are kept: lessons and briefs are read anew at every kickoff, some 100 words each."""

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
        asked, spoken, self._words = _spoken(query, [passage for passages in records for passage in passages])
        owners = np.repeat(np.arange(len(records)), [len(passages) for passages in records])
        self._rows = len(records)
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


class _Vocabulary:
    """The stems of texts as numbers of this process, found once for each text; safe for many threads."""

    def __init__(self) -> None:
        self._forms: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._texts: dict[str, Places] = {}
        self._given = count()

    @property
    def is_full(self) -> bool:
        return len(self._texts) >= TEXTS

    def of(self, texts: Sequence[str]) -> list[Places]:
        """The numbers of the stems of the content words of each text, in order."""
        new = [text for text in dict.fromkeys(texts) if text not in self._texts]
        if new:
            said = [WORD.findall(text) for text in new]
            forms = list(chain.from_iterable(said))
            for form in set(forms) - self._forms.keys():
                self._number(form)
            numbers = np.array([self._forms[form] for form in forms], dtype=np.intp)
            counted = np.append(0, np.cumsum(numbers >= 0))
            ends = counted[np.cumsum([len(words) for words in said])]
            self._texts |= zip(new, np.split(numbers[numbers >= 0], ends[:-1]), strict=True)
        return [self._texts[text] for text in texts]

    def _number(self, form: str) -> None:
        """Gives a word as it stands in a text the number of its stem; -1 if it has no subject."""
        stem = next(iter(stems(form)), None)
        self._forms[form] = -1 if stem is None else self._stems.setdefault(stem, next(self._given))


_known = _Vocabulary()


def _spoken(query: str, texts: Sequence[str]) -> tuple[Spoken, Spoken, int]:
    """The stems of the query and of the texts, numbered by when they are met first, and how many there are."""
    global _known
    if _known.is_full:
        _known = _Vocabulary()
    vocabulary = _known
    said = vocabulary.of((query, *texts))
    lengths = [len(numbers) for numbers in said]
    distinct, first, numbers = np.unique(np.concatenate(said), return_index=True, return_inverse=True)
    order = np.empty(len(distinct), np.intp)
    order[np.argsort(first)] = np.arange(len(distinct))
    stems, asked = order[numbers], lengths[0]
    owners = np.repeat(np.arange(len(texts)), lengths[1:])
    return Spoken(stems[:asked], np.zeros(asked, np.intp)), Spoken(stems[asked:], owners), len(distinct)


def _unit(row: Scores) -> Scores:
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-9))
