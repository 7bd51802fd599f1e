"""The sample organisation walked through the whole path -> figures beside people's truth.

Usage: python benchmarks/sample_truth.py [--workspace FILE]     (a temporary workspace unless one is named)

Every figure is over the statements of data/samples/truth/statements.csv. A derived statement is matched to a true one
by the largest overlap within the same answer; where nothing overlaps, kind and theme count as missed.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from sample_areas import print_areas
from sample_calibration import print_calibration
from sample_finished import print_finished
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score, f1_score

import reviewkit
from reviewkit.domain.kickoffs import Recommendation
from reviewkit.domain.projects import Risk
from reviewkit.domain.reviews import Statement
from reviewkit.domain.words import Kind, Scope
from reviewkit.language.redaction import redact
from reviewkit.risks.matching import match
from reviewkit.workspace import Workspace
from reviewkit.workspace.advising.kickoffs import MOST
from reviewkit.workspace.files.samples import load_samples, sample_rows
from reviewkit.workspace.projects import roster

CUT_RIGHT = 0.8
"""Intersection over union from which a statement counts as cut as people would."""

TOP = 7


@dataclass(frozen=True)
class Truth:
    """One claim as people marked it; `start` and `end` are offsets into the redacted answer."""

    response: str
    question: str
    start: int
    end: int
    theme: str
    kind: str
    risk: str


@dataclass(frozen=True)
class Matched:
    """A claim with the derived statement that overlaps it most, None where none does, and their overlap (0 to 1)."""

    truth: Truth
    statement: Statement | None
    iou: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--workspace", type=Path, help="a workspace file to use or make")
    given = parser.parse_args().workspace
    with (
        tempfile.TemporaryDirectory() as folder,
        reviewkit.open_workspace(str(given or Path(folder) / "samples.db")) as ws,
    ):
        begin = time.perf_counter()
        load_samples(ws)
        ws.analysis.refresh(wait=True)
        print(f"loaded and analysed in {time.perf_counter() - begin:.1f} s")
        pairs = matched(ws)
        print_statements(ws, pairs)
        print_themes(ws, pairs)
        print_areas(ws)
        print_links(ws, pairs)
        print_calibration(ws, {pair.statement.id: pair.truth.risk for pair in pairs if pair.statement})
        print_recommendations(ws, pairs)
        print_finished(ws, ndcg)


def matched(ws: Workspace) -> list[Matched]:
    """Each true statement beside the derived one that overlaps it most."""
    derived: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in ws.context.store.statements.all():
        derived[statement.response, statement.question].append(statement)
    return [_best(truth, derived[truth.response, truth.question]) for truth in _truths(ws)]


def print_statements(ws: Workspace, pairs: Sequence[Matched]) -> None:
    right = sum(pair.iou >= CUT_RIGHT for pair in pairs) / len(pairs)
    derived = ws.context.store.statements.count()
    print(f"\nstatements   {derived} derived, {len(pairs)} true, cut right (IoU >= {CUT_RIGHT}) {right:.1%}")
    kinds = [str(kind) for kind in Kind]
    true = [pair.truth.kind for pair in pairs]
    found = [str(pair.statement.kind or "") if pair.statement else "" for pair in pairs]
    single = f1_score(true, found, labels=kinds, average=None, zero_division=0)
    each = ", ".join(f"{kind} {value:.2f}" for kind, value in zip(kinds, single, strict=True))
    print(f"kinds        macro F1 {sum(single) / len(kinds):.3f} ({each})")


def print_themes(ws: Workspace, pairs: Sequence[Matched]) -> None:
    store = ws.context.store
    members = {member.statement: member for member in store.memberships.all()}
    areas = {row["key"]: row["area"] for row in sample_rows("truth/themes.csv")}
    found = [members.get(pair.statement.id) if pair.statement else None for pair in pairs]
    true = [pair.truth.theme for pair in pairs]
    themes = [member.theme if member else "" for member in found]
    subthemes = [(member.subtheme or member.theme) if member else "" for member in found]
    themed = [row for row, key in enumerate(true) if key]
    print(
        f"themes       {len(set(themes) - {''})} themes, {len(set(subthemes) - {''})} with subthemes,"
        f" true {len(areas)}; without {themes.count('') / len(themes):.1%}"
    )
    for name, labels in (("themes", themes), ("subthemes", subthemes), ("k-means", _k_means(ws, pairs, len(areas)))):
        everywhere = adjusted_mutual_info_score(true, labels)
        only = adjusted_mutual_info_score([true[row] for row in themed], [labels[row] for row in themed])
        print(f"  {name:10} AMI {everywhere:.3f} over all rows, {only:.3f} over those with a true theme")
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for row in themed:
        for theme in {themes[row], subthemes[row]} - {""}:
            said[theme][areas[true[row]]] += 1
    for name, wanted in (("themes", set(themes)), ("subthemes", set(subthemes) - set(themes))):
        judged = [
            (str(theme.area or ""), said[theme.id]) for theme in store.themes.all() if theme.id in wanted & set(said)
        ]
        if judged:
            correct = sum(area == votes.most_common(1)[0][0] for area, votes in judged) / len(judged)
            print(f"  area of {name:10} right {correct:.1%} of {len(judged)}, by the majority of their true areas")


def print_links(ws: Workspace, pairs: Sequence[Matched]) -> None:
    """Each linked statement is matched to the register of its own project, by the code that suggests links."""
    store, encoder = ws.context.store, ws.context.engines.encoder
    registers: dict[str, list[Risk]] = defaultdict(list)
    for risk in store.risks.all():
        registers[risk.project].append(risk)
    linked: dict[str, list[tuple[Statement, str]]] = defaultdict(list)
    missed = 0
    for pair in pairs:
        if pair.truth.risk and pair.statement:
            linked[pair.statement.project].append((pair.statement, pair.truth.risk))
        missed += bool(pair.truth.risk) and not pair.statement
    reciprocal, first = [0.0] * missed, 0
    for project, asked in linked.items():
        risks = registers[project]
        texts = [risk.text for risk in risks]
        said = [statement.text for statement, _ in asked]
        ranked = match(said, encoder.encode(said), texts, encoder.encode(texts), top=10)
        for (_, wanted), hits in zip(asked, ranked, strict=True):
            rank = next((at for at, hit in enumerate(hits, start=1) if risks[hit.risk].id == wanted), 0)
            reciprocal.append(1 / rank if rank else 0.0)
            first += rank == 1
    total = len(reciprocal)
    mrr = sum(reciprocal) / total
    print(f"links        MRR@10 {mrr:.3f}, first {first / total:.1%} of {total}, within the own register")


def print_recommendations(ws: Workspace, pairs: Sequence[Matched]) -> None:
    """A lesson counts with its grade, a theme with the mean grade of the lessons on what it is mostly about."""
    usable = {lesson.id for lesson in ws.lessons.list() if lesson.is_usable}
    graded: dict[str, dict[str, int]] = defaultdict(dict)
    for row in sample_rows("truth/recommendations.csv"):
        if row["lesson"] in usable:
            graded[row["project"]][row["lesson"]] = int(row["grade"])
    popular, about = _by_popularity(pairs), _about(ws, pairs)
    print(f"\nnDCG@{TOP} over {len(usable)} usable lessons")
    print(
        f"  {'project':10}"
        + "".join(f"{name:>14}" for name in ("kickoff", "its lessons", "search alone", "popularity", "chance"))
    )
    rows = []
    for project, grades in graded.items():
        advice = ws.kickoffs.for_project(project, top=TOP).recommendations
        more = ws.kickoffs.for_project(project, top=MOST).recommendations
        hits = ws.search(ws.projects.get(project).brief, scopes=[Scope.LESSONS], limit=len(usable)).hits
        rows.append(
            (
                ndcg([_grade(one, grades, about) for one in advice], grades.values()),
                ndcg([grades[one.source] for one in more if one.source in grades], grades.values()),
                ndcg([grades[hit.id] for hit in hits if hit.id in grades], grades.values()),
                ndcg([grades[lesson] for lesson in popular if lesson in grades], grades.values()),
                ndcg([_mean_gain(grades.values())] * TOP, grades.values()),
            )
        )
        print(f"  {project:10}" + "".join(f"{value:14.3f}" for value in rows[-1]))
    print(f"  {'mean':10}" + "".join(f"{sum(column) / len(rows):14.3f}" for column in zip(*rows, strict=True)))


def ndcg(found: Sequence[float], all_grades: Iterable[float]) -> float:
    """Normalised discounted cumulative gain of the first TOP grades; gain 2^grade - 1 (Burges et al., ICML 2005)."""

    def dcg(grades: Sequence[float]) -> float:
        return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:TOP]))

    return dcg(found) / dcg(sorted(all_grades, reverse=True))


def _truths(ws: Workspace) -> list[Truth]:
    names = roster(ws.context.store)
    answers = {response.id: response.answers for response in ws.context.store.responses.all()}
    found = []
    for row in sample_rows("truth/statements.csv"):
        raw = str(answers[row["response"]][row["question"]])
        start, end = _carried(raw, redact(raw, names), int(row["start"]), int(row["end"]))
        found.append(Truth(row["response"], row["question"], start, end, row["theme"], row["kind"], row["risk"]))
    return found


def _carried(raw: str, redacted: str, start: int, end: int) -> tuple[int, int]:
    """Offsets into the raw answer -> offsets into the redacted one; a marker goes with what it stands for."""
    if raw == redacted:
        return start, end
    moved_start, moved_end = 0, len(redacted)
    for _, a, b, c, d in SequenceMatcher(None, raw, redacted, autojunk=False).get_opcodes():
        if a <= start < b:
            moved_start = min(c + start - a, d)
        if a < end <= b:
            moved_end = d if end == b else min(c + end - a, d)
    return moved_start, moved_end


def _best(truth: Truth, derived: Sequence[Statement]) -> Matched:
    best, most = None, 0
    for statement in derived:
        common = min(truth.end, statement.end) - max(truth.start, statement.start)
        if common > most:
            best, most = statement, common
    if best is None:
        return Matched(truth, None, 0.0)
    union = max(truth.end, best.end) - min(truth.start, best.start)
    return Matched(truth, best, most / union)


def _k_means(ws: Workspace, pairs: Sequence[Matched], clusters: int) -> list[str]:
    """What the plainest rival makes of the same vectors when it is told the true number of themes."""
    vectors = ws.context.engines.encoder.encode([pair.statement.text if pair.statement else "" for pair in pairs])
    return [str(label) for label in KMeans(clusters, n_init=4, random_state=0).fit_predict(vectors)]


def _about(ws: Workspace, pairs: Sequence[Matched]) -> Mapping[str, str]:
    """Derived theme -> the true theme most of its statements have."""
    members = {member.statement: member for member in ws.context.store.memberships.all()}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        member = members.get(pair.statement.id) if pair.statement else None
        if member and pair.truth.theme:
            for theme in {member.theme, member.subtheme} - {""}:
                votes[theme][pair.truth.theme] += 1
    return {theme: counted.most_common(1)[0][0] for theme, counted in votes.items()}


def _by_popularity(pairs: Sequence[Matched]) -> list[str]:
    """Lessons by how many responses raised the most often raised of their true themes."""
    raised: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        raised[pair.truth.theme].add(pair.truth.response)
    reach: dict[str, int] = defaultdict(int)
    for lesson, theme in _lesson_themes():
        reach[lesson] = max(reach[lesson], len(raised[theme]))
    return sorted(reach, key=lambda lesson: (-reach[lesson], lesson))


def _grade(one: Recommendation, grades: Mapping[str, int], about: Mapping[str, str]) -> float:
    if one.scope is Scope.LESSONS:
        return grades.get(one.source, 0)
    alike = [
        grades[lesson] for lesson, theme in _lesson_themes() if theme == about.get(one.source) and lesson in grades
    ]
    return sum(alike) / len(alike) if alike else 0.0


def _mean_gain(grades: Iterable[int]) -> float:
    """The grade whose gain is the mean gain: what a random order gives at each rank."""
    gains = [2**grade - 1 for grade in grades]
    return math.log2(sum(gains) / len(gains) + 1)


def _lesson_themes() -> list[tuple[str, str]]:
    return [(row["lesson"], row["theme"]) for row in sample_rows("truth/lessons.csv")]


if __name__ == "__main__":
    main()
