"""Areas without training."""

from __future__ import annotations

import numpy as np
import pytest

from reviewkit.domain.words import Area
from reviewkit.language.area_words import ANCHORS, WORDS
from reviewkit.language.areas import anchor_texts, area_scores, areas_of, areas_of_groups
from reviewkit.language.ports import Encoder

PLAIN = {
    "The plan had no slack and the milestones slipped by months.": Area.SCHEDULE,
    "We spent half a million more than was budgeted.": Area.BUDGET,
    "The steering committee could not decide and nobody informed the staff.": Area.STAKEHOLDERS,
    "Late wishes and change requests made the scope twice as big.": Area.SCOPE,
    "The risk register was never opened again after the workshop.": Area.RISK,
    "Acceptance testing was cut to a few days and many bugs went live.": Area.QUALITY,
    "The app loses its connection and the server crashes.": Area.TECHNOLOGY,
    "The vendor delivered the hardware four months late.": Area.SUPPLIERS,
    "The training course was too early and too short.": Area.PEOPLE,
    "Nobody measures whether the promised savings came true.": Area.BENEFITS,
}


def test_every_area_has_its_sentences() -> None:
    assert set(ANCHORS) == set(WORDS) == set(Area)
    assert all(WORDS.values())
    assert len(set(anchor_texts())) == len(anchor_texts())


@pytest.mark.parametrize(("text", "area"), PLAIN.items())
def test_plain_statements(encoder: Encoder, text: str, area: Area) -> None:
    assert areas_of(encoder.encode([text]), encoder.encode(anchor_texts()), texts=[text]) == [area]


def test_a_group_has_the_area_that_its_members_share(encoder: Encoder) -> None:
    anchors = encoder.encode(anchor_texts())
    texts = [
        *PLAIN,
        "The supplier's boxes came late.",
        "The contractor was slow to deliver.",
        "Parts from the vendor are late.",
    ]
    groups = [[7, 10, 11, 12], [8], [5]]
    found = areas_of_groups(encoder.encode(texts), groups, anchors)
    assert found == [Area.SUPPLIERS, Area.PEOPLE, Area.QUALITY]
    assert areas_of_groups(encoder.encode([]), [], anchors) == []


def test_no_rows_have_no_areas(encoder: Encoder) -> None:
    anchors = encoder.encode(anchor_texts())
    assert areas_of(encoder.encode([]), anchors) == []
    assert area_scores(np.zeros((0, encoder.dim), dtype=np.float32), anchors).shape == (0, 10)


def test_words_that_point_to_an_area_decide_where_vectors_do_not(encoder: Encoder) -> None:
    nothing = np.zeros((2, encoder.dim), dtype=np.float32)
    anchors = encoder.encode(anchor_texts())
    texts = ["Permits and asbestos: the inspectors, the permits.", "Trainers and training courses"]
    assert areas_of(nothing, anchors, texts=texts) == [Area.RISK, Area.PEOPLE]
    assert areas_of_groups(nothing, [[0], [1]], anchors, texts=texts) == [Area.RISK, Area.PEOPLE]
