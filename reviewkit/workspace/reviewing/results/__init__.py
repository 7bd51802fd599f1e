"""The results of a review: who answered, how they rated, what they said. Groups too small are withheld."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from reviewkit.collect.answers import ROLE
from reviewkit.domain.privacy import (
    answered,
    at_least,
    count_or_none,
    groups_shown,
    rate_told,
    settled,
    shows,
    whole_fives,
)
from reviewkit.domain.reviews import Question, Response, Review
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Anonymity, FileType
from reviewkit.kickoff.asking import is_about_advice
from reviewkit.report.gaps import gaps
from reviewkit.report.ratings import distribution
from reviewkit.report.tables import csv_text, workbook
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.inviting import Inviting
from reviewkit.workspace.reviewing.results.deciding import decisions_told
from reviewkit.workspace.reviewing.results.differing import rated_high, role_members
from reviewkit.workspace.reviewing.results.exporting import COLUMNS, results_record, results_rows
from reviewkit.workspace.reviewing.results.found import WHOLE, ReviewResults, RoleRate
from reviewkit.workspace.reviewing.results.saying import Saying, View


class Results:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def of(self, review_id: str, view: View | None = None) -> ReviewResults:
        """What may be shown, the statements narrowed to `view`. Raises NotFound."""
        review = self._store.reviews.get(review_id).as_of(self._context.now())
        project = self._store.projects.get(review.project)
        responses = self._store.responses.all(review=review_id, released=True)
        held = self._store.responses.count(review=review_id, released=False)
        told = answered(review, len(responses), held, is_open=review.is_open_at(self._context.now()))
        if not shows(review, len(responses)):
            return ReviewResults(review, project, count_or_none(told), review.invited, withheld=True, waiting=held > 0)
        named, view = review.anonymity is Anonymity.NAMED, view or WHOLE
        is_settled, saying = self._is_settled(review, held), self.saying(review_id)
        themes = self._themes(saying, review)
        if is_settled:  # else they are told, but no view is cut by them
            themes = [found for found in themes if saying.is_shown(View(theme=found[0].id))]
        roles, others = self._roles(review, responses, is_settled)
        members = role_members(responses, {role.role for role in roles} if is_settled else ())
        return ReviewResults(
            review=review,
            project=project,
            responses=told,
            invited=review.invited,
            withheld=False,
            waiting=held > 0,
            settled=is_settled,
            rate=rate_told(told, review.invited),
            roles=roles,
            others=others,
            distributions=tuple(distribution(one, responses, named=named) for one in _told_apart(review, is_settled)),
            decisions=decisions_told(self._store, review, responses) if is_settled else (),
            rating_gaps=gaps(members[0], rated_high(review, responses)),
            theme_gaps=gaps(members[1], _raised(saying, themes, responses)),
            themes=tuple(themes),
            kinds=saying.kinds,
            kinds_together=saying.kinds_together,
            headings=saying.headings,
            view=view,
            narrowed_away=not saying.is_shown(view),
            said=saying.under_headings(view) if saying.is_shown(view) else {},
        )

    def export(self, review_id: str, file_type: FileType, view: View | None = None) -> bytes:
        """The same as a file: what may be shown, no more. Raises NotFound."""
        found = self.of(review_id, view)
        if file_type is FileType.JSON:
            return json.dumps(results_record(found), ensure_ascii=False, indent=2).encode()
        rows = results_rows(found)
        return csv_text(COLUMNS, rows).encode() if file_type is FileType.CSV else workbook(COLUMNS, rows)

    def saying(self, review_id: str) -> Saying:
        """What was said in a review that may be shown, for views of it. Raises NotFound."""
        review = self._store.reviews.get(review_id)
        held = self._store.responses.count(review=review_id, released=False)
        statements = self._store.statements.all(review=review.id)
        members = self._store.memberships.all(statement={statement.id for statement in statements})
        theme_of = {member.statement: member.theme for member in members if member.theme}
        return Saying(review, statements, theme_of, settled=self._is_settled(review, held))

    def _is_settled(self, review: Review, held: int) -> bool:
        return settled(review, held, is_open=review.is_open_at(self._context.now()))

    def _themes(self, saying: Saying, review: Review) -> list[tuple[Theme, int]]:
        """Themes with how many of the review's people raised them at least, in whole fives; widest first."""
        raised = saying.raised
        found = [
            (theme, len(raised[theme.id]) if review.anonymity is Anonymity.NAMED else at_least(len(raised[theme.id])))
            for theme in self._store.themes.all(id=set(raised))
        ]
        told = [(theme, reach) for theme, reach in found if reach]
        return sorted(told, key=lambda pair: (-pair[1], pair[0].label))

    def _roles(self, review: Review, responses: list[Response], is_settled: bool) -> tuple[tuple[RoleRate, ...], int]:
        """Roles that may be told, the largest first, and how many others there are (0 where that is not told)."""
        sizes = Counter(str(response.role or "") for response in responses)
        if not is_settled:
            sizes = Counter({role: whole_fives(count) for role, count in sizes.items()})
        shown = dict(sizes) if review.anonymity is Anonymity.NAMED else groups_shown(sizes)
        shown.pop("", None)
        turnouts = Inviting(self._context).standing(review.id).roles if is_settled else {}
        rates = (
            RoleRate(role, shown[role], asked, rate_told(shown[role], asked))
            for role in sorted(shown, key=lambda role: (-shown[role], role))
            for asked in [turnouts[role].invited if role in turnouts else None]
        )
        return tuple(rates), len(responses) - sum(shown.values()) if is_settled else 0


def _raised(
    saying: Saying, themes: Sequence[tuple[Theme, int]], responses: Sequence[Response]
) -> dict[str, tuple[set[str], set[str]]]:
    """Theme id -> who raised it, and everybody who might have."""
    everybody = {response.id for response in responses}
    return {theme.id: (saying.raised[theme.id], everybody) for theme, _ in themes}


def _told_apart(review: Review, is_settled: bool) -> list[Question]:
    """Closed questions; the part people had in the project, and what it had decided, are told on their own."""
    if not is_settled:
        return []
    return [one for one in review.questions if not one.type.is_open and one.key != ROLE and not is_about_advice(one)]
