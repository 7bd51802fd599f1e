"""What is taken out of people's words before anything else reads them, and what stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.language.redaction import redact

ROSTER = ["Marit Halvorsen", "Will Baker", "May Lindqvist", "Søren van der Berg", "Anne-Marie O'Brien", "Mark Grant"]

REPLACED = {
    "mail ann@x.org or ANN.B@X.CO.UK.": "mail [e-mail] or [e-mail].",
    "ann (at) x.org, ann [at] x [dot] org, ann at x dot org": "[e-mail], [e-mail], [e-mail]",
    "ann @ x . org now": "[e-mail] now",
    "write to a n n . b @ x - y . o r g today": "write to [e-mail] today",
    "ａ ｎ ｎ ＠ ｘ ． ｃ ｏ ｍ now": "[e-mail] now",
    "ａｎｎ＠ｘ．ｏｒｇ bye": "[e-mail] bye",
    "see https://a.b/c?d=1, and www.x.com/y.": "see [link], and [link].",
    "portal.westmark.example was down": "[link] was down",
    "rang 01632 960 123 at night": "rang [phone] at night",
    "+44 1632 960123 or (01632) 960-123": "[phone] or [phone]",
    "０１６３２ ９６０ １２３": "[phone]",
    "ring me on 5551234": "ring me on [phone]",
    "call (555) 123-4567": "call [phone]",
    "pay GB82 WEST 1234 5698 7654 32 please": "pay [account] please",
    "DE89370400440532013000.": "[account].",
    "MARIT HALVORSEN and marit halvorsen": "[name] and [name]",
    "Halvorsen, Marit; M. Halvorsen; marit.halvorsen": "[name]; [name]; [name]",
    "Marit's idea, and halvorsen agreed": "[name]'s idea, and [name] agreed",
    "it is all in Halvorsens head": "it is all in [name] head",
    "Ｍａｒｉｔ Ｈａｌｖｏｒｓｅｎ": "[name]",
    "M\u200barit\u0301 Halvorsen": "[name]",
    "Soren, SØREN, soren van der berg": "[name], [name], [name]",
    "Anne-Marie O'Brien and O’Brien": "[name] and [name]",
    "I asked Will and Mark. Will Baker knows.": "I asked [name] and [name]. [name] knows.",
    "W. Baker was there": "[name] was there",
}


@pytest.mark.parametrize(("text", "redacted"), REPLACED.items())
def test_what_leads_to_a_person_is_replaced(text: str, redacted: str) -> None:
    assert redact(text, ROSTER) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "2023-11-14, 14/11/2023 and 01-02-2023",
        "4,500,000 of 148,000 lines, 24 000 000 EUR, 0.5 %",
        "v9.3.1, R12, NETREF:R7, PO 4500012345, ISBN 978-3-16-148410-0",
        "from 380 to 410 l/s, 0900-1700, 04:40, 1 000 000 000",
        "GB82 WEST 1234 5698 7654 33 has a wrong check digit",
        "meet @ depot. Then we left",
        "option a @ b . c costs more",
        "late.In March, e.g. this",
        "Will they come? We will mark the bill in May. MARK IT.",
        "a baker, a bill and page 3",
        "the van came, und der Berg",
    ],
)
def test_dates_amounts_references_and_plain_words_stay(text: str) -> None:
    assert redact(text, [name for name in ROSTER if "Berg" not in name]) == text


def test_without_a_roster_no_name_is_taken_out() -> None:
    assert redact("Marit Halvorsen was kind") == "Marit Halvorsen was kind"


@pytest.mark.parametrize("name", ["", " ", "?", "42", "X"])
def test_a_roster_line_that_is_no_name_replaces_nothing(name: str) -> None:
    assert redact("X marks 42 spots?", [name]) == "X marks 42 spots?"


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_can_be_redacted_twice(text: str) -> None:
    once = redact(text, ROSTER)
    assert redact(once, ROSTER) == once


SECRETS = ("ann@x.org", "+44 1632 960123", "https://a.b/c", "DE89370400440532013000", "Marit Halvorsen")
WORDS = st.sampled_from(
    ["the", "plan", "was", "late", "2023-11-14", "4,500,000", "R12", "\n", "é", "👍", "(", ")", "."]
)


@settings(max_examples=200, deadline=None)
@given(
    before=st.lists(WORDS, max_size=6),
    secret=st.sampled_from([*SECRETS]),
    after=st.lists(WORDS, max_size=6),
)
def test_what_is_planted_is_gone_and_the_rest_stays(before: list[str], secret: str, after: list[str]) -> None:
    head, tail = " ".join(before), " ".join(after)
    redacted = redact(f"{head} | {secret} | {tail}", ROSTER)
    assert secret not in redacted
    assert redacted.startswith(f"{head} | [")
    assert redacted.endswith(f"] | {tail}")


@pytest.mark.parametrize(
    "piece",
    ["a", "@", "a@", "\u0301", "1", "1 ", "a.", "GB82 ", "www.", " a at b dot", " at ", "http://", " ", "(at) ", "+1",
     "Will ", "x@x . ", "ab12", "-a", "ring ", "Marit ", "x@d.d.d.d.d",
     "a @ ", " a", "@ a . a", "0-", "(0", "a-b.", "tel: ", "’s", "M. "],
)  # fmt: skip
def test_the_worst_case_of_each_pattern_is_read_to_its_end(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert isinstance(redact(text, ROSTER), str)
