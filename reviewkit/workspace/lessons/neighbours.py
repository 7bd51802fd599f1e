"""A lesson -> those of the library that say the same or advise the opposite, by the vectors that search has of them."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.lessons import Alike, Lesson
from reviewkit.domain.words import LessonState, Scope
from reviewkit.language.passages import passages
from reviewkit.lessons.comparing import Library
from reviewkit.workspace.context import Context

AWAY = frozenset({LessonState.REJECTED, LessonState.RETIRED})


class Neighbours:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._known: tuple[str, Library | None] | None = None

    def of(self, lesson: Lesson) -> Sequence[Alike]:
        """At most three of each; none while the library was not analysed."""
        library = self._library()
        if library is None:
            return ()
        own = passages(lesson.text)
        encoder = self._context.engines.encoder
        vectors = self._store.vectors.get(encoder.name, [fingerprint(text) for text in own])
        if not all(row.any() for row in vectors):  # written a moment ago
            vectors = encoder.encode(own)
        return library.alike(lesson, vectors)

    def _library(self) -> Library | None:
        """Made anew when a lesson or what search holds has changed."""
        state = f"{self._store.lessons.state()} {self._store.passages.state()}"
        if self._known is None or self._known[0] != state:
            self._known = (state, self._read())
        return self._known[1]

    def _read(self) -> Library | None:
        if not self._store.passages.digests(Scope.LESSONS):  # nothing was analysed: the encoder need not be loaded
            return None
        lessons = [lesson for lesson in self._store.lessons.all() if lesson.state not in AWAY]
        hashes = [[fingerprint(text) for text in passages(lesson.text)] for lesson in lessons]
        rows = self._store.vectors.get(self._context.engines.encoder.name, [one for own in hashes for one in own])
        vectors, start = {}, 0
        for lesson, own in zip(lessons, hashes, strict=True):
            found = rows[start : start + len(own)]
            vectors[lesson.id] = found[found.any(axis=1)]
            start += len(own)
        return Library(lessons, vectors)
