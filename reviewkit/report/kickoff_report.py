"""A kickoff -> a document to take into the meeting: all of it, or a digest that fits one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from reviewkit.domain.kickoffs import Action, BaseRate, Kickoff, Recommendation, RiskForecast, SimilarProject
from reviewkit.domain.projects import Project
from reviewkit.domain.wording import day, listed, plural, sentence
from reviewkit.domain.words import ActionState, Choice
from reviewkit.report.document import Block, Bullets, Document, Heading, Paragraph, Quotation, Quotes, Table, Tone
from reviewkit.report.plain import shortened
from reviewkit.report.sections.objectives import brief_blocks

DONE = {
    Choice.UNDECIDED: "Not decided yet",
    Choice.ACCEPTED: "Accepted",
    Choice.ADAPTED: "Adapted",
    Choice.DISMISSED: "Dismissed",
}
DRAFTED = 20
DIGEST_ADVICE, DIGEST_RISKS, DIGEST_PROJECTS = 7, 5, 3
BRIEF = 3_000
"""Characters of the brief that are repeated."""
LONG, SHORT, TITLE, NAME = 600, 230, 70, 30
"""Characters of a piece of advice in full, in the digest, of a title there, and of a name."""


def kickoff_report(
    project: Project,
    kickoff: Kickoff,
    told: Sequence[Recommendation],
    names: Mapping[str, str],
    made: date,
    owed: Mapping[str, Action] = MappingProxyType({}),
) -> Document:
    """Each piece of advice with why it stands there and what was decided; similar projects; the draft register.

    `owed` gives topic -> the action that was made of it.
    """
    blocks: list[Block] = [Paragraph(_summary(kickoff, told), Tone.LEAD), Heading("What to do about it")]
    for one in told:
        blocks += _advice(one, names, owed.get(one.topic))
    if kickoff.similar:
        rows = tuple((names.get(one.project, one.project), _why(one), _unlike(one)) for one in kickoff.similar)
        blocks += [
            Heading("The projects it was compared with"),
            Table("Finished projects, the most similar first", ("Project", "Why it is like this one", "Unlike"), rows),
        ]
    if kickoff.forecasts:
        drafted = tuple(_row(one, names) for one in kickoff.forecasts[:DRAFTED])
        columns = ("Risk", "Came true in", "Who had it in the register")
        blocks += [
            Heading("Draft risk register"),
            Table("Those that came true in most of the similar projects first", columns, drafted),
        ]
    if kickoff.brief.strip():
        blocks += [Heading("The brief"), *brief_blocks(kickoff.brief, BRIEF)]
    return _document("Kickoff", project, kickoff, made, blocks)


def kickoff_digest(
    project: Project,
    kickoff: Kickoff,
    told: Sequence[Recommendation],
    names: Mapping[str, str],
    made: date,
    owed: Mapping[str, Action] = MappingProxyType({}),
) -> Document:
    """One page of A4: what was not dismissed in a line or two each, the likeliest risks, the most similar projects."""
    kept = [one for one in told if one.choice is not Choice.DISMISSED][:DIGEST_ADVICE]
    lines = [
        f"{shortened(_wording(one), SHORT)}{_often(one.base_rate)}{_owed(owed.get(one.topic), NAME)}" for one in kept
    ]
    blocks: list[Block] = [Paragraph(_summary(kickoff, told), Tone.LEAD)]
    if lines:
        blocks += [Heading("What to do"), Bullets(tuple(lines))]
    risks = [one for one in kickoff.forecasts if one.base_rate.k][:DIGEST_RISKS]
    if risks:
        met = tuple(f"{shortened(one.title, TITLE)}: came true in {one.base_rate}" for one in risks)
        blocks += [Heading("What projects like it met"), Bullets(met)]
    if kickoff.similar:
        like = [shortened(names.get(one.project, one.project), TITLE) for one in kickoff.similar[:DIGEST_PROJECTS]]
        blocks.append(Paragraph(f"Most like it: {listed(like)}.", Tone.ASIDE))
    return _document("Kickoff digest", project, kickoff, made, blocks)


def _document(what: str, project: Project, kickoff: Kickoff, made: date, blocks: Sequence[Block]) -> Document:
    name = project.name or "A new project"
    running = f"{name} ({project.key}): {what.lower()}" if project.key else f"{name}: {what.lower()}"
    return Document(name, f"{what} · {day(kickoff.made)}", running, made, tuple(blocks))


def _summary(kickoff: Kickoff, told: Sequence[Recommendation]) -> str:
    if not told:
        return "Nothing in the library or the past reviews speaks to this brief yet."
    counted = plural(len(told), "piece of advice", "pieces of advice")
    waiting = sum(one.choice is Choice.UNDECIDED for one in told)
    rest = f" {waiting} not decided yet." if waiting else " All are decided."
    return f"{counted}, weighed against {plural(len(kickoff.similar), 'similar past project')}.{rest}"


def _advice(one: Recommendation, names: Mapping[str, str], action: Action | None) -> list[Block]:
    because = (sentence(one.because),) if one.because.strip() else ()
    unlike = tuple(f"Does not match: {mismatch}" for mismatch in one.mismatches)
    blocks: list[Block] = [
        Heading(f"{one.rank}. {shortened(_wording(one), LONG)}", 2),
        Bullets((*(_named(reason, one.base_rate, names) for reason in one.reasons), *because, *unlike)),
        Paragraph(f"{_decided(one)}{_owed(action)}", Tone.ASIDE),
    ]
    if one.quotes:
        said = tuple(Quotation(quote.text, names.get(quote.project, quote.project)) for quote in one.quotes)
        blocks.insert(2, Quotes(said))
    return blocks


def _named(reason: str, rate: BaseRate | None, names: Mapping[str, str]) -> str:
    """A reason that counts projects by their keys, with their names instead."""
    keys = ", ".join(rate.hits) if rate else ""
    if not rate or not keys or not reason.endswith(f"similar projects: {keys}."):
        return reason
    return reason.removesuffix(f"{keys}.") + f"{listed([names.get(key, key) for key in rate.hits])}."


def _decided(one: Recommendation) -> str:
    by = f" by {one.choice_by}" if one.choice_by else ""
    reason = f": {one.choice_text}" if one.choice is Choice.DISMISSED and one.choice_text else ""
    return f"{DONE[one.choice]}{by}{reason}" + ("" if reason.endswith((".", "!", "?")) else ".")


def _owed(action: Action | None, most: int = LONG) -> str:
    """Who sees to it, and by when."""
    if action is None or not action.owner:
        return ""
    due = f" by {day(action.due)}" if action.due else ""
    done = ", done" if action.state is ActionState.DONE else ""
    return f" {shortened(action.owner, most)} sees to it{due}{done}."


def _wording(one: Recommendation) -> str:
    return sentence(one.choice_text if one.choice is Choice.ADAPTED else one.advice)


def _often(rate: BaseRate | None) -> str:
    return f" ({rate} similar projects)" if rate and rate.k else ""


def _why(one: SimilarProject) -> str:
    said = [f"The same {listed(one.shared_attributes)}."] if one.shared_attributes else []
    said += [f"Both speak of {listed(one.shared_words)}."] if one.shared_words else []
    said += [f"Its people spoke of {listed(one.shared_themes)}, which this brief touches."] if one.shared_themes else []
    return " ".join(said) or "Its brief reads alike."


def _unlike(one: SimilarProject) -> str:
    return sentence("; ".join(one.differences))


def _row(one: RiskForecast, names: Mapping[str, str]) -> tuple[str, str, str]:
    had = ", ".join(names.get(key, key) for key in one.registered)
    return one.title, str(one.base_rate), had
