"""Text -> the same text without e-mail addresses, phone numbers, links, accounts and the names on the roster.

Matching looks at a folded copy (compatibility forms, without accents and invisible characters), so that full-width or
accented spellings are found too. Every pattern is bounded: time grows with the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from reviewkit.language.roster_names import find_names

EMAIL, PHONE, LINK, ACCOUNT, NAME = "[e-mail]", "[phone]", "[link]", "[account]", "[name]"

_TLDS = (
    "com|org|net|edu|gov|mil|int|info|biz|io|dev|app|cloud|example|test|local|internal|eu|uk|ie|de|fr|nl|dk|se|fi|ch|pl|"
    "es|pt|cz|gr|au|nz|ca|jp|cn|br|za|us"
)
_SCHEME_LINK = re.compile(r"\b(?:https?|ftps?|file|ssh|tel|mailto):\S{2,2000}|\bwww\.\S{3,2000}", re.I)
_BARE_LINK = re.compile(rf"(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{_TLDS})(?![\w-])(?:[/:?#]\S{{0,2000}})?", re.I)
_AT = re.compile(
    r"\s{0,2}@\s{0,2}|\s{0,2}[\[({<]\s?(?:at|@)\s?[\])}>]\s{0,2}|\s{1,2}at\s{1,2}(?=[\w-]{1,63}\s{1,2}dot\s)", re.I
)
_LOCAL = re.compile(r"[\w.+%'’-]{1,64}\Z")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[a-z]{2,24}(?![\w-])", re.I)
_SPACED_DOMAIN = re.compile(
    rf"[\w-]{{1,63}}(?:\s?(?:\.|[\[({{]\s?(?:dot|\.)\s?[\])}}]|(?<=\s)dot(?=\s))\s?[\w-]{{1,63}}){{0,5}}?"
    rf"\s?(?:\.|[\[({{]\s?(?:dot|\.)\s?[\])}}]|(?<=\s)dot(?=\s))\s?(?:{_TLDS})(?![\w-])",
    re.I,
)
_LETTERS = re.compile(
    rf"(?<!\S)(?:[\w.+'-]\s){{1,40}}@(?:\s[\w-]){{1,40}}(?:\s\.(?:\s[\w-]){{1,40}}?){{0,3}}?"
    rf"\s\.\s(?:{'|'.join(' '.join(ending) for ending in _TLDS.split('|'))})(?!\S)",
    re.I,
)
"""An address with a blank between all of its signs: “a n n @ x . o r g”."""

_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,30}", re.I)
_PHONE = re.compile(r"(?<![\w.,/+-])(?:\+|\(\+?)?\d(?:[ ().\-/–]{0,3}\d){5,14}(?![\w%]|[.,]\d)")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?!\d)|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)")
_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}\Z")
_PHONE_CUE = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|cell|fax|call|ring|rang|text|whatsapp|dial)\b[^\d\n]{0,24}\Z", re.I
)
_PLAIN = {
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ł": "l",
    "Ł": "L",
    "æ": "ae",
    "Æ": "Ae",
    "ð": "d",
    "þ": "th",
    "ı": "i",
}
"""Letters that Unicode does not take apart, as people without their keyboard write them."""

_TRAILING = ".,;:!?)]}>'\"”’"


def redact(text: str, roster: Iterable[str] = ()) -> str:
    """`text` with markers in the place of e-mail addresses, phone numbers, links, IBANs and names of `roster`.

    `roster` holds full names; see `roster_names.find_names` for when a first name or surname alone is taken for the
    person. Dates, amounts, versions and reference numbers stay. What is replaced depends on nothing but the arguments.
    """
    folded, places = _fold(text)
    found: list[tuple[int, int, str]] = []
    for marker, spans in (
        (EMAIL, _emails(folded)),
        (LINK, _links(folded)),
        (ACCOUNT, _accounts(folded)),
        (PHONE, _phones(folded)),
        (NAME, find_names(folded, roster, fold=lambda name: _fold(name)[0])),
    ):
        found.extend((start, end, marker) for start, end in spans)
    pieces: list[str] = []
    done = 0
    for start, end, marker in _without_overlaps(found):
        # Marks and invisible characters behind the last character go with it.
        begin, stop = places[start], max(places[end - 1] + 1, places[end] if end < len(folded) else len(text))
        pieces += [text[done:begin], marker]
        done = stop
    return "".join([*pieces, text[done:]])


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """The text in compatibility form without marks and invisible characters, and where each character came from."""
    if text.isascii():
        return text, range(len(text))
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in _PLAIN.get(character) or unicodedata.normalize("NFKD", character):
            if unicodedata.category(plain) not in ("Mn", "Me", "Cf"):
                folded.append(plain)
                places.append(place)
    return "".join(folded), places


def _emails(text: str) -> Iterator[tuple[int, int]]:
    yield from (spelt.span() for spelt in _LETTERS.finditer(text))
    done = 0
    for at in _AT.finditer(text):
        if at.start() < done:
            continue
        local = _LOCAL.search(text, max(done, at.start() - 64), at.start())
        domain = _DOMAIN.match(text, at.end())
        if at.group() != "@" or not domain:
            # “meet @ depot.Then”: where anything is spaced or spelt out, only a known ending makes an address.
            domain = _SPACED_DOMAIN.match(text, at.end()) if local else None
        if domain:
            yield (local.start() if local else at.start()), domain.end()
            done = domain.end()


def _links(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_SCHEME_LINK, _BARE_LINK):
        for link in pattern.finditer(text):
            yield link.start(), link.start() + len(link.group().rstrip(_TRAILING))


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    """IBANs by ISO 13616: check digits by ISO 7064 mod 97-10. A match may run on into the next word: shorten it."""
    for match in _IBAN.finditer(text):
        for end in range(match.end(), match.start() + 14, -1):
            if end < len(text) and text[end].isalnum():
                continue
            plain = re.sub(r"[ -]", "", text[match.start() : end]).upper()
            if len(plain) >= 15 and plain.isascii() and _checks(plain):
                yield match.start(), end
                break


def _checks(iban: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """International (+ or 00), national (leading 0, 9 to 12 digits), American, or any after a word such as “ring”."""
    for match in _PHONE.finditer(text):
        number = match.group()
        digits = re.sub(r"\D", "", number)
        if _DATE.search(number) or not 6 <= len(digits) <= 15:
            continue
        told = _PHONE_CUE.search(text, max(0, match.start() - 40), match.start()) is not None
        international = "+" in number[:2] or (digits.startswith("00") and digits[2:3] != "0" and len(digits) >= 10)
        national = digits.startswith("0") and digits[1:2] != "0" and 9 <= len(digits) <= 12
        if told or (international and len(digits) >= 8) or national or _AMERICAN.match(number):
            yield match.span()


def _without_overlaps(found: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """In order of place; of two that overlap the earlier, then the longer, wins and takes in the other's end."""
    kept: list[tuple[int, int, str]] = []
    for start, end, marker in sorted(found, key=lambda span: (span[0], -span[1])):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end), kept[-1][2])
        elif end > start:
            kept.append((start, end, marker))
    yield from kept
