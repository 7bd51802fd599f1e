"""What goes wrong and right in projects, in the words of the field: names for themes that a reader knows.

Answers are concrete (“three boxes on the floor for a week”), a theme is what they have in common (“late deliveries”),
and that phrase often stands in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from reviewkit.domain.words import Area
from reviewkit.language.ports import Matrix
from reviewkit.themes.graph import unit
from reviewkit.themes.wording import stems

CLEAR = 6.0
"""Standard errors by which a group must stand nearer to a term than statements do on average."""

SAID_SHARE, MOST_SAID = 0.3, 8.0
"""Weight of words beside meaning, both in standard errors, and the most that words may count."""

_TERMS: Mapping[Area, str] = {
    Area.SUPPLIERS: """
        late deliveries; missed delivery dates; long lead times; poor supplier quality; junior supplier staff;
        changing supplier staff; helpful supplier people; supplier communication; unclear contract terms;
        penalties and service levels; licence and change fees; no exit plan; handover between providers;
        procurement rules
    """,
    Area.TECHNOLOGY: """
        data migration errors; poor data quality; wrong asset lists; missing interfaces; system integration
        problems; unknown dependencies; slow system; system outages; poor network coverage; working offline;
        confusing screens; easy to use; unreliable hardware; wrong equipment; security and access rights;
        rooms and furniture; noise and space; heating and air; parking and access
    """,
    Area.QUALITY: """
        too little testing time; late testing; unrealistic test cases; testing with real data; bugs after
        go-live; snags and rework; dress rehearsals; pilot before rollout; parallel runs; acceptance tests;
        squeezed commissioning; quality of workmanship; handover to operations; missing documentation; support
        after go-live; help desk queue
    """,
    Area.PEOPLE: """
        training too early; training too short; good training; floor walkers and super users; one person knows
        everything; key people leaving; lost knowledge; good team spirit; blame in the team; working side by
        side; trust between teams; fear of job loss; union agreement; middle managers not on board; resistance
        to change; winning people over; shift patterns; working conditions
    """,
    Area.BUDGET: """
        not enough staff; people not released; overtime and overload; cost overruns; hidden costs; budget
        kept; too little contingency; money well spent
    """,
    Area.SCHEDULE: """
        optimistic schedule; fixed opening date; no float in the plan; realistic planning; waiting for others;
        work in the wrong order; cutover weekend; moving day; fall-back plan; service kept running
    """,
    Area.RISK: """
        late permits; conditions of the authorities; failed inspections; planning permission; ground
        conditions; hidden state of the building; site surveys; bad weather; material shortages; strike
        action; risk register ignored; warnings not heard; risks handled early; accidents and near misses;
        site safety
    """,
    Area.SCOPE: """
        scope creep; late change requests; change control; unclear requirements; missing requirements;
        requirements found late; well-gathered requirements
    """,
    Area.STAKEHOLDERS: """
        users not asked; users shaped the design; early user involvement; rumours and silence; clear
        communication; letters to residents; too many newsletters; nobody told us; slow decisions; unclear who
        decides; too many committees; steering board; absent sponsor; change of sponsor; sponsor support;
        roles and responsibilities; meetings and reporting
    """,
    Area.BENEFITS: """
        benefits not measured; promised benefits missing; savings achieved; time saved; happier customers;
        fewer complaints; business case; lessons not used
    """,
}

AREAS: Mapping[str, Area] = {
    " ".join(term.split()): area for area, terms in _TERMS.items() for term in terms.split(";")
}
"""Each term with the area it belongs to."""

TERMS = tuple(AREAS)
"""Phrases of 2 to 5 words as they would stand on a card."""


def known_names(
    vectors: Matrix, texts: Sequence[str], groups: Sequence[Sequence[int]], terms: Matrix, *, clear: float = CLEAR
) -> list[list[str]]:
    """For each group of rows of `vectors`, the terms that name it, the best first; none where none is clear.

    `vectors` (n, dim) are those of the statements `texts`, `terms` (len(TERMS), dim) those of `TERMS` by the same
    encoder. A statement's likeness to a term is standardised over all statements, so that terms everything resembles
    name nothing; a group's is the sum over its members, in standard errors. One statement seldom tells, thirty do.
    Among clear terms, those whose words the group says more often than others do go first.
    """
    if not len(vectors):
        return [[] for _ in groups]
    likeness = unit(vectors - vectors.mean(axis=0)) @ unit(terms - terms.mean(axis=0)).T
    likeness = (likeness - likeness.mean(axis=0)) / np.maximum(likeness.std(axis=0), 1e-6)
    said = _said(texts)
    usual = said.mean(axis=0)
    spread = np.sqrt(np.maximum(usual * (1 - usual), 1e-3))
    named = []
    for group in groups:
        rows, root = list(group), np.sqrt(len(group))
        errors = likeness[rows].sum(axis=0) / root
        excess = np.clip((said[rows].mean(axis=0) - usual) / spread * root, -MOST_SAID, MOST_SAID)
        order = np.argsort(-(errors + SAID_SHARE * excess), kind="stable")
        named.append([TERMS[term] for term in order.tolist() if errors[term] >= clear])
    return named


def _said(texts: Sequence[str]) -> Matrix:
    """(n, len(TERMS)): 1 where a statement has a telling word of the term."""
    of_term: dict[str, list[int]] = {}
    for number, term in enumerate(TERMS):
        for stem in stems(term):
            of_term.setdefault(stem, []).append(number)
    said = np.zeros((len(texts), len(TERMS)), dtype=np.float32)
    for row, text in enumerate(texts):
        for stem in set(stems(text)) & of_term.keys():
            said[row, of_term[stem]] = 1.0
    return said
