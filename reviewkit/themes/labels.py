"""Groups of statements -> a label and keywords for each."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from reviewkit.language.ports import Encoder, Matrix
from reviewkit.themes.graph import unit
from reviewkit.themes.phrases import content, phrases
from reviewkit.themes.wording import stem, words

KEYWORDS = 5

SHORTLIST = 30
"""Phrases of a group that are compared by meaning."""

SAID_SHARE = 0.15
"""Weight of how worthy a phrase is beside how near it is, a cosine."""

Stems = tuple[str, ...]


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
) -> list[Label]:
    """A label for each group of rows of `texts`, unlike any other here and in `taken`.

    `vectors` (n, dim) are the texts' by `encoder`; `centrality` (0 to 1 for each text) weighs a statement's words;
    `sources` names each text's (its project), without which each text is its own. `known` gives names that each group
    may take as they are, the best first.

    Without one, a label is a phrase of 2 to 4 words that statements hold word for word. A word's worth for a group is
    its class-based TF-IDF (Grootendorst: BERTopic, 2022): how often the group says it, times how seldom the other
    groups do; phrases that several sources hold go first. Of the worthiest, that is taken whose own vector lies nearest
    to the group and farthest from the others. Groups earlier in the list choose first.
    """
    told = sources if sources is not None else [str(row) for row in range(len(texts))]
    parts = [_Wording(group, texts, centrality, told) for group in groups]
    worths = _worths(parts)
    named = known or [()] * len(groups)
    shortlists = [
        [] if names else part.shortlist(worth) for part, worth, names in zip(parts, worths, named, strict=True)
    ]
    ranked = _nearest_first(shortlists, groups, vectors, encoder)
    used = {_key(text) for text in taken}
    found: list[Label] = []
    for part, worth, names, phrases_of in zip(parts, worths, named, ranked, strict=True):
        wanted = chain(names, phrases_of, part.candidates(worth))
        text = next(text for text in wanted if _key(text) not in used)
        used.add(_key(text))
        found.append(Label(text, tuple(map(part.surface, _ranked(worth)[:KEYWORDS]))))
    return found


def _worths(parts: Sequence[_Wording]) -> list[dict[str, float]]:
    """For each group, what each of its words is worth to it."""
    everywhere: defaultdict[str, float] = defaultdict(float)
    for part in parts:
        for one, count in part.stems.items():
            everywhere[one] += count
    mean_words = max(1.0, sum(everywhere.values()) / max(1, len(parts)))
    return [
        {
            one: count / part.weight * math.log1p(mean_words / everywhere[one]) * part.spread(one)
            for one, count in part.stems.items()
        }
        for part in parts
    ]


def _nearest_first(
    shortlists: Sequence[Sequence[tuple[str, float]]],
    groups: Sequence[Sequence[int]],
    vectors: Matrix,
    encoder: Encoder,
) -> list[list[str]]:
    """Each group's phrases, those first that mean what the group means and what no other group does."""
    phrases = list(dict.fromkeys(phrase for shortlist in shortlists for phrase, _ in shortlist))
    if not phrases:
        return [[] for _ in shortlists]
    common = vectors.mean(axis=0)
    centres = unit(np.stack([vectors[list(group)].mean(axis=0) for group in groups])) - common
    nearness = dict(zip(phrases, (encoder.encode(phrases) - common) @ centres.T, strict=True))
    ranked = []
    for place, shortlist in enumerate(shortlists):
        best = max((score for _, score in shortlist), default=0.0) or 1.0
        fits = []
        for phrase, score in shortlist:
            own, others = nearness[phrase][place], np.delete(nearness[phrase], place)
            rival = max(float(others.max(initial=0.0)), 0.0)
            fits.append((float(own) - rival / 2 + SAID_SHARE * score / best, phrase))
        ranked.append([phrase for _, phrase in sorted(fits, key=lambda pair: (-pair[0], pair[1]))])
    return ranked


class _Wording:
    """The words and phrases of one group, each statement counting once per phrase, by its centrality."""

    def __init__(
        self, group: Sequence[int], texts: Sequence[str], centrality: Sequence[float], sources: Sequence[str]
    ) -> None:
        self.stems: defaultdict[str, float] = defaultdict(float)
        self._weights: defaultdict[Stems, float] = defaultdict(float)
        self._statements: Counter[Stems] = Counter()
        self._sources: defaultdict[Stems, set[str]] = defaultdict(set)
        self._forms: dict[Stems, Counter[str]] = defaultdict(Counter)
        self._texts = [texts[row] for row in sorted(group, key=lambda row: (-centrality[row], row))]
        for row in group:
            weight = 0.1 + centrality[row]
            for one, word in content(texts[row]):
                self.stems[one] += weight
                self._forms[(one,)][word] += 1
                self._sources[(one,)].add(sources[row])
            held = dict(phrases(texts[row]))
            for key, phrase in held.items():
                self._weights[key] += weight
                self._statements[key] += 1
                self._sources[key].add(sources[row])
                self._forms[key][" ".join(phrase)] += 1
        self.weight = max(1e-9, sum(self.stems.values()))

    def surface(self, stemmed: str) -> str:
        """The form in which the group says the word most often."""
        return self._commonest((stemmed,))

    def spread(self, stemmed: str) -> float:
        """Towards 1 the more sources say the word: a name or a place belongs to its project, not to a theme."""
        return 1.0 - 1.0 / (1.0 + len(self._sources[(stemmed,)]))

    def shortlist(self, worth: dict[str, float]) -> list[tuple[str, float]]:
        """The worthiest phrases with their scores."""
        return [(self._commonest(key), score) for score, key in self._scored(worth)[:SHORTLIST]]

    def candidates(self, worth: dict[str, float]) -> Iterable[str]:
        """Labels, the best first; never ends."""
        for _, key in self._scored(worth):
            yield self._commonest(key)
        yield from map(self.surface, _ranked(worth))
        opening = " ".join(words(self._texts[0])[:5]) if self._texts else ""
        yield opening or "unnamed"
        number = 2
        while True:
            yield f"{opening or 'unnamed'} {number}"
            number += 1

    def _scored(self, worth: dict[str, float]) -> list[tuple[float, Stems]]:
        scored = [(self._score(key, worth), key) for key in self._weights]
        return sorted(scored, key=lambda pair: (-pair[0], pair[1]))

    def _score(self, key: Stems, worth: dict[str, float]) -> float:
        """The worth of its words, not growing with their number, times how many say it and how centrally."""
        telling = [worth[one] for one in key if one in worth]
        if not telling:
            return 0.0
        said = 1.0 + 2.0 * math.log2(len(self._sources[key]))
        mean_weight = self._weights[key] / self._statements[key]
        return sum(telling) / math.sqrt(len(key)) * said * mean_weight

    def _commonest(self, key: Stems) -> str:
        return min(self._forms[key].items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))[0]


def _ranked(worth: dict[str, float]) -> list[str]:
    return sorted(worth, key=lambda one: (-worth[one], one))


def _key(text: str) -> str:
    return " ".join(sorted(stem(word) for word in words(text)))
