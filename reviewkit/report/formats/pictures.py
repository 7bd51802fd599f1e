"""A chart -> a picture for documents that take no SVG."""

from __future__ import annotations

from reviewkit.report.charts import Chart, picture_svg

ZOOM = 3
"""Dots of the picture to a unit of the chart: sharp on paper."""


def png(chart: Chart) -> bytes:
    """The chart as PNG. Its words are drawn in a typeface of this machine; without one they are left out."""
    import resvg_py

    return resvg_py.svg_to_bytes(svg_string=picture_svg(chart), zoom=ZOOM)
