"""A risk register as tools export it -> risks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from reviewkit.collect.importers.cells import headline, is_nothing, levels_of, vocabulary, word_of
from reviewkit.collect.importers.found import ColumnMatch, Imported
from reviewkit.collect.importers.headings import HAND, match_headings, plain_words, unused
from reviewkit.collect.importers.reading import Reading
from reviewkit.collect.tables import Table
from reviewkit.domain.errors import Invalid
from reviewkit.domain.ids import derived_id
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Occurred, RiskNature, RiskResponse, RiskStatus

FIELDS: dict[str, tuple[str, ...]] = {
    "ref": (
        "id",
        "risk id",
        "ref id",
        "ref no",
        "reference",
        "risk ref",
        "no",
        "number",
        "risk no",
        "risk number",
        "key",
        "#",
    ),
    "project": ("project key", "project id", "project name", "project code"),
    "title": ("subject", "name", "risk", "risk title", "risk name", "summary", "headline", "short description"),
    "description": ("risk description", "risk statement", "details", "risk details", "detail"),
    "cause": ("causes", "risk cause", "source", "trigger", "because", "root cause"),
    "event": ("risk event", "what may happen", "uncertain event"),
    "effect": ("effects", "consequence", "consequences", "impact description", "risk effect", "description of impact"),
    "category": ("risk category", "area", "risk type", "class", "rbs", "breakdown"),
    "nature": ("type", "threat or opportunity", "threat opportunity", "risk or opportunity"),
    "probability": (
        *("likelihood", "prob", "p", "current proba", "inherent probability", "inherent likelihood", "chance"),
        *("risk probability", "risk likelihood", "likelihood score", "probability score"),
    ),
    "impact": (
        *("severity", "i", "current impact", "inherent impact", "risk impact", "impact score", "severity score"),
        *("impact rating", "consequence score"),
    ),
    "residual_probability": ("residual proba", "residual likelihood", "target probability", "probability after"),
    "residual_impact": ("residual severity", "target impact", "impact after"),
    "response": (
        *("strategy", "treatment", "risk response", "response strategy", "risk strategy", "response type"),
        *("treatment strategy", "treatment option", "response category"),
    ),
    "response_text": (
        *("mitigation", "mitigations", "mitigation plan", "mitigating actions", "response plan", "action", "actions"),
        *("treatments", "treatment plan", "controls", "additional controls", "countermeasures", "contingency"),
        *("mitigation strategy", "response action", "response description"),
    ),
    "owner": ("risk owner", "assigned to", "assignee", "responsible", "actionee", "owned by"),
    "status": ("state", "risk status"),
    "identified_on": (
        "identified date",
        "date identified",
        "date raised",
        "raised on",
        "created",
        "created on",
        "opened",
        "raised",
    ),
    "closed_on": ("closed", "date closed", "closed date", "closing date"),
    "occurred": (
        "did it occur",
        "materialised",
        "materialized",
        "happened",
        "realised",
        "did it happen",
        "has occurred",
    ),
    "occurred_on": ("date occurred", "occurred date", "impacted date", "date of occurrence"),
    "occurred_note": ("occurrence note", "what happened", "outcome", "lessons", "occurred comment"),
}

_STATUS = vocabulary(
    {
        RiskStatus.IDENTIFIED: "identified, open, new, proposed, draft, active, raised, live, pending",
        RiskStatus.ASSESSED: "assessed, analysed, analyzed, evaluated, under review",
        RiskStatus.RESPONDING: "responding, managed, mitigating, mitigated, in progress, treated, monitoring",
        RiskStatus.CLOSED: "closed, retired, expired, resolved, done, obsolete, archived, passed",
        RiskStatus.OCCURRED: "occurred, impacted, materialised, materialized, issue, realised, realized, happened",
        RiskStatus.REJECTED: "rejected, cancelled, canceled, invalid, duplicate",
    }
)
_OCCURRED = vocabulary(
    {
        Occurred.YES: "yes, y, true, 1, occurred, materialised, materialized, happened, partly",
        Occurred.NO: "no, n, false, 0, not occurred, did not occur, never",
        Occurred.UNKNOWN: "unknown, open, not known",
    }
)
_NATURE = vocabulary(
    {
        RiskNature.THREAT: "threat, negative, downside",
        RiskNature.OPPORTUNITY: "opportunity, positive, upside, chance",
    }
)
_RESPONSE = vocabulary(
    {
        RiskResponse.AVOID: "avoid, avoidance, eliminate, terminate, prevent",
        RiskResponse.REDUCE: "reduce, reduction, mitigate, mitigation, treat, minimise, minimize",
        RiskResponse.TRANSFER: "transfer, transference, insure",
        RiskResponse.SHARE: "share, sharing",
        RiskResponse.ACCEPT: "accept, acceptance, tolerate, retain, monitor, watch",
        RiskResponse.EXPLOIT: "exploit",
        RiskResponse.ENHANCE: "enhance",
    }
)
_CLOSED_FIELDS: Mapping[str, Mapping[str, object]] = {
    "status": _STATUS,
    "occurred": _OCCURRED,
    "nature": _NATURE,
}
_LEVELS = ("probability", "impact", "residual_probability", "residual_impact")
_SENTENCE = re.compile(
    r"\s*(?:because(?: of)?|due to|as a result of|given|since|owing to)\s+(?P<cause>[^.;]{3,400}?)\s*[,;:]\s*"
    r"(?:there is a (?:risk|chance) (?:that|of)\s+)?(?P<event>[^.;]{3,400}?)\s*[,;]\s*"
    r"(?:and )?(?:(?:which|this|that) (?:would|could|will|may|might)\s+)?"
    r"(?:result(?:s|ing)? in|lead(?:s|ing)? to|caus(?:e|es|ing)|so that)\s+(?P<effect>[^;]{3,400}?)\s*\.?\s*",
    re.IGNORECASE,
)
"""The sentence that PMI and PRINCE2 ask for: because of a cause, an event may occur, leading to an effect."""


def match(table: Table, by_hand: HAND = (), *, name: str) -> tuple[ColumnMatch, ...]:
    """Which column holds which field of a risk. Raises NoSuchColumn, Invalid where `by_hand` does not fit."""
    return match_headings(table.columns, FIELDS, by_hand, name=name, fits=_fitting(table))


def read_register(table: Table, by_hand: HAND = (), *, name: str, project: str = "") -> Imported[Risk]:
    """The register's entries; those without project column belong to `project`.

    Probability and impact are read from 1–5, 1–10, 0–100, 0–1 or words. A description in the cause-event-effect
    sentence is taken apart. An entry's id is “PROJECT:REF”, the ref made from its title where there is none.

    Raises:
        NoSuchColumn, Invalid: `by_hand` does not fit; no title or description; no project.
    """
    matches = match(table, by_hand, name=name)
    reading = Reading(table, matches)
    if not (reading.has("title") or reading.has("description") or reading.has("event")):
        raise Invalid(f"{name}: no column holds the risks’ titles or descriptions. Name it with --map title=COLUMN.")
    if not project and not reading.has("project"):
        raise Invalid(f"{name}: no column says which project a risk belongs to. Name the project with --project KEY.")
    drafts = _read_fields(reading)
    found: dict[str, Risk] = {}
    for index in range(len(reading)):
        risk = _risk(reading, index, {field: column[index] for field, column in drafts.items()}, project)
        if risk is None:
            continue
        if risk.id in found:
            reading.warn(index, f"{risk.project} has “{risk.ref}” above already; this one is left out")
            continue
        found[risk.id] = risk
    return Imported(tuple(found.values()), matches, unused(table.columns, matches), (), tuple(reading.warnings))


def _read_fields(reading: Reading) -> dict[str, list[object]]:
    """The columns that are more than text, each read as a whole: its scale and its date order show only so."""
    columns: dict[str, list[object]] = {}
    for field in _LEVELS:
        columns[field] = list(reading.levels(field, levels_of(reading.texts(field), reading.heading(field))))
    for field in ("identified_on", "closed_on", "occurred_on"):
        columns[field] = list(reading.days(field))
    for field, words in _CLOSED_FIELDS.items():
        columns[field] = list(reading.words(field, words))
    return columns


def _risk(reading: Reading, index: int, read: dict[str, object], project: str) -> Risk | None:
    def text(field: str) -> str:
        return reading.text(index, field)

    told: dict[str, Any] = _told(text("description"), text("cause"), text("event"), text("effect"))
    title = " ".join(text("title").split()) or headline(told["event"] or text("description"))
    key = text("project") or project
    if not title or not key:
        missing = "neither title nor description" if not title else "no project"
        reading.warn(index, f"it has {missing}, so it is left out")
        return None
    ref = " ".join(text("ref").split()) or f"X{derived_id(plain_words(title))[:6]}"
    response = word_of(text("response"), _RESPONSE)
    said = [text("response") if plain_words(text("response")) not in _RESPONSE else "", text("response_text")]
    kept: dict[str, Any] = {field: value for field, value in read.items() if value is not None}
    if kept.get("status") is RiskStatus.OCCURRED:
        kept.setdefault("occurred", Occurred.YES)
    return Risk(
        id=f"{key}:{ref}",
        project=key,
        ref=ref,
        title=title,
        **told,
        category=text("category"),
        response=response,
        response_text="\n".join(part for part in said if part),
        owner=text("owner"),
        occurred_note=text("occurred_note"),
        origin="import",
        **kept,
    )


def _told(description: str, cause: str, event: str, effect: str) -> dict[str, str]:
    """Cause, event and effect; a description fills those that have no column of their own."""
    sentence = _SENTENCE.fullmatch(description[:2_000]) if not (cause or event or effect) else None
    if sentence:
        return sentence.groupdict()
    return {"cause": cause, "event": event or description, "effect": effect}


def _fitting(table: Table) -> Callable[[str, str], bool]:
    """A test that keeps a heading such as “Type” or “Impact” from being believed against what stands below it."""

    def fits(field: str, column: str) -> bool:
        cells = [cell for row in table.rows if not is_nothing(cell := row.get(column, ""))]
        if field in _LEVELS:
            readable = sum(level is not None for level in levels_of(cells, column))
        elif field in _CLOSED_FIELDS:
            readable = sum(word_of(cell, _CLOSED_FIELDS[field]) is not None for cell in cells)
        else:
            return True
        return readable >= len(cells) / 2

    return fits
