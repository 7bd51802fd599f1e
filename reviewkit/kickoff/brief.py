"""A brief -> the separate things it is about."""

from __future__ import annotations

import re

MIN_WORDS, MAX_ASPECTS = 4, 60

_BREAK = re.compile(r"(?<=[.!?;])\s+(?=[\"“‘(A-Z0-9])|\n+")
_HEADING = re.compile(r"^\s*(#+|[-*•])\s*")


def aspects(text: str) -> list[str]:
    """Sentences and list entries of a brief, each asked for by itself, so that one line on permits is not drowned
    by a page on software. Headings and fragments under four words are left out; at most 60, none twice."""
    found: dict[str, None] = {}
    for piece in _BREAK.split(text):
        plain = _HEADING.sub("", piece).strip()
        if len(plain.split()) >= MIN_WORDS:
            found[plain] = None
    return list(found)[:MAX_ASPECTS]
