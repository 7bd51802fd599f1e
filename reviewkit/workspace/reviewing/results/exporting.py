"""Results of a review -> rows of a table and a record for programs, both of what may be shown and no more."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.domain.privacy import MIN_GROUP
from reviewkit.report.gaps import Gap
from reviewkit.report.ratings import Distribution
from reviewkit.workspace.reviewing.results.found import DecisionTold, ReviewResults

COLUMNS = ("part", "about", "answer", "number", "note")
"""What a row tells: which part of the results, of which question or heading, the answer or text, how many."""

Row = tuple[str, str, str, int | float | None, str]

ASKED = {"applied": "was it done", "helped": "did it help", "recurred": "did it happen anyway"}
"""What people are asked about each decision of the kickoff."""

WITHHELD = f"The answers are kept back until {MIN_GROUP} people at least can be shown together."


def results_rows(results: ReviewResults) -> list[Row]:
    """Rows of COLUMNS; numbers are people unless the note says otherwise."""
    if results.withheld:
        return [("answered", "", "", results.responses, WITHHELD)]
    return list(_rows(results))


def results_record(results: ReviewResults) -> dict[str, object]:
    """The same for programs, under names that stay."""
    review = results.review
    return {
        "review": {"id": review.id, "project": review.project, "title": review.title, "status": review.status.value},
        "withheld": results.withheld,
        "settled": results.settled,
        "responses": results.responses if results.settled else None,
        "responses_at_least": results.responses,
        "invited": results.invited,
        "rate": results.rate,
        "roles": [
            {"role": one.role, "answered": one.answered, "invited": one.invited, "rate": one.rate}
            for one in results.roles
        ],
        "others": results.others,
        "ratings": [_rating(found) for found in results.distributions],
        "decisions": [_decision(found) for found in results.decisions],
        "rating_gaps": [_gap(gap, gap.about) for gap in results.rating_gaps],
        "theme_gaps": [_gap(gap, results.label_of(gap.about)) for gap in results.theme_gaps],
        "themes": [
            {"id": theme.id, "label": theme.label, "people_at_least": people} for theme, people in results.themes
        ],
        "kinds": {kind.value: count for kind, count in results.kinds.items()},
        "view": results.view.chosen,
        "view_withheld": results.narrowed_away,
        "statements": [
            {
                "id": one.quote.statement,
                "heading": heading,
                "kind": one.kind.value if one.kind else None,
                "text": one.quote.text,
            }
            for heading, said in results.said.items()
            for one in said
        ],
    }


def _rows(results: ReviewResults) -> Iterator[Row]:
    bound = "" if results.settled else "at least"
    yield "answered", "", "", results.responses, _of(bound, results.invited)
    for role in results.roles:
        yield "role", "", role.role, role.answered, _of(bound, role.invited)
    if results.others:
        yield "role", "", "others", results.others, ""
    for found in results.distributions:
        yield from _distribution_rows(found)
    for decision in results.decisions:
        for name, told in decision.asked:
            yield from _decision_rows(decision.wording, ASKED[name], told)
    for gap in (*results.rating_gaps, *results.theme_gaps):
        note = f"more often than {gap.fewer} ({gap.n_fewer})"
        yield "gap", results.label_of(gap.about), gap.more, gap.n_more, note
    for theme, people in results.themes:
        yield "theme", theme.label, "", people, "at least"
    for kind, count in results.kinds.items():
        yield "kind", "", kind.value, count, "statements"
    for heading, said in results.said.items():
        for one in said:
            yield "statement", heading, one.quote.text, None, one.kind.value if one.kind else ""
    if results.narrowed_away:
        yield "statement", "", "", None, WITHHELD


def _distribution_rows(found: Distribution) -> Iterator[Row]:
    text = found.question.text
    if found.n is not None:
        yield "question", text, "", found.n, "answered it"
    for cell in found.cells:
        yield "question", text, " or ".join(cell.labels), cell.people, "together" if len(cell.labels) > 1 else ""
    if found.mean is not None:
        yield "question", text, "", round(found.mean, 2), "mean"
    if found.net_promoter is not None:
        score = found.net_promoter
        yield "question", text, "", score.score, f"net promoter score, 95 % interval {score.low} to {score.high}"


def _decision_rows(about: str, asked: str, found: Distribution) -> Iterator[Row]:
    """How many answered it, then how many said what; the number is left out where too few would be told apart."""
    yield "decision", about, f"{asked}?", found.n, "answered it" if found.n is not None else WITHHELD
    for cell in found.cells:
        yield "decision", about, f"{asked}: {' or '.join(cell.labels)}", cell.people, ""


def _decision(found: DecisionTold) -> dict[str, object]:
    told = {name: _rating(one) for name, one in found.asked}
    return {
        "recommendation": found.recommendation,
        "about": found.wording,
        "scope": found.scope.value if found.scope else None,
        "source": found.source or None,
        **{name: told.get(name) for name in ASKED},
    }


def _rating(found: Distribution) -> dict[str, object]:
    score = found.net_promoter
    return {
        "question": found.question.key,
        "text": found.question.text,
        "type": found.question.type.value,
        "n": found.n,
        "counts": [{"answers": list(cell.labels), "people": cell.people} for cell in found.cells],
        "mean": None if found.mean is None else round(found.mean, 2),
        "nps": None if score is None else {"score": score.score, "low": score.low, "high": score.high},
    }


def _gap(gap: Gap, about: str) -> dict[str, object]:
    return {"about": about, "more": gap.more, "n_more": gap.n_more, "fewer": gap.fewer, "n_fewer": gap.n_fewer}


def _of(bound: str, invited: int | None) -> str:
    return ", ".join(part for part in (bound, f"of {invited} invited" if invited else "") if part)
