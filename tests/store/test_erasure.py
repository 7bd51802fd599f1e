"""An erased answer is nowhere in the file, and the order of rows says nothing of who answered when."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from reviewkit.domain.errors import WorkspaceBusy
from reviewkit.domain.ids import derived_id, fingerprint
from reviewkit.domain.kickoffs import Action, Kickoff, Quote, Recommendation
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response, Review, Statement
from reviewkit.domain.themes import UNNAMED, Decision, Link, Membership, Theme, ThemeChange, ThemeRun
from reviewkit.domain.words import Confidence, Scope, ThemeChangeKind, ThemeVerb, Wave
from reviewkit.store.port import Store
from reviewkit.store.searched import Passage, Wanted
from reviewkit.store.sqlite import SqliteStore, open_sqlite
from reviewkit.store.sqlite.codes import sketch_kind, vector_kind
from reviewkit.store.sqlite.families import ENTRY, vector_numbers
from reviewkit.themes.joining import Landmark

WORDS = ("the", "supplier", "came", "late", "and", "nobody", "told", "us", "so", "we", "waited", "for", "weeks")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "workspace.db")


def opened(path: str) -> SqliteStore:
    store = open_sqlite(path)
    with store.write():
        store.projects.put(Project("P", "Project"))
        store.reviews.put(Review("V", "P", "Review", "pir", Wave.CLOSE, ()))
        store.kickoffs.put(Kickoff("K", "P", "", datetime(2026, 1, 1, tzinfo=UTC)))
    return store


def word(n: int) -> str:
    """A word that nobody else writes."""
    return "zq" + fingerprint("word", str(n))[:24]


def answer(store: Store, n: int, draw: random.Random) -> str:
    """Saves an answer whose every statement holds the n-th word, with all that is derived from it."""
    text = " ".join([word(n), *draw.choices(WORDS, k=draw.randint(3, 90))])
    response = Response(derived_id("response", str(n)), "V", f"key {n}", "receipt", None, date(2026, 3, 1), {"a": text})
    with store.write():
        store.responses.put(response)
        for k in range(3):
            said = f"{k} {text[: draw.randint(40, 300)]}"
            key, text_hash = derived_id(response.id, str(k)), fingerprint(said)
            made = Statement(key, response.id, "V", "P", "a", 0, len(said), said, text_hash)
            store.statements.put(made)
            store.passages.replace(Scope.STATEMENTS, key, [Passage(Scope.STATEMENTS, key, 0, said, text_hash, "d")])
            store.vectors.put("m", [text_hash], np.full((1, 8), n, dtype=np.float32))
        quote = Quote(key, said, "P", "V")
        advice = Recommendation(f"A{n}", "K", 1, Scope.STATEMENTS, key, "advice", "because", 0.5, quotes=(quote,))
        store.recommendations.put(advice)
    return response.id


def traces(path: str, n: int) -> list[str]:
    """Where the word still stands: the raw files (its later half alone, for an index stores words without what they
    share with the one before), or the index's vocabulary."""
    found = [
        file.name
        for file in Path(path).parent.iterdir()
        if any(piece.encode() in file.read_bytes() for piece in (word(n), word(n)[8:]))
    ]
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, passages_index, row)")
        found += [row[0] for row in db.execute("SELECT term FROM temp.words WHERE term LIKE ?", [word(n)[:10] + "%"])]
    return found


def all_numbers(path: str, dim: int = 8) -> dict[str, list[int]]:
    """Family of packed rows -> the numbers in it, as they stand in the file."""
    kinds = {"entries": ENTRY, "sketches of m": sketch_kind(dim), "vectors of m": vector_kind(dim)}
    found: dict[str, list[int]] = {}
    with closing(sqlite3.connect(path)) as db:
        for family, blob in db.execute("SELECT family, rows FROM packed ORDER BY first"):
            found.setdefault(family, []).extend(np.frombuffer(blob, kinds[family])["number"].tolist())
    return found


def test_an_erased_answer_leaves_no_trace_in_file_log_or_index(path: str) -> None:
    store, draw = opened(path), random.Random(3)
    ids = [answer(store, n, draw) for n in range(400)]
    assert traces(path, 7)
    store.responses.erase(ids[7])
    assert traces(path, 7) == []
    gone = draw.sample(range(10, 400), 60)
    with store.write():
        for n in gone:
            store.responses.erase(ids[n])
    assert {n: traces(path, n) for n in gone if traces(path, n)} == {}
    assert traces(path, 8), "the others' words are kept"
    assert store.passages.lexical([word(8)], Wanted((Scope.STATEMENTS,)), 9)
    assert store.statements.count() == 3 * 339
    assert store.vectors.prune() == 0
    assert store.check()["integrity"] == "ok"
    with store._connections.write() as db:
        db.execute("INSERT INTO passages_index (passages_index, rank) VALUES ('integrity-check', 1)")
    store.close()


