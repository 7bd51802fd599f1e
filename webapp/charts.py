"""The charts of pages: the core's own, so that a page and a report draw the same picture."""

from __future__ import annotations

from reviewkit.report.charts import Bar, Dots, bars, dots

__all__ = ["Bar", "Dots", "bars", "dots"]
