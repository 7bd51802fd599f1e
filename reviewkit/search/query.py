"""What somebody typed -> plain words for the lexical index."""

from __future__ import annotations

from collections import Counter

from reviewkit.themes.wording import STOP_WORDS, words

MAX_TERMS = 120
"""Terms of a pasted text beyond this add cost, not precision."""

TEXT_WORDS = 40
"""From so many words on a query is a text of its own (a brief, an event), and its words are weighed like a text's."""


def terms(query: str, *, cap: int = MAX_TERMS) -> list[str]:
    """Distinct words of `query` for the lexical index, at most `cap`, most repeated first, then in reading order.

    Stop words and single letters are dropped unless nothing would be left. Apostrophes part words, as they do in the
    index. Never query syntax: only letters and digits.
    """
    spoken = [part for word in words(query) for part in word.split("'")]
    telling = [word for word in spoken if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]
    counts = Counter(telling or spoken)
    return [word for word, _ in counts.most_common(cap)]


def is_text(query: str) -> bool:
    """Whether `query` is so long that how often it says a word tells what it is about; see `search.likeness`."""
    return len(query.split(maxsplit=TEXT_WORDS)) >= TEXT_WORDS
