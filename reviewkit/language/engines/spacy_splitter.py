"""An answer -> its single claims: lines and bullets first, then sentences by spaCy's tokens and our rules.

No trained model is used: on short, misspelt answers without capitals a parser's sentences are no better than these
rules, and a model that one installation has and another lacks would cut the same answer in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version

from reviewkit.language.engines.clauses import claim_starts
from reviewkit.language.engines.lean import without

with without("torch"):
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc

RULES = 1
"""Raised whenever the rules cut otherwise: part of the splitter's name, so that statements are cut anew."""

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*•–—·▪◦‣●○>]+\s+|[•▪◦‣●○]\s*|(?=\(?\d{1,2}[.)]\s|\(?[a-zA-Z][.)]\s))")
_INNER_BULLET = re.compile(r"(?<!\s)\s+[•▪◦‣●○]\s*|(?<=[.;:!?])\s+(?=\(?\d{1,2}\)\s)")
_LONG_RUN = re.compile(r"\S{400,}")
_PIECE = 20_000
"""Characters given to spaCy at a time."""

_WRAPPED = 60
"""A line at least this long, without a stop, whose next line goes on in lower case, was wrapped by a mail program."""

_HANGS = re.compile(r"(?:,|\b(?:and|or|but|the|a|an|of|to|in|for|with|that|which|because|was|were|is|are))\s*$", re.I)

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")

_LETTER = re.compile(r"[^\W_]")


class SpacySplitter:
    """Claims by a blank English pipeline with one rule component; a wrong cut is worse than a missed one."""

    def __init__(self) -> None:
        self._pipeline = spacy.blank("en")
        self._pipeline.add_pipe("reviewkit_claims")

    @property
    def name(self) -> str:
        return f"spacy-{version('spacy')}-rules-{RULES}"

    def split(self, text: str) -> list[tuple[int, int]]:
        """(start, end) offsets of the claims in `text`, as the port's contract says; linear in its length."""
        text = _LONE_SURROGATE.sub("\ufffd", text)  # spaCy reads UTF-8 only; the offsets stay
        spans: list[tuple[int, int]] = []
        for start, end in _segments(text):
            for from_, to in self._sentences(text[start:end]):
                trimmed = _trim(text, start + from_, start + to)
                if trimmed and _LETTER.search(text, *trimmed):
                    spans.append(trimmed)
        return spans

    def _sentences(self, line: str) -> Iterator[tuple[int, int]]:
        """A token of hundreds of characters is no word: it is a span of its own, and spaCy never sees it."""
        at = 0
        for run in _LONG_RUN.finditer(line):
            yield from self._plain_sentences(line, at, run.start())
            yield run.span()
            at = run.end()
        yield from self._plain_sentences(line, at, len(line))

    def _plain_sentences(self, line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        while start < end:
            stop = end if end - start <= _PIECE else _last_gap(line, start, start + _PIECE)
            for sentence in self._pipeline(line[start:stop]).sents:
                yield start + sentence.start_char, start + sentence.end_char
            start = stop


@Language.component("reviewkit_claims")
def _mark_claims(doc: Doc) -> Doc:
    # A new Doc, since setting `is_sent_start` token by token looks through the whole Doc each time.
    starts = {0, *claim_starts(list(doc))}
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    return Doc(doc.vocab, words=words, spaces=spaces, sent_starts=[at in starts for at in range(len(words))])


def load() -> SpacySplitter:
    return SpacySplitter()


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Lines without their bullet, wrapped lines joined, lists inside a line taken apart."""
    pending: tuple[int, int] | None = None
    for line in _LINE.finditer(text):
        start, end = line.span()
        bullet = _BULLET.match(text, start, end)
        if pending and not bullet and _goes_on(text, pending, start, end):
            pending = (pending[0], end)
            continue
        if pending:
            yield from _inner_bullets(text, *pending)
        pending = (bullet.end() if bullet else start, end)
    if pending:
        yield from _inner_bullets(text, *pending)


def _goes_on(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Whether the line start..end continues the one before: its sentence hangs, or the line was wrapped when full."""
    gap = text[before[1] : start]
    if gap.count("\n") > 1 or gap.count("\r") > 1:
        return False
    tail = text[max(before[0], before[1] - 200) : before[1]].rstrip()
    head = text[start : min(end, start + 50)].lstrip()
    if not tail or not head or tail[-1] in ".!?…:;" or not head[0].islower():
        return False
    last_line = max(text.rfind("\n", before[0], before[1]), text.rfind("\r", before[0], before[1]), before[0])
    return before[1] - last_line >= _WRAPPED or _HANGS.search(tail) is not None


def _inner_bullets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in _INNER_BULLET.finditer(text, start, end):
        yield start, mark.start()
        start = mark.end()
    yield start, end


def _last_gap(line: str, start: int, end: int) -> int:
    """Where to end a piece: after its last sentence, else its last word, else at `end`."""
    for gap in (". ", " "):
        if (at := line.rfind(gap, start + 1, end)) > start:
            return at + len(gap) - 1
    return end


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return (start, end) if end > start else None
