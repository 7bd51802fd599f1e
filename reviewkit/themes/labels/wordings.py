"""Groups of statements -> the words and phrases that each says, and what they are worth to it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.themes.labels.phrases import Reading

NAME_WORTH = 0.3
"""What a word written as a name is worth beside another: “dr natasha” is somebody's, not a theme's."""

HALF_WORTH = 0.5
"""What a phrase is worth that always stands inside a longer one."""

CHOICE = 5
"""So many phrases of usual words are a choice."""

MANY = 100
"""Of so many statements one phrase said by one source alone is chance; of a dozen, most are."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A phrase a group may be labelled with; `worth` compares with the other phrases of the same group only.

    `lone` is 0 where several sources say it, else nearer to 1 the larger the group; `whole` is how often, 0 to 1, it
    stands in no longer phrase.
    """

    key: Key
    text: str
    worth: float
    lone: float
    whole: float


class _Heard:
    """A word or phrase as one group says it: by whom, in which forms, how often, and how often in no longer phrase."""

    __slots__ = ("forms", "sources", "times", "weight", "whole")

    def __init__(self) -> None:
        self.weight, self.times, self.whole = 0.0, 0, 0
        self.sources: set[str] = set()
        self.forms: dict[str, int] = {}

    def again(self, form: str, source: str, weight: float) -> None:
        self.weight += weight
        self.times += 1
        self.sources.add(source)
        self.forms[form] = self.forms.get(form, 0) + 1

    @property
    def commonest(self) -> str:
        return min(self.forms.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))[0]

    @property
    def wholeness(self) -> float:
        return self.whole / self.times


class Wording:
    """The words and phrases of one group, each statement counting once per phrase, by its centrality."""

    def __init__(
        self, rows: Sequence[int], readings: dict[int, Reading], centrality: Sequence[float], sources: Sequence[str]
    ) -> None:
        self._size = min(1.0, len(rows) / MANY)
        self._words: defaultdict[str, _Heard] = defaultdict(_Heard)
        self._phrases: defaultdict[Key, _Heard] = defaultdict(_Heard)
        for row in rows:
            weight, source = 0.1 + centrality[row], sources[row]
            for stem, word in readings[row].content:
                self._words[stem].again(word, source, weight)
            for key, text, whole in {phrase.key: phrase for phrase in readings[row].phrases}.values():
                heard = self._phrases[key]
                heard.again(text, source, weight)
                heard.whole += whole
        self.stems = {stem: heard.weight for stem, heard in self._words.items()}
        self.weight = max(1e-9, sum(self.stems.values()))

    def surface(self, stem: str) -> str:
        """The form in which the group says the word most often."""
        return self._words[stem].commonest

    def spread(self, stem: str) -> float:
        """Towards 1 the more sources say the word: a name or a place belongs to its project, not to a theme."""
        return 1.0 - 1.0 / (1.0 + len(self._words[stem].sources))

    def worthiest(self, worth: dict[str, float], private: set[str], most: int) -> list[Candidate]:
        """At most `most` phrases by what their words are `worth`: those that several sources say, then the others.

        One with a word of `private` (see `names_and_private`) only where there are few others.
        """
        scored = sorted(
            (len(heard.sources) < 2, -_score(key, heard, worth), key) for key, heard in self._phrases.items()
        )
        usual = [entry for entry in scored if private.isdisjoint(entry[2])]
        chosen = (usual if len(usual) >= CHOICE else scored)[:most]
        return [self._candidate(key, lone, -score) for lone, score, key in chosen]

    def _candidate(self, key: Key, lone: bool, worth: float) -> Candidate:
        heard = self._phrases[key]
        return Candidate(key, heard.commonest, worth, lone * self._size, heard.wholeness)


def _score(key: Key, heard: _Heard, worth: dict[str, float]) -> float:
    """The worth of its words, not growing with their number, times how many say it, how centrally and how whole."""
    telling = sum([worth.get(stem, 0.0) for stem in key])
    said = 1.0 + 2.0 * math.log2(len(heard.sources))
    whole = HALF_WORTH + (1 - HALF_WORTH) * heard.wholeness
    return telling / math.sqrt(len(key)) * said * whole * heard.weight / heard.times


def worths(groups: Sequence[Wording], names: set[str]) -> list[dict[str, float]]:
    """For each group, what each of its words is worth to it: class-based TF-IDF (Grootendorst: BERTopic, 2022).

    How often the group says it, times how seldom the other groups do; less for what only one source says, and for
    `names`.
    """
    everywhere: defaultdict[str, float] = defaultdict(float)
    for group in groups:
        for stem, count in group.stems.items():
            everywhere[stem] += count
    mean_words = max(1.0, sum(everywhere.values()) / max(1, len(groups)))
    return [
        {
            stem: count
            / group.weight
            * math.log1p(mean_words / everywhere[stem])
            * group.spread(stem)
            * (NAME_WORTH if stem in names else 1.0)
            for stem, count in group.stems.items()
        }
        for group in groups
    ]


def names_and_private(readings: Mapping[int, Reading], sources: Sequence[str]) -> tuple[set[str], set[str]]:
    """Stems that most statements that say them write as names; stems that name no theme.

    Such are those that one statement alone says, often a typing error, and names that one of the `sources` (each row's)
    alone knows: its places and people.
    """
    said: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    knowing: defaultdict[str, set[str]] = defaultdict(set)
    for row, reading in readings.items():
        stems = {stem for stem, _ in reading.content}
        said.update(stems)
        raised.update(reading.names)
        for stem in reading.names:
            knowing[stem].add(sources[row])
    names = {stem for stem, count in raised.items() if 2 * count > said[stem]}
    once = {stem for stem, count in said.items() if count == 1}
    return names, once | {name for name in names if len(knowing[name]) == 1}
