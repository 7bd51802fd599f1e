"""Everything that one may see of an organisation, in every pair of filters -> whatever singles out 1 to 4 people.

The attacker reads results, exports, listings and themes; the umpire knows who said what, and counts the people behind.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reviewkit.cli.theme import _row as theme_record
from reviewkit.domain.privacy import MIN_GROUP, NO_ANSWER, count_or_none
from reviewkit.domain.reviews import Response
from reviewkit.domain.words import FileType, Kind
from reviewkit.workspace import Workspace
from reviewkit.workspace.reviewing.results.exporting import results_record
from reviewkit.workspace.reviewing.results.found import View
from reviewkit.workspace.reviewing.results.saying import Saying
from tests.attacker.elsewhere import facts, singled_out, turnouts
from tests.attacker.organisations import Organisation
from tests.attacker.surfaces import few, surfaces


@dataclass
class Sight:
    """What is seen at one moment: numbers by name; and as the umpire has it, who is in view, and what is settled."""

    numbers: dict[str, int] = field(default_factory=dict)
    released: dict[str, frozenset[str]] = field(default_factory=dict)
    settled: dict[str, bool] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)


def leaks(org: Organisation, steps: int = 30, every: int = 6) -> list[str]:
    """What the attacker finds in one organisation: looking on the way, and when all is closed."""
    found: list[str] = []
    before, erased = look(org.ws), 0
    for step in range(steps):
        seen = facts_now(org.ws) if step % every == 0 else None
        org.step()
        if seen:
            found += changed_unseen(seen, facts_now(org.ws))
            after = look(org.ws)
            found += [*after.leaks, *compare(before, after, org.erased - erased)]
            before, erased = after, org.erased
    org.close_all()
    found += look(org.ws).leaks
    org.ws.close()
    return found


def look(ws: Workspace) -> Sight:
    """All there is to see, with the leaks that show at this one moment."""
    sight = Sight()
    for summary in ws.reviews.list():
        told = count_or_none(summary.responses)
        if told is not None:
            sight.numbers[f"{summary.review.id} answered"] = told
        _look_at_review(ws, summary.review.id, sight)
        sight.numbers |= turnouts(ws, summary.review.id)
    _look_at_themes(ws, sight)
    sight.leaks += singled_out(ws)
    sight.leaks += surfaces(ws, frozenset(name for name, people in sight.released.items() if len(people) >= MIN_GROUP))
    return sight


def facts_now(ws: Workspace) -> tuple[object, dict[str, str]]:
    """Whose answers are out and which reviews are settled, and all that is told outside of their own pages."""
    out = {
        (review.id, ws.results.of(review.id).settled): {
            one.id for one in ws.context.store.responses.all(review=review.id, released=True)
        }
        for review in ws.context.store.reviews.all()
    }
    return out, facts(ws)


def changed_unseen(before: tuple[object, dict[str, str]], after: tuple[object, dict[str, str]]) -> list[str]:
    """What is told otherwise though nobody's answers came out or went."""
    (out, told), (out_now, told_now) = before, after
    if out != out_now:
        return []
    return [
        f"{name}: {told.get(name)} became {told_now.get(name)}, though nothing came out"
        for name in sorted(told.keys() | told_now.keys())
        if told.get(name) != told_now.get(name)
    ]


def compare(before: Sight, after: Sight, erased: int = 0) -> list[str]:
    """Leaks between two moments: 1 to 4 people who came into view, or a number that changed by as many.

    A bound in whole fives and the exact number that follows it once the review is closed are about the same people; so
    numbers are compared where both are of the same sort. One that is closed, opened and closed again is not defended
    beyond newcomers being five at least; of five who came, those that `erased` their answers meanwhile are missing.
    """
    found = []
    for review, people in after.released.items():
        came = people - before.released[review]
        if came and few(len(came) + erased):
            found.append(f"{review}: words of {len(came)} people came")
    for name in before.numbers.keys() & after.numbers.keys():
        review = name.split()[0]
        if before.settled.get(review, False) != after.settled.get(review, False):
            continue
        if after.settled.get(review) and before.released[review] != after.released[review]:
            continue
        if few(abs(after.numbers[name] - before.numbers[name])):
            found.append(f"{name}: {before.numbers[name]} became {after.numbers[name]}")
    return found


