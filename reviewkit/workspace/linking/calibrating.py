"""Decisions on links -> words of confidence that keep what they promise, where that can be learned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from reviewkit.domain.foreseen import Band, Calibration, Learned, Rival
from reviewkit.domain.ids import fingerprint
from reviewkit.domain.themes import Link
from reviewkit.domain.words import LinkState, Scope
from reviewkit.risks.calibration import Judged, calibrate, probability, word_of
from reviewkit.risks.matching import confidence_of
from reviewkit.store.port import Store
from reviewkit.themes.decisions import home
from reviewkit.workspace.context import Context
from reviewkit.workspace.linking.standing import merged_themes

KEPT, RECIPE = "calibration of links", "1"


def learned(store: Store) -> Learned:
    """What the last analysis learned, with the decisions there are now."""
    confirmed = store.links.count(state=LinkState.CONFIRMED)
    decided = confirmed + store.links.count(state=LinkState.REJECTED)
    kept = json.loads(store.marks.get(KEPT) or "{}").get("fit")
    return Learned(decided, confirmed, _read(kept) if kept else None)


def calibrate_links(context: Context, *, fresh: bool) -> None:
    """Learns from decisions where there are others than last time, and puts suggestions into words by what it learned.

    `fresh` says that suggestions were made since, in the words of the rules.
    """
    store = context.store
    kept = json.loads(store.marks.get(KEPT) or "{}")
    decided = [
        link
        for link in store.links.all(state=(LinkState.CONFIRMED, LinkState.REJECTED))
        if link.cosine is not None and link.decided_by
    ]
    made_of = fingerprint(RECIPE, *(f"{link.id} {link.state} {link.score} {link.cosine}" for link in decided))
    if kept.get("made_of") == made_of:
        if not (fresh and kept.get("fit")):
            return
        fit: Calibration | None = _read(kept["fit"])
    else:
        fit = calibrate(_judged(store, decided))
    before = _read(kept["fit"]) if kept.get("fit") else None
    words = _in_words(store, fit) if (fit and fit.in_use) or (before and before.in_use) else []
    with store.write():
        current = {link.id for link in store.links.all(id={one.id for one in words}, state=LinkState.SUGGESTED)}
        store.links.put(*(link for link in words if link.id in current))  # somebody may have decided meanwhile
        if kept.get("made_of") != made_of:
            store.marks.put(KEPT, json.dumps({"made_of": made_of, "fit": asdict(fit) if fit else None}))


def _in_words(store: Store, fit: Calibration | None) -> list[Link]:
    """Suggestions whose word changes: by `fit` where it is in use, else by the rules they were made by."""
    suggested = [link for link in store.links.all(state=LinkState.SUGGESTED) if link.cosine is not None]
    project_of, owners = store.risks.projects(), _owners(store)
    sizes: dict[str, int] = {}
    for project in project_of.values():
        sizes[project] = sizes.get(project, 0) + 1
    found = []
    for link in suggested:
        cosine = link.cosine or 0.0
        if fit and fit.in_use:
            word = word_of(probability(fit.weights, link.score, cosine, _is_own(link, project_of, owners)))
        else:
            among = len(project_of) if link.scope is Scope.THEMES else sizes.get(project_of.get(link.risk, ""), 1)
            word = confidence_of(cosine, link.score, among)
        if word is not link.confidence:
            found.append(replace(link, confidence=word))
    return found


def _judged(store: Store, decided: list[Link]) -> list[Judged]:
    """Decisions with the word of the rules, whatever word they carry since."""
    project_of, owners = store.risks.projects(), _owners(store)
    sizes: dict[str, int] = {}
    for project in project_of.values():
        sizes[project] = sizes.get(project, 0) + 1
    found = []
    for link in decided:
        project, cosine = project_of.get(link.risk, ""), link.cosine or 0.0
        among = len(project_of) if link.scope is Scope.THEMES else sizes.get(project, 1)
        word = confidence_of(cosine, link.score, max(among, 1))
        own = _is_own(link, project_of, owners)
        found.append(Judged(link.score, cosine, own, word, project, link.state is LinkState.CONFIRMED))
    return found


def _is_own(link: Link, project_of: Mapping[str, str], owners: Mapping[str, tuple[str, ...]]) -> bool:
    """Statements are tied to entries of their own project only."""
    return link.scope is Scope.STATEMENTS or project_of.get(link.risk) in owners.get(link.source, ())


def _owners(store: Store) -> dict[str, tuple[str, ...]]:
    """Theme -> the projects that raised it; one that was merged away has those of what it became."""
    themes, merged = {theme.id: theme.projects for theme in store.themes.all(parent="")}, merged_themes(store)
    return {theme: themes.get(home(theme, merged), projects) for theme, projects in themes.items()}


def _read(kept: Mapping[str, Any]) -> Calibration:
    rivals = {name: Rival(**kept[name]) for name in ("words", "share", "fit")}
    bands = tuple(Band(**band) for band in kept["bands"])
    return Calibration(**{**kept, **rivals, "bands": bands, "weights": tuple(kept["weights"])})
