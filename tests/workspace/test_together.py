"""Calls that come while one is at work are done as one, and each caller gets what is theirs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from reviewkit.domain.errors import Invalid, StorageFull
from reviewkit.workspace.reviewing.together import MOST, Together

Work = Callable[[Sequence[int]], list[int]]


def all_at_once(work: Work, asked: Sequence[int]) -> tuple[list[int | BaseException], list[list[int]]]:
    """What each caller got of `work`, all of them waiting while a first call is held up; and what was done as one."""
    done: list[list[int]] = []
    held_up, go_on = threading.Event(), threading.Event()

    def watched(calls: Sequence[int]) -> list[int]:
        done.append(list(calls))
        if calls == [0]:
            held_up.set()
            go_on.wait(20)
            return [0]
        return work(calls)

    together = Together[int, int](watched)

    def call(number: int) -> int | BaseException:
        try:
            return together(number)
        except Exception as problem:
            return problem

    with ThreadPoolExecutor(len(asked) + 1) as pool:
        first = pool.submit(call, 0)
        held_up.wait(20)
        later = []
        for number in asked:  # one after the other, so that their order is known
            later.append(pool.submit(call, number))
            while len(together._waiting) < len(later):
                threading.Event().wait(0.001)
        go_on.set()
        assert first.result(20) == 0
        return [one.result(20) for one in later], done[1:]


def tenfold(calls: Sequence[int]) -> list[int]:
    return [10 * call for call in calls]


def test_those_who_wait_are_done_as_one() -> None:
    assert all_at_once(tenfold, [1, 2, 3]) == ([10, 20, 30], [[1, 2, 3]])


def test_nobody_waits_for_more_than_a_batch() -> None:
    asked = list(range(1, MOST + 4))
    got, done = all_at_once(tenfold, asked)
    assert got == [10 * number for number in asked]
    assert done == [asked[:MOST], asked[MOST:]]


def test_one_that_cannot_be_done_fails_no_other() -> None:
    def picky(calls: Sequence[int]) -> list[int]:
        if 2 in calls:
            raise Invalid("not two")
        return tenfold(calls)

    got, done = all_at_once(picky, [1, 2, 3])
    assert [got[0], type(got[1]), got[2]] == [10, Invalid, 30]
    assert done == [[1, 2, 3], [1], [2], [3]]


def test_a_full_disk_is_told_to_all_at_once() -> None:
    def full(calls: Sequence[int]) -> list[int]:
        raise StorageFull()

    got, done = all_at_once(full, [1, 2, 3])
    assert [type(one) for one in got] == [StorageFull] * 3
    assert done == [[1, 2, 3]]


def test_whoever_comes_after_a_failure_is_served() -> None:
    together = Together[int, int](lambda calls: [1 // call for call in calls])
    with pytest.raises(ZeroDivisionError):
        together(0)
    assert together(1) == 1


def test_many_threads_each_get_their_own() -> None:
    together = Together[int, int](tenfold)
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(together, range(2_000))) == [10 * number for number in range(2_000)]
