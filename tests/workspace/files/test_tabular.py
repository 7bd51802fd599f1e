"""`reviewkit csv` on real text and on what people hand it by mistake."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reviewkit.cli import main

SAID = {
    "late": [
        "The validators came four months late.",
        "Vendor deliveries were late again",
        "late deliveries by the supplier cost us the summer",
        "Equipment was delivered far too late",
        "Delivery of the switches slipped by months",
    ],
    "training": [
        "Training came too early, we had forgotten it all by go-live.",
        "The training was too short",
        "More training for the drivers would have helped",
        "nobody was trained on the new screens",
        "Training sessions were short and far too early",
    ],
    "odd": ["My cat is called Bruno"],
}
RISKS = [("R1", "Late delivery of equipment by suppliers"), ("R2", "Users are not trained"), ("R3", "Strike")]


def write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["csv", *map(str, args)])


@pytest.fixture
def statements(tmp_path: Path) -> Path:
    rows = [(f"{subject}-{place}", text) for subject, texts in SAID.items() for place, text in enumerate(texts)]
    return write(tmp_path / "in.csv", ["id", "text"], rows)


def test_themes_are_added_to_the_columns_that_were_there(statements: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done = run("themes", statements, "--text", "text", "--out", out)
    assert done.exit_code == 0, done.stderr
    assert "2 themes in 11 rows; 1 row recurs with nothing. Written to" in done.stdout
    rows = read(out)
    assert list(rows[0]) == ["id", "text", "theme", "theme_label", "subtheme", "subtheme_label"]
    assert [{key: row[key] for key in ("id", "text")} for row in rows] == read(statements)
    theme = {row["id"]: row["theme"] for row in rows}
    assert len({theme[f"late-{place}"] for place in range(5)}) == 1
    assert len({theme[f"training-{place}"] for place in range(5)}) == 1
    assert theme["late-0"] != theme["training-0"]
    assert theme["odd-0"] == ""
    labels = {row["theme"]: row["theme_label"] for row in rows if row["theme"]}
    assert len(set(labels.values())) == len(labels) == 2
    assert "late" in labels[theme["late-0"]] or "deliver" in labels[theme["late-0"]]
    assert "train" in labels[theme["training-0"]]


def test_links_rank_the_risk_a_statement_speaks_of(statements: Path, tmp_path: Path) -> None:
    risks, out = write(tmp_path / "risks.csv", ["id", "text"], RISKS), tmp_path / "out.csv"
    done = run("links", statements, risks, "--out", out, "--top", 2)
    assert done.exit_code == 0, done.stderr
    rows = read(out)
    assert list(rows[0]) == ["statement_id", "risk_id", "rank", "score", "confidence"]
    first = {row["statement_id"]: row["risk_id"] for row in rows if row["rank"] == "1"}
    assert {first[f"late-{place}"] for place in range(5)} == {"R1"}
    assert {first[f"training-{place}"] for place in range(5)} == {"R2"}
    assert len(rows) == 2 * 11
    assert {row["confidence"] for row in rows if row["statement_id"] == "odd-0"} == {"low"}


def test_search_finds_a_document_by_words_by_meaning_and_by_its_far_end(tmp_path: Path) -> None:
    long = "The quay was rebuilt. " * 200 + "Then the fire brigade inspected the sprinklers."
    docs = write(
        tmp_path / "docs.csv",
        ["id", "title", "text"],
        [("d1", "Ticketing", "Validators and fares"), ("d2", "", "People feared for their jobs"), ("d3", "Quay", long)],
    )
    queries = [("q1", "validators"), ("q2", "staff were afraid of redundancy"), ("q3", "sprinklers fire brigade")]
    out = tmp_path / "out.csv"
    done = run("search", docs, write(tmp_path / "q.csv", ["id", "text"], queries), "--out", out, "--top", 2)
    assert done.exit_code == 0, done.stderr
    rows = read(out)
    assert list(rows[0]) == ["query_id", "doc_id", "rank", "score"]
    assert {row["query_id"]: row["doc_id"] for row in rows if row["rank"] == "1"} == {
        "q1": "d1",
        "q2": "d2",
        "q3": "d3",
    }
    assert max(int(row["rank"]) for row in rows) == 2


def test_kinds_are_told_apart(tmp_path: Path) -> None:
    said = [
        ("The training was excellent and the trainers were lovely", "positive"),
        ("The system was slow and crashed every day", "problem"),
        ("Next time, please involve the drivers earlier", "suggestion"),
    ]
    source, out = write(tmp_path / "in.csv", ["text"], [[text] for text, _ in said]), tmp_path / "out.csv"
    done = run("kinds", source, "--text", "text", "--out", out)
    assert done.exit_code == 0, done.stderr
    rows = read(out)
    assert [row["kind"] for row in rows] == [kind for _, kind in said]
    assert all(0 <= float(row["kind_confidence"]) <= 1 for row in rows)


@pytest.mark.parametrize("command", ["themes", "kinds"])
@pytest.mark.parametrize(
    ("rows", "themes"),
    [
        ([], 0),
        (["The only thing anyone said"], 0),
        (["Testing was cut short."] * 10, 1),
        (["", "  ", "…"], 0),
        (["Die Schulung kam viel zu früh", "Die Schulung war zu kurz", "训练时间太短", "Обучение было поздно"], None),
        (["=1+1", '"; DROP TABLE', "{{7*7}}", "\u202edesrever", "{0.__class__}"], None),
    ],
    ids=["header only", "one row", "identical", "blank", "other languages", "hostile"],
)
def test_odd_tables_get_a_sensible_answer(command: str, rows: list[str], themes: int | None, tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.csv", ["id", "text"], [["x", row] for row in rows]), tmp_path / "out.csv"
    done = run(command, source, "--text", "text", "--out", out)
    assert done.exit_code == 0, done.stderr
    found = read(out)
    assert [row["text"] for row in found] == rows
    if command == "themes" and themes is not None:
        assert len({row["theme"] for row in found} - {""}) == themes


def test_a_row_of_a_megabyte_is_a_row_like_others(tmp_path: Path) -> None:
    long = "The supplier delivered late and nobody had planned for it. " * 18_000
    source, out = (
        write(tmp_path / "in.csv", ["text"], [[long], ["late deliveries by the supplier"]]),
        tmp_path / "o.csv",
    )
    done = run("themes", source, "--text", "text", "--out", out)
    assert done.exit_code == 0, done.stderr
    assert read(out)[0]["text"] == long


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"id,answer\n1,late\n", "there is no column “text”. Its columns are: id, answer."),
        (b'id,text\n1,"open', "never closed"),
    ],
)
@pytest.mark.parametrize("command", ["themes", "kinds", "links", "search"])
def test_what_cannot_be_read_is_said_in_one_line(command: str, content: bytes, said: str, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(content)
    args = [source, "--text", "text"] if command in ("themes", "kinds") else [source, source]
    done = run(command, *args, "--out", tmp_path / "out.csv")
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stderr.startswith("Error: in.csv: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out.csv").exists()


def test_documents_need_ids_of_their_own(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs.csv", ["id", "text"], [("d", "one"), ("d", "two")])
    done = run("search", docs, docs, "--out", tmp_path / "out.csv")
    assert done.exit_code == 1
    assert "“d” stands twice" in done.stderr


def test_columns_called_like_the_new_ones_survive(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", ["text", "theme"], [["Testing was short", "mine"]] * 3)
    assert run("themes", source, "--text", "text", "--out", tmp_path / "out.csv").exit_code == 0
    rows = read(tmp_path / "out.csv")
    assert [row["theme"] for row in rows] == ["mine"] * 3
    assert [row["theme (2)"] for row in rows] == ["1"] * 3
