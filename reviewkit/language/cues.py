"""A statement -> what its grammar says of its kind (wishes, commands, praise, denials), and its hashed words."""

from __future__ import annotations

import re
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 6144
"""Places for hashed words and word pairs."""

SPELLING_BUCKETS = 8192
"""Places for hashed runs of 3 to 5 characters, which meet “frustrating”, “frustrated” and “frustation”."""

_MOST_CHARACTERS = 2_000

_VERBS = (
    "add|address|adopt|agree|allow|apply|arrange|ask|assign|automate|avoid|be|begin|better|book|bring|build|buy|change|check|"
    "clarify|clean|close|combine|communicate|consider|consult|continue|count|create|cut|decide|define|deliver|develop|"
    "document|do|don't|drop|employ|enable|encourage|engage|ensure|establish|expand|explain|extend|find|fit|fix|focus|force|"
    "fund|get|give|go|have|help|hire|hold|identify|implement|improve|include|increase|inform|insist|install|integrate|"
    "introduce|invest|invite|involve|keep|leave|let|limit|listen|look|lower|make|measure|meet|modernise|move|name|negotiate|"
    "never|offer|open|order|organise|pay|plan|prepare|prevent|prioritise|protect|provide|publish|put|raise|read|reduce|"
    "release|remove|repair|replace|require|reserve|return|review|run|schedule|secure|send|separate|set|share|show|simplify|"
    "speed|spend|split|standardise|start|stay|stick|stop|support|switch|take|talk|tell|test|tie|train|try|turn|understand|"
    "update|use|visit|wait|walk|work|write"
)

CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("command", rf"^\W*(?:(?:please|also|and|then|maybe|perhaps|always|just|next time)\W+){{0,2}}(?:{_VERBS})\b"),
        ("command later", rf"[.;:!]\s+(?:please\s+)?(?:{_VERBS})\b"),
        ("please", r"\bplease\b|\bpls\b"),
        ("should", r"\b(?:should|ought to|must|shall)\b(?! have| never have| not have)"),
        (
            "should have",
            r"\b(?:should|could|would|ought to|might)(?:n't| not)?(?: \w+)? (?:have|of|be\w*) \w+|"
            r"'ve been better",
        ),
        (
            "would be",
            r"\b(?:would|could|might|it'd) (?:\w+ )?(?:be|help|love|like|prefer|make|benefit|welcome)\b|"
            r"\bi'd\b",
        ),
        ("could", r"\b(?:could|can) (?:you|we|it|they|there|be)\b|\bcould (?:do|use|have)\b"),
        ("wish", r"\b(?:wish|hope|want|hoping|wanted|i need)\b|\bif only\b|\bnice to have\b"),
        ("suggest", r"\b(?:suggest\w*|recommend\w*|propos\w+|consider\w*|advi[sc]e\w*|idea)\b"),
        ("need", r"\bneed(?:s|ed)?\b|\brequires?\b"),
        (
            "more",
            r"^\W*(?:more|better|easier|faster|fewer|less|greater|clearer|earlier|quicker|improved?|"
            r"additional|extra)\b",
        ),
        (
            "comparative",
            r"\b(?:more|better|easier|faster|fewer|less|clearer|earlier|quicker|sooner|longer|bigger|"
            r"\w{3,}er) than\b",
        ),
        (
            "more inside",
            r"\b(?:more|better|easier|faster|fewer|clearer|earlier|quicker|sooner|improve\w*|improvement)\b",
        ),
        (
            "support for",
            r"^\W*(?:support|ability|option|possibility|way|integration|tools?) (?:for|to|of|with)\b|"
            r"\bsupport$",
        ),
        (
            "next time",
            r"\bnext (?:time|project|phase|one)\b|\bin (?:the )?future\b|\binstead\b|\brather than\b|"
            r"\bfrom now on\b",
        ),
        (
            "let",
            r"\blet (?:us|the|them|every|those|people|one|two|me)\b|\blet's\b|\bwhy (?:not|don't)\b|"
            r"\bhow about\b",
        ),
        (
            "lack",
            r"\b(?:lack\w*|missing|absence|absent|shortage|without|insufficient|limited|inadequate|poor\w*|"
            r"not enough)\b",
        ),
        ("no", r"^\W*(?:no|not|none|nobody|never|nothing|too|lack|poor|bad|slow|hard|difficult)\b"),
        ("not", r"\b(?:not|no|never|nobody|none|nor|cannot|can't|won't)\b|n't\b|n’t\b"),
        ("too", r"\btoo (?!\W*$)\w+"),
        (
            "bad",
            r"\b(?:bad\w*|worse|worst|slow\w*|late|delay\w*|wrong\w*|fail\w*|hard|difficult\w*"
            r"|confus\w+|problem\w*|issue\w*|bugs?"
            r"|broke\w*|errors?|crash\w*|noisy|rude|dirty|cold|painful|annoying|frustrat\w+|terribl\w+|awful\w*|complain\w*"
            r"|unclear|unhelpful|disappoint\w+|unfortunat\w+|lost|loses?|wait\w*|overrun|chaos|mess|nightmare|horr\w+)\b",
        ),
        (
            "good",
            r"\b(?:good|great\w*|excellent\w*|nice\w*|love\w*|lovely|best|well|easy|easily"
            r"|helpful\w*|friendly|amazing\w*|kind\w*"
            r"|perfect\w*|fantastic\w*|brilliant\w*|happy|pleas(?:ed|ant\w*)|super\w*|wonderful\w*|fast|clear\w*|smooth\w*"
            r"|efficient\w*|professional\w*|superb|outstanding|triumph|proud|enjoy\w*|success\w*)\b",
        ),
        ("thanks", r"\b(?:thank\w*|grateful|appreciat\w+|credit|praise|hats? off|well done|kudos|saved)\b"),
        (
            "not bad",
            r"\b(?:no|not|never|nothing|without|any|zero)(?: \w+)? (?:complain\w*|problem\w*|issue\w*|"
            r"improve\w*|fault\w*|bad|accident\w*|incident\w*)\b",
        ),
        (
            "not good",
            r"(?:\bnot|\bnever|n't|\bno|\bless)(?: \w+){0,2} (?:good|great|well|clear\w*|easy|easily|helpful|"
            r"happy|nice|enough|possible|work\w*)\b",
        ),
        ("but", r"\b(?:but|however|although|though|except|unfortunately|sadly|only|apart from)\b"),
        ("question", r"\?"),
        ("exclaim", r"!"),
        ("past", r"\b(?:was|were|had|did|didn't|wasn't|weren't|\w{3,}ed)\b"),
        ("we", r"\b(?:i|we|my|our|me|us)\b"),
        (
            "no verb",
            r"^(?!.*\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|should|\w+n't|"
            r"\w{3,}ed)\b)",
        ),
    )
)
"""Name -> pattern; each is a feature that is there or not. Every pattern is read over at most 2,000 characters."""

