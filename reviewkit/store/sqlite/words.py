"""Query words -> BM25 of every passage that holds any, from the lists that the FTS5 index keeps."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import RLock
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from reviewkit.store.sqlite.connection import MEMORY, connect
from reviewkit.store.sqlite.packed import where

TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"
"""How the index of `passages` parts and stems words; a query must do the same."""

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""k1 and b of Robertson and Zaragoza: The Probabilistic Relevance Framework (2009), as FTS5 has them."""

LEAST_RARITY = 1e-6
"""What a word that more than half of the passages hold still counts, as in FTS5."""

MOST_POSTINGS = 60_000
"""Passages, counted once for each word they hold, that a query is read for. Beyond, the commonest words of a long query
are left out, which tell least; where passages times words are no more than this, none is. Over 1,000,000 statements the
ten hits of a query share 98 % with those of an unbounded one, and what was looked for stands as high."""

CACHED_POSTINGS = 8_000_000
"""Kept in memory, 8 bytes each: common words return from query to query."""

SAMPLE = 64
"""How common a word is is estimated over one part in so many of the numbers, which are hashes."""

Places: TypeAlias = npt.NDArray[np.int32]
Weights: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Postings:
    """Which passages hold a word (places, ascending), and what it is worth in each."""

    places: Places
    weights: Weights


class Words:
    """BM25 over the passages with these numbers (ascending) and lengths in words; exactly FTS5's own.

    FTS5 looks up the length of each passage it scores and walks the list of each word once more to count it, 3 µs a
    passage; here the lists are fetched whole, 0.1 µs a passage, and those asked for last are kept.
    """

    def __init__(self, numbers: npt.NDArray[Any], lengths: npt.NDArray[Any]) -> None:
        self._numbers = numbers
        mean = float(lengths.mean()) if len(lengths) else 1.0
        self._norms = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths.astype(np.float32) / max(mean, 1e-9))
        self._held: OrderedDict[str, Postings] = OrderedDict()
        self._kept = 0
        self._lock = RLock()

    def scores(self, db: Database, terms: Sequence[str]) -> tuple[Places, Weights]:
        """Passages that hold any of `terms` (places, ascending) and their BM25.

        A term of several words is met where all of them stand.
        """
        found = [postings for term in self._telling(db, terms) if len((postings := self._meeting(db, term)).places)]
        if not found:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        total, holding = np.zeros(len(self._numbers), np.float32), np.zeros(len(self._numbers), np.bool_)
        for postings in found:
            total[postings.places] += postings.weights
            holding[postings.places] = True
        places = np.flatnonzero(holding).astype(np.int32)
        return places, total[places]

    def _telling(self, db: Database, terms: Sequence[str]) -> list[tuple[str, ...]]:
        """The terms' words, the rarest up to the bound, in the order given."""
        parted = [words for term in terms if (words := tokens_of(term))]
        if len(self._numbers) * len(parted) <= MOST_POSTINGS:
            return parted
        common = {word: self._estimate(db, word) for words in parted for word in words}
        kept: set[tuple[str, ...]] = set()
        seen = 0
        for words in sorted(parted, key=lambda words: min(common[word] for word in words)):
            seen += min(common[word] for word in words)
            if kept and seen > MOST_POSTINGS:
                break
            kept.add(words)
        return [words for words in parted if words in kept]

    def _estimate(self, db: Database, word: str) -> int:
        known = self._held.get(word)
        if known is not None:
            return len(known.places)
        bar = int(self._numbers[len(self._numbers) // SAMPLE])
        sql = "SELECT count(*) FROM passages_index WHERE passages_index MATCH ? AND rowid < ?"
        return int(db.execute(sql, [f'"{word}"', bar]).fetchone()[0]) * SAMPLE

    def _meeting(self, db: Database, words: tuple[str, ...]) -> Postings:
        postings = [self._postings(db, word) for word in dict.fromkeys(words)]
        if len(postings) == 1:
            return postings[0]
        places: Places = postings[0].places
        for other in postings[1:]:
            places = places[where(other.places, places)[1]]
        weights = sum(one.weights[where(one.places, places)[0]] for one in postings)
        return Postings(places, np.asarray(weights, dtype=np.float32))

    def _postings(self, db: Database, word: str) -> Postings:
        with self._lock:
            if word in self._held:
                self._held.move_to_end(word)
                return self._held[word]
        made = self._read(db, word)
        with self._lock:
            if word not in self._held:
                self._held[word] = made
                self._kept += len(made.places)
            while self._kept > CACHED_POSTINGS and len(self._held) > 1:
                self._kept -= len(self._held.popitem(last=False)[1].places)
        return made

    def _read(self, db: Database, word: str) -> Postings:
        text = db.execute("SELECT group_concat(doc) FROM passages_words WHERE term = ?", [word]).fetchone()[0]
        said = np.fromstring(text or "", dtype=np.int64, sep=",")  # once for each time that it is said, in order
        begins = np.flatnonzero(np.diff(said, prepend=-1))
        numbers, times = said[begins], np.diff(begins, append=len(said))
        place, known = where(self._numbers, numbers)
        places = place[known].astype(np.int32)
        every, holding = len(self._numbers), len(places)
        rarity = max(math.log((every - holding + 0.5) / (holding + 0.5)), LEAST_RARITY)
        weights = rarity * (SATURATION + 1) * times[known] / (times[known] + self._norms[places])
        return Postings(places, weights.astype(np.float32))


@lru_cache(maxsize=20_000)
def tokens_of(term: str) -> tuple[str, ...]:
    """The words that FTS5 makes of a term, in order; none of a term without letters and digits."""
    with _lock:
        db = _tokenizer()
        db.execute("INSERT INTO spoken (rowid, text) VALUES (1, ?)", [term.encode("utf-8", "ignore").decode()])
        try:
            return tuple(row[0] for row in db.execute("SELECT term FROM heard ORDER BY offset").fetchall())
        finally:
            db.execute("INSERT INTO spoken (spoken) VALUES ('delete-all')")


_lock = RLock()


@lru_cache(maxsize=1)
def _tokenizer() -> Database:
    db = connect(MEMORY)
    db.executescript(f"""
        CREATE VIRTUAL TABLE spoken USING fts5 (text, content = '', columnsize = 0, {TOKENS});
        CREATE VIRTUAL TABLE heard USING fts5vocab (spoken, instance);
    """)
    return db
