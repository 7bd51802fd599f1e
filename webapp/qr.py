"""A link -> its QR code as SVG, black on white whatever the page's colours, with the quiet zone that readers need."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup

from reviewkit.domain.errors import Invalid

LONGEST = 500
"""Characters of a link; more would make a picture too fine for a phone."""

_QUIET = 4


def svg(link: str) -> Markup:
    """To be put into a page; it holds neither style nor script."""
    drawn = _code(link).svg_inline(border=_QUIET, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass="")
    return Markup(drawn.replace("<svg ", '<svg role="img" aria-label="QR code of the link" ', 1))


def svg_file(link: str) -> str:
    """A file by itself, large enough to be printed. Raises Invalid."""
    out = io.BytesIO()
    _code(link).save(out, kind="svg", scale=8, border=_QUIET, dark="#000", light="#fff")
    return out.getvalue().decode()


def _code(link: str) -> segno.QRCode:
    if not link.startswith(("http://", "https://")) or len(link) > LONGEST or not link.isprintable():
        raise Invalid("That is no link to make a QR code of.", "link")
    return segno.make_qr(link, error="m")
