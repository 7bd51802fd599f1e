"""Text -> its words, with the words that carry no subject and a light stem.

Labels, matching and queries share these, so that “delayed deliveries” and “delivery delays” meet everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""A word as people write it: letters and digits of any script, with inner apostrophes."""

_STOP_WORDS = """
    a about above after again against ago all almost along already also although always am among an and another any
    anybody anyone anything are aren't around as at away back be became because become been before being below between
    both but by came can can't cannot could couldn't did didn't do does doesn't doing don't done down due during each
    either else enough especially etc even ever every everybody everyone everything few first for from further gave get
    gets getting give given gives go goes going gone got had hadn't has hasn't have haven't having he he'd he'll he's
    hence her here hers herself him himself his how however i i'd i'll i'm i've if in indeed instead into is isn't it
    it's its itself just keep kept know known last later least less let let's like likely made make makes making many
    may maybe me might mine more most mostly much must my myself nearly need needed needs neither never next no nobody
    none nor not nothing now of off often on once one ones only onto or other others otherwise ought our ours
    ourselves out over own per perhaps put quite rather really said same say says see seem seemed seems seen several
    shall she she'd she'll she's should shouldn't simply since so some somebody someone something sometimes somewhat
    soon still such take taken takes taking than that that's the their theirs them themselves then there there's
    therefore these they they'd they'll they're they've thing things this those though through throughout thus to
    together too took toward towards two under unless until unto up upon us use used uses using usually various very
    via want wanted wants was wasn't way we we'd we'll we're we've well went were weren't what what's whatever when
    whenever where whereas whether which while who who's whoever whole whom whose why will with within without won't
    would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves
    ll ve re don didn doesn isn wasn weren couldn wouldn shouldn hasn haven hadn aren
"""

STOP_WORDS = frozenset(_STOP_WORDS.split())
"""English words that say nothing of the subject: articles, pronouns, auxiliaries, prepositions, fillers."""


def words(text: str) -> list[str]:
    """Lower-case words of `text`, in order; a typographic apostrophe becomes a plain one."""
    return [match.group().lower().replace("’", "'") for match in WORD.finditer(text)]


def content_words(text: str) -> list[str]:
    """`words` without stop words and single letters."""
    return [word for word in words(text) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """`word` without its commonest English endings, so that its forms compare equal; not always a word itself.

    Lighter than Porter's stemmer: plural, -ed, -ing and -ly only, never leaving fewer than three letters.
    """
    word = word.removesuffix("'s")
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and any(letter in "aeiouy" for letter in base):
            word = _undoubled(base)
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def stems(text: str) -> list[str]:
    """Stems of the content words of `text`, in order."""
    return [stem(word) for word in content_words(text)]


def _undoubled(base: str) -> str:
    """“planned” and “planning” lose the doubled letter that “plan” does not have."""
    return base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz" else base