def test_an_erased_answer_leaves_nothing_in_what_search_has_packed(path: str) -> None:
    store, draw = opened(path), random.Random(3)
    ids = [answer(store, n, draw) for n in range(40)]
    said = store.statements.all(response=ids[7])
    mine = replace(store.passages.of(Scope.STATEMENTS, [said[0].id])[0], area="only theirs")
    store.passages.replace(Scope.STATEMENTS, mine.record, [mine])
    before = all_numbers(path)
    store.responses.erase(ids[7])
    after = all_numbers(path)
    hashes = [statement.text_hash for statement in said]
    assert set(before["vectors of m"]) - set(after["vectors of m"]) == set(vector_numbers(hashes).tolist())
    assert (
        len(after["entries"]) == len(after["sketches of m"]) == store.statements.count() == len(before["entries"]) - 3
    )
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM facets WHERE area = 'only theirs'").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM unsaid").fetchone() == (0,)
    raw = b"".join(file.read_bytes() for file in Path(path).parent.iterdir())
    assert not [text_hash for text_hash in hashes if text_hash.encode() in raw]
    store.close()


def test_answers_that_a_rerun_replaced_are_gone_once_the_response_is(path: str) -> None:
    store, draw = opened(path), random.Random(3)
    response = answer(store, 1, draw)
    answer(store, 2, draw)
    for statement in store.statements.all(response=response):
        anew = Passage(Scope.STATEMENTS, statement.id, 0, "redacted", fingerprint("redacted"), "d")
        store.passages.replace(Scope.STATEMENTS, statement.id, [anew])
        store.statements.put(replace(statement, text="redacted", text_hash=fingerprint("redacted")))
    store.vectors.prune()
    store.responses.erase(response)
    assert traces(path, 1) == []
    store.close()


def test_what_people_decided_forgets_an_erased_answer(path: str) -> None:
    """Neither its statements' ids, nor a name that the machine may have made of its words, nor its vector."""
    store = opened(path)
    erased, kept = (answer(store, n, random.Random(3)) for n in (1, 2))
    gone, others = (tuple(one.id for one in store.statements.all(response=said)) for said in (erased, kept))
    at = datetime(2026, 3, 2, tzinfo=UTC)
    store.decisions.put(
        Decision("a", "T", ThemeVerb.MERGE, "U", "nell", at, statements=gone + others, stayed=gone[:1], label=word(1)),
        Decision("b", "U", ThemeVerb.SPLIT, "W", "nell", at, statements=gone, stayed=others, label="Mine"),
        Decision("c", "U", ThemeVerb.MOVE, "W", "nell", at, statements=gone[:1], label=word(1)),
        Decision("d", "W", ThemeVerb.RENAME, "Ours", "nell", at, statements=others, label="late parts"),
    )
    store.themes.put(
        Theme("T", word(1), (word(1),), merged_into="U", suggested=word(1)),
        Theme("U", "late parts", ("late",), suggested="late parts"),
    )
    store.memberships.put(*(Membership(one, "U") for one in gone + others))
    store.landmarks.replace([Landmark("project", "P", 6.0, np.ones(8, dtype=np.float32))])
    store.responses.erase(erased)
    assert {one.id: (one.statements, one.stayed, one.label) for one in store.decisions.all()} == {
        "a": (others, (), ""),
        "b": ((), others, "Mine"),
        "d": (others, (), "late parts"),
    }
    assert [(one.label, one.suggested, one.keywords) for one in store.themes.all()] == [
        (UNNAMED, "", ()),
        ("late parts", "late parts", ("late",)),
    ]
    assert {one.statement for one in store.memberships.all()} == set(others)
    assert store.landmarks.all() == []
    assert traces(path, 1) == []
    store.close()


