"""A review's questions -> the names that columns of other forms give them."""

from __future__ import annotations

from collections import Counter

from reviewkit.collect.answers import ROLE
from reviewkit.domain.reviews import Review

ID, SUBMITTED = "submission_id", "submitted"

_META = {
    ID: ("response id", "submission id", "respondent id", "record id", "uuid", "id", "key", "number", "no"),
    SUBMITTED: (
        *("timestamp", "submitted at", "date submitted", "submit date", "submitdate", "completion time", "end date"),
        *("completed at", "collected at", "created at", "date", "answered on", "date of response"),
    ),
    ROLE: (
        *(
            "your role",
            "what was your role",
            "what was your role in the project",
            "role in the project",
            "project role",
        ),
        *("role of respondent", "respondent role", "stakeholder group", "what was your part in the project", "i am a"),
    ),
}
_OTHER_NAMES = {
    "went_well": ("what worked well", "what went right", "successes", "positives", "what should we keep doing", "keep"),
    "went_badly": (
        *("what did not go well", "what didn't go well", "what went wrong", "what went poorly", "what did not work"),
        *("problems", "issues", "pain points", "negatives", "went wrong"),
    ),
    "do_differently": (
        *("what should we do differently", "what could be improved", "what should be improved", "improvements"),
        *("suggestions", "suggestions for improvement", "to improve", "what would you change", "recommendations"),
    ),
    "overall": ("overall rating", "overall satisfaction", "how satisfied are you overall", "how did the project go"),
    "nps": ("net promoter score", "likelihood to recommend", "how likely are you to recommend"),
    "objectives_met": ("did the project meet its goals", "were the objectives met", "objectives achieved"),
    "schedule_kept": ("was the project on time", "delivered on time", "on schedule"),
    "requirements_met": ("requirements delivered", "delivers what was asked for"),
    "handover": ("support and handover", "how was the handover", "support", "training and support"),
    "suppliers": ("vendors", "contractors", "how was the supplier"),
    "benefits": ("benefits realised", "which benefits do you see"),
}
"""How other forms put the questions that the shipped template asks."""


def names_of(review: Review) -> dict[str, tuple[str, ...]]:
    """Field -> the names a column may give it: a question's key, its text, its lens where no other has that."""
    lenses = Counter(question.lens for question in review.questions)
    names: dict[str, tuple[str, ...]] = dict(_META)
    for question in review.questions:
        lens = (question.lens,) if question.lens and lenses[question.lens] == 1 else ()
        known = (*_META.get(question.key, ()), *_OTHER_NAMES.get(question.key, ()))
        names[question.key] = (question.text, *lens, *known)
    return names
