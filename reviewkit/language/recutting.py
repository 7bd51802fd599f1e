"""An answer that was cut in another way -> which of its new statements says what an old one said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reviewkit.domain.reviews import Statement

ALIKE = 0.8
"""Share of words from which two cuts of one answer are the same claim: one word more or less in a short one."""

_WORDS = re.compile(r"\w+")


def heir(text: str, text_hash: str, question: str, after: Sequence[Statement]) -> Statement | None:
    """The statement of `after` that says what `text` said in the same answer: the very words, else 0.8 of them.

    The share is that of the words both have, each as often as both have it, in the longer of the two. Blank `text`
    is known by its hash only, a blank `question` by the words wherever they stand. None where nothing is near enough.
    """
    near = [one for one in after if question in ("", one.question)]
    same = next((one for one in near if one.text_hash == text_hash), None)
    if same is not None or not text:
        return same
    best = max(near, key=lambda one: shared(text, one.text), default=None)
    return best if best is not None and shared(text, best.text) >= ALIKE else None


def shared(one: str, other: str) -> float:
    """Share of words that two texts have in common, 0 to 1; letters' case and marks between words do not count."""
    ours, theirs = (Counter(_WORDS.findall(text.casefold())) for text in (one, other))
    longest = max(ours.total(), theirs.total())
    return (ours & theirs).total() / longest if longest else 0.0
