"""Lessons logs, our own export and NASA's LLIS export become lessons."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from reviewkit.collect.importers.found import Imported
from reviewkit.collect.importers.lessons_table import is_own_export, read_lessons
from reviewkit.collect.importers.nasa import is_nasa, phase_of, read_nasa
from reviewkit.collect.tables import read_table
from reviewkit.domain.errors import Invalid
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import Area, LessonState, Phase

NASA = (
    "lesson_id,title,abstract,driving_event,lesson,recommendation,organization,date_occurred,date_published,project,"
    "directorate,phase,topics\n"
    '1,Slings,,A sling broke,"Impact of Non-Practice: slings break","Practice: Calculate loads",KSC,'
    '1992-04-09 00:00:00,1994-06-02 00:00:00,,Science,Not Specified,"Cranes, Safety"\n'
    "2,,Two chains,Two chains of command,One is enough,Report once,JPL,,2004-06-16 00:00:00,X-43C,,"
    "Formulation » Phase B,\n"
)


def read(text: str, **options: LessonState) -> Imported[Lesson]:
    return read_lessons(read_table(text.encode(), "l.csv"), name="l.csv", **options)


def test_nasa_is_known_by_its_header() -> None:
    assert is_nasa(read_table(NASA.encode(), "n.csv").columns)
    assert not is_nasa(("id", "title", "lesson", "recommendation"))


def test_nasa_lessons() -> None:
    found = read_nasa(read_table(NASA.encode(), "n.csv"))
    slings, chains = found.records
    assert slings == Lesson(
        id="NASA-1",
        title="Slings",
        what_happened="A sling broke",
        effect="slings break",
        recommendation="Calculate loads",
        organisation="NASA KSC",
        learned=date(1992, 4, 9),
        tags=("Cranes", "Safety"),
        state=LessonState.PUBLISHED,
        origin="NASA LLIS 1",
    )
    assert (chains.title, chains.root_cause, chains.effect) == ("One is enough", "One is enough", "")
    assert (chains.phase, chains.learned, chains.tags) == (Phase.DESIGN, date(2004, 6, 16), ("X-43C",))
    assert slings.is_usable
    assert found.unused == ("directorate",)


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("Not Specified", None),
        ("Not Applicable » Pre-Phase A", None),
        ("Formulation » Pre-Phase A", Phase.INITIATION),
        ("Implementation » Pre-Phase A", Phase.BUILD),
        ("Implementation » Phase E", Phase.OPERATION),
        ("Evaluation", Phase.CLOSE),
    ],
)
def test_phases_of_nasa(text: str, phase: Phase | None) -> None:
    assert phase_of(text) is phase


def test_a_lessons_log() -> None:
    (lesson,) = read(
        "No,Date raised,Project name,Lesson title,Description,Root cause,Impact,Recommendation,Category,Type,Stage\n"
        "1,14/03/2024,Tap-on,Test on the street,It froze,No trial,Queues,Run two buses,Quality,Negative,Testing\n"
    ).records
    assert (lesson.title, lesson.what_happened, lesson.effect) == ("Test on the street", "It froze", "Queues")
    assert (lesson.area, lesson.phase, lesson.positive) == (Area.QUALITY, Phase.TEST, False)
    assert (lesson.learned, lesson.state) == (date(2024, 3, 14), LessonState.DRAFT)


def test_the_first_lesson_of_one_log_is_not_that_of_another() -> None:
    one, other = read("No,Title\n1,Test on the street\n"), read("No,Title\n1,Ask the drivers\n")
    assert one.records[0].id != other.records[0].id
    assert one.records[0].id == read("No,Title,Owner\n1,Test on the street,Ann\n").records[0].id


def test_our_own_export_gives_every_field_back() -> None:
    lesson = Lesson(
        id="L-TAP-1", title="T", context="c", what_happened="w", root_cause="r", effect="e", recommendation="r2",
        early_warning="s", area=Area.SUPPLIERS, phase=Phase.BUILD, owner="o", positive=True, project="TAP",
        organisation="g", learned=date(2024, 1, 2), tags=("a", "b"), statements=("s1",), themes=("t1",),
        risks=("TAP:R1",), review_on=date(2025, 1, 2), supersedes="L-0", state=LessonState.EMBEDDED, origin="x",
    )  # fmt: skip
    names = [field.name for field in fields(Lesson)]
    values = [getattr(lesson, name) for name in names]
    cells = ["; ".join(value) if isinstance(value, tuple) else str(value) for value in values]
    table = read_table(f"{','.join(names)}\n{','.join(cells)}\n".encode(), "export.csv")
    assert is_own_export(table.columns)
    assert read_lessons(table, name="export.csv").records == (lesson,)


def test_rows_without_anything_are_left_out_and_titles_are_made() -> None:
    found = read("title,recommendation\n,Run two buses for a week before the launch\n,\nA,B\nA,C\n")
    assert [lesson.title for lesson in found.records] == ["Run two buses for a week before the launch", "A"]
    assert [warning.row for warning in found.warnings] == [4]


def test_the_state_can_be_chosen() -> None:
    assert read("title\nT\n", state=LessonState.VALIDATED).records[0].state is LessonState.VALIDATED


def test_a_table_without_lessons_is_refused() -> None:
    with pytest.raises(Invalid, match="lessons’ titles"):
        read("colour\nred\n")