def test_a_name_made_of_an_erased_answer_goes_at_once_and_others_stay(path: str) -> None:
    """From the theme, the search index, the last run, and advice and actions that tell it."""
    store = opened(path)
    erased, kept = (answer(store, n, random.Random(3)) for n in (1, 2))
    both = [one for said in (erased, kept) for one in store.statements.all(response=said)]
    name = f"supplier “{word(1)}”"
    store.themes.put(
        Theme("T", name, ("supplier", word(1)), suggested=name),
        Theme("U", "the supplier", ("supplier",), suggested="the supplier"),
        Theme("W", "Ours", (word(1),), suggested=name, parent="U"),
    )
    store.memberships.put(*(Membership(one.id, "T" if n % 2 else "U", "W") for n, one in enumerate(both)))
    changed = ThemeChange(ThemeChangeKind.MERGED, "X", "supplies", 1, 0, 1, other="T", other_label=name)
    store.theme_runs.put(ThemeRun("last", datetime(2026, 3, 2, tzinfo=UTC), "5", 6, (changed,)))
    told = Recommendation("B", "K", 1, Scope.THEMES, "T", f"Plan for “{name}”.", "raised", 0.5)
    store.recommendations.put(told)
    store.actions.put(Action("C", "P", told.advice))
    text_hash = fingerprint(name)
    store.passages.replace(Scope.THEMES, "T", [Passage(Scope.THEMES, "T", 0, name, text_hash, "d")])
    store.vectors.put("m", [text_hash], np.ones((1, 8), dtype=np.float32))
    store.responses.erase(erased)
    assert [(one.id, one.label, one.suggested, one.keywords) for one in store.themes.all()] == [
        ("T", UNNAMED, "", ()),
        ("U", "the supplier", "the supplier", ("supplier",)),
        ("W", "Ours", "", ()),
    ]
    assert store.passages.of(Scope.THEMES, ["T"]) == []
    assert traces(path, 1) == []
    store.close()


EMPTYING = """
import fcntl, sys, time
with open(sys.argv[1] + "-shm", "r+b") as shared:
    fcntl.lockf(shared, fcntl.LOCK_EX, 1, 121)  # WAL_CKPT_LOCK, as https://sqlite.org/walformat.html has it
    print("held", flush=True)
    time.sleep(0.5)
"""


def test_an_erasure_waits_while_another_process_empties_the_log(path: str) -> None:
    store = opened(path)
    response = answer(store, 1, random.Random(3))
    with subprocess.Popen([sys.executable, "-c", EMPTYING, path], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        store.responses.erase(response)
    assert other.returncode == 0
    assert traces(path, 1) == []
    store.close()


def test_an_erasure_held_up_by_a_reader_is_finished_when_the_file_is_opened_again(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(path)
    monkeypatch.setattr("reviewkit.store.sqlite.connection.PATIENCE", 0.02)
    response = answer(store, 1, random.Random(3))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM responses").fetchone()
    store._connections._writer.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(WorkspaceBusy):
        store.responses.erase(response)
    assert store.responses.find(response) is None
    assert traces(path, 1)
    store.marks.put("others", "write on")
    reader.close()
    open_sqlite(path).close()
    assert traces(path, 1) == []
    store.close()


def test_the_order_of_rows_does_not_tell_who_answered_when(path: str) -> None:
    """Rank correlation of row order with order in time, over enough rows that chance stays within the limit.

    Over n rows in random order its standard deviation is 1 / sqrt(n - 1): over 1,000 rows one order in nine would pass
    0.05 by chance alone, over 5,000 one in 2,500.
    """
    store = open_sqlite(path)
    store.projects.put(Project("P", "Project"))
    store.reviews.put(Review("V", "P", "Review", "pir", Wave.CLOSE, ()))
    order = {derived_id("respondent", str(n)): n for n in range(5000)}
    for batch in range(0, len(order), 250):
        keys = list(order)[batch : batch + 250]
        with store.write():
            store.responses.put(*(Response(k, "V", f"key {k}", "receipt", None, date(2026, 3, 1)) for k in keys))
            store.statements.put(*(Statement(k, k, "V", "P", "a", 0, 1, "text", k) for k in keys))
            for key in keys:
                store.passages.replace(Scope.STATEMENTS, key, [Passage(Scope.STATEMENTS, key, 0, "text", key, "d")])
            store.memberships.put(*(Membership(k, "T") for k in keys))
            store.links.put(*(Link(Scope.STATEMENTS, k, "P:R1", 0.5, Confidence.LOW) for k in keys))
            store.vectors.put("m", keys, np.ones((len(keys), 2), dtype=np.float32))
    store.close()
    columns = {"responses": "id", "statements": "id", "passages": "record", "memberships": "statement"}
    columns["links"] = "source"
    with closing(sqlite3.connect(path)) as db:
        found = {
            table: [order[row[0]] for row in db.execute(f"SELECT {column} FROM {table} NOT INDEXED")]
            for table, column in columns.items()
        }
    packed = all_numbers(path, dim=2)
    said = {int(number): order[key] for key, number in zip(order, vector_numbers(order), strict=True)}
    found["vectors"] = [said[number] for number in packed["vectors of m"]]
    assert packed["entries"] == packed["sketches of m"] == sorted(packed["entries"]), "in the order of passages"
    for table, ranks in found.items():
        assert len(ranks) == len(order)
        assert abs(np.corrcoef(ranks, range(len(ranks)))[0, 1]) <= 0.05, table
