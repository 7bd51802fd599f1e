"""The sample's finished projects, each by its brief -> do lessons of others tell what its review reported?

sample_truth.py prints it: a second measure of recommendations, over sixteen projects instead of two. A lesson's grade
is 2 where four respondents or more reported a problem or a suggestion on one of its true themes, 1 where two or three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from reviewkit.domain.words import ProjectStatus, Scope
from reviewkit.kickoff.recommend import recommend
from reviewkit.workspace import Workspace
from reviewkit.workspace.advising.evidence import Knowledge, gather
from reviewkit.workspace.advising.kickoffs import TOP
from reviewkit.workspace.advising.searching import Search
from reviewkit.workspace.files.samples import sample_rows

Ndcg = Callable[[Sequence[float], Iterable[float]], float]


def print_finished(ws: Workspace, ndcg: Ndcg) -> None:
    """The mean nDCG of the kickoff and of search alone; a project's own lessons take no part."""
    lessons = {lesson.id: lesson for lesson in ws.lessons.list() if lesson.is_usable}
    rows = []
    search = Search(ws.context)
    knowledge = Knowledge(ws.context, search)
    for project in ws.projects.list(status=ProjectStatus.CLOSED):
        others = {one for one, lesson in lessons.items() if lesson.project != project.key}
        grades = {one: grade for one, grade in _grades(ws, project.key).items() if one in others}
        known = gather(ws.context, search, knowledge, project)
        kept = [row for row, one in enumerate(known.candidates) if one.source in others or one.scope is Scope.THEMES]
        advice = recommend([known.candidates[row] for row in kept], known.vectors[kept], top=TOP)
        hits = ws.search(project.brief, scopes=[Scope.LESSONS], limit=len(lessons)).hits
        told = [one.source for one, _ in advice]
        found = [hit.id for hit in hits if hit.id in grades]
        rows.append([ndcg([grades.get(one, 0) for one in side], grades.values()) for side in (told, found)])
    ours, alone = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    print(f"  {len(rows)} finished projects: kickoff {ours:.3f}, search alone {alone:.3f}")


def _grades(ws: Workspace, project: str) -> dict[str, int]:
    reviews = {review.id for review in ws.context.store.reviews.all(project=project)}
    responses = {one.id for one in ws.context.store.responses.all() if one.review in reviews}
    reported: dict[str, set[str]] = defaultdict(set)
    for row in sample_rows("truth/statements.csv"):
        if row["kind"] in ("problem", "suggestion") and row["response"] in responses:
            reported[row["theme"]].add(row["response"])
    grades: dict[str, int] = defaultdict(int)
    for row in sample_rows("truth/lessons.csv"):
        many = len(reported[row["theme"]])
        grades[row["lesson"]] = max(grades[row["lesson"]], 2 if many >= 4 else int(many >= 2))
    return grades
