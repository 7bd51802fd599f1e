"""A long text -> overlapping passages of whole sentences that the encoder reads to their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_WORDS = 180
"""About 240 word pieces of ordinary English: under the encoder's limit of 256."""

OVERLAP_WORDS = 45
"""Repeated at the start of the next passage, in whole sentences, so that no thought is cut from what it speaks of."""

_MOST_CHARACTERS = 1_400
"""Text without spaces, or of very long words, is cut by this."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s+|\n\s*")
_WORD = re.compile(r"\S+")


def passages(text: str) -> list[str]:
    """`text` itself where it is short enough, else passages of at most 180 words and 1,400 characters.

    Passages are made of whole sentences or lines, where no single one is too long; each starts with the last sentence
    or two of the one before. None for a blank text. Time grows with the length of the text.
    """
    text = text.strip()
    if not text:
        return []
    if len(text) <= _MOST_CHARACTERS and len(text.split()) <= MOST_WORDS:
        return [text]
    found: list[str] = []
    piece: list[tuple[str, int]] = []
    words = length = 0
    for sentence, count in _sentences(text):
        if piece and (words + count > MOST_WORDS or length + len(sentence) + 1 > _MOST_CHARACTERS):
            found.append(" ".join(said for said, _ in piece))
            piece = _tail(piece, MOST_WORDS - count, _MOST_CHARACTERS - len(sentence) - 1)
            words, length = sum(many for _, many in piece), sum(len(said) + 1 for said, _ in piece)
        piece.append((sentence, count))
        words, length = words + count, length + len(sentence) + 1
    found.append(" ".join(said for said, _ in piece))
    return found


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    """Sentences and lines with their number of words, none of them longer than a passage."""
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[start:end].strip()
        start = end
        count = len(sentence.split())
        if count > MOST_WORDS or len(sentence) >= _MOST_CHARACTERS:
            yield from _cut(sentence)
        elif sentence:
            yield sentence, count


def _cut(sentence: str) -> Iterator[tuple[str, int]]:
    words: list[str] = []
    length = 0
    for match in _WORD.finditer(sentence):
        word = match.group()
        for start in range(0, len(word), _MOST_CHARACTERS - 1):
            part = word[start : start + _MOST_CHARACTERS - 1]
            if words and (len(words) >= MOST_WORDS or length + len(part) + 1 > _MOST_CHARACTERS):
                yield " ".join(words), len(words)
                words, length = [], 0
            words.append(part)
            length += len(part) + 1
    if words:
        yield " ".join(words), len(words)


def _tail(piece: list[tuple[str, int]], most_words: int, most_characters: int) -> list[tuple[str, int]]:
    """The last sentences of a passage, within the overlap and what the next sentence leaves room for."""
    kept: list[tuple[str, int]] = []
    words = length = 0
    for sentence, count in reversed(piece):
        words, length = words + count, length + len(sentence) + 1
        if words > min(OVERLAP_WORDS, most_words) or length > most_characters:
            break
        kept.append((sentence, count))
    return kept[::-1]
