"""Tables of answers from survey tools become submissions, without what says who somebody is."""

from __future__ import annotations

from datetime import date

import pytest

from reviewkit.collect.importers.found import Imported
from reviewkit.collect.importers.responses.table import Submission, read_responses
from reviewkit.collect.tables import read_table
from reviewkit.collect.templates import template
from reviewkit.domain.errors import Invalid
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Confidence, RespondentRole, Wave

TODAY = date(2026, 5, 4)
REVIEW = Review("r", "TAP", "Review", "post_implementation", Wave.CLOSE, template("post_implementation").questions)

GOOGLE = """Timestamp,Email Address,What was your role in the project?,What went well?,What didn't go well?,\
All in all, how did the project go?,Favourite biscuit
2026/04/02 10:15:00 AM GMT+1,ann@example.org,Project sponsor,The rehearsals,The validators were late,4,ginger
2026/04/03 9:00:00 AM GMT+1,bob@example.org,Bus driver,=SUM(1) is what the screen said,N/A,7,none
2026/04/03 9:30:00 AM GMT+1,cyn@example.org,,,,,
""".replace("All in all, how did the project go?", '"All in all, how did the project go?"')


def read(text: str, *by_hand: tuple[str, str]) -> Imported[Submission]:
    return read_responses(read_table(text.encode(), "x.csv"), REVIEW, by_hand, name="x.csv", today=TODAY)


def test_a_form_export_is_understood_and_its_addresses_are_dropped() -> None:
    found = read(GOOGLE)
    assert found.dropped == ("Email Address",)
    assert found.unused == ("Favourite biscuit",)
    assert {match.field: match.confidence for match in found.columns} == {
        "submitted": Confidence.HIGH,
        "role": Confidence.HIGH,
        "went_well": Confidence.MEDIUM,
        "went_badly": Confidence.HIGH,
        "overall": Confidence.HIGH,
    }
    ann, bob = found.records
    assert (ann.role, ann.submitted) == (RespondentRole.SPONSOR, date(2026, 4, 2))
    assert ann.answers == {
        "role": "sponsor",
        "went_well": "The rehearsals",
        "went_badly": "The validators were late",
        "overall": 4,
    }
    assert bob.answers == {"went_well": "=SUM(1) is what the screen said"}
    assert bob.role is None
    assert "ann@example.org" not in repr(found.records)


def test_what_cannot_be_read_is_warned_of_by_its_row() -> None:
    said = [str(warning) for warning in read(GOOGLE).warnings]
    assert any(text.startswith("row 3: “All in all, how did the project go?”: “7” is no rating") for text in said)
    assert any(text.startswith("row 3: the role “Bus driver” is none of sponsor") for text in said)
    assert any(text.startswith("row 4: no answers in it") for text in said)


def test_the_same_file_gives_the_same_keys_and_equal_answers_of_two_people_stay_two() -> None:
    text = "overall\n5\n5\n4\n"
    first, again = read(text), read(text)
    keys = [submission.key for submission in first.records]
    assert len(set(keys)) == 3
    assert keys == [submission.key for submission in again.records]


def test_more_rows_later_keep_the_earlier_keys() -> None:
    few, more = read("overall\n5\n4\n"), read("overall\n4\n5\n3\n")
    assert {one.key for one in few.records} < {one.key for one in more.records}


def test_an_id_column_makes_the_key_but_is_not_told_by_it() -> None:
    first = read("Response ID,overall\n17,5\n18,5\n")
    changed = read("Response ID,overall\n17,2\n18,5\n")
    assert [one.key for one in first.records] == [one.key for one in changed.records]
    assert not any(one.key.endswith("17") for one in first.records)


def test_an_id_that_stands_twice_is_imported_once() -> None:
    found = read("ID,overall\n1,5\n1,4\n2,3\n" + "".join(f"{n},3\n" for n in range(3, 12)))
    assert len(found.records) == 11
    assert "row 3: its id stands in a row above too, so it is left out" in [str(warning) for warning in found.warnings]


def test_without_a_date_column_answers_are_dated_today() -> None:
    found = read("overall\n5\n")
    assert found.records[0].submitted == TODAY
    assert "no column says when the answers came; they are dated today" in map(str, found.warnings)


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Name",
            "First Name",
            "Full name",
            "Your e-mail",
            "Email address",
            "IP Address",
            "ipaddr",
            "User",
            "Created by",
        ),
        *("Phone number", "Employee ID", "Last name"),
    ],
)
def test_columns_that_name_people_are_dropped(heading: str) -> None:
    found = read(f"{heading},went_well\nsecret one,fine\n")
    assert found.dropped == (heading,)
    assert "secret" not in repr(found.records)


@pytest.mark.parametrize("cell", ["ann@example.org", "192.168.17.4", "2001:db8:0:1:1:1:1:1"])
def test_columns_full_of_addresses_are_dropped_whatever_they_are_called(cell: str) -> None:
    assert read(f"Comments,went_well\n{cell},fine\n").dropped == ("Comments",)


def test_a_question_about_names_is_no_name_column() -> None:
    found = read("Name one thing that went well,overall\nthe rehearsals,5\n")
    assert found.dropped == ()


def test_nobody_can_map_a_dropped_column_by_hand() -> None:
    with pytest.raises(Invalid, match="who somebody is"):
        read("Email,went_well\na@b.org,fine\n", ("went_badly", "Email"))


def test_headings_are_not_believed_against_what_stands_below_them() -> None:
    found = read("Overall,Requirements met,went_well\nIt was fine really,we lost a month,ok\n")
    assert found.unused == ("Overall", "Requirements met")
    assert [match.field for match in found.columns] == ["went_well"]


def test_several_columns_can_answer_one_question() -> None:
    found = read("A,B,overall\nlate,buggy,3\n", ("went_badly", "A"), ("went_badly", "B"))
    assert found.records[0].answers["went_badly"] == "late\nbuggy"


@pytest.mark.parametrize(
    ("heading", "cell", "answer"),
    [
        ("overall", "4 - good", 4),
        ("overall", "4 of 5", 4),
        ("overall", "★★★", 3),
        ("overall", "Very good", 5),
        ("communication_rating", "Strongly disagree", 1),
        ("nps", "10 - extremely likely", 10),
        ("objectives_met", "Partially", "partly"),
        ("schedule_kept", "Y", "yes"),
    ],
)
def test_closed_answers_as_tools_write_them(heading: str, cell: str, answer: object) -> None:
    assert read(f"{heading}\n{cell}\n").records[0].answers == {heading: answer}


def test_a_table_without_any_question_is_refused_with_the_questions_named() -> None:
    with pytest.raises(Invalid, match=r"x\.csv: no column fits .* went_well"):
        read("Colour,Size\nred,4\n")


def test_an_answer_too_long_to_be_one_is_left_out_with_a_warning() -> None:
    found = read(f"went_well,overall\n{'x' * 30_000},4\n")
    assert found.records[0].answers == {"overall": 4}
    assert "went_well: this is longer than 20,000 characters" in str(found.warnings[-1])


def test_a_table_of_headings_alone_has_no_answers() -> None:
    assert read("went_well,overall\n").records == ()
