"""Tokens of one line -> the tokens that start a new claim; closed word lists, no tagger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_ENDS = _words("e.g i.e eg ie approx ca cf vs dr mr mrs ms prof incl excl resp viz")
"""Abbreviations after whose full stop the sentence goes on."""

BEFORE_NUMBER = _words("no nos fig figs p pp ref vol ch sec art para tel ext nr rev st")
"""Abbreviations when a number follows; elsewhere a full stop after them is one."""

SELDOM_ENDS = _words(
    "etc a.m p.m ltd inc co corp hr hrs mins yr yrs wk wks dept govt mgmt jan feb mar apr jun jul aug sep sept oct nov"
    " dec mon tue tues wed thu thur fri sat sun avg misc min max est"
)
"""Abbreviations that end a sentence only where the next word has a capital."""

NOT_ALONE = _words("yes no well ok okay yep nope sorry sadly honestly frankly seriously really hm hmm oh ah please")
"""One-word sentences that open the claim after them."""

TURNS = frozenset(("but", "however", "whereas"))
"""Words that may open a second claim after a comma or semicolon, where a named subject and a verb follow."""

SUBJECTS = _words(
    "i we you nobody everybody everyone someone somebody none most some many few the a an my our your their"
    " his her its these those each every no all both there"
)
"""How a clause that can stand alone begins; “it”, “they” and “this” would point back at what was cut off."""

VERBS = _words(
    "is are was were am be been has have had do does did can could will would should shall may might must need"
    " needs 's 're 've 'll 'd n't not never went came come comes took take takes made make makes got get gets"
    " gave give gives knew know knows felt feel feels found find kept keep keeps lost lose loses left said say"
    " says saw see sees ran run runs work works help helps seem seems cost costs meant means want wants like"
    " likes think stood stands sat sits held holds let lets put puts told tells paid pays grew grows fell falls"
    " broke breaks brought bring brings built"
)

_ENDS = re.compile(r"[.!?…]+")
_CLOSERS = frozenset(")]}»”’\"'")
_OPENERS = {")": "(", "]": "["}
_NUMBER_WORDS = _words("one two three four five six seven eight nine ten eleven twelve thirteen")
_PREPOSITIONS = _words("in on at by for from after before with without during until since to of per twice")
_WORD = re.compile(r"\w")


class TokenLike(Protocol):
    """What is read of a spaCy token."""

    @property
    def text(self) -> str: ...
    @property
    def whitespace_(self) -> str: ...


def claim_starts(tokens: Sequence[TokenLike]) -> list[int]:
    """Indices of the tokens at which a new claim starts, in order, never 0. Linear in the number of tokens."""
    starts: list[int] = []
    inside = _inside_brackets(tokens)
    begin = 0
    for start in _candidates(tokens, inside):
        if _may_cut(tokens, begin, start):
            starts.append(start)
            begin = start
    return starts


def _candidates(tokens: Sequence[TokenLike], inside: Sequence[bool]) -> Iterator[int]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if inside[at]:
            at += 1
        elif _ENDS.fullmatch(token.text) or token.text.endswith("."):
            end = at
            while end + 1 < len(tokens) and not tokens[end].whitespace_ and _ENDS.fullmatch(tokens[end + 1].text):
                end += 1
            following = _after_closers(tokens, end + 1)
            if following < len(tokens) and _ends_sentence(tokens, at, end, following):
                yield following
            at = max(following, end + 1)
        else:
            if token.text in (",", ";") and at + 1 < len(tokens) and _turns(tokens, at + 1):
                yield at + 1
            at += 1


def _ends_sentence(tokens: Sequence[TokenLike], at: int, end: int, following: int) -> bool:
    """Whether the stop at tokens[at..end] closes a sentence, given that tokens[following] comes next."""
    mark = "".join(token.text for token in tokens[at : end + 1])
    after = tokens[following].text
    if not tokens[following - 1].whitespace_:
        # “late.Then”: a forgotten space, told by a word before and a capitalised word after.
        return mark == "." and at > 0 and len(tokens[at - 1].text) > 2 and after[:1].isupper() and after[1:2].islower()
    if any(sign in mark for sign in "!?"):
        return True
    if "…" in mark or mark.endswith(".."):
        return after[:1].isupper() and after != "I"
    word = (mark.rstrip(".") or (tokens[at - 1].text if at and not tokens[at - 1].whitespace_ else "")).lower()
    if word in NEVER_ENDS:
        return False
    if len(word) == 1 and word.isalpha() and word != "i":
        return False  # an initial, as in “J. Petrie”
    if word in BEFORE_NUMBER:
        return not after[:1].isdigit()
    if word in SELDOM_ENDS or "." in word:
        return after[:1].isupper()
    return True


def _turns(tokens: Sequence[TokenLike], at: int) -> bool:
    """Whether tokens[at] opens a clause that stands alone: “but the training …”, “and then nobody …”."""
    first = tokens[at].text.lower()
    if first == "and" and at + 1 < len(tokens) and tokens[at + 1].text.lower() == "then":
        at += 1
    elif first not in TURNS:
        return False
    subject = at + 1
    while subject < len(tokens) and tokens[subject].text == ",":
        subject += 1
    if subject >= len(tokens) or tokens[subject].text.lower() not in SUBJECTS:
        return False
    return _has_verb(tokens[subject + 1 : subject + 7])


def _may_cut(tokens: Sequence[TokenLike], begin: int, start: int) -> bool:
    """Keeps interjections with what follows them, afterthoughts with what they follow, and half clauses whole."""
    before = [token.text.lower() for token in tokens[begin : min(start, begin + 40)] if _WORD.search(token.text)]
    if not before or (len(before) == 1 and (before[0] in NOT_ALONE or _numbers_a_list(before[0], begin))):
        return False
    if tokens[start - 1].text in (",", ";"):
        return len(before) >= 3 and _has_verb(tokens[begin : min(start, begin + 40)])
    return not _is_afterthought(tokens, start)


def _numbers_a_list(word: str, begin: int) -> bool:
    """“1.”, “a)”: at the start of a line, the mark of what follows."""
    return begin == 0 and (len(word) == 1 or (word.isdigit() and len(word) == 2))


def _is_afterthought(tokens: Sequence[TokenLike], start: int) -> bool:
    """“… barrels of tar. Thirteen weeks.”: at most three words without a verb that only say when or how much."""
    words: list[TokenLike] = []
    for token in tokens[start : start + 8]:
        if _ENDS.fullmatch(token.text):
            break
        if _WORD.search(token.text):
            words.append(token)
    else:
        if start + 8 < len(tokens):
            return False
    if not words:
        return True
    first = words[0].text.lower()
    opens = first in _PREPOSITIONS or first in _NUMBER_WORDS or first[0].isdigit()
    return opens and len(words) <= 3 and not _has_verb(words)


def _has_verb(tokens: Sequence[TokenLike]) -> bool:
    return any(
        token.text.lower().replace("’", "'") in VERBS or (len(token.text) > 4 and token.text.lower().endswith("ed"))
        for token in tokens
    )


def _after_closers(tokens: Sequence[TokenLike], at: int) -> int:
    """Past quotes, brackets and emoticons that belong to the sentence before."""
    while at < len(tokens) and not tokens[at].text[:1].isalnum() and not _opens(tokens, at):
        at += 1
    return at


def _opens(tokens: Sequence[TokenLike], at: int) -> bool:
    """A mark that stands before the next sentence: an opening bracket or quote, a currency sign, “[name]”."""
    text = tokens[at].text
    if at and not tokens[at - 1].whitespace_ and text in _CLOSERS:
        return False
    return text[:1] in "([{«“‘\"'£$€#@" and not tokens[at].whitespace_ and at + 1 < len(tokens)


def _inside_brackets(tokens: Sequence[TokenLike]) -> list[bool]:
    """Which tokens stand in brackets that are closed later on."""
    depth = [0] * (len(tokens) + 1)
    open_at: list[int] = []
    for at, token in enumerate(tokens):
        if token.text in ("(", "["):
            open_at.append(at)
        elif token.text in _OPENERS and open_at and tokens[open_at[-1]].text == _OPENERS[token.text]:
            begin = open_at.pop()
            depth[begin] += 1
            depth[at] -= 1
    inside, level = [], 0
    for change in depth[: len(tokens)]:
        level += change
        inside.append(level > 0)
    return inside
