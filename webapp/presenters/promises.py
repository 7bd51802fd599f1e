"""How a review is answered -> what the form promises of the answers."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.domain.words import Anonymity

_SHOWN = (
    "What people wrote is shown only once at least five have answered, and e-mail addresses, phone numbers and the "
    "names of known project members are taken out of it first."
)

_PROMISES = {
    Anonymity.ANONYMOUS: (
        "Your answers are anonymous.",
        "Neither your name, your address nor your device is stored, and of the time only the day.",
        _SHOWN,
        "Anonymous. No need to name anybody.",
    ),
    Anonymity.CHOOSE: (
        "You choose whether to give your name.",
        "Without it your answers are anonymous: neither your address nor your device is stored, and of the time only "
        "the day.",
        "With it, your name is kept beside your answers; no page, search or export shows it to anybody else. " + _SHOWN,
        "Anonymous unless you gave your name above.",
    ),
    Anonymity.NAMED: (
        "This review is not anonymous.",
        "Your name is kept beside your answers, and what you write may be shown to others as you write it, however "
        "few people answer.",
        "Whoever runs the review sees who has answered. Neither your network address nor your device is stored.",
        "Not anonymous. May be shown as you write it.",
    ),
}

_PERSONAL = {
    False: "Your link lets in one person, once. That it was used is counted; nothing kept here tells which answers "
    "came by it.",
    True: "Your link lets in one person, once, and is kept with the e-mail address it was made for.",
}


@dataclass(frozen=True)
class Promise:
    """What becomes of the answers: said at the top, with `more` for who asks, and `beside` every text that is typed."""

    title: str
    text: str
    more: str
    beside: str


def promise_of(anonymity: Anonymity, *, personal: bool = False) -> Promise:
    """What is true of answers to such a review; `personal` where they come by a link made for one person."""
    title, text, more, beside = _PROMISES[anonymity]
    if personal:
        more += f" {_PERSONAL[anonymity is Anonymity.NAMED]}"
    return Promise(title, text, more, beside)
