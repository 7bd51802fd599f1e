"""Levels and ends of risks -> the words a person reads."""

from __future__ import annotations

from reviewkit.domain.words import Occurred

STEPS = {1: "very low", 2: "low", 3: "medium", 4: "high", 5: "very high"}
"""The five steps of probability and impact in words."""

BECAME = {Occurred.YES: "came true", Occurred.NO: "did not come true", Occurred.UNKNOWN: "not known"}
