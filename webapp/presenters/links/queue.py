"""Links with what they tie together -> rows to decide about, and the filters that narrow them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from reviewkit.domain.projects import Risk
from reviewkit.domain.themes import Link as RiskLink
from reviewkit.domain.words import Confidence, LinkState, Scope, Verdict
from reviewkit.workspace.linking import SeenLink, SeenLinks, Wanted
from webapp.presenters.kickoff import project_link
from webapp.presenters.lessons.library import marked
from webapp.presenters.links.words import VerdictTag, verdict_tag
from webapp.presenters.pages import Part, cut
from webapp.presenters.words import Link, at_least, day, headed, plural

FILTERS = ("state", "project", "scope", "verdict", "confidence")
ALL = "all"
AT_ONCE = 30

STATES = {LinkState.SUGGESTED: "to be decided", LinkState.CONFIRMED: "confirmed", LinkState.REJECTED: "rejected"}
SCOPES = {Scope.THEMES: "themes", Scope.STATEMENTS: "problems"}
DONE = {LinkState.CONFIRMED: "confirmed", LinkState.REJECTED: "rejected", LinkState.SUGGESTED: "to be decided again"}

KEYS = (
    ("j", "next"),
    ("k", "the one before"),
    ("x", "tick, or tick no more"),
    ("Shift j", "tick and go on"),
    ("Shift k", "tick and go back"),
    ("c", "confirm"),
    ("r", "reject"),
    ("u", "undo"),
    ("o", "open"),
    ("?", "show or hide the keys"),
)


@dataclass(frozen=True)
class Row:
    """A link to decide about; `common` are the words that both sides share, `about` names it for a button."""

    id: str
    what: str
    said: Markup
    href: str
    reach: str
    project: Link | None
    risk: Link
    ref: str
    risk_project: Link
    entry: Markup
    own: bool
    verdict: VerdictTag | None
    certainty: str
    common: str
    decided: str
    state: str
    about: str


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Note:
    """What was just done, and the links it was done to."""

    said: str
    ids: tuple[str, ...]
    can_undo: bool


@dataclass(frozen=True)
class LinksPage:
    summary: str
    rows: Part[Row]
    filters: dict[str, tuple[Option, ...]]
    chosen: dict[str, str]
    note: Note | None
    state: str
    keys: tuple[tuple[str, str], ...] = KEYS


def links_page(
    found: SeenLinks,
    wanted: Wanted,
    registered: Sequence[tuple[str, int]],
    names: Mapping[str, str],
    chosen: Mapping[str, str],
    *,
    note: Note | None,
) -> LinksPage:
    """`registered` has the projects whose register has links."""
    rows = [_row(one, names) for one in found.items]
    return LinksPage(
        summary=_summary(found.total, wanted),
        rows=cut(rows, found.first, found.total, AT_ONCE),
        filters=_filters(wanted, registered, names),
        chosen=dict(chosen),
        note=note,
        state=str(wanted.state or ""),
    )


def note(was: LinkState | None, ids: Sequence[str]) -> Note | None:
    if was is None or not ids:
        return None
    said = f"{plural(len(ids), 'link')} {'is' if len(ids) == 1 else 'are'} {DONE[was]}."
    return Note(said, tuple(ids), was is not LinkState.SUGGESTED)


def _summary(count: int, wanted: Wanted) -> str:
    links = plural(count, "link")
    if wanted.state is LinkState.SUGGESTED:
        return f"{links} to be decided: the uncertain and far-reaching ones first." if count else ""
    return f"{links}{f' {STATES[wanted.state]}' if wanted.state else ''}."


def _row(one: SeenLink, names: Mapping[str, str]) -> Row:
    link, risk, theme, statement = one.link, one.risk, one.theme, one.statement
    if theme:
        href, text = url_for("themes.show", id=theme.id, _anchor="risks"), headed(theme.label)
    else:
        review = statement.review if statement else ""
        href = url_for("reviews.show", id=review, statement=link.source, _anchor=f"s-{link.source}")
        text = one.text
    shared = dict.fromkeys(risk.text[start:end].lower() for start, end in one.risk_marks)
    return Row(
        id=link.id,
        what="Theme" if theme else "Problem",
        said=marked(text, one.marks),
        href=href,
        reach=f"{at_least(theme.reach)}, {plural(len(theme.projects), 'project')}" if theme else "",
        project=project_link(statement.project, names) if statement else None,
        risk=Link(risk.title, url_for("risks.show", id=risk.id)),
        ref=risk.ref,
        risk_project=project_link(risk.project, names),
        entry=marked(_in_sentences(risk), one.risk_marks),
        own=one.own,
        verdict=verdict_tag(one.verdict) if one.verdict else None,
        certainty=f"{link.confidence} confidence",
        common=", ".join(list(shared)[:6]),
        decided=_decided(link),
        state=str(link.state),
        about=f"“{text[:80]}” and {risk.ref} “{risk.title}”",
    )


def _decided(link: RiskLink) -> str:
    if link.state is LinkState.SUGGESTED:
        return ""
    return f"{headed(link.state)} by {link.decided_by}" + (f", {day(link.decided_at)}" if link.decided_at else "")


def _filters(
    wanted: Wanted, registered: Sequence[tuple[str, int]], names: Mapping[str, str]
) -> dict[str, tuple[Option, ...]]:
    state = str(wanted.state or ALL)
    projects = sorted((names.get(key, key), key) for key, _ in registered)
    return {
        "state": (
            *(Option(str(word), headed(said), state == word) for word, said in STATES.items()),
            Option(ALL, "Any", state == ALL),
        ),
        "project": _with_all("All registers", [(key, name) for name, key in projects], wanted.project),
        "scope": _with_all("Anything", [(str(s), headed(said)) for s, said in SCOPES.items()], wanted.scope),
        "verdict": _with_all("Any verdict", [(str(word), headed(word)) for word in Verdict], wanted.verdict),
        "confidence": _with_all("Any", [(str(word), headed(word)) for word in Confidence], wanted.confidence),
    }


def _with_all(everything: str, found: Sequence[tuple[str, str]], chosen: str | None) -> tuple[Option, ...]:
    return (
        Option("", everything, not chosen),
        *(Option(value, label, value == chosen) for value, label in found),
    )


def _in_sentences(risk: Risk) -> str:
    """The entry's text, each part with a capital; as long as it is, so that marks stay where they are."""
    text, at = risk.text, 0
    for part in (risk.title, risk.cause, risk.event, risk.effect):
        if said := part.strip().rstrip("."):
            first = text[at].upper()
            text = text[:at] + (first if len(first) == 1 else text[at]) + text[at + 1 :]
            at += len(said) + len(". ")
    return text
