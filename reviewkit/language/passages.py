"""A long text -> overlapping passages of whole sentences that the encoder reads to their ends."""

from __future__ import annotations

import re

MOST_WORDS = 180
"""About 240 word pieces of ordinary English: under the encoder's limit of 256."""

OVERLAP_WORDS = 45
"""Repeated at the start of the next passage, in whole sentences, so that no thought is cut from what it speaks of."""

_MOST_CHARACTERS = 1_400
"""Text without spaces, or of very long words, is cut by this."""

_SENTENCE = re.compile(r"[^\n]*?(?:[.!?…]+[\"'”’)\]]*(?=\s)|\n|$)\s*")
_WORD = re.compile(r"\S+")


def passages(text: str) -> list[str]:
    """`text` itself where it is short enough, else passages of at most 180 words and about 1,400 characters.

    Passages are made of whole sentences, where no single sentence is too long; each starts with the last sentence or
    two of the one before. None for a blank text. Time grows with the length of the text.
    """
    text = text.strip()
    if not text:
        return []
    if _fits(text):
        return [text]
    found: list[str] = []
    piece: list[str] = []
    for sentence in _sentences(text):
        if piece and not _fits(" ".join([*piece, sentence])):
            found.append(" ".join(piece))
            piece = _tail(piece)
            if not _fits(" ".join([*piece, sentence])):
                piece = []
        piece.append(sentence)
    found.append(" ".join(piece))
    return found


def _fits(text: str) -> bool:
    return len(text) <= _MOST_CHARACTERS and len(text.split()) <= MOST_WORDS


def _sentences(text: str) -> list[str]:
    """Sentences and lines, none of them longer than a passage."""
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        if sentence := match.group().strip():
            found.extend([sentence] if _fits(sentence) else _cut(sentence))
    return found


def _cut(sentence: str) -> list[str]:
    found: list[str] = []
    words: list[str] = []
    length = 0
    for match in _WORD.finditer(sentence):
        word = match.group()
        for start in range(0, len(word), _MOST_CHARACTERS):
            part = word[start : start + _MOST_CHARACTERS]
            if words and (len(words) >= MOST_WORDS or length + len(part) + 1 > _MOST_CHARACTERS):
                found.append(" ".join(words))
                words, length = [], 0
            words.append(part)
            length += len(part) + 1
    return [*found, " ".join(words)] if words else found


def _tail(piece: list[str]) -> list[str]:
    """The last sentences of a passage, within the overlap."""
    kept: list[str] = []
    words = 0
    for sentence in reversed(piece):
        words += len(sentence.split())
        if words > OVERLAP_WORDS:
            break
        kept.insert(0, sentence)
    return kept
