"""A risk register as tools export it -> risks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reviewkit.collect.importers.cells import headline, is_nothing, levels_of, top_of, word_of
from reviewkit.collect.importers.found import ColumnMatch, Imported
from reviewkit.collect.importers.headings import HAND, match_headings, plain_words, unused
from reviewkit.collect.importers.reading import Reading
from reviewkit.collect.importers.registers.tools import PERCENT, tool_of
from reviewkit.collect.importers.registers.words import CLOSED_FIELDS, DAYS, FIELDS, LEVELS, RESPONSE
from reviewkit.collect.tables import Table
from reviewkit.domain.errors import Invalid
from reviewkit.domain.ids import derived_id
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import RegisterTool
from reviewkit.domain.words import Confidence, Occurred, RiskStatus

__all__ = ["FIELDS", "Register", "match", "read_register", "told"]

_SENTENCE = re.compile(
    r"\s*(?:because(?: of)?|due to|as a result of|given|since|owing to)\s+(?P<cause>[^.;]{3,400}?)\s*[,;:]\s*"
    r"(?:there is a (?:risk|chance) (?:that|of)\s+)?(?P<event>[^.;]{3,400}?)\s*[,;]\s*"
    r"(?:and )?(?:(?:(?:which|this|that) (?:would|could|will|may|might)\s+)?"
    r"(?:result(?:s|ing)? in|lead(?:s|ing)? to|caus(?:e|es|ing)|so that)|which (?:would|could|will|may|might))\s+"
    r"(?P<effect>[^;]{3,400}?)\s*\.?\s*",
    re.IGNORECASE,
)
"""The sentence that PMI and PRINCE2 ask for: because of a cause, an event may occur, leading to an effect."""


@dataclass(frozen=True)
class Register(Imported[Risk]):
    """The risks read, whose export they are, the top of each numeric scale by field, the index of each risk's row."""

    tool: RegisterTool = RegisterTool.GENERIC
    tool_confidence: Confidence = Confidence.LOW
    tops: Mapping[str, float] = dataclasses.field(default_factory=dict)
    places: tuple[int, ...] = ()


def match(table: Table, by_hand: HAND = (), *, name: str) -> tuple[ColumnMatch, ...]:
    """Which column holds which field of a risk. Raises NoSuchColumn, Invalid where `by_hand` does not fit."""
    return match_headings(table.columns, FIELDS, by_hand, name=name, fits=_fitting(table))


def read_register(
    table: Table,
    by_hand: HAND = (),
    *,
    name: str,
    project: str = "",
    known_tops: Mapping[str, float] = {},  # never changed
) -> Register:
    """The register's entries; those without project column belong to `project`.

    Probability and impact are read from 1–5, 1–10, 0–100, 0–1 or words; `known_tops` are the scales that an earlier
    file of the same columns had. A description in the cause-event-effect sentence is taken apart. An entry's id is
    “PROJECT:REF”, the ref made from its title where there is none.

    Raises:
        NoSuchColumn, Invalid: `by_hand` does not fit; no title or description; no project.
    """
    matches = match(table, by_hand, name=name)
    reading = Reading(table, matches)
    if not (reading.has("title") or reading.has("description") or reading.has("event")):
        raise Invalid(f"{name}: no column holds the risks’ titles or descriptions. Name it with --map title=COLUMN.")
    if not project and not reading.has("project"):
        raise Invalid(f"{name}: no column says which project a risk belongs to. Name the project with --project KEY.")
    tool, sure = tool_of(table.columns)
    tops = _tops(reading, tool, known_tops)
    drafts = _read_fields(reading, tops)
    found: dict[str, Risk] = {}
    places = []
    for index in range(len(reading)):
        risk = _risk(reading, index, {field: column[index] for field, column in drafts.items()}, project)
        if risk is None:
            continue
        if risk.id in found:
            reading.warn(index, f"{risk.project} has “{risk.ref}” above already; this one is left out")
            continue
        found[risk.id] = risk
        places.append(index)
    return Register(
        records=tuple(found.values()),
        columns=matches,
        unused=unused(table.columns, matches),
        warnings=tuple(reading.warnings),
        tool=tool,
        tool_confidence=sure,
        tops=tops,
        places=tuple(places),
    )


def _tops(reading: Reading, tool: RegisterTool, known: Mapping[str, float]) -> dict[str, float]:
    """The top of each scale of numbers; of a tool that counts in hundredths it is 100 unless no number is above 5."""
    found = {}
    for field in LEVELS:
        cells, heading = reading.texts(field), reading.heading(field)
        top = top_of(cells, heading, known.get(field))
        if top is not None:
            found[field] = 100.0 if tool in PERCENT and top > 5 else top
    return found


def _read_fields(reading: Reading, tops: Mapping[str, float]) -> dict[str, list[object]]:
    """The columns that are more than text, each read as a whole: its scale and its date order show only so."""
    columns: dict[str, list[object]] = {}
    for field in LEVELS:
        levels = levels_of(reading.texts(field), reading.heading(field), tops.get(field))
        columns[field] = list(reading.levels(field, levels))
    for field in DAYS:
        columns[field] = list(reading.days(field))
    for field, words in CLOSED_FIELDS.items():
        columns[field] = list(reading.words(field, words))
    return columns


def _risk(reading: Reading, index: int, read: dict[str, object], project: str) -> Risk | None:
    def text(field: str) -> str:
        return reading.text(index, field)

    said_of: dict[str, Any] = told(text("description"), text("cause"), text("event"), text("effect"))
    title = " ".join(text("title").split()) or headline(said_of["event"] or text("description"))
    key = text("project") or project
    if not title or not key:
        missing = "neither title nor description" if not title else "no project"
        reading.warn(index, f"it has {missing}, so it is left out")
        return None
    ref = " ".join(text("ref").split()) or f"X{derived_id(plain_words(title))[:6]}"
    response = word_of(text("response"), RESPONSE)
    said = [text("response") if plain_words(text("response")) not in RESPONSE else "", text("response_text")]
    kept: dict[str, Any] = {field: value for field, value in read.items() if value is not None}
    if kept.get("status") is RiskStatus.OCCURRED:
        kept.setdefault("occurred", Occurred.YES)
    return Risk(
        id=f"{key}:{ref}",
        project=key,
        ref=ref,
        title=title,
        **said_of,
        category=text("category"),
        response=response,
        response_text="\n".join(part for part in said if part),
        owner=text("owner"),
        occurred_note=text("occurred_note"),
        origin="import",
        **kept,
    )


def told(description: str, cause: str, event: str, effect: str) -> dict[str, str]:
    """Cause, event and effect; a description fills those that have no column of their own."""
    plain = re.sub(r"\s{2,}", " ", description[:2_000])  # runs of blanks would be tried at every length
    sentence = _SENTENCE.fullmatch(plain) if not (cause or event or effect) else None
    if sentence:
        return sentence.groupdict()
    return {"cause": cause, "event": event or description, "effect": effect}


def _fitting(table: Table) -> Callable[[str, str], bool]:
    """A test that keeps a heading such as “Type” or “Impact” from being believed against what stands below it."""

    def fits(field: str, column: str) -> bool:
        cells = [cell for row in table.rows if not is_nothing(cell := row.get(column, ""))]
        if field in LEVELS:
            readable = sum(level is not None for level in levels_of(cells, column))
        elif field in CLOSED_FIELDS:
            readable = sum(word_of(cell, CLOSED_FIELDS[field]) is not None for cell in cells)
        else:
            return True
        return readable >= len(cells) / 2

    return fits
