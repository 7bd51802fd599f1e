"""Rows of a file -> submission keys, the same whenever the same row is imported again."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.reviews import Answer
from reviewkit.domain.words import RespondentRole


class SubmissionKeys:
    """Submission keys: hashes, so that the tool's own number of a respondent is not kept.

    What was seen is remembered by 60 bits of its hash, which tell a million rows apart with a chance of error below
    one in a million and take a fraction of the memory.
    """

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._alike: dict[int, int] = {}

    def of(self, id: str, role: RespondentRole | None, answers: Mapping[str, Answer]) -> str:
        """The row's key; blank where its id came before."""
        if id:
            key = fingerprint("id", id)
            short = int(key[:15], 16)
            if short in self._ids:
                return ""
            self._ids.add(short)
        else:
            said = [f"{question}={answer!r}" for question, answer in sorted(answers.items())]
            content = fingerprint(str(role or ""), *said)
            short = int(content[:15], 16)
            self._alike[short] = number = self._alike.get(short, 0) + 1
            key = fingerprint("content", content, str(number))
        return f"import-{key[:40]}"
