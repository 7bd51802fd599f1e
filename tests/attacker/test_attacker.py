"""An attacker who reads everything, all the time, finds nothing that 1 to 4 people are behind (docs/adr/0014).

All 1,000 organisations of the promise are walked by `python benchmarks/attacker.py`; here the first of them.
"""

from __future__ import annotations

import pytest

from reviewkit.domain.privacy import MIN_GROUP
from reviewkit.domain.reviews import Review
from tests.attacker.attacking import changed_unseen, compare, facts_now, leaks, look
from tests.attacker.organisations import organisation


@pytest.mark.parametrize("first", range(0, 30, 10))
def test_no_cell_and_no_difference_is_one_to_four_people(first: int) -> None:
    assert {seed: found for seed in range(first, first + 10) if (found := leaks(organisation(seed)))} == {}


def test_one_more_answer_changes_nothing_or_five_people_at_once() -> None:
    org = organisation(7)
    review: Review = org.ws.context.store.reviews.all()[0]
    before, told = look(org.ws), facts_now(org.ws)
    changed = 0
    for _ in range(25):
        org.answer(review)
        org.analyse()
        after, told_now = look(org.ws), facts_now(org.ws)
        assert after.leaks + compare(before, after) + changed_unseen(told, told_now) == []
        told = told_now
        changed += after != before
        before = after
    assert 3 <= changed <= 6
    org.close_all()
    assert any(len(found.cells) > 1 for found in org.ws.results.of(review.id).distributions)
    assert org.ws.results.of(review.id).responses == 25


def test_the_attacker_would_find_a_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a rule off it cries out: else the tests above would prove nothing."""
    with monkeypatch.context() as patch:
        patch.setattr("reviewkit.workspace.reviewing.releasing.due", lambda review, held, is_open: held)
        assert any("people came" in one for one in leaks(organisation(3), every=1))
    with monkeypatch.context() as patch:
        patch.setattr("reviewkit.workspace.reviewing.results.saying.parted", tuple)
        found = "\n".join(leaks(organisation(3)))
        assert "less View" in found
        assert "under went" in found
    with monkeypatch.context() as patch:
        patch.setattr("reviewkit.report.ratings.in_full", lambda cells: True)
        patch.setattr("reviewkit.report.ratings.count_or_none", lambda people: people)
        found = "\n".join(leaks(organisation(3)))
        assert "a mean" in found
        assert "n is" in found
    with monkeypatch.context() as patch:
        patch.setattr("reviewkit.workspace.reviewing.results.groups_shown", dict)
        assert "role" in "\n".join(leaks(organisation(3)))
    with monkeypatch.context() as patch:
        patch.setattr("reviewkit.cli.theme.at_least", lambda people: people)
        assert any(one.startswith("T1") for one in leaks(organisation(3)))
    with monkeypatch.context() as patch:
        for place in ("webapp.presenters.themes.rows", "reviewkit.cli.theme"):
            patch.setattr(f"{place}.halves_told", lambda part, statements, people: people >= MIN_GROUP)
        found = "\n".join(one for seed in range(6) for one in leaks(organisation(seed)))
        assert "problems or suggestions” of" in found
        assert "troubles of" in found
    with monkeypatch.context() as patch:
        patch.setattr("reviewkit.workspace.advising.searching.whole_fives", lambda n: n)
        assert any("search" in one and "counts" in one for one in leaks(organisation(3)))
    with monkeypatch.context() as patch:
        patch.setattr("reviewkit.cli.theme.MIN_GROUP", 0)
        assert any("a run told" in one for seed in range(4) for one in leaks(organisation(seed)))
    with monkeypatch.context() as patch:
        patch.setattr("reviewkit.workspace.advising.searching._as_told", lambda passage: passage)
        assert "a search tells" in "\n".join(leaks(organisation(3)))
    with monkeypatch.context() as patch:
        patch.setattr("reviewkit.workspace.visibility.settled", lambda *_, **__: True)
        patch.setattr("reviewkit.workspace.reviewing.inviting.settled", lambda *_, **__: True)
        found = "\n".join(leaks(organisation(3)))
        assert "the queue of links" in found
        assert "a verdict" in found


def test_a_statement_moved_and_moved_back_leaves_all_as_it_was() -> None:
    org = organisation(5)
    for _ in range(45):
        org.step()
    org.close_all()
    before = look(org.ws)
    said = [one.quote.statement for one in org.ws.regrouping.said("T1")]
    assert said
    for one in said[:3]:
        (decision,) = org.ws.themes.move([one], "T2", who="nell")
        assert look(org.ws).leaks == []
        org.ws.themes.undo(decision.id, who="nell")
    after = look(org.ws)
    assert (after.leaks, after.released) == ([], before.released)


def test_erased_answers_leave_nobody_singled_out() -> None:
    org = organisation(7)
    review: Review = org.ws.context.store.reviews.all()[0]
    given = [org.answer(review) for _ in range(12)]
    org.analyse()
    for token, receipt in given[:9]:
        org.ws.corrections.erase(token, receipt)
        org.analyse()
        assert look(org.ws).leaks == []
    org.close_all()
    assert look(org.ws).leaks == []
