"""What a project decided -> what its review asks about it, and what most of the answers say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reviewkit.collect.questions import MOST_CHARACTERS, minutes_of
from reviewkit.domain.ids import derived_id
from reviewkit.domain.kickoffs import Recommendation
from reviewkit.domain.outcomes import Outcome
from reviewkit.domain.privacy import MIN_GROUP
from reviewkit.domain.reviews import Question
from reviewkit.domain.words import Applied, Helped, Occurred, QuestionType
from reviewkit.kickoff.effectiveness import wording

AT_ONCE = 3
"""Decisions whose questions stand open on a form; those about the others wait folded for whoever knows of them."""

APPLIED, HELPED, RECURRED = "applied-", "advice-", "recurred-"
"""How the keys of the three questions about a recommendation begin; its id follows."""

ABOUT = (APPLIED, HELPED, RECURRED)
LENS = "what we had decided"
_BEFORE, _AFTER = "At the kickoff we decided: ", " Was that done?"
_TEXTS = {HELPED: "Did that help?", RECURRED: "Did what it was meant to prevent happen anyway?"}
_UNDONE = "Leave it empty if it was not done, or if you cannot tell."


def advice_questions(decided: Sequence[Recommendation], room: int) -> tuple[Question, ...]:
    """What a review asks about each that a project `decided` for, while it has `room` for the questions: whether it
    was done, whether it helped, and whether what it warns of happened anyway.

    None depends on another: whoever leaves one out would else be told apart from those it was not asked of.
    """
    return tuple(
        Question(
            key=f"{about}{one.id}",
            text=_TEXTS.get(about) or f"{_BEFORE}{_shortened(wording(one))}{_AFTER}",
            type=QuestionType.YES_PARTLY_NO,
            help=_UNDONE if about == HELPED else "",
            lens=LENS,
        )
        for one in decided[: max(0, room // len(ABOUT))]
        for about in ABOUT
    )


def is_about_advice(question: Question) -> bool:
    """Whether a review asks it about a decision of its own project's kickoff."""
    return question.type is QuestionType.YES_PARTLY_NO and question.key.startswith(ABOUT)


def advice_of(question: Question) -> str:
    """The id of the recommendation it is about; blank where it is about none."""
    if not is_about_advice(question):
        return ""
    return next(question.key.removeprefix(one) for one in ABOUT if question.key.startswith(one))


def folded(questions: Sequence[Question]) -> frozenset[str]:
    """The keys of those about the decisions that come after the first `AT_ONCE`."""
    asked = dict.fromkeys(found for question in questions if (found := advice_of(question)))
    later = set(list(asked)[AT_ONCE:])
    return frozenset(question.key for question in questions if advice_of(question) in later)


def minutes_at_first(questions: Sequence[Question]) -> int:
    """Whole minutes that a form takes as it stands when it is opened: what waits folded takes none."""
    waiting = folded(questions)
    return minutes_of([question for question in questions if question.key not in waiting])


def observed(project: str, one: Recommendation, answers: Sequence[Mapping[str, object]]) -> Outcome | None:
    """What most answers to a review of `project` say became of it; None where they say nothing.

    Who says whether it helped is taken to say that it was applied, where a review does not ask that, or most do not
    say. What was not applied can neither have helped nor not.
    """
    applied, helped, recurred = (
        majority([str(given) for found in answers if (given := found.get(f"{about}{one.id}"))]) for about in ABOUT
    )
    if applied is None and helped is None:
        return None  # what happened anyway tells nothing of advice that may not have been taken
    outcome = Outcome(
        id=derived_id(project, one.topic),
        recommendation=one.id,
        project=project,
        scope=one.scope,
        source=one.source,
        applied=Applied(applied or "yes"),
        recurred=Occurred.UNKNOWN if recurred is None else Occurred.NO if recurred == "no" else Occurred.YES,
    )
    if outcome.applied is Applied.NO or helped is None:
        return outcome
    return replace(outcome, helped=Helped(helped))


def majority(answers: Sequence[str]) -> str | None:
    """“yes”, “partly” or “no”: what more than half of at least five answers say, the first two against the last.

    None where there are fewer answers, or no such half.
    """
    if len(answers) < MIN_GROUP:
        return None
    fully, partly, not_at_all = (answers.count(one) for one in ("yes", "partly", "no"))
    if 2 * not_at_all > len(answers):
        return "no"
    if 2 * (fully + partly) > len(answers):
        return "yes" if fully >= partly else "partly"
    return None


def _shortened(text: str) -> str:
    """As much of it as a question can hold, on one line, ending like a sentence."""
    line = " ".join(text.split())
    room = MOST_CHARACTERS["text"] - len(_BEFORE) - len(_AFTER) - 2
    if len(line) > room:
        return line[:room].rsplit(" ", 1)[0] + " …"
    return line if line[-1:] in ".!?…" else f"{line}."
