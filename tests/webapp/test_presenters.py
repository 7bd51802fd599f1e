"""Words, groups, marks and small charts, on input of any shape."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.wording import text_blocks
from webapp.charts import bars, dots
from webapp.presenters.lessons.library import marked, parted
from webapp.presenters.outcomes import waiting_line
from webapp.presenters.pages import part
from webapp.presenters.words import listed, money, people, plural, sentence


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8))))
def test_marking_adds_marks_and_nothing_else(text: str, wanted: list[tuple[int, int]]) -> None:
    spans, at = [], 0
    for start, length in sorted(wanted):
        start = max(start, at)
        at = min(start + length, len(text))
        if start < at:
            spans.append((start, at))
        else:
            at = max(at, start)
    shown = str(marked(text, spans))
    assert re.findall(r"<[^>]*>", shown) == ["<mark>", "</mark>"] * len(spans)
    assert html.unescape(re.sub(r"</?mark>", "", shown)) == html.unescape(html.escape(text))


def test_an_excerpt_does_not_say_again_what_stands_above_it() -> None:
    title = "Test the <link> on the real line"
    for said in (title, "on the real line"):
        at = len(said) - 4
        heading, text, marks = parted(title, f"{said}\nhire a line", [(at, at + 4), (len(said) + 8, len(said) + 12)])
        assert heading == "Test the &lt;link&gt; on the real <mark>line</mark>"
        assert (text, [text[start:end] for start, end in marks]) == ("hire a line", ["line"])
    assert parted(title, "real line Hire it", [])[1] == "Hire it"
    for other in ("line by line they came", "on the real", "A line of its own\nHire it", "line"):
        assert parted(title, other, [])[1] == other


@given(st.integers(0, 500), st.integers(-5, 100), st.integers(1, 50))
def test_parts_of_a_list_never_run_past_its_ends(total: int, number: int, size: int) -> None:
    found = part(range(total), number, size)
    assert 1 <= found.number <= found.last
    assert list(found.items) == list(range(found.first_item - 1, found.first_item - 1 + len(found.items)))
    assert len(found.items) <= size
    assert found.items or total == 0


@given(st.lists(st.tuples(st.text(), st.integers(0, 10**6))))
def test_bars_keep_their_proportions(rows: list[tuple[str, int]]) -> None:
    drawn = bars(rows)
    assert all(0 <= bar.width <= 100 for bar in drawn)
    longest = max((count for _, count in rows), default=0)
    assert [bar.width == 100 for bar in drawn if longest] == [count == longest for _, count in rows if longest] or any(
        0 < longest - count < longest / 10_000 for _, count in rows
    )


def test_dots_fill_from_the_left() -> None:
    assert [filled for _, filled in dots(2, 5).centres] == [True, True, False, False, False]
    assert dots(0, 0).centres == ()


@given(st.text())
def test_any_brief_becomes_blocks_without_losing_a_word(text: str) -> None:
    blocks = text_blocks(text)
    assert all(shape in ("h", "p") for shape, _ in blocks)
    assert sum(len(said.split()) for _, said in blocks) >= len([word for word in text.split() if word.strip("#")])


def test_headings_and_paragraphs_of_a_brief_are_told_apart() -> None:
    brief = "### Purpose\nOne thing,\nand another.\n\nA second thought.\n### Scope\nA hall."
    assert text_blocks(brief) == [
        ("h", "Purpose"),
        ("p", "One thing, and another."),
        ("p", "A second thought."),
        ("h", "Scope"),
        ("p", "A hall."),
    ]


def test_words() -> None:
    assert [people(count) for count in (0, 1, 4, 5, 1204)] == [
        "0 people",
        "fewer than 5 people",
        "fewer than 5 people",
        "5 people",
        "1,204 people",
    ]
    assert plural(1, "risk") == "1 risk"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert sentence("the date slipped") == "The date slipped."
    assert [money(7_250_000, "GBP"), money(900, "CHF"), money(None, "GBP")] == ["£7.25 million", "CHF 900", ""]


def test_what_is_not_told_yet_is_counted_as_one_would_say_it() -> None:
    assert waiting_line(1, 1) == "What became of the one decision of the kickoff is not told yet."
    assert waiting_line(2, 2) == "What became of both decisions of the kickoff is not told yet."
    assert waiting_line(4, 4) == "What became of all 4 decisions of the kickoff is not told yet."
    assert waiting_line(1, 4) == "What became of 1 of 4 decisions of the kickoff is not told yet."
