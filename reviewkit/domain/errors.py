"""The error tree: each class writes its own message, which says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime


class ReviewkitError(Exception):
    """Whatever a user can cause and mend; shown as one line, never as a traceback."""


class NotFound(ReviewkitError):
    """Something was named that is not there."""

    def __init__(self, what: str, key: str, hint: str = "") -> None:
        super().__init__(f"There is no {what} “{key}”." + (f" {hint}" if hint else ""))


class Invalid(ReviewkitError):
    """A value that cannot be accepted; `field` names where it stands."""

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class AnswersInvalid(Invalid):
    """Answers that do not fit their questions: question key -> what is wrong."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        count = len(problems)
        super().__init__(
            f"{count} answer{'s' * (count > 1)} cannot be saved: "
            + "; ".join(f"{key}: {problem}" for key, problem in problems.items())
        )


class FieldsInvalid(Invalid):
    """Something made of several fields that cannot be kept as it is: field -> what is wrong with it."""

    def __init__(self, what: str, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__(f"{what}: " + "; ".join(f"{field}: {problem}" for field, problem in problems.items()))


class QuestionInvalid(FieldsInvalid):
    """A question that cannot be asked as it stands."""

    def __init__(self, key: str, problems: dict[str, str]) -> None:
        self.key = key
        super().__init__(f"question “{key}”", problems)


class UnreadableFile(Invalid):
    """A file that is not what its name or its command says."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")


class NoSuchColumn(UnreadableFile):
    """A column was asked for that the table does not have."""

    def __init__(self, name: str, column: str, present: Iterable[str]) -> None:
        shown = ", ".join(present) or "none at all"
        super().__init__(name, f"there is no column “{column}”. Its columns are: {shown}.")


class Conflict(ReviewkitError):
    """The state does not allow it."""


class AlreadyThere(Conflict):
    """A key that must be unique is taken."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"There is already a {what} “{key}”; choose another name or change that one.")


class SubmissionConflict(Conflict):
    """The same submission key arrived with other answers."""

    def __init__(self) -> None:
        super().__init__("This form was already sent with other answers. Open the link again to send a new one.")


class LinkUsed(Conflict):
    """A personal link has let its one answer in."""

    def __init__(self) -> None:
        super().__init__(
            "This link has been used: it lets one person answer once. With the receipt, the answers can be changed."
        )


class ReviewClosed(Conflict):
    """The review called `title` takes no more answers; `closed` says since when, in its zone, where that is known."""

    def __init__(self, title: str, closed: date | datetime | None) -> None:
        self.title, self.closed = title, closed
        when = f" on {closed:%d %b %Y}" if closed else ""
        super().__init__(f"Review “{title}” closed{when}. Ask its facilitator to open it again.")


class ReviewNotOpen(Conflict):
    """The review takes no answers yet; `opens` says when it will, in the zone of the review, where that is settled."""

    def __init__(self, title: str, opens: datetime | None = None) -> None:
        self.opens = opens
        super().__init__(
            f"Review “{title}” opens on {opens:%d %b %Y at %H:%M} ({opens.tzinfo})."
            if opens
            else f"Review “{title}” is still a draft. Open it with `reviewkit review open`."
        )


class Frozen(Conflict):
    """Something was settled when the review was opened, for people answered on the strength of it."""

    def __init__(self, title: str, what: str) -> None:
        super().__init__(f"The {what} of review “{title}” cannot be changed any more: it was open already.")


class ReceiptUnknown(Invalid):
    """No answers of this review have that receipt."""

    def __init__(self) -> None:
        super().__init__("No answers to this review have that receipt. Look for a mistyped character.", "receipt")


class QuestionsFrozen(Conflict):
    """The review has been opened, so what it asks stays as it is."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{title}” has been opened, so its questions are frozen. Make a corrected copy to change them."
        )


class LessonChanged(Conflict):
    """Somebody else changed a lesson between the look at it and what was to be done with it."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{title}” was changed by somebody else meanwhile. Look at it as it is now, then do it again."
        )


class RiskChanged(Conflict):
    """Somebody else changed a risk between the look at it and what was to be done with it."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{title}” was changed by somebody else meanwhile. Look at it as it is now, then do it again."
        )


class TransitionRefused(Conflict):
    """A record cannot go from the state it is in to the one asked for."""

    def __init__(self, what: str, now: str, wanted: str, allowed: Iterable[str]) -> None:
        ways = ", ".join(allowed) or "nowhere"
        super().__init__(f"A {what} that is “{now}” cannot become “{wanted}”; from there it can go to: {ways}.")


class NotAllowed(ReviewkitError):
    """The account may not do this."""

    def __init__(self, needed: str) -> None:
        super().__init__(f"This needs the role “{needed}”. Ask an administrator for it.")


class LoginRefused(ReviewkitError):
    """Wrong name, wrong password or a disabled account: never said which."""

    def __init__(self) -> None:
        super().__init__("That name and password do not match an account here.")


class TooManyAttempts(ReviewkitError):
    """The login limit was reached."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"Too many attempts. Try again in {minutes} minutes.")


class EngineMissing(ReviewkitError):
    """A part was chosen by name whose library or files are not installed."""

    def __init__(self, name: str, install: str) -> None:
        super().__init__(f"“{name}” is not available here. {install}")


class StorageFull(ReviewkitError):
    """The disk is full: nothing of the change was saved."""

    def __init__(self) -> None:
        super().__init__("The disk is full, so nothing was saved. Free some space and send it again.")


class WorkspaceBusy(ReviewkitError):
    """Another process held the write lock for too long."""

    def __init__(self) -> None:
        super().__init__("The workspace is busy with another change. Try again in a moment.")


class WorkspaceUnusable(ReviewkitError):
    """The file is no workspace, is damaged, or is newer than this software."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where} cannot be used as a workspace: {problem}")
