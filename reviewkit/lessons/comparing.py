"""Lessons and their vectors -> which say the same, and which advise the opposite: questions to a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from reviewkit.domain.lessons import Alike, Lesson
from reviewkit.domain.words import LessonRelation
from reviewkit.language.ports import Matrix
from reviewkit.themes.graph import SHRINK, unit
from reviewkit.themes.wording import content_words, stem, stems, words

SAME = 0.55
"""Cosine, after taking out what all lessons share, from which two may be one; judged by reading pairs around it."""

SAME_WORDS = 0.30
"""And the share of the shorter one's words that the other has too: likeness of subject alone is no duplicate."""

SUBJECT = 0.30
"""Cosine from which two lessons speak of one subject, so that their advice can be opposite at all."""

OVERLAP, SHARED = 0.6, 3
"""Two sentences of advice are about one thing where they share this part of the longer one's words, and so many: of
1,605 lessons of NASA it asks about no two; of the shorter one's words it asked about 19, all false alarms."""

MOST = 3
NEAREST = 12
"""Lessons compared word by word: the nearest by vector."""


class Library:
    """Lessons to compare with; `vectors` holds the passages' vectors of each, (n, dim), missing for unread ones."""

    def __init__(self, lessons: Sequence[Lesson], vectors: Mapping[str, Matrix]) -> None:
        self._lessons = [lesson for lesson in lessons if lesson.id in vectors and vectors[lesson.id].any()]
        rows = [vectors[lesson.id].mean(axis=0) for lesson in self._lessons]
        self._rows = unit(np.stack(rows)) if rows else np.zeros((0, 1), np.float32)
        self._common = self._rows.sum(axis=0) / np.float32(len(rows) + SHRINK)
        self._centred = unit(self._rows - self._common)

    def alike(self, lesson: Lesson, vectors: Matrix) -> tuple[Alike, ...]:
        """The nearest that say the same as `lesson` or advise the opposite, at most three of each.

        `vectors` (n, dim) are those of its passages. A lesson that it supersedes or that supersedes it is left out.
        """
        if not self._lessons or not vectors.any():
            return ()
        row = unit(unit(vectors.mean(axis=0)[None, :]) - self._common)[0]
        nearness = self._centred @ row
        found: list[Alike] = []
        for at in np.argsort(-nearness, kind="stable")[: NEAREST + 1].tolist():
            other, near = self._lessons[at], float(nearness[at])
            if other.id == lesson.id or lesson.supersedes == other.id or other.supersedes == lesson.id:
                continue
            if near >= SUBJECT and (said := opposed(lesson.recommendation, other.recommendation)):
                found.append(Alike(LessonRelation.CONTRADICTION, other, said))
            elif near >= SAME and (said := _shared(lesson, other)):
                found.append(Alike(LessonRelation.DUPLICATE, other, said))
        return tuple(
            one for relation in LessonRelation for one in [each for each in found if each.relation is relation][:MOST]
        )


def opposed(advice: str, other: str) -> tuple[str, ...]:
    """The words that two pieces of advice share where one says to do what the other says not to; none where not.

    Sentence by sentence: they must share most of their words, and either one of them forbids, or each has one of a
    pair of opposites that the other does not have.
    """
    for one in _sentences(advice):
        for two in _sentences(other):
            shared = one.words & two.words
            longer = max(len(one.words), len(two.words))
            if len(shared) < SHARED or len(shared) < OVERLAP * longer:
                continue
            against = one.forbids != two.forbids
            if against != _opposite(one.plain, two.plain):  # to forbid the opposite is to advise the same
                return _spoken(shared, advice)
    return ()


@dataclass(frozen=True)
class _Sentence:
    words: frozenset[str]
    plain: frozenset[str]
    forbids: bool


_END = re.compile(r"(?<![.!?;])[.!?;]+\s+|\n+")
_FORBIDS = re.compile(
    r"^\W*(?:(?:please|and|but|also)\s+)?(?:do\s+not|don['’]t|never|avoid|refrain\s+from|stop|cease|abandon)\b"
    r"|\b(?:must|should|shall)\s+(?:not|never)\b|\bshouldn['’]t\b|\bmustn['’]t\b|\bno\s+longer\b",
    re.IGNORECASE,
)
_FORBIDDING = frozenset(stem(word) for word in ("avoid", "refrain", "stop", "cease", "abandon", "never", "longer"))

_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(two.split()))
    for one, two in (
        ("early earlier", "late later"),
        ("before", "after"),
        ("more", "fewer less"),
        ("increase extend lengthen", "reduce decrease shorten"),
        ("centralise centralize centrally", "decentralise decentralize locally"),
        ("single one", "several multiple many two"),
        ("external externally outsource outsourced", "internal internally inhouse"),
        ("combine merge together", "separate split apart separately"),
        ("bang once", "phased stepwise gradually phases"),
        ("always", "seldom rarely"),
    )
)


def _sentences(text: str) -> list[_Sentence]:
    found = []
    for sentence in _END.split(text):
        plain = frozenset(words(sentence))
        told = frozenset(stems(sentence)) - _FORBIDDING
        if told:
            found.append(_Sentence(told, plain, bool(_FORBIDS.search(sentence))))
    return found


def _opposite(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether one pair of opposites parts them, with neither having both."""
    for left, right in _OPPOSITES:
        sides = [(bool(said & left), bool(said & right)) for said in (one, two)]
        if sorted(sides) == [(False, True), (True, False)]:
            return True
    return False


def _spoken(found: Set[str], *texts: str) -> tuple[str, ...]:
    """Words for stems, as the first of `texts` that has them says them."""
    said: dict[str, str] = {}
    for text in texts:
        for word in content_words(text):
            said.setdefault(stem(word), word)
    return tuple(sorted(said.get(one, one) for one in found))


def _shared(lesson: Lesson, other: Lesson) -> tuple[str, ...]:
    """The words of the title and advice that both have, where they are enough of the shorter one's."""
    one, two = (set(stems(f"{each.title}. {each.recommendation}")) for each in (lesson, other))
    shared = one & two
    return (
        _spoken(shared, lesson.title, lesson.recommendation)
        if len(shared) >= max(2.0, SAME_WORDS * min(len(one), len(two)))
        else ()
    )
