"""What was decided at the kickoff -> whether it was done, helped, and what it warned of happened anyway."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewkit.domain.wording import headed, plural
from reviewkit.domain.words import Applied, Helped, Occurred
from reviewkit.report.document import Block, Heading, Paragraph, Table, Tone
from reviewkit.report.evidence import Became, Decision, ReportEvidence

NOT_TOLD = "not told"


def kickoff_decisions(evidence: ReportEvidence) -> Iterator[Block]:
    """The section on advice that the project took; none where it took none."""
    if not evidence.decisions:
        return
    yield Heading("Advice taken at the kickoff")
    told = [one for one in evidence.decisions if one.outcome]
    done = sum(one.outcome is not None and one.outcome.applied is not Applied.NO for one in told)
    helped = sum(one.outcome is not None and one.outcome.tells and one.outcome.helped is not Helped.NO for one in told)
    were = "was" if len(evidence.decisions) == 1 else "were"
    taken = (
        f"{headed(plural(len(evidence.decisions), 'piece of advice', 'pieces of advice'))} {were} taken at the start."
    )
    if told:
        yield Paragraph(
            f"{taken} What became of {len(told)} is told: {done or 'none'} {'was' if done == 1 else 'were'} done, at "
            f"least in part, and {helped or 'none'} helped."
        )
    else:
        yield Paragraph(f"{taken} Nobody has told yet what became of it.")
    yield Table(
        "What became of it, as the project tells",
        ("Advice", "Done", "Helped", "Happened anyway"),
        tuple(_row(one) for one in evidence.decisions),
    )
    words = {one.id: one.text for one in evidence.decisions}
    for voice in evidence.told:
        said = [one for one in voice.decided if any((one.applied, one.helped, one.recurred))]
        if said:
            yield Table(
                f"What people say of it in “{voice.review.title}”, with how many say so",
                ("Advice", "Was it done?", "Did it help?", "Did it happen anyway?"),
                tuple(_said(one, words.get(one.decision, "advice of an earlier kickoff")) for one in said),
            )
            yield Paragraph("Answers of fewer than five people are told together with others.", Tone.ASIDE)


def _row(one: Decision) -> tuple[str, str, str, str]:
    outcome = one.outcome
    if outcome is None:
        return one.text, NOT_TOLD, NOT_TOLD, NOT_TOLD
    recurred = "cannot tell" if outcome.recurred is Occurred.UNKNOWN else str(outcome.recurred)
    return one.text, str(outcome.applied), str(outcome.helped), recurred


def _said(one: Became, text: str) -> tuple[str, str, str, str]:
    return text, _counts(one.applied), _counts(one.helped), _counts(one.recurred)


def _counts(cells: Sequence[tuple[str, int]]) -> str:
    return "; ".join(f"{label}: {people}" for label, people in cells) or NOT_TOLD
