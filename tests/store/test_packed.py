"""Rows packed in blobs are what a mapping would be, whatever is put and removed."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from reviewkit.store.sqlite import packed
from reviewkit.store.sqlite.packed import CHUNK_BYTES, all_rows, put_rows, remove_rows, rows_of

KIND = np.dtype([("number", "<u8"), ("value", "i1", (1000,))])
"""Wide, so that chunks split after fifty rows."""

NUMBERS = st.integers(0, 2**60)
STEPS = st.lists(st.tuples(st.booleans(), st.lists(NUMBERS | st.integers(0, 200), max_size=120)), max_size=8)


def blank() -> Database:
    db = Database(memory=True)
    columns = "family TEXT, first INTEGER, width INTEGER, rows BLOB, PRIMARY KEY (family, first)"
    db.execute(f"CREATE TABLE packed ({columns})")
    return db


def rows(numbers: list[int], value: int) -> packed.Rows:
    made = np.zeros(len(numbers), KIND)
    made["number"], made["value"][:, -1] = numbers, value
    return made


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_whatever_is_put_and_removed_the_rows_are_those_of_a_mapping(steps: list[tuple[bool, list[int]]]) -> None:
    db, expected = blank(), dict[int, int]()
    put_rows(db, "another family", rows([1, 2, 3], 9))
    for step, (put, numbers) in enumerate(steps):
        distinct = list(dict.fromkeys(numbers))
        if put:
            put_rows(db, "family", rows(distinct, step))
            expected |= dict.fromkeys(distinct, step)
        else:
            remove_rows(db, "family", KIND, np.array(sorted(distinct), dtype=np.uint64))
            expected = {number: value for number, value in expected.items() if number not in distinct}
    held = all_rows(db, "family", KIND)
    assert dict(zip(held["number"].tolist(), held["value"][:, -1].tolist(), strict=True)) == expected
    assert held["number"].tolist() == sorted(expected)
    asked = np.array(sorted({*list(expected)[::2], 5, 2**61}), dtype=np.uint64)
    assert rows_of(db, "family", KIND, asked)["number"].tolist() == [n for n in asked.tolist() if n in expected]
    assert len(all_rows(db, "another family", KIND)) == 3
    assert all(size <= CHUNK_BYTES for (size,) in db.execute("SELECT length(rows) FROM packed").fetchall())


def test_a_small_change_rewrites_few_chunks() -> None:
    db = blank()
    put_rows(db, "family", rows(list(range(0, 100_000, 10)), 1))
    before = dict(db.execute("SELECT first, rows FROM packed").fetchall())
    put_rows(db, "family", rows([55_555], 2))
    after = dict(db.execute("SELECT first, rows FROM packed").fetchall())
    assert len(before) > 100
    assert len(set(after.items()) - set(before.items())) <= 2