_NOTHING_SAID = re.compile(
    r"\b(?:can(?:no|')?t (?:judge|say|tell|comment|remember)|cannot (?:judge|say|tell|comment)|(?:do not"
    r"|don'?t|did not|didn'?t)"
    r" (?:know|notice|remember|use it)|no (?:opinion|comment|idea|view|strong)|not (?:applicable|sure"
    r"|involved|my)|too early to"
    r"|ask me (?:again|in|after)|(?:this|the) form (?:by mistake|to me)|we (?:shall|will) (?:see|know)"
    r"|remains to be seen)\b",
    re.I,
)
_CONTACT = re.compile(r"\[(?:e-mail|phone|link|account)\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[!?]")


def cues_of(text: str) -> NDArray[np.float32]:
    """Vector of len(CUES) + 2: each cue 0 or 1; the length as log words / 4; 1 where there are at most four words."""
    head = text[:_MOST_CHARACTERS].replace("’", "'").replace("\n", " ")
    words = len(head.split())
    found = [float(pattern.search(head) is not None) for _, pattern in CUES]
    return np.array([*found, np.log1p(words) / 4, float(words <= 4)], dtype=np.float32)


def says_nothing(text: str) -> bool:
    """Whether the words are those of somebody who abstains, or leaves a contact."""
    head = text[:_MOST_CHARACTERS]
    return _NOTHING_SAID.search(head) is not None or _CONTACT.search(head) is not None


def hashed_words(text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Buckets of the words and word pairs (the start counts as a word), and their weights of unit length together."""
    words = ["^", *(match.group().lower().replace("’", "'") for match in _WORD.finditer(text[:_MOST_CHARACTERS]))]
    words = ["0" if word.isdigit() else word for word in words]
    return _hashed({*words[1:], *(f"{one} {other}" for one, other in pairwise(words))}, BUCKETS)


def hashed_spelling(text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The same of runs of 3 to 5 characters, a space before the first word and after the last."""
    plain = f" {' '.join(text[:_MOST_CHARACTERS].lower().split())} "
    return _hashed({plain[at : at + n] for n in (3, 4, 5) for at in range(len(plain) - n + 1)}, SPELLING_BUCKETS)


def _hashed(grams: set[str], places: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    buckets, counts = np.unique(
        [crc32(gram.encode("utf-8", "replace")) % places for gram in grams] or [0], return_counts=True
    )
    return buckets.astype(np.int64), (np.sqrt(counts) / np.sqrt(counts.sum())).astype(np.float32)
