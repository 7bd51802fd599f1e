"""A draft review's form: its head, its questions and their order, until the review is opened and they are frozen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from reviewkit.collect.answers import clean_text
from reviewkit.collect.questions import check_frame, check_questions, cleaned, key_for, minutes_of, one_line
from reviewkit.collect.templates.writing import template_toml
from reviewkit.domain.errors import Invalid, NotFound, QuestionInvalid, QuestionsFrozen
from reviewkit.domain.ids import new_id
from reviewkit.domain.reviews import Question, Review, Template
from reviewkit.domain.words import ReviewStatus
from reviewkit.kickoff.asking import is_about_advice, minutes_at_first
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.templates import Templates

Questions = tuple[Question, ...]

_CORRECTED = re.compile(r"^(?P<title>.*) \(corrected(?: (?P<number>\d{1,3}))?\)$", re.DOTALL)


class Building:
    """Whatever changes a form raises NotFound, and QuestionsFrozen once the review was opened."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def minutes(self, review: Review) -> int:
        """How long its questions should take, whatever the review says; those that wait folded do not count."""
        return minutes_at_first(review.questions)

    def describe(self, id: str, *, title: str, intro: str, minutes: int | None = None, who: str = "") -> Review:
        """Sets the head; without `minutes` they are estimated, and stay so. Raises FieldsInvalid."""

        def change(review: Review) -> Review:
            named = one_line(title)
            taken = minutes_at_first(review.questions) if minutes is None else minutes
            check_frame("the form", title=named, intro=clean_text(intro), minutes=taken)
            return replace(review, title=named, intro=clean_text(intro), minutes=taken)

        return self._change(id, "described form", change, who)

    def put(self, id: str, question: Question, *, after: str | None = None, who: str = "") -> Question:
        """Changes the question with this key where it stands; one without a key is new and gets one made of its text.

        A new one comes behind the question `after`, at the top for an empty one, at the end for none.

        Raises:
            QuestionInvalid: naming the fields at fault.
            NotFound: there is no question with its key, or none called `after`.
        """
        asked = cleaned(question)

        def change(review: Review) -> Review:
            nonlocal asked
            questions = list(review.questions)
            if asked.key:
                questions[_place(review, asked.key)] = asked
            else:
                asked = replace(asked, key=key_for(asked.text, [one.key for one in questions]))
                at = len(questions) if after is None else _place(review, after) + 1 if after else 0
                questions.insert(at, asked)
            return _asking(review, tuple(questions), asked.key)

        self._change(id, "changed question", change, who)
        return asked

    def move(self, id: str, key: str, *, up: bool, who: str = "") -> Review:
        """One place up or down; stays where it is at an end. Raises Invalid where a condition would look ahead."""

        def change(review: Review) -> Review:
            at = _place(review, key)
            other = at - 1 if up else at + 1
            questions = list(review.questions)
            if 0 <= other < len(questions):
                questions[at], questions[other] = questions[other], questions[at]
                if _hangs_on(questions[min(at, other)], questions[max(at, other)]):
                    raise Invalid(
                        f"“{questions[min(at, other)].text}” is asked only after certain answers to "
                        f"“{questions[max(at, other)].text}”, so it stays below it."
                    )
            return _asking(review, tuple(questions))

        return self._change(id, "moved question", change, who)

    def remove(self, id: str, key: str, *, who: str = "") -> Review:
        """Questions that were asked only after certain answers to it are then asked of everybody.

        Raises Invalid for the last question.
        """

        def change(review: Review) -> Review:
            gone = review.questions[_place(review, key)]
            kept = (question for question in review.questions if question.key != key)
            return _asking(review, tuple(replace(one, when=None) if _hangs_on(one, gone) else one for one in kept))

        return self._change(id, "removed question", change, who)

    def start_from(self, id: str, template: Template, *, who: str = "") -> Review:
        """All questions, the introduction and the minutes anew; a title that nobody chose changes with them."""
        project = self._store.projects.get(self._store.reviews.get(id).project)
        given = {f"{known.title} of {project.name}" for known in Templates(self._context).list()}

        def change(review: Review) -> Review:
            questions = (*template.questions, *(one for one in review.questions if is_about_advice(one)))
            return replace(
                review,
                title=f"{template.title} of {project.name}" if review.title in given else review.title,
                template=template.key,
                wave=template.wave,
                intro=template.intro,
                minutes=template.minutes + minutes_at_first(questions) - minutes_of(template.questions),
                questions=questions,
            )

        return self._change(id, "took template", change, who)

    def corrected_copy(self, id: str, *, who: str = "") -> Review:
        """A new draft with the same questions, marked as corrected; the review itself stays as it is.

        Raises NotFound.
        """
        with self._store.write():
            review = self._store.reviews.get(id)
            copy = replace(
                review,
                id=new_id(),
                title=_corrected(review.title),
                status=ReviewStatus.DRAFT,
                opens=None,
                closes=review.closes if review.closes and review.closes > self._context.now() else None,
            )
            self._store.reviews.put(copy)
            self._context.record(who, "made corrected copy", copy.id)
        return copy

    def as_template(self, id: str, title: str = "") -> Template:
        """What the review asks, to be asked again elsewhere. Raises NotFound."""
        review = self._store.reviews.get(id)
        questions = tuple(one for one in review.questions if not is_about_advice(one))  # that is about its own project
        return Template(
            key="",
            title=one_line(title) or review.title,
            wave=review.wave,
            intro=review.intro,
            questions=questions,
            minutes=max(1, review.minutes + minutes_of(questions) - minutes_at_first(review.questions)),
        )

    def toml(self, id: str) -> str:
        """The review's questions as a template's TOML file. Raises NotFound."""
        return template_toml(self.as_template(id))

    def _change(self, id: str, what: str, change: Callable[[Review], Review], who: str) -> Review:
        with self._store.write():
            review = self._store.reviews.get(id)
            if review.status is not ReviewStatus.DRAFT:
                raise QuestionsFrozen(review.title)
            review = change(review)
            self._store.reviews.put(review)
            self._context.record(who, what, id)
        return review


def _place(review: Review, key: str) -> int:
    """Where the question stands. Raises NotFound."""
    for place, question in enumerate(review.questions):
        if question.key == key:
            return place
    raise NotFound("question", key, hint="Somebody may have removed it in the meantime.")


def _hangs_on(question: Question, other: Question) -> bool:
    return question.when is not None and question.when.question == other.key


def _asking(review: Review, questions: Questions, changed: str = "") -> Review:
    """The review with these questions; minutes that were estimated are estimated anew.

    Raises Invalid, and QuestionInvalid: where another question than the one that was `changed` is at fault, it hung on
    an answer that the changed one no longer has.
    """
    try:
        check_questions(questions)
    except QuestionInvalid as fault:
        if not changed or fault.key == changed:
            raise
        text = next(question.text for question in questions if question.key == fault.key)
        problem = f"“{text}” is asked only after certain answers to this one; change its condition first"
        field = "options" if any(one.key == changed and one.options for one in questions) else "type"
        raise QuestionInvalid(changed, {field: problem}) from None
    estimated = review.minutes == minutes_at_first(review.questions)
    return replace(review, questions=questions, minutes=minutes_at_first(questions) if estimated else review.minutes)


def _corrected(title: str) -> str:
    """As in “Review (corrected)”, and of that “Review (corrected 2)”."""
    found = _CORRECTED.match(title)
    return f"{found['title']} (corrected {int(found['number'] or 1) + 1})" if found else f"{title} (corrected)"