def _look_at_review(ws: Workspace, review: str, sight: Sight) -> None:
    record = json.loads(ws.results.export(review, FileType.JSON))
    assert record == json.loads(json.dumps(results_record(ws.results.of(review))))
    who = {one.id: one.response for one in ws.context.store.statements.all(review=review)}
    truth = ws.context.store.responses.all(review=review, released=True)
    sight.settled[review] = record["settled"]
    sight.released[review] = frozenset() if record["withheld"] else frozenset(one.id for one in truth)
    _same_in_tables(ws, review, record, sight)
    for name, number in _numbers(record):
        sight.numbers[f"{review} {name}"] = number
        if few(number):
            sight.leaks.append(f"{review} {name}: {number}")
    if record["ratings"]:
        _subtract(review, record, truth, sight)
    _narrow(ws, review, who, sight)


def _numbers(record: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    """Every count of people in the record, with a name that stays from moment to moment."""
    assert isinstance(record["roles"], list)
    assert isinstance(record["ratings"], list)
    assert isinstance(record["themes"], list)
    if isinstance(record["responses_at_least"], int):
        yield "responses", record["responses_at_least"]
    if isinstance(record["others"], int):
        yield "other roles", record["others"]
    for role in record["roles"]:
        yield f"role {role['role']}", role["answered"]
    for rating in record["ratings"]:
        if rating["n"] is not None:
            yield f"{rating['question']} n", rating["n"]
        for cell in rating["counts"]:
            yield f"{rating['question']} {'|'.join(cell['answers'])}", cell["people"]
    for theme in record["themes"]:
        yield f"theme {theme['id']}", theme["people_at_least"]


def _subtract(review: str, record: Mapping[str, object], truth: list[Response], sight: Sight) -> None:
    """Every count and sum of neighbouring counts against everybody, and means and scores against what is told."""
    everybody = len(truth)
    assert record["responses"] == everybody
    assert isinstance(record["ratings"], list)
    assert isinstance(record["roles"], list)
    for name, number in _numbers(record):
        if not name.startswith("theme") and few(everybody - number):
            sight.leaks.append(f"{review}: everybody less {name} is {everybody - number}")
    if record["roles"] and sum(role["answered"] for role in record["roles"]) + int(str(record["others"])) != everybody:
        sight.leaks.append(f"{review}: roles leave somebody over")
    for rating in record["ratings"]:
        key, cells = rating["question"], rating["counts"]
        for size in range(1, len(cells)) if rating["type"] != "multiple" else ():
            for chosen in itertools.combinations(cells, size):
                left = everybody - sum(cell["people"] for cell in chosen)
                if few(left):
                    sight.leaks.append(f"{review} {key}: {left} people left over")
        exact = [one.answers[key] for one in truth if key in one.answers]
        alone = {answer: exact.count(answer) for answer in exact}
        if rating["mean"] is not None and any(few(count) for count in alone.values()):
            sight.leaks.append(f"{review} {key}: a mean over {alone}")
        if rating["nps"] is not None and any(len(cell["answers"]) > 1 for cell in cells):
            sight.leaks.append(f"{review} {key}: a score beside bands told together")
        if (rating["mean"] is not None or rating["nps"] is not None) and few(everybody - len(exact)):
            sight.leaks.append(f"{review} {key}: a mean where {everybody - len(exact)} gave {NO_ANSWER}")


def _narrow(ws: Workspace, review: str, who: Mapping[str, str], sight: Sight) -> None:
    """Every view by heading, kind and theme, one alone, each pair and all three."""
    whole = ws.results.of(review)
    if whole.withheld:
        assert not whole.said
        return
    lenses = ("", *whole.headings, "went well", "went badly", "do differently")
    kinds, themes = (None, *Kind), ("", "T1", "T2", "T3")
    saying = ws.results.saying(review)  # as `of` asks it, without counting everything anew for each view
    seen: dict[View, frozenset[str]] = {}
    for lens, kind, theme in itertools.product(dict.fromkeys(lenses), kinds, themes):
        view = View(lens, kind, theme)
        if not saying.is_shown(view):
            continue
        told = saying.under_headings(view)
        shown = frozenset(one.quote.statement for said in told.values() for one in said)
        seen[view] = shown
        people = frozenset(who[one] for one in shown)
        if few(len(people)) and shown != seen[View()]:  # of all who answered any may have said what there is
            sight.leaks.append(f"{review} {view}: {len(people)} people")
        for heading, said in told.items():
            behind = {who[one.quote.statement] for one in said}
            if few(len(behind)) and len(told) > 1:
                sight.leaks.append(f"{review} {view} under {heading}: {len(behind)} people")
    _through_the_door(ws, review, saying, seen)
    for (wide, all_of_it), (narrow, part) in itertools.permutations(seen.items(), 2):
        inside = all(wide.chosen.get(name) in (None, value) for name, value in narrow.chosen.items())
        if inside and not set(wide.chosen) - set(narrow.chosen):
            rest = {who[one] for one in all_of_it - part}
            if few(len(rest)):
                sight.leaks.append(f"{review} {wide} less {narrow}: {len(rest)} people")


def _through_the_door(ws: Workspace, review: str, saying: Saying, seen: Mapping[View, frozenset[str]]) -> None:
    """A view asked for as a page does is what was looked at: the narrowest that is shown, and one that is not."""
    view = max(seen, key=lambda one: len(one.chosen))
    assert ws.results.of(review, view).said == saying.under_headings(view)
    nowhere = ws.results.of(review, View("went well", Kind.NEUTRAL, "T9"))
    assert nowhere.narrowed_away
    assert not nowhere.said


def _same_in_tables(ws: Workspace, review: str, record: Mapping[str, object], sight: Sight) -> None:
    """The table holds no number that the record does not."""
    rows = list(csv.DictReader(io.StringIO(ws.results.export(review, FileType.CSV).decode())))
    known = {number for _, number in _numbers(record)}
    for row in rows:
        counted = row["number"] and row["part"] in ("answered", "role", "question", "theme")
        if counted and "mean" not in row["note"] and "score" not in row["note"] and int(row["number"]) not in known:
            sight.leaks.append(f"{review} table: {row}")


def _look_at_themes(ws: Workspace, sight: Sight) -> None:
    """Listings of themes and their parts: no number gives a small one, nor do two of them."""
    parts = ws.themes.children()
    for theme in ws.themes.list():
        for one in (theme, *parts.get(theme.id, ())):
            for name in ("responses", "statements", "troubles"):
                told = theme_record(one)[name]
                assert told is None or isinstance(told, int)
                if told is not None:
                    sight.numbers[f"{one.id} {name}"] = told
        for name in ("responses", "statements"):
            told_parts = [sight.numbers.get(f"{part.id} {name}", 0) for part in parts.get(theme.id, ())]
            for size in range(len(told_parts) + 1):
                for chosen in itertools.combinations(told_parts, size):
                    whole = sight.numbers.get(f"{theme.id} {name}")
                    if whole is not None and few(whole - sum(chosen)):
                        sight.leaks.append(f"{theme.id} {name}: {whole} less {chosen}")
        view = ws.themes.show(theme.id)
        who = {one.id: one.response for one in ws.context.store.statements.all()}
        kinds: dict[str, set[str]] = {}
        for said in ws.regrouping.said(theme.id):
            kinds.setdefault(str(said.kind or ""), set()).add(who[said.quote.statement])
        for kind, people in kinds.items():
            if view.kinds and few(len(people)):
                sight.leaks.append(f"{theme.id}: {len(people)} people say {kind or 'other kinds'}")
