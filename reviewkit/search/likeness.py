"""A pasted text and candidate passages -> how alike their words are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from reviewkit.themes.wording import stems


def likeness(query: str, texts: Sequence[str]) -> list[float]:
    """Cosine, 0 to 1, of TF-IDF weights over stems of `query` and each of `texts`.

    For a query that is a text itself: a lexical index counts each of its words once and alike, while here what it says
    often, and what few of the candidates say, weighs more. Rarity is counted among `texts`, which all hold some of the
    query's words, so that words that every candidate shares lose their weight.
    """
    spoken = [Counter(stems(text)) for text in texts]
    holding: Counter[str] = Counter()
    for words in spoken:
        holding.update(words.keys())
    rarity = {word: 1.0 + math.log((1 + len(texts)) / (1 + count)) for word, count in holding.items()}
    asked = {word: weight for word, weight in _weights(Counter(stems(query)), rarity).items() if word in rarity}
    length = math.sqrt(sum(weight * weight for weight in asked.values())) or 1.0
    return [_cosine(asked, _weights(words, rarity)) / length for words in spoken]


def _weights(words: Counter[str], rarity: dict[str, float]) -> dict[str, float]:
    return {word: (1.0 + math.log(count)) * rarity.get(word, 1.0) for word, count in words.items()}


def _cosine(asked: dict[str, float], held: dict[str, float]) -> float:
    """The cosine but for the length of `asked`."""
    length = math.sqrt(sum(weight * weight for weight in held.values())) or 1.0
    return sum(weight * asked[word] for word, weight in held.items() if word in asked) / length
