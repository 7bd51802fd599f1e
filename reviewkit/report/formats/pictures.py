"""A bar of a chart -> a picture for documents that take no SVG."""

from __future__ import annotations

from reviewkit.report.charts import Bar, bar_svg

ZOOM = 10
"""Dots of the picture to a millimetre: sharp on paper."""


def png(bar: Bar, width: float, height: float) -> bytes:
    """The bar as PNG, for a place of so many millimetres."""
    import resvg_py

    return resvg_py.svg_to_bytes(svg_string=bar_svg(bar, width, height), zoom=ZOOM)
