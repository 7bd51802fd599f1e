"""Retrospected's Markdown export -> answers.

`#### column`, then `* (+likes/-dislikes) text`; groups are bullets in bold with their cards nested below, actions
`* **Action**: *…*` below their card, and once more in a section “Actions”.
"""

from __future__ import annotations

import re

from reviewkit.collect.importers.exports.cards import Board, Card, board_of
from reviewkit.collect.importers.exports.outline import bullets, plain

_VOTES = re.compile(r"\(\+[0-9]+/-[0-9]+\)\s*")
_ACTION = re.compile(r"\*\*Action\*\*:\s*")
_GROUP = re.compile(r"\*\*[^*]+\*\*(?:\s*\(\+[0-9]+/-[0-9]+\))?")
_ACTIONS = "actions"
_SEEN = re.compile(r"^[ \t]*[*-] (?:\*\*[^*\n]+\*\* )?\(\+[0-9]+/-[0-9]+\)", re.MULTILINE)


def knows(text: str) -> bool:
    return "#### " in text and _SEEN.search(text) is not None


def read(text: str, name: str) -> Board:
    """Cards are answers, and so are actions, under “Actions”, each once; the names of groups are not."""
    cards: list[Card] = []
    for bullet in bullets(text):
        if bullet.parent and _GROUP.fullmatch(bullet.text.strip()):
            continue
        action = _ACTION.match(bullet.text)
        said = plain(_VOTES.sub("", bullet.text[action.end() if action else 0 :], count=1))
        column = "Actions" if action or bullet.heading.casefold() == _ACTIONS else bullet.heading
        card = Card(column, said)
        if column != "Actions" or card not in cards:
            cards.append(card)
    return board_of(cards)
