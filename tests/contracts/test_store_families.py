"""What every store promises of the families that have verbs of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np

from reviewkit.domain.kickoffs import Quote, Recommendation
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.reviews import Response, ReviewLink, Statement
from reviewkit.domain.themes import Decision, Link, Membership, Theme
from reviewkit.domain.words import Choice, Confidence, Kind, LinkState, Scope
from reviewkit.store.port import Store
from reviewkit.store.searched import Passage, Wanted

from .wild import KICKOFF, RESPONSE, broken_off, put_parents

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def statement(id: str, response: str = "R", **more: object) -> Statement:
    made = Statement(id, response, "V", "P", "went_badly", 0, 5, f"text of {id}", f"hash of {id}")
    return replace(made, **more)  # type: ignore[arg-type]


def embed(store: Store, model: str, *hashes: str) -> None:
    store.vectors.put(model, hashes, np.ones((len(hashes), 4), dtype=np.float32))


def test_unsplit_responses_are_those_another_engine_cut_or_none(store: Store) -> None:
    put_parents(store)
    made = [
        replace(RESPONSE, id=f"r{n}", submission_key=f"{n}", split_by=by) for n, by in enumerate(["", "a/1", "a/2"])
    ]
    with store.write():
        store.responses.put(*made, replace(RESPONSE, split_by="a/2"))
    assert [response.id for response in store.responses.unsplit("a/2", 10)] == ["r0", "r1"]
    assert [response.id for response in store.responses.unsplit("b", 3)] == ["R", "r0", "r1"]
    assert store.responses.unsplit("b", 1)[0].answers == {}


def test_responses_are_counted_by_review(store: Store) -> None:
    put_parents(store)
    store.reviews.put(replace(store.reviews.get("V"), id="W"), replace(store.reviews.get("V"), id="X"))
    store.responses.put(*(replace(RESPONSE, id=f"w{n}", review="W", submission_key=f"{n}") for n in range(3)))
    assert store.responses.per_review() == store.responses.per_review(released=True) == {"V": 1, "W": 3}
    assert store.responses.per_review(released=False) == {}
    store.responses.put(replace(RESPONSE, id="w0", review="W", submission_key="0", released=False))
    assert store.responses.per_review() == {"V": 1, "W": 3}
    assert store.responses.per_review(released=True) == {"V": 1, "W": 2}
    assert store.responses.per_review(released=False) == {"W": 1}


def test_what_is_held_back_is_not_cut(store: Store) -> None:
    put_parents(store)
    store.responses.put(replace(RESPONSE, released=False))
    assert store.responses.unsplit("a/2", 10) == []
    store.responses.put(RESPONSE)
    assert [response.id for response in store.responses.unsplit("a/2", 10)] == [RESPONSE.id]


def test_known_submission_keys_are_those_of_the_review_asked_for(store: Store) -> None:
    put_parents(store)
    store.reviews.put(replace(store.reviews.get("V"), id="W"))
    store.responses.put(*(replace(RESPONSE, id=f"w{n}", review="W", submission_key=f"{n}") for n in range(700)))
    asked = [*(f"{n}" for n in range(650, 1_300)), "\ud800"]
    assert store.responses.known("W", asked) == {f"{n}" for n in range(650, 700)}
    assert store.responses.known("V", asked) == store.responses.known("W", []) == set()


def test_the_same_submission_key_may_stand_in_two_reviews(store: Store) -> None:
    put_parents(store)
    store.reviews.put(replace(store.reviews.get("V"), id="W"))
    store.responses.put(replace(RESPONSE, id="other", review="W"))
    assert store.responses.count(submission_key=RESPONSE.submission_key) == 2


def test_answers_keep_their_types(store: Store) -> None:
    put_parents(store)
    answers: dict[str, str | int | tuple[str, ...]] = {"a": "4", "b": 4, "c": ("x", "y"), "d": (), "e": "[1]"}
    store.responses.put(replace(RESPONSE, answers=answers))
    held = store.responses.get("R")
    assert held.answers == answers
    assert held.digest == replace(RESPONSE, answers=answers).digest


def test_replacing_statements_leaves_those_of_other_responses(store: Store) -> None:
    put_parents(store)
    store.responses.put(replace(RESPONSE, id="S", submission_key="s"))
    store.statements.replace("R", [statement("a"), statement("b")])
    store.statements.replace("S", [statement("c", "S")])
    store.statements.replace("R", [statement("b", text="anew"), statement("d")])
    assert store.statements.ids() == ["b", "c", "d"]
    assert store.statements.get("b").text == "anew"
    store.statements.replace("R", [])
    assert store.statements.ids() == ["c"]


def test_unlabelled_statements_have_a_vector_of_the_model_and_no_kind(store: Store) -> None:
    put_parents(store)
    store.statements.put(statement("a"), statement("b"), statement("c", kind=Kind.PROBLEM), statement("d"))
    embed(store, "m", "hash of a", "hash of c", "hash of d")
    embed(store, "other", "hash of b")
    assert [found.id for found in store.statements.unlabelled("m", 10)] == ["a", "d"]
    assert [found.id for found in store.statements.unlabelled("m", 1)] == ["a"]
    assert store.statements.unlabelled("none", 10) == []


def test_decided_links_outlive_new_suggestions(store: Store) -> None:
    def link(source: str, score: float = 0.5) -> Link:
        return Link(Scope.THEMES, source, "r1", score, Confidence.MEDIUM)

    confirmed = replace(link("t1"), state=LinkState.CONFIRMED, decided_by="ann", decided_at=NOW)
    rejected = replace(link("t2"), state=LinkState.REJECTED, decided_by="ann", decided_at=NOW)
    store.links.replace_suggestions([link("t1"), link("t2"), link("t3")])
    store.links.put(confirmed, rejected)
    store.links.replace_suggestions(iter([link("t1", 0.9), link("t2", 0.9), link("t4")]))
    assert {found.source: found for found in store.links.all()} == {"t1": confirmed, "t2": rejected, "t4": link("t4")}
    store.links.replace_suggestions([])
    assert {found.source for found in store.links.all()} == {"t1", "t2"}
    assert store.links.get(confirmed.id) == confirmed


def test_a_claim_is_held_until_it_runs_out_or_is_given_back(store: Store) -> None:
    assert store.claims.take("work", "one", NOW, 60)
    assert not store.claims.take("work", "two", NOW + timedelta(seconds=59), 60)
    assert store.claims.take("other work", "two", NOW, 60)
    assert store.claims.take("work", "one", NOW + timedelta(seconds=59), 60), "its owner may prolong it"
    assert not store.claims.take("work", "two", NOW + timedelta(seconds=61), 60)
    assert store.claims.take("work", "two", NOW + timedelta(seconds=119), 60), "it has run out"
    store.claims.give_back("work", "one")
    assert not store.claims.take("work", "one", NOW + timedelta(seconds=119), 60), "only its owner gives it back"
    store.claims.give_back("work", "two")
    assert store.claims.take("work", "one", NOW + timedelta(seconds=119), 60)


def test_moments_are_compared_across_time_zones(store: Store) -> None:
    vienna = timezone(timedelta(hours=2))
    assert store.claims.take("work", "one", NOW, 3600)
    assert not store.claims.take("work", "two", (NOW + timedelta(minutes=59)).astimezone(vienna), 60)
    assert store.claims.take("work", "two", (NOW + timedelta(minutes=60)).astimezone(vienna), 60)


def test_attempts_are_counted_within_a_time(store: Store) -> None:
    for minutes in (0, 5, 10):
        store.attempts.record("ann", NOW + timedelta(minutes=minutes))
    store.attempts.record("bob", NOW)
    assert store.attempts.since("ann", NOW + timedelta(minutes=5)) == 2
    store.attempts.forget(NOW + timedelta(minutes=5))
    assert store.attempts.since("ann", NOW) == 2
    assert store.attempts.since("bob", NOW) == 0
    store.attempts.record("bob", NOW)
    store.attempts.record("bob", NOW)
    store.attempts.withdraw("bob", NOW)
    assert store.attempts.since("bob", NOW) == 1
    store.attempts.clear("ann")
    assert store.attempts.since("ann", NOW) == 0
    store.attempts.record("half a \ud800 character", NOW)
    assert store.attempts.since("half a \ud800 character", NOW) == 1


def test_marks_are_kept(store: Store) -> None:
    assert store.marks.get("fingerprint") is None
    store.marks.put("fingerprint", "1")
    store.marks.put("fingerprint", "2")
    assert store.marks.get("fingerprint") == "2"


def test_links_go_with_their_review_and_sessions_stay_apart(store: Store) -> None:
    put_parents(store)
    store.reviews.put(replace(store.reviews.get("V"), id="W"))
    store.links_in.put(ReviewLink("hash 1", "W"), ReviewLink("hash 2", "V", revoked=True))
    store.reviews.delete("W")
    assert store.links_in.all() == [ReviewLink("hash 2", "V", revoked=True)]


def test_erasing_a_response_takes_all_that_was_derived_from_it(store: Store) -> None:
    put_parents(store)
    gone, kept = statement("gone"), statement("kept", "S", text_hash="shared")
    twin = statement("twin", text_hash="shared")
    quotes = tuple(Quote(key, f"text of {key}", "P", "V") for key in ("gone", "kept"))
    advice = Recommendation("A", "K", 1, Scope.THEMES, "t", "advice", "because", 0.5, quotes=quotes)
    advice = replace(advice, choice=Choice.ACCEPTED, choice_at=NOW)
    suggestion = Link(Scope.STATEMENTS, "gone", "r", 0.5, Confidence.LOW, LinkState.CONFIRMED)
    theme_link = Link(Scope.THEMES, "gone", "r", 0.5, Confidence.LOW)
    with store.write():
        store.responses.put(Response("S", "V", "s", "receipt", None, date(2025, 3, 1)))
        store.statements.put(gone, twin, kept)
        for each in (gone, twin, kept):
            words = Passage(Scope.STATEMENTS, each.id, 0, each.text, each.text_hash, "digest")
            store.passages.replace(Scope.STATEMENTS, each.id, [words])
        embed(store, "m", "hash of gone", "shared")
        store.memberships.put(Membership("gone", "t"), Membership("kept", "t"))
        store.links.put(suggestion, theme_link)
        store.decisions.put(
            Decision("d", "gone", "move", "t", "ann", NOW), Decision("e", "t", "rename", "T", "ann", NOW)
        )
        store.themes.put(Theme("t", "Theme", representatives=("gone", "kept")))
        store.lessons.put(Lesson("l", "Lesson", statements=("kept", "gone")), Lesson("m", "Another"))
        store.kickoffs.put(KICKOFF)
        store.recommendations.put(advice)
    store.responses.erase("R")
    assert store.responses.find("R") is None
    assert store.statements.ids() == ["kept"]
    assert store.passages.digests(Scope.STATEMENTS) == {"kept": "digest"}
    assert store.passages.lexical(["gone", "twin"], Wanted(tuple(Scope)), 9) == []
    assert store.vectors.get("m", ["hash of gone", "shared"]).any(axis=1).tolist() == [False, True]
    assert [found.statement for found in store.memberships.all()] == ["kept"]
    assert store.links.all() == [theme_link]
    assert [found.id for found in store.decisions.all()] == ["e"]
    assert store.themes.get("t").representatives == ("kept",)
    assert store.lessons.get("l").statements == ("kept",)
    assert store.recommendations.get("A") == replace(advice, quotes=quotes[1:])
    store.responses.erase("R")
    store.responses.erase("never there")
    assert store.statements.ids() == ["kept"]


def test_an_erasure_that_fails_changes_nothing(store: Store) -> None:
    put_parents(store)
    with broken_off(store):
        store.responses.erase("R")
        assert store.responses.find("R") is None
    assert store.responses.get("R") == RESPONSE
    store.marks.put("still", "writable")
