"""A risk's cause, event and effect -> the sentence they make, and hints that help to word them. Never a gate."""

from __future__ import annotations

import re

from reviewkit.domain.projects import Risk

_MODAL = re.compile(r"\b(may|might|could|can|will|would|shall|is going to|are going to)\b")
"""In small letters only: “May” is a month."""
_CLAUSE = re.compile(
    r"\b(is|are|was|were|has|have|had|does|do|did|makes?|needs?|depends?|must|cannot|comes?|holds?|takes?|gives?|knows?"
    r"|lacks?|works?|wants?|keeps?|runs?)\b",
    re.IGNORECASE,
)
"""A verb that makes a cause a clause: “because one factory makes all of them”, not “because of”."""

_OPENING_NOUNS = frozenset(["a", "an", "the", "our", "its", "their", "this", "these", "that", "no", "one"])
SURE, SURE_WITH_ARTICLE = 2, 4
"""A cause of so few words without a verb is surely a thing, which “because of” may stand before."""

_ACTS = """
    block break bring cancel cause close cost cut damage delay destroy disrupt double drain drive eat endanger exceed
    expose extend force halve harm hinder hit hold hurt increase interrupt keep leave limit lose lower make move need
    overload postpone prevent push put raise reduce ruin shorten slow spoil stall stop strain take threaten tie turn
    undermine waste weaken
"""
_OBJECTS = "the a an our its their his her my your us them it him all some every each two three more many several"
_ACT = re.compile(
    rf"(?:(?:{'|'.join(_ACTS.split())})\s+(?:{'|'.join(_OBJECTS.split())})|lead\s+to|result\s+in)\b", re.IGNORECASE
)
"""An effect that is surely what one does: a verb before its object. “Delay of two weeks” is a thing."""

_LEADING = re.compile(
    r"^(because of|because|due to|as a result of|owing to|there is a (?:risk|chance) (?:that|of)"
    r"|(?:the )?risk (?:that|of)|which (?:would|could|may|might|will)|leading to|resulting in)(?:\s+|$)",
    re.IGNORECASE,
)
"""What people type although the sentence says it already."""

_EDGES = " .,;:!?…"
"""Signs at a part's edges that would stand beside those of the sentence."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY_ONES = (
    "the and for are that this with from our its their may might could would will can not has have been into of to in"
    " on at by is it be or an as"
)
_EMPTY = frozenset(_EMPTY_ONES.split())
_WORRIED = (
    "budget budgets schedule schedules time timing timeline resources resource resourcing staff staffing scope cost"
    " costs costing quality communication communications stakeholder stakeholders supplier suppliers vendor vendors"
    " technology technical weather training safety security people team teams management planning plan finance"
    " finances funding money testing integration data migration procurement contract contracts legal regulation"
    " regulations compliance politics political change changes requirements requirement delivery dependencies"
    " dependency risk risks issue issues project programme environment environmental operations operational hr it"
)
_WORRIES = frozenset(_WORRIED.split())
"""Words that name what one worries about and not what may happen to it."""

SHORT = 3
"""A title of so few words may be a heading and not an event."""

SAME = 0.75
"""Share of the smaller text's words found in the other one, from which on the two are said to say the same."""


def sentence(cause: str, event: str, effect: str) -> str:
    """“Because of <cause>, <event with its may>, which would <effect>.” (PMI and PRINCE2 ask for these three parts.)

    Registers hold clauses, things and catchwords. Only where a part surely fits these joints are they used; any other
    event follows “this may happen:”, any other effect stands alone behind “Effect:”, any other cause behind “Cause:”. A
    missing event is left open as “…”; a missing cause or effect, and lead-ins that were typed with a part, are left
    out. Empty without any of them. `wording.js` makes the same sentence as one types.
    """
    because, happens, then = (_part(text) for text in (cause, event, effect))
    if not (because or happens or then):
        return ""
    told = (happens if _MODAL.search(happens) else f"this may happen: {happens}") if happens else "…"
    joint = _before_cause(because)
    if joint == "Cause:":
        said = f"Cause: {because}. {_capital(told)}"
    else:
        said = f"{joint} {because}, {told}" if because else _capital(told)
    if then and (_MODAL.match(then) or _ACT.match(then)):
        said += f", which {'' if _MODAL.match(then) else 'would '}{then}"
    elif then:
        said += f"{' ' if said.endswith('…') else '. '}Effect: {then}"
    return said if said.endswith("…") else f"{said}."


def hints(risk: Risk) -> list[str]:
    """Sentences that each name one thing that would make the entry more useful; none for one that is well worded."""
    found = []
    if _is_a_worry(risk.title) and (not risk.event.strip() or _is_a_worry(risk.event)):
        found.append(f"“{_short(risk.title)}” is what you worry about. What may happen to it?")
    if not risk.cause.strip():
        found.append("No cause: why might it happen? A cause is what a response can work on.")
    if not risk.event.strip():
        found.append("No event: what may happen, in one sentence?")
    if not risk.effect.strip():
        found.append("No effect: what would it do to the project?")
    elif _alike(risk.event, risk.effect):
        found.append("The effect says the same as the event. What would follow from it?")
    if risk.cause.strip() and _alike(risk.cause, risk.event):
        found.append("The cause says the same as the event. What makes it possible?")
    return found


def _before_cause(cause: str) -> str:
    """How a cause is led in: a clause has a verb behind its first word, and what is surely a thing is short."""
    first, _, rest = cause.partition(" ")
    if _CLAUSE.search(rest) or _MODAL.search(rest):
        return "Because"
    most = SURE_WITH_ARTICLE if first.casefold() in _OPENING_NOUNS else SURE
    return "Because of" if len(cause.split()) <= most else "Cause:"


def _is_a_worry(text: str) -> bool:
    """Whether a text only names a topic, as in “Budget” or “Stakeholder communication”."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words or len(words) > SHORT or _MODAL.search(text):
        return False
    telling = [word for word in words if word not in _EMPTY]
    return all(word in _WORRIES for word in telling)


def _alike(one: str, other: str) -> bool:
    first, second = (_telling(text) for text in (one, other))
    if not first or not second:
        return False
    return len(first & second) >= SAME * min(len(first), len(second)) and abs(len(first) - len(second)) <= max(
        2, min(len(first), len(second)) // 2
    )


def _telling(text: str) -> set[str]:
    """The words that carry the meaning, without the endings that change with the grammar."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return {re.sub(r"(.)\1$", r"\1", re.sub(r"(?:ing|ed|es|s)$", "", word)) for word in words - _EMPTY}


def _part(text: str) -> str:
    """A part as it stands within a sentence."""
    plain = " ".join(text.split()).strip(_EDGES)
    while (said := _LEADING.sub("", plain, count=1).strip(_EDGES)) != plain:
        plain = said
    if len(plain) > 1 and plain[0].isupper() and plain[1].islower():
        first = plain.split(" ", 1)[0].casefold()
        if first in _COMMON_FIRST:
            plain = plain[0].lower() + plain[1:]
    return plain


def _capital(text: str) -> str:
    """`text` as a sentence begins; a name as “iPad” or a sign stays."""
    return text[0].upper() + text[1:] if text[:2].islower() else text


_COMMON_ONES = (
    "the a an one two our no some new late only it they this that there if we all any both each many more most staff"
    " people key parts prices works delays delay costs data users"
)
_COMMON_FIRST = frozenset(_COMMON_ONES.split())
"""First words that lose their capital inside a sentence; of any other one cannot tell whether it is a name."""


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else plain[:59].rstrip() + "…"
