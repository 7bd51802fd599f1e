"""A response -> its statements: redacted, cut into single claims, each known by what it says and where."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewkit.domain.ids import derived_id, fingerprint
from reviewkit.domain.reviews import Response, Review, Statement
from reviewkit.language.ports import Splitter
from reviewkit.language.redaction import redact


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(";"))


NOISE = _phrases(
    """
    na; n a; none; none really; none so far; no; nope; nil; null; no comment; no comments; no answer; nothing;
    nothing really; nothing else; nothing to add; nothing more; nothing special; nothing comes to mind; not
    applicable; not sure; dont know; do not know; i dont know; dunno; idk; no idea; same; same as above; same
    again; as above; see above; see below; see before; ditto; as before; yes; yep; ok; okay; test; asdf; x; xx;
    xxx; tbd; tba; nothing to report; i have nothing to add; no further comments; cant think of anything; nichts;
    rien; nada
    """
)
"""Claims that say nothing, in lower case with neither punctuation nor apostrophes: they yield no statement."""

_MARKER = re.compile(r"\[(?:e-mail|phone|link|account|name)\]")
_SIGNS = re.compile(r"[^\w\s]|_")


def statements_of(
    response: Response, review: Review, splitter: Splitter, roster: Iterable[str] = ()
) -> list[Statement]:
    """The statements of every open answer, in the order of the review's questions.

    Offsets point into the redacted answer. A claim of `NOISE`, or without a letter outside its redaction marks, is no
    statement: it would make a theme of people who had nothing to say. The same response always gives the same ids.
    """
    names = tuple(roster)
    found: list[Statement] = []
    for question in review.questions:
        answer = response.answers.get(question.key)
        if not question.type.is_open or not isinstance(answer, str):
            continue
        said = redact(answer, names)
        for start, end in splitter.split(said):
            text = said[start:end]
            if is_noise(text):
                continue
            found.append(
                Statement(
                    id=derived_id(response.id, question.key, str(start), str(end), text),
                    response=response.id,
                    review=review.id,
                    project=review.project,
                    question=question.key,
                    start=start,
                    end=end,
                    text=text,
                    text_hash=fingerprint(text),
                    role=response.role,
                    said=response.submitted,
                )
            )
    return found


def is_noise(text: str) -> bool:
    """Whether a claim says nothing (see `NOISE`), or has no letter at all outside its redaction marks."""
    plain = _MARKER.sub(" ", text[:2_000])
    if not any(sign.isalpha() for sign in plain):
        return not any(sign.isalpha() for sign in text[2_000:])
    if len(text) > 60:
        return False
    words = _SIGNS.sub(" ", plain.casefold().replace("'", "").replace("’", "")).split()
    return " ".join(words) in NOISE
