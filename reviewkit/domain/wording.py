"""Days, counts, money and lists -> the words a person reads, the same on a page and in a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
"""Currencies that have a sign everybody knows."""

_HEADING = re.compile(r"^#{1,6}\s+(.*)$")


def day(moment: date | datetime | None) -> str:
    """As in 9 Jun 2023, which no line break parts; empty for none."""
    return "" if moment is None else f"{moment.day} {moment:%b %Y}".replace(" ", "\N{NO-BREAK SPACE}")


def plural(count: int, one: str, many: str = "") -> str:
    """As in “1 risk”, “1,204 risks”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def whole(count: int, one: str, many: str = "") -> str:
    """All that there are of something, as in “the one action”, “both actions”, “all 5 actions”."""
    if count == 1:
        return f"the one {one}"
    return f"both {many or one + 's'}" if count == 2 else f"all {plural(count, one, many)}"


def listed(words: Sequence[str]) -> str:
    """As in “a, b and c”."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def either(words: Sequence[str]) -> str:
    """As in “a, b or c”."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def headed(text: str) -> str:
    """`text` with a capital first letter, as a heading has it."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """`text` with a capital first letter and a full stop."""
    text = text.strip()
    return "" if not text else headed(text) + ("" if text[-1] in ".!?…" else ".")


def money(amount: float | None, currency: str) -> str:
    """As in “£7.25 million”; empty for none."""
    if amount is None:
        return ""
    shown = f"{amount / 1e6:,.2f}".rstrip("0").rstrip(".") + " million" if amount >= 1e6 else f"{amount:,.0f}"
    sign = SIGNS.get(currency)
    return f"{sign}{shown}" if sign else f"{currency} {shown}".strip()


def text_blocks(text: str) -> list[tuple[str, str]]:
    """A text as ("h" or "p", words) blocks: lines that begin with # are headings, blank lines part paragraphs."""
    blocks: list[tuple[str, str]] = []
    for line in (*text.splitlines(), ""):
        heading = _HEADING.match(line.strip())
        if heading:
            blocks.append(("h", heading.group(1)))
        elif not line.strip():
            blocks.append(("", ""))
        elif blocks and blocks[-1][0] == "p":
            blocks[-1] = ("p", f"{blocks[-1][1]} {line.strip()}")
        else:
            blocks.append(("p", line.strip()))
    return [block for block in blocks if block[0]]
