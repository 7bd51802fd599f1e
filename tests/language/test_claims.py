"""Answers as people write them, and where they should be cut."""

from __future__ import annotations

import pytest

from reviewkit.language.ports import Splitter

ANSWERS = {
    "sentences": ("Validators were late. Training was early.", ["Validators were late.", "Training was early."]),
    "dashes": ("- late again\n- no spares\n-  rude people", ["late again", "no spares", "rude people"]),
    "dots and stars": ("• too slow\n* too dear", ["too slow", "too dear"]),
    "numbers keep their number": ("1. plan earlier\n2) test longer", ["1. plan earlier", "2) test longer"]),
    "letters": ("a) tests\nb) fares", ["a) tests", "b) fares"]),
    "bullets in one line": ("Bad: • late • dear • rude", ["Bad:", "late", "dear", "rude"]),
    "line ends without stops": ("Great team\nPoor Wi-Fi\r\nGood food", ["Great team", "Poor Wi-Fi", "Good food"]),
    "no capital after the stop": ("the plan slipped. nobody said why", ["the plan slipped.", "nobody said why"]),
    "no space after the stop": ("The plan slipped.Nobody said why.", ["The plan slipped.", "Nobody said why."]),
    "abbreviations": (
        "We lost approx. 3 weeks, e.g. in Q3, i.e. over the summer. Dr. Falk helped w/ that.",
        ["We lost approx. 3 weeks, e.g. in Q3, i.e. over the summer.", "Dr. Falk helped w/ that."],
    ),
    "no. as number and as no": (
        "See no. 4. They said no. That was it.",
        ["See no. 4.", "They said no.", "That was it."],
    ),
    "etc. inside and at the end": (
        "Cables, boxes etc. were late. Switches, plugs, etc. Then it rained.",
        ["Cables, boxes etc. were late.", "Switches, plugs, etc.", "Then it rained."],
    ),
    "decimals and versions": (
        "It took 2.5 hours with v9.3.1 on 4.2. Fine.",
        ["It took 2.5 hours with v9.3.1 on 4.2.", "Fine."],
    ),
    "initials": ("Ask J. Petrie about it. He knows.", ["Ask J. Petrie about it.", "He knows."]),
    "ellipsis": ("well... it was ok in the end… Not great", ["well... it was ok in the end…", "Not great"]),
    "shouting": ("Too late, too late!!! Nobody cared!!", ["Too late, too late!!!", "Nobody cared!!"]),
    "emoticons stay with their sentence": (
        "Loved the screens. :) Training was short.",
        ["Loved the screens. :)", "Training was short."],
    ),
    "brackets are not cut open": (
        "The pilot (in Saltby. Twice. In the rain) was good. Do it again.",
        ["The pilot (in Saltby. Twice. In the rain) was good.", "Do it again."],
    ),
    "a turn with its own subject": (
        "The team was friendly throughout, but the training was far too short.",
        ["The team was friendly throughout,", "but the training was far too short."],
    ),
    "a turn that leans on what was said": ("It was slow, but it worked.", ["It was slow, but it worked."]),
    "a turn without a verb": ("Childish perhaps, but the best.", ["Childish perhaps, but the best."]),
    "and then, with a subject": (
        "They answered in minutes, and then nobody picked up the phone for weeks.",
        ["They answered in minutes,", "and then nobody picked up the phone for weeks."],
    ),
    "semicolons that belong together": ("Four lifts on paper; it has three.", ["Four lifts on paper; it has three."]),
    "an interjection": ("No. It was late. Honestly! Nobody cared.", ["No. It was late.", "Honestly! Nobody cared."]),
    "an afterthought": ("We waited for the permit. Thirteen weeks.", ["We waited for the permit. Thirteen weeks."]),
    "quotes end with their sentence": (
        'He said "we go live." Nobody laughed.',
        ['He said "we go live."', "Nobody laughed."],
    ),
    "a question": (
        "Why was it not tested? The firewall blocked us.",
        ["Why was it not tested?", "The firewall blocked us."],
    ),
    "lines wrapped by a mail program": (
        "The supplier told us in March that the hardware would come in time for the\npilot, which it did not.",
        ["The supplier told us in March that the hardware would come in time for the\npilot, which it did not."],
    ),
    "a redaction mark opens a sentence": ("Please call. [name] knows more.", ["Please call.", "[name] knows more."]),
    "one word": ("training", ["training"]),
    "an address in a sentence": ("See www.a.org/b.c for it. Good.", ["See www.a.org/b.c for it.", "Good."]),
}


@pytest.mark.parametrize(("answer", "claims"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_cut_into_its_claims(splitter: Splitter, answer: str, claims: list[str]) -> None:
    assert [answer[start:end] for start, end in splitter.split(answer)] == claims
