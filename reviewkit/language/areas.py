"""Vectors -> areas, by nearness to what the ten areas are about in plain words; nothing is trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from reviewkit.domain.words import Area
from reviewkit.language.ports import Matrix

ANCHORS: Mapping[Area, tuple[str, ...]] = {
    Area.SCHEDULE: (
        "The plan was too optimistic: not enough time, no float, unrealistic estimates.",
        "The deadline was a fixed date set by politics.",
        "Milestones slipped and everything took longer than estimated.",
        "Realistic estimates kept us on time.",
        "We had to wait for another department; work was done in the wrong order.",
        "The cutover weekend, the moving day and the fall-back plan.",
        "Switching over from old to new while services kept running.",
    ),
    Area.BUDGET: (
        "It went over budget; the costs were higher than planned.",
        "Hidden costs and not enough contingency money.",
        "Spending was controlled well and it came in under budget.",
        "Staff were not released from their day jobs; there were too few people.",
        "Overloaded with work, overtime, two jobs at once, no backfill.",
        "Money, funding, prices and invoices.",
    ),
    Area.STAKEHOLDERS: (
        "Nobody told us anything; we heard rumours and silence.",
        "Clear, honest information: newsletters, meetings, notices to staff and the public.",
        "The sponsor was absent or was replaced; management did not back it.",
        "The sponsor was present and removed obstacles.",
        "Decisions were slow; the board and committees could not decide.",
        "It was not clear who decides.",
        "Users were never asked what they need.",
        "Users took part in the design and their ideas were used.",
    ),
    Area.SCOPE: (
        "The scope kept growing with late wishes and extras.",
        "Change requests and change control.",
        "Requirements were unclear, wrong, forgotten or found too late.",
        "Requirements were gathered and written down well.",
        "A function that people need had never been specified.",
    ),
    Area.RISK: (
        "The risk register was ignored; warnings were not heard.",
        "The risk was on the list and we were prepared for it.",
        "Permits, licences and inspections by the authorities took months.",
        "Contaminated ground, asbestos or hidden damage was found in the building.",
        "Site surveys were skipped or were done well.",
        "Storm, flood, frost, strike or shortage on the market.",
        "Health and safety: accidents, injuries, near misses, security.",
    ),
    Area.QUALITY: (
        "Testing was too short, too late or unrealistic.",
        "Commissioning and acceptance tests.",
        "Bugs, faults, snags and rework after go-live.",
        "The rehearsal, trial run or pilot found the problems before the opening.",
        "Parallel runs and prototypes.",
        "Handover to operations without documentation.",
        "Support in the weeks after go-live; the help line and hypercare.",
    ),
    Area.TECHNOLOGY: (
        "The system is slow, crashes, or loses its connection.",
        "It does not work offline; network, Wi-Fi and server outages.",
        "Migrating the old data: duplicates, wrong records, cleansing.",
        "Asset lists and master data were wrong.",
        "Interfaces between systems; unknown technical dependencies.",
        "The screen, the app or the device is easy or awkward to use.",
        "Rooms, desks, noise, heat, toilets, parking space.",
        "The new building or equipment is good to work in, or does not fit the daily work.",
    ),
    Area.SUPPLIERS: (
        "The supplier delivered months late.",
        "Equipment, hardware or releases from the vendor arrived late.",
        "The vendor sent junior people and kept changing them.",
        "The contractor's people were excellent.",
        "The contract was unclear on penalties, fees, service levels and exit.",
        "The old provider did not hand its knowledge over to the new one.",
    ),
    Area.PEOPLE: (
        "Training came too early, was too short, or was good.",
        "Trainers, super users and floor walkers helped us learn it.",
        "One person knew everything, and then retired or fell ill.",
        "The team worked together well; good spirit and humour.",
        "Blame, quarrels and no trust in the team.",
        "People feared for their jobs and were against the change.",
        "The union and the middle managers resisted, or were won over.",
    ),
    Area.BENEFITS: (
        "The promised benefits are not there, or nobody measures them.",
        "It saves money and time every week.",
        "Customers are happier and complaints have fallen.",
        "The business case and its savings came true.",
        "Better than before: the result for users and the public.",
    ),
}
"""Sentences such as people write, several to an area and of both signs, so that it is the subject that they share."""


ASKED_DEVIATIONS = 3.0
"""How much the question's own area counts, in standard deviations of all scores. On the sample organisation's
statements it raises the share of right areas from 0.34 to 0.50; more makes the answer an echo of the question."""


def anchor_texts() -> list[str]:
    """The texts whose vectors `areas_of` takes, in its order."""
    return [text for texts in ANCHORS.values() for text in texts]


def areas_of(vectors: Matrix, anchors: Matrix, asked: Sequence[Area | None] = ()) -> list[Area]:
    """The area of each row of `vectors` (n, dim): that of whose sentences it is nearest to.

    `anchors` holds the vectors of `anchor_texts()` by the same encoder, (m, dim). `asked` gives the area that each
    row's question is about, where it is about one: an answer seldom strays from it.
    """
    areas = list(ANCHORS)
    scores = area_scores(vectors, anchors)
    bonus = np.float32(ASKED_DEVIATIONS * scores.std()) if scores.size else np.float32(0)
    for row, area in enumerate(asked):
        if area is not None:
            scores[row, areas.index(area)] += bonus
    return [areas[best] for best in scores.argmax(axis=1)]


def areas_of_groups(vectors: Matrix, groups: Sequence[Sequence[int]], anchors: Matrix) -> list[Area]:
    """The area of each group of rows of `vectors`, as of a theme's statements; every group holds a row.

    A group's score is the mean over its members, not that of its centre: in a centre the subject of the whole
    organisation outweighs that of the theme. Areas that are near to everything said here are discounted by half.
    """
    scores = area_scores(vectors, anchors)
    discounted = scores - scores.mean(axis=0) / 2 if len(scores) else scores
    areas = list(ANCHORS)
    return [areas[int(discounted[list(group)].mean(axis=0).argmax())] for group in groups]


def area_scores(vectors: Matrix, anchors: Matrix) -> Matrix:
    """Array (n, 10), a column to an area in the order of `ANCHORS`; higher is nearer, within -1 to 1.

    What all anchors have in common (that somebody reviews something) is taken out of both sides first: it tells no
    areas apart, and makes hubs of the plainest sentences.
    """
    if not len(vectors):
        return np.zeros((0, len(ANCHORS)), dtype=np.float32)
    common = anchors.mean(axis=0)
    similarity = _unit(vectors - common) @ _unit(anchors - common).T
    bounds = np.cumsum([0, *(len(texts) for texts in ANCHORS.values())])
    return np.stack([_score(similarity[:, start:end]) for start, end in pairwise(bounds)], axis=1)


def _score(similarity: Matrix) -> Matrix:
    """The two nearest sentences of an area: one alone may be near by a chance word."""
    best: Matrix = np.sort(similarity, axis=1)[:, -2:].mean(axis=1)
    return best


def _unit(rows: Matrix) -> Matrix:
    unit: Matrix = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    return unit
