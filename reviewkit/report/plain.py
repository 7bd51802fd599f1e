"""What people wrote -> text that any document can hold and none obeys."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(" +")
_UNBROKEN = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_JOINERS = "\u200c\u200d"
"""Without them some scripts and emoji cannot be written."""


def plain(text: str) -> str:
    """`text` on one line, without what no document may hold or would obey.

    Control characters, halves of surrogates, characters that are unseen or turn the direction of reading, and those
    that XML forbids are left out.
    """
    shown = (" " if char.isspace() and char not in _UNBROKEN else char for char in text if _is_written(char))
    return _BLANKS.sub(" ", "".join(shown)).strip()


def shortened(text: str, most: int) -> str:
    """`text` on one line, cut after a sentence or word where it has more than `most` characters."""
    text = plain(text)
    if len(text) <= most:
        return text
    end = max(text.rfind(mark, most // 2, most) for mark in (". ", "? ", "! "))
    if end > 0:
        return text[: end + 1]
    end = text.rfind(" ", most // 2, most)
    return text[: end if end > 0 else most - 1].rstrip(" ,;:.") + " …"


def _is_written(char: str) -> bool:
    if char.isspace() or char in _JOINERS:
        return True
    code = ord(char)
    return (
        unicodedata.category(char) not in ("Cc", "Cf", "Cs")
        and code & 0xFFFE != 0xFFFE
        and not 0xFDD0 <= code <= 0xFDEF
    )
